"""«The Ili is a lake. (True / False)»: of the two words for true and false behind a statement one is underlined, bold,
coloured or highlighted, or the other struck out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coursepack import languages
from coursepack.model.blocks import Inlines, Run
from coursepack.outline.bank.looks import LOOKS

_WORD = "|".join(sorted(map(re.escape, (*languages.words("true"), *languages.words("false"))), key=len, reverse=True))
_BOTH = re.compile(
    rf"\s*[(\[]?\s*(?<!\w)(?P<first>{_WORD})\s*[/|;,]\s*(?P<second>{_WORD})(?!\w)\s*[)\]]?[\s.]*$", re.IGNORECASE
)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class ChosenWord:
    """Where both words begin in a text, and the one that a look tells apart."""

    start: int
    word: str


def chosen_word(text: str, content: Inlines) -> ChosenWord | None:
    """The word for true or false at the end of a statement that looks chosen; None where no look tells."""
    at = max(len(text) - _LONGEST, 0)
    found = _BOTH.search(text, at)
    if found is None or _is_true(found["first"]) == _is_true(found["second"]):
        return None
    looks = [_looks(content, found.span(name)) for name in ("first", "second")]
    apart = [look for look, _ in LOOKS if (look in looks[0]) != (look in looks[1])]
    names = {"first" if look in looks[0] else "second" for look in apart}
    return ChosenWord(found.start(), found[names.pop()]) if len(names) == 1 else None


def _is_true(word: str) -> bool:
    return word.casefold() in {one.casefold() for one in languages.words("true")}


def _looks(content: Sequence[object], span: tuple[int, int]) -> frozenset[str]:
    """The looks of all letters between two places of a line."""
    at, held = 0, list[frozenset[str]]()
    for run in content:
        if not isinstance(run, Run):
            continue
        if at < span[1] and at + len(run.text) > span[0] and run.text.strip():
            held.append(frozenset(look for look, has in LOOKS if has(run)))
        at += len(run.text)
    return frozenset.intersection(*held) if held else frozenset()
