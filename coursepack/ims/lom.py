"""IEEE LOM metadata of a course, as each binding writes it.

Sources: IEEE 1484.12.3 (LOM 1.0 XML binding: ``<string language="kk">``) as profiled by Common Cartridge 1.1 and 1.3
and by SCORM 2004; IMS Learning Resource Meta-data 1.2.1 (``<langstring xml:lang="kk">``) for SCORM 1.2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml import etree

from coursepack.model.blocks import block_text
from coursepack.model.course import Course

Element = etree._Element
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Strings = Callable[[Element, str, Iterable[str], str], None]


def lom_strings(parent: Element, name: str, texts: Iterable[str], language: str) -> None:
    """``<name><string language="…">text</string></name>`` for each text (LOM 1.0)."""
    namespace = etree.QName(parent).namespace
    for text in texts:
        holder = etree.SubElement(parent, f"{{{namespace}}}{name}")
        etree.SubElement(holder, f"{{{namespace}}}string", {"language": language}).text = clean(text)


def langstrings(parent: Element, name: str, texts: Iterable[str], language: str) -> None:
    """``<name><langstring xml:lang="…">text</langstring></name>`` for each text (IMS Meta-data 1.2)."""
    namespace = etree.QName(parent).namespace
    for text in texts:
        holder = etree.SubElement(parent, f"{{{namespace}}}{name}")
        etree.SubElement(holder, f"{{{namespace}}}langstring", {XML_LANG: language}).text = clean(text)


def clean(text: str) -> str:
    """Text that XML can hold, blanks folded."""
    if text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def describe(
    lom: Element, course: Course, *, title: str | None = None, strings: Strings = lom_strings, vocabulary: bool = False
) -> Element:
    """Fill ``lom`` (an empty element in its namespace) with what is known of the course, and return it.

    ``title`` replaces the course's own where a reader cannot take it; ``vocabulary`` writes ``<source>`` before the
    value of a vocabulary (the cartridge profiles leave it out).
    """
    namespace = etree.QName(lom).namespace

    def sub(parent: Element, name: str) -> Element:
        return etree.SubElement(parent, f"{{{namespace}}}{name}")

    general = sub(lom, "general")
    strings(general, "title", [title or course.title], course.language)
    sub(general, "language").text = course.language
    description = block_text(course.about.description)
    strings(general, "description", [description] if description else [], course.language)
    strings(general, "keyword", course.about.keywords, course.language)
    if course.about.rights:
        rights = sub(lom, "rights")
        restrictions = sub(rights, "copyrightAndOtherRestrictions")
        if vocabulary:
            sub(restrictions, "source").text = "LOMv1.0"
        sub(restrictions, "value").text = "yes"
        strings(rights, "description", [course.about.rights], course.language)
    return lom


def for_role(namespace: str, vocabulary: str, role: str) -> Element:
    """Metadata of a resource that says for whom it is: ``Learner``, ``Instructor`` or ``Mentor``."""
    lom = etree.Element(f"{{{namespace}}}lom", nsmap={None: namespace})  # type: ignore[dict-item]  # the stubs know no default prefix
    user = etree.SubElement(etree.SubElement(lom, f"{{{namespace}}}educational"), f"{{{namespace}}}intendedEndUserRole")
    etree.SubElement(user, f"{{{namespace}}}source").text = vocabulary
    etree.SubElement(user, f"{{{namespace}}}value").text = role
    return lom
