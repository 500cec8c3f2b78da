"""Which guards this machine gives."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import cache
from typing import Literal

from coursepack.isolated.job import budget
from coursepack.isolated.worker import call
from coursepack.place import CoursepackError, Place

Guard = Literal["memory", "network", "writing"]
GUARDS: tuple[Guard, ...] = ("memory", "network", "writing")


@cache
def held() -> frozenset[Guard]:
    """Which guards this machine gives beside the time limit: asked of a child that tries each."""
    try:
        found = call("coursepack.isolated.guards:tried", b"", list[Guard], place=Place("isolated"), budget=budget())
    except CoursepackError:
        return frozenset()
    return frozenset(found)


def tried(_: bytes) -> list[Guard]:
    """In a child: the guards that hold."""
    found: list[Guard] = []
    try:
        bytearray(budget().memory)
    except MemoryError:
        found.append("memory")
    import socket

    try:
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()
    except PermissionError:
        found.append("network")
    try:
        with tempfile.TemporaryFile():
            pass
    except OSError:
        found.append("writing")
    return found


def lacking(words: Mapping[Guard, str]) -> str:
    """What this machine does not hold, in the ``words`` for each guard, as a list; empty where all is held."""
    return ", ".join(words[guard] for guard in GUARDS if guard not in held())
