"""Classes that nothing counts, told by what they have in common: the same headings inside, the same words that lead
in a task, one look and numbers that go on under a title that speaks of several classes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from coursepack.outline.tree.ordinals import HeadingNumber
from coursepack.outline.tree.sections import OutlineSection, key
from coursepack.outline.tree.shape import is_prose, tells
from coursepack.outline.tree.signals import Segment
from coursepack.outline.tree.words import words

_PARTS = (
    "outline",
    "aims",
    "review",
    "tasks",
    "equipment",
    "keywords",
    "homework",
    "summary",
    "literature",
    "outcomes",
)
_LEAST = 3
_MOST_OF = 2 / 3
_LONGEST_LEAD = 40
_FIRST_LINES = 12


def nest(root: OutlineSection) -> None:
    """Put headings that come again and again among their siblings below the sibling before them which does not:
    «The sky», «Questions», «Read», «The moon», «Questions», «Read»."""
    for section in root.walk():
        section.children = _titled(section.children)
        names = [_name(one) for one in section.children]
        counts = Counter(names)
        again = [
            counts[name] > (not _is_part(one)) and _is_again(one)
            for name, one in zip(names, section.children, strict=True)
        ]
        repeated = [one for one, inside in zip(section.children, again, strict=True) if inside]
        over = [
            a for (a, inside), (_, below) in pairwise(zip(section.children, again, strict=True)) if below and not inside
        ]
        if not any(map(_is_part, repeated)) or not _parts_of_each(names, again) or not all(map(_may_title, over)):
            continue
        kept: list[OutlineSection] = []
        for one, inside in zip(section.children, again, strict=True):
            if inside and kept:
                one.parent = kept[-1]
                kept[-1].children.append(one)
            else:
                kept.append(one)
        section.children = kept


def _titled(sections: list[OutlineSection]) -> list[OutlineSection]:
    """With what stands below a number alone inside it, where several such numbers count on: «1», «The sky»."""
    bare = [one for one in sections if _is_bare(one)]
    if len(bare) < _LEAST or not shared_counts(bare):
        return sections
    kept: list[OutlineSection] = []
    for one in sections:
        if kept and _is_bare(kept[-1]) and not _is_bare(one):
            one.parent = kept[-1]
            kept[-1].children.append(one)
        else:
            kept.append(one)
    return kept


def _is_bare(section: OutlineSection) -> bool:
    bare = section.head is not None and _is_number(section.head) and section.series is None
    return bare and not section.own and not section.children


def _is_number(head: Segment) -> bool:
    return any(not one.words and one.end == len(head.text) for one in head.counted)


def _name(section: OutlineSection) -> str:
    return section.head.folded.rstrip(" .:") if section.head is not None and section.series is None else ""


def _is_again(section: OutlineSection) -> bool:
    return section.head is not None and section.series is None and section.head.repeated > 1


def _may_title(section: OutlineSection) -> bool:
    """Whether a heading can be the title of a class: said once, and no name of a part."""
    return section.head is not None and section.head.repeated == 1 and not _is_part(section)


def _is_part(section: OutlineSection) -> bool:
    """Whether the words of a heading name what a class has: questions, tasks, books."""
    return section.head is not None and any(section.head.labels.get(name) for name in _PARTS)


def _parts_of_each(names: Sequence[str], again: Sequence[bool]) -> bool:
    """Whether each name that comes again stands at most once behind each sibling that does not, and behind most."""
    groups: list[list[str]] = []
    for name, inside in zip(names, again, strict=True):
        if not inside:
            groups.append([])
        elif not groups:
            return False
        else:
            groups[-1].append(name)
    held = [group for group in groups if group]
    once = all(len(set(group)) == len(group) for group in held)
    first = next((at for at, group in enumerate(groups) if group), len(groups))
    return once and len(held) >= _MOST_OF * (len(groups) - first)


def members(section: OutlineSection, *, several: bool) -> list[OutlineSection]:
    """The sections inside one that are classes alike; ``several``: the document says that it holds several."""
    plain = [one for one in section.children if one.series is None and one.head is not None]
    holding = [one for one in plain if one.children]
    counted = len(holding) >= _LEAST and bool(shared_counts(holding))
    inner = [_names_inside(one, deep=counted) for one in holding]
    if len(inner) > 1 and set.intersection(*inner):
        return holding
    if (alike := _of_one_look(plain, is_prose)) and (_led_alike(alike) or (several and shared_counts(alike))):
        return alike
    alike = _of_one_look(plain, tells)
    return alike if alike and shared_counts(alike) and _led_alike(alike, asks=True) else []


def _names_inside(section: OutlineSection, *, deep: bool) -> set[str]:
    """The headings inside a section; ``deep``: also those in headings that name parts of a class, whose questions stand
    at its end, below the last of its headings."""
    within = [one for child in _inside(section) for one in child.walk() if one is not child] if deep else []
    deeper = {_name(one) for one in within if _is_part(one)}
    return ({_name(child) for child in _inside(section)} | deeper) - {""}


def _of_one_look(plain: Sequence[OutlineSection], says: Callable[[Segment], bool]) -> list[OutlineSection]:
    """The sections that hold text and look alike; none where these are not most."""
    labelled = [one for one in plain if any(map(says, one.everything()))]
    if len(labelled) < _LEAST or len(labelled) < _MOST_OF * len(plain):
        return []
    look = Counter(map(key, labelled)).most_common(1)[0][0]
    alike = [one for one in labelled if key(one) == look]
    return alike if len(alike) >= _LEAST else []


def _inside(section: OutlineSection) -> list[OutlineSection]:
    """The sections inside one; those below its title where that stands below a number alone."""
    titled = len(section.children) == 1 and section.head is not None and _is_number(section.head)
    return section.children[0].children if titled else section.children


def shared_counts(sections: Sequence[OutlineSection]) -> list[HeadingNumber]:
    """How headings count on one after the other, all in one form: «1. …», «Night 1 – …»; nothing where they do not."""
    heads = [section.head for section in sections if section.head is not None]
    for form in [one.form for one in heads[0].counted] if heads else ():
        found = [one for head in heads for one in head.counted if one.form == form]
        if len(found) == len(sections) and all(b.value - a.value == 1 for a, b in pairwise(found)):
            return found
    return []


def _led_alike(sections: Sequence[OutlineSection], *, asks: bool = False) -> bool:
    """Whether the same words lead in a paragraph of most of them, or a question: «To talk over: …?»."""
    leads: Counter[str] = Counter()
    for section in sections:
        texts = (one.text for one in section.own if one.is_text and (not asks or one.text[-1:] == "?"))
        leads.update({lead for text in texts if (lead := _lead(text))})
    return any(count >= max(_LEAST, _MOST_OF * len(sections)) for count in leads.values())


def _lead(text: str) -> str:
    lead, colon, rest = text.partition(":")
    return lead.casefold() if colon and rest.strip() and len(lead) <= _LONGEST_LEAD and lead[:1].isalpha() else ""


def speaks_of_several(root: OutlineSection) -> bool:
    """Whether one of the lines before the first text says that the document holds several classes: «Six lectures»."""
    for one in sorted((*root.own, *root.heads()), key=lambda one: one.at)[:_FIRST_LINES]:
        if is_prose(one):
            return False
        if one.is_text and words().front("several-classes", one.text):
            return True
    return False
