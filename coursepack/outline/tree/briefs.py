"""Briefs of assessed work: headings that end with the share of the mark over texts which say when the work is due,
«A. SOURCE COMMENTARY (25%)»."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from coursepack.outline.found import OutlineSource
from coursepack.outline.markers import fold
from coursepack.outline.plans import matrix
from coursepack.outline.tree import due, grading, work
from coursepack.outline.tree.shape import tells
from coursepack.outline.tree.signals import Segment, weights
from coursepack.outline.tree.tables import gives_shares
from coursepack.outline.tree.words import words

_SHARE = re.compile(r"(?<=\S)\s*[(\[–—:-]\s*(?P<n>\d{1,3}(?:[.,]\d+)?)\s*%[^()\[\]\d]{0,30}[)\]]?$")
_LETTER = re.compile(r"(?:[^\W\d_]|\d{1,2})[.)]\s+(?=\S)")
_CODE = re.compile(r"(?P<code>[^\W\d_]{1,4}[ .-]?\d{1,2})\s*[.:)–—-]?\s+(?=\S)")
"""What counts works: «AT1 – », «CW2: »."""
_SEVERAL = 2
_WHOLE = 100
_EXAMINED = ("exam", "tests", "tickets")


def share_of(text: str) -> float | None:
    """The share of the mark that the end of a heading gives."""
    found = _SHARE.search(text)
    short = len(text) < weights()["limits"]["title"]
    return float(found["n"].replace(",", ".")) if found is not None and short else None


def share_at(text: str) -> int:
    """Where the share of the mark begins at the end of a heading."""
    found = _SHARE.search(text)
    return found.start() if found is not None else len(text)


def title_at(text: str) -> int:
    """Where the title begins behind the letter, the number or the code that counts a brief."""
    found = _LETTER.match(text) or _CODE.match(text)
    return found.end() if found is not None and not found[0][:1].islower() else 0


def set_off(source: OutlineSource, found: Sequence[Segment]) -> None:
    """Make headings of the lines that head briefs, whatever a letter before them looks like."""
    for one in (*_heads(found), *_works(source, found)):
        one.heading = max(one.heading, weights()["heading"]["least"])
        one.mark, one.option, one.asks, one.brief = None, False, None, True
    for one in _over_terms(found):
        one.heading, one.asks = max(one.heading, weights()["heading"]["least"]), None


def _over_terms(found: Sequence[Segment]) -> Sequence[Segment]:
    """The titles of works that stand each over a line which says when it is due and what it gives, and over what is
    to be done."""
    ats = [at for at, (one, below) in enumerate(pairwise(found)) if work.begins_work(below) and _may_be_title(one)]
    have_terms = all(after > at + _TERMS for at, after in pairwise([*ats, len(found)]))
    return [found[at] for at in ats] if len(ats) >= _SEVERAL and have_terms else ()


_TERMS = 2
"""Lines that a title and the terms below it are."""


def _may_be_title(one: Segment) -> bool:
    short = one.is_text and len(one.text) < weights()["limits"]["title"]
    return short and not one.option and one.text[-1:] not in _ENDS and not work.says_terms(one)


_ENDS = frozenset(".:;,")


def _works(source: OutlineSource, found: Sequence[Segment]) -> Sequence[Segment]:
    """The lines that name works of a table of shares, by their title or by their code, over what is to be done."""
    names = {fold(name) for one in found if not one.is_text for name in _named_in(source, one)}
    ats = [at for at, one in enumerate(found) if one.is_text and names and _is_set_off(one) and _names(one.text, names)]
    ends = pairwise([*ats, len(found)])
    over = [
        at for at, end in ends if at + 1 < end and _says_what(found[at + 1]) and not _is_stated(found[at + 1 : end])
    ]
    return [found[at] for at in over if not _examines(_title(found[at].text))]


def _is_stated(body: Sequence[Segment]) -> bool:
    """Whether a line right below the name of a work says when it is due: it is known for work by that."""
    return any(one.is_text and work.says_terms(one) for one in body[:_BELOW])


_BELOW = 4


def _says_what(one: Segment) -> bool:
    """Whether a text below the name of a work says what is to be done."""
    return one.is_text and not _is_set_off(one) and (tells(one) or one.asks == "task")


def _named_in(source: OutlineSource, one: Segment) -> Iterator[str]:
    """The names and the codes of the works among which a table parts the mark."""
    if gives_shares(source, one.piece):
        rows = [[cell.text for cell in row] for row in matrix(source, one.piece)]
        yield from (share.name for share in grading.of_rows(rows))
        yield from (row[0] for row in rows if row and _CODE.match(f"{row[0]} _"))


def _title(text: str) -> str:
    return text[title_at(text) : share_at(text)].strip(" .:–—-")


def _names(text: str, names: Collection[str]) -> bool:
    code = _CODE.match(text)
    short = len(text) < weights()["limits"]["title"]
    return short and (fold(_title(text)) in names or (code is not None and fold(code["code"]) in names))


def _heads(found: Sequence[Segment]) -> Sequence[Segment]:
    ats = [at for at, one in enumerate(found) if one.is_text and share_of(one.text) is not None and _is_set_off(one)]
    shares = [share_of(found[at].text) or 0 for at in ats]
    if len(ats) < _SEVERAL or not 0 < sum(shares) <= _WHOLE:
        return ()
    over = list(_over_text(found, ats))
    dated = sum(_is_dated(found[at + 1 : end]) for at, end in over)
    alike = len({(found[at].piece.heading, found[at].piece.bold) for at, _ in over}) == 1
    if len(over) < len(ats) or dated < _SEVERAL or dated * 2 < len(over) or not alike:
        return ()
    return [found[at] for at in ats if not _examines(found[at].text)]


def _is_set_off(one: Segment) -> bool:
    return one.piece.bold or one.piece.heading is not None or one.text.isupper()


def _over_text(found: Sequence[Segment], ats: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The heads that stand over text, with where the next begins."""
    for at, end in zip(ats, [*ats[1:], len(found)], strict=True):
        if at + 1 < end and any(one.is_text and tells(one) for one in found[at + 1 : end]):
            yield at, end


def _is_dated(body: Sequence[Segment]) -> bool:
    """Whether a text says when the work is due: in a line of its own, or in a sentence."""
    return any(one.due or work.says_terms(one) or due.within(one.text) for one in body if one.is_text)


def _examines(text: str) -> bool:
    named = words().labels(text)
    return any(named.get(name, 0) >= weights()["limits"].get("sure", 8) for name in _EXAMINED)
