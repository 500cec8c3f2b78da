"""How a passage may be parted into items, and the sign that its answers may have: what the page proposes."""

from __future__ import annotations

import re

from coursepack.outline.parted import ELLIPSIS, plain, starts_of

_BY: dict[str, re.Pattern[str]] = {
    "numbers": re.compile(r"(?:^|(?<=\s))(?:№\s*|#)?\(?\d{1,2}(?:[.):]|\s[–—-])\s*(?=[^\W\d_«“\"(])"),
    "letters": re.compile(r"(?:^|(?<=\s))\(?[^\W\d_]\)\s*(?=\S)"),
    "signs": re.compile(r"(?:^|(?<=\s))[•·▪●○–—*-]\s+(?=\S)"),
    "semicolons": re.compile(r"^|(?<=;)\s+(?=\S)"),
    "sentences": re.compile(r"^|(?<=[.!?…])\s+(?=[^\W\d_«“\"(])"),
    "lines": re.compile(r"^|\n\s*(?=\S)"),
}
WAYS = tuple(_BY)
_SHORTEST = 20
"""Letters of a quote, where the item has them."""


def parts(text: str, by: str) -> list[str]:
    """The items of a passage; one where nothing parts it so, or where numbers do not rise."""
    pattern = _BY.get(by)
    if pattern is None:
        return [text]
    found = list(pattern.finditer(text))
    if by == "numbers":
        counts = [int(re.sub(r"\D", "", one[0])) for one in found]
        found = found if counts == list(range(counts[0], counts[0] + len(counts)) if counts else ()) else []
    starts = [one.start() + len(one[0]) - len(one[0].lstrip()) for one in found]
    if by in {"semicolons", "sentences", "lines"}:
        starts = [one.end() for one in found]
    ends = [*starts[1:], len(text)]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)] if starts else [text]


def ways(text: str) -> list[tuple[str, int]]:
    """The ways to part a passage, each with how many items it gives."""
    counted = ((way, len(parts(text, way))) for way in WAYS)
    return [(way, number) for way, number in counted if number > 1]


def quote(text: str, part: str) -> str:
    """The first words of an item: so many that no earlier place begins so."""
    words = part.split()
    quoted = ""
    for end in range(1, len(words) + 1):
        quoted = " ".join(words[:end])
        if len(quoted) >= min(_SHORTEST, len(plain(part))) and starts_of(text, [quoted]):
            break
    return plain(quoted)


_BETWEEN = re.compile(r"(?<=\S)\s*([|;/])\s+(?=\S)")
_BRACKETS = {"[": "]", "{": "}", "<": ">", "«": "»", "(": ")"}


def sign(text: str) -> tuple[str, str]:
    """How answers may be marked in a line: ``between`` or ``sign``, and the sign."""
    between = _BETWEEN.findall(text)
    if between and len(set(between)) == 1:
        return "between", between[0]
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    if (close := _BRACKETS.get(text[:1])) and text.rstrip().endswith(close):
        return "sign", f"{text[:1]}{ELLIPSIS}{close}"
    return "sign", first[:12]
