"""A finished DOCX → what ``paper.typ`` sets: plain data, in which no text is ever code.

Every element is either translated or refused by its name (``UnknownElementError``). Measures are in points. A body is
a list of blocks: paragraphs (``p``), listings (``code``), lists, tables and the table of contents.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from coursepack.render.docx_file import CORE, DC
from coursepack.render.typst import lists, tables, together
from coursepack.render.typst.known import PASSED, UnknownElementError, children, number, refuse, value
from coursepack.render.typst.narrow import break_words
from coursepack.render.typst.numbers import Numbers
from coursepack.render.typst.package import DocxMembers
from coursepack.render.typst.runs import Run, RunTranslator, difference
from coursepack.render.typst.styles import ParagraphStyle, RunStyle, StyleSheet, lines_of
from coursepack.render.wml import Element, R, make, w

Block = dict[str, Any]

_LETTERS_HIGH, _LINE_HIGH = 1.1074, 1.1499
"""Of Times New Roman and the faces of its measures, in ems: ascender to descender, and line to line."""
_LISTING = "html preformatted"


class TypstDocument:
    """The translation of one DOCX. ``files`` are the pictures by the names that the data calls them."""

    def __init__(self, members: Mapping[str, bytes]) -> None:
        self.parts = DocxMembers(members)
        styles = self.parts.beside("styles")
        self.styles = StyleSheet(styles if styles is not None else make("styles"))
        self.numbers = Numbers(self.parts.beside("numbering"))
        self.files: dict[str, bytes] = {}
        self.fonts: set[str] = set()
        self._levels: list[int] = []
        self._listed: set[str] = set()

    def data(self) -> dict[str, Any]:
        """What the paper says, and how. Raises ``UnknownElementError``."""
        main = self.parts.main
        body = self.parts.tree(main).find(w("body"))
        section = body.find(w("sectPr")) if body is not None else None
        if body is None or section is None:
            raise UnknownElementError("a document without w:sectPr")
        page = _page(section)
        blocks = self._blocks([child for child in body if child is not section], self._inside(main))
        heads = {name: self._head(section, name) for name in ("header", "footer")}
        run_style = self.styles.letters(self.styles.default)
        width, high = (page["width"] - page["left"] - page["right"], page["height"] - page["top"] - page["bottom"])
        for area in (blocks, *(inside for part in heads.values() for inside in part.values())):
            break_words(area, width, run_style.size)
        blocks = together.settle(blocks, width, high, run_style.size)
        for part in heads.values():
            part.update({name: together.settle(inside, width, high, run_style.size) for name, inside in part.items()})
        return {
            "page": page,
            "letters": asdict(run_style),
            "body": blocks,
            "listed": sorted(self._listed),
            **heads,
        }

    def properties(self) -> dict[str, Any]:
        """What the document says of itself: title, author, subject, keywords, language."""
        found = self.parts.optional("docProps/core.xml")

        def stated(name: str) -> str:
            element = found.find(name) if found is not None else None
            return (element.text or "") if element is not None else ""

        return {
            "title": stated(f"{{{DC}}}title"),
            "authors": [author for author in (stated(f"{{{DC}}}creator"),) if author],
            "subject": stated(f"{{{DC}}}subject"),
            "keywords": [word for word in stated(f"{{{CORE}}}keywords").split(", ") if word],
            "language": stated(f"{{{DC}}}language").partition("-")[0],
        }

    def _inside(self, path: str) -> RunTranslator:
        return RunTranslator(self.parts, path, self.styles, self._note, self._picture)

    # --- pages

    def _head(self, section: Element, name: str) -> dict[str, list[Block]]:
        """Headers or footers by the pages that have them («default», «first»)."""
        found: dict[str, list[Block]] = {}
        relations = self.parts.relations(self.parts.main)
        for reference in section.findall(w(f"{name}Reference")):
            path, _, _ = relations[_relation(reference)]
            found[value(reference, "type") or "default"] = self._blocks(self.parts.tree(path), self._inside(path))
        return found

    # --- blocks

    def _blocks(self, elements: Iterable[Element], inside: RunTranslator) -> list[Block]:
        """Blocks one under another; ``gap`` is the room above each."""
        found: list[Block] = []
        for element in elements:
            if not isinstance(element.tag, str) or element.tag in PASSED or element.tag == w("bookmarkStart"):
                continue
            if element.tag == w("p"):
                block = self._paragraph(element, inside)
                if block["k"] == "entry":
                    _into_contents(found, block, self._listed)
                    continue
                found.append(block)
            elif element.tag == w("tbl"):
                found.append(self._table(element, inside))
            else:
                raise refuse(element)
        return lists.grouped(_gaps(found))

    def _paragraph(self, element: Element, inside: RunTranslator) -> Block:
        properties = element.find(w("pPr"))
        style = value(properties.find(w("pStyle"))) if properties is not None else None
        style = style or self.styles.default
        lines, item = self._lines(properties, style)
        base = self.styles.letters(style)
        listed, begun = inside.fields.contents, inside.fields.tables
        runs = inside.runs(element, base)
        listed = listed or inside.fields.contents or inside.fields.tables > begun
        self._fonts(base, runs)
        extra = (_LINE_HIGH * lines.line - _LETTERS_HIGH) * base.size
        block: Block = {
            "k": "p",
            "before": lines.before,
            "after": lines.after,
            "leading": extra,
            "letters": difference(base, self.styles.letters(self.styles.default)),
            **_set_apart(lines),
            "runs": [run for run in runs if run["k"] != "label"],
        }
        labels = [run["label"] for run in runs if run["k"] == "label"]
        if labels:
            block["label"] = labels[0]
        if lines.outline:
            block["level"] = self._level(lines.outline)
        if item is not None:
            block |= item
            self._mark(block, properties, base)
        if listed:
            return _entry(block)
        if not block["runs"]:
            block["height"] = base.size * _LETTERS_HIGH
        if self.styles.name(style) == _LISTING:
            return _listing(block, base)
        return block

    def _mark(self, block: Block, properties: Element | None, base: RunStyle) -> None:
        """The mark of an item has the letters of the paragraph's own mark (17.3.1.29), where all the text has them."""
        own = properties.find(w("rPr")) if properties is not None else None
        if own is not None and block["runs"] and all("size" in run for run in block["runs"]):
            block["letters"] = {**block["letters"], "size": self.styles.letters_of(own, base).size}

    def _lines(self, properties: Element | None, style: str) -> tuple[ParagraphStyle, Block | None]:
        """How the paragraph is set, and the mark that it bears when it is an item of a list."""
        lines = self.styles.lines(style)
        own = lines_of(properties, lines) if properties is not None else lines
        if not own.list or not self.numbers.knows(own.list):
            return own, None
        # What a list says of indents stands above the style and below the paragraph itself (17.7.2).
        lines = self.numbers.lines(own.list, own.level, lines)
        own = lines_of(properties, lines) if properties is not None else lines
        own = replace(own, list=own.list or lines.list)
        mark = self.numbers.next(own.list, own.level)
        item = {"mark": mark, "list": own.list, "bullet": self.numbers.bullet(own.list, own.level)}
        return own, item

    def _fonts(self, base: RunStyle, runs: list[Run]) -> None:
        self.fonts.add(base.font)
        for run in runs:
            if "font" in run:
                self.fonts.add(run["font"])
            self._fonts(base, run.get("runs", []))

    def _level(self, outline: int) -> int:
        """The level that a screen reader is reported: none is left out on the way down."""
        while self._levels and self._levels[-1] >= outline:
            self._levels.pop()
        self._levels.append(outline)
        return len(self._levels)

    def _table(self, element: Element, inside: RunTranslator) -> Block:
        return tables.table(element, self.styles, lambda cell: self._blocks(cell, inside))

    # --- what lies in parts of their own

    def _note(self, identifier: str) -> list[Block]:
        notes = self.parts.beside("footnotes")
        path = self.parts.main.rpartition("/")[0] + "/footnotes.xml"
        for note in notes if notes is not None else ():
            if value(note, "id") == identifier:
                return self._blocks(note, self._inside(path))
        raise UnknownElementError(f"w:footnoteReference {identifier}")

    def _picture(self, path: str) -> str:
        name = posixpath.basename(path)
        self.files[name] = self.parts.members[path]
        return name


