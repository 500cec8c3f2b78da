"""Response processing of QTI 1.2: the conditions of an item, run for a response that somebody might give.

Elements bear their names without a namespace. Source: IMS QTI 1.2, ASI Information Model, 3.6 «Response processing».
Where it leaves open what several tests in one condition mean, so do programs: tests of one response that holds one
value are alternatives, and so are its spans between two bounds; all others hold together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from coursepack.readers.qti.processing import real
from coursepack.readers.qti.scored import MOST_STEPS, Given, Outcome, ResponseCandidates, UnsureError

Element = etree._Element
PAIRS = ""
"""The response that stands for all rows of a match: «r1 c2»."""
_COMPARED = ("varequal", "varsubstring", "varsubset")
_BOUNDS = ("vargte", "vargt", "varlte", "varlt")
_LOWER, _UPPER = frozenset({"vargte", "vargt"}), frozenset({"varlte", "varlt"})
_TESTS = frozenset({*_COMPARED, *_BOUNDS})
_DEEP = 100
_RIGHT = frozenset({"correct", "right"})
_EVALUATION = "EvaluationType"
"""Where Blackboard says whether an answer holds a text or is it."""
_TOP = "SCORE.max"
"""What Blackboard sets for all points."""


@dataclass
class Conditions:
    """The conditions of an item: a ``Scorer``.

    ``many``: responses that hold several values. ``rows`` and ``columns``: of a match, row → its response, and (row,
    column) → the value that means it. ``labels``: letters of options → identifier, of responses that are typed though
    the item lists what is accepted. ``top``: what «all points» are.
    """

    item: Element
    many: frozenset[str] = frozenset()
    rows: dict[str, str] = field(default_factory=dict)
    columns: dict[tuple[str, str], str] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    top: float = 1.0

    def __post_init__(self) -> None:
        self.conditions = list(self.item.iter("respcondition"))
        self.steps = 0
        names = {_variable(each) for each in self.item.iter("setvar")} - {_EVALUATION}
        self.score_name = names.pop() if len(names) == 1 else "SCORE"
        decvar = [e for e in self.item.iter("decvar") if e.get("varname", "SCORE") == self.score_name]
        first = decvar[0] if decvar else None
        self.start = real(None if first is None else first.get("defaultval"), 0.0)
        self.least = real(None if first is None else first.get("minvalue"), float("-inf"))
        self.most = real(None if first is None else first.get("maxvalue"), float("inf"))
        self.choices = {each.get("ident", "") for each in self.item.iter("response_label")}
        self.responses = {
            each.get("ident", "")
            for each in self.item.iter("response_lid", "response_str", "response_num", "response_grp")
        }
        self.exact = {each.get("ident", "") for each in self.item.iter("response_lid")} - self.labels.keys()

    @property
    def highest(self) -> float:
        """The largest number that a condition sets or adds."""
        set_ = (each for each in self.item.iter("setvar") if _variable(each) != _EVALUATION)
        return max(map(self.number_of, set_), default=0.0)

    # --- Scorer

    def correct(self, response: str) -> tuple[str, ...]:
        """QTI 1.2 declares no right response."""
        return ()

    def guesses(self, response: str) -> ResponseCandidates:
        if response == PAIRS:
            return ResponseCandidates(tuple(self._paired()))
        whole: dict[tuple[str, ...], None] = {}
        texts: dict[str, None] = {}
        numbers: dict[str, None] = {}
        for condition in self.conditions:
            stated = [each for each in _tests(condition, _COMPARED) if each.get("respident") == response]
            named = [value for each in sorted(stated, key=_place) for value in _values(each)]
            if named and self._pays(condition):
                whole[tuple(dict.fromkeys(named))] = None
            texts.update(dict.fromkeys(self._typed(response, each) for each in named))
            bounds = [each for each in condition.iter(*_BOUNDS) if each.get("respident") == response]
            numbers.update(dict.fromkeys((each.text or "").strip() for each in bounds))
        return ResponseCandidates(tuple(whole), tuple(texts), tuple({**texts, **numbers}))

    def _typed(self, response: str, value: str) -> str:
        """What is typed where a condition names a label."""
        by = {ident: characters for characters, ident in self.labels.get(response, {}).items()}
        return by.get(value, value)

    def _pays(self, condition: Element) -> bool:
        return condition in self.rights or self._sets(condition)

    def _sets(self, condition: Element) -> bool:
        return any(
            self.number_of(each) > 0 and each.get("action", "Set") != "Subtract"
            for each in condition.iter("setvar")
            if _variable(each) != _EVALUATION
        )

    def _paired(self) -> Iterable[tuple[str, ...]]:
        by = {(self.rows[row], value): f"{row} {column}" for (row, column), value in self.columns.items()}
        every: dict[str, str] = {}
        for condition in self.conditions:
            if not self._pays(condition):
                continue
            stated = [
                (each.get("respident", ""), value) for each in _tests(condition, _COMPARED) for value in _values(each)
            ]
            pairs = [by[each] for each in stated if each in by]
            for pair in pairs:
                every.setdefault(pair.split()[0], pair)
            if pairs:
                yield tuple(dict.fromkeys(pairs))
        if every:
            yield tuple(every.values())

    def run(self, given: Given) -> Outcome:
        state = _ConditionState(self, self._answers(given))
        for condition in self.conditions:
            if not state.does(condition):
                break
        for condition in self.conditions:
            if self.is_remark(condition) and state.holds(condition):
                state.show(condition)
        score = min(max(state.score, self.least), self.most) if self.conditions else None
        return Outcome(score, frozenset(state.shown))

    def _answers(self, given: Given) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for response, values in given.items():
            if response == PAIRS:
                for pair in values:
                    row, _, column = pair.partition(" ")
                    found[self.rows[row]] = (self.columns[row, column],)
            else:
                labels = self.labels.get(response, {})
                found[response] = tuple(labels.get(value, value) for value in values)
        return found

    def is_remark(self, condition: Element) -> bool:
        """Blackboard's way to say something of one option: a test of a response that is called as the option is."""
        tests = list(condition.iter("varequal"))
        return len(tests) == 1 and tests[0].get("respident", "") in self.choices - self.responses

    @cached_property
    def rights(self) -> tuple[Element, ...]:
        """The conditions called «correct» that set no points: so Sakai writes all items, and programs some for
        Blackboard."""
        called = tuple(each for each in self.conditions if _is_called_right(each) and not self._sets(each))
        blackboard = next(self.item.iter("bbmd_questiontype"), None) is not None
        return called if blackboard or not any(map(self._sets, self.conditions)) else ()

    def share_of(self, condition: Element) -> float:
        """The points that such a condition pays: its part of all where each tells of one tick of several."""
        ticks = any(each.get("respident") in self.many for each in condition.iter("varequal"))
        return self.top / len(self.rights) if ticks else self.top

    def number_of(self, setvar: Element) -> float:
        text = (setvar.text or "").strip()
        return self.top if text == _TOP else real(text, 0.0)


