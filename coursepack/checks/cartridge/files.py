"""What resources of a cartridge name: topics, web links, assignments, LTI links.

Sources: IMS Common Cartridge Profile 1.0–1.3, «Discussion topics», «Web links», «Basic LTI links»; the assignment
extension 1.0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from coursepack.checks import Grammar, html, xml
from coursepack.checks.ims import local
from coursepack.checks.xml import line_of
from coursepack.files.package import Package
from coursepack.ims.profiles import ASSIGNMENT, PROFILES, Profile
from coursepack.place import Finding, Place, error, warning

Element = etree._Element


def _of(resource_type: str) -> Profile:
    return next(p for p in PROFILES if resource_type in {p.topic, p.weblink})


def _topic(package: Package, member: str, root: Element, kind: str, grammar: Grammar) -> Iterator[Finding]:
    profile = _of(kind)
    if not _is(root, profile.dt, "topic"):
        yield _wrong_root(package.place(member, line_of(root)), root, "topic", profile.dt)
        return
    name = f"cc/topic{profile.version.replace('.', '')}.xsd"
    yield from xml.violations(package, member, root, name, "cc-topic-schema")
    yield from _named(package, member, root, "topic")
    text = next((child for child in root if local(child) == "text"), None)
    if text is not None and not (text.text or "").strip():
        yield warning("cc-topic-empty", "the topic has no text", package.place(member))
    if text is not None and text.text:
        yield from html.references(package, member, text.text, grammar)
    for attachment in root.iter("{*}attachment"):
        address = str(attachment.get("href", ""))
        if not html.found(package, member, address):
            message = f"the attachment {address!r} is not in the package"
            yield error("cc-attachment-missing", message, package.place(member, line_of(attachment)))


def _weblink(package: Package, member: str, root: Element, kind: str, grammar: Grammar) -> Iterator[Finding]:
    profile = _of(kind)
    if not _is(root, profile.wl, "webLink"):
        yield _wrong_root(package.place(member, line_of(root)), root, "webLink", profile.wl)
        return
    name = f"cc/link{profile.version.replace('.', '')}.xsd"
    yield from xml.violations(package, member, root, name, "cc-link-schema")
    yield from _named(package, member, root, "link")
    url = next((child for child in root if local(child) == "url"), None)
    address = str(url.get("href", "")).strip() if url is not None else ""
    place = package.place(member)
    if url is not None and not address:
        yield error("cc-link-address", "the link has no address", place)
    elif address and "://" not in address and not address.startswith("mailto:"):
        make = error if grammar.closed else warning
        yield make("cc-link-address", f"{address!r} is not a whole address (https://…)", place)
    elif any(letter.isspace() for letter in address):
        yield warning("cc-link-address", f"{address!r} holds blanks: browsers cut it off at the first one", place)


def _named(package: Package, member: str, root: Element, what: str) -> Iterator[Finding]:
    title = next((child for child in root if local(child) == "title"), None)
    if title is not None and not (title.text or "").strip():
        yield warning("cc-untitled", f"the {what}'s title is empty", package.place(member))


def _assignment(package: Package, member: str, root: Element, kind: str, grammar: Grammar) -> Iterator[Finding]:
    if not _is(root, ASSIGNMENT, "assignment"):
        yield _wrong_root(package.place(member, line_of(root)), root, "assignment", ASSIGNMENT)
        return
    yield from xml.violations(package, member, root, "cc/assignment.xsd", "cc-assignment-schema")
    yield from _named(package, member, root, kind.partition("_")[0])
    for text in root.iter(f"{{{ASSIGNMENT}}}text", f"{{{ASSIGNMENT}}}instructor_text"):
        yield from html.references(package, member, text.text or "", grammar)
    for attachment in root.iter(f"{{{ASSIGNMENT}}}attachment"):
        address = str(attachment.get("href", ""))
        if not html.found(package, member, address):
            message = f"the attachment {address!r} is not in the package"
            yield error("cc-attachment-missing", message, package.place(member, line_of(attachment)))


def _lti(package: Package, member: str, root: Element, kind: str, grammar: Grammar) -> Iterator[Finding]:
    if local(root) != "cartridge_basiclti_link":
        message = f"the root element is {local(root)!r}, expected 'cartridge_basiclti_link'"
        yield error("cc-lti-root", message, package.place(member))


def _is(root: Element, namespace: str, name: str) -> bool:
    return root.tag == f"{{{namespace}}}{name}"


def _wrong_root(place: Place, root: Element, name: str, namespace: str) -> Finding:
    found = etree.QName(root)
    if found.localname == name:
        message = f"{name} is in the namespace {found.namespace!r}, expected {namespace!r} (the resource's version)"
    else:
        message = f"the root element is {found.localname!r}, expected {name!r}"
    return error("cc-root", message, place)


DOCUMENTS: dict[str, Callable[[Package, str, Element, str, Grammar], Iterator[Finding]]] = {
    "topic": _topic,
    "weblink": _weblink,
    "assignment": _assignment,
    "lti": _lti,
}
