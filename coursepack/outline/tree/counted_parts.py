"""Counted parts of a course whose titles stand on the line of their text: «VII. Assessment. Essays 40 %, exam 60 %»."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from coursepack import languages
from coursepack.outline.pieces import Piece, SourceTexts
from coursepack.outline.tree.labels import IN_COURSE
from coursepack.outline.tree.words import words
from coursepack.text import roman

_COUNT = re.compile(r"(?:(?P<roman>[^\W\d_]{1,5})|(?P<n>\d{1,2}))\.\s+")
_TITLE = re.compile(r"(?P<title>[^\W\d_][^.:;!?–—\d|\t]{2,60}?)(?P<sign>\s*[.:]\s+|\s+[–—]\s+)(?=\S)")
_SIGN = re.compile(r"\s*[.:–—]\s*")
_INNER = languages.expression(r"(?<=[^\W\d_]{2}[.;])\s+(?P<title>[@A@][^.:;!?–—\d|\t]{2,40}?)(?=:\s+\S)")
"""Where the title of one more part begins in a text: «Physics, Geodesy. Leads to: Hydrology»."""
_NAMED = 5
"""Evidence that a title names a part of a course."""
_SURE = 10
"""Evidence of a title without a number."""
_LEAST_TEXT = 25
"""Characters of a text behind a title."""
_LONGEST_HEAD = 90
_LEAST_HEADS = 2
_STOPS = ".:;,?"


@dataclass(frozen=True, slots=True)
class _NumberedParagraph:
    """A paragraph that begins with a number: in Roman ones or not; whether it is a heading, and where a title on the
    line of its text ends."""

    at: int
    roman: bool
    value: int
    heads: bool
    title: int | None


def parts_apart(pieces: Sequence[Piece], texts: SourceTexts) -> list[Piece]:
    """The pieces of a document; a paragraph that is counted among its headings and names a part of the course before
    its text becomes the heading and the text."""
    found = [one for at, piece in enumerate(pieces) if (one := _counted(at, piece)) is not None]
    cuts: dict[int, int] = {}
    for is_roman in (True, False):
        run = [one for one in found if one.roman is is_roman and (one.heads or one.title)]
        if sum(one.heads for one in run) >= _LEAST_HEADS:
            cuts.update(_titles(run))
    return [part for at, piece in enumerate(pieces) for part in _cut(piece, cuts, at, texts)]


def _titles(run: Sequence[_NumberedParagraph]) -> Mapping[int, int]:
    """The titles in the lines of a run that count on with a heading before or behind them."""
    return {
        one.at: one.title
        for nth, one in enumerate(run)
        if one.title is not None and (_beside(run, nth, -1) or _beside(run, nth, 1))
    }


def _beside(run: Sequence[_NumberedParagraph], nth: int, step: int) -> bool:
    """Whether the numbers count on up to a heading on one side."""
    while 0 <= nth + step < len(run) and run[nth + step].value == run[nth].value + step:
        nth += step
        if run[nth].heads:
            return True
    return False


def _counted(at: int, piece: Piece) -> _NumberedParagraph | None:
    """The number that a paragraph begins with, typed."""
    if piece.object is not None or not piece.parts or piece.label or piece.plain or piece.kept or piece.said:
        return None
    found = _COUNT.match(piece.text)
    value = (roman.read(found["roman"]) if found["roman"] else int(found["n"])) if found is not None else None
    if found is None or not value or (found["roman"] and not found["roman"].isupper()):
        return None
    rest = piece.text[found.end() :]
    set_off = piece.heading is not None or piece.bold or (rest.isupper() and len(rest) > 3)
    heads = set_off and len(piece.text) <= _LONGEST_HEAD and rest[-1:] not in _STOPS
    title = _TITLE.match(rest) if not heads and piece.heading is None else None
    end = None
    if title is not None and len(rest) - title.end() >= _LEAST_TEXT and _names_part(title["title"]):
        end = found.end() + title.end("title")
    return _NumberedParagraph(at, found["roman"] is not None, value, heads, end)


def _names_part(title: str, least: int = _NAMED) -> bool:
    found = words().labels(title)
    return max((found.get(name, 0) for name in IN_COURSE), default=0) >= least


def _cut(piece: Piece, cuts: Mapping[int, int], at: int, texts: SourceTexts) -> list[Piece]:
    """The heading and the text of a paragraph; the sign between them goes."""
    if at not in cuts:
        return [piece]
    head, rest = texts.cut(piece, cuts[at])
    found = _SIGN.match(rest.text)
    sign, text = texts.cut(rest, found.end() if found else 0)
    texts.claim(sign, "mark", reason="separator")
    text = replace(text, glued=False)
    inner = next((one for one in _INNER.finditer(text.text) if _names_part(one["title"], _SURE)), None)
    if inner is None:
        return [replace(head, bold=True), text]
    first, rest = texts.cut(text, inner.start("title"))
    behind = _cut(replace(rest, glued=False), {at: len(inner["title"])}, at, texts)
    return [replace(head, bold=True), first, *behind]
