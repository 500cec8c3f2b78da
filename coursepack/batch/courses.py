"""Many courses, built: which of them changed, who builds them, and what became of each."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from coursepack import build, discovery, publish
from coursepack.batch import inputs
from coursepack.batch.engines import Call, Engine, fault
from coursepack.batch.ledger import BuildLedger, BuildRecord, EditionRow, State, home, sums
from coursepack.discovery import Site
from coursepack.place import CoursepackError, Finding, Severity, error
from coursepack.project import course_toml as project
from coursepack.stages import packed, unpacked

Again = Literal["all", "failed", "changed"]
"""What is built again though nothing of it changed: everything, what failed before, or nothing."""

NOT_BUILT = "course-not-built"
"""The code of whatever keeps a course from being read or built; its message says which it is."""

Number = tuple[int, int]
"""Where an edition stands in the order of the call: its course, and which of the course's editions it is."""


@dataclass(frozen=True)
class Done:
    """An edition that is done: its row and, where there is one, the report of its build."""

    number: Number
    row: EditionRow
    report: build.Report | None = None

    def told(self) -> tuple[Finding, ...]:
        """All findings: those of the report, and what was found after it was written."""
        report_findings = self.report.findings if self.report else ()
        return (*report_findings, *(one for one in self.row.findings if one not in report_findings))


class _Project(NamedTuple):
    """What is to be known of a project before it is built: its id, the folder of templates, and the names of its
    editions; ``editions`` themselves where they are built here."""

    id: str
    templates: Path | None
    names: tuple[str, ...]
    editions: tuple[project.Loaded, ...] = ()


@dataclass
class _Course:
    """A course of the call: where it lies, what it is made of and, once it was read, its project."""

    number: int
    site: Site
    index: inputs.Index = field(default_factory=dict)
    before: BuildRecord | None = None
    project: _Project | None = None
    rows: dict[int, EditionRow] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        return self.project.names if self.project else ()

    @property
    def place(self) -> str:
        return self.site.name


