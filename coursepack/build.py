"""The whole road: project → course → artifacts → checks → publish. The only room that knows all of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from coursepack import __version__, discovery, folder, plugins, publish, readers, visible, writers
from coursepack.files import sources, unpacked
from coursepack.files.hashes import sha256
from coursepack.files.resources import templates_digest, templates_dir
from coursepack.model.account import Account, FolderFile
from coursepack.model.artifact import Assets
from coursepack.model.course import Course, Source
from coursepack.model.course_json import encode
from coursepack.model.document import Document
from coursepack.model.questions import Description
from coursepack.outline import Understood
from coursepack.place import CoursepackError, Finding, Place, error, has_errors, note, warning
from coursepack.project import course_toml as project
from coursepack.publish import Product, libraries
from coursepack.render.links import linked_course
from coursepack.render.pictures_of import attached
from coursepack.render.scaling import scaled
from coursepack.stages import Live, Stages, key

Say = Callable[[str], None]


def _silent(_: str) -> None:
    pass


@dataclass(frozen=True)
class Settings:
    """What a call chooses beside course.toml.

    ``formats`` empty: every writer that is built by default. ``audience`` is handed to writers that make a
    teacher's package. ``since`` is an older Moodle XML, ``previous`` an older course.json, ``update`` the folder of a
    build whose course stands in Moodle, ``number`` counts its updates. ``templates`` None: those that the project
    names, if any.
    """

    formats: tuple[str, ...] = ()
    audience: str | None = None
    language: str | None = None
    templates: Path | None = None
    schemas: Path | None = None
    since: Path | None = None
    split: int | None = None
    previous: Path | None = None
    update: Path | None = None
    number: int = 0
    pdf: bool = False

    def of(self, loaded: project.Loaded) -> Settings:
        """The same, with what the project says where the call says nothing."""
        return replace(self, templates=self.templates or loaded.templates)


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """build-report.json: what was made, from what, and what was noticed. No clock, no path of a machine."""

    coursepack: str
    course: str
    title: str
    language: str
    sources: tuple[Source, ...]
    counts: dict[str, int]
    products: tuple[Product, ...]
    findings: tuple[Finding, ...]
    deflate: str
    declared_by: str | None = None
    """SHA-256 of the course.toml that was built from (absent when there was none)."""
    asked: dict[str, str] = {}
    """What the call chose that changes the products, beside formats: «split», «audience», and the SHA-256 of files."""
    libraries: dict[str, str] = {}
    """Versions of the libraries that can change a byte of a product, and of distributions that bring plugins."""
    files: tuple[FolderFile, ...] = ()
    """What became of every file that people put into the course's folder: neither system files nor earlier builds, so
    that a second build reports what the first did."""


@dataclass
class Built:
    """The outcome of one course: where it lies (None when errors stopped it) and the report."""

    course: Course
    report: Report
    folder: Path | None
    findings: list[Finding] = field(default_factory=list)


# --- understanding ------------------------------------------------------------------------------------------------


def understand(
    loaded: project.Loaded,
    settings: Settings | None = None,
    say: Say = _silent,
    stages: Stages | None = None,
) -> Understood:
    """Read every source and make one course of them, bare addresses as links, its pictures at the size that
    course.toml asks for; with ``stages`` only what changed since they were used last.

    Raises ``CoursepackError`` for a source that cannot be read.
    """
    understood = _understood(loaded, settings, say, stages)
    side = loaded.project.pictures.side
    understood.course, understood.assets, scaling_findings = scaled(
        linked_course(understood.course, stages.live if stages else Live()), understood.assets, side
    )
    understood.findings += scaling_findings
    return understood


def _understood(loaded: project.Loaded, settings: Settings | None, say: Say, stages: Stages | None) -> Understood:
    from coursepack import outline

    settings = (settings or Settings()).of(loaded)
    documents, banks = [], []
    free = loaded.project.tests.free
    for entry in loaded.project.source:
        path = unpacked.at(loaded.folder, entry.file)
        say(f"reading {entry.file}")
        if entry.role == "course" and path.suffix.lower() in {".json", ".md"}:
            understood = discovery.course_of_folder(path, follow_links=loaded.follow_links)
            understood.findings = [*loaded.noticed, *understood.findings]
        elif entry.role == "keys" and (keys := readers.table_of_keys(path, entry.file)) is not None:
            documents.append((keys, entry))
            continue
        elif entry.role in _OF_BOOKS and (book := readers.document_of_sheets(path, entry.file)) is not None:
            documents.append((book, entry))
            continue
        elif is_question_file(path, stages):
            banks.append((entry, _questions(path, entry, stages, free=free)))
            continue
        else:
            document = loaded.read.get(entry.file) or discovery.read_document(
                path,
                entry.file,
                entry.encoding,
                follow_links=loaded.follow_links,
                speaker_notes=entry.speaker_notes,
                stages=stages,
            )
            bank = _kept_bank(document, entry, path, stages, free=free)
            if bank and not bank.mixed:
                banks.append((entry, bank))
            if bank is None or bank.mixed:
                documents.append((document, entry))
            elif bank.without:
                documents.append((bank.without(document), entry))
            continue
        if len(loaded.project.source) > 1:
            raise CoursepackError(
                f"{entry.file} is an exported whole course; it must be the only source", _toml(loaded)
            )
        _account(loaded, folder.account(loaded, _called(settings)) if loaded.whole else None, understood)
        return understood
    if not documents and not banks:
        raise CoursepackError("no [[source]] is given, expected at least one document", _toml(loaded))
    say("understanding")
    held = folder.account(loaded, _called(settings)) if loaded.whole else None
    understood = outline.understand(loaded, documents, banks, _unread(held), stages)
    if documents and (found := _variant(understood.course, stages.live if stages else Live())):
        message = f"a course with {found} in its text: the keys of a test would be shown"
        raise CoursepackError(
            message, _toml(loaded), "move the tagged test under a heading of its own, or to a separate file"
        )
    understood.findings += [*loaded.noticed, *_lost_corrections(loaded, understood.course)]
    _account(loaded, held, understood)
    if loaded.file is None:
        roles = ", ".join(f"{entry.file} ({entry.role})" for entry in loaded.project.source)
        understood.findings.insert(
            0,
            note(
                "project-drafted",
                f"there is no course.toml; roles were assumed from the documents: {roles}",
                sources.place(loaded.folder),
                "run «coursepack init» to write one",
            ),
        )
    return understood


_OF_BOOKS = frozenset({"syllabus", "seminar-plan", "practical-plan", "laboratory-plan", "lecture-plan"})
"""Roles of a workbook that holds the plan of a course."""


def is_question_file(path: Path, stages: Stages | None) -> bool:
    """Whether a file holds questions by its format; with ``stages`` one that is what it was is not asked twice."""
    stamp = _stamp(path)
    looked = partial(readers.is_question_file, path)
    return stages.live.of("question-file", (), looked, str(path), *stamp) if stages and stamp else looked()


def _stamp(path: Path) -> tuple[int, ...]:
    """What tells that a file was changed; nothing where there is none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino


