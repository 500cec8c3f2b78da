"""Tables that lay out a page: labels with their values, cells of a lesson plan, lists of questions, one below another.

The content of such a table is passed on as if it had been typed line by line; a table of data stays a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from coursepack.model.blocks import Table
from coursepack.model.document import Grid
from coursepack.outline.bank.key_tables import is_key_column, options_of
from coursepack.outline.blocks import list_label
from coursepack.outline.drafts import ABOUT
from coursepack.outline.found import OutlineSource
from coursepack.outline.pieces import Piece
from coursepack.outline.plans import PlanCell, PlanContext, PlanHead, head_below, matrix, read_plan
from coursepack.outline.tree import grading
from coursepack.outline.tree.course_information import course_information, names_course
from coursepack.outline.tree.defined import called_words
from coursepack.outline.tree.exam_tables import exam_rows, names_exam
from coursepack.outline.tree.front import Front
from coursepack.outline.tree.grids import parted_at_plan
from coursepack.outline.tree.lesson_table import is_lesson, is_staged, lesson
from coursepack.outline.tree.outcomes import outcomes
from coursepack.outline.tree.session_table import classes
from coursepack.outline.tree.signals import LABEL_STYLE, weights
from coursepack.outline.tree.staff import staff
from coursepack.outline.tree.week_table import beside, weeks
from coursepack.outline.tree.words import words
from coursepack.outline.unfold import lists_by_heads, may_list, offers, unfolded

_NUMBER = re.compile(r"\d{1,3}\s*[.)]?")
_SHARE = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*%")
_SUM = re.compile(r"\d{1,4}(?:[.,]\d+)?")
_KINDS = 3
_LONGEST_LABEL = 90
_ASKING = ("?", ":", "…", "...", "_")


def opened(source: OutlineSource, front: Front, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, with layout tables replaced by their content; data about the course in tables goes to ``front``."""
    tables = _Tables(source, front)
    tables.words_follow = called_words(pieces)
    result: list[Piece] = []
    for piece in pieces:
        tables.above = result[-1] if result else None
        tables.examines = names_exam(piece) or (tables.examines and not _heads_other(piece))
        result.extend(tables.take(piece))
    return result


Rows = list[list[PlanCell]]


