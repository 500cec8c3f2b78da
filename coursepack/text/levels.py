"""How hard the questions below a heading are, by its words: «Лёгкий уровень», «Жеңіл деңгей», «Hard questions»."""

from __future__ import annotations

import re

from coursepack import languages

_LONGEST = 160
_BEFORE, _BEHIND = r"\W*(?:@level-words@\W+)*", r"(?:\W+@level-words@)*\W*(?:\(.*\))?\W*"
_STATED = (
    languages.expression(rf"{_BEFORE}(?:@level-easy@){_BEHIND}", re.IGNORECASE),
    languages.expression(rf"{_BEFORE}(?:@level-medium@){_BEHIND}", re.IGNORECASE),
    languages.expression(rf"{_BEFORE}(?:@level-hard@){_BEHIND}", re.IGNORECASE),
)
"""A heading of words about levels alone, one of them that of an easy, a medium or a hard one."""


def hardness(heading: str) -> int:
    """The level that the words of a heading name, 0 for none."""
    text = heading.strip()
    if not text or len(text) > _LONGEST:
        return 0
    return next((level for level, stated in enumerate(_STATED, 1) if stated.fullmatch(text)), 0)
