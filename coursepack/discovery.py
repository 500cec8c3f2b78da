"""Paths → projects: course folders, folders of them, a course.toml, a course.json, or documents alone."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any

import msgspec

from coursepack import __version__, folder, names, publish, readers, writers
from coursepack.files import sources, unpacked
from coursepack.files.hashes import sha256
from coursepack.languages import data as of_language
from coursepack.languages import known
from coursepack.limits import VARIABLE
from coursepack.model.account import FolderFile
from coursepack.model.artifact import Assets
from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.model.course_json import decode
from coursepack.model.document import PROGRAM, Document, Notes
from coursepack.model.questions import Description, Essay
from coursepack.outline import Understood, naming
from coursepack.outline.draft import ProjectDraft, ScannedFile
from coursepack.place import CoursepackError, Finding, Place, warning
from coursepack.project import course_toml as project
from coursepack.project import department, strict_toml
from coursepack.readers import decoded
from coursepack.readers.markdown import course as course_markdown
from coursepack.similar import NEAR, folded, likeness
from coursepack.stages import Stages, key


class _Tables(Mapping[str, type[msgspec.Struct]]):
    """``writer_tables``, asked of the writers when somebody looks into them."""

    def __getitem__(self, name: str) -> type[msgspec.Struct]:
        return writer_tables()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(writer_tables())

    def __len__(self) -> int:
        return len(writer_tables())


def writer_tables() -> dict[str, type[msgspec.Struct]]:
    """The tables of course.toml that writers read, with their options."""
    tables: dict[str, type[msgspec.Struct]] = {}
    for _, writer in sorted(writers.installed(), key=lambda found: writers.is_others(found[0])):
        if writer.table:
            tables.setdefault(writer.table, writer.options)
    return tables


@dataclass(frozen=True)
class _ProjectRules:
    """How projects are read: the tables and the markers that a course.toml may have, and whether links count."""

    tables: Mapping[str, type[msgspec.Struct]]
    kinds: set[str]
    follow_links: bool
    strangers: Callable[[], bool] = lambda: False
    upwards: bool = True

    def load(self, folder: Path, name: str = project.FILE_NAME) -> project.Loaded:
        path = sources.check(folder, name, follow_links=self.follow_links)
        return project.load(
            path,
            self.tables,
            self.kinds,
            follow_links=self.follow_links,
            strangers=self.strangers,
            upwards=self.upwards,
        )

    def of_data(self, data: dict[str, Any], at: Path) -> project.Loaded:
        """A project that is made in memory."""
        return project.of_data(data, at, self.tables, follow_links=self.follow_links, upwards=self.upwards)


def find_projects(
    paths: Sequence[Path],
    *,
    follow_links: bool = False,
    upwards: bool = True,
    broken: list[CoursepackError] | None = None,
) -> list[project.Loaded]:
    """The courses at these paths: course folders, folders of them, a course.toml, a course.json, or documents.

    A folder of ``paths`` may be a link; what lies in it, and a document, may be one only with ``follow_links``.
    ``upwards``: a department.toml above a course counts, too. ``broken``, where it is given, takes why one of several
    courses cannot be read. Raises ``CoursepackError`` for a path with nothing to build from, or for two courses of one
    id.
    """
    rules = _rules(follow_links=follow_links, upwards=upwards)
    found = [loaded for site in sites(paths) if (loaded := _attempted(site, rules, broken)) is not None]
    of_one_id((loaded.project.id, str(loaded.file or loaded.folder)) for loaded in found)
    return found


def _rules(*, follow_links: bool, upwards: bool = True) -> _ProjectRules:
    return _ProjectRules(_Tables(), marker_kinds(), follow_links, _may_be_broken, upwards)


def _may_be_broken() -> bool:
    return any(writers.broken())


def of_one_id(courses: Iterable[tuple[str, str]]) -> None:
    """Courses by id and place, none of which may have the id of another. Raises ``CoursepackError``."""
    places: dict[str, list[str]] = {}
    for name, place in courses:
        places.setdefault(name, []).append(place)
    for name, at in places.items():
        if len(at) > 1:
            raise CoursepackError(f"the course id {name!r} is declared {len(at)} times: {', '.join(at)}")


def listed(file: Path, *, follow_links: bool = False) -> tuple[project.Loaded, list[dict[str, Any]], dict[str, str]]:
    """The project of a course.toml without the sources that are not there; those, and the SHA-256 that corrections
    recorded of files. Raises ``CoursepackError``."""
    rules = _ProjectRules(_Tables(), marker_kinds(), follow_links, _may_be_broken)
    data, _ = strict_toml.read(sources.check(file.parent, file.name, follow_links=follow_links))
    missing = [one for one in _tables(data, "source") if not _is_named_there(file.parent, one.get("file"))]
    if not missing:
        return rules.load(file.parent, file.name), [], {}
    gone = {one.get("file") for one in missing}
    sums = {one["file"]: one["sha256"] for one in _tables(data, "correction") if one.keys() >= {"file", "sha256"}}
    data["source"] = [one for one in data["source"] if one not in missing]
    data["correction"] = [one for one in _tables(data, "correction") if one.get("file") not in gone]
    return rules.of_data(data, file.parent), missing, sums


def _tables(data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found = data.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _is_named_there(at: Path, name: object) -> bool:
    """Whether a file of a source is there; a name that is none is the business of who reads the whole."""
    return not isinstance(name, str) or not name or _is_there(at / unpacked.outermost(at, name))


@dataclass(frozen=True)
class Site:
    """Where a course lies, yet to be read: its ``folder``, with the name of its course.toml (``declared``) or of the
    ``documents`` that the call names; with neither it is all that the folder holds."""

    folder: Path
    declared: str | None = None
    documents: tuple[str, ...] = ()

    @property
    def at(self) -> Path:
        """The folder of its sources."""
        return (self.folder / self.declared).parent if self.declared else self.folder

    @property
    def name(self) -> str:
        """What people call it."""
        return str(self.folder / self.declared if self.declared else self.folder)

    def load(self, *, follow_links: bool = False) -> project.Loaded:
        """The project. Raises ``CoursepackError``."""
        return self.loaded(_rules(follow_links=follow_links))

    def loaded(self, rules: _ProjectRules) -> project.Loaded:
        """The same by rules that are made once for many."""
        if self.declared is not None:
            return rules.load(self.folder, self.declared)
        for name in self.documents:
            sources.check(self.folder, name, follow_links=rules.follow_links)
            sources.check_name(self.folder, name)
        if self.documents:
            return _drafted(self.folder, list(self.documents), rules)
        return _of_folder(self.folder, rules)


def sites(paths: Sequence[Path]) -> Iterator[Site]:
    """Each course at these paths. Raises ``CoursepackError`` for a path where nothing is."""
    for group in _grouped(paths):
        yield from _sites(group)


def _attempted(site: Site, rules: _ProjectRules, broken: list[CoursepackError] | None) -> project.Loaded | None:
    try:
        return site.loaded(rules)
    except CoursepackError as problem:
        if broken is None:
            raise
        broken.append(problem)
        return None


def marker_kinds() -> set[str]:
    """The keys that ``[markers]`` may have: the kinds of the words that open a part, whatever their language."""
    data = [of_language(code, "outline.toml") for code in known()]
    groups = ("numbered", "headings", "fields", "labels", "words")
    return {kind for words in data for group in groups for kind in words.get(group, {})}


def _grouped(paths: Sequence[Path]) -> list[list[Path]]:
    """Documents of one folder that are named together are one course; any other path stands for itself."""
    groups: dict[Path, list[Path]] = {}
    for path in paths:
        alone = not _is_file(path) or path.name == project.FILE_NAME or _is_full_course(path)
        groups.setdefault(path if alone else path.parent, []).append(path)
    return list(groups.values())


def _is_file(path: Path) -> bool:
    """``is_file``; a path that no file system takes is told as one that does not exist."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _is_full_course(path: Path) -> bool:
    return path.suffix.lower() == ".json" or course_markdown.is_course(path)


