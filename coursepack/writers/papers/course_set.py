"""``course-set``: the course study pack (ПОӘК, УМКД) as one document, or one a part.

The table of contents is a real field, filled with titles and links; the page numbers are fields that Word and
LibreOffice compute when they open the paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from coursepack.contents import reading_title, session_title
from coursepack.model.artifact import Artifact, Written
from coursepack.model.blocks import Blocks, Heading, Inlines, Paragraph, Run
from coursepack.model.course import Course, Reading, Section, Session
from coursepack.pages.teaching import topics
from coursepack.place import Finding
from coursepack.render.wml import (
    TEXT_WIDTH,
    Element,
    field,
    keep_next,
    make,
    paragraph,
    paragraph_properties,
    run,
    run_properties,
    space_before,
    w,
)
from coursepack.writers import Context, Writer
from coursepack.writers.papers import sources
from coursepack.writers.papers.breaks import spare_pages
from coursepack.writers.papers.ends import keep_ends
from coursepack.writers.papers.options import PaperOptions
from coursepack.writers.papers.paper import Paper, TemplateSlot
from coursepack.writers.papers.parts import PARTS, question_list
from coursepack.writers.papers.plan import work_table
from coursepack.writers.papers.questions import teacher_list
from coursepack.writers.papers.slots import SHARED

NAME = "course-set"
TEMPLATE = "course-set.docx"

TOC = 'TOC\t\\o "1-2" \\h \\z \\u'
"""The field's code (17.16.5.68). A tab parts its name from its switches, white space to Word like any other:
LibreOffice then leaves the lines of the contents as they are and computes the page number in each (it takes the numbers
inside a TOC field that it recognises for plain text, and shows them as they were stored)."""


@dataclass(frozen=True)
class SetChapter:
    """A part of the set: ``key`` names its file when each part is one; ``title`` is an English message id."""

    key: str
    title: Callable[[SetPaper], str]
    filled: Callable[[Course], bool]
    write: Callable[[SetPaper], Iterator[Element]]


_LEAST_ENTRIES = 2
"""Titles of which a table of contents is made: of one alone the title page tells."""


class SetPaper(Paper):
    """The paper with what its contents list: (level, title, bookmark)."""

    def __init__(self, course: Course, context: Context, chapters: tuple[SetChapter, ...]) -> None:
        slots = SHARED | {
            "contents": TemplateSlot(lambda paper: self.contents(), lambda _: True),
            "parts": TemplateSlot(lambda paper: self.body(), lambda _: True),
        }
        super().__init__(course, context, slots)
        self.chapters = chapters
        self.entries: list[tuple[int, str, str]] = []
        self._body: list[Element] | None = None

    def heading(self, title: str, level: int, *, page_break: bool = False) -> Element:
        """A heading that the contents list."""
        anchor = f"_Toc{len(self.entries) + 1:06d}"
        self.entries.append((level, title, anchor))
        return self.render.heading_line(title, level, anchor, page_break=page_break)

    def subheading(self, title: str) -> Element:
        return self.heading(title, 2)

    def body(self) -> list[Element]:
        """All chapters, made once: the contents stand before them and need their titles."""
        if self._body is None:
            self._body = []
            for chapter in self.chapters:
                self._body.append(self.heading(chapter.title(self), 1, page_break=True))
                self._body.extend(chapter.write(self))
            spare_pages(self._body, self.file)
            keep_ends(self._body)
        return self._body

    def contents(self) -> list[Element]:
        """The field TOC (17.16.5.68) with a line for each heading of the first two levels."""
        self.body()
        lines = [self._line(*entry) for entry in self.entries]
        whole = field(TOC)
        if len(lines) < _LEAST_ENTRIES:
            return []
        # The field begins in its first line and ends in its last.
        lines[0][1:1] = whole[:-1]
        lines[-1].append(whole[-1])
        return lines

    def without_contents(self) -> None:
        """Take away the heading of contents that are not there."""
        for element in self.file.body.findall(w("p")):
            style = element.find(f"{w('pPr')}/{w('pStyle')}")
            if style is not None and self.file.style_name(style.get(w("val"), "")) == "TOC Heading":
                self.file.body.remove(element)

    def _line(self, level: int, title: str, anchor: str) -> Element:
        number = field(f"PAGEREF {anchor} \\h", [run("…")])
        link = make("hyperlink", [run(title), run("\t"), *number], anchor=anchor, history=1)
        style = self.file.style(f"toc {level}")
        return paragraph([link], paragraph_properties(style=style, tabs=(("right", TEXT_WIDTH, "dot"),)))


# --- chapters -----------------------------------------------------------------------------------------------------


def _label(paper: SetPaper, text: str) -> Element:
    return paper.render.heading_line(text, 3)


def _section(name: str) -> SetChapter:
    def section(course: Course) -> Section | None:
        found: Section | None = getattr(course, name)
        return found

    def title(paper: SetPaper) -> str:
        found = section(paper.course)
        return found.title if found else ""

    def write(paper: SetPaper) -> Iterator[Element]:
        found = section(paper.course)
        yield from paper.render.elements(found.blocks, top=2) if found else ()

    return SetChapter(name, title, lambda course: section(course) is not None, write)


def _sessions(course: Course, *kinds: str) -> list[Session]:
    return [session for _, session in course.sessions() if session.kind in kinds]


def _lectures(paper: SetPaper) -> Iterator[Element]:
    unit = None
    for index, session in enumerate(_sessions(paper.course, "lecture")):
        # What is no more than a title and points goes on where the last one ends.
        break_ = index > 0 and bool(session.blocks)
        yield paper.heading(session_title(session, paper.say.plain), 2, page_break=break_)
        if session.unit and session.unit != unit:
            unit_line = paper.render.text(session.unit, "Subtitle")
            keep_next(unit_line)
            yield unit_line
        unit = session.unit
        yield from _session(paper, session)


def _plans(*kinds: str) -> Callable[[SetPaper], Iterator[Element]]:
    def write(paper: SetPaper) -> Iterator[Element]:
        for session in _sessions(paper.course, *kinds):
            yield paper.heading(session_title(session, paper.say.plain), 2)
            yield from _session(paper, session)

    return write


def _session(paper: SetPaper, session: Session) -> Iterator[Element]:
    """All that a printed plan has, each part under its name; a lecture's text stands without one."""
    say, render = paper.say, paper.render
    yield from _named_list(paper, say("Learning outcomes"), [_run(outcome) for outcome in session.outcomes])
    yield from _named(paper, say("Outline"), topics(session.outline))
    yield from _named(paper, say("Topics for discussion"), topics(session.topics))
    yield from _named(paper, say("Aims"), session.aims)
    yield from _named(paper, say("Equipment"), session.equipment)
    if session.kind != "lecture" and session.blocks and not isinstance(session.blocks[0], Heading):
        yield _label(paper, say("Course of the class"))
    yield from render.elements(session.blocks, top=3)
    yield from _tasks(paper, session)
    yield from _named_list(paper, say("Literature"), [_run(line) for line in session.literature])