class _ConditionState:
    """One run."""

    def __init__(self, conditions: Conditions, given: dict[str, tuple[str, ...]]) -> None:
        self.of = conditions
        self.given = given
        self.score = conditions.start
        self.shown: list[str] = []
        self.held = False
        self.within = False

    def does(self, condition: Element) -> bool:
        """Take a condition; False where the rest are not looked at."""
        if self.of.is_remark(condition) or not self.holds(condition):
            return True
        if not any(True for _ in condition.iter("other")):
            self.held = True
        for each in condition.iter("setvar"):
            if _variable(each) == self.of.score_name:
                self._set(each.get("action", "Set").lower(), self.of.number_of(each))
        if condition in self.of.rights:
            self.score += self.of.share_of(condition)
        self.show(condition)
        # Who adds up means to go on, though «No» is the default: Canvas says nothing there.
        adds = any(each.get("action", "Set") == "Add" for each in condition.iter("setvar"))
        return condition.get("continue", "Yes" if adds else "No").lower() in {"yes", "true"}

    def show(self, condition: Element) -> None:
        self.shown += [each.get("linkrefid", "") for each in condition.iter("displayfeedback")]

    def _set(self, action: str, value: float) -> None:
        match action:
            case "add":
                self.score += value
            case "subtract":
                self.score -= value
            case "multiply":
                self.score *= value
            case "divide":
                self.score = self.score / value if value else self.score
            case _:
                self.score = value

    def holds(self, condition: Element) -> bool:
        variables = condition.find("conditionvar")
        if variables is None:
            return True
        stated = (each.text or "" for each in condition.iter("setvar") if _variable(each) == _EVALUATION)
        self.within = any("contains" in text.lower() for text in stated)
        return self._all(variables, 0)

    def _all(self, parent: Element, depth: int) -> bool:
        """The children of a condition or an ``and``."""
        if depth > _DEEP:
            raise UnsureError("its conditions are nested too deeply")
        ways: dict[str, list[bool]] = defaultdict(list)
        above: dict[str, str] = {}
        held = True
        for child in parent.iterchildren("*"):
            found = self._one(child, depth)
            response, tag = child.get("respident", ""), str(child.tag)
            if parent.tag != "conditionvar" or tag not in _TESTS or response in self.of.many:
                held = held and found
            elif tag in _UPPER and above.get(response) in _LOWER:
                ways[response][-1] = ways[response][-1] and found  # the other bound of a span
            else:
                ways[response].append(found)
            above[response] = tag
        return held and all(any(each) for each in ways.values())

    def _one(self, test: Element, depth: int) -> bool:
        self.of.steps += 1
        if self.of.steps > MOST_STEPS:
            raise UnsureError("its conditions are too many")
        match test.tag:
            case "and":
                return self._all(test, depth + 1)
            case "or":
                return any(self._one(child, depth + 1) for child in test.iterchildren("*"))
            case "not":
                return not self._all(test, depth + 1)
            case "other":
                return not self.held
            case "unanswered":
                return not self.given.get(test.get("respident", ""))
            case "var_extension":
                return True
            case str() as name if name in _TESTS:
                return self._test(test, name)
        raise UnsureError(f"<{str(test.tag)[:40]}> in its conditions is not known")

    def _test(self, test: Element, name: str) -> bool:
        response = test.get("respident", "")
        given = self.given.get(response, ())
        if response not in self.of.responses and response in self.of.choices:
            return any(response in values for values in self.given.values())
        wanted = (test.text or "").strip()
        if name in _BOUNDS:
            return any(_beyond(name, value, wanted) for value in given)
        cased = test.get("case", "No").lower() == "yes" or response in self.of.exact
        at = test.get("index")
        if at is not None and at.isdecimal() and len(at) < 6:
            given = given[int(at) - 1 : int(at)] if int(at) else ()
        values = [each if cased else each.casefold() for each in given]
        wanted = wanted if cased else wanted.casefold()
        if name == "varsubstring" or (name == "varequal" and self.within):
            return any(wanted in value for value in values)
        if name == "varsubset":
            return bool(values) and set(values) <= {each.strip() for each in wanted.split(",")}
        return wanted in values or any(_same_number(wanted, value) for value in values)


