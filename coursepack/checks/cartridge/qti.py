"""Assessments and question banks: the QTI 1.2 profile of Common Cartridge.

Sources: IMS Common Cartridge Profile 1.1 and 1.3, «QTI Assessment» and «Question bank»; the Schematron rules printed
in its schemas. Items stream, so that a bank of 100,000 is never whole in memory.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from coursepack.checks import Grammar, html
from coursepack.checks.xml import MOST, line_of, schema, short
from coursepack.files import media
from coursepack.files.package import Package
from coursepack.files.xml import Metered, XmlError
from coursepack.ims.profiles import QTI
from coursepack.place import Finding, Place, error, warning

Element = etree._Element


def _tag(name: str) -> str:
    return f"{{{QTI}}}{name}"


_ROOT, _ITEM = _tag("questestinterop"), _tag("item")
_ASSESSMENT = _tag("assessment")
_FIELD, _LABEL, _ENTRY = _tag("qtimetadatafield"), _tag("fieldlabel"), _tag("fieldentry")
_PRESENTATION, _CONDITION, _VAR = _tag("presentation"), _tag("respcondition"), _tag("conditionvar")
_LID, _STR = _tag("response_lid"), _tag("response_str")
_CHOICE, _FIB, _RESPONSE_LABEL = _tag("render_choice"), _tag("render_fib"), _tag("response_label")
_EQUAL, _SUBSTRING, _NOT = _tag("varequal"), _tag("varsubstring"), _tag("not")
_SET, _SHOW, _FEEDBACK = _tag("setvar"), _tag("displayfeedback"), _tag("itemfeedback")
_AND = _tag("and")
_PICTURED = (_tag("matimage"), _tag("matvideo"), _tag("mataudio"), _tag("matapplication"))
_PLAIN = media.KINDS["text"].type
_TEXTS = frozenset({_PLAIN, "text/html", "text/xhtml", _PLAIN.upper(), "TEXT/HTML", "HTML", "PLAIN"})
_MATTEXT, _DECVAR = _tag("mattext"), _tag("decvar")


@dataclass(frozen=True)
class _ItemProfile:
    """What a ``cc_profile`` asks of an item: response element, cardinality, fewest and most labels."""

    response: str
    cardinality: str = ""
    fewest: int = 0
    most: int = 10_000
    keyed: bool = True


_KINDS = {
    "cc.multiple_choice.v0p1": _ItemProfile(_LID, "Single", 2),
    "cc.multiple_response.v0p1": _ItemProfile(_LID, "Multiple", 2),
    "cc.true_false.v0p1": _ItemProfile(_LID, "Single", 2, 2),
    "cc.fib.v0p1": _ItemProfile(_STR),
    "cc.pattern_match.v0p1": _ItemProfile(_STR),
    "cc.essay.v0p1": _ItemProfile(_STR, keyed=False),
}
_YES_NO = ("Yes", "No")
# Field → values it may have; None: any.
_ITEM_FIELDS: dict[str, tuple[str, ...] | None] = {
    "cc_profile": tuple(_KINDS),
    "cc_question_category": None,
    "cc_weighting": None,
    "qmd_scoringpermitted": ("Yes",),
    "qmd_computerscored": _YES_NO,
}
_ASSESSMENT_FIELDS: dict[str, tuple[str, ...] | None] = {
    "cc_profile": ("cc.exam.v0p1",),
    "qmd_assessmenttype": ("Examination",),
    "qmd_scoretype": ("Percentage",),
    "qmd_feedbackpermitted": _YES_NO,
    "qmd_hintspermitted": _YES_NO,
    "qmd_solutionspermitted": _YES_NO,
    "qmd_timelimit": None,
    "cc_allow_late_submission": _YES_NO,
    "cc_maxattempts": ("Examination", "1", "2", "3", "4", "5", "unlimited"),
}


@dataclass
class QtiDocument:
    """A QTI document that is being looked at. ``exported``: an LMS's own export, whose empty quizzes are its habit."""

    package: Package
    member: str
    grammar: Grammar
    bank: bool
    exported: bool = False
    idents: set[str] = field(default_factory=set)
    items: int = 0
    fine: set[tuple[bool, tuple[tuple[str, str], ...]]] = field(default_factory=set)

    def place(self, element: Element | None = None) -> Place:
        return self.package.place(self.member, line_of(element))


