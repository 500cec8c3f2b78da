"""What stages of a reading gave, kept by the hash of all that went in: what did not change is not made again.

A stage is a pure function. Its result is kept as bytes and handed out as a copy, which whoever takes it may change.
What nobody changes is kept as it is (``Live``): a reading that changed one source of ten hands on the others' parts,
the same objects, and what is asked of them is known by the objects themselves.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import tempfile
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from coursepack.files.hashes import sha256

T = TypeVar("T")
P = TypeVar("P")
MOST_BYTES = 512 << 20
"""Bytes of results that are kept in memory; the ones that were not asked for longest go first."""


def key(*parts: Any) -> str:
    """The hash of what goes into a stage: texts, numbers, structs, lists and tables of such."""
    return sha256(msgspec.msgpack.encode(parts, order="deterministic"))


class Live:
    """Results by the objects that they were made of, handed out as they are; nobody may change them.

    What two readings on end did not ask for goes.
    """

    def __init__(self) -> None:
        self._now: dict[Hashable, tuple[tuple[object, ...], Any]] = {}
        self._before: dict[Hashable, tuple[tuple[object, ...], Any]] = {}

    def turn(self) -> None:
        """A reading begins."""
        self._before, self._now = self._now, {}

    def same(self, what: str, result: Iterable[T], name: Callable[[T], Hashable]) -> tuple[T, ...]:
        """The same parts, each as the object that the reading before had under its name where that says the same."""
        found = []
        for one in result:
            at = (what, name(one))
            known = self._now.get(at) or self._before.get(at)
            if known is None or (known[1] is not one and known[1] != one):
                known = ((), one)
            self._now[at] = known
            found.append(known[1])
        return tuple(found)

    def of(self, what: str, objects: tuple[object, ...], make: Callable[[], T], *more: Hashable) -> T:
        """What ``make`` gives of these objects, told by their identity, and of ``more``, told by what it says."""
        name = (what, *map(id, objects), *more)
        found = self._now.get(name) or self._before.get(name)
        if found is None:
            found = (objects, make())  # the objects are held, so that no other one gets their identity
        self._now[name] = found
        result: T = found[1]
        return result

    def each(self, what: str, parts: Iterable[P], make: Callable[[P], T]) -> list[T]:
        """What ``make`` gives of each part alone: of a bank only the questions that changed are asked."""
        now, before, result = self._now, self._before, []
        for one in parts:
            name = (what, id(one))
            found = now.get(name) or before.get(name)
            if found is None:
                found = ((one,), make(one))
            now[name] = found
            result.append(found[1])
        return result

    def inner(self, *name: Hashable) -> Live:
        """Results that are asked for while one part of a course is made anew, be it readings later: they go by the
        turns of this part alone. Whoever makes it begins with ``turn``."""
        at = ("inner", *name)
        found = self._now.get(at) or self._before.get(at) or ((), Live())
        self._now[at] = found
        result: Live = found[1]
        return result


class Stages:
    """Results by stage and key, in memory; those of ``kept`` also in a ``folder``, for the next process.

    ``runs`` counts how often each stage ran; ``live`` holds what nobody changes, ``held``
    the sources of the last reading as they were built, ``whole`` names of corrections that a bank is read as a whole
    for.
    """

    def __init__(self, folder: Path | None = None, most_bytes: int = MOST_BYTES) -> None:
        self.runs: Counter[str] = Counter()
        self.live = Live()
        self.held: list[Any] = []
        self.whole: set[str] = set()
        self._folder = folder
        self._most = most_bytes
        self._held = 0
        self._results: OrderedDict[str, bytes] = OrderedDict()

    def of(self, stage: str, key: str, make: Callable[[], T]) -> T:
        """The result of a stage: one that was kept, else what ``make`` gives."""
        name = f"{stage}-{key}"
        if name in self._results:
            self._results.move_to_end(name)
            known: T = pickle.loads(self._results[name])  # noqa: S301 - made below, in this process
            return known
        self.runs[stage] += 1
        result = make()
        self._keep(name, packed(result))
        return result

    def kept(self, stage: str, key: str, kind: type[T], make: Callable[[], T]) -> T:
        """The same for a result that is data, a struct of that ``kind``: it may lie in the folder."""
        name = f"{stage}-{key}"
        if name not in self._results and self._folder is not None:
            found = _read(self._folder / name, kind)
            if found is not None:
                self._keep(name, packed(found))
                return found
        before = self.runs[stage]
        result = self.of(stage, key, make)
        if self._folder is not None and self.runs[stage] > before:
            with contextlib.suppress(OSError):  # no room, no right: it is made again
                _write(self._folder / name, msgspec.msgpack.encode(result))
        return result

    def _keep(self, name: str, data: bytes) -> None:
        self._results[name] = data
        self._held += len(data)
        while self._held > self._most:
            self._held -= len(self._results.popitem(last=False)[1])


class _Pickler(pickle.Pickler):
    """Structs without the fields that say nothing: a text that is a default is no default any more once it was
    unpickled, for msgspec knows defaults by identity, and JSON would hold it."""

    def reducer_override(self, value: object) -> Any:
        if not isinstance(value, msgspec.Struct):
            return NotImplemented
        kind = type(value)
        stated = {name: getattr(value, name) for name in kind.__struct_fields__}
        return _made, (kind, {name: one for name, one in stated.items() if one != _defaults(kind)[name]})


@cache
def _defaults(kind: type[msgspec.Struct]) -> dict[str, Any]:
    return {field.name: field.default for field in msgspec.structs.fields(kind)}


def _made(kind: type[T], stated: dict[str, Any]) -> T:
    return kind(**stated)


def packed(value: object) -> bytes:
    """A value as bytes, of which every ``unpacked`` is a copy."""
    out = io.BytesIO()
    _Pickler(out, pickle.HIGHEST_PROTOCOL).dump(value)
    return out.getvalue()


def unpacked(data: bytes) -> Any:
    """What was packed in this process."""
    return pickle.loads(data)  # noqa: S301 - made above


def _read(path: Path, kind: type[T]) -> T | None:
    """A kept result; None where there is none, or none of this version."""
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError):
        return None


def _write(path: Path, data: bytes) -> None:
    """A kept result in one step: another process sees all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, result = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(result).replace(path)
