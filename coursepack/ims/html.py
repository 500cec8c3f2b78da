"""HTML that survives what learning platforms do to it, and looks right without our style sheet.

Sources: Moodle's HTML Purifier profile drops figure, figcaption, section, ids and MathML (text stays); Moodle's
cartridge import decodes entities once too often (``backup/cc/entities.class.php``, ``safexml``).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import ClassVar, Literal

from lxml import etree
from markupsafe import Markup

from coursepack.files.xml import legal
from coursepack.languages.catalogues import Words
from coursepack.markup.tex import is_letters, safe
from coursepack.model.blocks import (
    Blocks,
    Figure,
    Footnote,
    Formula,
    Inlines,
    Math,
    Media,
    NoteMark,
    Paragraph,
    Picture,
    Run,
    Table,
    inline_text,
    with_text,
)
from coursepack.render.html import UNSTYLED, HtmlRenderer, Looks, no_file, scrolling

Element = etree._Element

# What an HTML parser would take for the beginning of a tag, comment, declaration or entity.
_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]+;)")
_OPENS = re.compile(r"(<(?=[A-Za-z/!?])|&(?=#?[A-Za-z0-9]+;))")


class CartridgeHtml(HtmlRenderer):
    """Blocks → HTML for pages, topics and questions of a cartridge.

    ``decoded_twice``: the reader decodes entities once more than it should, so that a literal ``<b>`` would come
    alive; such a ``<`` (and an ``&`` before ``lt;``) is set apart in a ``span``, which reads the same everywhere.
    ``formulas``: ``tex`` writes ``\\( … \\)`` where TeX is known and plain text elsewhere, ``mathml`` keeps the
    element. ``players``: sounds and films are played where they stand; else a link leads to them, for Moodle resolves
    only links and pictures in the text of a question or topic. ``regions``: the words of a whole page, on which tables
    and formulas stand in boxes that scroll sideways, by the keyboard too.
    """

    looks: ClassVar[Looks] = UNSTYLED
    ground = "lms"

    def __init__(
        self,
        *,
        address: Callable[[str], str],
        file: Callable[[Media], str | None] = no_file,
        top: int = 2,
        decoded_twice: bool = False,
        formulas: Literal["tex", "mathml"] = "mathml",
        players: bool = True,
        regions: Words | None = None,
    ) -> None:
        super().__init__(top=top, address=address, file=file)
        self.decoded_twice = decoded_twice
        self.formulas = formulas
        self.players = players
        self.regions = regions
        self._tables = self._formulas = 0

    def html(self, blocks: Blocks) -> Markup:
        """The fragment; paragraphs of plain text take a short way."""
        parts = [self._plain_paragraph(block) for block in blocks]
        if len(parts) == 1 and parts[0] is not None:
            return Markup(parts[0])  # noqa: S704 - escaped by _plain_paragraph
        self._labels = {block.id: block.label for block in blocks if isinstance(block, Footnote)}
        if None not in parts:
            return Markup("\n".join(part for part in parts if part))  # noqa: S704 - escaped by _plain_paragraph
        return super().html(blocks)

    def line(self, blocks: Blocks) -> Markup:
        """Blocks that stand inside a line (an answer to tick): a single paragraph goes without its ``p``."""
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            return self.inline_html(blocks[0].content)
        return self.html(blocks)

    def inline_html(self, content: Inlines) -> Markup:
        text = self._plain(content)
        return super().inline_html(content) if text is None else Markup(text)  # noqa: S704 - escaped by _plain

    def _plays(self, parent: Element, kind: str, address: str) -> Element:
        return super()._plays(parent, kind, address) if self.players else parent

    def _plain_paragraph(self, block: object) -> str | None:
        if not isinstance(block, Paragraph) or not block.is_plain:
            return None
        text = self._plain(block.content)
        return None if text is None else f"<p>{text}</p>"

    def _plain(self, content: Inlines) -> str | None:
        """Escaped text of content that is one plain run, else None."""
        if len(content) != 1:
            return None
        run = content[0]
        if not isinstance(run, Run) or "\n" in run.text or "<" in run.text or run != Run(text=run.text):
            return None
        if (self.decoded_twice and "&" in run.text) or not is_letters(run.text):
            return None
        text = legal(run.text)
        return html.escape(text, quote=False) if "&" in text or ">" in text else text

    def serialize(self, root: Element) -> None:
        """Last changes to a fragment before it becomes text."""
        if not self.decoded_twice:
            return
        for element in list(root.iter()):
            for name, value in element.attrib.items():
                element.set(name, _one_meaning(str(name), str(value)))
            _set_apart(element)

    def blocks(self, parent: Element, blocks: Blocks) -> None:
        super().blocks(parent, blocks)
        if parent.getparent() is None:
            self.serialize(parent)

    def inlines(self, parent: Element, content: Inlines) -> None:
        super().inlines(parent, content)
        if parent.getparent() is None:
            self.serialize(parent)

    def _image(self, parent: Element, picture: Figure | Picture) -> None:
        if self.address(picture.asset):
            super()._image(parent, picture)
        else:
            caption = inline_text(picture.caption) if isinstance(picture, Figure) else ""
            self.run(parent, Run(text=f"[{picture.alt or caption or '…'}]"))

    def run(self, parent: Element, run: Run) -> None:
        super().run(parent, with_text(run, legal(run.text)))

    # --- a method a kind of block that platforms would change

    def figure(self, parent: Element, block: Figure) -> None:
        holder = etree.SubElement(parent, "p")
        self._image(holder, block)
        if block.caption:
            etree.SubElement(holder, "br")
            self.inlines(etree.SubElement(holder, "em"), block.caption)

    def media(self, parent: Element, block: Media) -> None:
        holder = etree.SubElement(parent, "p")
        self._player(holder, block)
        if block.caption:
            etree.SubElement(holder, "br")
            self.inlines(etree.SubElement(holder, "em"), block.caption)

    def footnote(self, parent: Element, block: Footnote) -> None:
        super().footnote(parent, block)
        del parent[-1].attrib["id"]

    def note_mark(self, parent: Element, mark: NoteMark) -> None:
        # No link: platforms drop the ids it would lead to.
        etree.SubElement(parent, "sup").text = self._label(mark.note)

    def table(self, parent: Element, block: Table) -> None:
        if self.regions:
            self._tables += 1
            caption = " ".join(inline_text(block.caption).split())
            parent = scrolling(parent, legal(caption) or self.regions("Table {number}", number=self._tables))
        super().table(parent, block)

    def formula(self, parent: Element, block: Formula) -> None:
        if self.regions:
            self._formulas += 1
            parent = scrolling(parent, self.regions("Formula {number}", number=self._formulas))
        super().formula(parent, block)

    def math(self, parent: Element, math: Math, *, display: bool = False) -> None:
        if self.formulas == "mathml":
            super().math(parent, math, display=display)
            return
        opening, closing = (r"\[", r"\]") if display else (r"\(", r"\)")
        tex = safe(math.tex)
        text = f"{opening}{tex}{closing}" if tex else math.text
        self.run(parent, Run(text=" ".join(text.split())))


def _one_meaning(name: str, value: str) -> str:
    """The value of an attribute that means the same when its entities are decoded once too often.

    A quotation mark would end it then, and what follows would be attributes.
    """
    if name in {"href", "src"}:
        return _ENTITY.sub("%26", value).replace('"', "%22")
    return _ENTITY.sub("&\u2060", value).replace('"', "”")


def _set_apart(element: Element) -> None:
    """Put each sign that would open a tag or an entity into a ``span`` of its own."""
    if isinstance(element.tag, str) and element.text and _OPENS.search(element.text):
        first, *rest = _OPENS.split(element.text)
        element.text = first
        for place, span in enumerate(_spans(rest)):
            element.insert(place, span)
    parent = element.getparent()
    if parent is not None and element.tail and _OPENS.search(element.tail):
        first, *rest = _OPENS.split(element.tail)
        element.tail = first
        for place, span in enumerate(_spans(rest), parent.index(element) + 1):
            parent.insert(place, span)


def _spans(rest: list[str]) -> Iterator[Element]:
    for sign, text in zip(rest[::2], rest[1::2], strict=True):
        span = etree.Element("span")
        span.text, span.tail = sign, text
        yield span
