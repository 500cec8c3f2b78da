"""Checks behind their sections, terms that open, the start page: what stands on the pages, in which order."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from lxml import html

from coursepack.languages.forms import form_of
from coursepack.model.blocks import Cell, Code, Heading, Paragraph, Row, Run, Table
from coursepack.model.course import About, Assignment, Course, Session, Term, Week
from coursepack.model.questions import Essay, Question, TrueFalse
from coursepack.place import Place
from coursepack.writers import Context, load
from coursepack.writers.scorm.passages import sections
from coursepack.writers.scorm.terms import GlossaryTerms
from tests.samples import b


def at(line: int) -> Place:
    return Place("lecture.docx", line, line, "paragraph")


def head(text: str, line: int, level: int = 1) -> Heading:
    return Heading(level=level, content=(Run(text=text),), place=at(line))


def para(text: str, line: int, **look: Any) -> Paragraph:
    return Paragraph(content=(Run(text=text, **look),), place=at(line))


def asked(name: str, line: int, **more: Any) -> Question:
    return TrueFalse(id=name, text=b(f"{name}?"), answer=True, place=at(line), **more)


TEXT = (
    head("Мәні", 1),
    para("Билік пен билігі, биліктер.", 2),
    para("Екінші сөйлем.", 4),
    head("Түрі", 6),
    Code(text="билік"),
    para("Билікті", 7, href="https://example.org/"),
    para("Халқы сенген билік.", 8),
    head("Соңы", 10),
    para("Соңғы сөз.", 11),
)
QUESTIONS = (
    asked("first", 5),
    asked("middle", 3),
    asked("last", 12),
    asked("named", 12, category=("Дәріс", "Түрі")),
    Essay(id="open", text=b("Соңы туралы айтыңыз."), place=Place("test.txt", 1, 1)),
)
TERMS = (
    Term(id="term-1", term="Билік (саяси)", definition=b("Ықпал ету."), translations={"ru": "власть"}),
    Term(id="term-2", term="Халық", definition=b("Адамдар.")),
    Term(id="term-3", term="Жоқ", definition=()),
)


def course() -> Course:
    lecture = Session(id="w01-lecture", kind="lecture", number=1, title="Билік", blocks=TEXT, review=QUESTIONS)
    task = Assignment(
        id="w02-siw1", kind="independent", number=1, label="СӨЖ", title="Эссе", blocks=b("Жаз."), points=5
    )
    due = Assignment(
        id="w02-siw2", kind="independent", number=2, label="СӨЖ", title="Шолу", blocks=b("Жаз."), due_week=1
    )
    return Course(
        id="teach",
        title="Билік",
        language="kk",
        about=About(aim=b("Түсіндіру."), outcomes=("Біледі",)),
        weeks=(Week(id="w01", number=1, sessions=(lecture,)), Week(id="w02", number=2, assignments=(task, due))),
        glossary=TERMS,
    )


def pages(name: str = "scorm2004", **options: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The pages of the package by SCO, and its findings."""
    writer = load(name)
    written = writer.write(course(), Context(options=msgspec.convert(options, writer.options)))
    members = {one.path: one.read() for artifact in written.artifacts for one in artifact.members}
    found = {path.split("/")[0]: html.fromstring(data) for path, data in members.items() if path.endswith(".html")}
    return found, tuple(finding.message for finding in written.findings)


def standing(sco: Any, page: str) -> list[str]:
    found = sco.xpath(f"//article[@id='{page}']//*[self::h3[contains(@id, '{page}-h')] or @class='question']")
    return [one.text if one.tag == "h3" else one.get("id") for one in found]


def test_questions_stand_behind_what_they_ask_about() -> None:
    found, _ = pages()
    assert standing(found["w01"], "w01-lecture") == ["Мәні", "middle", "first", "Түрі", "named", "Соңы"]
    assert standing(found["w01"], "w01-lecture-review") == ["last", "open"]
    passages = {
        one.get("id"): one.xpath(".//p[@class='passage']/a") for one in found["w01"].xpath("//*[@class='question']")
    }
    assert {name: [link.get("href") for link in links] for name, links in passages.items()} == {
        "middle": ["#w01-lecture-h1"],
        "first": ["#w01-lecture-h1"],
        "named": ["#w01-lecture-h2"],
        "last": [],
        "open": ["#w01-lecture-h3"],
    }
    # Numbers go on from section to section.
    headings = found["w01"].xpath("//article[@id='w01-lecture']//*[@class='question']/h3/text()")
    assert headings == ["1-сұрақ", "2-сұрақ", "3-сұрақ"]


def test_course_toml_says_behind_which_section_or_none() -> None:
    declared = [
        {"question": "last", "after": "мәні"},
        {"question": "nobody?", "after": "x"},
        {"question": "open", "after": "y"},
    ]
    found, told = pages(check_after=declared)
    assert standing(found["w01"], "w01-lecture") == ["Мәні", "middle", "first", "last", "Түрі", "named", "Соңы"]
    assert told == (
        "[scorm] check_after: no class asks the question 'nobody?'",
        "[scorm] check_after: w01-lecture has no heading 'y'",
    )
    at_end, _ = pages(checks="end")
    assert standing(at_end["w01"], "w01-lecture-review") == ["first", "middle", "last", "named", "open"]


