"""Keys that name their question: «A#Q1ANS=C», «Q1 Answer: C», «Ответ 1: C», at the question or gathered anywhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from coursepack import languages
from coursepack.outline.bank.key_text import CLASS
from coursepack.outline.tree.ordinals import counted

_LONGEST = 60
_KEY = rf"(?P<key>{CLASS}(?:\s*[,;/&+]?\s*{CLASS}){{0,5}}|\d{{1,2}})[)\].;]*$"
_SIGN = r"\s*(?:[:=]+|[–—-]>?|=>|→)\s*[\[(]?"
_WORD = r"(?:@key-line@)"
_BEHIND = languages.expression(
    rf"\W{{0,2}}(?:[^\W\d_]{{1,12}}[\s#№_.:/-]{{0,2}}){{0,3}}(?P<n>\d{{1,5}})[\s_.:#/)-]{{0,3}}{_WORD}{_SIGN}{_KEY}",
    re.IGNORECASE,
)
_BEFORE = languages.expression(
    rf"\W{{0,2}}{_WORD}[\s_#№(.-]{{0,3}}(?:[^\W\d_]{{1,5}}\s)?(?:[^\W\d_]{{1,10}}[\s_#№.-]{{0,3}})?(?P<n>\d{{1,5}})\)?{_SIGN}{_KEY}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NamedKey:
    """A key with the number that its line names."""

    number: int
    key: str


def named(text: str) -> NamedKey | None:
    """The key that a line states for the question it names; None for another line."""
    if len(text) > _LONGEST:
        return None
    if not any(map(str.isdigit, text)):
        return _in_words(text)
    found = _BEHIND.match(text) or _BEFORE.match(text)
    return NamedKey(int(found["n"]), found["key"]) if found else None


_TAIL = re.compile(rf"{_SIGN}{_KEY}")


def _in_words(text: str) -> NamedKey | None:
    """«First question – B», «Question one: B»: the number that a word says."""
    found = _TAIL.search(text)
    if found is None or not found.start():
        return None
    head = text[: found.start()].rstrip()
    own = (one for one in counted(head) if one.kind == "question" and not one.start and one.end >= len(head))
    return next((NamedKey(one.value, found["key"]) for one in own), None)


def dealt(numbers: Sequence[int | None], keys: Sequence[tuple[int, NamedKey]]) -> dict[int, str]:
    """The keys of questions by their places: by the numbers that lines name where those are the questions' own, else
    by where each line stands: ``keys`` come with the place of the question above them, -1 for none, so that all stand
    before theirs."""
    count = Counter(numbers)
    places = {number: at for at, number in enumerate(numbers) if number is not None and count[number] == 1}
    own = sum(key.number in places for _, key in keys)
    if own * 2 > len(keys) and len({key.number for _, key in keys}) == len(keys):
        return {places[key.number]: key.key for _, key in keys if key.number in places}
    first = min(at for at, _ in keys)
    return {at - min(first, 0): key.key for at, key in keys if at - min(first, 0) < len(numbers)}
