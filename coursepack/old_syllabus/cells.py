"""Fields in the tables of an old syllabus: values beside their labels, below them, in cells across a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coursepack.old_syllabus import lines, parts, title_page
from coursepack.old_syllabus.changes import put_alone, put_part
from coursepack.old_syllabus.fields import FIELDS, PARTS, TAG, Draft, cell_field, named_by, part_of, tag_of
from coursepack.old_syllabus.forms import fits
from coursepack.old_syllabus.kinds import lists, whole
from coursepack.outline.tree.labelled import kind_of
from coursepack.render.wml import Element, text_of, w

_SHOWN, _LABEL = 60, 40
_FORM = (2, 4)
"""Cells in a row of a form of labels and values."""
_SEVERAL = 3
_MOST = 6
"""Values that are named by themselves; a table in which more are left is named."""


def put_fields(draft: Draft, table: Element, place: str) -> None:
    """Puts fields in place of the values of a table, or a part in place of all of it."""
    part = whole(table)
    if part and draft.note(part, place):
        put_part(table, part)
        return
    if part or lists(table):
        return
    rows = table.findall(w("tr"))
    known, left, values = len(draft.found), len(draft.old_places), 0
    for number, row in enumerate(rows, 1):
        if number != values and _row(draft, rows, number, place):
            values = number + 1
        for cell in row.findall(w("tc")):
            for index, inner in enumerate(cell.findall(w("tbl")), 1):
                put_fields(draft, inner, f"{place}, row {number}, table {index}")
    if len(draft.found) == known:
        # It is named as a whole.
        del draft.old_places[left:]
    elif len(draft.old_places) - left > _MOST:
        draft.old_places[left:] = [table_named(table, place)]


def table_named(table: Element, place: str) -> str:
    """A table by its first words."""
    texts = filter(None, (" ".join(text_of(cell).split()) for cell in table.iter(w("tc"))))
    return f"{place} «{' | '.join([text for text in texts if not TAG.search(text)][:3])[:_SHOWN]}»"


def _row(draft: Draft, rows: Sequence[Element], number: int, place: str) -> bool:
    """Whether it holds the labels of values in the row below it."""
    cells = rows[number - 1].findall(w("tc"))
    at = f"{place}, row {number}"
    below = rows[number].findall(w("tc")) if number < len(rows) else []
    if number == 1 and _is_head(draft, cells, below):
        return False
    if len(cells) == 1:
        _wide(draft, cells[0], below, at, first=number == 1)
        return False
    heads = _heads(draft, _labels(rows, number), below, at)
    if not heads:
        company = _kinds(draft, (cell for near in rows[max(number - 2, 0) : number + 1] for cell in near.iter(w("tc"))))
        _pairs(draft, cells, at, company)
    return heads


def _wide(draft: Draft, cell: Element, below: Sequence[Element], at: str, *, first: bool) -> None:
    """A cell across the table: the name of a part over its text, or both in it; in the first row, the title page."""
    kind = part_of(draft.marks, text_of(cell))
    if kind in PARTS and len(below) == 1 and cell.find(w("tbl")) is None:
        if draft.note(PARTS[kind], at):
            put_alone(below[0], f"{{{{ {PARTS[kind]} }}}}")
        return
    parts.put_fields(draft, cell, at)
    if first:
        title_page.put_fields(draft, cell.findall(w("p")))
    lines.put_fields(draft, cell.findall(w("p")), at)


def _is_head(draft: Draft, cells: Sequence[Element], below: Sequence[Element]) -> bool:
    """The heads of a table of three columns and more, one of which is called as a field is."""
    texts = [text_of(cell).strip() for cell in cells]
    known = [text for text in texts if cell_field(kind_of(draft.marks, text))]
    over = sum(cell.find(f"{w('tcPr')}/{w('vMerge')}") is not None for cell in cells) * 2 >= len(cells)
    return len(texts) > 2 and all(texts) and (over or (len(below) >= len(texts) and len(known) == 1))


def _labels(rows: Sequence[Element], number: int) -> list[str]:
    """The texts of a row's cells; those of cells that go on from the row above are said there."""
    return [_said_above(rows, number - 1, cell) for cell in rows[number - 1].findall(w("tc"))]


def _said_above(rows: Sequence[Element], row: int, cell: Element) -> str:
    merged = cell.find(f"{w('tcPr')}/{w('vMerge')}")
    if row == 0 or merged is None or merged.get(w("val"), "continue") == "restart":
        return text_of(cell).strip()
    column = _columns(rows[row])[cell]
    over = next((each for each, at in _columns(rows[row - 1]).items() if at == column), None)
    return text_of(cell).strip() if over is None else _said_above(rows, row - 1, over)


def _columns(row: Element) -> dict[Element, int]:
    """Each cell of a row with the column of the grid in which it begins."""
    found, at = {}, 0
    for cell in row.findall(w("tc")):
        found[cell] = at
        span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
        at += int(span.get(w("val"), "1")) if span is not None else 1
    return found


def _heads(draft: Draft, labels: Sequence[str], below: Sequence[Element], at: str) -> bool:
    """Labels over their values."""
    kinds = [kind_of(draft.marks, label) for label in labels]
    known = [place for place, kind in enumerate(kinds) if kind in FIELDS]
    # Names in every second cell stand beside their values.
    few = len(known) * 2 < len(labels) or (len(known) * 2 == len(labels) and len(known) < _SEVERAL)
    if len(below) != len(labels) or few or all(place % 2 == 0 for place in known):
        return False
    for label, kind, cell in zip(labels, kinds, below, strict=True):
        value = text_of(cell)
        if kind in FIELDS and fits(FIELDS[kind], value) and draft.note(FIELDS[kind], at, value):
            put_alone(cell, tag_of(FIELDS[kind]))
        elif value.strip(" _-–—"):
            draft.old_places.append(_pair(at, label, value))
    return True


def _kinds(draft: Draft, cells: Iterable[Element]) -> set[str | None]:
    return {kind_of(draft.marks, text_of(cell).strip()) for cell in cells}


def _pairs(draft: Draft, cells: Sequence[Element], at: str, company: set[str | None]) -> None:
    """Label and value beside one another, once or several times in a row."""
    for label, cell in zip(cells[::2], cells[1::2], strict=False):
        said, value = text_of(label).strip(), text_of(cell)
        name = cell_field(named_by(said, kind_of(draft.marks, said), company))
        if name and fits(name, value) and draft.note(name, at, value):
            put_alone(cell, tag_of(name))
        elif len(cells) in _FORM and _is_label(said) and value.strip(" _-–—") and not TAG.search(said + value):
            draft.old_places.append(_pair(at, said, value))


def _is_label(text: str) -> bool:
    return len(text) <= _LABEL and any(map(str.isalpha, text)) and not any(map(str.isdigit, text))


def _pair(at: str, label: str, value: str) -> str:
    said = " ".join(f"{label}: {value}".split())
    return f"{at} «{said[:_SHOWN]}»"
