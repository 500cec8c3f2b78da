"""Styles of an OpenDocument text: looks of letters, how lists and headings count (OpenDocument 1.3 part 3, 16)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from coursepack.readers.office.names import NAMES
from coursepack.readers.office.numbers import format_number, whole
from coursepack.readers.terms import MEANINGS, TERMS

Element = etree._Element

FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass
class OdtStyles:
    """Every style of a document by family and name, list styles by name, and how headings count, by level."""

    named: dict[tuple[str, str], Element] = field(default_factory=dict)
    lists: dict[str, Element] = field(default_factory=dict)
    outline: dict[int, Element] = field(default_factory=dict)

    @classmethod
    def of(cls, roots: Iterable[Element | None]) -> OdtStyles:
        result = cls()
        for root in roots:
            for style in () if root is None else root.iter(f"{STYLE}style"):
                result.named[style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")] = style
            for style in () if root is None else root.iter(f"{TEXT}list-style"):
                result.lists[style.get(f"{STYLE}name", "")] = style
            for level in () if root is None else root.iter(f"{TEXT}outline-level-style"):
                result.outline[whole(level.get(f"{TEXT}level"))] = level
        return result

    def chain(self, family: str, name: str) -> list[Element]:
        """A style and those that it follows, the nearest first."""
        found: list[Element] = []
        while (style := self.named.get((family, name))) is not None and style not in found:
            found.append(style)
            name = style.get(f"{STYLE}parent-style-name", "")
        return found

    def called(self, family: str, name: str, names: Iterable[str]) -> bool:
        """Whether a style, or one that it follows, is called so; LibreOffice writes «Text_20_body»."""
        for style in self.chain(family, name):
            shown = style.get(f"{STYLE}display-name") or style.get(f"{STYLE}name", "").replace("_20_", " ")
            if shown.lower() in names:
                return True
        return False

    def is_code(self, name: str) -> bool:
        return self.called("paragraph", name, NAMES.code)

    def is_quote(self, name: str) -> bool:
        return self.called("paragraph", name, NAMES.quote)

    def defines(self, name: str) -> Literal["dt", "dd"] | None:
        """Whether a paragraph is a term or a meaning of it, by its style."""
        if self.called("paragraph", name, TERMS):
            return "dt"
        return "dd" if self.called("paragraph", name, MEANINGS) else None

    def centred(self, name: str) -> bool:
        return self._said("paragraph", name, "paragraph-properties", f"{FO}text-align") == "center"

    def look(self, name: str) -> dict[str, bool]:
        """The names of HTML elements that letters in a style of text stand in."""
        weight = self._said("text", name, "text-properties", f"{FO}font-weight")
        slant = self._said("text", name, "text-properties", f"{FO}font-style")
        under = self._said("text", name, "text-properties", f"{STYLE}text-underline-style")
        struck = self._said("text", name, "text-properties", f"{STYLE}text-line-through-style")
        position = self._said("text", name, "text-properties", f"{STYLE}text-position")
        return {
            "b": weight == "bold" or (weight.isdigit() and int(weight) >= 600),
            "i": slant in {"italic", "oblique"},
            "u": under not in {"", "none"},
            "s": struck not in {"", "none"},
            "sub": position.startswith(("sub", "-")),
            "sup": position.startswith("super") or whole(position.partition("%")[0]) > 0,
        }

    def colours(self, name: str) -> str:
        """The colour of letters in a style of text and behind them, as a ``style`` of HTML; "" for none."""
        said = {
            "color": self._said("text", name, "text-properties", f"{FO}color"),
            "background-color": self._said("text", name, "text-properties", f"{FO}background-color"),
        }
        return "; ".join(f"{key}: {value}" for key, value in said.items() if value.startswith("#"))

    def hidden(self, name: str) -> bool:
        return self._said("text", name, "text-properties", f"{TEXT}display") == "none"

    def _said(self, family: str, name: str, group: str, key: str) -> str:
        for style in self.chain(family, name):
            found = style.find(f"{STYLE}{group}")
            if found is not None and found.get(key) is not None:
                return found.get(key, "")
        return ""

    def level(self, name: str, depth: int) -> Element | None:
        """How a list of that style counts at a depth from 1."""
        style = self.lists.get(name)
        levels = () if style is None else style.iterchildren("*")
        return next((one for one in levels if whole(one.get(f"{TEXT}level")) == depth), None)


def number_format(level: Element | None) -> str:
    """The format of a level's numbers as ``format_number`` knows it, "" for one that has bullets or nothing."""
    return "" if level is None else _FORMS.get(level.get(f"{STYLE}num-format", ""), "")


@dataclass
class HeadingNumbers:
    """The numbers of headings as they run (16.31, 19.880 ``text:display-levels``)."""

    styles: OdtStyles
    running: dict[int, int] = field(default_factory=dict)

    def label(self, depth: int) -> str:
        """«2.1. » before a heading of that depth, "" where headings are not counted."""
        level = self.styles.outline.get(depth)
        for deeper in [at for at in self.running if at > depth]:
            del self.running[deeper]
        self.running[depth] = self.running.get(depth, whole(_get(level, "start-value"), 1) - 1) + 1
        if not number_format(level):
            return ""
        shown = max(1, whole(_get(level, "display-levels"), 1))
        parts = [
            format_number(self.running.get(at, 1), number_format(self.styles.outline.get(at)))
            for at in range(max(1, depth - shown + 1), depth + 1)
            if number_format(self.styles.outline.get(at))
        ]
        said: dict[str, str] = {} if level is None else {str(k): str(v) for k, v in level.attrib.items()}
        return f"{said.get(f'{STYLE}num-prefix', '')}{'.'.join(parts)}{said.get(f'{STYLE}num-suffix', '')} "


def _get(level: Element | None, name: str) -> str:
    return "" if level is None else level.get(TEXT + name, "")
