"""The content of a paragraph: text, tabs, fields, links, footnotes, pictures, formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from coursepack.render.typst.formulas import formula
from coursepack.render.typst.known import PASSED, refuse, value
from coursepack.render.typst.package import DocxMembers
from coursepack.render.typst.styles import RunStyle, StyleSheet
from coursepack.render.wml import WP, A, Element, M, R, w

Run = dict[str, Any]
_EMU = 12700
"""English metric units in a point."""
_FIELDS = {"PAGE": "page", "NUMPAGES": "pages"}


class ComplexFields:
    """Complex fields while a part is read (17.16.18): their results are computed anew, except for a table of
    contents."""

    def __init__(self) -> None:
        self._open: list[list[str]] = []
        self._code = False
        self.tables = 0
        """The number of open tables of contents."""

    @property
    def contents(self) -> bool:
        """True inside a table of contents."""
        return any(code[:1] == ["TOC"] for code in self._open)

    @property
    def hidden(self) -> bool:
        """True where text is a field's code, or its result when it was last computed."""
        return self._code or any(code[:1] != ["TOC"] for code in self._open)

    def mark(self, element: Element) -> Run | None:
        """A ``w:fldChar``; the field where it ends."""
        kind = value(element, "fldCharType")
        if kind == "begin":
            self._open.append([])
        self._code = kind == "begin"
        if kind != "end":
            return None
        code = self._open.pop()
        if code[:1] == ["TOC"]:
            return None
        if code[:1] == ["PAGEREF"]:
            return {"k": "pageref", "label": code[1]}
        if code[:1] and code[0] in _FIELDS:
            return {"k": _FIELDS[code[0]]}
        raise refuse(element)

    def instruction(self, element: Element) -> None:
        words = (element.text or "").split()
        self.tables += not self._open[-1] and words[:1] == ["TOC"]
        self._open[-1] += words


class RunTranslator:
    """The runs of paragraphs in one part of the package at ``path``.

    ``note`` makes the blocks of a footnote by its id, ``picture`` keeps a picture and names its file.
    """

    def __init__(
        self,
        parts: DocxMembers,
        path: str,
        styles: StyleSheet,
        note: Callable[[str], list[Any]],
        picture: Callable[[str], str],
    ) -> None:
        self.styles = styles
        self.fields = ComplexFields()
        self._relations = parts.relations(path)
        self._note = note
        self._picture = picture
        self._handlers: dict[str, Callable[[Element, RunStyle], Iterator[Run]]] = {
            w("r"): self._run,
            w("hyperlink"): self._link,
            w("bookmarkStart"): self._bookmark,
            f"{{{M}}}oMath": self._formula,
            f"{{{M}}}oMathPara": self._formulas,
        }

    def runs(self, paragraph: Element, base: RunStyle) -> list[Run]:
        """The runs of a paragraph (or link). Raises ``UnknownElementError``."""
        found: list[Run] = []
        for child in paragraph:
            if not isinstance(child.tag, str) or child.tag in PASSED or child.tag == w("pPr"):
                continue
            if child.tag not in self._handlers:
                raise refuse(child)
            for run in self._handlers[child.tag](child, base):
                _add(found, run)
        return found

    def _run(self, element: Element, base: RunStyle) -> Iterator[Run]:
        properties = element.find(w("rPr"))
        style = base if properties is None else self.styles.letters_of(properties, base)
        changed = difference(style, base)
        for child in element:
            if not isinstance(child.tag, str) or child.tag in PASSED or child.tag == w("rPr"):
                continue
            if child.tag == w("fldChar"):
                if (field := self.fields.mark(child)) is not None and not self.fields.hidden:
                    yield field | changed
            elif child.tag == w("instrText"):
                self.fields.instruction(child)
            elif not self.fields.hidden:
                yield from self._piece(child, changed)

    def _piece(self, child: Element, changed: Run) -> Iterator[Run]:
        if child.tag == w("t"):
            yield {"k": "t", "t": child.text or ""} | changed
        elif child.tag == w("tab"):
            yield {"k": "tab"} | changed
        elif child.tag == w("br") and value(child, "type") in {None, "textWrapping"}:
            yield {"k": "br"}
        elif child.tag == w("noBreakHyphen"):
            yield {"k": "t", "t": "\u2011"} | changed
        elif child.tag == w("drawing"):
            yield self._drawing(child)
        elif child.tag == w("footnoteReference"):
            yield {"k": "note", "body": self._note(value(child, "id") or "")}
        elif child.tag != w("footnoteRef"):  # the engine writes the mark inside the note itself
            raise refuse(child)

    def _link(self, element: Element, base: RunStyle) -> Iterator[Run]:
        runs = self.runs(element, base)
        anchor = value(element, "anchor")
        if anchor is not None:
            yield {"k": "anchor", "label": anchor, "runs": runs}
            return
        target, _, external = self._relations.get(element.get(f"{{{R}}}id", ""), ("", "", False))
        if not external:
            raise refuse(element)
        yield {"k": "link", "to": target, "runs": runs}

    def _bookmark(self, element: Element, _: RunStyle) -> Iterator[Run]:
        yield {"k": "label", "label": value(element, "name") or ""}

    def _formula(self, element: Element, _: RunStyle, *, alone: bool = False) -> Iterator[Run]:
        nodes, words = formula(element)
        yield {"k": "math", "nodes": nodes, "alt": words, "block": alone}

    def _formulas(self, element: Element, base: RunStyle) -> Iterator[Run]:
        for child in element.findall(f"{{{M}}}oMath"):
            yield from self._formula(child, base, alone=True)

    def _drawing(self, element: Element) -> Run:
        """An inline picture, as ``render.drawing`` writes it; any other drawing is refused."""
        (inline,) = element
        blips = list(inline.iter(f"{{{A}}}blip"))
        if inline.tag != f"{{{WP}}}inline" or len(blips) != 1:
            raise refuse(element)
        extent, described = inline.find(f"{{{WP}}}extent"), inline.find(f"{{{WP}}}docPr")
        if extent is None or described is None:
            raise refuse(element)
        target, _, _ = self._relations[blips[0].get(f"{{{R}}}embed", "")]
        return {
            "k": "picture",
            "file": self._picture(target),
            "width": int(extent.get("cx", "0")) / _EMU,
            "height": int(extent.get("cy", "0")) / _EMU,
            "alt": described.get("descr", ""),
        }


def _add(found: list[Run], run: Run) -> None:
    """Adds a run; adjacent text runs of the same style become one."""
    if found and run["k"] == found[-1]["k"] == "t" and {**run, "t": ""} == {**found[-1], "t": ""}:
        found[-1] = {**run, "t": found[-1]["t"] + run["t"]}
    elif run["k"] != "t" or run["t"]:
        found.append(run)


def difference(characters: RunStyle, base: RunStyle) -> Run:
    """The properties that differ from ``base``, by the names of the fields of ``RunStyle``."""
    other = asdict(base)
    return {name: found for name, found in asdict(characters).items() if found != other[name]}
