"""TOML read strictly: a mistake is answered with the file, the line, what was found and what was expected."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec
import msgspec.inspect

from coursepack.place import CoursepackError, Place
from coursepack.similar import near

KeyPath = tuple[str | int, ...]
"""Keys, and places in lists (from 0), from the top of a file down."""


def read(path: Path) -> tuple[dict[str, Any], str]:
    """The data of a TOML file and its text. Raises ``CoursepackError`` with file and line."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = path.read_bytes()[: problem.start].count(b"\n") + 1
        raise CoursepackError("not UTF-8, expected a TOML file in UTF-8", Place(str(path), line, line)) from None
    except OSError as problem:
        raise CoursepackError(f"cannot be read: {problem.strerror}", Place(str(path))) from None
    try:
        data = tomllib.loads(text)
        _refuse_controls(data, path, text)
        return data, text
    except tomllib.TOMLDecodeError as problem:
        found = re.search(r"at line (\d+)", str(problem))
        line = int(found[1]) if found else text.count("\n") + 1
        message = re.sub(r"\s*\(at .*\)$", "", str(problem))
        raise CoursepackError(f"{message}, expected TOML", Place(str(path), line, line)) from None
    except RecursionError:
        raise CoursepackError(
            "lists or tables stand too deep in one another, expected TOML", Place(str(path))
        ) from None


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def _refuse_controls(data: Any, file: Path, text: str, path: KeyPath = ()) -> None:
    r"""An escape like ``\u001b`` may put into a text what no product can hold, and no terminal should be sent."""
    if isinstance(data, str) and _CONTROL.search(data):
        line = line_of(text, path)
        message = f"{dotted(path)!r} holds a control character, expected a text that can be printed"
        raise CoursepackError(message, Place(str(file), line, line))
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        _refuse_controls(value, file, text, (*path, key))


_T = TypeVar("_T")


class Source(NamedTuple):
    """A file as it is named to the user, its text, and the keys that may stand at its top."""

    name: str
    text: str
    top: tuple[str, ...]

    def convert(self, data: Any, kind: type[_T], prefix: KeyPath = ()) -> _T:
        """``data``, which stands at ``prefix`` of the file, as a ``kind``. Raises ``CoursepackError``."""
        try:
            return msgspec.convert(data, kind, strict=True)
        except msgspec.ValidationError as problem:
            path, message = self._explained(str(problem), kind, prefix)
        line = line_of(self.text, path)
        raise CoursepackError(message, Place(self.name, line, line))

    def _explained(self, problem: str, kind: Any, prefix: KeyPath) -> tuple[KeyPath, str]:
        message, _, where = problem.partition(" - at ")
        path = prefix + _json_path(where.removeprefix("`key` in ").strip("`"))
        if unknown := re.fullmatch(r"Object contains unknown field `(.+)`", message):
            path = (*path, unknown[1])
            return path, self._unknown(unknown[1], path, _fields(kind, path[len(prefix) : -1]))
        if missing := re.fullmatch(r"Object missing required field `(.+)`", message):
            return path, f"{dotted((*path, missing[1]))!r} is missing, expected a value"
        return path, _worded(message, path, kind, prefix)

    def _unknown(self, key: str, path: KeyPath, fields: Collection[str]) -> str:
        known = self.top if len(path) == 1 else fields
        text = f"unknown key {dotted(path)!r}, expected {one_of(key, known)}"
        misplaced = len(path) > 1 and key in self.top
        return text + (f"; {key!r} of the whole course stands above the first [table]" if misplaced else "")


def one_of(found: str, known: Collection[str]) -> str:
    """What was meant: the key that is nearest, or all of them."""
    meant = near(found, known)
    return f"{meant!r}" if meant else "one of " + ", ".join(sorted(known))


_LIMITS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}


def _worded(message: str, path: KeyPath, kind: Any, prefix: KeyPath) -> str:
    if found := re.fullmatch(r"Expected `(.+)`, got `(.+)`", message):
        return f"{dotted(path)!r} is {_plain(found[2])}, expected {_plain(found[1])}"
    if found := re.fullmatch(r"Expected `(?:int|float)` (>=|<=|>|<) (\d+)(?:\.0)?", message):
        return f"{dotted(path)!r} is out of range, expected {_LIMITS[found[1]]} {found[2]}"
    if "of length >= 1" in message:
        return f"{dotted(path)!r} is empty, expected a text"
    expected = _choices(kind, path[len(prefix) :])
    return f"{dotted(path)!r}: {message[:1].lower()}{message[1:]}, expected {expected}"


def _json_path(text: str) -> KeyPath:
    parts: list[str | int] = []
    for key, index in re.findall(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]", text):
        parts.append(key or (int(index) if index.isdigit() else 0))
    return tuple(parts)


def dotted(path: KeyPath) -> str:
    """``source.role``: the keys of a path, without its places in lists."""
    return ".".join(str(part) for part in path if not isinstance(part, int))


_PLAIN = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "date": "a date",
    "datetime": "a date and time",
    "time": "a time",
    "Path": "nothing here but an option of the call",
}


def _plain(kinds: str) -> str:
    return " or ".join(_PLAIN.get(kind.strip(), kind.strip()) for kind in kinds.split("|") if kind.strip() != "null")


def _at(kind: Any, path: KeyPath) -> Any:
    """The msgspec type description at a path inside ``kind``."""
    found = msgspec.inspect.type_info(kind)
    for part in path:
        found = _bare(found)
        if isinstance(part, int):
            found = getattr(found, "item_type", found)
        elif isinstance(found, msgspec.inspect.StructType):
            found = next((field.type for field in found.fields if field.encode_name == part), found)
    return _bare(found)


def _bare(kind: Any) -> Any:
    if isinstance(kind, msgspec.inspect.UnionType):
        return next((k for k in kind.types if not isinstance(k, msgspec.inspect.NoneType)), kind)
    return kind


def _fields(kind: Any, path: KeyPath) -> list[str]:
    found = _at(kind, path)
    return [field.encode_name for field in getattr(found, "fields", ())]


def _choices(kind: Any, path: KeyPath) -> str:
    found = _at(kind, path)
    if isinstance(found, msgspec.inspect.DictType):
        found = found.key_type
    if isinstance(found, msgspec.inspect.LiteralType):
        return "one of " + ", ".join(str(value) for value in found.values)
    return "a valid value"


_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*(\"[^\"]+\"|[A-Za-z0-9_-]+(?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*=")


def line_of(text: str, path: KeyPath) -> int:
    """The line (from 1) where a path of a TOML text stands, or where its nearest known ancestor does; 1 at worst."""
    best, best_depth = 1, 0
    here: tuple[str | int, ...] = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            names = tuple(part.strip().strip("\"'") for part in header[2].split("."))
            if header[1] == "[[":
                counts[header[2]] = counts.get(header[2], -1) + 1
                here = (*names, counts[header[2]])
            else:
                here = names
            full = here
        elif key := _KEY.match(line):
            full = here + tuple(part.strip().strip('"') for part in key[1].split("."))
        else:
            continue
        depth = len(full) if path[: len(full)] == full else len(path) if full[: len(path)] == path else 0
        if depth > best_depth:
            best, best_depth = number, depth
    return best
