"""Shares of the mark: «Экзамен – 40 %», a row a share, a line with several of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coursepack import languages
from coursepack.model.course import GradeWeight
from coursepack.outline.tree.grade_shares import without_lead
from coursepack.outline.tree.signals import weights
from coursepack.outline.tree.words import words

_SHARE = re.compile(
    r"(?P<name>[^\d%;,–—:|\n][^%;|\n]*?)\s*(?:[-–—:|\t…._(]|\s)+\s*(?P<n>\d{1,3}(?:[.,]\d+)?)\s*(?P<sign>%)?"
)
_PERCENT = re.compile(rf"(?<=\d)[\s-]*(?:{languages.pattern('percent')})(?!\w)", re.IGNORECASE)
_SIGN_FIRST = re.compile(r"(?<![\d%])%\s?(?P<n>\d{1,3}(?:[.,]\d+)?)(?![\d%]|\s*%)")  # «Final %50»
_AFTER = re.compile(r"(?P<n>\d{1,3}(?:[.,]\d+)?)\s*%\)?\s*[-–—:]?\s*(?P<name>[^\d%;,\n][^%;,\n]*)")
_EXCLUDED = re.compile(r"\s*[—–]\s*|\s+-\s+|:\s|\.\s")  # «Quizzes — administered most weeks»
_STATED = re.compile(r"(?:(?<=%)|(?<=%\)))[.:]\s+[^\W\d_][^%]*$")  # «Final exam (45%). It covers …»
_BESIDE = re.compile(r"(?<=\d%)\s*\([^()%]{2,80}\)\.?\s*$")  # «Homework: 45% (one more for graduates)»
_COUNT = re.compile(r"^\d{1,2}[.)]\s+(?=[^\W\d_])")  # «1. Midterm: 20 %»
_VERB = re.compile(rf"\s+(?:{languages.pattern('share-verb')})$", re.IGNORECASE)  # «Homework counts»
_ALSO = re.compile(rf"^(?:{languages.pattern('also')})\s+(?:{languages.pattern('article')}\s+)?", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*(?:%)?")
_LEAD = re.compile(r"^[^:%\d]{2,60}:\s+(?=[^\d\s])")  # «How the mark is made: practice 30 %, …»
_BEFORE = languages.expression(r"^[^%]*(?<=[^\W\d_]{3})[.!?]\s+(?=[@A@][^%.]*%)")
"""Sentences before one that gives several shares."""
_ITEM = re.compile(r";|,\s+(?=[^\d\s])|\n")
_POINTS = re.compile(languages.pattern("points"), re.IGNORECASE)
_COMMA = re.compile(r"[;\n]|,\s")
_LINE = re.compile(
    r"[\s•·*–-]{0,4}(?P<name>[^|\n]*?[^\W\d_][^|\n]*?)\s*(?:\.{3,}|[-–—:|\t…._( ])"
    r"\s*(?P<n>\d{1,3}(?:[.,]\d+)?)\s*%\)?[.;]?"
)
_CODED = re.compile(r"([^\W\d_]{1,4})\s?\d{1,2}[.:)]?\s+(?=\S)")
_PLAIN = re.compile(r"[\s•·*–-]{0,4}(?P<name>[^%|\n]*?[^\W\d_)])[\s:.…_–-]+(?P<n>\d{1,3})")
_WORD = re.compile(r"[^\W\d_]+")
_WHOLE = (99.0, 101.0)


def of_rows(rows: Sequence[Sequence[str]]) -> tuple[GradeWeight, ...]:
    """The shares of a table: a column of names beside a column whose numbers make a whole."""
    rows = [[_signed_behind(cell) for cell in row] for row in rows]
    width = max(map(len, rows), default=0)
    for column in range(width - 1, 0, -1):
        numbers = [
            (row, _NUMBER.fullmatch(row[column].strip())) for row in rows if len(row) > column and row[column].strip()
        ]
        found = [(_named(row), _value(match[1])) for row, match in numbers if match and _name(row)]
        coded = all(len(names) > 1 and _CODE.fullmatch(names[0]) for names, _ in found)
        if result := whole([GradeWeight(name=names[coded], percent=percent) for names, percent in found]):
            return _without_codes(result)
    return ()


def _signed_behind(text: str) -> str:
    """A text whose signs of percents stand behind their numbers, as most languages write them."""
    return _SIGN_FIRST.sub(r"\g<n>%", text) if "%" in text else text


def says_shares(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table speaks of shares: a sign of percents in a cell, or their name at the head of a column."""
    if any("%" in text for row in rows for text in row):
        return True
    return any(words().front("share", text) for row in rows[:1] for text in row if len(text.split()) <= _HEAD)


