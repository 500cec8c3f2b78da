"""A DOCX in memory: its parts, relationships, content types, styles, lists, footnotes and pictures.

Opened from a template's members, filled, and handed over as members again; what a template has is kept. Source:
ECMA-376 Part 2 (OPC) and Part 1, section 11 (the parts of a WordprocessingML package).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from lxml import etree

from coursepack import languages
from coursepack.files import media
from coursepack.files.member import Member
from coursepack.files.xml import XmlError, parse_xml
from coursepack.model.document import PROGRAM
from coursepack.place import CoursepackError, Place
from coursepack.render.docx_styles import STYLES, Marker, abstract_list, list_hanging, numbered_list, style_element
from coursepack.render.wml import Element, R, clean, make, paragraph, root, w

RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"

_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
DOCUMENT_TYPE = f"{_WML}document.main+xml"
PART_TYPES = {
    "styles": f"{_WML}styles+xml",
    "numbering": f"{_WML}numbering+xml",
    "settings": f"{_WML}settings+xml",
    "footnotes": f"{_WML}footnotes+xml",
    "header": f"{_WML}header+xml",
    "footer": f"{_WML}footer+xml",
}
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"

PICTURES = media.WORD
"""The picture formats that Word shows, with the name endings they get."""

"""The language tags that Word's spelling checkers know."""

DATE = "1980-01-01T00:00:00Z"
"""Papers carry the date of all our archives' members: a build writes no clock."""

# lxml takes None for the default namespace; its stubs know only names.
RELS_MAP, TYPES_MAP, _EXTENDED_MAP = (cast("dict[str, str]", {None: name}) for name in (RELS, TYPES, EXTENDED))

# CT_Settings is a sequence (17.15.1.78): what follows ``updateFields`` and ``footnotePr`` in it.
_AFTER_UPDATE = (
    "hdrShapeDefaults",
    "footnotePr",
    "endnotePr",
    "compat",
    "docVars",
    "rsids",
    "mathPr",
    "attachedSchema",
    "themeFontLang",
    "clrSchemeMapping",
    "doNotIncludeSubdocsInStats",
    "doNotAutoCompressPictures",
    "forceUpgrade",
    "captions",
    "readModeInkLockDown",
    "smartTagType",
    "schemaLibrary",
    "shapeDefaults",
    "doNotEmbedSmartTags",
    "decimalSymbol",
    "listSeparator",
)


