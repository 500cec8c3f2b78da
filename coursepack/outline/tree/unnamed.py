"""Classes that a word counts which no list names, «Blatt 1: …», «Session A2»; their days of the week; what they hold
tells their kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from coursepack.outline.tree import dates
from coursepack.outline.tree.ordinals import CLOSES, HeadingNumber
from coursepack.outline.tree.shape import tells
from coursepack.outline.tree.signals import AREA_OF, Segment, weights
from coursepack.outline.tree.words import FULL, words
from coursepack.outline.tree.work import says_terms

Run = dict[int, HeadingNumber]
_Group = Sequence[Segment]


def runs(found: Sequence[Segment]) -> Iterator[tuple[str, str, Run]]:
    """Kind, form and members of the classes that an unknown word counts, or that days of the week head."""
    by_form: defaultdict[str, list[tuple[int, HeadingNumber]]] = defaultdict(list)
    for segment in found:
        if _may_head(segment):
            for one in segment.counted:
                if one.words and one.kind is None and one.parted and not one.form.startswith(CLOSES):
                    by_form[one.form].append((segment.at, one))
                    break
    for form, members in by_form.items():
        run = dict(members)
        if [one.value for one in run.values()] == list(range(1, len(run) + 1)) and (kind := _kind(found, run)):
            yield _said(next(iter(run.values())).words) or kind, form, run
            return
    days = _weekdays(found)
    if days and _kind(found, days):
        yield "meeting", dates.FORM, days


def _said(word: str) -> str | None:
    """The kind of classes whose list the word that counts them names: «Debate 1», «1-пікірталас» are seminars."""
    names = words().labels(word)
    return next((kind for kind, area in AREA_OF.items() if names.get(area, 0) >= FULL), None)


SIGN = "§"
"""What counts the sections of a textbook, which are its classes where nothing else is."""

_SECTIONS = 2
"""Sections, at least."""


def sections(found: Sequence[Segment]) -> Run:
    """The sections that «§» counts from 1 on, most of which hold text."""
    heads = [one for one in found if one.is_text and one.text.startswith(SIGN) and one.text[-1:] not in ";,"]
    run = {one.at: plain for one in heads if (plain := next((c for c in one.counted if not c.words), None))}
    if len(run) < _SECTIONS or any(one.depth > 1 for one in run.values()):
        return {}
    if [one.value for one in run.values()] != list(range(1, len(run) + 1)):
        return {}
    groups = [found[at + 1 : end] for at, end in pairwise([*sorted(run), len(found)])]
    count = sum(any(map(_says, group)) for group in groups)
    return {at: replace(one, kind="lecture", form=SIGN) for at, one in run.items()} if _share(count, groups) else {}


def _says(one: Segment) -> bool:
    """A sentence, be it short."""
    return one.is_text and one.mark is None and one.text[-1:] in ".!?" and one.text.count(" ") > 1


def _may_head(segment: Segment) -> bool:
    """Whether a line can be the title of a class: short, no sentence and no item of a list."""
    short = segment.is_text and len(segment.text) < weights()["limits"]["title"]
    return short and not segment.option and segment.text[-1:] not in ".;,"


def _weekdays(found: Sequence[Segment]) -> Run:
    """Headings that begin with the days of a week, one after the other: «Monday: Granite», «Tuesday: Slates»."""
    heads = [
        (one.at, nth)
        for one in found
        if one.heading >= weights()["heading"]["least"] and (nth := dates.weekday(one.text)) is not None
    ]
    rises = all(before < after for (_, before), (_, after) in pairwise(heads))
    return {at: HeadingNumber(dates.FORM, "", nth + 1, 0, kind="meeting") for at, nth in heads} if rises else {}


def _kind(found: Sequence[Segment], run: Mapping[int, HeadingNumber]) -> str | None:
    """What the members of a run are as classes; none where they are no classes: few, short, of no common make, or
    a small part of the document."""
    limit = weights()["unnamed"]
    ats = sorted(run)
    if len(ats) < limit["least"] or (len(found) - ats[0]) * 100 < limit["share-percent"] * len(found):
        return None
    groups = [found[at + 1 : end] for at, end in pairwise([*ats, len(found)])]
    if any(len(group) < limit["lines"] for group in groups):
        return None
    offered = sum(sum(one.option for one in group) * 2 > len(group) for group in groups)
    prose_count = sum(any(map(tells, group)) for group in groups)
    if offered * 2 > len(groups) or not (_share(prose_count, groups) or _labels(groups)):
        return None
    return _by_content(groups)


def are_works(found: Sequence[Segment], ats: Sequence[int]) -> bool:
    """Whether classes that begin at places are works of a laboratory: most have numbered steps and common labels."""
    groups = [found[at + 1 : end] for at, end in pairwise([*sorted(ats), len(found)])]
    return len(groups) >= weights()["unnamed"]["least"] and _have_steps(groups)


def are_experiments(found: Sequence[Segment], ats: Sequence[int]) -> bool:
    """Whether papers that are counted as work, «Work 1», are works of a laboratory: most have numbered steps and, under
    another label in common, questions; none says when it is due or what it gives."""
    groups = [found[at + 1 : end] for at, end in pairwise([*sorted(ats), len(found)])]
    if not are_works(found, ats) or any(one.due or says_terms(one) for group in groups[:-1] for one in group):
        return False
    return _share(sum(map(_lists_questions, groups)), groups)


def are_discussions(found: Sequence[Segment], ats: Sequence[int]) -> bool:
    """Whether papers that are counted as work, «Sheet 1», are the plans of seminars: most have common labels, over
    questions that they list and over something else, and say neither when they are due nor what they give."""
    groups = [found[at + 1 : end] for at, end in pairwise([*sorted(ats), len(found)])]
    if len(groups) < weights()["unnamed"]["least"] or _labels(groups) < _PARTS:
        return False
    questions = sum(map(_lists_questions, groups))
    handed_in = sum(any(one.due or says_terms(one) for one in group) for group in groups[:-1])
    return _share(questions, groups) and not handed_in and not _have_steps(groups)


def are_talks(found: Sequence[Segment], ats: Sequence[int]) -> bool:
    """Whether meetings are seminars: most begin with a label that comes back over a list, which asks in most of them,
    and go on with other labels in common; most hold little text."""
    groups = [found[at + 1 : end] for at, end in pairwise([*sorted(ats), len(found)])]
    if len(groups) < weights()["unnamed"]["least"] or _labels(groups) < _PARTS:
        return False
    listed = sum(map(_begins_with_list, groups))
    questions = sum(map(_lists_questions, groups))
    talked = _share(listed, groups) and questions * 2 > len(groups)
    mostly_text = _text_most(groups) * 2 > len(groups)
    return (talked or are_meetings(found, ats)) and not (mostly_text or _have_steps(groups))


def are_meetings(found: Sequence[Segment], ats: Sequence[int]) -> bool:
    """Whether units are meetings: a label with a colon comes back in most of them, most have a list, most items of
    these lists ask, and little of them is text."""
    groups = [found[at + 1 : end] for at, end in pairwise([*sorted(ats), len(found)])]
    items = [one for group in groups for one in group if one.is_text and one.mark is not None]
    if len(groups) < weights()["unnamed"]["least"] or any(one.option for one in items):
        return False
    questions = sum(one.asks is not None for one in items)
    led = Counter(label for group in groups for label in {_label(one) for one in group if ":" in one.text} - {""})
    listed = sum(sum(one.mark is not None for one in group) > 1 for group in groups)
    back = any(_share(count, groups) for count in led.values())
    return back and _share(listed, groups) and questions * 2 > len(items) and _text_most(groups) * 2 < len(groups)


def _begins_with_list(group: _Group) -> bool:
    """Whether a label over several items of a list is the first thing below a title."""
    return len(group) > _PARTS and bool(_label(group[0])) and all(one.mark is not None for one in group[1 : _PARTS + 1])


_PARTS = 2
"""Labels that the plans of seminars have in common, at least."""


def _begins_asking(group: _Group) -> bool:
    """Whether what is first said below a title, by its label, is a list that asks."""
    return bool(group) and bool(_label(group[0])) and group[0].mark is None and _lists_questions(group[:_ASKED_FIRST])


_ASKED_FIRST = 4
"""A label and so many lines below it are looked at."""


def _lists_questions(group: _Group) -> bool:
    """Whether a label stands over a list that asks."""
    heads = [at for at, one in enumerate(group) if one.is_text and one.mark is None and _label(one)]
    lists = [takewhile(lambda one: one.is_text and one.mark is not None, group[at + 1 :]) for at in heads]
    return any(sum(one.asks == "question" for one in items) for items in lists)


def _have_steps(groups: Sequence[_Group]) -> bool:
    """Whether most members have a list of steps, and labels in common; points to talk about give no orders."""
    steps = _share(sum(map(_steps, groups)), groups) and _labels(groups) > 1
    return steps and not _talk(groups)


def _talk(groups: Sequence[_Group]) -> bool:
    """Whether in most members a label that names what is talked about stands over a list, and few items of such lists
    say what to do."""
    listed = [list(_talked(group)) for group in groups]
    items = [one for found in listed for one in found]
    orders = sum(one.asks == "task" for one in items)
    return _share(sum(map(bool, listed)), groups) and orders * 3 < len(items)


def _talked(group: _Group) -> Iterator[Segment]:
    """The items of the first list of a member that a label for what is talked about heads."""
    for at, one in enumerate(group[:-1]):
        if one.is_text and one.mark is None and one.labels.get("outline", 0) >= _SAYS_TALK:
            yield from takewhile(lambda item: item.is_text and item.mark is not None, group[at + 1 :])
            return


_SAYS_TALK = 8
"""Evidence of a label that its list is talked about."""


def _share(count: int, groups: Sequence[_Group]) -> bool:
    return count * 100 >= weights()["unnamed"]["most-percent"] * len(groups)


def _labels(groups: Sequence[_Group]) -> int:
    """How many short lines, or labels before a colon, come back in most members."""
    held = Counter(label for group in groups for label in {_label(one) for one in group if one.is_text} - {""})
    return sum(_share(count, groups) for count in held.values())


def _label(one: Segment) -> str:
    lead, colon, _ = one.text.partition(":")
    label = lead if colon else one.text
    fits = label[:1].isalpha() and len(label) <= weights()["unnamed"]["label"] and label[-1:] not in ".?!"
    return label.casefold() if fits else ""


def _by_content(groups: Sequence[_Group]) -> str:
    """The kind of classes whose members are ``groups``: most have steps to go, or text, or questions."""
    if _have_steps(groups):
        return "laboratory"
    if _labels(groups) > 1 and _share(sum(map(_begins_asking, groups)), groups):
        return "seminar"
    if _text_most(groups) * 2 > len(groups):
        return "lecture"
    return "seminar" if _labels(groups) > 1 else "lecture"


def _text_most(groups: Sequence[_Group]) -> int:
    """How many members are text for the most part."""
    characters = [
        (sum(len(one.text) for one in group if tells(one)), sum(len(one.text) for one in group)) for group in groups
    ]
    return sum(text * 2 > every for text, every in characters)


def _steps(group: _Group) -> bool:
    """Whether a list that counts on says what to do rather than asks."""
    items = [one for one in group if one.mark is not None and one.mark.value > 0 and one.text[-1:] != "?"]
    return (
        # A list of Word goes on counting from one class to the next.
        any(a.mark and b.mark and b.mark.value == a.mark.value + 1 for a, b in pairwise(items)) and len(items) > 2
    )