_HEAD = 4
"""Words of the head of a column of shares."""


def _without_codes(shares: tuple[GradeWeight, ...]) -> tuple[GradeWeight, ...]:
    """Shares whose names are all counted with the same letters («A1 Essay», «A2 Exam») without these."""
    found = [_CODED.match(one.name) for one in shares]
    codes = {match[1] for match in found if match}
    if not all(found) or len(codes) != 1:
        return shares
    return tuple(
        GradeWeight(name=one.name[match.end() :], percent=one.percent)
        for one, match in zip(shares, found, strict=True)
        if match
    )


def _name(row: Sequence[str]) -> str:
    return next(iter(_named(row)), "")


def _named(row: Sequence[str]) -> list[str]:
    """The cells of a row that hold letters."""
    return [cell.strip() for cell in row if any(c.isalpha() for c in cell)]


_CODE = re.compile(r"[^\W\d_]{1,4}[ .-]?\d{1,2}")
"""What counts the pieces of work in a column of its own: «E1»."""


_MARKED = re.compile(r"(?P<name>[^\W\d_][^\d+,;:/()]{0,40}?)\s*[:–—-]?\s*(?P<n>\d{1,3})(?!\d)")


def of_marks(text: str) -> tuple[GradeWeight, ...]:
    """The shares that a line gives in marks of a hundred: «Max. Marks: 100 (SEE 60 + IA 40)»."""
    if _POINTS.search(text) is None or len(text) > weights()["limits"]["data"]:
        return ()
    shares = [
        GradeWeight(name=found["name"].strip(" .–-"), percent=_value(found["n"])) for found in _MARKED.finditer(text)
    ]
    return whole([one for one in shares if one.percent < 100])


def part_of(known: Sequence[GradeWeight], rows: Sequence[Sequence[str]]) -> tuple[GradeWeight, ...]:
    """Shares of which one is parted among the rows of a table that add up to it; empty where none is."""
    width = max(map(len, rows), default=0)
    numbers = [(row, _NUMBER.fullmatch(row[-1].strip())) for row in rows if len(row) == width and row[-1].strip()]
    parts = [GradeWeight(name=_name(row), percent=_value(match[1])) for row, match in numbers if match and _name(row)]
    parts = parts[:-1] if len(parts) > 2 and parts[-1].percent == sum(one.percent for one in parts[:-1]) else parts
    total = sum(one.percent for one in parts)
    held = [at for at, one in enumerate(known) if one.percent == total]
    if len(parts) < 2 or len(held) != 1:
        return ()
    return (*known[: held[0]], *parts, *known[held[0] + 1 :])


def of_lines(texts: Sequence[str]) -> tuple[GradeWeight, ...]:
    """The shares of lines, one or several on each."""
    texts = [_PERCENT.sub("%", text) for text in texts if len(text) < weights()["limits"]["shares"]]
    texts = [_signed_behind(text) for text in texts]
    texts = [_BESIDE.sub("", _STATED.sub("", text)) for text in texts]
    if (found := whole([*_at_ends(texts)])) or (found := whole([*_nested(texts)])):
        return found
    texts = [_LEAD.sub("", _BEFORE.sub("", text)) if text.count("%") > 1 else text for text in texts]
    for pattern in (_AFTER, _SHARE) if _is_before(texts) else (_SHARE, _AFTER):
        signed = sum("%" in text for text in texts) * 2 >= len(texts)
        shares = [share for text in texts for share in _shares(pattern, text)] if signed else []
        if found := whole(shares):
            return found
    return of_hundred(texts)


_SENTENCES = re.compile(r"[;\n]|,\s+(?=[^\d\s])|(?<![.…])\.(?:\s|$)")
_OF_HUNDRED = re.compile(
    rf"[\s•·*–-]{{0,4}}(?P<name>[^\W\d_][^\d%|\n:]*?)\s*[:.…_–—=(|\t-][\s.…_–—-]*(?P<n>[1-9]\d?)"
    rf"\s*(?:(?:{languages.pattern('points')})[^\W\d_]*)?\)?",
    re.IGNORECASE,
)


