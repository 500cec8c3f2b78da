"""Elements of a backup: leaves with Moodle's own notation for NULL, and whole files.

Moodle recognises a backup by the first 200 bytes of ``moodle_backup.xml``, which must hold an XML declaration in
double quotes (``backup/util/helper/backup_general_helper.class.php``); lxml writes single ones, so ``document``
writes the line itself.
"""

from __future__ import annotations

import re

from lxml import etree

from coursepack.files.xml import legal

Element = etree._Element
Value = str | int | float | None

NULL = "$@NULL@$"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def spell(value: Value) -> str:
    """A value as Moodle reads it: NULL by its own word (a text of just that word is set off by a blank), numbers with
    a point and no needless zeros."""
    if value is None:
        return NULL
    if isinstance(value, float):
        return f"{value:.7f}".rstrip("0").rstrip(".")
    text = legal(str(value))
    return text if text != NULL else f" {NULL}"


def leaf(parent: Element, name: str, value: Value) -> Element:
    """One leaf."""
    element = etree.SubElement(parent, name)
    element.text = spell(value)
    return element


def leaves(parent: Element, values: dict[str, Value]) -> None:
    """A leaf a value, in this order."""
    for name, value in values.items():
        leaf(parent, name, value)


def node(parent: Element, name: str, **attributes: int) -> Element:
    """An element that holds others; its attributes are ids."""
    return etree.SubElement(parent, name, {key: str(value) for key, value in attributes.items()})


def root(name: str, **attributes: int | str) -> Element:
    """The root of a file."""
    return etree.Element(name, {key: str(value) for key, value in attributes.items()})


def content(element: Element) -> list[str]:
    """What an element says, leaf by leaf: not the ids, which are private to the file, nor a printed number before a
    name, which changes when something is put before it."""
    found = []
    for one in element.iter():
        if not len(one) and one.text and one.tag not in _REFERENCES:
            said = _PRINTED_NUMBER.sub("", one.text) if one.tag == "name" else one.text
            found.append(f"{one.tag}={said}")
    return found


# Leaves that name another element by its id.
_REFERENCES = {"stamp", "parent", "question", "sequence", "trueanswer", "falseanswer", "answer"}
_PRINTED_NUMBER = re.compile(r"^\d+\. ")


def document(element: Element) -> bytes:
    """A file of the backup, indented, UTF-8."""
    etree.indent(element, " ")
    return _DECLARATION + etree.tostring(element, encoding="UTF-8") + b"\n"
