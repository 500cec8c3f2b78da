"""What stands inside a paragraph of a Word document: runs, links, fields, formulas, pictures, notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from lxml import etree

from coursepack.markup import addresses
from coursepack.model.blocks import Footnote, Inline, Inlines, Math, NoteMark, Picture, Run, inline_text
from coursepack.model.document import Comment
from coursepack.readers import mathml, omml, symbols
from coursepack.readers.docx.comments import hides_key, states_key
from coursepack.readers.docx.styles import CharacterStyle, DocxStyles, W, on, val
from coursepack.readers.drawingml.graphics import HELD
from coursepack.readers.drawingml.names import MC, A
from coursepack.readers.inline import join, led_by, local, only_formula, trim
from coursepack.readers.office.numbers import whole
from coursepack.readers.opc import (
    COMMENT,
    COMMENTED_KEY,
    DELETED,
    HIDDEN,
    HIDDEN_KEY,
    INSERTED,
    PLACEHOLDER,
    OfficePackage,
    R,
    described,
    embedded,
)
from coursepack.readers.typed import typed

Element = etree._Element

M = omml.M
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
V = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
EMU_PER_PIXEL = 9525

_LINK = re.compile(r"HYPERLINK\s+(?:\\[lmno]\s+)*\"([^\"]+)\"", re.IGNORECASE)
_LINK_BARE = re.compile(r"HYPERLINK\s+([^\s\\\"]+)", re.IGNORECASE)
_SCREEN_TIP = re.compile(r"\\o\s+\"([^\"]+)\"", re.IGNORECASE)


class Link(NamedTuple):
    """Where letters lead, and what Word shows of it when they are pointed at (its screen tip)."""

    href: str | None = None
    title: str = ""


_NOWHERE = Link()


class Story(Protocol):
    """What a paragraph's content needs from the document around it."""

    parts: OfficePackage
    styles: DocxStyles
    fields: list[ComplexField]
    part: str

    def text_box(self, content: Element) -> None: ...

    def graphic(self, drawing: Element, alt: str) -> None: ...

    def footnote(self, kind: Literal["footnote", "endnote"], identifier: str, mark: str | None) -> Footnote | None: ...

    def comment(self, identifier: str) -> str: ...


@dataclass
class ComplexField:
    """A complex field that is open: its code so far, and whether its result has begun (17.16.18)."""

    code: str = ""
    result: bool = False
    shows: str = ""

    @property
    def link(self) -> Link:
        """Where a HYPERLINK leads (17.16.5.25: ``\\o`` gives the screen tip)."""
        found = _LINK.search(self.code) or _LINK_BARE.search(self.code)
        href = addresses.link(found[1]) if found else None
        tip = _SCREEN_TIP.search(self.code)
        return Link(href, tip[1] if tip else "") if href else _NOWHERE

    @property
    def is_contents(self) -> bool:
        return self.code.strip().upper().startswith("TOC")


def choices_of(properties: Element | None) -> tuple[str, ...]:
    """What a list to choose from (17.5.2.15, 17.5.2.5) offers; the line that only asks to choose has no value."""
    if properties is None:
        return ()
    items = [*properties.iterfind(f"{W}dropDownList/{W}listItem"), *properties.iterfind(f"{W}comboBox/{W}listItem")]
    found = [one.get(f"{W}displayText") or one.get(f"{W}value") or "" for one in items if one.get(f"{W}value") != ""]
    return tuple(found) if len(found) > 1 and all(found) else ()


