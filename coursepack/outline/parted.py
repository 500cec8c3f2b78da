"""What course.toml parts or brings back: a paragraph into items, lines into answers, a line that was set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from coursepack.model.ledger import Ledger
from coursepack.outline.blocks import list_label
from coursepack.outline.found import OutlineSource
from coursepack.outline.pieces import Piece, UnitRange
from coursepack.outline.tree.ordinals import counted
from coursepack.project.course_toml import Correction
from coursepack.text.characters import CharacterRepair


@lru_cache(1 << 16)
def plain(text: str) -> str:
    """A text as it is compared: letters repaired, one space for many."""
    return re.sub(r"\s+", " ", CharacterRepair(own=True).repair(text)).strip()


def start_of(text: str, anchor: str) -> int | None:
    """Where the anchor begins in a text: at its start or after a space."""
    pattern = r"\s+".join(re.escape(word) for word in anchor.split(" "))
    found = re.search(rf"(?:^|(?<=[\s«“\"(]))(?:[•–—-]\s*)?{pattern}", text) or re.search(pattern, text)
    return found.start() if found else None


# --- items of a paragraph


def counts(piece: Piece) -> bool:
    """Whether a piece begins with a mark of a list, or with a number that headings count with."""
    return list_label(piece) is not None or any(one.kind for one in counted(piece.text))


def starts_of(text: str, items: Sequence[str]) -> list[int] | None:
    """Where the items behind the first begin, each behind the one before it; None where one is not there."""
    found: list[int] = []
    for item in items:
        after = found[-1] + 1 if found else 1
        at = start_of(text[after:], plain(item))
        if at is None:
            return None
        found.append(after + at)
    return found


def itemised(source: OutlineSource, at: int, items: Sequence[str]) -> bool:
    """A piece as items of a list; those that no mark begins get one. False where one of them is not there."""
    pieces, texts = source.stream.pieces, source.stream.texts
    starts = starts_of(pieces[at].text, items)
    if starts is None:
        return False
    result = [pieces[at]]
    for start in reversed(starts):
        result[:1] = texts.cut(result[0], start)
    for one in result:
        one.glued = False
        if list_label(one) is None:
            one.label = "•"
    pieces[at : at + 1] = result
    return True


# --- answers of a test


def offered(source: OutlineSource, correction: Correction) -> bool:
    """The answers of all questions, which no known mark begins: each gets a letter, its sign is a label."""
    pieces = source.stream.pieces
    result: list[Piece] = []
    nth = 0
    for piece in pieces:
        found = _answers(source, piece, correction)
        if not found:
            result.append(piece)
            nth = 0
        for one in found:
            one.label, one.glued, one.plain = f"{_LETTERS[nth % len(_LETTERS)]})", False, False
            nth += 1
        result += found
    changed = len(result) != len(pieces) or any(a is not b for a, b in zip(result, pieces, strict=True))
    source.stream.pieces = result
    return changed


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _answers(source: OutlineSource, piece: Piece, correction: Correction) -> list[Piece]:
    """The answers that a piece is, or holds."""
    if piece.object is not None or not piece.text:
        return []
    if correction.between is not None:
        return list(_beside(source, piece, correction.between))
    found = _sign(correction.sign or "").fullmatch(piece.text)
    if found is None:
        return []
    texts = source.stream.texts
    sign, answer = texts.cut(piece, found.start("answer"))
    texts.claim(sign, "mark", reason="option letter")
    if found.end("answer") < found.end():
        answer, close = texts.cut(answer, found.end("answer") - found.start("answer"))
        texts.claim(close, "mark", reason="option letter")
    return [answer]


def _beside(source: OutlineSource, piece: Piece, between: str) -> Iterator[Piece]:
    """The answers on one line; none where nothing parts it."""
    sign_ = between.strip()
    starts = [one.start() for one in re.finditer(rf"{re.escape(sign_)}\s+", piece.text)]
    if not starts or list_label(piece) is not None:
        return
    result: list[Piece] = []
    for start in reversed(starts):
        piece, behind = source.stream.texts.cut(piece, start)
        sign, answer = source.stream.texts.cut(behind, len(sign_))
        source.stream.texts.claim(sign, "mark", reason="option letter")
        result.append(answer)
    yield from (piece, *reversed(result))


ELLIPSIS = "…"
"""What stands for the answer in a sign that is on both sides of it: «[…]»."""
_COUNTER = re.compile(r"\d+|[^\W\d_]+(?=[^\w]*$)")
_ROMAN = re.compile(r"[ivx]+", re.IGNORECASE)


@lru_cache(64)
def _sign(stated: str) -> re.Pattern[str]:
    """An answer with its sign: a number, a letter or a Roman number in that is of the answer that it was said of."""
    opens, _, closes = stated.strip().partition(ELLIPSIS)
    return re.compile(rf"{_opening(opens.strip())}\s*(?P<answer>\S.*?)\s*{re.escape(closes.strip())}\s*", re.DOTALL)


def _opening(sign: str) -> str:
    counter = list(_COUNTER.finditer(sign))[-1:]
    if not counter:
        return re.escape(sign)
    found = counter[0]
    if found[0].isdecimal():
        any_ = r"\d{1,2}"
    elif _ROMAN.fullmatch(found[0]):
        any_ = "[ivxIVX]{1,4}"
    else:
        any_ = r"[^\W\d_]" if len(found[0]) == 1 else re.escape(found[0])
    return f"{re.escape(sign[: found.start()])}{any_}{re.escape(sign[found.end() :])}"


# --- what was set aside


def brought_back(source: OutlineSource, unit: int) -> bool:
    """A line that was set aside while the source was read is text, with those beside it that were for the same
    reason; one that stands in the text stays whatever is seen in it."""
    texts, pieces = source.stream.texts, source.stream.pieces
    together = _together(texts.ledger, texts.clean, unit)
    for one in together:
        texts.ledger.release(one)
        piece = Piece(texts.clean[one].strip(), [UnitRange(one, 0, len(texts.clean[one]))], kept=True)
        piece.language = source.stream.language
        behind = [at for at, other in enumerate(pieces) if other.parts and other.first < one]
        pieces.insert(behind[-1] + 1 if behind else 0, piece)
    for piece in pieces if not together else ():
        if any(part.unit == unit for part in piece.parts):
            piece.kept = True
    return True


def _together(ledger: Ledger, clean: dict[int, str], unit: int) -> list[int]:
    """The units that were set aside with one, for its reason, in order; none where it was not."""
    reasons = {entry.unit: entry.reason for entry in ledger.entries if entry.fate == "aside"}
    if unit not in reasons:
        return []
    lines = [one for one, text in clean.items() if text.strip()]
    at = lines.index(unit)
    first = last = at
    while first and reasons.get(lines[first - 1]) == reasons[unit]:
        first -= 1
    while last + 1 < len(lines) and reasons.get(lines[last + 1]) == reasons[unit]:
        last += 1
    return lines[first : last + 1]
