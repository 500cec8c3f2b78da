"""Which of the three languages a text is in, by its letters and its commonest words."""

from __future__ import annotations

import re
from collections.abc import Sequence

_KAZAKH = re.compile("[қғңұүөәһӛҧҥ]", re.IGNORECASE)
_KAZAKH_WORDS = re.compile(
    r"(?<!\w)(?:мен|және|бен|пен|бұл|бір|үшін|деп|болып|ретінде|туралы|билік|саяси|дәріс|апта|сурактары|жане|ушин)(?!\w)|і|i(?=[а-я])"
)
_RUSSIAN_WORDS = re.compile(
    r"(?<!\w)(?:и|в|во|не|на|с|что|как|по|из|для|от|это|к|о|или|при|его|их|является|лекция|тема|вопросы|за|до|об|чем|между)(?!\w)|ы[йхме](?!\w)|[её][тс][сь]?я(?!\w)|ци[яией](?!\w)|ость"
)
_CYRILLIC = re.compile("[а-яё]")
_LATIN = re.compile("[a-z]")


def language(text: str) -> str:
    """``kk``, ``ru``, ``en`` or "" when a text is too short to tell."""
    lower = text[:3000].lower()
    cyrillic, latin = len(_CYRILLIC.findall(lower)), len(_LATIN.findall(lower))
    kazakh = len(_KAZAKH.findall(lower))
    cyrillic += kazakh
    if latin > cyrillic * 2 and latin > 3:
        return "en"
    if cyrillic < 4:
        return ""
    if kazakh * 33 > cyrillic or (kazakh > 1 and cyrillic < 40):
        return "kk"
    words_kk, words_ru = len(_KAZAKH_WORDS.findall(lower)), len(_RUSSIAN_WORDS.findall(lower))
    if kazakh and words_kk * 3 > words_ru:
        return "kk"
    if words_kk > words_ru and words_kk * 30 > cyrillic:
        return "kk"
    if words_ru or cyrillic > 15:
        return "ru"
    return ""


def smoothed(found: Sequence[str], weights: Sequence[int], window: int = 9) -> list[str]:
    """The language of each of many paragraphs, doubtful ones as their neighbours are.

    Latin letters and Kazakh ones are sure signs; a short paragraph in plain Cyrillic, or in none, takes the language
    of the letters around it (``window`` paragraphs), of those that follow before those that went before: a title
    belongs to what it opens.
    """
    result: list[str] = []
    half = window // 2
    for index, own in enumerate(found):
        if own in {"en", "kk"} or (own and weights[index] > 60):
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
