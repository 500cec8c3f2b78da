"""Rules for the words of a DOCX that no XSD states: what refers to what, and the nesting that Word insists on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from coursepack.checks.ooxml.opc import Opc, line_of
from coursepack.files.package import Package
from coursepack.place import Finding, error, warning

Element = etree._Element

_R = frozenset(
    {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
)
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

# What may stand between blocks and between runs alike: marks of ranges, of changes, of content controls (EG_RunLevel,
# EG_RangeMarkup of the standard).
_RANGES = frozenset(
    {
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd", "proofErr"),
        *("ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart"),
        *("moveToRangeEnd", "customXml", "sdt", "altChunk"),
        *(f"customXml{kind}Range{end}" for kind in ("Ins", "Del", "MoveFrom", "MoveTo") for end in ("Start", "End")),
    }
)
_BLOCKS = _RANGES | {"p", "tbl"}
_RUNS = _RANGES | {"r", "hyperlink", "fldSimple", "smartTag", "bdo", "dir", "subDoc"}
CHILDREN: dict[str, frozenset[str]] = {
    "body": _BLOCKS | {"sectPr"},
    "hdr": _BLOCKS,
    "ftr": _BLOCKS,
    "footnote": _BLOCKS,
    "tc": _BLOCKS | {"tcPr"},
    "p": _RUNS | {"pPr"},
    "hyperlink": _RUNS,
    "tbl": _RANGES | {"tblPr", "tblGrid", "tr"},
    "tr": _RANGES | {"trPr", "tblPrEx", "tc"},
    "r": frozenset(
        {
            *("rPr", "t", "tab", "br", "cr", "drawing", "pict", "object", "fldChar", "instrText", "delText"),
            *(
                "delInstrText",
                "sym",
                "noBreakHyphen",
                "softHyphen",
                "footnoteReference",
                "endnoteReference",
                "footnoteRef",
            ),
            *("endnoteRef", "commentReference", "annotationRef", "separator", "continuationSeparator", "pgNum", "ptab"),
            *("lastRenderedPageBreak", "ruby", "contentPart", "dayLong", "dayShort", "monthLong", "monthShort"),
            *("yearLong", "yearShort"),
        }
    ),
}
_FIRST = {"p": "pPr", "r": "rPr", "tc": "tcPr", "tr": "trPr", "tbl": "tblPr"}


@dataclass
class OoxmlStory:
    """What the rules look at: the package, what was read of it, the main part and its namespace."""

    package: Package
    opc: Opc
    main: str
    space: str
    closed: bool

    def w(self, name: str) -> str:
        return f"{{{self.space}}}{name}"

    def val(self, element: Element, name: str = "val") -> str:
        return element.get(self.w(name), "")


def story_findings(story: OoxmlStory, parts: Iterable[str]) -> Iterator[Finding]:
    """All rules, part by part."""
    styles = _ids(story, "styles", "style", "styleId")
    lists = _ids(story, "numbering", "num", "numId")
    notes = {kind: _ids(story, f"{kind}s", kind, "id") for kind in ("footnote", "endnote")}
    yield from _numbering(story)
    for part in parts:
        root = story.opc.trees[part]
        yield from _nesting(story, part, root)
        yield from _sections(story, part, root)
        yield from _references(story, part, root)
        yield from _known(story, part, root, "pStyle", styles, "style")
        yield from _known(story, part, root, "rStyle", styles, "style")
        yield from _known(story, part, root, "tblStyle", styles, "style")
        yield from _known(story, part, root, "numId", None if lists is None else lists | {"0"}, "list")
        for kind, known in notes.items():
            yield from _known(story, part, root, f"{kind}Reference", known or set(), kind, name="id", strict=True)
        yield from _fields(story, part, root)
        yield from _bookmarks(story, part, root)
        yield from _pictures(story, part, root)
        if story.closed:
            yield from _grids(story, part, root)


def _ids(story: OoxmlStory, kind: str, element: str, name: str) -> set[str] | None:
    """The ids of a part beside the main one; None when there is no such part."""
    for part in story.opc.related(story.main, kind):
        root = story.opc.trees.get(part)
        if root is not None:
            return {story.val(found, name) for found in root.iter(story.w(element))}
    return None


def _nesting(story: OoxmlStory, part: str, root: Element) -> Iterator[Finding]:
    """Children that Word knows in their parent, properties first, a paragraph at the end of every cell."""
    space = story.w("")
    for element in root.iter(*(story.w(name) for name in CHILDREN)):
        parent = str(element.tag).rpartition("}")[2]
        kids = [child for child in element if isinstance(child.tag, str)]
        names = [child.tag.rpartition("}")[2] for child in kids]
        faults = list(_misplaced(parent, names))
        if faults:
            place = story.package.place(part, line_of(element))
            yield from (error(code, message, place) for code, message in faults)
        for index, child in enumerate(kids):
            if not child.tag.startswith(space):
                continue
            name = names[index]
            if name not in CHILDREN[parent]:
                place = story.package.place(part, line_of(child))
                yield error("ooxml-nesting", f"w:{name} in w:{parent}, where the standard has none", place)
            elif name == _FIRST.get(parent) and index:
                place = story.package.place(part, line_of(element))
                yield error("ooxml-nesting", f"w:{name} is not the first in w:{parent}", place)


def _sections(story: OoxmlStory, part: str, root: Element) -> Iterator[Finding]:
    """The properties of the last section close the body, once (17.6.17)."""
    for body in root.iter(story.w("body")):
        kids = [child for child in body if isinstance(child.tag, str)]
        sections = [at for at, child in enumerate(kids) if child.tag == story.w("sectPr")]
        if sections and (len(sections) > 1 or sections[0] != len(kids) - 1):
            place = story.package.place(part, line_of(kids[sections[0]]))
            message = "w:sectPr is not the last in w:body: Word calls the file damaged"
            yield warning("ooxml-section-place", message, place, "put it behind the last paragraph")


def _misplaced(parent: str, names: list[str]) -> Iterator[tuple[str, str]]:
    """What the children of an element lack, by its name and theirs."""
    if parent == "tc" and not _ends_with_paragraph(names):
        yield "ooxml-cell", "a cell does not end with a paragraph: Word calls the file damaged"
    if parent == "tbl" and not {"tblPr", "tblGrid"} <= set(names):
        yield "ooxml-table", "a table without w:tblPr or w:tblGrid"
    if parent == "tr" and not {"tc", "sdt", "customXml"} & set(names):
        yield "ooxml-row", "a row without a cell"
    if parent in {"hdr", "ftr", "footnote"} and not {"p", "tbl", "sdt", "altChunk", "customXml"} & set(names):
        yield "ooxml-empty", f"w:{parent} holds no paragraph"


def _ends_with_paragraph(names: list[str]) -> bool:
    real = [name for name in names if name in {"p", "tbl", "sdt", "altChunk", "customXml"}]
    return bool(real) and real[-1] != "tbl"


def _references(story: OoxmlStory, part: str, root: Element) -> Iterator[Finding]:
    """Every relationship id that a part uses is in its relationships."""
    known = {relation.id for relation in story.opc.relationships.get(part, ())}
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            label = str(name)
            if label.startswith("{") and label[1:].partition("}")[0] in _R and value and value not in known:
                yield error(
                    "ooxml-reference",
                    f"{etree.QName(element).localname} refers to relationship {value!r}, which {part} does not have",
                    story.package.place(part, line_of(element)),
                )


def _known(
    story: OoxmlStory,
    part: str,
    root: Element,
    element: str,
    known: set[str] | None,
    what: str,
    *,
    name: str = "val",
    strict: bool = False,
) -> Iterator[Finding]:
    """An id that is used must be there; a missing style or list is only a warning in another's document."""
    reported: set[str] = set()
    for found in root.iter(story.w(element)):
        value = story.val(found, name)
        if (known is None and not story.closed) or value in (known or set()) or value in reported:
            continue
        reported.add(value)
        tell = error if strict or story.closed else warning
        place = story.package.place(part, line_of(found))
        yield tell(f"ooxml-{what}-missing", f"w:{element} names the {what} {value!r}, which is not defined", place)


