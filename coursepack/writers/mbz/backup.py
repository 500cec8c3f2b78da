"""What all parts of a backup share: the course, one id counter, the file pool, sections, activities, findings.

Ids are private to the file, but Moodle keeps old and new ones in the same working tables, so they must be unlike any
id of the target site: one counter for all kinds, from 900,000,001 (below 2^31).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from coursepack.files import media
from coursepack.files.xml import legal
from coursepack.languages.catalogues import Words, words
from coursepack.model.blocks import Blocks, Table
from coursepack.model.course import Course
from coursepack.moodle.question_html import QuestionHtml
from coursepack.moodle.text import LONGEST_NAME, plain_name
from coursepack.place import Finding, Place, note, warning
from coursepack.writers import Context, cut
from coursepack.writers.criteria import RubricCriterion
from coursepack.writers.mbz.pool import FileArea, Pool
from coursepack.writers.mbz.tree import Element

FIRST_ID = 900_000_001
STAMP = 1_725_148_800
"""2024-09-01T00:00:00Z, when everything was made and changed last: Moodle wants a date, and a clock would change the
bytes. Only the list of a bank's questions shows it. Moodle compares it when it looks for a question that it has already
(``restore_qtype_plugin::remove_excluded_question_data``): it may depend on nothing that differs from build to build."""
WEBSITE = "https://coursepack.invalid"
"""The site that a backup comes from; there is none (RFC 2606)."""
VERSION = "2022112800"
"""Moodle 4.1: 4.1 and every later version restore it without a complaint."""


class MoodleHtml(QuestionHtml):
    """A table gets the classes of Moodle's own editor; it has no lines else."""

    def table(self, parent: Element, block: Table) -> None:
        super().table(parent, block)
        parent[-1].set("class", "table table-bordered table-sm w-auto")


@dataclass(frozen=True)
class Completion:
    """When an activity counts as done: ``viewed`` (module.xml), or the activity's own rule, which its XML states."""

    viewed: bool = False
    own: bool = False


VIEWED = Completion(viewed=True)
OWN = Completion(own=True)
NO_COMPLETION = Completion()


@dataclass
class BackupSection:
    """A section; ``key`` is the id of its place in the course, which stays when another one is put before it."""

    id: int
    number: int
    name: str | None
    summary: str = ""
    visible: bool = True
    key: str = ""
    activities: list[Activity] = field(default_factory=list)


@dataclass
class Activity:
    """One course module. ``body`` is the element of its kind; ``key`` its idnumber, from the course's structure.

    ``grade`` is its maximum grade when it has a grade item, which lies in the grade category ``grade_category``;
    ``grade_number`` tells a forum's grade (1) from the ratings of its posts (0). ``expected`` is when it should be done
    (seconds since 1970, 0: not said), ``availability`` Moodle's condition, ``described``: its description stands under
    its name; ``entries``: it holds what a backup keeps with a user, though without one; ``criteria``: what it is marked
    by.
    """

    cmid: int
    instance: int
    context: int
    mod: str
    key: str
    name: str
    body: Element
    visible: bool
    completion: Completion
    section: BackupSection
    grade: float | None = None
    grade_item: int = 0
    grade_category: int | None = None
    grade_number: int = 0
    expected: int = 0
    availability: str | None = None
    described: bool = False
    entries: bool = False
    criteria: tuple[RubricCriterion, ...] = ()
    categories: list[int] = field(default_factory=list)

    @property
    def directory(self) -> str:
        return f"activities/{self.mod}_{self.cmid}"


@dataclass(frozen=True)
class BankContext:
    """A question bank: the context that its ``categories`` lie in; the first of them is its top."""

    key: str
    context: int
    level: int
    instance: int
    categories: list[int] = field(default_factory=list)


@dataclass
class Backup:
    """The archive while it is being made."""

    course: Course
    context: Context
    start: int
    dated: bool = False
    ids: count[int] = field(default_factory=lambda: count(FIRST_ID))
    pool: Pool = field(default_factory=Pool)
    sections: list[BackupSection] = field(default_factory=list)
    findings: dict[Finding, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.say: Words = words(self.course.language, "backup")
        self.html = MoodleHtml(self.context.assets)
        self.course_id = self.new_id()
        self.system_context = self.new_id()
        self.course_context = self.new_id()

    def new_id(self) -> int:
        return next(self.ids)

    # --- parts

    def section(
        self, name: str | None, *, key: str = "", visible: bool = True, place: Place | None = None
    ) -> BackupSection:
        """The next section; the first one is Moodle's own general section."""
        title = self.name(name, place) if name else None
        result = BackupSection(self.new_id(), len(self.sections), title, visible=visible, key=key)
        self.sections.append(result)
        return result

    def activities(self) -> list[Activity]:
        return [activity for section in self.sections for activity in section.activities]

    # --- texts

    def name(self, text: str, place: Place | None = None) -> str:
        """A name that the database holds (255 letters) and that the pages show (no tags)."""
        whole = legal(text)
        short = cut(whole, LONGEST_NAME) or "…"
        plain = plain_name(short)
        if plain != short:
            self.report(
                note("mbz-name-angle", f"«<» and «>» in a name are written «‹» and «›»: {cut(text, 60)!r}", place)
            )
        if len(" ".join(whole.split())) > LONGEST_NAME:
            stated = f"a name of {len(whole)} characters is cut to {len(short)}: {cut(text, 60)!r}"
            self.report(
                warning("mbz-name-long", stated, place, f"give it a title of at most {LONGEST_NAME} characters")
            )
        return plain

    def field(self, blocks: Blocks, area: FileArea) -> str:
        """The HTML of a field; its pictures and files go into the field's file area."""
        html, files = self.html.take(blocks)
        for asset in self.html.missing:
            self.report(
                warning("mbz-picture-missing", f"no document brought the picture {asset[:16]}…; its text stands there")
            )
        for name in self.html.missing_files:
            self.report(warning("mbz-file-missing", f"no document brought the file {name!r}; its name stands there"))
        self.html.missing.clear()
        self.html.missing_files.clear()
        for filename, data in files.items():
            self.pool.add(self.new_id(), area, filename, media.named(filename).type, data)
        return html

    def files_of(self, context: int, *, area: str | None = None, item: int | None = None) -> list[int]:
        """The ids of the files that stand in a context (for an inforef)."""
        return [
            record.id
            for record in self.pool.records.values()
            if record.area.context == context
            and record.area.component != "question"
            and not record.area.component.startswith("qtype_")
            and area in {None, record.area.name}
            and item in {None, record.area.item}
        ]

    def report(self, finding: Finding) -> None:
        """Keep a finding once."""
        self.findings.setdefault(finding)
