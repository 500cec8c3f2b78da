"""Sections: what heads what. Headings nest by style, numbering and form; a series outranks format."""

from __future__ import annotations

import itertools
import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from coursepack import languages
from coursepack.outline.alphabets import place_of, positions
from coursepack.outline.bank.key_text import is_key
from coursepack.outline.bank.parts import Read
from coursepack.outline.markers import fold
from coursepack.outline.tree import dates, led, numbered, unnamed
from coursepack.outline.tree.leads import goes_on
from coursepack.outline.tree.one_line import parted_alike
from coursepack.outline.tree.ordinals import CLOSES, LETTERED, POINTED, HeadingNumber
from coursepack.outline.tree.shape import is_prose, tells
from coursepack.outline.tree.signals import AREAS, BOOK_PARTS, LABEL_STYLE, Segment, is_title, weights
from coursepack.outline.tree.two_numbers import SPARE
from coursepack.outline.tree.words import words
from coursepack.outline.tree.work import leads_terms, says_terms, sets_work

SESSIONS = frozenset({"lecture", "seminar", "practical", "laboratory", "meeting"})
PRACTICAL = frozenset({"practical", "laboratory"})
OUTER = frozenset({"unit", "week"})
PAPERS = frozenset({"ticket", "variant"})
ITEMS = frozenset({"question", "task"})
# Parts of a course that close a class wherever they stand, when their words leave no doubt.
CLOSING = AREAS | {"exam", "tickets", "assignments", "plan", "policy", "grading", "conclusion"}
# Those that a class may have as well: they belong to the course when they stand behind the last class alone.
LIFTED = CLOSING | {"literature", "basic", "additional", "internet", "glossary", "tests", "answers", "outcomes"}
_SURE = 8
_NAMES_PART = 6
_TERMS = 3
"""Lines below the title of a piece of work in which its terms stand."""
_LINES = 4
"""Members of a series that is a list of lines."""
_AGAIN = 2
"""Points of a plan that come back as headings, at least."""
_SEVERAL = 2
_TITLED_LINES = 2
"""Lines that a class has below the label of its title, at least."""


@dataclass(eq=False)
class Series:
    """Headings of one form with rising numbers. ``kind`` is what they count, None where no word says it."""

    kind: str | None
    form: str
    members: dict[int, HeadingNumber] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """The place of the last member."""
        return max(self.members, default=0)


@dataclass(eq=False)
class OutlineSection:
    """A heading with what stands below it. ``own`` are the segments before the first heading inside; ``nearest`` is the
    label with the best score, whether it is enough or not, ``runner`` the next; ``told_before``
    and ``told_after`` the shares of prose before and behind it in the section around it; ``day`` the line over a class
    that says its day; ``bank`` its lines read as a bank of questions, once they were."""

    head: Segment | None = None
    series: Series | None = None
    counted: HeadingNumber | None = None
    own: list[Segment] = field(default_factory=list)
    children: list[OutlineSection] = field(default_factory=list)
    parent: OutlineSection | None = None
    label: str | None = None
    score: int = 0
    nearest: str | None = None
    runner: str | None = None
    margin: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    told_before: float = 0
    told_after: float = 0
    day: Segment | None = None
    bank: tuple[list[Segment], Read] | None = None

    @property
    def said(self) -> str | None:
        """The part that course.toml says it is."""
        correction = self.head.piece.said if self.head else None
        return correction.part if correction else None

    def walk(self) -> Iterator[OutlineSection]:
        """The section and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def heads(self) -> list[Segment]:
        """The headings of the section and of all below it, in order."""
        return [one.head for one in self.walk() if one.head is not None]

    def everything(self) -> list[Segment]:
        """All segments below the heading, headings inside too, in order."""
        found = list(self.own)
        for child in self.children:
            if child.head is not None:
                found.append(child.head)
            found.extend(child.everything())
        return found


# --- series


def series_of(found: Sequence[Segment]) -> list[Series]:
    """The series of a document, each with at least two members."""
    by_form: defaultdict[str, list[tuple[int, HeadingNumber]]] = defaultdict(list)
    if cited := _cited(found):
        for segment in found:
            segment.counted = [one for one in segment.counted if one.form not in cited]
    for segment in found:
        for one in segment.counted:
            kind = one.kind
            if kind in {None, "caption", "level"} or not one.parted or _is_too_long(segment):
                continue
            by_form[one.form].append((segment.at, one))
            break
    result = [series for form, members in by_form.items() for series in _series(form, members)]
    result = _without_items_of_units(found, result)
    result = [series for series in result if not _are_groups(found, series)]
    result.extend(_led(found, result))
    for series in result:
        _count_characters(series)
        if series.form == "#bare":
            series.kind = _counted_alone(found, series)
    if not any(series.kind == "ticket" for series in result):
        result.extend(_repeated_heads(found))
        _count_tickets(result, _equal_groups(found))
    if not any(series.kind == "ticket" for series in result) and (lines := _ticket_lines(found)) is not None:
        result[:] = [series for series in result if series.form != lines.form]
        result.append(lines)
    _name_works(found, result)
    result.extend(_spare(found, result))
    result.extend(_dated(found, result))
    result.extend(_titled(found, result))
    result.extend(_only_ones(found, result))
    result.extend(_parted(found, result))
    result.extend(_unnamed(found, result))
    result.extend(_numbered(found, result))
    _name_works(found, result)
    _name_meetings(found, result)
    _name_by_make(found, result)
    _without_mentions(found, result)
    _stated(found, result)
    return sorted(result, key=lambda series: min(series.members))


def _name_by_make(found: Sequence[Segment], result: Iterable[Series]) -> None:
    """What meetings and papers that are counted as work are by what they hold: seminars, works of a laboratory."""
    for series in result:
        members = list(series.members)
        if series.kind == "task" and unnamed.are_discussions(found, members):
            series.kind = "seminar"
        if series.kind == "meeting" and unnamed.are_works(found, members):
            series.kind = "laboratory"
        if series.kind == "meeting" and unnamed.are_talks(found, members):
            series.kind = "seminar"


def _name_meetings(found: Sequence[Segment], result: Iterable[Series]) -> None:
    """Units are classes where nothing else counts any and what they hold is what classes hold: «Section 1 · …» over
    «Before section: …» and questions."""
    kinds = {series.kind for series in result}
    for series in result if not kinds & (SESSIONS | PAPERS | {"week", "task"}) else ():
        if series.kind == "unit" and unnamed.are_meetings(found, list(series.members)):
            series.kind = "meeting"


def _name_works(found: Sequence[Segment], result: Iterable[Series]) -> None:
    """What is counted as work is a laboratory's where it has the parts, or the make, of such works."""
    for series in result:
        if series.kind == "task":
            works = _is_practice(found, series) or unnamed.are_experiments(found, list(series.members))
            series.kind = "laboratory" if works else "task"