def _sites(group: list[Path]) -> Iterator[Site]:
    path = group[0]
    if _is_file(path) and path.name != project.FILE_NAME:
        yield Site(path.parent, documents=tuple(sorted({each.name for each in group})))
        return
    for each in group:
        if _is_file(each):
            yield Site(each.parent, each.name)
        elif _is_there(each / project.FILE_NAME):
            yield Site(each, project.FILE_NAME)
        else:
            yield from _below(each)


def _is_there(path: Path) -> bool:
    """True also for a link that leads nowhere, which is then told."""
    try:
        return os.path.lexists(path)
    except ValueError:
        return False


def _below(path: Path) -> Iterator[Site]:
    """The courses in the folders of a folder, or the one that its documents are."""
    try:
        folders = sorted(child for child in path.iterdir() if _has_course(child))
    except FileNotFoundError:
        raise CoursepackError("no such file or folder", Place(str(path))) from None
    except OSError as problem:
        raise CoursepackError(f"cannot be read: {problem.strerror}", Place(str(path))) from None
    if not folders and all((path / name).is_file() for name in (publish.COURSE, publish.REPORT)):
        yield Site(path, documents=(publish.COURSE,))  # what a build made, whose course is one file
    elif not folders:
        yield Site(path)
    for child in folders:
        yield Site(path, f"{child.name}/{project.FILE_NAME}")


