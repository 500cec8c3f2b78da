"""Repair of letters that stand in for others, word by word.

Text taken out of older PDFs and old keyboards holds stand-ins: ӛ for ө, ҧ for ұ, a Latin i inside a Cyrillic word.
A word is repaired only when its own letters (or, for letters that other languages use, the language's letters around
it) say so: a Latin word stays Latin, a Roman number stays in one script, an author's spelling stays as it is.
``repair`` never changes the length of a text, so that every letter keeps its place in the source.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from coursepack import languages
from coursepack.text import roman
from coursepack.text.scripts import CYRILLIC_TO_LATIN, LATIN_TO_CYRILLIC, NO_LATIN_WORD

_OWN = languages.with_stand_ins()[1]
"""What is known of the letters of the language that has stand-ins."""
_STAND_INS = _OWN.letters
_ROMAN = frozenset(roman.LETTERS) | roman.TWINS.keys()
_OWN_CHARACTERS = re.compile(f"[{_OWN.own}{_OWN.own.upper()}]")
_LATIN_LETTERS = "A-Za-z" + "".join(letter for letter in LATIN_TO_CYRILLIC if not letter.isascii())
_SUSPECT = re.compile(f"[{_LATIN_LETTERS}{''.join(_STAND_INS)}]")
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(f"[{_LATIN_LETTERS}]")
_FRONT = re.compile(f"[{_OWN.front}{_OWN.front.upper()}]")
_BACK = re.compile(f"[{_OWN.back}{_OWN.back.upper()}]")
_FOREIGN = re.compile("|".join(_OWN.foreign))
_NARROW = str.maketrans(_OWN.narrow | {latin.upper(): letter.upper() for latin, letter in _OWN.narrow.items()})

# Scripts that join letters (The Unicode Standard, 23.2), and emoji: U+200C and U+200D are part of their spelling.
_JOINED = "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
_EMOJI = "\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff"
_NEEDED = (
    rf"(?<=[{_JOINED}][\u200c\u200d])(?=[{_JOINED}])|(?<=[\u0900-\u0dff]\u200d)"
    rf"|(?<=[{_EMOJI}]\u200d)(?=[{_EMOJI}\u2190-\u21ff])"
)

# Invisible letters and such that no text needs; each becomes a space or goes, which the caller does.
_DEBRIS = re.compile(
    "[\u00ad\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\ufeff\ufffc\ufffd\x00-\x08\x0b\x0e-\x1f\x7f]"
    rf"(?!{_NEEDED})"
)
_PRIVATE = re.compile("[\ue000-\uf8ff]")


class CharacterRepair:
    """Repairs the texts of one document and counts what it did.

    ``own`` says that the document as a whole holds the language's own letters (``has_own_letters``), so that letters
    which other alphabets use too (є, ҥ) may be read as stand-ins.
    """

    def __init__(self, *, own: bool) -> None:
        self.own = own
        self.counts: Counter[str] = Counter()

    def repair(self, text: str) -> str:
        """The text with its stand-ins replaced, of the same length."""
        if not _SUSPECT.search(text):
            return text
        here = self.own and not (_FOREIGN.search(text) and not _OWN_CHARACTERS.search(text))
        return _WORD.sub(lambda found: self._word(found[0], here), text)

    def _word(self, word: str, own: bool) -> str:
        if not _SUSPECT.search(word):
            return word
        latin, cyrillic = _LATIN.search(word), _CYRILLIC.search(word)
        if not cyrillic and not any(letter in _STAND_INS for letter in word):
            return word
        fixed = word
        if own and not latin:
            fixed = "".join(_STAND_INS.get(letter, letter) for letter in word)
        elif latin and (cyrillic or len(word) > 1):
            fixed = self._mixed(word, own)
        if fixed != word:
            self.counts.update(f"{a}→{b}" for a, b in zip(word, fixed, strict=True) if a != b)
        return fixed

    def _mixed(self, word: str, own: bool) -> str:
        """A word of two scripts: Cyrillic if its Latin letters have Cyrillic twins, else Latin, else as it is."""
        if not _CYRILLIC.search(word):
            return word  # «dövlət»: Latin with a schwa of its own
        if len(word) > 1 and _ROMAN.issuperset(word):
            return "".join(CYRILLIC_TO_LATIN.get(letter, letter) for letter in word)
        plain = "".join(_STAND_INS.get(letter, letter) for letter in word) if own else word
        only_latin = [c for c in plain if _LATIN.match(c) and (c not in LATIN_TO_CYRILLIC or c in NO_LATIN_WORD)]
        only_cyrillic = [c for c in plain if _CYRILLIC.match(c) and c not in CYRILLIC_TO_LATIN]
        if not only_latin:
            return "".join(self._cyrillic(letter, plain, own) for letter in plain)
        if not only_cyrillic:
            return "".join(CYRILLIC_TO_LATIN.get(letter, letter) for letter in plain)
        return plain

    @staticmethod
    def _cyrillic(letter: str, word: str, own: bool) -> str:
        if letter in "Yy" and own and _FRONT.search(_latin_vowels(word)) and not _BACK.search(word):
            return letter.translate(_NARROW)
        return LATIN_TO_CYRILLIC.get(letter, letter)


def _latin_vowels(word: str) -> str:
    return "".join(c if c in "Yy" else c.translate(_NARROW) for c in word)


def has_own_letters(text: str) -> bool:
    """True when a text of some length is in the language that has stand-ins, by the letters that only it has (sure
    stand-ins count too)."""
    found = len(_OWN_CHARACTERS.findall(text)) + sum(text.count(letter) for letter in _OWN.sure)
    characters = len(_CYRILLIC.findall(text))
    return found * 50 > characters and found > 2


def holds_own_letter(text: str) -> bool:
    """True when a text, of any length, has a letter that only the language that has stand-ins has."""
    return _OWN_CHARACTERS.search(text) is not None


def clean(text: str) -> tuple[str, Counter[str]]:
    """The text without debris, and what was there by kind. The length stays: debris becomes a space.

    A hyphen for the end of a line (U+00AD), zero-width letters, control letters and U+FFFD are debris; a private-use
    letter is a bullet where a line begins with it and debris elsewhere.
    """
    counts: Counter[str] = Counter()
    if text.isascii() and not _DEBRIS.search(text):
        return text, counts
    if _DEBRIS.search(text):
        counts["invisible characters"] += len(_DEBRIS.findall(text))
        text = _DEBRIS.sub("\u200b", text)
    if _PRIVATE.search(text):
        start = len(text) - len(text.lstrip())
        if _PRIVATE.match(text, start) and not (text[start] == "\uf0b2" and text[start + 1 : start + 2].isalpha()):
            counts["private-use bullets"] += 1
            text = text[:start] + "•" + text[start + 1 :]
        if "\uf0b2" in text:  # ″ of the Symbol font, typed as a quotation mark
            counts["private-use quotation marks"] += text.count("\uf0b2")
            text = text.replace("\uf0b2", '"')
        counts["private-use characters"] += len(_PRIVATE.findall(text))
        text = _PRIVATE.sub("\u200b", text)
    return text.replace("\u00a0", " ").replace("\u2009", " ").replace("\u202f", " "), +counts


GONE = "\u200b"
"""What ``clean`` leaves where a letter of debris stood; joining lines takes it away."""


# --- what cannot be repaired, only named ---------------------------------------------------------------------------

_OLD_FONT = re.compile(rf"\b\w*[{_OWN.old_font}{_OWN.old_font_too}]\w*\b")
_OLD_FONT_LETTERS = frozenset(_OWN.old_font)


def old_font_words(text: str) -> list[str]:
    """Words typed with an old «KZ Times»-like font (ЌЭФ for ҚЭФ), in order; empty when the text is not such a one."""
    words = [word for word in _OLD_FONT.findall(text) if _CYRILLIC.search(word)]
    if not any(_OLD_FONT_LETTERS.intersection(word) for word in words):
        return []
    return [word for word in words if not _OWN_CHARACTERS.search(word)]


def without_own_letters(text: str, stems: frozenset[str]) -> list[str]:
    """Words of that language typed with plain Cyrillic only («сурактары»), by ``stems`` of common ones; empty when
    there are none."""
    found = [
        word
        for word in re.findall(r"[\u0430-\u044f\u0451]+", text.lower())
        if word[:7] in stems or word[:6] in stems or word[:5] in stems
    ]
    return found if len(found) > 1 else []


_MARKS = re.compile(r"[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u065f\u1dc0-\u1dff\u20d0-\u20f0]{200}")


def composed(text: str) -> str:
    """The text in Unicode's composed form (й as one letter, not и and a breve).

    Hundreds of marks on one letter stay as they are: to put them in order takes a time that grows with the square
    (UAX #15 has 30 for the most that a text needs).
    """
    if _MARKS.search(text):
        return text
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
