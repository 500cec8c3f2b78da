"""Which line breaks of a Markdown paragraph its author typed: CommonMark makes a blank of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Any

from coursepack import languages
from coursepack.text.lines import first_word
from coursepack.text.scripts import LIKE_LATIN

_BOLD_LINE = re.compile(r"\s*(?P<sign>\*\*|__)(?:(?!(?P=sign)).){2,90}(?P=sign)[:.]?\s*")
_OWN_LINE = re.compile(r"\W{0,4}(?:[^\W\d_][^:]{1,40}:(?:\*\*|__)?\s+\S|[^\W\d_]{1,5}[ .-]?\d{1,2}[.:)]?\s+\S)")
_LED_LINE = re.compile(r"\W{0,4}(?:\*\*|__)[^*_]{2,60}[.:–—-]?(?:\*\*|__)[.:]?\s+\S")
"""A title in bold type and what it says."""
_COUNTED = re.compile(r"\W{0,3}(?:[^\W\d_]{1,14}[.:]?\s?[№#°º]?\s?)?(\d{1,2})(?:[.)]|:|\s+[–—|-])?\s+\S")
_BESIDE = re.compile(r"\S\s+[·•|]\s+\S")
"""Values beside one another."""
_LONGEST_LINE = 80
_DEEP = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})+[.)]?\s+[^\W\d]")
_LABELLED = re.compile(r"\s*\W{0,2}\w{1,2}[.):]\s*\S|\s*[^\w\s]\s*\S")
"""What an answer or a point begins with."""
_LETTERED = re.compile(r"\s*\W{0,2}[^\W\d_][.)]\s?\S")
_MARK = re.compile(r"\s*(?P<open>\W{0,3}?)(?P<count>[^\W\d_]{1,4}|\d{1,2})(?P<close>[.)\]])\s+\S")
_BULLET = re.compile(r"\s*(?P<open>[^\w\s*_\\\[<«“\"'(])\s+\S")
"""A sign that CommonMark takes for no bullet."""
_KEY_SIGNS = "+*-~=✓✔√"
"""What may stand before the letter of an answer, as a key."""
_SIGNED = re.compile(rf"\s*[{re.escape(_KEY_SIGNS)}]{{1,2}}\s?\(?(?:[^\W\d_]|\d{{1,2}})[.)]\s?\S")
_KEY = languages.expression(
    r"\s*\W{0,3}(?:(?:@key-line@)(?:\s*[/|]\s*(?:@key-line@))*|@feedback-line@)\s*(?:\*\*|__)?\s?[:=–—]\s*\S"
    r"|\s*(?:@key-line@)\s+(?:(?:@option-word@)\s+)?\(?[^\W\d_]\)?\s*\.?\s*$",
    re.IGNORECASE,
)
"""A key, or what is said of it."""
_FIRST = frozenset("A1I")
"""What the first item of a list is counted with."""
_VALUE = re.compile(r"\W{0,4}[^\W\d_][^\W_]*(?: [^\W\d_]+)?(?:\*\*|__)?\s?[:=–—-](?:\*\*|__)? ?\S.{0,60}")
"""A short label and what it says."""
_NARROW = 66
"""Letters that fit on each line of a text that is wrapped at a width."""
_ENDS = frozenset("?:.!;…")
_LEAST = 3


def as_typed(inline: Any) -> list[Any]:
    """The inline tokens of a paragraph; its line breaks are kept where the lines were typed each for itself: below a
    title in bold type, where most begin with a label or a count and none is long, or where the next word would have
    fitted on each."""
    tokens, lines = list(inline.children or []), str(inline.content).split("\n")
    own = iter(_own(lines))
    for token in tokens:
        if token.type == "softbreak" and next(own, False):
            token.type = "hardbreak"
    return tokens


def _own(lines: Sequence[str]) -> list[bool]:
    """For each break whether it was typed: those before the sign of an answer, or a key, always."""
    stated = [bool(_SIGNED.match(line) or _KEY.match(line)) for line in lines[1:]]
    return [any(every) for every in zip(_by_lines(lines), stated, _lettered(lines)[1:], strict=True)]


def _lettered(lines: Sequence[str]) -> list[bool]:
    """For each line whether it begins with a letter of a run, «A) …», «B) …», «C) …», below other lines."""
    found = [_MARK.match(line) for line in lines]
    counts = [one["count"].upper().translate(LIKE_LATIN) if one and len(one["count"]) == 1 else "" for one in found]
    result = [False] * len(lines)
    for start in (at for at, count in enumerate(counts) if count == _LETTER_ONE):
        run = list(takewhile(str.isalpha, counts[start:]))
        if len(run) >= _LEAST and len(set(run)) == len(run):
            result[start : start + len(run)] = [True] * len(run)
    return result


_LETTER_ONE = "A"


def _by_lines(lines: Sequence[str]) -> list[bool]:
    """For each break whether what all lines look like says that it was typed."""
    breaks = len(lines) - 1
    begin = [line.lstrip(' *_(«“"')[:1].isupper() or line.lstrip(" *_(")[:1].isdigit() for line in lines]
    own = sum(_OWN_LINE.match(line) is not None for line in lines)
    if len(lines) > _LEAST and _counts_on(lines[1:], first=1):  # «Variant 2» over «1 …», «2 …»
        return [True] * breaks
    labelled = all(_OWN_LINE.match(line) or _LED_LINE.match(line) for line in lines) or _counts_on(lines)
    every = all(begin) and (
        labelled or (max(map(len, lines)) <= _LONGEST_LINE and own * 2 > len(lines) - (len(lines) > _LEAST))
    )
    every = every or (all(begin) and len(lines) > 1 and all(map(_BESIDE.search, lines)))
    deep = len(lines) > 1 and all(_DEEP.match(line) for line in lines[1:])
    if every or deep:  # «1.1 …» below «1. …»: a list to its author, its item's text to CommonMark
        return [True] * breaks
    bold = len(lines) > 1 and _BOLD_LINE.fullmatch(lines[0]) is not None
    if any(points := _points(lines)):
        return points
    titled = bold and (any(c.isdigit() for c in lines[0]) or _fits(lines[0], lines[1]))
    if titled and all(begin[:2]):
        return [True] + [False] * (breaks - 1)
    return _loose(lines)


def _points(lines: Sequence[str]) -> list[bool]:
    """For each break whether a further item of a list follows it, where the paragraph, or what a colon in its first
    line leads to, begins with the first item: «a) …», «(1) …», «– …». None where the marks are not all different, or
    not of one form."""
    start = next((at for at in (0, 1) if len(lines) > at + 1 and _point(lines[at]) is not None), None)
    none = [False] * (len(lines) - 1)
    if start is None or (start and not lines[0].rstrip(" *_").endswith(":")):
        return none
    first = _point(lines[start])
    found = [_point(line) for line in lines]
    same = [one is not None and first is not None and one[1:] == first[1:] for one in found]
    counts = [one[0] for one, is_one in zip(found, same, strict=True) if is_one and one is not None]
    counted = any(counts)
    if len(counts) < 2 or (
        counted and (counts[0].upper().translate(LIKE_LATIN) not in _FIRST or len(set(counts)) < len(counts))
    ):
        return none
    return same[1:]


def _point(line: str) -> tuple[str, str, str] | None:
    """What an item begins with: its count, empty for a bullet, and the signs before and behind it."""
    if found := _MARK.match(line):
        return found["count"], found["open"].strip().lstrip(_KEY_SIGNS), found["close"]
    found = _BULLET.match(line)
    return ("", found["open"], "") if found else None


def _counts_on(lines: Sequence[str], first: int | None = None) -> bool:
    """Whether every line begins with the number behind that of the line above, the first with any or with that one:
    «1 – Rocks», «2 – Rivers»."""
    found = [_COUNTED.match(line) for line in lines]
    numbers = [int(one[1]) for one in found if one is not None]
    on = all(after == before + 1 for before, after in pairwise(numbers))
    return len(lines) >= _LEAST and len(numbers) == len(lines) and on and first in {None, numbers[0]}


def _loose(lines: Sequence[str]) -> list[bool]:
    """The breaks behind which the next word would have fitted, where most are so and the lines are no sentences; of
    others those before a short label with its value, and behind a question."""
    lettered = sum(_LETTERED.match(line) is not None for line in lines) >= _LEAST
    found = [
        _fits(before, line) or (_ends(before) and _begins(line)) or (lettered and _LETTERED.match(line) is not None)
        for before, line in pairwise(lines)
    ]
    sentences = sum(line.rstrip()[-1:] in {".", ","} and _LABELLED.match(line) is None for line in lines)
    if len(lines) >= _LEAST and sum(found) * 3 >= len(found) * 2 and sentences * 2 < len(lines):
        return found
    return [
        _fits(before, line) and (before.rstrip()[-1:] == "?" or _VALUE.fullmatch(line) is not None)
        for before, line in pairwise(lines)
    ]


def _fits(before: str, line: str) -> bool:
    return len(" ".join(before.split())) + 1 + len(first_word(line)) <= _NARROW


def _ends(line: str) -> bool:
    return line.rstrip()[-1:] in _ENDS


def _begins(line: str) -> bool:
    return line.lstrip(' *_(«“"')[:1].isupper() or _LABELLED.match(line) is not None


def signed(tokens: Sequence[Any]) -> dict[int, str]:
    """The lists (by the place of their opening) whose bullets are signs: CommonMark ends a list where the next item
    bears another bullet, so that «+ one», «- two» below one another are two lists of one author's."""
    level = tokens[0].level if tokens else 0
    own = [at for at, one in enumerate(tokens) if one.level == level and one.nesting >= 0]
    found: dict[int, str] = {}
    for before, after in pairwise(own):
        a, b = tokens[before], tokens[after]
        if a.type != b.type or a.type != "bullet_list_open" or a.markup == b.markup or not a.map or not b.map:
            continue
        if "".join(sorted(a.markup + b.markup)) in _SIGNS and _is_tight(tokens, before, after):
            found |= {before: a.markup, after: b.markup}
    return found


_SIGNS = frozenset({"+-", "*-", "*+"})


def _is_tight(tokens: Sequence[Any], before: int, after: int) -> bool:
    """Whether the last line of a list stands right above the first line of the next one."""
    lines = [one.map[1] for one in tokens[before:after] if one.map and one.type == "inline"]
    return bool(lines) and max(lines) == tokens[after].map[0]
