"""Every kind of package that is known, and the layers that look at it: what ``coursepack validate`` does."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from coursepack import checks, limits
from coursepack.checks import Grammar
from coursepack.checks.detect import UNKNOWN, Detected, Kind, detect
from coursepack.files.package import DAMAGE, Package
from coursepack.files.xml import XmlError
from coursepack.model.course_json import decode
from coursepack.place import CoursepackError, Finding, Place, Severity, error

_CARTRIDGE = ("container", "cartridge")
_SCORM = ("container", "xml", "scorm", "html")
_PACKAGE = ("container", "xml", "ims", "html")
_QTI = ("container", "xml", "qti-package")


@dataclass(frozen=True)
class PackageKind:
    """A kind of package: its name for people, the layers that judge it."""

    title: str
    layers: tuple[str, ...]


PRODUCTS: dict[Kind, PackageKind] = {
    "cc10": PackageKind("Common Cartridge 1.0", _CARTRIDGE),
    "cc11": PackageKind("Common Cartridge 1.1", _CARTRIDGE),
    "cc12": PackageKind("Common Cartridge 1.2", _CARTRIDGE),
    "cc13": PackageKind("Common Cartridge 1.3", _CARTRIDGE),
    "scorm12": PackageKind("SCORM 1.2", _SCORM),
    "scorm2004": PackageKind("SCORM 2004", _SCORM),
    "content-package": PackageKind("IMS content package, neither Common Cartridge nor SCORM", _PACKAGE),
    "moodle-xml": PackageKind("Moodle XML", ("container", "moodle-xml")),
    "moodle-backup": PackageKind("Moodle course backup", ("container", "mbz")),
    "docx": PackageKind("DOCX", ("container", "ooxml")),
    "xlsx": PackageKind("XLSX", ("container",)),
    "epub": PackageKind("EPUB", ("container", "epub")),
    "site": PackageKind("web site of a course", ("container", "html", "site")),
    "qti12": PackageKind("QTI 1.2", ("container", "xml", "qti")),
    "qti12-package": PackageKind("QTI 1.2 package", ("container", "xml", "qti12-package")),
    "qti21": PackageKind("QTI 2.1 package", _QTI),
    "qti22": PackageKind("QTI 2.2 package", _QTI),
    "qti3": PackageKind("QTI 3.0 package", _QTI),
    "qti-document": PackageKind("item, section or test of QTI 2.x or 3.0", ("container", "xml", "qti-document")),
    "platonus": PackageKind("tagged tests (Platonus)", ("container", "platonus")),
    "pdf": PackageKind("PDF; the rules of PDF/A and signatures are not checked", ("container", "pdf")),
}


LOSSES = {
    "mbz-entry-unknown",
    "mbz-file-unreferenced",
    "mbz-format",
    "mbz-fraction",
    "moodle-xml-file-missing",
    "moodle-xml-truefalse",
    "scorm-file-backslash",
    "scorm-file-slash",
}
"""Codes of what some LMS swallows with a loss: a picture, a question, a key, a page that another system does not find.
It does not stop an import, and so its layer warns; whoever takes a package in at the door does not take one that will
lose something."""


HABITS = {("ooxml-order", part) for part in ("word/styles.xml", "word/numbering.xml", "word/settings.xml")}
"""Codes and members of what many programs write against the letter and every reader takes: the order of properties in
the styles of a document."""


@dataclass(frozen=True)
class Verdict:
    """What ``validate`` says of one file: its path as given, its kind, everything that was found."""

    file: str
    kind: Kind
    title: str
    findings: tuple[Finding, ...]
    as_before: bool = False
    """An earlier run gave it, of the same bytes."""

    @property
    def other(self) -> bool:
        """True for a file of a kind that is not checked here, about which nothing else was found."""
        errors = [finding.code for finding in self.findings if finding.severity is Severity.ERROR]
        return self.kind == "unknown" and errors == [UNKNOWN]

    @property
    def sound(self) -> bool:
        """True when nothing was found that stops it."""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)


def validate(path: Path, grammar: Grammar | None = None, extra: Sequence[str] = ()) -> Verdict:
    """Judge a file or an unpacked folder. ``extra`` names more layers (the limits of an LMS).

    Raises ``CoursepackError`` for a path that cannot be read, or whose kind is not for checking here.
    """
    package = Package.of_path(path)
    found = detect(package)
    findings = [*found.findings]
    if found.kind in _ELSEWHERE:
        raise CoursepackError(_ELSEWHERE[found.kind][0], Place(str(path)), _ELSEWHERE[found.kind][1])
    if found.kind == "course":
        findings += _course(package)
        title = "course.json"
    elif found.kind == "unknown":
        findings = [*judge(package, ("container",), grammar or Grammar()), *findings]
        title = "unknown"
    else:
        product, grammar = PRODUCTS[found.kind], grammar or Grammar()
        added = ("official",) if grammar.schemas else ()
        findings += judge(_tidied(_rooted(package, found), found.kind), (*product.layers, *added, *extra), grammar)
        title = product.title
    located = [_at_the_door(_named(finding, package.name, path)) for finding in findings]
    return Verdict(str(path), found.kind, title, tuple(located))


def judged(path: bytes, schemas: str | None, lms: str | None) -> Verdict:
    """``validate`` for a call in a child process; the file itself has no name in what is said."""
    grammar = Grammar(schemas=Path(schemas) if schemas else None)
    named = os.fsdecode(path)
    try:
        verdict = validate(Path(named), grammar, (f"lms-{lms}",) if lms else ())
    except CoursepackError as problem:
        raise renamed_problem(problem, named, "") from None
    return renamed(verdict, named, "")


def renamed(verdict: Verdict, old: str, new: str) -> Verdict:
    """The verdict on a file of another name."""
    findings = (
        msgspec.structs.replace(finding, place=_renamed(finding.place, old, new)) for finding in verdict.findings
    )
    return replace(verdict, file=new if verdict.file == old else verdict.file, findings=tuple(findings))


def renamed_problem(problem: CoursepackError, old: str, new: str) -> CoursepackError:
    """Why a file of another name cannot be checked."""
    return CoursepackError(problem.message, _renamed(problem.place, old, new), problem.advice)


def _renamed(place: Place | None, old: str, new: str) -> Place | None:
    return place if place is None or place.file != old else msgspec.structs.replace(place, file=new)


def _at_the_door(finding: Finding) -> Finding:
    if finding.code in LOSSES and finding.severity is Severity.WARNING:
        return msgspec.structs.replace(finding, severity=Severity.ERROR)
    if (finding.code, finding.place.member if finding.place else "") in HABITS:
        return msgspec.structs.replace(finding, severity=Severity.WARNING)
    return finding


_ELSEWHERE: dict[Kind, tuple[str, str]] = {
    "bag": ("an archival bag", "use coursepack verify"),
    "build": ("the folder of a build", "name the products inside"),
}


def judge(package: Package, layers: Sequence[str], grammar: Grammar) -> list[Finding]:
    """The findings of these layers on somebody else's package. A layer that stumbles is itself a finding: whatever
    the input, the caller gets an answer."""
    return list(_few(_all(package, layers, grammar), package))


def _all(package: Package, layers: Sequence[str], grammar: Grammar) -> Iterator[Finding]:
    yield from package.problems
    for name in layers:
        try:
            yield from checks.layer(name)(package, grammar)
        except CoursepackError as problem:
            yield error(f"{name}-unreadable", problem.message, problem.place, problem.advice)
        except DAMAGE as problem:  # met only where a member is read to its end; the container's layer names the member
            yield error(f"{name}-unreadable", f"damaged: {problem}", package.place(), "get the file again")
        except XmlError as problem:
            yield error(f"{name}-unreadable", str(problem), package.place(None, problem.line))
        except MemoryError:
            raise
        except Exception as problem:
            what = f"the layer {name!r} could not finish: {type(problem).__name__}: {problem}"
            yield error(f"{name}-unreadable", what, package.place(), "the package has errors")


def _few(findings: Iterator[Finding], package: Package) -> Iterator[Finding]:
    """What two layers see alike is said once; of one code no more than ``findings`` of the limits, then how many."""
    most = limits.now().findings
    counts: Counter[tuple[Severity, str]] = Counter()
    reported: set[Finding] = set()
    for finding in findings:
        key = (finding.severity, finding.code)
        if counts[key] < most and finding in reported:
            continue
        counts[key] += 1
        if counts[key] <= most:
            reported.add(finding)
            yield finding
    for (severity, code), count in counts.items():
        if count > most:
            message = f"{count - most} more findings of this kind"
            yield Finding(severity, code, message, package.place(), limits.raised("findings"))


def _rooted(package: Package, found: Detected) -> Package:
    """The package as seen from the folder where its manifest lies."""
    if not found.root:
        return package
    inside = {
        path.removeprefix(found.root): entry for path, entry in package.entries.items() if path.startswith(found.root)
    }
    return replace(package, entries=inside)


_LITTER = re.compile(r"(^|/)(__MACOSX/|\._[^/]*$|\.DS_Store$|Thumbs\.db$|desktop\.ini$)")
"""What desktops leave in folders and archives: forks of a Mac's files, its views, pictures of pictures."""
_WHOLE: frozenset[Kind] = frozenset({"docx", "xlsx", "epub"})
"""Kinds whose readers want to know every file in them."""


def _tidied(package: Package, kind: Kind) -> Package:
    """The package without what desktops leave in it, which no reader looks at."""
    if kind in _WHOLE:
        return package
    kept = {path: entry for path, entry in package.entries.items() if not _LITTER.search(path)}
    return package if len(kept) == len(package.entries) else replace(package, entries=kept)


def _course(package: Package) -> list[Finding]:
    (name,) = package.names()
    try:
        decode(package.read(name))
    except (msgspec.ValidationError, msgspec.DecodeError) as problem:
        return [error("course-invalid", str(problem), package.place(), "build it again")]
    return []


def _named(finding: Finding, name: str, path: Path) -> Finding:
    """The finding with the file's path as the caller gave it."""
    if finding.place is None or finding.place.file != name:
        return finding
    return msgspec.structs.replace(finding, place=msgspec.structs.replace(finding.place, file=str(path)))