def check(document: QtiDocument) -> Iterator[Finding]:
    """Everything about one assessment or bank."""
    package, member = document.package, document.member
    name = "cc/qti-closed.xsd" if document.grammar.closed else "cc/qti-open.xsd"
    findings: list[Finding] = []
    with package.open(member) as stream:
        file = Metered(stream, own=package.own)
        walker: Any = etree.iterparse(
            file,
            events=("start", "end"),
            tag=(_ITEM, _tag("questestinterop"), _ASSESSMENT, _tag("objectbank"), _tag("section")),
            schema=schema(name),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=True,
        )
        try:
            findings.extend(_walk(document, walker, file))
        except etree.XMLSyntaxError as problem:
            yield from _reported(document, walker, problem)
        except XmlError as problem:
            yield error("qti-large", str(problem), document.place())
            return
    yield from findings
    if document.items == 0 and not findings:
        make = warning if document.exported else error
        message = f"the {'question bank' if document.bank else 'assessment'} has no question"
        yield make("qti-empty", message, document.place(), "an empty one stops Moodle's whole import: leave it out")


def _reported(document: QtiDocument, walker: Any, problem: etree.XMLSyntaxError) -> Iterator[Finding]:
    """Violations of the schema that the streaming parser met, or why it could not parse."""
    log = [entry for entry in walker.error_log if entry.message]
    if not log:
        line = problem.lineno or 0
        document.items += 1
        yield error("qti-malformed", problem.msg or "not well-formed", document.package.place(document.member, line))
    for entry in log[:MOST]:
        code = "qti-schema" if "Schema" in entry.domain_name or "SCHEMA" in entry.domain_name else "qti-malformed"
        document.items += 1
        yield error(code, short(entry.message), document.package.place(document.member, entry.line))
    if len(log) > MOST:
        yield error("qti-schema", f"{len(log) - MOST} more violations of the schema", document.place())


def _walk(document: QtiDocument, walker: Any, file: Metered) -> Iterator[Finding]:
    root_seen, ended = False, False
    for event, element in walker:
        ended = event == "end" and element.tag == _ROOT
        if event == "start":
            if not root_seen:
                root_seen = True
                yield from _root(document, element)
            elif element.tag == _tag("section") and element.get("ident") != "root_section":
                message = f"section ident is {element.get('ident')!r}; Open edX expects 'root_section'"
                yield warning("qti-section", message, document.place(element))
            continue
        if element.tag == _ITEM:
            document.items += 1
            yield from item(document, element)
            _forget(element)
            file.forget()
        elif element.tag == _ASSESSMENT:
            metadata = element.find(_tag("qtimetadata"))
            if metadata is None:
                message = "the assessment has no metadata: it does not say that it is one (cc_profile)"
                yield warning("qti-metadata-missing", message, document.place(element))
            else:
                fields = _read_fields(list(metadata.iter(_LABEL)), list(metadata.iter(_ENTRY)))
                yield from _fields(document, metadata, fields, _ASSESSMENT_FIELDS)
        elif element.tag == _tag("objectbank") and not document.bank:
            yield error("qti-bank", "an object bank where an assessment is named", document.place(element))
    if root_seen and not ended:
        # lxml's streaming parser with a schema and without entities does not mind a document that is cut off.
        yield error("qti-malformed", "the document ends before its root element does", document.place())


def _root(document: QtiDocument, element: Element) -> Iterator[Finding]:
    information: Any = element.getroottree().docinfo
    if information.doctype:
        yield error("qti-doctype", "a DOCTYPE is not accepted (no DTD, no entities)", document.place(element))
    if element.tag != _tag("questestinterop"):
        message = f"the root element is {element.tag!r}, expected questestinterop in {QTI}"
        yield error("qti-root", message, document.place(element))


