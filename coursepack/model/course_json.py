"""A course as JSON: written the same each time, read strictly, described by a schema."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from coursepack import names, visible
from coursepack.model.course import Course

_EXPECTED = {
    names.ID: "an id: lower-case Latin words joined by hyphens, a letter first, no device of Windows",
    names.PART_ID: "a name without signs that mean something in paths, markup or scripts",
    names.NOTE_ID: "a note's id: Latin letters, digits, '.', '_', '-'",
    names.FILE_NAME: "a file's own name, without folders and signs that some system cannot hold",
    names.SHA256: "a SHA-256 in hex",
    names.LANGUAGE: "a language tag such as 'kk'",
}


def encode(course: Course) -> bytes:
    """The course as indented UTF-8 JSON, always the same bytes for the same course."""
    return visible.json(course, "deterministic")


# What is no character of XML 1.0 (section 2.2), escaped or written as it is. Backslashes in pairs escape nothing more.
_CONTROL_IN_JSON = re.compile(
    rb"((?<!\\)(?:\\\\)*)\\(?:[bf]|u00(?:0[0-8bBcCeEfF]|1[0-9a-fA-F])|u[fF]{3}[eEfF])|\xef\xbf[\xbe\xbf]"
)


def without_controls(data: bytes) -> bytes:
    """JSON without the control characters of its texts: they mean nothing, and no product can hold them."""
    return _CONTROL_IN_JSON.sub(rb"\1", data)


def decode(data: bytes) -> Course:
    """A course from its JSON, controls left out. Raises ``msgspec.ValidationError`` or ``msgspec.DecodeError``."""
    try:
        course = msgspec.json.decode(without_controls(data), type=Course)
        for source in course.sources:
            if reason := names.unsafe(source.file):
                raise msgspec.ValidationError(f"a source is called {source.file[:80]!r}: {reason}")
        return course
    except msgspec.ValidationError as problem:
        raise msgspec.ValidationError(said(problem)) from None
    except UnicodeDecodeError as problem:  # msgspec looks at letters only where it makes a string
        raise msgspec.DecodeError(f"not UTF-8: {problem.reason}") from None
    except RecursionError:
        raise msgspec.DecodeError("its parts are nested too deeply") from None


def said(problem: Exception) -> str:
    """The message of a mistake in the model, in words instead of a regular expression."""
    text = str(problem)
    for pattern, expected in _EXPECTED.items():
        text = text.replace(f"`str` matching regex {pattern!r}", expected)
    return text


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every encoded course fulfils."""
    schema = _sorted_choices(msgspec.json.schema(Course))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "coursepack course", **schema}


def _sorted_choices(part: Any) -> Any:
    """``part`` of a schema with the choices of each ``anyOf`` in an order that is no version's of msgspec."""
    if isinstance(part, list):
        return [_sorted_choices(item) for item in part]
    if not isinstance(part, dict):
        return part
    found = {name: _sorted_choices(value) for name, value in part.items()}
    if isinstance(found.get("anyOf"), list):
        found["anyOf"].sort(key=lambda choice: msgspec.json.encode(choice, order="deterministic"))
    return found