def _without_mentions(found: Sequence[Segment], result: list[Series]) -> None:
    """Take plain lines out of classes that a style of a heading counts, where they stand in a section of such a class:
    «Chapter 4: Exchange rates» under «What comes next» of chapter 3 is none."""
    heads = (one for one in found if one.is_text and (one.piece.heading is not None or is_title(one.piece)))
    levels = {one.at: one.piece.heading or 0 for one in heads}
    counted = {at: {one.words for one in found[at].counted if one.words and one.kind in SESSIONS} for at in levels}
    for series in result:
        beside = {one.words for one in series.members.values()} - {""}
        styled = [levels[at] for at, places in counted.items() if places & beside]
        if series.kind not in SESSIONS or not styled:
            continue
        for at in [at for at in series.members if at not in levels and not found[at].piece.bold]:
            over = next((n for n in range(at - 1, -1, -1) if n in levels), None)
            if over is not None and not counted[over] & beside and levels[over] > min(styled):
                del series.members[at]
    result[:] = [one for one in result if one.members]


def _without_items_of_units(found: Sequence[Segment], result: list[Series]) -> list[Series]:
    """The series without those whose members are bullets that say nothing but their number, «• Discussion 1», in lists
    below modules or weeks: what a module holds, and no classes."""
    outer = [series for series in result if series.kind in OUTER and not series.form.startswith(CLOSES)]
    first = min((min(series.members) for series in outer if len(series.members) > 1), default=None)
    if first is None:
        return result
    return [series for series in result if series.kind not in SESSIONS or not _are_bullets(found, series, first)]


_AT_A_TIME = re.compile(r"[\s(\[:–—-]*\d{1,2}[:.]\d{2}(?!\d)")


def _are_groups(found: Sequence[Segment], series: Series) -> bool:
    """Whether each member says first at what time it meets: groups of students, «Section 2 (10:00 am, Tue)»."""
    behind = [found[at].text[one.end :] for at, one in series.members.items()]
    return series.kind != "week" and all(map(_AT_A_TIME.match, behind))


def _are_bullets(found: Sequence[Segment], series: Series, first: int) -> bool:
    """Whether all members are bullets behind a place that nothing but a number stands on."""
    lines = [(found[at], one) for at, one in series.members.items()]
    return all(
        line.at > first and line.mark is not None and not line.mark.value and one.end >= len(line.text)
        for line, one in lines
    )


def _is_practice(found: Sequence[Segment], series: Series) -> bool:
    """Whether what is counted as works has the parts of laboratory works: most say what is needed, and an aim or how it
    is done."""
    ends = [*sorted(series.members)[1:], len(found)]
    whole = 0
    for at, end in zip(sorted(series.members), ends, strict=True):
        parts = {name for one in found[at + 1 : end] for name in _parts(one)}
        whole += "equipment" in parts and bool(parts & {"aims", "tasks"})
    return len(series.members) > 1 and whole * 2 > len(series.members)


def _parts(one: Segment) -> set[str]:
    """The parts of a class that a heading, or the label at the beginning of a line, names."""
    label = re.match(r"[^.:]{3,50}[.:]", one.text)
    names = one.labels if len(one.text) < weights()["limits"]["short"] else {}
    led = words().labels(label[0]) if label else {}
    return {name for found in (names, led) for name, value in found.items() if value >= _NAMES_PART}


def _spare(found: Sequence[Segment], result: Sequence[Series]) -> Iterator[Series]:
    """Headings that count with a word of what a class is made of, «Video 1.2», where no other word counts classes."""
    if any(series.kind in SESSIONS | PAPERS for series in result):
        return
    least = weights()["heading"]["least"]
    for kind, names in SPARE.items():
        heads = [one for one in found if one.is_text and one.heading >= least]
        run = {one.at: each for one in heads for each in one.counted if each.words in names and each.parted}
        values = [one.value for one in run.values()]
        if len(values) > 1 and values == list(range(1, len(values) + 1)):
            yield Series(kind, kind, {at: replace(one, kind=kind) for at, one in run.items()})
            return


def _dated(found: Sequence[Segment], result: Sequence[Series]) -> Iterator[Series]:
    """Lines that begin with days, where nothing else counts the classes; units and weeks may stand over them."""
    if any(series.kind in SESSIONS | PAPERS for series in result):
        return
    heads = {at for series in result if series.kind in OUTER for at in series.members}
    lines = [
        (one.at, one.text)
        for one in found
        if one.is_text
        and one.text
        and not one.option
        and not says_terms(one)
        # A day alone below a module or a week says when that is.
        and not (one.at - 1 in heads and dates.is_day_alone(one.text))
    ]
    yield from (Series("meeting", dates.FORM, members) for members in dates.runs(lines))


def _led(found: Sequence[Segment], result: list[Series]) -> list[Series]:
    """Classes whose headings name their kind before a title; the week behind it counts nothing: it is said of each."""
    counted_at = {
        at
        for series in result
        if series.kind in SESSIONS and not series.form.startswith(CLOSES)
        for at in series.members
    }
    named = [Series(kind, led.FORM, members) for kind, members in led.runs(found, counted_at)]
    if not named:
        return []
    for series in result:
        for at in [at for one in named for at in one.members]:
            series.members.pop(at, None)
    result[:] = [one for one in result if one.members]
    return named


TITLED = "titled"
"""The form of classes that begin with a label of their title, without a number."""


