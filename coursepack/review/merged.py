"""What a person filled into a printed syllabus → course.toml: comments and order stay, nothing is overwritten unasked.

The filled paper is read beside the one that the course gives now. A field that was blank there and is not declared is
put into course.toml; one that says something else is told with both values; a line that neither paper of ours has and
no field took is named with its place.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as replace_in
from pathlib import Path as FilePath
from typing import Any, cast

import msgspec

from coursepack import build, discovery, languages, writers
from coursepack.files.package import Package
from coursepack.model.artifact import Artifact
from coursepack.place import CoursepackError, Finding, Place, note, warning
from coursepack.project import course_toml as project
from coursepack.render.accepted import accept
from coursepack.render.docx_file import DocxFile
from coursepack.review import filled
from coursepack.review.filled import Filled, Path
from coursepack.review.filled_lines import Side
from coursepack.review.filled_values import Value, is_blank
from coursepack.writers.papers.options import PaperOptions
from coursepack.writers.papers.words import PaperWords

_LEAST_NAMES = 3
"""Printed names by which a paper is known as a syllabus of ours."""
_SHOWN = 80


@dataclass(frozen=True)
class FieldChange:
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
    placed: list[FieldChange] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def merge(paper: FilePath, course: FilePath, *, replace: bool = False) -> Merge:
    """What the paper adds to the course's course.toml; nothing is written. ``replace``: also where the two differ.

    Raises ``CoursepackError``: the paper is no DOCX or no syllabus of ours, the course has no course.toml, tomlkit is
    missing.
    """
    loaded = _project(course)
    sides = _known(opened(paper), loaded, paper)
    assert loaded.file is not None  # noqa: S101 - ``_project`` asks for it
    text = loaded.file.read_text("utf-8")
    merged = Merge(loaded.file, text, text)
    place = Place(str(paper))
    editions = (loaded.project.language, *loaded.project.languages)
    for side in sides:
        if len(sides) > 1 and side.language not in editions:
            merged.findings.extend(_no_edition(side, place))
            continue
        edition = side.language if side.language in editions else loaded.project.language
        now = filled.read(_printed(loaded, edition, sides), PaperWords(side.language), side.half)
        _place(merged, side.said, now, place, _homes(loaded, edition), replace=replace)
        merged.findings.extend(_left(side.said, now, place))
    return merged


@dataclass(frozen=True)
class _PaperPart:
    """A paper, or a half of it, in one language."""

    said: Filled
    language: str
    half: Side | None = None


def _no_edition(side: _PaperPart, place: Place) -> Iterator[Finding]:
    blank = {("about", name) for name in _FIGURES}
    values = [name for name in side.said.found if name[:2] not in blank]
    if values:
        stated = (
            f"{len(values)} values are in {side.language!r}, and the course has no edition in it: they were not placed"
        )
        yield warning("merge-no-edition", stated, place, f"name {side.language!r} in languages of course.toml")


_FIGURES = ("code", "credits", "hours", "year", "study_year")
"""What is the same in all languages."""


def _homes(loaded: project.Loaded, edition: str) -> Callable[[Path], Path]:
    """Where course.toml keeps what the edition in that language says."""
    if edition == loaded.project.language:
        return lambda path: path

    def home(path: Path) -> Path:
        if path == ("title",):
            return ("titles", edition)
        if path[0] == "about" and path[1] not in _FIGURES:
            return ("about", edition, *path[1:])
        return path

    return home


def _printed(loaded: project.Loaded, edition: str, sides: Sequence[_PaperPart]) -> DocxFile:
    """The paper as the course gives it now: of that edition, or with the second language beside it."""
    settings, writer = build.Settings(), writers.load("syllabus")
    editions = (loaded.project.language, *loaded.project.languages)
    first, *second = [side.language for side in sides] if len(sides) > 1 else [edition]
    own = _edition(loaded, first if first in editions else edition)
    twins = [build.understand(_edition(loaded, each)).course for each in second if each in editions]
    understood = build.understand(own)
    context = build.context(own, writer, understood.assets, settings, tuple(twins))
    if second:
        options = msgspec.structs.replace(cast("PaperOptions", context.options), second_language=second[0])
        context = replace_in(context, options=options)
    return _of_artifact(writer.write(understood.course, context).artifacts[len(second)])


def _edition(loaded: project.Loaded, language: str) -> project.Loaded:
    return project.edition(loaded, language)


def _project(course: FilePath) -> project.Loaded:
    if not (course / project.FILE_NAME).is_file() and course.name != project.FILE_NAME:
        raise CoursepackError("there is no course.toml", Place(str(course)), "create one: coursepack init")
    (loaded,) = discovery.find_projects([course])
    return loaded


def opened(paper: FilePath) -> DocxFile:
    """The document at a path. Raises ``CoursepackError``."""
    package = Package.of_path(paper)
    if package.problems or package.container != "zip":
        raise CoursepackError("not a Word document", Place(str(paper)), "save it as .docx")
    file = DocxFile.open(paper.name, {name: package.read(name) for name in package.names()}, languages.SOURCE)
    accept(file.document)
    return file


def _of_artifact(result: Artifact) -> DocxFile:
    return DocxFile.open(result.name, {member.path: member.read() for member in result.members}, languages.SOURCE)


def _known(paper: DocxFile, loaded: project.Loaded, path: FilePath) -> list[_PaperPart]:
    """The paper in the language in which most names are known; of a bilingual one both halves, in two languages."""
    own = loaded.project.language
    tried = [own, *(code for code in languages.known() if code != own)]

    def best(half: Side | None) -> _PaperPart:
        read = [_PaperPart(filled.read(paper, PaperWords(code), half), code, half) for code in tried]
        return max(read, key=lambda found: found.said.names)

    whole, halves = best(None), [best("left"), best("right")]
    if halves[0].language != halves[1].language and all(half.said.names >= _LEAST_NAMES for half in halves):
        return halves
    if whole.said.names < _LEAST_NAMES:
        message = "not a syllabus made by coursepack: none of its fields was found"
        raise CoursepackError(message, Place(str(path)), "coursepack build --format syllabus makes one to fill")
    return [whole]


def _place(
    merged: Merge, old: Filled, now: Filled, place: Place, home: Callable[[Path], Path], *, replace: bool
) -> None:
    declared = tomllib.loads(merged.text)
    for stated, (value, at) in old.found.items():
        present, path = now.found.get(stated), home(stated)
        there = _at(declared, path)
        if value == there or (present is not None and present[0] == value):
            continue
        name = ".".join(path)
        more = _with_more(value, present and present[0], there)
        if more is not None:
            value = more  # noqa: PLW2901 - what is put there
        elif there is not None or present is not None:
            known = bare(present[0] if present else there)
            message = f"{at}: {name} is «{bare(value)}» in the paper and «{known}» in the course"
            if not replace:
                advice = "--replace takes the value of the paper"
                merged.findings.append(warning("merge-differs", message, place, advice))
                continue
        if problem := _put(merged, path, value):
            message = f"{at}: {name} = «{bare(value)}» could not be put into course.toml: {problem}"
            merged.findings.append(warning("merge-not-placed", message, place))
        else:
            merged.placed.append(FieldChange(path, value, at))


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
    result = [{**a, **b} for a, b in zip(declared, value, strict=True)]
    return result if all(a.items() <= b.items() for a, b in zip(declared, result, strict=True)) else None


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
        elif not is_blank(text.replace("|", "")):
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