class _Tables:
    """Reads the tables of a document in order; ``head`` is the head of a plan that may continue in the next table."""

    def __init__(self, source: OutlineSource, front: Front) -> None:
        self.source = source
        self.front = front
        self.head: PlanHead | None = None
        self.above: Piece | None = None
        self.weeks = False
        self.examines = False
        """Whether a line above names a list of exam questions."""
        self.words_follow = False

    def take(self, piece: Piece) -> list[Piece]:
        """The replacement of a piece: itself, or the content of its cells, or nothing when ``front`` took all of it."""
        rows = matrix(self.source, piece) if isinstance(piece.object, Grid | Table) else []
        if isinstance(piece.object, Grid) and (week_pieces := weeks(self.source, rows)):
            self.weeks = True
            self.front.weeks += 1
            return _placed_pieces(piece, week_pieces)
        if len(grids := parted_at_plan(self.source, piece, rows)) > 1:
            return [one for grid in grids for one in self.take(grid)]
        rows = [row for row in rows if any(cell.text for cell in row)]
        if not rows:
            return self._options(piece) or [beside(piece) if self.weeks else piece]
        for read in (
            self._terms,
            self._classes,
            self._lesson,
            self._asked,
            self._list,
            self._staff,
            self._outcomes,
            self._hours,
            self._plan,
            self._labels,
            self._course_information,
        ):
            if (found := read(piece, rows)) is not None:
                return _placed_pieces(piece, found)
        if (framed := self._layout(piece, rows)) is not None:  # a heading in a frame continues below it
            return framed
        self.head = head_below(self.source, matrix(self.source, piece))
        return [piece]

    # --- one method for each kind of table: its replacement, None when it is no such table

    def _terms(self, piece: Piece, rows: Rows) -> list[Piece] | None:
        """Terms and their meanings stay a table, whatever the terms are: one may have the name of a part («Aim»)."""
        if self.words_follow and pairs_words(self.source, piece):
            return [piece]
        return (self._list(piece, rows) or [piece]) if _heads_meanings(self.source, rows) else None

    def _classes(self, piece: Piece, rows: Rows) -> list[Piece] | None:
        return (classes(self.source, rows) or None) if isinstance(piece.object, Grid) else None

    def _lesson(self, piece: Piece, rows: Rows) -> list[Piece] | None:
        if not isinstance(piece.object, Grid) or offers(self.source, piece.object):
            return None
        if not (is_lesson(self.source, rows) or is_staged(rows)):
            return None
        self.front.lessons += 1
        self.front.lesson_letters += sum(len(cell.text) for row in rows for cell in row)
        return list(lesson(self.front, rows))

    def _list(self, piece: Piece, rows: Rows) -> list[Piece] | None:
        listing = may_list(self.source, piece, [cell.text for cell in rows[0]])
        return (unfolded(self.source, piece) if listing else []) or self._options(piece) or None

    def _asked(self, piece: Piece, rows: Rows) -> list[Piece] | None:
        """The questions of an exam under the heading of the list, where no column head says that the rows are
        questions."""
        if not self.examines or not isinstance(piece.object, Grid):
            return None
        heads = [cell.text for cell in rows[0]]
        return (exam_rows(self.source, rows) or None) if not lists_by_heads(self.source, heads) else None

    def _options(self, piece: Piece) -> list[Piece]:
        """The options in a table below a question."""
        stem = self.above
        asks = (
            stem is not None and stem.object is None and (list_label(stem) is not None or stem.text.endswith(_ASKING))
        )
        return options_of(self.source, piece) if asks else []

    def _staff(self, piece: Piece, rows: Rows) -> list[Piece] | None:
        return [] if isinstance(piece.object, Grid) and staff(self.front, rows) else None

    def _outcomes(self, piece: Piece, rows: Rows) -> list[Piece] | None:
        return (outcomes(self.source, rows) or None) if isinstance(piece.object, Grid) else None

    def _plan(self, piece: Piece, rows: Rows) -> list[Piece] | None:
        planned = read_plan(self.source, [list(row) for row in rows], PlanContext(), self.head)
        if planned is None:
            return None
        self.front.plan_heads[piece.first] = self.head
        self.head = planned.head or self.head
        return [piece]

    def _hours(self, piece: Piece, rows: Rows) -> list[Piece] | None:
        hours = 0 if _has_column(self.front, rows) else _hours_of_kinds(self.front, rows)
        if hours and hours == len(rows) - _heads(rows):
            self.source.stream.texts.claim(piece, "mark", part="about", reason="hours")
            return []
        if hours:
            self.front.no_plans.add(piece.first)
        return [piece] if hours else None

    def _labels(self, piece: Piece, rows: Rows) -> list[Piece] | None:
        if _has_head(piece) or not _is_labelled(self.front, rows):
            return None
        if isinstance(piece.object, Table):  # its cells have no character ranges
            self.source.stream.texts.claim(piece, "mark", part="about", reason="data of the course")
        return list(_labelled(self.front, rows))

    def _course_information(self, piece: Piece, rows: Rows) -> list[Piece] | None:
        """The course information; the plan may begin below it in the same table."""
        if not isinstance(piece.object, Grid) or _has_head(piece) or not names_course(self.front, rows):
            return None
        full = matrix(self.source, piece)
        if (below := head_below(self.source, full)) is not None:
            self.head = below
            last = [one for cell in full.pop() for one in cell.pieces]
            self.source.stream.texts.claim(last, "mark", reason="table head")
        return list(course_information(self.front, piece.object, full))

    def _layout(self, piece: Piece, rows: Rows) -> list[Piece] | None:
        frames = isinstance(piece.object, Grid) and _is_layout(rows) and not is_key_column(self.source, piece)
        return [one for row in rows for cell in row for one in cell.pieces] if frames else None


def _heads_other(piece: Piece) -> bool:
    """Whether a heading by style, or a line that names a part of a paper, ends the list of an exam that was named."""
    named = max(words().labels(piece.text).values(), default=0) if 0 < len(piece.text) < _LONGEST_LABEL else 0
    return piece.heading is not None or named >= _NAMES_PART


_NAMES_PART = 8


def _placed_pieces(table: Piece, found: list[Piece]) -> list[Piece]:
    """The replacement of a table, each piece with the position of that table; a table that stays one is not
    included."""
    for one in found:
        one.laid = 0 if one is table else table.first
    return found


def _has_head(piece: Piece) -> bool:
    """Whether the author set the first row of a table with several columns as its head."""
    grid = piece.object
    return isinstance(grid, Grid) and grid.header_rows > 0 and len(grid.rows[0]) > 2


