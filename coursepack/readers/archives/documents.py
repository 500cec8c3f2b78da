"""Archives of documents (.zip): every member is a file of the folder that the archive stands for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from coursepack import readers
from coursepack.files import unpacked
from coursepack.files.member import Member
from coursepack.files.package import Package
from coursepack.place import CoursepackError, Place


def documents(package: Package) -> Iterator[Member]:
    """The members of an archive with documents. Raises ``NoDocumentsError``; ``CoursepackError`` for a package of a
    learning platform, whose pages are parts of a program."""
    known = readers.endings()
    if "imsmanifest.xml" in package:
        raise CoursepackError("a package of a learning platform", Place(package.name), "export it as .imscc or .mbz")
    if not any(Path(name).suffix.lower() in known or unpacked.is_archive(name) for name in package.names()):
        raise unpacked.NoDocumentsError("an archive without documents", Place(package.name))
    return unpacked.members(package)
