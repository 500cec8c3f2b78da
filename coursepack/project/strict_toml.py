"""TOML read strictly: a mistake is answered with the file, the line, what was found and what was expected, and all
mistakes of a file at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args, get_origin

import msgspec
import msgspec.inspect

from coursepack.place import CoursepackError, Place
from coursepack.similar import near

KeyPath = tuple[str | int, ...]
"""Keys, and places in lists (from 0), from the top of a file down."""
Mistake = tuple[KeyPath, str]
"""Where a mistake stands; what was found and what was expected."""


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
        refuse(TomlSource(str(path), text), _controls(data))
        return data, text
    except tomllib.TOMLDecodeError as problem:
        found = re.search(r"at line (\d+)", str(problem))
        line = int(found[1]) if found else text.count("\n") + 1
        message = re.sub(r"\s*\(at .*\)$", "", str(problem))
        raise CoursepackError(_broken(message), Place(str(path), line, line)) from None
    except RecursionError:
        raise CoursepackError("lists or tables are nested too deeply, expected TOML", Place(str(path))) from None


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def _controls(data: Any, path: KeyPath = ()) -> Iterator[Mistake]:
    r"""An escape like ``\u001b`` may put into a text what no product can hold, and no terminal should be sent."""
    if isinstance(data, str) and _CONTROL.search(data):
        yield path, f"{dotted(path)!r} holds a control character, expected a text that can be printed"
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from _controls(value, (*path, key))


_T = TypeVar("_T")


_BROKEN = (
    (("table declaration", "array declaration"), "the head of a table is not closed, expected [name] or [[name]]"),
    (
        ("Invalid value",),
        "this is no value, expected a text in quotes, a number, true, false, a date, a list in [ ] or a table in { }",
    ),
    (
        ("Cannot overwrite", "Cannot declare", "Cannot mutate"),
        "this key or table exists already, expected it once",
    ),
    (("document after a statement",), "something follows the value, expected the end of the line"),
    (("after a key in a", "Invalid statement"), "this is no line of TOML, expected key = value or [table]"),
    (
        ("Unterminated", "Illegal character '\\n'"),
        "a text is not closed, expected a quotation mark at its end",
    ),
    (("Unclosed array", "Unclosed inline table"), "a list or a table is not closed, expected ] or } at its end"),
)
"""Words of the parser's messages → what is wrong with a line that is no TOML, and what would be right."""


def _broken(message: str) -> str:
    for words, stated in _BROKEN:
        if any(word in message for word in words):
            return stated
    return f"{message}, expected TOML"


class TomlSource(NamedTuple):
    """A file as it is named to the user, its text, and the keys that may stand at its top."""

    name: str
    text: str
    top: Collection[str] = ()

    def place(self, path: KeyPath) -> Place:
        line = line_of(self.text, path)
        return Place(self.name, line, line)


def refuse(source: TomlSource, mistakes: Iterable[Mistake]) -> None:
    """Raises ``CoursepackError`` of the first of the mistakes by line, with the others, where there is one."""
    found = [CoursepackError(message, source.place(path)) for path, message in mistakes]
    if found:
        raise together(found)


def together(found: Iterable[CoursepackError]) -> CoursepackError:
    """Several mistakes as one error, those of a file by line."""
    first, *others = sorted(found, key=_line)
    return CoursepackError(first.message, first.place, first.advice, (*first.also, *others))


def _line(problem: CoursepackError) -> int:
    return problem.place.first if problem.place else 0


class Checked(NamedTuple):
    """What of a table is right, by key, and every mistake of the rest. A list of tables is the right ones by their
    place in it."""

    sound: dict[str, Any]
    mistakes: list[Mistake]


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """The fields of a table, read from its annotations once."""
    return msgspec.structs.fields(kind)


def checked(source: TomlSource, data: dict[str, Any], kind: type[msgspec.Struct], prefix: KeyPath = ()) -> Checked:
    """``data``, which stands at ``prefix`` of the file, held against the fields of ``kind``."""
    sound: dict[str, Any] = {}
    found: list[Mistake] = list(_keys(source, data, kind, prefix))
    for field in _fields(kind):
        if field.encode_name not in data:
            continue
        value, path = data[field.encode_name], (*prefix, field.encode_name)
        wrong = list(mistakes(source, value, field.type, path))
        found += wrong
        item = _struct(_item(field.type))
        if item and isinstance(value, list):
            bad = {at[len(path)] for at, _ in wrong if len(at) > len(path)}
            sound[field.name] = {n: msgspec.convert(each, item) for n, each in enumerate(value) if n not in bad}
        elif not wrong:
            sound[field.name] = msgspec.convert(value, field.type)
    return Checked(sound, found)


_PLAIN_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_YES_NO = {"true": True, "false": False}