def _is_called_right(condition: Element) -> bool:
    names = {each.get("linkrefid", "") for each in condition.iter("displayfeedback")} | {condition.get("title", "")}
    return any(name.lower() in _RIGHT for name in names)


def _variable(setvar: Element) -> str:
    """The variable that is set; Blackboard's exports call the attribute otherwise."""
    return setvar.get("varname") or setvar.get("variablename") or "SCORE"


def _same_number(one: str, other: str) -> bool:
    try:
        return float(one) == float(other)
    except ValueError:
        return False


def _beyond(name: str, value: str, bound: str) -> bool:
    try:
        one, other = float(value), float(bound)
    except ValueError:
        return False
    return {"vargte": one >= other, "vargt": one > other, "varlte": one <= other, "varlt": one < other}[name]


def _tests(condition: Element, names: tuple[str, ...]) -> Iterable[Element]:
    """The tests that a condition asks for, not those that it forbids."""
    for each in condition.iter(*names):
        if not any(up.tag == "not" for up in each.iterancestors()):
            yield each


def _values(test: Element) -> list[str]:
    text = (test.text or "").strip()
    return [each.strip() for each in text.split(",")] if test.tag == "varsubset" else [text]


def _place(test: Element) -> int:
    at = test.get("index", "")
    return int(at) if at.isdecimal() and len(at) < 6 else 0
