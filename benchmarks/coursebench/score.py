"""course-F1: a reading against the gold, part by part, each in 0..1."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

import msgspec

from benchmarks.coursebench.gold import Asked, Gold, Literature, Question, Session, texts

_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟‹›\"'‘’‚`", '"') | dict.fromkeys("‐‑‒–—―−", "-"))
_SESSION_TEXTS = ("outline", "aims", "outcomes", "equipment", "text", "topics", "tasks", "literature")
_SCALARS = (
    "code", "credits", "university", "faculty", "department", "programme", "cycle", "component", "year", "semester",
    "study_year", "study_form", "city",
)  # fmt: skip
_LISTS = ("description", "aim", "objectives", "outcomes", "prerequisites", "postrequisites")


class Part(msgspec.Struct, frozen=True):
    """A part's score in 0..1, and its entries: found where the gold has them, not found there, reported but not there.

    Entries are not counted for shares of letters and lines (``kept``, ``stays out``).
    """

    score: float
    right: int = 0
    missed: int = 0
    wrong: int = 0


Scores = dict[str, Part]


def fold(text: str) -> str:
    """White space, quotes, dashes and the last full stop folded: what makes a text the same text."""
    plain = unicodedata.normalize("NFC", text).translate(_QUOTES)
    return re.sub(r"\s+", " ", plain).strip().rstrip(".").strip()


def score(gold: Gold, read: Gold) -> Scores:
    """The parts that the gold has, or that only the reading has (those are wrong), with their scores."""
    found: Scores = {}
    if gold.title is not None:  # a course has a title always: the folder's name where no document says one
        _value(found, "title", gold.title, read.title)
    _about(found, gold, read)
    _list(found, "sessions", *(_heads(one.sessions) for one in (gold, read)))
    twins = _twins(gold.sessions, read.sessions)
    for name in _SESSION_TEXTS:
        _list(found, f"session.{name}", _tagged(gold.sessions, name), _tagged(read.sessions, name, twins))
    _asked(found, "session.review", _questions(gold.sessions), _questions(read.sessions, twins))
    _asked(found, "exam", [(0, one) for one in gold.exam], [(0, one) for one in read.exam])
    _list(found, "tickets", *(_numbered(one.tickets) for one in (gold, read)))
    _list(found, "assignments", *([(a.kind, a.number, _key(a.title)) for a in one.assignments] for one in (gold, read)))
    _list(found, "assignments.text", *(_numbered([a.text for a in one.assignments]) for one in (gold, read)))
    _list(found, "glossary", *([(fold(t.term), fold(t.definition)) for t in one.glossary] for one in (gold, read)))
    _list(found, "readings", *(_numbered([(r.title or "", *r.text) for r in one.readings]) for one in (gold, read)))
    for name in ("foreword", "introduction", "conclusion"):
        _list(found, name, *([fold(text) for text in getattr(one, name)] for one in (gold, read)))
    _list(found, "tables", *([tuple(_row(row) for row in t) for t in one.tables] for one in (gold, read)))
    for name in ("figures", "formulas"):
        _count(found, name, getattr(gold, name), getattr(read, name))
    _kept(found, gold, read)
    return found


# --- kinds of parts


def _value(found: Scores, name: str, gold: Any, read: Any) -> None:
    if gold is not None or read is not None:
        right = int(_key(gold) == _key(read))
        missed, wrong = (int(value is not None) - right for value in (gold, read))
        found[name] = Part(float(right), right, missed, wrong)


def _key(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value


def _list(found: Scores, name: str, gold: Sequence[Hashable], read: Sequence[Hashable]) -> None:
    if gold or read:
        right = common(gold, read)
        found[name] = Part(2 * right / (len(gold) + len(read)), right, len(gold) - right, len(read) - right)


def _count(found: Scores, name: str, gold: int, read: int) -> None:
    if gold or read:
        right = min(gold, read)
        found[name] = Part(right / max(gold, read), right, gold - right, read - right)


def common(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """The length of the longest common sequence."""
    lengths = [0] * (len(other) + 1)
    for entry in one:
        before = 0
        for at, candidate in enumerate(other, 1):
            kept = lengths[at]
            lengths[at] = before + 1 if entry == candidate else max(kept, lengths[at - 1])
            before = kept
    return lengths[-1]


def _numbered(groups: Iterable[Iterable[str]]) -> list[Hashable]:
    return [(at, fold(text)) for at, group in enumerate(groups) for text in group]


def _row(row: Iterable[str]) -> tuple[str, ...]:
    return tuple(fold(cell) for cell in row if cell.strip())


# --- the parts


def _about(found: Scores, gold: Gold, read: Gold) -> None:
    one, other = gold.about, read.about
    for name in _SCALARS:
        _value(found, f"about.{name}", getattr(one, name), getattr(other, name))
    for name in _LISTS:
        _list(found, f"about.{name}", *([fold(text) for text in getattr(each, name)] for each in (one, other)))
    _list(found, "about.teachers", *(list(_facts(each.teachers)) for each in (one, other)))
    _list(found, "about.hours", *(sorted(_facts([each.hours] if each.hours else [])) for each in (one, other)))
    _list(found, "about.grading", *([(fold(w.name), w.percent) for w in each.grading] for each in (one, other)))
    policies = ([(fold(p.title or ""), fold(text)) for p in each.policies for text in p.text] for each in (one, other))
    _list(found, "about.policies", *policies)
    books = ([*_books(each.literature)] for each in (one, other))
    _list(found, "about.literature", *books)


def _books(literature: Literature | None) -> Iterator[Hashable]:
    if literature:
        for name in ("basic", "additional", "internet"):
            yield from ((name, fold(text)) for text in getattr(literature, name))


def _facts(things: Iterable[msgspec.Struct]) -> Iterator[tuple[str, str]]:
    for thing in things:
        for name in thing.__struct_fields__:
            if (value := getattr(thing, name)) is not None:
                yield name, str(_key(value))


def _heads(sessions: Iterable[Session]) -> list[Hashable]:
    return [(one.kind, one.number, _key(one.title)) for one in sessions]


def _twins(gold: Sequence[Session], read: Sequence[Session]) -> dict[int, int]:
    """Which session of the gold each session read is: the same kind and number, else the same title, else the only."""
    twins: dict[int, int] = {}
    keys = (lambda s: (s.kind, s.number, _key(s.title)), lambda s: (s.kind, s.number), lambda s: _key(s.title) or ())
    for key in keys:
        free: defaultdict[Hashable, list[int]] = defaultdict(list)
        for at, session in enumerate(gold):
            if at not in twins.values():
                free[key(session)].append(at)
        for at, session in enumerate(read):
            if at not in twins and free[key(session)] and key(session) != ():
                twins[at] = free[key(session)].pop(0)
    if len(gold) == len(read) == 1:
        twins[0] = 0
    return twins


def _tag(at: int, twins: dict[int, int] | None) -> int:
    """The gold's place of a session; sessions without a twin lie at places that the gold has not."""
    return at if twins is None else twins.get(at, -1 - at)