def _questions(path: Path, entry: project.SourceEntry, stages: Stages | None, *, free: bool) -> readers.QuestionFile:
    """The questions of a question file; with ``stages`` one that is what it was, and that files beside it say nothing
    of, is not read twice."""

    def read() -> readers.QuestionFile:
        return readers.read_questions(path, first_right=entry.first_right).ticked(free=free)

    stamp = _stamp(path)
    if stages is None or not stamp or not readers.asks_alone(path):
        return read()
    return stages.live.of("bank", (), lambda: read().gathered(), str(path), *stamp, entry.first_right, free)


def _kept_bank(
    document: Document, entry: project.SourceEntry, path: Path, stages: Stages | None, *, free: bool
) -> readers.QuestionFile | None:
    """The questions of a document that is a test laid out by signs; with ``stages`` those of the same document are
    made once."""

    def made() -> readers.QuestionFile | None:
        found = _bank(document, entry, path, stages)
        return found and found.ticked(free=free)

    if stages is None:
        return made()

    def gathered() -> readers.QuestionFile | None:
        found = made()
        return found and found.gathered()

    return stages.live.of("laid-out-bank", (document,), gathered, str(path), entry.role, entry.first_right, free)


_VARIANT = re.compile(r'"[ ]?(<variant[ ]?(?:right)?\d?>)', re.IGNORECASE)
"""A text that begins with the tag of a variant."""