def _titled(found: Sequence[Segment], result: Sequence[Series]) -> Iterator[Series]:
    """Classes that nothing counts, each of which begins with «Topic: …» over lines of its own."""
    if any(series.kind in SESSIONS | PAPERS | OUTER for series in result):
        return
    heads = [one for one in found if one.is_text and any(m.kind == "title" and m.group == "field" for m in one.marks)]
    counted = sum(any(c.words and c.kind for c in found[one.at - 1].counted) for one in heads if one.at)
    apart = all(after.at - before.at > _TITLED_LINES for before, after in itertools.pairwise(heads))
    if len(heads) > 1 and apart and counted < len(heads) - 1:
        yield Series(
            "meeting",
            TITLED,
            {one.at: HeadingNumber(TITLED, "", nth, len(one.text), kind="meeting") for nth, one in enumerate(heads, 1)},
        )


_INNER_PARTS = frozenset({"outline", "aims", "outcomes", "tasks", "review", "homework", "keywords", "summary"})


def _parted(found: Sequence[Segment], result: Sequence[Series]) -> Iterator[Series]:
    """Headings with plain numbers, most of which hold parts of a class: «1 · Roots … Check yourself …, 2 · Soil»."""
    if any(series.kind in SESSIONS | PAPERS | OUTER for series in result):
        return
    heads = [one for one in found if one.heading >= weights()["heading"]["least"]]
    by_form: defaultdict[str, _Run] = defaultdict(list)
    for one in heads:
        plain = next((c for c in one.counted if not c.words and c.depth == 1 and c.end < len(one.text)), None)
        if plain is not None and not _inner_names(one):
            by_form[plain.form].append((one.at, plain))
    inside = [one.at for one in found if _opens_part(one)]
    for form, run in by_form.items():
        rises = all(b[1].value == a[1].value + 1 for a, b in itertools.pairwise(run))
        held = {bisect(run, at, key=lambda member: member[0]) for at in inside} - {0}
        if rises and len(run) > 1 and len(held) > 1 and len(held) * 2 >= len(run):
            yield Series("lecture", form, dict(run))
            return


def _unnamed(found: Sequence[Segment], result: Sequence[Series]) -> Iterator[Series]:
    """Classes that a word counts which no list names, or «§», where nothing else counts classes, papers or works."""
    none = not any(series.kind in SESSIONS | OUTER for series in result)
    if none and any(map(_names_whole, found)) and (run := unnamed.sections(found)):
        yield Series("lecture", unnamed.SIGN, run)
        return
    if not any(series.kind in SESSIONS | PAPERS | OUTER | {"task"} for series in result):
        yield from (Series(kind, form, dict(run)) for kind, form, run in unnamed.runs(found))


def _numbered(found: Sequence[Segment], result: Sequence[Series]) -> Iterator[Series]:
    """Headings over text that a number alone counts, in a paper of a whole course with no other lectures."""
    others = any(series.kind in OUTER | {"lecture", "meeting"} for series in result)
    if not others and any(map(_names_whole, found)) and (run := numbered.run(found)):
        yield Series("lecture", numbered.FORM, run)


_WHOLE = AREAS | {"exam", "tickets", "tests", "assignments", "plan", "policy", "grading", "glossary"}
"""Parts that a course has rather than one class alone."""


def _names_whole(one: Segment) -> bool:
    """Whether a heading surely names a part of a course; one that comes again is a part of each of several things."""
    if not one.is_text or one.heading < weights()["heading"]["least"] or one.repeated > 1:
        return False
    whole = any(mark.whole and mark.group in {"heading", "label"} and mark.kind in _WHOLE for mark in one.marks)
    return whole or any(value >= _SURE and name in _WHOLE for name, value in one.labels.items())


def _opens_part(one: Segment) -> bool:
    """Whether a heading, or the label at the beginning of a line, names a part of a class."""
    if one.heading >= weights()["heading"]["least"]:
        return _inner_names(one)
    return one.is_text and one.mark is None and bool(_INNER_PARTS & _parts(one))


def _inner_names(one: Segment) -> bool:
    """Whether a heading names a part of a class."""
    known = {m.kind for m in one.marks if m.whole and m.group == "field"}
    return bool(_INNER_PARTS & (known | {name for name, value in one.labels.items() if value >= _NAMES_PART}))


def _stated(found: Sequence[Segment], result: list[Series]) -> None:
    """Classes, weeks and tickets that course.toml names are members of the series of their kind that goes on there;
    what it says to be no part is a member of none, whatever it counts."""
    for segment in found:
        correction = segment.piece.said
        if correction is None or (
            correction.part not in SESSIONS | OUTER | PAPERS and correction.part != "none" and correction.kind != "end"
        ):
            continue
        for series in result:
            series.members.pop(segment.at, None)
        if correction.part not in SESSIONS | OUTER | PAPERS:
            continue
        own = next(
            (one for one in segment.counted if one.parted), HeadingNumber("told", "", 0, 0, kind=correction.part)
        )
        number = replace(own, kind=correction.part, value=own.value if correction.number is None else correction.number)
        among = [
            one for one in result if one.kind == correction.part and min(one.members, default=segment.at) <= segment.at
        ]
        if not among:
            among = [Series(correction.part, number.form)]
            result += among
        among[-1].members[segment.at] = number
    result[:] = [one for one in result if one.members]


def _repeated_heads(found: Sequence[Segment]) -> Iterator[Series]:
    """Tickets under one heading that comes back without a number."""
    heads = [one for one in found if any(m.kind == "ticket" and m.whole and m.group == "heading" for m in one.marks)]
    if len(heads) > 1:
        counts = {
            one.at: HeadingNumber("repeated", "", nth, len(one.text), kind="ticket") for nth, one in enumerate(heads, 1)
        }
        yield Series("ticket", "repeated", counts)


def _counted_alone(found: Sequence[Segment], series: Series) -> str:
    """What numbers alone on their lines count: the classes that one of the first lines names, tickets, or questions."""
    for one in found[: min(*series.members, _FIRST_LINES)]:
        most = max(one.labels.values(), default=0)
        if most >= _NAMES_CLASSES and most in {one.labels.get(area) for area in AREAS}:
            return "meeting"
    return "ticket" if _over_tickets(found, series) else "question"


