"""Terms whose meanings stand on the next line: a line of both, as lists of terms are typed otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coursepack import languages
from coursepack.model.blocks import Run
from coursepack.outline.blocks import list_label
from coursepack.outline.pieces import Piece

_LEAST = 3
_LONGEST = 60
_STYLES = languages.words("term-style")


def joined(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, with each term and its meaning as one, where several such pairs follow one another."""
    result: list[Piece] = []
    at = 0
    while at < len(pieces):
        end = at
        while end + 1 < len(pieces) and _is_pair(pieces[end], pieces[end + 1]):
            end += 2
        if end - at >= 2 * _LEAST:
            result += [
                _one(term, meaning) for term, meaning in zip(pieces[at:end:2], pieces[at + 1 : end : 2], strict=True)
            ]
            at = end
        else:
            result.append(pieces[at])
            at += 1
    return result


def _is_pair(term: Piece, meaning: Piece) -> bool:
    """Whether a line is a term by its type, and the next one a longer text in another type."""
    if term.object is not None or meaning.object is not None or not meaning.text or term.heading or meaning.heading:
        return False
    named = term.style.lower() in _STYLES or (term.bold and not meaning.bold and meaning.text[:1].islower())
    short = 0 < len(term.text) <= _LONGEST and term.text[-1] not in ".:;?!" and list_label(term) is None
    return named and short and meaning.style.lower() not in _STYLES and list_label(meaning) is None


def _one(term: Piece, meaning: Piece) -> Piece:
    content = (Run(text=term.text, bold=True), Run(text=" – "), *meaning.inlines())
    text, parts = f"{term.text} – {meaning.text}", [*term.parts, *meaning.parts]
    return replace(meaning, text=text, parts=parts, content=content, replaced=True)