def _forget(element: Element) -> None:
    parent = element.getparent()
    element.clear()
    if parent is not None:
        while (before := element.getprevious()) is not None:
            if before.tag != _ITEM:
                break
            parent.remove(before)


Fields = tuple[tuple[str, str], ...]


def _read_fields(labels: list[Element], entries: list[Element]) -> Fields:
    return tuple(
        ((label.text or "").strip(), (entry.text or "").strip()) for label, entry in zip(labels, entries, strict=False)
    )


def _fields(
    document: QtiDocument, element: Element, found: Fields, known: dict[str, tuple[str, ...] | None]
) -> Iterator[Finding]:
    """Metadata fields: known, once each, with a value they may have, ``cc_profile`` among them."""
    key = (known is _ITEM_FIELDS, found)
    if key in document.fine:
        return  # most items say the same
    bad_fields = list(_bad_fields(document.place(element), found, known))
    if not bad_fields:
        document.fine.add(key)
    yield from bad_fields


def _bad_fields(place: Place, found: Fields, known: dict[str, tuple[str, ...] | None]) -> Iterator[Finding]:
    for label, times in Counter(label for label, _ in found).items():
        if times > 1:
            yield error("qti-field-twice", f"the field {label!r} is given {times} times", place)
    if "cc_profile" not in {label for label, _ in found}:
        yield error("qti-profile-missing", "no cc_profile; LMSs skip what has none", place)
    for label, value in found:
        if label not in known:
            yield warning("qti-field-unknown", f"{label!r} is no field of the profile", place)
        elif not _fits(label, value, known[label]):
            yield error("qti-field-value", f"{label} is {value!r}, expected {_expected(label, known[label])}", place)


def _fits(label: str, value: str, values: tuple[str, ...] | None) -> bool:
    if values is not None:
        return value in values
    if label == "cc_weighting":
        return value.isascii() and value.isdigit() and 1 <= int(value) <= 99
    if label == "qmd_timelimit":
        return value.isascii() and value.isdigit() and 0 < int(value) < 527_041
    return True


def _expected(label: str, values: tuple[str, ...] | None) -> str:
    if values is None:
        return "a whole number from 1 to 99" if label == "cc_weighting" else "whole minutes"
    return values[0] if len(values) == 1 else f"one of {', '.join(values)}"


Parts = defaultdict[str, list[Element]]
_PARTS: tuple[str, ...] = (_LABEL, _ENTRY, _LID, _STR, _CHOICE, _FIB, _RESPONSE_LABEL, _MATTEXT)
_PARTS += (_DECVAR, _CONDITION, _EQUAL, _SUBSTRING, _SET, _SHOW, _FEEDBACK)


def item(document: QtiDocument, element: Element) -> Iterator[Finding]:
    """One question. Its parts are gathered in one walk: a bank has ten thousand of them."""
    parts: Parts = defaultdict(list)
    for part in element.iter(*_PARTS):
        parts[part.tag].append(part)
    ident = str(element.get("ident", ""))
    if ident in document.idents:
        message = f"the item {ident!r} occurs twice in the file"
        make = warning if document.exported else error
        yield make("qti-item-twice", message, document.place(element), "LMSs keep one of them")
    document.idents.add(ident)
    fields = _read_fields(parts[_LABEL], parts[_ENTRY])
    yield from _fields(document, element, fields, _ITEM_FIELDS)
    profile = next((entry for label, entry in fields if label == "cc_profile"), "")
    presentation = element.find(_PRESENTATION)
    if presentation is None:
        yield error("qti-presentation", f"item {ident!r} shows no question", document.place(element))
        return
    if not _asks(presentation):
        yield error("qti-no-text", f"item {ident!r} asks nothing: it has no text", document.place(element))
    if profile in _KINDS:
        yield from _kind(document, element, parts, profile, ident)
        if not _KINDS[profile].keyed and ("qmd_computerscored", "Yes") in fields:
            message = f"item {ident!r}: an essay that a computer is to score (qmd_computerscored Yes)"
            yield warning("qti-essay-scored", message, document.place(element), "say No: a person scores it")
    yield from _conditions(document, parts, ident)
    yield from _feedback(document, parts, ident)
    for text in parts[_MATTEXT]:
        if (kind_of := text.get("texttype", _PLAIN)) not in _TEXTS:
            message = f"item {ident!r}: a text of the type {kind_of!r}, expected text/plain or text/html"
            yield warning("qti-texttype", message, document.place(text))
        if text.text and "=" in text.text:
            yield from html.references(
                document.package, document.member, text.text, document.grammar, line=line_of(text)
            )


