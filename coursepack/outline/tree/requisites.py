"""Courses that a sentence says a course builds on or leads to: «It builds on the courses: Physics, Geodesy»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from coursepack import languages
from coursepack.outline.pieces import Piece, SourceTexts
from coursepack.outline.tree.signals import weights
from coursepack.outline.tree.values import QUOTED, bare
from coursepack.outline.tree.words import words

_SENTENCE = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s+|(?<=[»”\"][.!?])\s+")
_NAMES = re.compile(r":\s+(\S.*)$")
_WORD = re.compile(r"[^\W\d_]+")
_STOPPED = languages.expression(r";|\.\s+(?=[@A@])")
_COMMAS = re.compile(r",\s+(?![^«]*»)(?![^(]*\))")
_LONGEST_LIST, _LONGEST_NAME = 160, 60
_PARTED = re.compile(r"\s*[;,]\s+")


def told(text: str) -> dict[str, list[str]]:
    """``prerequisites`` and ``postrequisites`` that the sentences of a text name in quotes or behind a colon; empty
    where a sentence says anything else."""
    if len(text) > weights()["limits"]["shares"]:
        return {}
    found: dict[str, list[str]] = {}
    for sentence in _SENTENCE.split(text.strip()):
        kind, names = words().requisite(sentence), _names(sentence)
        if kind is None or kind == "course" or not names:
            return {}
        found.setdefault(kind, []).extend(names)
    return found


def listed(text: str) -> tuple[str, ...]:
    """The courses of a value that names several: parted by semicolons, or by stops or commas where each part begins
    as a name does: «Mathematics 1, Physics»."""
    stopped = [part.strip() for part in _STOPPED.split(text) if part.strip()]
    if ";" in text or (len(stopped) > 1 and all(map(_is_name, stopped))):
        return tuple(stopped)
    parts = [part.strip() for part in _COMMAS.split(text) if part.strip()] if len(text) < _LONGEST_LIST else []
    return tuple(parts) if parts and all(map(_is_name, parts)) else (text,)


def _is_name(part: str) -> bool:
    """Whether a part of a list may be the name of a course."""
    return (part[0].isupper() or part[0].isdigit() or part[0] in "«“„") and len(part) < _LONGEST_NAME


def begins(text: str) -> int:
    """Where the sentences at the end of a text begin that name courses and nothing else; 0 where the last does not, or
    all do."""
    starts = [found.end() for found in _SENTENCE.finditer(text)]
    named = takewhile(lambda at: told(text[at:]), reversed(starts))
    return min(named, default=0)


def are_named(text: str) -> bool:
    """Whether each sentence of a text names courses."""
    return all(map(_spans, _SENTENCE.split(text.strip())))


def parted(piece: Piece, texts: SourceTexts) -> list[Piece]:
    """The names of courses in a text that stands under their heading, without the words around them; the text as it
    is where one of its sentences names none."""
    if piece.object is not None or not are_named(piece.text):
        return [piece]
    spans: list[tuple[int, int]] = []
    at = 0
    for sentence in _SENTENCE.split(piece.text.rstrip()):
        at = piece.text.index(sentence, at)
        spans.extend((at + start, at + end) for start, end in _spans(sentence))
    result: list[Piece] = []
    at, rest = 0, piece
    for start, end in spans:
        around, rest = texts.cut(rest, start - at)
        texts.claim(around, "mark", part="about", reason="words around the names of courses")
        name, rest = texts.cut(rest, end - start)
        result.append(replace(name, glued=False))
        at = end
    texts.claim(rest, "mark", part="about", reason="words around the names of courses")
    return result


def _names(sentence: str) -> Sequence[str]:
    return [sentence[start:end] for start, end in _spans(sentence)]


def _spans(sentence: str) -> Sequence[tuple[int, int]]:
    """Where the names behind the word for a course stand, or those in quotes before it; «For the course you need:
    goggles» names none."""
    quoted, listed = list(QUOTED.finditer(sentence)), _NAMES.search(sentence)
    start = quoted[0].start() if quoted else listed.start() if listed else 0
    before = _WORD.findall(sentence[:start])
    behind = _WORD.findall(sentence[quoted[-1].end() :])[:1] if quoted else []
    if not any(words().requisite(word) == "course" for word in (*before[-1:], *behind)):
        return []
    if quoted:
        return [_bare(sentence, *one.span(1)) for one in quoted]
    return [span for span in _listed(sentence, listed.start(1)) if span[0] < span[1]] if listed else []


def _listed(sentence: str, start: int) -> Iterator[tuple[int, int]]:
    for sign in _PARTED.finditer(sentence, start):
        yield _bare(sentence, start, sign.start())
        start = sign.end()
    yield _bare(sentence, start, len(sentence))


def _bare(sentence: str, start: int, end: int) -> tuple[int, int]:
    """The stretch of a name without the signs at its edges."""
    part = sentence[start:end]
    name = bare(part)
    at = start + max(part.find(name), 0)
    return at, at + len(name)
