"""A page of a PDF as a picture, for a person to look at: drawn in a process of its own, one page at a time."""

from __future__ import annotations

import io

import msgspec

from coursepack import isolated
from coursepack.place import CoursepackError, Place

WIDTH = 1100
"""Pixels of a drawn page, so many that its letters can be read."""
_MOST_PIXELS = 4_000_000
_MOST_SIDE = 14_400
"""Points: what PDF allows (ISO 32000-1, annex C)."""


class Shown(msgspec.Struct, frozen=True):
    """A page of ``pages``: its sides in points, and PNG."""

    width: float
    height: float
    png: bytes
    pages: int = 1


def shown(name: str, data: bytes, page: int) -> Shown:
    """Page ``page`` (from 1) of a PDF. Raises ``CoursepackError``: damaged, no such page, beyond its budget."""
    options: dict[str, str | int | None] = {"name": name, "page": page}
    return isolated.call(
        f"{__name__}:in_child", data, Shown, place=Place(name), budget=isolated.budget(), options=options
    )


def in_child(payload: bytes, *, name: str, page: int) -> Shown:
    """The child's part."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(payload)
        if not 1 <= page <= len(document):
            raise CoursepackError(f"there is no page {page}", Place(name))
        found = document[page - 1]
        width, height = found.get_size()
        if not (0 < width <= _MOST_SIDE and 0 < height <= _MOST_SIDE):
            raise CoursepackError(f"page {page} has no size that can be drawn", Place(name))
        scale = min(WIDTH / width, (_MOST_PIXELS / (width * height)) ** 0.5)
        picture = found.render(scale=scale).to_pil().convert("RGB")
    except pypdfium2.PdfiumError as problem:
        raise CoursepackError(f"page {page} cannot be drawn: {problem}", Place(name)) from None
    out = io.BytesIO()
    picture.quantize(64).save(out, "PNG")
    return Shown(width, height, out.getvalue(), len(document))
