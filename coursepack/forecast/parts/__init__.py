"""A package as a list of parts with facts: a module a family of packages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from coursepack.checks.detect import detect
from coursepack.files.package import Package
from coursepack.forecast.model import PackagePart
from coursepack.forecast.parts import backup, cartridge, moodle_xml, plain, scorm

_READERS: dict[str, Callable[[Package], Iterator[PackagePart]]] = {
    "moodle-backup": backup.parts,
    "moodle-xml": moodle_xml.parts,
    **dict.fromkeys(("cc10", "cc11", "cc12", "cc13"), cartridge.parts),
    **dict.fromkeys(("scorm12", "scorm2004"), scorm.parts),
    "qti12": cartridge.alone,
}


def parts(package: Package, path: Path) -> tuple[str, list[PackagePart]]:
    """The kind of a package and its parts; none for a kind that is not known."""
    kind: str = detect(package).kind
    if kind in _READERS:
        return kind, list(_READERS[kind](package))
    return plain.parts(path)
