"""Keys of a bank as people write them, and what stands between a key and the next question."""

from __future__ import annotations

import pytest

from coursepack import outline
from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice, Question, ShortAnswer
from coursepack.outline.bank.key_text import key_of
from coursepack.project.course_toml import SourceEntry
from tests.outline.layouts import as_document, loaded

ASKED = (("Which gas do plants take in?", "B"), ("What is the unit of force?", "A"), ("Which number is prime?", "C"))


def understood(text: str) -> outline.Understood:
    entry = SourceEntry(file="made.txt", role="tests")
    return outline.understand(loaded("en", entry), [(as_document(text, "made.txt"), entry)])


def questions(found: outline.Understood) -> list[Question]:
    assert found.course.exam is not None
    return list(found.course.exam.questions)


def right(one: Question) -> list[int]:
    assert isinstance(one, MultipleChoice), one
    assert len(one.choices) == 3
    return [at for at, choice in enumerate(one.choices) if choice.fraction > 0]


def written(key: str, behind: str = "") -> str:
    """Three questions: ``key`` is filled with the letter, its number and the text of the right answer."""
    lines: list[str] = []
    for n, (stem, letter) in enumerate(ASKED, 1):
        lines += [f"{n}. {stem}", f"A) earth {n}", f"B) water {n}", f"C) fire {n}"]
        text = {"A": "earth", "B": "water", "C": "fire"}[letter]
        lines += [key.format(letter=letter, small=letter.lower(), text=f"{text} {n}", n="ABC".index(letter) + 1)]
        lines += [behind.format(n=n, word=stem.split()[-1].strip("?"))] if behind else []
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "key",
    [
        "Answer: Option {letter}",
        "→ Answer: {letter}",
        "-Answer: {text}",
        "✅ Correct Answer: {letter}) {text}",
        "**Answer:** {small}) {text}",
        "Answer => {letter}. {text}",
        "answer ==> {text}",
        "Solution: {letter}",
        "Ans ({small})",
        "Ans {small}) {text}",
        "Ans : {small} (confirmed)",
        "Correct option: {letter}",
        "Правильный ответ – вариант {letter}",
        "Correct Answer:\n{letter}. {text}",
        "Correct Answer:\n{text}",
    ],
)
def test_forms_of_key_lines(key: str) -> None:
    assert [right(one) for one in questions(understood(written(key)))] == [[1], [0], [2]]


@pytest.mark.parametrize("text", ["Answer a question", "Answer the question: how", "- Key: the column of a table"])
def test_lines_that_state_no_key(text: str) -> None:
    assert key_of(text) is None


def test_a_key_behind_a_sentence_of_the_question() -> None:
    text = "1. Which gas do plants take in? Ans: carbon dioxide\n2. Name the unit of force. Ans: newton\n"
    first, second = questions(understood(text + "3. Write the answer: yes or no\n"))[:2]
    assert isinstance(first, ShortAnswer)
    assert isinstance(second, ShortAnswer)
    assert (block_text(first.text), first.answers[0].text) == ("Which gas do plants take in?", "carbon dioxide")
    assert (block_text(second.text), second.answers[0].text) == ("Name the unit of force.", "newton")


def test_what_most_keys_have_behind_them_is_said_of_the_answer() -> None:
    found = understood(written("Answer: {letter}", "This was told of {word}.\nThe book tells of {word}, too."))
    assert [block_text(one.feedback) for one in questions(found)] == [
        f"This was told of {word}.\nThe book tells of {word}, too." for word in ("in", "force", "prime")
    ]
    assert "bank-doubtful" not in {one.code for one in found.findings}


def test_an_explanation_goes_on_until_the_next_number() -> None:
    found = understood(written("Answer: {letter}", "Explanation: see\nthe page on {word}"))
    told = [f"see\nthe page on {word}" for word in ("in", "force", "prime")]
    assert [block_text(one.feedback) for one in questions(found)] == told


def test_a_single_line_behind_a_key_is_of_no_question() -> None:
    text = written("Answer: {letter}").replace("2. What", "A line of its own\n2. What")
    found = understood(text)
    assert [block_text(one.feedback) for one in questions(found)] == ["", "", ""]
    assert "a line of no question" in next(one.message for one in found.findings if one.code == "bank-doubtful")


@pytest.mark.parametrize("line", ["Your answer: {n}", "QuestionID: 17{n}", "View answer", "____________"])
@pytest.mark.parametrize("before", [False, True])
def test_what_stands_under_every_question_is_left_out(line: str, *, before: bool) -> None:
    key = f"{line.replace('{n}', '7')}\nAnswer: {{letter}}" if before else "Answer: {letter}"
    found = understood(written(key, "" if before else line))
    assert [right(one) for one in questions(found)] == [[1], [0], [2]]
    assert [block_text(one.feedback) for one in questions(found)] == ["", "", ""]
    first = questions(found)[0]
    assert isinstance(first, MultipleChoice)
    assert [block_text(choice.content) for choice in first.choices] == ["earth 1", "water 1", "fire 1"]
    assert "bank-doubtful" not in {one.code for one in found.findings}


def test_your_answer_under_every_question_is_no_list_of_keys() -> None:
    lines = [
        f"Q{n}. Which gas is it, {n}?\n1.  oxygen\n2.  neon\nCorrect Answer : {n % 2 + 1}\nYour Answer : 1"
        for n in range(1, 9)
    ]
    found = questions(understood("\n".join(lines)))
    assert [one.printed for one in found] == [str(n) for n in range(1, 9)]
    assert [
        [at for at, choice in enumerate(one.choices) if choice.fraction > 0]
        for one in found
        if isinstance(one, MultipleChoice)
    ] == [[n % 2] for n in range(1, 9)]


def test_the_first_question_of_a_bank_is_no_title_page() -> None:
    text = "1. Observe this code\nint count = 0;\nA) one\nB) two\nAnswer: A\n2. What?\nA) x\nB) y\nAnswer: B\n3. And?\n"
    found = questions(understood(text + "A) x\nB) y\nAnswer: B\n"))
    assert [one.printed for one in found] == ["1", "2", "3"]
    assert block_text(found[0].text) == "Observe this code\nint count = 0;"
