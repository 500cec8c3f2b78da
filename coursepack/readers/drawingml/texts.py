"""Text of a shape: paragraphs with their levels, bullets and numbers, runs, links, formulas (ECMA-376-1, 21.1.2)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from coursepack.markup import addresses
from coursepack.model.blocks import Inline, Inlines, Math, Run
from coursepack.readers import omml, symbols
from coursepack.readers.drawingml.names import A14, MC, A, Element
from coursepack.readers.inline import join, trim
from coursepack.readers.office.names import NAMES
from coursepack.readers.office.numbers import format_number, whole
from coursepack.readers.opc import OfficePackage, R
from coursepack.readers.typed import placed, typed

_DEEPEST = 8
_ON = frozenset({"1", "true", "on"})


@dataclass(frozen=True)
class SlideParagraph:
    """A paragraph: its content, its bullet or number as a reader sees it, its level from 0; ``listing`` has its text
    with all spaces where monospaced type shows that it is a line of a listing. ``own``: its bullet is set on the
    paragraph, not inherited from the body of the slide."""

    content: Inlines
    label: str | None
    level: int
    listing: str | None
    own: bool = False

    @property
    def formula(self) -> Math | None:
        """The formula, where it is the whole paragraph."""
        match self.content:
            case (Math() as formula,):
                return formula
        return None


_STEP = " " * 4


def listed(paragraphs: Iterable[SlideParagraph]) -> Iterator[SlideParagraph]:
    """The paragraphs; adjacent lines of a listing lose the inherited bullets of the slide's body, and deeper levels
    become indentation."""
    for coded, run in itertools.groupby(paragraphs, lambda one: one.listing is not None and not one.own):
        members = list(run)
        if not coded or len(members) == 1:
            yield from members
            continue
        least = min(one.level for one in members)
        for one in members:
            text = "\n".join(_STEP * (one.level - least) + line for line in (one.listing or "").split("\n"))
            yield replace(one, label=None, listing=text)


@dataclass
class _Numbers:
    """The current numbers of automatic numbering, by level."""

    running: dict[int, tuple[str, int]] = field(default_factory=dict)

    def label(self, bullet: Element | None, level: int) -> str | None:
        for deeper in [at for at in self.running if at > level]:
            del self.running[deeper]
        if bullet is None or bullet.tag != f"{A}buAutoNum":
            self.running.pop(level, None)
            return None if bullet is None else _sign(bullet)
        kind, first = bullet.get("type", "arabicPeriod"), max(1, min(whole(bullet.get("startAt"), 1), 32767))
        before = self.running.get(level)
        number = before[1] + 1 if before is not None and before[0] == f"{kind}{first}" else first
        self.running[level] = (f"{kind}{first}", number)
        return _number(number, kind)


def _sign(bullet: Element) -> str:
    return "–" if bullet.get("char", "") in {"-", "–", "—", "−"} else "•"


_FORMS = {"alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman", "romanUc": "upperRoman"}


def _number(number: int, kind: str) -> str:
    """ST_TextAutonumberScheme (20.1.10.61): «alphaLcParenR» is «a)»."""
    form = next((form for start, form in _FORMS.items() if kind.startswith(start)), "decimal")
    shown = format_number(number, form)
    if kind.endswith("ParenBoth"):
        return f"({shown})"
    return f"{shown})" if kind.endswith("ParenR") else f"{shown}."


@dataclass
class SlideTexts:
    """Reads the texts of one slide; it needs the package, and the member of the slide, for links."""

    parts: OfficePackage
    member: str

    def paragraphs(self, body: Element | None, styles: tuple[Element, ...] = ()) -> Iterator[SlideParagraph]:
        """The paragraphs of a text body that are not empty."""
        numbers = _Numbers()
        for element in () if body is None else body.iterchildren(f"{A}p"):
            properties = element.find(f"{A}pPr")
            level = 0 if properties is None else max(0, min(whole(properties.get("lvl")), _DEEPEST))
            items, fonts = self._items(element, styles, level)
            content = placed(trim(typed(join(items, bridge=True), self.parts.tell, self.parts.reported)))
            if content:
                label = numbers.label(_bullet(properties, styles, level), level)
                listing = _listing(items) if fonts == {True} else None
                yield SlideParagraph(content, label, level, listing, own=_bullet(properties, (), level) is not None)

    def line(self, body: Element | None) -> Inlines:
        """All of a text body on one line: a title."""
        items: list[Inline] = []
        for paragraph in self.paragraphs(body):
            items += ([Run(text=" ")] if items else []) + [_unbroken(item) for item in paragraph.content]
        return trim(join(items))

    def _items(self, paragraph: Element, styles: tuple[Element, ...], level: int) -> tuple[list[Inline], set[bool]]:
        items: list[Inline] = []
        fonts: set[bool] = set()
        usual = _usual_font(styles, level)
        for child in paragraph.iterchildren("*"):
            if child.tag in {f"{A}r", f"{A}fld"}:
                self._run(child, items, fonts, usual)
            elif child.tag == f"{A}br":
                items.append(Run(text="\n"))
            elif child.tag in {f"{MC}AlternateContent", f"{A14}m"}:
                items.extend(_formulas(child))
        return items, fonts

    def _run(self, element: Element, items: list[Inline], fonts: set[bool], usual: str) -> None:
        if element.tag == f"{A}fld" and element.get("type", "").startswith(("slidenum", "datetime")):
            return
        properties = element.find(f"{A}rPr")
        font = _font(properties) or usual
        text = symbols.plain(element.findtext(f"{A}t") or "", font).replace("\u00ad", "").replace("\v", "\n")
        if not text:
            return
        if text.strip():
            fonts.add(font.lower() in NAMES.monospaced)
        attributes = _attributes(properties)
        href, tip = (None, "") if properties is None else self._link(properties)
        items.append(
            Run(
                text=text,
                bold=attributes.get("b") in _ON,
                italic=attributes.get("i") in _ON,
                underline=attributes.get("u", "none") != "none" and href is None,
                strike=attributes.get("strike", "noStrike") != "noStrike",
                script=_script(attributes.get("baseline", "")),
                href=href,
                title=tip,
            )
        )

    def _link(self, properties: Element) -> tuple[str | None, str]:
        """The target of a hyperlink, and its tooltip (20.1.2.2.35)."""
        found = properties.find(f"{A}hlinkClick")
        relation = None if found is None else self.parts.relations(self.member).get(found.get(f"{R}id", ""))
        href = addresses.link(relation.target) if relation is not None and relation.external else None
        return href, " ".join(found.get("tooltip", "").split()) if href and found is not None else ""


def _attributes(properties: Element | None) -> dict[str, str]:
    return {} if properties is None else {str(key): str(value) for key, value in properties.attrib.items()}


def _bullet(properties: Element | None, styles: tuple[Element, ...], level: int) -> Element | None:
    """The bullet set by the nearest style; None where that is ``buNone``, or no style sets one."""
    for source in (properties, *(style.find(f"{A}lvl{level + 1}pPr") for style in styles)):
        for child in () if source is None else source.iterchildren(*_BULLETS):
            return None if child.tag == f"{A}buNone" else child
    return None


_BULLETS = tuple(A + name for name in ("buNone", "buChar", "buAutoNum", "buBlip"))


def _usual_font(styles: tuple[Element, ...], level: int) -> str:
    for style in styles:
        found = style.find(f"{A}lvl{level + 1}pPr/{A}defRPr")
        if font := _font(found):
            return font
    return ""


def _font(properties: Element | None) -> str:
    """The typeface set on a run; empty for a reference to the theme («+mn-lt»)."""
    for name in ("latin", "sym", "cs"):
        found = None if properties is None else properties.find(f"{A}{name}")
        if found is not None and not found.get("typeface", "+").startswith("+"):
            return found.get("typeface", "")
    return ""


def _script(baseline: str) -> Literal["sub", "super"] | None:
    """``baseline`` is a percentage of the type size (21.1.2.3.9), above the line or below it."""
    if baseline.strip("0%") in {"", "-"}:
        return None
    return "sub" if baseline.startswith("-") else "super"


def _formulas(element: Element) -> Iterator[Math]:
    """Formulas of a paragraph, each once: displayed ones are wrapped in ``m:oMathPara``."""
    choice = element if element.tag == f"{A14}m" else element.find(f"{MC}Choice")
    for part in () if choice is None else choice.iter(f"{omml.M}oMathPara", f"{omml.M}oMath"):
        parent = part.getparent()
        if parent is None or parent.tag != f"{omml.M}oMathPara":
            yield omml.convert(part)


def _listing(items: list[Inline]) -> str | None:
    """The text with its spaces, of a paragraph of text alone."""
    runs = [item for item in items if isinstance(item, Run)]
    text = "".join(run.text for run in runs).rstrip()
    short = bool(text) and max(map(len, text.split("\n"))) <= NAMES.longest
    return text if len(runs) == len(items) and short else None


def _unbroken(item: Inline) -> Inline:
    return (
        Run(text=item.text.replace("\n", " "), href=item.href, script=item.script, title=item.title)
        if isinstance(item, Run)
        else item
    )
