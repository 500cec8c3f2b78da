"""Everything that is a word of a natural language, a folder a language: to add a language is to add a folder.

``<code>/lexicon.toml`` is a ``Lexicon``; ``<code>/outline.toml`` has the markers that open the parts of a document;
``<code>/*.po`` are gettext catalogues of product texts, one a domain (``catalogues``). ``code`` is an ISO 639-1 code.
A department keeps folders of its own elsewhere and names their parents in ``COURSEPACK_LANGUAGES``.
``read/<code>.toml`` has the words of a language whose papers are read, but in which nothing is written; ``tests.toml``
has words of tests in more languages.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Literal, cast

import msgspec

from coursepack import prepared
from coursepack.language_folders import SHIPPED, SOURCE, VARIABLE, file, known
from coursepack.place import CoursepackError, Place

__all__ = ["SOURCE", "VARIABLE", "file", "known"]


class Detection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a text in a language is told from texts in others of its script."""

    script: Literal["latin", "cyrillic"]
    letters: str = ""
    """Lower-case letters that only this language has among those of its script."""
    words: tuple[str, ...] = ()
    """Its commonest words."""
    forms: tuple[str, ...] = ()
    """Regular expressions of endings and the like; each match counts as a word."""


class StandIns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Letters that old keyboards and PDFs put in the place of the language's own."""

    letters: dict[str, str]
    own: str
    sure: str
    """Stand-ins that count as its own letters."""
    front: str
    back: str
    """Vowels, for a Latin letter that stands for one of two."""
    narrow: dict[str, str]
    """Latin letters → what they are in a word of front vowels, and how they count as vowels."""
    old_font: str
    old_font_too: str
    """Letters of an old font, and those that other languages have as well."""
    foreign: tuple[str, ...]
    """Regular expressions of a text that is in another language where no own letter is in it."""


