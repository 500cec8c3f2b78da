"""What the first lines of a document say beside its title, where nothing else of the document said it.

The institution, the year and who teaches stand in parts of a line that any sign parts: «Polar Institute — run by Lee»,
«Field Centre, July 2018».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from coursepack import languages
from coursepack.outline.tree.people import MAIL
from coursepack.outline.tree.shape import is_prose
from coursepack.outline.tree.signals import Segment, weights
from coursepack.outline.tree.values import CODE, YEARS, semester
from coursepack.outline.tree.words import words

_PARTED = re.compile(r"\s+[·|•/–—-]+\s+|[,;]\s+|\t+|\s{3,}|(?<=\w{4})\.\s+(?=[A-Z])|\s*[()\[\]]\s*")
_NAME = r"[@A@][\w'’-]+\.?(?:\s+[@A@][\w'’.-]*){1,3}|(?:[@A@]\.\s?){1,2}[@A@][\w'’-]+"
_TEACHES = languages.expression(
    rf"(?<!\w)(?i:@teaches@)\s*:?\s+(?P<names>(?:{_NAME})(?:\s*(?:,|&|(?i:@also@))\s+(?:{_NAME}))*)\s*(?:$|[,;.(\t])"
)
_EACH = languages.expression(r"\s*(?:,|&|(?<!\w)(?i:@also@)(?!\w))\s*")
_WITHIN = languages.expression(r"(?i:@within-name@)")
_LONE_YEAR = re.compile(r"(?<![\d/–.-])(?:19[89]|20[0-4])\d(?![\d/–.-]|-\d)")
_DAY_BEFORE = re.compile(r"\d{1,2}(?:st|nd|rd|th)?\.?,?\s*(?:[^\W\d_]{3,9}\.?,?\s*)?$")
_TITLE_LINES = 2
_BESIDE = re.compile(r"\s[·|•/–—]\s")
_LABEL = re.compile(r"^[^:]{1,30}:\s+")
_INSTITUTIONS = ("university", "faculty", "department")


def lines(every: Sequence[Segment]) -> list[Segment]:
    """The first lines of a document: those before its first text, question or list."""
    limit = weights()["masthead"]
    texts = [one for one in every if one.is_text and one.text][: limit["lines"]]
    head = [one for _, one in takewhile(lambda each: not _ends(*each), enumerate(texts))]
    return [one for one in head if len(one.text) <= limit["longest"]]


def _ends(nth: int, one: Segment) -> bool:
    """Whether the head ends before a line; «Field Centre, July 2018. Leader: A. Lee» looks like a book."""
    return (
        is_prose(one)
        or one.option
        or (one.book and nth > _TITLE_LINES)
        or one.asks == "question"
        or (one.mark is not None and one.mark.value > 0)
    )


def institutions(text: str) -> Iterator[tuple[str, str]]:
    """The institutions that parts of a line name, each with its field; words in small letters before a name go."""
    for part in _PARTED.split(text):
        named = _LABEL.sub("", part).strip(" .:") if part and not CODE.fullmatch(part) and not MAIL.search(part) else ""
        kind = _kind(named)
        if kind is None:
            continue
        last = next(reversed([*_proper(named)]), "")
        if " " in last and named.endswith(last) and _kind(last):  # words behind it are more of the name, or a sentence
            yield kind, last


def says_more(known: str) -> bool:
    """Whether what was taken for a name is more than one: «put together at Galloway», «Dale College / Term 2»."""
    return known[0].islower() or _BESIDE.search(known) is not None


def _proper(text: str) -> Iterator[str]:
    """The runs of words with capitals in a text, with the small words inside a name between them."""
    run: list[str] = []
    for token in [*text.split(), ""]:
        if token[:1].isupper() or (run and _WITHIN.fullmatch(token)):
            run.append(token)
            continue
        while run and not run[-1][:1].isupper():
            run.pop()
        if run:
            yield " ".join(run)
        run = []


def _kind(text: str) -> str | None:
    found = (kind for kind in _INSTITUTIONS if words().front(kind, text))
    return next(found, None) if text and not words().front("ministry", text) else None


def year(text: str) -> str | None:
    """The year that a line gives: of a month, of a season, alone; none of a day, of a span, of a book."""
    if YEARS.search(text):
        return None
    found = [one for one in _LONE_YEAR.finditer(text) if not _DAY_BEFORE.search(text[: one.start()])]
    return found[0][0] if len(found) == 1 and (semester(text) or "").find(found[0][0]) < 0 else None


def teachers(text: str) -> list[str]:
    """The names behind the words for who teaches or made the paper, anywhere on a line."""
    found = _TEACHES.search(text)
    return [name.strip(" .") for name in _EACH.split(found["names"]) if name.strip(" .")] if found else []
