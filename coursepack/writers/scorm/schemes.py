"""Letters that an author coloured, as they can be read in each colour scheme of the pages.

A red that stands out on white paper is hard to read on a dark page, and a yellow mark hides light letters. The colour
keeps its hue: it is mixed with white or with black, no more than contrast asks for (WCAG 2.2, 1.4.3 and «relative
luminance»). A page's style sheet takes one of the colours by the scheme that is shown.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

_BLACK, _WHITE = "000000", "ffffff"
_STEPS = 50


class Scheme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Colours of six hexadecimal digits: of letters, and of what they may stand on."""

    ink: str
    papers: tuple[str, ...]


class Schemes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``schemes.toml``. ``contrast``: the least between letters and what they stand on."""

    contrast: float
    light: Scheme
    dark: Scheme
    sepia: Scheme

    def each(self) -> dict[str, Scheme]:
        return {"light": self.light, "dark": self.dark, "sepia": self.sepia}


@cache
def schemes() -> Schemes:
    text = Path(__file__).with_name("schemes.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Schemes)


@cache
def readable(colour: str | None, highlight: str | None) -> dict[str, str]:
    """Scheme → colour of letters that have this colour and stand on this one; nothing for those that have neither.

    What a mark stands on is the mark itself, in every scheme.

    >>> readable("c00000", None)["light"], readable(None, "ffff00")["dark"]
    ('c00000', '22201c')
    """
    if not colour and not highlight:
        return {}
    known = schemes()
    inks = [scheme.ink for scheme in known.each().values()]
    found = {}
    for name, scheme in known.each().items():
        papers = (highlight,) if highlight else scheme.papers
        own = colour or max(inks, key=lambda ink, papers=papers: least_contrast(ink, papers))  # type: ignore[misc]
        found[name] = _mixed(own, papers, known.contrast)
    return found


def _mixed(colour: str, papers: tuple[str, ...], enough: float) -> str:
    """The colour with as little white or black as contrast asks for; of the two the one that needs less."""
    ways = [_toward(colour, end, papers, enough) for end in (_BLACK, _WHITE)]
    reached = [way for way in ways if way is not None]
    if reached:
        return min(reached)[1]
    return max((_BLACK, _WHITE), key=lambda end: least_contrast(end, papers))


def _toward(colour: str, end: str, papers: tuple[str, ...], enough: float) -> tuple[int, str] | None:
    """How many steps the colour must go towards an end, and what it is then; None where the end is not enough."""
    for step in range(_STEPS + 1):
        mixed = _mix(colour, end, step / _STEPS)
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
