"""The marks of list items («1.», «а)», «•»), counted as Word counts them (ECMA-376 Part 1, 17.9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from coursepack import languages
from coursepack.render.typst.known import UnknownElementError, children, value
from coursepack.render.typst.styles import ParagraphStyle, lines_of
from coursepack.render.wml import Element, w
from coursepack.text import roman

_LATIN = "abcdefghijklmnopqrstuvwxyz"


def _letter(alphabet: str) -> Callable[[int], str]:
    """Behind the last letter come doubled ones (17.18.59)."""
    return lambda number: alphabet[(number - 1) % len(alphabet)] * ((number - 1) // len(alphabet) + 1)


@cache
def _russian() -> str:
    """The letters that Word counts with in Russian."""
    return next(found.counted["russian"] for found in languages.lexicons() if "russian" in found.counted)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "lowerLetter": _letter(_LATIN),
    "upperLetter": lambda number: _letter(_LATIN)(number).upper(),
    "russianLower": _letter(_russian()),
    "russianUpper": lambda number: _letter(_russian())(number).upper(),
    "lowerRoman": lambda number: roman.write(number).lower(),
    "upperRoman": roman.write,
    "bullet": lambda _: "",
    "none": lambda _: "",
}


def option_letter(number: int, language: str) -> str:
    """The small letter of an option, as lists of papers in that language count them («а», «б», «в»)."""
    kind = languages.lexicon(language).word_list if language in languages.known() else "lowerLetter"
    return _FORMATS[kind](number)


@dataclass(frozen=True)
class NumberLevel:
    start: int
    format: str
    text: str
    properties: Element | None


class Numbers:
    """The lists of a document and how far each has been counted."""

    def __init__(self, part: Element | None) -> None:
        abstracts: dict[str, dict[int, NumberLevel]] = {}
        self._levels: dict[str, dict[int, NumberLevel]] = {}
        self._abstract: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for abstract in part.findall(w("abstractNum")) if part is not None else ():
            levels = [child for child in abstract if child.tag == w("lvl")]
            abstracts[value(abstract, "abstractNumId") or ""] = dict(_level(level) for level in levels)
        for found in part.findall(w("num")) if part is not None else ():
            name = value(found, "numId") or ""
            self._abstract[name] = value(found.find(w("abstractNumId"))) or ""
            self._levels[name] = abstracts.get(self._abstract[name], {})
            self._starts[name] = {
                int(value(each, "ilvl") or "0"): int(value(each.find(w("startOverride"))) or "1")
                for each in children_of(found, "lvlOverride")
            }

    def knows(self, name: str) -> bool:
        return name in self._levels

    def lines(self, name: str, level: int, base: ParagraphStyle) -> ParagraphStyle:
        """``base`` with the indents of the list's level."""
        found = self._levels[name][level].properties
        return base if found is None else lines_of(found, base)

    def bullet(self, name: str, level: int) -> bool:
        return self._levels[name][level].format == "bullet"

    def next(self, name: str, level: int) -> str:
        """The mark of the next item."""
        levels = self._levels[name]
        # Lists of one kind go on in one another, unless a list says where it begins.
        counts = self._counts.setdefault(name if self._starts[name] else f"abstract {self._abstract[name]}", {})
        start = self._starts[name].get(level, levels[level].start)
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        mark = levels[level].text
        for each in range(level + 1):
            if f"%{each + 1}" in mark:
                known = counts.get(each, self._starts[name].get(each, levels[each].start))
                mark = mark.replace(f"%{each + 1}", _FORMATS[levels[each].format](known))
        return mark


def children_of(element: Element, name: str) -> list[Element]:
    return element.findall(w(name))


def _level(element: Element) -> tuple[int, NumberLevel]:
    kind = value(element.find(w("numFmt"))) or "decimal"
    if kind not in _FORMATS:
        raise UnknownElementError(f"w:numFmt {kind}")
    for _ in children(element, "start", "numFmt", "lvlText", "lvlJc", "pPr", "suff", "pStyle"):
        pass
    level = NumberLevel(
        int(value(element.find(w("start"))) or "1"),
        kind,
        value(element.find(w("lvlText"))) or "",
        element.find(w("pPr")),
    )
    return int(value(element, "ilvl") or "0"), level
