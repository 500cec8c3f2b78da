"""The language of the page: the browser's choice, or the one that its reader chose."""

from __future__ import annotations

from coursepack import languages
from coursepack.languages.catalogues import Words, words

DOMAIN = "review"


def spoken(language: str) -> Words:
    """The words of the page."""
    return words(language, DOMAIN)


def chosen(cookie: str | None, accepted: str) -> str:
    """The language of a request: of the switch, else the first of ``Accept-Language`` that there is."""
    if cookie in languages.known():
        return cookie
    wanted = []
    for number, part in enumerate(accepted.split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            wanted.append((-float(weight or 1), number, tag.split("-")[0].lower()))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(wanted) if tag in languages.known()), languages.SOURCE)


def own_name(code: str) -> str:
    """A language as it calls itself."""
    return str(words(code, DOMAIN)("(name of this language)")) if code != languages.SOURCE else languages.name(code)
