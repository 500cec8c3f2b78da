"""The left side: lines of a source, each with what became of its letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from coursepack.model.document import Grid, Line, Para, Unit
from coursepack.model.ledger import Entry, parted
from coursepack.outline import Understood
from coursepack.outline.unsure import doubted

WINDOW = 300
"""Lines that one page shows: a book of 150,000 lines is read a window at a time."""


@dataclass(frozen=True)
class Span:
    """Letters of a line with one fate: ``content``, ``mark``, ``aside``, ``unclaimed`` or ``blank``."""

    text: str
    fate: str


@dataclass(frozen=True)
class Shown:
    """A line or paragraph. ``fates`` are the fates that are worth a word, each with its reason; ``part`` is the part
    of the course it went to; ``look`` how a document with styles shows it."""

    number: int
    spans: tuple[Span, ...]
    fates: tuple[tuple[str, str], ...]
    part: str
    unsure: bool
    look: str = ""


@dataclass(frozen=True)
class Window:
    """A stretch of a source: its lines, where the windows before and behind it begin (0: there is none)."""

    file: str
    unit_name: str
    lines: tuple[Shown, ...]
    first: int
    last: int
    total: int
    earlier: int = 0
    later: int = 0
    parts: Mapping[str, int] = field(default_factory=dict)


def window(understood: Understood, number: int, at: int) -> Window | None:
    """The lines around line ``at`` of a source; None where there is no such source."""
    if number >= len(understood.ledgers):
        return None
    ledger = understood.ledgers[number]
    units = [unit for unit, text in ledger.units.items() if text.strip()]
    start = next((n for n, unit in enumerate(units) if unit >= at), max(len(units) - 1, 0))
    start = start // WINDOW * WINDOW
    shown = units[start : start + WINDOW]
    entries = ledger.by_unit(set(shown))
    source = understood.sources[number] if number < len(understood.sources) else None
    unsure = {one.head.piece.first for one, _ in doubted(source) if one.head} if source else set()
    looks = _looks(source.document.units) if source else {}
    lines = tuple(
        _line(unit, ledger.units[unit], entries.get(unit, ()), unit in unsure, looks.get(unit, "")) for unit in shown
    )
    return Window(
        file=ledger.file,
        unit_name=ledger.unit_name,
        lines=lines,
        first=shown[0] if shown else 0,
        last=shown[-1] if shown else 0,
        total=units[-1] if units else 0,
        earlier=units[start - WINDOW] if start >= WINDOW else 0,
        later=units[start + WINDOW] if start + WINDOW < len(units) else 0,
    )


def _line(number: int, text: str, entries: Sequence[Entry], unsure: bool, look: str) -> Shown:
    spans = tuple(_spans(text, entries))
    fates = dict.fromkeys((one.fate, one.reason) for one in entries if one.fate != "content")
    if any(span.fate == "unclaimed" for span in spans):
        fates["unclaimed", ""] = None  # type: ignore[index]  # a fate of a span, not of an entry
    part = next((entry.part for entry in entries if entry.part), "")
    return Shown(number, spans, tuple(fates), part, unsure, look)


def _spans(text: str, entries: Sequence[Entry]) -> Iterator[Span]:
    for letters, entry in parted(text, entries):
        yield Span(letters, entry.fate if entry else "unclaimed" if letters.strip() else "blank")


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
    said = {"heading": para.heading is not None, "bold": bold, "centred": para.centered, "item": para.label is not None}
    return " ".join(name for name, true in said.items() if true)
