"""IMS Content Packaging: what holds for every manifest, cartridge or SCORM.

Source: IMS Content Packaging 1.1.4/1.2 Information Model and Best Practice guide: identifiers are unique, references
lead somewhere, every ``href`` is a file of the package.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote, urlsplit

from lxml import etree

from coursepack.checks import Grammar
from coursepack.checks.addresses import LONGEST, Bases
from coursepack.checks.needs import behind, owned
from coursepack.checks.xml import line_of
from coursepack.files.package import Package
from coursepack.files.xml import XmlError
from coursepack.ims.packaging import MANIFEST
from coursepack.place import Finding, LimitError, Place, error, shortened, warning

Element = etree._Element

_SHOWN = 5
# Files that lie in packages for tools and systems, not for learners.
_BESIDE = (".xsd", ".dtd", ".DS_Store", "Thumbs.db", ".gitkeep")


@dataclass(frozen=True)
class ManifestResource:
    """A resource as read. ``href`` and ``files`` are paths as written; ``paths`` where they lead inside the package."""

    element: Element
    identifier: str
    type: str
    href: str | None
    files: tuple[str, ...]
    dependencies: tuple[str, ...]

    @cached_property
    def label(self) -> str:
        """The identifier as messages name it; made once, for thousands of them may speak of one resource."""
        return repr(shortened(self.identifier))


@dataclass
class ImsManifest:
    """A manifest as read. ``folder`` is where it lies («» or ``course/``); ``member`` its path."""

    package: Package
    member: str
    root: Element
    namespace: str
    items: list[Element] = field(default_factory=list)
    resources: list[ManifestResource] = field(default_factory=list)
    _bases: Bases = field(default_factory=Bases)
    _by_id: dict[str, ManifestResource] = field(default_factory=dict)
    _found: dict[tuple[str, str], str | None] = field(default_factory=dict)

    @cached_property
    def needs(self) -> dict[str, tuple[str, ...]]:
        """What each resource depends on."""
        return {resource.identifier: resource.dependencies for resource in self.resources}

    @cached_property
    def owners(self) -> dict[str, frozenset[str]]:
        """The resources that list a file, by its decoded path."""
        return owned({resource.identifier: [_decoded(file) for file in resource.files] for resource in self.resources})

    @property
    def folder(self) -> str:
        return self.member.removesuffix(MANIFEST)

    def place(self, element: Element | None = None) -> Place:
        return self.package.place(self.member, line_of(element))

    def path(self, element: Element, href: str) -> str:
        """Where an ``href`` of an element leads inside the package (``xml:base`` of it and above counts)."""
        return _joined(self._base(element), href)

    def _base(self, element: Element) -> str:
        return self.folder + self._bases.of(element)

    def find(self, element: Element, href: str) -> str | None:
        """The member an ``href`` names: as written, or percent-decoded, without query and fragment. Looked for once,
        however many checks ask."""
        if len(href) > LONGEST:
            return None
        key = (self._base(element), href)
        if key not in self._found:
            paths = (_joined(key[0], name) for name in _spellings(href))
            self._found[key] = next((path for path in paths if path in self.package), None)
        return self._found[key]

    def by_id(self) -> dict[str, ManifestResource]:
        """Identifier → resource, the last where one is used twice; made once, for every dependency asks."""
        if not self._by_id:
            self._by_id.update((resource.identifier, resource) for resource in self.resources)
        return self._by_id


def _joined(base: str, href: str) -> str:
    whole = base + href
    # What is longer than any name in a package names none: it need not be taken apart.
    return whole if len(whole) > LONGEST else posixpath.normpath(whole)


def _spellings(href: str) -> list[str]:
    """What an ``href`` may mean, the likeliest first."""
    plain = href.partition("?")[0].partition("#")[0]
    if "%" not in href:
        return [href, plain] if plain != href else [href]
    decoded = unquote(href)
    return list(dict.fromkeys((href, decoded, unquote(decoded), plain, unquote(plain))))


def local(element: Element) -> str:
    """The local name of an element («» for a comment)."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def read(package: Package) -> tuple[ImsManifest | None, list[Finding]]:
    """The manifest of a package, or None with what stands in the way."""
    names = [name for name in package.names() if posixpath.basename(name) == MANIFEST]
    if not names:
        wrong = next((name for name in package.names() if posixpath.basename(name).lower() == MANIFEST), None)
        if wrong:
            return None, [error("ims-manifest-name", f"the manifest must be called {MANIFEST}", package.place(wrong))]
        return None, [error("ims-manifest-missing", f"no {MANIFEST} in the package", package.place())]
    member = min(names, key=lambda name: (name.count("/"), name))
    findings: list[Finding] = []
    if member != MANIFEST:
        findings.append(
            warning("ims-manifest-folder", f"{MANIFEST} is not in the root of the package", package.place(member))
        )
    try:
        root = package.xml(member, limit="manifest-marks")
    except XmlError as problem:
        return None, [*findings, error("ims-manifest-malformed", str(problem), package.place(member, problem.line))]
    except LimitError as problem:
        return None, [*findings, error("ims-manifest-large", problem.message, problem.place, problem.advice)]
    if local(root) != "manifest":
        message = f"the root element is {local(root)!r}, expected 'manifest'"
        return None, [*findings, error("ims-manifest-root", message, package.place(member, line_of(root)))]
    return _manifest(package, member, root), findings


