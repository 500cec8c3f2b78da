"""Comments of Word documents: of those that teachers put beside the answers of a test, which state its key."""

from __future__ import annotations

import re

from lxml import etree

from coursepack import languages
from coursepack.readers.docx.styles import W

Element = etree._Element

_LONGEST = 80
_DIGITS = re.compile(r"\d+")
_LIST = 2
_KEY = languages.expression(
    r"\W{0,3}(?:@right-mark@|(?:@key-line@)(?:\s*[:=–—-]+\s*\S.*)?)[\s.!)\]]*|\s*[+✓✔√☑]\s*", re.IGNORECASE | re.DOTALL
)


def states_key(text: str) -> bool:
    """Whether a comment is nothing but a key: «верно», «дұрыс», «Answer: B», «+»."""
    return len(text) <= _LONGEST and _KEY.fullmatch(text) is not None


def hides_key(text: str) -> bool:
    """Whether hidden text is nothing but the key of one question: lists of keys have several numbers."""
    return states_key(text) and len(_DIGITS.findall(text)) < _LIST


def texts_of(root: Element | None) -> dict[str, str]:
    """The words of the comments of a part (17.13.4.6), by their numbers."""
    found = () if root is None else root.iterchildren(f"{W}comment")
    return {one.get(f"{W}id", ""): _text(one) for one in found}


def _text(comment: Element) -> str:
    lines = ("".join(part.text or "" for part in line.iter(f"{W}t")) for line in comment.iter(f"{W}p"))
    return "\n".join(lines).strip()
