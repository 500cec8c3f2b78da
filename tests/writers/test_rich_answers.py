"""Answers, options and notes of questions are blocks: kept where a product can hold them, told where it cannot."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree
from lxml import html as lxml_html

from coursepack import writers
from coursepack.ims.nearest_items import nearest_items
from coursepack.languages.catalogues import words
from coursepack.model.artifact import Written
from coursepack.model.blocks import Blocks, Code, List, ListItem, Paragraph, Picture, Run, Table, block_text
from coursepack.model.course import Course, Exam, Session, Week
from coursepack.model.course_json import decode, encode, json_schema
from coursepack.model.questions import (
    Answer,
    Choice,
    Cloze,
    Essay,
    Gap,
    Matching,
    MultipleChoice,
    Pair,
    Question,
)
from coursepack.pages.block_builders import joined, text
from coursepack.readers.markdown.course import read_course
from coursepack.render.question_blocks import answers_to_match, asked
from coursepack.render.wml import w
from coursepack.writers import Context
from coursepack.writers.papers.words import PaperWords
from tests.samples import ASSETS, LATER_BLOCKS, PNG_ID, b, p

BOLD: Blocks = (Paragraph(content=(Run(text="H"), Run(text="2", script="sub"), Run(text="O"))),)
PICTURE: Blocks = (Paragraph(content=(Picture(asset=PNG_ID, media_type="image/png", alt="шаршы"),)),)


def matching(*answers: Blocks) -> Matching:
    pairs = tuple(Pair(question=b(f"с{number}"), answer=answer) for number, answer in enumerate(answers, 1))
    return Matching(id="exam-001", number=1, text=b("Сәйкестендіріңіз"), pairs=pairs)


def course(*questions: Question) -> Course:
    review = tuple(questions)
    lecture = Session(id="w01-lecture", kind="lecture", number=1, title="Дәріс", blocks=b("Мәтін."), review=review)
    weeks = (Week(id="w01", number=1, sessions=(lecture,)),)
    return Course(id="c", title="К", language="kk", weeks=weeks, exam=Exam(questions=questions))


def write(name: str, *questions: Question, review: bool = False, **options: Any) -> Written:
    writer = writers.load(name)
    made = course(*questions)
    if not review:
        made = Course(id="c", title="К", language="kk", exam=Exam(questions=questions))
    context = Context(
        assets=ASSETS, options=writer.options(**options), version="0", questions_per_ticket=1, tests_in_tickets=True
    )
    return writer.write(made, context)


def parsed(page: bytes) -> Any:
    """A page as a tree (Any: an XPath gives what it gives)."""
    return lxml_html.fromstring(page.decode())


def told(written: Written, code: str) -> list[str]:
    return [finding.message for finding in written.findings if finding.code == code]


# --- the model


def test_an_answer_in_letters_is_read_as_before() -> None:
    made = course(matching(b("су"), BOLD))
    data = json.loads(encode(made))
    pairs = data["exam"]["questions"][0]["pairs"]
    assert pairs[0]["answer"] == [{"is": "paragraph", "content": [{"is": "run", "text": "су"}]}]
    pairs[0]["answer"] = "су"
    jsonschema.validate(data, json_schema())
    data["weeks"][0]["sessions"][0]["review"][0]["pairs"][0]["answer"] = "су"
    assert decode(json.dumps(data).encode()) == made


def test_an_export_with_answers_in_its_comments_is_read_as_before(tmp_path: Path) -> None:
    (artifact,) = write("markdown", matching(b("су"), BOLD)).artifacts
    new = artifact.members[0].read().decode()
    assert new.count("<!-- pairs -->") == 2
    assert "<!-- answer -->\n\nH<sub>2</sub>O" in new
    old = new.replace("<!-- pairs -->\n\nс1\n\n<!-- answer -->\n\nсу", '<!-- pairs {"answer":"су"} -->\n\nс1')
    assert old != new
    found = []
    for name, said in (("new.md", new), ("old.md", old)):
        (tmp_path / name).write_text(said)
        found.append(read_course(tmp_path / name)[0])
    assert found[0] == found[1]
    assert found[0].exam is not None
    assert found[0].exam.questions == (matching(b("су"), BOLD),)


# --- blocks in one line


def test_words_join_the_paragraphs_beside_them() -> None:
    assert joined(b("а"), text(" — "), b("б")) == b("а — б")
    assert joined(text("✓ "), BOLD) == (Paragraph(content=(Run(text="✓ H"), *_content(BOLD)[1:])),)
    table: Blocks = (Table(rows=()),)
    assert joined(table, text("—"), table) == (*table, p("—"), *table)
    assert joined(b("а"), b("б")) == b("а", "б")
    right = Paragraph(content=(Run(text="б"),), align="right")
    assert joined(text("а"), (right,)) == (Paragraph(content=(Run(text="аб"),), align="right"),)
    assert joined((), text("а")) == b("а")


def _content(blocks: Blocks) -> tuple[Any, ...]:
    (only,) = blocks
    assert isinstance(only, Paragraph)
    return only.content


# --- as they are asked


def test_answers_stand_in_an_order_that_tells_nothing() -> None:
    figures = tuple((Paragraph(content=(Picture(asset=sign * 64, media_type="image/png"),)),) for sign in "3a07")
    expected = sorted(figures, key=lambda blocks: _content(blocks)[0].asset)
    assert answers_to_match(matching(*figures)) == expected
    assert answers_to_match(matching(*reversed(figures))) == expected
    assert answers_to_match(matching(b("б"), b("а"), b("б"), ())) == [b("а"), b("б")]


def test_answers_are_asked_as_rich_as_they_are() -> None:
    *_, rows, offered = asked(matching(LATER_BLOCKS, b("а")), words("kk"))
    assert isinstance(rows, List)
    assert offered == List(items=(ListItem(blocks=LATER_BLOCKS), ListItem(blocks=b("а"))), marker="lower-alpha")


# --- products that hold them


def test_a_menu_of_a_scorm_page_names_rich_answers() -> None:
    (artifact,) = write("scorm12", matching(LATER_BLOCKS, b("а")), review=True, structure="single").artifacts
    page = next(m.read() for m in artifact.members if m.path.endswith("index.html"))
    (box,) = parsed(page).xpath("//div[@data-question][ol[@type='a']]")
    assert [option.text for option in box.xpath(".//select")[0]] == ["…", "a)", "b)"]
    first, second = box.xpath("./ol[@type='a']/li")
    assert first.xpath(".//s[text()='сызылған']")
    assert second.text_content().strip() == "а"
    assert [key.text for key in box.xpath(".//span[@class='key']")] == ["✓ a)", "✓ b)"]


def test_a_menu_of_a_scorm_page_holds_letters() -> None:
    (artifact,) = write("scorm12", matching(b("су"), b("от")), review=True, structure="single").artifacts
    page = next(m.read() for m in artifact.members if m.path.endswith("index.html"))
    (box,) = parsed(page).xpath("//div[@data-question][ol[@class='rows']]")
    assert [option.text for option in box.xpath(".//select")[0]] == ["…", "от", "су"]
    assert not box.xpath(".//ol[@type='a']")


RICH_CHOICE = MultipleChoice(
    id="exam-001",
    number=1,
    text=b("Қайсысы?"),
    choices=(Choice(content=BOLD, fraction=1.0), Choice(content=(*b("екі"), *PICTURE), fraction=0.5)),
    single=False,
    grader_notes=(*b("Ескерту"), Code(text="а\n  б")),
)


def _key_lines(*questions: Question) -> list[str]:
    written = write("exam-tickets", *questions)
    (artifact,) = (found for found in written.artifacts if found.name.endswith("exam-key.docx"))
    (document,) = (m.read() for m in artifact.members if m.path == "word/document.xml")
    signs = {w("br"): "\n", w("drawing"): "[сурет]"}
    return [
        "".join(signs.get(e.tag, e.text or "") for e in paragraph.iter(w("t"), w("br"), w("drawing")))
        for paragraph in etree.fromstring(document).iter(w("p"))
    ]


def test_a_key_on_paper_is_as_rich_as_the_question() -> None:
    lines = _key_lines(RICH_CHOICE)
    assert "Кілт: H2O; екі" in lines
    assert "[сурет] (50 %)" in lines
    assert f"{PaperWords('kk')('For the grader')}: Ескерту" in lines
    assert "а\n  б" in lines
    assert "Кілт: с1 — H2O; с2 — су" in _key_lines(matching(BOLD, b("су")))


def test_a_teachers_cartridge_is_as_rich_as_the_question() -> None:
    written = write("cc13", RICH_CHOICE, matching(BOLD, b("су")), review=True, audience="teacher")
    (artifact,) = written.artifacts
    (page,) = (m.read().decode() for m in artifact.members if m.path == "w01-lecture-review-keys.html")
    assert "<p>✓ H<sub>2</sub>O</p>" in page
    assert "<p>✓ екі</p>" in page
    assert '<img src="media/' in page
    assert "<p>✓ с1 — H<sub>2</sub>O</p>" in page
    assert "<p>✓ с2 — су</p>" in page


def test_a_cartridge_offers_rich_answers_as_choices() -> None:
    (artifact,) = write("cc13", matching(BOLD, b("су")), review=True, audience="student").artifacts
    (quiz,) = (m.read() for m in artifact.members if m.path == "w01-lecture-review.xml")
    found = etree.fromstring(quiz)
    labels = [str(e.text) for e in found.iterfind(".//{*}response_label//{*}mattext")]
    assert labels == ["H<sub>2</sub>O", "су"] * 2


# --- products that hold letters


def test_one_answer_alone_is_typed_and_its_look_is_told() -> None:
    change = "a matching question became 1 choices, one a pair"
    rich, plain = (list(nearest_items([matching(answer)], words("kk", "cartridge"))) for answer in (BOLD, b("су")))
    assert [said for _, _, said in (*rich, *plain)] == [f"{change}; its answer is plain text", change]


def test_a_field_of_a_scorm_page_holds_letters() -> None:
    def essay(template: Blocks) -> Essay:
        return Essay(id="exam-001", number=1, text=b("Не?"), template=template)

    said = "question exam-001: the template of its answer loses emphasis: an input field holds plain text only"
    assert told(write("scorm12", essay(BOLD), review=True), "scorm-template") == [said]
    assert told(write("scorm12", essay(b("Менің")), review=True), "scorm-template") == []


@pytest.mark.parametrize("name", ["moodle-xml", "moodle-backup"])
def test_moodle_is_given_letters_and_the_loss_is_told(name: str) -> None:
    picked = (Paragraph(content=(Run(text="кө"), Run(text="к", bold=True), Run(text=" түс", href="https://a.kz"))),)
    written = write(name, matching(picked, b("су")), review=True)
    code = "mbz" if name == "moodle-backup" else "moodle-xml"
    said = "question exam-001: its answers lose emphasis and link: Moodle allows plain text only there"
    assert set(told(written, f"{code}-match-letters")) == {said}
    members = "".join(m.read().decode("utf-8", "replace") for a in written.artifacts for m in a.members)
    assert members.count("көк түс<") == 2
    assert not told(write(name, matching(b("көк"), b("су")), review=True), f"{code}-match-letters")


def test_an_answer_that_is_a_picture_is_its_words() -> None:
    (artifact,) = write("moodle-xml", matching(PICTURE, b("су"), b("\u200b"))).artifacts
    found = etree.fromstring(artifact.members[0].read())
    assert [e.findtext("answer/text") for e in found.iterfind(".//subquestion")] == ["шаршы", "су"]


def test_gift_tells_what_its_answers_lose() -> None:
    written = write("gift", matching(BOLD, PICTURE, b("су")))
    assert told(written, "gift-lost") == [
        "question exam-001 loses its pictures and the emphasis of its answers, which gift cannot hold"
    ]
    said = written.artifacts[0].members[0].read().decode()
    assert "\t=с1 -> H2O\n\t=с2 -> шаршы\n\t=с3 -> су\n" in said


def test_the_feedback_of_a_gap_loses_its_pictures_in_moodle_xml() -> None:
    def cloze(feedback: Blocks) -> Cloze:
        gaps = (Gap(kind="short-answer", answers=(Answer(text="су", feedback=feedback),)),)
        return Cloze(id="exam-001", number=1, text=b("Бұл – {#1}."), gaps=gaps)

    assert told(write("moodle-xml", cloze(PICTURE)), "moodle-xml-gap-picture") == [
        "question exam-001: the feedback of its gaps loses its pictures: Moodle allows none there"
    ]
    assert not told(write("moodle-xml", cloze(BOLD)), "moodle-xml-gap-picture")
    assert told(write("csv", cloze(BOLD)), "csv-lost") == [
        "question exam-001 loses its emphasis, which csv cannot hold"
    ]


def test_lines_that_become_one_are_told() -> None:
    code = Code(text="а\nб")
    choices = (Choice(content=(code,), fraction=1.0), Choice(content=b("в")))
    question = MultipleChoice(id="exam-001", number=1, text=b("Не?"), choices=choices)
    assert told(write("csv", question), "csv-lost") == [
        "question exam-001 loses paragraphs of an option, which csv cannot hold"
    ]
    assert told(write("aiken", question), "aiken-lost") == [
        "question exam-001 loses its paragraphs, which aiken cannot hold"
    ]
    table = io.StringIO(_text("csv", matching((code,), b("в"))).removeprefix("\ufeff"), newline="")
    (row,) = csv.DictReader(table, delimiter=";")
    assert row["options"] == "с1 -> а б\nс2 -> в"
    assert block_text(asked(question, words("kk"))).count("а\nб") == 1


def _text(name: str, *questions: Question) -> str:
    return write(name, *questions).artifacts[0].members[0].read().decode()
