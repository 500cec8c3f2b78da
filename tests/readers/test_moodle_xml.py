"""Moodle XML as Moodle's own import reads it; and what is not Moodle XML."""

# ruff: noqa: E501 - input as programs write it, a line each

from __future__ import annotations

import base64
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given

from coursepack.model.artifact import Bank
from coursepack.model.blocks import Paragraph, Picture, Run, block_text
from coursepack.model.questions import (
    Answer,
    Choice,
    Cloze,
    Description,
    Essay,
    Gap,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Pair,
    Question,
    ShortAnswer,
    TrueFalse,
)
from coursepack.place import CoursepackError, Finding
from coursepack.readers.moodle import xml as moodle_xml
from coursepack.writers import Context
from coursepack.writers.moodle import xml as moodle_writer
from tests import strategies
from tests.samples import ASSETS, PNG, PNG_ID, b, every_question


def load(folder: Path, xml: str | bytes) -> tuple[list[Question], list[Finding]]:
    path = folder / "a.xml"
    path.write_bytes(xml if isinstance(xml, bytes) else xml.encode())
    found = moodle_xml.read(path)
    return list(found.bank.questions()), found.findings


def q(kind: str, inner: str, text: str = "<p>Сұрақ?</p>") -> str:
    return (
        f'<question type="{kind}"><name><text>Аты</text></name><questiontext format="html"><text><![CDATA[{text}]]></text>'
        f"</questiontext><defaultgrade>2.0000000</defaultgrade>{inner}</question>"
    )


def one(folder: Path, xml: str) -> Question:
    questions, findings = load(folder, f"<quiz>{xml}</quiz>")
    assert findings == []
    (question,) = questions
    return question


def answer(text: str, fraction: str, feedback: str = "", more: str = "") -> str:
    return (
        f'<answer fraction="{fraction}" format="html"><text>{text}</text>{more}'
        f'<feedback format="html"><text>{feedback}</text></feedback></answer>'
    )


def test_multiple_choice(tmp_path: Path) -> None:
    inner = (
        "<single>false</single><answernumbering>ABCD</answernumbering>"
        + answer("&lt;p&gt;а&lt;/p&gt;", "33.33333", "иә")
        + answer("б", "-100")
        + answer("", "0")
        + "<correctfeedback format='html'><text>Д</text></correctfeedback>"
    )
    found = one(tmp_path, q("multichoice", inner))
    assert isinstance(found, MultipleChoice)
    assert found.choices == (
        Choice(content=b("а"), fraction=1 / 3, feedback=b("иә")),
        Choice(content=b("б"), fraction=-1),
    )
    assert (found.single, found.shuffle, found.numbering, found.mark, found.title) == (False, False, "ABC", 2, "Аты")
    assert found.correct_feedback == b("Д")


def test_true_false_short_numerical_matching(tmp_path: Path) -> None:
    found = one(tmp_path, q("truefalse", answer("false", "100", "жоқ") + answer("true", "0")))
    assert isinstance(found, TrueFalse)
    assert (found.answer, found.false_feedback) == (False, b("жоқ"))
    short = one(tmp_path, q("shortanswer", "<usecase>1</usecase>" + answer("Абай*", "100") + answer("абай", "50")))
    assert isinstance(short, ShortAnswer)
    assert (short.answers, short.case_sensitive) == ((Answer(text="Абай*"), Answer(text="абай", fraction=0.5)), True)
    units = "<units><unit><multiplier>1</multiplier><unit_name>км</unit_name></unit></units>"
    number = one(tmp_path, q("numerical", answer("3,1400", "100", more="<tolerance>0.0100000</tolerance>") + units))
    assert isinstance(number, Numerical)
    assert (number.answers, number.unit) == ((NumericalAnswer(value="3.14", tolerance="0.01"),), "км")
    pairs = "".join(
        f"<subquestion format='html'><text>{left}</text><answer><text>{right}</text></answer></subquestion>"
        for left, right in (("Сенат", "жоғарғы"), ("", "артық"))
    )
    match = one(tmp_path, q("matching", pairs))
    assert isinstance(match, Matching)
    assert match.pairs == (Pair(question=b("Сенат"), answer=b("жоғарғы")), Pair(question=(), answer=b("артық")))
    assert match.shuffle


def test_essay(tmp_path: Path) -> None:
    inner = (
        "<responseformat>editor</responseformat><responsefieldlines>10</responsefieldlines><minwordlimit>0</minwordlimit>"
        "<maxwordlimit>300</maxwordlimit><attachments>-1</attachments><graderinfo format='html'><text>ескерту</text>"
        "</graderinfo><responsetemplate format='html'><text>Менің</text></responsetemplate>"
        "<tags><tag><text>билік</text></tag></tags><generalfeedback format='html'><text>ж</text></generalfeedback>"
    )
    found = one(tmp_path, q("essay", inner))
    assert isinstance(found, Essay)
    assert (found.response_lines, found.min_words, found.max_words, found.attachments) == (10, None, 300, -1)
    assert (found.grader_notes, found.template, found.tags, found.feedback) == (
        b("ескерту"),
        b("Менің"),
        ("билік",),
        b("ж"),
    )


