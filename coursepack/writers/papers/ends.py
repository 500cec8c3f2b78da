"""Where a part ends: its last page holds some lines, not one or two that had no room on the page before."""

from __future__ import annotations

from collections.abc import Sequence

from coursepack.render.wml import Element, keep_lines, keep_next, keep_rows, w
from coursepack.writers.papers.breaks import breaks_page
from coursepack.writers.papers.line_counts import line_count, row_lines

_LEAST = 6
"""Lines that stand on the last page of a part at the least."""
_LONG = 24
"""Lines of a paragraph that is not moved as a whole: the page before would be left half empty. Word keeps two lines of
it then; the PDF keeps six (``render/typst``)."""


def keep_ends(elements: Sequence[Element]) -> None:
    """Hold the last lines of each part that the next begins a page behind, and those at the end of the paper."""
    starts = [place for place, element in enumerate(elements) if breaks_page(element)]
    for first, end in zip([0, *starts], [*starts, len(elements)], strict=True):
        _keep_end(elements[first:end])


def _keep_end(part: Sequence[Element]) -> None:
    """From the last line up, as far as few lines stand below."""
    below = 0
    for place in range(len(part) - 1, 0, -1):
        element, last = part[place], place == len(part) - 1
        if element.tag == w("tbl"):
            below += _keep_table(element, below, last=last)
        elif element.tag == w("p"):
            high = line_count(element)
            if high > _LONG:
                if not last:
                    keep_next(element)
                return
            keep_lines(element)
            if not last:
                keep_next(element)
            below += high
        if below >= _LEAST:
            return


def _keep_table(table: Element, below: int, *, last: bool) -> int:
    """The lines of the rows that are kept with what stands below them."""
    rows = table.findall(w("tr"))
    high = 0
    for place in range(len(rows) - 1, 0, -1):
        if not last or place < len(rows) - 1:
            keep_rows([rows[place]])
        high += row_lines(rows[place])
        if below + high >= _LEAST:
            break
    return high
