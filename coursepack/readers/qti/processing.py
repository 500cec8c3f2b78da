"""Response processing of QTI 2 and 3: the rules of an item, run for a response that somebody might give.

Elements bear the names of QTI 2 without a namespace (``tree.plain``). Source: IMS QTI 2.2, Information Model, 8
«Response Processing», and the standard templates, which are known by the end of their address.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from lxml import etree

from coursepack.ims import wildcards
from coursepack.ims.qti_terms import MAP_RESPONSE, MATCH_CORRECT, MAX_SCORE, MIN_SCORE, SCORE
from coursepack.readers.qti import values
from coursepack.readers.qti.scored import MOST_STEPS, STRANGE, Given, Outcome, ResponseCandidates, UnsureError
from coursepack.readers.qti.values import Maybe, QtiValue, boolean, number

Element = etree._Element
_DEEP = 100
_TEMPLATE = re.compile(
    r"(?:^|[/_])(match_correct|map_response_point|map_response|cc2_match|cc2_map_response)", re.IGNORECASE
)


class _Exit(Exception):  # noqa: N818 - ``exitResponse``, no error
    pass


@dataclass(frozen=True)
class Declared:
    """A response: base type, cardinality, the right one, and its mapping."""

    base: str
    many: str
    right: tuple[str, ...] = ()
    mapping: Element | None = None
    areas: bool = False
    default: tuple[str, ...] = ()

    @property
    def entries(self) -> list[tuple[str, float, bool]]:
        """Key, points, and whether letters' case counts."""
        found = () if self.mapping is None else self.mapping.iterchildren("mapEntry")
        return [
            (e.get("mapKey", ""), real(e.get("mappedValue"), 0.0), e.get("caseSensitive", "true") != "false")
            for e in found
        ]


def real(text: str | None, default: float) -> float:
    """A finite number, or ``default``."""
    try:
        found = float(text or "")
    except ValueError:
        return default
    return found if abs(found) < 1e15 else default


def is_real(text: str) -> bool:
    return not math.isnan(real(text, math.nan))


def _decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) < 300 else None


def _plain(number: Decimal) -> str:
    """Without an exponent and idle zeros, where it is not too long."""
    text = f"{number.normalize():f}"
    return text if len(text) < 40 else str(number)


def texts(element: Element | None) -> tuple[str, ...]:
    """The values that an element holds."""
    found = () if element is None else element.iterchildren("value")
    return tuple("".join(map(str, value.itertext())).strip() for value in found)


def declared(item: Element) -> dict[str, Declared]:
    """The responses of an item by their identifiers."""
    return {
        each.get("identifier", ""): Declared(
            each.get("baseType", "string"),
            each.get("cardinality", "single"),
            texts(each.find("correctResponse")),
            each.find("mapping"),
            each.find("areaMapping") is not None,
            texts(each.find("defaultValue")),
        )
        for each in item.iterchildren("responseDeclaration")
    }


@dataclass
class _Named:
    """What rules compare a response with: texts (those in ``patterns`` stand for all that the pattern accepts), numbers
    and how far from them others may be, whether by a pattern that is not followed, and whether the case of letters is
    said to count."""

    said: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    patterns: dict[str, str] = field(default_factory=dict)
    spans: list[tuple[str, str]] = field(default_factory=list)
    strange: bool = False
    cased: bool = False

    def span(self, holder: Element) -> None:
        """Of ``equal``, and of ``gte`` whose other bound is beside it."""
        stated = holder.findtext("baseValue", "").strip()
        if holder.tag == "equal":
            reach = ((holder.get("tolerance") or "").split() or ["0"])[0]
            mode = holder.get("toleranceMode", "exact")
            if (
                mode == "relative"
                and (share := _decimal(reach)) is not None
                and (value := _decimal(stated)) is not None
            ):
                reach = _plain(abs(value) * share / 100)
            self.spans.append((stated, "0" if mode == "exact" else reach))
            return
        above = holder.getnext()
        low, high = _decimal(stated), _decimal("" if above is None else above.findtext("baseValue", "").strip())
        if above is not None and above.tag == "lte" and low is not None and high is not None:
            self.spans.append((_plain((low + high) / 2), _plain((high - low) / 2)))

    def pattern(self, expression: str) -> None:
        found = wildcards.pattern_of(expression)
        if found is None:
            self.strange = True
            return
        pattern, cased = found
        text = wildcards.example(pattern, any_letters=STRANGE)
        self.said.append(text)
        if wildcards.has_wildcard(pattern):
            self.patterns[text] = pattern
            self.cased = self.cased or (cased and pattern.lower() != pattern.upper())


