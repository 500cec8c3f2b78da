"""Products as build-report.json names them, and which of an earlier build stay beside new ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from coursepack import names
from coursepack.artifact import Artifact
from coursepack.place import CoursepackError, Finding, Place, note, warning
from coursepack.publish.earlier import EDITED, Earlier
from coursepack.safe_io import sha256


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
            raise ValueError(f"a product cannot be called {self.file[:80]!r}: {reason}")


class Maker(Protocol):
    """The part of a build report that says what made the products."""

    @property
    def coursepack(self) -> str: ...
    @property
    def deflate(self) -> str: ...
    @property
    def declared_by(self) -> str | None: ...
    @property
    def asked(self) -> dict[str, str]: ...


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the report of an earlier build, of this version or another, must say for its products to be carried over."""

    coursepack: str
    products: tuple[Product, ...]
    deflate: str = ""
    declared_by: str | None = None
    asked: dict[str, str] = {}


def revision(report: Maker, course_json: bytes) -> str:
    """One name for all that products are made from: the model (which states the sources), course.toml, the settings of
    the call and the programs. Builds of one revision make the same bytes."""
    asked = sorted(report.asked.items())
    told = [sha256(course_json), report.coursepack, report.deflate, report.declared_by, asked]
    return sha256(msgspec.json.encode(told))


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


def carried(
    earlier: Earlier, told: Sequence[Product], built: Sequence[Product], formats: Iterable[str], of: str, new: Path
) -> list[Product]:
    """The products of an earlier build (``told`` by its report, of revision ``of``) that this one does not make, copied
    into ``new``. Files of a format that was built again are not among them."""
    now, files = set(formats), {product.file for product in built}
    found = []
    for product in told:
        if product.format not in now and product.file not in files and earlier.carry(product.file, new):
            since = of if product.carried_from is msgspec.UNSET else product.carried_from
            found.append(msgspec.structs.replace(product, carried_from=since, size=(new / product.file).stat().st_size))
    return found


def tell(products: Sequence[Product], now: str) -> list[Finding]:
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
