"""Points of a plan and paragraphs of text told apart; several points on one line parted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from coursepack import languages
from coursepack.outline.blocks import list_label
from coursepack.outline.markers import fold
from coursepack.outline.pieces import Piece, SourceTexts
from coursepack.outline.tree.words import words

_SENTENCE = languages.expression(r"[.!?…][»”\")]*\s+[«“\"(]?[@A@]")
_STOP = re.compile(r"[.!?…:;][»”\")\]]*\d{0,2}$")  # a note's number may follow


_SENTENCE_WORDS = 4

# «1.1 Понятие», «§ 2. Виды»: a section's heading, no point of a plan.
_SECTION = re.compile(r"§|\d{1,2}\.\d{1,2}\.?\s+[^\W\d_]")


def looks_like_text(piece: Piece) -> bool:
    """Whether a piece is a paragraph of text rather than a title or a point of a plan."""
    text = piece.text
    if piece.object is not None or piece.plain:
        return True
    if len(text) > 260:
        return True
    return bool(_STOP.search(text)) and (len(text) > 120 or bool(_SENTENCE.search(text) and len(text) > 90))


def speaks(text: str) -> bool:
    """Whether a line above a list is a sentence to the reader, or says how a paper is to be answered."""
    sentence = text.rstrip()[-1:] in ".!" and text.count(" ") >= _SPOKEN
    return bool(text) and (sentence or words().front("instruction", text))


_SPOKEN = 4
"""Blanks in such a sentence."""


def split_items(piece: Piece, texts: SourceTexts) -> list[Piece]:
    """«1. First 2. Second» on one line as its items; the piece alone when there are none."""
    starts = [m.start() for m in re.finditer(r"(?:(?<=\s)|^)\d{1,2}[.)]\s*(?=[^\W\d_«“\"])", piece.text)]
    numbers = [int(re.match(r"\d+", piece.text[s:])[0]) for s in starts]  # type: ignore[index]  # each start is a number
    if len(starts) < 2 or starts[0] != 0 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return [piece]
    result: list[Piece] = []
    rest = piece
    taken = 0
    for start in starts[1:]:
        head, rest = texts.cut(rest, start - taken)
        taken = start
        head.glued = False
        result.append(head)
    rest.glued = False
    result.append(rest)
    return result


_LONGEST_PART = 140


def split_listed(piece: Piece, texts: SourceTexts, sign: str = ";") -> list[Piece]:
    """A list on one line as its items: by their numbers, or parted by a sign, which goes; else the piece alone."""
    items = split_items(piece, texts)
    parts = piece.text.split(sign)
    if len(items) > 1 or len(parts) < 2 or max(map(len, parts)) > _LONGEST_PART:
        return items
    result: list[Piece] = []
    rest = piece
    for part in parts[:-1]:
        lead = len(rest.text) - len(rest.text.lstrip())
        head, rest = texts.cut(rest, lead + len(part.strip()))
        separator, rest = texts.cut(rest, 1)
        texts.claim(separator, "mark", reason="separator")
        result.append(replace(head, glued=False))
    return [one for one in (*result, replace(rest, glued=False)) if one.text.strip()]


def split_outline(pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The points printed under a lecture's title, and its text, where no heading parts them."""
    end = _points_end(pieces)
    return pieces[:end], pieces[end:]


def _points_end(pieces: Sequence[Piece]) -> int:
    """How many pieces at the beginning are points of a plan."""
    if pieces and pieces[0].object is None and _SECTION.match(pieces[0].text):
        return 0
    lead = 0
    while lead < len(pieces) and not looks_like_text(pieces[lead]) and not pieces[lead].is_heading:
        lead += 1
    marks = [list_label(piece) for piece in pieces[:lead]]
    if lead == len(pieces):
        points = all(mark or not _STOP.search(piece.text) for piece, mark in zip(pieces, marks, strict=True))
        return lead if points and (lead > 1 or any(marks)) else 0
    if gap := next((at for at in range(1, lead + 1) if pieces[at].gap), 0):
        alone = gap == 1 and marks[0] is None and bool(_STOP.search(pieces[0].text))
        return 0 if alone or (marks[0] is None and _is_stated(pieces[:gap], pieces[gap:])) else gap
    if lead and marks[0] is not None:
        counted = next((at for at, mark in enumerate(marks) if mark is None), lead)
        return counted if counted > 1 or lead == 1 else 0
    return 0 if _is_stated(pieces[:lead], pieces[lead:]) else _uncounted_end(pieces[:lead])


def _is_stated(lead: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Whether lines before a table, a picture or a listing are the text that leads to it: a sentence is among them, or
    the last one asks for what stands below."""
    if not lead or not after or after[0].object is None:
        return False
    return lead[-1].text.endswith(":") or any(
        _STOP.search(one.text) and len(one.text.split()) >= _SENTENCE_WORDS for one in lead
    )


def _uncounted_end(lead: Sequence[Piece]) -> int:
    """Where the first point is said again, as the text's first heading; else all, unless they are short sentences
    before the first table or picture, or one with a list below it, which are text."""
    names = [fold(piece.text).strip(" .:") for piece in lead]
    if again := next((at for at in range(1, len(names)) if names[at] == names[0]), 0):
        return again
    sentences = sum(bool(_STOP.search(one.text)) and len(one.text.split()) >= _SENTENCE_WORDS for one in lead)
    listed = any(list_label(one) is not None for one in lead)
    return len(lead) if len(lead) >= 2 and sentences * 2 <= len(lead) and not (sentences and listed) else 0
