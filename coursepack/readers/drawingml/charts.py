"""The data of charts as tables (ECMA-376-1, 21.2; of newer kinds [MS-ODRAWXML], 2.24.3).

A chart keeps what it shows beside the workbook that it came from: names of series, categories, values, how they are
printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from coursepack.readers.drawingml.names import CX, A, C, Element
from coursepack.readers.office.numbers import whole

Column = list[str]
_MOST = 10_000
"""Points of a series that are read."""


@dataclass(frozen=True)
class _Series:
    """A series: the columns that say where its points stand, and those of its values, each with its head first."""

    labels: list[Column]
    values: list[Column]


def title(root: Element) -> str:
    """The title of a chart, "" where it has none of its own."""
    for holder in (root.find(f"{C}chart/{C}title"), root.find(f"{CX}chart/{CX}title")):
        if holder is not None:
            return _said(holder)
    return ""


def rows(root: Element) -> list[list[str]]:
    """The data as a table: a head with the names of the series, a row a category; [] when there are none."""
    newer = root.find(f"{CX}chartData")
    table = _table(_older(root) if newer is None else _newer(root, newer))
    return table if any(map(any, table[1:])) else []


def _table(series: Iterable[_Series]) -> list[list[str]]:
    """Columns side by side; categories that those to the left have already are not said again."""
    columns: list[Column] = []
    before: list[Column] = []
    for one in series:
        if one.labels not in ([], before):
            columns += one.labels
            before = one.labels
        columns += one.values
    return [list(row) for row in zip_longest(*columns, fillvalue="")]


# --- charts of ECMA-376


def _older(root: Element) -> Iterator[_Series]:
    area = root.find(f"{C}chart/{C}plotArea")
    axes = {} if area is None else {_value(axis, "axId"): axis for axis in area.iterchildren("*") if _is_axis(axis)}
    titles = {name: _said(axis.find(f"{C}title")) for name, axis in axes.items()}
    for plot in () if area is None else area.iterchildren("*"):
        named = [titles.get(axis.get("val", ""), "") for axis in plot.iterchildren(f"{C}axId")]
        across, up = [*named, "", ""][:2]
        for series in plot.iterchildren(f"{C}ser"):
            yield _one(series, across, up)


def _is_axis(element: Element) -> bool:
    return element.tag in {C + name for name in ("catAx", "valAx", "dateAx", "serAx")}


def _value(element: Element, name: str) -> str:
    found = element.find(C + name)
    return "" if found is None else found.get("val", "")


def _one(series: Element, across: str, up: str) -> _Series:
    name = _text(series.find(f"{C}tx"))
    labels = _levels(_either(series, "cat", "xVal"))
    head = f"{name} ({up})" if name and up else name or up
    values = [[head, *_points(_either(series, "val", "yVal"))]]
    if sizes := _points(series.find(f"{C}bubbleSize")):
        values.append(["", *sizes])
    heads = [*[""] * (len(labels) - 1), across]
    return _Series([[head, *level] for head, level in zip(heads, labels, strict=False)], values)


def _either(series: Element, *names: str) -> Element | None:
    return next((found for name in names if (found := series.find(C + name)) is not None), None)


def _text(holder: Element | None) -> str:
    return " ".join(" ".join(part.text or "" for part in _inside(holder, f"{C}v")).split())


def _said(holder: Element | None) -> str:
    """The letters of a title: typed ones, or those of a cell."""
    typed = ("".join(part.text or "" for part in line.iter(f"{A}t")) for line in _inside(holder, f"{A}p"))
    cells = (part.text or "" for part in _inside(holder, f"{C}v", f"{CX}v"))
    return " ".join(" ".join([*typed] or cells).split())


def _levels(holder: Element | None) -> list[Column]:
    """The columns of categories, the outermost first (21.2.2.102: levels are written from the inside)."""
    levels = list(_inside(holder, f"{C}lvl"))
    if not levels:
        points = _points(holder)
        return [points] if any(points) else []
    return [_cached(level, "") for level in reversed(levels)]


def _points(holder: Element | None) -> Column:
    """The cached values in their order."""
    cache = next(iter(_inside(holder, f"{C}strCache", f"{C}numCache", f"{C}strLit", f"{C}numLit")), None)
    return [] if cache is None else _cached(cache, cache.findtext(f"{C}formatCode") or "")


def _cached(cache: Element, form: str) -> Column:
    """Points by their place (21.2.2.84: ``idx``)."""
    return _placed((point.get("idx"), point.findtext(f"{C}v"), point.get("formatCode") or form) for point in cache)


def _placed(points: Iterable[tuple[str | None, str | None, str]]) -> Column:
    found = {max(0, whole(at)): shown(text, form) for at, text, form in points if text is not None}
    last = min(max(found, default=-1), _MOST)
    return [found.get(at, "") for at in range(last + 1)]


def shown(value: str, form: str = "") -> str:
    """A number as people write it: caches hold «0.30000000000000004», shares for percents and days since 1900."""
    try:
        number = float(value)
    except ValueError:
        return value
    if "%" in form:
        return f"{number * 100:.10g}%"
    if _is_date(form) and 0 < number < _LAST_DAY:
        return _date(number)
    return f"{number:.10g}" if "." in value or "E" in value.upper() else value


_LAST_DAY = 2_958_466
"""The first of January 10000 in workbooks."""


def _is_date(form: str) -> bool:
    if not any(letter in form.lower() for letter in "dymh"):
        return False
    from openpyxl.styles.numbers import is_date_format

    return bool(is_date_format(form))


def _date(number: float) -> str:
    from openpyxl.utils.datetime import from_excel

    return str(from_excel(number)).removesuffix(" 00:00:00")


def _inside(holder: Element | None, *names: str) -> Iterator[Element]:
    return iter(()) if holder is None else holder.iter(*names)


# --- newer kinds: tree maps, funnels, waterfalls, histograms


def _newer(root: Element, data: Element) -> Iterator[_Series]:
    tables = {one.get("id", ""): one for one in data.iterchildren(f"{CX}data")}
    for series in root.iter(f"{CX}series"):
        link = series.find(f"{CX}dataId")
        table = tables.get("" if link is None else link.get("val", ""))
        if table is not None:
            name = _said(series.find(f"{CX}tx"))
            labels = [column for one in table.iterchildren(f"{CX}strDim") for column in _dimension(one)]
            values = [column for one in table.iterchildren(f"{CX}numDim") for column in _dimension(one)]
            heads = [name, *[""] * len(values)]
            yield _Series(
                [["", *column] for column in labels], [[head, *one] for head, one in zip(heads, values, strict=False)]
            )


def _dimension(holder: Element) -> list[Column]:
    levels = reversed(list(holder.iterchildren(f"{CX}lvl")))
    return [
        _placed((point.get("idx"), point.text, level.get("formatCode", "")) for point in level.iterchildren(f"{CX}pt"))
        for level in levels
    ]