def _variant(course: Course, live: Live) -> str | None:
    """The first such tag in a course; its large parts are asked once."""

    def tag(part: object) -> str | None:
        found = _VARIANT.search(visible.json(part, "deterministic").decode())
        return found[1] if found else None

    exam = course.exam
    weeks = tuple(msgspec.structs.replace(one, sessions=(), assignments=()) for one in course.weeks)
    bare = exam and msgspec.structs.replace(exam, questions=())
    rest = msgspec.structs.replace(course, weeks=weeks, exam=bare, readings=(), glossary=())
    large = [one for week in course.weeks for one in (*week.sessions, *week.assignments)]
    large += [*(exam.questions if exam else ()), *course.readings, *course.glossary]
    found = (tag(rest), *(live.of("variant-tag", (one,), partial(tag, one)) for one in large))
    return next(filter(None, found), None)


_TESTS = frozenset({"tests", "questions", "assessment-fund"})
"""Roles of documents that may be a test laid out by signs."""


def _bank(
    document: Document, entry: project.SourceEntry, path: Path, stages: Stages | None
) -> readers.QuestionFile | None:
    """The questions of a document that is a test laid out by signs; None for one that the outline understands. Of one
    with much beside the test (``mixed``) the outline understands that too.

    Raises ``CoursepackError`` for quizzes inside of a document that is none: their keys would be read by students.
    """
    found = _laid_out(document, path, stages)
    if found is None:
        if entry.first_right is not None and entry.role not in _TESTS:
            message = "first_right is set for a document that is not a tagged test"
            raise CoursepackError(message, Place(entry.file), "remove it")
        return None
    if found.mixed:
        return found
    if entry.role in _TESTS:
        return found.said(entry.first_right, entry.file)
    if found.among:
        return found.among()
    if not found.secret:
        return None
    raise CoursepackError(
        f"{entry.role} with quizzes in it that are laid out as {found.secret}: their keys would be shown",
        Place(entry.file),
        'give it the role "tests", or move the quizzes to a file of their own',
    )


def _laid_out(document: Document, path: Path, stages: Stages | None) -> readers.QuestionFile | None:
    """The questions of a document in a layout of signs; of one that is none this is kept."""
    if stages is None:
        return readers.questions_in(document, path)
    name = key(document.file, document.sha256, document.medium, document.wrapped, document.units)
    held: list[readers.QuestionFile | None] = []

    def make() -> bool:
        held.append(readers.questions_in(document, path))
        return held[0] is not None

    if not stages.of("laid-out", name, make):
        return None
    return held[0] if held else readers.questions_in(document, path)


def _called(settings: Settings) -> list[Path]:
    """What the call names beside the sources."""
    named = (settings.templates, settings.schemas, settings.since, settings.previous, settings.update)
    return [path for path in named if path]


def _unread(held: Account | None) -> list[str]:
    """Files in which a part of the course may be that was not found."""
    fates = {"unread", "unlisted", "left-out"}
    return [row.file for row in held.files if row.fate in fates] if held else []


def _account(loaded: project.Loaded, held: Account | None, understood: Understood) -> None:
    if held:
        understood.account = folder.with_pictures(held, loaded, understood.assets)
        understood.findings += folder.findings(understood.account, loaded)


def _lost_corrections(loaded: project.Loaded, course: Course) -> Iterator[Finding]:
    """Corrections that give a question to a session which the course does not have."""
    known = {session.id for _, session in course.sessions()}
    for correction in loaded.project.correction:
        if correction.kind == "session" and correction.session not in known:
            yield warning(
                "project-session-unknown",
                f"[[correction]] session = {correction.session!r}: there is no such session",
                Place(project.FILE_NAME),
                "«coursepack inspect --json» shows the ids",
            )


def _toml(loaded: project.Loaded) -> Place:
    return Place(str(loaded.file or loaded.folder / project.FILE_NAME), 1, 1)


