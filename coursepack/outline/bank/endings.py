"""What ends answers and questions of a bank and is no part of them: the semicolons of a list, the star of a form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.parts import DraftQuestion

_CODE = re.compile(r"[{}=]|\w\(")
"""What listings hold, whose lines end with semicolons of their own."""
_STAR = re.compile(r"(?<=\S)\s+\*(?=\s*(?:[(\[][^()\[\]]{1,20}[)\]])?\s*$)")
"""The star behind a question that has to be answered; what it is worth may follow."""


def listed(items: Sequence[DraftQuestion]) -> list[bool]:
    """Whether the answers of each question, below one another, end as items of a list do: all but the last with a
    semicolon, or most questions have semicolons behind all of theirs."""
    texts = [_texts(item) for item in items]
    closed = [len(one) > 1 and all(text.endswith(";") for text in one[:-1]) for one in texts]
    last = [bool(one) and one[-1].endswith(";") for one in texts]
    chosen = sum(len(one) > 1 for one in texts)
    throughout = sum(a and b for a, b in zip(closed, last, strict=True))
    usual = throughout >= limits()["least-ends"] and throughout * 100 >= chosen * limits()["throughout"]
    return [
        is_closed and not _is_code(one) and (usual or not ends_so)
        for one, is_closed, ends_so in zip(texts, closed, last, strict=True)
    ]


def _texts(item: DraftQuestion) -> list[str]:
    """The answers of a question that has them below one another, on a line each."""
    if any(option.kind in {"inline", "beside"} or option.more for option in item.options):
        return []
    return [option.line.text[option.start : option.end].rstrip() for option in item.options]


def _is_code(texts: Sequence[str]) -> bool:
    """Whether answers are lines of a program; the last item of a list ends with a full stop."""
    return not texts[-1].endswith(".") and any(map(_CODE.search, texts))


def starred(items: Sequence[DraftQuestion]) -> bool:
    """Whether a star stands behind most questions with answers to choose from: a form asks for an answer to each."""
    chosen = [item for item in items if len(item.options) > 1 and item.texts]
    found = sum(star(item.texts[-1].text) is not None for item in chosen)
    return found >= limits()["least-ends"] and found * 100 >= len(chosen) * limits()["throughout"]


def star(text: str) -> tuple[int, int] | None:
    """Where the star of a form stands at the end of a line, with the blanks before it."""
    found = _STAR.search(text)
    return found.span() if found else None
