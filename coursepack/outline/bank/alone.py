"""Keys that no word names: a letter alone below the answers («B», «= B», «(B)»), or in brackets behind the stem or the
last answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from coursepack.outline.bank.key_text import CLASS, is_key_word, latin
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import BankLine
from coursepack.outline.bank.parts import DraftQuestion

_ALONE = re.compile(rf"[^\w]{{0,4}}(?P<key>{CLASS}|\d{{1,2}})[^\w]{{0,2}}")
_BEHIND = re.compile(rf"\s[(\[]\s*(?P<key>{CLASS}|\d{{1,2}})\s*[)\]]\s*[.:?]?$")


def letters_alone(lines: Sequence[BankLine], count: int) -> frozenset[int]:
    """The places of lines that are nothing but a letter, where most of so many questions have one."""
    found = [line.at for line in lines if line.is_text and not line.number and _ALONE.fullmatch(line.text)]
    usual = len(found) >= limits()["least-ends"] and len(found) * 100 >= count * limits()["throughout"]
    return frozenset(found) if usual else frozenset()


def keys_alone(items: Sequence[DraftQuestion]) -> None:
    """Take such letters for keys where most questions with answers to choose from have one, and no other key."""
    open_ = [item for item in items if len(item.options) > 1 and not item.said and not item.options[0].score]
    if _is_usual(open_, lambda item: below(item) is not None):
        for item in open_:
            _take(item)
    elif _is_usual(open_, lambda item: bracketed(item) is not None):
        for item in open_:
            item.bracketed = bracketed(item) is not None


def _is_usual(items: Sequence[DraftQuestion], has: Callable[[DraftQuestion], bool]) -> bool:
    found = sum(map(has, items))
    return found >= limits()["least-ends"] and found * 100 >= len(items) * limits()["throughout"]


def below(item: DraftQuestion) -> str | None:
    """The letter of an answer that stands alone on the last line below the answers."""
    last = item.options[-1]
    line = last.more[-1] if last.more else None
    empty = not last.line.text[last.start :].strip() and len(last.more) == 1
    return _named(item, _ALONE.fullmatch(line.text)) if line is not None and line.is_text and not empty else None


def bracketed(item: DraftQuestion) -> tuple[BankLine, int, str] | None:
    """The line, the last of the stem or of the answers, that ends with the letter of an answer in brackets; how many
    letters that takes, and the letter."""
    for line in (*item.texts[-1:], item.options[-1].line):
        found = _BEHIND.search(line.text)
        if found and (key := _named(item, found)):
            return line, len(found[0]), key
    return None


def _named(item: DraftQuestion, found: re.Match[str] | None) -> str | None:
    labels = [latin(option.label) for option in item.options if option.label]
    return found["key"] if found and latin(found["key"]) in labels else None


def _take(item: DraftQuestion) -> None:
    key = below(item)
    if key is None:
        return
    more = item.options[-1].more
    line = more.pop()
    if more and more[-1].is_text and is_key_word(more[-1].text):  # «Correct answer» over it
        item.said.append((more.pop(), ""))
    item.said.append((line, key))
