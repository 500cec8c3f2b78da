"""GIFT as Moodle reads it."""

# ruff: noqa: E501 - input as people write it, a line each

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursepack.model.artifact import Assets, Bank
from coursepack.model.blocks import Blocks, Formula, Media, Paragraph, Run, block_text
from coursepack.model.questions import (
    Answer,
    Choice,
    Cloze,
    Description,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Ordering,
    Pair,
    Question,
    ShortAnswer,
    TrueFalse,
)
from coursepack.place import Finding, Place
from coursepack.readers import gift
from coursepack.render.plain import one_line, plain
from coursepack.writers import Context
from coursepack.writers.plain import gift as gift_writer
from tests import strategies
from tests.samples import b


def read(folder: Path, text: str | bytes) -> tuple[list[Question], list[Finding]]:
    path = folder / "a.gift"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = gift.read(path)
    return list(found.bank.questions()), found.findings


def one(folder: Path, text: str) -> Question:
    questions, findings = read(folder, text)
    assert findings == []
    (question,) = questions
    return question


def test_one_right_answer(tmp_path: Path) -> None:
    found = one(tmp_path, "::Т\\:1:: Сұрақ? {=а#дұрыс ~%50%б ~%-25%в#қате ~г ####жалпы}")
    assert found == MultipleChoice(
        id="q-00001",
        number=1,
        title="Т:1",
        text=b("Сұрақ?"),
        feedback=b("жалпы"),
        choices=(
            Choice(content=b("а"), fraction=1, feedback=b("дұрыс")),
            Choice(content=b("б"), fraction=0.5),
            Choice(content=b("в"), fraction=-0.25, feedback=b("қате")),
            Choice(content=b("г")),
        ),
        place=Place("a.gift", 1, 1),
    )


def test_many_right_answers(tmp_path: Path) -> None:
    found = one(tmp_path, "Сұрақ?\n{\n~%33.33333%а\n~%66.66667%б\n~%-100%в\n}")
    assert isinstance(found, MultipleChoice)
    assert not found.single
    assert [round(choice.fraction, 5) for choice in found.choices] == [0.33333, 0.66667, -1]
    assert found.place == Place("a.gift", 1, 6)


@pytest.mark.parametrize(
    ("answer", "expected"), [("T", True), ("TRUE", True), ("F", False), ("FALSE", False), (" T #қате#дұрыс", True)]
)
def test_true_false(tmp_path: Path, answer: str, expected: bool) -> None:
    found = one(tmp_path, f"С {{{answer}}}")
    assert isinstance(found, TrueFalse)
    assert found.answer is expected
    if "#" in answer:
        assert (found.true_feedback, found.false_feedback) == (b("дұрыс"), b("қате"))


def test_feedback_of_a_false_statement(tmp_path: Path) -> None:
    found = one(tmp_path, "С {F#бекер#дұрыс айттың}")
    assert isinstance(found, TrueFalse)
    assert (found.true_feedback, found.false_feedback) == (b("бекер"), b("дұрыс айттың"))


def test_short_answers_and_missing_words(tmp_path: Path) -> None:
    found = one(tmp_path, "Абай {=Құнанбаев =%50%құнанбай*#жақын} ақын.")
    assert isinstance(found, ShortAnswer)
    assert found.text == b("Абай _____ ақын.")
    assert found.answers == (Answer(text="Құнанбаев"), Answer(text="құнанбай*", fraction=0.5, feedback=b("жақын")))


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("#3", [("3", "0", 1)]),
        ("#-3.14:0.01", [("-3.14", "0.01", 1)]),
        ("#1..5", [("3", "2", 1)]),
        ("#-1.5..-0.5", [("-1", "0.5", 1)]),
        ("#=1822:0 =%50%1822:2", [("1822", "0", 1), ("1822", "2", 0.5)]),
        ("#3,5", [("3.5", "0", 1)]),
        ("#5~#қате", [("5", "0", 1), ("*", "0", 0)]),
    ],
)
def test_numbers(tmp_path: Path, inner: str, expected: list[tuple[str, str, float]]) -> None:
    found = one(tmp_path, f"С {{{inner}}}")
    assert isinstance(found, Numerical)
    assert [(a.value, a.tolerance, a.fraction) for a in found.answers] == expected


def test_matching_with_a_distractor(tmp_path: Path) -> None:
    found = one(tmp_path, "С {=Сенат -> жоғарғы =Мәжіліс -> төменгі = -> үкімет}")
    assert isinstance(found, Matching)
    assert found.pairs == (
        Pair(question=b("Сенат"), answer=b("жоғарғы")),
        Pair(question=b("Мәжіліс"), answer=b("төменгі")),
        Pair(question=(), answer=b("үкімет")),
    )


def test_essays_and_descriptions(tmp_path: Path) -> None:
    assert isinstance(one(tmp_path, "С {}"), Essay)
    assert isinstance(one(tmp_path, "С {####жалпы}"), Essay)
    found = one(tmp_path, "Тек мәтін \\{жақша\\}")
    assert isinstance(found, Description)
    assert found.text == b("Тек мәтін {жақша}")


