"""Which entry of the format registry PRONOM a file is, by ``pronom.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path, PurePosixPath

import msgspec

from coursepack.files.media import pattern

_MOST = 64 << 20
"""Bytes that are looked through for what a file holds."""


class Format(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of the table; ``pronom.toml`` says what each field is."""

    puid: str
    name: str
    endings: tuple[str, ...]
    version: str = ""
    begins: str = ""
    holds: tuple[str, ...] = ()

    def fits(self, ending: str, data: bytes) -> bool:
        """Whether a file that ends so and holds this is one."""
        if ending not in self.endings and (ending or not self.begins):
            return False
        if self.begins and not pattern(self.begins).match(data):
            return False
        return all(re.search(each.encode(), data) for each in self.holds)


@cache
def formats() -> tuple[Format, ...]:
    """The table."""
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["format"]
    return msgspec.convert(rows, tuple[Format, ...])


def of(name: str, content: Path | bytes) -> Format | None:
    """The format of a file by its name and its bytes; None where the table has none."""
    ending = PurePosixPath(name).suffix.lower()
    rows = [row for row in formats() if not ending or ending in row.endings]
    if not rows:
        return None
    data = content[:_MOST] if isinstance(content, bytes) else _read(content, whole=any(row.holds for row in rows))
    return next((row for row in rows if row.fits(ending, data)), None)


def _read(path: Path, *, whole: bool) -> bytes:
    with path.open("rb") as file:
        return file.read(_MOST if whole else 1024)
