"""Which of the headings at the beginning of a class is its title, and the number of that title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursepack.outline.tree.named import persons
from coursepack.outline.tree.ordinals import HeadingNumber
from coursepack.outline.tree.sections import OUTER, OutlineSection, key, plain_number
from coursepack.outline.tree.shape import is_prose, tells
from coursepack.outline.tree.signals import Segment, weights
from coursepack.outline.tree.words import words


def is_over_title(children: Sequence[OutlineSection]) -> bool:
    """Whether the first section's heading is above the title, as the name of a course is: only one heading follows, and
    the text is below that one. Lines of a document head may come between if that heading contains all others."""
    first = children[0]
    inner = first.children or children[1:]
    plain = [one for one in inner if one.label is None]
    if not plain or plain[0] is not inner[0]:
        return False
    if first.own:
        return len(inner) == 1 and len(inner[0].children) > 1 and _is_head(first.own)
    return len(plain) == 1 or not _has_sibling(plain)


def _is_head(own: Sequence[Segment]) -> bool:
    """Whether the few lines below a heading are only those of a document head: who teaches what, where, to whom."""
    plain = all(one.is_text and one.mark is None and not is_prose(one) and not tells(one) for one in own)
    return plain and len(own) <= _HEAD_LINES


_HEAD_LINES = 4


def is_one_of_many(children: Sequence[OutlineSection]) -> bool:
    """Whether the first section is one of several on the same level, each with its text."""
    first = children[0]
    has_text = bool(first.own or first.children) and not _is_over_byline(children)
    return has_text and _has_sibling(children)


def _is_over_byline(children: Sequence[OutlineSection]) -> bool:
    """Whether a line that says who wrote the paper is below the first heading, and below no other."""
    led = [len(one.own) > 1 and is_byline(one.own[0]) and is_prose(one.own[1]) for one in children]
    return led[0] and not any(led[1:])


def _has_sibling(sections: Sequence[OutlineSection]) -> bool:
    return any(one.label is None and key(one) == key(sections[0]) for one in sections[1:])


_PAPER_PREFIX = re.compile(r"(?P<paper>[^:.!?–—]{4,60}?)(?::|\s[–—-])\s+(?=\S)")


def paper_before(text: str) -> int:
    """The offset of a title that follows the name of a paper, all of whose words are known: «Lesson plan: Levers»;
    0 without one."""
    found = _PAPER_PREFIX.match(text)
    return found.end() if found is not None and words().covered(_PAPERS, found["paper"]) >= 1 else 0


def number_of_paper(one: Segment) -> int | None:
    """The number of a class after the name of its paper: «Lesson plan № 14»."""
    found = (each for each in one.counted if each.words and each.end >= len(one.text))
    return next((each.value for each in found if words().covered(_PAPERS, each.words) > 0), None)


_PAPERS = ("paper", "course")


def calls_lesson(one: Segment) -> bool:
    """Whether a line is nothing but the name of a paper for one lesson: «LESSON PLAN»."""
    named = one.is_text and words().front("lesson-paper", one.text)
    return named and words().covered(("lesson-paper",), one.text) >= _MOSTLY


def calls_paper(one: Segment) -> bool:
    """Whether a line is nothing but the name of a paper of a whole course or of one lesson: «ASSESSMENT PACK»."""
    if not one.is_text or one.mark is not None or len(one.text) > weights()["limits"]["short"]:
        return False
    named = any(words().front(kind, one.text) for kind in _PAPER_KINDS)
    return named and words().covered(_PAPER_KINDS, one.text) >= _MOSTLY


_PAPER_KINDS = ("course-paper", "lesson-paper")
_MOSTLY = 0.6


def counts_with(one: Segment, sections: Sequence[OutlineSection]) -> bool:
    """Whether a line is numbered in the same way as the headings of the sections after it: «§ 1», before «§ 2» and «§
    3»."""
    forms = {(found.form, found.value) for section in sections if section.head for found in section.head.counted}
    return any((found.form, found.value + 1) in forms for found in one.counted)


def is_byline(one: Segment) -> bool:
    """Whether a short line under a title may say who wrote the paper: no item of a list, no heading, no sentence."""
    short = one.is_text and len(one.text) < weights()["limits"]["short"]
    ended = one.text[-1:] in ".:;?!" and not (short and persons(one.text))
    return short and one.mark is None and not one.option and not ended


def number_of_title(section: OutlineSection, named: int | None) -> HeadingNumber | None:
    """The number of a title: «2. Soil», «Unit 2: Soil». With any other word it must be the number in the file's name or
    in the headings inside («2.1 …»)."""
    head = section.head
    found = [one for one in (head.counted if head else ()) if _is_title_number(section, one, named)]
    over = (one for one in found if head is not None and one.end < len(head.text))
    return next(over, found[0] if found else None)


def _is_title_number(section: OutlineSection, one: HeadingNumber, named: int | None) -> bool:
    if not one.parted or one.kind == "caption" or one.form == "#bare":
        return False
    known = one.kind in OUTER or (not one.words and one.depth == 1)
    return known or (one.kind is None and (named == one.value or _numbers_subsections(section, one.value)))


def _numbers_subsections(section: OutlineSection, number: int) -> bool:
    """Whether the headings inside a section begin with its number: «5.1 …», «5.2 …»."""
    numbers = [plain_number(one) for one in section.walk() if one is not section]
    return sum(len(one) > 1 and one[0] == str(number) for one in numbers) > 1
