"""A paper on its way: a template, its fields, its parts, and the DOCX that comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coursepack import languages
from coursepack.files.resources import templates_dir
from coursepack.model.artifact import Artifact
from coursepack.model.course import Course
from coursepack.place import CoursepackError, Finding, Place, note
from coursepack.render.docx_file import DocxFile
from coursepack.render.ooxml import OoxmlRenderer
from coursepack.render.sandbox import FieldGroup
from coursepack.render.wml import TEXT_WIDTH, Element
from coursepack.writers import Context
from coursepack.writers.papers.breaks import keep_signatures, keep_tables
from coursepack.writers.papers.fields import text_fields
from coursepack.writers.papers.level import level
from coursepack.writers.papers.options import PaperOptions
from coursepack.writers.papers.room import room_of_page, room_where
from coursepack.writers.papers.template import Slot, fill, fill_slots, find, in_language
from coursepack.writers.papers.title_page import fit_title_page
from coursepack.writers.papers.words import PaperWords

LAYERS = ("container", "ooxml")
FOREIGN_LAYERS = ("container", "ooxml-open")
"""A department's own template may hold what our profile does not know (a letterhead drawn in Word)."""


@dataclass(frozen=True)
class TemplateSlot:
    """A slot: how it is made, and when a template's ``{% if %}`` finds it filled: the course has it, and course.toml
    does not leave it out."""

    make: Callable[[Paper], list[Element]]
    filled: Callable[[Course], bool]
    make_one: Callable[[Paper, str], list[Element]] | None = None
    wanted: Callable[[PaperOptions], bool] = lambda _: True


class Paper:
    """One DOCX of one course.

    ``file`` and ``render`` exist once the template is filled. ``parts`` are the slots that its template may place:
    those that all papers share (``slots.SHARED``) and its own. ``second``: the one whose language stands in the right
    column of this one; ``beside``: of either, the other.
    """

    file: DocxFile
    render: OoxmlRenderer
    room = TEXT_WIDTH
    """Twips of a line."""

    def __init__(self, course: Course, context: Context, parts: Mapping[str, TemplateSlot]) -> None:
        self.course = course
        self.context = context
        self.options = context.options if isinstance(context.options, PaperOptions) else PaperOptions()
        self.say = PaperWords(self.options.words or course.language)
        self.parts = dict(parts)
        self.findings: list[Finding] = []
        self.second: Paper | None = None
        self.beside: Paper | None = None
        self.layers: tuple[str, ...] = LAYERS

    def fields(self) -> dict[str, Any]:
        """Text fields and slots, by their names in a template."""
        slots = {
            name: Slot(name, part.filled(self.course) and part.wanted(self.options))
            for name, part in self.parts.items()
        }
        return text_fields(self.course, self.say, self.options.foot) | slots

    def make(self, template: str, extra: Mapping[str, Any] | None = None) -> DocxFile:
        """Fill the template. Raises ``CoursepackError`` that names it when something in it is not right."""
        fields = self.fields() | dict(extra or {})
        if self.second:
            own = self.second.fields()
            fields["second"] = FieldGroup(
                {name: Slot(f"second.{name}", bool(v)) if isinstance(v, Slot) else v for name, v in own.items()}
            )
        path = find(self.context.templates, template)
        self.layers = LAYERS if path.is_relative_to(templates_dir()) else FOREIGN_LAYERS
        self.file = fill(path, fields, self.course.language)
        self.render = OoxmlRenderer(self.file, self.context.assets, say=self.say.own)
        if self.second:
            self.second.file, self.second.render = self.file, self.render
        fit_title_page(self.file)
        foreign = self.layers == FOREIGN_LAYERS and self.second is None
        self.room = room_of_page(self.file) if foreign else TEXT_WIDTH
        fill_slots(self.file, self.part, room_where(self.file) if foreign else None)
        if self.second:
            level(self.file)
        keep_signatures(self.file)
        keep_tables(self.file)
        self.file.set_language()
        if self.options.font:
            self.file.set_font(self.options.font)
        self.findings.extend(self.render.findings)
        self.findings.extend(self._not_at_the_foot())
        return self.file

    def _not_at_the_foot(self) -> Iterator[Finding]:
        """What the foot of the pages shall say and the course does not."""
        about, foot = self.course.about, self.options.foot
        if "blanks" in foot:
            return
        if "date" in foot and not about.date:
            stated = "the page footer needs a date, and none is stated: it is left out"
            yield note("papers-foot-date", stated, advice="state date in [about]")
        if "version" in foot and not (about.edition or about.revision):
            stated = "the page footer needs a version, and none is stated: it is left out"
            yield note("papers-foot-version", stated, advice="state edition or revision in [about]")

    def part(self, name: str) -> list[Element]:
        """The elements of a slot; ``name`` may say more after a colon (``ticket_questions:3``)."""
        if name.startswith("second.") and self.second:
            tag = languages.tag(self.second.course.language)
            return in_language(self.second.part(name.removeprefix("second.")), tag)
        key, _, detail = name.partition(":")
        if key not in self.parts:
            raise CoursepackError(f"the template has an unknown field {key!r}", Place(self.file.name))
        part = self.parts[key]
        return part.make_one(self, detail) if part.make_one and detail else part.make(self)

    def subheading(self, title: str) -> Element:
        """A heading inside a part; a paper with a table of contents lists it there."""
        return self.render.heading_line(title, 2)

    def artifact(self, name: str, kind: str, title: str, source: bytes, *, audience: str = "student") -> Artifact:
        """The finished product, with the document's properties; ``source`` is what it is made from (``sources``)."""
        about = self.course.about
        authors = ", ".join(teacher.name for teacher in about.teachers)
        self.file.set_properties(
            title,
            authors,
            subject=self.course.title,
            keywords=", ".join(about.keywords),
            template=f"coursepack/{self.file.name}" if self.layers == LAYERS else "",
        )
        return Artifact(
            name=name,
            format=kind,
            members=self.file.members(),
            layers=self.layers,
            audience="teacher" if audience == "teacher" else "student",
            title=title,
            source=source,
        )
