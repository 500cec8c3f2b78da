"""Lines of a title at the top of a hard-wrapped text that stand below one another on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from coursepack.text.lines import OPENERS, Wrapped, first_word

_FIRST = 16
"""So many lines may be a title page, when no line of prose comes before."""
_FULL = 0.9
"""A line that reaches so much of the column with the next one's first word has been wrapped."""
_OFF = 0.05
"""So far off the column's middle a line is centred, in columns."""
_SHORT = 0.6
_GOES_ON = (",", "-", "–", "—", "(", "\u200b")


def titles(lines: Sequence[Wrapped]) -> set[int]:
    """Lines at the top that begin in lower case and yet do not go on with the line before: both are centred, and the
    first would have held more; or two short lines open the text, with more space below them than between.
    """
    page = [_edges(line) for line in lines]
    left, right = min((start for start, _ in page), default=0), max((end for _, end in page), default=0)
    column = right - left
    found: set[int] = set()
    for at, (a, b) in enumerate(pairwise(lines[:_FIRST]), 1):
        (start, end), width = page[at - 1], page[at - 1][1] - page[at - 1][0]
        if a.text.endswith(".") or not column:
            break
        if not b.text.lstrip(OPENERS)[:1].islower() or a.text.endswith(_GOES_ON):
            continue
        if (
            start - left > column * _OFF
            and _is_centred(page[at - 1], left, right)
            and _is_centred(page[at], left, right)
        ):
            after = width * len(first_word(b.text)) / len(a.text)
            if end - start + after < column * _FULL:
                found.add(at)
        elif at == 1 and _opens_short(lines, [end - start for start, end in page[:3]], column):
            found.add(at)
    return found


def _edges(line: Wrapped) -> tuple[float, float]:
    """Where a line begins and ends, in points where the source has them, else in letters."""
    if line.left is not None and line.right is not None:
        return line.left, line.right
    return float(line.indent), float(line.indent + len(line.text) + line.spaces)


def _is_centred(edges: tuple[float, float], left: float, right: float) -> bool:
    return abs((edges[0] - left) - (right - edges[1])) <= 2 * _OFF * (right - left)


def _opens_short(lines: Sequence[Wrapped], widths: Sequence[float], column: float) -> bool:
    """Two short lines without an end, then more space than between them."""
    if len(lines) < 3 or max(widths[:2]) > _SHORT * column:
        return False
    between, below = lines[1].gap, lines[2].gap
    return between is not None and below is not None and below > between and lines[1].text[-1].isalnum()
