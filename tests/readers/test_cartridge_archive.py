"""A cartridge as a folder of documents: modules, links, assignments, files, and its questions (QTI 1.2)."""

# ruff: noqa: E501 - XML as programs write it

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from msgspec.structs import replace

from coursepack.files import unpacked
from coursepack.files.package import Package
from coursepack.files.unpacked import OmittedMember, Titled
from coursepack.model.artifact import Bank
from coursepack.model.blocks import block_text
from coursepack.model.questions import (
    Cloze,
    Description,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    Question,
    ShortAnswer,
    TrueFalse,
)
from coursepack.place import CoursepackError, Finding
from coursepack.readers import question_xml
from coursepack.readers.archives.cartridge import open_cartridge
from coursepack.writers import Context, load
from tests.readers.test_backup import Members, body, zipped
from tests.samples import ASSETS, PNG, b, every_question
from tests.test_folder import KK, table, understood, write

NAMESPACE = 'xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"'


def manifest(items: str = "", resources: str = "", title: str = "Цитология", space: str = NAMESPACE) -> bytes:
    return (
        f"<manifest {space}><metadata><schema>IMS Common Cartridge</schema><lom><general><title><string>{title}</string>"
        f"</title></general></lom></metadata><organizations><organization><item identifier='root'>{items}</item>"
        f"</organization></organizations><resources>{resources}</resources></manifest>"
    ).encode()


def item(title: str, ref: str = "", inner: str = "") -> str:
    return f"<item identifier='i' {f'identifierref={ref!r}' if ref else ''}><title>{title}</title>{inner}</item>"


def resource(ident: str, kind: str, file: str, inner: str = "", more: str = "") -> str:
    return f'<resource identifier="{ident}" type="{kind}" href="{file}" {more}><file href="{file}"/>{inner}</resource>'


def contents(members: Members) -> tuple[dict[str, bytes], list[OmittedMember], list[str]]:
    found = list(open_cartridge(Package.of_bytes("a.imscc", zipped(members))))
    made = {each.path: each.read() for each in found if not isinstance(each, OmittedMember | Titled)}
    left = [each for each in found if isinstance(each, OmittedMember)]
    return made, left, [each.title for each in found if isinstance(each, Titled)]


TEACHER = (
    "<metadata><lom><educational><intendedEndUserRole><value>Instructor</value></intendedEndUserRole></educational></lom>"
    "</metadata>"
)


def course() -> Members:
    inner = (
        item("Дәріс", "page")
        + item("Тақырыпша", "", item("Ішкі бет", "sub"))
        + item("Сайт", "link")
        + item("Талқылау", "topic")
        + item("Эссе", "task")
        + item("Файл", "file")
        + item("Дыбыс", "sound")
        + item("Жауаптар", "key")
        + item("Құрал", "tool")
        + item("Жоқ", "lost")
    )
    resources = (
        resource("page", "webcontent", "wiki_content/page.html")
        + resource("sub", "webcontent", "wiki_content/sub.html")
        + resource("link", "imswl_xmlv1p1", "link.xml")
        + resource("topic", "imsdt_xmlv1p3", "topic.xml")
        + resource("task", "assignment_xmlv1p0", "task/assignment.xml")
        + resource("task_fallback", "webcontent", "task/page.html", "<variant identifier='v' identifierref='task'/>")
        + resource("file", "webcontent", "web_resources/%D0%94%D3%99%D1%80%D1%96%D1%81%202.txt")
        + resource("sound", "webcontent", "web_resources/a.mp3")
        + resource("key", "webcontent", "key.html", TEACHER)
        + resource("plan", "webcontent", "plan.html", more='intendeduse="lessonplan"')
        + resource("tool", "imsbasiclti_xmlv1p0", "tool.xml")
        + resource("lost", "webcontent", "lost.html")
        + resource("alone", "webcontent", "wiki_content/alone.html")
        + resource("doc", "webcontent", "web_resources/more.txt")
        + resource("pic", "webcontent", "web_resources/b.png")
        + resource("settings", "associatedcontent/imscc_xmlv1p1/learning-application-resource", "course_settings/x.xml")
    )
    page = (
        "<html><head><title>Дәріс</title></head><body><h1>Дәріс</h1><h2>Бөлім</h2><p>Мәтін</p>"
        '<img src="$IMS-CC-FILEBASE$/%D1%81.png"><img src="../web_resources/a%20b.png?canvas_download=1">'
        '<a href="$WIKI_REFERENCE$/pages/x">бет</a><a href="https://e.kz">сайт</a>'
        '<a href="%24IMS-CC-FILEBASE%24/linked.txt">құжат</a></body></html>'
    )
    return {
        "imsmanifest.xml": manifest(item("1-модуль", "", inner) + item("Алғашқы", "", item("Мәтін", "sub")), resources),
        "wiki_content/page.html": page.encode(),
        "wiki_content/sub.html": "<html><body><p>Ішкі мәтін</p></body></html>".encode(),
        "wiki_content/alone.html": f"<html><head><title>Жеке</title></head><body><p>{KK}</p></body></html>".encode(),
        "web_resources/с.png": PNG,
        "web_resources/a b.png": PNG + b" ",
        "web_resources/b.png": PNG,
        "web_resources/Дәріс 2.txt": KK.encode(),
        "web_resources/linked.txt": KK.encode() + b"2",
        "web_resources/more.txt": KK.encode() + b"3",
        "web_resources/a.mp3": b"ID3",
        "link.xml": b"<webLink><title>x</title><url href='https://e.kz/?a=1&amp;b=2'/></webLink>",
        "topic.xml": f"<topic><title>x</title><text texttype='text/html'>{escape('<p>Не ойлайсыз?</p>')}</text></topic>".encode(),
        "task/assignment.xml": "<assignment><title>x</title><text texttype='text/plain'>Жазыңыз.</text></assignment>".encode(),
        "task/page.html": b"<p>twice</p>",
        "key.html": b"<p>secret</p>",
        "plan.html": b"<p>secret plan</p>",
        "tool.xml": b"<x/>",
        "course_settings/x.xml": b"<x/>",
    }


