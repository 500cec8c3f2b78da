"""Textbooks in the layouts of several departments, each with what a reader finds in it (``corpus/*.json``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from coursepack import outline
from coursepack.model.blocks import Block, Heading, List, Paragraph, block_text, inline_text
from coursepack.model.course import Course
from coursepack.project.course_toml import SourceEntry
from coursepack.readers.text import read
from tests.outline.layouts import loaded

CORPUS = Path(__file__).parent / "corpus"
# What is set aside is reported; a text's own words are none of it.
REASONS = {"page number", "table of contents", "running title", "displaced link target"}


def printed(blocks: tuple[Block, ...]) -> list[str]:
    """A line for a paragraph, «# » for a heading, «- » for an item, a line for a whole table."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Heading():
                found.append("# " + inline_text(block.content))
            case Paragraph():
                found.append(inline_text(block.content))
            case List():
                found.extend("- " + block_text(item.blocks) for item in block.items)
            case _:
                found.append(f"<{type(block).__name__}> " + " ".join(block_text((block,)).split()))
    return found


def model(course: Course) -> dict[str, Any]:
    """A course as the corpus writes it."""
    sessions = [session for _, session in course.sessions()]
    parts = {"fore": course.foreword, "intro": course.introduction, "concl": course.conclusion}
    tasks = sorted((a for week in course.weeks for a in week.assignments), key=lambda a: a.number or 0)
    return {
        "lectures": [
            {
                "n": s.number,
                "title": s.title,
                "outline": [inline_text(topic.content) for topic in s.outline],
                "body": printed(s.blocks),
                "review": [block_text(question.text) for question in s.review],
            }
            for s in sessions
            if s.kind == "lecture"
        ],
        "seminars": [
            {"n": s.number, "title": s.title, "topics": [inline_text(topic.content) for topic in s.topics]}
            for s in sessions
            if s.kind == "seminar"
        ],
        "tasks": [[a.number, block_text(a.blocks)] for a in tasks],
        "exam": [block_text(question.text) for question in course.exam.questions] if course.exam else [],
        **{name: printed(part.blocks) for name, part in parts.items() if part is not None},
    }


@pytest.mark.parametrize("file", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_is_read_as_a_person_reads_it(file: Path) -> None:
    expected = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    language, role = expected.pop("language"), expected.pop("role")
    document = read(file.name, file.read_bytes())
    entry = SourceEntry(file=file.name, role=role)
    found = outline.understand(loaded(language, entry), [(document, entry)])
    assert model(found.course) == expected
    (ledger,) = found.ledgers
    assert not ledger.unclaimed()
    assert {entry.reason for entry in ledger.entries if entry.fate == "aside"} <= REASONS
    assert outline.guess_role(document)[0] == role