def counts(course: Course) -> dict[str, int]:
    """The figures by which a lecturer knows the course again."""
    sessions = [session for _, session in course.sessions()]
    exam = course.exam.questions if course.exam else ()
    kinds = Counter(session.kind for session in sessions)
    others = {"practical_classes": kinds["practical"], "laboratory_classes": kinds["laboratory"]}
    return {
        "weeks": len(course.weeks),
        "lectures": kinds["lecture"],
        "outline_items": sum(len(session.outline) for session in sessions),
        "review_questions": sum(len(session.review) for session in sessions),
        "seminars": kinds["seminar"],
        **{name: number for name, number in others.items() if number},
        "topics": sum(len(session.topics) for session in sessions),
        "assignments": sum(len(week.assignments) for week in course.weeks),
        "exam_questions": sum(not isinstance(question, Description) for question in exam),
        "exam_variants": sum(question.variant_of is not None for question in exam),
        "readings": len(course.readings),
        "terms": len(course.glossary),
    }


# --- building -----------------------------------------------------------------------------------------------------


def parallel(loaded: project.Loaded, settings: Settings) -> tuple[Course, ...]:
    """The other editions that a paper sets beside this one (``second_language``), where the sources hold them."""
    wanted = {getattr(options, "second_language", None) for options in loaded.options.values()}
    languages = [other for other in loaded.project.languages if other in wanted and other != loaded.project.language]
    return tuple(understand(project.edition(loaded, other), settings).course for other in languages)


def context(
    loaded: project.Loaded,
    writer: writers.Writer,
    assets: Assets,
    settings: Settings,
    others: tuple[Course, ...] = (),
    earlier: writers.EarlierBuild | None = None,
) -> writers.Context:
    """What course.toml and the call give to a writer; ``others`` are editions in other languages, ``earlier`` the build
    that Moodle holds."""
    options: Any = loaded.options.get(writer.table or "", writer.options())
    asked = {"audience": settings.audience, "since": settings.since, "split": settings.split}
    exam, settings = loaded.project.exam, settings.of(loaded)
    folders = (settings.templates, templates_dir()) if settings.templates else (templates_dir(),)
    return writers.Context(
        assets=assets,
        options=writers.chosen(options, asked),
        templates=folders,
        version=__version__,
        questions_per_ticket=exam.questions_per_ticket,
        tickets=exam.tickets,
        tests_in_tickets=exam.tests_in_tickets,
        seed=exam.seed,
        draw=exam.draw,
        test_variants=exam.test_variants,
        test_questions=exam.test_questions,
        practice=exam.practice,
        timezone=loaded.project.timezone,
        tables=loaded.options,
        parallel=others,
        earlier=earlier,
    )


def default_formats() -> list[str]:
    """The writers that run when no format is named, in the order of their names."""
    return [name for name, writer in writers.installed() if writer.default]


def build(
    loaded: project.Loaded,
    output: Path,
    settings: Settings | None = None,
    say: Say = _silent,
    *,
    name: str | None = None,
) -> Built:
    """Build one course into ``output/<name>`` (its id when no name is given).

    Errors found stop publishing; the last good build stays.

    Raises ``CoursepackError`` for unusable input or an output folder that cannot be written.
    """
    called, settings = settings or Settings(), (settings or Settings()).of(loaded)
    _check_files(settings, follow_links=loaded.follow_links)
    understood = understand(loaded, settings, say)
    course, findings = understood.course, [*understood.findings, *_told_of_plugins(settings)]
    findings += _told_of_templates(loaded, called)
    earlier = _earlier(settings, course, follow_links=loaded.follow_links)
    settings = replace(settings, number=earlier.number if earlier else 0)
    old = discovery.read_course(settings.previous) if settings.previous else earlier and earlier.course
    if old:
        from coursepack.outline import revision

        course, id_findings = revision.keep_ids(old, course)
        understood.course = course
        findings += id_findings
    if not any((course.weeks, course.exam, course.readings)):
        findings.append(_empty(course, _toml(loaded)))
    if has_errors(findings):
        return Built(course, _report(loaded, understood, [], findings, settings), None, findings)
    try:
        report = _publish(loaded, understood, findings, output / (name or course.id), settings, say, earlier)
    except _Stopped:
        return Built(course, _report(loaded, understood, [], findings, settings), None, findings)
    return Built(course, report, output / (name or course.id), findings)


