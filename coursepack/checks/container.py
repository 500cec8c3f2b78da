"""The container: what an archive must be before anybody looks inside.

Most is found while it is opened (``archives``, ``zip_records``); here every member is really read, so that damage is
known at the door, and names are held against the file systems they will be unpacked on.
"""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from coursepack import names
from coursepack.checks import Grammar
from coursepack.checks.contents import media_findings
from coursepack.files.package import Package, is_folder
from coursepack.place import Finding, error, warning

_CHUNK = 1 << 20


def check(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """Members that cannot be read, names that some file system would take for one or not take at all."""
    if not package.entries and not package.problems:
        yield error("container-empty", "the archive holds no file", package.place(), "pack the files again")
    yield from _alike(package)
    for name in package.names():
        yield from _name(package, name, grammar)
    yield from media_findings(package)
    if package.container in {"zip", "tar"}:
        for name in package.names():
            yield from _damage(package, name)


def _alike(package: Package) -> Iterator[Finding]:
    advice = "rename one of them, and what refers to it"
    for name, other in names.alike(package.names()):
        message = f"differs from {other!r} only by case or Unicode form"
        yield error("container-alike", message, package.place(name), advice)
    seen = {names.key(name): name for name in reversed(package.names())}
    ordered = sorted(seen)
    for key in ordered:
        if is_folder(key, ordered):
            message = "is a file, and the folder of other files"
            yield error("container-alike", message, package.place(seen[key]), advice)


def _name(package: Package, name: str, grammar: Grammar) -> Iterator[Finding]:
    make = error if grammar.closed else warning
    place, advice = package.place(name), "give the file a plain Latin name"
    if not name.isascii():
        yield make("container-name-ascii", "the name is not ASCII; some LMSs lose it", place, advice)
    if reason := names.unportable(name):
        yield make("container-name", f"not every system can hold the name: {reason}", place, advice)
    if len(name.encode()) > 255:
        yield make("container-name", "the path is longer than 255 bytes", place, advice)


def _damage(package: Package, name: str) -> Iterator[Finding]:
    """Read a member to its end: the checksum stands there (APPNOTE 4.4.7)."""
    advice = "get the file again, or pack it again"
    total = 0
    try:
        with package.open(name) as file:
            while chunk := file.read(_CHUNK):
                total += len(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, tarfile.TarError) as problem:
        yield error("container-damaged", f"damaged: {problem}", package.place(name), advice)
        return
    if total != package.size(name):
        message = f"unpacks to {total} bytes, {package.size(name)} were stated"
        yield error("container-damaged", message, package.place(name), advice)
