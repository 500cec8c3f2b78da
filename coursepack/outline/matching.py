"""Sessions of several sources matched by number and title; every session and task given its week and its id."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from weakref import WeakKeyDictionary

from coursepack import similar
from coursepack.model.ledger import Ledger
from coursepack.outline.drafts import PartDraft
from coursepack.outline.found import title_of
from coursepack.outline.gathering import Gathering, Placed
from coursepack.outline.markers import fold
from coursepack.outline.pieces import Piece
from coursepack.outline.sessions import is_claimed
from coursepack.outline.tree import two_numbers
from coursepack.outline.tree import work as works
from coursepack.outline.tree.ordinals import counted
from coursepack.place import note, warning

_ORDER = {"lecture": 0, "seminar": 1, "practical": 2, "laboratory": 3}


def place(all_: Gathering) -> None:
    """Give every session and task its week and id: lecture n is in week n unless a source says otherwise."""
    match(all_)
    match_work(all_)
    taken: dict[str, int] = defaultdict(int)
    free: dict[str, int] = defaultdict(int)
    for placed in all_.sessions:
        free[placed.draft.kind] = max(free[placed.draft.kind], placed.number or 0)
    for placed in all_.sessions:
        draft = placed.draft
        if placed.number is None and draft.week is None and draft.pair is not None:
            placed.week = draft.pair[0]  # «Lesson 1b» among lessons that one number counts
        elif placed.number is None:
            free[draft.kind] += 1
            placed.week = draft.week or free[draft.kind]
        else:
            placed.week = draft.week if draft.week is not None else placed.number
    all_.sessions.sort(key=lambda p: (p.week, _ORDER[p.draft.kind], p.number or 0))
    for placed in all_.sessions:
        base = f"w{placed.week:02d}-{placed.draft.kind}"
        taken[base] += 1
        placed.id = base if taken[base] == 1 else f"{base}-{taken[base]}"
    last = max((placed.week for placed in all_.sessions), default=1)
    weeks = {id(placed.draft): placed.week for placed in all_.sessions}
    counted = 0  # the week of the last task with a number: one without goes on behind it
    for nth, placed in enumerate(all_.assignments, 1):
        draft = placed.draft
        parent = weeks.get(id(draft.parent)) if draft.parent else None
        given_week = (
            parent
            or draft.week
            or draft.due_week
            or (placed.number if draft.due is None and draft.name != "homework" else None)
        )
        placed.week = given_week or max(counted, min(nth, max(last, 1)))
        counts = placed.number is not None or draft.due is not None
        counted = placed.week if counts else counted
        base = f"w{placed.week:02d}-{'supervised' if draft.supervised else 'independent'}"
        taken[base] += 1
        placed.id = base if taken[base] == 1 else f"{base}-{taken[base]}"


def match(all_: Gathering) -> None:
    """Sessions of one kind and number found twice: completed from one another, or both kept and told."""
    two_numbers.number([placed.draft for placed in all_.sessions])
    for placed in all_.sessions:
        placed.number = placed.draft.number if placed.draft.pair is not None else placed.number
    _join_rows(all_)
    _number_by_week(all_)
    kept: list[Placed] = []
    places: dict[int, int] = {}
    by_number: dict[tuple[str, int], Placed] = {}
    for placed in all_.sessions:
        key = (placed.draft.kind, placed.number or 0)
        first = by_number.get(key) if placed.number is not None else None
        if first is None:
            by_number.setdefault(key, placed)
            places[id(placed)] = len(kept)
            kept.append(placed)
            continue
        a, b = title_of(first.draft.title), title_of(placed.draft.title)
        same = a is None or b is None or _near(a, b) or _names_page(first, placed) or _in_two_languages(first, placed)
        both = bool(_bulk(first.draft)) and bool(_bulk(placed.draft)) and not _holds_all(first, placed)
        where = placed.source.builder.where(
            *([placed.draft.opened] if placed.draft.opened and placed.draft.opened.parts else [])
        )
        if first.source is placed.source and _complete(first.draft, placed.draft):
            _join(first.draft, placed.draft)
            placed.fate = "joined"
            continue
        if _says_more(first, placed):
            continue
        rowed = both and same and _is_row(first, placed)
        if (
            (not both or rowed)
            and same
            and (first.source is not placed.source or _is_told_again(first.draft, placed.draft))
        ):
            (fuller, thinner) = (first, placed) if _bulk(first.draft) >= _bulk(placed.draft) else (placed, first)
            if fuller is placed:
                places[id(placed)] = places[id(first)]
                kept[places[id(first)]] = placed
                by_number[key] = placed
            _go_on(fuller, title_of(thinner.draft.title))
            a, b = title_of(first.draft.title), title_of(placed.draft.title)
            if a and b and a != b:
                all_.findings.append(
                    note(
                        "outline-titles-differ",
                        f"{placed.draft.kind} {placed.number}: «{a}» in {first.source.document.file}, "
                        f"«{b}» in {placed.source.document.file}",
                        where,
                    )
                )
            if rowed:
                _carry(fuller.draft, thinner.draft)
            _absorb(fuller, thinner)
            continue
        kept.append(placed)
        all_.findings.append(
            warning(
                "outline-number-twice",
                f"{placed.draft.kind} {placed.number} is there twice: «{a or '…'}» ({first.source.document.file}) "
                f"and «{b or '…'}» ({placed.source.document.file})",
                where,
                "give one of them its number in course.toml, or take one source out",
            )
        )
    all_.sessions = _by_title(kept)


def _join_rows(all_: Gathering) -> None:
    """Join the row of a plan with the class of its title that the same document sets out: the row knows its week and
    its number, what it says beside goes to the class."""
    named: dict[tuple[int, str, str], list[Placed]] = defaultdict(list)
    for placed in all_.sessions:
        if words := _words(title_of(placed.draft.title)):
            named[id(placed.source), placed.draft.kind, words].append(placed)
    joined: set[int] = set()
    for found in named.values():
        if len(found) != 2 or any(placed.built for placed in found):
            continue
        row, text = sorted(found, key=lambda placed: _bulk(placed.draft))
        one, other = row.draft, text.draft
        weeks = {one.week, other.week} - {None}
        least = _SET_OUT if _bulk(one) else 1  # a row that says nothing but its title is the class of any text
        if not (one.week_stated and len(weeks) == 1) or _bulk(one) * _FULLER > _bulk(other) or _bulk(other) < least:
            continue
        for name, pieces in one.fields.items():
            other.fields[name] = [*other.get(name), *pieces]
        other.marks.extend(one.marks)
        other.marks.extend((piece, "title, again") for piece in one.title)
        other.week, other.week_stated, other.number = one.week, True, one.number or other.number
        text.number = other.number
        _fill(other, one, "hours", "points")
        row.fate = "joined"
        joined.add(id(row))
    all_.sessions = [placed for placed in all_.sessions if id(placed) not in joined]


def _number_by_week(all_: Gathering) -> None:
    """Give a class that a source of its own sets out the number of the row of a plan that has its title, in its week or
    by its own count: «Work 1 (week 2)» is lab 2 of a plan whose weeks count the labs."""
    named: dict[tuple[str, int, str], list[Placed]] = defaultdict(list)
    for placed in all_.sessions:
        if placed.draft.week is not None and (words := _words(title_of(placed.draft.title))):
            named[placed.draft.kind, placed.draft.week, words].append(placed)
    for found in named.values():
        if len(found) != 2 or found[0].source is found[1].source:
            continue
        row, text = sorted(found, key=lambda placed: _bulk(placed.draft))
        if row.number is not None and not _bulk(row.draft):
            text.number = text.draft.number = row.number
    _number_by_row(all_)
    _number_by_title(all_)


def _number_by_title(all_: Gathering) -> None:
    """Give the classes that a plan and a source of their own count apart, «Seminar One» in week 2, one number, where
    titles that each of the two has once join several of them: that of the text, if weeks alone count the plan."""
    named: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for placed in all_.sessions:
        if len(words := _words(title_of(placed.draft.title))) >= _LEAST_TITLE and placed.number is not None:
            named[placed.draft.kind, words].append(placed)
    pairs: dict[tuple[str, int, int], list[tuple[Placed, Placed]]] = defaultdict(list)
    for (kind, _), found in named.items():
        if len(found) == 2 and found[0].source is not found[1].source:
            row, text = sorted(found, key=lambda placed: _bulk(placed.draft))
            if row.draft.week_stated and not _bulk(row.draft) and row.draft.week != text.draft.week:
                pairs[kind, id(row.source), id(text.source)].append((row, text))
    for same in pairs.values():
        by_week = all(row.number == row.draft.week for row, _ in same)
        for row, text in same if len(same) > 1 else ():
            (one, other) = (row, text) if by_week else (text, row)
            one.number = one.draft.number = other.number


def _number_by_row(all_: Gathering) -> None:
    """Give a class the number of the row of a plan that its title names behind it, where that row has this title."""
    rows = {
        (placed.number, words): placed
        for placed in all_.sessions
        if placed.draft.week_stated and (words := _words(title_of(placed.draft.title)))
    }
    for placed in all_.sessions:
        piece = placed.draft.title[-1] if placed.draft.title else None
        found = _OF_ROW.search(piece.text) if piece is not None and piece.parts else None
        if piece is None or found is None:
            continue
        counts = next((one.value for one in counted(found["count"]) if one.kind in {"meeting", "lecture"}), None)
        title = " ".join([*(one.text for one in placed.draft.title[:-1]), piece.text[: found.start()]])
        row = rows.get((counts, _words(title)))
        if row is not None and row.source is not placed.source and row.draft.kind == placed.draft.kind:
            placed.number = placed.draft.number = counts
            placed.draft.title[-1], behind = placed.source.stream.texts.cut(piece, found.start())
            placed.draft.marks.append((behind, "row of the plan"))


_OF_ROW = re.compile(r"\s*\((?P<count>[^()]{3,30})\)$")
"""The row of a plan that a title names behind it: «A scheme of crops (lesson 8)»."""
_FULLER = 3
"""So many times as much as the row of a plan says a class that is set out."""
_SET_OUT = 200
"""Characters of such a class at least, where the row says more than its title."""


def _by_title(sessions: Sequence[Placed]) -> list[Placed]:
    """Classes of one kind that two sources name alike and of which one alone sets it out: «Week 3: Gravity and Orbits»
    over a text that counts nothing, lecture 3 of that title in the plan. Each title must be the only one of its source;
    two weeks said, or a number that another class bears, keep them apart."""
    named: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for placed in sessions:
        if words := _words(title_of(placed.draft.title)):
            named[placed.draft.kind, words].append(placed)
    kept: dict[int, Placed | None] = {}
    for one, *others in named.values():
        if len(others) != 1 or not _is_one_class(one, others[0], sessions):
            continue
        other = others[0]
        fuller, thinner = (one, other) if _bulk(one.draft) >= _bulk(other.draft) else (other, one)
        if thinner.number is not None:  # the plan counts the classes of the whole course
            fuller.number = fuller.draft.number = thinner.number
        kept[id(thinner)], kept[id(fuller)] = fuller, None  # the plan says which comes first
        if _is_row(one, other):
            _carry(fuller.draft, thinner.draft)
        _absorb(fuller, thinner)
    return [there for placed in sessions if (there := kept.get(id(placed), placed)) is not None]


def _is_one_class(one: Placed, other: Placed, sessions: Sequence[Placed]) -> bool:
    """Whether two classes of one title are the same class: a row of a plan and the text of another source."""
    both = bool(_bulk(one.draft)) and bool(_bulk(other.draft)) and not _holds_all(one, other)
    weeks = {placed.draft.week for placed in (one, other)} - {None}
    if one.source is other.source or (both and not _is_row(one, other)) or len(weeks) > 1:
        return False
    numbers = {placed.number for placed in (one, other)} - {None}
    if len(numbers) < 2:
        return True
    if _bulk(one.draft) and _bulk(other.draft):
        return False
    fuller = one if _bulk(one.draft) >= _bulk(other.draft) else other
    return all(
        placed is fuller or (placed.draft.kind, placed.number) != (fuller.draft.kind, fuller.number)
        for placed in sessions
    )


_NUMBERED = re.compile(r"\s*\d{1,2}(?:\.\d{1,2}){0,2}[.)]?\s+(?=\D)")
"""The number of a topic in front of its title: «1.1. Light»."""


def _words(title: str | None) -> str:
    """The words of a title, however they are written: capitals, dashes and the number of the topic apart."""
    return " ".join(re.findall(r"[^\W_]+", fold(_NUMBERED.sub("", title or "", count=1))))


def match_work(all_: Gathering) -> None:
    """Work of one kind and number, or of one week, that several sources say, a plan and the page of the week: once, by
    the fuller."""
    kept: list[Placed] = []
    by_number: dict[tuple[str, bool, int], int] = {}
    for placed in all_.assignments:
        key = (placed.draft.name, placed.draft.supervised, placed.number or 0)
        at = by_number.get(key) if placed.number is not None else None
        same = at is not None and (
            _says_again(kept[at], placed) or _is_bare(kept[at], placed) or _is_taken(kept[at], placed)
        )
        if not same:
            at = None
        if at is None and (in_week := _of_week(kept, placed)) is not None:
            at = in_week
        if at is None:
            found = (find(kept, placed, all_.assignments) for find in (_named_alone, _called_so, _named_in_row))
            at = next((place for place in found if place is not None), None)
        if at is None:
            if placed.number is not None:
                by_number.setdefault(key, len(kept))
            kept.append(placed)
            continue
        first = kept[at]
        fuller, thinner = (first, placed) if _said(first.draft) >= _said(placed.draft) else (placed, first)
        kept[at] = fuller
        if fuller.number is not None:
            by_number.setdefault(key, at)
        _fill(fuller.draft, thinner.draft, "hours", "points", "form", "due", "due_week", "week")
        _leave(thinner)
    all_.assignments = kept


def _says_again(first: Placed, placed: Placed) -> bool:
    """Whether another source says the same work."""
    return (
        first.source is not placed.source and not _count_apart(first, placed) and _same_work(first.draft, placed.draft)
    )


def _count_apart(first: Placed, placed: Placed) -> bool:
    """Whether the titles of two pieces of work bear different numbers: «Problem set 1», «Problem set 2»."""
    return len({_in_title(first), _in_title(placed)} - {None}) > 1


def _is_bare(first: Placed, placed: Placed) -> bool:
    """Whether one of two sources gives nothing but the number of the work: «СРС 1» in a cell of a plan."""
    return first.source is not placed.source and not (_said(first.draft) and _said(placed.draft))


def _is_taken(first: Placed, placed: Placed) -> bool:
    """Whether one of two pieces of work of one kind and number in a document is the row of the plan's week in which the
    other is due: «СРО 1 | Приём ИДЗ» in week 4, «СРО 1. ИДЗ «…» | week 4 | 30» in the list."""
    one, other = first.draft, placed.draft
    if first.source is not placed.source or (one.label and other.label and one.label != other.label):
        return False
    listed = [draft for draft in (one, other) if draft.points is not None and draft.due_week is not None]
    bare = [draft for draft in (one, other) if draft.due is None and draft.due_week is None]
    if len(bare) == 1 and len({*map(_text, (one, other))}) == 1:  # the plan and the list of deadlines, word for word
        return True
    rows = [draft for draft in (one, other) if draft.points is None and draft.due is None and draft.due_week is None]
    return len(listed) == len(rows) == 1 and rows[0].week == listed[0].due_week and _said(rows[0]) < _said(listed[0])


def _named_alone(kept: Sequence[Placed], placed: Placed, _: Sequence[Placed]) -> int | None:
    """The place of the only work of the same name and number, where one of the two is nothing but these in the row of a
    plan: «HW 1» in week 3, «HW 1 – Moon journal (25 points)» in the list."""
    found = [at for at, first in enumerate(kept) if first.number == placed.number and _is_row_of(first, placed)]
    return found[0] if len(found) == 1 else None


def _called_so(kept: Sequence[Placed], placed: Placed, _: Sequence[Placed]) -> int | None:
    """The place of the only work that another source calls by the same title, be it longer by a few words: «Seminar
    presentation» in a table, «Presentation» over what is to be done. Two numbers, or two days, keep them apart."""
    words = _called(placed.draft)
    found = [at for at, first in enumerate(kept) if first.source is not placed.source and _calls(first, placed, words)]
    return found[0] if words and len(found) == 1 else None


def _calls(first: Placed, placed: Placed, words: frozenset[str]) -> bool:
    other = _called(first.draft)
    apart = first.draft.label and placed.draft.label and first.draft.label != placed.draft.label
    if not other or _count_apart(first, placed) or apart or first.draft.supervised != placed.draft.supervised:
        return False
    return other == words or ((other < words or words < other) and len(other ^ words) <= _MORE)


_MORE = 2
"""Words by which one of two titles of the same work is longer."""
_LONGEST_CALLED = 60


def _called(draft: PartDraft) -> frozenset[str]:
    """The words of the title of a piece of work; where it has none, of the one short line that it is."""
    body = draft.get("body")
    title = title_of(draft.title) or (body[0].text if len(body) == 1 and body[0].object is None else "")
    return frozenset(re.findall(r"[^\W\d_]{3,}", fold(title))) if len(title) <= _LONGEST_CALLED else frozenset()


def _in_title(placed: Placed) -> int | None:
    """The number of a piece of work, or the one in its title, or in the one short line that it is: «Case memo 1»."""
    body = placed.draft.get("body")
    line = body[0].text if len(body) == 1 and body[0].object is None and len(body[0].text) <= _LONGEST_CALLED else ""
    found = re.findall(r"(?<!\d)\d{1,2}(?!\d)", title_of(placed.draft.title) or line)
    return int(found[0]) if found else placed.number


def _is_row_of(first: Placed, placed: Placed) -> bool:
    alone = [_alone(first.draft), _alone(placed.draft)]
    row = alone[0] or alone[1]
    if row is None or (all(alone) and (first.source is not placed.source or placed.number is None)):
        return False
    other = placed if alone[0] else first
    named = _alone(other.draft) or (other.draft.opened and works.named(other.draft.opened.text))
    label = named.name if named else other.draft.label
    if placed.number is None:  # one of several rows «Homework» is none of them all
        return (
            bool(label) and fold(label or "") == row.name and other.draft.week is None and other.draft.due_week is None
        )
    same_kind = other.draft.name == (first if alone[0] else placed).draft.name
    return fold(label) == row.name if label else same_kind


def _alone(draft: PartDraft) -> works.Work | None:
    """The work that the cell of a plan names and nothing else."""
    body = draft.get("body")
    if draft.title or len(body) != 1 or body[0].object is not None:
        return None
    found = works.bare(body[0].text)
    return found[0] if found is not None and not found[0].letter else None


def _named_in_row(kept: Sequence[Placed], placed: Placed, every: Sequence[Placed]) -> int | None:
    """The place of the first work of which one is the row of a plan that names it."""
    return next((at for at, first in enumerate(kept) if _is_named_row(first, placed, every)), None)


def _is_named_row(first: Placed, placed: Placed, every: Sequence[Placed]) -> bool:
    """Whether one of two pieces of work in a document is a row of its plan that names, without number, points and day,
    the other, which the list of work gives them: «Essay: «My school»» in a week, «1. Essay «My school», 15 points»."""
    bare = [one for one in (first, placed) if _is_unsaid(one.draft)]
    if first.source is not placed.source or len(bare) != 1 or first.draft.supervised != placed.draft.supervised:
        return False
    if _count_apart(first, placed):
        return False
    row = bare[0]
    listed = [
        one
        for one in every
        if one.source is row.source and not _is_unsaid(one.draft) and _same_work(row.draft, one.draft)
    ]
    return len(listed) == 1 and (listed[0] is first or listed[0] is placed)


def _is_unsaid(draft: PartDraft) -> bool:
    """Whether nothing is said of work but its name and the week of a plan."""
    return all(value is None for value in (draft.number, draft.points, draft.due, draft.due_week))


def _text(draft: PartDraft) -> str:
    """All words of a piece of work."""
    return " ".join(re.findall(r"[^\W_]+", fold(" ".join(one.text for one in [*draft.title, *draft.pieces()]))))


def _of_week(kept: Sequence[Placed], placed: Placed) -> int | None:
    """The place of the only work of the same kind and week in another source that says the same, where one of the two
    bears no number: «Essay» in a plan, «Task 1. Essay on soil» on the page."""
    week = _week(placed)
    found = [
        at
        for at, first in enumerate(kept)
        if week is not None
        and _week(first) == week
        and (first.draft.name, first.draft.supervised) == (placed.draft.name, placed.draft.supervised)
        and None in {first.number, placed.number}
        and _says_again(first, placed)
    ]
    return found[0] if len(found) == 1 else None


def _week(placed: Placed) -> int | None:
    """The week of a piece of work, as far as it is said."""
    draft = placed.draft
    parent = (draft.parent.week or draft.parent.number) if draft.parent else None
    return parent or draft.week or draft.due_week or (placed.number if draft.due is None else None)


def _said(draft: PartDraft) -> int:
    return _bulk(draft) + sum(len(piece.text) for piece in draft.title)


def _same_work(one: PartDraft, other: PartDraft) -> bool:
    """Whether two drafts say the same work: most words of the shorter stand in the longer."""
    texts = (" ".join(piece.text for piece in [*draft.title, *draft.pieces()]) for draft in (one, other))
    a, b = (similar.stems(fold(text), word=r"[^\W\d_]{2,}") for text in texts)
    return bool(a and b) and similar.overlap(a, b) >= _WORK


_WORK = 0.7
"""Of the words of the shorter."""


def _is_told_again(one: PartDraft, other: PartDraft) -> bool:
    """Whether a document names a class in a row of its plan, with its hours alone, and tells it elsewhere by that
    title."""
    titled = bool(one.title and other.title)
    weeks = {draft.week for draft in (one, other)} - {None}
    return titled and bool(one.fields) != bool(other.fields) and len(weeks) < 2


_CARRIED = frozenset({"literature", "topics", "tasks"})
_LONGEST_ROW = 300
"""Characters of what the row of a plan says beside its class."""


def _is_row(one: Placed, other: Placed) -> bool:
    """Whether one of two classes of one title is the row of another source's plan, with what to read or to speak of."""
    (fuller, thinner) = (one, other) if _bulk(one.draft) >= _bulk(other.draft) else (other, one)
    pieces = [piece for found in thinner.draft.fields.values() for piece in found]
    uncounted = one.number is None and other.number is None  # days tell the classes of the plan
    plain = thinner.draft.fields.keys() <= (_CARRIED | {"body"} if uncounted else _CARRIED) and all(
        piece.object is None for piece in pieces
    )
    titles = {_words(title_of(placed.draft.title)) for placed in (one, other)} - {""}
    alike = len(titles) == 1 or _names_page(one, other) or _in_two_languages(one, other)
    size = sum(len(piece.text) for piece in pieces)
    small = size <= _LONGEST_ROW and _bulk(thinner.draft) * _FULLER <= _bulk(fuller.draft)
    placed = thinner.draft.week_stated or thinner.draft.number is not None or uncounted
    return one.source is not other.source and alike and plain and small and placed


