"""SmartArt as the outline that it was typed as (ECMA-376-1, 21.4)."""

from __future__ import annotations

from collections.abc import Iterator

from coursepack.readers.drawingml.names import DGM, Element
from coursepack.readers.office.numbers import whole

_DEEPEST = 8


def outline(data: Element) -> Iterator[tuple[int, Element]]:
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