_FIRST_LINES = 6
_NAMES_CLASSES = 6
"""Evidence of the words of a line that it names classes."""


def _over_tickets(found: Sequence[Segment], series: Series) -> bool:
    """Whether numbers alone on their lines stand over tickets: a few lines each, nearly all as many, in a paper that
    names tickets; a line above items of a list or answers, code or a key make them questions of a test."""
    ats = sorted(series.members)
    groups = [found[at + 1 : end] for at, end in zip(ats, [*ats[1:], len(found)], strict=True)]
    if _names_tickets(found):
        return True
    if sum(map(_offers, groups)) * 2 > len(groups) or not all(one.is_text for group in groups for one in group):
        return False
    sizes = [len(group) for group in groups]
    usual = max(set(sizes), key=sizes.count)
    return usual in _GROUP and sum(size == usual for size in sizes) >= _EQUAL * len(sizes)


def _offers(group: Sequence[Segment]) -> bool:
    """Whether a line stands over items of a list or answers, or a key below them."""
    lines = [one for one in group if one.is_text and one.text]
    items = [one.mark is not None or bool(one.letter) for one in lines]
    return (len(lines) > 2 and not items[0] and any(items[1:])) or any(is_key(one.text) for one in lines)


def _count_characters(series: Series) -> None:
    """«Вариант А», «Вариант Б», «Вариант В»: the letters count as in the alphabet that all of them follow."""
    if series.form.startswith(LETTERED):
        ats = sorted(series.members)
        values = positions(tuple(series.members[at].printed.lower() for at in ats), "")
        for at, value in zip(ats, values, strict=True):
            series.members[at] = replace(series.members[at], value=value)


_GROUP = range(2, 7)
_GROUPS = 3
_MANY_GROUPS = 5
_EQUAL = 0.8
_NAMING = 12


def _names_tickets(found: Sequence[Segment]) -> bool:
    """Whether one of the first lines names tickets."""
    return any(
        max(one.labels.get("tickets", 0), _SURE * any(m.kind in {"ticket", "tickets"} for m in one.marks)) >= _NAMED
        for one in found[:_NAMING]
    )


def _count_tickets(result: list[Series], tickets: Iterable[Series]) -> None:
    """Add tickets to the series; what counts them counts nothing else."""
    for series in tickets:
        result[:] = [one for one in result if one.form != series.form]
        result.append(series)


def _is_drawn(found: Sequence[Segment], name: str) -> bool:
    """Whether one of the first lines says that whoever is examined draws one of what a word counts."""
    texts = (one.text for one in found[:_NAMING] if one.is_text and one.mark is None)
    stem = name[: max(_STEM, len(name) - 1)]
    return any(stem in fold(text) and words().front("drawn", text) for text in texts)


_STEM = 4
"""Letters of a word, at least, that its endings leave as they are."""


def _equal_groups(found: Sequence[Segment]) -> Iterator[Series]:
    """Tickets of any form: lines of one form that count on, over as many questions each: «Б-1», «Set 1»; many, over
    all of the document, where its first lines do not name tickets. A sheet is one where a candidate draws it."""
    named = _names_tickets(found)
    by_form: defaultdict[str, _Run] = defaultdict(list)
    for segment in found:
        for one in segment.counted or _lettered(segment.text):
            if one.words and one.kind in {None, "variant", "task"} and one.end >= len(segment.text):
                by_form[one.form].append((segment.at, one))
                break
    for form, members in by_form.items():
        drawn = _is_drawn(found, members[0][1].words)
        if members[0][1].kind == "task" and not drawn:
            continue
        ats = [at for at, _ in members]
        values = [one.value for _, one in members]
        if form.startswith(LETTERED):
            values = list(positions(tuple(one.printed.lower() for _, one in members), ""))
        rising = all(b == a + 1 for a, b in itertools.pairwise(values))
        groups = [found[at + 1 : end] for at, end in itertools.pairwise([*ats, len(found)])]
        if rising and _are_tickets(groups) and (named or drawn or _are_all(found, groups)):
            yield Series("ticket", form, {at: replace(one, kind="ticket") for at, one in members})
            return


def _ticket_lines(found: Sequence[Segment]) -> Series | None:
    """Tickets of one line each, «1) …; …; …», in a paper that names tickets: numbers alone that count on from one, over
    as many questions each, and nothing behind the first that they do not count."""
    if not _names_tickets(found):
        return None
    lines = [one for one in found if one.is_text and one.text]
    first = next((at for at, one in enumerate(lines) if _number_alone(one) is not None), len(lines))
    numbered = [(one, _number_alone(one)) for one in lines[first:]]
    counts = [number for _, number in numbered if number is not None]
    if len(counts) < len(numbered) or [one.value for one in counts] != list(range(1, len(counts) + 1)):
        return None
    if len({one.form for one in counts}) > 1 or parted_alike([one.text[n.end :] for one, n in numbered if n]) is None:
        return None
    return Series("ticket", counts[0].form, {one.at: replace(n, kind="ticket") for one, n in numbered if n})


def _number_alone(one: Segment) -> HeadingNumber | None:
    return next((each for each in one.counted if not each.words and each.depth == 1 and each.end < len(one.text)), None)


_BY_LETTER = re.compile(r"(?P<word>[^\W\d_]{2,20})\s(?P<n>[^\W\d_])[.:]?")


def _lettered(text: str) -> list[HeadingNumber]:
    """«Set A», whatever the word means: letters that count."""
    found = _BY_LETTER.fullmatch(text)
    value = place_of(found["n"]) if found and found["n"].isupper() else None
    word = fold(found["word"]) if found else ""
    return [HeadingNumber(f"{LETTERED}{word}", word, value, len(text), printed=found["n"])] if found and value else []


def _are_tickets(groups: Sequence[Sequence[Segment]]) -> bool:
    """Whether nearly all groups of lines have the same number of lines, and a few each."""
    sizes = [len(group) for group in groups]
    usual = max(set(sizes), key=sizes.count)
    return len(groups) >= _GROUPS and usual in _GROUP and sum(map(usual.__eq__, sizes)) >= _EQUAL * len(sizes)


