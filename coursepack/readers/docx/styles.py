"""Styles of a Word document: what a paragraph and a run look like once styles are followed (ECMA-376-1, 17.7)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from lxml import etree

from coursepack.markup import colours
from coursepack.readers.office.names import NAMES
from coursepack.readers.office.numbers import whole

Element = etree._Element
T = TypeVar("T")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


_HEADING_NAME = re.compile(rf"(?:{'|'.join(NAMES.heading)})\s*([1-9])", re.IGNORECASE)
_LIST_NAME = re.compile(rf"(?:{'|'.join(NAMES.listed)}) ([2-9])", re.IGNORECASE)
_TOGGLES = ("b", "i", "vanish", "strike")
_OFF = frozenset({"0", "false", "off", "none"})


def val(element: Element | None, path: str) -> str | None:
    """``w:val`` of a child (``a/b`` for a grandchild); "" when it has none, None when there is no such child."""
    found = None if element is None else element.find("/".join(W + part for part in path.split("/")))
    return None if found is None else found.get(f"{W}val", "")


def on(element: Element | None, name: str) -> bool | None:
    """An on/off property: True, False, or None when it is not said."""
    found = val(element, name)
    return None if found is None else found not in _OFF


@dataclass(frozen=True)
class CharacterStyle:
    """How letters look. ``colour`` and ``highlight`` as a run of the model has them, "" for none."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    script: str | None = None
    hidden: bool = False
    strike: bool = False
    rtl: bool = False
    colour: str = ""
    highlight: str = ""
    mono: bool | None = None
    """Whether all letters of its font are of one width; None where no font is named."""
    size: float | None = None
    """Points of its letters, where the document says them."""


@dataclass
class DocxStyle:
    """One style, as written; ``based_on`` names its parent."""

    id: str
    name: str
    based_on: str | None
    paragraph: Element | None
    run: Element | None


_DEEPEST = 50
"""Styles that are based on one another; each paragraph looks through them all."""


