"""Word documents as departments write them, made paragraph by paragraph; and what was understood of them, in short."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from coursepack import build, discovery
from coursepack.model.blocks import Blocks, block_text, inline_text
from coursepack.model.course import Course
from coursepack.model.questions import MultipleChoice


class Word:
    """A document in the making. Two asterisks open and close bold type, a newline is a line break."""

    def __init__(self) -> None:
        self.document = Document()
        self.lists = 50

    def numbering(self, *levels: tuple[str, str]) -> int:
        """A list that counts from 1: (number format, label) a level."""
        part = self.document.part.numbering_part.element
        self.lists += 1
        made = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for at, (form, text) in enumerate(levels or (("decimal", "%1."), ("lowerLetter", "%2)")))
        )
        number = self.lists
        part.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{made}</w:abstractNum>'))
        part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
        return number

    def p(self, *texts: str, bold: bool = False, style: str | None = None, num: int = 0, level: int = 0) -> Word:
        for text in texts:
            paragraph = self.document.add_paragraph(style=style)
            _fill(paragraph, text, bold=bold)
            if num:
                paragraph._p.get_or_add_pPr().append(
                    parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')
                )
        return self

    def b(self, *texts: str) -> Word:
        return self.p(*texts, bold=True)

    def h(self, text: str, level: int = 1) -> Word:
        self.document.add_heading(text, level)
        return self

    def table(self, rows: Sequence[Sequence[str]], *merge: tuple[int, int, int, int]) -> Word:
        """A table; lines of a cell are its paragraphs; ``merge`` joins cells: row, column, row, column."""
        table = self.document.add_table(rows=len(rows), cols=max(map(len, rows)))
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                cell = table.cell(at, column)
                for nth, line in enumerate(text.split("\n") if text else ()):
                    _fill(cell.paragraphs[0] if nth == 0 else cell.add_paragraph(), line)
        for first_row, first, last_row, last in merge:
            table.cell(first_row, first).merge(table.cell(last_row, last))
        return self

    def save(self, path: Path) -> Path:
        out = io.BytesIO()
        self.document.save(out)
        path.write_bytes(out.getvalue())
        return path


def _fill(paragraph: Any, text: str, *, bold: bool = False) -> None:
    for at, part in enumerate(text.split("**")):
        for nth, line in enumerate(part.split("\n")):
            if nth:
                paragraph.add_run().add_break()
            if line:
                paragraph.add_run(line).bold = bold or at % 2 == 1 or None


def kinds(blocks: Blocks) -> list[str]:
    """Each block as the first letter of its kind and its text."""
    return [f"{type(block).__name__[0]}: {block_text((block,))}".replace("\n", " | ") for block in blocks]


def read(path: Path) -> dict[str, Any]:
    """What `coursepack inspect` understands of a file or folder, nothing unclaimed and nothing left without a part."""
    (loaded,) = discovery.find_projects([path])
    found = build.understand(loaded)
    assert [ledger.unclaimed() for ledger in found.ledgers] == [[] for _ in found.ledgers]
    asides = [entry.reason for ledger in found.ledgers for entry in ledger.entries if entry.fate == "aside"]
    assert "not understood" not in asides
    assert [finding.message for finding in found.findings if finding.severity == "error"] == []
    return {**told(found.course), "course": found.course, "roles": [source.role for source in found.course.sources]}


def told(course: Course) -> dict[str, Any]:
    """The parts of a course as plain texts and numbers."""
    said: dict[str, Any] = {"title": course.title, "about": course.about}
    for kind in ("lecture", "seminar", "practical", "laboratory"):
        of_kind = [(week.number, session) for week, session in course.sessions() if session.kind == kind]
        said[f"{kind}s"] = [(week, session.number, session.title) for week, session in of_kind]
        said[f"{kind} hours"] = [session.hours for _, session in of_kind]
        said[f"{kind} points"] = [session.points for _, session in of_kind]
        said[f"{kind} topics"] = [[inline_text(t.content) for t in session.topics] for _, session in of_kind]
        said[f"{kind} tasks"] = [[block_text(t.blocks) for t in session.tasks] for _, session in of_kind]
        said[f"{kind} aims"] = [block_text(session.aims) for _, session in of_kind]
    lectures = [session for _, session in course.sessions() if session.kind == "lecture"]
    said["outlines"] = [[inline_text(point.content) for point in one.outline] for one in lectures]
    said["texts"] = [kinds(one.blocks) for one in lectures]
    said["reviews"] = [[block_text(question.text) for question in one.review] for one in lectures]
    said["literature"] = [list(one.literature) for one in lectures]
    said["units"] = [one.unit for one in lectures]
    said["work"] = [
        (week.number, one.label, block_text(one.blocks), one.points, one.hours)
        for week in course.weeks
        for one in week.assignments
    ]
    questions = course.exam.questions if course.exam else ()
    said["exam"] = [block_text(one.text) for one in questions]
    said["categories"] = [one.category[-1] if one.category else None for one in questions]
    said["blocks of the exam"] = sorted({type(block).__name__ for one in questions for block in one.text})
    chosen = [one for one in questions if isinstance(one, MultipleChoice)]
    said["options"] = [[block_text(choice.content) for choice in one.choices] for one in chosen]
    said["keys"] = [[at for at, choice in enumerate(one.choices) if choice.fraction > 0] for one in chosen]
    texts = {one.id: block_text(one.text) for one in questions}
    tickets = course.exam.tickets if course.exam else ()
    said["tickets"] = [(one.number, [texts[name] for name in one.questions]) for one in tickets]
    said["glossary"] = [(one.term, block_text(one.definition), one.translations) for one in course.glossary]
    return said
