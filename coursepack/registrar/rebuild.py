"""The products of a bag, built again from the sources inside it, and compared.

With the coursepack that built them every member must be equal byte for byte, a PDF with the Typst that printed it.
Another version may write them otherwise: then the course is compared, part by part, as a reader sees it.
"""

from __future__ import annotations

import importlib.util
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from coursepack import __version__, names
from coursepack.files.package import Package
from coursepack.files.resources import templates_digest
from coursepack.place import CoursepackError, Finding, error, note, warning
from coursepack.publish import libraries
from coursepack.registrar import bag, diff, edition
from coursepack.registrar.edition import BuildSummary
from coursepack.registrar.verify import open_bag, read_report, tags_of


class BagContents(msgspec.Struct, frozen=True, kw_only=True):
    """What a bag holds, unpacked: the course folder, its report, the templates and the earlier course.json (whose ids
    were kept) when the build used them."""

    sources: Path
    report: BuildSummary
    templates: Path | None = None
    previous: Path | None = None
    pdf: bool = False
    """Whether papers are printed as well: those that Typst printed."""


class Templates(msgspec.Struct, frozen=True):
    """Which templates a bag that was built with a department's own may be built with again: the registrar's ``own``
    copy, or, when the registrar says so, those ``of_the_bag``, which are programs of whoever made it."""

    own: Path | None = None
    of_the_bag: bool = False


Rebuild = Callable[[BagContents, Path], Path]
"""(what is inside, folder for the output) → the folder of the new build.

Given by the command line: the room that builds lies above this one."""


def check(path: Path, rebuild: Rebuild, templates: Templates | None = None) -> list[Finding]:
    """What differs between the products of a bag and those built again. Raises ``CoursepackError``."""
    package = open_bag(path)
    with tempfile.TemporaryDirectory() as folder:
        return list(_compared(package, rebuild, Path(folder), templates or Templates()))


def _compared(package: Package, rebuild: Rebuild, folder: Path, templates: Templates) -> Iterator[Finding]:
    report = read_report(package)
    if dict(tags_of(package)).get("Access") == "public":
        message = "a public part has no sources: nothing can be built again from it"
        advice = "verify the restricted part with --rebuild"
        yield warning("rebuild-public", message, package.place(bag.INFO), advice)
        return
    refused = _templates(package, report, templates)
    if refused:
        yield refused
        return
    inside = _inside(package, report, folder, templates)
    try:
        built = rebuild(inside, folder / "output")
        again = edition.read_build(built)
    except CoursepackError as problem:
        yield error("rebuild-failed", problem.message, package.place(bag.SOURCES.rstrip("/")), problem.advice)
        return
    same_version = report.coursepack == __version__
    if same_version:
        differ = list(_bytes(package, report, built))
        yield from differ
        yield from _libraries(package, report, again.report, differ)
    else:
        message = f"built by coursepack {report.coursepack}, compared by {__version__}: model and text, not bytes"
        yield note("rebuild-version", message, package.place(bag.REPORT))
    old = edition.read_course(package.read(bag.MODEL), package.place(bag.MODEL))
    changes = diff.courses(old, again.course)
    for change in changes:
        yield error("rebuild-model", change.line(), package.place(bag.MODEL), "the sources do not give this course")
    if same_version and not changes and package.read(bag.MODEL) != again.course_json:
        yield error("rebuild-model", "the model differs in what a reader does not see", package.place(bag.MODEL))


def _templates(package: Package, report: BuildSummary, templates: Templates) -> Finding | None:
    """Why the products cannot be built again with the templates that may be used."""
    place = package.place(bag.TEMPLATES.rstrip("/"))
    if "templates" not in report.asked:
        return None
    if templates.own is None and not templates.of_the_bag:
        message = "the products were made with templates that lie in the bag; they are programs of whoever made it"
        advice = "--templates DIR takes your own copy of them, --trust-templates runs those of the bag"
        return error("rebuild-templates", f"{message}, and were not run", place, advice)
    if templates.own is not None and templates_digest(templates.own) != report.asked["templates"]:
        message = f"{templates.own} does not hold the templates that the products were made with"
        return error(
            "rebuild-templates", message, place, "find the copy from that year, or compare it with the one in the bag"
        )
    return None


