"""Further sources for a course.toml that a person edits: nothing that stands there is changed by a byte."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from typing import Any

_SOURCE = re.compile(r"[ \t]*\[\[[ \t]*source[ \t]*\]\]")
_HEADER = re.compile(r"[ \t]*\[")


def with_sources(text: str, sources: Sequence[Sequence[str]]) -> str:
    """The text of a course.toml with the lines of further ``[[source]]`` tables behind the last one, at the end where
    there is none. Raises ``ValueError`` where they cannot stand there (``source = [{…}]``)."""
    data = tomllib.loads(text)
    lines = text.splitlines(keepends=True)
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    at = _behind_last(lines, data)
    new = "".join(
        f"{ending}{line}{ending}" if n == 0 else f"{line}{ending}" for each in sources for n, line in enumerate(each)
    )
    before = "".join(lines[:at])
    result = before + ending * (bool(before) and not before.endswith("\n")) + new + "".join(lines[at:])
    added = [table for each in sources for table in tomllib.loads("\n".join(each))["source"]]
    if tomllib.loads(result) != data | {"source": [*data.get("source", []), *added]}:
        raise ValueError("the sources are no tables")
    return result


def _behind_last(lines: Sequence[str], data: dict[str, Any]) -> int:
    """The number of lines up to the last value of the last source: comments behind it are those of what follows."""
    first = next((n for n in range(len(lines) - 1, -1, -1) if _SOURCE.match(lines[n]) and _reads(lines[:n])), None)
    if first is None:
        return len(lines)
    rest = range(first + 1, len(lines))
    end = next((n for n in rest if _HEADER.match(lines[n]) and _reads(lines[:n])), len(lines))
    stated = _reads(lines[:end])
    while end > first + 1 and lines[end - 1].strip()[:1] in {"", "#"} and _reads(lines[: end - 1]) == stated:
        end -= 1
    return end


def _reads(lines: Sequence[str]) -> dict[str, Any] | None:
    """What the lines say, None where they break off inside a value. An empty table is none: ``{}`` is false."""
    try:
        return tomllib.loads("".join(lines)) or {"": None}
    except tomllib.TOMLDecodeError:
        return None
