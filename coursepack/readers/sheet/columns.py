"""Heads of the question table's columns and names of its types, as people write them (docs/question-table.md)."""

from __future__ import annotations

import re

from coursepack import languages

_BY_HEAD = {head: name for found in languages.lexicons() for name, heads in found.columns.items() for head in heads}
# «A», «Б», «Вариант 1», «Option B», «1-нұсқа»: a column for each option.
_BEFORE, _AFTER = ("|".join(map(re.escape, languages.words(f"option-{place}"))) for place in ("before", "after"))
_OPTION = re.compile(
    rf"(?:{_BEFORE})?\s*(?:№\s*)?(?:[{languages.option_letters(8)}]|\d{{1,2}})\s*(?:\)\s*)?(?:(?:[-–]\s*)?(?:{_AFTER}))?|"
    rf"\d{{1,2}}\s*[-–]\s*(?:{_AFTER})",
    re.IGNORECASE,
)

_LONGEST_HEAD = 200

_BY_TYPE = {
    word: name for found in languages.lexicons() for name, words in found.question_types.items() for word in words
}


def examples(name: str) -> str:
    """Heads of a column to show, one a language: «text», «вопрос» or «сұрақ»."""
    heads = [f"«{found.columns[name][0]}»" for found in reversed(languages.lexicons()) if found.columns.get(name)]
    return " or ".join((", ".join(heads[:-1]), heads[-1])) if len(heads) > 1 else "".join(heads)


def column_of(head: str) -> str | None:
    """The column that a head names (``option`` for one of several option columns), or None."""
    if len(head) > _LONGEST_HEAD:
        return None
    text = " ".join(head.replace("\n", " ").lower().split()).strip(" .:*")
    if text in _BY_HEAD:
        return _BY_HEAD[text]
    return "option" if text and _OPTION.fullmatch(text) else None


def type_of(text: str) -> str | None:
    """The type that a word names, or None."""
    return _BY_TYPE.get(" ".join(text.lower().replace("_", "-").split()))
