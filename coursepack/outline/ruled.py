"""Headings that rules set off in plain text: «--- Video 1. Rivers», «== Glossary ==», «>>> Roots <<<», a line between
two rules."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursepack.model.document import Line, Unit
from coursepack.outline.found import OutlineSource
from coursepack.outline.pieces import Piece

_SIGNS, _POINTED = "=~#*_–—-", "<>«»◆◇★☆✦❖"
_LED = re.compile(
    rf"(?P<signs>(?P<rule>[{_SIGNS}])(?P=rule){{2,}}|==(?=.*\s==$)|(?P<point>[{_POINTED}])(?P=point){{1,9}})\s+(?=\S*\s?[^\W\d_])"
)
_CLOSED = re.compile(rf"\s+(?P<signs>[{_SIGNS}]{{3,}}|==|[{_POINTED}]{{2,10}})$")
_MIRRORED = str.maketrans("<>«»", "><»«")
_RULE = re.compile(r"([*#_~=–—•·.-])(?:\s*\1){2,}")
_LONGEST = 120
_SEVERAL = 2
_OUTER, _INNER = 1, 2


def headings(source: OutlineSource, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, with those as headings that rules set off. One line alone that begins with a rule may be anything,
    where the same signs do not stand behind it as well."""
    plain = all(piece.heading is None for piece in pieces)
    led = [at for at, piece in enumerate(pieces) if _is_text(piece) and _LED.match(piece.text)] if plain else []
    between = _between(source.document.units) if plain else frozenset()
    under = _underlined(source.document.units) if plain else frozenset()
    result = list(pieces)
    ruled = sum(pieces[at].text[0] in _SIGNS for at in led) >= _SEVERAL
    led = [at for at in led if _is_closed(pieces[at].text) or (ruled and pieces[at].text[0] in _SIGNS)]
    depths = sorted({_depth(pieces[at].text) for at in led})
    for at in led:
        result[at] = _bare(source, pieces[at])
        result[at].heading = (_INNER if between else _OUTER) + depths.index(_depth(pieces[at].text))
    for piece in result if len(between) >= _SEVERAL else ():
        if _is_text(piece) and {part.unit for part in piece.parts} <= between and piece.parts:
            piece.heading = _OUTER
    for piece in result if len(under) >= _SEVERAL else ():
        if _is_text(piece) and piece.parts and {part.unit for part in piece.parts} <= under:
            piece.heading = piece.heading or _INNER
    return result


def _underlined(units: Sequence[Unit]) -> frozenset[int]:
    """The numbers of the lines of words behind a blank one that a rule about as long as they are stands right below."""
    found = set[int]()
    for before, line, after in zip([None, *units], units, units[1:], strict=False):
        if not (isinstance(line, Line) and isinstance(after, Line)) or (
            isinstance(before, Line) and before.text.strip()
        ):
            continue
        text, rule = line.text.strip(), after.text.strip()
        long = abs(len(rule) - len(text)) <= max(_NEARLY, len(text) // _NEARLY)
        if text and long and _RULE.fullmatch(rule) and not (_RULE.fullmatch(text) or _COLUMNS.search(text)):
            found.add(line.number)
    return frozenset(found)


_NEARLY = 4
_COLUMNS = re.compile(r"\S(?: {3,}|\t)\S")
"""What parts the heads of a table's columns, which a rule stands below as well."""


def _between(units: Sequence[Unit]) -> frozenset[int]:
    """The numbers of the lines of words that stand between two lines which are nothing but the same rule."""
    lines = [unit for unit in units if isinstance(unit, Line) and unit.text.strip()]
    rules = [found[1] if (found := _RULE.fullmatch(line.text.strip())) else "" for line in lines]
    return frozenset(
        line.number
        for at, line in enumerate(lines)
        if 0 < at < len(lines) - 1 and not rules[at] and rules[at - 1] == rules[at + 1] != ""
    )


def _is_closed(text: str) -> bool:
    """Whether the same signs stand before a line and behind it, or mirrored ones: «>>> Roots <<<»."""
    led, closed = _LED.match(text), _CLOSED.search(text)
    return (
        led is not None and closed is not None and closed["signs"] in {led["signs"], led["signs"].translate(_MIRRORED)}
    )


def _depth(text: str) -> int:
    """How many signs of equality close a heading at both sides, as in a wiki: «== Roots ==» over «=== Hairs ===»."""
    found = _LED.match(text)
    signs = found["signs"] if found is not None and _is_closed(text) else ""
    return len(signs) if signs[:1] == "=" else 0


def _is_text(piece: Piece) -> bool:
    return piece.object is None and not piece.kept and not piece.label and len(piece.text) <= _LONGEST


def _bare(source: OutlineSource, piece: Piece) -> Piece:
    """A heading without the rules before it and behind it."""
    texts, found = source.stream.texts, _LED.match(piece.text)
    if found is None:
        return piece
    rule, title = texts.cut(piece, found.end())
    rules = [rule]
    if (closed := _CLOSED.search(title.text)) is not None:
        title, rule = texts.cut(title, closed.start())
        rules.append(rule)
    source.aside(rules, "ruled line")
    title.glued = False
    return title
