"""Boxes that lead through a deck («Next», «Contents», a menu on every slide), and lines that somebody typed on every
slide: no text of a lecture."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from coursepack.readers.drawingml.names import A, Element
from coursepack.readers.pptx.deck import Deck, placeholder
from coursepack.readers.pptx.names import BOX_LETTERS, BOX_SHARE, BOX_SLIDES, P

_STEP, _JUMP = "ppaction://hlinkshowjump", "ppaction://hlinksldjump"


@dataclass
class Navigation:
    """On how many slides a box stands, by its letters and its place."""

    deck: Deck
    _on: Counter[tuple[str, ...]] = field(default_factory=Counter)
    _said: set[tuple[str, ...]] = field(default_factory=set)

    def __post_init__(self) -> None:
        shown = [slide for slide in self.deck.slides if not slide.hidden]
        for slide in shown:
            boxes = [shape for shape in slide.root.iter(f"{P}sp", f"{P}pic") if placeholder(shape) is None]
            self._on.update({key for shape in boxes for key in (_letters(shape), _standing(shape))})
        self._many = max(BOX_SLIDES, -(-len(shown) * BOX_SHARE // 100))

    def leads(self, shape: Element) -> bool:
        """Whether a click on it leads one slide on or back, or from most slides to another one."""
        actions = [each.get("action", "") for each in shape.iter(f"{A}hlinkClick")]
        if not actions or placeholder(shape) is not None or len(_text(shape)) > BOX_LETTERS:
            return False
        often = max(self._on[_letters(shape)] if _text(shape) else 0, self._on[_standing(shape)])
        jumps = all(action.startswith(_JUMP) for action in actions) and often >= self._many
        return jumps or all(action.startswith(_STEP) for action in actions)

    def again(self, shape: Element) -> bool:
        """Whether it was said on an earlier slide and stands in the same place on most."""
        key = _standing(shape)
        if placeholder(shape) is not None or not 0 < len(_text(shape)) <= BOX_LETTERS or self._on[key] < self._many:
            return False
        known = key in self._said
        self._said.add(key)
        return known


def _text(shape: Element) -> str:
    return " ".join("".join(part.text or "" for part in shape.iter(f"{A}t")).split()).casefold()


def _letters(shape: Element) -> tuple[str, ...]:
    return (_text(shape),)


def _standing(shape: Element) -> tuple[str, ...]:
    at = shape.find(f"{P}spPr/{A}xfrm/{A}off")
    return (_text(shape), "" if at is None else at.get("x", ""), "" if at is None else at.get("y", ""))