def gives_shares(source: OutlineSource, piece: Piece) -> bool:
    """Whether a table gives the weights of the final grade of a course; «Section A | 40 %» gives those of an exam
    paper."""
    rows = (
        [[cell.text for cell in row] for row in matrix(source, piece)] if isinstance(piece.object, Grid | Table) else []
    )
    shares = grading.of_rows(rows) if grading.says_shares(rows) else ()
    return bool(shares) and not all(words().kind(one.name.split(maxsplit=1)[0].lower()) == "unit" for one in shares)


def holds_terms(source: OutlineSource, piece: Piece) -> bool:
    """Whether the first row of a table names a column of terms, first but for their numbers, or next to their meanings;
    not where the rows below ask."""
    rows = matrix(source, piece) if isinstance(piece.object, Grid | Table) else []
    named = [source.marks.holds(cell.text) for cell in rows[0] if cell.text] if len(rows) > 1 else []
    led = [one for one in named if one != "number"][:1] == ["term"]
    asking = sum(any(cell.text.endswith("?") for cell in row) for row in rows[1:])
    return (
        "term" in named
        and (led or sum(one in {"term", "definition"} for one in named) > 1)
        and asking * 2 < len(rows) - 1
    )


def pairs_words(source: OutlineSource, piece: Piece) -> bool:
    """Whether each row of a table without a head holds a term of a few words and a longer meaning."""
    rows = matrix(source, piece) if isinstance(piece.object, Grid | Table) else []
    filled = [[cell.text for cell in row if cell.text and not cell.text.strip(" .").isdigit()] for row in rows]
    if len(rows) < _FEWEST_TERMS or any(len(row) != _PAIR for row in filled):
        return False
    terms = {row[0].casefold() for row in filled if len(row[0].split()) <= _TERM_WORDS and not _DIGITS.search(row[0])}
    meaning_words = sum(len(row[1].split()) for row in filled)
    return (
        len(terms) == len(rows)
        and meaning_words >= _MEANING_WORDS * len(rows)
        and not any("?" in row[1] for row in filled)
    )


_FEWEST_TERMS = 4
_TERM_WORDS = 4
_MEANING_WORDS = 4
"""Words of a meaning, on average."""
_DIGITS = re.compile(r"\d")


def _heads_meanings(source: OutlineSource, rows: Rows) -> bool:
    """Whether the first row names a column of terms and one of their meanings, and nothing else but their numbers."""
    named = {source.marks.holds(cell.text) for cell in rows[0] if cell.text}
    return {"term", "definition"} <= named <= {"term", "definition", "number"}


def _is_layout(rows: Sequence[Sequence[PlanCell]]) -> bool:
    """One column, or one row of a few cells: a frame around text."""
    return all(sum(bool(cell.text) for cell in row) <= 1 for row in rows) or (len(rows) == 1 and len(rows[0]) < 4)


# --- hours


def _hours_of_kinds(front: Front, rows: Sequence[Sequence[PlanCell]]) -> int:
    """Reads «Lectures | 18», one row for each kind of class or work; returns how many rows give hours, 0 where fewer
    than three kinds do or most rows hold something else."""
    column = _amount_column(rows)
    pairs = [(row[0].text.strip(" :"), row[column].text) for row in rows if row[0].text and row[column].text]
    with_hours = [(name, text) for name, text in pairs if front.says_hours(name, text)]
    kinds = {words().hours(name) for name, _ in with_hours}
    few = 2 if len(rows[0]) <= _KINDS else 3  # a wide table has rows for parts of each kind
    if len(kinds) < _KINDS or len(with_hours) * few <= len(pairs):
        return 0
    for name, text in sorted(with_hours, key=lambda pair: words().hours(pair[0]) == "total"):
        front.hours(name, text)
    return len(with_hours)


def _amount_column(rows: Sequence[Sequence[PlanCell]]) -> int:
    """The first column most of whose cells are amounts; the last of a table of three columns at most."""
    width = min(map(len, rows))
    if width <= _KINDS:
        return width - 1
    for at in range(1, width):
        texts = [row[at].text for row in rows if row[at].text]
        if sum(bool(_SUM.fullmatch(text)) for text in texts) * 2 > len(texts):
            return at
    return width - 1


def _heads(rows: Sequence[Sequence[PlanCell]]) -> int:
    """How many of the first rows hold no number."""
    return next((at for at, row in enumerate(rows) if any(c.isdigit() for cell in row for c in cell.text)), len(rows))


