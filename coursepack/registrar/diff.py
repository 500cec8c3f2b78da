"""What changed between two revisions of a course, for a reader.

Parts are matched by equal text first, by id second, by similarity last: a question that moved one place down is the
same question, and does not make a hundred others reworded.
"""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from coursepack import similar
from coursepack.model.course import Course
from coursepack.registrar.parts import CoursePart, Revision, of_course

What = Literal["added", "removed", "reworded", "renamed", "moved"]

# Kind of part → its name for people, one and many; also the order in which they are reported.
KINDS = {
    "about": ("field of the course", "fields of the course"),
    "section": ("section", "sections"),
    "lecture": ("lecture", "lectures"),
    "seminar": ("seminar", "seminars"),
    "task": ("task", "tasks"),
    "question": ("question", "questions"),
    "reading": ("reading", "readings"),
    "term": ("term", "terms"),
    "page": ("page", "pages"),
    "file": ("file", "files"),
}
_SIMILAR = 0.6
"""The similarity, 0 to 1, from which two texts are revisions of one."""
_MOST_PAIRS = 40_000
"""The most pairs of unmatched texts that are compared; with more, only ids count."""


@dataclass(frozen=True)
class Change:
    """One thing that a reader would notice; ``old`` is None for what was added, ``new`` for what was removed."""

    what: What
    kind: str
    old: CoursePart | None
    new: CoursePart | None

    @property
    def part(self) -> CoursePart:
        """The part as it is now, or as it was when it is gone."""
        found = self.new or self.old
        if found is None:
            raise ValueError("an empty change")
        return found

    def line(self) -> str:
        """«question exam-017 reworded: …», one line."""
        where = f" ({self.part.where})" if self.part.where else ""
        return f"{KINDS[self.kind][0]} {self.part.id} {self.what}{where}: {_short(self.part)}"


def _short(part: CoursePart, most: int = 80) -> str:
    text = " ".join((part.title or part.text).split())
    return text if len(text) <= most else text[: most - 1] + "…"


def courses(old: Course, new: Course) -> list[Change]:
    """The changes between two courses."""
    return compare(of_course(old), of_course(new))


def compare(old: Revision, new: Revision) -> list[Change]:
    """The changes between two revisions, by kind of part, in reading order."""
    matched: dict[str, tuple[list[CoursePart], list[CoursePart], list[tuple[int, int]]]] = {}
    for kind in KINDS:
        before = [part for part in old.parts if part.kind == kind]
        after = [part for part in new.parts if part.kind == kind]
        matched[kind] = (before, after, _matching_pairs(before, after))
    same_place = _same_place(matched.values())
    return [change for kind, found in matched.items() for change in _changes_of_kind(kind, *found, same_place)]


