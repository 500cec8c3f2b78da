"""Papers as PDF, for tests: printed by Typst, read by pdfium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2

from coursepack.model.artifact import Artifact
from coursepack.model.course import Course
from coursepack.render.typst.pdf import Printed, Printer
from tests.papers import members, write

STUDENTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("syllabus", {"second_language": "ru"}),
    ("syllabus", {"syllabus": "grid"}),
    ("course-set", {}),
    ("course-set", {"course_set": "parts"}),
)
TEACHERS: tuple[tuple[str, dict[str, Any]], ...] = (
    *(("exam-tickets", {"ticket": head}) for head in ("three-cell", "centred", "row")),
    ("exam-tickets", {"ticket_size": "A5", "tickets_a_page": 1, "ticket_copies": 2, "answer_sheets": 2}),
)


def artifacts(course: Course | None = None) -> Iterator[Artifact]:
    """Every paper of a course in every layout."""
    for name, options in STUDENTS + TEACHERS:
        same = course is not None and options.get("second_language") == course.language
        yield from write(name, course, **({"second_language": "kk"} if same else options)).artifacts


def printed(artifact: Artifact, fonts: tuple[Path, ...] = ()) -> Printed:
    with Printer(fonts) as printer:
        return printer.pdf(artifact.name, members(artifact), artifact.source)


def text(data: bytes) -> str:
    """What is read on the pages, blanks folded."""
    with pypdfium2.PdfDocument(data) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def attached(data: bytes) -> dict[str, bytes]:
    with pypdfium2.PdfDocument(data) as document:
        found = [document.get_attachment(index) for index in range(document.count_attachments())]
        return {each.get_name(): bytes(each.get_data()) for each in found}
