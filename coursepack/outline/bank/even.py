"""Questions without numbers over answers without letters, as many below each: nothing else parts them."""

from __future__ import annotations

from collections.abc import Sequence

from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import BankLine
from coursepack.outline.bank.looks import LOOKS, has

_MOST_TITLES = 3
"""Lines above the first question."""
_SEVERAL = 4
_LONGER = 60
"""Share of the questions that are longer than each of their answers, where not all of them ask."""


def even(lines: Sequence[BankLine]) -> frozenset[int]:
    """The places of lines that begin questions because as many lines stand below each: what asks is one of them, and
    one answer of each looks otherwise, or most questions are longer than their answers."""
    asks = [at for at, line in enumerate(lines) if line.text.rstrip().endswith(("?", ":"))]
    if any(line.number or line.offers or len(line.text) > limits()["head"] for line in lines):
        return frozenset()
    for size in range(limits()["most-below"] + 1, 2, -1):
        for first in range(min(_MOST_TITLES, size - 1) + 1):
            count, left = divmod(len(lines) - first, size)
            if left or count < _SEVERAL or any(at >= first and (at - first) % size for at in asks):
                continue
            blocks = [lines[at : at + size] for at in range(first, len(lines), size)]
            asking = sum(at >= first for at in asks)
            if _are_stated(blocks) or (asking >= limits()["least-ends"] and _are_longer(blocks, asking)):
                return frozenset(block[0].at for block in blocks)
    return frozenset()


def _are_stated(blocks: Sequence[Sequence[BankLine]]) -> bool:
    """Whether one look is that of one answer of each question and of no question."""
    for look, _ in LOOKS:
        seen = [[has(line.piece.inlines(), look) for line in block] for block in blocks]
        if all(not one[0] and 0 < sum(one) < len(one) - 1 for one in seen):
            return True
    return False


def _are_longer(blocks: Sequence[Sequence[BankLine]], asking: int) -> bool:
    longer = sum(len(block[0].text) > max(len(line.text) for line in block[1:]) for block in blocks)
    return asking * 2 > len(blocks) or longer * 100 >= len(blocks) * _LONGER