@dataclass
class Courses:
    """The courses of some ``sites``, to be built into ``output``.

    ``engine`` None: one after another, in this process. Unless ``remembered`` every course is built, and no ledger is
    kept; ``ledger`` says where it lies, if not where it usually does. ``say`` is told what is being done; ``wanted``
    counts the editions once they are known.
    """

    sites: Sequence[Site]
    output: Path
    settings: build.Settings
    engine: Engine | None = None
    again: Again = "changed"
    remembered: bool = True
    ledger: Path | None = None
    follow_links: bool = False
    say: build.Say = lambda _: None
    wanted: int = 0
    templates: set[Path] = field(default_factory=set)
    """The folders of templates that were used."""

    def run(self) -> Iterator[Done]:
        """Build what is to be built; each edition as it is done, those that stand as they are at first.

        Raises ``CoursepackError`` for two courses of one id, and for files of the call that cannot be read.
        """
        courses = [self._looked(number, site) for number, site in enumerate(self.sites)]
        standing, open_ = _parted(courses, self._stands)
        done = [_again(course.number, at, row) for course in standing for at, row in enumerate(_rows(course))]
        done += self._load(open_)
        discovery.of_one_id((*_named(standing), *((each.project.id, each.place) for each in open_ if each.project)))
        self.wanted = len(done) + sum(len(course.names) for course in open_)
        self.templates = {folder for course in courses if (folder := self._templates(course))}
        yield from done
        yield from self._build(open_)

    def _templates(self, course: _Course) -> Path | None:
        """The folder of a department's own templates that a course is made with."""
        if course.project is not None:
            return course.project.templates
        return Path(course.before.templates) if course.before and course.before.templates else None

    @cached_property
    def _ledger(self) -> BuildLedger:
        return BuildLedger(self.output, self.ledger or home())

    @cached_property
    def _asked(self) -> tuple[str, str]:
        return inputs.program(), inputs.asked(self.settings, follow_links=self.follow_links)

    # --- what changed -------------------------------------------------------------------------------------------------

    def _looked(self, number: int, site: Site) -> _Course:
        """A course with the files that it is made of; one that cannot be looked through is read, which tells why."""
        if not self.remembered:
            return _Course(number, site)
        before = self._ledger.read(site)
        try:
            return _Course(number, site, inputs.of(site, before.index if before else {}), before)
        except OSError:
            return _Course(number, site)

    def _stands(self, course: _Course) -> bool:
        """Whether nothing is to be done for a course."""
        before = course.before
        if before is None or self.again == "all" or (before.failed and self.again == "failed"):
            return False
        return before.name == self._name(course.index, before.templates) and before.stands()

    def _name(self, index: inputs.Index, templates: str | None) -> str:
        return inputs.name_of(index, *self._asked, Path(templates) if templates else None)

    # --- reading ------------------------------------------------------------------------------------------------------

    def _load(self, courses: Sequence[_Course]) -> Iterator[Done]:
        """Read the projects: those of a course.toml here, which is soon done; those of documents by the engine."""
        apart, here = _parted(courses, lambda course: self.engine is not None and course.site.declared is None)
        for course in here:
            yield from self._loaded(course)
        if apart and self.engine is not None:
            by_number = {course.number: course for course in apart}
            for answer in self.engine.run(map(self._look, apart)):
                course = by_number[answer.number]
                if answer.data is not None:
                    course.project = unpacked(answer.data)
                else:
                    yield self._unusable(course, answer.told(), "lost" if answer.lost else "unusable")

    def _loaded(self, course: _Course) -> Iterator[Done]:
        self.say(f"reading {course.place}")
        try:
            course.project = _project(course.site, self.settings, here=self.engine is None, links=self.follow_links)
        except CoursepackError as problem:
            yield self._unusable(course, problem)

    def _look(self, course: _Course) -> Call:
        payload = packed((course.site, self.settings, self.follow_links))
        return Call(course.number, f"{__name__}:looked_at", payload, course.place)

    def _unusable(self, course: _Course, problem: CoursepackError, state: State = "unusable") -> Done:
        row = _failed(course.site.at.name, course.place, problem, state)
        course.rows[0] = row
        if state != "lost":
            self._remember(course)
        return Done((course.number, 0), row)

    # --- building -----------------------------------------------------------------------------------------------------

    def _build(self, courses: Sequence[_Course]) -> Iterator[Done]:
        tasks = [(course, at) for course in courses for at in range(len(course.names))]
        answers = self._one_by_one(tasks) if self.engine is None else self._by(self.engine, tasks)
        for number, row, report in answers:
            course, at = tasks[number]
            course.rows[at] = row
            if len(course.rows) == len(course.names):
                self._remember(course)
            yield Done((course.number, at), row, report)

    def _one_by_one(self, tasks: Sequence[_Task]) -> Iterator[_Told]:
        for number, (course, at) in enumerate(tasks):
            assert course.project is not None  # noqa: S101 - those that were read are built
            loaded, name = course.project.editions[at], course.names[at]
            try:
                row, report = _made(loaded, self.output, self.settings, name, course.place, self.say)
            except Exception as problem:
                if len(tasks) == 1:
                    raise
                row, report = _failed(name, course.place, fault(problem), "lost"), None
            yield number, row, report

    def _by(self, engine: Engine, tasks: Sequence[_Task]) -> Iterator[_Told]:
        calls = (self._call(number, *task) for number, task in enumerate(tasks))
        for answer in engine.run(calls):
            course, at = tasks[answer.number]
            if answer.data is not None:
                yield answer.number, *unpacked(answer.data)
                continue
            state: State = "lost" if answer.lost else "unusable"
            yield answer.number, _failed(course.names[at], course.place, answer.told(), state), None

    def _call(self, number: int, course: _Course, at: int) -> Call:
        payload = packed((course.site, self.settings, self.follow_links, self.output, at))
        return Call(number, f"{__name__}:made", payload, course.names[at])

    def _remember(self, course: _Course) -> None:
        """Write down what became of a course, unless it is not known, or its files changed meanwhile."""
        rows = tuple(course.rows[at] for at in sorted(course.rows))
        if not self.remembered or not course.index or any(row.state == "lost" for row in rows):
            return
        try:
            now = inputs.of(course.site, course.index)
        except OSError:
            return
        if not inputs.same(course.index, now):
            return
        chosen = self._templates(course)
        templates = os.path.abspath(chosen) if chosen else None  # noqa: PTH100 - a link in the way leads nowhere else
        targets = [self.output / name for name in course.names]
        marks = {str(target): publish.marks(target) for target in targets}
        identifier = course.project.id if course.project else ""
        name = self._name(course.index, templates)
        done = BuildRecord(
            name=name,
            index=course.index,
            templates=templates,
            id=identifier,
            rows=rows,
            marks=marks,
            sums={str(target): sums(target) for target in targets},
        )
        self._ledger.write(course.site, done)


