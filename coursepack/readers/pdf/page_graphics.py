"""What a PDF page draws beside letters: straight rules and boxes of pictures, in points of the page as it is read."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_DEPTH = 3
"""Forms in forms that are looked into."""
_MOST_OBJECTS = 100_000
"""So many objects of a page are looked at."""
_MOST_STROKES = 20_000
"""A page of more strokes is a drawing, no tables."""
_THIN = 3.0
"""A filled box of at most so many points one way is a rule."""
_SHORTEST = 4.0
"""A shorter stroke rules nothing."""
_STRAIGHT = 0.6

Place = Callable[[float, float], tuple[float, float]]
"""A point of the page → from its lower left corner as it is read."""
_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1, 0, 0, 1, 0, 0)


class RuledLine(NamedTuple):
    """A stroke along the lines (``upright`` false) or down them: at ``at``, from ``start`` to ``end``."""

    upright: bool
    at: float
    start: float
    end: float


class BoundingBox(NamedTuple):
    """Edges in points; ``bottom`` is less than ``top``."""

    left: float
    bottom: float
    right: float
    top: float


class DrawnImage(NamedTuple):
    """A picture that a page draws: pdfium's object, valid while the page is open, and its box."""

    handle: Any
    box: BoundingBox


class PageGraphics(NamedTuple):
    """The rules and pictures of a page."""

    rules: list[RuledLine]
    images: list[DrawnImage]


def read_drawn(page: Any, place: Place) -> PageGraphics:
    """The rules and pictures of a pypdfium2 page."""
    rules: list[RuledLine] = []
    images: list[DrawnImage] = []
    strokes = 0
    for kind, handle, matrix in _objects(page.raw):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            images.append(DrawnImage(handle, _box(_corners(_times(_matrix(handle), matrix)), place)))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and strokes <= _MOST_STROKES:
            strokes += pdfium.FPDFPath_CountSegments(handle)
            if strokes <= _MOST_STROKES:
                rules.extend(_rules(handle, _times(_matrix(handle), matrix), place))
    return PageGraphics([] if strokes > _MOST_STROKES else rules, images)


def _objects(page: Any) -> Iterator[tuple[int, Any, _Matrix]]:
    """Kind, object and where it stands, those of forms too."""
    left = _MOST_OBJECTS

    def inside(
        count: int, get: Callable[[int], Any], matrix: _Matrix, depth: int
    ) -> Iterator[tuple[int, Any, _Matrix]]:
        nonlocal left
        for index in range(count):
            if left <= 0:
                return
            left -= 1
            handle = get(index)
            kind = pdfium.FPDFPageObj_GetType(handle)
            if kind != pdfium.FPDF_PAGEOBJ_FORM:
                yield kind, handle, matrix
            elif depth < _DEPTH:
                yield from inside(
                    pdfium.FPDFFormObj_CountObjects(handle),
                    lambda at, form=handle: pdfium.FPDFFormObj_GetObject(form, at),  # type: ignore[misc]
                    _times(_matrix(handle), matrix),
                    depth + 1,
                )

    yield from inside(pdfium.FPDFPage_CountObjects(page), lambda at: pdfium.FPDFPage_GetObject(page, at), _SAME, 1)


def _matrix(handle: Any) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, found):
        return _SAME
    values = (found.a, found.b, found.c, found.d, found.e, found.f)
    return values if all(map(math.isfinite, values)) else _SAME


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    """ISO 32000-1, 8.3.4: what ``first`` does, then ``then``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _at(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _corners(matrix: _Matrix) -> list[tuple[float, float]]:
    """A picture fills the unit square (ISO 32000-1, 8.9.5)."""
    return [_at(x, y, matrix) for x in (0, 1) for y in (0, 1)]


def _box(points: list[tuple[float, float]], place: Place) -> BoundingBox:
    xs, ys = zip(*(place(x, y) for x, y in points), strict=True)
    return BoundingBox(min(xs), min(ys), max(xs), max(ys))


# --- paths --------------------------------------------------------------------------------------------------------


def _rules(handle: Any, matrix: _Matrix, place: Place) -> Iterator[RuledLine]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(handle, fill, stroke)
    for points in _lines(handle, matrix, place):
        if stroke.value:
            for (x, y), (u, v) in pairwise(points):
                yield from _rule(x, y, u, v)
        elif fill.value:
            left, bottom, right, top = _bounds(points)
            if min(right - left, top - bottom) <= _THIN:
                middle = ((left + right) / 2, (bottom + top) / 2)
                upright = top - bottom > right - left
                ends = (middle[0], bottom, middle[0], top) if upright else (left, middle[1], right, middle[1])
                yield from _rule(*ends)


def _bounds(points: list[tuple[float, float]]) -> BoundingBox:
    xs, ys = zip(*points, strict=True)
    return BoundingBox(min(xs), min(ys), max(xs), max(ys))


def _rule(x: float, y: float, u: float, v: float) -> Iterator[RuledLine]:
    if abs(y - v) <= _STRAIGHT and abs(x - u) >= _SHORTEST:
        yield RuledLine(False, (y + v) / 2, min(x, u), max(x, u))
    elif abs(x - u) <= _STRAIGHT and abs(y - v) >= _SHORTEST:
        yield RuledLine(True, (x + u) / 2, min(y, v), max(y, v))


def _lines(handle: Any, matrix: _Matrix, place: Place) -> Iterator[list[tuple[float, float]]]:
    """The points of each stretch of a path without curves."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    curved = False
    for index in range(pdfium.FPDFPath_CountSegments(handle)):
        segment = pdfium.FPDFPath_GetPathSegment(handle, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        point = place(*_at(x.value, y.value, matrix))
        if not all(map(math.isfinite, point)):
            curved = True
            point = (0.0, 0.0)
        points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1 and not curved:
        yield points
