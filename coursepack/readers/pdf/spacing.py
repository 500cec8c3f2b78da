"""The gaps between the lines of a PDF: a gap that is larger than usual is what a text file shows as a blank line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from coursepack.readers.pdf.layout import PageLine

_LARGER = 1.22
"""So many times the usual pitch is a gap: space of 3 points after a paragraph, at 12 points with single spacing."""


def usual_pitch(pages: Sequence[Sequence[PageLine]]) -> float:
    """From one line to the next, in sizes of the letters: the most frequent pitch of the document (0 for none)."""
    seen: Counter[float] = Counter()
    for lines in pages:
        for before, line in pairwise(lines):
            pitch = _pitch(before, line)
            if pitch is not None:
                seen[round(pitch, 2)] += 1
    if not seen:
        return 0.0
    # Of two pitches that are almost as frequent the smaller one is inside paragraphs.
    most = max(seen.values())
    return min(pitch for pitch, count in seen.items() if count >= 0.5 * most)


def _pitch(before: PageLine, line: PageLine) -> float | None:
    """The pitch of two lines of one size that stand one under the other, or None."""
    if abs(before.size - line.size) > 0.1 * line.size or not _under(before, line):
        return None
    # Tops are those of letters, so that baselines are what is compared.
    pitch = (line.top - before.top) / line.size
    return pitch if 0.8 < pitch < 4 else None


def _under(before: PageLine, line: PageLine) -> bool:
    return line.top > before.top and line.left < before.right and before.left < line.right


def blank_lines(before: PageLine, line: PageLine, usual: float) -> int:
    """How many blank lines stand between two lines: 0, 1 or 2."""
    if not usual or not _under(before, line):
        return 0
    size = max(before.size, line.size)
    times = (line.top - before.top) / (usual * size)
    return 0 if times < _LARGER else 1 if times < 2.6 else 2
