"""A test that was read as text for students or set aside: lines that look like its keys, answers or questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from operator import itemgetter

from coursepack.outline.bank.guard import evenly
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.looks import has
from coursepack.outline.bank.said import CLASS, is_key
from coursepack.outline.found import Source
from coursepack.outline.pieces import Piece
from coursepack.outline.unsure import some
from coursepack.place import Finding, Place, warning


def unread_test(source: Source) -> Finding | None:
    """Lines that state the answers of a test, that ask, or of which one of several is bold again and again, where they
    were read as text for students or set aside."""
    if any(draft.kind == "tests" for draft in source.drafts) and not _stated(source):
        return None
    pieces = [one for one in source.stream.pieces if one.object is None and one.text and one.parts]
    for what, found in (
        ("that state answers, as those of a test do,", _stated(source)),
        ("that are the letter of an answer and its text", _lettered(source, pieces)),
        ("that ask, each over a short line,", _asking(source, pieces)),
        ("that ask and go on behind it", _going_on(source, pieces)),
        ("with a gap to fill in", _with_gaps(source, pieces)),
        ("that ask, each over as many that do not,", _evenly(source, pieces)),
        ("that begin alike, so many below each line", _below_each(source, pieces)),
        ("of which one among several is bold, as right answers are,", _bold(source, pieces)),
    ):
        if found:
            name = source.stream.texts.ledger.unit_name
            return warning(
                "bank-unread",
                f"{len(found)} lines {what} were read as text: {some(source, list(map(str, found)))}",
                Place(source.document.file, found[0], found[0], name),
                'if it is a test, give the file the role that it has in course.toml (role = "tests"); what '
                "students may read shows these answers",
            )
    return None


def _stated(source: Source) -> list[int]:
    """The lines that state answers and were taken for no keys, where they are many of a document's."""
    clean, ledger = source.stream.texts.clean, source.stream.texts.ledger
    lines = sum(1 for text in clean.values() if text.strip())
    found = [
        one.unit
        for one in ledger.entries
        if one.fate != "mark" and any(map(is_key, clean[one.unit][one.start : one.end].split("\n")))
    ]
    return found if _are_many(len(found), lines) else []


def _are_many(count: int, lines: int) -> bool:
    return count >= limits()["keyed"] and count * 100 >= lines * limits()["keyed-share"]


_SHORT = 60
_ANSWER = re.compile(rf"\d{{1,4}}\s?[.)–-]\s*{CLASS}\s?[.)]\s*\S")


def _lettered(source: Source, pieces: Sequence[Piece]) -> list[int]:
    """The lines «1. B) carbon», where nearly all are: the answers of a test that is not there."""
    clean = source.stream.texts.clean
    found = [one.first for one in pieces if _ANSWER.match(clean[one.first].strip())]
    return found if len(found) * 5 >= len(pieces) * 4 and _are_many(len(found), len(pieces)) else []


def _asking(source: Source, pieces: Sequence[Piece]) -> list[int]:
    """The lines of a document without questions that ask over one short line that does not, where they are most."""
    if _is_asked(source):
        return []
    asks = [one.text.rstrip().endswith("?") for one in pieces]
    short = [len(one.text) < _SHORT and not asking for one, asking in zip(pieces, asks, strict=True)]
    found = [pieces[at].first for at in range(len(pieces) - 1) if asks[at] and short[at + 1]]
    return found if len(found) * 4 >= len(pieces) and _are_many(len(found), len(pieces)) else []


_GOES_ON = re.compile(r"\?\s*[:=–—-]?\s*[^\W_][^?]{0,60}$")
_GAP = re.compile(r"_{2,}|\.{5,}|…{2,}")
_FILLED = re.compile(r"(?:[^\W_]\W*){8,}")


def _is_asked(source: Source) -> bool:
    """Whether questions were found."""
    return any(draft.kind in {"exam", "tests", "ticket", "tickets"} or draft.get("review") for draft in source.drafts)


