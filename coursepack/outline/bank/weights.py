"""What questions say they are worth: behind what they ask, behind or below their last answer, «D) 8 J [1]», «(2 pts)».

A number alone in square brackets is of no question's text only where most of them end so; where each of the lettered
lines below a question is worth something, they are parts of what it asks and none of them is to be chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from coursepack import languages
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.parts import DraftOption, DraftQuestion

_NUMBER = r"(?P<n>\d{1,3}(?:[.,]\d{1,2})?)"
_NAMED = languages.expression(
    rf"(?:^|(?<=[\s\])]))[\[(]\s*{_NUMBER}\s*(?:@marks@)\s*[\])]\s*[.;:]?$"
    rf"|(?:^|(?<=\s))[-–—]\s*(?P<dashed>\d{{1,3}}(?:[.,]\d{{1,2}})?)\s*(?:@marks@)\s*[.;:]?$",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:^|(?<=[\s\])]))\[\s*(?P<n>\d{1,2}(?:[.,]\d{1,2})?(?:\s?\+\s?\d{1,2})*)\s*\]\s*[.;:]?$")
_TAIL = 60
_ENDS = frozenset(".?!…:;)")
"""Behind which a number in brackets says what a question is worth, however few have one."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What the end of a text says that a question is worth: where that begins, and the number."""

    start: int
    value: float
    bare: bool = False


@lru_cache(32_768)  # a line is asked for several times, by each reading of a course under review again
def weight_in(text: str, *, bare: bool) -> Weight | None:
    """What stands at the end of a text; ``bare``: also a number alone in brackets."""
    cut = max(len(text) - _TAIL, 0)
    if found := _NAMED.search(text[cut:]):
        return Weight(cut + found.start(), _value(found["n"] or found["dashed"]))
    if bare and (found := _BARE.search(text[cut:])):
        return Weight(cut + found.start(), sum(map(_value, found["n"].split("+"))), bare=True)
    return None


def _value(digits: str) -> float:
    return float(digits.strip().replace(",", "."))


def weigh(items: Sequence[DraftQuestion]) -> None:
    """Tell where the questions of a bank say what they are worth."""
    for item in items:
        _parts(item)
    for slot, text_of in _SLOTS.items():
        questions = [(item, text) for item in items if (text := text_of(item))]
        found = [(item, weight) for item, text in questions if (weight := weight_in(text, bare=True))]
        usual = _are_usual([(item, weight) for item, weight in found if weight.bare], len(questions))
        for item, weight in found:
            text = text_of(item)
            if not weight.bare or usual or text[: weight.start].rstrip()[-1:] in _ENDS:
                item.weighed = (slot, weight.bare)


def _parts(item: DraftQuestion) -> None:
    """Where each lettered line is worth something, they are parts of the question: «a) … [1]», «b) … [2]»."""
    options = item.options
    if any(option.score for option in options):
        return
    ends = [weight_in(_text(option), bare=True) for option in options]
    weights = [one for one in ends if one is not None]
    has_key = item.said or any(option.line.is_right for option in options)
    own_line = len({option.line.at for option in options}) == len(options)
    if len(options) < 2 or len(weights) < len(options) or has_key or not own_line:
        return
    sources = [one.value for one in weights] == list(range(1, len(weights) + 1))
    if sources or any(not one.start for one in weights):
        return
    lines = [line for option in options for line in (option.line, *option.more)]
    item.stem, item.options, item.mark = [*item.stem, *lines], [], sum(one.value for one in weights)


def _are_usual(found: Sequence[tuple[DraftQuestion, Weight]], count: int) -> bool:
    """Whether numbers alone in brackets say what questions are worth: most have one, and none is the next one's
    forerunner, as those of sources and of the questions themselves are, nor names an answer."""
    values = [weight.value for _, weight in found]
    names = sum(str(int(weight.value)) in {one.label for one in item.options} for item, weight in found)
    many = len(found) >= limits()["least-ends"] and len(found) * 100 >= count * limits()["throughout"]
    return many and not _count_on(values) and names * 2 < len(found)


def _count_on(values: Sequence[float]) -> bool:
    return len(values) > 1 and all(b > a for a, b in pairwise(values))


def _text(option: DraftOption) -> str:
    return option.line.text[option.start : option.end].rstrip()


def _asked(item: DraftQuestion) -> str:
    return item.texts[-1].text.rstrip() if item.texts and not item.texts[-1].starts else ""


def _answered(item: DraftQuestion) -> str:
    """The last answer, where it has words and the other answers end otherwise."""
    if len(item.options) < 2 or item.options[-1].score:
        return ""
    *others, last = item.options
    text = _text(last)
    weight = weight_in(text, bare=True)
    alike = sum((one := weight_in(_text(other), bare=True)) is not None and one.start > 0 for other in others)
    return "" if alike or (weight is not None and not weight.start) else text


def _below(item: DraftQuestion) -> str:
    more = item.options[-1].more if len(item.options) > 1 else []
    return more[-1].text.strip() if more and more[-1].is_text else ""


def _lead(item: DraftQuestion) -> str:
    return item.lead.text.rstrip() if len(item.stem) > 1 and item.lead.is_text and not item.lead.starts else ""


_SLOTS: dict[str, Callable[[DraftQuestion], str]] = {
    "lead": _lead,
    "stem": _asked,
    "answer": _answered,
    "below": _below,
}