def _relation(reference: Element) -> str:
    return reference.get(f"{{{R}}}id", "")


def _page(section: Element) -> dict[str, Any]:
    page: dict[str, Any] = {"first": False}
    for child in children(section, "headerReference", "footerReference", "pgSz", "pgMar", "titlePg"):
        if child.tag == w("pgSz"):
            page |= {"width": number(child, "w"), "height": number(child, "h")}
        elif child.tag == w("pgMar"):
            names = ("top", "right", "bottom", "left", "header", "footer")
            page |= {name: (number(child, name) or 0) for name in names}
        elif child.tag == w("titlePg"):
            page["first"] = True
    return page


def _set_apart(lines: ParagraphStyle) -> Block:
    """What is not as in most paragraphs."""
    found: Block = {
        "left": lines.left,
        "right": lines.right,
        "first": lines.first,
        "align": lines.align if lines.align != "left" else "",
        "keep": lines.keep,
        "held": lines.held,
        "break": lines.page_break,
        "rtl": lines.rtl,
        "tabs": [list(stop) for stop in lines.tabs],
    }
    return {name: value_ for name, value_ in found.items() if value_}


def _entry(block: Block) -> Block:
    """A line of the contents: its title, and what it leads to; the page number is computed."""
    links = [run for run in block["runs"] if run["k"] == "anchor"]
    if len(links) != 1:
        raise UnknownElementError("a line in the field TOC that is no link")
    runs = links[0]["runs"]
    tab = next((place for place, run in enumerate(runs) if run["k"] == "tab"), len(runs))
    return {**block, "k": "entry", "runs": runs[:tab], "label": links[0]["label"]}


