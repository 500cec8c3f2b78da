"""What repeats in the questions of a bank and is no word of any: explanations below the last answers, the letter of an
answer once more behind them, a label before what is asked («Task text: …»).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from coursepack import languages
from coursepack.outline.bank.key_text import latin, letter_before
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import BankLine
from coursepack.outline.bank.parts import DraftQuestion

_LABEL = languages.expression(r"\s*(?P<label>@question-label@)\s*[:–—-]\s*(?=\S)", re.IGNORECASE)


def explained(items: Sequence[DraftQuestion]) -> None:
    """Lines below the last answers of most questions, where no other answer goes on below its line, are said of the
    answers and are no part of the last one."""
    chosen = [item for item in items if len(item.options) > 1 and not item.behind]
    found = [(item, lines) for item in chosen if (lines := _below_last(item))]
    others = sum(bool(option.more) for item in chosen for option in item.options[:-1])
    usual = len(found) * 100 >= len(chosen) * limits()["throughout"] and len(found) >= limits()["least-ends"]
    if not usual or others * _SELDOM > len(found):
        return
    for item, lines in found:
        del item.options[-1].more[-len(lines) :]
        item.behind = [*lines, *item.behind]


_SELDOM = 10
"""For one answer that goes on below its line so many of the last ones have lines below them."""


def _below_last(item: DraftQuestion) -> list[BankLine]:
    """The sentences below the last answer; nothing where it has no text on its own line, or something else stands
    there."""
    last = item.options[-1]
    own = last.line.text[last.start : last.end].strip()
    lines = last.more
    if not own or not lines or not all(line.is_text and line.number is None for line in lines):
        return []
    first = lines[0].text.lstrip()
    sentence = first[:1].isupper() and len(first.split()) > _WORDS and first.rstrip()[-1:] in {".", "!", ":"}
    return list(lines) if sentence else []


_WORDS = 3


def answered_again(items: Sequence[DraftQuestion]) -> None:
    """Take the line behind the answers that bears the letter of one of them once more for its key, where most questions
    have one: «b) The newton, since …» below «a) joule», «b) newton», «c) watt»."""
    chosen = [item for item in items if len(item.options) > 2 and not item.said]
    found = [(item, again) for item in chosen if (again := _again(item)) is not None]
    if len(found) < limits()["judged"] or len(found) * 100 < len(chosen) * limits()["throughout"]:
        return
    for item, (line, key) in found:
        last = item.options[-1]
        if last.line is line:
            item.options.pop()
        else:
            last.more.remove(line)
        item.said.append((line, key))


def _again(item: DraftQuestion) -> tuple[BankLine, str] | None:
    """The last line of a question where it begins with the letter of an answer above, and what it says."""
    last = item.options[-1]
    lettered = [latin(option.label) for option in item.options if option.kind == "letter" and option.label.isalpha()]
    if len(lettered) < len(item.options) or len(last.more) > 1:
        return None
    line = last.more[0] if last.more else last.line
    above = lettered if last.more else lettered[:-1]
    letter_and_text = letter_before(line.text) if line.is_text else None
    return (line, line.text.strip()) if letter_and_text is not None and letter_and_text[0] in above else None


def labelled(items: Sequence[DraftQuestion]) -> None:
    """Where most questions begin with the same label of what they ask, it is no part of that."""
    found = [(item, _label(item)) for item in items]
    labels = Counter(label.lower() for _, one in found if one for label in [one[1]])
    label, count = labels.most_common(1)[0] if labels else ("", 0)
    if count < limits()["least-ends"] or count * 100 < len(items) * limits()["throughout"]:
        return
    for item, one in found:
        if one is not None and one[1].lower() == label:
            item.label = (one[0], one[2])


def _label(item: DraftQuestion) -> tuple[BankLine, str, int] | None:
    """The line on which a question begins to ask, the label there, and where the text behind it begins."""
    for line in item.texts[:2]:
        start = line.number.end if line is item.lead and line.number and item.number is not None else 0
        if line.text[start:].strip():
            found = _LABEL.match(line.text, start)
            return (line, found["label"].strip(), found.end()) if found else None
    return None
