"""What each row of a plan is: a class, a unit's heading, a control, a total, a head again, more of the row above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from coursepack.outline.found import OutlineSource
from coursepack.outline.markers import fold
from coursepack.outline.pieces import Piece
from coursepack.outline.plans.cells import PlanCell
from coursepack.outline.plans.columns import Columns
from coursepack.outline.plans.forms import (
    SESSIONS,
    amount,
    is_day,
    is_empty,
    is_total,
    label,
    session_mark,
    spans_weeks,
    valued,
    week_of,
)
from coursepack.outline.plans.meetings import LED, MEETING
from coursepack.outline.tree import dates
from coursepack.outline.tree import work as works
from coursepack.text import roman

Role = Literal["class", "unit", "control", "skipped", "head", "more"]
_LETTERS = re.compile(r"[^\W\d_]{1,3}\.?")
"""What stands for a kind of class in a column of a plan."""
_COUNT = re.compile(r"^\d{1,2}\s*[.)-]?\s+|\s*№?\s*\d{1,2}\.?$|\s+[ivx]{1,4}$")
_CONTROL_NAME = 2
"""Words of the name of a control."""
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
_WORD = re.compile(r"[^\W\d_]+")
_COLUMNS = 3
_LONGEST = 80
_LONGEST_UNIT = 200


def role(source: OutlineSource, columns: Columns, row: Sequence[PlanCell], *, follows: bool) -> Role:
    """The role of a row below the head; ``follows``: a class stands above it."""
    full = [cell for cell in row if cell.text]
    texts = [cell.text for cell in full]
    if not full or _is_head(columns, row, texts):
        return "head"
    classed = any(session_mark(source, text) for text in texts)
    dated = any(is_day(text) for text in texts)
    examined = any(is_examined(source, columns.of(at, cell), cell) for at, cell in enumerate(row))
    skipped = any(_is_skipped(source, text, dated=dated) for text in texts)
    # By which control a topic is examined says no more of its row: «Aromatic compounds | 4 | 2 | Colloquium».
    interim = not classed and any(
        source.marks.is_interim(cell.text) for at, cell in enumerate(row) if columns.kinds.get(at) != "form"
    )
    if (examined and not skipped) or (interim and not dated):
        return "control"
    if interim:
        return "class"
    if not classed and _says_control(source, columns, row):
        return "control"
    first = [_first_line(source, cell) for cell in full]
    skipped = any(_is_skipped(source, text, dated=dated) for text in first)
    if skipped or (not dated and _is_control(source, columns, row)) or _is_barred(columns, row, full):
        return "skipped"
    if _is_unit(source, columns, row, full):
        return "unit"
    if follows and not classed and _goes_on(columns, row):
        return "more"
    return "class"


def _first_line(source: OutlineSource, cell: PlanCell) -> str:
    """The first line of a cell; one that says on which days of the week no class is held is none where more follows:
    «10–12 Fall break» over «Older and younger people»."""
    lines = [piece.text for piece in cell.pieces] or [cell.text]
    return next((text for text in lines if not _counts_off(source, text)), lines[0])


def without_days_off(source: OutlineSource, cell: PlanCell) -> list[Piece]:
    """The lines of a cell without those that say on which days no class is held."""
    return [piece for piece in cell.pieces if not _counts_off(source, piece.text)] or cell.pieces


def _counts_off(source: OutlineSource, text: str) -> bool:
    return text[:1].isdigit() and is_off(source, text)


def control(source: OutlineSource, row: Sequence[PlanCell]) -> str:
    """The name of the control that a row is."""
    named = (cell.text for cell in row if cell.text and source.marks.is_interim(cell.text))
    exams = (cell.text for cell in row if cell.text and source.marks.is_exam(cell.text))
    named_cell = next(named, None) or next(exams, None)
    other = (c.text for c in row if c.text and (_names_control(source, c.text) or _is_interim(source, c.text)))
    return valued(named_cell or next(other))[0]


def bears_class(kind: str) -> bool:
    """Whether the cells of a column of that kind name classes."""
    return kind in {"topic", MEETING, LED, *SESSIONS}


def is_examined(source: OutlineSource, kind: str, cell: PlanCell) -> bool:
    """Whether a cell in a column of classes names nothing but an exam, or a control of the course: «Коллоквиум II
    (темы 1–4)»."""
    return bears_class(kind) and bool(cell.text) and (source.marks.is_exam(cell.text) or _is_interim(source, cell.text))


def _is_interim(source: OutlineSource, text: str) -> bool:
    """Whether a text is the name of a control of the course, with its number, and says no more of it outside of
    brackets."""
    bare = _COUNT.sub("", fold(_BRACKETS.sub("", text)).strip(" .:"))
    return works.is_paper(bare) or (source.marks.is_interim(bare) and len(bare.split()) <= _CONTROL_NAME)


def is_off(source: OutlineSource, text: str) -> bool:
    """Whether a text says that no class is held."""
    if len(text) >= _LONGEST:
        return False
    first, sign, rest = (_BRACKETS.sub("", text).strip() or text).partition(";")
    if sign and not _says_off(source, first) and any(map(dates.are_weekdays, _WORD.findall(rest))):
        return False  # «Motions of the sky; no class Monday»
    return _says_off(source, first + sign + rest)


def _says_off(source: OutlineSource, text: str) -> bool:
    folded = fold(text)
    return any(words in folded for words in source.marks.off)


def _is_head(columns: Columns, row: Sequence[PlanCell], texts: Sequence[str]) -> bool:
    """The head again after a page, or the numbers of the columns."""
    counts = [int(text) for text in texts if text.isdecimal()]
    if len(texts) >= _COLUMNS and counts == list(range(1, len(texts) + 1)):
        return True
    same = sum(cell.text in columns.heads.get(at, ()) for at, cell in enumerate(row) if cell.text)
    return same > 1 and same * 2 > len(texts)


def _is_skipped(source: OutlineSource, text: str, *, dated: bool) -> bool:
    """A total, a day without class; an exam without a day of its own."""
    if len(text) >= _LONGEST or session_mark(source, text):
        return False
    folded = fold(text)
    return is_off(source, text) or is_total(text) or (not dated and folded.startswith(source.marks.skipped))


def _is_control(source: OutlineSource, columns: Columns, row: Sequence[PlanCell]) -> bool:
    """Whether the first words of a row without a day are nothing but the form of the final control: «Зачет»."""
    at = next((at for at, cell in enumerate(row) if cell.text and not cell.text.strip(" .").isdecimal()), None)
    if at is None:
        return False
    number = columns.at("number")
    if columns.kinds.get(at) in {"form", "kind"} and (number is None or row[number].text):
        return False
    return fold(row[at].text).strip(" .:") in source.marks.controls


def _says_control(source: OutlineSource, columns: Columns, row: Sequence[PlanCell]) -> bool:
    """Whether a row names a control, and the cell for the kind of its class none: «Credit test | Control»."""
    topic = columns.at("topic")
    kinds = [
        cell.text
        for at, cell in enumerate(row)
        if cell.text
        and (columns.kinds.get(at) in {"kind", "form"} or (not columns.kinds.get(at) and _LETTERS.fullmatch(cell.text)))
    ]
    if topic is None or len(kinds) != 1 or label(source, kinds[0]) is not None:
        return False
    return _names_control(source, row[topic].text)


def _names_control(source: OutlineSource, text: str) -> bool:
    """Whether a text is the name of a control, with its number: «Зачёт», «Контрольная работа № 1»."""
    bare = fold(_BRACKETS.sub("", text)).strip(" .:")
    return _COUNT.sub("", bare) in source.marks.controls or works.is_paper(text.strip(" .:"))


def _is_barred(columns: Columns, row: Sequence[PlanCell], full: Sequence[PlanCell]) -> bool:
    """A day or week beside one text over all other columns: no class is held."""
    key = columns.at("date") if columns.at("date") is not None else columns.at("week")
    at = next((at for at, cell in enumerate(row) if cell is full[-1]), 0)
    wide = full[-1].across > 1 and at + full[-1].across == len(row) and columns.of(at, full[-1]) == "topic"
    return key is not None and wide and all(is_day(c.text) or week_of(c.text) is not None for c in full[:-1])


def _is_unit(source: OutlineSource, columns: Columns, row: Sequence[PlanCell], full: Sequence[PlanCell]) -> bool:
    """The heading of a unit: a text alone, over all columns or with nothing but hours beside it."""
    key = columns.at("week")
    over = key is not None and spans_weeks(row[key].text)  # «1-6» over the weeks of the rows below
    aside = {at for at, kind in columns.kinds.items() if kind in {"outcome", "form"} or (over and kind == "week")}
    beside = [row[at] for at in aside]
    texts = [cell for cell in full if amount(cell.text) is None and not any(cell is one for one in beside)]
    if _heads_unit(source, columns, row, texts):
        texts = texts[:1]
    if len(texts) != 1 or len(texts[0].text) > _LONGEST_UNIT or session_mark(source, texts[0].text):
        return False
    at = next(at for at, cell in enumerate(row) if cell is texts[0])
    if columns.kinds.get(at) in {"week", "date"} and texts[0].across == 1:
        return False
    named = any(m.kind == "unit" and m.group == "numbered" for m in source.marks.find(texts[0].text))
    named = named or _is_part(columns, row, texts[0])
    if (named and (over or key is None or not row[key].text)) or (
        len(full) == 1 and texts[0].across * 2 > len(row) > 1
    ):
        return True
    day = columns.at("date")
    return len(full) == 1 and day is not None and not row[day].covered and len(row) >= _COLUMNS


_ROMAN = re.compile(r"(?P<n>[^\W\d_]{1,4})\.\s+\S")


def _is_part(columns: Columns, row: Sequence[PlanCell], text: PlanCell) -> bool:
    """Whether a row that bears no number among numbered ones is led by a Roman one: «II. Poems | 7»."""
    number, found = columns.at("number"), _ROMAN.match(text.text)
    alone = number is not None and not row[number].text.strip() and row[number] is not text
    return alone and found is not None and roman.read(found["n"]) is not None


def _heads_unit(source: OutlineSource, columns: Columns, row: Sequence[PlanCell], texts: Sequence[PlanCell]) -> bool:
    """Whether a row names a unit in the column of topics, and beside it says a word in columns that say nothing of
    classes: «Module 1. Laws | 6 | 2 | test»."""
    topic = columns.at("topic")
    if topic is None or len(texts) < _PAIR or texts[0] is not row[topic]:
        return False
    unknown = [row[at] for at in range(len(row)) if not columns.kinds.get(at)]
    are_short = all(len(one.text) <= _STATED and any(one is each for each in unknown) for one in texts[1:])
    return are_short and any(m.kind == "unit" and m.group == "numbered" for m in source.marks.find(texts[0].text))


_PAIR = 2
_STATED = 25
"""Characters of what a row of a unit says beside its name."""


def _goes_on(columns: Columns, row: Sequence[PlanCell]) -> bool:
    """Whether a row names no class of its own: no key, and no topic or one in the middle of a sentence."""
    keyed = any(row[at].text for at, kind in columns.kinds.items() if kind in {"week", "date", "number", "kind"})
    topic = columns.at("topic")
    text = row[topic].text if topic is not None else ""
    if keyed or topic is None:
        return False
    return is_empty(text) or text[:1].islower()
