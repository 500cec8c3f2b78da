"""Paths → projects: course folders, folders of them, a course.toml, a course.json, or documents alone."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from coursepack import names, publish, readers, writers
from coursepack.files import sources
from coursepack.files.hashes import sha256
from coursepack.languages import data as of_language
from coursepack.languages import known
from coursepack.model.artifact import Assets
from coursepack.model.course import Course
from coursepack.model.course_json import decode
from coursepack.model.document import Document
from coursepack.outline import Understood
from coursepack.place import CoursepackError, Finding, Place, warning
from coursepack.project import course_toml as project
from coursepack.readers import decoded
from coursepack.readers.markdown import course as course_markdown


def writer_tables() -> dict[str, type[msgspec.Struct]]:
    """The tables of course.toml that writers read, with their options."""
    tables: dict[str, type[msgspec.Struct]] = {}
    for _, writer in sorted(writers.installed(), key=lambda found: writers.is_others(found[0])):
        if writer.table:
            tables.setdefault(writer.table, writer.options)
    return tables


@dataclass(frozen=True)
class _Rules:
    """How projects are read: the tables and the markers that a course.toml may have, and whether links count."""

    tables: dict[str, type[msgspec.Struct]]
    kinds: set[str]
    follow_links: bool
    strangers: bool = False

    def load(self, folder: Path, name: str = project.FILE_NAME) -> project.Loaded:
        path = sources.check(folder, name, follow_links=self.follow_links)
        return project.load(path, self.tables, self.kinds, follow_links=self.follow_links, strangers=self.strangers)


def find_projects(paths: Sequence[Path], *, follow_links: bool = False) -> list[project.Loaded]:
    """The courses at these paths: course folders, folders of them, a course.toml, a course.json, or documents.

    A folder of ``paths`` may be a link; what lies in it, and a document, may be one only with ``follow_links``. Raises
    ``CoursepackError`` for a path with nothing to build from, or for two courses of one id.
    """
    rules = _Rules(writer_tables(), marker_kinds(), follow_links, any(writers.broken()))
    found = [loaded for group in _grouped(paths) for loaded in _projects(group, rules)]
    for name, count in Counter(loaded.project.id for loaded in found).items():
        if count > 1:
            places = [str(loaded.file or loaded.folder) for loaded in found if loaded.project.id == name]
            raise CoursepackError(f"the course id {name!r} is declared {count} times: {', '.join(places)}")
    return found


def marker_kinds() -> set[str]:
    """The keys that ``[markers]`` may have: the kinds of the words that open a part, whatever their language."""
    data = [of_language(code, "outline.toml") for code in known()]
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


def _projects(group: list[Path], rules: _Rules) -> Iterator[project.Loaded]:
    path = group[0]
    if _is_file(path) and path.name != project.FILE_NAME:
        for each in group:
            sources.check(each.parent, each.name, follow_links=rules.follow_links)
            sources.check_name(each.parent, each.name)
        yield _drafted(path.parent, sorted(set(group)), rules)
        return
    for each in group:
        if _is_file(each):
            yield rules.load(each.parent, each.name)
        elif _is_there(each / project.FILE_NAME):
            yield rules.load(each)
        else:
            yield from _below(each, rules)


def _is_there(path: Path) -> bool:
    """True also for a link that leads nowhere, which is then told."""
    try:
        return os.path.lexists(path)
    except ValueError:
        return False


def _below(path: Path, rules: _Rules) -> Iterator[project.Loaded]:
    """The courses in the folders of a folder, or the one that its documents are."""
    try:
        folders = sorted(child for child in path.iterdir() if _has_course(child))
    except FileNotFoundError:
        raise CoursepackError("no such file or folder", Place(str(path))) from None
    except OSError as problem:
        raise CoursepackError(f"cannot be read: {problem.strerror}", Place(str(path))) from None
    if not folders and all((path / name).is_file() for name in (publish.COURSE, publish.REPORT)):
        sources.check(path, publish.COURSE, follow_links=rules.follow_links)
        yield _drafted(path, [path / publish.COURSE], rules)  # what a build made, whose course is one file
    elif not folders:
        files, strange = documents_in(path, follow_links=rules.follow_links)
        yield _drafted(path, files, rules, strange, skip=True)
    for child in folders:
        yield rules.load(path, f"{child.name}/{project.FILE_NAME}")


def _has_course(folder: Path) -> bool:
    file = folder / project.FILE_NAME
    return file.is_file() or file.is_symlink()


def documents_in(folder: Path, *, follow_links: bool = False) -> tuple[list[Path], list[CoursepackError]]:
    """The files of a folder that a reader knows, by name, a table or an XML file only when it holds questions; and why
    others of such a name are not read: links, pipes, names that some system cannot hold, or takes for one another."""
    found: list[Path] = []
    strange: list[CoursepackError] = []
    taken: dict[str, str] = {}
    known = {*readers.endings(), ".json"}
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")) or path.suffix.lower() not in known or _is_folder(path):
            continue
        try:
            sources.check(folder, path.name, follow_links=follow_links)
            sources.check_name(folder, path.name)
            _check_alike(path, taken.setdefault(names.key(path.name), path.name))
            read = path.suffix.lower() == ".json" or readers.is_document_file(path) or readers.holds_questions(path)
        except CoursepackError as problem:
            strange.append(problem)
            continue
        if read:
            found.append(path)
    return found, strange


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _check_alike(path: Path, first: str) -> None:
    if path.name != first:
        message = f"not read: on some systems {path.name!r} and {first!r} are one file"
        raise CoursepackError(message, sources.place(path), names.RENAME)


def _drafted(
    folder: Path, files: list[Path], rules: _Rules, strange: Sequence[CoursepackError] = (), *, skip: bool = False
) -> project.Loaded:
    """A project in memory; ``skip``: of a whole folder, what cannot be read is left out and told, ``strange`` too."""
    from coursepack.outline import draft

    if not files and strange:
        raise strange[0]
    if not files:
        raise CoursepackError(
            "no course.toml and no document that can be read",
            Place(str(folder)),
            f"expected one of {', '.join(sorted(readers.endings()))}",
        )
    if len(files) == 1 and _is_whole_course(files[0]):
        course = whole_course(files[0], follow_links=rules.follow_links).course
        data: dict[str, Any] = {"id": course.id, "title": course.title or course.id, "language": course.language}
        data["source"] = [{"file": files[0].name, "role": "course"}]
        loaded = project.of_data(data, folder, rules.tables, follow_links=rules.follow_links)
        return msgspec.structs.replace(loaded, noticed=_left_out(strange))
    documents, unread = draftable(files, follow_links=rules.follow_links)
    if unread and (not skip or not documents):
        raise unread[0]
    drafted = draft.draft(folder.resolve().name, documents)
    loaded = project.of_data(drafted.data, folder, rules.tables, follow_links=rules.follow_links)
    return msgspec.structs.replace(loaded, noticed=_left_out([*strange, *unread]))


def _left_out(problems: Sequence[CoursepackError]) -> tuple[Finding, ...]:
    return tuple(warning("project-left-out", f"left out: {each.message}", each.place, each.advice) for each in problems)


def draftable(
    files: Sequence[Path], *, follow_links: bool = False
) -> tuple[list[tuple[Path, Document | None]], list[CoursepackError]]:
    """The documents to look at for a draft (None: a question file), and why others cannot be read."""
    documents: list[tuple[Path, Document | None]] = []
    unread = []
    for path in files:
        try:
            asked = readers.is_question_file(path)
            document = None if asked else read_document(path, path.name, follow_links=follow_links)
            documents.append((path, document))
        except CoursepackError as problem:
            unread.append(problem)
    return documents, unread


def read_document(path: Path, name: str, encoding: str | None = None, *, follow_links: bool = False) -> Document:
    """A document, called ``name``. Raises ``CoursepackError``."""
    return readers.read(path, name, encoding=encoding, follow_links=follow_links)


def read_course(path: Path) -> Course:
    """A course from its JSON. Raises ``CoursepackError``."""
    try:
        return decode(sources.check_file(path).read_bytes())
    except (msgspec.ValidationError, msgspec.DecodeError) as problem:
        raise CoursepackError(f"not a course: {problem}, expected coursepack's course.json", Place(str(path))) from None
    except OSError as problem:
        raise CoursepackError(f"cannot be read: {problem.strerror}", Place(str(path))) from None


def whole_course(path: Path, *, follow_links: bool = False) -> Understood:
    """A course that is one file: its JSON, or the Markdown that an export made. Raises ``CoursepackError``."""
    findings: list[Finding] = []
    if path.suffix.lower() == ".json":
        assets = _pictures_beside(path, follow_links=follow_links)
        course = read_course(path)
    else:
        course, assets, findings = course_markdown.read_course(path, follow_links=follow_links)
    course, assets, told = decoded.clean(course, assets, Place(path.name))
    return Understood(course=course, assets=assets, findings=[*findings, *told])


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
