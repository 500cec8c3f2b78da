"""Items to put in order, marked in each of Moodle's ways.

Source: Moodle 4.5 and 5.0, ``question/type/ordering/question.php`` (``get_ordering_item_score`` and what it calls).
Where an order is right in part, rules find the place of each item (``PLACE1`` for the first one) and count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from lxml import etree

from coursepack.ims.asi_html import AsiHtml
from coursepack.model.questions import Ordering
from coursepack.writers.qti.draft import RESPONSE, SCORE, Draft, worth

Element = etree._Element

PLACE = "PLACE"
_LENGTH = "LENGTH"
LABELS = {
    "abc": "lower-alpha",
    "ABC": "upper-alpha",
    "123": "decimal",
    "iii": "lower-roman",
    "III": "upper-roman",
}


def ordering(draft: Draft, question: Ordering, html: AsiHtml) -> None:
    """The items, mixed by who shows them; they stand in the right order, so their names say it to no learner."""
    names = [f"item-{number}" for number in range(1, len(question.items) + 1)]
    draft.declare("ordered", "identifier", names)
    interaction = draft.version.sub(
        draft.body,
        "orderInteraction",
        responseIdentifier=RESPONSE,
        shuffle="true",
        orientation=question.layout,
    )
    draft.kinds.append("orderInteraction")
    if question.numbering != "none":
        interaction.set("class", f"qti-labels-{LABELS[question.numbering]}")
    for name, item in zip(names, question.items, strict=True):
        html.line(draft.version.sub(interaction, "simpleChoice", identifier=name), item.content)
    grade = _WAYS.get(question.grading)
    if grade is None or len(names) < 2:
        draft.marked_by("match_correct")
    else:
        draft.rules.append(draft.when((draft.answered(RESPONSE), list(grade(draft, names)))))
    draft.combined(question.correct_feedback, question.partial_feedback, question.incorrect_feedback)


def _at(draft: Draft, place: int) -> Element:
    return draft.make("index", draft.variable(RESPONSE), n=str(place))


def _stands(draft: Draft, name: str, place: int) -> Element:
    return draft.make("match", _at(draft, place), draft.base("identifier", name))


def _shares(draft: Draft, count: int) -> list[float]:
    return worth([1 / count] * count, draft.points, together=True)


def _absolute(draft: Draft, names: list[str]) -> Iterator[Element]:
    for place, (name, share) in enumerate(zip(names, _shares(draft, len(names)), strict=True), 1):
        yield draft.when((_stands(draft, name, place), (draft.add(draft.number(share)),)))


def _followed(draft: Draft, first: str, second: str) -> Element:
    two = draft.make("ordered", draft.base("identifier", first), draft.base("identifier", second))
    return draft.make("contains", draft.variable(RESPONSE), two)


def _next(draft: Draft, names: list[str]) -> Iterator[Element]:
    """Each item before the one that follows it. Who counts those before and behind gives the same share."""
    shares = _shares(draft, len(names) - 1)
    for first, second, share in zip(names, names[1:], shares, strict=False):
        yield draft.when((_followed(draft, first, second), (draft.add(draft.number(share)),)))


def _next_and_last(draft: Draft, names: list[str]) -> Iterator[Element]:
    *shares, rest = _shares(draft, len(names))
    for first, second, share in zip(names, names[1:], shares, strict=False):
        yield draft.when((_followed(draft, first, second), (draft.add(draft.number(share)),)))
    yield draft.when((_stands(draft, names[-1], len(names)), (draft.add(draft.number(rest)),)))


def _places(draft: Draft, names: list[str]) -> Iterator[Element]:
    """Rules that put the place of each item into a variable."""
    for number, name in enumerate(names, 1):
        draft.helpers.append(f"{PLACE}{number}")
        cases = [
            (_stands(draft, name, place), (draft.set(f"{PLACE}{number}", draft.base("integer", str(place))),))
            for place in range(1, len(names) + 1)
        ]
        yield draft.when(*cases)


def _before(draft: Draft, first: int, second: int) -> Element:
    return draft.make("lt", draft.variable(f"{PLACE}{first}"), draft.variable(f"{PLACE}{second}"))


def _all_pairs(draft: Draft, names: list[str]) -> Iterator[Element]:
    """Each two items of which the first stands before the second."""
    yield from _places(draft, names)
    pairs = list(combinations(range(1, len(names) + 1), 2))
    for (first, second), share in zip(pairs, _shares(draft, len(pairs)), strict=True):
        yield draft.when((_before(draft, first, second), (draft.add(draft.number(share)),)))


def _distance(draft: Draft, names: list[str]) -> Iterator[Element]:
    """The nearer an item stands to its place the more of its share it gives."""
    far = len(names) - 1
    for number, (name, share) in enumerate(zip(names, _shares(draft, len(names)), strict=True), 1):
        cases = [
            (_stands(draft, name, place), (draft.add(draft.number(share * (far - abs(place - number)) / far)),))
            for place in range(1, len(names) + 1)
            if abs(place - number) < far
        ]
        yield draft.when(*cases)


def _longest(draft: Draft, names: list[str]) -> Iterator[Element]:
    """The most items that stand in the right order, others between them or not; one alone counts nothing."""
    yield from _places(draft, names)
    for number in range(1, len(names) + 1):
        length = f"{_LENGTH}{number}"
        draft.helpers.append(length)
        yield draft.set(length, draft.base("integer", "1"))
        for earlier in range(1, number):
            longer = draft.make("sum", draft.variable(f"{_LENGTH}{earlier}"), draft.base("integer", "1"))
            value = draft.make("max", draft.variable(length), longer)
            yield draft.when((_before(draft, earlier, number), (draft.set(length, value),)))
    lengths = (draft.variable(f"{_LENGTH}{number}") for number in range(1, len(names) + 1))
    yield draft.set(f"{_LENGTH}0", draft.make("max", *lengths))
    draft.helpers.append(f"{_LENGTH}0")
    cases = [
        (
            draft.make("equal", draft.variable(f"{_LENGTH}0"), draft.base("integer", str(count)), toleranceMode="exact"),
            (draft.set(SCORE, draft.number(draft.points * count / len(names))),),
        )
        for count in range(len(names), 1, -1)
    ]
    yield draft.when(*cases)


def _longest_run(draft: Draft, names: list[str]) -> Iterator[Element]:
    """The most items that follow one another as they should; one alone counts nothing."""
    cases = []
    for count in range(len(names), 1, -1):
        runs = [
            draft.make(
                "contains",
                draft.variable(RESPONSE),
                draft.make("ordered", *(draft.base("identifier", name) for name in names[start : start + count])),
            )
            for start in range(len(names) - count + 1)
        ]
        rule = draft.set(SCORE, draft.number(draft.points * count / len(names)))
        cases.append((runs[0] if len(runs) == 1 else draft.make("or", *runs), (rule,)))
    yield draft.when(*cases)


_WAYS: dict[str, Callable[[Draft, list[str]], Iterator[Element]]] = {
    "absolute": _absolute,
    "relative-next-exclude-last": _next,
    "relative-next-include-last": _next_and_last,
    "relative-one-previous-and-next": _next,
    "relative-all-previous-and-next": _all_pairs,
    "longest-ordered-subset": _longest,
    "longest-contiguous-subset": _longest_run,
    "relative-to-correct": _distance,
}
