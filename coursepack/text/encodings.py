"""One-byte encodings of Cyrillic texts: told by which of them makes letters of our languages, in words as words are.

All of them decode almost any bytes; what tells the right one is that its letters are those of an alphabet, the common
ones more often than the rare ones, and that no capital stands inside a word.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from coursepack import languages
from coursepack.text.scripts import COMMON_CYRILLIC

_KNOWN = ("cp1251", "kz1048", "koi8_u", "koi8_r", "cp866", "mac_cyrillic", "iso8859_5", "ptcp154")
"""As Python calls them; of two that read a text alike the first is taken."""
_SAMPLE = 20_000
"""Bytes of a text whose words are looked at; its letters are all counted."""
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_CAPITAL_INSIDE = re.compile(r"[\u0430-\u045f\u0491-\u052f][\u0400-\u042f]")
_SIGNS = frozenset("«»„“”‘’–—…№§°•·\u00a0\u00ad±©®™−×÷²³")
"""Signs that texts have; what else an encoding makes of a byte speaks against it."""
_COMMON, _COMMON_CAPITAL, _LETTER, _SIGN, _STRANGE, _CAPITAL = 3.0, 2.7, 1.0, 0.0, -3.0, -6.0
_LEAST = 0.5
"""The least score a byte."""


def cyrillic(data: bytes) -> tuple[str, str] | None:
    """The text of Cyrillic bytes and the encoding; None for a text in other letters, or in none of the encodings."""
    best: tuple[float, str, str] | None = None
    for encoding in _KNOWN:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = _score(data, text[:_SAMPLE], encoding)
        if score > (_LEAST if best is None else best[0]):
            best = (score, text, encoding)
    return None if best is None else best[1:]


def _score(data: bytes, sample: str, encoding: str) -> float:
    """How well an encoding fits, for each byte beyond ASCII."""
    counts = Counter(data)
    worth = _worth(encoding)
    beyond = sum(count for byte, count in counts.items() if byte > 127)
    ours = sum(count for byte, count in counts.items() if _CYRILLIC.match(_letter(byte, encoding)))
    if ours <= sum(count for byte, count in counts.items() if byte < 128 and chr(byte).isalpha()):
        return 0.0
    total = sum(count * worth[byte] for byte, count in counts.items() if byte > 127) / beyond
    words = _WORD.findall(sample)
    inside = sum(bool(_CAPITAL_INSIDE.search(word)) for word in words)
    return total + _CAPITAL * inside / max(len(words), 1)


def _letter(byte: int, encoding: str) -> str:
    return bytes((byte,)).decode(encoding, "replace")


@cache
def _worth(encoding: str) -> tuple[float, ...]:
    """What each byte says for the encoding."""
    return tuple(_worth_of(_letter(byte, encoding)) for byte in range(256))


def _worth_of(letter: str) -> float:
    if letter.lower() in COMMON_CYRILLIC:
        return _COMMON if letter.islower() else _COMMON_CAPITAL
    if letter.lower() in _letters():
        return _LETTER
    return _SIGN if letter in _SIGNS else _STRANGE


@cache
def _letters() -> frozenset[str]:
    """The letters of the languages that are read or told apart."""
    return frozenset(languages.lower()).union(*(other.get("letters") or "" for other in languages.others()))


# --- text that was read in a wrong encoding before it came to us -----------------------------------------------------

_READ_AS = ("cp1251", "cp1252", "latin_1")
_LATIN = re.compile(r"[\u00c0-\u00ff](?<![^\W\d_].)[\u00c0-\u00ff]{3,}(?![^\W\d_])")


def _made_of(first: int, last: int) -> str:
    """What the encodings make of bytes, as a set of a regular expression."""
    found = {letter for name in _READ_AS for letter in bytes(range(first, last + 1)).decode(name, "ignore")}
    return f"[{re.escape(''.join(sorted(found)))}]"


_UTF8 = re.compile(f"(?:{_made_of(0xC3, 0xD3)}{_made_of(0x80, 0xBF)}){{3,}}")
"""Three letters or more that take two bytes each in UTF-8: Cyrillic, Latin with marks."""


def misread(text: str) -> list[str]:
    """Stretches that are a text in one encoding read in another («РџСЂРёРІРµС‚», «Ïðèâåò»), in order."""
    found = [part for part in _UTF8.findall(text) if any(_is_utf8(part, encoding) for encoding in _READ_AS)]
    latin = [part for part in _LATIN.findall(text) if _is_cyrillic(part)]
    return found + (latin if len(latin) > 2 else [])


def _is_utf8(part: str, encoding: str) -> bool:
    try:
        meant = part.encode(encoding).decode("utf-8")
    except UnicodeError:
        return False
    return all(letter.isalpha() or letter in _SIGNS for letter in meant)


def _is_cyrillic(part: str) -> bool:
    lower = part.encode("cp1252", "ignore").decode("cp1251", "ignore").lower()
    return sum(letter in COMMON_CYRILLIC for letter in lower) * 3 > len(lower)