def _tasks(paper: SetPaper, session: Session) -> Iterator[Element]:
    """Tasks in their order, those of one level («1-деңгей») under its name, numbered through."""
    if session.tasks:
        yield _label(paper, paper.say("Tasks"))
    number = 1
    for label, group in groupby(session.tasks, key=lambda task: task.label):
        tasks = [task.blocks for task in group]
        if label:
            yield paper.render.heading_line(label, 4)
        yield from paper.render.numbered(tasks, start=number)
        number += len(tasks)


def _run(text: str) -> Blocks:
    return _inline((Run(text=text),))


def _inline(content: Inlines) -> Blocks:
    return (Paragraph(content=content),)


def _named(paper: SetPaper, name: str, blocks: Blocks) -> Iterator[Element]:
    if blocks:
        yield _label(paper, name)
        yield from paper.render.elements(blocks, top=4)


def _named_list(paper: SetPaper, name: str, items: list[Blocks]) -> Iterator[Element]:
    if items:
        yield _label(paper, name)
        yield from paper.render.numbered(items)


def _work(paper: SetPaper) -> Iterator[Element]:
    yield from work_table(paper.course, paper.say, paper.render)


def _review(paper: SetPaper) -> Iterator[Element]:
    for _, session in paper.course.sessions():
        if session.review:
            yield _label(paper, session_title(session, paper.say.plain))
            yield from question_list(paper, session.review)


def _exam(paper: SetPaper) -> Iterator[Element]:
    yield from PARTS["exam_questions"].make(paper)


