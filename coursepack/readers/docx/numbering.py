"""Automatic numbering of a Word document: the label that a reader sees before a paragraph (ECMA-376-1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from coursepack.readers.docx.styles import DocxStyles, W, on, val
from coursepack.readers.office.numbers import format_number, whole

Element = etree._Element

_PLACE = re.compile(r"%([1-9])")
_BULLETS = {"o": "◦", "§": "▪", "Ø": "➢", "ü": "✓", "v": "❖", "q": "❑", "–": "–", "-": "-", "—": "—", "·": "•"}


_LONGEST_TEXT = 100
"""Characters of the text of a level (17.9.11): it is made anew for each paragraph of the list."""


@dataclass(frozen=True)
class ListLevel:
    """One level of a list: where it starts, how its number looks, after which level it starts anew."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    indent: float = 0.0
    style: str | None = None


@dataclass
class _Instance:
    abstract: str
    levels: dict[int, ListLevel]
    starts: dict[int, int]


@dataclass(frozen=True)
class Label:
    """A paragraph's automatic number: ``text`` as printed, its level 0..8, the list, and the level's indent."""

    text: str
    level: int
    list_id: str
    indent: float


@dataclass
class Numbering:
    """``numbering.xml`` and the counters, which run on as the document is read from its beginning."""

    instances: dict[str, _Instance] = field(default_factory=dict)
    by_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    inside: dict[str, int] = field(default_factory=dict)
    """Level of the list of a style by its name, where it is above 0."""
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, root: Element | None, styles: DocxStyles) -> Numbering:
        numbering = cls()
        if root is None:
            return numbering
        abstracts = {a.get(f"{W}abstractNumId", ""): a for a in root.iterchildren(f"{W}abstractNum")}
        linked = {link: a for a in abstracts.values() if (link := val(a, "styleLink"))}
        for element in root.iterchildren(f"{W}num"):
            number, abstract = element.get(f"{W}numId", ""), val(element, "abstractNumId") or ""
            source = abstracts.get(abstract)
            link = val(source, "numStyleLink")
            if link and link in linked:
                source = linked[link]
                abstract = source.get(f"{W}abstractNumId", "")
            levels = {} if source is None else _levels(source)
            starts: dict[int, int] = {}
            for override in element.iterchildren(f"{W}lvlOverride"):
                index = whole(override.get(f"{W}ilvl"))
                start = val(override, "startOverride")
                if start is not None:
                    starts[index] = whole(start, 1)
                for level in override.iterchildren(f"{W}lvl"):
                    levels[index] = _level(level)
            numbering.instances[number] = _Instance(abstract, levels, starts)
        numbering._learn_styles(styles)
        return numbering

    def _learn_styles(self, styles: DocxStyles) -> None:
        for identifier in styles.by_id:
            if level := styles.listed(identifier):
                self.inside[identifier] = level
            for style in styles.chain(identifier):
                found = None if style.paragraph is None else style.paragraph.find(f"{W}numPr")
                if found is None:
                    continue
                number = val(found, "numId")
                if number is not None:
                    self.by_style[identifier] = (number, self._level_of(number, style.id, val(found, "ilvl")))
                break

    def _level_of(self, number: str, style: str, stated: str | None) -> int:
        """The level of a style: the one that names it (``w:pStyle`` in a level wins over ``w:ilvl``)."""
        instance = self.instances.get(number)
        for index, level in ({} if instance is None else instance.levels).items():
            if level.style == style:
                return index
        return whole(stated)

    def label(self, properties: Element | None, style: str | None) -> Label | None:
        """The label of the next paragraph, or None when it has no automatic number. Moves the counters on."""
        number, level = self.by_style.get(style or "", ("0", 0))
        own = None if properties is None else properties.find(f"{W}numPr")
        if own is not None:
            number = val(own, "numId") or number
            stated = val(own, "ilvl")
            level = level if stated is None else whole(stated)
        instance = self.instances.get(number)
        if number == "0" or instance is None or not 0 <= level <= 8:
            return None
        counters = self._advance(number, instance, level)
        shown = instance.levels.get(level, ListLevel())
        text = self._text(instance, shown, level, counters)
        return Label(text, level or self.inside.get(style or "", 0), number, shown.indent)

    def _advance(self, number: str, instance: _Instance, level: int) -> list[int | None]:
        counters = self._counters.setdefault(instance.abstract, [None] * 9)
        # A restart of an instance (w:startOverride) counts once, the first time the instance is met at that level.
        fresh = (number, level) not in self._started and level in instance.starts
        self._started.add((number, level))
        now = counters[level]
        counters[level] = self._start(instance, level) if fresh or now is None else now + 1
        for above in range(level):
            if counters[above] is None:
                counters[above] = self._start(instance, above)
        for below in range(level + 1, 9):
            restart = instance.levels.get(below, ListLevel()).restart
            if restart is None or (restart > 0 and level < restart):
                counters[below] = None
        return counters

    @staticmethod
    def _start(instance: _Instance, level: int) -> int:
        return instance.starts.get(level, instance.levels.get(level, ListLevel()).start)

    @staticmethod
    def _text(instance: _Instance, shown: ListLevel, level: int, counters: list[int | None]) -> str:
        if shown.format == "bullet":
            return bullet(shown.text)

        def number(found: re.Match[str]) -> str:
            index = int(found[1]) - 1
            count = counters[index]
            if index > level or count is None:
                return ""
            style = instance.levels.get(index, ListLevel()).format
            return format_number(count, "decimal" if shown.legal and style != "none" else style)

        return _PLACE.sub(number, shown.text).strip()


def _levels(abstract: Element) -> dict[int, ListLevel]:
    return {whole(e.get(f"{W}ilvl")): _level(e) for e in abstract.iterchildren(f"{W}lvl")}


def _level(element: Element) -> ListLevel:
    restart = val(element, "lvlRestart")
    indent = element.find(f"{W}pPr/{W}ind")
    left = "0" if indent is None else indent.get(f"{W}left") or indent.get(f"{W}start") or "0"
    form = val(element, "numFmt")
    return ListLevel(
        start=whole(val(element, "start"), 0 if val(element, "start") is None else 1),
        format="decimal" if form is None else form,
        text=(val(element, "lvlText") or "")[:_LONGEST_TEXT],
        restart=None if restart is None else whole(restart),
        legal=bool(on(element, "isLgl")),
        indent=whole(left) / 20,
        style=val(element, "pStyle"),
    )


def bullet(text: str) -> str:
    """The sign of a bullet: private letters of symbol fonts become what they look like."""
    sign = text.strip()[:1]
    if not sign:
        return ""
    code = ord(sign)
    if 0xF000 <= code <= 0xF0FF:
        return _BULLETS.get(chr(code - 0xF000), "•")
    return _BULLETS.get(sign, sign)