def _earlier(settings: Settings, course: Course, *, follow_links: bool) -> writers.EarlierBuild | None:
    """The build that Moodle holds, when the call names one."""
    if settings.update is None:
        return None
    from coursepack import updating

    if settings.formats and updating.FORMAT not in settings.formats:
        advice = f"omit --format, or add --format {updating.FORMAT}"
        raise CoursepackError(f"an update is possible only for {updating.FORMAT}, which is not built", advice=advice)
    earlier = updating.read(settings.update, follow_links=follow_links)
    updating.same_course(earlier, course, settings.update)
    return earlier


def _told_of_templates(loaded: project.Loaded, called: Settings) -> Iterator[Finding]:
    """Templates are programs: that those of a file were taken is reported."""
    if loaded.templates and called.templates is None:
        place = loaded.declared_at.get("templates", Place(project.FILE_NAME))
        message = f"the products are made with the templates in {loaded.project.templates or loaded.templates.name}"
        yield note(
            "templates-named", message, place, "templates are programs: build with them only if you trust their author"
        )


def _told_of_plugins(settings: Settings) -> Iterator[Finding]:
    """What of the installed plugins is not used; a broken writer that was asked for is told when its turn comes."""
    yield from plugins.told()
    for problem in writers.broken() if not settings.formats else ():
        yield warning("plugin-broken", problem.message, problem.place, problem.advice)


def _check_files(settings: Settings, *, follow_links: bool) -> None:
    """The files that the call names beside the sources. Raises ``CoursepackError``."""
    for path in filter(None, (settings.since, settings.previous)):
        sources.check_file(path)
    if settings.templates:
        sources.tree(settings.templates, follow_links=follow_links)


class _Stopped(Exception):  # noqa: N818 - leaves the folder that is given up; what was wrong is in the findings
    pass


def _empty(course: Course, place: Place) -> Finding:
    """A course without classes: an error, unless it says so much of itself that a syllabus can be made of it."""
    about = course.about
    is_described = any((about.description, about.aim, about.objectives, about.outcomes, about.policies, about.grading))
    return (warning if is_described else error)(
        "course-empty",
        "no lecture, seminar, task, question or reading was found",
        place,
        "check the roles of the sources (coursepack inspect)",
    )


def _publish(
    loaded: project.Loaded,
    understood: Understood,
    findings: list[Finding],
    target: Path,
    settings: Settings,
    say: Say,
    earlier: writers.EarlierBuild | None,
) -> Report:
    from coursepack import checks
    from coursepack.making import Making
    from coursepack.printing import Printing

    course = understood.course
    products: list[Product] = []
    others = parallel(loaded, settings)
    seen: list[publish.EarlierBuild] = []

    def given(writer: writers.Writer) -> writers.Context:
        return context(loaded, writer, understood.assets, settings, others, earlier)

    with publish.folder(target.parent, target.name, seen.append) as new:
        findings += seen[0].findings
        formats = settings.formats or default_formats()
        grammar = checks.Grammar(closed=True, schemas=settings.schemas)
        called = f"{course.id}-{course.language}" if loaded.project.languages else None
        making = Making(course, given, grammar, new, say, findings, products, called)
        failed: set[str] = set()
        # Those of other distributions last: where two files have one name, ours
        # has it, and their errors stop none of ours.
        for name in sorted(formats, key=writers.is_others):
            if writers.is_others(name) and has_errors(findings) and not failed:
                raise _Stopped
            if not making.make(name):
                failed.add(name)
        if has_errors(findings) and not (failed and products):
            raise _Stopped
        if settings.pdf:
            printing = Printing(new, making.sources, settings.of(loaded).templates)
            products += list(printing.papers(products))
            findings += printing.findings
        now = publish.revision(_report(loaded, understood, products, findings, settings), encode(course))
        carried, kept_findings = publish.carry_over(seen[0], products, set(formats) - failed, now, new)
        products += carried
        findings += kept_findings
        report = _report(loaded, understood, products, findings, settings)
        _write_model(new, understood, report)
    for late in seen[1:]:
        findings += [kept_findings for kept_findings in late.findings if kept_findings not in findings]
    return report