def _same_place(matched: Iterable[tuple[list[CoursePart], list[CoursePart], list[tuple[int, int]]]]) -> dict[str, str]:
    """Old name of a week, folder or exam → its name now: where most of its parts are. A mere change of that name
    moves no part."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for before, after, pairs in matched:
        for old, new in pairs:
            seen[before[old].where][after[new].where] += 1
    return {old: old if old in news else news.most_common(1)[0][0] for old, news in seen.items()}


def _changes_of_kind(
    kind: str,
    before: Sequence[CoursePart],
    after: Sequence[CoursePart],
    pairs: Sequence[tuple[int, int]],
    same_place: Mapping[str, str],
) -> list[Change]:
    partner = {new: old for old, new in pairs}
    kept = {old for old, _ in pairs}
    moved = _moved(pairs, before, after, same_place)
    changes = [Change("removed", kind, part, None) for number, part in enumerate(before) if number not in kept]
    for number, part in enumerate(after):
        if number not in partner:
            changes.append(Change("added", kind, None, part))
            continue
        was = before[partner[number]]
        if _words(was.text) != _words(part.text):
            changes.append(Change("reworded", kind, was, part))
        elif _words(was.title) != _words(part.title):
            changes.append(Change("renamed", kind, was, part))
        if number in moved:
            changes.append(Change("moved", kind, was, part))
    return changes


def _words(text: str) -> list[str]:
    return text.split()


def _matching_pairs(before: Sequence[CoursePart], after: Sequence[CoursePart]) -> list[tuple[int, int]]:
    """Pairs of positions (old, new)."""
    pairs: list[tuple[int, int]] = []
    free_old, free_new = dict.fromkeys(range(len(before))), dict.fromkeys(range(len(after)))

    def pair(old: int, new: int) -> None:
        pairs.append((old, new))
        del free_old[old], free_new[new]

    for key in (_same_all, _same_text):
        known: dict[object, list[int]] = defaultdict(list)
        for number in free_old:
            known[key(before[number])].append(number)
        for number in list(free_new):
            found = known.get(key(after[number]))
            if found:
                pair(found.pop(0), number)
    by_id = {before[number].id: number for number in free_old}
    for number in list(free_new):
        old = by_id.get(after[number].id)
        if old is not None and old in free_old and _related(before[old], after[number]):
            pair(old, number)
    if len(free_old) * len(free_new) <= _MOST_PAIRS:
        for _, old, new in sorted(_similar_pairs(before, after, free_old, free_new), reverse=True):
            if old in free_old and new in free_new:
                pair(old, new)
    return pairs


def _same_all(part: CoursePart) -> object:
    return part.where, part.title, " ".join(part.text.split())


def _same_text(part: CoursePart) -> object:
    return " ".join(part.text.split()) or part.title


def _related(old: CoursePart, new: CoursePart) -> bool:
    """Parts of one id that have something in common: a field, a title, or enough words."""
    if old.kind == "about" or (old.title and old.title == new.title):
        return True
    return similar.likeness(old.text, new.text, _SIMILAR / 2) >= _SIMILAR / 2


def _similar_pairs(
    before: Sequence[CoursePart], after: Sequence[CoursePart], olds: Iterable[int], news: Iterable[int]
) -> list[tuple[float, int, int]]:
    fresh = list(news)
    found = []
    for old in olds:
        for new in fresh:
            ratio = similar.likeness(before[old].text, after[new].text, _SIMILAR / 2)
            if before[old].title and before[old].title == after[new].title:
                ratio = max(ratio, _SIMILAR)
            if ratio >= _SIMILAR:
                # Of two equally similar ones the nearer; sorted in reverse, so by negative distance.
                found.append((ratio - abs(old - new) * 1e-6, old, new))
    return found


def _moved(
    pairs: Sequence[tuple[int, int]],
    before: Sequence[CoursePart],
    after: Sequence[CoursePart],
    same_place: Mapping[str, str],
) -> set[int]:
    """New positions of parts that are in another week, or out of order among the others of their week."""
    stayed: dict[str, list[tuple[int, int]]] = defaultdict(list)
    moved = set()
    for old, new in sorted(pairs, key=lambda pair: pair[1]):
        if same_place[before[old].where] == after[new].where:
            stayed[after[new].where].append((old, new))
        else:
            moved.add(new)
    for ordered in stayed.values():
        moved |= _out_of_order(ordered)
    return moved


def _out_of_order(ordered: Sequence[tuple[int, int]]) -> set[int]:
    """The fewest parts whose moving explains the new order: all but a longest increasing run of old positions."""
    tails: list[int] = []
    at: list[int] = []
    back: list[int] = []
    for index, (old, _) in enumerate(ordered):
        place = bisect.bisect_left(tails, old)
        back.append(at[place - 1] if place else -1)
        tails[place : place + 1] = [old]
        at[place : place + 1] = [index]
    run: set[int] = set()
    index = at[-1] if at else -1
    while index >= 0:
        run.add(ordered[index][1])
        index = back[index]
    return {new for _, new in ordered if new not in run}


def summary(changes: Sequence[Change], say: Callable[[str], str] = str) -> str:
    """«lectures: 1 reworded; questions: 2 reworded, 3 added», in the language of ``say``."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for change in changes:
        counts[change.kind][change.what] += 1
    parts = [
        f"{say(KINDS[kind][1])}: " + ", ".join(f"{count} {say(what)}" for what, count in of.items())
        for kind, of in counts.items()
    ]
    return "; ".join(parts) or say("nothing changed for a reader")


Piece = tuple[Literal["same", "out", "in"], str]


def pieces(old: str, new: str) -> list[list[Piece]]:
    """What was taken out and put in, line by line; lines that did not change are left out."""
    first, second = old.split("\n"), new.split("\n")
    found: list[list[Piece]] = []
    for same, gone, come in similar.edits(first, second):
        if not same:
            found += [_line_pieces(was, now) for was, now in zip_longest(gone, come, fillvalue="")]
    return [line for line in found if line]


def _line_pieces(old: str, new: str) -> list[Piece]:
    first, second = old.split(), new.split()
    found: list[Piece] = []
    for same, gone, come in similar.edits(first, second):
        if same:
            found.append(("same", " ".join(gone)))
            continue
        if gone:
            found.append(("out", " ".join(gone)))
        if come:
            found.append(("in", " ".join(come)))
    return found
