"""Two languages side by side: corresponding rows become rows of one table, so that they begin at the same height."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from coursepack.render.docx_file import DocxFile
from coursepack.render.wml import Element, close_cell, keep_next, make, number_of, paragraph, w
from coursepack.writers.papers.fitted import columns, needs
from coursepack.writers.papers.template import smaller_letters

Pair = tuple[list[Element], list[Element]]


def level(file: DocxFile) -> None:
    """Moves tables that are in both cells of a row out of it, and joins them row by row into one table."""
    for table in [child for child in file.body if child.tag == w("tbl")]:
        rows = table.findall(w("tr"))
        if any(_tables(row) for row in rows):
            _part(file.body, table, rows)


def _part(body: Element, table: Element, rows: Sequence[Element]) -> None:
    """Splits the table: the rows above a pair of tables, the pair as one table, the rows below."""
    result: list[tuple[Element, bool]] = []
    for row in rows:
        segments = _tables(row)
        if segments is None:
            _into(result, table, row)
            continue
        for left, right in segments:
            if left[0].tag == w("tbl"):
                result.append((_joined(left[0], right[0], _title_of(result), table), True))
            else:
                _into(result, table, _row_of(row, left, right))
    place = body.index(table)
    body.remove(table)
    parts = [part for each, _ in result if each.find(w("tr")) is not None for part in (each, _below(each))]
    body[place:place] = parts[:-1]


def _below(table: Element) -> Element:
    """The paragraph that separates two tables; below a row that is a heading it is kept with the next table."""
    line, last = paragraph(), table.findall(w("tr"))[-1]
    if all(p.find(f"{w('pPr')}/{w('keepNext')}") is not None for p in last.iterfind(f"{w('tc')}/{w('p')}")):
        keep_next(line)
    return line


def _into(result: list[tuple[Element, bool]], table: Element, row: Element) -> None:
    """Appends a row to those that are no pair of tables."""
    if not result or result[-1][1]:
        frame = make("tbl", [deepcopy(child) for child in table if child.tag in {w("tblPr"), w("tblGrid")}])
        result.append((frame, False))
    result[-1][0].append(row)


def _tables(row: Element) -> list[Pair] | None:
    """The contents of both cells, part by part, where tables with equal numbers of rows are in the same positions; else
    None."""
    cells = row.findall(w("tc"))
    if len(cells) != 2:
        return None
    sides = [_segments(cell) for cell in cells]
    kinds = [[segment[0].tag for segment in side] for side in sides]
    if kinds[0] != kinds[1] or w("tbl") not in kinds[0]:
        return None
    pairs = list(zip(*sides, strict=True))
    if any(len(one) != 1 or _shape(one[0]) != _shape(other[0]) for one, other in pairs if one[0].tag == w("tbl")):
        return None
    return pairs


def _segments(cell: Element) -> list[list[Element]]:
    inside = [child for child in cell if child.tag != w("tcPr")]
    if len(inside) > 1 and inside[-2].tag == w("tbl") and _is_empty(inside[-1]):
        inside.pop()
    found: list[list[Element]] = []
    for child in inside:
        if child.tag == w("tbl") or not found or found[-1][0].tag == w("tbl"):
            found.append([])
        found[-1].append(child)
    return found


def _is_empty(line: Element) -> bool:
    return line.tag == w("p") and line.find(w("r")) is None


def _shape(table: Element) -> tuple[int, int]:
    return len(table.findall(w("tr"))), len(table.findall(f"{w('tblGrid')}/{w('gridCol')}"))


def _row_of(row: Element, left: Sequence[Element], right: Sequence[Element]) -> Element:
    result = deepcopy(row)
    for cell, inside in zip(result.findall(w("tc")), (left, right), strict=True):
        for child in [child for child in cell if child.tag != w("tcPr")]:
            cell.remove(child)
        cell.extend(inside)
        close_cell(cell)
    return result


def _title_of(result: list[tuple[Element, bool]]) -> Element | None:
    """The heading row above the pair, removed from there: it becomes the head of the joined table."""
    rows = result[-1][0].findall(w("tr")) if result and not result[-1][1] else []
    if not rows or rows[-1].find(f"{w('tc')}/{w('p')}/{w('pPr')}/{w('keepNext')}") is None:
        return None
    result[-1][0].remove(rows[-1])
    return rows[-1]


def _joined(left: Element, right: Element, title: Element | None, outer: Element) -> Element:
    _level_letters(left, right)
    halves = [int(column.get(w("w"), "0")) for column in outer.findall(f"{w('tblGrid')}/{w('gridCol')}")]
    widths = _widths((left, right), halves)
    result = make("tbl")
    result.extend(child for child in left if child.tag == w("tblPr"))
    for measure in result.iterfind(f"{w('tblPr')}/{w('tblW')}"):
        measure.set(w("w"), str(sum(halves)))
    result.append(make("tblGrid", [make("gridCol", w=width) for width in (*widths[0], *widths[1])]))
    headed = left.find(f"{w('tr')}/{w('trPr')}/{w('tblHeader')}") is not None
    if title is not None:
        result.append(_heading(title, [len(side) for side in widths], halves, headed=headed))
    for one, other in zip(left.findall(w("tr")), right.findall(w("tr")), strict=True):
        for row, side in ((one, widths[0]), (other, widths[1])):
            _set_widths(row, side)
        one.extend(other.findall(w("tc")))
        result.append(one)
    return result


def _level_letters(left: Element, right: Element) -> None:
    """Where one side has smaller type so that its words fit, both sides get it."""
    sizes = [[int(size.get(w("val"), "0")) for size in table.iter(w("sz"))] for table in (left, right)]
    runs = [len(list(table.iter(w("r")))) for table in (left, right)]
    whole = [min(found) for found, count in zip(sizes, runs, strict=True) if found and len(found) == count]
    for table in (left, right) if whole else ():
        smaller_letters(table, min(whole))


def _widths(tables: Sequence[Element], halves: Sequence[int]) -> list[list[int]]:
    """The columns of both sides, equal where that tears no word: none below its longest word in either language."""
    found = [
        [int(column.get(w("w"), "0")) for column in table.findall(f"{w('tblGrid')}/{w('gridCol')}")] for table in tables
    ]
    needed = [needs(table, len(widths)) for table, widths in zip(tables, found, strict=True)]
    both = [max(pair) for pair in zip(*needed, strict=True)]
    if sum(both) <= min(halves):
        needed, found = [both, both], [[max(pair) for pair in zip(*found, strict=True)]] * 2
    return [
        columns(need, [width * half // max(sum(widths), 1) for width in widths], half)
        for need, widths, half in zip(needed, found, halves, strict=True)
    ]


def _set_widths(row: Element, widths: Sequence[int]) -> None:
    column = 0
    for cell in row.iterfind(w("tc")):
        span = number_of(cell.find(f"{w('tcPr')}/{w('gridSpan')}"), 1)
        for measure in cell.iterfind(f"{w('tcPr')}/{w('tcW')}"):
            measure.set(w("w"), str(sum(widths[column : column + span])))
        column += span


def _heading(title: Element, spans: Sequence[int], halves: Sequence[int], *, headed: bool) -> Element:
    """The row of names above the columns of each side; above a table head it is part of the head."""
    for old in title.findall(w("trPr")):
        title.remove(old)
    marks = [make("cantSplit")] + ([make("tblHeader")] if headed else [])
    title.insert(0, make("trPr", marks))
    for cell, span, half in zip(title.findall(w("tc")), spans, halves, strict=True):
        properties = cell.find(w("tcPr"))
        if properties is None:
            properties = make("tcPr")
            cell.insert(0, properties)
        for child in list(properties):
            if child.tag in {w("tcW"), w("gridSpan")}:
                properties.remove(child)
        properties[0:0] = [make("tcW", w=half, type="dxa"), make("gridSpan", val=span)]
    return title
