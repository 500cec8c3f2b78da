"""A fresh DOCX: the parts that a template begins with (ECMA-376 Part 2, and Part 1, section 11)."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from coursepack import languages
from coursepack.render.docx_file import DOCUMENT_TYPE, PART_TYPES, RELS, RELS_MAP, RELS_TYPE, TYPES, TYPES_MAP, DocxFile
from coursepack.render.docx_styles import list_parts
from coursepack.render.wml import Element, R, make, root


def new_package(
    body: Element, styles: Element, *, headers: Mapping[str, Element], footers: Mapping[str, Element]
) -> dict[str, bytes]:
    """The members of a fresh package; ``headers`` and ``footers`` are the parts by relationship id."""
    types = etree.Element(f"{{{TYPES}}}Types", nsmap=TYPES_MAP)
    for ending, kind in (("rels", RELS_TYPE), ("xml", "application/xml")):
        etree.SubElement(types, f"{{{TYPES}}}Default", Extension=ending, ContentType=kind)
    relations = etree.Element(f"{{{RELS}}}Relationships", nsmap=RELS_MAP)
    trees: dict[str, Element] = {"[Content_Types].xml": types, "word/document.xml": root("document", [body])}
    etree.SubElement(types, f"{{{TYPES}}}Override", PartName="/word/document.xml", ContentType=DOCUMENT_TYPE)
    numbering = make("numbering", list_parts())
    for kind, identifier, tree in (
        *(("header", identifier, tree) for identifier, tree in headers.items()),
        *(("footer", identifier, tree) for identifier, tree in footers.items()),
        ("styles", "rIdStyles", styles),
        ("numbering", "rIdNumbering", numbering),
        ("settings", "rIdSettings", _settings()),
    ):
        name = f"{identifier}.xml" if kind in {"header", "footer"} else f"{kind}.xml"
        etree.SubElement(relations, f"{{{RELS}}}Relationship", Id=identifier, Type=f"{R}/{kind}", Target=name)
        etree.SubElement(types, f"{{{TYPES}}}Override", PartName=f"/word/{name}", ContentType=PART_TYPES[kind])
        trees[f"word/{name}"] = tree
    trees["word/_rels/document.xml.rels"] = relations
    top = etree.Element(f"{{{RELS}}}Relationships", nsmap=RELS_MAP)
    etree.SubElement(top, f"{{{RELS}}}Relationship", Id="rId1", Type=f"{R}/officeDocument", Target="word/document.xml")
    trees["_rels/.rels"] = top
    file = DocxFile("new", {}, languages.assumed(), _trees=trees)
    return {member.path: member.read() for member in file.members()}


def _settings() -> Element:
    compatibility = make(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    return make(
        "settings",
        [
            make("zoom", percent=100),
            make("defaultTabStop", val=708),
            make("characterSpacingControl", val="doNotCompress"),
            make("compat", [compatibility]),
        ],
    )