def _are_all(found: Sequence[Segment], groups: Sequence[Sequence[Segment]]) -> bool:
    """Whether many groups of lines are nearly all of a document, and offer no answers."""
    lines = sum(map(len, groups)) + len(groups)
    return (
        len(groups) >= _MANY_GROUPS
        and lines >= _EQUAL * len(found)
        and not any(one.option or one.inline or not one.is_text for group in groups for one in group)
        and not any(map(_offers, groups))
    )


_NAMED = 3


_PAGES = languages.expression(r"(?<!\w)(?:@pages@)\.?\s*\d+(?:\s*[–-]\s*\d+)?\W*$", re.IGNORECASE)


def _cited(found: Sequence[Segment]) -> set[str]:
    """The forms of lines most of which cite a chapter with its pages, which is to be read: «Chapter 6: Typing, pp.
    181-193»."""
    forms: defaultdict[str, list[bool]] = defaultdict(list)
    for segment in found:
        for one in segment.counted if segment.is_text else ():
            if one.kind == "lecture" and fold(segment.text).split(maxsplit=1)[0].strip(".:") in BOOK_PARTS:
                forms[one.form].append(_PAGES.search(segment.text[-_CITED:]) is not None)
    return {form for form, cites in forms.items() if sum(cites) * 2 > len(cites)}


_CITED = 30
"""Letters at the end of a line in which pages are cited."""


def _is_too_long(segment: Segment) -> bool:
    """A title may be long where a style or an author says that it is one."""
    return segment.piece.heading is None and len(segment.text) > weights()["limits"]["title"]


def _only_ones(found: Sequence[Segment], result: Sequence[Series]) -> Iterator[Series]:
    """The only class of its kind, where a heading counts it that no series has."""
    known = {series.kind for series in result}
    held = {at for series in result for at in series.members}
    kinds = set(known)
    for segment in (one for one in found if one.at not in held):
        for one in segment.counted:
            heads = segment.heading >= weights()["heading"]["least"] or (
                one.form.startswith("mark") and not known & SESSIONS
            )
            fits = one.parted and heads and not _is_too_long(segment) and not one.form.startswith((CLOSES, POINTED))
            if one.kind in SESSIONS and one.kind not in kinds and fits:
                kinds.add(one.kind)
                yield Series(one.kind, one.form, {segment.at: one})
                break


_Run = list[tuple[int, HeadingNumber]]
_NEXT_RUNS = 50
"""Runs in which the headings of a list of contents are looked for."""


def _series(form: str, members: _Run) -> Iterator[Series]:
    """The members that count on, a series each time they begin anew; entries of a table of contents, which repeat them
    before, are left out."""
    kind = members[0][1].kind
    step = 3 if kind and not form.startswith(CLOSES) else 1
    runs: list[_Run] = []
    for at, one in members:
        last = runs[-1][-1][1].value if runs else 0
        if runs and last < one.value <= last + step:
            runs[-1].append((at, one))
        else:
            runs.append([(at, one)])
    values = [{one.value for _, one in run} for run in runs]
    kept = [run for nth, run in enumerate(runs) if not _repeated(run, values[nth], runs, values, nth + 1)]
    long = [run for run in kept if len(run) > 1 or (step > 1 and len(kept) > 1)]
    if form == "#bare" and max(map(len, long), default=0) < 3:
        return
    for run in long:
        yield Series(kind, form, dict(run))


def _repeated(run: _Run, values: set[int], runs: Sequence[_Run], all_values: Sequence[set[int]], after: int) -> bool:
    """Whether a run is a list of contents: line after line, and the same numbers again below with texts between."""
    if len(run) < 2 or any(b[0] - a[0] != 1 for a, b in itertools.pairwise(run)):
        return False
    return any(
        values <= all_values[at] and runs[at][-1][0] - runs[at][0][0] > len(runs[at])
        for at in range(after, min(after + _NEXT_RUNS, len(runs)))
    )


# --- nesting


def tree(found: Sequence[Segment]) -> OutlineSection:
    """The document as sections."""
    every = series_of(found)
    held = {at: series for series in every if series.kind not in ITEMS for at in series.members}
    items = {at for series in every if series.kind in ITEMS for at in series.members if not _is_set_off(found[at])}
    return _Nesting(found, held, items, _titled_before(found, every)).root


def _titled_before(found: Sequence[Segment], every: Sequence[Series]) -> set[int]:
    """The members of series whose titles all stand on the line before their number: «Roots», «Lecture 3», a text."""
    result: set[int] = set()
    for series in every:
        if series.kind in SESSIONS and len(series.members) > 1:
            ends = [(at, one.end) for at, one in series.members.items()]
            if all(_stands_over(found, at, end) for at, end in ends):
                result.update(series.members)
    return result


def _stands_over(found: Sequence[Segment], at: int, end: int) -> bool:
    """Whether a number alone stands under a short line and over a text."""
    if not 0 < at < len(found) - 1 or end < len(found[at].text):
        return False
    over, below = found[at - 1], found[at + 1]
    title = over.is_text and 0 < len(over.text) < weights()["limits"]["long"] and over.text[-1] not in ".:;?!"
    return title and over.mark is None and over.asks is None and is_prose(below)


def _is_set_off(segment: Segment) -> bool:
    """Whether a numbered question or task is a heading over more than its own line."""
    return "style" in segment.why or "bold" in segment.why or "larger" in segment.why


