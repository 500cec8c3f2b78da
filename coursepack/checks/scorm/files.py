"""Resources of a SCORM manifest and the files of the package: what is listed exists, what lies there is listed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from coursepack.checks.addresses import LONGEST, XML_BASE
from coursepack.checks.needs import behind
from coursepack.checks.scorm.parts import Element, ScormManifest, local, resolve, said
from coursepack.place import Finding, error, shortened, warning

_SCHEMA_FILES = (".xsd", ".dtd", ".xsd.txt")
_MOST = 10
_API = (b"LMSInitialize", b"API_1484_11", b"Initialize(")
_SPEAKING = (".js", ".mjs", ".html", ".htm", ".xhtml", ".php", ".asp", ".aspx")
_CLOSED = (".swf", ".wasm", ".xap", ".jar", ".dcr", ".class", ".gz", ".br")


def check(manifest: ScormManifest) -> Iterator[Finding]:
    """What is wrong with resources, their files and dependencies."""
    declared: set[str] = {manifest.member}
    for element in manifest.root.iter():
        if isinstance(element.tag, str) and element.get(XML_BASE) is not None:
            yield from _base(manifest, element)
    for resource in manifest.resource_list:
        yield from _type(manifest, resource)
        yield from _href(manifest, resource, declared)
        base = manifest.base(resource)
        for file in manifest.children(resource, "file"):
            yield from _listed(manifest, file, base, declared)
        yield from _dependencies(manifest, resource)
    for location in _locations(manifest):
        path = resolve("", (location.text or "").strip())
        if path is not None and path in manifest.package:
            declared.add(path)
        elif path is not None:  # LMSs play on without it
            yield warning("scorm-metadata-missing", f"the metadata {path!r} is missing", manifest.place(location))
    yield from _cycles(manifest)
    yield from _speaks(manifest)
    yield from _undeclared(manifest, declared)


def _speaks(manifest: ScormManifest) -> Iterator[Finding]:
    """A SCO finds the system's API and begins (SCORM 1.2 RTE 3.2.2, SCORM 2004 RTE 3.2): some file must speak of it."""
    scos = [resource for resource in manifest.resource_list if manifest.scorm_type(resource) == "sco"]
    if not scos:
        return
    for resource in scos:
        if resolve("", (resource.get("href") or "").strip()) is None:
            message = f"the SCO {said(resource, 'identifier')!r} begins outside the package"
            yield warning("scorm-outside", message, manifest.place(resource), "nobody without that address sees it")
            return
    package = manifest.package
    names = [name.lower() for name in package.names()]
    if any(name.endswith(_CLOSED) for name in names):
        return  # programs that no text shows
    for name in package.names():
        if name.lower().endswith(_SPEAKING) and any(word in package.read(name) for word in _API):
            return
    message = "no page and no script of the package speaks to the system (Initialize): nothing is ever completed"
    yield warning("scorm-silent", message, manifest.place(scos[0]), "call it an asset, or let it report")


def _base(manifest: ScormManifest, element: Element) -> Iterator[Finding]:
    base = element.get(XML_BASE) or ""
    if base.startswith(("/", "\\")) or ".." in base.split("/"):
        yield error("scorm-base", f"xml:base {base!r} leaves the package", manifest.place(element))
    elif base and not base.endswith("/"):
        yield warning("scorm-base", f"xml:base {base!r} does not end with a slash", manifest.place(element))


def _type(manifest: ScormManifest, resource: Element) -> Iterator[Finding]:
    edition = manifest.edition
    name = said(resource, "identifier")
    value = manifest.scorm_type(resource)
    wanted = f"{{{edition.adlcp}}}{edition.scorm_type}"
    for attribute in resource.attrib:
        key = str(attribute)
        if key != wanted and key.rpartition("}")[2].lower() == "scormtype":
            yield error(
                "scorm-type-name",
                f"resource {name!r} has {key.rpartition('}')[2]!r} in the namespace {key[1:].partition('}')[0]!r},"
                f" expected {edition.scorm_type!r} in {edition.adlcp!r}",
                manifest.place(resource),
            )
            return
    if value is None:
        if edition.sequenced or manifest.closed:
            yield error(
                "scorm-type-missing", f"resource {name!r} has no adlcp:{edition.scorm_type}", manifest.place(resource)
            )
    elif value not in {"sco", "asset"}:
        yield error(
            "scorm-type",
            f"resource {name!r}: {edition.scorm_type} is {value!r}, expected 'sco' or 'asset'",
            manifest.place(resource),
        )
    elif value == "sco" and not (resource.get("href") or "").strip():
        yield error("scorm-href", f"the SCO {name!r} has no href", manifest.place(resource))
    if value in {"sco", "asset"} and resource.get("type") not in {"webcontent", None}:
        yield error(
            "scorm-resource-type",
            f"resource {name!r} has the type {resource.get('type')!r}, expected 'webcontent'",
            manifest.place(resource),
        )


