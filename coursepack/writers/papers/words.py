"""The fixed words of papers in the course's language (domain ``papers``, falling back to ``common``)."""

from __future__ import annotations

from coursepack import languages
from coursepack.languages.catalogues import Words, words
from coursepack.similar import near


class PaperWords:
    """The catalogue of papers; ``plain`` is the one that all products share."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.plain = words(language)
        self.own: Words = words(language, "papers")

    def __call__(self, message: str, **fields: object) -> str:
        return self.own(message, **fields)

    def of_template(self, message: str) -> str:
        """A fixed word that a template asks for. Raises ``LookupError`` for one that no catalogue has."""
        known = words(languages.assumed(), "papers")
        if not known.has(message):
            meant = near(message, known.messages())
            hint = f"; did you mean {meant!r}?" if meant else ""
            raise LookupError(f"there is no fixed word {message!r}{hint}")
        return self.own(message)

    of_template.offered_to_templates = True  # type: ignore[attr-defined]

    def count(self, singular: str, plural: str, number: int, **fields: object) -> str:
        return self.own.count(singular, plural, number, **fields)

    def date(self, iso: str) -> str:
        """An ISO date in words; what is no date stays as it was declared."""
        try:
            return self.own.date(iso)
        except ValueError:
            return iso

    def number(self, value: float) -> str:
        return self.own.number(value)

    def grade(self, value: str) -> str:
        """A grade point with the language's decimal mark («3,67»)."""
        return value.replace(".", self.own.decimal_separator)