def beside_courses(paths: Sequence[Path], *, follow_links: bool = False) -> Iterator[Finding]:
    """A warning for each folder of courses in which documents lie beside them: none of the courses reads those."""
    for path in paths:
        if _is_there(path / project.FILE_NAME) or not _holds_courses(path):
            continue
        files, _ = documents_in(path, follow_links=follow_links)
        if files:
            some = ", ".join(map(folder.text, files[:10])) + (" …" if len(files) > 10 else "")
            message = f"not read, because they are next to course folders, not inside one: {some}"
            advice = "if they are a course, «coursepack init» writes a course.toml for them"
            yield warning("project-files-beside", message, sources.place(path), advice)


def _holds_courses(path: Path) -> bool:
    try:
        return path.is_dir() and any(map(_has_course, path.iterdir()))
    except OSError:
        return False


def _has_course(folder: Path) -> bool:
    file = folder / project.FILE_NAME
    return file.is_file() or file.is_symlink()


@dataclass(frozen=True)
class Drafting:
    """A draft of a course.toml for a folder: the ``documents`` it is made of, which files are ``passed`` over because
    another holds the same, and the ``problems`` of those that cannot be read, by name."""

    draft: ProjectDraft
    documents: Mapping[str, Document] = field(default_factory=dict)
    passed: tuple[FolderFile, ...] = ()
    problems: Mapping[str, CoursepackError] = field(default_factory=dict)

    @property
    def left(self) -> tuple[FolderFile, ...]:
        """All that were passed over."""
        bad = (FolderFile(folder.text(name), "left-out", p.message, p.advice) for name, p in self.problems.items())
        return (*self.passed, *bad)


def drafting(
    at: Path, files: Sequence[str], strange: Mapping[str, CoursepackError], *, follow_links: bool = False
) -> Drafting:
    """A draft for what ``documents_in`` found in a folder; without a source where none of it can be read."""
    from coursepack.outline import draft

    exported = [name for name in files if course_markdown.is_course(unpacked.at(at, name))]
    rest = [name for name in files if name not in exported and not name.lower().endswith(_MODEL)]
    documents, unread, passed = _without_copies(at, rest, follow_links=follow_links)
    passed += [FolderFile(name, "built", _EXPORTED) for name in exported]
    problems = {**strange, **unread}
    documents, printed = _without_prints(documents)
    documents, twins = _without_twins(documents)
    drafted = draft.draft(at.resolve().name, documents, unpacked.titles(at, [one.name for one in documents]))
    return Drafting(drafted, _read(documents), (*passed, *printed, *twins), problems)


def _read(documents: Iterable[ScannedFile]) -> dict[str, Document]:
    return {one.name: one.document for one in documents if one.document is not None}


_EXPORTED = "a whole course that coursepack exported"


