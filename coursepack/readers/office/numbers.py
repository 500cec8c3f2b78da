"""Numbers in attributes of office documents, and numbers of lists as Word prints them (ECMA-376-1, 17.18.59)."""

from __future__ import annotations

from coursepack import languages
from coursepack.text import roman

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_HIGHEST = 1 << 53
"""Beyond any measure of Office Open XML (ST_CoordinateUnqualified ends at 27,273,042,316,900)."""


def whole(text: str | None, default: int = 0) -> int:
    """A whole number typed in an attribute, or ``default`` (foreign files hold «auto», «12.5» and worse)."""
    try:
        number = int(float(text or ""))
    except (ValueError, OverflowError):
        return default
    return number if abs(number) < _HIGHEST else default


def format_number(number: int, form: str) -> str:
    """A number in one of Word's formats; a format that is not known here is printed as decimal."""
    if form == "none":
        return ""
    if form in {"upperRoman", "lowerRoman"} and 0 < number < 32768:
        text = roman.write(number)
        return text if form == "upperRoman" else text.lower()
    if form in _ALPHABETS and number > 0:
        characters, upper = _ALPHABETS[form]
        # After the last letter Word doubles them: z, aa, bb …
        text = characters[(number - 1) % len(characters)] * ((number - 1) // len(characters) % 50 + 1)
        return text.upper() if upper else text
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "decimalEnclosedParen":
        return f"({number})"
    if form == "decimalEnclosedFullstop":
        return f"{number}."
    if form == "decimalEnclosedCircle" and 0 < number <= 20:
        return chr(0x2460 + number - 1)
    return str(number)


_ALPHABETS = {
    "lowerLetter": (_LATIN, False),
    "upperLetter": (_LATIN, True),
    **{
        f"{name}{case}": (characters, case == "Upper")
        for found in languages.lexicons()
        for name, characters in found.counted.items()
        for case in ("Lower", "Upper")
    },
}