@dataclass
class Content:
    """The inside of one paragraph as it is read."""

    story: Story
    style: str | None
    items: list[Inline] = field(default_factory=list)
    notes: list[Footnote] = field(default_factory=list)
    display: bool = False
    break_before: bool = False
    break_after: bool = False
    fonts: set[bool | None] = field(default_factory=set)
    sizes: set[float] = field(default_factory=set)
    comments: list[Comment] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    """The stretches that nobody sees."""
    _commented: dict[str, int] = field(default_factory=dict)
    """Where comments begin, by their numbers."""
    _custom_mark: bool = False

    def listing(self) -> str:
        """The letters with all their blanks, when nothing but letters is there."""
        runs = [item for item in self.items if isinstance(item, Run)]
        return "".join(run.text for run in runs).rstrip() if len(runs) == len(self.items) else ""

    def lead(self) -> str:
        """The blanks before the first letter."""
        found = ""
        for item in self.items:
            text = item.text if isinstance(item, Run) else "."
            found += text[: len(text) - len(text.lstrip(" \t"))]
            if text.strip(" \t"):
                break
        return found

    def inlines(self) -> Inlines:
        """The content without blanks at its ends, runs of one look joined."""
        return trim(typed(join(self.items, bridge=True), self.story.parts.tell, self.story.parts.reported))

    def formula(self, inlines: Inlines) -> Math | None:
        """The formula that is all of the paragraph and stands on a line of its own."""
        found = only_formula(inlines)
        return found if found is not None and (self.display or mathml.is_display(found)) else None

    # --- containers of runs

    def read(self, element: Element, link: Link = _NOWHERE) -> None:
        for child in element.iterchildren("*"):
            name = child.tag
            if name == f"{W}r":
                self._run(child, link)
            elif name in {f"{W}del", f"{W}moveFrom"}:
                self.story.parts.reported[DELETED] += 1
            elif name == f"{W}hyperlink":
                self.read(child, _leading(Link(self._target(child), child.get(f"{W}tooltip", "")), link))
            elif name == f"{W}fldSimple":
                self.read(child, _leading(ComplexField(child.get(f"{W}instr", "")).link, link))
            elif name == f"{M}oMath":
                self.items.append(omml.convert(child))
            elif name == f"{M}oMathPara":
                self.display = True
                self.items.append(omml.convert(child))
            elif name == f"{W}sdt":
                self._control(child, link)
            elif name == f"{W}commentRangeStart":
                self._commented[child.get(f"{W}id", "")] = self._length()
            elif name == f"{W}commentRangeEnd":
                self._commented.setdefault(child.get(f"{W}id", ""), _ELSEWHERE)
            elif name == f"{MC}AlternateContent":
                chosen = alternate(child)
                if chosen is not None:
                    self.read(chosen, link)
            elif name in _READ_THROUGH:
                if name == f"{W}ins":
                    self.story.parts.reported[INSERTED] += 1
                self.read(child, link)

    def _target(self, link: Element) -> str | None:
        relation = self.story.parts.relations(self.story.part).get(link.get(f"{R}id", ""))
        if relation is None or not relation.external:
            return None
        anchor = link.get(f"{W}anchor")
        return addresses.link(relation.target + (f"#{anchor}" if anchor and "#" not in relation.target else ""))

    def _control(self, control: Element, link: Link) -> None:
        properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
        start = self._length()
        if is_placeholder(properties):
            self.story.parts.reported[PLACEHOLDER] += 1
        elif content is not None:
            self.read(content, link)
        if offered := choices_of(properties):
            self.comments.append(Comment("", start, self._length(), offered))

    # --- one run

    def _run(self, run: Element, link: Link) -> None:
        properties = run.find(f"{W}rPr")
        look = self.story.styles.look(self.style, properties)
        if look.hidden:
            self.hidden.extend(part.text for part in run.iterchildren(f"{W}t") if part.text)
            # The marks of a field count though nobody sees them.
            for mark in run.iterchildren(f"{W}fldChar", f"{W}instrText"):
                self._child(mark, look, "", _NOWHERE)
            return
        fonts = None if properties is None else properties.find(f"{W}rFonts")
        font = "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
        self._custom_mark = False
        for child in run.iterchildren("*"):
            self._child(child, look, font, link)

    def _child(self, child: Element, look: CharacterStyle, font: str, link: Link) -> None:
        name = child.tag.removeprefix(W)
        if name == "fldChar":
            if shown := self._field(child):
                self._text(shown, look, link)
            return
        if name == "instrText":
            if self.story.fields:
                self.story.fields[-1].code += child.text or ""
            return
        if any(not opened.result for opened in self.story.fields):
            return
        text = self._letters(name, child, font)
        if text is not None:
            self._text(text, look, link)
        elif name == "br":
            self._break(child, look)
        elif name in {"footnoteReference", "endnoteReference"}:
            self._note("footnote" if name[0] == "f" else "endnote", child)
        elif name == "commentReference":
            self._comment(child.get(f"{W}id", ""))
        elif (make := _GRAPHICS.get(child.tag)) is not None:
            make(self, child)
        elif child.tag == f"{MC}AlternateContent":
            chosen = alternate(child)
            for inner in () if chosen is None else chosen.iterchildren("*"):
                self._child(inner, look, font, link)
        elif name == "ruby":
            base = child.find(f"{W}rubyBase")
            if base is not None:
                self.read(base, link)

    def _letters(self, name: str, child: Element, font: str) -> str | None:
        if name == "t":
            return "" if self._custom_mark else symbols.plain(child.text or "", font)
        if name == "sym":
            try:
                return symbols.symbol(child.get(f"{W}font", ""), int(child.get(f"{W}char", ""), 16))
            except (ValueError, OverflowError):
                return "•"
        return _LETTERS.get(name)

    def _text(self, text: str, look: CharacterStyle, link: Link) -> None:
        # Soft hyphens are places where a word may break: no letters.
        text = text.replace("\u00ad", "")
        if not text:
            return
        if link.href is None:
            open_fields = (f.link for f in reversed(self.story.fields) if f.result)
            link = next((found for found in open_fields if found.href), _NOWHERE)
        script = look.script
        usual = self.story.styles.usual
        if text.strip():
            self.fonts.add(look.mono)
            self.sizes.add(look.size or 0)
        self.items.append(
            Run(
                text=text,
                bold=look.bold,
                italic=look.italic,
                # A link is underlined by its style everywhere: that says nothing.
                underline=look.underline and link.href is None,
                script="sub" if script == "sub" else "super" if script == "super" else None,
                href=link.href,
                title=_words(link.title),
                strike=look.strike,
                # A link is coloured everywhere too.
                colour=(look.colour if look.colour != usual.colour and link.href is None else "") or None,
                highlight=(look.highlight if look.highlight != usual.highlight else "") or None,
                direction="rtl" if look.rtl else None,
            )
        )

    def _break(self, element: Element, look: CharacterStyle) -> None:
        if element.get(f"{W}type") == "page":
            if any(not isinstance(item, Run) or item.text.strip() for item in self.items):
                self.break_after = True
            else:
                self.break_before = True
                return
        self._text("\n", look, _NOWHERE)

    def _field(self, mark: Element) -> str:
        """Follow the mark of a field; what a form field shows that ends there and has no result."""
        kind, fields = mark.get(f"{W}fldCharType"), self.story.fields
        if kind == "begin" and len(fields) < 50:
            fields.append(ComplexField(shows=form_field(mark)))
        elif kind == "separate" and fields:
            fields[-1].result = True
        elif kind == "end" and fields:
            return fields.pop().shows
        return ""

    def _note(self, kind: Literal["footnote", "endnote"], element: Element) -> None:
        custom = element.get(f"{W}customMarkFollows", "0") not in {"0", "false", "off"}
        mark = None
        if custom:
            self._custom_mark = True
            mark = "".join(t.text or "" for t in element.itersiblings(f"{W}t")).strip() or None
        note = self.story.footnote(kind, element.get(f"{W}id", ""), mark)
        if note is not None:
            self.items.append(NoteMark(note=note.id))
            self.notes.append(note)

    def _length(self) -> int:
        return len(inline_text(tuple(self.items)))

    def _comment(self, identifier: str) -> None:
        """A comment (17.13.4.5): kept where it states a key and stands at letters of this paragraph alone."""
        text, end = self.story.comment(identifier), self._length()
        start = self._commented.get(identifier, end)
        if start == _ELSEWHERE or not states_key(text):
            self.story.parts.reported[COMMENT] += 1
            return
        self.story.parts.reported[COMMENTED_KEY] += 1
        self.comments.append(Comment(text, start, end))

    def hidden_key(self) -> str:
        """What hidden text (17.3.2.41) states as a key; other hidden text is reported."""
        text = "".join(self.hidden).strip()
        if text and hides_key(text):
            self.story.parts.reported[HIDDEN_KEY] += 1
            return text
        if self.hidden:
            self.story.parts.reported[HIDDEN] += len(self.hidden)
        return ""

    # --- pictures and text boxes

    def drawing(self, element: Element) -> None:
        self._text_boxes(element)
        properties = next(element.iter(f"{WP}docPr"), None)
        alt, title = described(properties)
        extent = next(element.iter(f"{WP}extent"), None)
        size = (None, None) if extent is None else (_pixels(extent.get("cx")), _pixels(extent.get("cy")))
        click = None if properties is None else properties.find(f"{A}hlinkClick")
        link = _NOWHERE if click is None else Link(self._target(click), click.get("tooltip", ""))
        blips = [b for b in element.iter(f"{A}blip") if not _inside(b, "txbxContent", element)]
        for blip in blips:
            embedded_in = blip.get(f"{R}embed") or blip.get(f"{R}link") or ""
            self._picture(embedded_in, alt, size if len(blips) == 1 else None, title, link)
        if any(not _inside(one, "txbxContent", element) for one in element.iter(*HELD)):
            self.story.graphic(element, alt)

    def _text_boxes(self, element: Element) -> None:
        for box in element.iter(f"{W}txbxContent"):
            # A box inside a box is met again when the outer one is read.
            if not _inside(box, "txbxContent", element):
                self.story.text_box(box)

    def vml(self, element: Element) -> None:
        self._text_boxes(element)
        for data in element.iter(f"{V}imagedata"):
            if _inside(data, "txbxContent", element):
                continue
            shape = data.getparent()
            style = "" if shape is None else shape.get("style", "")
            alt = (
                ""
                if shape is None
                else shape.get("alt") or data.get("{urn:schemas-microsoft-com:office:office}title") or ""
            )
            self._picture(data.get(f"{R}id", ""), alt, (_css(style, "width"), _css(style, "height")))

    def ole(self, element: Element) -> None:
        for found in element.iter("{urn:schemas-microsoft-com:office:office}OLEObject"):
            kind = found.get("ProgID", "")
            if not kind.startswith("Equation"):
                self.story.parts.tell(embedded(kind))
            elif (formula := self.story.parts.equation(self.story.part, found.get(f"{R}id", ""))) is not None:
                self.display = True
                self.items.append(formula)
                return
        self.vml(element)

    def _picture(
        self,
        relation: str,
        alt: str,
        size: tuple[int | None, int | None] | None,
        title: str = "",
        link: Link = _NOWHERE,
    ) -> None:
        if not relation:
            return
        image = self.story.parts.image(self.story.part, relation)
        if image is None:
            return
        width, height = size if size and all(size) else (image.width, image.height)
        picture = Picture(
            asset=image.asset,
            media_type=image.media_type,
            alt=_words(alt),
            width=width,
            height=height,
            title=title,
        )
        self.items += led_by(picture, Run(text="", href=link.href, title=_words(link.title)))


