"""Products as build-report.json names them, and which of an earlier build stay beside new ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from coursepack import names
from coursepack.files.hashes import sha256
from coursepack.model.artifact import Artifact
from coursepack.place import CoursepackError, Finding, Place, note, warning
from coursepack.publish.earlier import COURSE, EDITED, OURS, REPORT, EarlierBuild


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """A product as the report names it. ``size`` in bytes; ``checks`` are the layers it passed.

    ``carried_from`` is the ``revision`` of the earlier build that made it, when the build of this report did not.
    Raises ValueError for a file name that is none.
    """

    file: str
    format: str
    size: int
    sha256: str
    checks: tuple[str, ...] = ()
    audience: str = "student"
    carried_from: str | msgspec.UnsetType = msgspec.UNSET

    def __post_init__(self) -> None:
        if reason := names.problem(self.file) or ("a folder in it" if "/" in self.file else None):
            raise ValueError(f"a product cannot have the name {self.file[:80]!r}: {reason}")


class ToolVersions(Protocol):
    """The part of a build report that says what made the products."""

    @property
    def coursepack(self) -> str: ...
    @property
    def deflate(self) -> str: ...
    @property
    def declared_by(self) -> str | None: ...
    @property
    def asked(self) -> dict[str, str]: ...
    @property
    def libraries(self) -> dict[str, str]: ...


class EarlierReport(msgspec.Struct, frozen=True, kw_only=True):
    """What the report of an earlier build, of this version or another, must say for its products to be carried over."""

    coursepack: str
    products: tuple[Product, ...]
    deflate: str = ""
    declared_by: str | None = None
    asked: dict[str, str] = {}
    libraries: dict[str, str] = {}


def revision(report: ToolVersions, course_json: bytes) -> str:
    """One name for all that products are made from: the model (which states the sources), course.toml, the settings of
    the call and the programs. Builds of one revision make the same bytes."""
    requested = sorted(report.asked.items())
    reported: list[object] = [sha256(course_json), report.coursepack, report.deflate, report.declared_by, requested]
    if report.libraries:  # a report of an earlier version states none: its revision stays what it was
        reported.append(sorted(report.libraries.items()))
    return sha256(msgspec.json.encode(reported))


def check_names(artifact: Artifact, taken: Iterable[str]) -> None:
    """Refuse a product, or a member of it, under a name that leads elsewhere, that some system cannot hold, or that is
    taken. Raises ``CoursepackError``: such a name comes from a forged model, or is a fault of the writer."""
    place, advice = Place(artifact.name[:80]), "build from the sources again, or report it"
    for name in (artifact.name, *(member.path for member in artifact.members)):
        if reason := names.problem(name):
            raise CoursepackError(f"no product is written under the name {name[:80]!r}: {reason}", place, advice)
    if "/" in artifact.name or EDITED in artifact.name:
        raise CoursepackError("is no name for a product", place, advice)
    for group in ((*taken, artifact.name), [member.path for member in artifact.members]):
        for name, other in names.alike(group):
            raise CoursepackError(f"two files of the build are called {other!r} and {name!r}", place, advice)


def carry_over(
    earlier: EarlierBuild, built: Sequence[Product], formats: Iterable[str], now: str, new: Path
) -> tuple[list[Product], list[Finding]]:
    """Copy into ``new`` the products of an earlier build that the build of ``formats``, of revision ``now``, does not
    make; what is told of them. Files of a format that was built again are not among them.

    Raises ``CoursepackError`` when it is not known what a file of the earlier build is.
    """
    files = {product.file for product in built}
    rest = {name for name in earlier.sums.keys() - files if name.partition("/")[0] not in OURS}
    if not rest:
        return [], []
    reported, since = _reported(earlier)
    if strange := sorted(rest - {product.file for product in reported}):
        message = f"holds {strange[0]!r}, which no build made: its report does not name it"
        raise CoursepackError(message, Place(str(earlier.folder)), "move it away or choose another -o folder")
    carried = []
    for product in reported:
        if product.format not in set(formats) and product.file not in files and earlier.carry(product.file, new):
            result = since if product.carried_from is msgspec.UNSET else product.carried_from
            size = (new / product.file).stat().st_size
            carried.append(msgspec.structs.replace(product, carried_from=result, size=size))
    return carried, _said(carried, now)


def _reported(earlier: EarlierBuild) -> tuple[tuple[Product, ...], str]:
    """The products of an earlier build and its revision."""
    place = Place(str(earlier.folder / REPORT))
    try:
        reported = msgspec.json.decode((earlier.folder / REPORT).read_bytes(), type=EarlierReport)
        return reported.products, revision(reported, (earlier.folder / COURSE).read_bytes())
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError) as problem:
        advice = "move the folder away, or choose another -o folder"
        raise CoursepackError(f"no longer states what the earlier build made: {problem}", place, advice) from None


def _said(products: Sequence[Product], now: str) -> list[Finding]:
    """A note of what was carried over, a warning where it was made from something else than revision ``now``."""
    found = []
    same = [product.file for product in products if product.carried_from == now]
    others = [product.file for product in products if product.carried_from != now]
    if same:
        message = f"not built this time, carried over unchanged from an earlier build of the same: {', '.join(same)}"
        found.append(note("product-carried", message))
    if others:
        message = (
            f"not built this time, carried over from an earlier build of other sources or settings: {', '.join(others)}"
        )
        advice = "build their formats again, or delete them and build again; such a folder cannot be archived"
        found.append(warning("product-older", message, None, advice))
    return found
