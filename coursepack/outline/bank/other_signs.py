"""Signs of right and wrong answers that mean something else elsewhere: «=right», «~wrong»; «100% right», «0% wrong»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coursepack.outline.bank.limits import limits

_TILDE = re.compile(r"(?P<sign>[=~])\s*(?=[^\s=~])")
_SHARE = re.compile(r"(?P<n>[-–−]?\d{1,3}(?:[.,]\d{1,5})?)\s?%\s+(?=\S)")
_WHOLE = 100.0
_NEAR = 8
"""Answers of a question."""


def other_signs(texts: Sequence[str | None]) -> dict[int, tuple[str, int]]:
    """The places of the lines that are answers by such a sign, with «+» or «-» and where their text begins; what an
    answer is worth stays in its text. A line that is none of the answers' is None."""
    return {**_tildes(texts), **_shares(texts)}


def _tildes(texts: Sequence[str | None]) -> dict[int, tuple[str, int]]:
    found = {at: one for at, text in enumerate(texts) if text and (one := _TILDE.match(text))}
    right = [at for at, one in found.items() if one["sign"] == "="]
    beside = [at for at in right if {at - 1, at + 1} & (found.keys() - set(right))]
    wrong = len(found) - len(right)
    if len(beside) < limits()["judged"] or len(beside) < len(right) or len(right) > wrong:
        return {}
    signed_texts = {at: (texts[at] or "")[one.end() :].strip() for at, one in found.items()}
    if any(
        signed_texts[at] in {signed_texts[near] for near in range(at - _NEAR, at) if near in signed_texts}
        for at in right
    ):
        return {}  # «~one», «~two», «=two»: a key, which says one of the answers again
    return {at: ("+" if one["sign"] == "=" else "-", one.end()) for at, one in found.items()}


def _shares(texts: Sequence[str | None]) -> dict[int, tuple[str, int]]:
    runs = [run for run in _runs(texts) if len(run) > 1]
    if len(runs) < limits()["least-ends"]:
        return {}
    share_runs = [run for run in runs if _are_shares([value for _, value in run])]
    if len(share_runs) * 100 < len(runs) * limits()["nearly-all"]:
        return {}
    return {at: ("+" if value > 0 else "-", 0) for run in share_runs for at, value in run}


def _runs(texts: Sequence[str | None]) -> Iterator[list[tuple[int, float]]]:
    run: list[tuple[int, float]] = []
    for at, text in enumerate([*texts, None]):
        if text and (found := _SHARE.match(text)):
            run.append((at, float(found["n"].replace(",", ".").replace("–", "-").replace("−", "-"))))
            continue
        yield run
        run = []


def _are_shares(values: Sequence[float]) -> bool:
    """Whether some answers are worth nothing, or less, and the others the whole, each or together."""
    right = [value for value in values if value > 0]
    return 0 < len(right) < len(values) and (max(right) == _WHOLE or abs(sum(right) - _WHOLE) <= 1)


def shared(texts: Sequence[str | None]) -> frozenset[int]:
    """The places of answers that say what they are worth in front of their text."""
    return frozenset(_shares(texts))
