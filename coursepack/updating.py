"""An earlier build, to which a product adds only what is new (``--update-since``)."""

from __future__ import annotations

from pathlib import Path

import msgspec

from coursepack import discovery
from coursepack.files import sources
from coursepack.files.hashes import sha256
from coursepack.files.package import Package
from coursepack.model.course import Course
from coursepack.model.course_json import said
from coursepack.place import CoursepackError, Place
from coursepack.publish import COURSE, REPORT, stated
from coursepack.writers import EarlierBuild

FORMAT = "moodle-backup"
"""The product that an update is made of."""
ASKED = "update"
"""What a report calls the number of the update that its build made."""
_ADVICE = "name the folder of the build that was restored in Moodle, OUTPUT/<id> as it was then"


class _Product(msgspec.Struct, frozen=True):
    file: str
    format: str


class _Report(msgspec.Struct, frozen=True):
    """What is heard of an earlier report, of whatever release."""

    products: tuple[_Product, ...] = ()
    asked: dict[str, str] = {}


def read(folder: Path, *, follow_links: bool = False) -> EarlierBuild:
    """The build in a folder. Raises ``CoursepackError`` when it is none, or not whole."""
    place = Place(str(folder))
    for name in (COURSE, REPORT):
        if sources.why_not(folder, name):
            raise CoursepackError(f"no {name}, expected the folder of an earlier build", place, _ADVICE)
    data, reported = (folder / COURSE).read_bytes(), (folder / REPORT).read_bytes()
    sums = stated(folder)
    for name, found in ((COURSE, data), (REPORT, reported)):
        if sums.get(name, sha256(found)) != sha256(found):
            raise CoursepackError("was changed or cut off since it was built", Place(str(folder / name)), _ADVICE)
    try:
        report = msgspec.json.decode(reported, type=_Report)
    except (UnicodeDecodeError, msgspec.ValidationError, msgspec.DecodeError) as problem:
        raise CoursepackError(f"not a build report: {said(problem)}", Place(str(folder / REPORT)), _ADVICE) from None
    understood = discovery.course_of_folder(folder / COURSE, follow_links=follow_links)
    number = report.asked.get(ASKED, "0")
    return EarlierBuild(
        course=understood.course,
        assets=understood.assets,
        number=int(number) + 1 if number.isascii() and number.isdigit() and len(number) < 6 else 1,
        products=dict(_products(folder, report, sums)),
    )


def _products(folder: Path, report: _Report, sums: dict[str, str]) -> list[tuple[str, Package]]:
    """The first product of each format, as the build made it; one that was changed or lost says nothing."""
    found: dict[str, Package] = {}
    for product in report.products:
        if product.format in found or sources.why_not(folder, product.file):
            continue
        path = folder / product.file
        if path.suffix == ".mbz" and sums.get(product.file) == sha256(path.read_bytes()):
            found[product.format] = Package.of_path(path)
    return list(found.items())


def same_course(earlier: EarlierBuild, course: Course, folder: Path) -> None:
    """Raises ``CoursepackError`` for a build of another course, or of another edition."""
    before = (earlier.course.id, earlier.course.language)
    if before == (course.id, course.language):
        return
    found = f"a build of {before[0]!r} ({before[1]}), expected one of {course.id!r} ({course.language})"
    editions = "of a course in several languages update one edition at a time: --language"
    advice = editions if before[0] == course.id else _ADVICE
    raise CoursepackError(found, Place(str(folder)), advice)