def _fields(story: OoxmlStory, part: str, root: Element) -> Iterator[Finding]:
    """Begin, separate and end of complex fields answer each other (17.16.18)."""
    depth = 0
    for mark in root.iter(story.w("fldChar")):
        kind = mark.get(story.w("fldCharType"))
        depth += {"begin": 1, "end": -1}.get(kind or "", 0)
        if depth < 0 or (kind == "separate" and depth == 0):
            place = story.package.place(part, line_of(mark))
            yield error("ooxml-field", f"a field's {kind!r} without its beginning", place)
            return
    if depth:
        yield error("ooxml-field", f"{depth} fields begin and do not end", story.package.place(part))


def _bookmarks(story: OoxmlStory, part: str, root: Element) -> Iterator[Finding]:
    starts = [story.val(mark, "id") for mark in root.iter(story.w("bookmarkStart"))]
    ends = [story.val(mark, "id") for mark in root.iter(story.w("bookmarkEnd"))]
    names = [story.val(mark, "name") for mark in root.iter(story.w("bookmarkStart"))]
    tell = error if story.closed else warning
    for what, values in (("id", starts), ("name", [name.lower() for name in names])):
        for value, count in Counter(values).items():
            if count > 1:
                yield tell(
                    "ooxml-bookmark-twice", f"{count} bookmarks with the {what} {value!r}", story.package.place(part)
                )
    if set(starts) != set(ends):
        odd = sorted(set(starts) ^ set(ends))
        yield tell(
            "ooxml-bookmark-open", f"bookmarks with one end only: {', '.join(odd[:5])}", story.package.place(part)
        )
    known = set(names) | {"_top"}
    for link in root.iter(story.w("hyperlink")):
        anchor = story.val(link, "anchor")
        if (
            anchor
            and anchor not in known
            and part == story.main
            and not any(k.endswith("}id") for k in map(str, link.attrib))
        ):
            place = story.package.place(part, line_of(link))
            yield tell("ooxml-anchor", f"a link to the bookmark {anchor!r}, which is not there", place)


