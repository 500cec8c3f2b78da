"""One folder or file in the place of another, in one step where the system can.

Linux exchanges two names by renameat2(2) with RENAME_EXCHANGE (ext4, XFS, Btrfs, tmpfs and others; not NFS), macOS by
renamex_np(2) with RENAME_SWAP (APFS, HFS+). Elsewhere, Windows among it, the old one is moved aside and the new one
into its place: a run that is killed between the two leaves the old one aside, and the next run brings it back.
"""

from __future__ import annotations

import ctypes
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # <linux/fs.h>
_RENAME_SWAP = 2  # <sys/stdio.h> of macOS


def take_place(new: Path, target: Path, old: Path) -> Path | None:
    """``new`` becomes ``target``; where the earlier ``target`` lies now (None when there was none).

    ``old`` is a free name beside it, used where there is no exchange. Raises OSError; ``target`` is then as it was.
    """
    if not os.path.lexists(target):
        new.rename(target)
        return None
    if _exchange(new, target):
        return new
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise
    return old


def synchronise(folder: Path) -> None:
    """Have the names in a folder on disk (fsync(2)), where a folder can be opened."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _exchange(one: Path, other: Path) -> bool:
    """False where it cannot be done: what is really wrong, the renames that follow will say."""
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux" and (call := _function("renameat2")):
        return bool(call(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)
    if sys.platform == "darwin" and (call := _function("renamex_np")):
        return bool(call(*names, _RENAME_SWAP) == 0)
    return False


@cache
def _function(name: str) -> Any:
    """A function of the C library; None for one that it does not have (older ones of Alpine)."""
    return getattr(ctypes.CDLL(None, use_errno=True), name, None)
