"""A glossary in one paragraph: «Glossary: osmosis – movement of water; sap – a fluid.», its terms on lines of their
own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from coursepack import languages
from coursepack.outline.pieces import Piece, SourceTexts
from coursepack.outline.tree.words import words

_LONGEST_LABEL = 60
_LABEL = re.compile(rf"\s*(?P<label>[^\W\d_][^:;.!?–—]{{2,{_LONGEST_LABEL}}}?)\s*(?::|\.(?=\s))\s*")
_TERM = re.compile(r"\s*[«\"“]?(?P<term>[^\s–—:;.][^–—:;.!?]{0,60}?)\s+[–—-]\s+\S[^;]{5,}")
_BY_SIGN = re.compile(r";")
_BY_SENTENCE = languages.expression(r"(?<=[^\W\d_]{2}[.])\s+(?=[«\"“]?[@A@])")
_FEWEST = 2
_SURELY = 5
_MOST_WORDS = 6


def terms_apart(pieces: Sequence[Piece], texts: SourceTexts) -> list[Piece]:
    """The pieces of a document; a paragraph below or behind the heading of a glossary that holds several terms with
    their meanings becomes the heading and a line for each of them."""
    result: list[Piece] = []
    for piece in pieces:
        result.extend(_parted(piece, result[-1].text if result else "", texts))
    return result


def _parted(piece: Piece, above: str, texts: SourceTexts) -> list[Piece]:
    if piece.object is not None or not piece.parts or len(piece.text) > _LONGEST:
        return [piece]
    label = _LABEL.match(piece.text)
    if label is not None and _names_glossary(label["label"]):
        ends = _ends(piece.text, label.end())
        whole = _cut(piece, ends, texts) if ends else [piece]
        if not ends:
            return whole
        head, first = texts.cut(whole[0], label.end())
        return [replace(head, heading=_DEEP), replace(first, glued=False), *whole[1:]]
    if _names_glossary(above.strip(" .:")):
        return _cut(piece, _ends(piece.text, 0), texts)
    return [piece]


_LONGEST = 6000
_DEEP = 6
"""The level of such a heading: below all others of a text."""


@lru_cache(1 << 15)  # a course under review is read again after each correction
def _names_glossary(text: str) -> bool:
    """Whether a short text is the heading of a glossary."""
    found = words().labels(text) if text and len(text) <= _LONGEST_LABEL else {}
    best = max((found.get(name, 0) for name in ("glossary", "keywords")), default=0)
    return best >= _SURELY and best == max(found.values())


def _ends(text: str, start: int) -> list[int]:
    """Where the terms of a text end, each with its meaning; nothing where its parts are not all such."""
    for sign in (_BY_SIGN, _BY_SENTENCE):
        stops = [found.start() for found in sign.finditer(text, start)]
        if stops and not text[stops[-1] :].strip(" .;"):
            stops.pop()
        edges = [start, *stops, len(text)]
        parts = [text[a:b] for a, b in pairwise(edges)]
        if len(parts) >= _FEWEST and all(map(_is_term, parts)):
            return stops
    return []


def _is_term(part: str) -> bool:
    found = _TERM.match(part.lstrip(" ;"))
    return found is not None and len(found["term"].split()) <= _MOST_WORDS


def _cut(piece: Piece, ends: Sequence[int], texts: SourceTexts) -> list[Piece]:
    """The terms of a piece, the last first; the sign between two of them goes."""
    result: list[Piece] = []
    rest = piece
    for end in reversed(ends):
        rest, term = texts.cut(rest, end)
        if term.text.startswith(";"):
            sign, term = texts.cut(term, 1)
            texts.claim(sign, "mark", reason="separator")
        result.insert(0, replace(term, glued=False))
    return [replace(rest, glued=False), *result]