def test_escapes(tmp_path: Path) -> None:
    found = one(tmp_path, r"a\=b \~ \# \: \{x\} \\ c\nжол {=1\=1 ~2}")
    assert found.text == b("a=b ~ # : {x} \\ c\nжол")
    assert isinstance(found, MultipleChoice)
    assert found.choices[0].content == b("1=1")


def test_formats_of_text(tmp_path: Path) -> None:
    assert one(tmp_path, "[html]<p>а <b>б</b></p>{}").text == (
        Paragraph(content=(Run(text="а "), Run(text="б", bold=True))),
    )
    assert one(tmp_path, "[plain]а <b>б</b>{}").text == b("а <b>б</b>")
    assert one(tmp_path, "[markdown]а **б**{}").text == (Paragraph(content=(Run(text="а "), Run(text="б", bold=True))),)
    assert one(tmp_path, "[moodle]1 < 2 & <stdio.h>{}").text == b("1 < 2 & <stdio.h>")
    assert one(tmp_path, "[жоқ]x{}").text == b("[жоқ]x")
    (formula,) = one(tmp_path, "[html]$$x^2$$ {}").text
    assert isinstance(formula, Formula)


def test_categories_comments_and_tags(tmp_path: Path) -> None:
    text = "$CATEGORY: $course$/top/Тарих/1//2 тарау\n\n// [id:x] [tag:билік] [tag:заң]\nА {}\n\n$CATEGORY: $course$/top\nБ {}\n"
    questions, findings = read(tmp_path, text)
    assert findings == []
    assert [(block_text(q.text), q.category, q.tags) for q in questions] == [
        ("А", ("Тарих", "1/2 тарау"), ("билік", "заң")),
        ("Б", (), ()),
    ]


def test_errors_name_their_line_and_the_rest_is_read(tmp_path: Path) -> None:
    text = "А {}\n\nБ {=x\n\nВ {}\n\nГ {=бір ~}\n\nД {#жоқ}\n\nЕ {=a -> b =c}\n\nЖ }\n\n{=a ~b}\n\nЗ {}"
    questions, findings = read(tmp_path, text)
    assert [block_text(q.text) for q in questions] == ["А", "В", "З"]
    assert [(f.place and f.place.first, f.severity) for f in findings] == [(n, "error") for n in (3, 7, 9, 11, 13, 15)]


