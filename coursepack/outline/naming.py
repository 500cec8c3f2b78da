"""What the name of a file, and those of its folders, say of it: its kind, and the number of its lecture or class.

The words are those of the lexicons (``file-…``). A number counts beside such a word only, or at the very beginning of a
name: «chem101» and «2024-plan» have none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from coursepack import languages
from coursepack.outline.drafts import SESSIONS
from coursepack.outline.markers import fold, standard
from coursepack.project.course_toml import Role

_KINDS: tuple[tuple[str, Role], ...] = (
    ("syllabus", "syllabus"),
    ("glossary", "glossary"),
    ("tickets", "tickets"),
    ("fund", "assessment-fund"),
    ("tests", "tests"),
    ("questions", "questions"),
    ("assignments", "assignments"),
    ("laboratory", "laboratory-plan"),
    ("practical", "practical-plan"),
    ("seminar", "seminar-plan"),
    ("lecture", "lecture"),
    ("reading", "reading"),
)
_CLASSES = frozenset({"laboratory-plan", "practical-plan", "seminar-plan", "lecture"})
_START = r"(?<![^\W\d_])"
_GAP = r"[\s_.№#()-]*"
# Not the first of a range («1-5»), of a date («12.05») or of parts («3.1»).
_ALONE = r"(?!\d|[.,]\d|\s*[-–—]\s*\d)"


def _numbered(word: str) -> tuple[re.Pattern[str], ...]:
    """«3-дәріс», «лекция 3» and «lecture_03», «03. Лекция», in the folded name; the surest first: a number before a
    word may count the files."""
    word = rf"{_START}{word}"
    joined = rf"(?<![\w.,-])(\d{{1,3}})(?:@ordinal@\s+|[-–]\s*(?:@ordinal@\s+)?){word}"
    behind = rf"{word}[^\W\d_]*{_GAP}(\d{{1,3}}){_ALONE}"
    before = rf"^\W*(\d{{1,3}})(?!\d){_GAP}{word}"
    return tuple(map(languages.expression, (joined, behind, before)))


_WORDS: tuple[tuple[re.Pattern[str], Role], ...] = tuple(
    (languages.expression(f"{_START}@file-{name}@"), role) for name, role in _KINDS
)
_NUMBERS = tuple(_numbered(f"@file-{name}@") for name, _ in _KINDS)
_WEEK = _numbered("@file-week@")
_UNIT = _numbered("@file-unit@")
_RANGE = re.compile(r"\d\s*[-–—.,]\s*\d")
_FIRST = re.compile(r"\W*(\d{1,2})(?:[\s_.)-]+(?!\d)|$)")
_COUNT = re.compile(r"\D*\d{1,3}(?!\d)")
_HASHED = re.compile(r"\d{3}_[0-9a-f]{8,}$")


@dataclass(frozen=True)
class PathFacts:
    """What a path says. ``by`` is the part of it that names the ``role``; ``number`` that of its kind; ``unit`` that of
    a topic or module; ``first`` one at the beginning of the file's name, which may be nothing but an order."""

    role: Role | None = None
    by: str = ""
    number: int | None = None
    week: int | None = None
    unit: int | None = None
    first: int | None = None

    @property
    def counts_class(self) -> bool:
        """Whether the file's own name counts a class: «Lab 3», «Лекция 1»."""
        return self.number is not None and self.role in _CLASSES

    @property
    def own(self) -> int | None:
        """The number that the file's own name gives to its lecture or class."""
        return self.number or self.first


def read(path: str) -> PathFacts:
    """What a path (POSIX, in the course's folder) says; the nearest word has the first claim."""
    *folders, file = path.split("/")
    parts = [file.rpartition(".")[0] or file, *reversed(folders)]
    plain = [unicodedata.normalize("NFC", part) for part in parts]
    folded = list(map(fold, plain))
    role, by = next(
        ((role, part) for part, text in zip(parts, folded, strict=True) if (role := _role(text))), (None, "")
    )
    return PathFacts(
        role=role,
        by=by,
        number=next((found for patterns in _NUMBERS if (found := _number(patterns, folded[0]))), None)
        or _marked(plain[0]),
        week=next((found for text in folded if (found := _number(_WEEK, text))), None),
        unit=next((found for text in folded if (found := _number(_UNIT, text))), None),
        first=_first(folded[0]),
    )


def _role(text: str) -> Role | None:
    return next((role for pattern, role in _WORDS if pattern.search(text)), None)


def _number(patterns: Iterable[re.Pattern[str]], text: str) -> int | None:
    """The first number that is found; 0 is none."""
    found = next((found for pattern in patterns if (found := pattern.search(text))), None)
    return int(found[1]) or None if found else None


def _marked(text: str) -> int | None:
    """«Практическая работа 4»: the number beside words that open a class in a document."""
    plain = text.replace("_", " ")
    number = _COUNT.match(plain)
    if number is None or _RANGE.search(text):
        return None
    marks = [*standard().find(plain), *standard().find(number[0])]
    return next((mark.number for mark in marks if mark.group == "numbered" and mark.kind in SESSIONS), None)


def _first(text: str) -> int | None:
    found = None if _HASHED.match(text) else _FIRST.match(text)
    return int(found[1]) or None if found else None
