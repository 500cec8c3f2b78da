"""Changes of the text of a course.toml by tomlkit: comments, order and looks of what stands there stay.

Each function is text → text, and what it gives says what it should: it is read again by ``tomllib`` and compared.
"""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.container import Container
from tomlkit.items import AoT, Array, Table, Whitespace

_INDENT = re.compile(r"\n([ \t]*)\S")
Value = str | int | float | bool | Sequence[Any] | Mapping[str, Any]


class EditError(ValueError):
    """The text is laid out in a way that an entry cannot be put into without changing what is there."""


def added(text: str, name: str, entry: Mapping[str, Value]) -> str:
    """The text with a further ``[[name]]`` behind those that are there."""

    def change(data: dict[str, Any]) -> None:
        data.setdefault(name, []).append(dict(entry))

    def edit(document: tomlkit.TOMLDocument) -> None:
        there = document.get(name)
        if there is None:
            there = tomlkit.aot()
            document.append(name, there)
        _append(there, entry)

    def at_end() -> str:
        table = tomlkit.aot()
        table.append(_table(entry, tomlkit.table()))
        return f"{text}{'' if text.endswith(chr(10)) else chr(10)}\n{tomlkit.dumps({name: table})}"

    return _edited(text, edit, change, at_end)


def removed(text: str, name: str, index: int) -> str:
    """The text without the entry of that index of ``[[name]]``."""

    def change(data: dict[str, Any]) -> None:
        del data[name][index]
        if not data[name]:
            del data[name]

    def edit(document: tomlkit.TOMLDocument) -> None:
        there: Any = document[name]
        if isinstance(there, AoT):
            _keep_remark(document, name, index)
        del there[index]
        if not len(there):
            del document[name]

    result = _edited(text, edit, change)
    # The blank line that parted the entry from what stands before it goes with it.
    return re.sub(r"(\r?\n)(?:\r?\n)+\Z", r"\1", result) if not re.search(r"\n\r?\n\Z", text) else result


def put(text: str, path: Sequence[str | int], value: Value | None) -> str:
    """The text with a value at a path of keys (and indices of ``[[…]]``); None takes it away."""

    def change(data: dict[str, Any]) -> None:
        _put(data, path, value)

    def edit(document: tomlkit.TOMLDocument) -> None:
        _put(document, path, value)

    return _edited(text, edit, change)


def extended(text: str, path: Sequence[str], entry: Mapping[str, Value]) -> str:
    """The text with a further inline table in the array at a path (``exam.variants``)."""

    def change(data: dict[str, Any]) -> None:
        at: Any = data
        for key in path[:-1]:
            at = at.setdefault(key, {})
        at.setdefault(path[-1], []).append(dict(entry))

    def edit(document: tomlkit.TOMLDocument) -> None:
        at: Any = document
        for key in path[:-1]:
            if key not in at:
                at[key] = tomlkit.table()
            at = at[key]
        if path[-1] not in at:
            at[path[-1]] = tomlkit.array()
        _append(at[path[-1]], entry)

    return _edited(text, edit, change)


def _edited(
    text: str,
    edit: Callable[[tomlkit.TOMLDocument], None],
    change: Callable[[dict[str, Any]], None],
    at_end: Callable[[], str] | None = None,
) -> str:
    """The edited text; ``at_end`` gives that of a file whose entries of one kind stand apart: the parser moves them
    together."""
    wanted = copy.deepcopy(tomllib.loads(text))
    document = tomlkit.parse(text)
    try:
        change(wanted)
        if at_end and tomlkit.dumps(document) != text:
            result = at_end()
        else:
            edit(document)
            result = tomlkit.dumps(document)
    except (KeyError, IndexError, TypeError, AttributeError, tomlkit.exceptions.TOMLKitError) as problem:
        raise EditError(str(problem)) from None
    if "\r\n" in text:
        result = result.replace("\r\n", "\n").replace("\n", "\r\n")
    try:
        stated = tomllib.loads(result)
    except tomllib.TOMLDecodeError as problem:
        raise EditError(str(problem)) from None
    if stated != wanted:
        raise EditError("the file would not contain what was intended")
    return result


def _append(there: object, entry: Mapping[str, Value]) -> None:
    match there:
        case AoT():
            table, behind = _table(entry, tomlkit.table()), _left_behind(there)
            table.trivia.indent = "\n"  # a blank line before it
            there.append(table)
            table.value.body.extend(behind)
        case Array() if found := _INDENT.search(there.as_string()):
            there.add_line(_table(entry, tomlkit.inline_table()), indent=found[1])
        case Array():
            there.append(_table(entry, tomlkit.inline_table()))
        case _:
            raise EditError("it is no list")


def _keep_remark(document: tomlkit.TOMLDocument, name: str, index: int) -> None:
    """Have the remark below an entry stand above what comes next, which the entry goes without."""
    there: Any = document[name]
    remark = "".join(one.as_string() for _, one in _left_behind(there, index)).lstrip("\r\n")
    if not remark:
        return
    if index + 1 < len(there):
        after = there[index + 1]
    else:
        at = next(n for n, (key, _) in enumerate(document.body) if key is not None and key.key == name)
        after = next((one for _, one in document.body[at + 1 :] if isinstance(one, Table | AoT)), None)
        after = after[0] if isinstance(after, AoT) else after
    if after is None:
        document.add(tomlkit.ws(remark))
    else:
        after.trivia.indent = remark + after.trivia.indent


def _left_behind(there: AoT, index: int = -1) -> list[tuple[Any, Any]]:
    """Take what stands below an entry, from the first blank line on, out of it: for the parser it is part of the
    entry, for an author the remark above what comes next. A remark at the end of a file stays where it is."""
    body = there[index].value.body if len(there) else []
    first = next((at for at in range(len(body), 0, -1) if body[at - 1][0] is not None), 0)
    first = next((at for at in range(first, len(body)) if isinstance(body[at][1], Whitespace)), len(body))
    behind = body[first:]
    del body[first:]
    return behind


def _table(entry: Mapping[str, Value], result: Any) -> Any:
    for key, value in entry.items():
        result[key] = _item(value)
    return result


def _item(value: Value) -> Any:
    """A value; long texts of several lines stay readable."""
    return tomlkit.string(value, multiline=True) if isinstance(value, str) and "\n" in value else tomlkit.item(value)


def _put(at: Any, path: Sequence[str | int], value: Value | None) -> None:
    for key in path[:-1]:
        if isinstance(key, str) and key not in at:
            if value is None:
                return
            at[key] = tomlkit.table() if isinstance(at, Container | Table) else {}
        at = at[key]
    last: Any = path[-1]
    if value is not None:
        at[last] = _item(value) if isinstance(at, Container | Table) else value
    elif last in at:
        del at[last]
