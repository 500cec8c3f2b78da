"""The title of a slide that has no placeholder for one: a short text that stands alone at its top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from coursepack.readers.drawingml.names import A, Element
from coursepack.readers.office.numbers import whole
from coursepack.readers.pptx.deck import placeholder
from coursepack.readers.pptx.names import TITLE_LETTERS, TITLE_TOP, P


class _Box(NamedTuple):
    """A text on a slide: from where to where it reaches, in EMU, the letters of its paragraphs, its largest type."""

    shape: Element
    top: int
    height: int
    paragraphs: list[str]
    size: int


def headline(shapes: Sequence[Element], height: int) -> Element | None:
    """The shape that heads a slide of that height; None where nothing does, or nothing stands below it."""
    boxes = [_box(shape) for shape in shapes if shape.tag == f"{P}sp" and _is_free(shape)]
    texts = [box for box in boxes if box.paragraphs]
    if not texts or len(shapes) < 2:
        return None
    first = min(texts, key=lambda box: box.top)
    others = [box for box in texts if box is not first]
    stated = len(first.paragraphs) == 1 and any(letter.isalpha() for letter in first.paragraphs[0])
    short = stated and len(first.paragraphs[0]) <= TITLE_LETTERS
    high = first.top * 100 < height * TITLE_TOP and all(box.top >= first.top + first.height // 2 for box in others)
    large = all(box.size <= first.size for box in others if first.size)
    return first.shape if short and high and large else None


def _is_free(shape: Element) -> bool:
    """Not of a group, which has measures of its own, and where it stands is said."""
    around = shape.getparent()
    stated = shape.find(f"{P}spPr/{A}xfrm/{A}off") is not None
    return stated and placeholder(shape) is None and around is not None and around.tag == f"{P}spTree"


def _box(shape: Element) -> _Box:
    place = shape.find(f"{P}spPr/{A}xfrm")
    off, extent = (None, None) if place is None else (place.find(f"{A}off"), place.find(f"{A}ext"))
    paragraphs = ["".join(part.text or "" for part in one.iter(f"{A}t")).strip() for one in shape.iter(f"{A}p")]
    return _Box(
        shape,
        0 if off is None else whole(off.get("y")),
        0 if extent is None else whole(extent.get("cy")),
        [text for text in paragraphs if text],
        max((whole(run.get("sz")) for run in shape.iter(f"{A}rPr")), default=0),
    )
