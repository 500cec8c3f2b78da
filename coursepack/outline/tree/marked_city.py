"""The name of a city that the mark of its language tells, as «City of …» does."""

from __future__ import annotations

from coursepack import languages

_NAME = r"[@A@][\w'’-]+(?:\s[@A@][\w'’-]+)?"
_MARKED = languages.expression(rf"(?:@city-mark@)\.\s*(?P<behind>{_NAME})|(?P<before>{_NAME})\s+(?:@city-mark@)\.?")


def named(part: str) -> str | None:
    """The city's name where the text is nothing but that and its mark."""
    found = _MARKED.fullmatch(part.strip())
    return (found["behind"] or found["before"]) if found is not None else None
