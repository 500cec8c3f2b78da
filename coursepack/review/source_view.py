"""The left side: lines of a source, each with what became of its letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from coursepack.model.blocks import Figure
from coursepack.model.document import Document, Drawing, Grid, Line, Para, Unit
from coursepack.model.ledger import LedgerEntry, parted
from coursepack.outline import Understood
from coursepack.outline.unsure import doubted

WINDOW = 300
"""Lines that one page shows: a book of 150,000 lines is read a window at a time."""


@dataclass(frozen=True)
class LineSpan:
    """Letters of a line with one fate: ``content``, ``mark``, ``aside``, ``unclaimed`` or ``blank``."""

    text: str
    fate: str


@dataclass(frozen=True)
class LineBox:
    """Where a line stands on its page, in points from its upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class SourceLine:
    """A line or paragraph. ``fates`` are the fates that are worth a word, each with its reason; ``part`` is the part
    of the course it went to; ``look`` how a document with styles shows it."""

    number: int
    spans: tuple[LineSpan, ...]
    fates: tuple[tuple[str, str], ...]
    part: str
    unsure: bool
    look: str = ""
    box: LineBox | None = None


@dataclass(frozen=True)
class Frame:
    """Lines that stand together: of a ``slide`` with its pictures, by their SHA-256; 0: all there are."""

    slide: int
    lines: tuple[SourceLine, ...]
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Window:
    """A stretch of a source: its lines, where the windows before and behind it begin (0: there is none). ``page`` is
    that of a PDF which it shows, ``pages`` how many there are; ``frames`` the same lines by slides."""

    file: str
    unit_name: str
    lines: tuple[SourceLine, ...]
    first: int
    last: int
    total: int
    earlier: int = 0
    later: int = 0
    parts: Mapping[str, int] = field(default_factory=dict)
    page: int = 0
    pages: int = 0
    frames: tuple[Frame, ...] = ()


def window(understood: Understood, number: int, at: int) -> Window | None:
    """The lines around line ``at`` of a source; None where there is no such source."""
    if number >= len(understood.ledgers):
        return None
    ledger = understood.ledgers[number]
    units = [unit for unit, text in ledger.units.items() if text.strip()]
    source = understood.sources[number] if number < len(understood.sources) else None
    pages = _pages(source.document) if source else {}
    start = next((n for n, unit in enumerate(units) if unit >= at), max(len(units) - 1, 0))
    start, end = _stretch(units, start, pages)
    shown = units[start:end]
    entries = ledger.by_unit(set(shown))
    unsure = {one.head.piece.first for one, _ in doubted(source) if one.head} if source else set()
    looks = _looks(source.document.units) if source else {}
    boxes = _boxes(source.document.units) if pages and source else {}
    lines = tuple(
        _line(unit, ledger.units[unit], entries.get(unit, ()), unit in unsure, looks.get(unit, ""), boxes.get(unit))
        for unit in shown
    )
    return Window(
        file=ledger.file,
        unit_name=ledger.unit_name,
        lines=lines,
        first=shown[0] if shown else 0,
        last=shown[-1] if shown else 0,
        total=units[-1] if units else 0,
        earlier=units[_stretch(units, start - 1, pages)[0]] if start else 0,
        later=units[end] if end < len(units) else 0,
        page=pages.get(shown[0], 0) if shown else 0,
        pages=max(pages.values(), default=0),
        frames=_frames(source.document, lines) if source else (),
    )


def _stretch(units: Sequence[int], at: int, pages: Mapping[int, int]) -> tuple[int, int]:
    """The lines that are shown with one: those of its page, else so many as a window holds."""
    if not pages or at >= len(units):
        start = at // WINDOW * WINDOW
        return start, start + WINDOW
    page = pages[units[at]]
    start = end = at
    while start and pages[units[start - 1]] == page:
        start -= 1
    while end < len(units) and pages[units[end]] == page:
        end += 1
    return start, end


