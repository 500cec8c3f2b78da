"""Letters that an author coloured, as they can be read in each colour scheme of the pages.

A red that stands out on white paper is hard to read on a dark page, and a yellow mark hides light letters. The colour
keeps its hue: it is mixed with white or with black, no more than contrast asks for (WCAG 2.2, 1.4.3 and «relative
luminance»). A page's style sheet takes one of the colours by the scheme that is shown; where a product has no schemes,
there is one colour for what its pages may stand on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from lxml import etree

from coursepack import prepared
from coursepack.markup import colours

_BLACK, _WHITE = "000000", "ffffff"
_STEPS = (50, 400)
"""The second where what both black and white leave is narrow."""
Grounds = Literal["lms", "book"]
"""Pages whose colours are not ours: those of a learning platform, those of a reading system."""


class ColourScheme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Colours of six hexadecimal digits: of letters, and of what they may stand on."""

    ink: str
    papers: tuple[str, ...]


class Schemes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``schemes.toml``. ``contrast``: the least between letters and what they stand on."""

    contrast: float
    light: ColourScheme
    dark: ColourScheme
    sepia: ColourScheme
    lms: ColourScheme
    book: ColourScheme

    def each(self) -> dict[str, ColourScheme]:
        """Those of our own pages."""
        return {"light": self.light, "dark": self.dark, "sepia": self.sepia}


@cache
def schemes() -> Schemes:
    text = Path(__file__).with_name("schemes.toml").read_text("utf-8")
    return msgspec.convert(prepared.toml(text), Schemes)


@cache
def readable(colour: str | None, highlight: str | None) -> dict[str, str]:
    """Scheme → colour of letters that have this colour and stand on this one; nothing for those that have neither.

    What a mark stands on is the mark itself, in every scheme.

    >>> readable("c00000", None)["light"], readable(None, "ffff00")["dark"]
    ('c00000', '22201c')
    """
    if not colour and not highlight:
        return {}
    return {name: _on(scheme, colour, highlight) for name, scheme in schemes().each().items()}


@cache
def readable_on(ground: Grounds, colour: str | None, highlight: str | None) -> str | None:
    """The colour of letters on a page that is not ours; None where neither the author nor contrast asks for one.

    >>> readable_on("lms", "c00000", None), readable_on("book", "c00000", None), readable_on("lms", None, "ffff00")
    ('c00000', 'd04242', None)
    """
    known = schemes()
    scheme: ColourScheme = getattr(known, ground)
    if not colour and (
        not highlight or (least_contrast(scheme.ink, (highlight,)) >= known.contrast and ground == "lms")
    ):
        return None
    return _on(scheme, colour, highlight)


def _on(scheme: ColourScheme, colour: str | None, highlight: str | None) -> str:
    known = schemes()
    papers = (highlight,) if highlight else scheme.papers
    inks = [each.ink for each in known.each().values()]
    return _mixed(colour or max(inks, key=lambda ink: least_contrast(ink, papers)), papers, known.contrast)


Stated = Callable[[etree._Element, str | None, str | None], None]
"""Gives an element of a formula a colour of its letters and what is behind them, as a product states them."""


def state_formula(formula: etree._Element, state: Stated, behind: str | None = None) -> None:
    """Colours that stand in a formula, stated anew; ``behind`` is what a part around it has put behind it.

    Black and grey letters are those of an editor's page: they are the page's own here.
    """
    own = _taken(formula, "mathbackground")
    if own:
        formula.set("mathbackground", f"#{own}")
        behind = own
    colour = _taken(formula, "mathcolor")
    if colour or own:
        state(formula, colour, behind)
    for child in formula:
        state_formula(child, state, behind)


def _taken(element: etree._Element, name: str) -> str | None:
    """The colour that an attribute names; the attribute goes."""
    value = element.get(name)
    if value is None:
        return None
    del element.attrib[name]
    return colours.colour(value)


def _mixed(colour: str, papers: tuple[str, ...], enough: float) -> str:
    """The colour with as little white or black as contrast asks for; of the two the one that needs less."""
    for steps in _STEPS:
        ways = [_toward(colour, end, papers, enough, steps) for end in (_BLACK, _WHITE)]
        reached = [way for way in ways if way is not None]
        if reached:
            return min(reached)[1]
    return max((_BLACK, _WHITE), key=lambda end: least_contrast(end, papers))


def _toward(colour: str, end: str, papers: tuple[str, ...], enough: float, steps: int) -> tuple[int, str] | None:
    """How many steps the colour must go towards an end, and what it is then; None where the end is not enough."""
    for step in range(steps + 1):
        mixed = _mix(colour, end, step / steps)
        if least_contrast(mixed, papers) >= enough:
            return step, mixed
    return None


def _mix(colour: str, other: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def least_contrast(colour: str, papers: Iterable[str]) -> float:
    """The contrast of letters with that of several colours which is nearest to theirs (WCAG 2.2, «contrast ratio»)."""
    own = _luminance(colour)
    return min((max(own, other) + 0.05) / (min(own, other) + 0.05) for other in map(_luminance, papers))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16)