def _in_two_languages(one: Placed, other: Placed) -> bool:
    """Whether two classes of one number stand in sources of two languages, one of them without a text: a plan in Kazakh
    and a lecture in Russian, whose titles say nothing of one another."""
    apart = one.source.stream.language != other.source.stream.language
    return apart and not (one.draft.get("body") and other.draft.get("body"))


def _names_page(one: Placed, other: Placed) -> bool:
    """Whether a point of one of two classes, which has no text, is the title of the other: a module of an overview
    names the page of its lecture."""
    (fuller, thinner) = (one, other) if _bulk(one.draft) >= _bulk(other.draft) else (other, one)
    title = _words(title_of(fuller.draft.title))
    points = [] if thinner.draft.get("body") else thinner.draft.get("topics")
    return len(title) >= _LEAST_TITLE and any(_words(piece.text).endswith(title) for piece in points)


_LEAST_TITLE = 8
"""Letters of a title that no other has by chance."""


def _carry(fuller: PartDraft, row: PartDraft) -> None:
    """What the row of a plan says beside a class, told with the class; a line below a title and its day says what to
    prepare."""
    for field_name, pieces in row.fields.items():
        name = "literature" if field_name == "body" else field_name
        known = {fold(piece.text) for piece in fuller.get(name)}
        more = [Piece(piece.text, []) for piece in pieces if fold(piece.text) not in known]
        fuller.fields[name] = [*fuller.get(name), *more]
        fuller.carried = (*fuller.carried, *(piece.text for piece in more))


