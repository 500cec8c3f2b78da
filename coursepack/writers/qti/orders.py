"""Items to put in order, marked in each of Moodle's ways.

Source: Moodle 4.5 and 5.0, ``question/type/ordering/question.php`` (``get_ordering_item_score`` and what it calls).
Where an order is right in part, rules find the place of each item (``PLACE1`` for the first one) and count, in whole
numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from lxml import etree

from coursepack.ims.asi_html import AsiHtml
from coursepack.model.questions import Ordering
from coursepack.writers.qti.draft import RESPONSE, SCORE, InteractionDraft

Element = etree._Element

PLACE = "PLACE"
_LENGTH = "LENGTH"
_COUNT = "COUNT"
LABELS = {
    "abc": "lower-alpha",
    "ABC": "upper-alpha",
    "123": "decimal",
    "iii": "lower-roman",
    "III": "upper-roman",
}


def ordering(draft: InteractionDraft, question: Ordering, html: AsiHtml) -> None:
    """The items, mixed by who shows them; they stand in the right order, so their names say it to no learner."""
    names = [f"item-{number}" for number in range(1, len(question.items) + 1)]
    draft.declare("ordered", "identifier", names)
    interaction = draft.version.child(
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
        html.line(draft.version.child(interaction, "simpleChoice", identifier=name), item.content)
    grade = _WAYS.get(question.grading)
    if grade is None or len(names) < 2:
        draft.marked_by("match_correct")
    else:
        draft.way = question.grading  # whoever reads it back need not guess it from the rules
        draft.rules.append(draft.first_of((draft.answered(RESPONSE), list(grade(draft, names)))))
    draft.combined(question.correct_feedback, question.partial_feedback, question.incorrect_feedback)


def _at(draft: InteractionDraft, place: int) -> Element:
    return draft.node_of("index", draft.variable(RESPONSE), n=str(place))


def _stands(draft: InteractionDraft, name: str, place: int) -> Element:
    return draft.node_of("match", _at(draft, place), draft.base("identifier", name))


def _equal(draft: InteractionDraft, name: str, value: Element) -> Element:
    return draft.node_of("equal", draft.variable(name), value, toleranceMode="exact")


def _more(draft: InteractionDraft, by: int = 1) -> Element:
    """The rule that counts on."""
    return draft.assign(_COUNT, draft.node_of("sum", draft.variable(_COUNT), draft.base("integer", str(by))))


def _counted(draft: InteractionDraft, most: int, name: str = _COUNT, least: int = 1) -> Element:
    """What was counted as its part of the points: one value each, for sums of parts are not exact."""
    return draft.first_of(
        *(
            (
                _equal(draft, name, draft.base("integer", str(count))),
                (draft.assign(SCORE, draft.number(draft.points * count / most)),),
            )
            for count in range(most, least - 1, -1)
        )
    )


def _absolute(draft: InteractionDraft, names: list[str]) -> Iterator[Element]:
    draft.helpers.append(_COUNT)
    for place, name in enumerate(names, 1):
        yield draft.first_of((_stands(draft, name, place), (_more(draft),)))
    yield _counted(draft, len(names))


def _places(draft: InteractionDraft, names: list[str]) -> Iterator[Element]:
    """Rules that put the place of each item into a variable."""
    for number, name in enumerate(names, 1):
        draft.helpers.append(f"{PLACE}{number}")
        cases = [
            (_stands(draft, name, place), (draft.assign(f"{PLACE}{number}", draft.base("integer", str(place))),))
            for place in range(1, len(names) + 1)
        ]
        yield draft.first_of(*cases)


def _before(draft: InteractionDraft, first: int, second: int) -> Element:
    return draft.node_of("lt", draft.variable(f"{PLACE}{first}"), draft.variable(f"{PLACE}{second}"))


def _follows(draft: InteractionDraft, number: int) -> Element:
    """An item stands right behind the one that it follows."""
    behind = draft.node_of("sum", draft.variable(f"{PLACE}{number - 1}"), draft.base("integer", "1"))
    return _equal(draft, f"{PLACE}{number}", behind)


def _next(draft: InteractionDraft, names: list[str]) -> Iterator[Element]:
    """Each item before the one that follows it. Who counts those before and behind gives the same share."""
    yield from _places(draft, names)
    draft.helpers.append(_COUNT)
    for number in range(2, len(names) + 1):
        yield draft.first_of((_follows(draft, number), (_more(draft),)))
    yield _counted(draft, len(names) - 1)


def _next_and_last(draft: InteractionDraft, names: list[str]) -> Iterator[Element]:
    *rules, _ = _next(draft, names)
    yield from rules
    yield draft.first_of((_stands(draft, names[-1], len(names)), (_more(draft),)))
    yield _counted(draft, len(names))


def _all_pairs(draft: InteractionDraft, names: list[str]) -> Iterator[Element]:
    """Each two items of which the first stands before the second."""
    yield from _places(draft, names)
    draft.helpers.append(_COUNT)
    pairs = list(combinations(range(1, len(names) + 1), 2))
    for first, second in pairs:
        yield draft.first_of((_before(draft, first, second), (_more(draft),)))
    yield _counted(draft, len(pairs))


def _distance(draft: InteractionDraft, names: list[str]) -> Iterator[Element]:
    """The nearer an item stands to its place the more of its share it gives."""
    draft.helpers.append(_COUNT)
    far = len(names) - 1
    for number, name in enumerate(names, 1):
        cases = [
            (_stands(draft, name, place), (_more(draft, far - abs(place - number)),))
            for place in range(1, len(names) + 1)
            if abs(place - number) < far
        ]
        yield draft.first_of(*cases)
    yield _counted(draft, len(names) * far)


def _longest(draft: InteractionDraft, names: list[str]) -> Iterator[Element]:
    """The most items that stand in the right order, others between them or not; one alone counts nothing."""
    yield from _places(draft, names)
    for number in range(1, len(names) + 1):
        yield _one(draft, number)
        for earlier in range(1, number):
            value = draft.node_of("max", draft.variable(f"{_LENGTH}{number}"), _longer(draft, earlier))
            rule = draft.assign(f"{_LENGTH}{number}", value)
            yield draft.first_of((_before(draft, earlier, number), (rule,)))
    yield from _longest_counted(draft, names)


def _longest_run(draft: InteractionDraft, names: list[str]) -> Iterator[Element]:
    """The most items that follow one another as they should; one alone counts nothing."""
    yield from _places(draft, names)
    yield _one(draft, 1)
    for number in range(2, len(names) + 1):
        yield _one(draft, number)
        rule = draft.assign(f"{_LENGTH}{number}", _longer(draft, number - 1))
        yield draft.first_of((_follows(draft, number), (rule,)))
    yield from _longest_counted(draft, names)


def _one(draft: InteractionDraft, number: int) -> Element:
    draft.helpers.append(f"{_LENGTH}{number}")
    return draft.assign(f"{_LENGTH}{number}", draft.base("integer", "1"))


def _longer(draft: InteractionDraft, earlier: int) -> Element:
    return draft.node_of("sum", draft.variable(f"{_LENGTH}{earlier}"), draft.base("integer", "1"))


def _longest_counted(draft: InteractionDraft, names: list[str]) -> Iterator[Element]:
    lengths = (draft.variable(f"{_LENGTH}{number}") for number in range(1, len(names) + 1))
    draft.helpers.append(_COUNT)
    yield draft.assign(_COUNT, draft.node_of("max", *lengths))
    yield _counted(draft, len(names), least=2)


_WAYS: dict[str, Callable[[InteractionDraft, list[str]], Iterator[Element]]] = {
    "absolute": _absolute,
    "relative-next-exclude-last": _next,
    "relative-next-include-last": _next_and_last,
    "relative-one-previous-and-next": _next,
    "relative-all-previous-and-next": _all_pairs,
    "longest-ordered-subset": _longest,
    "longest-contiguous-subset": _longest_run,
    "relative-to-correct": _distance,
}
