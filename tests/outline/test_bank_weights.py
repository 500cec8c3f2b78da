"""What questions of a bank are worth, where they say it; points are never the sign of a key, nor part of an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import outline, readers
from coursepack.model.blocks import block_text
from coursepack.model.questions import Essay, MultipleChoice, Question
from coursepack.place import Finding
from coursepack.project.course_toml import SourceEntry
from tests.outline.documents import Word
from tests.outline.layouts import as_document, loaded

STEMS = (
    "Which gas do plants take in?",
    "Force is measured in",
    "Which number is prime?",
    "Which river is the longest?",
)
ANSWERS = (("oxygen", "carbon dioxide"), ("newton", "joule", "watt"), ("nine", "four", "seven"), ("Nile", "Ural"))
KEYS = "BACA"
RIGHT = (1, 0, 2, 0)

Told = tuple[str, tuple[str, ...], tuple[int, ...], float | None]


def understood(text: str) -> tuple[list[Question], list[Finding]]:
    entry = SourceEntry(file="made.txt", role="tests")
    made = outline.understand(loaded("en", entry), [(as_document(text, "made.txt"), entry)])
    assert made.course.exam is not None
    return list(made.course.exam.questions), made.findings


def short(one: Question) -> Told:
    assert isinstance(one, MultipleChoice), one
    texts = tuple(block_text(choice.content) for choice in one.choices)
    return block_text(one.text), texts, tuple(at for at, c in enumerate(one.choices) if c.fraction > 0), one.mark


def wanted(mark: float | None, *, keyed: bool = True) -> list[Told]:
    keys = [(right,) if keyed else () for right in RIGHT]
    return [(stem, answers, key, mark) for stem, answers, key in zip(STEMS, ANSWERS, keys, strict=True)]


def bank(*, stem: str = "", last: str = "", below: str = "", key: bool = True, inline: bool = False) -> str:
    lines: list[str] = []
    for at, (text, answers) in enumerate(zip(STEMS, ANSWERS, strict=True)):
        lines.append(f"{at + 1}. {text}{stem}")
        options = [f"{'ABC'[nth]}) {answer}" for nth, answer in enumerate(answers)]
        options[-1] += last
        lines += ["    ".join(options)] if inline else options
        lines += [below] if below else []
        lines += [f"Answer: {KEYS[at]}"] if key else []
    return "\n".join(lines)


POINTS = {
    "[2]": 2,
    "[1+1]": 2,
    "(1 mark)": 1,
    "[2 б]": 2,
    "(2 б.)": 2,
    "– 1 балл": 1,
    "[1 ұпай]": 1,
    "(0,5 балла)": 0.5,
}


@pytest.mark.parametrize("points", POINTS)
@pytest.mark.parametrize("key", [True, False])
@pytest.mark.parametrize("inline", [True, False])
def test_points_behind_the_last_answer(points: str, key: bool, inline: bool) -> None:
    made, told = understood(bank(last=f"    {points}", key=key, inline=inline))
    assert [short(one) for one in made] == wanted(POINTS[points], keyed=key)
    assert "bank-doubtful" not in {one.code for one in told}


@pytest.mark.parametrize("points", POINTS)
def test_points_behind_what_is_asked(points: str) -> None:
    made, told = understood(bank(stem=f" {points}"))
    assert [short(one) for one in made] == wanted(POINTS[points])
    assert "bank-doubtful" not in {one.code for one in told}


@pytest.mark.parametrize("points", ["[2]", "(1 mark)", "[2 б]"])
def test_points_below_the_answers(points: str, tmp_path: Path) -> None:
    made = Word()
    made.p(*bank(below=points).split("\n"))
    entry = SourceEntry(file="made.docx", role="tests")
    document = readers.read(made.save(tmp_path / "made.docx"), "made.docx")
    exam = outline.understand(loaded("en", entry), [(document, entry)]).course.exam
    assert exam is not None
    assert [short(one) for one in exam.questions] == wanted(POINTS[points])


def test_sources_in_brackets_are_no_points() -> None:
    lines = bank().split("\n")
    count = 0
    for at, line in enumerate(lines):
        if line[:1].isdigit():
            count += 1
            lines[at] = f"{line.rstrip('?')} [{count}]"
    made, _ = understood("\n".join(lines))
    assert [block_text(one.text) for one in made] == [f"{s.rstrip('?')} [{n}]" for n, s in enumerate(STEMS, 1)]
    assert [one.mark for one in made] == [None] * 4


def test_a_number_in_brackets_of_one_answer_alone_is_its_own() -> None:
    text = bank().replace("newton", "newton [1]").replace("watt", "watt [2]")
    made, _ = understood(text)
    assert short(made[1]) == (STEMS[1], ("newton [1]", "joule", "watt [2]"), (0,), None)


def test_points_that_are_answers_stay() -> None:
    text = bank() + "\n5. How much is a goal worth?\nA) – 1 point\nB) – 2 points\nAnswer: A"
    made, _ = understood(text)
    assert short(made[4]) == ("How much is a goal worth?", ("– 1 point", "– 2 points"), (0,), None)


def test_lettered_lines_that_are_worth_something_each_are_parts() -> None:
    text = (
        bank(last=" [1]") + "\n5. True or false:\nA) Ice is lighter than water. ___ [1]\nB) Glass is a metal. ___ [3]"
    )
    made, _ = understood(text)
    assert [short(one) for one in made[:4]] == wanted(1)
    assert isinstance(made[4], Essay)
    assert made[4].mark == 4
    lines = block_text(made[4].text).split("\n")
    assert lines[0] == "True or false:"
    assert [line.split(" ___")[0].rsplit(") ")[-1] for line in lines[1:]] == [
        "Ice is lighter than water.",
        "Glass is a metal.",
    ]


HEADS = {
    "en": ("Answer (variant {n})", "Marks"),
    "ru": ("Ответ, вариант {n}", "Баллы"),
    "kk": ("Жауап ({n}-нұсқа)", "Балл"),
}


@pytest.mark.parametrize("language", HEADS)
def test_a_marking_table_of_two_variants(language: str, tmp_path: Path) -> None:
    names = {"en": "Variant {n}", "ru": "Вариант {n}", "kk": "{n}-нұсқа"}
    made = Word()
    for part in (1, 2):
        made.b(names[language].format(n=part))
        made.p(*bank(last=" [1]", key=False).split("\n"))
        made.p("5. How much is 6 times 7?")
    made.b("Marking scheme")
    head, points = HEADS[language]
    rows = [["№", head.format(n=1), points, head.format(n=2), points]]
    rows += [[str(n), KEYS[n - 1], "1", "ABAB"[n - 1], "1"] for n in (1, 2, 3, 4)]
    made.table([*rows, ["5", "42", "2", "–", "–"]])
    entry = SourceEntry(file="made.docx", role="tests")
    document = readers.read(made.save(tmp_path / "made.docx"), "made.docx")
    exam = outline.understand(loaded("en", entry), [(document, entry)]).course.exam
    assert exam is not None
    questions = list(exam.questions)
    assert [type(one).__name__ for one in questions] == [
        *["MultipleChoice"] * 4,
        "Numerical",
        *["MultipleChoice"] * 4,
        "Essay",
    ]
    assert [short(one) for one in questions[:4]] == wanted(1)
    assert [short(one)[2] for one in questions[5:9]] == [(0,), (1,), (0,), (1,)]


@pytest.mark.parametrize("letters", ["{}) ", "{}. ", "{} "])
@pytest.mark.parametrize("gap", ["    ", "\t"])
def test_answers_in_columns_of_a_text_are_no_table(letters: str, gap: str) -> None:
    lines: list[str] = []
    for at, (stem, answers) in enumerate(zip(STEMS, ANSWERS, strict=True)):
        shown = [letters.format("ABCD"[n]) + answer for n, answer in enumerate((*answers, "zinc"))]
        lines += [f"{at + 1}. {stem}", gap.join(shown), f"Answer: {KEYS[at]}"]
    made, _ = understood("\n".join(lines))
    assert [short(one) for one in made] == [(s, (*a, "zinc"), k, m) for s, a, k, m in wanted(None)]


def test_answers_in_brackets_of_their_own_and_keys_in_words() -> None:
    lines = []
    for at, (stem, answers) in enumerate(zip(STEMS, ANSWERS, strict=True), 1):
        lines += [f"{at}. {stem}", f"({' / '.join((*answers, 'zinc'))})"]
    keys = [answers[right] for answers, right in zip(ANSWERS, RIGHT, strict=True)]
    for word, sign in (("Answers.", " – "), ("Ответы:", ") "), ("Жауаптары:", ". ")):
        said = "; ".join(f"{n}{sign}{key}" for n, key in enumerate(keys, 1))
        made, told = understood("\n".join([*lines, f"{word} {said}."]))
        assert [short(one) for one in made] == [(s, (*a, "zinc"), k, m) for s, a, k, m in wanted(None)], word
        assert "bank-doubtful" not in {one.code for one in told}


def test_a_task_behind_the_last_list_of_answers_is_a_question(tmp_path: Path) -> None:
    made = Word()
    number = made.numbering()
    for stem, answers in zip(STEMS, ANSWERS, strict=True):
        made.p(stem, num=number)
        for nth, answer in enumerate(answers):
            made.p(f"**{answer}**" if nth == RIGHT[STEMS.index(stem)] else answer, num=number, level=1)
    task = "A task with an answer in writing (5 marks): why do rivers bend? Write four sentences."
    made.p(task)
    entry = SourceEntry(file="made.docx", role="tests")
    document = readers.read(made.save(tmp_path / "made.docx"), "made.docx")
    exam = outline.understand(loaded("en", entry), [(document, entry)]).course.exam
    assert exam is not None
    assert [short(one) for one in exam.questions[:-1]] == wanted(None)
    assert isinstance(exam.questions[-1], Essay)
    assert block_text(exam.questions[-1].text) == task


def test_a_count_that_a_letter_of_a_list_stands_before_is_an_answer(tmp_path: Path) -> None:
    made = Word()
    number = made.numbering(("decimal", "%1."), ("upperLetter", "%2."))
    counts = ("4 ± 1 items", "12 items", "3 questions", "none")
    for stem in STEMS:
        made.p(stem, num=number)
        made.p(*counts, num=number, level=1)
    entry = SourceEntry(file="made.docx", role="tests")
    document = readers.read(made.save(tmp_path / "made.docx"), "made.docx")
    exam = outline.understand(loaded("en", entry), [(document, entry)]).course.exam
    assert exam is not None
    assert [short(one)[:2] for one in exam.questions] == [(stem, counts) for stem in STEMS]