@dataclass
class Rules:
    """The rules of an item: a ``Scorer``. ``feedback``: identifier of a text → outcome, value, and whether that shows
    it."""

    item: Element
    feedback: dict[str, tuple[str, str, bool]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.responses = declared(self.item)
        # Inspera keeps the points of an item in template variables that nothing changes.
        kept = ("outcomeDeclaration", "templateDeclaration")
        self.outcomes = {each.get("identifier", ""): each for each in self.item.iterchildren(*kept)}
        self.processing = self.item.find("responseProcessing")
        self.steps = 0
        self.score_name = self._score_name()

    @property
    def has_rules(self) -> bool:
        found = self.processing
        return found is not None and (len(found) > 0 or bool(found.get("template") or found.get("templateLocation")))

    def _score_name(self) -> str:
        if self.processing is None or SCORE in self.outcomes:
            return SCORE
        set_ = {each.get("identifier", "") for each in self.processing.iter("setOutcomeValue")}
        points = [
            name for name in set_ if self._base(name) in {"float", "integer"} and name not in {MAX_SCORE, MIN_SCORE}
        ]
        return points[0] if len(points) == 1 else SCORE

    def _base(self, outcome: str) -> str:
        found = self.outcomes.get(outcome)
        return "" if found is None else found.get("baseType", "")

    def highest(self) -> float | None:
        """The points that the item says can be had."""
        stated = None
        with suppress(UnsureError):
            stated = self.default(MAX_SCORE)
        if stated is not None and isinstance(stated.scalar, float) and stated.scalar > 0:
            return stated.scalar
        score = self.outcomes.get(self.score_name)
        normal = real(None if score is None else score.get("normalMaximum"), 0.0)
        return normal if normal > 0 else None

    def way(self) -> str:
        """The word by which the item says how its score comes about."""
        score = self.outcomes.get(self.score_name)
        return "" if score is None else score.get("interpretation", "")

    # --- Scorer

    def correct(self, response: str) -> tuple[str, ...]:
        found = self.responses.get(response)
        return () if found is None else found.right

    def guesses(self, response: str) -> ResponseCandidates:
        found = self.responses.get(response)
        if found is None:
            return ResponseCandidates()
        entries = [key for key, _, _ in found.entries]
        paid = tuple(key for key, points, _ in found.entries if points > 0)
        named = self._constants(response)
        whole = tuple(dict.fromkeys(each for each in (found.right, paid) if each))
        words = tuple(dict.fromkeys((*entries, *named.said, *found.right)))
        cased = named.cased or any(
            each.get("caseSensitive") == "true" for each in (found.mapping if found.mapping is not None else ())
        )
        numbers = tuple(dict.fromkeys((*words, *named.numbers)))
        examples = tuple(word for word in found.right if word not in entries and word not in named.said)
        return ResponseCandidates(
            whole, words, numbers, named.patterns, named.strange, cased, examples, tuple(named.spans)
        )

    def _constants(self, response: str) -> _Named:
        """What the rules compare this response with."""
        result = _Named()
        stated, numbers = result.said, result.numbers
        for variable in () if self.processing is None else self.processing.iter("variable"):
            if variable.get("identifier") != response:
                continue
            around = variable.getparent()
            while around is not None and around.tag in {"and", "or", "not", "stringMatch", "substring"} | _NUMERIC:
                stated += [(each.text or "").strip() for each in around.iter("baseValue")]
                numbers += (around.get("tolerance") or "").split()
                if around.tag not in {"and", "or", "not"} | _NUMERIC:
                    break
                around = around.getparent()
            holder = variable.getparent()
            if holder is None:
                continue
            if holder.tag in {"equal", "gte"}:
                result.span(holder)
            if holder.tag == "patternMatch":
                result.pattern(holder.get("pattern", ""))
            else:
                stated += [(each.text or "").strip() for each in holder.iter("baseValue")]
                result.cased = result.cased or (holder.tag == "stringMatch" and holder.get("caseSensitive") == "true")
        return result

    def run(self, given: Given) -> Outcome:
        state = _ProcessingState(self, given)
        if not self.has_rules:
            return state.by_declaration()
        state.process()
        return state.outcome()

    def default(self, name: str) -> Maybe:
        found = self.outcomes.get(name)
        if found is None:
            return None
        base = found.get("baseType", "string")
        given = tuple(text for text in texts(found.find("defaultValue")) if text)
        stated = values.made(given, base, found.get("cardinality", "single"))
        return QtiValue(base, (0.0,)) if stated is None and base in {"float", "integer"} else stated


_NUMERIC = frozenset({"equal", "equalRounded", "gt", "gte", "lt", "lte", "sum", "subtract", "product", "divide"})


class _ProcessingState:
    """One run."""

    def __init__(self, rules: Rules, given: Given) -> None:
        self.rules = rules
        self.given = {
            name: values.made(given.get(name, ()), each.base, each.many) for name, each in rules.responses.items()
        }
        self.set: dict[str, Maybe] = {name: rules.default(name) for name in rules.outcomes}

    def outcome(self) -> Outcome:
        score = self.set.get(self.rules.score_name)
        points = float(score.scalar) if score is not None and not isinstance(score.scalar, str) else None
        return Outcome(points, frozenset(name for name in self.rules.feedback if self._shows(name)))

    def _shows(self, name: str) -> bool:
        outcome, value, shows = self.rules.feedback[name]
        found = self.set.get(outcome)
        return (found is not None and value in map(str, found.items)) == shows

    def by_declaration(self) -> Outcome:
        """Without rules the declarations speak: the mapping of each response, else whether it is the right one."""
        total, stated = 0.0, False
        for name, each in self.rules.responses.items():
            if each.mapping is not None:
                points = self.mapped(name)
                total += float(points.scalar) if points is not None else 0.0
                stated = True
            elif each.right:
                right = values.made(each.right, each.base, each.many)
                given = self.given[name]
                total += float(given is not None and right is not None and values.equal(given, right))
                stated = True
        self.set[self.rules.score_name] = number(total) if stated else None
        return self.outcome()

    # --- rules

    def process(self) -> None:
        processing = self.rules.processing
        assert processing is not None  # noqa: S101 - the caller looked
        try:
            if len(processing):
                self._all(processing.iterchildren("*"), 0)
            else:
                self._template(processing.get("template") or processing.get("templateLocation") or "")
        except _Exit:
            pass

    def _template(self, address: str) -> None:
        found = _TEMPLATE.search(address)
        name = found[1].lower().removeprefix("cc2_").replace("match", MATCH_CORRECT) if found else ""
        name = MATCH_CORRECT if name.startswith(MATCH_CORRECT) else name
        if name not in {MATCH_CORRECT, MAP_RESPONSE}:
            raise UnsureError(f"the template {address[-60:]!r} of response processing is not known")
        response = "RESPONSE" if "RESPONSE" in self.given else next(iter(self.given), "")
        if name == MAP_RESPONSE:
            self.set[SCORE] = number(0.0) if self.given.get(response) is None else self.mapped(response)
        else:
            right, given = self.right_of(response), self.given.get(response)
            self.set[SCORE] = number(float(right is not None and given is not None and values.equal(given, right)))

    def _all(self, rules: Iterable[Element], depth: int) -> None:
        for rule in rules:
            self._step(depth)
            match rule.tag:
                case "setOutcomeValue":
                    [value] = self._operands(rule, depth)[:1] or [None]
                    self.set[rule.get("identifier", "")] = value
                case "responseCondition":
                    self._condition(rule, depth)
                case "responseProcessingFragment":
                    self._all(rule.iterchildren("*"), depth + 1)
                case "lookupOutcomeValue":
                    self._lookup(rule, depth)
                case "exitResponse":
                    raise _Exit
                case _:
                    raise UnsureError(f"<{rule.tag}> among the rules is not known")

    def _step(self, depth: int) -> None:
        self.rules.steps += 1
        if depth > _DEEP or self.rules.steps > MOST_STEPS:
            raise UnsureError("its rules are too many, or nested too deeply")

    def _condition(self, condition: Element, depth: int) -> None:
        for branch in condition.iterchildren("*"):
            if branch.tag == "responseElse":
                self._all(branch.iterchildren("*"), depth + 1)
                return
            found = list(branch.iterchildren("*"))
            held = self._value(found[0], depth + 1) if found else None
            if held is not None and held.scalar is True:
                self._all(found[1:], depth + 1)
                return

    def _lookup(self, rule: Element, depth: int) -> None:
        [value] = self._operands(rule, depth)[:1] or [None]
        name = rule.get("identifier", "")
        declaration = self.rules.outcomes.get(name)
        if declaration is None or value is None or isinstance(value.scalar, str):
            raise UnsureError("a table of outcomes that nothing looks up")
        point = float(value.scalar)
        table = next((each for each in declaration.iterchildren("matchTable", "interpolationTable")), None)
        if table is None:
            raise UnsureError("a table of outcomes that is not there")
        found = table.get("defaultValue")
        for entry in table.iterchildren("*"):
            source = real(entry.get("sourceValue"), float("inf"))
            if (table.tag == "matchTable" and source == point) or (table.tag != "matchTable" and source <= point):
                found = entry.get("targetValue")
                break
        base = declaration.get("baseType", "float")
        self.set[name] = None if found is None else values.made((found,), base, "single")

    # --- expressions

    def _operands(self, element: Element, depth: int) -> list[Maybe]:
        return [self._value(child, depth + 1) for child in element.iterchildren("*")]

    def _value(self, element: Element, depth: int) -> Maybe:
        self._step(depth)
        name = str(element.tag)
        if name in _LEAVES:
            return _LEAVES[name](self, element)
        if name in _WITH_ATTRIBUTES:
            return _WITH_ATTRIBUTES[name](element, self._operands(element, depth))
        work = values.OPERATORS.get(name)
        if work is None:
            raise UnsureError(f"<{name}> in its rules is not known")
        found = self._operands(element, depth)
        if len(found) < _LEAST.get(name, 0):
            raise UnsureError(f"<{name}> with {len(found)} operands in its rules")
        return work(found)

    def variable(self, element: Element) -> Maybe:
        name = element.get("identifier", "")
        if name in self.given:
            return self.given[name]
        if name in self.set:
            return self.set[name]
        if name == MAX_SCORE:
            return number(self.rules.highest() or math.inf)
        if name == MIN_SCORE:
            return None
        if name == "numAttempts":
            return QtiValue("integer", (1.0,))
        if name == "completionStatus":
            return QtiValue("identifier", ("not_attempted",))
        if name == "duration":
            return QtiValue("duration", (1.0,))
        raise UnsureError(f"the variable {name[:40]!r} of its rules is not declared")

    def right_of(self, name: str) -> Maybe:
        found = self.rules.responses.get(name)
        return None if found is None else values.made(found.right, found.base, found.many)

    def mapped(self, name: str) -> Maybe:
        response = self.rules.responses.get(name)
        if response is None or response.mapping is None:
            if response is not None and response.areas:
                raise UnsureError("points of a picture are not read")
            return number(0.0)
        mapping, given = response.mapping, self.given.get(name)
        default = real(mapping.get("defaultValue"), 0.0)
        items = dict.fromkeys(given.items) if given is not None else {}
        total = sum(_points(response, item, default) for item in items)
        low, high = mapping.get("lowerBound"), mapping.get("upperBound")
        total = max(total, real(low, total)) if low is not None else total
        return number(min(total, real(high, total)) if high is not None else total)


def _points(response: Declared, item: values.Scalar, default: float) -> float:
    for key, points, cased in response.entries:
        wanted = values.scalar(key, response.base)
        if wanted == item or (not cased and str(wanted).casefold() == str(item).casefold()):
            return points
    return default


def _base_value(_: _ProcessingState, element: Element) -> Maybe:
    text = "".join(map(str, element.itertext()))
    base = element.get("baseType", "string")
    return values.made((text.strip() if base != "string" else text,), base, "single")


_LEAVES: dict[str, Callable[[_ProcessingState, Element], Maybe]] = {
    "variable": _ProcessingState.variable,
    "correct": lambda state, element: state.right_of(element.get("identifier", "")),
    "default": lambda state, element: state.rules.default(element.get("identifier", "")),
    "mapResponse": lambda state, element: state.mapped(element.get("identifier", "")),
    "baseValue": _base_value,
    "null": lambda *_: None,
}


def _string_match(element: Element, found: list[Maybe]) -> Maybe:
    if len(found) < 2 or found[0] is None or found[1] is None:
        return None
    one, other = str(found[0].scalar), str(found[1].scalar)
    if element.get("caseSensitive", "true") == "false":
        one, other = one.casefold(), other.casefold()
    part = element.get("substring", "false") == "true"
    return boolean(other in one if part else one == other)


def _substring(element: Element, found: list[Maybe]) -> Maybe:
    if len(found) < 2 or found[0] is None or found[1] is None:
        return None
    one, other = str(found[0].scalar), str(found[1].scalar)
    if element.get("caseSensitive", "true") == "false":
        one, other = one.casefold(), other.casefold()
    return boolean(one in other)


def _pattern(element: Element, found: list[Maybe]) -> Maybe:
    """A pattern of letters, and of any letters between them; others could be written to be never done with."""
    pattern = element.get("pattern", "")
    result = wildcards.pattern_of(pattern)
    if result is None:
        raise UnsureError(f"answers by the pattern {pattern[:60]!r}")
    if not found or found[0] is None:
        return None
    return boolean(wildcards.fits(result[0], str(found[0].scalar), case_sensitive=result[1]))


def _equal(element: Element, found: list[Maybe]) -> Maybe:
    pair = values.numbers(found)
    if pair is None or len(pair) < 2:
        return None
    one, other = pair[0], pair[1]
    mode = element.get("toleranceMode", "exact")
    if mode == "exact":
        return boolean(one == other)
    stated = [real(text, -1.0) for text in (element.get("tolerance") or "").split()]
    if not stated or min(stated) < 0:
        raise UnsureError("a tolerance that is no number")
    below, above = stated[0], stated[-1]
    if mode == "relative":
        below, above = abs(one) * below / 100, abs(one) * above / 100
    low, high = one - below, one + above
    slack = 1e-12 * max(1.0, abs(one))
    return boolean(low - slack <= other <= high + slack)


def _equal_rounded(element: Element, found: list[Maybe]) -> Maybe:
    pair = values.numbers(found)
    if pair is None or len(pair) < 2:
        return None
    rounded = [_rounded(each, element) for each in pair[:2]]
    return boolean(rounded[0] == rounded[1])


def _rounded(value: float, element: Element) -> float:
    figures = int(real(element.get("figures"), -1.0))
    if not 0 <= figures <= 15:
        raise UnsureError("a rounding that is not known")
    if element.get("roundingMode", "significantFigures") == "decimalPlaces":
        return round(value, figures)
    return float(f"{value:.{max(figures - 1, 0)}e}")


def _round_to(element: Element, found: list[Maybe]) -> Maybe:
    pair = values.numbers(found)
    return number(_rounded(pair[0], element)) if pair else None


def _index(element: Element, found: list[Maybe]) -> Maybe:
    at = int(real(element.get("n"), 0.0))
    value = found[0] if found else None
    if value is None or not 0 < at <= len(value.items):
        return None
    return QtiValue(value.base, (value.items[at - 1],))


def _any_n(element: Element, found: list[Maybe]) -> Maybe:
    true = sum(value is not None and value.scalar is True for value in found)
    return boolean(real(element.get("min"), 0.0) <= true <= real(element.get("max"), float(len(found))))


_WITH_ATTRIBUTES: dict[str, Callable[[Element, list[Maybe]], Maybe]] = {
    "stringMatch": _string_match,
    "substring": _substring,
    "patternMatch": _pattern,
    "equal": _equal,
    "equalRounded": _equal_rounded,
    "roundTo": _round_to,
    "index": _index,
    "anyN": _any_n,
}
_LEAST = {"match": 2, "member": 2, "contains": 2, "delete": 2, "not": 1, "isNull": 1, "containerSize": 1, "and": 1}
"""Operands without which an operator says nothing."""