def _pages(document: Document) -> dict[int, int]:
    """The page of each line, in a document that can be drawn page by page; what a table holds is where the line
    before it is."""
    if not is_drawn(document):
        return {}
    found: dict[int, int] = {}
    page = 1
    for unit in document.units:
        page = getattr(unit, "page", None) or page
        found |= dict.fromkeys(_numbers(unit), page)
    return found


def is_drawn(document: Document) -> bool:
    """Whether the pages of a document can be drawn."""
    return document.file.lower().endswith(".pdf")


def _numbers(unit: Unit) -> Iterator[int]:
    if isinstance(unit, Grid):
        for row in unit.rows:
            for cell in row:
                for inner in cell.units:
                    yield from _numbers(inner)
    else:
        yield unit.number


_TALL = 1.25
"""Height of a line by the size of its letters."""


def _boxes(units: Sequence[Unit]) -> dict[int, LineBox]:
    found: dict[int, LineBox] = {}
    for unit in units:
        if isinstance(unit, Line) and None not in {unit.left, unit.right, unit.top}:
            left, right, top = unit.left or 0.0, unit.right or 0.0, unit.top or 0.0
            found[unit.number] = LineBox(left, top, max(right - left, 4.0), (unit.size or 10.0) * _TALL)
    return found


def _frames(document: Document, lines: Sequence[SourceLine]) -> tuple[Frame, ...]:
    """The lines by the slides of a presentation, each with its pictures."""
    if not document.slides:
        return (Frame(0, tuple(lines)),)
    pictures: dict[int, list[str]] = {}
    for unit in document.units:
        if isinstance(unit, Drawing) and isinstance(unit.figure, Figure):
            pictures.setdefault(document.slide(unit.number) or 0, []).append(unit.figure.asset)
    grouped = groupby(lines, lambda line: document.slide(line.number) or 0)
    return tuple(Frame(slide, tuple(own), tuple(pictures.get(slide, ()))) for slide, own in grouped)


def _line(
    number: int, text: str, entries: Sequence[LedgerEntry], unsure: bool, look: str, box: LineBox | None = None
) -> SourceLine:
    spans = tuple(_spans(text, entries))
    fates = dict.fromkeys((one.fate, one.reason) for one in entries if one.fate != "content")
    if any(span.fate == "unclaimed" for span in spans):
        fates["unclaimed", ""] = None  # type: ignore[index]  # a fate of a span, not of an entry
    part = next((entry.part for entry in entries if entry.part), "")
    return SourceLine(number, spans, tuple(fates), part, unsure, look, box)


def _spans(text: str, entries: Sequence[LedgerEntry]) -> Iterator[LineSpan]:
    for part, entry in parted(text, entries):
        yield LineSpan(part, entry.fate if entry else "unclaimed" if part.strip() else "blank")


def _looks(units: Sequence[Unit]) -> dict[int, str]:
    """How lines and paragraphs look: classes of the style sheet."""
    found: dict[int, str] = {}
    for unit in units:
        match unit:
            case Para():
                found[unit.number] = _look(unit)
            case Line() if unit.bold:
                found[unit.number] = "bold"
            case Grid():
                inside = [one for row in unit.rows for cell in row for one in cell.units]
                found |= {number: f"cell {look}".strip() for number, look in _looks(inside).items()}
            case _:
                pass
    return found


def _look(para: Para) -> str:
    runs = [one for one in para.content if getattr(one, "text", "").strip()]
    bold = bool(runs) and all(getattr(one, "bold", False) for one in runs)
    italic = bool(runs) and all(getattr(one, "italic", False) for one in runs)
    stated = {
        "heading": para.heading is not None,
        "bold": bold,
        "italic": italic,
        "centred": para.centered,
        "item": para.label is not None,
    }
    stated |= {f"level-{min(para.heading or 9, 3)}": para.heading is not None, "quoted-text": para.style == "quote"}
    return " ".join(name for name, true in stated.items() if true)