def test_a_module_is_a_page_and_what_stands_beside_it_comes_too() -> None:
    made, left, titles = contents(course())
    assert titles == ["Цитология"]
    assert list(made) == [
        "s01 1-модуль.html",
        "s01 1-модуль_files/с.png",
        "s01 1-модуль_files/a b.png",
        "s01 1-модуль/linked.txt",
        "s01 1-модуль/Дәріс 2.txt",
        "s01 1-модуль_files/a.mp3",
        "s02 Алғашқы.html",
        "p01 alone.html",
        "files/more.txt",
    ]
    at = "s01%201-%D0%BC%D0%BE%D0%B4%D1%83%D0%BB%D1%8C_files"
    assert body(made["s01 1-модуль.html"]) == (
        "<h1>1-модуль</h1><h2>Дәріс</h2><div><div></div><h3>Бөлім</h3><p>Мәтін</p>"
        f'<img src="{at}/%D1%81.png"><img src="{at}/a%20b.png"><a>бет</a><a href="https://e.kz">сайт</a><a>құжат</a></div>'
        "<h2>Тақырыпша</h2><h3>Ішкі бет</h3><div><p>Ішкі мәтін</p></div>"
        '<p><a href="https://e.kz/?a=1&amp;b=2">Сайт</a></p>'
        "<h2>Талқылау</h2><div><p>Не ойлайсыз?</p></div><h2>Эссе</h2><p>Жазыңыз.</p>"
        f'<p><a href="{at}/a.mp3">Дыбыс</a></p>'
    )
    assert body(made["p01 alone.html"]).startswith("<h1>Жеке</h1><div><p>Жасуша барлық")
    assert [(each.name, each.why, each.fate) for each in left] == [
        ("s01 1-модуль/Жауаптар", "for teachers only", "other"),
        ("s01 1-модуль/Құрал", "a resource that is not read (imsbasiclti)", "unread"),
        ("s01 1-модуль/lost.html", "not in the cartridge", "left-out"),
        ("files/b.png", "a file that no page shows", "other"),
    ]
    assert not any(b"secret" in data or b"twice" in data for data in made.values())


def test_a_cartridge_in_a_folder_is_a_course(tmp_path: Path) -> None:
    write(tmp_path / "курс.imscc", zipped(course()))
    found = understood(tmp_path)
    assert found.course.title == "Цитология"
    fates = {name: fate for name, (fate, _) in table(found).items()}
    assert fates["курс.imscc"] == "opened"
    assert fates["курс.imscc/s01 1-модуль_files/с.png"] == "used"
    assert fates["курс.imscc/s01 1-модуль.html"] == "source"


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"a.txt": b"x"}, "no imsmanifest.xml in it, expected a cartridge"),
        ({"imsmanifest.xml": b"<manifest>"}, "not well-formed XML"),
        ({"imsmanifest.xml": b"<manifest><metadata><schema>ADL SCORM</schema></metadata></manifest>"}, r"SCORM"),
        (
            {"imsmanifest.xml": b"<!DOCTYPE a [<!ENTITY b SYSTEM '/etc/passwd'>]><manifest>&b;</manifest>"},
            "not well-formed XML",
        ),
    ],
)
def test_what_is_no_cartridge_is_told(tmp_path: Path, members: Members, said: str) -> None:
    with pytest.raises(CoursepackError, match=said):
        unpacked.opened(write(tmp_path / "a.imscc", zipped(members)))