_ELSEWHERE = -1
"""Where a comment begins that another paragraph holds the beginning of."""


def form_field(mark: Element) -> str:
    """What Word shows of a check box or a list of a form (17.16.6 checkBox, 17.16.9 ddList): «☒», «☐», the entry that
    was chosen. Their results stand in no run."""
    data = mark.find(f"{W}ffData")
    box = None if data is None else data.find(f"{W}checkBox")
    if box is not None:
        ticked = on(box, "checked")
        return "☒" if (on(box, "default") if ticked is None else ticked) else "☐"
    listed = None if data is None else data.find(f"{W}ddList")
    if listed is None:
        return ""
    entries = [one.get(f"{W}val", "") for one in listed.iterchildren(f"{W}listEntry")]
    chosen = whole(val(listed, "result") or val(listed, "default"))
    return entries[chosen] if 0 <= chosen < len(entries) else ""


def _leading(link: Link, outer: Link) -> Link:
    return link if link.href else outer


def _words(text: str) -> str:
    return " ".join(text.split())


_READ_THROUGH = frozenset(W + name for name in ("ins", "moveTo", "smartTag", "customXml", "bdo", "dir"))
_LETTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_GRAPHICS: dict[str, Callable[[Content, Element], None]] = {
    f"{W}drawing": Content.drawing,
    f"{W}pict": Content.vml,
    f"{W}object": Content.ole,
}


def alternate(element: Element) -> Element | None:
    """The branch of ``mc:AlternateContent`` that is read: the first choice, else the fallback."""
    choice = element.find(f"{MC}Choice")
    return choice if choice is not None else element.find(f"{MC}Fallback")


def is_placeholder(properties: Element | None) -> bool:
    """True for a content control that shows only «Click here to enter text»."""
    stated = val(properties, "showingPlcHdr")
    return stated is not None and stated not in {"0", "false", "off"}


def _inside(element: Element, name: str, root: Element) -> bool:
    parent = element.getparent()
    while parent is not None and parent is not root:
        if local(parent.tag) == name:
            return True
        parent = parent.getparent()
    return False


def _pixels(emu: str | None) -> int | None:
    return round(whole(emu) / EMU_PER_PIXEL) or None


_CSS_UNITS = {"pt": 4 / 3, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "px": 1.0, "": 1.0}


def _css(style: str, name: str) -> int | None:
    found = re.search(rf"(?:^|;)\s*{name}:\s*([\d.]+)(pt|in|cm|mm|px)?", style)
    if not found:
        return None
    try:
        return round(float(found[1]) * _CSS_UNITS[found[2] or ""]) or None
    except (ValueError, OverflowError):
        return None