class _Nesting:
    def __init__(self, found: Sequence[Segment], held: dict[int, Series], items: set[int], titled: set[int]) -> None:
        self.held = held
        self.count = len(found)
        self.titled = titled
        self.texts = [one.text for one in found]
        self.root = OutlineSection()
        self.stack = [self.root]
        self.inner: defaultdict[int, set[tuple[object, ...]]] = defaultdict(set)
        """The forms of headings inside the members of each series."""
        self.opened: defaultdict[int, list[OutlineSection]] = defaultdict(list)
        """The members of each series that were opened."""
        least = weights()["heading"]["least"]
        for segment in found:
            heads = segment.heading >= least and segment.at not in items
            self._leave_table(found[segment.at - 1] if segment.at else None, segment)
            if segment.is_text and (segment.at in held or heads or _ends_part(segment)):
                self._open(segment)
            else:
                self._end_of_list(segment)
                self.stack[-1].own.append(segment)

    def _open(self, segment: Segment) -> None:
        series = self.held.get(segment.at)
        if series is None and self._is_title(segment):
            self.stack[-1].own.append(segment)
            return
        result = OutlineSection(segment, series, series.members[segment.at] if series else None)
        if series is not None and series.kind in SESSIONS:
            self._take_day(result, segment)
        if segment.at in self.titled and (title := self._line_before(segment)) is not None:
            result.own.append(title)
        if len(self.stack) > 1 and _ends_part(self.stack[-1].head):
            self.stack.pop()
        if _ends_part(segment):
            del self.stack[max(len(self.stack) - 1, 1) :]
        elif series is not None:
            self._close_for_series(result)
        else:
            self._close_for(result)
        if series is not None:
            self.opened[id(series)].append(result)
        for open_ in self.stack:
            if open_.series is not None and series is None:
                self.inner[id(open_.series)].add(key(result))
        result.parent = self.stack[-1]
        self.stack[-1].children.append(result)
        self.stack.append(result)

    def _leave_table(self, before: Segment | None, segment: Segment) -> None:
        """What stands behind a table that was taken apart is in none of its rows; below the last row that is a heading
        it is what that heads."""
        least = weights()["heading"]["least"]
        if before is None or not before.piece.laid or segment.piece.laid or segment.at in self.held:
            return
        if before.at in self.held or max(before.heading, segment.heading) >= least:
            return
        while (head := self.stack[-1].head) is not None and head.piece.laid and self._ends_in_table(self.stack[-1]):
            self.stack.pop()

    def _ends_in_table(self, open_: OutlineSection) -> bool:
        """Whether a section of a table ends with it: all but a member of a series that may be the head of what stands
        below, as tickets and classes have one; members before it, all of which stand in tables, say that it is not."""
        if open_.series is None:
            return True
        *before, _ = self.opened[id(open_.series)]
        return bool(before) and all(one.piece.laid for section in before for one in section.everything())

    def _is_title(self, segment: Segment) -> bool:
        """Whether a heading is the title of the class that a number alone counts on the line before, in its style."""
        over = self.stack[-1]
        alone = over.counted is not None and over.head is not None and over.counted.end >= len(over.head.text)
        if not alone or over.head is None or over.head.at != segment.at - 1 or not _style(over):
            return False
        return _style(OutlineSection(segment)) == _style(over) and not segment.counted and _closing(segment) is None

    def _take_day(self, result: OutlineSection, segment: Segment) -> None:
        """The day on the line before a class is that of the class."""
        last = self.stack[-1].own[-1] if self.stack[-1].own else self.stack[-1].head
        if last is not None and last.at == segment.at - 1 and last.is_text and dates.is_day_alone(last.text):
            result.day = self._line_before(segment)

    def _end_of_list(self, segment: Segment) -> None:
        """What is no item of the list that a line leads in, and a text behind classes of a line each, stand in the
        section around them."""
        last = self.stack[-1]
        led = last.head is not None and bool(last.own) and _leads_list(last.head, last.own[0])
        ended = led and not goes_on(last.own[0], last.own[-1], segment)
        if ended or (not last.own and self._is_behind_lines(len(self.stack) - 1) and tells(segment)):
            self.stack.pop()

    def _line_before(self, segment: Segment) -> Segment | None:
        """The line before a segment, taken out of the section that holds it: as text, or as a heading of its own."""
        last = self.stack[-1]
        if last.own and last.own[-1].at == segment.at - 1:
            return last.own.pop()
        if not last.own and last.head is not None and last.head.at == segment.at - 1 and last.parent is not None:
            self.stack.pop()
            last.parent.children.remove(last)
            return last.head
        return None

    def _close_for_series(self, result: OutlineSection) -> None:
        """A member closes its sibling, and everything that stands in no outer part."""
        for at, open_ in enumerate(self.stack):
            if open_.series is result.series:
                del self.stack[at:]
                return
        while len(self.stack) > 1 and not self._holds(self.stack[-1], result):
            self.stack.pop()

    def _holds(self, outer: OutlineSection, result: OutlineSection) -> bool:
        """Whether a member of a new series stands inside an open section."""
        a, b = _style(outer), _style(result)
        if outer.series is not None:
            inner = result.series.kind if result.series else None
            if outer.series.kind in OUTER and inner not in OUTER:
                return not (self._tells_lines(outer, result) or self._is_behind_texts(outer, result))
            return bool(a and b and a < b) or (outer.series.kind in SESSIONS and inner is None)
        if a and b:
            return a < b
        if (part := _closing(outer.head)) in AREAS | {"plan", "tickets", "exam"}:
            return part in AREAS or not any(one.mark is not None for one in outer.own)
        if a and result.head is not None and result.head.mark is not None:  # an item of a list ends no heading by style
            return True
        return not outer.own and (bool(a) or _stands_out(outer, result))

    def _is_behind_texts(self, outer: OutlineSection, result: OutlineSection) -> bool:
        """Whether a series begins behind the last of several weeks or units each of which has a text of its own and no
        class before it: these are the classes, «Chapter 3. Roots» before «Seminar 1. Leaves»."""
        if outer.series is None or result.series is None or result.head is None:
            return False
        before = self.opened[id(outer.series)]
        behind = len(before) == len(outer.series.members) > 1 and result.head.at == min(result.series.members)
        return behind and all(any(map(_is_text, one.own)) and not _holds_class(one) for one in before)

    def _tells_lines(self, outer: OutlineSection, result: OutlineSection) -> bool:
        """Whether a series sets out what the weeks before it name in a line each: «Week 1: Roots», «Week 2: Stems»,
        and below them «Lecture 1. Roots» with its text."""
        if outer.series is None or result.series is None or outer.own or outer.children:
            return False
        before = self.opened[id(outer.series)]
        if len(before) < len(outer.series.members) or any(one.own or one.children for one in before[:-1]):
            return False
        title = _words_of(result) or self._title_below(result)
        return title in {title for one in before if (title := _words_of(one))}

    def _title_below(self, result: OutlineSection) -> str:
        """The words of the line below the number of a class that stands alone on its own."""
        at = result.head.at + 1 if result.head is not None else len(self.texts)
        return _plain_words(self.texts[at]) if at < len(self.texts) else ""

    def _close_for(self, result: OutlineSection) -> None:
        if (level := self._of_style(result)) is not None:
            del self.stack[level:]
            return
        member = max((at for at, one in enumerate(self.stack) if one.series is not None), default=0)
        if (outer := self._holder(member, result)) is not None:
            del self.stack[outer + 1 :]
            return
        closing = _closing(result.head)
        inner = result.head is not None and result.head.repeated > 1 and (member > 0 or closing == "conclusion")
        if closing and not inner and not _style(result):
            while len(self.stack) > 1 and not self._keeps(self.stack[-1]):
                self.stack.pop()
            return
        if self._is_beside_holder(member, result):
            del self.stack[member - 1 :]
            return
        if self._is_behind_lines(member):
            del self.stack[member:]
            member = 0
        own = key(result)
        inside = [at for at, one in enumerate(self.stack) if at > member and key(one) == own]
        if inside:
            del self.stack[inside[-1] :]
            return
        while len(self.stack) > 1 and self._ends(self.stack[-1], result):
            self.stack.pop()

    def _holder(self, member: int, result: OutlineSection) -> int | None:
        """The open section below whose number that of a heading lies; of several one that has a style, as it has."""
        found = [at for at in range(len(self.stack) - 1, member, -1) if _numbers_hold(self.stack[at], result)]
        alike = [at for at in found if bool(_style(self.stack[at])) == bool(_style(result))]
        return next(iter(alike or found), None)

    def _is_beside_holder(self, member: int, result: OutlineSection) -> bool:
        """Whether a heading behind the last member of a series looks as the one over the series, and as none inside
        its members."""
        series, holder = self.stack[member].series, self.stack[max(member - 1, 0)]
        if series is None or holder.head is None or result.head is None or result.head.at < series.last:
            return False
        alike = key(holder) == key(result) and any(key(result)[2:])
        return alike and holder.series is None and key(result) not in self.inner[id(series)]

    def _is_behind_lines(self, member: int) -> bool:
        """Whether the open member of a series is the last of several that are a line each."""
        series = self.stack[member].series
        members = self.opened[id(series)] if series is not None else []
        if series is None or len(members) < _LINES or len(members) < len(series.members):
            return False
        return not any(one.own or one.children for one in members[:-1])

    def _of_style(self, result: OutlineSection) -> int | None:
        """Where the heading stands open that a heading by style ends with all that stands in it: classes in it that no
        style sets off hold no heading of its level."""
        style = _style(result)
        for at, one in enumerate(self.stack):
            if style and one.series is None and _style(one) >= style:
                inner = [each for each in self.stack[at + 1 :] if each.series is not None]
                return at if inner and not any(map(_style, inner)) else None
        return None

    def _keeps(self, open_: OutlineSection) -> bool:
        """Whether an open section goes on around a part of the course: a heading by style, a class not the last."""
        if open_.series is None:
            return bool(_style(open_))
        return open_.head is not None and open_.head.at < open_.series.last

    def _is_of_class(self, open_: OutlineSection, result: OutlineSection) -> bool:
        """Whether a heading in the style of the classes is one of the text of a class: it stands over text before the
        next class, or behind the last as such headings did before; the words of a part of the course are none."""
        series, head = open_.series, result.head
        if series is None or series.kind not in SESSIONS or head is None or _style(open_) != _style(result):
            return False
        over_text = head.at + 1 not in self.held and head.at + 1 < self.count
        before = len(series.members) > 1 and (head.at < series.last or key(result) in self.inner[id(series)])
        return over_text and before and _closing(head) is None

    def _looks_beside(self, member: OutlineSection, result: OutlineSection) -> bool:
        """Whether a heading behind the last of several tickets, or of classes set off by capitals or in the middle,
        looks as their headings do and as none inside them."""
        series, look = member.series, key(result)
        if series is None or len(series.members) < _SEVERAL or look != key(member) or look in self.inner[id(series)]:
            return False
        why = result.head.why if result.head is not None else {}
        return any(look[2:]) and (series.kind in PAPERS or "capitals" in why or "centred" in why)

    def _ends(self, open_: OutlineSection, result: OutlineSection) -> bool:
        """Whether a heading without a number of a series ends an open section."""
        a, b = _style(open_), _style(result)
        if _is_stage_behind(open_, result):
            return True
        if a and b:
            return b <= a and not self._is_of_class(open_, result)
        if open_.series is not None:
            behind = result.head is not None and result.head.at > open_.series.last
            return behind and (_closing(result.head) is not None or self._looks_beside(open_, result))
        if _depth(open_) and _depth(result):
            return _depth(result) <= _depth(open_) and not (a and _counts_anew(open_, result))
        if a:
            return False
        return bool(b) or not _stands_out(open_, result)


