"""Controls and days off among the classes of a plan's row: each step takes them out of it and gives their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from coursepack.outline.found import OutlineSource
from coursepack.outline.plans import cell_remarks
from coursepack.outline.plans.cells import PlanCell
from coursepack.outline.plans.columns import Columns
from coursepack.outline.plans.forms import is_text
from coursepack.outline.plans.meetings import MEETING
from coursepack.outline.plans.rows import bears_class, is_examined, is_off
from coursepack.outline.tree.work import is_paper

Parted = tuple[Sequence[PlanCell], list[str]]
"""A row without its controls, and their names."""

_BEHIND_CONTROL = re.compile(r"(?P<name>[^.;]{3,40})[.;]\s+(?P<rest>[^\W\d_].{5,})", re.DOTALL)
"""The name of a control as a sentence, before the title of a class."""
_SET = frozenset({"due", "homework", "task"})
"""Columns of work that a row sets."""


def by_lines(source: OutlineSource, columns: Columns, row: Sequence[PlanCell]) -> Parted:
    """The lines of a class's cell that name an exam before or behind a topic: «UNIT EXAM 1» over «Safety»."""
    result: list[PlanCell] = []
    names: list[str] = []
    for at, cell in enumerate(row):
        exams = [one for one in cell.pieces if one.object is None and source.marks.is_exam(one.text)]
        rest = [one for one in cell.pieces if not any(one is exam for exam in exams)]
        beside = exams and rest and bears_class(columns.of(at, cell))
        if not beside or cell_remarks.tells_of_exam([one.text for one in rest]):
            result.append(cell)
            continue
        result.append(replace(cell, pieces=rest, text="\n".join(one.text for one in rest)))
        names += [one.text for one in exams]
    return result, names


def by_cells(source: OutlineSource, columns: Columns, row: Sequence[PlanCell]) -> Parted:
    """Cells that hold no class, where one stands beside them. What is behind the name of a control is the class:
    «Рубежный контроль 2. Рынок труда»."""
    classes = [at for at, cell in enumerate(row) if cell.text and bears_class(columns.of(at, cell))]
    kept, names = list(row), list[str]()
    for at in classes:
        kept[at], name = _class_in(source, row[at])
        names += [name] if name else []
    several = len(classes) > 1 and any(is_text(kept[at].text) for at in classes)
    behind = any(kept[at].text and kept[at] is not row[at] for at in classes)
    return (kept, names) if columns.has(MEETING) or several or behind else (row, [])


def _class_in(source: OutlineSource, cell: PlanCell) -> tuple[PlanCell, str]:
    """What is left of a cell without a control and its name; nothing of a day off."""
    marks = source.marks
    if not (marks.is_interim(cell.text) or marks.is_exam(cell.text)):
        return (PlanCell(across=cell.across) if is_off(source, cell.text) else cell), ""
    found = _BEHIND_CONTROL.fullmatch(cell.text) if len(cell.pieces) == 1 else None
    if found is None or is_off(source, found["rest"]) or is_paper(found["rest"]) or marks.is_exam(found["rest"]):
        return PlanCell(across=cell.across), cell.text
    texts = source.stream.texts
    named, rest = texts.cut(cell.pieces[0], found.start("rest"))
    texts.claim(named, "mark", reason="control")
    return replace(cell, pieces=[rest], text=rest.text), found["name"]


def beside(source: OutlineSource, columns: Columns, row: Sequence[PlanCell]) -> Sequence[PlanCell] | None:
    """The classes and the work of a row whose lecture an exam takes: «6 | MIDTERM | Lab 5: Lenses | HW 3»; None where
    there are none."""
    taken = {at for at, cell in enumerate(row) if is_examined(source, columns.of(at, cell), cell)}
    left = [PlanCell(across=cell.across) if at in taken else cell for at, cell in enumerate(row)]
    kinds = [columns.of(at, cell) for at, cell in enumerate(left) if is_text(cell.text)]
    return left if taken and any(bears_class(kind) or kind in _SET for kind in kinds) else None