def _write_model(new: Path, understood: Understood, report: Report) -> None:
    """The model, its pictures and files, the report, and the checksums of all that lies in the folder of a course."""
    assets = understood.assets
    raw = {block.asset for block in attached(understood.course)}
    files = {
        f"{publish.ASSETS}/{name}": assets.file(name) if name in raw else assets.read(name)
        for name in sorted(assets.data)
    }
    files[publish.COURSE] = encode(understood.course)
    files[publish.REPORT] = visible.json(report)
    sums = {product.file: product.sha256 for product in report.products}
    for file, data in files.items():
        (new / file).parent.mkdir(exist_ok=True)
        sums[file] = publish.write_file(new / file, [data])[1]
    publish.write_sums(new, sums)


def editions(loaded: project.Loaded, language: str | None = None) -> list[tuple[str, project.Loaded]]:
    """The editions of a course with the name of their folder: the main language first, then ``languages``.

    ``language`` chooses one. Raises ``CoursepackError`` for a language that course.toml does not name.
    """
    main = loaded.project.language
    languages = [main, *(other for other in loaded.project.languages if other != main)]
    if language and language not in languages:
        raise CoursepackError(f"no edition in {language!r}, expected one of {', '.join(languages)}", _toml(loaded))
    name = loaded.project.id
    return [
        (name if each == main else f"{name}-{each}", project.edition(loaded, each))
        for each in languages
        if language in {None, each}
    ]


def build_all(
    loaded: Sequence[project.Loaded],
    output: Path,
    settings: Settings | None = None,
    say: Say = _silent,
    broken: list[CoursepackError] | None = None,
) -> list[Built]:
    """Build several courses, each in all its editions; one with errors does not stop the others.

    ``broken``, where it is given, takes why one cannot be built at all; else that is raised (``CoursepackError``).
    """
    chosen = settings or Settings()
    todo = [edition for each in loaded for edition in editions(each, chosen.language)]
    done = []
    for name, edition in todo:
        try:
            done.append(build(edition, output, chosen, say, name=name))
        except CoursepackError as problem:
            if broken is None:
                raise
            stated = problem.message if len(todo) == 1 else f"{name} was not built: {problem.message}"
            broken.append(CoursepackError(stated, problem.place, problem.advice))
    return done


def _report(
    loaded: project.Loaded,
    understood: Understood,
    products: list[Product],
    findings: list[Finding],
    settings: Settings,
) -> Report:
    from importlib.metadata import version

    course, held = understood.course, understood.account

    return Report(
        coursepack=__version__,
        course=course.id,
        title=course.title,
        language=course.language,
        sources=course.sources,
        counts=counts(course),
        products=tuple(products),
        findings=tuple(findings),
        deflate=f"libdeflate of deflate {version('deflate')}",
        declared_by=sha256(loaded.file.read_bytes()) if loaded.file else None,
        asked=asked(settings) | ({"department": loaded.department} if loaded.department else {}),
        libraries=libraries.versions(of_plugins()),
        files=tuple(row for row in held.files if row.fate != "built") if held else (),
    )


def of_plugins() -> dict[str, str]:
    """Name → version of the installed distributions with readers, writers or checks.

    Used or not: a build of some formats is of the revision of a build of all."""
    groups = (plugins.READERS, plugins.WRITERS, plugins.CHECKS)
    found = (point for group in groups for point in plugins.points(group).values())
    return {point.distribution: point.version for point in found if not point.built_in}


def asked(settings: Settings) -> dict[str, str]:
    """What the call chooses that changes the products, beside formats, each file by its SHA-256. Raises OSError."""
    files = {"since": settings.since, "previous": settings.previous}
    found = {name: sha256(path.read_bytes()) for name, path in files.items() if path}
    if settings.templates:
        found["templates"] = templates_digest(settings.templates)
    if settings.update:
        from coursepack import updating

        found[f"{updating.ASKED}-since"] = sha256((settings.update / publish.COURSE).read_bytes())
        found[updating.ASKED] = str(settings.number)
    for name, value in (("split", settings.split), ("audience", settings.audience)):
        if value is not None:
            found[name] = str(value)
    return found