def test_terms_open_at_their_first_occurrence_in_a_section() -> None:
    found, _ = pages()
    links = found["w01"].xpath("//a[@class='term']")
    assert [(link.text, link.get("href"), link.tail) for link in links] == [
        ("Билік", "#gloss-term-1", " пен билігі, биліктер."),
        ("Халқы", "#gloss-term-2", " сенген "),
        ("билік", "#gloss-term-1", "."),
    ]
    definitions = found["w01"].xpath("//div[@popover]")
    assert [one.get("id") for one in definitions] == ["gloss-term-1", "gloss-term-2"]
    assert [one.text_content().split() for one in definitions] == [
        ["Билік", "(саяси)", "ru:", "власть", "Ықпал", "ету."],
        ["Халық", "Адамдар."],
    ]
    assert found["about"].xpath("//dl//dfn/text()") == ["Билік (саяси)", "Халық", "Жоқ"]
    plain, _ = pages(glossary=False)
    assert plain["w01"].xpath("//a[@class='term'] | //div[@popover]") == []


def test_the_start_page_leads_to_all_parts() -> None:
    found, _ = pages()
    start = found["about"].xpath("//article[@id='start']")[0]
    assert start.findtext(".//h2") == "Билік"
    assert [one.text for one in start.xpath(".//h3")] == [
        "Курстың мақсаты",
        "Оқыту нәтижелері",
        "Курстың мазмұны",
        "Тапсырмалар",
    ]
    links = [(one.get("href"), one.get("data-item")) for one in start.xpath(".//ol[@class='parts']//a")]
    assert links == [("#about-syllabus", None), ("../w01/index.html", "item-w01"), ("../w02/index.html", "item-w02")]
    tasks = [" ".join(one.text_content().split()) for one in start.xpath(".//ul[@class='parts']/li")]
    assert tasks == ["2 СӨЖ. Шолу тапсыру мерзімі: 1-апта", "1 СӨЖ. Эссе 2-апта; 5 балл"]
    onward = {name: sco.xpath("//*[contains(@class, 'onward')]/@href") for name, sco in found.items()}
    assert onward == {"about": ["../w01/index.html"], "w01": ["../w02/index.html"], "w02": []}


def test_packages_of_one_week_lead_nowhere_and_one_sco_leads_inside_itself() -> None:
    found, _ = pages(structure="week")
    assert found["about"].xpath("//ol[@class='parts']//a/@href") == ["#about-syllabus"]
    assert found["w01"].xpath("//p[@class='onward']/text()")[-1].strip() == "2-апта"
    whole, _ = pages(structure="single")
    hrefs = whole["course"].xpath("//ol[@class='parts']//a/@href")
    assert hrefs == ["#about-syllabus", "#w01-lecture", "#w02-siw1"]
    assert whole["course"].xpath("//*[contains(@class, 'onward')]") == []


@pytest.mark.parametrize(
    ("word", "language", "forms", "others"),
    [
        ("билік", "kk", "билігінің Биліктер билікпен", "билеу"),
        ("халық", "kk", "халқы халықтың халқымыздың", "хал"),
        ("ЖШС", "kk", "ЖШС ЖШС-ның", "жшс"),
        ("рынок", "ru", "рынка рынками", "рыночный"),
        ("право", "ru", "права правом", "правый правило"),
        ("власть", "ru", "власти властями", "властный"),
        ("чёрный", "ru", "черного чёрная", "чернила"),
        ("policy", "en", "Policies policy", "policing"),
    ],
)
def test_forms_of_a_word(word: str, language: str, forms: str, others: str) -> None:
    form = form_of(word, language)
    assert [one for one in forms.split() if not form.fullmatch(one)] == []
    assert [one for one in others.split() if form.fullmatch(one)] == []


def test_above_the_first_heading_no_question_stands() -> None:
    blocks = (para("Бірінші.", 1), para("Екінші.", 3), head("Мәні", 4), para("Үшінші.", 5))
    lecture = Session(id="w01-lecture", kind="lecture", blocks=blocks, review=(asked("early", 2),))
    assert [one.checks for one in sections(lecture, (), placed=True)] == [(), ()]


def test_a_heading_begins_a_section_on_every_page() -> None:
    terms = GlossaryTerms(TERMS, "kk")
    root = html.fragment_fromstring(
        "<div><p>Билік, билікке.</p><h3>Билік</h3><p>Биліктен, <code>билік</code>.</p></div>"
    )
    terms.mark(root)
    assert root.xpath("//a/text()") == ["Билік", "Биліктен"]
    assert terms.used == {"term-1"}


def test_no_two_boxes_of_a_page_have_one_name() -> None:
    table = Table(rows=(Row(cells=(Cell(blocks=b("a")),)),))
    named = msgspec.structs.replace(table, caption=(Run(text="Бағандар"),))
    asked_of = tuple(TrueFalse(id=f"q{n}", text=(*b("?"), table, named), answer=True) for n in (1, 2))
    lecture = Session(id="w01-lecture", kind="lecture", number=1, title="Билік", blocks=b("a"), review=asked_of)
    writer = load("scorm2004")
    made = Course(id="boxes", title="Билік", language="kk", weeks=(Week(id="w01", number=1, sessions=(lecture,)),))
    (artifact,) = writer.write(made, Context(options=writer.options())).artifacts
    (page,) = (member.read().decode() for member in artifact.members if member.path == "w01/index.html")
    boxes = html.document_fromstring(page).xpath("//div[@class='wide']/@aria-label")
    assert boxes == ["1-кесте", "Бағандар", "3-кесте", "Бағандар (2)"]