_Task = tuple[_Course, int]
"""A course and which of its editions."""
_Told = tuple[int, EditionRow, build.Report | None]
"""The number of a task, and how it was used."""


def _parted(courses: Iterable[_Course], belongs: Callable[[_Course], bool]) -> tuple[list[_Course], list[_Course]]:
    """Those that belong, and the others; each is asked once."""
    both: tuple[list[_Course], list[_Course]] = ([], [])
    for course in courses:
        both[not belongs(course)].append(course)
    return both


def _named(standing: Iterable[_Course]) -> Iterator[tuple[str, str]]:
    for course in standing:
        if course.before is not None and course.before.id:
            yield course.before.id, course.place


def _rows(course: _Course) -> tuple[EditionRow, ...]:
    return course.before.rows if course.before else ()


def _again(number: int, at: int, row: EditionRow) -> Done:
    """What an earlier run found, with the report that it left."""
    report = None
    with contextlib.suppress(OSError, msgspec.DecodeError):
        if row.folder:
            report = msgspec.json.decode((Path(row.folder) / publish.REPORT).read_bytes(), type=build.Report)
    return Done((number, at), msgspec.structs.replace(row, as_before=True, seconds=0.0), report)


def _failed(name: str, place: str, problem: CoursepackError, state: State) -> EditionRow:
    findings = tuple(error(NOT_BUILT, each.message, each.place, each.advice) for each in problem.each())
    return EditionRow(course=name, place=place, state=state, findings=findings)


def _project(site: Site, settings: build.Settings, *, here: bool, links: bool) -> _Project:
    """The project at a site; with its editions where it is built ``here``. Raises ``CoursepackError``."""
    loaded = site.load(follow_links=links)
    found = build.editions(loaded, settings.language)
    names = tuple(name for name, _ in found)
    editions = tuple(edition for _, edition in found) if here else ()
    return _Project(loaded.project.id, settings.of(loaded).templates, names, editions)


# --- in a process of an engine ------------------------------------------------------------------------------------


def looked_at(payload: bytes) -> bytes:
    """What is to be known of a folder without a course.toml. Raises ``CoursepackError``."""
    site, settings, links = unpacked(payload)
    return packed(_project(site, settings, here=False, links=links))


def made(payload: bytes) -> bytes:
    """Build an edition; its row and report. The project is read here: what is sent may not come back as it was, and
    what is declared must not depend on who builds."""
    site, settings, links, output, at = unpacked(payload)
    try:
        name, loaded = build.editions(site.load(follow_links=links), settings.language)[at]
    except CoursepackError as problem:
        return packed((_failed(site.at.name, site.name, problem, "lost"), None))
    except IndexError:
        return packed(
            (_failed(site.at.name, site.name, CoursepackError("was changed while it was built"), "lost"), None)
        )
    return packed(_made(loaded, output, settings, name, site.name))


def _made(
    loaded: project.Loaded,
    output: Path,
    settings: build.Settings,
    name: str,
    place: str,
    say: build.Say = lambda _: None,
) -> tuple[EditionRow, build.Report | None]:
    started = time.monotonic()
    try:
        built = build.build(loaded, output, settings, say, name=name)
    except CoursepackError as problem:
        lost = isinstance(problem.__cause__ or problem.__context__, OSError)
        return _failed(name, place, problem, "lost" if lost else "unusable"), None
    report = built.report
    findings = tuple(one for one in built.findings if one.severity is not Severity.NOTE)
    row = EditionRow(
        course=name,
        place=place,
        state="built" if built.folder else "errors",
        title=report.title,
        language=report.language,
        folder=str(built.folder) if built.folder else None,
        counts=report.counts,
        products=report.products,
        findings=findings,
        notes=len(built.findings) - len(findings),
        seconds=round(time.monotonic() - started, 3),
    )
    return row, report
