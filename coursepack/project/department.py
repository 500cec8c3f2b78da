"""department.toml: what a department declares for all its courses, found in the folder of a course or above it.

Its keys are those of course.toml that are of no one course. A key of a table that a course.toml has itself is the
course's; one that it does not have is the department's, whatever it holds. Above a department a faculty and a
university may have such a file: what the nearer one does not say, the one above it does.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from coursepack import languages
from coursepack.files import sources
from coursepack.files.hashes import sha256
from coursepack.place import CoursepackError, Place
from coursepack.project import about, strict_toml

FILE_NAME = "department.toml"
_ABOVE = 4
"""Folders above that of a course that are looked into."""
_OF_ONE_COURSE = frozenset({"id", "title", "titles", "language", "languages", "source", "correction", "assignment"})
_STANDS_IN: dict[str, Any] = {"id": "department", "title": "department"}
"""What a course.toml cannot do without, so that a department.toml is judged as one."""
KEPT_NAMES = (FILE_NAME, *(f"department-above-{number}.toml" for number in range(1, _ABOVE + 1)))
"""What the files of a course are called where they are kept side by side, in an archive: the nearest first."""


class Department(NamedTuple):
    """A department's file: where it lies, its name as the course sees it (``../department.toml``), data and text."""

    path: Path
    name: str
    data: dict[str, Any]
    text: str

    @property
    def templates(self) -> Path | None:
        """The folder of templates that it names, in the right form."""
        named = self.data.get("templates")
        return self.path.parent / named if isinstance(named, str) else None

    def place(self, path: strict_toml.KeyPath) -> Place:
        return strict_toml.TomlSource(self.name, self.text).place(path)


def find(folder: Path, *, follow_links: bool = False) -> Department | None:
    """The nearest department.toml of a course in ``folder``. Raises ``CoursepackError``."""
    return next(iter(chain(folder, follow_links=follow_links)), None)


def chain(folder: Path, *, upwards: bool = True, follow_links: bool = False) -> list[Department]:
    """The files that a course in ``folder`` has its defaults of, the nearest first; where not ``upwards``, those that
    are kept in the folder. Raises ``CoursepackError`` with the mistakes of all: no TOML, a key of one course."""
    here, *above = places(folder)
    named = [(at, FILE_NAME) for at in (here, *above)] if upwards else [(here, name) for name in KEPT_NAMES]
    found, wrong = [], []
    for at, name in named:
        if os.path.lexists(at / name):
            try:
                path = sources.check(at, name, follow_links=follow_links)
                found.append(_read(path, Path(os.path.relpath(path, here)).as_posix()))
            except CoursepackError as problem:
                wrong.append(problem)
    if wrong:
        raise CoursepackError(wrong[0].message, wrong[0].place, wrong[0].advice, (*wrong[0].also, *wrong[1:]))
    return found


def digest(found: Sequence[Department]) -> str | None:
    """The SHA-256 of the one file, or of those of all; None where there is none."""
    each = [sha256(one.path.read_bytes()) for one in found]
    return sha256("\n".join(each).encode()) if len(each) > 1 else next(iter(each), None)


def templates(found: Sequence[Department]) -> Path | None:
    """The folder of templates that the nearest names that names any."""
    return next((one.templates for one in found if one.templates), None)


def places(folder: Path) -> list[Path]:
    """The folders that a department.toml of a course in ``folder`` may lie in, the nearest first."""
    here = Path(os.path.abspath(folder))  # noqa: PTH100 - a link in the way leads nowhere else
    return [here, *here.parents[:_ABOVE]]


def _read(path: Path, name: str) -> Department:
    data, text = strict_toml.read(path)
    wrong = [
        CoursepackError(
            f"{key!r} applies to one course only, expected keys that apply to all courses",
            strict_toml.TomlSource(str(path), text).place((key,)),
            "write it into the course.toml",
        )
        for key in sorted(_OF_ONE_COURSE & data.keys())
    ]
    if wrong:
        raise strict_toml.together(wrong)
    return Department(path, name, data, text)


def merged(found: Sequence[Department], own: Mapping[str, Any]) -> dict[str, Any]:
    """A course's data with what its department adds, and what those above the department do. What is said of an
    edition that the course does not have is left out."""
    above: dict[str, Any] = {}
    for each in reversed(found):
        above = _joined(above, each.data, languages.known())
    return _joined(above, own, _editions(own))


def _joined(above: Mapping[str, Any], own: Mapping[str, Any], editions: Collection[Any]) -> dict[str, Any]:
    """Tables key by key, anything else as the nearer has it."""
    result = dict(above) | dict(own)
    for key in above.keys() & own.keys():
        if isinstance(above[key], dict) and isinstance(own[key], dict):
            result[key] = {**above[key], **own[key]}
    if about.TABLE in above and isinstance(own.get(about.TABLE, {}), dict):
        plain, spoken = about.parted(about.merged(above[about.TABLE], own.get(about.TABLE, {})))
        _, stated = about.parted(own.get(about.TABLE))
        result[about.TABLE] = plain | {key: value for key, value in spoken.items() if key in {*editions, *stated}}
    return result


def _editions(own: Mapping[str, Any]) -> list[Any]:
    """The languages of a course, as far as they are said in the right form."""
    further = own.get("languages")
    listed = further if isinstance(further, list | tuple) else ()
    return [each for each in (own.get("language"), *listed) if isinstance(each, str)]


def as_course(data: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The data of a department as those of a course without sources, to be judged by the same rules. That a course
    is in no known language is no mistake of its department."""
    spoken = language if language in languages.known() else languages.assumed()
    return {**_STANDS_IN, "language": spoken, "languages": languages.known(), **data}


def keys(data: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """The keys that are merged: those of tables, and what stands above the first."""
    return [path for name, value in data.items() for path in _below((name,), value)]


def _below(path: tuple[str, ...], value: Any) -> list[tuple[str, ...]]:
    if path == (about.TABLE,):
        plain, spoken = about.parted(value)
        by_language = [(*path, language, key) for language, stated in spoken.items() for key in stated]
        return [*((*path, key) for key in plain), *by_language]
    return [(*path, key) for key in value] if isinstance(value, dict) else [path]