def documents_in(at: Path, *, follow_links: bool = False) -> tuple[list[str], dict[str, CoursepackError]]:
    """The files of a folder and its subfolders that a reader knows, by name, a table or an XML file only when it holds
    questions; and why others of such a name are not read: links, pipes, names that some system cannot hold, or takes
    for one another."""
    found: list[str] = []
    strange: dict[str, CoursepackError] = {}
    taken: dict[str, str] = {}
    known = readers.endings()
    ignore = _templates(at, follow_links=follow_links)
    for name in sorted(folder.Walk(at, follow_links, ignore=ignore).run().files):
        model = name.lower().endswith(_MODEL) and "/" not in name
        if not model and Path(name).suffix.lower() not in known:
            continue
        try:
            path = unpacked.check(at, name, follow_links=follow_links)
            sources.check_name(at, name)
            _check_alike(at, name, taken.setdefault(names.key(name), name))
            read = model or readers.is_document_file(path) or readers.holds_questions(path)
            read = read or _table_in(path, name) is not None
        except CoursepackError as problem:
            strange[name] = problem
            continue
        if read:
            found.append(name)
    return found, strange


def _templates(at: Path, *, follow_links: bool) -> tuple[str, ...]:
    """The pattern of a department's templates, where they lie in the folder of a course."""
    found = department.chain(at, follow_links=follow_links)
    named = folder.inside(at, [each.templates for each in found if each.templates])
    return tuple(f"/{glob.escape(name)}/" for name in named)


_MODEL = ".json"


def _check_alike(at: Path, name: str, first: str) -> None:
    if name != first:
        message = f"not read: on some systems {name!r} and {first!r} are one file"
        raise CoursepackError(message, sources.place(at / name), names.RENAME)


def _without_copies(
    at: Path, files: list[str], *, follow_links: bool
) -> tuple[list[ScannedFile], dict[str, CoursepackError], list[FolderFile]]:
    """As ``draftable``, and those passed over: of files with the same bytes one is read, the one whose name says most,
    else the shortest of names, one outside of archives first; the next where it cannot be read, for another name may
    have another reader."""

    def rank(name: str) -> tuple[bool, bool, int, str]:
        return unpacked.is_inside(name), naming.read(name).role is None, len(name), name

    copies = folder.Copies(at)
    documents: list[ScannedFile] = []
    unread: dict[str, CoursepackError] = {}
    passed = []
    for name in sorted(files, key=rank):
        if folder.unreadable(unpacked.at(at, name)) is None and (same := copies.of(name)):
            passed.append(FolderFile(name, "same", f"is identical to {same}"))
            continue
        read, problem = draftable(at, [name], follow_links=follow_links)
        documents += read
        unread |= problem
        if read:
            copies.add(name)
    return sorted(documents, key=attrgetter("name")), unread, passed


def _without_twins(
    documents: list[ScannedFile],
) -> tuple[list[ScannedFile], list[FolderFile]]:
    """Of one document in several formats the best: those of one name whose texts are alike."""
    passed: dict[str, FolderFile] = {}
    best: dict[str, tuple[str, Document]] = {}
    for found in sorted(documents, key=lambda found: folder.better(found.name)):
        name, document = found.name, found.document
        if document is None:
            continue
        first, read = best.setdefault(folder.stem(name), (name, document))
        if first != name and likeness(_words(read), _words(document)) >= NEAR:
            passed[name] = FolderFile(name, "twin", f"holds the text of {first}, which is read")
    return [found for found in documents if found.name not in passed], list(passed.values())


def _without_prints(documents: list[ScannedFile]) -> tuple[list[ScannedFile], list[FolderFile]]:
    """Without the papers that coursepack printed of a course, where they lie in a package with its pages."""
    outer = {one.name: unpacked.outer(one.name) for one in documents}
    printed = {
        one.name
        for one in documents
        if outer[one.name] and one.document and one.document.properties.get("application") == PROGRAM
    }
    read = {outer[one.name] for one in documents if one.name not in printed and one.document is not None}
    passed = {name: FolderFile(name, "built", folder.PRINTED) for name in sorted(printed) if outer[name] in read}
    return [one for one in documents if one.name not in passed], list(passed.values())


def _words(document: Document) -> str:
    from coursepack.outline.guess import full_text

    return folded(full_text(document))


