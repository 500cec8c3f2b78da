"""Is a bag complete and unchanged, and do its sources still give its products?

Every byte of a bag is covered: the payload by its manifests, the tag files by the tag manifest, and the tag manifest,
which nothing covers, by its form: it must be exactly what ``archive`` writes for these files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from coursepack import names
from coursepack.checks import Grammar, container
from coursepack.files.hashes import sha256
from coursepack.files.package import Package
from coursepack.place import CoursepackError, Finding, Place, Severity, error, has_errors, note, warning
from coursepack.registrar import bag, edition, ocfl, predecessor
from coursepack.registrar.edition import BuildSummary
from coursepack.registrar.signatures import package_signatures
from coursepack.registrar.signatures.protocol import SignatureResult, Trust

_LOST = "restore the file from another copy of the bag"
_WEAK = {"md5", "sha1"}
_OXUM = re.compile(r"(\d+)\.(\d+)")


@dataclass
class Verified:
    """What was found of a bag. ``tags`` are those of bag-info.txt."""

    name: str
    tags: dict[str, str] = field(default_factory=dict)
    files: int = 0
    findings: list[Finding] = field(default_factory=list)
    signatures: list[SignatureResult] = field(default_factory=list)

    def judge(self, package: Package, trust: Trust) -> None:
        """Add what is true of the signatures and time stamps in it."""
        self.signatures = package_signatures.judge(package, trust)
        self.findings += [finding for one in self.signatures for finding in one.findings]


def verify(path: Path, trust: Trust | None = None) -> Verified:
    """Look at every file of a bag: a folder, or a zip or tar of one. Signatures are held against ``trust``.

    Raises ``CoursepackError`` when ``path`` cannot be read or is no bag.
    """
    if ocfl.is_object(path):
        return _object(path, trust or Trust())
    return _bag(path, trust or Trust())


def _object(path: Path, trust: Trust) -> Verified:
    """An OCFL object: what holds its versions, and each of them as a bag."""
    found = list(ocfl.check(path))
    if has_errors(found):
        return Verified(ocfl.split(path)[0].resolve().name, findings=found)
    each = [_bag(version, trust) for version in ocfl.versions(path)]
    last = each[-1]
    last.findings = [*found, *(finding for one in each for finding in one.findings)]
    return last


def _bag(path: Path, trust: Trust) -> Verified:
    package = open_bag(path)
    verified = Verified(package.name, tags=dict(tags_of(package)), files=len(package.entries))
    if package.container in {"zip", "tar"}:
        damage = [finding for finding in container.check(package, Grammar()) if finding.severity is Severity.ERROR]
        if damage or package.problems:
            verified.findings = [*package.problems, *damage]
            return verified
    verified.findings = [*package.problems, *_findings(package, verified.tags)]
    if _is_ours(package, verified.tags) and not has_errors(verified.findings):
        verified.findings += _contents(package, verified.tags)
    if package.container == "folder" and not has_errors(verified.findings):
        verified.findings += predecessor.check(path, package, verified.tags)
    verified.judge(package, trust)
    return verified


def open_bag(path: Path) -> Package:
    """A bag as a package, its folder inside an archive taken away. Raises ``CoursepackError`` when it is none."""
    if ocfl.is_object(path):
        return ocfl.open_version(path)
    package = Package.of_path(path)
    if package.container == "folder":
        package.name = path.resolve().name
    elif bag.DECLARATION not in package:
        folders = {name.partition("/")[0] for name in package.names()}
        if len(folders) == 1 and f"{min(folders)}/{bag.DECLARATION}" in package:
            folder = min(folders) + "/"
            inside = {name.removeprefix(folder): entry for name, entry in package.entries.items()}
            package = replace(package, entries=inside)
    if bag.DECLARATION not in package and bag.MANIFEST not in package and bag.TAG_MANIFEST not in package:
        raise CoursepackError("not a bag: no bagit.txt", Place(str(path)), "name the folder of a bag")
    return package


def tags_of(package: Package) -> list[tuple[str, str]]:
    """The tags of bag-info.txt; none when it is missing or cannot be read."""
    try:
        return bag.parse_info(package.read(bag.INFO))
    except (KeyError, CoursepackError):
        return []


def _findings(package: Package, tags: dict[str, str]) -> Iterator[Finding]:
    ours = _is_ours(package, tags)
    yield from _declaration(package)
    listed: set[str] = set()
    for tag in (False, True):
        manifests = [name for name in package.names() if _is_manifest(name, tag=tag)]
        if not manifests and (ours or not tag):
            what = bag.TAG_MANIFEST if tag else bag.MANIFEST
            yield error("bag-file-missing", f"{what} is missing", package.place(what), _LOST)
        for name in manifests:
            sums, found = _manifest(package, name)
            yield from found
            yield from _hashed(package, name, sums)
            listed |= sums.keys()
            if not tag:
                payload = [path for path in package.names() if path.startswith(bag.PAYLOAD)]
                yield from (_unlisted(package, path, name) for path in payload if path not in sums)
            elif ours:
                yield from _form(package, name, sums)
    yield from _beside(package, listed, ours=ours)
    for path in package.names():
        if reason := names.unportable(path):
            message = f"not every system can hold this name: {reason}"
            yield warning("bag-name", message, package.place(path), "rename the source, build and archive it again")
    yield from _oxum(package, tags)


def _is_ours(package: Package, tags: dict[str, str]) -> bool:
    """Our bags are judged more strictly: no file may stand in them that ``archive`` did not write."""
    return tags.get("Bag-Software-Agent", "").startswith(bag.AGENT) or {bag.MODEL, bag.REPORT} <= package.entries.keys()


def _is_manifest(name: str, *, tag: bool) -> bool:
    return bag.algorithm(name) is not None and name.startswith("tagmanifest") == tag


def _declaration(package: Package) -> Iterator[Finding]:
    place = package.place(bag.DECLARATION)
    if bag.DECLARATION not in package:
        yield error("bag-file-missing", "bagit.txt is missing", place, _LOST)
        return
    tags = dict(bag.parse_info(package.read(bag.DECLARATION)))
    version, encoding = tags.get("BagIt-Version", ""), tags.get("Tag-File-Character-Encoding", "")
    if version not in {"0.97", "1.0"} or encoding.upper() not in {"UTF-8", "UTF8"}:
        message = f"BagIt-Version {version!r}, encoding {encoding!r}; expected 1.0 (or 0.97) and UTF-8"
        yield error("bag-declaration", message, place, _LOST)


def _manifest(package: Package, name: str) -> tuple[dict[str, str], list[Finding]]:
    sums, bad = bag.parse_manifest(package.read(name))
    found = [
        error("bag-manifest-line", "not a checksum and a path", package.place(name, number), _LOST) for number in bad
    ]
    if (bag.algorithm(name) or "") in _WEAK:
        message = "a weak algorithm: it detects accidental damage, not forgery"
        found.append(note("bag-manifest-weak", message, package.place(name)))
    return sums, found


def _hashed(package: Package, manifest: str, sums: dict[str, str]) -> Iterator[Finding]:
    algorithm = bag.algorithm(manifest) or "sha512"
    for path, stated in sums.items():
        if path not in package:
            yield error("bag-file-missing", f"missing, {manifest} lists it", package.place(path), _LOST)
            continue
        try:
            with package.open(path) as file:
                found = bag.digest(file, algorithm)
        except (OSError, ValueError, EOFError, RuntimeError) as problem:
            yield error("bag-file-unreadable", f"cannot be read: {problem}", package.place(path), _LOST)
            continue
        if found != stated:
            message = f"changed: {algorithm.upper()} is {found[:16]}…, {manifest} states {stated[:16]}…"
            yield error("bag-file-changed", message, package.place(path), _LOST)


def _unlisted(package: Package, path: str, manifest: str) -> Finding:
    return error(
        "bag-file-unlisted",
        f"{manifest} does not list it",
        package.place(path),
        "it was added or renamed later: remove it",
    )


def _form(package: Package, name: str, sums: dict[str, str]) -> Iterator[Finding]:
    if name == bag.TAG_MANIFEST and package.read(name) != bag.manifest(sums):
        message = "not in the form in which coursepack writes it: it was changed"
        yield error("bag-file-changed", message, package.place(name), _LOST)


def _beside(package: Package, listed: set[str], *, ours: bool) -> Iterator[Finding]:
    """Files of the bag that no manifest lists. Detached signatures may stand there: others put them beside it."""
    for path in package.names():
        if path.startswith(bag.PAYLOAD) or path in listed or _is_manifest(path, tag=True) or bag.is_signature(path):
            continue
        if ours:
            yield _unlisted(package, path, bag.TAG_MANIFEST)
        else:
            yield warning("bag-file-unlisted", "no tag manifest lists it", package.place(path))


def _oxum(package: Package, tags: dict[str, str]) -> Iterator[Finding]:
    found = _OXUM.fullmatch(tags.get("Payload-Oxum", ""))
    if not found:
        return
    sizes = [entry.size for path, entry in package.entries.items() if path.startswith(bag.PAYLOAD)]
    if (int(found[1]), int(found[2])) != (sum(sizes), len(sizes)):
        message = f"{sum(sizes)} bytes in {len(sizes)} files, Payload-Oxum states {found[0]}"
        yield error("bag-oxum", message, package.place(bag.INFO), _LOST)


def _contents(package: Package, tags: dict[str, str]) -> Iterator[Finding]:
    """The model, the report and the products must be of one build, whatever the checksums say."""
    try:
        report = read_report(package)
        course = edition.read_course(package.read(bag.MODEL), package.place(bag.MODEL))
    except KeyError:
        return  # its absence is told already
    except CoursepackError as problem:
        yield error("bag-contents", problem.message, problem.place, problem.advice)
        return
    if len({report.course, course.id, tags.get("Course-Id", course.id)}) > 1:
        message = (
            f"the bag is of {tags.get('Course-Id')!r}, the model of {course.id!r}, the report of {report.course!r}"
        )
        yield error("bag-contents", message, package.place(bag.MODEL))
    for product in report.products:
        path = bag.PRODUCTS + product.file
        if path in package and sha256(package.read(path)) != product.sha256:
            yield error("bag-contents", "not the product that the build report names", package.place(path))


def read_report(package: Package) -> BuildSummary:
    """The build report inside a bag. Raises KeyError, ``CoursepackError``."""
    return edition.read_report(package.read(bag.REPORT), package.place(bag.REPORT))