def test_feedback_of_a_gap_is_html_written_as_entities(tmp_path: Path) -> None:
    """Moodle reads the entities of a gap's feedback once more, as our own files write them."""
    text = "Pick {1:MULTICHOICE:=a#&#60;p&#62;&#60;b&#62;Yes&#60;/b&#62; &#60;/p&#62;~b}"
    found = one(tmp_path, q("cloze", "", text))
    assert isinstance(found, Cloze)
    assert [block_text(each.feedback) for each in found.gaps[0].answers] == ["Yes", ""]


def test_cloze(tmp_path: Path) -> None:
    text = (
        "<p>Астана – {1:SHORTANSWER:=Астана~%50%Ақмола#жақын}, {2:NM:=1.4:0.1}, "
        "{:MC:бір~=екі &amp; үш~төрт\\}} {x} {:SAC:=А&#39;б}</p>"
    )
    found = one(tmp_path, q("cloze", "", text))
    assert isinstance(found, Cloze)
    assert found.text == b("Астана – {#1}, {#2}, {#3} {x} {#4}")
    assert found.gaps == (
        Gap(
            kind="short-answer",
            answers=(Answer(text="Астана"), Answer(text="Ақмола", fraction=0.5, feedback=b("жақын"))),
        ),
        Gap(kind="numerical", answers=(Answer(text="1.4"),), mark=2, tolerances=("0.1",)),
        Gap(
            kind="multiple-choice",
            answers=(Answer(text="бір", fraction=0), Answer(text="екі & үш"), Answer(text="төрт}", fraction=0)),
        ),
        Gap(kind="short-answer-case", answers=(Answer(text="А'б"),)),
    )


def test_categories_and_descriptions(tmp_path: Path) -> None:
    category = '<question type="category"><category><text>$course$/top/Тарих/1//2</text></category></question>'
    found = one(tmp_path, category + q("description", ""))
    assert isinstance(found, Description)
    assert (found.category, found.mark) == (("Тарих", "1/2"), None)


def test_pictures_inside_the_file(tmp_path: Path) -> None:
    data = base64.b64encode(PNG).decode()
    text = (
        '<p>Не? <img src="@@PLUGINFILE@@/%D1%81%20%D1%83.png" alt="Көк" width="8"><img src="@@PLUGINFILE@@/gone.png" alt="жоқ">'
        f'<img src="data:image/png;base64,{data}"></p>'
    )
    xml = q("essay", "", text).replace(
        "</questiontext>", f'<file name="с у.png" path="/" encoding="base64">{data}</file></questiontext>'
    )
    (tmp_path / "a.xml").write_text(f"<quiz>{xml}</quiz>", encoding="utf-8")
    found = moodle_xml.read(tmp_path / "a.xml")
    (question,) = found.bank.questions()
    picture = Picture(asset=PNG_ID, media_type="image/png", alt="Көк", width=8)
    assert question.text == (
        Paragraph(
            content=(Run(text="Не? "), picture, Run(text="[жоқ]"), Picture(asset=PNG_ID, media_type="image/png"))
        ),
    )
    assert found.assets.data == {PNG_ID: PNG}
    assert [f.message for f in found.findings] == ["1 × a picture that is not there"]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("plain_text", "а <b>", b("а <b>")),
        ("moodle_auto_format", "а\nб", b("а\nб")),
        ("markdown", "**а**", (Paragraph(content=(Run(text="а", bold=True),)),)),
        ("html", "а\nб", b("а б")),
    ],
)
def test_formats_of_text(tmp_path: Path, form: str, text: str, expected: object) -> None:
    xml = (
        f'<question type="essay"><name><text>x</text></name><questiontext format="{form}"><text><![CDATA[{text}]]></text>'
        "</questiontext></question>"
    )
    assert one(tmp_path, xml).text == expected


def test_what_is_wrong_or_unknown_is_told_with_its_line(tmp_path: Path) -> None:
    xml = "\n".join(
        [
            "<quiz>",
            q("multichoice", answer("а", "100")),
            q("calculated", ""),
            q("numerical", answer("жоқ", "100")),
            q("truefalse", answer("иә", "100")),
            q("truefalse", answer("иә", "0") + answer("жоқ", "100")),
            q("essay", "<responseformat>plain</responseformat>"),
            "</quiz>",
        ]
    )
    questions, findings = load(tmp_path, xml)
    assert [type(question) for question in questions] == [TrueFalse, Essay]
    assert isinstance(questions[0], TrueFalse)
    assert not questions[0].answer
    assert [f.place.first for f in findings if f.place and f.code == "moodle-xml-question"] == [2, 4, 5]
    assert [f.message for f in findings if f.code == "moodle-xml-left-out"] == [
        "1 × <responseformat> of a question",
        "1 × a question of type 'calculated', which is not read",
        "1 × a true/false question with answers of its own, taken as true and false",
    ]


