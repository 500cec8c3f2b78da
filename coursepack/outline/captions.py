"""Caption lines of pictures in hard-wrapped text: the lines below a picture that begin with «Figure 3», say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from coursepack.model.document import Drawing, Line, Unit
from coursepack.outline.markers import Markers, fold

_MOST_LINES = 4
_SIZE = 0.3
"""Points by which letters of one text differ at most."""


def captions(
    units: Sequence[Unit], clean: Mapping[int, str], marks: Markers, gone: Collection[int]
) -> dict[int, list[Line]]:
    """Number of each picture that has a caption → the lines of it, none of those ``gone`` (by number)."""
    words = "|".join(sorted({re.escape(fold(word).rstrip(".")) for word in marks.words.get("caption", ())}))
    begins = re.compile(rf"(?:{words})\.?\s*№?\s*\d|\d[\d.]*\s*[-–]?\s*(?:{words})\b")
    found: dict[int, list[Line]] = {}
    sizes = Counter(unit.size for unit in units if isinstance(unit, Line) and unit.text.strip())
    usual = max(sizes, key=lambda size: (sizes[size], size or 0), default=None)
    for at, unit in enumerate(units):
        if not isinstance(unit, Drawing):
            continue
        below = units[at + 1 : at + 1 + _MOST_LINES]
        first = below[0] if below else None
        if isinstance(first, Line) and first.number not in gone and begins.match(fold(clean[first.number].strip())):
            found[unit.number] = [first, *_rest(first, below[1:], usual, gone)]
    return found


def _rest(first: Line, below: Sequence[Unit], usual: float | None, gone: Collection[int]) -> list[Line]:
    """The lines that go on with a caption: right below it, in letters that tell it from the text."""
    lines: list[Line] = []
    for unit in below:
        if not isinstance(unit, Line) or not unit.text.strip() or unit.number in gone or not _alike(first, unit, usual):
            break
        lines.append(unit)
    return lines


def _alike(first: Line, line: Line, usual: float | None) -> bool:
    if first.size is None or line.size is None or usual is None or abs(first.size - line.size) > _SIZE:
        return False
    return abs(first.size - usual) > _SIZE or (first.italic and line.italic) or (first.bold and line.bold)
