"""QTI in ``validate``: kinds of its own, and every way to break a package is found."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from benchmarks import faults
from coursepack.checks import Grammar, products
from coursepack.checks.detect import detect
from coursepack.checks.qti import rules
from coursepack.files.member import Member
from coursepack.files.package import Package
from coursepack.files.zipped import zip_bytes
from coursepack.ims.asi import named
from coursepack.place import Severity
from tests.qti_samples import ORDERS, cases, order
from tests.samples import every_question
from tests.writers.plain import written

Members = dict[str, bytes]
FORMATS = ["qti21", "qti22", "qti3"]
EACH = pytest.mark.parametrize("name", FORMATS)


def members(name: str) -> Members:
    questions = (*every_question(), *(question for question, _ in cases()), *(order(grading) for grading in ORDERS))
    return {member.path: member.read() for member in written(name, *questions).artifacts[0].members}


SOUND = {name: members(name) for name in FORMATS}


def found(name: str, changed: Members) -> dict[str, Severity]:
    layers = products.PRODUCTS[name].layers  # type: ignore[index]
    findings = products.judge(Package.of_members("p.zip", changed.items()), layers, Grammar())
    return {finding.code: finding.severity for finding in findings}


def errors(name: str, changed: Members) -> set[str]:
    return {code for code, severity in found(name, changed).items() if severity is Severity.ERROR}


@EACH
def test_what_is_not_broken_is_sound(name: str) -> None:
    assert found(name, SOUND[name]) == {}


@EACH
def test_a_package_is_of_its_kind(name: str, tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    path.write_bytes(zip_bytes(Member(path, data) for path, data in SOUND[name].items()))
    verdict = products.validate(path)
    assert (verdict.kind, verdict.findings) == (name, ())


@EACH
@pytest.mark.parametrize("member", ["items/one.xml", "test.xml"])
def test_a_document_alone_is_of_its_kind(name: str, member: str, tmp_path: Path) -> None:
    path = tmp_path / "one.xml"
    path.write_bytes(SOUND[name][member])
    verdict = products.validate(path)
    assert (verdict.kind, verdict.sound) == ("qti-document", True)


def _in(member: str, before: str, after: str, count: int = 1) -> Callable[[Members], Members]:
    """A change of the text of a member, in the names of 2.x and of 3.0 alike."""

    def change(whole: Members) -> Members:
        text = whole[member].decode()
        made, times = re.subn(before, after, text, count=count)
        assert times, (member, before)
        return whole | {member: made.encode()}

    return change


def _without(member: str) -> Callable[[Members], Members]:
    return lambda whole: {path: data for path, data in whole.items() if path != member}


ID = r"esponse(-i|I)dentifier"
BROKEN: dict[str, tuple[Callable[[Members], Members], str]] = {
    "an item is missing": (_without("items/one.xml"), "ims-href-missing"),
    "the picture is missing": (_without(next(p for p in SOUND["qti21"] if p.startswith("media/"))), "qti-file-missing"),
    "a file nobody lists": (lambda whole: whole | {"media/more.png": b"x"}, "ims-file-undeclared"),
    "two resources of one name": (
        _in("imsmanifest.xml", 'identifier="item-one"', 'identifier="item-many"'),
        "ims-identifier-twice",
    ),
    "a dependency on nothing": (
        _in("imsmanifest.xml", 'identifierref="item-one"', 'identifierref="item-none"'),
        "ims-dependency-dangling",
    ),
    "the test names no item": (_in("test.xml", "items/one.xml", "items/none.xml"), "qti-item-missing"),
    "two references of one name": (_in("test.xml", 'identifier="one"', 'identifier="many"'), "qti-identifier-twice"),
    "the wrong root": (lambda whole: whole | {"items/one.xml": whole["test.xml"]}, "qti-resource-root"),
    "not well-formed": (_in("items/one.xml", "</[a-z-]*(body|Body)>", ""), "xml-malformed"),
    "a response nobody declares": (
        _in("items/one.xml", f'{ID}="RESPONSE"', r'esponse\1dentifier="OTHER"'),
        "qti-response-undeclared",
    ),
    "a right answer that is not offered": (
        _in("items/one.xml", "value>choice-1<", "value>choice-9<"),
        "qti-correct-unknown",
    ),
    "no right answer": (
        _in("items/one.xml", r"<(qti-)?correct.?[rR]esponse>.*</(qti-)?correct.?[rR]esponse>", ""),
        "qti-correct-missing",
    ),
    "no mapping": (_in("items/many.xml", r"<(qti-)?mapping .*</(qti-)?mapping>", ""), "qti-mapping-missing"),
    "a mapped option that is not offered": (_in("items/weighed.xml", 'ey="choice-2"', 'ey="choice-7"'), "qti-map-key"),
    "two options of one name": (
        _in("items/one.xml", 'hoice identifier="choice-2"', 'hoice identifier="choice-1"'),
        "qti-option-twice",
    ),
    "an order of one value": (_in("items/order-absolute.xml", '"ordered"', '"single"'), "qti-response-cardinality"),
    "pairs of another kind": (_in("items/match.xml", '"directedPair"', '"pair"'), "qti-response-type"),
    "an outcome nobody declares": (
        _in("items/weighed.xml", 'alue identifier="SCORE"', 'alue identifier="POINTS"'),
        "qti-variable-undeclared",
    ),
    "feedback by no outcome": (
        _in("items/truth.xml", r'utcome(-i|I)dentifier="FEEDBACK"', r'utcome\1dentifier="F"'),
        "qti-feedback-outcome",
    ),
    "a right number that is none": (_in("items/number.xml", "value>3.14</", "value>pi</"), "qti-value"),
    "no identifier": (_in("items/one.xml", ' identifier="one"', ""), "qti-schema"),
    "no title": (_in("items/one.xml", ' title="[^"]*"', ""), "qti-schema"),
    "another namespace": (_in("items/one.xml", 'xmlns="[^"]*"', 'xmlns="urn:x"'), "qti-namespace"),
    "two items of one name": (_in("items/one.xml", ' identifier="one"', ' identifier="many"'), "qti-identifier-twice"),
}


@EACH
@pytest.mark.parametrize("fault", BROKEN)
def test_a_fault_is_found(name: str, fault: str) -> None:
    change, code = BROKEN[fault]
    stern = found(name, change(SOUND[name]))
    assert code in stern
    assert stern[code] is (Severity.WARNING if code == "ims-file-undeclared" else Severity.ERROR)


def test_a_template_that_nobody_knows_is_a_warning_for_others_and_an_error_for_us() -> None:
    changed = _in("items/one.xml", "rptemplates/match_correct", "rptemplates/mine")(SOUND["qti21"])
    assert found("qti21", changed) == {"qti-template-unknown": Severity.WARNING}
    package = Package.of_members("p.zip", changed.items())
    codes = [
        f.code for f in products.judge(package, ("qti-package",), Grammar(closed=True)) if f.severity is Severity.ERROR
    ]
    assert codes == ["qti-template-unknown"]


def test_a_picture_that_no_resource_lists_is_told() -> None:
    picture = next(path for path in SOUND["qti21"] if path.startswith("media/"))
    name = picture.removeprefix("media/").removesuffix(".png")
    changed = _in("imsmanifest.xml", rf'\s*<dependency identifierref="{name}"/>', "")(SOUND["qti21"])
    assert found("qti21", changed) == {"qti-file-undeclared": Severity.WARNING}


def test_a_manifest_that_states_another_schema_is_told() -> None:
    changed = _in("imsmanifest.xml", "QTIv2.1 Package", "QTI")(SOUND["qti21"])
    assert found("qti21", changed) == {"qti-schemaversion": Severity.WARNING}


MANIFEST12 = """<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1" identifier="m">
<metadata><schema>IMS Content</schema><schemaversion>1.1.3</schemaversion></metadata><organizations/>
<resources><resource identifier="r" type="imsqti_xmlv1p2"><file href="q/a.xml"/></resource></resources></manifest>"""
ITEM12 = """<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="a" title="t">
<section ident="s"><item ident="i"><presentation><material><mattext>?</mattext></material>
<response_lid ident="r"><render_choice>
<response_label ident="1"/><response_label ident="2"/></render_choice></response_lid></presentation><resprocessing>
<outcomes><decvar/></outcomes><respcondition><conditionvar><varequal respident="r">1</varequal></conditionvar>
<setvar>100</setvar></respcondition></resprocessing></item></section></assessment></questestinterop>"""


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("", "", None),
        ('respident="r"', 'respident="x"', "qti-respident"),
        (">1</varequal>", ">3</varequal>", "qti-varequal"),
        ('<item ident="i"', "<item", "qti12-ident"),
        ("questestinterop", "quiz", "qti12-root"),
    ],
)
def test_qti12_as_canvas_packs_it(before: str, after: str, code: str | None) -> None:
    made = ITEM12.replace(before, after) if before else ITEM12
    whole = {"imsmanifest.xml": MANIFEST12.encode(), "q/a.xml": made.encode()}
    assert detect(Package.of_members("p.zip", whole.items())).kind == "qti12-package"
    assert found("qti12-package", whole) == ({code: Severity.ERROR} if code else {})


def test_a_cartridge_stays_a_cartridge() -> None:
    text = MANIFEST12.replace("IMS Content", "IMS Common Cartridge").replace("1.1.3", "1.1.0")
    assert detect(Package.of_members("p.imscc", [("imsmanifest.xml", text.encode()), ("a", b"")])).kind == "cc11"


def test_what_is_closed_for_us_is_open_for_others() -> None:
    """An item with what we never write: a hot text, a template variable, its own class."""
    item = b"""<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="A-b" title=""
    adaptive="true" timeDependent="true">
    <responseDeclaration identifier="R" cardinality="single" baseType="identifier"/>
    <outcomeDeclaration identifier="S" cardinality="single" baseType="float"/><templateDeclaration identifier="T"
    cardinality="single" baseType="integer"/><itemBody class="x"><div><hottextInteraction responseIdentifier="R"
    maxChoices="1"><p>A <hottext identifier="h">b</hottext></p></hottextInteraction></div></itemBody>
    <responseProcessing><setOutcomeValue identifier="S"><variable identifier="T"/></setOutcomeValue>
    </responseProcessing></assessmentItem>"""
    package = Package.of_members("a.xml", [("a.xml", item)])
    package.container = "file"
    assert detect(package).kind == "qti-document"
    assert products.judge(package, ("qti-document",), Grammar()) == []
    assert products.judge(package, ("qti-document",), Grammar(closed=True)) != []


@pytest.mark.parametrize("kind", ["qti21", "qti3"])
@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("no adaptive", "qti-attribute"),
        ("navigation unknown", "qti-word"),
        ("identifier with a space", "qti-identifier"),
        ("key empty", "qti-value"),
        ("mapping key twice", "qti-map-twice"),
        ("choices lost", "qti-options-missing"),
        ("choice without words", "qti-option-empty"),
        ("more keys than may be chosen", "qti-choices"),
        ("fewer choices than must be chosen", "qti-choices"),
        ("max choices that is none", "qti-value"),
        ("two interactions of one response", "qti-response-twice"),
        ("SCORE is a word", "qti-template-variables"),
        ("default that is none", "qti-value"),
        ("processing lost", "qti-unmarked"),
        ("operator unknown", "qti-operator"),
        ("operator with one of two", "qti-operator"),
        ("pair the wrong way round", "qti-pair-direction"),
        ("response that no gap takes", "qti-response-unasked"),
        ("number compared by letters", "qti-word"),
        ("pattern that is none", "qti-pattern"),
        ("gap outside of a paragraph", "qti-inline"),
        ("body empty", "qti-body"),
        ("body lost", "qti-body"),
        ("element of HTML that may not be", "qti-html"),
        ("picture without words", "qti-alt"),
        ("rubric for nobody", "qti-word"),
        ("mapping bounds the wrong way", "qti-value"),
    ],
)
def test_what_a_blind_list_of_faults_found_silent(kind: str, fault: str, code: str) -> None:
    """Each of ``benchmarks.faults`` that was not noticed when the list was written."""
    whole = faults.whole_of(kind)
    assert code in found(kind, faults.FAULTS[kind][fault](whole))
    assert code not in found(kind, whole)


@pytest.mark.parametrize(
    ("interaction", "told"),
    [("extendedTextInteraction", False), ("uploadInteraction", False), ("textEntryInteraction", True)],
)
def test_rules_that_give_nothing_are_no_fault_where_a_person_marks(interaction: str, told: bool) -> None:
    body = f'<{interaction} responseIdentifier="RESPONSE"/>'
    text = (
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="t" adaptive="false" '
        'timeDependent="false"><responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string"/>'
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
        f'<itemBody><p>?{body}</p></itemBody><responseProcessing><setOutcomeValue identifier="SCORE">'
        '<baseValue baseType="float">0</baseValue></setOutcomeValue></responseProcessing></assessmentItem>'
    )
    codes = {code for code, _, _ in _said_of(text)}
    assert ("qti-no-points" in codes) is told


def _said_of(text: str) -> list[tuple[str, str, bool]]:
    root = etree.fromstring(text)
    return [said for each in root.iter(etree.Element) for said in rules._of(each, named(each))]