def _href(manifest: ScormManifest, resource: Element, declared: set[str]) -> Iterator[Finding]:
    href = (resource.get("href") or "").strip()
    if not href:
        return
    base = manifest.base(resource)
    path = resolve(base, href)
    if path is None:
        return
    listed = {resolve(base, (file.get("href") or "").strip()) for file in manifest.children(resource, "file")}
    if path not in listed and (manifest.closed or not _listed_by_needed(manifest, resource, path)):
        make = error if manifest.closed else warning
        yield make(
            "scorm-href-unlisted",
            f"resource {resource.get('identifier')!r} opens {path!r} and does not list it as a file",
            manifest.place(resource),
        )
    yield from _listed_path(manifest, resource, href, base, declared)


def _listed_by_needed(manifest: ScormManifest, resource: Element, path: str) -> bool:
    """Whether a resource that this one depends on, or one behind it, lists the file: who takes the one takes both."""
    listing = manifest.owners.get(path)
    start = said(resource, "identifier") or ""
    return listing is not None and any(name in listing for name in behind(start, manifest.needs))


def _listed(manifest: ScormManifest, file: Element, base: str, declared: set[str]) -> Iterator[Finding]:
    href = (file.get("href") or "").strip()
    if not href:
        yield error("scorm-file-href", "a <file> without an href", manifest.place(file))
        return
    yield from _listed_path(manifest, file, href, base, declared)


def _listed_path(
    manifest: ScormManifest, element: Element, href: str, base: str, declared: set[str]
) -> Iterator[Finding]:
    path = resolve(base, href)
    if path is None or not path:
        return
    package = manifest.package
    if path in package:
        declared.add(path)
        return
    raw = path if len(path) > LONGEST else posixpath.normpath(base + href)
    if raw in package:  # a name with % or # in it, written as it is
        declared.add(raw)
        return
    if path.lstrip("/") in package:
        declared.add(path.lstrip("/"))
        yield warning("scorm-file-slash", f"{href!r} begins with a slash", manifest.place(element))
        return
    if path.startswith(("/", "../")):
        yield error("scorm-file-outside", f"{href!r} leads out of the package", manifest.place(element))
        return
    slashed = path if len(path) > LONGEST else posixpath.normpath(path.replace("\\", "/"))
    if slashed in package:
        declared.add(slashed)
        yield warning("scorm-file-backslash", f"{href!r} is written with backslashes", manifest.place(element))
        return
    if path.lower().endswith(_SCHEMA_FILES):
        yield warning("scorm-schema-file", f"{path!r} is listed and missing", manifest.place(element))
        return
    alike = package.alike(path)
    hint = f"; there is {alike!r}: letters' case counts" if alike else ""
    yield error("scorm-file-missing", f"{path!r} is not in the package{hint}", manifest.place(element))


def _dependencies(manifest: ScormManifest, resource: Element) -> Iterator[Finding]:
    who = f"resource {shortened(resource.get('identifier') or '')!r}"  # once, for thousands of messages
    for dependency in manifest.children(resource, "dependency"):
        name = said(dependency, "identifierref") or ""
        if name not in manifest.resources:
            yield error(
                "scorm-dependency",
                f"{who} depends on {name!r}, and there is no such resource",
                manifest.place(dependency),
            )


def _cycles(manifest: ScormManifest) -> Iterator[Finding]:
    graph = manifest.needs
    done: set[str] = set()
    for start in graph:
        path: list[tuple[str, int]] = [(start, 0)]
        on_path = {start}
        while path:
            name, index = path.pop()
            following = graph.get(name, [])
            if name in done or index >= len(following):
                done.add(name)
                on_path.discard(name)
                continue
            path.append((name, index + 1))
            after = following[index]
            if after in on_path:
                resource = manifest.resources[after]
                yield warning(
                    "scorm-dependency-cycle", f"resource {after!r} depends on itself", manifest.place(resource)
                )
            elif after not in done and after in graph:
                path.append((after, 0))
                on_path.add(after)


def _locations(manifest: ScormManifest) -> list[Element]:
    wanted = f"{{{manifest.edition.adlcp}}}location"
    return [element for element in manifest.root.iter(wanted) if local(element.getparent()) == "metadata"]  # type: ignore[arg-type]  # never the root


def _undeclared(manifest: ScormManifest, declared: set[str]) -> Iterator[Finding]:
    package = manifest.package
    if package.container == "file":
        return
    rest = [
        name
        for name in package.names()
        if name not in declared and not name.lower().endswith(_SCHEMA_FILES) and not _junk(name)
    ]
    make = error if manifest.closed else warning
    for name in rest[:_MOST]:
        yield make("scorm-file-undeclared", "the file is in the package and no resource lists it", package.place(name))
    if len(rest) > _MOST:
        yield make("scorm-file-undeclared", f"{len(rest) - _MOST} more files that no resource lists", package.place())


def _junk(name: str) -> bool:
    return bool(re.search(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$)", name))