def _inside(package: Package, report: BuildSummary, folder: Path, templates: Templates) -> BagContents:
    _unpack(package, bag.SOURCES, folder / "sources")
    _unpack(package, bag.TEMPLATES, folder / "templates")
    # The ids that were kept stand in the bag's own model: keeping them once more gives the same.
    _unpack(package, bag.MODEL, folder / "course.json")
    return BagContents(
        sources=folder / "sources",
        report=report,
        templates=(templates.own or folder / "templates") if "templates" in report.asked else None,
        previous=folder / "course.json" if "previous" in report.asked else None,
        pdf=report.coursepack == __version__ and _prints_here() and any(_by_typst(package, report)),
    )


def _prints_here() -> bool:
    return importlib.util.find_spec("typst") is not None


def _by_typst(package: Package, report: BuildSummary) -> Iterator[bool]:
    for product in report.products:
        inside = bag.PRODUCTS + product.file
        if product.format == "pdf" and inside in package:
            yield _typst(package.read(inside)) is not None


def _typst(data: bytes) -> str | None:
    """The version of Typst that wrote a PDF, as the PDF itself says («Typst 0.15.1»); None for another's work."""
    found = _CREATOR.search(data)
    return found[1].decode() if found else None


def _unpack(package: Package, prefix: str, folder: Path) -> None:
    for path in package.names():
        if path.startswith(prefix):
            if reason := names.problem(path):
                raise CoursepackError(f"not unpacked: {reason}", package.place(path), names.RENAME)
            rest = path.removeprefix(prefix)
            target = folder / rest if rest else folder
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(package.read(path))


def _bytes(package: Package, report: BuildSummary, built: Path) -> Iterator[Finding]:
    for product in report.products:
        inside, new = bag.PRODUCTS + product.file, built / product.file
        if product.format == "pdf" and inside in package:
            yield from _pdf(package, inside, new)
        elif not new.is_file():
            yield error("rebuild-product", "was not rebuilt", package.place(inside))
        elif inside in package and package.read(inside) != new.read_bytes():
            yield from _members(package, inside, new)


def _pdf(package: Package, inside: str, new: Path) -> Iterator[Finding]:
    """A PDF has the same bytes again where the same Typst prints it."""
    old, place = package.read(inside), package.place(inside)
    then = _typst(old)
    if then is None:
        message = "a PDF that Typst did not make differs in its bytes each time and is not compared"
        yield note("rebuild-not-compared", message, place)
        return
    if not _prints_here():
        message = f"a PDF by {then}, which is not installed here: not compared"
        yield note("rebuild-not-compared", message, place, 'install it: pip install "coursepack[print]"')
        return
    result = new.read_bytes() if new.is_file() else b""
    now = _typst(result)
    if now is None:
        yield error("rebuild-product", f"was printed by {then}, and Typst did not print it again", place)
    elif now != then:
        message = f"a PDF by {then}, printed again by {now}, which writes other bytes: not compared"
        yield note("rebuild-not-compared", message, place)
    elif result != old:
        yield error("rebuild-product", "the PDF is not what the sources give", place)


_CREATOR = re.compile(rb"/Creator\s*\((Typst [0-9][0-9A-Za-z.+-]{0,30})\)")
_OTHERWISE = {"rebuild-product", "rebuild-packed"}
"""Codes of what another version of a library may explain."""


def _libraries(package: Package, then: BuildSummary, now: BuildSummary, found: list[Finding]) -> Iterator[Finding]:
    """The libraries that differ: a warning where products do too, else a note. A bag of an earlier coursepack states
    none."""
    place = package.place(bag.REPORT)
    differ = any(finding.code in _OTHERWISE for finding in found)
    others = ", ".join(libraries.differences(then.libraries, now.libraries))
    if others and differ:
        advice = "install those versions beside coursepack and verify again: they may be what made the difference"
        yield warning("rebuild-libraries", f"built with other libraries: {others}", place, advice)
    elif others:
        yield note("rebuild-libraries", f"built with other libraries, the products are equal: {others}", place)
    elif differ and not then.libraries:
        yield note("rebuild-libraries", "the report does not say with which libraries it was built", place)


def _members(package: Package, inside: str, new: Path) -> Iterator[Finding]:
    old, result = Package.of_bytes(new.name, package.read(inside)), Package.of_path(new)
    differ = [name for name in {**old.entries, **result.entries} if _read(old, name) != _read(result, name)]
    for name in differ:
        yield error("rebuild-product", f"{name} is not what the sources give", package.place(inside))
    if not differ:
        message = "all files in it are equal; only the compression differs (another version of libdeflate)"
        yield warning("rebuild-packed", message, package.place(inside))


def _read(package: Package, name: str) -> bytes | None:
    return package.read(name) if name in package else None
