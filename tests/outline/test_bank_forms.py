"""Tests in plain text: numbers, answers and keys in the forms that lecturers type, each with each."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice

ASKED = (
    ("Which gas do plants take in?", ("oxygen", "carbon dioxide", "nitrogen", "helium"), 1),
    ("What is the unit of force:", ("newton", "joule", "watt", "pascal"), 0),
    ("The capital of Kazakhstan is", ("Almaty", "Shymkent", "Astana", "Aktobe"), 2),
    ("Which number is prime?", ("nine", "fifteen", "twenty", "seven"), 3),
)
NUMBERS = ("{n}. ", "№{n} ", "Question {n}. ", "")
ANSWERS = ("{letter}) ", "({small}) ", "{n}) ", "- ", "• ")
SIGNS = ("+{answer}{text}", "*{answer}{text}", "{answer}{text} (correct)", "{answer}{text} [right answer]")
KEYS = ("Answer key\n1\t2\t3\t4\nB\tA\tC\tD\n", "Answer key: 1B, 2A, 3C, 4D\n", "Keys\n1 - B\n2 - A\n3 - C\n4 - D\n")


def written(number: str, answer: str, sign: str) -> str:
    lines: list[str] = []
    for n, (stem, answers, right) in enumerate(ASKED, 1):
        lines.append(number.format(n=n) + stem)
        for at, text in enumerate(answers):
            before = answer.format(letter="ABCD"[at], small="abcd"[at], n=at + 1)
            lines.append((sign if at == right else "{answer}{text}").format(answer=before, text=text))
        lines.append("")
    return "Botany. Test 1\n\n" + "\n".join(lines)


def read(folder: Path, text: str) -> list[tuple[tuple[str, ...], int]]:
    (folder / "bank.txt").write_text(text, encoding="utf-8")
    (loaded,) = discovery.find_projects([folder / "bank.txt"])
    exam = build.understand(loaded).course.exam
    assert exam is not None
    found = []
    for question in exam.questions:
        assert isinstance(question, MultipleChoice)
        (right,) = (at for at, one in enumerate(question.choices) if one.fraction > 0)
        found.append((tuple(block_text(one.content) for one in question.choices), right))
    return found


@pytest.mark.parametrize(
    ("number", "answer"), [(n, a) for n in NUMBERS for a in ANSWERS if n or not a.startswith("{n}")]
)
@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_on_the_right_answer(tmp_path: Path, number: str, answer: str, sign: str) -> None:
    wanted = [(answers, right) for _, answers, right in ASKED]
    assert read(tmp_path, written(number, answer, sign)) == wanted


@pytest.mark.parametrize("number", [one for one in NUMBERS if one])
@pytest.mark.parametrize("keys", KEYS)
def test_keys_behind_all_questions(tmp_path: Path, number: str, keys: str) -> None:
    wanted = [(answers, right) for _, answers, right in ASKED]
    assert read(tmp_path, written(number, "{letter}) ", "{answer}{text}") + keys) == wanted