def _tagged(sessions: Sequence[Session], name: str, twins: dict[int, int] | None = None) -> list[Hashable]:
    found = [(_tag(at, twins), fold(text)) for at, one in enumerate(sessions) for text in getattr(one, name)]
    return [*sorted(found, key=itemgetter(0))]


def _questions(sessions: Sequence[Session], twins: dict[int, int] | None = None) -> list[tuple[int, Question]]:
    found = [(_tag(at, twins), question) for at, one in enumerate(sessions) for question in one.review]
    return sorted(found, key=itemgetter(0))


def _asked(found: Scores, name: str, gold: list[tuple[int, Question]], read: list[tuple[int, Question]]) -> None:
    """Questions by their stems; those with options also by options, and by key where one of both has a key."""
    _list(found, name, *([(tag, fold(_stem(one))) for tag, one in each] for each in (gold, read)))
    options = (
        [(fold(q.stem), _options(q)) for _, q in each if isinstance(q, Asked) and q.options] for each in (gold, read)
    )
    _list(found, f"{name}.options", *options)
    keys = ([(fold(q.stem), _right(q)) for _, q in each if isinstance(q, Asked) and _right(q)] for each in (gold, read))
    _list(found, f"{name}.key", *keys)


def _stem(question: Question) -> str:
    return question if isinstance(question, str) else question.stem


def _options(question: Asked) -> tuple[str, ...]:
    return tuple(fold(option) for option in question.options)


def _right(question: Asked) -> tuple[str, ...]:
    if question.answer:
        return (fold(question.answer),)
    return tuple(fold(question.options[at]) for at in question.key if 0 <= at < len(question.options))


def _kept(found: Scores, gold: Gold, read: Gold) -> None:
    """``kept``, and ``stays out``: the share of the lines that are no content and stand nowhere in the reading."""
    entries = [fold(text) for text in texts(read)]
    share = kept(gold, " \n ".join(entries))
    if share is not None:
        found["kept"] = Part(share)
    lines = {line for line in map(fold, gold.not_content) if line} - {*map(fold, texts(gold))}  # a title that runs on
    if lines:
        found["stays out"] = Part(len(lines.difference(entries)) / len(lines))


def kept(gold: Gold, everything: str) -> float | None:
    """The share of the gold's characters whose text stands somewhere in ``everything``, which is folded.

    None where the gold has no text.
    """
    wanted = [text for text in map(fold, texts(gold)) if text]
    total = sum(map(len, wanted))
    return sum(len(text) for text in wanted if text in everything) / total if total else None


def mean(scores: Scores) -> float:
    """A document's score: ``kept`` and ``stays out`` weigh as one part each."""
    return sum(part.score for part in scores.values()) / len(scores) if scores else 0.0
