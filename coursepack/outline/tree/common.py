"""Labels that come back in most classes of a series, «Worum es geht: …»: what stands behind them tells what they are
where their words do not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from coursepack import languages
from coursepack.outline.tree import dates
from coursepack.outline.tree.sections import PRACTICAL, SESSIONS, OutlineSection
from coursepack.outline.tree.signals import BOOK_PARTS, Segment, is_book, weights
from coursepack.outline.tree.words import FULL, words

_LEAD = re.compile(r"(?P<lead>[^\W\d_][^:.!?;]{1,39}):\s+(?=\S)")
_NAMES = ("aims", "equipment", "review", "tasks", "literature", "keywords", "homework", "outcomes")
_LISTED = re.compile(r",\s|;\s")


def mark_labels(root: OutlineSection) -> None:
    """Say of each line that begins with a label which most classes of its series have what field the label opens."""
    series: defaultdict[int, list[OutlineSection]] = defaultdict(list)
    for section in root.walk():
        if section.series is not None and section.series.kind in SESSIONS:
            series[id(section.series)].append(section)
    for members in series.values():
        if len(members) >= weights()["common"]["least"]:
            _mark(members)


def _mark(members: Sequence[OutlineSection]) -> None:
    held: defaultdict[str, list[tuple[Segment, int]]] = defaultdict(list)
    for member in members:
        for lead, (one, end) in dict(_leads(member)).items():
            held[lead].append((one, end))
    kind = members[0].series.kind if members[0].series is not None else None
    for lead, lines in held.items():
        if len(lines) * 100 >= weights()["common"]["percent"] * len(members):
            values = [one.text[end:] for one, end in lines]
            first = [any(one is own[0] for own in map(_lines, members) if own) for one, _ in lines]
            field = _by_words(lead) or _by_values(values, first, works=kind in PRACTICAL)
            if kind == "seminar" and field in {None, "equipment"}:
                field = _in_seminar(lead, values, first) or field
            for one, end in lines:
                one.common = (field, end) if field else None


def _leads(member: OutlineSection) -> Iterator[tuple[str, tuple[Segment, int]]]:
    """The labels at the beginnings of the lines of a class, folded, with the line and where its value begins."""
    for one in _lines(member):
        found = _LEAD.match(one.text) if one.is_text and one.mark is None else None
        if found is not None:
            yield found["lead"].casefold(), (one, found.end())


def _lines(member: OutlineSection) -> Sequence[Segment]:
    """The lines of a class before its parts: those below its title, where that stands on a line of its own."""
    titled = not member.own and bool(member.children) and member.children[0].series is None
    return member.children[0].own if titled else member.own


def _by_words(lead: str) -> str | None:
    """What the words of a label name at least a little: that it comes back makes it surer."""
    ranked = sorted(words().labels(lead).items(), key=lambda pair: -pair[1])
    fits = (name for name, value in ranked if name in _NAMES and value >= weights()["common"]["words"])
    entry = words().entry(lead)
    return next(fits, entry if entry in _NAMES else None)


def _by_values(values: Sequence[str], first: Sequence[bool], *, works: bool) -> str | None:
    """What most values of a label are: questions; in classes in which things are done what is needed, a list of things,
    and before it the aim, a sentence."""
    if _most([value.rstrip()[-1:] == "?" for value in values]):
        return "review"
    if _most([_is_cited(value) for value in values]):
        return "literature"
    if not works:
        return None
    things = [bool(_LISTED.search(value)) and value.rstrip()[-1:] not in ".!?" for value in values]
    if _most(things):
        return "equipment"
    return "aims" if _most(first) and _most([value.rstrip()[-1:] == "." for value in values]) else None


def _in_seminar(lead: str, values: Sequence[str], first: Sequence[bool]) -> str | None:
    """What most values of a label are in seminars: a list that begins them is what is talked about, orders behind it
    are what is to be done, as is what a label for a place leads in, «In the room: …»."""
    if _most(first):
        return "outline" if _most([";" in value for value in values]) else None
    if _NAMES_PLACE <= words().labels(lead).get("equipment", 0) < FULL:
        return "tasks"
    return "tasks" if _most([words().asks(value) == "task" for value in values]) else None


_NAMES_PLACE = 3
"""Evidence of words that tell of a room or a table rather than name what is needed."""
_CITED = languages.expression(
    r"(?<!\d)(?:1[5-9]|20)\d\d\w?(?!\d)|(?<!\w)(?:@pages@|pp?)\.?\s?\d|\d\s?(?:@pages@)\."
    rf"|(?<!\w)(?:{'|'.join(sorted(BOOK_PARTS, key=len, reverse=True))})\.?\s?\d",
    re.IGNORECASE,
)
_TITLED = languages.expression(r"[@A@][\w'’-]+,\s+[«“\"]")
"""A surname before a title in quotes: «Roy, “Urban Informality”»."""


def _is_cited(value: str) -> bool:
    """Whether a value is a book, or names one by its author and year or by its pages: «Horrox 1994, chs 1-2»."""
    if is_book(value) or _TITLED.match(value) is not None:
        return True
    return _CITED.search(value) is not None and value[:1].isupper() and not _names_day(value)


def _names_day(value: str) -> bool:
    """Whether a value names a month or a weekday: «Due: Monday 2 March 2026»."""
    return any(dates.is_name("month", word) or dates.is_name("weekday", word) for word in _WORD.findall(value))


_WORD = re.compile(r"[^\W\d_]{3,}")


def _most(each: Sequence[bool]) -> bool:
    return sum(each) * 100 >= weights()["common"]["percent"] * len(each)
