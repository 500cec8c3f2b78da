"""What is declared of a course, as a form: its fields, the values that they have, the changes that a form asks for."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from coursepack.model.blocks import Blocks, block_text
from coursepack.project import about
from coursepack.review import edits
from coursepack.review.course import RefusedError

Kind = Literal["text", "number", "lines", "long", "rows"]
Form = Mapping[str, str]
NOTHING_WRITTEN = "nothing was changed; nothing was written"


@dataclass(frozen=True)
class AboutField:
    """A field of ``[about]``: ``hours.lecture`` is a key of a table in it; ``rows`` are tables with ``columns``."""

    name: str
    kind: Kind = "text"
    columns: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.name.split("."))


def _fields(*names: str, kind: Kind = "text", under: str = "") -> tuple[AboutField, ...]:
    return tuple(AboutField(f"{under}{name}", kind) for name in names)


PERSON = ("name", "degree", "post", "email", "phone", "room", "office_hours")
GROUPS: tuple[tuple[str, tuple[AboutField, ...]], ...] = (
    (
        "course",
        (
            *_fields("code", "cycle", "component"),
            *_fields("credits", kind="number"),
            *_fields("programme", "ministry", "university", "faculty", "department", "city"),
            *_fields("year", "semester", "study_form"),
            *_fields("study_year", kind="number"),
            *_fields("form_code", "edition", "date", "rights"),
        ),
    ),
    ("teachers", (AboutField("teachers", "rows", PERSON),)),
    (
        "texts",
        (
            *_fields("description", "aim", kind="long"),
            *_fields("objectives", "outcomes", "prerequisites", "postrequisites", "keywords", kind="lines"),
        ),
    ),
    (
        "hours",
        _fields(
            "lecture", "seminar", "practical", "laboratory", "independent", "supervised", "total",
            kind="number", under="hours.",
        ),
    ),
    (
        "grading",
        (
            *_fields("preset", "formula", under="grading."),
            AboutField("grading.weights", "rows", ("name", "percent")),
            AboutField("grading.interim", "rows", ("after_week", "name", "points")),
        ),
    ),
    ("literature", _fields("basic", "additional", "internet", kind="lines", under="literature.")),
    ("policies", (AboutField("policies", "rows", ("title", "text")),)),
    (
        "approval",
        (
            *_fields(
                "approver_post", "approver_name", "department_minutes", "department_date",
                "council", "council_minutes", "council_date", under="approval.",
            ),
            AboutField("signatures", "rows", ("role", "name")),
        ),
    ),
)  # fmt: skip
"""The groups of the form; what stands in none (blocks of a section on grading) no form can say."""
FIELDS: tuple[AboutField, ...] = tuple(field for _, fields in GROUPS for field in fields)
COLUMNS = tuple(dict.fromkeys(column for field in FIELDS for column in field.columns))
LONG = frozenset({"text"})
"""Columns of several lines."""
_AMOUNTS = frozenset({"percent", "points", "after_week"})
BLANK = 2
"""Empty rows behind those that are there."""
_MOST_ROWS = 200


# --- values


def value(said: Any, field: AboutField) -> Any:
    """What ``About`` says: a text, lines as one text, or rows as tables of texts."""
    found: Any = said
    for key in field.keys:
        found = getattr(found, key, None)
        if found is None:
            return [] if field.kind == "rows" else ""
    if field.kind == "rows":
        return [{column: _cell(row, column) for column in field.columns} for row in found]
    if field.kind == "lines":
        return "\n".join(found)
    return _paragraphs(found) if field.kind == "long" else _said(found)


def _cell(row: Any, column: str) -> str:
    if column == "text":
        return _paragraphs(row.blocks)
    return _said(getattr(row, column))


def _said(found: object) -> str:
    return "" if found is None else f"{found:g}" if isinstance(found, float) else str(found)


def _paragraphs(blocks: Blocks) -> str:
    return "\n\n".join(text for block in blocks if (text := block_text((block,)).strip()))


def texts(shown: Any) -> Iterator[str]:
    """The texts of a value, the first letters of each part."""
    for line in [cell for row in shown for cell in row.values()] if isinstance(shown, list) else shown.split("\n"):
        if line.strip():
            yield line.strip()


def form_value(shown: Any) -> str:
    """A value as one text, so that a form can say what it was."""
    return json.dumps(shown, ensure_ascii=False) if isinstance(shown, list) else shown


# --- changes


def changes(form: Form, said_before: Any) -> dict[tuple[str, ...], edits.Value | None]:
    """What a form says otherwise than ``About`` does, by keys below ``[about]``: a table that a field of it changed in
    is said whole, because the documents add nothing to a table that is declared."""
    said = {field.name: new for field in FIELDS if (new := _new(form, field)) is not None}
    whole = {field.keys[0] for field in FIELDS if field.name in said and len(field.keys) > 1}
    result: dict[tuple[str, ...], edits.Value | None] = {}
    for field in FIELDS:
        if field.name in said:
            result[field.keys] = _parsed(field, said[field.name])
        elif field.keys[0] in whole and (known := value(said_before, field)):
            result[field.keys] = _parsed(field, known)
    return result


def _new(form: Form, field: AboutField) -> Any:
    """What a form says of a field; None where it says what was there, or nothing."""
    was = form.get(f"was.{field.name}", "")
    if field.kind != "rows":
        said = form.get(field.name)
        return None if said is None or said.split() == was.split() else said
    rows = _rows(form, field)
    if rows is None:
        return None
    before = json.loads(was or "[]")
    return None if _folded(rows) == _folded(before) else rows


def _folded(rows: Sequence[Mapping[str, str]]) -> list[dict[str, list[str]]]:
    return [{name: cell.split() for name, cell in row.items() if cell.strip()} for row in rows]


def _rows(form: Form, field: AboutField) -> list[dict[str, str]] | None:
    """The rows of a table in a form without the empty ones; None where the form has none of it."""
    found: list[dict[str, str]] = []
    at = 0
    while at < _MOST_ROWS and any(f"{field.name}.{at}.{column}" in form for column in field.columns):
        row = {column: form.get(f"{field.name}.{at}.{column}", "").strip() for column in field.columns}
        if any(row.values()):
            found.append({name: cell for name, cell in row.items() if cell})
        at += 1
    return found if at else None


def _parsed(field: AboutField, said: Any) -> edits.Value | None:
    if field.kind == "rows":
        return [_row(row) for row in said] or None
    text = said.replace("\r\n", "\n").strip()
    if not text:
        return None
    if field.kind == "lines":
        return [line.strip() for line in text.split("\n") if line.strip()]
    return amount(text) if field.kind == "number" else text


def _row(row: Mapping[str, str]) -> dict[str, edits.Value]:
    result = {name: cell.replace("\r\n", "\n") for name, cell in row.items() if cell}
    return {name: amount(cell) if name in _AMOUNTS else cell for name, cell in result.items()}


def amount(said: str) -> int | float:
    """A number of a form. Raises ``RefusedError``."""
    try:
        number = float(said.strip().replace(",", "."))
    except ValueError:
        raise RefusedError(f"{said[:40]!r} is no number; nothing was written") from None
    return int(number) if number == int(number) else number


def edited(
    text: str, changed: Mapping[tuple[str, ...], edits.Value | None], language: str, editions: Sequence[str] = ()
) -> str:
    """The text of a course.toml, or of a department.toml, with what changed of what it declares of the edition in a
    ``language``, one of the ``editions`` where there are several."""
    for path, new in changed.items():
        declared = tomllib.loads(text).get(about.TABLE, {})
        keys = (*table_of(declared, path[0], language, editions), *path[1:])
        at: Any = declared
        for key in keys:
            at = at.get(key) if isinstance(at, dict) else None
        if at != new:
            text = edits.put(text, (about.TABLE, *keys), new)
    return text


def table_of(declared: Any, key: str, language: str, editions: Sequence[str] = ()) -> tuple[str, ...]:
    """The keys below ``[about]`` of what is declared of an edition: where it stands, else the table of the edition,
    unless there is one edition, or it is a number, which is the same in all."""
    _, spoken = about.parted(declared)
    if key in spoken.get(language, {}):
        return (language, key)
    if key in _NUMBERS or not (spoken or editions):
        return (key,)
    if language in editions or language in spoken:
        return (language, key)
    return (key,)


_NUMBERS = frozenset(field.keys[0] for field in FIELDS if field.kind == "number")