# --- labels and values


_PAIR = 2
"""Cells of a label and its value."""


def _is_labelled(front: Front, rows: Sequence[Sequence[PlanCell]]) -> bool:
    """Whether most rows begin with a label of the value next to it."""
    pairs = [pair for row in rows for pair in _pairs(row)]
    single = [row for row in rows if sum(bool(cell.text) for cell in row) == 1]
    if len(pairs) == len(rows) == 1 and len(rows[0]) == _PAIR:  # the whole head of a course: «Credits | 5»
        return front.says(pairs[0][0].text, " ".join(cell.text for cell in pairs[0][1]))
    if len(pairs) < 2 or len(pairs) + len(single) < len(rows):
        return False
    if _has_column(front, rows):
        return False
    values = [" ".join(cell.text for cell in cells) for _, cells in pairs]
    if sum(bool(_SHARE.fullmatch(text)) for text in values) * 2 >= len(values):
        return False
    counted = sum(bool(_SUM.fullmatch(text)) for text in values) * 2 >= len(values)
    known = sum((front.kind_of(label.text) is not None) if counted else _names(front, label.text) for label, _ in pairs)
    if known * 2 >= len(pairs) and known >= 2:
        return True
    sentences = sum(len(text) > 45 and text.rstrip().endswith((".", "!", "?")) for text in values)
    return len(pairs) > 1 and sentences == len(pairs) and all(len(label.text) < 45 for label, _ in pairs) and known >= 1


def _has_column(front: Front, rows: Sequence[Sequence[PlanCell]]) -> bool:
    """Whether a column holds nothing but shares or points below its head: a table, though its heads name fields."""
    for at in range(1, min(map(len, rows), default=0)):
        below, head = [row[at].text for row in rows[1:] if row[at].text], rows[0][at].text
        if len(below) > 1 and head and all(map(_SHARE.fullmatch, below)):
            return not _SHARE.fullmatch(head)
        if len(below) > 1 and front.source.marks.column(head) == "points" and all(map(_SUM.fullmatch, below)):
            return True
    return False


def _names(front: Front, text: str) -> bool:
    text = text.strip(" :")
    if not text or len(text) > _LONGEST_LABEL or _NUMBER.fullmatch(text):
        return False
    return front.kind_of(text) is not None or max(words().labels(text).values(), default=0) >= 5


def _pairs(row: Sequence[PlanCell]) -> list[tuple[PlanCell, list[PlanCell]]]:
    """Label and values of a row; a row of four may hold two pairs."""
    full = [cell for cell in row if cell.text]
    if len(full) < 2 or len(full[0].text) > _LONGEST_LABEL:
        return []
    if len(full) == 4 and len(full[2].text) <= _LONGEST_LABEL:
        return [(full[0], [full[1]]), (full[2], [full[3]])]
    return [(full[0], full[1:])] if len(full) == 2 else []


def _label(pieces: Sequence[Piece]) -> Piece:
    """The lines of a label's cell as one heading."""
    first, *more = pieces
    if not more:
        return replace(first, style=LABEL_STYLE, heading=None)
    text = " ".join(one.text for one in pieces)
    parts = [part for one in pieces for part in one.parts]
    return replace(first, text=text, parts=parts, content=None, style=LABEL_STYLE, heading=None)


def _labelled(front: Front, rows: Sequence[Sequence[PlanCell]]) -> list[Piece]:
    result: list[Piece] = []
    items: list[Piece] = []
    for row in rows:
        pairs = _pairs(row)
        if not pairs:
            below = [one for cell in row for one in cell.pieces]
            unmarked = [one for one in (*items, *below) if one.label != _BULLET]
            if items and not row[0].text and all(map(_is_item, unmarked)):
                for one in unmarked:
                    one.label = _BULLET
                items = [*items, *below]
            result.extend(below)
            continue
        for label, values in pairs:
            kind = front.kind_of(label.text.strip(" :"))
            pieces = [one for cell in values for one in cell.pieces]
            if kind not in ABOUT and front.pair(label.text.strip(" :"), label.pieces, pieces):
                continue
            items = pieces
            result.extend([_label(label.pieces), *pieces])
    return result


_BULLET = "•"


def _is_item(piece: Piece) -> bool:
    """Whether a value of a label is an item of a list, where the values are in separate rows below one another."""
    return piece.object is None and list_label(piece) is None and 0 < len(piece.text) < weights()["limits"]["long"]
