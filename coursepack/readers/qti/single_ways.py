"""What single programs write beside the standard, said again as the standard says it, in the tree (``tree.plain``).

- TestVision keeps what belongs into all gaps of a text in one response; ``fieldIdentifier`` of a value is the ``id`` of
  the interaction that it belongs to, «3.04;3.64» a span of numbers. Here each gap gets a response of its own.
- OpenOlat's KPRIM in QTI 1.2 lets each option be judged; its rules ask for «1234:correct» and «1234:wrong». Here each
  option is a response that offers the two.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from coursepack.ims.qti_terms import MAX_SCORE, SCORE
from coursepack.readers.qti.processing import is_real, real

Element = etree._Element
_FIELD = "fieldIdentifier"
_JUDGED = {"correct": "+", "wrong": "-"}
"""The two values of a judged option, and what OpenOlat writes above their columns."""
_SPAN = 2


# --- one response for all gaps


@dataclass(frozen=True)
class _Gap:
    """An interaction, what is right there, and what it earns."""

    interaction: Element
    values: tuple[str, ...]
    is_number: bool
    points: float

    @property
    def name(self) -> str:
        return self.interaction.get("id", "")

    @property
    def is_choice(self) -> bool:
        return "hoice" in str(self.interaction.tag)

    @property
    def base(self) -> str:
        return "identifier" if self.is_choice else ("float" if self.is_number else "string")


def own_responses(root: Element) -> None:
    """An item of QTI 2 or 3, in place: a response of which each value names its interaction becomes one for each."""
    for declared in list(root.iterchildren("responseDeclaration")):
        gaps = _gaps(root, declared)
        if gaps:
            _divide(root, declared, gaps)


def _gaps(root: Element, declared: Element) -> list[_Gap]:
    """The gaps of a response; none where it is an ordinary one, or not every gap is named once."""
    said = [value for value in declared.iterfind("correctResponse/value") if value.get(_FIELD)]
    response = declared.get("identifier", "")
    found = [each for each in root.iter("*") if each.get("responseIdentifier") == response]
    names = [each.get("id", "") for each in found]
    if not said or len(set(names)) < len(names) or {value.get(_FIELD) for value in said} != set(names):
        return []
    points = {each.get("mapKey", ""): real(each.get("mappedValue"), 0.0) for each in declared.iter("mapEntry")}
    made = []
    for each, name in zip(found, names, strict=True):
        own = [value for value in said if value.get(_FIELD) == name]
        texts = tuple("".join(map(str, value.itertext())).strip() for value in own)
        kinds = {value.get("baseType", "") for value in own}
        made.append(_Gap(each, texts, kinds <= {"float", "integer"}, points.get(name, 0.0)))
    return made


def _divide(root: Element, declared: Element, gaps: list[_Gap]) -> None:
    response = declared.get("identifier", "")
    for gap in gaps:
        gap.interaction.set("responseIdentifier", gap.name)
        own = etree.Element("responseDeclaration", identifier=gap.name, cardinality="single", baseType=gap.base)
        right = etree.SubElement(etree.SubElement(own, "correctResponse"), "value")
        right.text = gap.values[0]
        declared.addprevious(own)
    root.remove(declared)
    for processing in root.iterchildren("responseProcessing"):
        for asked in list(processing.iter("isNull")):
            if any(each.get("identifier") == response for each in asked.iter("variable")):
                _none_given(asked, gaps)
        for mapped in list(processing.iter("mapResponse")):
            rule = mapped.getparent()
            if mapped.get("identifier") == response and rule is not None and rule.tag == "setOutcomeValue":
                _added(rule, gaps)
    _say_maximum(root)


def _none_given(asked: Element, gaps: list[_Gap]) -> None:
    every = etree.Element("and")
    every.tail = asked.tail
    for gap in gaps:
        _variable(etree.SubElement(every, "isNull"), gap.name)
    above = asked.getparent()
    if above is not None:
        above.replace(asked, every)


def _added(rule: Element, gaps: list[_Gap]) -> None:
    """For the rule that sets the sum of a mapping: one that sets 0, and one for each gap that adds its points."""
    name = rule.get("identifier", SCORE)
    for gap in gaps:
        condition = etree.Element("responseCondition")
        holds = etree.SubElement(condition, "responseIf")
        ways = etree.SubElement(holds, "or")
        for value in _apart(gap.values) if gap.is_number else gap.values:
            _way(ways, gap, value)
        total = etree.SubElement(etree.SubElement(holds, "setOutcomeValue", identifier=name), "sum")
        _variable(total, name)
        _base_value(total, "float", repr(gap.points))
        rule.addprevious(condition)
    first = etree.Element("setOutcomeValue", identifier=name)
    _base_value(first, "float", "0")
    above = rule.getparent()
    if above is not None:
        above.insert(above.index(rule) - len(gaps), first)
        above.remove(rule)


def _bounds(value: str) -> tuple[float, float] | None:
    """The span that «3.04;3.64» is, or that a number alone is; None for what is neither."""
    parts = [each.strip() for each in value.split(";")]
    if len(parts) > _SPAN or not all(map(is_real, parts)):
        return None
    numbers = sorted(float(each) for each in parts)
    return numbers[0], numbers[-1]


def _apart(values: tuple[str, ...]) -> tuple[str, ...]:
    """Numbers without those that a span beside them holds: the program writes the number and the span around it."""
    spans = [(found[1] - found[0], found, value) for value in values if (found := _bounds(value)) is not None]
    return tuple(
        value
        for size, (low, high), value in spans
        if not any(size < other and one <= low and high <= two for other, (one, two), _ in spans)
    )


def _way(ways: Element, gap: _Gap, value: str) -> None:
    """One value that a gap takes."""
    parts = [each.strip() for each in value.split(";")]
    if gap.is_number and len(parts) == _SPAN:
        span = etree.SubElement(ways, "and")
        for name, bound in zip(("gte", "lte"), sorted(parts, key=float), strict=True):
            compared = etree.SubElement(span, name)
            _variable(compared, gap.name)
            _base_value(compared, "float", bound)
        return
    compared = etree.SubElement(ways, "equal" if gap.is_number else "match")
    _variable(compared, gap.name)
    _base_value(compared, gap.base, value)


def _say_maximum(root: Element) -> None:
    """The rules compare the points with a variable that the program holds and the item does not declare."""
    names = {each.get("identifier", "") for each in root.iterchildren("outcomeDeclaration")}
    score = next((each for each in root.iterchildren("outcomeDeclaration") if each.get("identifier") == SCORE), None)
    most = None if score is None else score.get("normalMaximum")
    if score is None or most is None or MAX_SCORE in names:
        return
    made = etree.Element("outcomeDeclaration", identifier=MAX_SCORE, cardinality="single", baseType="float")
    etree.SubElement(etree.SubElement(made, "defaultValue"), "value").text = most
    score.addnext(made)


def _variable(above: Element, name: str) -> None:
    etree.SubElement(above, "variable", identifier=name)


def _base_value(above: Element, base: str, text: str) -> None:
    etree.SubElement(above, "baseValue", baseType=base).text = text


# --- options to be judged, each by itself


def own_judgements(root: Element) -> bool:
    """An item of QTI 1.2, in place: whether it asks to judge each option of one list, which then are responses."""
    responses = list(root.iter("response_lid"))
    if len(responses) != 1:
        return False
    response = responses[0]
    labels = {each.get("ident", ""): each for each in response.iter("response_label")}
    tests = [each for each in root.iter("varequal") if each.get("respident") == response.get("ident")]
    judged = [(test, *(test.text or "").strip().rpartition(":")[::2]) for test in tests]
    if not judged or any(name not in labels or value not in _JUDGED for _, name, value in judged):
        return False
    for test, name, value in judged:
        test.set("respident", name)
        test.text = value
    for name, label in labels.items():
        response.addprevious(_statement(name, label))
    above = response.getparent()
    if above is not None:
        above.remove(response)
    return True


def _statement(name: str, label: Element) -> Element:
    """A response of the words of an option, with the two judgements to choose from."""
    made = etree.Element("response_lid", ident=name, rcardinality="Single")
    own = etree.SubElement(made, "material")
    for material in label.iter("material"):
        own.extend(list(material))
    render = etree.SubElement(made, "render_choice", shuffle="No")
    for value, sign in _JUDGED.items():
        said = etree.SubElement(etree.SubElement(render, "response_label", ident=value), "material")
        etree.SubElement(said, "mattext").text = sign
    return made


def takes_off(root: Element) -> bool:
    """Whether a rule of an item of QTI 1.2 takes points off: no pair of a matching question does."""
    return any(
        (points := real((each.text or "").strip(), 0.0)) < 0 or (points > 0 and each.get("action") == "Subtract")
        for each in root.iter("setvar")
    )
