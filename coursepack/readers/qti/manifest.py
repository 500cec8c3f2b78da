"""What a manifest says of the documents of a package: their order, and what each is about.

Sources: IMS Content Packaging 1.1 to 1.3 and QTI 3.0's profile of it; IEEE LOM as bound by IMS Metadata.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from coursepack.ims.qti_terms import LEVEL_PURPOSE, OUTCOME_PURPOSE
from coursepack.readers.qti import tree
from coursepack.text.tagged import LEVEL_TAG

Element = etree._Element
_PURPOSES = frozenset({OUTCOME_PURPOSE, "competency", "discipline", "idea"})


@dataclass(frozen=True)
class QtiResource:
    """A resource: identifier, type, the member that opens it, and the tags that its metadata give."""

    ident: str
    kind: str
    member: str
    tags: tuple[str, ...] = ()

    @property
    def is_qti(self) -> bool:
        return "qti" in self.kind.lower()


def resources(root: Element, folder: str) -> list[QtiResource]:
    """The resources of a manifest (``tree.plain``) that lies in ``folder``, in their order."""
    found = []
    for holder in root.iter("resources"):
        for each in holder.iterchildren("resource"):
            files = [file.get("href", "") for file in each.iterchildren("file")]
            href = each.get("href") or each.get("file") or next(iter(files), "")
            if href:
                parts = (folder, root.get("base", ""), holder.get("base", ""), each.get("base", ""), unquote(href))
                member = posixpath.normpath(posixpath.join(*parts)).lstrip("/")
                found.append(QtiResource(each.get("identifier", ""), each.get("type", ""), member, tuple(_tags(each))))
    return found


def _tags(resource: Element) -> Iterator[str]:
    lom = next(resource.iter("lom"), None)
    if lom is None:
        return
    for keyword in (each for general in lom.iterchildren("general") for each in general.iterchildren("keyword")):
        if stated := _said(keyword):
            yield stated
    for each in lom.iterchildren("classification"):
        purpose = _value(each.find("purpose"))
        entries = [
            text for taxon in each.iter("taxon") if (text := _said(taxon.find("entry")) or _said(taxon.find("id")))
        ]
        if purpose == LEVEL_PURPOSE:
            yield from (
                text if text.startswith(LEVEL_TAG) else f"{LEVEL_TAG}{text}" for text in entries if _level(text)
            )
        elif purpose in _PURPOSES:
            yield from entries


def _level(text: str) -> bool:
    number = text.removeprefix(LEVEL_TAG)
    return number.isdecimal() and len(number) < 3


def _said(element: Element | None) -> str:
    return "" if element is None else tree.words(element)


def _value(element: Element | None) -> str:
    found = None if element is None else element.find("value")
    return _said(found if found is not None else element).lower()
