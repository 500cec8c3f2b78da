"""Signs in the cells of options that mark the right ones, where no column is the key: «*Paris», «Paris (+)»."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from coursepack.readers.sheet.columns import type_of
from coursepack.readers.sheet.rows import QuestionRow

_SIGN = r"[*+#✓√✔☑☒✅●◉]\ufe0f?"
_MARK = rf"(?:[(\[]\s*(?P<{{name}}>{_SIGN}|[xX])\s*[)\]]|(?P<{{name}}_bare>{_SIGN}))"
_FRONT = re.compile(rf"\s*{_MARK.format(name='front')}\s*(?=\S)")
_BACK = re.compile(rf"(?<=\S)\s*{_MARK.format(name='back')}\s*$")
_CHOICE = "multiple-choice"
_LEAST = 3
_SHARE = 0.6
"""The share of the rows that bear a sign, from which on it is the key."""
_LOOKED_AT = 60
"""Rows that tell which sign."""


def by_signs(rows: Iterable[QuestionRow]) -> Iterator[QuestionRow]:
    """The rows of a table; where none of the first has a key and a sign marks some options of most, it is their key."""
    rows = iter(rows)
    first = list(islice(rows, _LOOKED_AT))
    offering = [_options(row) for row in first if type_of(row.get("type") or _CHOICE) == _CHOICE]
    sign = None if any(row.get("key") or row.wrong for row in first) else sign_of(offering)
    every = chain(first, rows)
    return every if sign is None else (_keyed(row, sign) for row in every)


def _options(row: QuestionRow) -> list[str]:
    return row.options or row.get("options").split("\n")


def _keyed(row: QuestionRow, sign: str) -> QuestionRow:
    reported = [unsigned(option, sign) for option in _options(row)]
    right = [at for at, (_, marked) in enumerate(reported) if marked]
    if right:
        row.cells["key"] = ", ".join(str(at + 1) for at in right)
    if row.options:
        row.options = [option for option, _ in reported]
    else:
        row.cells["options"] = "\n".join(option for option, _ in reported)
    return row


def sign_of(rows: Sequence[Sequence[str]]) -> str | None:
    """The sign that most rows have on some of their options and not on all."""
    found: Counter[str] = Counter()
    offering = [options for options in rows if sum(map(bool, options)) > 1]
    for options in offering:
        marked = [_marked(option) for option in options if option]
        found.update(sign for sign in set(marked) if sign and marked.count(sign) < len(marked))
    if not found:
        return None
    sign, count = found.most_common(1)[0]
    return sign if count >= min(_LEAST, len(offering)) and count >= _SHARE * len(offering) else None


def unsigned(option: str, sign: str) -> tuple[str, bool]:
    """An option without that sign, and whether it bears it."""
    if _marked(option) != sign:
        return option, False
    found = _FRONT.match(option)
    return (option[found.end() :] if found else _BACK.sub("", option)).strip(), True


def _marked(option: str) -> str:
    found = _FRONT.match(option) or _BACK.search(option)
    return next(filter(None, found.groups()), "") if found else ""
