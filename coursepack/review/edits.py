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
from tomlkit.items import AoT, Array, Table

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

    return _edited(text, edit, change)


def removed(text: str, name: str, index: int) -> str:
    """The text without the entry of that index of ``[[name]]``."""

    def change(data: dict[str, Any]) -> None:
        del data[name][index]
        if not data[name]:
            del data[name]

    def edit(document: tomlkit.TOMLDocument) -> None:
        there: Any = document[name]
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


def _edited(text: str, edit: Callable[[tomlkit.TOMLDocument], None], change: Callable[[dict[str, Any]], None]) -> str:
    wanted = copy.deepcopy(tomllib.loads(text))
    document = tomlkit.parse(text)
    try:
        change(wanted)
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
            table = _table(entry, tomlkit.table())
            table.trivia.indent = "\n"  # a blank line before it
            there.append(table)
        case Array() if found := _INDENT.search(there.as_string()):
            there.add_line(_table(entry, tomlkit.inline_table()), indent=found[1])
        case Array():
            there.append(_table(entry, tomlkit.inline_table()))
        case _:
            raise EditError("it is no list")


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
