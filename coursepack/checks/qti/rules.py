"""What the standard asks of each element of QTI 2.x and 3.0, as tables: attributes, words and numbers, children.

Our own output fits the profile schemas, which say all this; others' is judged by looser ones, for real exports leave
things out. What a player cannot do without is an error here, what it fills in somehow a warning.

Sources: IMS QTI 2.1 «Assessment Test, Section and Item Information Model», 1EdTech QTI 3.0 «ASI Information Model»: the
multiplicities and vocabularies of each class; «XML Schema Part 2», F (regular expressions of patternMatch).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from coursepack.checks.xml import line_of
from coursepack.files.package import Package
from coursepack.ims.asi import QTI30, named, said
from coursepack.place import Finding, error, warning

Element = etree._Element

_NEEDED: dict[str, tuple[str, ...]] = {
    "assessmentItem": ("identifier", "title", "adaptive", "timeDependent"),
    "assessmentTest": ("identifier", "title"),
    "testPart": ("identifier", "navigationMode", "submissionMode"),
    "assessmentSection": ("identifier", "title", "visible"),
    "assessmentItemRef": ("identifier", "href"),
    "responseDeclaration": ("identifier", "cardinality"),
    "outcomeDeclaration": ("identifier", "cardinality"),
    "simpleChoice": ("identifier",),
    "inlineChoice": ("identifier",),
    "simpleAssociableChoice": ("identifier", "matchMax"),
    "gapText": ("identifier", "matchMax"),
    "gap": ("identifier",),
    "hottext": ("identifier",),
    "hotspotChoice": ("identifier", "shape", "coords"),
    "modalFeedback": ("outcomeIdentifier", "identifier", "showHide"),
    "setOutcomeValue": ("identifier",),
    "mapEntry": ("mapKey", "mappedValue"),
}
"""Element → attributes that must stand there, under their names in 2.x."""
_BOOLEAN = frozenset({"true", "false", "1", "0"})
_WORDS: dict[str, frozenset[str]] = {
    "navigationMode": frozenset({"linear", "nonlinear"}),
    "submissionMode": frozenset({"individual", "simultaneous"}),
    "cardinality": frozenset({"single", "multiple", "ordered", "record"}),
    "showHide": frozenset({"show", "hide"}),
    "toleranceMode": frozenset({"exact", "absolute", "relative"}),
    "adaptive": _BOOLEAN,
    "timeDependent": _BOOLEAN,
    "shuffle": _BOOLEAN,
    "visible": _BOOLEAN,
    "fixed": _BOOLEAN,
}
_VIEWS = frozenset({"author", "candidate", "proctor", "scorer", "testConstructor", "tutor"})
_COUNTS = frozenset({"maxChoices", "minChoices", "matchMax", "matchMin", "maxAssociations", "expectedLength"})
_COUNT = re.compile(r"\s*\d+\s*")
_IDENTIFIER = re.compile(r"[^\W\d][\w.-]*")
_HAVE: dict[str, tuple[str, ...]] = {
    "choiceInteraction": ("simpleChoice",),
    "orderInteraction": ("simpleChoice",),
    "associateInteraction": ("simpleAssociableChoice",),
    "inlineChoiceInteraction": ("inlineChoice",),
    "gapMatchInteraction": ("gap", "gapText"),
    "hottextInteraction": ("hottext",),
    "hotspotInteraction": ("hotspotChoice",),
    "graphicOrderInteraction": ("hotspotChoice",),
}
"""Interaction → what must be in it at least once; what holds pictures in the place of texts counts as texts."""
_AS = {"gapImg": "gapText"}
_BARE = frozenset({"simpleChoice", "inlineChoice", "simpleAssociableChoice", "gapText"})
_SHOWN = frozenset({"img", "object", "math", "audio", "video", "picture", "include", "printedVariable", "table", "svg"})
_TWO = frozenset({"match", "equal", "gt", "lt", "gte", "lte", "divide", "subtract", "stringMatch", "member"})
_OPERATORS = _TWO | frozenset(
    [
        "and",
        "or",
        "not",
        "isNull",
        "variable",
        "correct",
        "default",
        "mapResponse",
        "mapResponsePoint",
        "baseValue",
        "sum",
        "product",
        "power",
        "integerDivide",
        "integerModulus",
        "integerToFloat",
        "truncate",
        "round",
        "roundTo",
        "random",
        "randomInteger",
        "randomFloat",
        "ordered",
        "multiple",
        "index",
        "fieldValue",
        "containerSize",
        "contains",
        "substring",
        "patternMatch",
        "equalRounded",
        "inside",
        "durationLT",
        "durationGTE",
        "anyN",
        "customOperator",
        "null",
        "mathConstant",
        "mathOperator",
        "statsOperator",
        "max",
        "min",
        "gcd",
        "lcm",
        "repeat",
        "testVariables",
        "outcomeMaximum",
        "outcomeMinimum",
        "numberCorrect",
        "numberIncorrect",
        "numberPresented",
        "numberResponded",
        "numberSelected",
    ]
)
_CONDITIONS = frozenset({"responseIf", "responseElseIf", "outcomeIf", "outcomeElseIf", "templateIf", "templateElseIf"})
_ALIEN = frozenset({"script", "iframe", "form", "frame", "frameset"})
_SCHEMA = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"><xs:simpleType>'
    '<xs:restriction base="xs:string"/></xs:simpleType></xs:element></xs:schema>'
)
_SPELT = {QTI30.attribute(name): name for name in (*_WORDS, *_COUNTS)} | {name: name for name in (*_WORDS, *_COUNTS)}
"""An attribute as 2.x or 3.0 spells it → as 2.x does."""
_BLOCKS = frozenset({"itemBody", "blockquote", "rubricBlock"})
_INLINE = frozenset({"textEntryInteraction", "inlineChoiceInteraction", "hottext", "gap"})
_CARELESS = 5
"""Findings of one code and document, after which no more are reported."""


def check(package: Package, member: str, root: Element) -> Iterator[Finding]:
    """Every element of a document by the tables."""
    reported: dict[str, int] = {}
    for element in root.iter(etree.Element):
        for code, message, heavy in _of(element, named(element)):
            reported[code] = reported.get(code, 0) + 1
            if reported[code] <= _CARELESS:
                make = error if heavy else warning
                yield make(code, message, package.place(member, line_of(element)))


_WRITTEN = frozenset({"extendedTextInteraction", "uploadInteraction", "drawingInteraction"})
"""What a person marks."""
_Said = Iterator[tuple[str, str, bool]]
"""Code, message, whether it is an error."""


def _of(element: Element, name: str) -> _Said:
    yield from _attributes(element, name)
    yield from _children(element, name)
    if name in _ALIEN:
        yield "qti-html", f"<{name}> is in the text, which players must not run", True
    elif name == "img" and element.get("alt") is None:
        yield "qti-alt", "a picture has no alternative text (alt)", False
    elif name == "patternMatch" and not _is_pattern(said(element, "pattern")):
        yield "qti-pattern", f"{said(element, 'pattern')!r} is no pattern of XML Schema", True
    elif name == "mapping" and _number(said(element, "lowerBound")) > _number(said(element, "upperBound"), high=True):
        yield "qti-value", "the lower bound of a mapping lies over its upper bound", True


def _attributes(element: Element, name: str) -> _Said:
    for wanted in _NEEDED.get(name, ()):
        if not said(element, wanted) and element.get(wanted) is None:
            yield "qti-attribute", f"{name} does not say {wanted!r}, which the standard asks for", False
    for spelt, found in element.attrib.items():
        attribute = _SPELT.get(str(spelt), "")
        words = _WORDS.get(attribute)
        if words is not None and str(found).strip() not in words:
            message = f"{attribute} of {name} is {str(found)[:40]!r}, expected one of {', '.join(sorted(words))}"
            yield "qti-word", message, attribute == "cardinality"
        elif attribute in _COUNTS and found and not _COUNT.fullmatch(str(found)):
            yield "qti-value", f"{attribute} of {name} is {str(found)[:40]!r}, expected a number", True
    if name == "rubricBlock" and (wrong := set(said(element, "view").split()) - _VIEWS):
        yield "qti-word", f"view of {name} is {min(wrong)[:40]!r}, expected one of {', '.join(sorted(_VIEWS))}", False
    if name in _NEEDED and (found := said(element, "identifier")) and not _IDENTIFIER.fullmatch(found):
        message = f"the identifier {found[:40]!r} is no name: letters, digits, «_», «.» and «-», no digit first"
        yield "qti-identifier", message, False


def _children(element: Element, name: str) -> _Said:
    if (wanted := _HAVE.get(name)) is not None:
        inside = _inside(element)
        if missing := [each for each in wanted if each not in inside]:
            yield "qti-options-missing", f"{name} has no {missing[0]}: there is nothing to answer with", True
    elif name in _BARE and not "".join(map(str, element.itertext())).strip() and not _inside(element) & _SHOWN:
        yield "qti-option-empty", f"a {name} shows nothing", False
    elif name == "itemBody" and next(element.iterchildren(etree.Element), None) is None:
        yield "qti-body", "the item shows nothing: its body is empty", True
    elif name == "assessmentItem" and not any(named(each) == "itemBody" for each in element):
        yield "qti-body", "the item shows nothing: it has no body", True
    elif name == "responseProcessing" and _gives_nothing(element):
        yield "qti-no-points", "every rule sets SCORE to 0: no answer can earn a point", False
    elif name in _BLOCKS and any(named(each) in _INLINE for each in element):
        yield "qti-inline", f"a gap is in {name} itself, expected in a paragraph", False
    yield from _operators(element, name)


def _gives_nothing(element: Element) -> bool:
    """Whether rules set SCORE, and never to anything but 0, though nobody marks what is written or handed in."""
    if _is_marked_by_hand(element):
        return False
    rules = [one for one in element.iterdescendants(etree.Element) if named(one) == "setOutcomeValue"]
    values = [list(one.iterchildren(etree.Element)) for one in rules if said(one, "identifier") == "SCORE"]
    return bool(values) and all(
        len(each) == 1 and named(each[0]) == "baseValue" and _number((each[0].text or "").strip()) == 0
        for each in values
    )


def _is_marked_by_hand(processing: Element) -> bool:
    """Whether all that its item asks for is a text or a file: its points come from a person, and rules only begin."""
    item = processing.getparent()
    asked = set() if item is None else {name for name in _inside(item) if name.endswith("Interaction")}
    return bool(asked) and asked <= _WRITTEN


def _inside(element: Element) -> set[str]:
    return {_AS.get(named(each), named(each)) for each in element.iterdescendants(etree.Element)}


def _operators(element: Element, name: str) -> _Said:
    if name not in _TWO and name not in _CONDITIONS:
        return
    parts = [named(each) for each in element.iterchildren(etree.Element)]
    if name in _TWO and len(parts) < 2:
        yield "qti-operator", f"{name} compares two values and has {len(parts)}", True
    elif name in _CONDITIONS and parts and parts[0] not in _OPERATORS:
        yield "qti-operator", f"{name} begins with {parts[0]!r}, which is no operator of QTI", True


def _number(text: str, *, high: bool = False) -> float:
    try:
        return float(text)
    except ValueError:
        return float("inf") if high else float("-inf")


def _is_pattern(text: str) -> bool:
    """Whether libxml2 takes it for a regular expression of XML Schema."""
    schema = etree.fromstring(_SCHEMA)
    restriction = schema.find(".//{*}restriction")
    if restriction is None:
        return True
    etree.SubElement(restriction, "{http://www.w3.org/2001/XMLSchema}pattern").set("value", text)
    try:
        etree.XMLSchema(schema)
    except etree.XMLSchemaParseError:
        return False
    return True
