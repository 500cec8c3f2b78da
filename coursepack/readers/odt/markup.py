"""The body of an OpenDocument text as HTML elements (OpenDocument 1.3 part 3: 5 text, 9 tables, 10 drawings)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from lxml import etree

from coursepack import limits
from coursepack.readers.html.tree import Element, all_text
from coursepack.readers.inline import local
from coursepack.readers.odt import charts
from coursepack.readers.odt.styles import STYLE, TEXT, HeadingNumbers, OdtStyles, number_format
from coursepack.readers.office.names import CHART
from coursepack.readers.office.numbers import whole

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"

_LENGTH = re.compile(r"([\d.]+)(cm|mm|in|pt|pc|px)")
_PIXELS = {"cm": 96 / 2.54, "mm": 96 / 25.4, "in": 96.0, "pt": 96 / 72, "pc": 16.0, "px": 1.0}
_THROUGH = frozenset(TEXT + name for name in ("section", "index-body", "bibliography", "numbered-paragraph"))
_CONTENTS = frozenset(
    TEXT + name
    for name in ("table-of-content", "illustration-index", "table-index", "object-index", "alphabetical-index")
)


class Markup:
    """A body as it is turned into HTML; ``reported`` counts what is left out, ``inside`` finds
    what an object holds, by its address."""

    def __init__(self, styles: OdtStyles, reported: Counter[str], inside: Callable[[str], Element | None]) -> None:
        self.styles = styles
        self.reported = reported
        self.inside = inside
        self._headings = HeadingNumbers(styles)
        self._notes: list[Element] = []
        self._repeats = limits.of("document-lines")
        self._counts: dict[str, int] = {}
        """The last number of a list, by its id and by the style that it counts by."""

    def page(self, body: Element) -> Element:
        """The whole text, its footnotes at the end."""
        root = etree.Element("body")
        self._blocks(root, body)
        root.extend(self._notes)
        return root

    # --- blocks

    def _blocks(self, parent: Element, holder: Element) -> None:
        for child in holder.iterchildren("*"):
            if child.tag == f"{TEXT}p":
                self._paragraph(parent, child)
            elif child.tag == f"{TEXT}h":
                self._heading(parent, child)
            elif child.tag == f"{TEXT}list":
                self._list(parent, child)
            elif child.tag == f"{TABLE}table":
                self._table(parent, child)
            elif child.tag in _THROUGH:
                self._blocks(parent, child)
            elif child.tag in _CONTENTS:
                self.reported["a table of contents or an index, left out"] += 1
            elif child.tag == f"{TEXT}tracked-changes":
                self.reported["a tracked change: insertions are taken, deletions left out"] += len(child)
            elif child.tag.startswith(DRAW):
                self._drawing(_sub(parent, "p"), child)

    def _paragraph(self, parent: Element, source: Element) -> None:
        style = source.get(f"{TEXT}style-name", "")
        if self.styles.is_code(style):
            self._listing(parent, source)
            return
        if (kind := self.styles.defines(style)) is not None:
            around = parent[-1] if len(parent) and parent[-1].tag == "dl" else _sub(parent, "dl")
            self._inline(_sub(around, kind), source)
            return
        holder = _sub(parent, "blockquote") if self.styles.is_quote(style) else parent
        result = _sub(holder, "p")
        if self.styles.centred(style):
            result.set("style", "text-align:center")
        self._inline(result, source)

    def _listing(self, parent: Element, source: Element) -> None:
        """A listing is a paragraph a line."""
        result = _sub(parent, "p")
        self._inline(result, source)
        for line_break in result.iter("br"):
            line_break.text = "\n"
        text = all_text(result)
        parent.remove(result)
        last = parent[-1] if len(parent) else None
        if last is not None and last.tag == "pre":
            last.text = f"{last.text}\n{text}"
        else:
            _sub(parent, "pre").text = f"\n{text}"

    def _heading(self, parent: Element, source: Element) -> None:
        depth = max(1, min(whole(source.get(f"{TEXT}outline-level"), 1), 9))
        result = _sub(parent, "h1")
        result.set("data-level", str(depth))
        if all_text(source).strip() and source.get(f"{TEXT}is-list-header") != "true":
            result.text = self._headings.label(depth)
        self._inline(result, source)

    def _list(self, parent: Element, source: Element, style: str = "", depth: int = 1) -> None:
        style = source.get(f"{TEXT}style-name", "") or style
        level = self.styles.level(style, depth)
        form = number_format(level)
        result = _sub(parent, "ol" if form else "ul")
        if form:
            self._count(result, source, level, form, f"{style}/{depth}")
        for item in source.iterchildren(f"{TEXT}list-header", f"{TEXT}list-item"):
            holder = _sub(result, "li")
            for child in item.iterchildren("*"):
                if child.tag == f"{TEXT}list":
                    self._list(holder, child, style, depth + 1)
                else:
                    only = etree.Element("only")
                    only.append(child)
                    self._blocks(holder, only)
        if form:
            self._counts[f"{style}/{depth}"] = int(result.get("start", "1")) + len(result) - 1
            if name := source.get("{http://www.w3.org/XML/1998/namespace}id"):
                self._counts[name] = self._counts[f"{style}/{depth}"]

    def _count(self, result: Element, source: Element, level: Element | None, form: str, name: str) -> None:
        """How an ordered list counts, and where it begins (19.780 ``text:continue-numbering``)."""
        first = next(source.iterchildren(f"{TEXT}list-item"), None)
        stated = None if first is None else first.get(f"{TEXT}start-value")
        begins = whole(stated or ("" if level is None else level.get(f"{TEXT}start-value")), 1)
        goes_on = source.get(f"{TEXT}continue-list") or (
            name if source.get(f"{TEXT}continue-numbering") == "true" else ""
        )
        if goes_on and not stated:
            begins = self._counts.get(goes_on, self._counts.get(name, 0)) + 1
        result.set("start", str(max(0, min(begins, 999_999))))
        suffix = "" if level is None else level.get(f"{STYLE}num-suffix", "")
        marker = {"lowerLetter": "lower-alpha", "lowerRoman": "lower-roman"}.get(form)
        result.set("data-marker", marker or ("paren" if suffix.strip() == ")" else "decimal"))

    def _table(self, parent: Element, source: Element) -> None:
        result = _sub(parent, "table")
        heads = 0
        for row in source.iter(f"{TABLE}table-row"):
            if next(row.iterancestors(f"{TABLE}table"), None) is not source:
                continue
            line = _sub(result, "tr")
            for cell in row.iterchildren(f"{TABLE}table-cell"):
                for _ in range(self._times(cell)):
                    self._cell(line, cell)
            around = row.getparent()
            heads += around is not None and around.tag == f"{TABLE}table-header-rows"
        result.set("data-header-rows", str(heads))

    def _times(self, cell: Element) -> int:
        """How often a cell stands there (19.675); repeated ones are together no more than the lines of a document."""
        times = max(1, min(whole(cell.get(f"{TABLE}number-columns-repeated"), 1), self._repeats + 1))
        self._repeats -= times - 1
        return times

    def _cell(self, line: Element, source: Element) -> None:
        cell = _sub(line, "td")
        for name, key in (("number-columns-spanned", "colspan"), ("number-rows-spanned", "rowspan")):
            if (span := whole(source.get(TABLE + name), 1)) > 1:
                cell.set(key, str(span))
        self._blocks(cell, source)

    # --- inside a paragraph

    def _inline(self, parent: Element, source: Element) -> None:
        _add(parent, source.text)
        for child in source.iterchildren("*"):
            name = local(child.tag)
            if child.tag.startswith(TEXT):
                self._text(parent, child, name)
            elif child.tag.startswith(DRAW):
                self._drawing(parent, child)
            elif child.tag in {f"{OFFICE}annotation", f"{OFFICE}annotation-end"}:
                self.reported["a comment, left out"] += name == "annotation"
            else:
                self._inline(parent, child)
            _add(parent, child.tail)

    def _text(self, parent: Element, child: Element, name: str) -> None:
        if name == "s":
            _add(parent, " " * max(1, min(whole(child.get(f"{TEXT}c"), 1), 1000)))
        elif name == "tab":
            _add(parent, "\t")
        elif name == "line-break":
            _sub(parent, "br")
        elif name == "a":
            link = _sub(parent, "a")
            link.set("href", child.get(f"{XLINK}href", ""))
            if title := child.get(f"{OFFICE}title"):
                link.set("title", title)
            self._inline(link, child)
        elif name == "note":
            self._note(parent, child)
        elif name == "ruby":
            for base in child.iterchildren(f"{TEXT}ruby-base"):
                self._inline(parent, base)
        elif name in {"page-number", "page-count"}:
            self.reported["a page number, left out"] += 1
        elif self.styles.hidden(child.get(f"{TEXT}style-name", "")):
            self.reported["hidden text, left out"] += bool(all_text(child).strip())
        else:
            for element, is_so in (
                self.styles.look(child.get(f"{TEXT}style-name", "")).items() if name == "span" else ()
            ):
                parent = _sub(parent, element) if is_so else parent
            if name == "span" and (colours := self.styles.colours(child.get(f"{TEXT}style-name", ""))):
                parent = _sub(parent, "span")
                parent.set("style", colours)
            self._inline(parent, child)

    def _note(self, parent: Element, source: Element) -> None:
        number = len(self._notes) + 1
        _sub(parent, "a").set("href", f"#note-{number}")
        result = etree.Element("div", {"id": f"note-{number}"})
        self._notes.append(result)
        _sub(result, "sup").text = source.findtext(f"{TEXT}note-citation") or str(number)
        body = source.find(f"{TEXT}note-body")
        if body is not None:
            self._blocks(result, body)

    def _drawing(self, parent: Element, source: Element) -> None:
        """A frame shows its first content that can be shown (10.4.2); a group or shape what is in it."""
        for child in source.iterchildren("*"):
            if child.tag == f"{DRAW}object" and (found := self._object(child.get(f"{XLINK}href", ""))) is not None:
                parent.append(found)
                return
        for child in source.iterchildren("*"):
            if child.tag == f"{DRAW}image":
                self._picture(parent, source, child)
                return
            if child.tag == f"{DRAW}text-box" or child.tag.startswith(TEXT):
                holder = _sub(parent, "div")
                self._blocks(holder, child if child.tag == f"{DRAW}text-box" else source)
                return
            if child.tag in {f"{DRAW}object", f"{DRAW}object-ole", f"{DRAW}plugin"}:
                self.reported["an embedded object, of which at most a picture is kept"] += 1
            elif child.tag.startswith(DRAW):
                self._drawing(parent, child)

    def _object(self, address: str) -> Element | None:
        """The formula or the data of the chart that an object holds."""
        root = self.inside(address)
        if root is None:
            return None
        if local(root.tag) == "math":
            return _plain(root)
        if (found := charts.table(root)) is not None:
            self.reported[CHART] += 1
        return found

    def _picture(self, parent: Element, frame: Element, image: Element) -> None:
        result = _sub(parent, "img")
        result.set("src", image.get(f"{XLINK}href", ""))
        described, title = frame.findtext(f"{SVG}desc"), frame.findtext(f"{SVG}title")
        result.set("alt", described or title or "")
        if described and title and title != described:
            result.set("title", title)
        for side in ("width", "height"):
            if found := _LENGTH.fullmatch(frame.get(SVG + side, "")):
                result.set(side, str(round(float(found[1]) * _PIXELS[found[2]])))


def _sub(parent: Element, name: str) -> Element:
    return etree.SubElement(parent, name)


def _add(parent: Element, text: str | None) -> None:
    """Letters after what is there already."""
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _plain(formula: Element) -> Element:
    """MathML by its names alone, without the annotation that only LibreOffice reads."""
    result = etree.Element(local(formula.tag), {local(key): str(value) for key, value in formula.attrib.items()})
    result.text = formula.text
    for child in formula.iterchildren("*"):
        if local(child.tag) not in {"annotation", "annotation-xml"}:
            part = _plain(child)
            part.tail = child.tail
            result.append(part)
    return result
