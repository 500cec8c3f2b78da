"""An edition as the next version of its course's object (OCFL 1.1), whole or not at all.

The object is made anew beside its place, what it had by hard links, and exchanged in one step.
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import msgspec

from coursepack import __version__, publish, visible
from coursepack.files.package import Package
from coursepack.place import CoursepackError, Finding, Place, has_errors
from coursepack.registrar import bag, ocfl
from coursepack.registrar.bag_files import BagFiles, measured
from coursepack.registrar.edition import BuildFolder, Registered
from coursepack.registrar.ocfl import Inventory, OcflVersion, User

_LAYOUT = "0002-flat-direct-storage-layout"
"""OCFL extension 0002: an object lies in a folder that is called as its id."""


def object_id(build: BuildFolder, access: str | None) -> str:
    """The id of a course's object: course and language, and for whom it is."""
    return "-".join(part for part in (build.course.id, build.course.language, access) if part)


def add(whole: BagFiles, to: Path, name: str, registered: Registered) -> tuple[Path, bool, tuple[Finding, ...]]:
    """Put an edition into the object ``name`` below ``to``: where it is, whether it was the newest already. Raises
    ``CoursepackError``."""
    if registered.date is None:
        message = "a version of an OCFL object states when it was made"
        raise CoursepackError(message, advice="give it with --date YYYY-MM-DD; the computer's clock is not used")
    _root(to)
    sums = whole.sums()
    state: dict[str, list[str]] = defaultdict(list)
    for path in sorted(sums):
        state[sums[path]].append(path)
    with publish.staging(to / name, "choose another --to") as aside:
        before = _before(aside.target)
        if before and before.versions[before.head].state == state:
            return aside.target, True, ()
        new = aside.free()
        if before:
            shutil.copytree(aside.target, new, copy_function=_linked)
        else:
            new.mkdir()
        result = _next(before, name, dict(state), registered.date, whole.name)
        _write(new, whole, result, before.manifest if before else {})
        found = list(ocfl.check(new))
        if has_errors(found):
            raise CoursepackError(f"the object is not valid: {found[0].message}", found[0].place)
        publish.synchronise(new)
        aside.take_place(new)
    return aside.target, False, ()


def _linked(source: str, target: str) -> str:
    """What is there already is not copied where a hard link can be made; inventories are written anew."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _before(target: Path) -> Inventory | None:
    if not os.path.lexists(target):
        return None
    if not ocfl.is_object(target):
        raise CoursepackError("is no OCFL object", Place(str(target)), "choose another --to")
    found = list(ocfl.check(target))
    if has_errors(found):
        message = f"the object there is not as it was archived: {found[0].message}"
        raise CoursepackError(
            message, found[0].place, "run «coursepack verify» on it, and restore it from another copy"
        )
    return ocfl.inventory(Package.of_path(target))


def _next(before: Inventory | None, name: str, state: dict[str, list[str]], date: str, edition: str) -> Inventory:
    number = len(before.versions) + 1 if before else 1
    version = OcflVersion(
        created=f"{date}T00:00:00Z",  # the day is stated, the hour is not, and the standard wants one
        state=state,
        message=edition,
        user=User(f"{bag.AGENT} {__version__}", "urn:coursepack"),
    )
    manifest = dict(before.manifest) if before else {}
    for digest, paths in state.items():
        manifest.setdefault(digest, [f"v{number}/content/{paths[0]}"])
    return Inventory(
        id=name,
        type=ocfl.TYPE,
        digest_algorithm="sha512",
        head=f"v{number}",
        manifest=manifest,
        versions={**(before.versions if before else {}), f"v{number}": version},
    )


def _write(new: Path, whole: BagFiles, result: Inventory, had: Mapping[str, list[str]]) -> None:
    for digest, (stored, *_) in result.manifest.items():
        if digest not in had:
            whole.write(stored.partition("/content/")[2], new / stored)
    data = visible.json(msgspec.to_builtins(result))
    declared = new / ocfl.DECLARATION
    if not declared.exists():
        publish.write_file(declared, [f"{ocfl.DECLARATION[2:]}\n".encode()])
    (new / result.head).mkdir(exist_ok=True)
    side = f"{measured(data)[1]}  {ocfl.INVENTORY}\n".encode()
    for folder in (new / result.head, new):
        for name, content in ((ocfl.INVENTORY, data), (f"{ocfl.INVENTORY}.sha512", side)):
            (folder / name).unlink(missing_ok=True)  # a link to that of the earlier version
            publish.write_file(folder / name, [content])


def _root(to: Path) -> None:
    """The storage root (OCFL 1.1, 4): its declaration and its layout."""
    if (to / ocfl.ROOT).is_file():
        return
    if to.exists() and any(not path.name.startswith(".") for path in to.iterdir()):
        raise CoursepackError("is no OCFL storage root", Place(str(to)), "name one, or an empty folder")
    to.mkdir(parents=True, exist_ok=True)
    stated = {"extension": _LAYOUT, "description": "An object lies in a folder that is called as its id."}
    for path, data in (
        (to / "ocfl_layout.json", visible.json(stated)),
        (to / ocfl.ROOT, f"{ocfl.ROOT[2:]}\n".encode()),
    ):
        if not path.exists():
            publish.file(path, [data])
