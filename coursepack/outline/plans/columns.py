"""What the columns of a plan hold, by all that speaks for it: the words of their heads, the forms of their cells, their
neighbours, and what a plan needs."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from coursepack.model.blocks import Run
from coursepack.outline.found import OutlineSource
from coursepack.outline.markers import fold
from coursepack.outline.plans import meetings
from coursepack.outline.plans.cells import PlanCell
from coursepack.outline.plans.forms import (
    NUMBER,
    SESSIONS,
    WEEK,
    WORK,
    amount,
    counts_class,
    forms,
    is_dated_week,
    is_day,
    is_empty,
    session_mark,
)
from coursepack.outline.tree.words import phrases, words

_HEADS = 4
"""Among how many rows at the top a head ends."""
_SPANNED_HEAD = 3
_BRACKETS = re.compile(r"\([^()]{0,80}\)")
_ONE = frozenset({"week", "number", "date", "weekday", "kind"})
"""Kinds of which a plan has one column."""
_KEYS = frozenset({"week", "date", "number", "kind"})
_LEAST_MARKED = 3
"""Cells that name a class themselves from which their column is that of the topics."""
_SHORT = 12
_TOKENS = re.compile(r"[^\W_]+")
_FEW = 0.5
_LONGEST = 60
_LONGER = 1.3
"""How much more a column says than that of the topics when it goes into them."""


@dataclass
class Columns:
    """The kinds of a plan's columns by their place; ``heads``: the texts of its head by column, ``start`` the first row
    below it. ``named``: the columns whose heads name their kinds, ``mixed`` those that hold readings and work;
    ``counted``: the first cells count the classes."""

    kinds: dict[int, str] = field(default_factory=dict)
    heads: dict[int, list[str]] = field(default_factory=dict)
    start: int = 0
    named: set[int] = field(default_factory=set)
    mixed: set[int] = field(default_factory=set)
    counted: bool = False

    def at(self, kind: str) -> int | None:
        """The first column of a kind."""
        return next((column for column, name in self.kinds.items() if name == kind), None)

    def of(self, column: int, cell: PlanCell) -> str:
        """The kind of a cell: of its column, or of the first that it spans and that has one."""
        spanned = (self.kinds.get(at, "") for at in range(column, column + cell.across))
        return next(filter(None, spanned), "")

    def has(self, *kinds: str) -> bool:
        """Whether a column is of one of the kinds."""
        return any(name in kinds for name in self.kinds.values())


@cache
def _weights() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files("coursepack.outline.plans").joinpath("columns.toml").read_text("utf-8"))


def columns(source: OutlineSource, rows: Sequence[Sequence[PlanCell]]) -> Columns:
    """The columns of a table, by its head and its cells."""
    start = _head_end(source, rows)
    result = Columns(heads=_head_texts(rows[:start]), start=start)
    below = rows[start:]
    scores = {at: _scores(source, result, below, at) for at in range(len(rows[0]) if rows else 0)}
    for at, found in scores.items():
        best = max(found, key=lambda kind: found[kind], default=None)
        if best is not None and found[best] >= _weights()["head"]["least"]:
            result.kinds[at] = best
    if not result.has("time") and not any(result.kinds.get(at) in {"topic", *SESSIONS} for at in result.named):
        result.kinds.update(dict.fromkeys(meetings.columns(result.heads, below), meetings.MEETING))
    if not below or not (result.kinds or counts_class(source, below[0][0].text)):
        return result
    _keep_one(result, scores)
    _files(result, below)
    _counted(source, result, below)
    _led(source, result, below)
    _either(source, result, below)
    _marked(source, result, below)
    _modules(result, below)
    _topics(result, below)
    _terms(result)
    return result


# --- heads


def _head_end(source: OutlineSource, rows: Sequence[Sequence[PlanCell]]) -> int:
    """The first row below the head."""
    first = rows[0] if rows else []
    start = min(max((cell.down for cell in first if cell.text), default=1), _SPANNED_HEAD)
    begins = next((cell.text for cell in first if cell.text), "")
    start = start if start > 1 and len(rows) > start and not NUMBER.fullmatch(begins) else 0
    last = min(len(rows), _HEADS)
    while start < last and not _is_below_head(source, rows, start):
        start += 1
    return 1 if start == last < len(rows) else start


def _is_below_head(source: OutlineSource, rows: Sequence[Sequence[PlanCell]], at: int) -> bool:
    full = [cell for cell in rows[at] if cell.text]
    first = full[0].text if full else ""
    if full and (NUMBER.fullmatch(first) or WEEK.match(first) or is_dated_week(full[0])):
        return True
    if any(session_mark(source, cell.text) for cell in full) or counts_class(source, first):
        return True
    if len(full) > 1 and is_day(first) and not any(source.marks.columns(cell.text) for cell in full[1:]):
        return True
    if at and (len(full) == 1 or any(is_day(cell.text) for cell in full)):
        return True
    if at and not any(cell.across > 1 for cell in rows[at - 1]):
        named = sum(bool(source.marks.columns(cell.text)) and len(cell.text) < _LONGEST for cell in full)
        return named * 2 < len(full)
    amounts = sum(amount(cell.text) is not None for cell in full)
    return len(full) > 2 and amounts * 2 > len(full)  # a row of two cells may be a head


def _head_texts(rows: Sequence[Sequence[PlanCell]]) -> dict[int, list[str]]:
    """The texts of a head over each column, from the top: a cell stands over all that it spans."""
    found: dict[int, list[str]] = {}
    for row in rows:
        for at, cell in enumerate(row):
            for column in range(at, at + cell.across if cell.text else at):
                found.setdefault(column, []).append(cell.text)
    return found


# --- evidence


def _scores(source: OutlineSource, result: Columns, rows: Sequence[Sequence[PlanCell]], at: int) -> dict[str, float]:
    """How much speaks for each kind that a column may be of."""
    weights = _weights()
    named = _named(source, result.heads.get(at, []))
    if "literature" in named and {"homework", "task", "due"} & {*named}:
        result.mixed.add(at)
    cells = [row[at] for row in rows if not is_empty(row[at].text)]
    shares = _shares(source, cells)
    if "date" in named:  # «02.09» is a time of day as well
        shares["day"] += shares.pop("time", 0)
    found: dict[str, float] = {}
    for kind in [*named, *(kind for kind in weights if kind not in {"head", *named})]:
        head = weights["head"]["head" if named[:1] == [kind] else "other"] if kind in named else 0
        found[kind] = head + sum(weights.get(kind.split(" ")[0], {}).get(name, 0) * shares[name] for name in shares)
    if named and max(found, key=lambda kind: found[kind]) in named:
        result.named.add(at)
    return found


def _named(source: OutlineSource, levels: Sequence[str]) -> list[str]:
    """The kinds that a head of one or more rows names, the likeliest first: those of a class before all, then of the
    lowest row."""
    named = [_names(source, text) for text in reversed(levels) if len(text) <= _weights()["head"]["longest"]]
    named.sort(key=lambda kinds: not kinds or kinds[0].split(" ")[0] not in {*SESSIONS, *WORK})
    return [*dict.fromkeys(kind for kinds in named for kind in kinds)]


def _names(source: OutlineSource, text: str) -> list[str]:
    text = _BRACKETS.sub("", text).strip() or text
    short = source.marks.shortened(text.strip(" ."))
    if short:
        return [short]
    if source.marks.holds(text) == "number":
        return ["number"]
    named = source.marks.columns(text)
    if "outcome" in named and not source.marks.names_topic(text):
        named = [kind for kind in named if kind not in {"topic", "discuss"}]  # «Content of the competence»
    if "issued" in named:
        return ["issued"]
    if "due" in named:  # «Due, week», «Date of submission»
        named = [kind for kind in named if kind not in {"week", "date"}]
    work = words().hours(text)
    if work in WORK and "homework" not in named:
        named = [*dict.fromkeys([work, *named])] if work not in {kind.split(" ")[0] for kind in named} else named
    classes = {kind for kind in named if kind in {*SESSIONS, *WORK}}
    return [kind for kind in named if kind not in classes] if len(classes) > 1 else named


def _shares(source: OutlineSource, cells: Sequence[PlanCell]) -> Counter[str]:
    """Form → the share of the cells that have it."""
    found: Counter[str] = Counter()
    for cell in cells:
        found.update({form: 1 / len(cells) for form in forms(source, cell)})
    counts = [int(cell.text.rstrip(" .)")) for cell in cells if cell.text.rstrip(" .)").isdecimal()]
    if len(counts) == len(cells) > 1 and all(b - a == 1 for a, b in pairwise(counts)):
        found["rising"] = 1
    return found


# --- together


def _keep_one(result: Columns, scores: Mapping[int, Mapping[str, float]]) -> None:
    """Of several columns for one key the one for which most speaks."""
    for kind in _ONE:
        held = [at for at, name in result.kinds.items() if name == kind]
        best = max(held, key=lambda at: scores[at][kind], default=None)
        for at in held:
            if at != best:
                result.kinds[at] = "beside"


def _led(source: OutlineSource, result: Columns, rows: Sequence[Sequence[PlanCell]]) -> None:
    """A column beside that of the lectures most of whose cells say of which kind their class is, of several kinds:
    «Seminar / laboratory» over «Seminar: Isomers», «Laboratory work No. 1: Methane»."""
    for at in range(len(rows[0])):
        beside = any(one != at and kind in {"topic", "lecture"} for one, kind in result.kinds.items())
        texts = [row[at].text for row in rows if not is_empty(row[at].text)]
        kinds = [kind for kind in (kind_stated(source, text) for text in texts) if kind]
        if beside and len(kinds) * 2 > len(texts) and len({*kinds}) > 1 and "lecture" not in kinds:
            result.kinds[at] = meetings.LED


def _either(source: OutlineSource, result: Columns, rows: Sequence[Sequence[PlanCell]]) -> None:
    """A column of texts beside that of the lectures whose head names two kinds of class, «Seminar / lab»: its classes
    are of the first."""
    for at, levels in result.heads.items():
        head = _BRACKETS.sub("", levels[-1]) if levels else ""
        kinds = [source.marks.column(part) for part in _EITHER.split(head)]
        texts = [row[at].text for row in rows if not is_empty(row[at].text)]
        worded = sum(amount(text) is None and not is_day(text) for text in texts)
        beside = any(one != at and kind in {"topic", "lecture"} for one, kind in result.kinds.items())
        classes = len(kinds) > 1 and all(kind in SESSIONS and kind != "lecture" for kind in kinds)
        if classes and at not in result.kinds and beside and texts and worded == len(texts):
            result.kinds[at] = kinds[0] or ""
            result.named.add(at)


_EITHER = re.compile(r"\s*[/&,|]\s*|\s+(?:\w{1,3})\s+")
"""What stands between two kinds of class in a head: a sign, or a small word."""


def kind_stated(source: OutlineSource, text: str) -> str | None:
    """The kind of class that the beginning of a text names, with its number or without."""
    mark = session_mark(source, text)
    if mark is not None:
        return mark.kind if mark.kind in SESSIONS else None
    led = meetings.kind_before(text, stopped=True)
    return led[0] if led is not None else None


def _marked(source: OutlineSource, result: Columns, rows: Sequence[Sequence[PlanCell]]) -> None:
    """A column most of whose cells name a class themselves, «Лекция № 1. …», holds the topics, whatever its head says;
    that of topics before it holds the units of these classes."""
    for at in range(len(rows[0])):
        if result.kinds.get(at) == meetings.LED:
            continue
        texts = [row[at].text for row in rows if row[at].text]
        marked = sum(
            m is not None and m.kind in SESSIONS and bool(m.rest) for m in (session_mark(source, t) for t in texts)
        )
        if marked < _LEAST_MARKED or marked * 2 <= len(texts):
            continue
        result.kinds.update({one: "unit" for one, kind in result.kinds.items() if kind == "topic" and one != at})
        result.kinds[at] = "topic"
        result.named.add(at)
        return


def _counted(source: OutlineSource, result: Columns, rows: Sequence[Sequence[PlanCell]]) -> None:
    """A first column whose cells all count classes, «Занятие 3», and the first text beside it, whatever the head says:
    the titles of these classes."""
    if not all(row[0].text and counts_class(source, row[0].text) for row in rows):
        return
    result.kinds[0] = "kind"
    result.counted = True
    texts = [at for at in range(1, len(rows[0])) if all(row[at].text and amount(row[at].text) is None for row in rows)]
    if texts and not result.has("topic"):
        result.kinds[texts[0]] = "topic"


def _files(result: Columns, rows: Sequence[Sequence[PlanCell]]) -> None:
    """Columns whose cells name files and nothing else, «pdf», «slides, video»: what to look at where they lead
    somewhere, else nothing of the plan."""
    for at in range(len(rows[0])):
        cells = [row[at] for row in rows if not is_empty(row[at].text)]
        if cells and result.kinds.get(at) not in _KEYS and all(_names_files(cell.text) for cell in cells):
            result.kinds[at] = "literature" if any(map(_leads_somewhere, cells)) else "beside"


def _names_files(text: str) -> bool:
    tokens = _TOKENS.findall(fold(text)) if len(text) < _LONGEST else []
    return bool(tokens) and all(token in _files_named() for token in tokens)


@cache
def _files_named() -> frozenset[str]:
    return frozenset(map(fold, phrases("files", "words")))


def _leads_somewhere(cell: PlanCell) -> bool:
    return any(isinstance(run, Run) and run.href for piece in cell.pieces for run in piece.content or ())


def _terms(result: Columns) -> None:
    """A first column of terms, «Сроки», beside topics and nothing that counts: the days of the classes."""
    if result.kinds.get(0) == "due" and result.has("topic") and not result.has("date", "week", "number"):
        result.kinds[0] = "date"


def _nameless(result: Columns, rows: Sequence[Sequence[PlanCell]]) -> int | None:
    """The only column of texts that has no name in a head that names others."""
    found = [
        at
        for at in range(len(rows[0]))
        if at not in result.named
        and not any(result.heads.get(at, ()))
        and any(row[at].text for row in rows)
        and all(amount(row[at].text) is None for row in rows if row[at].text)
    ]
    return found[0] if result.start and result.named and len(found) == 1 else None


def _modules(result: Columns, rows: Sequence[Sequence[PlanCell]]) -> None:
    """A column of modules each of which has a row of its own, with several topics beside it: these are the points of a
    class that the module names."""
    unit, topic = result.at("unit"), result.at("topic")
    if unit is None or topic is None or topic < unit or result.has(*_KEYS):
        return
    full = [row for row in rows if row[unit].text and row[topic].text]
    titles = {fold(row[unit].text) for row in full if any(map(str.isalpha, row[unit].text))}
    several = sum(len(row[topic].pieces) > 1 for row in full)
    if len(titles) == len(full) > 1 and several * 2 > len(full) and all(row[unit].down == 1 for row in full):
        result.kinds[unit], result.kinds[topic] = "topic", "discuss"


def _topics(result: Columns, rows: Sequence[Sequence[PlanCell]]) -> None:
    """The topic's column: the first of those that are named so and filled; where none is, the fullest text."""
    characters = {at: sum(len(row[at].text) for row in rows) for at in range(len(rows[0]))}
    filled = {at: sum(bool(row[at].text) for row in rows) for at in characters}
    held = [at for at, name in result.kinds.items() if name == "topic"]
    if len(held) > 1:
        most = max(filled[at] for at in held)
        topic = next(at for at in held if filled[at] >= most * _FEW)
        for at in held:
            if at < topic:
                result.kinds[at] = "unit"
            elif at > topic and characters[at] > characters[topic] * _LONGER:
                result.kinds[at] = "discuss"
            elif at > topic:
                del result.kinds[at]
    if held or _has_texts(result, rows) or not result.has(*_KEYS, *SESSIONS):
        return
    units = [at for at, name in result.kinds.items() if name == "unit"]
    known = {at for at, kind in result.kinds.items() if at in result.named or kind not in {"discuss", "task"}}
    known |= {at for at, heads in result.heads.items() if any("grading" in words().labels(head) for head in heads)}
    free = [at for at in characters if at not in known and filled[at] and characters[at] > _SHORT * filled[at]]
    if not (free or units) and (nameless := _nameless(result, rows)) is not None:
        free = [nameless]
    if free or units:
        result.kinds[max(free or units, key=lambda at: characters[at])] = "topic"


def _has_texts(result: Columns, rows: Sequence[Sequence[PlanCell]]) -> bool:
    """Whether a column of a kind of class says what it is about."""
    held = [at for at, name in result.kinds.items() if name in SESSIONS]
    return any(amount(row[at].text) is None for at in held for row in rows if not is_empty(row[at].text))