def _is_stage_behind(open_: OutlineSection, result: OutlineSection) -> bool:
    """Whether a stage of a lesson stands behind a part of its plan, which no style sets off: it is none of its aims."""
    if (
        result.head is None
        or open_.head is None
        or not result.head.stage
        or open_.head.stage
        or open_.series is not None
    ):
        return False
    named = max(open_.head.labels.values(), default=0) >= _NAMES_PART
    return named and bool(open_.own) and open_.head.piece.heading is None


def _is_text(one: Segment) -> bool:
    return one.mark is None and one.is_text and (is_prose(one) or tells(one) or one.text[-1:] in ".!?")


def _holds_class(section: OutlineSection) -> bool:
    return any(one.series is not None and one.series.kind in SESSIONS for one in section.walk() if one is not section)


_LED_BY_COLON = ("outcomes", "objectives", "prerequisites", "postrequisites")
"""Parts of a course that a label with a colon gives in a list."""


def _leads_list(head: Segment, first: Segment) -> bool:
    """Whether a line leads in a list that it is a sentence with: by its last words, or as one of what is learned with a
    colon at its end over an item."""
    learned = max(map(head.labels.get, _LED_BY_COLON, itertools.repeat(0))) >= _NAMES_PART
    colon = head.text.endswith(":") and head.piece.heading is None and first.mark is not None
    return head.leads is not None or (learned and colon)


