"""Response processing of an item, run: what an answer earns and which feedback it brings. For tests alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from coursepack.ims.asi import named, said

Element = etree._Element
Answers = Mapping[str, Any]
"""Response → value, or a list of values."""


class Run:
    """One answer to an item. ``score`` is what it earns, ``shown`` the identifiers of feedback by outcome."""

    def __init__(self, item: Element, answers: Answers) -> None:
        self.item = item
        self.declared = {said(each, "identifier"): each for each in item if named(each) == "responseDeclaration"}
        self.values: dict[str, Any] = {name: answers.get(name) for name in self.declared}
        for each in item:
            if named(each) == "outcomeDeclaration":
                value = each.findtext("{*}defaultValue/{*}value") or each.findtext("{*}qti-default-value/{*}qti-value")
                self.values[said(each, "identifier")] = float(value) if value else None
        processing = next((each for each in item if named(each) == "responseProcessing"), None)
        if processing is not None:
            self._process(processing)

    @property
    def score(self) -> float:
        return float(self.values["SCORE"])

    @property
    def shown(self) -> set[str]:
        found: set[str] = set()
        for modal in self.item:
            if named(modal) == "modalFeedback":
                value = self.values[said(modal, "outcomeIdentifier")]
                if said(modal, "identifier") in (value if isinstance(value, list) else [value]):
                    found.add(said(modal, "identifier"))
        return found

    def _process(self, processing: Element) -> None:
        template = said(processing, "template").removesuffix(".xml").rpartition("/")[2]
        if template == "match_correct":
            self.values["SCORE"] = float(self._same(self.values["RESPONSE"], self._correct("RESPONSE")))
        elif template == "map_response":
            self.values["SCORE"] = self._map("RESPONSE") if self.values["RESPONSE"] else 0.0
        else:
            self._rules(list(processing))

    def _rules(self, rules: list[Element]) -> None:
        for rule in rules:
            if named(rule) == "setOutcomeValue":
                self.values[said(rule, "identifier")] = self._value(rule[0])
                continue
            assert named(rule) == "responseCondition", named(rule)
            for case in rule:
                inner = list(case)
                if named(case) == "responseElse":
                    self._rules(inner)
                elif self._value(inner[0]):
                    self._rules(inner[1:])
                    break

    def _correct(self, name: str) -> Any:
        values = [v.text for each in self.declared[name] if named(each) == "correctResponse" for v in each]
        return values[0] if said(self.declared[name], "cardinality") == "single" else values

    def _same(self, one: Any, other: Any) -> bool:
        return one is not None and one == other

    def _map(self, name: str) -> float:
        mapping = next(each for each in self.declared[name] if named(each) == "mapping")
        given = self.values[name]
        total = 0.0
        for value in given if isinstance(given, list) else [given]:
            for entry in mapping:
                key, same = said(entry, "mapKey"), str(value)
                if said(entry, "caseSensitive") == "false":
                    key, same = key.casefold(), same.casefold()
                if key == same:
                    total += float(said(entry, "mappedValue"))
                    break
        if low := said(mapping, "lowerBound"):
            total = max(total, float(low))
        if high := said(mapping, "upperBound"):
            total = min(total, float(high))
        return total

    def _value(self, found: Element) -> Any:
        return getattr(self, f"_{named(found).lower()}")(found, [*found])

    def _inner(self, inner: list[Element]) -> list[Any]:
        return [self._value(each) for each in inner]

    def _variable(self, found: Element, _: list[Element]) -> Any:
        return self.values[said(found, "identifier")]

    def _basevalue(self, found: Element, _: list[Element]) -> Any:
        return float(found.text or "") if said(found, "baseType") in {"float", "integer"} else found.text

    def _mapresponse(self, found: Element, _: list[Element]) -> float:
        return self._map(said(found, "identifier"))

    def _isnull(self, _: Element, inner: list[Element]) -> bool:
        return self._value(inner[0]) in (None, "", [])

    def _not(self, _: Element, inner: list[Element]) -> bool:
        return not self._value(inner[0])

    def _and(self, _: Element, inner: list[Element]) -> bool:
        return all(self._inner(inner))

    def _match(self, _: Element, inner: list[Element]) -> bool:
        one = self._value(inner[0])
        other = self._correct(said(inner[1], "identifier")) if named(inner[1]) == "correct" else self._value(inner[1])
        return self._same(one, other)

    def _stringmatch(self, found: Element, inner: list[Element]) -> bool:
        one, other = self._inner(inner)
        if one is None:
            return False
        return bool(one == other if said(found, "caseSensitive") == "true" else one.casefold() == other.casefold())

    def _patternmatch(self, found: Element, inner: list[Element]) -> bool:
        value = self._value(inner[0])
        return value is not None and re.fullmatch(said(found, "pattern"), value) is not None

    def _equal(self, found: Element, inner: list[Element]) -> bool:
        one, other = self._inner(inner)
        if one is None:
            return False
        below, above = (float(each) for each in (said(found, "tolerance") or "0 0").split())
        return bool(float(one) - below <= other <= float(one) + above)

    def _gte(self, _: Element, inner: list[Element]) -> bool:
        one, other = self._inner(inner)
        return one is not None and float(one) >= other

    def _lte(self, _: Element, inner: list[Element]) -> bool:
        one, other = self._inner(inner)
        return one is not None and float(one) <= other

    def _gt(self, _: Element, inner: list[Element]) -> bool:
        one, other = self._inner(inner)
        return bool(one > other)

    def _lt(self, _: Element, inner: list[Element]) -> bool:
        one, other = self._inner(inner)
        return bool(one < other)

    def _sum(self, _: Element, inner: list[Element]) -> float:
        return float(sum(self._inner(inner)))

    def _max(self, _: Element, inner: list[Element]) -> float:
        return float(max(self._inner(inner)))

    def _index(self, found: Element, inner: list[Element]) -> Any:
        values = self._value(inner[0]) or []
        place = int(said(found, "n"))
        return values[place - 1] if place <= len(values) else None