def as_meant(data: Any, kind: Any) -> Any:
    """The same value with what can be meant in one way only as its field wants it: a whole number where a text stands
    (``semester = 2``), a number in quotes, one text or table where a list of them stands."""
    struct, item = _struct(kind), _item(kind)
    if struct and isinstance(data, dict):
        fields = {field.encode_name: field.type for field in _fields(struct)}
        return {key: as_meant(value, fields[key]) if key in fields else value for key, value in data.items()}
    if _struct(item) and isinstance(data, list):
        return [as_meant(each, item) for each in data]
    if _struct(item) and isinstance(data, dict):
        return [as_meant(data, item)]
    return next((meant for meant in (data, *_meanings(data)) if _fits(meant, kind)), data)


def _meanings(data: Any) -> Iterator[Any]:
    """What else a value may mean, the nearest first."""
    if isinstance(data, int) and not isinstance(data, bool):
        yield str(data)
    if isinstance(data, str):
        yield [data]
        yield _YES_NO.get(data, data)
        if _PLAIN_NUMBER.fullmatch(data):
            yield from (int(data),) if data.isdecimal() else (float(data),)
    if isinstance(data, list) and any(type(each) is int for each in data):
        yield [str(each) if type(each) is int else each for each in data]


def _fits(data: Any, kind: Any) -> bool:
    try:
        msgspec.convert(data, kind, strict=True)
    except msgspec.ValidationError:
        return False
    return True


def mistakes(source: TomlSource, data: Any, kind: Any, path: KeyPath) -> Iterator[Mistake]:
    """Every mistake of a value: of a table key by key, of a list one by one, of anything else the first."""
    struct, item = _struct(kind), _item(kind)
    if struct and isinstance(data, dict):
        yield from _keys(source, data, struct, path)
        for field in _fields(struct):
            if field.encode_name in data:
                yield from mistakes(source, data[field.encode_name], field.type, (*path, field.encode_name))
    elif _struct(item) and isinstance(data, list):
        for number, each in enumerate(data):
            yield from mistakes(source, each, item, (*path, number))
    else:
        try:
            msgspec.convert(data, kind, strict=True)
        except msgspec.ValidationError as problem:
            yield _explained(str(problem), kind, path)


def _keys(source: TomlSource, data: dict[str, Any], kind: type[msgspec.Struct], path: KeyPath) -> Iterator[Mistake]:
    """Keys that a table may not have, and those that it lacks and no other was meant to be."""
    fields = {field.encode_name: field for field in _fields(kind)}
    meant = {near(key, fields) for key in data if key not in fields}
    for key in data:
        if key not in fields:
            known = source.top if not path else tuple(fields)
            misplaced = bool(path) and key in source.top
            text = f"unknown key {dotted((*path, key))!r}, expected {one_of(key, known)}"
            more = f"; {key!r} of the whole course belongs above the first [table]" if misplaced else ""
            yield (*path, key), text + more
    for key, field in fields.items():
        if field.required and key not in data and key not in meant:
            yield path, f"{dotted((*path, key))!r} is missing, expected {_some(field.type)}"


def _struct(kind: Any) -> type[msgspec.Struct] | None:
    """The one table that a value of this type is, also where it may be absent; of a choice of tables none."""
    if get_origin(kind) in {tuple, dict}:
        return None
    found = [each for each in get_args(kind) or (kind,) if isinstance(each, type) and issubclass(each, msgspec.Struct)]
    return found[0] if len(found) == 1 and found[0].__struct_config__.tag is None else None


def _item(kind: Any) -> Any:
    """The type of the items of a list."""
    return get_args(kind)[0] if get_origin(kind) is tuple else None


def _explained(problem: str, kind: Any, prefix: KeyPath) -> Mistake:
    message, _, where = problem.partition(" - at ")
    path = prefix + _json_path(where.removeprefix("`key` in ").strip("`"))
    return path, _worded(message, path, kind, prefix)


def one_of(found: str, known: Collection[str]) -> str:
    """What was meant: the key that is nearest, or all of them."""
    meant = near(found, known)
    return f"{meant!r}" if meant else "one of " + ", ".join(sorted(known))


_LIMITS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}


def _worded(message: str, path: KeyPath, kind: Any, prefix: KeyPath) -> str:
    if found := re.fullmatch(r"Expected `(.+)`, got `(.+)`", message):
        of = _at(kind, path[len(prefix) :])
        wanted = _choice(of) if isinstance(of, msgspec.inspect.LiteralType) else _plain(found[1])
        return f"{dotted(path)!r} is {_plain(found[2])}, expected {wanted}"
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


def _choices(kind: Any, path: KeyPath) -> str:
    found = _at(kind, path)
    if isinstance(found, msgspec.inspect.DictType):
        found = found.key_type
    return _choice(found) if isinstance(found, msgspec.inspect.LiteralType) else "a valid value"


def _choice(found: msgspec.inspect.LiteralType) -> str:
    return "one of " + ", ".join(str(value) for value in found.values)


def _some(kind: Any) -> str:
    """What a key that is missing may hold."""
    found = _bare(msgspec.inspect.type_info(kind))
    return _choice(found) if isinstance(found, msgspec.inspect.LiteralType) else "a value"


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
