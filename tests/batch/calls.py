"""Calls for engines: ones that answer, fail, die always or once, or never end."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from coursepack.place import CoursepackError, Place


def doubled(payload: bytes) -> bytes:
    return payload * 2


def unusable(payload: bytes) -> bytes:
    raise CoursepackError("no course", Place(payload.decode(), 3), "write one")


def broken(payload: bytes) -> bytes:
    return bytes([len(payload) // 0])


def full(_: bytes) -> bytes:
    raise OSError(28, "No space left on device")


def dies(payload: bytes) -> bytes:
    """Kills its process; counts how often it was tried, in a file."""
    with Path(payload.decode()).open("a", encoding="utf-8") as file:
        file.write("x")
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def dies_once(payload: bytes) -> bytes:
    path = Path(payload.decode())
    if path.exists():
        return b"alive"
    path.touch()
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def process(_: bytes) -> bytes:
    time.sleep(0.05)  # so that one process does not do all
    return str(os.getpid()).encode()


def endless(payload: bytes) -> bytes:
    Path(payload.decode()).write_text(str(os.getpid()), "utf-8")
    time.sleep(600)
    return b""
