"""What programs print around questions: «Flag question», «Mark 1.00 out of 1.00», «Mark only one oval.».

A copy of such a page is a bank like any other; its buttons and states are no words of the questions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursepack import languages
from coursepack.outline.bank.limits import limits

_SURE = languages.expression(r"(?:@form-line@)\s*[.:]?", re.IGNORECASE)
_BESIDE = languages.expression(r"(?:@form-state@)\s*[.:]?", re.IGNORECASE)


def form_lines(texts: Sequence[str | None]) -> frozenset[int]:
    """The places of lines that only a program says, and of the states beside them; nothing where few lines are so.
    What is no text is None."""
    sure = {at for at, text in enumerate(texts) if text and _SURE.fullmatch(text.strip())}
    if len(sure) < limits()["least-ends"]:
        return frozenset()
    found = set(sure)
    for way in (range(len(texts)), range(len(texts) - 1, -1, -1)):
        for at in way:  # a state stands beside another such line; «True» among answers does not
            text = texts[at]
            if text and {at - 1, at + 1} & found and _BESIDE.fullmatch(text.strip()):
                found.add(at)
    return frozenset(found)
