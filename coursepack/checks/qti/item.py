"""An item of QTI 2.x or 3.0: declarations, interactions, correct responses and response processing agree.

Sources: IMS QTI 2.1 «Assessment Test, Section and Item Information Model», 4 (items), 7 (interactions), 8 (response
processing), with its standard templates; 1EdTech QTI 3.0 «ASI Information Model», the same under other names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from coursepack.checks import Grammar
from coursepack.checks.xml import line_of
from coursepack.files.package import Package
from coursepack.ims.asi import TEMPLATES, VERSIONS, named, said
from coursepack.place import Finding, Place, error, warning

Element = etree._Element

_ANY = frozenset({"single", "multiple", "ordered"})
_ONE = frozenset({"single"})
_CHOSEN = frozenset({"single", "multiple"})
KINDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "choiceInteraction": (_CHOSEN, frozenset({"identifier"})),
    "orderInteraction": (frozenset({"ordered"}), frozenset({"identifier"})),
    "associateInteraction": (_CHOSEN, frozenset({"pair"})),
    "matchInteraction": (_CHOSEN, frozenset({"directedPair"})),
    "gapMatchInteraction": (_CHOSEN, frozenset({"directedPair"})),
    "inlineChoiceInteraction": (_ONE, frozenset({"identifier"})),
    "textEntryInteraction": (_ANY, frozenset({"string", "integer", "float"})),
    "extendedTextInteraction": (_ANY, frozenset({"string", "integer", "float"})),
    "hottextInteraction": (_CHOSEN, frozenset({"identifier"})),
    "hotspotInteraction": (_CHOSEN, frozenset({"identifier"})),
    "selectPointInteraction": (_CHOSEN, frozenset({"point"})),
    "graphicOrderInteraction": (frozenset({"ordered"}), frozenset({"identifier"})),
    "graphicAssociateInteraction": (_CHOSEN, frozenset({"pair"})),
    "graphicGapMatchInteraction": (_CHOSEN, frozenset({"directedPair"})),
    "positionObjectInteraction": (_CHOSEN, frozenset({"point"})),
    "sliderInteraction": (_ONE, frozenset({"integer", "float"})),
    "mediaInteraction": (_ONE, frozenset({"integer"})),
    "drawingInteraction": (_ONE, frozenset({"file"})),
    "uploadInteraction": (_ONE, frozenset({"file"})),
    "endAttemptInteraction": (_ONE, frozenset({"boolean"})),
}
"""Interaction → cardinalities and base types that its response may have."""
_FREE = frozenset({"customInteraction", "portableCustomInteraction"})
_OPTIONS = frozenset(
    {"simpleChoice", "inlineChoice", "simpleAssociableChoice", "hottext", "hotspotChoice", "associableHotspot"}
    | {"gapText", "gapImg", "gap"}
)
_ON_OUTCOME = frozenset({"modalFeedback", "feedbackInline", "feedbackBlock"})
_READS = frozenset({"variable", "correct", "default", "mapResponse", "mapResponsePoint"})
_BUILT_IN = frozenset({"completionStatus", "completion_status", "numAttempts", "duration", "QTI_CONTEXT"})
_TEMPLATES = {address.template(name): name for address in VERSIONS.values() for name in TEMPLATES} | {
    address.template(name).removesuffix(".xml"): name for address in VERSIONS.values() for name in TEMPLATES
}


@dataclass
class _Response:
    element: Element
    cardinality: str
    kind: str
    right: list[Element] = field(default_factory=list)
    keys: list[Element] = field(default_factory=list)


@dataclass
class ItemCheck:
    """Checks one item."""

    package: Package
    member: str
    root: Element
    grammar: Grammar
    responses: dict[str, _Response] = field(default_factory=dict)
    outcomes: dict[str, Element] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    interactions: list[Element] = field(default_factory=list)
    expressions: list[Element] = field(default_factory=list)
    shown: list[Element] = field(default_factory=list)

    def place(self, element: Element) -> Place:
        return self.package.place(self.member, line_of(element))

    def findings(self) -> Iterator[Finding]:
        """All findings about the item."""
        yield from self._read()
        for response in self.responses.values():
            yield from self._response(response)
        asked: Counter[str] = Counter()
        for interaction in self.interactions:
            name = said(interaction, "responseIdentifier")
            asked[name] += 1
            yield from self._interaction(interaction, name)
        for name, response in self.responses.items():
            if asked[name] > 1:
                message = f"{asked[name]} interactions ask for the response {name!r}: the last one wins"
                yield error("qti-response-twice", message, self.place(response.element), "declare one for each")
            elif not asked[name]:
                message = f"the response {name!r} is declared, and nothing asks for it"
                yield warning("qti-response-unasked", message, self.place(response.element))
        yield from self._processing()
        yield from self._defaults()
        for element in self.shown:
            name = said(element, "outcomeIdentifier")
            if name not in self.outcomes:
                message = f"feedback is shown by the outcome {name!r}, which is not declared"
                yield error("qti-feedback-outcome", message, self.place(element), "declare it")

    def _defaults(self) -> Iterator[Finding]:
        """The default value of an outcome has its base type."""
        for outcome in self.outcomes.values():
            if said(outcome, "baseType") not in {"float", "integer"}:
                continue
            for value in outcome.iterfind("*/*"):
                if named(value) == "value" and not _is_number((value.text or "").strip()):
                    message = f"{(value.text or '').strip()!r} is no {said(outcome, 'baseType')}"
                    yield error("qti-value", message, self.place(value))

    def _read(self) -> Iterator[Finding]:
        declared: dict[str, str] = {}
        for element in self.root.iter():
            name = named(element)
            if name.endswith("Declaration"):
                identifier = said(element, "identifier")
                if identifier in declared:
                    message = f"{identifier!r} is declared twice, as {declared[identifier]} and {name}"
                    yield error("qti-identifier-twice", message, self.place(element), "give each its own identifier")
                declared.setdefault(identifier, name)
                self._declared(element, name, identifier)
            elif name in KINDS or name in _FREE:
                self.interactions.append(element)
            elif name in _READS or name == "setOutcomeValue":
                self.expressions.append(element)
            elif name in _ON_OUTCOME:
                self.shown.append(element)

    def _declared(self, element: Element, name: str, identifier: str) -> None:
        if name == "responseDeclaration":
            response = _Response(element, said(element, "cardinality"), said(element, "baseType"))
            for child in element:
                if named(child) == "correctResponse":
                    response.right = [value for value in child if named(value) == "value"]
                elif named(child) == "mapping":
                    response.keys = [entry for entry in child if named(entry) == "mapEntry"]
            self.responses[identifier] = response
        elif name == "outcomeDeclaration":
            self.outcomes[identifier] = element
        else:
            self.others.add(identifier)

    # --- declarations

    def _response(self, response: _Response) -> Iterator[Finding]:
        if response.cardinality == "single" and len(response.right) > 1:
            message = f"{len(response.right)} right values of a response that holds one"
            yield error("qti-correct-count", message, self.place(response.element))
        for value in response.right:
            text = (value.text or "").strip()
            if response.kind in {"float", "integer"} and not _is_number(text):
                yield error("qti-value", f"{text!r} is no {response.kind}", self.place(value))
            elif response.kind == "identifier" and not text:
                yield error("qti-value", "the right answer is empty", self.place(value), "name an option")
            elif response.kind in {"pair", "directedPair"} and len(text.split()) != 2:
                yield error("qti-value", f"{text!r} is no pair of identifiers", self.place(value))
        for key, times in Counter(said(entry, "mapKey") for entry in response.keys).items():
            if times > 1:
                message = f"what {key!r} is worth is said {times} times"
                yield warning("qti-map-twice", message, self.place(response.element), "state it once")
        for entry in response.keys:
            if not _is_number(said(entry, "mappedValue")):
                message = f"a value is mapped to {said(entry, 'mappedValue')!r}, expected a number"
                yield error("qti-value", message, self.place(entry))

    # --- interactions

    def _interaction(self, interaction: Element, name: str) -> Iterator[Finding]:
        kind, place = named(interaction), self.place(interaction)
        response = self.responses.get(name)
        if response is None:
            message = f"{kind} asks for the response {name!r}, which is not declared"
            yield error("qti-response-undeclared", message, place, "declare it")
            return
        if kind in _FREE:
            return
        cardinalities, bases = KINDS[kind]
        if response.cardinality not in cardinalities and response.cardinality != "record":
            message = f"{kind} with a response of cardinality {response.cardinality!r}, expected {_or(cardinalities)}"
            yield error("qti-response-cardinality", message, place)
        if response.kind not in bases and response.cardinality != "record":
            message = f"{kind} with a response of base type {response.kind!r}, expected {_or(bases)}"
            yield error("qti-response-type", message, place)
        most = said(interaction, "maxChoices")
        if kind == "choiceInteraction" and response.cardinality == "single" and most not in {"", "0", "1"}:
            yield error("qti-choices", f"{most} choices may be made, the response holds one", place)
        yield from self._counted(interaction, response)
        yield from self._options(interaction, response)
        if kind == "matchInteraction" and response.kind == "directedPair":
            yield from self._directed(interaction, response)

    def _counted(self, interaction: Element, response: _Response) -> Iterator[Finding]:
        """The most choices allowed are at least the correct ones, and the fewest required are at most those there
        are."""
        right, offered = len(response.right), sum(named(each) in _OPTIONS for each in interaction.iter())
        most, least = said(interaction, "maxChoices"), said(interaction, "minChoices")
        if response.cardinality == "multiple" and most.isdigit() and 0 < int(most) < right:
            message = f"{right} answers are right, {most} may be chosen"
            yield error("qti-choices", message, self.place(interaction), "let more be chosen")
        if least.isdigit() and offered and int(least) > offered:
            message = f"{least} must be chosen of {offered}"
            yield error("qti-choices", message, self.place(interaction), "let fewer be chosen")

    def _options(self, interaction: Element, response: _Response) -> Iterator[Finding]:
        options = [said(each, "identifier") for each in interaction.iter() if named(each) in _OPTIONS]
        for name, times in Counter(options).items():
            if times > 1:
                message = f"{times} options are called {name!r}"
                yield error("qti-option-twice", message, self.place(interaction), "give each its own identifier")
        if not options or response.kind not in {"identifier", "pair", "directedPair"}:
            return
        offered = set(options)
        for value in response.right:
            for name in (value.text or "").split():
                if name not in offered:
                    message = f"the right answer {name!r} is not offered"
                    yield error("qti-correct-unknown", message, self.place(value), "name an option")
        for entry in response.keys:
            for name in said(entry, "mapKey").split():
                if name not in offered:
                    yield error("qti-map-key", f"{name!r} has a mark and is not offered", self.place(entry))

    def _directed(self, interaction: Element, response: _Response) -> Iterator[Finding]:
        """The correct pairs lead from the first set to the second."""
        sets = [{said(each, "identifier") for each in one} for one in interaction if named(one) == "simpleMatchSet"]
        for value in response.right if len(sets) == 2 else ():
            pair = (value.text or "").split()
            if len(pair) == 2 and pair[0] in sets[1] - sets[0] and pair[1] in sets[0] - sets[1]:
                message = f"the pair {' '.join(pair)!r} leads from the second set to the first"
                yield error("qti-pair-direction", message, self.place(value), "name the one of the first set first")

    # --- response processing

    def _processing(self) -> Iterator[Finding]:
        processing = next((child for child in self.root if named(child) == "responseProcessing"), None)
        keyed = next((one for one in self.responses.values() if one.right or one.keys), None)
        if processing is None and keyed is not None:
            message = "the right answer is stated, but nothing marks the answers: there is no responseProcessing"
            yield warning("qti-unmarked", message, self.place(keyed.element), "a template of the standard will do")
        known = self.responses.keys() | self.outcomes.keys() | self.others | _BUILT_IN
        for element in self.expressions:
            name = said(element, "identifier")
            wanted = self.outcomes.keys() | _BUILT_IN if named(element) == "setOutcomeValue" else known
            if name not in wanted:
                message = f"{named(element)} names {name!r}, which is not declared"
                yield error("qti-variable-undeclared", message, self.place(element))
            elif named(element) == "correct" and name in self.responses and not self._has_right(name):
                message = f"an answer is compared with the right one of {name!r}, which has none"
                yield error("qti-correct-missing", message, self.place(element), "state the right answer")
            elif named(element) == "mapResponse" and name in self.responses and not self.responses[name].keys:
                yield error("qti-mapping-missing", f"what {name!r} is worth is not said", self.place(element))
        if processing is not None and said(processing, "template"):
            yield from self._template(processing, said(processing, "template"))

    def _has_right(self, name: str) -> bool:
        """Whether a correct response is declared, or computed by template processing (QTI 2.1, 10.2)."""
        result = (said(each, "identifier") for each in self.root.iter() if named(each) == "setCorrectResponse")
        return bool(self.responses[name].right) or name in result

    def _template(self, processing: Element, address: str) -> Iterator[Finding]:
        place = self.place(processing)
        name = _TEMPLATES.get(address.removesuffix(".xml")) or _TEMPLATES.get(address)
        if name is None:
            make = error if self.grammar.closed else warning
            message = f"{address!r} is no standard template of response processing"
            yield make("qti-template-unknown", message, place, "systems that do not know it mark nothing")
            return
        response = self.responses.get("RESPONSE")
        if response is None or "SCORE" not in self.outcomes:
            message = f"the template {name} needs a response RESPONSE and an outcome SCORE"
            yield error("qti-template-variables", message, place)
        elif name == "match_correct" and not response.right:
            message = "the template match_correct marks the answer, and no right answer is stated"
            yield error("qti-correct-missing", message, place, "state the right answer")
        elif name == "map_response" and not response.keys:
            yield error("qti-mapping-missing", "the template map_response needs a mapping", place)
        elif (kind := said(self.outcomes["SCORE"], "baseType")) not in {"float", "integer"}:
            message = f"the template {name} counts points, and the outcome SCORE is of type {kind!r}"
            yield error("qti-template-variables", message, place, "declare it as float")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _or(names: frozenset[str]) -> str:
    return " or ".join(repr(name) for name in sorted(names))
