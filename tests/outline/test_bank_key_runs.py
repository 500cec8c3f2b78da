"""Lists of keys whose first key stands on the line of the word for keys: they are of all questions, never the answer
of the last one alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from coursepack.model.blocks import block_text
from coursepack.model.questions import Matching, MultipleChoice, Question
from tests.outline.test_bank_silence import codes, read

TEST = """Test
1. Which gas do plants take in?
A) Oxygen
B) Carbon dioxide
C) Neon
2. How much is 7 times 8?
A) 56
B) 54
C) 63
3. Which river is the longest of these three?
A) Ili
B) Chu
C) Irtysh
"""
MATCHED = """Test
1. Which gas do plants take in?
A) Oxygen
B) Carbon dioxide
Answer: B
2. Match the writers and the languages in which they wrote.
1. Abai
2. Pushkin
A) Russian
B) Kazakh
Answer: 1-B
2-A
"""


@pytest.mark.parametrize(
    "keys",
    [
        "Key: 1) B\n2) A\n3) C\n",
        "Ключ: №1 B\n№2 A\n№3 C\n",
        "Жауаптары 1-B, 2-A, 3-C\n",
        "Keys: (1) b; (2) a; (3) c\n",
    ],
)
def test_a_list_behind_the_word_for_keys_is_of_all_questions(tmp_path: Path, keys: str) -> None:
    (tmp_path / "test.txt").write_text(TEST + keys, "utf-8")
    questions, findings = read(tmp_path)
    assert [[block_text(one.content) for one in each.choices if one.fraction > 0] for each in chosen(questions)] == [
        ["Carbon dioxide"],
        ["56"],
        ["Irtysh"],
    ]
    assert [len(one.choices) for one in chosen(questions)] == [3, 3, 3]
    assert codes(findings) == set()


def test_pairs_one_a_line_stay_those_of_the_question_with_points(tmp_path: Path) -> None:
    (tmp_path / "test.txt").write_text(MATCHED, "utf-8")
    questions, _ = read(tmp_path)
    (matching,) = [one for one in questions if isinstance(one, Matching)]
    pairs = [(block_text(one.question), block_text(one.answer)) for one in matching.pairs]
    assert pairs == [("Abai", "Kazakh"), ("Pushkin", "Russian")]


def chosen(questions: Sequence[Question]) -> list[MultipleChoice]:
    return [one for one in questions if isinstance(one, MultipleChoice)]
