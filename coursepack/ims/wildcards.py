r"""Patterns of short answers as expressions of ``patternMatch``, and back.

Sources: QTI 2.1, «patternMatch»: expressions of XML Schema (part 2, appendix F), that match the whole text; Moodle 4.5,
``question/type/shortanswer/question.php``: ``*`` is any letters, ``\*`` itself. XML Schema knows no expression that
passes over letter case, so each letter stands in both cases; «$» and «^» stand so that readers who take an expression
of JavaScript for it read the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SIGNS = frozenset(r"\|.?*+(){}[]-^")
_ANY = ".*"
_LONGEST = 10_000
"""Letters of an expression that is still read."""
_PIECE = re.compile(r"\.\*|\[([^\[\]\\^])\]|\[(.)(.)\]|\\(.)|([^\\\[\].*+?(){}|^$])", re.DOTALL)


def has_wildcard(pattern: str) -> bool:
    """Whether some ``*`` stands for any letters."""
    return "*" in pattern.replace(r"\*", "")


def expression(pattern: str, *, case_sensitive: bool) -> str:
    r"""The expression that matches what the pattern accepts.

    >>> expression(r"Ас*а\*", case_sensitive=False)
    '[Аа][сС].*[аА]\\*'
    """
    parts = pattern.split(r"\*")
    result = (_ANY.join(_letters(piece, case_sensitive) for piece in part.split("*")) for part in parts)
    return r"\*".join(result)


def _letters(text: str, case_sensitive: bool) -> str:
    return "".join(_letter(letter, case_sensitive) for letter in text)


def _letter(letter: str, case_sensitive: bool) -> str:
    if letter in _SIGNS:
        return f"\\{letter}"
    if letter == "$":
        return "[$]"
    if case_sensitive or not _has_case(letter):
        return letter
    upper, lower = letter.upper(), letter.lower()
    return f"[{letter}{lower if letter == upper else upper}]"  # as it was written stands first


def _has_case(letter: str) -> bool:
    """Whether it is written in two ways, a letter each."""
    upper, lower = letter.upper(), letter.lower()
    return upper != lower and len(upper) == len(lower) == 1


@lru_cache(maxsize=1024)
def pattern_of(found: str) -> tuple[str, bool] | None:
    r"""The pattern of such an expression and whether letter case counts; None for an expression of another kind, or
    one of more than 10,000 letters.

    «^» at the beginning and «$» at the end are what most authors mean by them, though XML Schema has no such signs.

    >>> pattern_of('[Аа][сС].*[аА]\\*')
    ('Ас*а\\*', False)
    >>> pattern_of('^colour$'), pattern_of('[0-9]+'), pattern_of('[Cc]olour')
    (('colour', True), None, None)
    """
    if len(found) > _LONGEST:
        return None
    found = found.removeprefix("^")
    found = found[:-1] if found.endswith("$") and not found.endswith(r"\$") else found
    result, at = "", 0
    folded = cased = False
    while at < len(found):
        piece = _PIECE.match(found, at)
        if piece is None:
            return None
        at = piece.end()
        alone, one, other, escaped, letter = piece.groups()
        if piece[0] == _ANY:
            result += "*"
        elif one:
            if one == other or one.lower() != other.lower():
                return None
            folded = True
            result += one
        elif escaped and escaped not in _SIGNS:
            return None
        else:
            sign = alone or escaped or letter
            cased = cased or _has_case(sign)
            result += r"\*" if sign == "*" else sign
    return None if folded and cased else (result, not folded)


def fits(pattern: str, text: str, *, case_sensitive: bool) -> bool:
    r"""Whether the pattern accepts the text, in a time that grows with their lengths alone.

    >>> fits("Ас*а", "астана", case_sensitive=False), fits("a*a", "a", case_sensitive=True)
    (True, False)
    """
    if not case_sensitive:
        pattern, text = pattern.casefold(), text.casefold()
    first, *others = ("*".join(piece) for piece in _between(pattern))
    if not others:
        return text == first
    *middle, last = others
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for piece in middle:
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def _between(pattern: str) -> list[list[str]]:
    """What stands between the «*» of a pattern: texts that asterisks of their own join."""
    found: list[list[str]] = [[]]
    for text in pattern.split(r"\*"):
        first, *others = text.split("*")
        found[-1].append(first)
        found += ([each] for each in others)
    return found


def example(pattern: str, any_letters: str = "") -> str:
    """A text that the pattern accepts: ``any_letters`` where any may stand, or none."""
    return "*".join(piece.replace("*", any_letters) for piece in pattern.split(r"\*"))
