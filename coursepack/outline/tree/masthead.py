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
from coursepack.outline.tree.shape import ends_as_sentence, is_prose
from coursepack.outline.tree.signals import Segment, weights
from coursepack.outline.tree.values import CODE, YEARS, of_form, semester
from coursepack.outline.tree.words import words

_PARTED = languages.expression(r"\s+[·|•/–—-]+\s+|[,;]\s+|\t+|\s{3,}|(?<=\w{4})\.\s+(?=[@A@])|\s*[()\[\]]\s*")
_INITIALS = r"(?:[@A@]\.\s?){1,2}"
_NAME = rf"[@A@][\w'’-]+\s{_INITIALS}|{_INITIALS}[@A@][\w'’-]+|[@A@][\w'’-]+\.?(?:\s+[@A@][\w'’.-]*){{1,3}}"
_TEACHES = languages.expression(
    rf"(?<!\w)(?i:@teaches@)(?:\s+[@a@]{{2,12}}){{0,2}}\s*[:–—-]?\s+"
    rf"(?P<names>(?:{_NAME})(?:\s*(?:,|&|(?i:@also@))\s+(?:{_NAME}))*)\s*(?:$|[,;.(\t]|[·|•–—]|(?i:@name-ends@)(?!\w))"
)
_EACH = languages.expression(r"\s*(?:,|&|(?<!\w)(?i:@also@)(?!\w))\s*")
_WITHIN = languages.expression(r"(?i:@within-name@)")
_AT = languages.expression(r"\s(?i:@house-at@)\s+")
_SMALL = languages.expression(r"(?![a-zA-Z])[@A@][^\W\d_]+(?:[-\s][«\"]?[^\W\d_]+[»\"]?){1,}$")
"""A name of which only the first word has a capital, as in Kazakh and Russian."""
_LONGEST = 6
"""Words of such a name."""
_LONE_YEAR = re.compile(r"(?<![\w/–.-])(?:19[89]|20[0-4])\d(?![\d/–.-]|-\d)")
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
    """The institutions that parts of a line name, each with its field; words in small letters before a name go. In
    sentences a name has capitals: «The texts lie in the room of the department.»"""
    told = ends_as_sentence(text)
    for part in _PARTED.split(text):
        named = _LABEL.sub("", part).strip(" .:") if part and not CODE.fullmatch(part) and not MAIL.search(part) else ""
        named = _QUOTED.sub(r"\1", named)
        kind = _kind(named)
        if kind is None:
            continue
        last = _behind_person(next(reversed([*_proper(named)]), ""))
        if " " in last and named.endswith(last) and _kind(last):  # words behind it are more of the name, or a sentence
            yield kind, last
        elif len(named.split()) <= _LONGEST and _is_small_name(named, told=told):
            yield kind, named


def names_institution(text: str) -> bool:
    """Whether a line is the name of an institution and nothing else."""
    return any(len(name) >= len(text.strip(" .")) for _, name in institutions(text))


_QUOTED = re.compile(r"^[«“„\"]([^«»“”„\"]+)[»”“\"]$")
"""A name in quotes: «Polar State University»."""


_FEW = 3
"""Words, at most, of a name that ends in the word for an institution, on a line of sentences."""


def _is_small_name(text: str, *, told: bool = False) -> bool:
    """Whether a text is a name that begins or ends in the word for an institution, «кафедра биологии»; in what is
    ``told`` in sentences a few words that end so."""
    words_of = text.split()
    if len(words_of) < 2:
        return False
    first, last = words_of[0], words_of[-1]
    if _kind(first) in {"faculty", "department"}:
        return True
    ends = (
        len(words_of) <= (_FEW if told else _LONGEST)
        and not first[0].isascii()
        and first[0].isupper()
        and _kind(last) is not None
    )
    return ends or (_SMALL.match(text) is not None and _kind(first) is not None)


def _behind_person(name: str) -> str:
    """The institution behind its word for a place, where none stands before it: «Ann Lee at the Polar School»."""
    found = _AT.search(name)
    return (
        name[found.end() :] if found and _kind(name[: found.start()]) is None and _kind(name[found.end() :]) else name
    )


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
    label = _LABEL.match(text)
    if YEARS.search(text) or (label is not None and _names_part(label[0])):
        return None
    found = [one for one in _LONE_YEAR.finditer(text) if not _DAY_BEFORE.search(text[: one.start()])]
    return found[0][0] if len(found) == 1 and (semester(text) or "").find(found[0][0]) < 0 else None


def term(text: str) -> tuple[str, str | None] | None:
    """The semester that a part of a line gives and nothing else, and its year where that stands apart."""
    for part in filter(None, _PARTED.split(text)):
        said = {one.name: one for one in of_form(part.strip(" ."))}
        if (found := said.get("semester")) and found.letters * 5 >= sum(map(str.isalnum, part)) * 4:
            year_beside = said.get("year")
            return str(found.value), str(year_beside.value) if year_beside else None
    return None


def _names_part(label: str) -> bool:
    """Whether a label names what is read or done for a class, and no value of a course: «Article: Gillingham 1999»."""
    return words().about(label) is None and max(words().labels(label).values(), default=0) >= _PART


_PART = 8


def teachers(text: str) -> list[str]:
    """The names behind the words for who teaches or made the paper, anywhere on a line."""
    found = _TEACHES.search(text)
    return [name.strip(" ,") for name in _EACH.split(found["names"]) if name.strip(" .")] if found else []
