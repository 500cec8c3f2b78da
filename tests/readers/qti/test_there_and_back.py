"""A question that is written as QTI and read again says what it said."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from coursepack import readers
from coursepack.model.blocks import Blocks, Cell, Paragraph, Row, Run, Table
from coursepack.model.questions import (
    Answer,
    Choice,
    Cloze,
    Essay,
    Gap,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    OrderGrading,
    Ordering,
    OrderingItem,
    Pair,
    Question,
    ShortAnswer,
)
from coursepack.publish import artifact_chunks
from tests.samples import b
from tests.writers.plain import written

FORMATS = ("qti21", "qti22", "qti3")
_BESIDE = frozenset({"id", "number", "place", "category"})
ASK = b("Сұрақ?")
COMBINED: dict[str, Any] = {
    "correct_feedback": b("Дұрыс"),
    "partial_feedback": b("Жартылай"),
    "incorrect_feedback": b("Қате"),
}


def back(folder: Path, name: str, *questions: Question) -> list[Question]:
    path = folder / f"{name}.zip"
    path.write_bytes(b"".join(artifact_chunks(written(name, *questions).artifacts[0])))
    return list(readers.read_questions(path).bank.questions())


def said(question: Question) -> Any:
    """All of a question but what a file gives it anew."""

    def without(value: Any) -> Any:
        if isinstance(value, dict):
            kept = {key: each for key, each in value.items() if key not in _BESIDE and (key, each) != ("fraction", 1)}
            return {key: without(each) for key, each in kept.items()}
        if isinstance(value, list | tuple):
            return [without(each) for each in value]
        return round(float(value), 6) if isinstance(value, int | float) else value

    return without(msgspec.to_builtins(question))


def short(*answers: tuple[str, float, str], case: bool = False) -> ShortAnswer:
    made = tuple(Answer(text=text, fraction=share, feedback=b(note) if note else ()) for text, share, note in answers)
    return ShortAnswer(id="q", title="Аты", text=ASK, answers=made, case_sensitive=case, mark=2.0)


def number(*answers: tuple[str, str, float, str], unit: str | None = None) -> Numerical:
    made = tuple(
        NumericalAnswer(value=value, tolerance=reach, fraction=share, feedback=b(note) if note else ())
        for value, reach, share, note in answers
    )
    return Numerical(id="q", title="Аты", text=ASK, answers=made, unit=unit, mark=3.0)


def several(*fractions: float, single: bool = False, **more: Any) -> MultipleChoice:
    choices = tuple(Choice(content=b(f"Жауап {at}"), fraction=share) for at, share in enumerate(fractions))
    return MultipleChoice(id="q", title="Аты", text=ASK, choices=choices, single=single, **more)


def text_of(*runs: Run) -> Blocks:
    return (Paragraph(content=runs),)


CASES: dict[str, Question] = {
    "patterns, in the order that they are tried": short(
        ("Бас*қала", 0, "Жақын"), ("Астана", 0.5, ""), ("Ас*а", 1, "Иә"), ("*", 0, "Жоқ")
    ),
    "a pattern beside the text that it holds": short(("Ас*", 1, ""), ("Астана", 1, "")),
    "letters whose case counts in a pattern": short(("A*b", 1, ""), ("ab", 0, "Бас әріп"), case=True),
    "signs of expressions": short((r"a.b\*[c]$^", 1, "x"), (r"\*", 0.25, "")),
    "answers without letters whose case counts": short(("//", 1, ""), ("/*", 0.5, ""), case=True),
    "tolerances one in another": number(
        ("86", "1", 0.25, "a"), ("82", "7", 0.5, ""), ("80", "9", 1, "b"), ("3", "0", 0, "c"), ("*", "0", 0, "d")
    ),
    "a number in the way of a better one": number(("97", "9", 0.5, ""), ("96", "9", 1, "b"), ("59", "3", 0.6, "")),
    "many digits": number(("3.141592653589793", "0.0001", 1, "")),
    "one answer": several(1, 0, single=True, numbering="none"),
    "ticks": several(0.5, 0.5, -1, numbering="none"),
    "a template of paragraphs": Essay(id="q", title="Аты", text=ASK, template=(*b("Бір"), *b("Екі")), mark=1.0),
    "a unit": number(("9.81", "0.05", 1, ""), unit="м/с²"),
    "no answer that earns all": several(0.75, 0.25, 0, single=True, mark=4.0, **COMBINED),
    "ticks that do not add up to all": several(0.5, 0.25, -0.5, mark=4.0, numbering="none", **COMBINED),
    "no mark": several(0, 1, single=True, numbering="ABC", shuffle=False),
    "rows that stay, and answers of no row": Matching(
        id="q",
        title="Аты",
        text=ASK,
        shuffle=False,
        mark=2.0,
        pairs=(
            Pair(question=b("1"), answer=b("a")),
            Pair(question=(), answer=b("x")),
            Pair(question=b("2"), answer=b("b")),
            Pair(question=b("3"), answer=b("a")),
        ),
    ),
    "pairs in no order that reads the same backwards, and tags": Matching(
        id="q",
        title="Аты",
        text=ASK,
        mark=3.0,
        tags=("билік", "level-2"),
        pairs=tuple(Pair(question=b(f"{at}"), answer=b(word)) for at, word in enumerate(("а", "ә", "б"))),
    ),
    "a gap with several ticks behind a field": Cloze(
        id="q",
        title="Аты",
        text=b("Бір {#1}, екі {#2}, үш {#3}."),
        gaps=(
            Gap(
                kind="multiple-response",
                answers=(Answer(text="a", fraction=0.5), Answer(text="b", fraction=0.5), Answer(text="c", fraction=0)),
            ),
            Gap(kind="short-answer", answers=(Answer(text="x*", feedback=b("иә")), Answer(text="y", fraction=0.5))),
            Gap(kind="numerical", mark=2, answers=(Answer(text="1.5"),), tolerances=("0.1",)),
        ),
    ),
    "a text with one gap": Cloze(
        id="q",
        title="Аты",
        text=b("Астана {#1} салынған."),
        gaps=(
            Gap(
                kind="multiple-choice",
                answers=(Answer(text="Есілде"), Answer(text="Оралда", fraction=0, feedback=b("жоқ"))),
            ),
        ),
    ),
    "least words": Essay(id="q", title="Аты", text=ASK, min_words=50, mark=1.0),
    "most words": Essay(id="q", title="Аты", text=ASK, max_words=80, response_lines=5, attachments=2, mark=1.0),
    "colours and sides": several(
        1,
        0,
        single=True,
        feedback=(
            *text_of(Run(text="қызыл", colour="ff0000"), Run(text=" сары", highlight="ffff00", underline=True)),
            Paragraph(content=(Run(text="ортада"),), align="center"),
            Table(
                rows=(
                    Row(cells=(Cell(blocks=b("a")), Cell(blocks=b("b")))),
                    Row(cells=(Cell(blocks=b("1")), Cell(blocks=b("2")))),
                ),
                align=("left", "right"),
            ),
        ),
    ),
}


CASES |= {
    f"no points: {called}": msgspec.structs.replace(CASES[called], mark=0.0)
    for called in ("one answer", "ticks", "a unit", "most words", "rows that stay, and answers of no row")
}
"""Questions for practice, which Moodle keeps with a mark of 0."""


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("called", CASES)
def test_a_question_comes_back_as_it_went(tmp_path: Path, name: str, called: str) -> None:
    question = CASES[called]
    [found] = back(tmp_path, name, question)
    assert said(found) == said(question)


@pytest.mark.parametrize("name", ["qti21", "qti3"])
@pytest.mark.parametrize("count", [2, 4, 6])
def test_the_way_of_marking_an_order_comes_back(tmp_path: Path, name: str, count: int) -> None:
    items = tuple(OrderingItem(content=b(f"Қадам {at}")) for at in range(count))
    orders = [
        Ordering(id=f"q{at}", title="Аты", text=ASK, items=items, grading=way, numbering="iii")
        for at, way in enumerate(get_args(OrderGrading))
    ]
    found = back(tmp_path, name, *orders)
    assert [each.grading for each in found if isinstance(each, Ordering)] == list(get_args(OrderGrading))
    assert [said(each) for each in found] == [said(each) for each in orders]
