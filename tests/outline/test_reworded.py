"""Questions that look reworded: few changes of a list leave few to compare, and give what the list alone gives."""

from __future__ import annotations

import random

import pytest

from coursepack.outline import reworded
from coursepack.outline.reworded import SimilarQuestions, Words

VOCABULARY = [f"w{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(14)]


def words(rng: random.Random) -> Words:
    numbers = frozenset(rng.choice(["", "", "7", "12"]).split())
    return frozenset({*rng.sample(VOCABULARY, rng.randint(2, 6)), *numbers}), numbers


@pytest.mark.parametrize("common", [400, 8])
def test_few_changes_give_what_the_list_gives_by_itself(common: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reworded, "_COMMON", common)
    rng = random.Random(common)  # noqa: S311 - made questions
    asked = [words(rng) for _ in range(40)]
    kept, seen = SimilarQuestions(), 0
    for _ in range(40):
        at = rng.randrange(len(asked))
        stems, numbers = asked[at]
        less = frozenset(sorted(stems)[1:])
        asked[at : at + rng.choice([0, 1, 1, 1, 2])] = rng.choice(
            [[], [words(rng)], [(less, numbers)], [words(rng)] * 2]
        )
        found = list(kept.pairs(asked))
        assert found == list(SimilarQuestions().pairs(asked))
        seen += len(found)
    assert seen > 40


def test_only_what_changed_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(1)  # noqa: S311 - made questions
    asked, kept, compared = [words(rng) for _ in range(60)], SimilarQuestions(), list[int]()
    list(kept.pairs(asked))
    whole = reworded._similar

    def counted(all_: list[Words], at: int, *more: object) -> list[int]:
        compared.append(at)
        return whole(all_, at, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(reworded, "_similar", counted)
    list(kept.pairs(list(asked)))
    assert compared == []
    asked[50] = (asked[50][0] | {"alone"}, asked[50][1])
    list(kept.pairs(asked))
    assert compared[0] == 50
    assert all(not asked[50][0].isdisjoint(asked[at][0]) for at in compared)
