"""How wide a line of Times-like letters is.

Two out of three course documents are set in such a face. Its widths tell whether the first word of the next line
would still have fitted on this one: if it would, the author ended the line on purpose.
"""

from __future__ import annotations

# Advance widths in thousandths of the letters' size (public metrics of Times-like faces).
_GROUPS = {
    180: "'",
    200: "|¦",
    250: " ,.\u00a0·",
    278: "/:;\\ijltìíîïіїј",
    333: "!()-I[]`fr¡´¸ÌÍÎÏІЇ‘’",
    350: "•",
    389: "JsЈѕ",
    395: "з",
    408: '"',
    410: "гѓғ",
    429: "эє",
    437: "т",
    444: "?acez¿àáâãäåçèéêëаесѐё“”„әə",
    456: "ь",
    460: "я",
    472: "в",
    480: "{}",
    490: "кќқ",
    499: "л",
    500: "#$*0123456789_bdghknopquvxy«»ñòóôõöøùúûüýорухћў–өұүһ",
    503: "чЗ",
    509: "бд",
    517: "ъ",
    535: "ийнпцѝџң",
    556: "FPSЅР",
    564: "+<=>¬×÷~",
    576: "БЬЃГҒ",
    611: "ELTZÈÉÊËЀЁЕТ",
    633: "м",
    648: "фЧ",
    660: "ЄЭBCRÇЌВКСЯ",
    672: "ы",
    680: "ЛДҚ",
    691: "ж",
    706: "ЪЎУ",
    722: "ADGHKNOQUVXYwÀÁÂÃÄÅÑÒÓÔÕÖØÙÚÛÜÝЏАИЙНОПХЦҢӨҮҰҺӘƏ",
    747: "ю",
    770: "шщ&m",
    790: "Ф",
    833: "%",
    872: "ЉЊЫ",
    889: "MМ",
    896: "Ж",
    921: "@",
    944: "W№",
    1000: "—…",
    1018: "ШЩЮ",
}
_WIDTHS = {letter: width for width, letters in _GROUPS.items() for letter in letters}
_OTHER = 500


def times(text: str) -> int:
    """The width of ``text`` in thousandths of the letters' size."""
    widths = _WIDTHS
    return sum([widths.get(letter, _OTHER) for letter in text])
