"""What fits where: columns as wide as their longest word, lines to sign on that hold role, rule and name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from coursepack.render.wml import CM, TEXT_WIDTH, Element, number_of, w
from coursepack.text.widths import times

SIDES = 190
"""Twips at both sides of a cell's text, its lines among them."""
_BOLD = 1.14
"""Bold letters of Times are so much wider at the most."""
_TABLE_SIZE, _TEXT_SIZE = 11, 12


def width(text: str, size: float = _TEXT_SIZE, *, bold: bool = False) -> int:
    """Twips that a line of text takes."""
    return round(times(text) * size * (_BOLD if bold else 1) / 50)


def least(texts: Sequence[str]) -> int:
    """Twips of a column in which no word of these texts is broken, were they all in bold; an address is broken, and a
    rule to write on may be short."""
    words = (piece for text in texts for word in text.split() for piece in _pieces(word))
    return SIDES + max((width(word, _TABLE_SIZE, bold=True) for word in words), default=0)


_ADDRESS = re.compile(r"\S+@\S+|\S+://\S+|www\.\S+")
_RULES = re.compile("_{6,}")
_LONGEST = 24
"""Letters of an address that stand on one line."""


def _pieces(word: str) -> list[str]:
    """The word, or an address in parts that lines may hold."""
    if not _ADDRESS.fullmatch(word):
        return [_RULES.sub("_____", word)]
    return [word[place : place + _LONGEST] for place in range(0, len(word), _LONGEST)]


def columns(needed: Sequence[int], wanted: Sequence[int], room: int) -> list[int]:
    """Whole widths that add up to ``room``: as ``wanted``, but none below what is ``needed`` while there is room."""
    spare = room - sum(needed)
    if spare < 0:
        return _shares(needed, room)
    over = [max(wish - need, 0) for wish, need in zip(wanted, needed, strict=True)]
    more = _shares(over if sum(over) else [1] * len(over), spare)
    return [need + extra for need, extra in zip(needed, more, strict=True)]


def _shares(weights: Sequence[int], room: int) -> list[int]:
    total, done, edges = sum(weights), 0, [0]
    for weight in weights:
        done += weight
        edges.append(room * done // total)
    return [right - left for left, right in pairwise(edges)]


_SMALLEST = 14
"""Half-points below which nobody reads a table."""


def smaller(needed: Sequence[int], room: int, side: int = SIDES) -> int:
    """Half-points of the letters with which what is ``needed`` has room; ``side``: twips at both sides of the text."""
    sides = side * len(needed)
    return max(round(_TABLE_SIZE * 2 * (room - sides) / (sum(needed) - sides) - 0.5), _SMALLEST)


def needs(table: Element, count: int) -> list[int]:
    """What each column of a table needs for its longest word; cells over several columns say nothing."""
    found = [SIDES] * count
    for row in table.iterfind(w("tr")):
        column = 0
        for cell in row.iterfind(w("tc")):
            span = number_of(cell.find(f"{w('tcPr')}/{w('gridSpan')}"), 1)
            if span == 1 and column < count and cell.find(w("tbl")) is None:
                text = " ".join(piece.text or "" for piece in cell.iter(w("t")))
                found[column] = max(found[column], least([text]))
            column += span
    return found


# --- lines to sign on ---------------------------------------------------------------------------------------------

_RULE = 4 * CM
_SHORT_RULE = round(2.5 * CM)
_GAP = 160
_RULE_FROM, _NAME_FROM = 8 * CM, 12 * CM

SignatureStops = tuple[bool, tuple[int, int]] | None


def signature_stops(role: str, name: str, room: int = TEXT_WIDTH) -> SignatureStops:
    """Where the rule begins and ends so that role, rule and name share a line of ``room`` twips; with True the role
    stands in a line above. None: the style's own stops do."""
    role_ends, name_needs = width(role) + _GAP, width(f" {name}") + _GAP
    if room >= TEXT_WIDTH and role_ends <= _RULE_FROM and name_needs <= TEXT_WIDTH - _NAME_FROM:
        return None
    ends = max(min(_NAME_FROM * room // TEXT_WIDTH, room - name_needs), _SHORT_RULE)
    if not name:
        ends = room - (_RULE if room >= TEXT_WIDTH else _SHORT_RULE)
    begins = ends - _SHORT_RULE if role_ends > ends - _RULE else ends - _RULE
    if role_ends <= begins:
        return False, (begins, ends)
    return True, (max(ends - _RULE, 0), ends)


def signature_block(signers: Sequence[tuple[str, str]], room: int = TEXT_WIDTH) -> list[SignatureStops]:
    """``signature_stops`` of lines one below another (role, name), all in one form: the rules begin and end at one
    place, and the roles stand beside them, or, where one of them has no room there, above them."""
    found = [signature_stops(role, name, room) for role, name in signers]
    own = [each[1] for each in found if each is not None]
    if not own:
        return found
    ends = min(end for _, end in (*own, *([(_RULE_FROM, _NAME_FROM)] if None in found else [])))
    longest = max(width(role) + _GAP for role, _ in signers)
    rule = next((long for long in (_RULE, _SHORT_RULE) if longest <= ends - long), None)
    return [(rule is None, (max(ends - (rule or _RULE), 0), ends))] * len(signers)
