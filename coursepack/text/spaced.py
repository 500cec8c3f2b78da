"""Words whose letters stand apart («т о п ы р а қ») and words with a hyphen from another line's end («топы-рақ»).

Such words are healed where the document itself shows the word; letters beside which a line has no others,
«Б И Л Е Т № 1», are one word as well.
What goes becomes ``GONE``, so that every letter keeps its place in the source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

from coursepack.text.characters import GONE

_APART = re.compile(r"(?<!\S)[^\W\d_](?P<gap>[ \u00a0]{1,3})[^\W\d_](?:(?P=gap)[^\W\d_])+(?![^\s.,:;!?»”)])")
"""Letters with as much between them: wider gaps part words."""
_HYPHEN = re.compile(r"(?<![\w@/.-])([^\W\d_]{2,})(- ?)([^\W\d_]{2,})(?![\w@/-])")
_TOKEN = re.compile(r"[\w-]+")
_LEAST = 5
"""Letters that fill a line make a word from so many on."""


class Healer:
    """Heals the lines of one document and counts what it did; ``texts`` are all of them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.counts: Counter[str] = Counter()
        self._text = "\n".join(texts)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_TOKEN.findall(self._text.lower()))

    def _is_word(self, word: str) -> bool:
        """Whether it stands anywhere whole, without a hyphen."""
        return word.lower() in self._words

    def heal(self, text: str) -> str:
        """The text, as long as it was."""
        if "-" in text:
            text = _HYPHEN.sub(self._whole, text)
        return _APART.sub(lambda found: self._joined(found, text), text) if " " in text else text

    def _whole(self, found: re.Match[str]) -> str:
        head, hyphen, tail = found.groups()
        if not tail.islower() or not self._is_word(head + tail) or (self._is_word(head) and self._is_word(tail)):
            return found[0]
        self.counts["hyphens inside words"] += 1
        return head + GONE * len(hyphen) + tail

    def _joined(self, found: re.Match[str], text: str) -> str:
        gap = found["gap"]
        characters = found[0].split(gap)
        word = "".join(characters)
        rest = _APART.sub("", text[: found.start()]) + _APART.sub("", text[found.end() :])
        whole = len(word) >= _LEAST and not any(map(str.isalpha, rest)) and not _counts(word)
        if not whole and not self._is_word(word):
            return found[0]
        self.counts["words with letters apart"] += 1
        return (GONE * len(gap)).join(characters)


def _counts(word: str) -> bool:
    """Whether letters follow one another as those that count items do."""
    return all(before < after for before, after in pairwise(word))
