"""The language of the page: the browser's choice, or the one that its reader chose."""

from __future__ import annotations

from functools import cache

from coursepack import languages
from coursepack.languages.catalogues import Words, words

DOMAIN = "review"


def interface_words(language: str) -> Words:
    """The words of the page."""
    return words(language, DOMAIN)


@cache
def known() -> tuple[str, ...]:
    """The languages that the page speaks: those with a catalogue of it."""
    return tuple(code for code in languages.known() if languages.file(code, f"{DOMAIN}.po").is_file())


def chosen(cookie: str | None, accepted: str) -> str:
    """The language of a request: of the switch, else the first of ``Accept-Language`` that there is."""
    if cookie in known():
        return cookie
    wanted = []
    for number, part in enumerate(accepted.split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            wanted.append((-float(weight or 1), number, tag.split("-")[0].lower()))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(wanted) if tag in known()), languages.SOURCE)


def own_name(code: str) -> str:
    """A language as it calls itself."""
    return languages.name(code) if code == languages.SOURCE else interface_words(code)("(name of this language)")
