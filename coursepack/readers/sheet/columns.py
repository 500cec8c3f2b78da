"""Heads of the question table's columns and names of its types, as people write them (docs/question-table.md)."""

from __future__ import annotations

import re

from coursepack import languages
from coursepack.text import scripts

_FOREIGN = languages.foreign_heads()
_BY_HEAD: dict[str, str] = {head: name for name, heads in _FOREIGN.items() if name != "option" for head in heads}
_BY_HEAD |= {head: name for found in languages.lexicons() for name, heads in found.columns.items() for head in heads}
# «A», «Б», «Вариант 1», «Option B», «1-нұсқа»: a column for each option.
_BEFORE, _AFTER = (
    "|".join(map(re.escape, (*languages.words(f"option-{place}"), *foreign)))
    for place, foreign in (("before", _FOREIGN["option"]), ("after", ()))
)
_LETTERS = {letter for letter in languages.option_letters(8) if letter.isupper()}
_LETTERS |= {chr(letter) for letter, latin in scripts.LIKE_LATIN.items() if chr(latin) in _LETTERS}
_OPTION = re.compile(
    rf"(?:{_BEFORE})?\s*(?:№\s*)?(?:[{''.join(sorted(_LETTERS))}]|\d{{1,2}})\s*(?:\)\s*)?(?:(?:[-–]\s*)?(?:{_AFTER}))?|"
    rf"\d{{1,2}}\s*[-–]\s*(?:{_AFTER})",
    re.IGNORECASE,
)

_CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
"""Between the words of «CorrectAnswer»."""
_STEP = re.compile(r"\s*\d{1,2}[.)]\s+(?=[^\W\d_]{2})")
"""The number of a step before the head of a column: «3. Question:»."""
_REMARK = languages.expression(r"\s[-–—]\s@head-remark@", re.IGNORECASE)
"""What a quiz game says behind the head of a column."""
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]$")
"""What is said of a column behind its name: «Key (A, B, C or D)»."""
_NUMBERED = re.compile(r"\s*(?:№\s*)?\d{1,2}$")
SEVERAL = frozenset({"option", "option-right", "wrong", "weight"})
"""Columns of which a table may have several."""
OPTION_RIGHT = "option-right"
"""One of several option columns whose head says that its answers are right."""
_LONGEST_HEAD = 200

_BY_TYPE = {
    word: name for found in languages.lexicons() for name, words in found.question_types.items() for word in words
}


def examples(name: str) -> str:
    """Heads of a column to show, one a language: «text», «вопрос», «сұрақ»."""
    return ", ".join(
        f"«{found.columns[name][0]}»" for found in reversed(languages.lexicons()) if found.columns.get(name)
    )


def head_row(language: str, options: int) -> list[str]:
    """Heads for a row of a question, its options and its key."""
    code = language if language in languages.known() else languages.SOURCE
    own = languages.lexicon(code).columns
    return [own["text"][0], *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:options], own["key"][0]]


_KEY = languages.expression(r"(?:@key-line@)", re.IGNORECASE)
_KEY_WORD = languages.expression(r"(?<!\w)(?:@key-line@)(?!\w)", re.IGNORECASE)


def column_of(head: str) -> str | None:
    """The column that a head names (``option`` for one of several option columns), or None."""
    if len(head) > _LONGEST_HEAD:
        return None
    apart = _CAMEL.sub(" ", _STEP.sub("", head).replace("_", " "))
    text = _REMARK.split(" ".join(apart.lower().split()), maxsplit=1)[0].strip(" .:*")
    bare = _BRACKETS.sub("", re.split(r"[,，](?=.)", text)[0].strip())
    named: str | None = _BY_HEAD.get(text) or _BY_HEAD.get(bare) or _both(text)
    several: str | None = _BY_HEAD.get(_NUMBERED.sub("", text))
    if several == "wrong" or (several == "weight" and named is None):
        return several
    if named is not None:
        return None if named == "weight" else named
    if text and _OPTION.fullmatch(bare) and (said := _BRACKETS.search(text)) and (judged := _judged(said[0])):
        return judged
    if text and _OPTION.fullmatch(text):
        return "option"
    return "key" if _KEY.fullmatch(text) else None


_RIGHT, _WRONG = (languages.expression(rf"\W*@{name}@\W*", re.IGNORECASE) for name in ("right-mark", "wrong-mark"))


def _judged(said: str) -> str | None:
    """The column (``option-right``, ``wrong``) that words in brackets behind «Answer 1» name; None for other words."""
    return OPTION_RIGHT if _RIGHT.fullmatch(said) else "wrong" if _WRONG.fullmatch(said) else None


def speaks_of_key(head: str) -> bool:
    """Whether a head holds the words for a right answer: «Номер верного ответа», «Which is correct»."""
    return _KEY_WORD.search(head) is not None


def _both(text: str) -> str | None:
    """What is asked, of a head that names it and its answers: «Question / option»."""
    names = [_BY_HEAD.get(part.strip()) for part in text.split("/")]
    return "text" if len(names) > 1 and names[0] == "text" and set(names[1:]) <= {"text", "options", "key"} else None


def is_bare_key(head: str) -> bool:
    """Whether a head is the short name of the key («key», «ключ»), which programs also call an id."""
    plain = head.strip().lower()
    return any(found.columns.get("key", [""])[0] == plain for found in languages.lexicons())


def type_of(text: str) -> str | None:
    """The type that a word names, or None."""
    return _BY_TYPE.get(" ".join(text.lower().replace("_", "-").split()))
