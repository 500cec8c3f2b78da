"""Programs that stand as plain lines or paragraphs of a reading become listings, with their indentation.

What a program is, is told by its letters (``text.programs``): many a lecture on programming is typed in one face. Where
questions are asked a line of code may be an answer: there lines stay lines.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from coursepack.model.blocks import Run, inline_text
from coursepack.model.document import Document, Line, Listing, Para, Unit
from coursepack.text.programs import programs

_READ = frozenset({"textbook", "lecture", "article", "reading", "course", "laboratory-plan", "practical-plan"})
"""Roles of documents that are read, not answered."""
_MEDIA = frozenset({"text", "docx", "odt", "doc", "rtf"})
"""Kinds of files whose authors have no sign of their own for a program, or seldom use it."""
_POINTS = 9.0
"""Points of a paragraph's indentation that stand for a blank: half an inch for four."""


def with_programs(document: Document, role: str) -> Document:
    """The document with a ``Listing`` for each line or paragraph of a program."""
    if role not in _READ or document.medium not in _MEDIA:
        return document
    lines: list[str] = []
    places: list[int | None] = []
    for at, unit in enumerate(document.units):
        text = _typed(unit)
        before = document.units[at - 1].number if at else unit.number
        if isinstance(unit, Para) and unit.number > before + 1:
            lines.append("")
            places.append(None)
        lines.append(text)
        places.append(at)
    found = {}
    for one in programs(lines):
        inside = [at for at in places[one.start : one.stop] if at is not None]
        found.update(_listings(document.units, inside))
    if not found:
        return document
    units = tuple(found.get(at, unit) for at, unit in enumerate(document.units))
    return msgspec.structs.replace(document, units=units)


_NO_PROGRAM = "."
"""Stands for what is no plain line: it is neither a program's nor blank."""


def _typed(unit: Unit) -> str:
    """A plain line or paragraph with the blanks before its first letter."""
    match unit:
        case Line(text=text, role=""):
            return text
        case Para(label=None, heading=None, centered=False, notes=()) if _is_plain(unit):
            return " " * round(unit.indent / _POINTS) + unit.lead + inline_text(unit.content)
        case _:
            return _NO_PROGRAM


def _is_plain(unit: Para) -> bool:
    """Whether nothing but letters is there, and not all of them bold: a heading is."""
    runs = [item for item in unit.content if isinstance(item, Run)]
    return len(runs) == len(unit.content) and not all(run.bold for run in runs)


def _listings(units: Sequence[Unit], inside: Sequence[int]) -> dict[int, Unit]:
    """The listing that takes the place of each unit, all of them indented as far from the left as the text is."""
    texts = [_typed(units[at]) for at in inside]
    left = min((len(text) - len(text.lstrip()) for text in texts if text.strip()), default=0)
    result: dict[int, Unit] = {}
    for at, text in zip(inside, texts, strict=True):
        if text.strip():
            unit = units[at]
            result[at] = Listing(
                text=text[left:].rstrip(), number=unit.number, goes_on=bool(result), within=_within(unit)
            )
    return result


def _within(unit: Unit) -> int:
    return 0 if isinstance(unit, Line) else unit.within
