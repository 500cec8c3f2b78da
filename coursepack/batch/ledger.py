"""The ledger of runs: what was made of a course when it was built last, and of which files.

It is a file a course, written when that is done: a run that is stopped, killed or out of disk goes on where it was.
Nothing of it is a product: it lies where programs of this user keep their state, never among the builds, and may hold
times, as no product may. Without it everything is built again.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from coursepack import publish
from coursepack.batch import user_state
from coursepack.batch.inputs import Index
from coursepack.discovery import Site
from coursepack.files.hashes import sha256
from coursepack.place import Finding, Severity
from coursepack.publish import Product
from coursepack.stages import key

_FORMAT = 1

VARIABLE = "COURSEPACK_LEDGER"

State = Literal["built", "errors", "unusable", "lost"]
"""``errors``: what was found stopped its publishing; ``unusable``: it cannot be read at all; ``lost``: nothing is known
of the course itself, for the machine failed (no disk, no memory, a process that died)."""


class EditionRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one edition of a course, for reports. ``place`` is where the course lies, ``folder`` where its
    build does (none when it was not published); ``findings`` are its errors and warnings, ``notes`` is a number.
    ``as_before``: nothing was done, an earlier run found this of the same files. ``seconds`` is how long it took."""

    course: str
    place: str
    state: State
    title: str = ""
    language: str = ""
    folder: str | None = None
    counts: dict[str, int] = {}
    products: tuple[Product, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: int = 0
    as_before: bool = False
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether a person has to do something before the course is built."""
        return self.state != "built" or any(one.severity is Severity.ERROR for one in self.findings)


class BuildRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What the ledger holds of a course: the one hash of all that it was made of (``name``), the files (``index``) and
    the folder of ``templates`` among it, its id, its rows, and of each build the marks of its files and the SHA-256 of
    their list of checksums."""

    format: int = _FORMAT
    name: str
    index: Index
    templates: str | None
    id: str
    rows: tuple[EditionRow, ...]
    marks: dict[str, dict[str, publish.Mark]]
    sums: dict[str, str]

    @property
    def failed(self) -> bool:
        """Whether one of its editions was not built, or has errors."""
        return any(row.failed for row in self.rows)

    def stands(self) -> bool:
        """Whether every build is there as it was made."""
        return all(_is_as_made(Path(folder), marks, self.sums.get(folder, "")) for folder, marks in self.marks.items())


def sums(folder: Path) -> str:
    """The SHA-256 of the list of checksums of a build; empty where there is none."""
    try:
        return sha256((folder / publish.SUMS).read_bytes())
    except OSError:
        return ""


def _is_as_made(folder: Path, before: dict[str, publish.Mark], stated: str) -> bool:
    """Whether a build holds what it held: by its marks or, where it was copied or restored, by its checksums."""
    now = publish.marks(folder)
    if now == before:
        return True
    if now.keys() != before.keys() or not stated or sums(folder) != stated:
        return False
    listed = publish.stated(folder)
    return all(name == publish.SUMS or sha256((folder / name).read_bytes()) == listed.get(name) for name in now)


@dataclass(frozen=True)
class BuildLedger:
    """The entries of all courses that are built into ``output``, below ``folder``."""

    output: Path
    folder: Path

    def read(self, site: Site) -> BuildRecord | None:
        """The entry of a course; None for one that has none, or none that this version understands."""
        try:
            entry = msgspec.msgpack.decode(self._file(site).read_bytes(), type=BuildRecord)
        except (OSError, msgspec.DecodeError):
            return None
        return entry if entry.format == _FORMAT else None

    def write(self, site: Site, entry: BuildRecord) -> None:
        """Keep the entry of a course that is done, in one step. Where it cannot be written the course is built again
        the next time, and nothing is wrong."""
        path = self._file(site)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, result = tempfile.mkstemp(dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(msgspec.msgpack.encode(entry))
                Path(result).replace(path)
            except OSError:
                Path(result).unlink(missing_ok=True)

    def _file(self, site: Site) -> Path:
        # A link in the way leads nowhere else.
        output, at = (os.path.abspath(path) for path in (self.output, site.folder))  # noqa: PTH100
        return self.folder / key(output, at, site.declared, site.documents)[:32]


def home() -> Path:
    """Where ledgers lie if nobody says otherwise: ``COURSEPACK_LEDGER``, or beside the user's other state."""
    return user_state.folder("ledger", VARIABLE)
