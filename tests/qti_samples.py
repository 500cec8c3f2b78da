"""A bank of every type of question with what QTI must mark, and answers with what each should earn."""

from __future__ import annotations

from itertools import permutations
from typing import Any

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
    OrderGrading,
    Ordering,
    OrderingItem,
    Pair,
    Question,
    ShortAnswer,
    TrueFalse,
)
from tests.samples import b

ORDERS: tuple[OrderGrading, ...] = (
    "all-or-nothing",
    "absolute",
    "relative-next-exclude-last",
    "relative-next-include-last",
    "relative-one-previous-and-next",
    "relative-all-previous-and-next",
    "longest-ordered-subset",
    "longest-contiguous-subset",
    "relative-to-correct",
)


def order(grading: OrderGrading, count: int = 4, mark: float | None = None) -> Ordering:
    items = tuple(OrderingItem(content=b(f"Қадам {number}")) for number in range(1, count + 1))
    return Ordering(id=f"order-{grading}", text=b("Ретімен қойыңыз"), items=items, grading=grading, mark=mark)


def moodle(grading: OrderGrading, placed: tuple[int, ...]) -> float:
    """What Moodle gives for an order (items by their right place from 0): ``question.php`` of the type, in Python."""
    count, where = len(placed), {item: place for place, item in enumerate(placed)}
    follows = sum(placed[at + 1 : at + 2] == (item + 1,) for at, item in enumerate(placed))
    match grading:
        case "all-or-nothing":
            return float(list(placed) == sorted(placed))
        case "absolute":
            return sum(place == item for item, place in where.items()) / count
        case "relative-next-exclude-last" | "relative-one-previous-and-next":
            return follows / (count - 1)
        case "relative-next-include-last":
            return (follows + (placed[-1] == count - 1)) / count
        case "relative-all-previous-and-next":
            pairs = [(a, c) for a in range(count) for c in range(a + 1, count)]
            return sum(where[a] < where[c] for a, c in pairs) / len(pairs)
        case "relative-to-correct":
            return sum(count - 1 - abs(place - item) for item, place in where.items()) / (count * (count - 1))
        case "longest-contiguous-subset":
            best = max(
                end - start
                for start in range(count)
                for end in range(start + 1, count + 1)
                if all(placed[at] + 1 == placed[at + 1] for at in range(start, end - 1))
            )
        case "longest-ordered-subset":
            length = [1] * count
            for at in range(count):
                length[at] = 1 + max((length[k] for k in range(at) if placed[k] < placed[at]), default=0)
            best = max(length)
    return best / count if best > 1 else 0.0


def orders(count: int) -> list[tuple[int, ...]]:
    return list(permutations(range(count)))


def answered(placed: tuple[int, ...]) -> dict[str, Any]:
    return {"RESPONSE": [f"item-{item + 1}" for item in placed]}


Case = tuple[Question, list[tuple[dict[str, Any], float, set[str]]]]
"""A question, and answers: what each earns and the feedback it brings."""


