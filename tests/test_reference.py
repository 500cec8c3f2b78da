"""The reference is as the code is, and the schema of course.toml takes what coursepack takes."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tools import course_schema, reference

ROOT = Path(__file__).parents[1]


def test_the_pages_are_as_the_code_is() -> None:
    there = {name: (reference.DOCS / name).read_text("utf-8") for name in reference.pages()}
    assert there == reference.pages(), "run: python -m tools.reference"


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    made = course_schema.schema()
    jsonschema.Draft202012Validator.check_schema(made)
    return made


@pytest.mark.parametrize(
    "file", sorted([*ROOT.glob("seeds/*/course.toml"), *ROOT.glob("examples/**/course.toml")]), ids=str
)
def test_every_course_toml_of_ours_is_valid(file: Path, schema: dict[str, Any]) -> None:
    jsonschema.validate(tomllib.loads(file.read_text("utf-8")), schema)


@pytest.mark.parametrize(
    ("toml", "where"),
    [
        ("titel = 'x'", []),
        ("[exam]\ntickets = 0", ["exam", "tickets"]),
        ("[about]\ndescription = 'Two.\\n\\nParagraphs.'\n[about.de]\ncity = 'x'", ["about"]),
        ("[scorm]\nstart = 'yes'", ["scorm", "start"]),
        ("[[about.policies]]\ntitle = 'x'", ["about", "policies", 0]),
    ],
)
def test_what_coursepack_refuses_the_schema_refuses(toml: str, where: list[object], schema: dict[str, Any]) -> None:
    data = {"id": "x", "title": "X", "language": "en"} | tomllib.loads(toml)
    (found,) = jsonschema.Draft202012Validator(schema).iter_errors(data)
    assert list(found.absolute_path) == where


def test_every_key_is_in_the_schema(schema: dict[str, Any]) -> None:
    assert set(schema["properties"]) == {
        "id", "title", "language", "languages", "titles", "templates", "source", "files", "pictures", "about", "exam",
        "tests", "markers", "correction", "assignment", "links", "absent", "timezone",
        "cartridge", "csv", "epub", "moodle", "moodle-backup", "papers", "platonus", "qti", "scorm", "site",
    }  # fmt: skip
    written = json.loads((ROOT / "docs/course-toml.schema.json").read_text("utf-8"))
    assert written == json.loads(json.dumps(schema))
