"""Questions that end with a list to choose from, as forms of Word have: what it offers are the answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coursepack.model.document import Comment
from coursepack.outline.pieces import Piece, SourceTexts
from coursepack.place import Finding, Place, warning

OF_TESTS = frozenset({"tests", "questions", "assessment-fund"})
"""Roles of documents in which such lists are no fields of a form."""
_FIRST = ord("A")
_ENDS = " .?:_…"


def opened_lists(texts: SourceTexts, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces; below one that ends with such a list are the answers that it offers, and the chosen one as its
    key."""
    return [one for piece in pieces for one in _opened(texts, piece)]


def lists_in_lines(file: str, pieces: Sequence[Piece]) -> list[Finding]:
    """What is told of lists that stand for gaps in the midst of lines, which are not read."""
    held = [piece for piece in pieces if any(one.choices for one in piece.comments)]
    if not held:
        return []
    message = f"{len(held)} lines hold lists to choose from for their gaps: what these offer is not read"
    place = Place(file, held[0].first, held[0].last, "paragraph")
    return [warning("bank-unread", message, place, "write the answers below the question, a line each")]


def _opened(texts: SourceTexts, piece: Piece) -> Iterator[Piece]:
    found = [one for one in piece.comments if one.choices]
    if len(found) != 1 or not found[0].start or found[0].end < len(piece.text.rstrip(_ENDS)):
        yield piece
        return
    yield from _answered(texts, piece, found[0])


def _answered(texts: SourceTexts, piece: Piece, shown: Comment) -> Iterator[Piece]:
    stem, rest = texts.cut(piece, shown.start) if shown.end > shown.start else (piece, None)
    yield replace(stem, comments=tuple(one for one in stem.comments if not one.choices))
    letters = {text: chr(_FIRST + at) for at, text in enumerate(shown.choices)}
    for text, letter in letters.items():
        yield Piece(text, [], label=f"{letter})", replaced=True)
    chosen = rest.text.strip(_ENDS) if rest is not None else ""
    if rest is not None and chosen in letters:
        yield Piece(f"ANSWER: {letters[chosen]}", list(rest.parts), replaced=True)
    elif rest is not None:
        texts.claim(rest, "mark", part="exam", reason="label")  # «Choose an item.»
