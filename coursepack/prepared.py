"""What every start makes anew of the very same data, kept between the calls of a command: programs of regular
expressions, shipped tables, catalogues.

It lies in one file where this system keeps a user's caches, or where ``COURSEPACK_PREPARED`` says (empty: nowhere). It
is no product: without it, or where it is damaged, another's or of another Python, all is made anew. Programs that
import coursepack do not use it unless they call ``use``; what is read differs in nothing from what is made.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from coursepack import __version__, expressions

VARIABLE = "COURSEPACK_PREPARED"
MOST: Final = 32 << 20
"""Bytes of all that is kept; of more only what this call used stays."""
_WORTH = 0.05
"""Seconds that making it took, from which on what is new is written."""
_HEAD = f"coursepack {__version__} {sys.version}\n".encode()

Key = tuple[Any, ...]


class Store:
    """Values by key: what was read from a file, and what was made since. A value is what ``marshal`` can hold."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.known: dict[Key, bytes] = _read(path) if path else {}
        self.used: dict[Key, bytes] = {}
        self.new = 0
        self.spent = 0.0

    def recall(self, key: Key, make: Callable[[], Any]) -> Any:
        """The value of a key; made where none is kept."""
        data = self.known.get(key)
        if data is not None:
            self.used[key] = data
            return marshal.loads(data)  # noqa: S302 - a file of this user, as Python's own compiled modules are
        began = time.perf_counter()
        value = make()
        self.spent += time.perf_counter() - began
        if self.new < MOST:  # a server lives long
            with contextlib.suppress(ValueError):  # a date, say
                self.used[key] = self.known[key] = data = marshal.dumps(value)
                self.new += len(data)
        return value

    def keep(self) -> None:
        """Write what is new, in one step, where making it took long enough. Where it cannot be written it is made again
        the next time."""
        if self.path is None or self.spent < _WORTH:
            return
        data = marshal.dumps(self.known)
        if len(data) > MOST:
            data = marshal.dumps(self.used)
        import tempfile

        with contextlib.suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, result = tempfile.mkstemp(dir=self.path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_HEAD + zlib.crc32(data).to_bytes(4, "big") + data)
                Path(result).replace(self.path)
            except OSError:
                Path(result).unlink(missing_ok=True)
        self.spent = 0.0


_store: Store | None = None


def use() -> Store:
    """Use what is kept, from now on, in this process."""
    global _store  # noqa: PLW0603 - a process has one
    if _store is None:
        _store = Store(home())
        expressions.prepare(_store.recall)
    return _store


def keep() -> None:
    """Write what is new, if anything is used at all."""
    if _store is not None:
        _store.keep()


def recall(kind: str, key: str, make: Callable[[], Any]) -> Any:
    """The value of a key among those of its kind. It may be shared: only to be read."""
    return _store.recall((kind, key), make) if _store is not None else make()


def toml(text: str) -> dict[str, Any]:
    """A shipped TOML text. Raises ``tomllib.TOMLDecodeError``."""

    def parsed() -> dict[str, Any]:
        import tomllib

        return tomllib.loads(text)

    found: dict[str, Any] = recall("toml", text, parsed)
    return found


def home() -> Path | None:
    """The file, one for each Python; None where nothing is to be kept, or no place for it can be told."""
    stated = os.environ.get(VARIABLE)
    if stated == "":
        return None
    try:
        if stated is None:
            import platformdirs

            stated = platformdirs.user_cache_dir("coursepack", appauthor=False)
        return Path(stated) / f"prepared-{sys.implementation.cache_tag}"
    except (OSError, RuntimeError):  # a user without a home
        return None


def _read(path: Path) -> dict[Key, bytes]:
    """What a file holds that this user wrote whole, with this Python and this version."""
    try:
        with path.open("rb") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_uid != os.geteuid():
                return {}
            if file.read(len(_HEAD)) != _HEAD:
                return {}
            check, data = file.read(4), file.read(2 * MOST)
        if zlib.crc32(data).to_bytes(4, "big") != check:
            return {}
        found = marshal.loads(data)  # noqa: S302 - as above
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}