def test_a_blank_line_inside_the_braces_is_passed_over(tmp_path: Path) -> None:
    questions, findings = read(tmp_path, "А {\n=1\n\n~2\n}\n\nБ {}")
    assert [block_text(q.text) for q in questions] == ["А", "Б"]
    assert [(f.code, f.place and f.place.first) for f in findings] == [("gift-blank-line", 2)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    questions, _ = read(tmp_path, "Кто написал роман?\r\n{=Лев Толстой ~Абай}\r\n".encode(encoding))
    assert [block_text(q.text) for q in questions] == ["Кто написал роман?"]


def test_western_european_files(tmp_path: Path) -> None:
    questions, _ = read(tmp_path, "Qui a écrit «L'été»? {=Hélène ~Zoé}".encode("cp1252"))
    assert [block_text(q.text) for q in questions] == ["Qui a écrit «L'été»?"]


def test_a_bank_is_read_as_often_as_wished(tmp_path: Path) -> None:
    path = tmp_path / "a.gift"
    path.write_text("А {}\n\nБ {", encoding="utf-8")
    found = gift.read(path)
    assert len(list(found.bank.questions())) == len(list(found.bank.questions())) == 1
    assert len(found.findings) == 1


def test_many_questions_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.gift"
    path.write_text("".join(f"::С{n}::Сұрақ {n}? {{=дұрыс ~қате ~бұрыс}}\n\n" for n in range(5_000)), encoding="utf-8")
    tracemalloc.start()
    count = sum(1 for _ in gift.read(path).bank.questions())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 5_000
    assert peak < 2 * 2**20


@given(strategies.bank("q", 4), st.data())
def test_what_we_write_comes_back(questions: tuple[Question, ...], data: st.DataObject) -> None:
    import tempfile

    made = gift_writer.writer.write_bank
    assert made is not None
    written = made(Bank("b", "B", "kk", lambda: iter(questions)), Context(assets=Assets()))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.gift"
        path.write_bytes(b"".join(member.read() for a in written.artifacts for member in a.members) or b" ")
        back = list(gift.read(path).bank.questions())
    assert [_essence(q) for q in back] == [_essence(q) for q in questions]


def _essence(question: Question) -> tuple[object, ...]:
    """What GIFT holds of a question; blanks between words count once."""

    def flat(text: str) -> str:
        return " ".join(text.split())

    def words(blocks: Blocks) -> str:
        """GIFT holds no files: their names stand for them."""
        return flat("\n".join(plain((b,)) if isinstance(b, Media) else block_text((b,)) for b in blocks))

    match question:
        case MultipleChoice():
            more: object = (question.single, [(flat(block_text(c.content)), c.fraction) for c in question.choices])
        case TrueFalse():
            more = question.answer
        case ShortAnswer():
            more = [(flat(a.text), a.fraction) for a in question.answers]
        case Numerical():
            more = [(NumericalAnswer(value=a.value, tolerance=a.tolerance), a.fraction) for a in question.answers]
        case Matching():
            more = [(flat(block_text(pair.question)), flat(one_line(pair.answer))) for pair in question.pairs]
        case Ordering():
            fields = {name: getattr(question, name) for name in ("layout", "grading", "show_grading", "numbering")}
            more = (fields, [words(item.content) for item in question.items])
        case _:
            more = None
    return type(question), flat(block_text(question.text)), more


# --- what Moodle joins or shows in silence ------------------------------------------------------------------------


def test_questions_that_no_blank_line_parts_are_parted(tmp_path: Path) -> None:
    made, findings = read(
        tmp_path,
        "::1::Аспан? {\n=Көк#иә\n~Қызыл\n}\n::2::Жер? {\nTRUE\n}\n// [tag:a]\n::3::Мәтін.\n::4::Қанша? {#42}\n::5::Соңы.\n",
    )
    assert [type(question) for question in made] == [MultipleChoice, TrueFalse, Description, Numerical, Description]
    assert [question.title for question in made] == ["1", "2", "3", "4", "5"]
    assert [question.tags for question in made] == [(), (), ("a",), (), ()]
    assert [(finding.code, finding.place and finding.place.first) for finding in findings] == [
        ("gift-parted", 5),
        ("gift-parted", 9),
        ("gift-parted", 10),
        ("gift-parted", 11),
    ]


def test_a_category_right_behind_a_question_is_one(tmp_path: Path) -> None:
    made, findings = read(tmp_path, "$CATEGORY: А\n::1::а? {\n=б\n~в\n}\n$CATEGORY: Б\n::2::г? {T}\n")
    assert [question.category for question in made] == [("А",), ("Б",)]
    assert [(finding.code, finding.place and finding.place.first) for finding in findings] == [("gift-parted", 6)]


def test_a_title_inside_of_open_braces_begins_nothing(tmp_path: Path) -> None:
    made, findings = read(tmp_path, "::1::а? {\n=б\n::2::в\n}\n")
    assert len(made) == 1
    assert findings == []


def test_a_weight_behind_an_equals_sign_is_no_text(tmp_path: Path) -> None:
    (question,), findings = read(tmp_path, "Қайсысы? {\n~%-15%а #жоқ\n=%100%Html #иә\n~б\n}\n")
    assert isinstance(question, MultipleChoice)
    assert [(block_text(choice.content), choice.fraction) for choice in question.choices] == [
        ("а", -0.15),
        ("Html", 1),
        ("б", 0),
    ]
    assert [finding.code for finding in findings] == ["gift-weight"]


def test_braces_that_close_nothing_are_left_out(tmp_path: Path) -> None:
    (question,), findings = read(tmp_path, "\n::Рет:: Қалай? {\n=бір -> 1\n=екі -> 2{}\n}\n")
    assert isinstance(question, Matching)
    assert block_text(question.text) == "Қалай?"
    assert [block_text(pair.answer) for pair in question.pairs] == ["1", "2"]
    assert [(finding.code, finding.place and finding.place.first) for finding in findings] == [("gift-stray-brace", 5)]
    for wrong in ("Не {=а} және {=б}?", "Не {=а ~{б} }", "Не {=а} деген}?"):
        made, findings = read(tmp_path, wrong + "\n")
        assert made == []
        assert findings[0].message == "braces that make no one pair"


def test_letters_that_are_typed_before_shuffled_options_are_taken_off(tmp_path: Path) -> None:
    made, findings = read(
        tmp_path,
        "Бір? {\n~%0%A) а\n~%0%B) ә\n~%100%C) б\n}\n\nЕкі? {\n~А) в\n=Б) г\n}\n\nҮш? {\n=A) д\n~C) е\n}\n",
    )
    shown = [
        [block_text(c.content) for c in question.choices] for question in made if isinstance(question, MultipleChoice)
    ]
    assert shown == [["а", "ә", "б"], ["в", "г"], ["A) д", "C) е"]]
    assert [finding.message for finding in findings] == [
        "2 × question whose options have letters typed before them, taken off"
    ]


def test_gaps_in_the_notation_of_embedded_answers_are_read_as_such(tmp_path: Path) -> None:
    """Moodle's GIFT reader would show «1:MULTICHOICE:…» to students as an answer."""
    text = "::Towns::The capital is {1:MULTICHOICE:Almaty~=Astana} and two and two is {:NM:=4:0}.\n\nIs it so? {T}\n"
    questions, findings = read(tmp_path, text)
    gapped, judged = questions
    assert isinstance(gapped, Cloze)
    assert gapped.title == "Towns"
    assert block_text(gapped.text) == "The capital is {#1} and two and two is {#2}."
    assert [[(a.text, a.fraction) for a in gap.answers] for gap in gapped.gaps] == [
        [("Almaty", 0.0), ("Astana", 1.0)],
        [("4", 1.0)],
    ]
    assert isinstance(judged, TrueFalse)
    assert [(one.code, one.place and one.place.first) for one in findings] == [("gift-cloze", 1)]
