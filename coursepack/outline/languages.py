"""Parallel editions in one file: the parts in other languages than the course's are distinguished and set aside.

A quotation, a bibliography or an abstract in another language is no edition: an edition is a long run of text with
markers of its own.
"""

from __future__ import annotations

import re
from collections import Counter

from coursepack import languages
from coursepack.outline.found import OutlineSource
from coursepack.outline.pieces import Piece
from coursepack.outline.side_by_side import keep_side
from coursepack.outline.tree.signals import is_book
from coursepack.place import Finding, note
from coursepack.text.halves import halves
from coursepack.text.language import language as spoken

LEAST_LETTERS = 500
LEAST_SHARE = 0.12
# Lines of a program are no English edition.
_CODE = re.compile(r"[{}<>=;]\s*$|\w\(|[=<>]{1,2}\s*\w|^\s*(?:using|import|public|class|def|#include)\b")
LEAST_DECLARED = 40
_LEAST_LINES = 0.3
"""Of the letters of lines that are told to be in a language, those in others where they are of other editions."""
# Headings of lists whose entries stand in any language.
_LISTS = frozenset({"literature", "basic", "additional", "internet", "toc", "glossary"})


def keep_one(source: OutlineSource, language: str, *, declared: bool = False) -> list[Finding]:
    """Leave the pieces of ``language`` in the source's stream where it holds editions in several.

    ``declared``: course.toml says that there are several, so that short ones are believed too.
    """
    wanted = source.entry.language or language
    gone = keep_side(source, wanted, declared=declared)
    if gone and not declared:
        _keep_lines(source, wanted, gone)
    else:
        _keep_runs(source, wanted, gone, declared=declared)
    if not gone:
        return []
    others = ", ".join(f"{languages.name(name)} ({count} characters)" for name, count in sorted(gone.items()))
    return [
        note(
            "outline-languages",
            f"the file holds parallel texts; {languages.name(wanted)} was read, {others} set aside",
            source.place(1, 1),
            "build the other languages with `languages` or `language` in course.toml",
        )
    ]


def _keep_lines(source: OutlineSource, wanted: str, gone: Counter[str]) -> None:
    """Set the lines aside that are in the languages of ``gone``, beside whose editions that in ``wanted`` stands; what
    has a place of its own in any language, an entry of a list of books or a table, stays."""
    line_languages = {
        at: piece.language
        for at, piece in enumerate(source.stream.pieces)
        if piece.object is None
        and spoken(piece.text) == piece.language  # not by its neighbours alone
        and not (is_book(piece.text) or halves(piece.text))
    }
    foreign = {at for at, name in line_languages.items() if name in gone and name != wanted}
    length = sum(len(source.stream.pieces[at].text) for at in line_languages)
    if sum(len(source.stream.pieces[at].text) for at in foreign) < _LEAST_LINES * length:
        return
    for at in sorted(foreign):
        piece = source.stream.pieces[at]
        source.aside([piece], f"the {languages.name(piece.language)} edition")
        gone[piece.language] += len(piece.text)
    source.stream.pieces[:] = [piece for at, piece in enumerate(source.stream.pieces) if at not in foreign]


def _keep_runs(source: OutlineSource, wanted: str, gone: Counter[str], *, declared: bool) -> None:
    """Set the runs of other editions aside; their letters are counted in ``gone``."""
    runs = _runs(source.stream.pieces)
    lengths: Counter[str] = Counter()
    code: Counter[str] = Counter()
    marked: set[str] = set()
    for name, pieces in runs:
        lengths[name] += sum(len(piece.text) for piece in pieces)
        code[name] += sum(len(piece.text) for piece in pieces if _CODE.search(piece.text))
        if any(_telling(source, piece) for piece in pieces):
            marked.add(name)
    total = sum(lengths.values())
    editions = {
        name
        for name in marked
        if name in languages.known()
        and _enough(lengths[name], total, declared=declared)
        and code[name] * 3 < lengths[name]
    }
    if wanted not in editions or len(editions) < 2:
        return
    kept: list[Piece] = []
    for name, pieces in runs:
        size = sum(len(piece.text) for piece in pieces)
        foreign = name in editions and name != wanted
        if foreign and (size > 300 or declared or any(_telling(source, piece) for piece in pieces)):
            source.aside(pieces, f"the {languages.name(name)} edition")
            gone[name] += size
        else:
            kept.extend(pieces)
    source.stream.pieces[:] = kept


def _enough(characters: int, total: int, *, declared: bool) -> bool:
    return (
        characters >= LEAST_DECLARED if declared else characters >= LEAST_LETTERS and characters > total * LEAST_SHARE
    )


def _runs(pieces: list[Piece]) -> list[tuple[str, list[Piece]]]:
    """Pieces in runs of one language; what is too short to tell goes with the run that it opens or continues."""
    runs: list[tuple[str, list[Piece]]] = []
    waiting: list[Piece] = []
    for piece in pieces:
        if not piece.language:
            waiting.append(piece)
            continue
        if runs and runs[-1][0] == piece.language:
            runs[-1][1].extend([*waiting, piece])
        else:
            runs.append((piece.language, [*waiting, piece]))
        waiting = []
    if waiting:
        if runs:
            runs[-1][1].extend(waiting)
        else:
            runs.append(("", waiting))
    return runs


def _telling(source: OutlineSource, piece: Piece) -> bool:
    return piece.object is None and any(
        mark.kind not in _LISTS and (mark.group == "numbered" or (mark.whole and mark.group in {"heading", "field"}))
        for mark in source.marks.find(piece.text)
    )