def of_hundred(texts: Sequence[str]) -> tuple[GradeWeight, ...]:
    """The shares of lines that say nothing but names and points, a hundred in all: «Quizzes: 30. Final: 70.»"""
    parts = [part.strip() for text in texts for part in _SENTENCES.split(text) if part.strip()]
    summed = next((at for at, part in enumerate(parts) if _SUM.match(part)), None)
    parts = parts[:summed]  # behind «Итого 100» stands what makes a mark of them
    if not 1 < len(parts) <= _MOST:
        return ()
    found = [_OF_HUNDRED.fullmatch(part) for part in parts]
    shares = [GradeWeight(name=one["name"].strip(), percent=_value(one["n"])) for one in found if one is not None]
    return tuple(shares) if len(shares) == len(parts) and sum(one.percent for one in shares) == _HUNDRED else ()


_SUM = re.compile(rf"(?:{'|'.join(languages.words('total'))})\W{{0,3}}100(?!\d)", re.IGNORECASE)
_HUNDRED = 100
_MOST = 12
"""Shares of which a mark is made."""


def _at_ends(texts: Sequence[str]) -> Iterator[GradeWeight]:
    """A share at the end of each line: «Two short papers, 15 % apiece: 30 %»."""
    found = [_line(text) for text in texts]
    if sum(match is not None for match in found) * 2 > len(texts):
        yield from (
            GradeWeight(name=_EXCLUDED.split(_COUNT.sub("", one["name"]))[0].strip(), percent=_value(one["n"]))
            for one in found
            if one
        )


def _line(text: str) -> re.Match[str] | None:
    """A line that ends with a share."""
    return _LINE.fullmatch(text.strip()) if "%" in text else None


def _nested(texts: Sequence[str]) -> Iterator[GradeWeight]:
    """Shares that are parted among the lines below them: «Term work (70 %)» over «Tests 30» and «Essays 40»."""
    head: GradeWeight | None = None
    below: list[GradeWeight] = []
    for text in (*texts, ""):
        line = _line(text)
        plain = _PLAIN.fullmatch(text.strip()) if line is None and head is not None else None
        if plain is not None:
            below.append(GradeWeight(name=plain["name"].strip(), percent=_value(plain["n"])))
            continue
        if head is not None:
            yield from below if len(below) > 1 and sum(one.percent for one in below) == head.percent else (head,)
        head, below = (GradeWeight(name=line["name"].strip(), percent=_value(line["n"])) if line else None), []


def _is_before(texts: Sequence[str]) -> bool:
    """Whether shares stand before their names, as in «half (50 %) the homework, 20 % the talks, the other 30 % …»."""
    parts = [part.rpartition("%") for text in texts for part in _COMMA.split(text) if "%" in part]
    led = [len(_WORD.findall(before)) for before, _, behind in parts if _WORD.search(behind)]
    return len(parts) > 1 and len(led) == len(parts) and sum(words < 2 for words in led) * 2 > len(led)


def _shares(pattern: re.Pattern[str], text: str) -> Iterator[GradeWeight]:
    parts = (_COMMA if pattern is _AFTER else _ITEM).split(text)
    for part in (one.strip(" .•–-") for one in parts):
        every = list(pattern.finditer(part)) if part.count("%") > 1 else [pattern.search(part)]
        for found in every:
            if not found or not any(c.isalpha() for c in found["name"]) or "%" not in part:
                continue
            printed = _EXCLUDED.split(found["name"].lstrip(") ").strip(" .–—:-•*·|"))[0].strip()
            name = _VERB.sub("", _ALSO.sub("", without_lead(printed)))
            yield GradeWeight(name=name, percent=_value(found["n"]))


def whole(shares: Sequence[GradeWeight]) -> tuple[GradeWeight, ...]:
    """The shares where they make a whole; a last row that is their sum goes."""
    for kept in (shares, shares[:-1] if len(shares) > 2 else ()):
        total = sum(one.percent for one in kept)
        if len(kept) > 1 and (
            total == 100 or (len(kept) > 2 and _WHOLE[0] <= total <= _WHOLE[1])
        ):  # thirds are rounded
            return tuple(kept)
    return ()


def _value(text: str) -> float:
    return float(text.replace(",", "."))
