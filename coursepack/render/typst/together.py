"""What stays on one page: rows that Word keeps with the next, a last row with the lines to sign below it.

Only what has room on one page is kept in one piece (``heights``). Of more than that the beginning stays with its head:
Typst never leaves the head of a table alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from coursepack.render.typst import heights
from coursepack.render.typst.lists import paragraphs

Block = dict[str, Any]

_WHOLE = 0.95
"""Of a page: what is higher is broken."""
_CLOSING = 6
"""Lines of a long last paragraph that stand on the last page at the least."""
_HEAD = 0.4
"""Of a page: rows that stand above a long one as its head."""


def settle(blocks: list[Block], width: float, page: float, size: float) -> list[Block]:
    """The blocks of a body ``width`` points wide, on pages with ``page`` points between the margins."""
    most = page * _WHOLE
    return _with_next(_pieces(_closed(_tables(blocks, page, size)), width, most, size), width, most, size)


def _closed(blocks: list[Block]) -> list[Block]:
    """A paragraph behind which a page ends, which Word is free to break anywhere: some of its lines close the part."""
    for block, below in zip(blocks, [*blocks[1:], None], strict=True):
        if block["k"] == "p" and (below is None or "break" in below) and not _held(block) and "level" not in block:
            block["closes"] = _CLOSING
    return blocks


def _pieces(blocks: list[Block], width: float, most: float, size: float) -> list[Block]:
    """Paragraphs and items that are each held on one page, and each with the next, as one piece."""
    found: list[Block] = []
    run: list[Block] = []
    for block in _parted_lists(blocks):
        if "break" in block or not _held(block):
            found += [*run, block]
            run = []
            continue
        run.append(block)
        if not _keeps(block):
            first, *rest = run
            body = [{**first, "gap": 0.0}, *rest]
            high = heights.height(body, width, size) <= most
            found += [{"k": "piece", "body": body, "gap": first["gap"], "keep": False}] if high else run
            run = []
    return [*found, *run]


def _parted_lists(blocks: Iterable[Block]) -> Iterator[Block]:
    """Each list, the items at its end that are held apart from those above them."""
    for block in blocks:
        if block["k"] != "list":
            yield block
            continue
        items = block["items"]
        cut = len(items)
        while cut and _all(items[cut - 1]["body"], "held") and (cut == len(items) or _all(items[cut - 1]["body"])):
            cut -= 1
        if 0 < cut < len(items):
            yield {**block, "items": items[:cut]}
            yield {**{k: v for k, v in block.items() if k != "start"}, "items": items[cut:], "gap": items[cut]["gap"]}
        else:
            yield block


def _all(body: Iterable[Block], name: str = "keep") -> bool:
    return all(line.get(name) for line in paragraphs(body))


def _held(block: Block) -> bool:
    if block["k"] == "list":
        return all(_all(item["body"], "held") for item in block["items"])
    return bool(block.get("held"))


def _keeps(block: Block) -> bool:
    return _all(block["items"][-1]["body"]) if block["k"] == "list" else bool(block.get("keep"))


def _tables(blocks: Iterable[Block], page: float, size: float) -> list[Block]:
    found = []
    for block in blocks:
        if block["k"] == "table":
            for cell in block["cells"]:
                cell["body"] = _tables(cell["body"], page, size)
            _keep(block, heights.rows(block, size), page)
        elif block["k"] == "list":
            _keep_items(block, page * _WHOLE, size)
        found.append(block)
    return found


def _keep_items(found: Block, most: float, size: float) -> None:
    """A question whose answers Word keeps with it."""
    for item in found["items"]:
        lines = [*paragraphs(item["body"])]
        kept = len(lines) > 1 and all(line.get("keep") for line in lines[:-1])
        item["whole"] = kept and heights.height(item["body"], _NARROW, size) <= most


_NARROW = 300.0
"""Points: no list is set narrower on a page."""


def _keep(table: Block, rows: list[float], page: float) -> None:
    """Say of a table which rows are not parted, and break what has no room on a page."""
    most = page * _WHOLE
    kept: list[bool] = table.pop("kept")
    for cell in table["cells"]:
        high = sum(rows[cell["y"] : cell["y"] + cell["rowspan"]])
        cell["whole"] = cell["whole"] and high <= most
    together = len(kept) > 1 and all(kept[:-1])
    table["together"] = together and sum(rows) <= most
    table["chains"], table["heads"] = [], []
    if not table["together"]:
        _chain(table, kept, rows, page)
    # Whether the last row stays on one page with what stands below.
    table["ends"] = bool(kept) and kept[-1] and not table["layout"]


def _chain(table: Block, kept: list[bool], rows: list[float], page: float) -> None:
    """Rows below the head that stay on one page, (first row, how many): Typst keeps the rows of an unbreakable cell
    together. A cell over all of them is made so; where there is none, the chain asks for one of its own.

    The head needs no chain: the engine never leaves it alone. A row that is too high for that has the rows above it
    as its head."""
    down = table["header"]
    while down < len(kept):
        last = down
        while last < len(kept) - 1 and kept[last]:
            last += 1
        if last > down and sum(rows[down : last + 1]) <= page * _WHOLE and not table["layout"]:
            _hold(table, down, last)
        elif last > down and sum(rows[down:last]) <= page * _HEAD and not _reached(table, down, last):
            table["heads"].append([down, last - down])
        down = last + 1


def _hold(table: Block, first: int, last: int) -> None:
    tall = next((c for c in table["cells"] if c["y"] == first and c["rowspan"] > 1), None)
    if tall is not None and first + tall["rowspan"] > last:
        tall["kept"] = True
    else:
        table["chains"].append([first, last - first + 1])


def _reached(table: Block, first: int, last: int) -> bool:
    """True where a cell reaches out of these rows: they cannot be a head."""
    ends = ((cell["y"], cell["y"] + cell["rowspan"]) for cell in table["cells"])
    return any(begin < last < end or begin < first < end for begin, end in ends)


def _with_next(blocks: list[Block], width: float, most: float, size: float) -> list[Block]:
    """The last row of a table that stays with what follows (lines to sign) stands in one piece with it."""
    found: list[Block] = []
    place = 0
    while place < len(blocks):
        block, place = blocks[place], place + 1
        parts = _parted(block) if block["k"] == "table" and block["ends"] and place < len(blocks) else None
        last = place
        while last < len(blocks) - 1 and blocks[last].get("keep") and "break" not in blocks[last]:
            last += 1
        piece = [parts[1], *blocks[place:last]] if parts else []
        if not parts or heights.height(piece, width, size) > most:
            found.append(block)
            continue
        # What follows may be long: it is not of the piece, which only stands on one page with its beginning.
        found += [parts[0], {"k": "piece", "body": piece, "keep": True}]
        place = last
    return found


def _parted(block: Block) -> tuple[Block, Block] | None:
    """The table without the rows that stay with what follows, and those as a table; None where that is all there is,
    or a cell reaches into them."""
    cut = block["rows"] - 1
    chained = [first for first, count in (*block["chains"], *block["heads"]) if first + count >= cut + 1]
    headed = [first for first, count in block["heads"] if first + count == cut]
    cut = min([cut, *chained, *headed])
    if cut <= block["header"] or any(c["y"] < cut < c["y"] + c["rowspan"] for c in block["cells"]):
        return None
    above = {**block, "rows": cut, "cells": [cell for cell in block["cells"] if cell["y"] < cut]}
    below = [{**cell, "y": cell["y"] - cut} for cell in block["cells"] if cell["y"] >= cut]
    for name in ("chains", "heads"):
        above[name] = [part for part in block[name] if part[0] < cut]
    tail = {"rows": block["rows"] - cut, "cells": below, "header": 0, "together": False, "gap": 0.0}
    return above, {**block, **tail, "chains": [], "heads": []}
