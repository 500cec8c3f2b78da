"""Which feedback is said of which answer: that of the whole question, of a right or a wrong response, of one option."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from coursepack.ims.qti_terms import CORRECT_FEEDBACK, GENERAL_FEEDBACK, INCORRECT_FEEDBACK, PARTIAL_FEEDBACK, SOLUTION
from coursepack.model.blocks import Blocks
from coursepack.readers.qti.interactions import ItemDraft
from coursepack.readers.qti.key import Chosen, ItemKeys
from coursepack.readers.qti.scored import Outcome, UnsureError

_WHOLE = {
    GENERAL_FEEDBACK: "general",
    CORRECT_FEEDBACK: "correct",
    PARTIAL_FEEDBACK: "partial",
    INCORRECT_FEEDBACK: "incorrect",
    "general_incorrect_fb": "incorrect",
    SOLUTION: "notes",
}
"""Identifiers by which Canvas and we say what a text is said of."""


@dataclass
class Remarks:
    """Feedback of one question, by what it is said of."""

    general: Blocks = ()
    correct: Blocks = ()
    partial: Blocks = ()
    incorrect: Blocks = ()
    notes: Blocks = ()
    of: dict[str, Blocks] = field(default_factory=dict)
    """Answer → what is said of it."""
    unshown: int = 0
    """Texts that no answer was found to show."""


def of_runs(item: ItemDraft, right: Outcome | None, others: Sequence[Outcome]) -> Remarks:
    """Of a question as a whole: what is shown for the right response (None: there is none), and for other ones."""
    result = Remarks()
    runs = [*([right] if right else []), *others]
    for ident, stated in item.feedback.items():
        if _named(result, ident, stated):
            continue
        by_others = [run for run in others if ident in run.shown]
        best = right is not None and ident in right.shown
        if runs and all(ident in run.shown for run in runs):
            result.general += stated
        elif _hinted(result, ident, stated, best=best, exact=item.exact):
            continue
        elif best and not by_others:
            result.correct += stated
        elif by_others and not best:
            result.incorrect += stated
        else:
            result.unshown += 1
    return result


def _hinted(result: Remarks, ident: str, stated: Blocks, *, best: bool, exact: bool) -> bool:
    """Whether the identifier is the usual word for what a text is said of, and the rules do not say otherwise."""
    place = ident.lower() if ident.lower() in _HINTS else ""
    if not place or (best != (place == "correct") and not exact):
        return False
    setattr(result, place, (*getattr(result, place), *stated))
    return True


_HINTS = frozenset({"correct", "partial", "incorrect"})


def of_choice(item: ItemDraft, keys: ItemKeys, response: str, options: Sequence[str], chosen: Chosen | None) -> Remarks:
    """Of a question with options."""
    result = Remarks()
    rest = {ident: stated for ident, stated in item.feedback.items() if not _named(result, ident, stated)}
    if not rest:
        return result
    try:
        shown = {option: keys.run(response, (option,)).shown for option in options}
        right = [option for option, one in zip(options, chosen.right, strict=True) if one] if chosen else []
        best = keys.run(response, right).shown if right else frozenset()
    except UnsureError:
        result.unshown = len(rest)
        return result
    wrong = [option for option in options if option not in right]
    for ident, stated in rest.items():
        by = [option for option in options if ident in shown[option]]
        _placed(result, ident, stated, _FeedbackTriggers(by, right, wrong, ident in best, len(options), item.exact))
    return result


@dataclass(frozen=True)
class _FeedbackTriggers:
    """The options that show a text when chosen alone, the right and the wrong ones, whether the right response shows
    it, how many options there are, and whether names of feedback mean what they say."""

    by: list[str]
    right: list[str]
    wrong: list[str]
    best: bool
    count: int
    exact: bool


def _placed(result: Remarks, ident: str, stated: Blocks, shown: _FeedbackTriggers) -> None:
    own = next((option for option in shown.by if ident.startswith(option)), None)
    if len(shown.by) == shown.count > 1:
        result.general += stated
    elif shown.by == [own] and own is not None:
        result.of[own] = (*result.of.get(own, ()), *stated)
    elif _hinted(result, ident, stated, best=shown.best, exact=shown.exact):
        return
    elif shown.best and not set(shown.by) & set(shown.wrong):
        result.correct += stated
    elif shown.wrong and set(shown.by) >= set(shown.wrong) and not shown.best and len(shown.wrong) > 1:
        result.incorrect += stated
    elif shown.by:
        for option in shown.by:
            result.of[option] = (*result.of.get(option, ()), *stated)
    else:
        result.unshown += 1


def of_texts(
    item: ItemDraft, show: Callable[[Sequence[str]], frozenset[str]], words: Iterable[str], strange: str
) -> Remarks:
    """Of a question that is answered by typing: of each accepted answer, and of all others (``incorrect``), as which
    ``strange`` stands."""
    result = Remarks()
    rest = {ident: stated for ident, stated in item.feedback.items() if not _named(result, ident, stated)}
    if not rest:
        return result
    words = list(words)
    try:
        by = {word: show((word,)) for word in words}
        other = show((strange,))
    except UnsureError:
        result.unshown = len(rest)
        return result
    for ident, stated in rest.items():
        of = [word for word in words if ident in by[word]]
        if ident in other and len(of) == len(words):
            result.general += stated
        elif ident in other:
            result.incorrect += stated
        elif of:
            for word in of:
                result.of[word] = (*result.of.get(word, ()), *stated)
        else:
            result.unshown += 1
    return result


def of_gap(item: ItemDraft, keys: ItemKeys, response: str, values: Sequence[str], strange: str) -> Remarks:
    """Of a gap of a text: of each answer, and of all others (``incorrect``), as which ``strange`` stands where there
    may be some. What is placed so is the gap's alone and leaves the ``item``."""
    result = Remarks()
    if not item.feedback.keys() - _WHOLE.keys():
        return result
    try:
        nothing = keys.shown(response, ())
        by = {value: keys.shown(response, (value,)) - nothing for value in values}
        other = keys.shown(response, (strange,)) - nothing if strange else frozenset()
    except UnsureError:
        return result
    for ident in [ident for ident in item.feedback if ident not in _WHOLE]:
        of = [value for value in values if ident in by[value]]
        if ident in other and len(of) < len(values):
            result.incorrect += item.feedback.pop(ident)
        elif of and len(of) < max(len(values), 2) and ident not in other:
            stated = item.feedback.pop(ident)
            for value in of:
                result.of[value] = (*result.of.get(value, ()), *stated)
    return result


def _named(result: Remarks, ident: str, stated: Blocks) -> bool:
    """Whether the identifier says what a text is said of."""
    place = _WHOLE.get(ident)
    if place is None:
        return False
    setattr(result, place, (*getattr(result, place), *stated))
    return True
