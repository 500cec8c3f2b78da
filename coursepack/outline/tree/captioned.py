"""Numbered captions beside what they name: a table's on the line above it or below, a picture's below it or above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from coursepack import languages
from coursepack.model.blocks import Inlines, Run, Table
from coursepack.model.document import Drawing, Grid
from coursepack.outline.blocks import list_label
from coursepack.outline.markers import Markers, fold
from coursepack.outline.pieces import Piece

_LONGEST = 250
_LONGEST_TITLE = 120
_STYLE = "caption"
_HEAD = 20
"""Letters of a caption that say what it counts."""


def captioned(pieces: Sequence[Piece], marks: Markers) -> list[Piece]:
    """The pieces with each table and picture holding the caption beside it; a caption of something that stands in a
    text, or that is not there, is no heading."""
    begins = _begins(marks)
    pieces = [replace(piece, style="") if _names_part(piece, marks) else piece for piece in pieces]
    used: set[int] = set()
    result = list(pieces)
    for at, piece in enumerate(pieces):
        if not isinstance(piece.object, Drawing | Grid | Table) or _has_caption(piece.object):
            continue
        for places in _beside(pieces, at, begins):
            if places and used.isdisjoint(places) and not _is_of_next(pieces, at, places, begins):
                used.update(places)
                result[at] = _with_caption(piece, [pieces[one] for one in places])
                break
    left = (piece for at, piece in enumerate(result) if at not in used)
    return [replace(piece, plain=True) if not piece.label and _is_caption(piece, begins) else piece for piece in left]


def _beside(pieces: Sequence[Piece], at: int, begins: re.Pattern[str]) -> list[list[int]]:
    """The places of the captions that may be that of an object, the likeliest first."""
    above = next((n for n in range(at - 1, max(at - 3, -1), -1) if _is_caption(pieces[n], begins)), None)
    over = list(range(above, at)) if above is not None and all(_is_title(one) for one in pieces[above + 1 : at]) else []
    under = [at + 1] if at + 1 < len(pieces) and _is_caption(pieces[at + 1], begins) else []
    return [under, over] if isinstance(pieces[at].object, Drawing) else [over, under]


def _has_caption(found: Drawing | Grid | Table) -> bool:
    """Whether the source itself says the caption of an object (``<figcaption>``)."""
    return bool(found.figure.caption if isinstance(found, Drawing) else isinstance(found, Table) and found.caption)


def _is_of_next(pieces: Sequence[Piece], at: int, stated: Sequence[int], begins: re.Pattern[str]) -> bool:
    """Whether a caption below an object is that of the next: «Table 1», or one without a word, between a picture and a
    table."""
    after = pieces[stated[-1] + 1].object if stated[0] > at and stated[-1] + 1 < len(pieces) else None
    head = fold(pieces[stated[0]].text.strip())[:_HEAD]
    counts_tables = any(fold(word) in head for word in languages.words("table-caption"))
    if isinstance(pieces[at].object, Drawing):
        return (counts_tables or not begins.match(head)) and isinstance(after, Grid | Table)
    return not counts_tables and isinstance(after, Drawing)


def _is_caption(piece: Piece, begins: re.Pattern[str]) -> bool:
    short = piece.object is None and 0 < len(piece.text) < _LONGEST and piece.heading is None
    return short and (_is_styled(piece) or begins.match(fold(piece.text.strip())) is not None)


def _is_styled(piece: Piece) -> bool:
    """Whether the source itself says that a line is a caption: its style in Word, ``<caption>``, a chart's title."""
    return piece.style.lower() == _STYLE


def _names_part(piece: Piece, marks: Markers) -> bool:
    """Whether a line in the style of captions, which is taken for any line in the middle, counts or names a part."""
    found = marks.find(piece.text.strip()) if piece.object is None and _is_styled(piece) else []
    return any(mark.group == "numbered" or (mark.whole and mark.group in {"heading", "field"}) for mark in found)


def _is_title(piece: Piece) -> bool:
    """A line between «Table 1» and the table."""
    short = piece.object is None and 0 < len(piece.text) < _LONGEST_TITLE and piece.heading is None
    return short and piece.text[-1] not in ".:;?!" and list_label(piece) is None


def _begins(marks: Markers) -> re.Pattern[str]:
    """«Table 2.1», «2.1-кесте», with a sign, a title or nothing behind: no «Table 2 shows …»."""
    words = "|".join(sorted({re.escape(fold(word).rstrip(".")) for word in marks.words.get("caption", ())}))
    number = r"(?:\d{1,3}|[a-z]\.\d{1,2})(?:[.-]\d{1,3}){0,2}"
    ordinal = languages.pattern("ordinal")
    return re.compile(
        rf"(?:(?:{words})\.?\s*№?\s*{number}|№?\s*{number}\s*[-–]?\s*(?:{ordinal})?\s*(?:{words}))"
        r"(?!\w)\s*(?:[.:)–—-]|$|\()"
    )


def _with_caption(piece: Piece, stated: Sequence[Piece]) -> Piece:
    """An object with its caption, the letters of which are the piece's."""
    inlines: Inlines = ()
    for one in stated:
        inlines = (*inlines, *((Run(text=" "),) if inlines else ()), *one.inlines())
    parts = [part for one in stated for part in one.parts]
    return replace(piece, caption=inlines, parts=[*parts, *piece.parts])