def _ends_part(head: Segment | None) -> bool:
    """Whether course.toml says that a part ends before this passage."""
    return head is not None and head.piece.said is not None and head.piece.said.kind == "end"


def _style(section: OutlineSection) -> int:
    """The level that a heading's style gives, the title's above all others; 0 without one."""
    if section.head is None:
        return 0
    level = section.head.piece.heading
    return level + 1 if level else int(is_title(section.head.piece))


def _depth(section: OutlineSection) -> int:
    """How many numbers «5.1.2» has; 0 without a plain number."""
    head = section.head
    plain = next((one for one in head.counted if not one.words), None) if head else None
    return plain.depth if plain else 0


def _numbers_hold(outer: OutlineSection, result: OutlineSection) -> bool:
    """«5.1» lies below «5», whatever its style says."""
    a, b = (plain_number(one) for one in (outer, result))
    return bool(a and b) and b[: len(a)] == a and len(b) > len(a)


def _counts_anew(outer: OutlineSection, result: OutlineSection) -> bool:
    """Whether the number of a heading is not the next one of its depth: «1. …» below «4.3 …»."""
    a, b = ([int(one) for one in plain_number(section)] for section in (outer, result))
    return len(b) > len(a) or b != [*a[: len(b) - 1], a[len(b) - 1] + 1]


def plain_number(section: OutlineSection) -> list[str]:
    head = section.head
    plain = next((one for one in head.counted if not one.words), None) if head else None
    return plain.printed.split(".") if plain else []


def _words_of(section: OutlineSection) -> str:
    """The words of a heading behind its number, however they are written."""
    head, counted = section.head, section.counted
    text = head.text[counted.end :] if head is not None and counted is not None else ""
    return _plain_words(text)


def _plain_words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def key(section: OutlineSection) -> tuple[object, ...]:
    """What headings of one level have in common."""
    head = section.head
    if head is None:
        return ()
    if head.piece.style == LABEL_STYLE:
        return (LABEL_STYLE,)
    look = ("bold", "underlined", "capitals", "centred", "larger")
    return (_style(section), _depth(section), *(name in head.why for name in look))


def _stands_out(open_: OutlineSection, result: OutlineSection) -> bool:
    """Whether an open section's heading is set off more than the new one, so that it may hold it."""
    rank = {"larger": 8, "centred": 4, "capitals": 4, "bold": 2, "underlined": 2}
    a, b = (sum(value for name, value in rank.items() if one.head and name in one.head.why) for one in (open_, result))
    return a > b


def _closing(head: Segment | None) -> str | None:
    """The part of a course that a heading surely names."""
    if head is None:
        return None
    if head.piece.said is not None and head.piece.said.part in CLOSING:
        return head.piece.said.part
    sure = [label for label, score in head.labels.items() if label in CLOSING and score >= _SURE]
    known = [mark.kind for mark in head.marks if mark.whole and mark.group == "heading" and mark.kind in CLOSING]
    known += ["assignments" for mark in head.marks if mark.whole and mark.group == "label"]
    return next(iter([*known, *sure]), None)


def behind_first(root: OutlineSection) -> list[Segment]:
    """What a document says behind a list that a line of it leads in, taken out of what stands before its first heading:
    it is no title page."""
    first = next((child.head.at for child in root.children if child.head is not None), None)
    behind = [one for one in root.own if first is not None and one.at > first]
    root.own = [one for one in root.own if not behind or one.at < behind[0].at]
    return behind


def names_term(section: OutlineSection) -> bool:
    """Whether a heading is a term over its meaning: a few words over a text in which no line defines another."""
    head, own = section.head, section.own
    if head is None or not own or section.series is not None or head.mark is not None or len(head.text) < _TERM:
        return False
    short = len(head.text) < weights()["limits"]["short"] and head.text[-1] not in ".;?!" and ":" not in head.text
    inside = any(names_term(child) for child in section.children)
    return short and not inside and own[0].is_text and not any(one.is_text and (one.term or one.lead) for one in own)


_TERM = 2
"""Letters of a term, at least: «A» stands over the terms that begin with it."""


def heads_text(section: OutlineSection) -> bool:
    """Whether most points of a list are the headings of what follows it: the plan of one class."""
    points = [one for one in section.own if one.is_text and one.mark is not None]
    again = sum(one.headed for one in points)
    return again >= _AGAIN and again * 2 > len(points)


def holds_works(section: OutlineSection, *, dated: bool = False) -> bool:
    """Whether most sections inside begin with a line, or end their heading with words, that say when they are due or
    what they give; ``dated``: two at least say when."""
    have_terms = [
        any(says_terms(one) or leads_terms(one) for one in child.own[:2])
        or (child.head is not None and (child.head.brief or sets_work(child.head)))
        for child in section.children
    ]
    due = sum(_is_dated(child) for child in section.children) if dated else 2
    return (sum(have_terms) > 1 and sum(have_terms) * 2 > len(have_terms) and due > 1) or _counts_works(section)


def _counts_works(section: OutlineSection) -> bool:
    """Whether each of several headings counts a piece of work by its name, and says below when it is handed in, most of
    them at least: «Brief 1: The map» over a text that ends in a day."""
    counted = all(
        child.head is not None and any(c.kind == "task" and c.words and c.parted for c in child.head.counted)
        for child in section.children
    )
    dated = sum(any(one.due for one in child.own) for child in section.children)
    return len(section.children) > 1 and counted and dated * 2 > len(section.children)


def _is_dated(section: OutlineSection) -> bool:
    """Whether a heading, or a line right below it, says when work is due."""
    return any(one.due for one in section.own[:_TERMS]) or (section.head is not None and sets_work(section.head))


def says_when_due(section: OutlineSection) -> bool:
    """Whether a heading, no item of a list, stands over a line that says when work is due, and nothing else but what it
    gives: the work has that heading as its title."""
    head, first = section.head, section.own[0] if section.own else None
    if head is None or first is None or head.asks is not None:
        return False
    return (first.due and says_terms(first)) or leads_terms(first)


def lists_works(section: OutlineSection) -> bool:
    """Whether each line of a section names a piece of work and says when it is due."""
    return len(section.own) > 1 and not section.children and all(one.due for one in section.own)