def _asks(presentation: Element) -> bool:
    """True when a question has a text outside its answers."""
    for child in presentation:
        if child.tag not in {_LID, _STR}:
            for text in child.iter(_MATTEXT):
                if text.text and not text.text.isspace():
                    return True
    return False


def _kind(document: QtiDocument, element: Element, parts: Parts, profile: str, ident: str) -> Iterator[Finding]:
    """The response fits the kind of question that the item says it is."""
    kind = _KINDS[profile]
    if not parts[_LID] and not parts[_STR]:
        yield error("qti-response", f"item {ident!r} has nothing to answer with", document.place(element))
        return
    other = _STR if kind.response == _LID else _LID
    if parts[other]:
        message = f"item {ident!r}: {profile} with {other.rpartition('}')[2]}"
        expected = f"{message}, expected {kind.response.rpartition('}')[2]}"
        yield error("qti-response", expected, document.place(element))
        return
    cardinality = parts[kind.response][0].get("rcardinality", "Single")
    if kind.cardinality and cardinality != kind.cardinality:
        message = f"item {ident!r}: {profile} with cardinality {cardinality!r}, expected {kind.cardinality!r}"
        yield error("qti-cardinality", message, document.place(element))
    render = _CHOICE if kind.response == _LID else _FIB
    if not parts[render]:
        message = f"item {ident!r}: {profile} without {render.rpartition('}')[2]}"
        yield error("qti-response", message, document.place(element))
    labels = len(parts[_RESPONSE_LABEL])
    if not kind.fewest <= labels <= kind.most:
        message = f"item {ident!r}: {profile} with {labels} answers to choose from"
        expected = f"expected {kind.fewest}{'' if kind.most == 2 else ' or more'}"
        yield error("qti-choices", f"{message}, {expected}", document.place(element))
    if kind.keyed and not _right(parts):
        message = f"item {ident!r}: no answer is right (no condition sets a score above 0)"
        yield error("qti-no-right-answer", message, document.place(element))
    if kind.response == _LID:
        yield from _offered(document, parts, kind, ident)
    if not kind.keyed and (parts[_EQUAL] or parts[_SUBSTRING]):
        yield error("qti-essay-key", f"item {ident!r}: an essay compares with a text", document.place(element))


def _offered(document: QtiDocument, parts: Parts, kind: _ItemProfile, ident: str) -> Iterator[Finding]:
    """What may be chosen shows something, and no two alike; of one choice no two are asked for together."""
    shown: Counter[str] = Counter()
    for label in parts[_RESPONSE_LABEL]:
        texts = [" ".join((text.text or "").split()) for text in label.iter(_MATTEXT)]
        if not "".join(texts) and not any(True for _ in label.iter(*_PICTURED)):
            yield warning("qti-label-empty", f"item {ident!r}: an answer shows nothing", document.place(label))
        elif "".join(texts):
            shown[" ".join(texts)] += 1
    if twice := next((text for text, times in shown.items() if times > 1), ""):
        message = f"item {ident!r}: two answers are alike, {twice[:40]!r}"
        yield warning("qti-label-same", message, document.place(parts[_RESPONSE_LABEL][0]))
    if kind.cardinality == "Single":
        for both in (group for test in parts[_EQUAL] if (group := test.getparent()) is not None and group.tag == _AND):
            asked = [test for test in both if test.tag == _EQUAL]
            if len({(test.get("respident"), test.text) for test in asked}) > 1 and asked[0].get("respident"):
                message = f"item {ident!r}: one answer may be given, and a condition asks for {len(asked)} at once"
                yield error("qti-single-several", message, document.place(both))
                return


