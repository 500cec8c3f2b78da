"""A part of the course in the making: its pieces by field, before anything is built."""

from __future__ import annotations

from dataclasses import dataclass, field

from coursepack.outline.pieces import Piece

SESSIONS = {"lecture": "lecture", "seminar": "seminar", "practical": "practical", "laboratory": "laboratory"}
AREAS = {"lectures": "lecture", "seminars": "seminar", "practicals": "practical", "laboratories": "laboratory"}
ABOUT = frozenset(
    {
        "description", "course-aim", "objectives", "grading", "policy", "prerequisites", "postrequisites", "plan",
        "basic", "additional", "internet", "literature", "outcomes",
    }
)  # fmt: skip


@dataclass
class PartDraft:
    """A part of the course in the making: pieces by field, ``marks`` what only opened it. ``settled``: every piece is
    in the field that it belongs to. ``whole`` are the first pieces of tasks that go on up to the next such piece,
    whatever is counted in them.

    ``kind``: a session's, ``assignment``, foreword … or ``about`` with ``name``.
    """

    kind: str
    number: int | None = None
    pair: tuple[int, int] | None = None
    """The number of its module and its own, where both count a class."""
    title: list[Piece] = field(default_factory=list)
    unit: list[Piece] = field(default_factory=list)
    week: int | None = None
    week_stated: bool = False
    hours: float | None = None
    points: float | None = None
    form: str | None = None
    due: str | None = None
    due_week: int | None = None
    label: str | None = None
    supervised: bool = False
    name: str = ""
    written: str = ""
    """The title in small letters, as another source has it, where this one has it in capitals."""
    carried: tuple[str, ...] = ()
    """What the row of another source's plan says beside the class."""
    unit_name: str = ""
    """The unit that another source says."""
    fields: dict[str, list[Piece]] = field(default_factory=dict)
    marks: list[tuple[Piece, str]] = field(default_factory=list)
    whole: list[Piece] = field(default_factory=list)
    opened: Piece | None = None
    language: str = ""
    parent: PartDraft | None = None
    done: bool = False
    settled: bool = False

    def add(self, name: str, piece: Piece) -> None:
        self.fields.setdefault(name, []).append(piece)

    def get(self, name: str) -> list[Piece]:
        return self.fields.get(name, [])

    def pieces(self) -> list[Piece]:
        return [*self.title, *(piece for pieces in self.fields.values() for piece in pieces)]
