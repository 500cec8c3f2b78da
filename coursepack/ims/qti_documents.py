"""Assessments and question banks: the documents that items stand in.

Source: IMS Common Cartridge Profile 1.1/1.3, «QTI Assessment» (one section, ``cc.exam.v0p1``) and «Question bank» (an
object bank that no item of the manifest may point to).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from coursepack.ims.profiles import QTI
from coursepack.ims.qti import NSMAP, metadata_field

Element = etree._Element
Sub = etree.SubElement


def _tag(name: str) -> str:
    return f"{{{QTI}}}{name}"


def assessment(ident: str, title: str, items: Iterable[Element], *, attempts: str = "unlimited") -> Iterator[Element]:
    """The root of an assessment, complete. One element, as an iterator so that it is used like ``bank``."""
    root = etree.Element(_tag("questestinterop"), nsmap=NSMAP)
    holder = Sub(root, _tag("assessment"), {"ident": ident, "title": title})
    metadata = Sub(holder, _tag("qtimetadata"))
    for label, entry in (
        ("cc_profile", "cc.exam.v0p1"),
        ("qmd_assessmenttype", "Examination"),
        ("qmd_scoretype", "Percentage"),
        ("qmd_feedbackpermitted", "Yes"),
        ("qmd_hintspermitted", "No"),
        ("qmd_solutionspermitted", "No"),
        ("cc_maxattempts", attempts),
    ):
        metadata_field(metadata, label, entry)
    section = Sub(holder, _tag("section"), {"ident": "root_section"})
    section.extend(items)
    yield root


def write_bank(file: object, ident: str, items: Iterable[Element]) -> int:
    """Stream an object bank into ``file`` (anything with ``write``); the number of items."""
    count = 0
    with etree.xmlfile(file, encoding="UTF-8") as out:
        out.write_declaration()
        with out.element(_tag("questestinterop"), nsmap=NSMAP), out.element(_tag("objectbank"), {"ident": ident}):
            for item in items:
                out.write(item)
                count += 1
    return count
