"""Kinds of files, by name, by media type and by first bytes: all that is asked of ``media.toml``."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import Literal

import msgspec

from coursepack import prepared

_HEAD = 1024
_PROLOG = (b"<?xml", b"<!--", b"<!DOCTYPE")
_TOKEN = re.compile(r"(?P<byte>[0-9A-F]{2})|(?P<any>\?\?)|\{(?P<least>\d+)(?:-(?P<most>\d+))?\}")


class MediaKind(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True, dict=True):
    """A row of the table; ``media.toml`` says what each field is."""

    name: str
    types: tuple[str, ...]
    endings: tuple[str, ...]
    signatures: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    ends: str = ""
    root: str = ""
    shown: bool = False
    pixels: bool = False
    runs: bool = False
    page: bool = False
    stored: bool = False
    epub: bool = False
    binary: str = ""
    word: str = ""
    word_type: str = ""
    made: Literal["", "office", "again", "heif"] = ""
    group: str = ""

    @property
    def type(self) -> str:
        """Its media type."""
        return self.types[0]

    @property
    def is_picture(self) -> bool:
        return self.type.startswith("image/")

    @cached_property
    def _beginnings(self) -> tuple[re.Pattern[bytes], ...]:
        return tuple(map(pattern, self.signatures))

    @cached_property
    def _cut(self) -> tuple[re.Pattern[bytes], ...]:
        return tuple(map(pattern, self.cut))

    def begins(self, data: bytes) -> bool:
        """Whether the bytes begin as those of such a file."""
        return any(beginning.match(data) for beginning in self._beginnings) or bool(self.root and self._is_markup(data))

    def resembles(self, data: bytes) -> bool:
        """Whether the bytes begin as those of such a file or of a damaged one."""
        return self.begins(data) or any(beginning.match(data) for beginning in self._cut)

    @property
    def end(self) -> bytes:
        """What stands at the end of such a file; empty where nothing must."""
        return bytes.fromhex(self.ends)

    def stands_early(self, data: bytes) -> bool:
        """Whether such a file begins within the first kilobyte: readers of PDF pass over what stands before."""
        return any(beginning.search(data[:_HEAD]) for beginning in self._beginnings)

    def _is_markup(self, data: bytes) -> bool:
        head, root = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n"), b"<" + self.root.encode()
        return head.startswith((root, *_PROLOG)) and root in head


def pattern(signature: str) -> re.Pattern[bytes]:
    """The expression for «52 ?? 57» or «{257} 75», as PRONOM writes signatures. Raises ``ValueError``: other signs."""
    result = b""
    for token in signature.split():
        found = _TOKEN.fullmatch(token)
        if found is None:
            raise ValueError(f"{token!r} in the signature {signature!r}")
        if found["byte"]:
            result += re.escape(bytes.fromhex(token))
        elif found["any"]:
            result += b"."
        else:
            result += f".{{{found['least']},{found['most'] or found['least']}}}".encode()
    return re.compile(result, re.DOTALL)


class MediaGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Kinds for which a lecturer has one word; ``media.toml`` says what each field is."""

    name: str
    called: str
    advice: str
    material: bool = False


class _MediaTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: tuple[MediaKind, ...]
    group: tuple[MediaGroup, ...]


_TABLE = msgspec.convert(prepared.toml((Path(__file__).parent / "media.toml").read_text("utf-8")), _MediaTable)
KINDS = {kind.name: kind for kind in _TABLE.kind}
"""Name → kind, in the order in which a file's bytes are asked."""
GROUPS = {group.name: group for group in _TABLE.group}
_BY_ENDING = {ending: kind for kind in KINDS.values() for ending in kind.endings}
_BY_TYPE = {media_type: kind for kind in KINDS.values() for media_type in kind.types}

UNKNOWN = KINDS["bytes"]
SHOWN = frozenset(kind.type for kind in KINDS.values() if kind.shown and kind.is_picture)
"""Media types of the pictures that browsers and players show; Windows metafiles and TIFF are not among them."""
PIXELS = frozenset(media_type for kind in KINDS.values() if kind.pixels for media_type in kind.types)
"""Media types of pictures in which nothing can be written that runs."""
EPUB = frozenset(media_type for kind in KINDS.values() if kind.epub for media_type in kind.types)
"""Media types of what every reading system of EPUB shows or plays (EPUB 3.3, 3.2, core media types)."""
RUNS = frozenset(ending for kind in KINDS.values() if kind.runs for ending in kind.endings)
"""Endings of what runs, with its scripts, in a browser that opens it."""
TEXTS = frozenset({KINDS["markdown"], KINDS["html"], KINDS["xhtml"]})
"""Texts of an author that lead to one another: who links to one attaches no file."""
WORD = {kind.word_type or kind.type: kind.word for kind in KINDS.values() if kind.word}
"""Media type → ending of the pictures that Word shows, as they are named inside a document."""


def named(path: str) -> MediaKind:
    """The kind of a file by the ending of its name; ``UNKNOWN`` when there is none or it says nothing."""
    name = path.rpartition("/")[2]
    return _BY_ENDING.get(name[name.rfind(".") :].lower(), UNKNOWN) if "." in name else UNKNOWN


def of(data: bytes) -> MediaKind | None:
    """The kind of a file by its first bytes: a kilobyte tells."""
    return next((kind for kind in KINDS.values() if kind.begins(data)), None)


def picture(data: bytes) -> MediaKind | None:
    """The kind of a picture, or None when the bytes are no picture that is known here."""
    kind = of(data)
    return kind if kind and kind.is_picture else None


def ending(media_type: str) -> str:
    """«.png»: how the name of a file ends that a page shows; ``UNKNOWN``'s for what browsers do not show."""
    kind = _BY_TYPE.get(media_type, UNKNOWN)
    return (kind if kind.shown else UNKNOWN).endings[0]


# --- attached files -----------------------------------------------------------------------------------------------


def played(name: str) -> Literal["audio", "video", "file"]:
    """How a page shows an attached file: with the player of every browser, or as a link to what is downloaded."""
    kind = named(name)
    if not kind.shown:
        return "file"
    return "audio" if kind.type.startswith("audio/") else "video" if kind.type.startswith("video/") else "file"


def kept_ending(name: str) -> str:
    """How the name of an attached file ends inside a package: as its own where no program takes that for a page."""
    kind = named(name)
    return UNKNOWN.endings[0] if kind is UNKNOWN or kind.page else name[name.rfind(".") :].lower()


def kept_name(name: str) -> str:
    """The name of an attached file where a platform keeps names: what a browser shows as a page ends so no more."""
    return name + UNKNOWN.endings[0] if named(name).page else name
