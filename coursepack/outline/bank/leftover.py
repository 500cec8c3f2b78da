"""What a reader of questions left in their words although it stands in most of them: signs that part answers, keys.

A bank is written in one way throughout. What is regular in the source and is still regular in the texts that were read
was not understood, whatever its form: as many strokes in each question, one of a few words at the end of each, a sign
before one answer of each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from coursepack.outline.bank.key_text import is_key, key_in
from coursepack.outline.bank.limits import limits

_SEPARATORS = ("|", ";", "\t", " / ")
_TAIL = re.compile(
    r"(?:\s[\[({]\s*(?P<held>[^()\[\]{}]{1,24}?)\s*[\])}]|(?:\s[-–—−]|[:=→>|;\t])\s*(?P<behind>[^\W_]{1,16}%?)"
    r"|\s(?P<sign>[-–—−+✓✔√✗✘*#]|[xX])|\s(?P<share>\d{1,3}\s?%|[01]))[\s.;]*$"
)
_FRONT = re.compile(r"(?P<sign>[^\w\s«“\"'(\[$<{]{1,3})\s*(?=[^\W\d])|[(\[]\s?(?P<box>[^\w\s]|[xX])\s?[)\]]")
_SENTENCE = 3
"""Words before what may be the key behind a statement."""


def leftover(texts: Sequence[str]) -> tuple[str, list[int]] | None:
    """What most of these questions hold that was not read, and the places of those."""
    for what, places in (
        ("state an answer among their words", [at for at, text in enumerate(texts) if _states(text)]),
        ("are parted by the same sign as often", parted(texts)),
        ("end with one of a few words or signs", closed(texts)),
    ):
        if places and _are_most(len(places), len(texts)):
            return what, places
    return None


def _are_most(count: int, of: int) -> bool:
    return count >= limits()["least-ends"] and count * 100 >= of * limits()["throughout"]


def _states(text: str) -> bool:
    return any(key_in(line) is not None or is_key(line) for line in text.split("\n"))


def parted(texts: Sequence[str]) -> list[int]:
    """The places of texts that hold a sign which parts words, three times or more and in most of them as often."""
    for sign in _SEPARATORS:
        counts = [text.count(sign) for text in texts]
        held = Counter(one for one in counts if one >= _SENTENCE)
        if held:
            usual, _ = held.most_common(1)[0]
            found = [at for at, one in enumerate(counts) if one == usual]
            if _are_most(len(found), len(texts)):
                return found
    return []


def closed(texts: Sequence[str]) -> list[int]:
    """The places of texts that end, behind a sign or in brackets, with one of a few words, each several times."""
    tails = [_tail(text) for text in texts]
    counts = Counter(filter(None, tails))
    several = {tail for tail, count in counts.items() if count > 1}
    few = 1 < len(several) <= max(2, len(texts) // 3) and len(counts) <= 2 * len(several)
    return [at for at, tail in enumerate(tails) if tail in several] if few else []


def _tail(text: str) -> str | None:
    found = _TAIL.search(text[-60:])
    if found is None or len(text[: -len(found[0])].split()) < _SENTENCE:
        return None
    value = next(one for one in found.groups() if one)
    number = value.isdecimal() and not found["share"]  # «(5)» is a mark, or a source
    return None if number or (found["held"] and any(map(str.isdigit, value))) else value.lower()


def told_apart(answers: Sequence[Sequence[str]]) -> list[int]:
    """The places of questions of which one answer among several begins or ends with a sign that most questions have on
    one: it tells the students the right answer."""
    found: Counter[str] = Counter()
    places: dict[str, list[int]] = {}
    for at, texts in enumerate(answers):
        marks = Counter(mark for text in texts for mark in _marks(text))
        for mark in (one for one, count in marks.items() if count == 1 and len(texts) > 2):
            found[mark] += 1
            places.setdefault(mark, []).append(at)
    mark, count = found.most_common(1)[0] if found else ("", 0)
    return places[mark] if mark and _are_most(count, len(answers)) else []


def _marks(text: str) -> Iterator[str]:
    front, back = _FRONT.match(text), _TAIL.search(text[-60:])
    if front:
        yield f"{front['sign'] or front['box']}_"
    if back and back.start():
        yield f"_{next(one for one in back.groups() if one)}".lower()