def test_one_damaged_part_does_not_stop_the_others() -> None:
    items = item("Сайт", "link") + item("Бет", "page") + item("Тест", "quiz") + item("Бұзық", "zip")
    resources = (
        resource("link", "imswl_xmlv1p1", "link.xml")
        + resource("page", "webcontent", "page.html")
        + resource("quiz", "imsqti_xmlv1p2/imscc_xmlv1p1/assessment", "quiz.xml")
        + resource("zip", "webcontent", "bad.html")
    )
    files = {"link.xml": b"<webLink", "page.html": b"<p>x</p>", "quiz.xml": b"<quest", "bad.html": b"PK\x03\x04\0\0"}
    made, left, _ = contents({"imsmanifest.xml": manifest(item("1", "", items), resources), **files})
    assert list(made) == ["s01 1.html"]
    assert [(each.name, each.fate) for each in left] == [
        ("s01 1/Сайт", "left-out"),
        ("s01 1/Бұзық", "left-out"),
        ("quiz.xml", "left-out"),
    ]


def test_assessments_without_a_question_are_told_and_stop_nothing() -> None:
    quiz = resource("quiz", "imsqti_xmlv1p2/imscc_xmlv1p1/assessment", "quiz.xml")
    page = resource("page", "webcontent", "page.html")
    empty = "<questestinterop><assessment ident='a' title='Бақылау 1'><section/></assessment></questestinterop>"
    members = {
        "imsmanifest.xml": manifest(item("1", "", item("Бет", "page") + item("Тест", "quiz")), page + quiz),
        "page.html": b"<p>x</p>",
        "quiz.xml": empty.encode(),
    }
    made, left, _ = contents(members)
    assert list(made) == ["s01 1.html"]
    assert [(each.name, each.why, each.fate) for each in left] == [("Бақылау 1", "holds no question", "other")]


def test_names_and_addresses_stay_inside(tmp_path: Path) -> None:
    html = "<img src='../../../../etc/passwd'><img src='file:///etc/passwd'><p>x</p>"
    resources = resource("p", "webcontent", "../../p.html") + resource("q", "webcontent", "q.html")
    members = {
        "imsmanifest.xml": manifest(item("../../x", "", item("a", "p") + item("b", "q")), resources),
        "q.html": html.encode(),
    }
    made, left, _ = contents(members)
    assert list(made) == ["s01 x.html"]
    assert [each.name for each in left] == ["s01 x/p.html"]


# --- questions ----------------------------------------------------------------------------------------------------


def read(folder: Path, members: Members) -> tuple[list[Question], list[Finding], list[bytes]]:
    made, _, _ = contents(members)
    path = folder / "questions.xml"
    path.write_bytes(made["questions.xml"])
    found = question_xml.read(path)
    return list(found.bank.questions()), found.findings, list(found.assets.data.values())


@pytest.mark.parametrize("name", ["cc11", "cc13"])
def test_questions_come_back_from_a_cartridge_that_we_write(tmp_path: Path, name: str) -> None:
    kinds = (MultipleChoice, TrueFalse, ShortAnswer)
    questions: list[Question] = [replace(q, variant_of=None) for q in every_question() if isinstance(q, kinds)]
    questions.append(Essay(id="essay", text=b("Түсіндіріңіз."), feedback=b("Пікір.")))
    write_bank = load(name).write_bank
    assert write_bank is not None
    (made,) = write_bank(Bank("b", "B", "kk", lambda: iter(questions)), Context(assets=ASSETS)).artifacts
    found, findings, pictures = read(tmp_path, {member.path: member.read() for member in made.members})
    assert [type(each) for each in found] == [type(each) for each in questions]
    for one, other in zip(found, questions, strict=True):
        assert _letters(one) == _letters(other)
        assert one.mark == other.mark
        if isinstance(one, MultipleChoice) and isinstance(other, MultipleChoice):
            assert one.single == other.single
            right = [[choice.fraction > 0 for choice in each.choices] for each in (one, other)]
            assert right[0] == right[1]
        if isinstance(one, TrueFalse) and isinstance(other, TrueFalse):
            assert one.answer == other.answer
    assert pictures == [PNG]
    told = [finding.message for finding in findings]
    assert told == ["1 × a mark for all right answers together alone: they share it here"]


def _letters(question: Question) -> list[list[str]]:
    parts = [block_text(question.text), block_text(question.feedback)]
    match question:
        case MultipleChoice():
            parts += [text for c in question.choices for text in (block_text(c.content), block_text(c.feedback))]
        case ShortAnswer():
            parts += [
                answer.text for answer in question.answers if "*" not in answer.text
            ]  # the profile has no patterns
        case _:
            pass
    return [part.split() for part in parts]