def _holds_all(one: Placed, other: Placed) -> bool:
    """Whether the document of the fuller class holds all that another document says of it: the row of a plan names
    work that is set out where the class is."""
    (fuller, thinner) = (one, other) if _bulk(one.draft) >= _bulk(other.draft) else (other, one)
    thin_pieces = [piece for pieces in thinner.draft.fields.values() for piece in pieces]
    if fuller.source is thinner.source or any(piece.object is not None for piece in thin_pieces):
        return False
    held = _folded_whole(fuller.source.stream.texts.ledger)
    return all(fold(piece.text) in held for piece in thin_pieces)


_FOLDED: WeakKeyDictionary[Ledger, str] = WeakKeyDictionary()


def _folded_whole(ledger: Ledger) -> str:
    """All that a document says, folded; once for all pairs of classes that are compared."""
    found = _FOLDED.get(ledger)
    if found is None:
        found = _FOLDED[ledger] = fold("\n".join(ledger.units.values()))
    return found


def _complete(one: PartDraft, other: PartDraft) -> bool:
    """Whether a class is named in one place of a document and filled in another: «Meeting 3» over what to read."""
    return bool(one.title) != bool(other.title) and not one.fields.keys() & other.fields.keys()


def _says_more(first: Placed, placed: Placed) -> bool:
    """Take what a list says of the topic of a class of the plan behind its title, «1. Alkanes. Structure, names.» below
    the row «1 | Alkanes»: points of that class."""
    title, longer = title_of(first.draft.title), title_of(placed.draft.title)
    pieces = placed.draft.title
    if not (title and longer) or placed.built or placed.draft.fields or len(pieces) != 1 or not pieces[0].parts:
        return False
    text = pieces[0].text
    begins = fold(text).startswith(fold(title)) and text[len(title) :].lstrip()[:1] in {".", ":"}
    if first.source is not placed.source or not begins or not text[len(title) :].strip(" .:"):
        return False
    texts = placed.source.stream.texts
    again, rest = texts.cut(pieces[0], len(title) + 1)
    texts.claim(again, "mark", reason="title, again")
    placed.source.mark(placed.draft, "")
    placed.draft.title = []
    first.draft.fields.setdefault("topics", []).append(rest)
    placed.fate = "joined"
    return True


