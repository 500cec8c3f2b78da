"""What stands over several questions and belongs to each of them: «Read the text and answer questions 5–8»."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from coursepack import languages
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import BankLine

_SPAN = languages.expression(
    r"(?<!\w)(?:@several-questions@)\s*(?:№\s*)?(?P<first>\d{1,3})\s*[-–—]\s*(?P<last>\d{1,3})(?!\d)"
    r"|(?<!\d)(?P<a>\d{1,3})\s*[-–—]\s*(?P<b>\d{1,3})\s*-?\s*(?:@several-questions@)(?!\w)",
    re.IGNORECASE,
)


@dataclass
class Together:
    """Lines over questions ``first``..``last``, which all of them need."""

    first: int
    last: int
    lines: list[BankLine] = field(default_factory=list)
    begun: bool = False
    """Whether the first of the questions was reached."""


def several_in(text: str) -> tuple[int, int] | None:
    """The first and the last of the questions that a short line speaks of by their numbers."""
    found = _SPAN.search(text) if len(text) <= limits()["head"] else None
    if found is None:
        return None
    first, last = int(found["first"] or found["a"]), int(found["last"] or found["b"])
    return (first, last) if first < last else None


def spoken_of(line: BankLine) -> Together | None:
    """The questions that a line speaks of, where it offers no answer."""
    found = several_in(line.text) if line.is_text and not line.offers else None
    return Together(*found) if found else None