def _right(parts: Parts) -> bool:
    """True when a condition that tests for an answer sets a score above 0."""
    looked: set[Element] = set()
    for score in parts[_SET]:
        condition = score.getparent()
        if condition is not None and condition not in looked and (_number(score.text) or 0) > 0:
            looked.add(condition)
            for test in condition.iter(_EQUAL, _SUBSTRING):
                if not _negated(test):
                    return True
    return False


def _negated(test: Element) -> bool:
    parent = test.getparent()
    return parent is not None and parent.tag == _NOT


def _number(text: str | None) -> float | None:
    if text in {"0", "100"}:
        return float(text)
    try:
        return float(text or "")
    except ValueError:
        return None


def _conditions(document: QtiDocument, parts: Parts, ident: str) -> Iterator[Finding]:
    """Response processing tests what the item asks, and sets scores within 0 and 100."""
    asked: dict[str, set[str] | None] = {str(response.get("ident", "")): None for response in parts[_STR]}
    for response in parts[_LID]:
        mine = parts[_RESPONSE_LABEL] if len(asked) + len(parts[_LID]) == 1 else response.iter(_RESPONSE_LABEL)
        labels = [str(label.get("ident", "")) for label in mine]
        offered = set(labels)
        if len(offered) < len(labels):
            twice = ", ".join(sorted(label for label, times in Counter(labels).items() if times > 1))
            yield error("qti-label-twice", f"item {ident!r}: two answers are {twice!r}", document.place(response))
        asked[str(response.get("ident", ""))] = offered
    for test in (*parts[_EQUAL], *parts[_SUBSTRING]):
        target = str(test.get("respident", ""))
        if target not in asked:
            message = f"item {ident!r}: a condition tests {target!r}, no such response"
            yield error("qti-respident", message, document.place(test))
            continue
        labels_of = asked[target]
        value = (test.text or "").strip()
        if labels_of is not None and value not in labels_of:
            message = f"item {ident!r}: a condition tests for the answer {value!r}, which is not offered"
            yield error("qti-varequal", message, document.place(test))
        elif labels_of is None and not value:
            yield error("qti-varequal", f"item {ident!r}: an empty answer is accepted", document.place(test))
    for score in parts[_SET]:
        value_of = _number(score.text)
        if value_of is None or not 0 <= value_of <= 100:
            message = f"item {ident!r}: the score is {score.text!r}, expected a number from 0 to 100"
            yield error("qti-score", message, document.place(score))
    for variable in parts[_DECVAR]:
        low, high = _number(variable.get("minvalue", "0")), _number(variable.get("maxvalue", "100"))
        if low is None or high is None or low >= high:
            message = f"item {ident!r}: scores from {variable.get('minvalue')!r} to {variable.get('maxvalue')!r}"
            yield error("qti-score-range", message, document.place(variable))


_NAMED = {"Solution": "solution", "Hint": "hint"}


def _feedback(document: QtiDocument, parts: Parts, ident: str) -> Iterator[Finding]:
    """Feedback that is shown exists, and is of the kind that the condition says."""
    texts = {str(found.get("ident", "")) for found in parts[_FEEDBACK]}
    for show in parts[_SHOW]:
        name = str(show.get("linkrefid", ""))
        kind = str(show.get("feedbacktype", ""))
        if name not in texts:
            message = f"item {ident!r}: feedback {name!r} is shown but not there"
            yield error("qti-feedback-missing", message, document.place(show))
        elif kind in _NAMED and name != _NAMED[kind]:
            message = f"item {ident!r}: {kind.lower()} feedback is called {name!r}, expected {_NAMED[kind]!r}"
            yield error("qti-feedback-kind", message, document.place(show))


def check_layer(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """The layer ``qti``: every QTI document of a package (or a file that is one)."""
    for name in package.names():
        if name.lower().endswith((".xml", ".qti")):
            yield from check(QtiDocument(package, name, grammar, bank=b"<objectbank" in package.read(name)[:4096]))
