"""What a person filled into a printed syllabus → course.toml: comments and order stay, nothing is overwritten unasked.

The filled paper is read beside the one that the course gives now. A field that was blank there and is not declared is
put into course.toml; one that says something else is told with both values; a line that neither paper of ours has and
no field took is named with its place.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, cast

from coursepack import build, discovery, languages, writers
from coursepack.files.package import Package
from coursepack.model.artifact import Artifact
from coursepack.place import CoursepackError, Finding, Place, note, warning
from coursepack.project import course_toml as project
from coursepack.render.docx_file import DocxFile
from coursepack.review import filled
from coursepack.review.filled import Filled, Path, Value
from coursepack.writers.papers.words import PaperWords

_LEAST_NAMES = 3
"""Printed names by which a paper is known as a syllabus of ours."""
_SHOWN = 80


@dataclass(frozen=True)
class Change:
    """A value for course.toml, and where it stands in the paper."""

    path: Path
    value: Value
    place: str


@dataclass
class Merge:
    """``placed``: what course.toml gets; ``text``: the file as it will be; ``findings``: what was not placed."""

    file: FilePath
    text: str
    before: str
    placed: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def merge(paper: FilePath, course: FilePath, *, replace: bool = False) -> Merge:
    """What the paper adds to the course's course.toml; nothing is written. ``replace``: also where the two differ.

    Raises ``CoursepackError``: the paper is no DOCX or no syllabus of ours, the course has no course.toml, tomlkit is
    missing.
    """
    loaded = _project(course)
    said = opened(paper)
    understood = build.understand(loaded)
    writer = writers.load("syllabus")
    context = build.context(loaded, writer, understood.assets, build.Settings())
    made = writer.write(understood.course, context).artifacts[0]
    old, words = _known(said, loaded, paper)
    now = filled.read(_of_artifact(made), words)
    assert loaded.file is not None  # noqa: S101 - ``_project`` asks for it
    text = loaded.file.read_text("utf-8")
    merged = Merge(loaded.file, text, text)
    _place(merged, old, now, Place(str(paper)), replace=replace)
    merged.findings.extend(_left(old, now, Place(str(paper))))
    return merged


def _project(course: FilePath) -> project.Loaded:
    if not (course / project.FILE_NAME).is_file() and course.name != project.FILE_NAME:
        raise CoursepackError("there is no course.toml", Place(str(course)), "make one: coursepack init")
    (loaded,) = discovery.find_projects([course])
    return loaded


def opened(paper: FilePath) -> DocxFile:
    """The document at a path. Raises ``CoursepackError``."""
    package = Package.of_path(paper)
    if package.problems or package.container != "zip":
        raise CoursepackError("not a Word document", Place(str(paper)), "save it as .docx")
    return DocxFile.open(paper.name, {name: package.read(name) for name in package.names()}, languages.SOURCE)


def _of_artifact(made: Artifact) -> DocxFile:
    return DocxFile.open(made.name, {member.path: member.read() for member in made.members}, languages.SOURCE)


def _known(paper: DocxFile, loaded: project.Loaded, path: FilePath) -> tuple[Filled, PaperWords]:
    """The paper in the language in which most names are known."""
    own = loaded.project.language
    tried = [own, *(code for code in languages.known() if code != own)]
    read = [(filled.read(paper, PaperWords(code)), PaperWords(code)) for code in tried]
    best = max(read, key=lambda found: found[0].names)
    if best[0].names < _LEAST_NAMES:
        message = "no syllabus that coursepack printed: none of its fields was found"
        raise CoursepackError(message, Place(str(path)), "coursepack build --format syllabus makes one to fill")
    return best


def _place(merged: Merge, old: Filled, now: Filled, place: Place, *, replace: bool) -> None:
    declared = tomllib.loads(merged.text)
    for path, (value, at) in old.found.items():
        present = now.found.get(path)
        if present is not None and present[0] == value:
            continue
        there = _at(declared, path)
        name = ".".join(path)
        more = _with_more(value, present and present[0], there)
        if more is not None:
            value = more  # noqa: PLW2901 - what is put there
        elif there is not None or present is not None:
            known = bare(present[0] if present else there)
            message = f"{at}: {name} is «{bare(value)}» in the paper and «{known}» in the course"
            if not replace:
                advice = "--replace takes the paper's"
                merged.findings.append(warning("merge-differs", message, place, advice))
                continue
        if problem := _put(merged, path, value):
            message = f"{at}: {name} = «{bare(value)}» could not be put into course.toml: {problem}"
            merged.findings.append(warning("merge-not-placed", message, place))
        else:
            merged.placed.append(Change(path, value, at))


def _put(merged: Merge, path: Path, value: Value) -> str | None:
    """Why it could not be put there."""
    try:
        from coursepack.review import edits
    except ImportError:
        raise CoursepackError("tomlkit is missing", advice="pip install 'coursepack[review]'") from None
    try:
        merged.text = edits.put(merged.text, path, value)
    except edits.EditError as problem:
        return str(problem)
    return None


def _with_more(value: Any, printed: Any, declared: Any) -> Value | None:
    """People or other rows whose blanks were filled, with what course.toml says of them besides; None where something
    that the course says was changed or erased."""
    known = declared if printed is None else printed
    if not _are_rows(value, known) or not all(a.items() <= b.items() for a, b in zip(known, value, strict=True)):
        return None
    if declared is None:
        return cast("Value", value)
    if not _are_rows(value, declared):
        return None
    made = [{**a, **b} for a, b in zip(declared, value, strict=True)]
    return made if all(a.items() <= b.items() for a, b in zip(declared, made, strict=True)) else None


def _are_rows(value: Any, known: Any) -> bool:
    """Whether both are lists of as many tables."""
    lists = isinstance(value, list) and isinstance(known, list) and 0 < len(known) == len(value)
    return lists and all(isinstance(one, dict) for one in (*value, *known))


def _at(data: Any, path: Path) -> Any:
    for key in path:
        if not isinstance(data, dict) or key not in data:
            return None
        data = data[key]
    return data


def _left(old: Filled, now: Filled, place: Place) -> Iterator[Finding]:
    """Lines of the paper that no field took and that the course does not print."""
    printed = Counter(_folded(line.text) for line in now.rest)
    for line in old.rest:
        text = _folded(line.text)
        if printed[text]:
            printed[text] -= 1
        elif not filled.is_blank(text.replace("|", "")):
            yield note("merge-not-placed", f"{line.place}: «{bare(line.text)}» has no place in course.toml", place)


def _folded(text: str) -> str:
    return " ".join(text.split())


def shown(value: object) -> str:
    """A value in quotation marks, not longer than a line."""
    return f"«{bare(value)}»"


def bare(value: object) -> str:
    """A value for a message, not longer than a line."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        parts = [" / ".join(map(str, each.values())) if isinstance(each, dict) else str(each) for each in value]
        value = "; ".join(parts)
    return writers.cut(str(value), _SHOWN)