class Lexicon(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of one language."""

    name: str
    """In English, as the message ids have it («Kazakh»)."""
    tag: str
    """The language tag that Word knows (BCP 47 with a region)."""
    recognised: str = ""
    """What Tesseract calls the data by which it recognises letters (ISO 639-2); programs that use it are told so."""
    date: str
    """A date as official papers write it: a pattern of CLDR (UTS #35, «d MMMM y»)."""
    day: str = "dd.MM"
    """A day in a narrow column, without its year: such a pattern."""
    alphabet: str
    """Its letters in lower case, in order."""
    option_letters: str
    """The letters that options are counted with, in upper case."""
    level: str = ""
    """What a category of questions of one level is called, with ``{}`` for its number."""
    detection: Detection
    assumed: bool = False
    """Taken where a document is too short to tell its language."""
    second: str = SOURCE
    """The second language of bilingual papers where nobody names one."""
    word_list: str = "lowerLetter"
    """The letters of lists in Word (ST_NumberFormat, ECMA-376 part 1, 17.18.59)."""
    counted: dict[str, str] = msgspec.field(default_factory=dict)
    """Other such formats of Word, without «Lower» and «Upper» → their letters in order."""
    romanised: dict[str, str] = msgspec.field(default_factory=dict)
    """A letter → Latin letters, for ids."""
    columns: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Heads of the question table, by column."""
    question_types: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    words: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Words in lower case, by what they tell."""
    patterns: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """Regular expressions of words and their endings, letters' case aside, by what they tell."""
    stand_ins: StandIns | None = None


@cache
def _parsed(text: str) -> dict[str, Any]:
    """A TOML text, parsed once however many ask: a lexicon is asked for by each list of words in it."""
    return prepared.toml(text)


def data(code: str, name: str) -> dict[str, Any]:
    """A TOML file in the folder of a language; empty where the folder has none. All who ask share it: only to be read.

    Raises ``CoursepackError`` for one that is no TOML.
    """
    path = file(code, name)
    try:
        return _parsed(path.read_text("utf-8")) if path.is_file() else {}
    except ValueError as problem:
        raise CoursepackError(f"not a file of a language: {problem}", Place(str(path))) from None


@cache
def others() -> list[dict[str, Any]]:
    """The languages that are only distinguished (others.toml)."""
    found: list[dict[str, Any]] = prepared.toml((SHIPPED / "others.toml").read_text("utf-8"))["language"]
    return found


@cache
def only_read() -> tuple[dict[str, Any], ...]:
    """What is known of the languages that are read and have no folder, by the order of their codes (read/*.toml):
    ``alphabet``, ``patterns`` and ``words`` as in a ``Lexicon``, ``labels`` and ``outline`` as in those files."""
    found = (path for path in sorted((SHIPPED / "read").glob("*.toml")) if path.stem not in known())
    return tuple(_parsed(path.read_text("utf-8")) for path in found)


@cache
def of_tests() -> dict[str, Any]:
    """The words of tests in languages that are not read otherwise (tests.toml), the tables as in read/*.toml."""
    return _parsed((SHIPPED / "tests.toml").read_text("utf-8"))


@cache
def every(name: Literal["labels", "outline"]) -> tuple[dict[str, Any], ...]:
    """The words of all languages by which documents are read, ``in_order``; those that are only read come last."""
    own = [data(code, f"{name}.toml") for code in in_order()]
    return (*own, *(table.get(name, {}) for table in (*only_read(), of_tests())))


@cache
def locales() -> tuple[str, ...]:
    """What Babel calls the languages in which documents are read."""
    return (*(found.tag.replace("-", "_") for found in lexicons()), *(str(found["tag"]) for found in only_read()))


@cache
def lexicon(code: str) -> Lexicon:
    """What is known of a language. Raises ``KeyError`` for one that has no folder, ``CoursepackError`` for a lexicon
    that cannot be used."""
    path = file(code, "lexicon.toml")
    try:
        return msgspec.convert(data(code, path.name), Lexicon)
    except msgspec.ValidationError as problem:
        raise CoursepackError(f"not a lexicon: {problem}", Place(str(path)), "see docs/languages.md") from None


def tag(code: str) -> str:
    """The tag that Word knows; a language without a folder is called as it is."""
    return lexicon(code).tag if code in known() else code


def name(code: str) -> str:
    """The name in English; a language without a folder is called by its code."""
    return lexicon(code).name if code in known() else code


@cache
def assumed() -> str:
    """The language of a document that is too short to tell."""
    return next((code for code in known() if lexicon(code).assumed), SOURCE)


def second(code: str) -> str:
    """The second language of bilingual papers where nobody names one."""
    return lexicon(code).second if code in known() else SOURCE


@cache
def in_order() -> tuple[str, ...]:
    """All codes, the assumed language first and the source of the messages last: of two readings of one word the
    nearer language has the first claim."""
    return tuple(sorted(known(), key=lambda code: (code == SOURCE, not lexicon(code).assumed, code)))


def lexicons() -> tuple[Lexicon, ...]:
    """All lexicons ``in_order``."""
    return tuple(map(lexicon, in_order()))


@cache
def foreign_heads() -> dict[str, list[str]]:
    """Heads of question tables in languages that are not read otherwise (heads.toml): column → heads."""
    found: dict[str, list[str]] = prepared.toml((SHIPPED / "heads.toml").read_text("utf-8"))
    return found


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of all languages that tell one thing, in lower case."""
    found = [each.words for each in lexicons()] + [each.get("words", {}) for each in (*only_read(), of_tests())]
    return tuple(dict.fromkeys(word for words_of in found for word in words_of.get(name, ())))


@cache
def pattern(name: str) -> str:
    """The alternatives of all languages in one regular expression, the longest first: «(?:…|…)». Without any it
    matches nothing."""
    others_ = [each.get("patterns", {}) for each in (*only_read(), of_tests())]
    every_language = [each.patterns for each in lexicons()] + others_
    found = dict.fromkeys(word for patterns in every_language for word in patterns.get(name, ()))
    return f"(?:{'|'.join(sorted(found, key=len, reverse=True))})" if found else "(?!)"


@cache
def upper() -> str:
    """All upper-case letters, for a character class."""
    return "".join(sorted({letter.upper() for letter in _letters() if len(letter.upper()) == 1}))


@cache
def lower() -> str:
    """All lower-case letters, for a character class."""
    return "".join(sorted(_letters()))


@cache
def _letters() -> frozenset[str]:
    alphabets = [found.alphabet for found in lexicons()] + [found.get("alphabet", "") for found in only_read()]
    return frozenset("".join(alphabets))


def option_letters(first: int) -> str:
    """The ``first`` letters that options are counted with in any language, upper and lower case, for a class."""
    letters = {letter for found in lexicons() for letter in found.option_letters[:first]}
    return "".join(sorted(letters | {letter.lower() for letter in letters}))


@cache
def with_stand_ins() -> tuple[Lexicon, StandIns]:
    """The one language whose letters have stand-ins, and what is known of these. Raises ``LookupError`` without one."""
    found = [(each, each.stand_ins) for each in lexicons() if each.stand_ins is not None]
    if len(found) != 1:
        raise LookupError(f"{len(found)} languages have letters that others stand in for, expected one")
    return found[0]


class _Expression:
    """A regular expression that is compiled when it is first asked: a command asks about half of those that its modules
    name, and compiling all took a quarter of a second of each."""

    def __init__(self, source: str, flags: int) -> None:
        self._made_of = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        compiled = re.compile(*self._made_of)
        for each in _ASKED:
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)


_ASKED = [name for name in dir(re.Pattern) if not name.startswith("_")]


def expression(template: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression with words of all languages: ``@week@`` becomes ``pattern("week")``, ``@A@`` and ``@a@`` all
    upper-case and lower-case letters, ``@A:name@`` the letters that are the words of that name (all inside a class)."""

    def filled(found: re.Match[str]) -> str:
        name = found[1]
        if name.startswith("A:"):
            return "".join(words(name.removeprefix("A:")))
        return {"A": upper, "a": lower}.get(name, lambda: pattern(name))()

    return cast("re.Pattern[str]", _Expression(re.sub(r"@([A-Za-z:-]+)@", filled, template), flags))
