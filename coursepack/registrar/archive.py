"""A build and its sources → a BagIt bag, whole or not at all.

The bag is written beside its place under a name that no reader takes for a bag, synchronised, checked by the ``bagit``
library, and moved into place in one step. Its bytes depend on the build, the sources and what the registrar states,
on nothing else.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import bagit
import msgspec

from coursepack import names, publish
from coursepack.files import sources
from coursepack.files.resources import templates_digest
from coursepack.place import CoursepackError, Finding, Place
from coursepack.registrar import access as parts
from coursepack.registrar import bag, edition, ocfl_write, verify
from coursepack.registrar.bag_files import BagFiles, Content, bag_files, measured
from coursepack.registrar.edition import BuildFolder, Registered
from coursepack.registrar.signatures import package_signatures

_LABEL = re.compile(r"[A-Za-z][A-Za-z0-9-]*")

Layout = Literal["bag", "ocfl"]


@dataclass(frozen=True)
class Archived:
    """Where the bag lies; ``already``: it had been there, byte for byte the same. ``findings`` are what a person should
    know of it."""

    path: Path
    already: bool
    findings: tuple[Finding, ...] = ()


def archive(
    folder: Path,
    to: Path,
    registered: Registered,
    roots: Sequence[Path] = (),
    templates: Path | None = None,
    *,
    follow_links: bool = False,
    access: Literal["public", "restricted"] | None = None,
    new_edition: bool = False,
    layout: Layout = "bag",
) -> Archived:
    """Put a build into a bag below ``to``, or with ``layout`` «ocfl» into the object of its course there.

    ``access``: the part for everybody alone, or all of it, called so. ``new_edition``: where the same is archived
    already with other tags (a date that was not known), this is one more edition that names the one before it.

    ``roots`` are folders to look through for the sources (default: the current folder, and the one above the output);
    ``templates`` a department's own templates that the build used (default: those that course.toml or department.toml
    names); ``follow_links``: where a source or a template is a
    link, the file that it leads to is archived. Raises ``CoursepackError`` for a build or sources that are not as the
    report says, for another bag in that place, or a place that cannot be written.
    """
    _check(registered)
    used = sources.tree(templates, follow_links=follow_links) if templates else {}
    build = edition.read_build(folder)
    looked = roots or [Path(), folder.resolve().parent.parent]
    found = edition.find_sources(build.report, looked, follow_links=follow_links)
    if templates is None and "templates" in build.report.asked:
        templates = edition.named_templates(found, follow_links=follow_links)
        used = sources.tree(templates, follow_links=follow_links) if templates else {}
    _rebuildable(build, templates)
    findings: list[Finding] = []
    if access == "public":
        build, findings = parts.public(build)
        found, used = {}, {}
    payload = _payload(build, found, used)
    how = How(access, new_edition=new_edition, layout=layout)
    try:
        return replace(_write(build, registered, payload, to, how), findings=tuple(findings))
    except OSError as problem:  # a file of the build or of the sources went away
        what = Place(str(problem.filename or to))
        raise CoursepackError(f"cannot be archived: {problem.strerror or problem}", what) from None


def _check(registered: Registered) -> None:
    for name, value in (("date", registered.date), ("date of the minutes", registered.minutes_date)):
        if value is not None and not edition.is_date(value):
            raise CoursepackError(f"the {name} is {value!r}, expected YYYY-MM-DD")
    for label in registered.more:
        if not _LABEL.fullmatch(label):
            raise CoursepackError(f"{label!r} cannot name a tag, expected Latin letters, digits and hyphens")


def _rebuildable(build: BuildFolder, templates: Path | None) -> None:
    """What the products depend on must be in the bag."""
    place = Place(str(build.folder))
    if "since" in build.report.asked:
        raise CoursepackError("was built with --since: it contains only what is new", place, "archive a complete build")
    if "update-since" in build.report.asked:
        stated = "was built with --update-since: its update needs the earlier build"
        raise CoursepackError(stated, place, "build it without --update-since")
    if "templates" in build.report.asked and templates is None:
        raise CoursepackError("was built with a department's templates", place, "give their folder with --templates")
    if templates and templates_digest(templates) != build.report.asked.get("templates"):
        message = "does not hold the templates that the products were made with"
        raise CoursepackError(message, Place(str(templates)), "give those templates, or build the course again")
    now = publish.revision(build.report, build.course_json)
    older = [product.file for product in build.report.products if product.carried_from not in {msgspec.UNSET, now}]
    if older:
        message = f"{', '.join(older)}: carried over from an earlier build of other sources or settings"
        advice = "build these formats again: the sources in the bag do not give these products"
        raise CoursepackError(message, place, advice)


def _payload(build: BuildFolder, found: Mapping[str, Path], templates: Mapping[str, Path]) -> dict[str, Content]:
    payload: dict[str, Content] = {
        bag.MODEL: build.course_json,
        bag.REPORT: build.report_json,
        **{bag.PRODUCTS + product.file: build.folder / product.file for product in build.report.products},
        **{bag.PAYLOAD + name: build.folder / name for name in build.assets},
        **{bag.SOURCES + name: path for name, path in found.items()},
        **{bag.TEMPLATES + name: path for name, path in templates.items()},
    }
    payload |= _signatures(payload)
    for name in payload:
        if reason := names.problem(name):
            raise CoursepackError(f"this file name cannot be used in a bag: {reason}", Place(name), names.RENAME)
    for name, other in names.alike(payload):
        message = f"cannot be put into a bag: on some systems it is the same file as {other}"
        raise CoursepackError(message, Place(name), names.RENAME)
    return payload


def _signatures(payload: Mapping[str, Content]) -> dict[str, Content]:
    """What others signed: the signatures and time stamps beside the files. One that is of other bytes is refused."""
    found: dict[str, Content] = {}
    pairs: list[tuple[Path, Path]] = []
    for name, content in payload.items():
        if isinstance(content, Path) and name.startswith((bag.PRODUCTS, bag.SOURCES)):
            mine = package_signatures.near(content)
            pairs += [(signature, content) for signature in mine]
            found |= {name + signature.name.removeprefix(content.name): signature for signature in mine}
    for one in package_signatures.of_files(pairs):
        for finding in one.findings:
            if finding.severity == "error":
                raise CoursepackError(finding.message, finding.place, finding.advice)
    return {name: path for name, path in found.items() if name not in payload}


@dataclass(frozen=True)
class How:
    """Of which access the part is, whether it may come after one that is there, and the layout of the archive."""

    access: Literal["public", "restricted"] | None = None
    new_edition: bool = False
    layout: Layout = "bag"


def _write(build: BuildFolder, registered: Registered, payload: dict[str, Content], to: Path, how: How) -> Archived:
    known = {name: measured(content) for name, content in payload.items()}
    # The crate states the day of archiving; the name of the bag says which edition it holds, whenever it is archived.
    base = edition.bag_name(build.course, bag.manifest({path: digest for path, (_, digest) in known.items()}))
    name = base = f"{base}-{how.access}" if how.access else base
    first = bag_files(build, registered, payload, known, name, how.access, None)
    if how.layout == "ocfl":
        return Archived(*ocfl_write.add(first, to, ocfl_write.object_id(build, how.access), registered))
    number = 1
    while how.new_edition and _other_tags(to / name, first):
        before = (name, hashlib.sha512((to / name / bag.TAG_MANIFEST).read_bytes()).hexdigest())
        number += 1
        name = f"{base}-e{number}"
        first = bag_files(build, registered, payload, known, name, how.access, before)
    return _into_bag(first, to)


def _into_bag(found: BagFiles, to: Path) -> Archived:
    with publish.staging(to / found.name, "choose another --to") as aside:
        if os.path.lexists(aside.target):
            return _there_already(aside.target, found.tag_files[bag.TAG_MANIFEST])
        new = aside.free()
        new.mkdir()
        found.fill(new)
        _second_opinion(new, found)
        publish.synchronise(new)
        aside.take_place(new)
    return Archived(aside.target, already=False)


def _other_tags(target: Path, whole_: BagFiles) -> bool:
    """Whether this edition lies there, said otherwise."""
    found = target / bag.TAG_MANIFEST
    return found.is_file() and found.read_bytes() != whole_.tag_files[bag.TAG_MANIFEST]


def _there_already(target: Path, tag_manifest: bytes) -> Archived:
    found = target / bag.TAG_MANIFEST
    if found.is_file() and found.read_bytes() == tag_manifest:
        return Archived(target, already=True)
    raise CoursepackError(
        "this edition is archived already, with other tags (a date, minutes, a term)",
        Place(str(target)),
        "an archived bag is never replaced; --new-edition adds another bag that refers to it",
    )


def _second_opinion(new: Path, found: BagFiles) -> None:
    """The bagit library reads the bag; where a name has «%» (RFC 8493, 2.1.3), which it does not decode, ``verify``."""
    place = Place(str(new))
    if any("%" in name for name in found.payload):
        wrong = [one for one in verify.verify(new).findings if one.code.startswith("bag-") and one.severity == "error"]
        if wrong:
            raise CoursepackError(f"the bag is not valid: {wrong[0].message}", wrong[0].place)
        return
    try:
        bagit.Bag(str(new)).validate(processes=1)
    except bagit.BagError as problem:
        raise CoursepackError(f"the bag does not pass the bagit library: {problem}", place) from None
