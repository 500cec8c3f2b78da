"""Questions of a cartridge as one document of QTI 1.2, with what they show inside it: the reader of QTI knows the rest.

Sources: IMS Common Cartridge Profile 1.3, «QTI Assessment»; RFC 2397 for what is inside (``name`` is that of the file).
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from copy import deepcopy
from urllib.parse import quote

from lxml import etree

from coursepack.files import media
from coursepack.files.package import Package
from coursepack.readers.html.tree import parse
from coursepack.readers.inline import local

Element = etree._Element
Find = Callable[[str], str | None]
"""Address in a text → member of the package."""
BEGIN, END = b'<?xml version="1.0" encoding="UTF-8"?>\n<questestinterop>\n', b"</questestinterop>\n"
_ADDRESSES = ("src", "href", "data")


def questions(package: Package, root: Element, title: str, find: Find) -> Iterator[bytes]:
    """The questions of one assessment or bank, under its title."""
    begin = etree.tostring(etree.Element("assessment", title=title), encoding="utf-8").removesuffix(b"/>")
    yield begin + b">\n"
    for item in (each for each in root.iter("*") if local(each.tag) == "item"):
        yield etree.tostring(_whole(package, item, find), encoding="utf-8", with_tail=False) + b"\n"
    yield b"</assessment>\n"


def title(root: Element) -> str:
    """What an assessment or a bank is called."""
    named = next((each for each in root.iter("*") if local(each.tag) == "assessment"), None)
    stated = "" if named is None else named.get("title", "")
    return " ".join((stated or _bank_title(root)).split())


def _bank_title(root: Element) -> str:
    for each in root.iter("*"):
        if local(each.tag) == "qtimetadatafield":
            parts = {local(part.tag): (part.text or "").strip() for part in each.iterchildren("*")}
            if parts.get("fieldlabel") == "bank_title":
                return parts.get("fieldentry", "")
    return ""


def _whole(package: Package, item: Element, find: Find) -> Element:
    """The item with the bytes of what it shows in the place of addresses."""
    result = deepcopy(item)
    for element in result.iter("*"):
        name = local(element.tag)
        if name == "mattext" and not len(element) and element.text:
            element.text = _with_files(package, element.text, find)
        elif name.startswith("mat") and element.get("uri"):
            element.set("uri", _inside(package, element.get("uri", ""), find))
    return result


def _with_files(package: Package, html: str, find: Find) -> str:
    body = parse(html) if any(f"{name}=" in html for name in _ADDRESSES) else None
    if body is None:
        return html
    for element in body.iter("*"):
        for name in _ADDRESSES:
            if name in element.attrib:
                element.set(name, _inside(package, str(element.get(name)), find))
    return (body.text or "") + "".join(etree.tostring(e, encoding="unicode", method="html") for e in body)


def _inside(package: Package, address: str, find: Find) -> str:
    """The address of a member as its bytes; another one, or that of a page, as it is."""
    member = find(address)
    kind = media.named(member or "")
    if member is None or kind.page:
        return address
    name = quote(member.rpartition("/")[2], safe="")
    data = b"".join(package.chunks(member))
    return f"data:{kind.type};name={name};base64,{base64.b64encode(data).decode('ascii')}"