@dataclass
class DocxStyles:
    """``styles.xml``: every question about a style is answered once and remembered."""

    by_id: dict[str, DocxStyle] = field(default_factory=dict)
    default: str | None = None
    usual: CharacterStyle = CharacterStyle()
    letters: float | None = None
    """Points of the letters of which no style says how large they are."""
    _looks: dict[tuple[str | None, str | None], CharacterStyle] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element | None) -> DocxStyles:
        styles = cls()
        if root is None:
            return styles
        styles.letters = _size(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for element in root.iterchildren(f"{W}style"):
            identifier = element.get(f"{W}styleId", "")
            # A style without a name is known by its id.
            style = DocxStyle(
                identifier,
                val(element, "name") or identifier,
                val(element, "basedOn"),
                element.find(f"{W}pPr"),
                element.find(f"{W}rPr"),
            )
            styles.by_id.setdefault(identifier, style)
            kind = element.get(f"{W}type")
            if kind == "paragraph" and element.get(f"{W}default", "0") not in _OFF and styles.default is None:
                styles.default = identifier
        return styles

    def chain(self, identifier: str | None) -> list[DocxStyle]:
        """A style and those it is based on, nearest first; a circle is cut, and so is what no program nests."""
        found: list[DocxStyle] = []
        seen: set[str] = set()
        while identifier and identifier in self.by_id and identifier not in seen and len(found) < _DEEPEST:
            seen.add(identifier)
            found.append(self.by_id[identifier])
            identifier = self.by_id[identifier].based_on
        return found

    def paragraph_style(self, properties: Element | None) -> str | None:
        return val(properties, "pStyle") or self.default

    def name(self, identifier: str | None) -> str | None:
        if identifier is None:
            return None
        return self.by_id[identifier].name if identifier in self.by_id else identifier

    def paragraph_properties(self, properties: Element | None) -> list[Element]:
        """The ``w:pPr`` that speak of a paragraph: its own, then its styles', nearest first."""
        own = [] if properties is None else [properties]
        return own + [s.paragraph for s in self.chain(self.paragraph_style(properties)) if s.paragraph is not None]

    def heading(self, properties: Element | None) -> int | None:
        """1..9 when the paragraph or a style of it has an outline level, or a style is called «heading N»."""
        for source in self.paragraph_properties(properties):
            level = val(source, "outlineLvl")
            if level is not None:
                number = whole(level, 9)
                return number + 1 if 0 <= number <= 8 else None
        for style in self.chain(self.paragraph_style(properties)):
            found = _HEADING_NAME.fullmatch(style.name.strip())
            if found:
                return int(found[1])
        return None

    def listed(self, identifier: str) -> int:
        """0..8, the level that the name of a style gives to its list: 1 for «List Number 2»."""
        found = (_LIST_NAME.fullmatch(style.name.strip()) for style in self.chain(identifier))
        return next((int(one[1]) - 1 for one in found if one), 0)

    def look(self, paragraph_style: str | None, run: Element | None) -> CharacterStyle:
        """How a run looks: its own properties over its character style's over its paragraph's (17.7.3)."""
        character = val(run, "rStyle")
        key = (paragraph_style, character)
        if key not in self._looks:
            self._looks[key] = self._styled(paragraph_style, character)
        base = self._looks[key]
        if run is None:
            return base
        return CharacterStyle(
            bold=_first(on(run, "b"), base.bold),
            italic=_first(on(run, "i"), base.italic),
            underline=_first(on(run, "u"), base.underline),
            script=_script(val(run, "vertAlign"), base.script),
            hidden=_first(on(run, "vanish"), base.hidden),
            strike=_first(on(run, "strike"), base.strike) or bool(on(run, "dstrike")),
            rtl=bool(on(run, "rtl")),
            colour=_said(_colour(run), base.colour),
            highlight=_said(_highlight(run), base.highlight),
            mono=base.mono if (mono := _mono(run)) is None else mono,
            size=_size(run) or base.size,
        )

    def _styled(self, paragraph_style: str | None, character_style: str | None) -> CharacterStyle:
        # Toggle properties of the two levels are combined by exclusive or: bold text in a bold style is plain.
        paragraph, character = (
            [style.run for style in self.chain(name) if style.run is not None]
            for name in (paragraph_style, character_style)
        )
        bold, italic, hidden, strike = (_nearest(paragraph, name) != _nearest(character, name) for name in _TOGGLES)
        script: str | None = None
        for source in (*paragraph[::-1], *character[::-1]):
            script = _script(val(source, "vertAlign"), script)
        underline = any(on(source, "u") for source in (*character[:1], *paragraph[:1]))
        # The colour of a style of paragraphs is how these look; the colour of a link says that it is one.
        linked = self.is_called(character_style, NAMES.link)
        return CharacterStyle(
            bold,
            italic,
            underline,
            script,
            hidden,
            strike,
            colour="" if linked else _next(map(_colour, character)) or "",
            highlight=_next(map(_highlight, character)) or "",
            mono=_next(map(_mono, (*character, *paragraph))),
            size=_next(map(_size, (*character, *paragraph))) or self.letters,
        )

    def is_called(self, identifier: str | None, names: frozenset[str]) -> bool:
        """Whether a style, or one that it is based on, has one of these names."""
        return any(style.name.strip().lower() in names for style in self.chain(identifier))


def _nearest(chain: list[Element], name: str) -> bool:
    return next((stated for source in chain if (stated := on(source, name)) is not None), False)


def _first(stated: bool | None, otherwise: bool) -> bool:
    return otherwise if stated is None else stated


def _said(stated: str | None, otherwise: str) -> str:
    return otherwise if stated is None else stated


def _next(found: Iterable[T | None]) -> T | None:
    return next((one for one in found if one is not None), None)


def _colour(run: Element) -> str | None:
    """The colour of letters (17.3.2.6); that of a theme as the program that wrote the file made it out."""
    stated = val(run, "color")
    return None if stated is None else _hue(stated)


def _highlight(run: Element) -> str | None:
    """The colour behind letters: a marking (17.3.2.15) or, under it, a shading (17.3.2.32)."""
    stated = val(run, "highlight")
    if stated is not None and (marked := _hue(NAMES.highlight.get(stated, ""))):
        return marked
    shading = run.find(f"{W}shd")
    if shading is not None and shading.get(f"{W}val") != "nil":
        return fill_of(run)
    return None if stated is None else ""


def fill_of(properties: Element | None) -> str:
    """The colour of the shading (17.3.2.32, of a cell 17.4.33) that properties state; empty where none does."""
    shading = None if properties is None else properties.find(f"{W}shd")
    return "" if shading is None or shading.get(f"{W}val") == "nil" else _hue(shading.get(f"{W}fill", ""))


@lru_cache(maxsize=4096)
def _hue(digits: str) -> str:
    return colours.colour(f"#{digits}") or ""


def _size(run: Element | None) -> float | None:
    """The size of letters, which is written in half points (17.3.2.38)."""
    return whole(val(run, "sz") or "") / 2 or None


def _mono(run: Element) -> bool | None:
    fonts = run.find(f"{W}rFonts")
    name = None if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")
    return None if name is None else name.lower() in NAMES.monospaced


def _script(stated: str | None, otherwise: str | None) -> str | None:
    if stated is None:
        return otherwise
    return {"superscript": "super", "subscript": "sub"}.get(stated)
