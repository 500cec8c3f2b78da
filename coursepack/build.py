"""The whole road: project → course → artifacts → checks → publish. The only room that knows all of it."""

from __future__ import annotations

import importlib.resources
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from coursepack import __version__, checks, project, publish, readers, writers
from coursepack.artifact import Artifact, Assets
from coursepack.course import Course, Source, decode, encode
from coursepack.document import Document
from coursepack.outline import Understood
from coursepack.place import CoursepackError, Finding, Place, error, has_errors, note, warning
from coursepack.readers import course_markdown
from coursepack.resources import templates_dir
from coursepack.safe_io import sha256

Say = Callable[[str], None]


def _silent(_: str) -> None:
    pass


@dataclass(frozen=True)
class Settings:
    """What a call chooses beside course.toml.

    ``formats`` empty: every writer that is built by default. ``audience`` is handed to writers that make a
    teacher's package. ``since`` is an older Moodle XML, ``previous`` an older course.json.
    """

    formats: tuple[str, ...] = ()
    audience: str | None = None
    language: str | None = None
    templates: Path | None = None
    schemas: Path | None = None
    since: Path | None = None
    split: int | None = None
    previous: Path | None = None
    pdf: bool = False


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """A product as the report names it. ``size`` in bytes; ``checks`` are the layers it passed."""

    file: str
    format: str
    size: int
    sha256: str
    checks: tuple[str, ...] = ()
    audience: str = "student"


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


@dataclass
class Built:
    """The outcome of one course: where it lies (None when errors stopped it) and the report."""

    course: Course
    report: Report
    folder: Path | None
    findings: list[Finding] = field(default_factory=list)


# --- projects -----------------------------------------------------------------------------------------------------


def writer_tables() -> dict[str, type[msgspec.Struct]]:
    """The tables of course.toml that writers read, with their options."""
    tables: dict[str, type[msgspec.Struct]] = {}
    for name in writers.names():
        try:
            writer = writers.load(name)
        except CoursepackError:
            continue  # a broken writer is named when it is asked for
        if writer.table:
            tables[writer.table] = writer.options
    return tables


def find_projects(paths: Sequence[Path]) -> list[project.Loaded]:
    """The courses at these paths: course folders, folders of them, a course.toml, a course.json, or documents.

    Raises ``CoursepackError`` for a path with nothing to build from, or for two courses of one id.
    """
    tables = writer_tables()
    found = [loaded for group in _grouped(paths) for loaded in _projects(group, tables)]
    for name, count in Counter(loaded.project.id for loaded in found).items():
        if count > 1:
            places = [str(loaded.file or loaded.folder) for loaded in found if loaded.project.id == name]
            raise CoursepackError(f"the course id {name!r} is declared {count} times: {', '.join(places)}")
    return found


def marker_kinds() -> set[str]:
    """The keys that ``[markers]`` may have: the kinds of the words that open a part, whatever their language."""
    folder = importlib.resources.files("coursepack.outline") / "markers"
    data = [tomllib.loads(file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".toml")]
    groups = ("numbered", "headings", "fields", "labels", "words")
    return {kind for words in data for group in groups for kind in words.get(group, {})}


def _grouped(paths: Sequence[Path]) -> list[list[Path]]:
    """Documents of one folder that are named together are one course; any other path stands for itself."""
    groups: dict[Path, list[Path]] = {}
    for path in paths:
        alone = not _is_file(path) or path.name == project.FILE_NAME or _is_whole_course(path)
        groups.setdefault(path if alone else path.parent, []).append(path)
    return list(groups.values())


