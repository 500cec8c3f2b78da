"""Blocks as the XHTML that items of QTI hold.

What 2.x has no attribute for (colours, sides, where a list begins) is said by classes, and a style sheet of the package
says how they look: nothing is lost for who shows it, and who reads it back finds it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import ClassVar

from lxml import etree

from coursepack.files import media
from coursepack.files.xml import legal
from coursepack.ims.asi import MATHML, XML_LANG, QtiVersion
from coursepack.markup import tree
from coursepack.markup.tex import safe
from coursepack.model.blocks import (
    Blocks,
    Code,
    Figure,
    Footnote,
    List,
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
from coursepack.render.html import HtmlRenderer, no_file

Element = etree._Element

_RENAMED: Mapping[str, tuple[str, str]] = {
    "u": ("span", "qti-underline"),
    "s": ("span", "strike"),
}
"""Elements that QTI does not have, and the class of the ``span`` that stands for each."""
_BLOCKS: Mapping[str, tuple[str, str]] = {"figure": ("div", "figure"), "figcaption": ("p", "caption")}
"""The same of 2.x, which knows no HTML 5."""
_KEPT = frozenset({"id", "class", "href", "src", "alt", "width", "height", "colspan", "rowspan", "scope", "headers"})
_PLAYER = frozenset({"controls", "preload", "kind", "srclang", "label", "default"})
_SIDES = frozenset({"left", "center", "right"})
_PLAYERS = frozenset({"audio", "video"})
TEX = media.KINDS["tex"].type
"""How the TeX of a formula is called where it goes beside its MathML (MathML 3, 5.1.2)."""


class AsiHtml(HtmlRenderer):
    """Blocks → elements of QTI. ``classes`` collects the classes that the style sheet must know."""

    ground: ClassVar[None] = None

    def __init__(
        self,
        version: QtiVersion,
        *,
        address: Callable[[str], str],
        file: Callable[[Media], str | None] = no_file,
    ) -> None:
        super().__init__(top=3, address=address, file=file)
        self.version = version
        self.classes: set[str] = set()

    def fill(self, parent: Element, blocks: Blocks) -> None:
        """Append blocks to an element of QTI."""
        plain = [_plain(block) for block in blocks]
        if None not in plain:
            for text in plain:
                self.version.child(parent, "p", text)
            return
        root = etree.Element("div")
        self.blocks(root, blocks)
        self._take(parent, root)

    def line(self, parent: Element, blocks: Blocks) -> None:
        """The same where a line may stand (an answer to choose): a single paragraph goes without its ``p``."""
        match blocks:
            case (Paragraph(is_plain=True) as only,):
                text = _plain(only)
                if text is not None and not len(parent):
                    parent.text = text
                    return
                root = etree.Element("span")
                self.inlines(root, only.content)
                self._take(parent, root)
            case _:
                self.fill(parent, blocks)

    def _take(self, parent: Element, root: Element) -> None:
        tree.fragment(Counter()).clean(root)
        _append(parent, root.text)
        for child in root:
            self._convert(parent, child)

    # --- from HTML to QTI

    def _convert(self, parent: Element, element: Element) -> None:
        if element.tag == "math":
            result = _formula(element, parent)
        else:
            name, named = self._name(element)
            result = etree.SubElement(parent, self.version.tag(name))
            self._attributes(result, element, named)
            result.text = element.text
            for child in element:
                self._convert(result, child)
        result.tail = element.tail

    def _name(self, element: Element) -> tuple[str, str]:
        name = str(element.tag)
        if name in _PLAYERS and not self.version.html5:
            return "object", ""
        if name in _RENAMED:
            return _RENAMED[name]
        if name in _BLOCKS and not self.version.html5:
            return _BLOCKS[name]
        return name, ""

    def _attributes(self, result: Element, element: Element, named: str) -> None:
        classes = [*named.split(), *element.get("class", "").split()]
        for name, value in ((str(key), str(value)) for key, value in element.attrib.items()):
            if name == "lang":
                result.set(XML_LANG, value)
            elif name == "dir" and self.version.name == "2.1":
                classes.append(f"dir-{value}")
            elif name in _KEPT or name == "dir" or (name in _PLAYER and self.version.html5):
                result.set(name, value)
        if element.tag in _PLAYERS and not self.version.html5:
            address = str(result.attrib.pop("src", ""))
            result.set("data", address)
            result.set("type", media.named(address).type)
        if element.tag == "img":
            self.classes.add("picture")
        if element.tag == "img" and element.get("alt") is None:
            result.set("alt", "")
        if classes:
            result.set("class", " ".join(dict.fromkeys(classes)))
            self.classes.update(classes)
        elif "class" in result.attrib:
            del result.attrib["class"]
        if element.tag == "table":
            self.classes.add("table")

    # --- where HTML has attributes that QTI has not

    def attributes(self, run: Run) -> dict[str, str]:
        """What is said of a run: its colours are classes."""
        looks = (("colour", run.colour), ("highlight", run.highlight))
        classes = " ".join(f"{name}-{colour}" for name, colour in looks if colour)
        stated = {"lang": run.language, "dir": run.direction, "class": classes}
        return {name: value for name, value in stated.items() if value}

    def paragraph(self, parent: Element, block: Paragraph) -> None:
        super().paragraph(parent, block)
        result = parent[-1]
        if block.align:
            del result.attrib["style"]
            result.set("class", f"qti-align-{block.align}")

    def list(self, parent: Element, block: List) -> None:
        super().list(parent, block)
        result = parent[-1]
        classes = [f"list-{block.marker}"] if block.marker not in {"disc", "decimal"} else []
        if block.ordered and block.start != 1:
            classes.append(f"start-{block.start}")
        if classes:
            result.set("class", " ".join(classes))

    def table(self, parent: Element, block: Table) -> None:
        """A table has a body, and a body rows: of a head alone it is made."""
        super().table(parent, block)
        table = parent[-1]
        for cell in table.iter("td", "th"):
            side = str(cell.attrib.pop("style", "")).removeprefix("text-align: ")
            if side in _SIDES:
                cell.set("class", f"qti-align-{side}")
        head, body = table.find("thead"), table.find("tbody")
        if body is not None and not len(body):
            if head is not None and len(head):
                table.remove(head)
                body.extend(list(head))
            else:
                etree.SubElement(etree.SubElement(body, "tr"), "td")

    def code(self, parent: Element, block: Code) -> None:
        super().code(parent, block)
        for line_break in list(parent[-1].iter("br")):
            line_break.tag = "span"

    def footnote(self, parent: Element, block: Footnote) -> None:
        super().footnote(parent, block)
        # Ids are the whole item's, and the same note may stand in its question and its feedback.
        del parent[-1].attrib["id"]

    def note_mark(self, parent: Element, mark: NoteMark) -> None:
        etree.SubElement(parent, "sup", {"class": "noteref"}).text = self._label(mark.note)

    def run(self, parent: Element, run: Run) -> None:
        super().run(parent, run if run.text.isprintable() else _legal(run))

    def math(self, parent: Element, math: Math, *, display: bool = False) -> None:
        super().math(parent, math, display=display)
        tex = safe(math.tex)
        result = parent[-1] if len(parent) else None
        if tex and result is not None and result.tag == "math" and result.find(".//semantics") is None:
            annotated = etree.Element("semantics")
            row = etree.SubElement(annotated, "mrow")
            row.text, result.text = result.text, None
            row.extend(list(result))
            etree.SubElement(annotated, "annotation", encoding=TEX).text = legal(tex)
            result.append(annotated)
            self.classes.add("annotation")  # players that know no MathML would show it as text

    def _image(self, parent: Element, picture: Figure | Picture) -> None:
        if self.address(picture.asset):
            super()._image(parent, picture)
        else:
            caption = inline_text(picture.caption) if isinstance(picture, Figure) else ""
            self.run(parent, Run(text=f"[{picture.alt or caption or '…'}]"))

    def media(self, parent: Element, block: Media) -> None:
        if self.version.html5 and block.kind != "file":
            super().media(parent, block)
            return
        holder = etree.SubElement(parent, "figure")
        self._player(etree.SubElement(holder, "p"), block)
        if block.caption:
            self.inlines(etree.SubElement(holder, "figcaption"), block.caption)

    def _plays(self, parent: Element, kind: str, address: str) -> Element:
        if self.version.html5:
            return super()._plays(parent, kind, address)
        return etree.SubElement(parent, kind, src=address)  # an object, as soon as it is clean

    def _track(self, player: Element, block: Media) -> bool:
        return super()._track(player, block) if self.version.html5 else False


def _plain(block: object) -> str | None:
    """The text of a paragraph that is one plain run."""
    match block:
        case Paragraph(content=(Run() as run,), is_plain=True) if run == Run(text=run.text) and run.text.isprintable():
            return run.text
    return None


def _legal(run: Run) -> Run:
    return with_text(run, legal(run.text))


def _append(parent: Element, text: str | None) -> None:
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _formula(found: Element, parent: Element) -> Element:
    """A formula in its namespace, without a prefix: so it is known again by who reads letters."""
    plain: dict[str, str] = {None: MATHML}  # type: ignore[dict-item]  # the stubs know no default prefix
    name = etree.QName(found).localname
    result = etree.SubElement(parent, f"{{{MATHML}}}{name}", nsmap=plain)
    result.attrib.update({k: v for k, v in found.attrib.items() if k != "xmlns"})
    result.text, result.tail = found.text, found.tail
    for child in found:
        if isinstance(child.tag, str):
            _formula(child, result)
    return result
