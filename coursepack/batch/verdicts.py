"""Verdicts that were given before: of the same bytes, by the same program, asked the same.

They lie where programs of this user keep their state, one file each, under the SHA-256 of what was judged. What they
hold is no product; without them everything is judged again.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

import msgspec

from coursepack.batch import user_state
from coursepack.checks.products import Verdict
from coursepack.files.hashes import sha256_of
from coursepack.stages import key

VARIABLE = "COURSEPACK_VERDICTS"
_STAMP = ".looked"
"""The file whose time says when old verdicts were last looked for."""

Mark = tuple[int, int, int]
"""Size, time of change and inode of a file."""


def home() -> Path:
    """Where verdicts lie: ``COURSEPACK_VERDICTS``, or beside the user's other state."""
    return user_state.folder("verdicts", VARIABLE)


@dataclass(frozen=True)
class CachedVerdict:
    """A file as it was when it was read: its mark, and where its verdict is kept."""

    mark: Mark
    at: Path


@dataclass(frozen=True)
class Verdicts:
    """The verdicts below ``folder`` for a call that asks for what an LMS makes of it (``lms``), too."""

    folder: Path
    lms: str | None

    @cached_property
    def _asked(self) -> str:
        from coursepack.batch import inputs  # the whole of coursepack, for its hash

        return key(inputs.program(), self.lms)

    def seen(self, path: Path) -> CachedVerdict | None:
        """The file as it is; None for what is no file, or cannot be read."""
        try:
            mark = _mark(path)
            name = sha256_of(path) if mark else ""
        except OSError:
            return None
        return CachedVerdict(mark, self.folder / self._asked[:16] / name[:2] / key(self._asked, name)) if mark else None

    def known(self, seen: CachedVerdict) -> Verdict | None:
        """The verdict on such a file, without its name; None where there is none, or none that can be read."""
        try:
            verdict = msgspec.msgpack.decode(seen.at.read_bytes(), type=Verdict)
        except (OSError, msgspec.DecodeError):
            return None
        with contextlib.suppress(OSError):
            os.utime(seen.at)  # what is used again is new again
        return replace(verdict, as_before=True)

    def keep(self, path: Path, seen: CachedVerdict, verdict: Verdict) -> None:
        """Keep a verdict, in one step, unless the file was changed while it was judged. Where it cannot be written the
        file is judged again the next time, and nothing is wrong."""
        with contextlib.suppress(OSError):
            if _mark(path) != seen.mark:
                return
            seen.at.parent.mkdir(parents=True, exist_ok=True)
            handle, result = tempfile.mkstemp(dir=seen.at.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(msgspec.msgpack.encode(verdict))
                Path(result).replace(seen.at)
            except OSError:
                Path(result).unlink(missing_ok=True)


def pruned(folder: Path, now: float, rules: Mapping[str, int] | None = None) -> int:
    """Take away what nobody asked for in a long time, and the oldest of what takes too much room (verdicts.toml); how
    many. A folder that was looked at not long ago is left alone. Whatever cannot be taken away stays."""
    rules = rules or table()
    stamp = folder / _STAMP
    with contextlib.suppress(OSError):
        if now - stamp.stat().st_mtime < rules["hours"] * 3600:
            return 0
    found: list[tuple[float, int, Path]] = []
    try:
        stamp.touch()
        os.utime(stamp, (now, now))
        for path in folder.rglob("*"):
            status = path.lstat()
            if stat.S_ISREG(status.st_mode) and path != stamp:
                found.append((status.st_mtime, status.st_size, path))
    except OSError:
        return 0
    left, gone = sum(size for _, size, _ in found), 0
    for age, size, path in sorted(found):
        if now - age < rules["days"] * 86400 and left <= rules["bytes"]:
            break
        with contextlib.suppress(OSError):
            path.unlink()
            left, gone = left - size, gone + 1
    return gone


@cache
def table() -> dict[str, int]:
    """verdicts.toml."""
    return tomllib.loads(Path(__file__).with_name("verdicts.toml").read_text("utf-8"))


def _mark(path: Path) -> Mark | None:
    """None for what is no regular file: a pipe is never read, a folder has no bytes of its own."""
    found = path.stat()
    return (found.st_size, found.st_mtime_ns, found.st_ino) if stat.S_ISREG(found.st_mode) else None