@dataclass
class DocxFile:
    """A package being filled. ``name`` is the template's file name, for messages."""

    name: str
    parts: dict[str, bytes]
    language: str
    document_path: str = "word/document.xml"
    _trees: dict[str, Element] = field(default_factory=dict)
    _relations: dict[tuple[str, str], str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _styles: dict[str, str] = field(default_factory=dict)
    _lists: dict[tuple[Marker, int], int] = field(default_factory=dict)
    _numbers: dict[Marker, int] = field(default_factory=dict)
    _last_number: int = 0
    _pictures: dict[str, str] = field(default_factory=dict)
    _ids: int = 0
    _notes: int = 0

    @classmethod
    def open(cls, name: str, members: Mapping[str, bytes], language: str) -> DocxFile:
        """A package from a template's members. Raises ``CoursepackError`` when it is no DOCX."""
        file = cls(name, dict(members), language)
        for relation in file._tree("_rels/.rels"):
            if relation.get("Type", "").endswith("/officeDocument"):
                file.document_path = relation.get("Target", "").lstrip("/")
        if file.document_path not in file.parts:
            raise CoursepackError("not a Word document, expected a .docx", Place(name))
        return file

    # --- parts

    def _tree(self, path: str) -> Element:
        if path not in self._trees:
            if path not in self.parts:
                raise CoursepackError(f"not a Word document: {path} is missing", Place(self.name))
            try:
                self._trees[path] = parse_xml(self.parts[path])
            except XmlError as problem:
                raise CoursepackError(f"{path}: {problem}", Place(self.name)) from None
        return self._trees[path]

    @property
    def document(self) -> Element:
        """The root of the main part."""
        return self._tree(self.document_path)

    @property
    def body(self) -> Element:
        found = self.document.find(w("body"))
        if found is None:
            raise CoursepackError("not a Word document: no w:body", Place(self.name))
        return found

    @property
    def _rels_path(self) -> str:
        folder, base = posixpath.split(self.document_path)
        return f"{folder}/_rels/{base}.rels"

    def running(self) -> Iterator[Element]:
        """The roots of its headers and footers."""
        folder = posixpath.dirname(self.document_path)
        for relation in self._relationships():
            if relation.get("Type", "").rpartition("/")[2] in {"header", "footer"}:
                yield self._tree(posixpath.normpath(posixpath.join(folder, relation.get("Target", ""))).lstrip("/"))

    def relate(self, kind: str, target: str, *, external: bool = False) -> str:
        """The id of the main part's relationship to a target (made once); ``kind`` is the last word of its type."""
        tree = self._relationships()
        if (kind, target) not in self._relations:
            number = len(tree) + 1
            while f"rId{number}" in self._taken:
                number += 1
            self._taken.add(f"rId{number}")
            self._relations[kind, target] = f"rId{number}"
            relation = etree.SubElement(
                tree, f"{{{RELS}}}Relationship", Id=f"rId{number}", Type=f"{R}/{kind}", Target=target
            )
            if external:
                relation.set("TargetMode", "External")
        return self._relations[kind, target]

    def _relationships(self) -> Element:
        """The main part's relationships, made when the template has none."""
        if self._rels_path not in self.parts and self._rels_path not in self._trees:
            self._trees[self._rels_path] = etree.Element(f"{{{RELS}}}Relationships", nsmap=RELS_MAP)
        tree = self._tree(self._rels_path)
        if not self._taken:
            for relation in tree:
                key = relation.get("Type", "").rpartition("/")[2], relation.get("Target", "")
                self._relations.setdefault(key, relation.get("Id", ""))
                self._taken.add(relation.get("Id", ""))
        return tree

    def _part(self, kind: str, empty: Element) -> Element:
        """A part beside the main one (styles, numbering …), made from ``empty`` when the template has none."""
        folder = posixpath.dirname(self.document_path)
        for relation in self._relationships():
            if relation.get("Type", "").endswith(f"/{kind}"):
                return self._tree(posixpath.normpath(posixpath.join("/" + folder, relation.get("Target", "")))[1:])
        path = f"{folder}/{kind}.xml"
        self._trees[path] = empty
        self.relate(kind, f"{kind}.xml")
        self._content_type(f"/{path}", PART_TYPES[kind])
        return empty

    def _content_type(self, part: str, kind: str) -> None:
        tree = self._tree("[Content_Types].xml")
        if not any(entry.get("PartName") == part for entry in tree):
            etree.SubElement(tree, f"{{{TYPES}}}Override", PartName=part, ContentType=kind)

    def _default_type(self, extension: str, kind: str) -> None:
        tree = self._tree("[Content_Types].xml")
        if not any((entry.get("Extension") or "").lower() == extension for entry in tree):
            tree.insert(0, etree.Element(f"{{{TYPES}}}Default", Extension=extension, ContentType=kind))

    def next_id(self) -> int:
        """A number for a bookmark or a drawing, once in the document; above what a template may hold."""
        self._ids += 1
        return 10_000 + self._ids

    # --- styles

    def style(self, name: str) -> str:
        """The id of the style of that name; a template that lacks it is lent ours."""
        if not self._styles:
            for style in self._part("styles", make("styles")).iter(w("style")):
                label = style.find(w("name"))
                if label is not None:
                    self._styles.setdefault(label.get(w("val"), "").lower(), style.get(w("styleId"), ""))
        key = name.lower()
        if key not in self._styles:
            style_ = STYLES[name]
            if style_.based:
                self.style(style_.based)
            taken = set(self._styles.values())
            identifier = style_.id if style_.id not in taken else f"{style_.id}Coursepack"
            ids = {known: self._styles[known.lower()] for known in STYLES if known.lower() in self._styles}
            self._part("styles", make("styles")).append(style_element(style_, ids, identifier))
            self._styles[key] = identifier
        return self._styles[key]

    def style_name(self, identifier: str) -> str:
        """The name of a style by its id, in our own spelling of it; "" for one that is not there."""
        name = next((name for name, known in self._styles.items() if known == identifier), "")
        return next((own for own in STYLES if own.lower() == name), name)

    # --- lists

    def list_number(self, marker: Marker, start: int = 1, *, last: int = 0) -> int:
        """The ``w:numId`` of a list: one for all bullets of a kind, a new one for every ordered list. ``last`` is its
        largest number: from 100 on numbers begin farther left, so that there is a gap behind them."""
        hanging = list_hanging(last)
        if marker in {"disc", "dash"} and marker in self._numbers:
            return self._numbers[marker]
        tree = self._part("numbering", make("numbering"))
        if (marker, hanging) not in self._lists:
            abstracts = tree.findall(w("abstractNum"))
            number = max((int(a.get(w("abstractNumId"), "0")) for a in abstracts), default=0) + 1
            element = abstract_list(marker, number, self.language, hanging)
            # All abstract lists stand before the first list (17.9.17).
            first = next(
                (i for i, child in enumerate(tree) if child.tag in {w("num"), w("numIdMacAtCleanup")}), len(tree)
            )
            tree.insert(first, element)
            self._lists[marker, hanging] = number
        if not self._last_number:
            self._last_number = max((int(n.get(w("numId"), "0")) for n in tree.findall(w("num"))), default=0)
        self._last_number += 1
        ordered = marker not in {"disc", "dash"}
        element = numbered_list(self._last_number, self._lists[marker, hanging], start if ordered else None)
        end = tree[-1] if len(tree) else None
        tree.insert(len(tree) - 1 if end is not None and end.tag == w("numIdMacAtCleanup") else len(tree), element)
        self._numbers[marker] = self._last_number
        return self._last_number

    # --- footnotes

    def footnote(self, content: Iterable[Element]) -> int:
        """The id of a new footnote (17.11.10) with these paragraphs."""
        tree = self._part("footnotes", _no_footnotes())
        if not self._notes:
            self._notes = max((int(note.get(w("id"), "0")) for note in tree), default=0)
            self._setting(_footnote_setting(), "footnotePr", _AFTER_UPDATE[2:])
        self._notes += 1
        tree.append(make("footnote", content, id=self._notes))
        return self._notes

    # --- pictures

    def picture(self, asset: str, media_type: str, data: bytes) -> str:
        """The relationship id of a picture (each stored once). Raises KeyError for a format that Word cannot show."""
        ending = PICTURES[media_type]
        if asset not in self._pictures:
            number = len(self._pictures) + 1
            folder = posixpath.dirname(self.document_path)
            while f"{folder}/media/course{number}.{ending}" in self.parts:
                number += 1
            self.parts[f"{folder}/media/course{number}.{ending}"] = data
            self._default_type(ending, media_type)
            self._pictures[asset] = self.relate("image", f"media/course{number}.{ending}")
        return self._pictures[asset]

    # --- settings and properties

    def _setting(self, element: Element, name: str, followers: Sequence[str]) -> None:
        tree = self._part("settings", make("settings"))
        for old in tree.findall(w(name)):
            tree.remove(old)
        names = {etree.QName(child).localname: index for index, child in reversed(list(enumerate(tree)))}
        position = min((names[follower] for follower in followers if follower in names), default=len(tree))
        tree.insert(position, element)

    def update_fields(self) -> None:
        """Ask the reader's program to compute the fields when it opens the paper (17.15.1.94)."""
        self._setting(make("updateFields", val="true"), "updateFields", _AFTER_UPDATE)

    def set_language(self) -> None:
        """The paper's language, in the defaults of the styles and in the settings: spelling works by it."""
        tag = languages.tag(self.language)
        styles = self._part("styles", make("styles"))
        defaults = _path(styles, "docDefaults", "rPrDefault", "rPr")
        for old in defaults.findall(w("lang")):
            defaults.remove(old)
        defaults.append(make("lang", val=tag, eastAsia=tag))
        self._setting(
            make("themeFontLang", val=tag), "themeFontLang", _AFTER_UPDATE[_AFTER_UPDATE.index("themeFontLang") + 1 :]
        )

    def set_font(self, name: str) -> None:
        """The letters of all that names none, in the defaults of the styles."""
        fonts = _path(self._part("styles", make("styles")), "docDefaults", "rPrDefault", "rPr", "rFonts")
        for use in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(w(use), clean(name))

    def set_properties(
        self, title: str, authors: str, *, subject: str = "", keywords: str = "", template: str = ""
    ) -> None:
        """The document's properties (ECMA-376 Part 2, section 11); the dates are those of every build.

        ``template`` says which shipped template made it: such a paper is checked closely wherever it turns up.
        """
        root = etree.Element(f"{{{CORE}}}coreProperties", nsmap={"cp": CORE, "dc": DC, "dcterms": DCTERMS, "xsi": XSI})
        for space, name, text in (
            (DC, "title", title),
            (DC, "subject", subject),
            (DC, "creator", authors),
            (CORE, "keywords", keywords),
            (DC, "language", languages.tag(self.language)),
        ):
            if text:
                etree.SubElement(root, f"{{{space}}}{name}").text = clean(text)
        for name in ("created", "modified"):
            date = etree.SubElement(root, f"{{{DCTERMS}}}{name}")
            date.set(f"{{{XSI}}}type", "dcterms:W3CDTF")
            date.text = DATE
        self._property_part("docProps/core.xml", root, CORE_TYPE, f"{RELS}/metadata/core-properties")
        app = etree.Element(f"{{{EXTENDED}}}Properties", nsmap=_EXTENDED_MAP)
        if template:
            etree.SubElement(app, f"{{{EXTENDED}}}Template").text = template
        etree.SubElement(app, f"{{{EXTENDED}}}Application").text = PROGRAM
        self._property_part("docProps/app.xml", app, APP_TYPE, f"{R}/extended-properties")

    def _property_part(self, path: str, root: Element, kind: str, relation_type: str) -> None:
        relations = self._tree("_rels/.rels")
        for relation in relations:
            if relation.get("Type") == relation_type:
                self._trees[relation.get("Target", "").lstrip("/")] = root
                return
        self._trees[path] = root
        taken = {relation.get("Id") for relation in relations}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        etree.SubElement(relations, f"{{{RELS}}}Relationship", Id=f"rId{number}", Type=relation_type, Target=path)
        self._content_type(f"/{path}", kind)

    # --- out

    def members(self) -> tuple[Member, ...]:
        """The members, content types first, then relationships, the main part, the rest by name."""
        for path, tree in self._trees.items():
            self.parts[path] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        order = {"[Content_Types].xml": 0, "_rels/.rels": 1, self.document_path: 2}
        return tuple(Member(path, self.parts[path]) for path in sorted(self.parts, key=lambda p: (order.get(p, 3), p)))


def _path(root: Element, *names: str) -> Element:
    for name in names:
        found = root.find(w(name))
        if found is None:
            found = make(name)
            root.insert(0, found)
        root = found
    return root


def _no_footnotes() -> Element:
    """The part with the two separators that must be there (17.11.23)."""
    kinds = (("separator", -1), ("continuationSeparator", 0))
    return root(
        "footnotes",
        [make("footnote", [paragraph([make("r", [make(kind)])])], type=kind, id=number) for kind, number in kinds],
    )


def _footnote_setting() -> Element:
    return make("footnotePr", [make("footnote", id=number) for number in (-1, 0)])
