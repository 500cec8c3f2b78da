"""An item while it is made: declarations, what is shown, rules that mark it; and the numbers in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from coursepack.ims.asi import QtiVersion
from coursepack.model.blocks import Blocks

Element = etree._Element

RESPONSE, SCORE, MAXSCORE = "RESPONSE", "SCORE", "MAXSCORE"
FEEDBACK, ON_SCORE, GENERAL = "FEEDBACK", "FEEDBACK_SCORE", "FEEDBACK_GENERAL"
"""Outcomes that show texts: of answers, of the answer as a whole, and whatever was answered."""
_NEAR = 1e-4
"""So near to the whole, parts that sources give with few digits are the whole."""
_FULL = 1 - 1e-6
"""Of the points, so many are all: sums of parts are not exact."""


def decimal(number: float) -> str:
    """A number as QTI writes it: no exponent, no more digits than it needs."""
    text = f"{number:.10f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def worth(fractions: Sequence[float], points: float, *, together: bool) -> list[float]:
    """Points of answers. ``together``: those above zero are given together, and what sources round is made whole.

    >>> [decimal(one) for one in worth((1 / 3, 1 / 3, 1 / 3, -0.5), 1, together=True)]
    ['0.3333333333', '0.3333333333', '0.3333333334', '-0.5']
    """
    found = [round(fraction * points, 10) for fraction in fractions]
    right = [at for at, fraction in enumerate(fractions) if fraction > 0]
    if not together:
        return [points if abs(fraction - 1) < _NEAR else one for fraction, one in zip(fractions, found, strict=True)]
    if right and abs(sum(fractions[at] for at in right) - 1) < _NEAR:
        found[right[-1]] = round(points - sum(found[at] for at in right[:-1]), 10)
    return found


@dataclass
class InteractionDraft:
    """Parts of an item. ``points`` is the most it gives; ``template`` names the standard rules that mark it, else
    ``rules`` do; ``feedback`` are texts by the outcome and the identifier that show them, ``shown`` the rules that do;
    ``several`` the outcomes that show more than one; ``way`` says in a word how the score comes about."""

    version: QtiVersion
    points: float
    responses: list[Element] = field(default_factory=list)
    helpers: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    template: str = ""
    rules: list[Element] = field(default_factory=list)
    feedback: dict[tuple[str, str], Blocks] = field(default_factory=dict)
    several: set[str] = field(default_factory=set)
    shown: list[Element] = field(default_factory=list)
    body: Element = field(init=False)
    by_hand: bool = False
    way: str = ""

    def __post_init__(self) -> None:
        self.body = etree.Element(self.version.tag("itemBody"))

    # --- expressions and rules

    def node_of(self, name: str, /, *inner: Element, text: str | None = None, **attributes: str) -> Element:
        """An element with what is in it, its names as in 2.x."""
        version = self.version
        result = etree.Element(version.tag(name), {version.attribute(key): value for key, value in attributes.items()})
        result.text = text
        result.extend(inner)
        return result

    def variable(self, name: str) -> Element:
        return self.node_of("variable", identifier=name)

    def base(self, kind: str, value: str) -> Element:
        return self.node_of("baseValue", text=value, baseType=kind)

    def number(self, value: float) -> Element:
        return self.base("float", decimal(value))

    def assign(self, name: str, value: Element) -> Element:
        return self.node_of("setOutcomeValue", value, identifier=name)

    def gain(self, value: Element) -> Element:
        """The rule that adds to the score."""
        return self.assign(SCORE, self.node_of("sum", self.variable(SCORE), value))

    def reveal(self, outcome: str, name: str, blocks: Blocks) -> Element:
        """The rule that shows a text of feedback."""
        self.feedback[outcome, name] = blocks
        return self.assign(outcome, self.base("identifier", name))

    def show_chosen(self, outcome: str, response: str, texts: Mapping[str, Blocks], *, several: bool) -> None:
        """What is said of each option that was chosen: the texts are called as the options are."""
        stated = {(outcome, name): blocks for name, blocks in texts.items() if blocks}
        if stated:
            self.feedback |= stated
            self.several |= {outcome} if several else set()
            self.shown.append(self.assign(outcome, self.variable(response)))

    def first_of(self, *cases: tuple[Element | None, Iterable[Element]]) -> Element:
        """The first case that holds: its condition (None: else) and its rules."""
        result = self.node_of("responseCondition")
        for condition, rules in cases:
            name = "responseElse" if condition is None else "responseElseIf" if len(result) else "responseIf"
            inner = (*((condition,) if condition is not None else ()), *rules)
            result.append(self.node_of(name, *inner))
        return result

    def is_null(self, response: str) -> Element:
        return self.node_of("isNull", self.variable(response))

    def answered(self, response: str) -> Element:
        return self.node_of("not", self.is_null(response))

    # --- declarations

    def declare(self, cardinality: str, kind: str, right: Sequence[str] = (), name: str = RESPONSE) -> Element:
        """A response: how many values of which kind, and the right ones."""
        result = self.node_of("responseDeclaration", identifier=name, cardinality=cardinality, baseType=kind)
        if right:
            result.append(self.node_of("correctResponse", *(self.node_of("value", text=value) for value in right)))
        self.responses.append(result)
        return result

    def values_of(
        self,
        declaration: Element,
        entries: Iterable[tuple[str, float]],
        *,
        case: bool | None = None,
        bounds: tuple[float, float] | None = None,
    ) -> None:
        """What each value is worth; ``case``: whether letter case counts."""
        limits = {"lowerBound": decimal(bounds[0]), "upperBound": decimal(bounds[1])} if bounds else {}
        result = self.node_of("mapping", **limits, defaultValue="0")
        more = {} if case is None else {"caseSensitive": "true" if case else "false"}
        for key, value in entries:
            result.append(self.node_of("mapEntry", mapKey=key, mappedValue=decimal(value), **more))
        declaration.append(result)

    # --- how it is marked

    def marked_by(self, template: str) -> None:
        """By one of the standard templates, or by the same rules with the item's own points."""
        self.template = template

    @property
    def address(self) -> str:
        """The template that does all that the item needs; «» where rules must."""
        does = self.points == 1 or self.template != "match_correct"
        return self.version.template(self.template) if self.template and does and not self.shown else ""

    def marking(self) -> list[Element]:
        """The rules that mark the item and show its feedback."""
        return [*(self._as_template() if self.template else ()), *self.rules, *self.shown]

    def _as_template(self) -> Iterator[Element]:
        if self.template == "match_correct":
            right = self.node_of("match", self.variable(RESPONSE), self.node_of("correct", identifier=RESPONSE))
            rules = (self.assign(SCORE, self.number(self.points)),), (self.assign(SCORE, self.number(0)),)
            yield self.first_of((right, rules[0]), (None, rules[1]))
        else:
            mapped = self.assign(SCORE, self.node_of("mapResponse", identifier=RESPONSE))
            empty = self.assign(SCORE, self.number(0))
            yield self.first_of((self.is_null(RESPONSE), (empty,)), (None, (mapped,)))

    def combined(self, correct: Blocks, partial: Blocks, incorrect: Blocks) -> None:
        """Feedback on the answer as a whole."""
        if not (correct or partial or incorrect):
            return
        score = (self.variable(SCORE), self.number(self.points * _FULL))
        self.shown.append(
            self.first_of(
                (self.node_of("gte", *score), self._shows("correct", correct)),
                (self.node_of("gt", self.variable(SCORE), self.number(0)), self._shows("partial", partial)),
                (None, self._shows("incorrect", incorrect)),
            )
        )

    def _shows(self, name: str, blocks: Blocks) -> tuple[Element, ...]:
        return (self.reveal(ON_SCORE, name, blocks),) if blocks else ()