def _pictures(story: OoxmlStory, part: str, root: Element) -> Iterator[Finding]:
    """Drawings have a number of their own and alternative text."""
    seen: set[str] = set()
    for label in root.iter(f"{_WP}docPr"):
        place = story.package.place(part, line_of(label))
        number = label.get("id", "")
        if number in seen:
            tell = error if story.closed else warning
            yield tell("ooxml-drawing-twice", f"two drawings with the id {number!r}", place)
        seen.add(number)
        if not (label.get("descr") or label.get("title")):
            yield warning("ooxml-alt", "a picture without alternative text", place)


def _grids(story: OoxmlStory, part: str, root: Element) -> Iterator[Finding]:
    """Every row of our tables covers the whole grid, and what goes on below began above."""
    for table in root.iter(story.w("tbl")):
        columns = len(table.findall(f"{story.w('tblGrid')}/{story.w('gridCol')}"))
        open_columns: set[int] = set()
        for row in table.findall(story.w("tr")):
            column, merged = 0, set()
            place = story.package.place(part, line_of(row))
            for cell in row.findall(story.w("tc")):
                span = cell.find(f"{story.w('tcPr')}/{story.w('gridSpan')}")
                merge = cell.find(f"{story.w('tcPr')}/{story.w('vMerge')}")
                if merge is not None:
                    if story.val(merge) == "continue" and column not in open_columns:
                        yield error("ooxml-merge", f"column {column + 1} goes on from no cell above", place)
                    merged.add(column)
                wide = story.val(span) if span is not None else ""
                column += int(wide) if wide.isdecimal() else 1
            open_columns = merged
            if column != columns:
                yield error("ooxml-grid", f"a row of {column} columns in a table of {columns}", place)


def _numbering(story: OoxmlStory) -> Iterator[Finding]:
    """All abstract lists stand before the lists that use them, and each that is used exists (17.9)."""
    for part in story.opc.related(story.main, "numbering"):
        root = story.opc.trees.get(part)
        if root is None:
            continue
        known = {story.val(found, "abstractNumId") for found in root.findall(story.w("abstractNum"))}
        started = False
        for child in root:
            if child.tag == story.w("num"):
                started = True
                link = child.find(story.w("abstractNumId"))
                if link is not None and story.val(link) not in known:
                    place = story.package.place(part, line_of(child))
                    yield error(
                        "ooxml-list-missing", f"a list of the kind {story.val(link)!r}, which is not defined", place
                    )
            elif child.tag == story.w("abstractNum") and started:
                place = story.package.place(part, line_of(child))
                yield error("ooxml-list-order", "w:abstractNum after w:num: Word calls the file damaged", place)
