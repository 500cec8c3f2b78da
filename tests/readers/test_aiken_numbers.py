"""Numbers before the questions of an Aiken text: with a sign, with gaps."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.place import Finding


def understood(folder: Path, text: str) -> tuple[list[tuple[str | None, str]], list[Finding]]:
    (folder / "a.txt").write_text(text, "utf-8")
    toml = 'id = "x"\ntitle = "X"\nlanguage = "en"\n[[source]]\nfile = "a.txt"\nrole = "tests"\n'
    (folder / "course.toml").write_text(toml, "utf-8")
    (loaded,) = discovery.find_projects([folder])
    found = build.understand(loaded)
    assert found.course.exam is not None
    asked = [(one.printed, block_text(one.text)) for one in found.course.exam.questions]
    return asked, [*loaded.noticed, *found.findings]


def bank(*labels: str) -> str:
    return "\n".join(f"{label}Which is it?\nA) one\nB) two\nANSWER: B\n" for label in labels)


@pytest.mark.parametrize("label", ["№ {n}. ", "№{n}) ", "# {n}. ", "{n}. "])
def test_numbers_with_a_sign_are_no_words_of_questions(label: str, tmp_path: Path) -> None:
    asked, _ = understood(tmp_path, bank(*(label.format(n=n) for n in range(1, 4))))
    assert asked == [(str(n), "Which is it?") for n in range(1, 4)]


def test_a_jump_of_numbers_is_told(tmp_path: Path) -> None:
    asked, told = understood(tmp_path, bank("1. ", "2. ", "5. ", "6. "))
    assert asked == [(n, "Which is it?") for n in ("1", "2", "5", "6")]
    (found,) = [one for one in told if one.code == "aiken-number"]
    assert found.message == "number 5 follows 2"
    assert found.place is not None
    assert found.place.first == 14


def test_a_year_that_begins_a_question_is_no_number(tmp_path: Path) -> None:
    asked, told = understood(tmp_path, bank("1. ", "2. ", "1984. "))
    assert asked[2] == (None, "1984. Which is it?")
    assert not [one for one in told if one.code == "aiken-number"]