def _of_folder(at: Path, rules: _ProjectRules) -> project.Loaded:
    """A project in memory for a whole folder; what cannot be read is left out and reported."""
    files, strange = documents_in(at, follow_links=rules.follow_links)
    if len(files) == 1 and _is_full_course(at / files[0]):
        loaded = _of_model(at, files[0], rules)
        left = Drafting(ProjectDraft({}), problems=strange)
    elif not files and not strange and (closed := _closed(at, rules)):
        raise closed
    elif not files and not strange:
        known = ", ".join(sorted(readers.endings()))
        message = "no course.toml and no document that can be read"
        raise CoursepackError(message, Place(str(at)), f"expected one of {known}")
    else:
        left = drafting(at, files, strange, follow_links=rules.follow_links)
        if not left.draft.data["source"]:
            raise next(iter(left.problems.values()))
        loaded = project.of_data(
            left.draft.data, at, rules.tables, follow_links=rules.follow_links, upwards=rules.upwards
        )
    noticed = (*_left_out(left.problems), *_refused(left.draft))
    return msgspec.structs.replace(loaded, noticed=noticed, passed=left.left, read=dict(left.documents))


def _closed(at: Path, rules: _ProjectRules) -> CoursepackError | None:
    """Why the first archive of a folder cannot be opened."""
    for name in folder.Walk(at, rules.follow_links).run().files:
        if unpacked.is_archive(name) and not unpacked.why_not(at, name, follow_links=rules.follow_links):
            try:
                unpacked.opened(unpacked.at(at, name))
            except CoursepackError as problem:
                return problem
    return None


def _of_model(at: Path, name: str, rules: _ProjectRules) -> project.Loaded:
    """A project whose course is one file."""
    course = course_of_folder(at / name, follow_links=rules.follow_links).course
    data: dict[str, Any] = {"id": course.id, "title": course.title or course.id, "language": course.language}
    data["source"] = [{"file": name, "role": "course"}]
    return rules.of_data(data, at)


def _drafted(at: Path, files: list[str], rules: _ProjectRules) -> project.Loaded:
    """A project in memory of documents that the call names: the rest of their folder is no matter of theirs."""
    from coursepack.outline import draft

    if len(files) == 1 and _is_full_course(at / files[0]):
        return msgspec.structs.replace(_of_model(at, files[0], rules), whole=False)
    named = [name for file in files for name in _named(at, file, rules)]
    documents, unread = draftable(at, named, follow_links=rules.follow_links)
    if unread:
        raise next(iter(unread.values()))
    documents, _ = _without_prints(documents)
    alone = len(files) == 1 and unpacked.is_archive(files[0])
    name = Path(files[0]).stem if alone else at.resolve().name
    drafted = draft.draft(name, documents, unpacked.titles(at, named))
    loaded = rules.of_data(drafted.data, at)
    return msgspec.structs.replace(loaded, whole=False, read=_read(documents), noticed=tuple(_refused(drafted)))


def _named(at: Path, file: str, rules: _ProjectRules) -> list[str]:
    """The file, or the documents in it where it is an archive and no package of questions. Raises ``CoursepackError``
    for one without any."""
    if not unpacked.is_archive(file):
        return [file]
    try:
        opened = unpacked.opened(at / file).folder
    except CoursepackError:
        if readers.holds_questions(at / file):
            return [file]
        raise
    inside, strange = documents_in(opened, follow_links=rules.follow_links)
    if not inside:
        raise next(iter(strange.values()), CoursepackError("holds no document that can be read", Place(file)))
    return [f"{file}/{name}" for name in inside]


def _left_out(problems: Mapping[str, CoursepackError]) -> tuple[Finding, ...]:
    """A warning for each file that cannot be read, of whatever place the problem is."""
    return tuple(
        warning("project-left-out", f"left out: {each.message}", each.place or Place(folder.text(name)), each.advice)
        for name, each in problems.items()
    )


def _refused(drafted: ProjectDraft) -> Iterator[Finding]:
    """A warning for each file that seemed to have another role than it is read with."""
    roles = {source["file"]: source["role"] for source in drafted.data.get("source", ())}
    for name, role in drafted.refused.items():
        message = f"looks like {role!r}, but no question was found in it: it is read as {roles[name]!r}"
        yield warning("project-role-refused", message, Place(folder.text(name)), _OTHER_ROLE)


_OTHER_ROLE = "give it its role in course.toml (coursepack init writes one)"


