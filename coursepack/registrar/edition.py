"""What a build says of itself, and what identifies an edition in a registrar's books."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from coursepack import names
from coursepack.files import sources, unpacked
from coursepack.files.hashes import sha256
from coursepack.model.course import Course, Source
from coursepack.model.course_json import decode, said
from coursepack.model.node import Id, Language
from coursepack.place import CoursepackError, Place
from coursepack.project import department
from coursepack.project.course_toml import plain_name
from coursepack.publish import ASSETS, COURSE, REPORT, Product


class BuildSummary(msgspec.Struct, frozen=True, kw_only=True):
    """The part of build-report.json that an archive needs."""

    coursepack: str
    course: Id
    title: str
    language: Language
    products: tuple[Product, ...]
    sources: tuple[Source, ...] = ()
    counts: dict[str, int] = {}
    deflate: str = ""
    declared_by: str | None = None
    asked: dict[str, str] = {}
    libraries: dict[str, str] = {}


def read_report(data: bytes, place: Place) -> BuildSummary:
    """A report from its JSON. Raises ``CoursepackError``."""
    try:
        return msgspec.json.decode(data, type=BuildSummary)
    except (UnicodeDecodeError, msgspec.ValidationError, msgspec.DecodeError) as problem:
        reason = said(problem)
        raise CoursepackError(f"not a build report: {reason}", place, "build the course again") from None


def read_course(data: bytes, place: Place) -> Course:
    """A course from its JSON. Raises ``CoursepackError``."""
    try:
        return decode(data)
    except (msgspec.ValidationError, msgspec.DecodeError) as problem:
        raise CoursepackError(f"not a course: {problem}", place, "build the course again") from None


class BuildFolder(msgspec.Struct, frozen=True, kw_only=True):
    """A folder that ``coursepack build`` wrote, every product as the report says."""

    folder: Path
    report: BuildSummary
    course: Course
    course_json: bytes
    report_json: bytes
    assets: tuple[str, ...] = ()
    """Pictures of the model, as paths in the folder."""


def read_build(folder: Path) -> BuildFolder:
    """A build from its folder. Raises ``CoursepackError`` when it is none, was changed since, or holds links."""
    place = Place(str(folder))
    if sources.why_not(folder, REPORT) or sources.why_not(folder, COURSE):
        raise CoursepackError(f"no {REPORT} and {COURSE}, expected the folder of a build", place, "name OUTPUT/<id>")
    report_json, course_json = (folder / REPORT).read_bytes(), (folder / COURSE).read_bytes()
    report = read_report(report_json, Place(str(folder / REPORT)))
    course = read_course(course_json, Place(str(folder / COURSE)))
    if (report.course, report.language) != (course.id, course.language):
        raise CoursepackError(f"{REPORT} and {COURSE} are not of one course", place, "build the course again")
    for product in report.products:
        path = folder / product.file
        if sources.why_not(folder, product.file) or sha256(path.read_bytes()) != product.sha256:
            raise CoursepackError("was changed or lost since it was built", Place(str(path)), "build the course again")
    assets = sorted(f"{ASSETS}/{path.name}" for path in (folder / ASSETS).glob("*") if _is_asset(folder, path.name))
    return BuildFolder(
        folder=folder,
        report=report,
        course=course,
        course_json=course_json,
        report_json=report_json,
        assets=tuple(assets),
    )


def _is_asset(folder: Path, name: str) -> bool:
    """True for a picture of the model, under its SHA-256; not for a copy that somebody changed."""
    if sources.why_not(folder, f"{ASSETS}/{name}"):
        return False
    return sha256((folder / ASSETS / name).read_bytes()) == name


# --- sources ------------------------------------------------------------------------------------------------------

_TOML = "course.toml"
_DEEP = 3
"""Folders below a given one that are looked through for the course.toml of a build."""


def find_sources(report: BuildSummary, roots: Iterable[Path], *, follow_links: bool = False) -> dict[str, Path]:
    """Name in the course folder → file: the course.toml that was built from, its sources, and the pictures they name.

    Every file must have the checksum that the report states, and none may be a link without ``follow_links``. Raises
    ``CoursepackError`` for one that is not found.
    """
    if report.declared_by is None:
        raise CoursepackError(
            f"the course {report.course!r} was built without a course.toml, expected one that declares it",
            advice="write one (coursepack init), build, and archive that build",
        )
    looked = list(roots)
    for root in looked:
        for file in _tomls(root, follow_links=follow_links):
            data = file.read_bytes()
            if sha256(data) == report.declared_by:
                return _named_sources(file, data, report, follow_links=follow_links)
    raise CoursepackError(
        f"the course.toml that {report.course!r} was built from is not below {', '.join(map(str, looked))}",
        advice="name its folder with --sources, or build again: it may have changed since",
    )


def _tomls(root: Path, *, follow_links: bool) -> Iterator[Path]:
    if root.is_file():
        yield root
        return
    for depth in range(_DEEP + 1):
        for file in sorted(root.glob("*/" * depth + _TOML)):
            if not sources.why_not(root, file.relative_to(root).as_posix(), follow_links=follow_links):
                yield file


def _named_sources(toml: Path, data: bytes, report: BuildSummary, *, follow_links: bool) -> dict[str, Path]:
    entries = tomllib.loads(data.decode("utf-8-sig")).get("source", [])
    files = [*(entry["file"] for entry in entries), *(source.file for source in report.sources)]
    stated = {source.file: source.sha256 for source in report.sources}
    found = {_TOML: toml}
    if "department" in report.asked:
        above = _departments(toml, report.asked["department"], follow_links=follow_links)
        found |= dict(zip(department.KEPT_NAMES, (each.path for each in above), strict=False))
    for name in dict.fromkeys(map(plain_name, files)):
        if names.unsafe(name):
            raise CoursepackError(f"the source {name!r} lies outside the course folder", Place(str(toml)))
        whole = unpacked.outermost(toml.parent, name)  # an archive is archived as it is
        if not (toml.parent / whole).exists():
            raise CoursepackError(
                "this source is missing, expected the file that was built from", Place(str(toml.parent / name))
            )
        path = unpacked.check(toml.parent, name, follow_links=follow_links)
        if name in stated and sha256(path.read_bytes()) != stated[name]:
            raise CoursepackError(
                "was changed since the course was built", Place(str(toml.parent / name)), "build again"
            )
        if whole != name:
            found[whole] = toml.parent / whole
            continue
        found[name] = path
        found |= sources.named_beside(toml.parent, name, follow_links=follow_links)
    return found


def _departments(toml: Path, digest: str, *, follow_links: bool) -> list[department.Department]:
    """Each department.toml that a build used, the nearest first."""
    found = department.chain(toml.parent, follow_links=follow_links)
    if department.digest(found) != digest:
        message = f"the {department.FILE_NAME} that was built from is not in its folder or above, or was changed since"
        raise CoursepackError(message, Place(str(toml.parent)), "build again")
    return found


def named_templates(found: Mapping[str, Path], *, follow_links: bool = False) -> Path | None:
    """The folder of templates that the settings of a course name, those among its sources (``find_sources``)."""
    toml = found[_TOML]
    own = tomllib.loads(toml.read_bytes().decode("utf-8-sig")).get("templates")
    if isinstance(own, str) and own:
        return toml.parent / own
    return department.templates(department.chain(toml.parent, follow_links=follow_links))


_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def is_date(text: str) -> bool:
    """Whether a text is a day as ISO 8601 writes it."""
    try:
        return _DATE.fullmatch(text) is not None and bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


# --- what identifies an edition -----------------------------------------------------------------------------------


class Registered(msgspec.Struct, frozen=True, kw_only=True):
    """What the registrar states when a course is archived. ``date`` is the day of archiving (ISO); it is never read
    from a clock, and left out when nobody states it. ``retention`` is in the registrar's own words. ``more`` adds or
    replaces tags of bag-info.txt."""

    date: str | None = None
    retention: str | None = None
    minutes: str | None = None
    minutes_date: str | None = None
    more: Mapping[str, str] = {}


def tags(
    build: BuildFolder, registered: Registered, *, payload: Mapping[str, int], agent: str
) -> list[tuple[str, str]]:
    """bag-info.txt in its order: RFC 8493's own tags first, then those of an edition. What nobody said is left out.

    ``payload`` gives the size in bytes of every payload file.
    """
    course, about = build.course, build.course.about
    approval = about.approval
    minutes = registered.minutes or (approval.department_minutes if approval else None)
    minutes_date = registered.minutes_date or (approval.department_date if approval else None)
    stated: dict[str, object] = {
        "Source-Organization": about.university,
        "External-Description": course.title,
        "Bagging-Date": registered.date,
        "External-Identifier": f"{course.id} {course.language}",
        "Bag-Software-Agent": agent,
        "Payload-Oxum": f"{sum(payload.values())}.{len(payload)}",
        "Course-Id": course.id,
        "Course-Title": course.title,
        "Course-Code": about.code,
        "Programme": about.programme,
        "Language": course.language,
        "Academic-Year": about.year,
        "Semester": about.semester,
        "Credits": None if about.credits is None else f"{about.credits:g}",
        "Edition": about.edition,
        "Revision": about.revision,
        "Faculty": about.faculty,
        "Department": about.department,
        "Minutes-Number": minutes,
        "Minutes-Date": minutes_date,
        "Retention-Term": registered.retention,
        "Coursepack-Version": build.report.coursepack,
        "Deflate": build.report.deflate,
        "Libraries": ", ".join(f"{name} {text}" for name, text in sorted(build.report.libraries.items())) or None,
    }
    found = {label: str(value) for label, value in stated.items() if value is not None}
    return list((found | dict(registered.more)).items())


def bag_name(course: Course, payload_manifest: bytes) -> str:
    """A folder name that no other edition has: id, language, year, and the first digits of the payload manifest's
    checksum. The same edition always gets the same name."""

    year = "".join(c if c.isascii() and c.isalnum() else "-" for c in course.about.year or "").strip("-")
    mark = hashlib.sha512(payload_manifest).hexdigest()[:12]
    return "-".join(part for part in (course.id, course.language, year, mark) if part)
