"""The tag files of a BagIt bag (RFC 8493): how they are written and read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO

from coursepack import visible

VERSION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
DECLARATION = "bagit.txt"
INFO = "bag-info.txt"
PAYLOAD = "data/"
MANIFEST = "manifest-sha512.txt"
TAG_MANIFEST = "tagmanifest-sha512.txt"
AGENT = "coursepack"

# Where things lie in the payload.
SOURCES = "data/sources/"
PRODUCTS = "data/products/"
TEMPLATES = "data/templates/"
MODEL = "data/course.json"
REPORT = "data/build-report.json"
CRATE = "data/ro-crate-metadata.json"
PREMIS = "data/premis.xml"
PAGE = "index.html"

REPLACES = "Replaces"
REPLACES_SUM = "Replaces-Tag-Manifest-SHA512"
"""Tags of bag-info.txt: the edition that this one comes after, and what proves that it is still that one."""

SIGNATURES = (".sig", ".asc", ".p7s", ".p7m", ".cms", ".sign", ".minisig", ".tsr")
"""Endings of detached signatures and time stamps that the registrar's own tools put beside a file."""

_ALGORITHM = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(.+)")
_ENCODED = re.compile(r"%(25|0[AaDd])")
_CHUNK = 1 << 20

Tags = Sequence[tuple[str, str]]


def digest(file: BinaryIO, algorithm: str = "sha512") -> str:
    """The checksum of a file, in small hex letters."""
    found = hashlib.new(algorithm)
    while chunk := file.read(_CHUNK):
        found.update(chunk)
    return found.hexdigest()


def manifest(sums: Mapping[str, str]) -> bytes:
    """A manifest: a line a file, sorted by path (RFC 8493, 2.1.3)."""
    return "".join(f"{sums[path]}  {_encoded(path)}\n" for path in sorted(sums)).encode()


def parse_manifest(data: bytes) -> tuple[dict[str, str], list[int]]:
    """Path → checksum (small letters), and the numbers of the lines that are none."""
    sums: dict[str, str] = {}
    bad: list[int] = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", data.decode("utf-8", "surrogateescape")), 1):
        if not line:
            continue
        found = _LINE.fullmatch(line)
        if found is None or _decoded(found[2]) in sums:
            bad.append(number)
        else:
            sums[_decoded(found[2])] = found[1].lower()
    return sums, bad


def algorithm(name: str) -> str | None:
    """The checksum of a (tag) manifest, by its name, when this Python has it."""
    found = _ALGORITHM.fullmatch(name)
    return found[2] if found and found[2] in hashlib.algorithms_guaranteed else None


def _encoded(path: str) -> str:
    # RFC 8493, 2.1.3 has line ends and every «%» encoded, and nothing else.
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _decoded(path: str) -> str:
    return _ENCODED.sub(lambda found: chr(int(found[1], 16)), path.removeprefix("./"))


def info(tags: Iterable[tuple[str, str]]) -> bytes:
    """bag-info.txt: a line a tag; blanks and line ends inside a value become one blank (RFC 8493, 2.2.2). It is read in
    terminals, so what is not seen stands there as an escape."""
    lines = [f"{label}: {visible.line(' '.join(value.split()))}\n" for label, value in tags if value.strip()]
    return "".join(lines).encode()


def parse_info(data: bytes) -> list[tuple[str, str]]:
    """The tags in their order; folded lines are joined. Lines without a colon are left out."""
    tags: list[tuple[str, str]] = []
    for line in data.decode("utf-8-sig", "replace").splitlines():
        if line[:1] in {" ", "\t"} and tags:
            label, value = tags[-1]
            tags[-1] = (label, f"{value} {line.strip()}")
        elif ":" in line:
            label, _, value = line.partition(":")
            tags.append((label.strip(), value.strip()))
    return tags


def is_signature(name: str) -> bool:
    """True for the name of a detached signature or time stamp."""
    return name.lower().endswith(SIGNATURES)
