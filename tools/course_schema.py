"""The JSON Schema of course.toml, made from the types that read it: editors complete and check by it."""

from __future__ import annotations

from typing import Any

import msgspec

from coursepack import discovery
from coursepack.model import course
from coursepack.project import course_toml

_BLOCKS = ("description", "aim")
"""Blocks in the model, texts in course.toml."""
_POLICY = {
    "type": "object",
    "required": ["title", "text"],
    "properties": {"id": {"type": "string"}, "title": {"type": "string"}, "text": {"type": "string"}},
    "additionalProperties": False,
}


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a whole course.toml."""
    tables = discovery.writer_tables()
    kinds = [course_toml.Project, course.About, *tables.values()]
    made, parts = msgspec.json.schema_components(
        kinds, schema_hook=lambda _: {"type": "string"}, ref_template="#/$defs/{name}"
    )
    project, about = parts["Project"], parts["About"]
    keys = {key: one for key, one in project["properties"].items() if key != "writers"}
    options = dict(zip(tables, made[2:], strict=True))
    editions = {code: {"$ref": "#/$defs/About"} for code in msgspec.json.schema(course_toml.Language)["enum"]}
    about["properties"] |= {key: {"type": "string"} for key in _BLOCKS}
    about["properties"]["policies"] = {"type": "array", "items": _POLICY}
    about["additionalProperties"] = False
    parts["AboutAll"] = about | {"properties": about["properties"] | editions}
    grading = parts.get("Grading", {}).get("properties", {})
    grading.pop("blocks", None)
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "course.toml",
        "type": "object",
        "required": project["required"],
        "properties": keys | {"about": {"$ref": "#/$defs/AboutAll"}} | options,
        "additionalProperties": False,
    }
    used: dict[str, Any] = {}
    _follow(whole, parts, used)
    return whole | {"$defs": dict(sorted(used.items()))}


def _follow(one: Any, parts: dict[str, Any], used: dict[str, Any]) -> None:
    """The parts that are referred to, and theirs."""
    if isinstance(one, dict):
        name = str(one.get("$ref", "")).rpartition("/")[2]
        if name and name not in used:
            used[name] = parts[name]
            _follow(parts[name], parts, used)
        for each in one.values():
            _follow(each, parts, used)
    elif isinstance(one, list):
        for each in one:
            _follow(each, parts, used)