def _is_file(path: Path) -> bool:
    """``is_file``; a path that no file system takes is told as one that does not exist."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _is_whole_course(path: Path) -> bool:
    return path.suffix.lower() == ".json" or course_markdown.is_course(path)


def _projects(group: list[Path], tables: dict[str, type[msgspec.Struct]]) -> Iterator[project.Loaded]:
    path, kinds = group[0], marker_kinds()
    if _is_file(path) and path.name != project.FILE_NAME:
        yield _drafted(path.parent, sorted(set(group)), tables)
        return
    for each in group:
        if _is_file(each):
            yield project.load(each, tables, kinds)
        elif _is_file(each / project.FILE_NAME):
            yield project.load(each / project.FILE_NAME, tables, kinds)
        else:
            yield from _below(each, tables, kinds)


def _below(path: Path, tables: dict[str, type[msgspec.Struct]], kinds: set[str]) -> Iterator[project.Loaded]:
    """The courses in the folders of a folder, or the one that its documents are."""
    try:
        folders = sorted(child for child in path.iterdir() if (child / project.FILE_NAME).is_file())
    except FileNotFoundError:
        raise CoursepackError("no such file or folder", Place(str(path))) from None
    except OSError as problem:
        raise CoursepackError(f"cannot be read: {problem.strerror}", Place(str(path))) from None
    if not folders and all((path / name).is_file() for name in (publish.COURSE, publish.REPORT)):
        yield _drafted(path, [path / publish.COURSE], tables)  # what a build made, whose course is one file
    elif not folders:
        yield _drafted(path, documents_in(path), tables, skip=True)
    for child in folders:
        yield project.load(child / project.FILE_NAME, tables, kinds)


def documents_in(folder: Path) -> list[Path]:
    """The files of a folder that a reader knows, by name; a table or an XML file only when it holds questions."""
    known = {*readers.DOCUMENTS, ".json"}
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file()
        and not path.name.startswith((".", "~$"))
        and (path.suffix.lower() in known or readers.holds_questions(path))
    )


def _unread(loaded: project.Loaded) -> list[Finding]:
    """A note for the tables and XML files of a folder that were not read, for they hold no questions."""
    named = {entry.file for entry in loaded.project.source}
    if len(named) < 2:
        return []
    beside = sorted(
        path.name
        for path in loaded.folder.iterdir()
        if path.is_file() and path.suffix.lower() in {".csv", ".xlsx", ".xml"} and path.name not in named
    )
    if not beside:
        return []
    return [
        note(
            "project-files-unread",
            f"not read, for they hold no questions: {', '.join(beside)}",
            Place(str(loaded.folder)),
            "name them in course.toml if they are part of the course",
        )
    ]


def _drafted(
    folder: Path, files: list[Path], tables: dict[str, type[msgspec.Struct]], *, skip: bool = False
) -> project.Loaded:
    """A project in memory; ``skip``: of a whole folder, what cannot be read is left out and told."""
    from coursepack.outline import draft

    if not files:
        raise CoursepackError(
            "no course.toml and no document that can be read",
            Place(str(folder)),
            f"expected one of {', '.join(sorted(readers.DOCUMENTS))}",
        )
    if len(files) == 1 and _is_whole_course(files[0]):
        course = _whole_course(files[0]).course
        data: dict[str, Any] = {"id": course.id, "title": course.title or course.id, "language": course.language}
        data["source"] = [{"file": files[0].name, "role": "course"}]
        return project.of_data(data, folder, tables)
    documents, unread = draftable(files)
    if unread and (not skip or not documents):
        raise unread[0]
    drafted = draft.draft(folder.resolve().name, documents)
    loaded = project.of_data(drafted.data, folder, tables)
    left = tuple(warning("project-left-out", f"left out: {each.message}", each.place, each.advice) for each in unread)
    return msgspec.structs.replace(loaded, noticed=left)


def draftable(files: Sequence[Path]) -> tuple[list[tuple[Path, Document | None]], list[CoursepackError]]:
    """The documents to look at for a draft (None: a question file), and why others cannot be read."""
    documents: list[tuple[Path, Document | None]] = []
    unread = []
    for path in files:
        try:
            documents.append((path, None if readers.is_question_file(path) else read_document(path, path.name)))
        except CoursepackError as problem:
            unread.append(problem)
    return documents, unread


_TEXTS = {".txt", ".md", ".markdown"}
_LONGEST_TEXT = 64 << 20


def read_document(path: Path, name: str, encoding: str | None = None) -> Document:
    """A document, called ``name``. Raises ``CoursepackError``, also for a text that is no course any more."""
    if path.suffix.lower() in _TEXTS and path.stat().st_size > _LONGEST_TEXT:
        size = path.stat().st_size >> 20
        raise CoursepackError(f"a text of {size} MiB, expected at most {_LONGEST_TEXT >> 20}", Place(name), "split it")
    return readers.read(path, name, encoding=encoding)


def read_course(path: Path) -> Course:
    """A course from its JSON. Raises ``CoursepackError``."""
    try:
        return decode(path.read_bytes())
    except (msgspec.ValidationError, msgspec.DecodeError) as problem:
        raise CoursepackError(f"not a course: {problem}, expected coursepack's course.json", Place(str(path))) from None
    except OSError as problem:
        raise CoursepackError(f"cannot be read: {problem.strerror}", Place(str(path))) from None


# --- understanding ------------------------------------------------------------------------------------------------


def understand(loaded: project.Loaded, settings: Settings | None = None, say: Say = _silent) -> Understood:
    """Read every source and make one course of them. Raises ``CoursepackError`` for a source that cannot be read."""
    from coursepack import outline

    settings = settings or Settings()
    documents, banks = [], []
    for entry in loaded.project.source:
        path = loaded.folder / entry.file
        say(f"reading {entry.file}")
        if entry.role == "course" and path.suffix.lower() in {".json", ".md"}:
            understood = _whole_course(path)
        elif readers.is_question_file(path):
            banks.append((entry, readers.read_questions(path)))
            continue
        else:
            documents.append((read_document(path, entry.file, entry.encoding), entry))
            continue
        if len(loaded.project.source) > 1:
            raise CoursepackError(f"{entry.file} is a whole course, expected to be the only source", _toml(loaded))
        return understood
    if not documents and not banks:
        raise CoursepackError("no [[source]] is named, expected at least one document", _toml(loaded))
    say("understanding")
    understood = outline.understand(loaded, documents, banks)
    understood.findings += [*loaded.noticed, *_lost_corrections(loaded, understood.course)]
    if loaded.file is None:
        roles = ", ".join(f"{entry.file} ({entry.role})" for entry in loaded.project.source)
        understood.findings.insert(
            0,
            note(
                "project-drafted",
                f"there is no course.toml; the documents were taken for: {roles}",
                Place(str(loaded.folder)),
                "run coursepack init to write one",
            ),
        )
        understood.findings += _unread(loaded)
    return understood


def _lost_corrections(loaded: project.Loaded, course: Course) -> Iterator[Finding]:
    """Corrections that give a question to a session which the course does not have."""
    known = {session.id for _, session in course.sessions()}
    for correction in loaded.project.correction:
        if correction.kind == "session" and correction.session not in known:
            yield warning(
                "project-session-unknown",
                f"[[correction]] session = {correction.session!r}: there is no such session",
                Place(project.FILE_NAME),
                "see `coursepack inspect --json` for the ids",
            )


def _whole_course(path: Path) -> Understood:
    """A course that is one file: its JSON, or the Markdown that an export made. Raises ``CoursepackError``."""
    if path.suffix.lower() == ".json":
        return Understood(course=read_course(path), assets=_pictures_beside(path))
    course, assets, findings = course_markdown.read_course(path)
    return Understood(course=course, assets=assets, findings=findings)


def _pictures_beside(path: Path) -> Assets:
    """The pictures that a course.json names by SHA-256: files of that name in ``assets/`` beside it."""
    folder = path.parent / publish.ASSETS
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    data = ((file.stem, file.read_bytes()) for file in files if file.is_file())
    return Assets({name: content for name, content in data if sha256(content) == name})


def _toml(loaded: project.Loaded) -> Place:
    return Place(str(loaded.file or loaded.folder / project.FILE_NAME), 1, 1)


def counts(course: Course) -> dict[str, int]:
    """The figures by which a lecturer knows the course again."""
    sessions = [session for _, session in course.sessions()]
    exam = course.exam.questions if course.exam else ()
    return {
        "weeks": len(course.weeks),
        "lectures": sum(session.kind == "lecture" for session in sessions),
        "outline_items": sum(len(session.outline) for session in sessions),
        "review_questions": sum(len(session.review) for session in sessions),
        "seminars": sum(session.kind != "lecture" for session in sessions),
        "topics": sum(len(session.topics) for session in sessions),
        "assignments": sum(len(week.assignments) for week in course.weeks),
        "exam_questions": len(exam),
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
) -> writers.Context:
    """What course.toml and the call give to a writer; ``others`` are editions in other languages."""
    options: Any = loaded.options.get(writer.table or "", writer.options())
    asked = {"audience": settings.audience, "since": settings.since, "split": settings.split}
    exam = loaded.project.exam
    folders = (settings.templates, templates_dir()) if settings.templates else (templates_dir(),)
    return writers.Context(
        assets=assets,
        options=writers.chosen(options, asked),
        templates=folders,
        version=__version__,
        questions_per_ticket=exam.questions_per_ticket,
        tickets=exam.tickets,
        seed=exam.seed,
        timezone=loaded.project.timezone,
        tables=loaded.options,
        parallel=others,
    )


def default_formats() -> list[str]:
    """The writers that run when no format is named, in the order of their names."""
    return [name for name in writers.names() if writers.load(name).default]


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
    settings = settings or Settings()
    understood = understand(loaded, settings, say)
    course, findings = understood.course, list(understood.findings)
    if settings.previous:
        from coursepack.outline import revision

        course, told = revision.keep_ids(read_course(settings.previous), course)
        understood.course = course
        findings += told
    if not any((course.weeks, course.exam, course.readings)):
        findings.append(
            error(
                "course-empty",
                "no lecture, seminar, task, question or reading was found",
                _toml(loaded),
                "look at the roles of the sources (coursepack inspect)",
            )
        )
    if has_errors(findings):
        return Built(course, _report(loaded, course, [], findings, settings), None, findings)
    try:
        report = _publish(loaded, understood, findings, output / (name or course.id), settings, say)
    except _Stopped:
        return Built(course, _report(loaded, course, [], findings, settings), None, findings)
    return Built(course, report, output / (name or course.id), findings)


class _Stopped(Exception):  # noqa: N818 - leaves the folder that is given up; what was wrong is in the findings
    pass


def _publish(
    loaded: project.Loaded,
    understood: Understood,
    findings: list[Finding],
    target: Path,
    settings: Settings,
    say: Say,
) -> Report:
    course = understood.course
    products: list[Product] = []
    others = parallel(loaded, settings)
    with publish.folder(target.parent, target.name) as new:
        for name in settings.formats or default_formats():
            writer = writers.load(name)
            say(f"writing {name}")
            written = writer.write(course, context(loaded, writer, understood.assets, settings, others))
            findings += written.findings
            for artifact in written.artifacts:
                say(f"checking {artifact.name}")
                findings += checks.check_artifact(artifact, checks.Grammar(closed=True, schemas=settings.schemas))
                if not has_errors(findings):
                    products.append(_published(artifact, new))
        if has_errors(findings):
            raise _Stopped
        if settings.pdf:
            products += _pdf(new, products, findings)
        report = _report(loaded, course, products, findings, settings)
        sums = {product.file: product.sha256 for product in products}
        files = {f"{publish.ASSETS}/{name}": understood.assets.read(name) for name in sorted(understood.assets.data)}
        files[publish.COURSE] = encode(course)
        files[publish.REPORT] = msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n"
        for file, data in files.items():
            (new / file).parent.mkdir(exist_ok=True)
            (new / file).write_bytes(data)
            sums[file] = sha256(data)
        publish.write_sums(new, sums)
    return report


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
    loaded: Sequence[project.Loaded], output: Path, settings: Settings | None = None, say: Say = _silent
) -> list[Built]:
    """Build several courses, each in all its editions; one with errors does not stop the others."""
    chosen = settings or Settings()
    todo = [edition for each in loaded for edition in editions(each, chosen.language)]
    return [build(edition, output, chosen, say, name=name) for name, edition in todo]


def _published(artifact: Artifact, new: Path) -> Product:
    size, digest = publish.write_file(new / artifact.name, publish.artifact_chunks(artifact))
    return Product(
        file=artifact.name,
        format=artifact.format,
        size=size,
        sha256=digest,
        checks=artifact.layers,
        audience=artifact.audience,
    )


def _pdf(new: Path, products: list[Product], findings: list[Finding]) -> list[Product]:
    from coursepack import office

    made = []
    for product in products:
        if product.file.endswith(".docx"):
            try:
                path = office.to_pdf(new / product.file)
            except CoursepackError as problem:
                findings.append(warning("pdf-not-made", problem.message, problem.place, problem.advice))
                break
            data = path.read_bytes()
            made.append(
                Product(file=path.name, format="pdf", size=len(data), sha256=sha256(data), audience=product.audience)
            )
    return made


def _report(
    loaded: project.Loaded, course: Course, products: list[Product], findings: list[Finding], settings: Settings
) -> Report:
    from importlib.metadata import version

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
        asked=_asked(settings),
    )


def _asked(settings: Settings) -> dict[str, str]:
    files = {"since": settings.since, "previous": settings.previous}
    asked = {name: sha256(path.read_bytes()) for name, path in files.items() if path}
    if settings.templates:
        tree = sorted(path for path in settings.templates.rglob("*") if path.is_file())
        asked["templates"] = sha256("".join(sha256(path.read_bytes()) for path in tree).encode())
    for name, value in (("split", settings.split), ("audience", settings.audience)):
        if value is not None:
            asked[name] = str(value)
    return asked
