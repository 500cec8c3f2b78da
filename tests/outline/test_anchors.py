"""[[correction]] with what stands around its passage: found again in a changed source, or told to be lost; kinds that
join paragraphs and name right answers.
"""

from __future__ import annotations

import msgspec
import pytest

from coursepack.files.hashes import sha256
from coursepack.model.questions import MultipleChoice
from coursepack.project.course_toml import Correction
from tests.outline.test_corrections import LECTURES, classes, read

TWICE = """# Lecture 1. Soil

Soil holds water and air.

Consider this

- the smell of wet soil

Plants root in the soil, and what lived in it once becomes a part of it.

Consider this

- the colour of dry soil

# Lecture 2. Water

Water moves through the soil by the force of its weight and by that of narrow pores.
"""


def _second(text: str) -> Correction:
    return Correction(
        begins="Consider this",
        kind="debris",
        nth=2,
        before="and what lived in it once becomes a part of it.",
        after="the colour of dry soil",
        sha256=sha256(text.encode()),
    )


def _excluded(text: str, *corrections: Correction, findings: tuple[str, ...] = ()) -> list[int]:
    (ledger,) = read(text, "lecture", *corrections, findings=findings).ledgers
    return [one.unit for one in ledger.entries if one.reason == "debris (course.toml)"]


def test_a_passage_is_known_by_what_stands_around_it_when_others_come() -> None:
    before = _excluded(TWICE, _second(TWICE))
    more = TWICE.replace("Soil holds water", "Consider this\n\nSoil holds water")
    assert before == [6]
    assert _excluded(more, _second(TWICE)) == [7]


def test_one_neighbour_is_enough() -> None:
    changed = TWICE.replace("becomes a part of it", "goes into it").replace("Soil holds", "Consider this\n\nSoil holds")
    assert _excluded(changed, _second(TWICE)) == [7]


def test_a_passage_that_stands_at_several_places_is_lost() -> None:
    changed = TWICE.replace("becomes a part of it", "goes into it").replace("the colour of dry", "the look of dry")
    assert _excluded(changed, _second(TWICE), findings=("outline-correction-lost",)) == []


def test_a_passage_that_is_gone_is_lost() -> None:
    gone = TWICE.replace("Consider this", "Think of it")
    assert _excluded(gone, _second(TWICE), findings=("outline-correction-lost",)) == []


def test_the_only_passage_is_found_wherever_it_went() -> None:
    said = msgspec.structs.replace(_second(TWICE), begins="Soil holds water", nth=1, before="x", after="y")
    moved = TWICE.replace("Soil holds water and air.\n\n", "") + "\nSoil holds water and air.\n"
    assert _excluded(moved, said) == [9]


def test_join_makes_one_paragraph_of_two() -> None:
    found = read(
        LECTURES.replace("by the force of its weight and", "by the force\n\nof its weight and"),
        "lecture",
        Correction(begins="of its weight", kind="join"),
    )
    assert [len(one.blocks) for _, one in found.course.sessions()][1] == 1
    assert classes(found)[1] == (2, "lecture", 2, "Water")


BANK = """# Test questions

1. What is soil?
A) rock
B) the upper layer of the earth
C) water

2. What moves water?
A) its weight
B) light
C) sound
"""


@pytest.mark.parametrize("answer", ["its weight", " its  weight "])
def test_the_right_answer(answer: str) -> None:
    said = Correction(begins="What moves water", kind="key", answers=(answer,))
    found = read(BANK, "tests", said, findings=("outline-test-without-key",))  # the first question has none
    questions = found.course.exam.questions if found.course.exam else ()
    assert [isinstance(one, MultipleChoice) for one in questions] == [True, True]
    fractions = [[c.fraction for c in one.choices] for one in questions if isinstance(one, MultipleChoice)]
    assert fractions == [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]]


def test_a_right_answer_that_is_no_choice_is_told() -> None:
    said = Correction(begins="What moves water", kind="key", answers=("wind",))
    read(BANK, "tests", said, findings=("outline-correction-unmatched", "outline-test-without-key"))


@pytest.mark.parametrize("said", [Correction(begins="Lecture 9", kind="part", part="none")])
def test_a_line_that_counts_like_a_lecture_is_none_when_course_toml_says_so(said: Correction) -> None:
    text = LECTURES.replace(
        "# Lecture 2", "Lecture 9. As was said in the spring\n\nOf this there was more.\n\n# Lecture 2"
    )
    text = text.replace("# Lecture", "Lecture")
    assert [one[2] for one in classes(read(text, "textbook"))] == [1, 2, 9]
    assert [one[2] for one in classes(read(text, "textbook", said))] == [1, 2]
