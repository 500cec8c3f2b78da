"""Is a bag, and the edition before it, what its name and its successor say?

Whoever forges a bag and counts its manifests anew leaves two traces: the name, which holds the first digits of what was
in it, and the successor, which states the checksum of its tag manifest.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from coursepack.files.package import Package
from coursepack.place import Finding, Place, error, note, warning
from coursepack.registrar import bag

_MARK = re.compile(r"-([0-9a-f]{12})(?:-(?:public|restricted))?(?:-e\d+)?\Z")
_ADDED = (bag.PREMIS, bag.CRATE)
"""What is written when the name is known already."""
_LOST = "restore it from another copy of the archive"


def check(path: Path, package: Package, tags: Mapping[str, str]) -> Iterator[Finding]:
    """The name of a bag in a folder, and the edition that it replaces where that lies beside it."""
    if tags.get("Bag-Software-Agent", "").startswith(bag.AGENT):
        yield from _name(path, package)
    before = tags.get(bag.REPLACES, "")
    if not before:
        return
    place = package.place(bag.INFO)
    proof, beside = tags.get(bag.REPLACES_SUM, ""), path.resolve().parent / before / bag.TAG_MANIFEST
    if "/" in before or "\\" in before or before in {".", ".."} or not beside.is_file():
        yield note("bag-predecessor", f"the edition before it, {before}, is not next to it", place)
    elif not proof:
        yield note("bag-predecessor", f"what the edition before it, {before}, was is not stated", place)
    elif hashlib.sha512(beside.read_bytes()).hexdigest() != proof:
        message = f"the edition before it, {before}, is not the one that was replaced: it was changed since, or forged"
        yield error("bag-predecessor", message, place, _LOST)


def _name(path: Path, package: Package) -> Iterator[Finding]:
    """The digits in the name of a bag are those of what is in it (``edition.bag_name``)."""
    found = _MARK.search(path.resolve().name)
    if found is None:
        return
    sums, _ = bag.parse_manifest(package.read(bag.MANIFEST))
    reported = bag.manifest({path_: digest for path_, digest in sums.items() if path_ not in _ADDED})
    if hashlib.sha512(reported).hexdigest()[:12] != found[1]:
        message = f"what is in it is not what its name says ({found[1]}): another edition lies under this name"
        yield warning("bag-name-digits", message, Place(str(path)), _LOST)
