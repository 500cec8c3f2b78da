"""Fixed words of the products in every language.

Catalogues are gettext PO files, ``languages/<language>/<domain>.po``; the English text is the message id. A domain a
room (``common``, ``pages``, ``cartridge``, ``scorm``, ``moodle``, ``papers`` …), each falling back to ``common``. They
are read as they stand (Babel), so that a translator's change needs no compile step; what was read of the very same
bytes before is kept (``prepared``).
"""

from __future__ import annotations

import gettext
import hashlib
import io
from collections.abc import Callable
from functools import cache

from coursepack import prepared
from coursepack.languages import SOURCE, file, known, lexicon

_Read = tuple[dict[str, str | tuple[str, ...]], str, dict[str, str]]


class Words:
    """The words of one language. Called with an English message id and its fields.

    >>> words("kk")("Lecture {number}", number=3)
    '3-дәріс'
    """

    offered_to_templates = True

    def __init__(self, language: str, domain: str) -> None:
        self.language = language if language in known() else SOURCE
        self.domain = domain
        self._messages = _messages(self.language, "common") | (
            _messages(self.language, domain) if domain != "common" else {}
        )
        self._plural = plural_rule(self.language)

    def __reduce__(self) -> tuple[object, ...]:
        return words, (self.language, self.domain)

    def __call__(self, message: str, **fields: object) -> str:
        """The message in this language, its ``{fields}`` filled in."""
        text = self._messages.get(message, message)
        if not isinstance(text, str):
            raise TypeError(f"{message!r} has plural forms: use count()")
        return text.format(**fields) if fields else text

    def count(self, singular: str, plural: str, number: int, **fields: object) -> str:
        """The right plural form for ``number``, which is also the field ``{number}``."""
        forms = self._messages.get(singular)
        form = forms[self._plural(number)] if isinstance(forms, tuple) else (singular if number == 1 else plural)
        return form.format(number=number, **fields)

    def has(self, message: str) -> bool:
        """True when this language has the message (English always has: the id is the text)."""
        return self.language == SOURCE or message in self._messages

    def messages(self) -> list[str]:
        """The message ids that this language has."""
        return list(self._messages)

    def date(self, iso: str) -> str:
        """An ISO date in words, as official papers write it: «2026 жылғы 1 қыркүйек»."""
        import datetime as dt

        from babel.dates import format_date

        day = dt.date.fromisoformat(iso[:10])
        found = lexicon(self.language)
        return format_date(day, found.date, locale=found.tag.replace("-", "_"))

    def day(self, iso: str) -> str:
        """An ISO date in a narrow column, without its year: «01.09»."""
        import datetime as dt

        from babel.dates import format_date

        found = lexicon(self.language)
        return format_date(dt.date.fromisoformat(iso[:10]), found.day, locale=found.tag.replace("-", "_"))

    @property
    def decimal_separator(self) -> str:
        """«,» or «.»."""
        from babel.numbers import get_decimal_symbol

        return get_decimal_symbol(self.language)

    def number(self, value: float) -> str:
        """A number with the language's decimal mark, no needless zeros."""
        from babel.numbers import format_decimal

        return format_decimal(value, "0.##", locale=self.language)


@cache
def words(language: str, domain: str = "common") -> Words:
    """The words of a language; an unknown language gets English."""
    return Words(language, domain)


def translations(language: str, domain: str) -> dict[str, str]:
    """Message id → translation of one catalogue alone; what has plural forms or no translation is not in it."""
    return {key: text for key, text in _messages(language, domain).items() if isinstance(text, str)}


def plural_forms(language: str, domain: str) -> dict[str, tuple[str, ...]]:
    """Plural message id (``msgid_plural``) → the singular message id, then the forms of one catalogue alone: as many as
    the language's rule has, or none where they are not translated."""
    forms = _messages(language, domain)
    found = {}
    for plural, singular in _catalogue(language, domain)[2].items():
        known = forms.get(singular, ())
        found[plural] = (singular, *(known if isinstance(known, tuple) else ()))
    return found


@cache
def _messages(language: str, domain: str) -> dict[str, str | tuple[str, ...]]:
    found: dict[str, str | tuple[str, ...]] = _catalogue(language, domain)[0]
    return found


@cache
def _catalogue(language: str, domain: str) -> _Read:
    """What has a translation, the rule of plural forms (of a catalogue that is not there that of the language), and
    plural message id → singular."""
    path = file(language, f"{domain}.po")
    text = path.read_bytes() if path.is_file() else b""
    key = hashlib.sha256(text).hexdigest()
    found: _Read = prepared.recall(f"catalogue with plurals {language}", key, lambda: _read(language, text))
    return found


def _read(language: str, text: bytes) -> _Read:
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    catalogue = read_po(io.BytesIO(text), locale=language) if text else Catalog(locale=language)
    found: dict[str, str | tuple[str, ...]] = {}
    plurals: dict[str, str] = {}
    for message in catalogue:
        key, forms = message.id, message.string
        if isinstance(key, tuple | list):
            key, plural = key
            plurals[plural] = key
        if isinstance(forms, tuple | list):
            forms = tuple(forms) if all(forms) else ""
        if language == SOURCE and not forms:  # the id is the text
            forms = message.id if isinstance(message.id, str) else tuple(message.id)
        if key and forms:
            found[key] = forms
    return found, str(catalogue.plural_expr), plurals


@cache
def plural_rule(language: str) -> Callable[[int], int]:
    """Which form of a message a number takes, by the rule in the catalogue's head."""
    rule: Callable[[int], int] = gettext.c2py(_catalogue(language, "common")[1])
    return rule
