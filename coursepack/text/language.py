"""Which language a text is in, by its letters and its commonest words (``languages/``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import msgspec

from coursepack import languages
from coursepack.languages import Detection

_LOOKED_AT = 3000
"""Characters of a text that are looked at."""
_SCRIPTS = {"latin": re.compile(r"[a-z\u00df-\u024f]"), "cyrillic": re.compile(r"[\u0430-\u045f\u0490-\u052f]")}
_LEAST = 60
"""Letters of a Latin text that must show words of the language that it is taken for."""
_OWN_CHARACTERS = 100
"""One of so many letters of a text, at least, is one of its language's own."""
_FEW = 2
"""Words that say nothing of a language."""


class _Other(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language that is only distinguished: ``lacks`` are letters that a text in it does not have. In Latin letters a
    text of such a language shows a word or a form of it as well, for most of its letters are those of others."""

    name: str
    script: str
    letters: str = ""
    lacks: str = ""
    words: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


class _Evidence:
    """How much of a text, in lower case, speaks for a language."""

    def __init__(self, letters: str, words: Sequence[str], forms: Sequence[str] = ()) -> None:
        self._letters = re.compile(f"[{letters}]" if letters else "(?!)")
        alternatives = [rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)"] if words else []
        self._words = re.compile("|".join((*alternatives, *forms)) or "(?!)")

    def letters(self, text: str) -> int:
        return len(self._letters.findall(text))

    def words(self, text: str) -> int:
        return len(self._words.findall(text))


@cache
def _known() -> dict[str, tuple[Detection, _Evidence]]:
    found = {}
    for code in languages.in_order():
        how = languages.lexicon(code).detection
        found[code] = (how, _Evidence(how.letters, how.words, how.forms))
    return found


@cache
def _others() -> list[tuple[_Other, _Evidence, _Evidence]]:
    names = {found.name for found in languages.lexicons()}
    others = [other for other in msgspec.convert(languages.others(), list[_Other]) if other.name not in names]
    return [(other, _Evidence(other.letters, other.words, other.forms), _Evidence(other.lacks, ())) for other in others]


def language(text: str) -> str:
    """The code of a text's language, or "" when it is too short to tell or in none that is known."""
    lower = text[:_LOOKED_AT].lower()
    latin, cyrillic = (len(_SCRIPTS[script].findall(lower)) for script in ("latin", "cyrillic"))
    if latin > cyrillic * 2 and latin > 3:
        return _latin(lower, latin)
    return "" if cyrillic < 4 else _cyrillic(lower, cyrillic)


def _of(script: str) -> list[tuple[str, _Evidence, bool]]:
    """Code, evidence and whether it has letters of its own, of the languages of a script."""
    return [(code, evidence, bool(how.letters)) for code, (how, evidence) in _known().items() if how.script == script]


def _latin(text: str, size: int) -> str:
    """By words, for most letters are shared; a short text that shows none is in the language of the messages."""
    scores = {code: _said(evidence, text) for code, evidence, _ in _of("latin")}
    best = max(scores, key=lambda code: (scores[code], code == languages.SOURCE, code))
    if _latin_foreign(text)[0] > max(scores[best], _FEW):
        return ""
    if scores[best]:
        return best
    return languages.SOURCE if size < _LEAST else ""


def _cyrillic(text: str, size: int) -> str:
    """By the letters that only one of the languages has, then by words."""
    if size > _LEAST and _cyrillic_foreign(text, size):
        return ""
    marked = [(code, evidence) for code, evidence, own in _of("cyrillic") if own]
    plain = [(code, evidence) for code, evidence, own in _of("cyrillic") if not own]
    words = {code: evidence.words(text) for code, evidence in plain}
    most = max(words.values(), default=0)
    code, evidence = max(marked, key=lambda each: each[1].letters(text), default=("", _Evidence("", ())))
    letters = evidence.letters(text)
    if letters * 33 > size or (letters > 1 and size < 40):
        return code
    own = evidence.words(text)
    if (letters and own * 3 > most) or (own > most and own * 30 > size):
        return code
    if plain and (most or size > 15):
        return max(words, key=lambda each: (words[each], each))
    return ""


def _latin_foreign(text: str) -> tuple[int, str]:
    """How much speaks for the likeliest of the languages that are only distinguished, and its name."""
    latin = [
        (other, evidence)
        for other, evidence, lacks in _others()
        if other.script == "latin" and (not other.lacks or (not lacks.letters(text) and evidence.words(text)))
    ]
    return max(((_said(evidence, text), other.name) for other, evidence in latin), default=(0, ""))


def _said(evidence: _Evidence, text: str) -> int:
    return evidence.words(text) + 3 * evidence.letters(text)


def _cyrillic_foreign(text: str, size: int) -> str:
    """The name of the recognised but unread language whose own letters a text of so many letters has, and none that
    it lacks; a few of them are those of names: «көже» in Russian."""
    own = [
        (evidence.letters(text), other.name)
        for other, evidence, lacking in _others()
        if other.script == "cyrillic" and not lacking.letters(text)
    ]
    letters, name = max(own, default=(0, ""))
    return name if letters > 1 and letters * _OWN_CHARACTERS > size else ""


def foreign(text: str) -> str:
    """The name of the language that a text is in, where it is one that is recognised but not read; "" where not."""
    lower = text[:_LOOKED_AT].lower()
    latin, cyrillic = (len(_SCRIPTS[script].findall(lower)) for script in ("latin", "cyrillic"))
    if language(text) or max(latin, cyrillic) < _LEAST:
        return ""
    if latin <= cyrillic * 2:
        return _cyrillic_foreign(lower, cyrillic)
    stated, name = _latin_foreign(lower)
    return name if stated > _FEW else ""


def nearest(text: str) -> str:
    """The language that is read whose letters most of a text is written with: the assumed one, where its script is."""
    lower = text[:_LOOKED_AT].lower()
    script = max(_SCRIPTS, key=lambda name: len(_SCRIPTS[name].findall(lower)))
    return next((code for code in languages.in_order() if _known()[code][0].script == script), languages.assumed())


def of_format(text: str) -> str:
    """The code of a text in a format whose own words are Latin: any Cyrillic to speak of outweighs them."""
    lower = text.lower()
    latin, cyrillic = (len(_SCRIPTS[script].findall(lower)) for script in ("latin", "cyrillic"))
    if cyrillic * 4 < latin:
        return languages.SOURCE
    own = {code: evidence.letters(lower) for code, evidence, marked in _of("cyrillic") if marked}
    best = max(own, key=lambda code: (own[code], code), default="")
    if best and own[best] * 50 > cyrillic:
        return best
    return next((code for code, _, marked in _of("cyrillic") if not marked), languages.SOURCE)


def sure(code: str) -> bool:
    """True for a language whose letters tell it: of another script than most, or with letters of its own."""
    how = _known()[code][0] if code in _known() else None
    return how is not None and (how.script == "latin" or bool(how.letters))


def smoothed(found: Sequence[str], weights: Sequence[int], window: int = 9) -> list[str]:
    """The language of each of many paragraphs, doubtful ones as their neighbours are.

    Latin letters and Kazakh ones are sure signs; a short paragraph in plain Cyrillic, or in none, takes the language
    of the letters around it (``window`` paragraphs), of those that follow before those that went before: a title
    belongs to what it opens.
    """
    result: list[str] = []
    half = window // 2
    for index, own in enumerate(found):
        if (own and sure(own)) or (own and weights[index] > 60):
            result.append(own)
            continue
        votes: dict[str, int] = {}
        for near in range(max(0, index - half), min(len(found), index + half + 1)):
            if found[near] and near != index:
                share = min(weights[near], 60) // abs(near - index)
                votes[found[near]] = votes.get(found[near], 0) + (share * 2 if near > index else share)
        if own:
            votes[own] = votes.get(own, 0) + 60 + weights[index] * 2
        result.append(max(votes, key=lambda name: (votes[name], name)) if votes else own)
    return result