def _manifest(package: Package, member: str, root: Element) -> ImsManifest:
    namespace = etree.QName(root).namespace or ""
    manifest = ImsManifest(package, member, root, namespace)
    manifest.items = list(root.iter(f"{{{namespace}}}item"))
    for element in root.iter(f"{{{namespace}}}resource"):
        files = [str(file.get("href", "")) for file in element.findall(f"{{{namespace}}}file")]
        needs = [str(need.get("identifierref", "")) for need in element.findall(f"{{{namespace}}}dependency")]
        manifest.resources.append(
            ManifestResource(
                element=element,
                identifier=str(element.get("identifier", "")),
                type=str(element.get("type", "")),
                href=str(element.get("href")) if element.get("href") is not None else None,
                files=tuple(files),
                dependencies=tuple(needs),
            )
        )
    return manifest


def check(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """The layer ``ims``: the manifest of any content package."""
    manifest, findings = read(package)
    yield from findings
    if manifest is None:
        return
    if not manifest.resources:
        # Forums of Sakai stand in the metadata of items, which need no file.
        named = not manifest.items or any(item.get("identifierref") for item in manifest.items)
        message = "the manifest lists no resource: there is nothing to import"
        yield (error if named else warning)("ims-resources-missing", message, manifest.place(manifest.root))
    yield from rules(manifest, closed=grammar.closed, remote=True)


def rules(
    manifest: ImsManifest, *, closed: bool = False, remote: bool = False, loose: bool = False
) -> Iterator[Finding]:
    """What every manifest must keep.

    ``remote``: an ``href`` may be an address on the web (SCORM). ``loose``: an item without its resource, an ``href``
    that the resource does not list are warnings.
    """
    yield from _identifiers(manifest)
    yield from _references(manifest, loose=loose)
    for resource in manifest.resources:
        yield from _files(manifest, resource, closed=closed, remote=remote, loose=loose)
    yield from _undeclared(manifest, closed=closed)


def _identifiers(manifest: ImsManifest) -> Iterator[Finding]:
    seen: dict[str, Element] = {}
    for element in manifest.root.iter(f"{{{manifest.namespace}}}*"):
        identifier = element.get("identifier")
        if identifier is None:
            continue
        if identifier in seen:
            yield error(
                "ims-identifier-twice",
                f"the identifier {identifier!r} is used twice (first in line {line_of(seen[str(identifier)])})",
                manifest.place(element),
                "give each element its own",
            )
        seen.setdefault(str(identifier), element)


def _references(manifest: ImsManifest, *, loose: bool) -> Iterator[Finding]:
    known = manifest.by_id()
    for item in manifest.items:
        target = item.get("identifierref")
        if target is not None and target not in known:
            make = warning if loose else error
            yield make("ims-item-dangling", f"the item refers to {target!r}, no such resource", manifest.place(item))
    for resource in manifest.resources:
        for target, times in Counter(resource.dependencies).items():
            if target not in known:
                message = f"resource {resource.label} depends on {target!r}, no such resource"
                yield error("ims-dependency-dangling", message, manifest.place(resource.element))
            elif target == resource.identifier:
                message = f"resource {target!r} depends on itself"
                yield error("ims-dependency-itself", message, manifest.place(resource.element))
            if times > 1:
                message = f"resource {resource.label} names the dependency {target!r} twice"
                yield error("ims-dependency-twice", message, manifest.place(resource.element))


def _files(
    manifest: ImsManifest, resource: ManifestResource, *, closed: bool, remote: bool, loose: bool
) -> Iterator[Finding]:
    place = manifest.place(resource.element)
    for href, times in Counter(resource.files).items():
        if times > 1:
            make = error if closed else warning
            yield make("ims-file-twice", f"resource {resource.label} lists {href!r} twice", place)
    named = dict.fromkeys((*resource.files, *((resource.href,) if resource.href is not None else ())))
    for href in named:
        yield from _href(manifest, resource, href, remote=remote)
    if resource.href is None or _is_remote(resource.href) or _listed(resource, resource.href):
        return
    if closed or not _listed_by_needed(manifest, resource, resource.href):
        make = warning if loose else error
        message = f"resource {resource.label}: href {resource.href!r} is not among its files"
        yield make("ims-href-unlisted", message, place, "add a <file> with that href")


def _listed_by_needed(manifest: ImsManifest, resource: ManifestResource, href: str) -> bool:
    """Whether a resource that this one depends on, or one behind it, lists the file: who takes the one takes both."""
    listing = manifest.owners.get(_decoded(href.partition("?")[0].partition("#")[0]))
    return listing is not None and any(name in listing for name in behind(resource.identifier, manifest.needs))


def _listed(resource: ManifestResource, href: str) -> bool:
    plain = {href, _decoded(href), href.partition("?")[0].partition("#")[0]}
    return any(file in plain or _decoded(file) in plain for file in resource.files)


def _decoded(href: str) -> str:
    """Percent-decoded; what is longer than any name in a package need not be."""
    return href if len(href) > LONGEST else unquote(href)


def _is_remote(href: str) -> bool:
    return bool(urlsplit(href).scheme) and "://" in href


def _href(manifest: ImsManifest, resource: ManifestResource, href: str, *, remote: bool) -> Iterator[Finding]:
    place = manifest.place(resource.element)
    who = f"resource {resource.label}: "
    if not href.strip():
        yield error("ims-href-empty", f"{who}an empty href", place)
    elif _is_remote(href):
        if not remote:
            yield error("ims-href-remote", f"{who}{href!r} is an address, expected a file of the package", place)
    elif href.startswith(("/", "\\")) or "\\" in href or href[1:2] == ":":
        yield error("ims-href-absolute", f"{who}{href!r} is not a relative path with '/'", place)
    elif manifest.path(resource.element, href).startswith(".."):
        yield error("ims-href-outside", f"{who}{href!r} leads out of the package", place)
    else:
        found = manifest.find(resource.element, href)
        if found is None:
            yield error("ims-href-missing", f"{who}{href!r} is not in the package", place, "add the file")
        elif "%" in href and manifest.path(resource.element, href) not in manifest.package:
            message = f"{who}{href!r} is percent-encoded; some LMSs do not decode it"
            yield warning("ims-href-encoded", message, place, "name the file in plain ASCII without blanks")


def _undeclared(manifest: ImsManifest, *, closed: bool) -> Iterator[Finding]:
    declared = {manifest.member}
    for resource in manifest.resources:
        for href in (*resource.files, *((resource.href,) if resource.href else ())):
            found = manifest.find(resource.element, href)
            if found:
                declared.add(found)
    rest = [
        name
        for name in manifest.package.names()
        if name not in declared and not name.endswith(_BESIDE) and not name.startswith("__MACOSX/")
    ]
    if rest:
        make = error if closed else warning
        shown = ", ".join(rest[:_SHOWN]) + (f" and {len(rest) - _SHOWN} more" if len(rest) > _SHOWN else "")
        message = f"{len(rest)} files that no resource lists: {shown}"
        yield make("ims-file-undeclared", message, manifest.place(), "LMSs leave out what the manifest does not name")