def _into_contents(found: list[Block], entry: Block, listed: set[str]) -> None:
    listed.add(entry["label"])
    if not found or found[-1]["k"] != "toc":
        found.append({"k": "toc", "before": entry["before"], "after": entry["after"], "entries": {}})
    found[-1]["entries"][entry["label"]] = entry


def _listing(block: Block, base: RunStyle) -> Block:
    """A listing is one text; its lines are broken where the document breaks them."""
    text = "".join("\n" if run["k"] == "br" else "\t" if run["k"] == "tab" else run["t"] for run in block["runs"])
    fonts = [run["font"] for run in block["runs"] if "font" in run]
    run_style = block["letters"] | {"font": fonts[0] if fonts else base.font, "size": base.size}
    return {**block, "k": "code", "text": text, "runs": [], "letters": run_style}


def _gaps(blocks: list[Block]) -> list[Block]:
    """Room above each block: the larger of what the upper one asks for and what it asks for itself, as Word counts
    where no setting says otherwise (17.15.3.11), below the room between two lines, which stands under the last too."""
    after = extra = 0.0
    for place, block in enumerate(blocks):
        before = block.pop("before")
        block["gap"] = round(max(after, before) + extra, 3)
        if not place or block.get("break"):
            block["start"] = round(before, 3)
        after, extra = block.pop("after"), block.get("leading", 0.0)
        for entry in block.get("entries", {}).values():
            entry["gap"] = round(max(entry.pop("before"), entry.pop("after")) + entry["leading"], 3)
    if blocks:
        blocks[-1]["end"] = round(after + extra, 3)
    return blocks
