"""Running titles and page numbers of a PDF: told by standing at one height on many pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

from coursepack import languages
from coursepack.readers.pdf.layout import PageLine
from coursepack.text import roman

Role = Literal["", "page-number", "running-title"]
_NUMBER = re.compile(
    rf"[-–—\s]*(?:{languages.pattern('page')}\.?\s*)?(\d{{1,4}}|[ivxlc]{{1,7}})"
    rf"(?:\s*(?:/|{languages.pattern('page-of')})\s*\d{{1,4}})?\.?\s*(?:-?\s*{languages.pattern('page-after')})?[-–—\s]*",
    re.IGNORECASE,
)


def roles(pages: Sequence[Sequence[PageLine]]) -> dict[tuple[int, int], Role]:
    """(page, line) → what the line is, both counted from 0, for those that are no text."""
    found: dict[tuple[int, int], Role] = {}
    found.update(_numbers(pages))
    found.update({place: "running-title" for place in _titles(pages) if place not in found})
    return found


def _edges(lines: Sequence[PageLine]) -> list[int]:
    """Indexes of the lines in the upper and lower margin of a page."""
    return [index for index, line in enumerate(lines) if line.edge]


def _numbers(pages: Sequence[Sequence[PageLine]]) -> dict[tuple[int, int], Role]:
    """Lines that are numbers and grow by one with each page; on a lone page it must be its first number."""
    by_start: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for page, lines in enumerate(pages):
        for index in _edges(lines):
            match = _NUMBER.fullmatch(lines[index].text)
            number = match and _value(match[1])
            if number is not None:
                by_start[number - page].append((page, index))
    numbered = [page for page, lines in enumerate(pages) if lines]
    found: dict[tuple[int, int], Role] = {}
    for start, places in by_start.items():
        enough = 2 if len(numbered) > 2 else 1
        if len(places) >= enough and -len(pages) <= start <= 2000 and (len(places) > 1 or start in {0, 1}):
            found.update(dict.fromkeys(places, "page-number"))
    return found


def _value(text: str) -> int | None:
    """The number; None for letters that only look Roman where case is set aside («ı»)."""
    return int(text) if text.isdigit() else roman.read(text)


def _titles(pages: Sequence[Sequence[PageLine]]) -> list[tuple[int, int]]:
    """Lines whose letters (digits aside) come back at one height on many pages."""
    seen: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for page, lines in enumerate(pages):
        for index in _edges(lines):
            text = re.sub(r"\d+", "#", " ".join(lines[index].text.split()).lower())
            if text.strip("# -–—") and len(text) < 200:
                seen[text, round(lines[index].top / 4)].append((page, index))
    filled = sum(bool(lines) for lines in pages)
    # Books print one title on the left pages and another on the right ones.
    enough = max(3, round(filled * 0.3))
    found: list[tuple[int, int]] = []
    for (text, height), places in seen.items():
        near = {page for page, _ in places} | {p for p, _ in seen.get((text, height + 1), [])}
        near |= {p for p, _ in seen.get((text, height - 1), [])}
        if len(near) >= enough:
            found.extend(places)
    return found
