"""Which numbers count the questions of a bank: listings, statements and explanations have numbers of their own."""

from __future__ import annotations

from coursepack import outline
from coursepack.model.blocks import block_text
from coursepack.model.questions import Essay, MultipleChoice, Question
from coursepack.project.course_toml import SourceEntry
from tests.outline.layouts import as_document, loaded

LISTING = """1. Given:
11. public void add(int n) {
12. total += n;
13. }
Which line holds an assignment?
A. line 11
B. line 12
C. line 13
Answer: B

2. What does a compiler write?
A. code
B. text
Answer: A

3. Given:
5. int a = 1;
6. int b = a;
What is b?
A. 0
B. 1
Answer: B
"""
STATEMENTS = """1. Which are true?
1. Soil holds water.
2. Soil is a gas.
3. Soil has layers.
A) 1 and 2
B) 1 and 3
Answer: B

2. What is humus?
A) matter
B) water
Answer: A
Explanation:
1. Leaves fall.
2. They rot.
3. Humus is left.

3. Which layer lies above?
A) the top soil
B) the rock
Answer: A
"""
OPEN = """1. Describe the soil of your place in five sentences.
2. What do you know of its water?
3. Which layer lies above?
A) the top soil
B) the rock
4. What is humus?
A) matter
B) water
5. Which gas is in soil?
A) air
B) neon
6. Draw a section of it and name the layers.
"""


def asked(text: str) -> list[Question]:
    entry = SourceEntry(file="made.txt", role="tests")
    exam = outline.understand(loaded("en", entry), [(as_document(text, "made.txt"), entry)]).course.exam
    assert exam is not None
    return list(exam.questions)


def shape(one: Question) -> tuple[str | None, int, int]:
    """Its printed number, its answers, which of them is right (-1: none)."""
    if not isinstance(one, MultipleChoice):
        return one.printed, 0, -1
    right = [at for at, choice in enumerate(one.choices) if choice.fraction > 0]
    return one.printed, len(one.choices), right[0] if right else -1


def test_lines_of_a_listing_are_no_questions() -> None:
    found = asked(LISTING)
    assert [shape(one) for one in found] == [("1", 3, 1), ("2", 2, 0), ("3", 2, 1)]
    assert block_text(found[0].text).splitlines()[:3] == ["Given:", "public void add(int n) {", "total += n;"]
    assert block_text(found[2].text).endswith("What is b?")


def test_statements_and_steps_are_no_questions() -> None:
    found = asked(STATEMENTS)
    assert [shape(one) for one in found] == [("1", 2, 1), ("2", 2, 0), ("3", 2, 0)]
    assert block_text(found[1].text) == "What is humus?"
    assert block_text(found[2].text) == "Which layer lies above?"


def test_questions_without_answers_stay_among_tests() -> None:
    found = asked(OPEN)
    assert [shape(one)[:2] for one in found] == [("1", 0), ("2", 0), ("3", 2), ("4", 2), ("5", 2), ("6", 0)]
    assert [isinstance(one, Essay) for one in found] == [True, True, False, False, False, True]


def test_a_number_that_nothing_counts_to_begins_a_question() -> None:
    text = OPEN.replace("4. What", "14. What").replace("5. Which", "5) Which")
    assert [shape(one)[0] for one in asked(text)] == ["1", "2", "3", "14", "5", "6"]
