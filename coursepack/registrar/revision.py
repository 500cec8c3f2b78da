"""Whatever a registrar has in hand – a bag, a build, a course.json, a package – as one side of a comparison."""

from __future__ import annotations

from pathlib import Path

from coursepack import languages
from coursepack.checks.detect import MANIFEST, Kind, detect
from coursepack.files.package import Package
from coursepack.files.xml import XmlError
from coursepack.place import CoursepackError, Place
from coursepack.publish import COURSE
from coursepack.registrar import bag, edition, ocfl
from coursepack.registrar.package_parts import READERS
from coursepack.registrar.parts import Revision, of_course


def read(path: Path) -> Revision:
    """The parts of a bag, a build, a course.json or any package. Raises ``CoursepackError`` for anything else."""
    package = ocfl.open_version(path) if ocfl.is_object(path) else Package.of_path(path)
    names = [name for name in package.names() if name.endswith((bag.MODEL, COURSE)) and name.count("/") <= 2]
    if package.container == "file" and path.suffix.lower() == ".json":
        names = package.names()
    if names and not any(name.rpartition("/")[2] in {MANIFEST, "moodle_backup.xml"} for name in package.names()):
        found = min(names, key=lambda name: name.count("/"))
        return of_course(edition.read_course(package.read(found), package.place(found)), str(path))
    return _of_package(package, path)


def _of_package(package: Package, path: Path) -> Revision:
    found = detect(package)
    reader = READERS.get(found.kind)
    if reader is None:
        message = (
            "neither a bag, a build, a course.json nor a package that is known (the folder of a course is built first)"
        )
        raise CoursepackError(message, Place(str(path)), "expected two revisions of one course")
    try:
        title, parts = reader(package, found.root)
    except (XmlError, KeyError) as problem:
        raise CoursepackError(
            f"cannot be compared: {problem}", Place(str(path)), "run «coursepack validate» on it"
        ) from None
    return Revision(str(path), title, languages.SOURCE, tuple(parts), _FORMS.get(found.kind, "IMS package"))


# Kinds whose parts are alike in nothing but name; all others have a manifest.
_FORMS: dict[Kind, str] = {"moodle-xml": "Moodle XML", "moodle-backup": "Moodle backup", "docx": "DOCX"}


def alike(old: Revision, new: Revision) -> None:
    """Raises ``CoursepackError`` for two revisions that cannot be held against each other."""
    if old.form != new.form:
        raise CoursepackError(
            f"two kinds cannot be compared: {old.form} and {new.form}",
            Place(new.name),
            "compare two bags, builds or course.json files, or two packages of one kind",
        )