def cases() -> list[Case]:
    """Every type but ordering."""
    three = tuple(
        Choice(content=b(text), fraction=f) for text, f in (("А", 1 / 3), ("Ә", 1 / 3), ("Б", 1 / 3), ("В", -0.5))
    )
    return [
        (
            MultipleChoice(
                id="one",
                text=b("Астана қайсы?"),
                choices=(Choice(content=b("Астана"), fraction=1), Choice(content=b("Алматы"))),
            ),
            [({"RESPONSE": "choice-1"}, 1, set()), ({"RESPONSE": "choice-2"}, 0, set()), ({}, 0, set())],
        ),
        (
            MultipleChoice(
                id="weighed",
                text=b("Қайсы?"),
                mark=2.5,
                choices=(
                    Choice(content=b("Дұрыс"), fraction=1, feedback=b("Иә")),
                    Choice(content=b("Жарты"), fraction=0.5),
                    Choice(content=b("Қате"), fraction=-0.2, feedback=b("Жоқ")),
                ),
                feedback=b("Жалпы"),
                correct_feedback=b("Түгел"),
                partial_feedback=b("Жартылай"),
                incorrect_feedback=b("Дұрыс емес"),
            ),
            [
                ({"RESPONSE": "choice-1"}, 2.5, {"choice-1", "correct", "general"}),
                ({"RESPONSE": "choice-2"}, 1.25, {"partial", "general"}),
                ({"RESPONSE": "choice-3"}, -0.5, {"choice-3", "incorrect", "general"}),
            ],
        ),
        (
            MultipleChoice(id="many", text=b("Қайсылары?"), single=False, choices=three, correct_feedback=b("Түгел")),
            [
                ({"RESPONSE": ["choice-1", "choice-2", "choice-3"]}, 1, {"correct"}),
                ({"RESPONSE": ["choice-1"]}, 1 / 3, set()),
                ({"RESPONSE": ["choice-1", "choice-4"]}, 0, set()),
            ],
        ),
        (
            TrueFalse(id="truth", text=b("Рас па?"), answer=False, true_feedback=b("Жоқ")),
            [({"RESPONSE": "false"}, 1, set()), ({"RESPONSE": "true"}, 0, {"true"})],
        ),
        (
            ShortAnswer(
                id="short", text=b("Астана?"), answers=(Answer(text="Астана"), Answer(text="Ақмола", fraction=0.5))
            ),
            [
                ({"RESPONSE": "АСТАНА"}, 1, set()),
                ({"RESPONSE": "ақмола"}, 0.5, set()),
                ({"RESPONSE": "Семей"}, 0, set()),
            ],
        ),
        (
            ShortAnswer(
                id="pattern",
                text=b("Қала?"),
                mark=3.0,
                answers=(
                    Answer(text=r"а*\*"),
                    Answer(text="$5 (бес)^", fraction=0.5, feedback=b("Баға")),
                    Answer(text="*", fraction=0.0, feedback=b("Жоқ")),
                ),
            ),
            [
                ({"RESPONSE": "АБВ*"}, 3, set()),
                ({"RESPONSE": "$5 (БЕС)^"}, 1.5, {"answer-2"}),
                ({"RESPONSE": "x"}, 0, {"answer-3"}),
            ],
        ),
        (
            ShortAnswer(id="case", text=b("Қала?"), answers=(Answer(text="Aa*"),), case_sensitive=True),
            [({"RESPONSE": "Aab"}, 1, set()), ({"RESPONSE": "aab"}, 0, set())],
        ),
        (
            Numerical(
                id="number",
                text=b("π?"),
                unit="рад",
                answers=(
                    NumericalAnswer(value="3,14", tolerance="0,005"),
                    NumericalAnswer(value="3", tolerance=".2", fraction=0.5, feedback=b("Дөрекі")),
                ),
            ),
            [
                ({"RESPONSE": "3.144"}, 1, set()),
                ({"RESPONSE": "3.19"}, 0.5, {"answer-2"}),
                ({"RESPONSE": "4"}, 0, set()),
                ({}, 0, set()),
            ],
        ),
        (
            Matching(
                id="match",
                text=b("Сәйкес?"),
                pairs=(
                    Pair(question=b("ҚР"), answer=b("Астана")),
                    Pair(question=b("РФ"), answer=b("Мәскеу")),
                    Pair(question=b("Ақмола"), answer=b("Астана")),
                    Pair(question=(), answer=b("Ташкент")),
                ),
            ),
            [
                ({"RESPONSE": ["row-1 answer-1", "row-2 answer-2", "row-3 answer-1"]}, 1, set()),
                ({"RESPONSE": ["row-1 answer-1", "row-2 answer-3", "row-3 answer-1"]}, 2 / 3, set()),
                ({"RESPONSE": ["row-1 answer-2"]}, 0, set()),
            ],
        ),
        (
            Cloze(
                id="gaps",
                text=b("Астана – {#1}, жасы {#2}, {#3} құрлығында; {#4} таңда."),
                gaps=(
                    Gap(
                        kind="short-answer",
                        answers=(Answer(text="Астана"), Answer(text="Алматы", fraction=0.5)),
                        mark=2,
                    ),
                    Gap(kind="numerical", answers=(Answer(text="27", feedback=b("Иә")),), tolerances=("1",)),
                    Gap(kind="multiple-choice", answers=(Answer(text="Азия"), Answer(text="Еуропа", fraction=0))),
                    Gap(
                        kind="multiple-response",
                        answers=(
                            Answer(text="x", fraction=0.5),
                            Answer(text="y", fraction=0.5),
                            Answer(text="z", fraction=-1),
                        ),
                    ),
                ),
            ),
            [
                (
                    {
                        "RESPONSE1": "астана",
                        "RESPONSE2": "28",
                        "RESPONSE3": "gap-3-1",
                        "RESPONSE4": ["gap-4-1", "gap-4-2"],
                    },
                    5,
                    {"gap-2-1"},
                ),
                ({"RESPONSE1": "Алматы", "RESPONSE3": "gap-3-2", "RESPONSE4": ["gap-4-1", "gap-4-3"]}, 1, set()),
            ],
        ),
        (Essay(id="essay", text=b("Неге?"), feedback=b("Рақмет"), grader_notes=b("Үш себеп")), [({}, 0, {"general"})]),
        (Description(id="read", text=b("Оқыңыз.")), [({}, 0, set())]),
    ]
