"""What a text without a title may be called by: its first sentence, or as much of it as a name holds."""

from __future__ import annotations

import re

from coursepack import languages

_END = re.compile(
    r"(?:(?<![.!?…])[.!?…]++\)?|\.[»”\"]\)?)"
    rf"(?=\s+[«„“\"(\[]?(?:[{languages.upper()}]|(?<=\w{{5}}\.\s)\d))"
)
"""Signs that end a sentence: letters begin anew after them, or a number after a word that is no short form. A question
within quotes ends the quotes alone."""
_NO_END = re.compile(
    rf"(?:(?:^|[\s(«„“\"./-])(?:[^\W\d_]|{languages.pattern('initial')}|{languages.pattern('abbreviation')})"
    r"|(?:^|\s)\(?\d{1,3})\.$",
    re.IGNORECASE,
)
"""An initial, an abbreviation, or the number of an item, whose full stop ends no sentence."""
_CLAUSE = re.compile(r"(?P<strong>[;:](?=\s)|\s[–—-](?=\s)|\s(?=[(\[]))|,(?=\s)")
_SHORTEST = 20
"""Letters from which on what stands before a sign says something."""


def opening(text: str, longest: int) -> str | None:
    """The first sentence of a line or paragraph within ``longest`` letters; of a longer one the last whole clause that
    fits, ended by «…»; None where neither fits. A colon that leads in what follows the text is not part of it.
    """
    text = " ".join(text.split())
    first = text[: _sentence(text)].rstrip(" :;,–—-")
    if not first:
        return None
    if len(first) <= longest:
        return first
    fits = [found for found in _CLAUSE.finditer(first, 0, longest) if _is_end(first[: found.start()])]
    fits = [found for found in fits if found["strong"]] or fits
    return first[: fits[-1].start()].rstrip(" :;,–—-") + "…" if fits else None


def _is_end(begun: str) -> bool:
    """Whether a clause may end there: outside brackets and quotes, with enough before it."""
    open_ = any(begun.count(one) > begun.count(other) for one, other in ("()", "[]", "«»", "“”"))
    return len(begun) >= _SHORTEST and not open_


def _sentence(text: str) -> int:
    """Where the first sentence ends."""
    for found in _END.finditer(text):
        begun = text[: found.start() + 1]
        if not (text[found.start()] == "." and _NO_END.search(begun)):
            return found.end()
    return len(text)