def _join(first: PartDraft, other: PartDraft) -> None:
    """What the other place says of a class goes to the first."""
    first.title = first.title or other.title
    first.fields.update(other.fields)
    first.marks.extend(other.marks)
    if not first.unit:
        first.unit = other.unit
    _fill(first, other, "hours", "points", "week")


def _fill(draft: PartDraft, other: PartDraft, *names: str) -> None:
    """Take what another draft says where this one says nothing."""
    for name in names:
        if getattr(draft, name) is None:
            setattr(draft, name, getattr(other, name))


def _bulk(draft: PartDraft) -> int:
    return sum(
        len(piece.text) + (200 if piece.object is not None else 0)
        for name, pieces in draft.fields.items()
        for piece in pieces
    )


def _near(a: str, b: str) -> bool:
    x, y = (similar.stems(fold(text), word=r"[^\W\d_]{2,}") for text in (a, b))
    return not x or not y or similar.overlap(x, y) >= 0.5


def _go_on(fuller: Placed, known: str | None) -> None:
    """A title over two lines, as another source knows it: the first line of the text belongs to it."""
    body, title = fuller.draft.fields.get("body", []), title_of(fuller.draft.title)
    if fuller.built or not (body and title and known) or body[0].object is not None:
        return
    if _bare(f"{title} {body[0].text}") == _bare(known) != _bare(title):
        fuller.draft.title = [*fuller.draft.title, body.pop(0)]


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _absorb(fuller: Placed, thinner: Placed) -> None:
    """What the thinner source adds to a session: week, hours, points, a unit, a title."""
    _fill(fuller.draft, thinner.draft, "week", "hours", "points")
    if fuller.source is thinner.source:
        fuller.draft.unit = fuller.draft.unit or thinner.draft.unit
    elif not fuller.draft.unit:
        fuller.draft.unit_name = title_of(thinner.draft.unit) or ""
    title, other = title_of(fuller.draft.title), title_of(thinner.draft.title)
    if not title and other:
        fuller.draft.name = other
    elif title and other and title.isupper() and not other.isupper() and _words(title) == _words(other):
        fuller.draft.written = other
    _leave(thinner)


def _leave(thinner: Placed) -> None:
    """The letters of what another source says more fully."""
    thinner.fate = "absorbed"
    if thinner.built:
        return
    source = thinner.source
    source.mark(thinner.draft, "")
    texts = source.stream.texts
    texts.claim(thinner.draft.title, "mark", reason="title, again")
    texts.claim([piece for piece in thinner.draft.unit if not is_claimed(source, piece)], "mark", reason="unit, again")
    for pieces in thinner.draft.fields.values():
        texts.claim(pieces, "aside", reason="again in another source")
