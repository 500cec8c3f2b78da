"""Running titles and page numbers of a PDF: reported by standing at one height on many pages, or at the rim of a page,
parted from its text, in letters no larger than it has.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from coursepack import languages
from coursepack.readers.pdf.layout import PageLine
from coursepack.readers.pdf.notes import Notes, read_notes
from coursepack.readers.pdf.spacing import usual_pitch
from coursepack.text import roman

Role = Literal["", "page-number", "running-title", "footnote"]
_NUMBER = re.compile(
    rf"[-–—\[(\s]*(?:{languages.pattern('page')}\.?\s*)?(\d{{1,4}}|[ivxlc]{{1,7}})"
    rf"(?:\s*(?:/|{languages.pattern('page-of')})\s*\d{{1,4}})?\.?\s*(?:-?\s*{languages.pattern('page-after')})?[-–—\])\s]*",
    re.IGNORECASE,
)
_OF = re.compile(
    rf"(?:{languages.pattern('page')})\.?\s*(\d{{1,4}})\s*(?:/|{languages.pattern('page-of')})\s*\d{{1,4}}",
    re.IGNORECASE,
)
"""A page's number and their count, in a longer line."""
_LAST = re.compile(r"(.*\D)(\d{1,4})")
_NOTE = re.compile(r"[\d*†¹²³⁴-⁹]")
_PARTED = 1.3
"""So many times the usual pitch stands between a page's text and what is none."""
_LEAST_PITCH = 1.5
"""The usual pitch is taken for so much at least, in sizes of the letters."""
_SMALLER = 0.9
_MOST_LINES = 3
"""Lines of a running title."""


def roles(pages: Sequence[Sequence[PageLine]]) -> dict[tuple[int, int], Role]:
    """(page, line) → what the line is, both counted from 0, for those that are no text."""
    return roles_and_notes(pages)[0]


def roles_and_notes(pages: Sequence[Sequence[PageLine]]) -> tuple[dict[tuple[int, int], Role], Notes]:
    """What ``roles`` gives, and the footnotes with their marks."""
    found: dict[tuple[int, int], Role] = dict(_numbers(pages))
    notes = read_notes(pages, found)
    found.update(dict.fromkeys(notes.lines, "footnote"))
    titles = [*_titles(pages), *_parted(pages, _body(pages))]
    titles.extend(_again(pages, titles))
    found.update({place: "running-title" for place in titles if place not in found})
    return found, notes


def _body(pages: Sequence[Sequence[PageLine]]) -> float:
    """The size of most letters."""
    sizes = Counter[float]()
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


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
    found: dict[tuple[int, int], Role] = dict.fromkeys(_last_numbers(pages), "page-number")
    for start, places in by_start.items():
        enough = 2 if len(numbered) > 2 else 1
        if len(places) >= enough and -len(pages) <= start <= 2000 and (len(places) > 1 or start in {0, 1}):
            found.update(dict.fromkeys(places, "page-number"))
    return found


def _last_numbers(pages: Sequence[Sequence[PageLine]]) -> Iterator[tuple[int, int]]:
    """The last lines of pages that are numbers at one height and grow by one with each page, however far from the edge
    of the paper."""
    seen: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for page, lines in enumerate(pages):
        last = len(lines) - 1
        if lines and lines[last].text.strip().isdigit():
            seen[int(lines[last].text) - page, round(lines[last].top)].append((page, last))
    for places in seen.values():
        if len(places) >= _PAGES:
            yield from places


_PAGES = 3
"""Pages whose last lines are numbers, at least."""


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


def _parted(pages: Sequence[Sequence[PageLine]], body: float) -> Iterator[tuple[int, int]]:
    """Lines at the head or foot of a page, parted from its text by space: the same on two pages, or in smaller letters.

    What is larger than the text is a title; a page that holds nothing else is one too.
    """
    parted = _PARTED * max(usual_pitch(pages), _LEAST_PITCH) * body
    seen: dict[tuple[str, int, float], list[tuple[int, int]]] = defaultdict(list)
    for page, lines in enumerate(pages):
        for index in (*_block(lines, parted, foot=False), *_block(lines, parted, foot=True)):
            line = lines[index]
            small = line.size <= _SMALLER * body
            if line.size > body or not (small or line.rim):
                continue
            if small and line.rim and not (index and _NOTE.match(line.text)):
                yield page, index
            seen[_shape(line.text), round(line.top / 4), line.size].append((page, index))
    for (shape, _, _), places in seen.items():
        if len({page for page, _ in places}) > 1 and ("#" not in shape or _alike(pages, places)):
            yield from places


def _again(pages: Sequence[Sequence[PageLine]], titles: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """First and last lines of pages that read as a running title of another page and stand at its height in letters of
    its size, however near the page's text comes to them."""
    known = {_look(pages[page][index]) for page, index in titles}
    for page, lines in enumerate(pages):
        for index in {0, len(lines) - 1} if lines else ():
            if _look(lines[index]) in known:
                yield page, index


def _look(line: PageLine) -> tuple[str, int, float]:
    return line.text, round(line.top), line.size


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()).lower())


def _alike(pages: Sequence[Sequence[PageLine]], places: Sequence[tuple[int, int]]) -> bool:
    """Whether the digits are the same on all pages, or those of the page; other numbers count what the pages hold.

    A number at the end of a line at the foot is the page's where it grows as the pages do.
    """
    texts = [_OF.sub("", pages[page][index].text) for page, index in places]
    if len(set(texts)) == 1:
        return True
    ends = [_LAST.fullmatch(pages[page][index].text) for page, index in places if index]
    starts = {(match[1], int(match[2]) - page) for match, (page, _) in zip(ends, places, strict=False) if match}
    return len(ends) == len(places) and all(ends) and len(starts) == 1


def _block(lines: Sequence[PageLine], parted: float, *, foot: bool) -> list[int]:
    """The lines in a page's margin above (or below) the space that parts them from its text."""
    order = range(len(lines) - 1, -1, -1) if foot else range(len(lines))
    for count, (here, after) in enumerate(pairwise(order), 1):
        if count > _MOST_LINES or not lines[here].edge:
            break
        if abs(lines[after].top - lines[here].top) > parted:
            return list(order[:count])
    return []
