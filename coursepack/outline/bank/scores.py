"""What each answer of a question is worth, behind or before it: «B) Astana [1]», «A) Almaty (0%)», «%100% Astana».

It is the key where most questions say it of each of their answers: some are worth something and others nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursepack import languages
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.parts import DraftQuestion, Score

_NUMBER = r"(?P<n>[-–−+]?\d{1,3}(?:[.,]\d{1,5})?)"
_UNIT = r"\s*(?P<unit>%|@marks@)"
_FORMS = tuple(
    (behind, languages.expression(form, re.IGNORECASE))
    for behind, form in (
        (True, rf"\s*[\[(]\s*{_NUMBER}(?:{_UNIT})?\s*[\])]\s*[.;,]?$"),
        (True, rf"(?:\s+|\s*[-–—:]\s*){_NUMBER}{_UNIT}\s*[.;,]?$"),
        (False, rf"\[\s*{_NUMBER}(?:{_UNIT})?\s*\]\s*"),
        (False, rf"\(\s*{_NUMBER}{_UNIT}\s*\)\s*"),
        (False, rf"(?P<unit>%){_NUMBER}%\s*"),
        (False, rf"{_NUMBER}\s?(?P<unit>%)\s+"),
    )
)
_TAIL = 40
_WHOLE = 100.0


def score_of(text: str, form: int) -> Score | None:
    """What stands in this form behind or before the text of an answer; None where nothing else is left of it."""
    behind, pattern = _FORMS[form]
    cut = max(len(text) - _TAIL, 0) if behind else 0
    found = pattern.search(text[cut:]) if behind else pattern.match(text)
    if found is None or found.end() - found.start() == len(text):
        return None
    value = float(found["n"].replace(",", ".").replace("–", "-").replace("−", "-"))
    return Score(cut + found.start(), cut + found.end(), value, found["unit"] == "%")


def scored(items: Sequence[DraftQuestion]) -> None:
    """Tell which questions say of each answer what it is worth, in the form that most do."""
    chosen = [item for item in items if len(item.options) > 1]
    for form in range(len(_FORMS)):
        found = [(item, scores) for item in chosen if (scores := _scores(item, form))]
        if len(found) >= limits()["judged"] and len(found) * 100 >= len(chosen) * limits()["throughout"]:
            for item, scores in found:
                for option, score in zip(item.options, scores, strict=True):
                    option.score = score
            return


def _scores(item: DraftQuestion, form: int) -> list[Score]:
    """What each answer is worth, where all say so and differ without it: some nothing and others something, shares of
    the whole one of which is the whole, or all together."""
    texts = [option.line.text[option.start : option.end].rstrip() for option in item.options]
    found = [score for text in texts if (score := score_of(text, form))]
    right = [score.value for score in found if score.value > 0]
    left = {text[: score.start] + text[score.end :] for text, score in zip(texts, found, strict=False)}
    if len(found) < len(texts) or len(left) < len(texts) or not 0 < len(right) < len(found):
        return []
    shared = max(right) == _WHOLE or abs(sum(right) - _WHOLE) <= 1
    return found if shared or not any(score.percent for score in found) else []


def fractions(scores: Sequence[Score]) -> tuple[float, ...] | None:
    """What the answers are worth as parts of the mark; None where they say no more than which are right."""
    values = [score.value for score in scores]
    if not values:
        return None
    right = [value for value in values if value > 0]
    if min(values) >= 0 and len(set(right)) == 1:
        return None
    most = _WHOLE if any(score.percent for score in scores) else max(right)
    return tuple(value / most for value in values)