def canvas(kind: str, presentation: str, processing: str = "") -> str:
    def said(label: str, entry: str) -> str:
        return f"<qtimetadatafield><fieldlabel>{label}</fieldlabel><fieldentry>{entry}</fieldentry></qtimetadatafield>"

    metadata = said("question_type", kind) + said("points_possible", "2.0")
    return (
        f"<item ident='i' title='T'><itemmetadata><qtimetadata>{metadata}</qtimetadata></itemmetadata><presentation>"
        f"<material><mattext texttype='text/html'>&lt;p&gt;Сұрақ?&lt;/p&gt;</mattext></material>{presentation}"
        f"</presentation><resprocessing>{processing}</resprocessing></item>"
    )


def label(ident: str, text: str) -> str:
    return f"<response_label ident='{ident}'><material><mattext>{text}</mattext></material></response_label>"


def right(condition: str, score: float = 100) -> str:
    return f"<respcondition><conditionvar>{condition}</conditionvar><setvar action='Set' varname='SCORE'>{score}</setvar></respcondition>"


def of_canvas(*items: str) -> Members:
    bank = f"<questestinterop><assessment ident='a' title='Бақылау 1'><section>{''.join(items)}</section></assessment></questestinterop>"
    quiz = resource("quiz", "imsqti_xmlv1p2/imscc_xmlv1p1/assessment", "quiz/assessment_qti.xml")
    return {
        "imsmanifest.xml": manifest(item("1", "", item("Тест", "quiz")), quiz),
        "quiz/assessment_qti.xml": b"<questestinterop/>",
        "non_cc_assessments/quiz.xml.qti": bank.encode(),
    }


def test_kinds_that_canvas_keeps_beside_the_profile(tmp_path: Path) -> None:
    sides = "".join(
        f"<response_lid ident='r{n}'><material><mattext>{text}</mattext></material><render_choice>{label('x', 'бір')}{label('y', 'екі')}</render_choice></response_lid>"
        for n, text in enumerate(("1", "2"))
    )
    pairs = right("<varequal respident='r0'>x</varequal>", 50) + right("<varequal respident='r1'>y</varequal>", 50)
    number = "<or><varequal respident='r'>4</varequal><and><vargte respident='r'>3.5</vargte><varlte respident='r'>4.5</varlte></and></or>"
    several = f"<response_lid ident='r' rcardinality='Multiple'><render_choice>{label('a', 'A')}{label('b', 'B')}{label('c', 'C')}</render_choice></response_lid>"
    both = "<and><varequal respident='r'>a</varequal><varequal respident='r'>b</varequal><not><varequal respident='r'>c</varequal></not></and>"
    found, findings, _ = read(
        tmp_path,
        of_canvas(
            canvas("matching_question", sides, pairs),
            canvas("numerical_question", "", right(number)),
            canvas("numerical_question", "", right("<vargte respident='r'>1</vargte><varlte respident='r'>2</varlte>")),
            canvas("multiple_answers_question", several, right(both)),
            canvas("text_only_question", ""),
            canvas("multiple_choice_question", several, ""),
            canvas("multiple_dropdowns_question", sides, pairs),
        ),
    )
    matching, exact, between, answers, text, unsure, dropdowns = found
    assert isinstance(matching, Matching)
    assert [(block_text(p.question), block_text(p.answer)) for p in matching.pairs] == [("1", "бір"), ("2", "екі")]
    assert isinstance(exact, Numerical)
    assert isinstance(between, Numerical)
    assert [(a.value, a.tolerance) for q in (exact, between) for a in q.answers] == [("4", "0.5"), ("1.5", "0.5")]
    assert isinstance(answers, MultipleChoice)
    assert [choice.fraction for choice in answers.choices] == [0.5, 0.5, -1]
    assert isinstance(text, Description)
    assert {question.category for question in found} == {("Бақылау 1",)}
    assert [question.mark for question in found[:4]] == [2, 2, 2, 2]
    assert isinstance(unsure, MultipleChoice)
    assert not any(choice.fraction for choice in unsure.choices)
    assert isinstance(dropdowns, Cloze)
    assert [[answer.fraction for answer in gap.answers] for gap in dropdowns.gaps] == [[1, 0], [0, 1]]
    assert [(finding.code, finding.message) for finding in findings] == [
        ("qti-no-key", "the item 'i' is kept without a key: its rules give every answer the same mark"),
        ("qti-left-out", "1 × a mark for all right answers together alone: they share it here"),
    ]
