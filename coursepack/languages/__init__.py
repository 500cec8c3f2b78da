"""Everything that is a word of a natural language, a folder a language: to add a language is to add a folder.

``<code>/lexicon.toml`` is a ``Lexicon``; ``<code>/outline.toml`` has the markers that open the parts of a document;
``<code>/*.po`` are gettext catalogues of product texts, one a domain (``words``). ``code`` is an ISO 639-1 code.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import msgspec

FOLDER = Path(__file__).parent
SOURCE = "en"
"""The language of the message ids: what a catalogue does not have is said in it."""


class Lexicon(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of one language."""

    name: str
    """In English, as the message ids have it («Kazakh»)."""
    tag: str
    """The language tag that Word knows (BCP 47 with a region)."""
    date: str
    """A date as official papers write it: a pattern of CLDR (UTS #35, «d MMMM y»)."""
    assumed: bool = False
    """Taken where a document is too short to tell its language."""
    second: str = SOURCE
    """The second language of bilingual papers where nobody names one."""
    word_list: str = "lowerLetter"
    """The letters of lists in Word (ST_NumberFormat, ECMA-376 part 1, 17.18.59)."""


@cache
def known() -> tuple[str, ...]:
    """The codes of all languages, sorted."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/lexicon.toml")))


@cache
def lexicon(code: str) -> Lexicon:
    """What is known of a language. Raises ``KeyError`` for one that has no folder."""
    if code not in known():
        raise KeyError(code)
    return msgspec.convert(tomllib.loads((FOLDER / code / "lexicon.toml").read_text("utf-8")), Lexicon)


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