def _glossary(paper: SetPaper) -> Iterator[Element]:
    """Term, its names in other languages, what it means; in the order of the source."""
    for term in paper.course.glossary:
        others = ", ".join(f"{language}: {name}" for language, name in sorted(term.translations.items()))
        lead = term.term + (f" ({others})" if others else "")
        first, *rest = paper.render.elements(term.definition) or [paper.render.text("", "Body Text")]
        position = 1 if len(first) and first[0].tag.endswith("}pPr") else 0
        if first.tag.endswith("}p"):
            first.insert(position, run(f"{lead} — ", run_properties(bold=True)))
            yield first
        else:
            yield paper.render.text(lead, "Body Text", bold=True)
            yield first
        yield from rest


def _literature(paper: SetPaper) -> Iterator[Element]:
    yield from PARTS["literature"].make(paper)


def _readings(paper: SetPaper) -> Iterator[Element]:
    for number, reading in enumerate(paper.course.readings, 1):
        yield paper.heading(reading_title(reading, number, paper.say.plain), 2, page_break=number > 1)
        yield from _reading(paper, reading)


def _reading(paper: SetPaper, reading: Reading) -> Iterator[Element]:
    for author in reading.authors:
        words = ", ".join(part for part in (author.name, author.degree, author.post) if part)
        yield paper.render.text(words, "Normal", bold=True)
    for line in reading.affiliation:
        yield paper.render.text(line, "Normal")
    body = paper.render.elements(reading.blocks, top=3)
    if body and (reading.authors or reading.affiliation):
        space_before(body[0], 160)
    yield from body
    yield from _named_list(paper, paper.say("References"), [_run(line) for line in reading.references])


def _word(message: str) -> Callable[[SetPaper], str]:
    return lambda paper: paper.say(message)


def _has(*kinds: str) -> Callable[[Course], bool]:
    return lambda course: bool(_sessions(course, *kinds))


CHAPTERS: tuple[SetChapter, ...] = (
    _section("foreword"),
    _section("introduction"),
    SetChapter("lectures", _word("Lectures of the course"), _has("lecture"), _lectures),
    _section("conclusion"),
    SetChapter("seminars", _word("Seminar plans"), _has("seminar"), _plans("seminar")),
    SetChapter(
        "classes",
        _word("Plans of practical and laboratory classes"),
        _has("practical", "laboratory"),
        _plans("practical", "laboratory"),
    ),
    SetChapter("work", _word("Independent work of students"), PARTS["independent_work"].filled, _work),
    SetChapter(
        "review", _word("Review questions"), lambda course: any(s.review for _, s in course.sessions()), _review
    ),
    SetChapter("exam", _word("Exam questions"), PARTS["exam_questions"].filled, _exam),
    SetChapter("glossary", _word("Glossary"), lambda course: bool(course.glossary), _glossary),
    SetChapter("literature", _word("Literature and resources"), PARTS["literature"].filled, _literature),
    SetChapter("readings", _word("Readings"), lambda course: bool(course.readings), _readings),
)


def write(course: Course, context: Context) -> Written:
    """The set in one document or one a part; exam questions that students may not see as the teacher's own file."""
    options = context.options if isinstance(context.options, PaperOptions) else PaperOptions()
    chapters = tuple(chapter for chapter in CHAPTERS if chapter.filled(course))
    files: list[tuple[str, tuple[SetChapter, ...]]] = [(f"{course.id}-course-set.docx", chapters)]
    if options.course_set == "parts":
        files = [
            (f"{course.id}-course-set-{number:02d}-{chapter.key}.docx", (chapter,))
            for number, chapter in enumerate(chapters, 1)
        ]
    artifacts: list[Artifact] = []
    findings: list[Finding] = []
    for name, inside in files:
        paper = SetPaper(course, context, inside)
        part_title = inside[0].title(paper) if options.course_set == "parts" else ""
        paper.make(TEMPLATE, {"part_title": part_title})
        if len(paper.entries) < _LEAST_ENTRIES:
            paper.without_contents()
        paper.file.update_fields()
        title = ". ".join(part for part in (course.title, paper.say("Course study pack"), part_title) if part)
        source = sources.source(sources.course_set(course, (chapter.key for chapter in inside), paper.say))
        artifacts.append(paper.artifact(name, NAME, title, source))
        findings.extend(paper.findings)
    artifacts.extend(teacher_list(course, context, NAME))
    return Written(tuple(artifacts), tuple(dict.fromkeys(findings)))


writer = Writer(
    name=NAME,
    summary="Course study pack (DOCX): contents, lectures, plans, tasks, questions, glossary, readings",
    write=write,
    table="papers",
    options=PaperOptions,
)
