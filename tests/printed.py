"""Papers as PDF, for tests: printed by Typst, read by pdfium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2

from coursepack.model.artifact import Artifact
from coursepack.model.course import Assignment, Course, Literature, Section, Topic
from coursepack.pages.block_builders import text as line
from coursepack.render.typst.pdf import Printed, TypstPrinter
from tests.papers import members, write
from tests.samples import b, everything

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
    with TypstPrinter(fonts) as printer:
        return printer.pdf(artifact.name, members(artifact), artifact.source)


def text(data: bytes) -> str:
    """What is read on the pages, blanks folded."""
    with pypdfium2.PdfDocument(data) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def attached(data: bytes) -> dict[str, bytes]:
    with pypdfium2.PdfDocument(data) as document:
        found = [document.get_attachment(index) for index in range(document.count_attachments())]
        return {each.get_name(): bytes(each.get_data()) for each in found}


RULES = tuple(
    f"Ереже {n}. Студент сабаққа қатысуға және тапсырманы уақытында орындауға міндетті." for n in range(1, 90)
)


def long_course() -> Course:
    """Texts, rules, literature and a week that are each longer than a page."""
    course = everything()
    about = msgspec.structs.replace(
        course.about,
        description=b(*RULES),
        policies=(Section(id="policy-1", title="Ережелер", blocks=b(*RULES)),),
        literature=Literature(basic=tuple(f"Автор {n}. Оқулық. – Алматы, 2020. – 300 б." for n in range(1, 80))),
    )
    week = course.weeks[0]
    session = msgspec.structs.replace(
        week.sessions[0],
        title=None,
        topics=tuple(Topic(id=f"t{n}", content=line(f"Тақырып {n}").content) for n in range(1, 60)),
    )
    task = Assignment(id="long", kind="independent", label="1 СӨЖ", blocks=b(*RULES[:60]))
    week = msgspec.structs.replace(week, sessions=(session, *week.sessions[1:]), assignments=(*week.assignments, task))
    return msgspec.structs.replace(course, about=about, weeks=(week, *course.weeks[1:]))
