r"""Patterns of short answers as expressions of ``patternMatch``, and back.

Sources: QTI 2.1, «patternMatch»: expressions of XML Schema (part 2, appendix F), that match the whole text; Moodle 4.5,
``question/type/shortanswer/question.php``: ``*`` is any letters, ``\*`` itself. XML Schema knows no expression that
passes over letter case, so each letter stands in both cases; «$» and «^» stand so that readers who take an expression
of JavaScript for it read the same.
"""

from __future__ import annotations

import re

_SIGNS = frozenset(r"\|.?*+(){}[]-^")
_ANY = ".*"
_PIECE = re.compile(r"\.\*|\[(\$)\]|\[(.)(.)\]|\\(.)|([^\\\[\].*+?(){}|])", re.DOTALL)


def has_wildcard(pattern: str) -> bool:
    """Whether some ``*`` stands for any letters."""
    return "*" in pattern.replace(r"\*", "")


def expression(pattern: str, *, case_sensitive: bool) -> str:
    r"""The expression that matches what the pattern accepts.

    >>> expression(r"Ас*а\*", case_sensitive=False)
    '[Аа][Сс].*[Аа]\\*'
    """
    parts = pattern.split(r"\*")
    made = (_ANY.join(_letters(piece, case_sensitive) for piece in part.split("*")) for part in parts)
    return r"\*".join(made)


def _letters(text: str, case_sensitive: bool) -> str:
    return "".join(_letter(letter, case_sensitive) for letter in text)


def _letter(letter: str, case_sensitive: bool) -> str:
    if letter in _SIGNS:
        return f"\\{letter}"
    if letter == "$":
        return "[$]"
    upper, lower = letter.upper(), letter.lower()
    if case_sensitive or upper == lower or len(upper) != 1 or len(lower) != 1:
        return letter
    return f"[{upper}{lower}]"


def pattern_of(found: str) -> tuple[str, bool] | None:
    r"""The pattern of such an expression and whether letter case counts; None for an expression of another kind.

    >>> pattern_of('[Аа][Сс].*[Аа]\\*')
    ('ас*а\\*', False)
    """
    made, at, folded = "", 0, False
    while at < len(found):
        piece = _PIECE.match(found, at)
        if piece is None:
            return None
        at = piece.end()
        dollar, upper, lower, escaped, letter = piece.groups()
        if upper:
            if upper.lower() != lower:
                return None
            folded = True
            made += lower
        elif piece[0] == _ANY:
            made += "*"
        else:
            sign = dollar or escaped or letter
            made += r"\*" if sign == "*" else sign
    return made, not folded


def example(pattern: str) -> str:
    """A text that the pattern accepts: no letters where any may stand."""
    return "*".join(piece.replace("*", "") for piece in pattern.split(r"\*"))
