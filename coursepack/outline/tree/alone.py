"""Documents that are one list and nothing else, recognised by its shape alone: books, terms before colons, questions
numbered through under the headings of their topics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from coursepack.outline.markers import fold
from coursepack.outline.tree.sections import OutlineSection
from coursepack.outline.tree.shape import Shape, is_prose
from coursepack.outline.tree.signals import _LABELLED, AREAS, Segment
from coursepack.outline.tree.words import words

_MOSTLY = 0.6
_FEWEST = 3
_FEWEST_TERMS = 4
_LONGEST_TERM = 5
"""Words of a term."""
_SHORTEST_MEANING = 2
"""Words of a meaning."""
_NEARLY_ALL = 0.9
_FEWEST_UNDER_HEADINGS = 12
"""The fewest questions that are numbered through under several headings."""
_HALF = 0.5
_ASKING_SHARE = 0.2
"""The least share of them that asks; points of a programme do not."""
_MOST_PROSE = 2
"""The most paragraphs of such a document: they say how the exam is held."""
_NAMES_CLASSES = 3
"""The least score of a heading that names classes."""
_NAMES_PART = 4
"""The least score of a line that names a part of a paper."""


def holds_books(found: Shape, every: Sequence[Segment], heads: Sequence[Segment] = ()) -> bool:
    """Whether a document is a list of books: most lines are references to books. Where one of its ``heads`` names
    literature, a single book is enough."""
    books = sum(one.book for one in every)
    least = 1 if any(map(_names_books, heads)) else _FEWEST
    return found.books >= _MOSTLY and books >= least and not any(map(_asks, every))


def _names_books(one: Segment) -> bool:
    """Whether most words of a heading name literature."""
    return one.labels.get("literature", 0) >= _NAMES_PART


def gives_meanings(every: Sequence[Segment]) -> list[Segment]:
    """The lines that each give the meaning of a different term after a colon or an equals sign. Nearly all lines
    between the first and the last must be such, and few may name a value or a part of a paper. In a short list nearly
    all lines of the document must be such; in a longer one half of them, for text may precede it and questions
    follow."""
    texts = [one for one in every if one.is_text and one.text]
    places = [at for at, one in enumerate(texts) if _term_and_meaning(one) is not None]
    found = [texts[at] for at in places]
    if len(found) < _FEWEST_TERMS or len(found) < _NEARLY_ALL * (places[-1] - places[0] + 1):
        return []
    other = [one for one in found if not _gives_meaning(one)]
    alone = not other and len(found) >= _NEARLY_ALL * (len(texts) - 1)
    if not alone and (
        len(found) < max(_TERMS_AMONG_OTHERS, _TERMS_PER_OTHER * len(other)) or len(found) * 2 < len(texts)
    ):
        return []
    terms = {fold(_TERM_SEPARATOR.split(one.text, maxsplit=1)[0].strip()) for one in found}
    return found if len(terms) == len(found) else []


def all_mean(own: Sequence[Segment]) -> bool:
    """Whether each line of a section gives the meaning of a term behind a colon or an equals sign."""
    return len(own) >= _FEWEST and all(one.is_text and _term_and_meaning(one) is not None for one in own)


def _term_and_meaning(one: Segment) -> re.Match[str] | None:
    """The match of a few words without a number, a colon or an equals sign, and their possible meaning."""
    text = one.text[one.mark.end :] if one.mark is not None else one.text
    found = _LABELLED.match(text) or _EQUALS.match(text)
    if found is None or one.marks or one.asks == "question" or one.option or one.inline:
        return None
    term, meaning = found["label"], found["value"]
    short = len(term.split()) <= _LONGEST_TERM and len(meaning.split()) >= _SHORTEST_MEANING
    return found if short and not any(c.isdigit() for c in term) else None


def _gives_meaning(one: Segment) -> bool:
    found = _term_and_meaning(one)
    if found is None or one.data or one.asks:
        return False
    term = found["label"]
    named = max(words().labels(term).values(), default=0) >= _NAMES_PART
    return not (named or words().about(term) or words().entry(term))


_TERMS_PER_OTHER = 5
"""How many terms there must be for each line that may be a value or a part of a paper."""
_TERM_SEPARATOR = re.compile(r"[:=]")
_EQUALS = re.compile(r"(?P<label>[^:.!?=]{2,70}?)\s+=\s+(?P<value>[^\W\d_].*[^\W\d_]{3}.*)", re.DOTALL)
_TERMS_AMONG_OTHERS = 6
"""The fewest terms of a list that is not alone in its document."""


def lists_classes(root: OutlineSection) -> bool:
    """Whether a document is a list of classes: its first heading names them, and all else is numbered items under it
    and under the headings of units."""
    sections = [one for one in root.walk() if one.head is not None]
    if not sections or not speaks_of_classes(sections[0]):
        return False
    lines = [one for section in sections for one in section.own]
    items = sum(one.mark is not None and one.mark.value > 0 for one in lines)
    questions = sum(one.asks == "question" for one in lines)
    return items >= _FEWEST and items >= _NEARLY_ALL * len(lines) and questions * 2 < items


def speaks_of_classes(section: OutlineSection) -> bool:
    """Whether a heading above numbered items names a list of classes, and names no other part more strongly."""
    labels = section.head.labels if section.head is not None else {}
    best = max((labels.get(name, 0) for name in AREAS), default=0)
    items = [one for one in section.own if one.mark is not None and one.mark.value]
    return (
        _NAMES_CLASSES <= best >= max(labels.values(), default=0)
        and len(items) > 1
        and len(items) >= _NEARLY_ALL * len(section.own)
    )


def runs_on(root: OutlineSection) -> bool:
    """Whether the questions of an exam are numbered through from one heading to the next: most lines are items numbered
    from 1 under several headings that name no part of a paper, and enough of them ask."""
    held = [one for one in root.walk() if _heads_numbered_items(one)]
    items = [one for section in held for one in section.own if _is_item(one)]
    every = root.everything()
    if len(held) < 2 or len(items) < _FEWEST_UNDER_HEADINGS or sum(map(is_prose, every)) > _MOST_PROSE:
        return False
    listed = [one for one in every if one.is_text and one.text and not one.book and one.at >= items[0].at]
    texts = len(listed) - len(held) + 1
    asking = sum(one.asks is not None for one in items)
    least = 0 if _names_exam(root, items[0]) else _ASKING_SHARE * len(items)
    return _is_consecutive(items) and len(items) >= _MOSTLY * texts and asking >= least


def asks_on(root: OutlineSection) -> bool:
    """Whether a document is nearly all questions numbered through the units of a course: «Unit I» above «Q1. …», «Unit
    II» above «Q4. …», and no line is prose."""
    held = [one for one in root.walk() if one.head is not None and _has_items(one)]
    if any(all(each.kind != "unit" for each in one.head.counted) for one in held if one.head is not None):
        return False
    items = [one for section in held for one in section.own if _is_item(one)]
    every = [one for one in root.everything() if one.is_text and one.text]
    if len(held) < 2 or len(items) < _FEWEST_IN_UNITS or any(map(is_prose, every)) or not _is_consecutive(items):
        return False
    asking = sum(one.asks is not None for one in items) + sum(one.inline > 0 for one in root.everything())
    listed = [one for section in held for one in section.own]
    others = [one for one in listed if not _is_item(one)]
    answers = all(one.option or one.inline or (one.is_text and one.text.rstrip()[-1:] in "_:") for one in others)
    least = _ASKING_SHARE if _names_exam(root, items[0]) else _MOSTLY
    return answers and len(listed) >= _HALF * (len(every) - len(held)) and asking >= least * len(items)


_FEWEST_IN_UNITS = 8
"""The fewest questions that are numbered through units."""


def _is_consecutive(items: Sequence[Segment]) -> bool:
    values = [one.mark.value for one in items if one.mark is not None]
    return values[0] == 1 and all(after == before + 1 for before, after in pairwise(values))


def _is_item(one: Segment) -> bool:
    """Whether a line is numbered with a number; letters mark the cases of a task."""
    counted = one.is_text and one.mark is not None and one.mark.value > 0 and one.mark.kind in _NUMBER_KINDS
    return counted and not one.inline


_NUMBER_KINDS = frozenset({"decimal", "paren"})


def _names_exam(root: OutlineSection, first: Segment) -> bool:
    """Whether a line before the first question names an exam, and names no other part of a course more strongly."""
    before = [one for one in (*root.everything(), *root.heads()) if one.is_text and one.at < first.at]
    return any(0 < one.labels.get("exam", 0) >= max(one.labels.values()) for one in before)


def _has_items(section: OutlineSection) -> bool:
    return any(map(_is_item, section.own))


def _heads_numbered_items(section: OutlineSection) -> bool:
    """Whether an unnumbered heading that names no part is above numbered items, with little text after them."""
    head = section.head
    if head is None or section.series is not None or not section.own:
        return False
    numbered = _is_item(section.own[0]) and sum(map(_is_item, section.own)) >= _MOSTLY * len(section.own)
    others = [value for name, value in head.labels.items() if name not in {"exam", "review"}]
    return numbered and max(others, default=0) < _NAMES_PART


def _asks(one: Segment) -> bool:
    return one.is_text and one.asks == "question"
