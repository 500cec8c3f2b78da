"""Numbered sheets on which students answer: who, which ticket, ruled lines, what the examiner says."""

from __future__ import annotations

from math import ceil

from coursepack.model.artifact import Artifact
from coursepack.model.course import Course
from coursepack.place import Finding
from coursepack.render.sandbox import FieldGroup
from coursepack.render.wml import TEXT_WIDTH, Element, paragraph, paragraph_properties, run
from coursepack.writers import Context
from coursepack.writers.papers import sources
from coursepack.writers.papers.fitted import width
from coursepack.writers.papers.paper import Paper, TemplateSlot
from coursepack.writers.papers.slots import SHARED
from coursepack.writers.papers.template import Slot

NAME = "exam-tickets"
TEMPLATE = "answer-sheet.docx"
_LINES = 24
"""Ruled lines that have room on a sheet of the shipped template, below names of a line each."""


def answer_sheets(course: Course, context: Context, count: int) -> tuple[Artifact, list[Finding]]:
    """So many sheets, numbered from 1."""
    paper = Paper(
        course, context, SHARED | {"answer_lines": TemplateSlot(_lines, lambda _: True, lambda found, _: _lines(found))}
    )
    sheets = [
        FieldGroup({"number": str(number), "lines": Slot(f"answer_lines:{number}", True)})
        for number in range(1, count + 1)
    ]
    paper.make(TEMPLATE, {"sheets": sheets})
    title = f"{course.title}. {paper.say('Answer sheet')}"
    source = sources.source(sources.exam(course, (), paper.say))
    return paper.artifact(f"{course.id}-answer-sheets.docx", NAME, title, source, audience="teacher"), paper.findings


def _lines(paper: Paper) -> list[Element]:
    """Ruled lines far enough apart to write on; fewer below names that take more than a line."""
    course, style = paper.course, paper.file.style("Blank Line")
    names = (course.about.university or "", f"({course.about.code}) {course.title}")
    more = sum(ceil(width(name, bold=True) / TEXT_WIDTH) - 1 for name in names if name)
    count = max(_LINES - more, 1)
    return [paragraph([run("\t")], paragraph_properties(style=style, before=200)) for _ in range(count)]
