"""Criteria that course.toml declares, as the table that a document would print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from coursepack.model.blocks import Cell, Row, Run, Table
from coursepack.pages import spoken
from coursepack.pages.block_builders import text


class CriterionLevel(Protocol):
    """What earns so many points."""

    @property
    def text(self) -> str: ...
    @property
    def points(self) -> float: ...


class Criterion(Protocol):
    """What is looked at, for how many points at the most, or with its levels."""

    @property
    def name(self) -> str: ...
    @property
    def text(self) -> str | None: ...
    @property
    def points(self) -> float | None: ...
    @property
    def levels(self) -> Sequence[CriterionLevel]: ...


def table(found: Sequence[Criterion], language: str) -> Table:
    """A row each; levels in columns of their own, each with its points."""
    say = spoken(language)
    columns = max(len(criterion.levels) for criterion in found)
    about = any(criterion.text for criterion in found)
    most = not all(criterion.levels for criterion in found)
    head = [say("Criterion"), *([say("What it is")] if about else []), *[say("Level")] * columns]
    rows = [head + ([say("Points at most")] if most else [])]
    for one in found:
        levels = [f"{say.number(level.points)} – {level.text}" for level in one.levels]
        levels += [""] * (columns - len(levels))
        points = one.points if one.points is not None else max((level.points for level in one.levels), default=0.0)
        rows.append([one.name, *([one.text or ""] if about else []), *levels, *([say.number(points)] if most else [])])
    result = tuple(
        Row(cells=tuple(Cell(blocks=(text(cell),), header=not n) for cell in row)) for n, row in enumerate(rows)
    )
    return Table(rows=result, header_rows=1, caption=(Run(text=say("Marking criteria")),))