def _going_on(source: Source, pieces: Sequence[Piece]) -> list[int]:
    """The lines «What is …? : that», where they are many of a document's without questions."""
    found = [] if _is_asked(source) else [one.first for one in pieces if _GOES_ON.search(one.text.rstrip())]
    return found if len(found) * 3 >= len(pieces) and _are_many(len(found), len(pieces)) else []


def _evenly(source: Source, pieces: Sequence[Piece]) -> list[int]:
    """The lines that ask in a document of short lines, where as many short lines follow upon each."""
    short = sum(len(one.text) < _SHORT * 2 for one in pieces)
    if _is_asked(source) or short * 10 < len(pieces) * 9 or evenly([one.text for one in pieces]) is None:
        return []
    return [one.first for one in pieces if "?" in one.text]


def _with_gaps(source: Source, pieces: Sequence[Piece]) -> list[int]:
    """Sentences with a gap, where they are many of a document's without questions; a line to sign has no sentence."""
    if _is_asked(source):
        return []
    found = [one.first for one in pieces if _GAP.search(one.text) and _FILLED.search(one.text)]
    return found if len(found) * 3 >= len(pieces) and _are_many(len(found), len(pieces)) else []


def _below_each(source: Source, pieces: Sequence[Piece]) -> list[int]:
    """Lines of one beginning, as many below each of several lines of which some ask, that are most of a document."""
    if any(draft.kind == "tests" for draft in source.drafts):
        return []
    lines = [(one, text) for one in pieces for text in one.text.split("\n")]
    forms = [_form(one, text) for one, text in lines]
    usual, count = Counter(filter(None, forms)).most_common(1)[0] if any(forms) else ("", 0)
    if not count or count * 2 < len(lines):
        return []
    runs = [[at for at, _ in run] for form, run in groupby(enumerate(forms), key=itemgetter(1)) if form == usual]
    over = [run[0] - 1 for run in runs if run[0]]
    size, alike = Counter(map(len, runs)).most_common(1)[0]
    asks = sum("?" in lines[at][1] for at in over)
    regular = 1 < size <= limits()["most-answers"] and alike * 4 >= len(runs) * 3 and alike >= limits()["least-ends"]
    return [lines[at][0].first for run in runs for at in run] if regular and asks * 3 >= len(runs) else []


_LABEL = re.compile(rf"(?:\(?{CLASS}|\(?\d{{1,2}}|[<\[]{CLASS}[>\]])(?P<close>[).:\]>])|[^\w\s«“\"(]")


def _form(piece: Piece, text: str) -> str:
    """What a short line begins with, a letter of an answer or a sign."""
    if piece.heading is not None or len(text) > _SHORT * 2 or "?" in text:
        return ""
    found = _LABEL.match(f"{piece.label or ''}{text}" if piece.text.startswith(text) else text)
    return (found["close"] or found[0][0]) if found else ""


def _is_bold(piece: Piece) -> bool:
    return piece.bold or has(piece.inlines(), "bold")


def _bold(source: Source, pieces: Sequence[Piece]) -> list[int]:
    """The bold ones among three short lines or more below a line that is none of them, where that is most of a
    document."""
    if any(draft.kind == "tests" for draft in source.drafts):
        return []
    lists: list[list[Piece]] = [[]]
    for before, one in pairwise(pieces):
        if one.heading is not None or one.label is None or (before.label is None and lists[-1]):
            lists.append([])
        if one.label is not None and len(one.text) < _SHORT * 2:
            lists[-1].append(one)
    answers = [each for each in lists if len(each) > 2 and sum(map(_is_bold, each)) == 1]
    lines = sum(map(len, answers))
    found = [one.first for each in answers for one in each if _is_bold(one)]
    return found if lines * 2 > len(pieces) and _are_many(len(found), len(pieces)) else []