@pytest.mark.parametrize(
    ("xml", "word", "line"),
    [
        ("<quiz>\n<question>\n</quiz>", "not well-formed", 3),
        ("text", "not well-formed", 1),
        ("<quiz>\n<question type='essay'><name><text>x</text>", "not well-formed", 2),
        ("<questestinterop/>", "a QTI 1.2 assessment", 1),
        ("<?xml version='1.0'?>\n<moodle_backup/>", "a Moodle course backup", 2),
        ("<html xmlns='http://www.w3.org/1999/xhtml'/>", "a web page", 1),
        ("<заметка/>", "other XML: its root is <заметка>", 1),
        ('<!DOCTYPE quiz [<!ENTITY a "b">]><quiz>&a;</quiz>', "DOCTYPE", 1),
    ],
)
def test_what_is_no_moodle_xml(tmp_path: Path, xml: str, word: str, line: int) -> None:
    with pytest.raises(CoursepackError, match=word) as problem:
        load(tmp_path, xml)
    assert problem.value.place is not None
    assert problem.value.place.first == line


def test_windows_1251_and_a_mark_before_utf8(tmp_path: Path) -> None:
    xml = f'<?xml version="1.0" encoding="windows-1251"?><quiz>{q("essay", "", "<p>Вопрос</p>")}</quiz>'
    questions, _ = load(tmp_path, xml.replace("Аты", "x").encode("cp1251"))
    assert questions[0].text == b("Вопрос")
    questions, _ = load(tmp_path, "\ufeff<quiz>" + q("essay", "") + "</quiz>")
    assert len(questions) == 1


def test_many_questions_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<quiz>" + q("essay", "") * 3_000 + "</quiz>", encoding="utf-8")
    tracemalloc.start()
    count = sum(1 for _ in moodle_xml.read(path).bank.questions())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 3_000
    assert peak < 3 * 2**20


def _back(questions: tuple[Question, ...], folder: Path) -> list[Question]:
    made = moodle_writer.writer.write_bank
    assert made is not None
    written = made(Bank("b", "B", "kk", lambda: iter(questions)), Context(assets=ASSETS))
    path = folder / "a.xml"
    path.write_bytes(b"".join(member.read() for a in written.artifacts for member in a.members))
    return list(moodle_xml.read(path).bank.questions())


_NOT_TRAVELLING = ("id", "number", "place", "session", "printed", "variant_of", "category", "title", "tags")


def _fields(question: Question) -> dict[str, object]:
    names = [name for name in question.__struct_fields__ if name not in _NOT_TRAVELLING]
    return {name: getattr(question, name) for name in names} | {"type": type(question)}


def test_every_question_comes_back_from_what_we_write(tmp_path: Path) -> None:
    questions = every_question()
    assert [_fields(found) for found in _back(questions, tmp_path)] == [_fields(question) for question in questions]


@given(strategies.bank("q", 4))
def test_letters_and_keys_come_back(questions: tuple[Question, ...]) -> None:
    import tempfile

    if not questions:
        return
    with tempfile.TemporaryDirectory() as folder:
        back = _back(questions, Path(folder))
    assert [type(found) for found in back] == [type(question) for question in questions]
    for found, question in zip(back, questions, strict=True):
        assert block_text(found.text).split() == block_text(question.text).split()
        if isinstance(found, MultipleChoice) and isinstance(question, MultipleChoice):
            assert [c.fraction for c in found.choices] == [c.fraction for c in question.choices]


def test_a_tolerance_with_a_comma_is_a_number_here_and_in_what_is_written(tmp_path: Path) -> None:
    """Russian and Kazakh hands write «0,1»; Moodle takes it for 0."""
    found = one(tmp_path, q("numerical", answer("3,14", "100", more="<tolerance>0,1</tolerance>")))
    assert isinstance(found, Numerical)
    assert found.answers == (NumericalAnswer(value="3.14", tolerance="0.1"),)
    commas = Numerical(id="a", text=found.text, answers=(NumericalAnswer(value="3,14", tolerance="0,1"),))
    bank = Bank("bank", "Bank", "kk", lambda: iter((commas,)))
    assert moodle_writer.writer.write_bank is not None
    (made,) = moodle_writer.writer.write_bank(bank, Context()).artifacts
    xml = made.members[0].read()
    assert xml.count(b"<tolerance>0.1</tolerance>") == 1
    assert b"<text>3.14</text>" in xml
