"""Paths → projects: course folders, folders of them, a course.toml, a course.json, or documents alone."""

from __future__ import annotations

import importlib.resources
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from coursepack import project, publish, readers, visible, writers
from coursepack.artifact import Assets
from coursepack.course import Course, decode
from coursepack.document import Document
from coursepack.outline import Understood
from coursepack.place import CoursepackError, Place, warning
from coursepack.readers import course_markdown
from coursepack.safe_io import sha256


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
        alone = not _is_file(path) or path.name == project.FILE_NAME or _iswhole_course(path)
        groups.setdefault(path if alone else path.parent, []).append(path)
    return list(groups.values())


def _is_file(path: Path) -> bool:
    """``is_file``; a path that no file system takes is told as one that does not exist."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _iswhole_course(path: Path) -> bool:
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
    if len(files) == 1 and _iswhole_course(files[0]):
        course = whole_course(files[0]).course
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
            if not visible.is_name(path.name):
                raise CoursepackError(
                    "its name holds a control character or is not UTF-8", Place(path.name), "rename it"
                )
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


def whole_course(path: Path) -> Understood:
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
