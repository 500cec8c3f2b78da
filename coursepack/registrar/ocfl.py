"""A course as one object with versions: OCFL 1.1 (ocfl.io), read and checked.

Each version's state are the files of a bag, so a version is read, verified, compared and built again as a bag is. A
path ``OBJECT@v2`` names one version, ``OBJECT`` its newest.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from coursepack.files.package import Package
from coursepack.place import CoursepackError, Finding, Place, error
from coursepack.registrar import bag

DECLARATION = "0=ocfl_object_1.1"
ROOT = "0=ocfl_1.1"
INVENTORY = "inventory.json"
TYPE = "https://ocfl.io/1.1/spec/#inventory"
_VERSION = re.compile(r"v[1-9][0-9]*")
_LOST = "restore it from another copy of the object"


class User(msgspec.Struct, frozen=True, omit_defaults=True):
    name: str
    address: str | None = None


class OcflVersion(msgspec.Struct, frozen=True, omit_defaults=True):
    """``state``: SHA-512 → logical paths."""

    created: str
    state: dict[str, list[str]]
    message: str | None = None
    user: User | None = None


class Inventory(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """inventory.json (OCFL 1.1, 3.5). ``manifest``: checksum → paths of the content in the object."""

    id: str
    type: str
    digest_algorithm: str
    head: str
    manifest: dict[str, list[str]]
    versions: dict[str, OcflVersion]
    content_directory: str | None = None
    fixity: dict[str, Any] | None = None


def split(path: Path) -> tuple[Path, str | None]:
    """``OBJECT@v2`` → the object and the version; a path without one is whole."""
    name, mark, version = path.name.rpartition("@")
    if mark and _VERSION.fullmatch(version) and not path.exists():
        return path.with_name(name), version
    return path, None


def is_object(path: Path) -> bool:
    """Whether a path is an OCFL object, or a version of one."""
    folder, _ = split(path)
    return any((folder / f"0=ocfl_object_{number}").is_file() for number in ("1.0", "1.1"))


def inventory(package: Package, path: str = INVENTORY) -> Inventory:
    """The inventory of an object. Raises ``CoursepackError``."""
    try:
        found = msgspec.json.decode(package.read(path), type=Inventory)
    except KeyError:
        raise CoursepackError("the object has no inventory", package.place(path), _LOST) from None
    except (msgspec.DecodeError, msgspec.ValidationError) as problem:
        raise CoursepackError(f"not an inventory: {problem}", package.place(path), _LOST) from None
    if found.head not in found.versions or found.digest_algorithm not in {"sha512", "sha256"}:
        message = f"not an inventory: head {found.head!r}, algorithm {found.digest_algorithm!r}"
        raise CoursepackError(message, package.place(path), _LOST)
    return found


def open_version(path: Path) -> Package:
    """The bag that a version of an object is, as a package. Raises ``CoursepackError``."""
    folder, version = split(path)
    package = Package.of_path(folder)
    told = inventory(package)
    wanted = version or told.head
    if wanted not in told.versions:
        raise CoursepackError(f"the object has no version {wanted}", Place(str(path)), f"its newest is {told.head}")
    package.name = f"{folder.resolve().name}@{wanted}"
    return replace(package, entries=dict(_entries(package, told, wanted)), container="memory")


def _entries(package: Package, told: Inventory, version: str) -> Iterator[tuple[str, Any]]:
    for digest, names in told.versions[version].state.items():
        stored = [each for each in told.manifest.get(digest, ()) if each in package]
        for name in names:
            if stored:
                yield name, replace(package.entries[stored[0]], path=name)


def versions(path: Path) -> list[Path]:
    """Each version of an object, the oldest first; of ``OBJECT@v2`` this one."""
    folder, version = split(path)
    if version:
        return [path]
    told = inventory(Package.of_path(folder))
    return [folder.with_name(f"{folder.name}@{each}") for each in sorted(told.versions, key=_number)]


def _number(version: str) -> int:
    return int(version[1:]) if _VERSION.fullmatch(version) else 0


def check(path: Path) -> Iterator[Finding]:
    """What is wrong with the object itself (OCFL 1.1, 3): its inventories, and each byte of its content."""
    folder, _ = split(path)
    package = Package.of_path(folder)
    told = inventory(package)
    yield from _declared(package)
    yield from _inventories(package, told)
    stored = {name: digest for digest, names in told.manifest.items() for name in names}
    for name, digest in stored.items():
        if name not in package:
            yield error("ocfl-file-missing", "missing, the inventory lists it", package.place(name), _LOST)
        else:
            with package.open(name) as file:
                if bag.digest(file, told.digest_algorithm) != digest.lower():
                    yield error(
                        "ocfl-file-changed", "changed: not the checksum of its name", package.place(name), _LOST
                    )
    for name in package.names():
        content = name.partition("/")[2].startswith(f"{told.content_directory or 'content'}/")
        if _VERSION.fullmatch(name.partition("/")[0]) and content and name not in stored:
            yield error(
                "ocfl-file-unlisted", "no inventory lists it", package.place(name), "it was added later: remove it"
            )
    expected = [f"v{number}" for number in range(1, len(told.versions) + 1)]
    if sorted(told.versions, key=_number) != expected or told.head != expected[-1]:
        message = f"versions {', '.join(told.versions)}, head {told.head}; expected v1 and so on"
        yield error("ocfl-inventory", message, package.place(INVENTORY), _LOST)
    lost = {digest for one in told.versions.values() for digest in one.state} - told.manifest.keys()
    for digest in sorted(lost):
        yield error("ocfl-inventory", f"a version has {digest[:16]}…, no file does", package.place(INVENTORY), _LOST)


def _declared(package: Package) -> Iterator[Finding]:
    found = [name for name in package.names() if name.startswith("0=") and "/" not in name]
    if len(found) != 1 or package.read(found[0]) != f"{found[0][2:]}\n".encode():
        yield error("ocfl-declaration", "expected one declaration of the version of OCFL", package.place(DECLARATION))


def _inventories(package: Package, told: Inventory) -> Iterator[Finding]:
    """Each inventory against its checksum; that of the newest version is that of the object."""
    for folder in ("", *(f"{version}/" for version in told.versions)):
        path, side = folder + INVENTORY, f"{folder}{INVENTORY}.{told.digest_algorithm}"
        if path not in package or side not in package:
            if not folder or folder == f"{told.head}/":
                yield error("ocfl-file-missing", "the inventory or its checksum is missing", package.place(path), _LOST)
            continue
        data = package.read(path)
        stated = package.read(side).decode("utf-8", "replace").split()
        if stated[:1] != [hashlib.new(told.digest_algorithm, data).hexdigest()]:
            yield error("ocfl-file-changed", "does not match its checksum", package.place(path), _LOST)
        elif folder == f"{told.head}/" and data != package.read(INVENTORY):
            yield error("ocfl-inventory", "not the inventory of the newest version", package.place(INVENTORY), _LOST)
        elif folder and folder != f"{told.head}/":
            yield from _older(package, told, path)


def _older(package: Package, told: Inventory, path: str) -> Iterator[Finding]:
    """What an earlier inventory says of its versions, the newest says as well (OCFL 1.1, 3.5.3.1)."""
    try:
        before = inventory(package, path)
    except CoursepackError as problem:
        yield error("ocfl-inventory", problem.message, package.place(path), _LOST)
        return
    if before.digest_algorithm != told.digest_algorithm:
        return  # other names for the same files
    for name, version in before.versions.items():
        if name not in told.versions or told.versions[name].state != version.state:
            message = f"{name} differs from the newest inventory: one of them was changed"
            yield error("ocfl-inventory", message, package.place(path), _LOST)
