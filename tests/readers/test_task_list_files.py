"""Task lists behind front matters, with letters, and with answers that are folded away."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import readers
from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice
from coursepack.readers.markdown import front

FRONT = "\n".join(["{0}", *(f"key{n}{{1}} value" for n in range(40)), "title{1} Networks", "{0}", "", ""])
BODY = "".join(f"## Question {n}\n\nWhat is {n}?\n\n- [ ] one\n- [x] two\n\n" for n in range(1, 4))


def _read(path: Path) -> list[tuple[str, list[str], str]]:
    found = []
    for one in readers.read_questions(path).bank.questions():
        assert isinstance(one, MultipleChoice)
        choices = [("+" if choice.fraction else "") + block_text(choice.content) for choice in one.choices]
        found.append((block_text(one.text), choices, block_text(one.feedback)))
    return found


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
@pytest.mark.parametrize(("rule", "sign"), [("---", ":"), ("+++", " =")])
def test_a_long_front_matter_hides_no_test(tmp_path: Path, name: str, rule: str, sign: str) -> None:
    path = tmp_path / name
    path.write_text(FRONT.format(rule, sign) + BODY, encoding="utf-8")
    assert _read(path) == [(f"What is {n}?", ["one", "+two"], "") for n in range(1, 4)]


def test_what_is_folded_away_below_answers_is_said_of_them(tmp_path: Path) -> None:
    folded = "<details><summary>Answer</summary>\n\nBecause.\n\nMore.\n\nAnd more.\n\nThe last.\n</details>\n\n"
    path = tmp_path / "a.md"
    text = "".join(f"### {n}. What is {n}?\n\n- [ ] A. one\n- [x] B. two\n\n{folded}" for n in range(1, 6))
    path.write_text(text, encoding="utf-8")
    feedback = "Because.\nMore.\nAnd more.\nThe last."
    assert _read(path) == [(f"What is {n}?", ["one", "+two"], feedback) for n in range(1, 6)]


def test_what_a_front_matter_is() -> None:
    assert front.length(["---", "title: a", "", "tags:", "  - b", "---", "text"]) == 6
    assert front.length(["---", "Two rules around a sentence.", "---"]) == 0
    assert front.length(["---", "title: a"]) == front.length(["# Title"]) == front.length([]) == 0
    numbered = list(enumerate(["+++", 'title = "a"', "+++", "text", "more"], 1))
    assert list(front.without(numbered)) == [(4, "text"), (5, "more")]
    assert list(front.without(numbered[:2])) == numbered[:2]
    assert front.parted('+++\ntitle = "a"\n+++\ntext') == ({"title": "a"}, "\n\n\ntext")