def draftable(
    at: Path, files: Sequence[str], *, follow_links: bool = False
) -> tuple[list[ScannedFile], dict[str, CoursepackError]]:
    """The files to look at for a draft, and why others cannot be read, by name."""
    documents: list[ScannedFile] = []
    unread = {}
    for name in files:
        try:
            path = unpacked.at(at, name)
            if (table := _table_in(path, name)) is not None:
                documents.append(ScannedFile(name, table))
                continue
            if readers.is_question_file(path):
                documents.append(_of_questions(name, path))
                continue
            document = read_document(path, name, follow_links=follow_links)
            test = readers.questions_in(document, path) is not None
            documents.append(_of_questions(name, path, document) if test else ScannedFile(name, document))
        except CoursepackError as problem:
            unread[name] = problem
    return documents, unread


def _keys_in(path: Path, name: str) -> Document | None:
    """A table that holds the keys of a test and nothing else."""
    from coursepack.outline.tree.guess import guess

    document = readers.table_of_keys(path, name)
    return document if document is not None and guess(document).role == "keys" else None


def _table_in(path: Path, name: str) -> Document | None:
    """A table that holds the keys of a test and nothing else, or a workbook with the plan of a course."""
    if (keys := _keys_in(path, name)) is not None:
        return keys
    from coursepack.outline.tree.guess import holds_plan

    document = readers.document_of_sheets(path, name)
    return document if document is not None and holds_plan(document) else None


_ASKED = 30
"""Questions of a file that tell its language, and whether it is a test."""


def _of_questions(name: str, path: Path, test: Document | None = None) -> ScannedFile:
    """A question file by its first questions; one that cannot be read is told of when it is."""
    try:
        found = list(islice(readers.read_questions(path).bank.questions(), _ASKED))
    except CoursepackError:
        found = []
    questions = [one for one in found if not isinstance(one, Description)]
    chosen = 2 * sum(not isinstance(one, Essay) for one in questions) > len(questions)
    text = "" if test else "\n".join(block_text(one.text) for one in found)
    return ScannedFile(name, None, test, text, chosen)


def read_document(
    path: Path,
    name: str,
    encoding: str | None = None,
    *,
    follow_links: bool = False,
    speaker_notes: Notes = "teacher",
    stages: Stages | None = None,
) -> Document:
    """A document, called ``name``; one whose bytes say all is not read again where ``stages`` know it. Raises
    ``CoursepackError``."""

    def make() -> Document:
        return readers.read(path, name, encoding=encoding, follow_links=follow_links, speaker_notes=speaker_notes)

    if stages is None or not readers.stands_alone(path):
        return make()
    data = sources.check_file(path).read_bytes()
    limits = os.environ.get(VARIABLE, "")
    stated = key(__version__, sha256(data), path.suffix.lower(), name, encoding, speaker_notes, limits)
    return stages.kept("read", stated, Document, make)


def read_course(path: Path) -> Course:
    """A course from its JSON. Raises ``CoursepackError``."""
    try:
        return decode(sources.check_file(path).read_bytes())
    except (msgspec.ValidationError, msgspec.DecodeError) as problem:
        raise CoursepackError(f"not a course: {problem}, expected coursepack's course.json", Place(str(path))) from None
    except OSError as problem:
        raise CoursepackError(f"cannot be read: {problem.strerror}", Place(str(path))) from None


def course_of_folder(path: Path, *, follow_links: bool = False) -> Understood:
    """A course that is one file: its JSON, or the Markdown that an export made. Raises ``CoursepackError``."""
    findings: list[Finding] = []
    if path.suffix.lower() == ".json":
        assets = _pictures_beside(path, follow_links=follow_links)
        course = read_course(path)
    else:
        course, assets, findings = course_markdown.read_course(path, follow_links=follow_links)
    course, assets, decoding_findings = decoded.clean(course, assets, Place(path.name))
    return Understood(course=course, assets=assets, findings=[*findings, *decoding_findings])


def _pictures_beside(path: Path, *, follow_links: bool) -> Assets:
    """The pictures that a course.json names by SHA-256: files of that name in ``assets/`` beside it."""
    folder = path.parent / publish.ASSETS
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    taken = [
        file
        for file in files
        if not sources.why_not(path.parent, f"{publish.ASSETS}/{file.name}", follow_links=follow_links)
    ]
    data = ((file.stem, file.read_bytes()) for file in taken)
    return Assets({name: content for name, content in data if sha256(content) == name})
