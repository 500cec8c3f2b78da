"""Assessments of QTI 1.2 as systems other than cartridges write them: what every reader needs of them.

Source: IMS QTI 1.2.1 «ASI XML Binding»: items with their own ``ident``, conditions that test a response of the item.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from coursepack.checks.xml import line_of
from coursepack.files.package import Package
from coursepack.files.xml import XmlError
from coursepack.place import Finding, error, warning

Element = etree._Element

ROOT = "questestinterop"
_RESPONSES = ("response_lid", "response_str", "response_num", "response_xy", "response_grp")
_TESTS = ("varequal", "varlt", "varlte", "vargt", "vargte", "varsubset", "varinside", "varsubstring")


def document(package: Package, member: str) -> Iterator[Finding]:
    """Everything about one document."""
    try:
        root = package.xml(member)
    except XmlError as problem:
        yield error("qti-malformed", str(problem), package.place(member, problem.line))
        return
    if etree.QName(root).localname != ROOT:
        message = f"the root element is {etree.QName(root).localname!r}, expected {ROOT!r}"
        yield error("qti12-root", message, package.place(member, line_of(root)))
        return
    items = list(root.iter("{*}item"))
    if not items:
        yield warning("qti-test-empty", "no item in the assessment", package.place(member))
    seen: set[str] = set()
    for item in items:
        ident = str(item.get("ident", ""))
        place = package.place(member, line_of(item))
        if not ident:
            yield error("qti12-ident", "an item without an ident", place)
        elif ident in seen:
            yield error("qti-identifier-twice", f"two items are called {ident!r}", place)
        seen.add(ident)
        yield from _item(package, member, item, ident)


def _item(package: Package, member: str, item: Element, ident: str) -> Iterator[Finding]:
    responses = {str(found.get("ident", "")): found for name in _RESPONSES for found in item.iter(f"{{*}}{name}")}
    for name in _TESTS:
        for test in item.iter(f"{{*}}{name}"):
            target, place = str(test.get("respident", "")), package.place(member, line_of(test))
            response = responses.get(target)
            if response is None:
                message = f"item {ident!r}: a condition tests {target!r}, no such response"
                yield error("qti-respident", message, place)
                continue
            offered = {str(label.get("ident", "")) for label in response.iter("{*}response_label")}
            value = (test.text or "").strip()
            chosen = etree.QName(response).localname == "response_lid"
            if name == "varequal" and chosen and offered and value not in offered:
                message = f"item {ident!r}: a condition tests for the answer {value!r}, which is not offered"
                yield error("qti-varequal", message, place)
    texts = {str(found.get("ident", "")) for found in item.iter("{*}itemfeedback")}
    for show in item.iter("{*}displayfeedback"):
        name = str(show.get("linkrefid", ""))
        if name not in texts:
            message = f"item {ident!r}: feedback {name!r} is shown but not there"
            yield warning("qti-feedback-missing", message, package.place(member, line_of(show)))
