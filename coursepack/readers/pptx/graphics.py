"""What stands in graphic frames beside tables: data of charts and texts of SmartArt (ECMA-376-1, 21.2, 21.4)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from coursepack.readers.docx.styles import whole
from coursepack.readers.pptx.names import DGM, A, C, Element

_DEEPEST = 8


def chart_title(chart: Element) -> str:
    """The title of a chart, "" where it has none of its own."""
    title = chart.find(f"{C}chart/{C}title")
    return " ".join("".join(part.text or "" for part in _inside(title, f"{A}t")).split())


def chart_rows(chart: Element) -> list[list[str]]:
    """The data of a chart as a table: a head with the names of its series, a row a category; [] when it has none."""
    series = list(chart.iter(f"{C}ser"))
    if not series:
        return []
    names = [_text(one.find(f"{C}tx")) for one in series]
    first = series[0]
    labels = _points(_either(first, "cat", "xVal"))
    columns = [_points(_either(one, "val", "yVal")) for one in series]
    rows = list(zip_longest(labels, *columns, fillvalue=""))
    return [["", *names], *map(list, rows)] if any(map(any, rows)) else []


def _either(series: Element, *names: str) -> Element | None:
    return next((found for name in names if (found := series.find(C + name)) is not None), None)


def _text(holder: Element | None) -> str:
    return " ".join(" ".join(part.text or "" for part in _inside(holder, f"{C}v")).split())


def _points(holder: Element | None) -> list[str]:
    """The cached values in their order (21.2.2.126: ``idx`` is their place); a level of categories is enough."""
    cache = next(iter(_inside(holder, f"{C}lvl", f"{C}strCache", f"{C}numCache")), None)
    found: dict[int, str] = {}
    for point in () if cache is None else cache.iter(f"{C}pt"):
        found[max(0, whole(point.get("idx")))] = _shown(point.findtext(f"{C}v") or "")
    last = min(max(found, default=-1), 10_000)
    return [found.get(at, "") for at in range(last + 1)]


def _shown(value: str) -> str:
    """A number as people write it: caches hold «0.30000000000000004»."""
    try:
        return f"{float(value):.10g}" if "." in value or "E" in value.upper() else value
    except ValueError:
        return value


def _inside(holder: Element | None, *names: str) -> Iterator[Element]:
    return iter(()) if holder is None else holder.iter(*names)


def diagram(data: Element) -> Iterator[tuple[int, Element]]:
    """The text bodies of a SmartArt with their levels, in the order of its outline (21.4.3.5, 21.4.2.1)."""
    points = {one.get("modelId", ""): one for one in data.iter(f"{DGM}pt")}
    below: dict[str, list[tuple[int, str]]] = {}
    for link in data.iter(f"{DGM}cxn"):
        if link.get("type", "parOf") == "parOf":
            below.setdefault(link.get("srcId", ""), []).append((whole(link.get("srcOrd")), link.get("destId", "")))
    roots = [name for name, one in points.items() if one.get("type") == "doc"]
    waiting = [(name, -1) for name in reversed(roots)]
    seen: set[str] = set()
    while waiting:
        name, level = waiting.pop()
        if name in seen or name not in points:
            continue
        seen.add(name)
        body = points[name].find(f"{DGM}t")
        if level >= 0 and body is not None:
            yield min(level, _DEEPEST), body
        waiting += [(child, level + 1) for _, child in sorted(below.get(name, []), reverse=True)]
