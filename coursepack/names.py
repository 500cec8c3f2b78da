"""Names of files, and ids: the one rule for sources, outputs, bags and every archive.

``unsafe`` finds paths that lead out of their folder; no file may have such a name. ``unportable`` finds names that some
file system, or the manifest of a bag, cannot hold: coursepack never writes such names, and refuses a source that has
one before it is read. ``ID`` is the form of an id: it can be part of a file's name, an XML name, a word in a script.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator

LONGEST = 255
"""Bytes of one name, as ext4, APFS (UTF-8) and NTFS (UTF-16, which never takes more units) hold it."""
RENAME = "rename the file"

# Microsoft, «Naming Files, Paths, and Namespaces»: names of devices are reserved, whatever follows the first dot;
# spaces before it or superscript digits change nothing. Then the characters that a name may not hold.
_PORTS = [f"{port}{digit}" for port in ("com", "lpt") for digit in "123456789¹²³"]
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$", *_PORTS}
_NOT_ON_WINDOWS = set('<>:"|?*')
# What a manifest of BagIt writes for «%», CR and LF (RFC 8493, 2.1.3): read back, such a name is another one.
_ENCODED = re.compile(r"%(25|0[ad])", re.IGNORECASE)
# Control characters, surrogates, bidirectional controls («exe.gpj»), unassigned characters, line separators.
_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
_LONGEST_FILE_NAME = 180
"""Bytes, with room for the prefix and suffix that a package adds."""
_LONGEST_ENDING = 20

ID = r"^(?!(?:con|prn|aux|nul|com[1-9]|lpt[1-9])$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$(?!\n)"
"""Lower-case ASCII words joined by hyphens, a letter first (so an NCName), no device of Windows.

Written so that Python and ECMAScript (JSON Schema) read it alike; ``$(?!\\n)`` is the very end in both.
"""
LONGEST_ID = 200
NOTE_ID = r"^[A-Za-z0-9._-]{0,100}$(?!\n)"
PART_ID = r"""^(?![\s.])[^\x00-\x1f\x7f-\x9f\ufffe\uffff<>"'`&/\\:|?*]{1,200}$(?!\n)"""
"""What an author may call a section freely in course.toml («Ереже № 1»): nothing that means something in a path, in
markup or in a script. Writers make an id of it."""
SHA256 = r"^[0-9a-f]{64}$(?!\n)"
COLOUR = r"^[0-9a-f]{6}$(?!\n)"
FILE_NAME = r"""^(?![\s.])[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff<>"/\\:|?*]{1,200}$(?!\n)"""
"""The name of an attached file: it stays in its folder, and every system can hold it."""
LANGUAGE = r"^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$(?!\n)"
"""The form of a language tag (RFC 5646, 2.1)."""
_IS_ID = re.compile(ID)
_IS_NOTE_ID = re.compile(NOTE_ID)
_IS_PART_ID = re.compile(PART_ID)


def is_id(text: str) -> bool:
    """True for an id as this project writes them."""
    return len(text) <= LONGEST_ID and _IS_ID.search(text) is not None


def is_part_id(text: str) -> bool:
    """True for a valid name of a section."""
    return _IS_PART_ID.search(text) is not None


def is_note_id(text: str) -> bool:
    """True for the id of a footnote, which readers take from documents."""
    return _IS_NOTE_ID.search(text) is not None


def file_name(path: str, otherwise: str = "file") -> str:
    """The base name of an untrusted ``path``: without folders and without what a name may not hold.

    ``otherwise`` is the result when nothing is left.

    >>> file_name("../a/data.csv"), file_name("C:\\\\x\\\\con.txt"), file_name("?")
    ('data.csv', '_con.txt', 'file')
    """
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", path)[-1])
    kept = "".join(c for c in name if unicodedata.category(c) not in _FORBIDDEN_CATEGORIES and c not in _NOT_ON_WINDOWS)
    whole = _ENCODED.sub("_", " ".join(kept.split())).strip(" .")
    if len(whole.encode()) > _LONGEST_FILE_NAME:
        stem, dot, ending = whole.rpartition(".")
        ending = f".{ending}" if dot and len(ending) <= _LONGEST_ENDING else ""
        room = _LONGEST_FILE_NAME - len(ending.encode())
        whole = (stem or whole).encode()[:room].decode(errors="ignore").rstrip(" .") + ending
    return f"_{whole}" if whole and unportable(whole) else whole or otherwise


def unsafe(path: str) -> str | None:
    """Why a path is refused wherever it comes from, or None when it is relative, POSIX, and stays in its folder."""
    if not path.strip():
        return "empty"
    if "\\" in path:
        return "a backslash"
    if path.startswith("/") or (len(path) > 1 and path[1] == ":"):
        return "absolute"
    if any(ord(c) < 32 or ord(c) == 127 for c in path):
        return "a control character"
    if ".." in path.split("/") or posixpath.normpath(path) != path.rstrip("/"):
        return "'..', '.' or an empty part in it"
    return None


def unportable(path: str) -> str | None:
    """Why some file system, or a bag, cannot hold a path; None when all can."""
    return next((reason for part in path.split("/") if (reason := _unportable(part))), None)


def problem(path: str) -> str | None:
    """Why a file of coursepack, or a source, cannot have this name; None when it can."""
    return unsafe(path) or unportable(path)


def _unportable(name: str) -> str | None:
    if name.partition(".")[0].rstrip(" ").casefold() in _DEVICES:
        return f"Windows keeps the name {name!r} for a device"
    if marks := sorted(set(name) & _NOT_ON_WINDOWS):
        return f"Windows allows no {marks[0]} in a name ({name!r})"
    if name != name.rstrip(" ."):
        return f"Windows drops the blank or dot at the end of {name!r}"
    if any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in name):
        return f"a control character or half a letter in {name!r}"
    if len(name.encode("utf-8", "surrogatepass")) > LONGEST:
        return f"a name is longer than {LONGEST} bytes ({name[:40]!r}…)"
    if found := _ENCODED.search(name):
        return f"{found[0]} in {name!r} means another character in a bag's manifest"
    return None


def key(path: str) -> str:
    """Equal for two names that some file system takes for one: by case, or by Unicode form (NFC, NFD)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def alike(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(a path, an earlier one that some file system takes for the same); also twice the same path."""
    seen: dict[str, str] = {}
    for path in paths:
        if (folded := key(path)) in seen:
            yield path, seen[folded]
        seen.setdefault(folded, path)
