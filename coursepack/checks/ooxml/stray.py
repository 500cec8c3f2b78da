"""Text that stands where no reader of a Word document looks for it.

Letters of WordprocessingML stand in ``w:t``, ``w:delText``, ``w:instrText``, ``w:delInstrText`` and, as base64,
``w:fldData`` (ECMA-376 Part 1, 17.3.3, 17.16); everything else holds elements alone. What stands beside them is shown
by nobody: LibreOffice and python-docx lose it without a word, Word calls the file damaged.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from coursepack.checks.ooxml.opc import line_of
from coursepack.files.package import Package
from coursepack.place import Finding, error

Element = etree._Element

_HOLD_TEXT = ("t", "delText", "instrText", "delInstrText", "fldData")
_SHOWN = 40


def stray_text(package: Package, part: str, root: Element, space: str) -> Iterator[Finding]:
    """Text outside of the elements that hold text, in a part whose main namespace is ``space``."""
    prefix = f"{{{space}}}"
    holders = {prefix + name for name in _HOLD_TEXT}
    for element in root.iter():
        if _is_empty(element.text) and _is_empty(element.tail):
            continue
        parent = element.getparent()
        places = [(element, element.text)] if isinstance(element.tag, str) else []
        places += [(parent, element.tail)] if parent is not None else []
        for holder, text in places:
            tag = str(holder.tag)
            if not _is_empty(text) and tag.startswith(prefix) and tag not in holders:
                yield _reported(package, part, holder, str(text))


def _is_empty(text: str | None) -> bool:
    return not text or text.isspace()


def _reported(package: Package, part: str, holder: Element, text: str) -> Finding:
    words = " ".join(text.split())
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
    message = f"the text {shown!r} stands in w:{etree.QName(holder).localname} and not in w:t: programs lose it"
    return error("ooxml-text-outside", message, package.place(part, line_of(holder)), "put it into w:t")
