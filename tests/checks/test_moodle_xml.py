"""Our XSD of Moodle's quiz XML and its rules: sound files pass, each way of breaking one is found."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from lxml import etree

from coursepack.checks import Grammar, check
from coursepack.checks.moodle.xml import CLOSED_TYPES
from coursepack.files.package import Package
from coursepack.files.resources import schemas_dir
from coursepack.model.artifact import Bank
from coursepack.model.questions import Essay
from coursepack.place import Finding, Severity
from coursepack.writers import Context
from coursepack.writers.moodle.xml import write, write_bank
from tests.samples import ASSETS, b, everything

Element = etree._Element
XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"

# One question of each type of Moodle's core as its exporter lays it out: words of our own, its elements and order.
HEAD = (
    '<name><text>n</text></name><questiontext format="html"><text>{text}</text></questiontext>'
    '<generalfeedback format="html"><text></text></generalfeedback><defaultgrade>1.0000000</defaultgrade>'
    "<penalty>0.3333333</penalty><hidden>0</hidden><idnumber></idnumber>"
)
COMBINED = "".join(
    f'<{name} format="html"><text>r</text></{name}>'
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
)
FILE = '<file name="b.png" path="/" encoding="base64">AAAA</file>'
CALCULATED = (
    "<synchronize>0</synchronize><single>0</single><answernumbering>abc</answernumbering>"
    "<shuffleanswers>0</shuffleanswers><correctfeedback><text></text></correctfeedback>"
    "<partiallycorrectfeedback><text></text></partiallycorrectfeedback><incorrectfeedback><text></text>"
    '</incorrectfeedback><answer fraction="100"><text>{{a}}+1</text><tolerance>0.01</tolerance>'
    "<tolerancetype>1</tolerancetype><correctanswerformat>1</correctanswerformat>"
    '<correctanswerlength>2</correctanswerlength><feedback format="html"><text></text></feedback></answer>'
    "<unitgradingtype>0</unitgradingtype><unitpenalty>0.1</unitpenalty><showunits>3</showunits>"
    '<unitsleft>0</unitsleft><instructions format="html"><text></text></instructions><dataset_definitions>'
    "<dataset_definition><status><text>private</text></status><name><text>a</text></name><type>calculated</type>"
    "<distribution><text>uniform</text></distribution><minimum><text>1</text></minimum><maximum><text>9</text>"
    "</maximum><decimals><text>0</text></decimals><itemcount>1</itemcount><dataset_items><dataset_item>"
    "<number>1</number><value>4</value></dataset_item></dataset_items><number_of_items>1</number_of_items>"
    "</dataset_definition></dataset_definitions>"
)
CORE = {
    "gapselect": (
        "[[1]] [[2]]",
        (
            f"<shuffleanswers>1</shuffleanswers>{COMBINED}<shownumcorrect/>"
            "<selectoption><text>x</text><group>1</group></selectoption>"
            "<selectoption><text>y</text><group>1</group></selectoption>"
        ),
    ),
    "ddwtos": (
        "[[1]]",
        f"<shuffleanswers>1</shuffleanswers>{COMBINED}<dragbox><text>x</text><group>1</group><infinite/></dragbox>",
    ),
    "ddimageortext": (
        "t",
        (
            f"<shuffleanswers/>{COMBINED}{FILE}<drag><no>1</no><text>x</text><draggroup>1</draggroup></drag>"
            "<drop><text></text><no>1</no><choice>1</choice><xleft>10</xleft><ytop>20</ytop></drop>"
        ),
    ),
    "ddmarker": (
        "t",
        (
            f"<showmisplaced/>{COMBINED}{FILE}<drag><no>1</no><text>x</text><noofdrags>1</noofdrags></drag>"
            "<drop><no>1</no><shape>circle</shape><coords>10,10;5</coords><choice>1</choice></drop>"
        ),
    ),
    "ordering": (
        "t",
        (
            "<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><selectcount>2</selectcount>"
            "<gradingtype>ABSOLUTE_POSITION</gradingtype><showgrading>SHOW</showgrading>"
            f"<numberingstyle>none</numberingstyle>{COMBINED}<shownumcorrect>1</shownumcorrect>"
            '<answer fraction="1.0" format="html"><text>x</text></answer>'
            '<answer fraction="2.0" format="html"><text>y</text></answer>'
        ),
    ),
    "randomsamatch": ("t", f"<choose>2</choose><subcats>1</subcats>{COMBINED}"),
    "calculated": ("t {{a}}", CALCULATED),
    "calculatedsimple": ("t {{a}}", CALCULATED),
    "calculatedmulti": ("t {{a}}", CALCULATED),
    "numerical": (
        "t",
        (
            '<answer fraction="100" format="moodle_auto_format"><text>2,5</text><feedback format="html"><text></text>'
            "</feedback><tolerance>0.1</tolerance></answer><units><unit><multiplier>1</multiplier><unit_name>km"
            "</unit_name></unit></units><unitgradingtype>0</unitgradingtype><unitpenalty>0.1000000</unitpenalty>"
            "<showunits>0</showunits><unitsleft>0</unitsleft>"
        ),
    ),
}
TAIL = (
    '<hint format="html"><text>h</text><shownumcorrect/><clearwrong/></hint><coursetags><tag><text>c</text></tag>'
    "</coursetags><tags><tag><text>a</text></tag></tags>"
)


def core_file() -> str:
    questions = "".join(
        f'<question type="{kind}">{HEAD.format(text=text)}{rest.format()}{TAIL}</question>'
        for kind, (text, rest) in CORE.items()
    )
    return f"<quiz>{questions}</quiz>"


def findings(data: bytes | str, *, closed: bool = False) -> list[Finding]:
    data = data.encode() if isinstance(data, str) else data
    return check(Package.of_bytes("q.xml", data), ("moodle-xml",), Grammar(closed=closed))


def errors(data: bytes | str, *, closed: bool = False) -> list[str]:
    return [finding.code for finding in findings(data, closed=closed) if finding.severity is Severity.ERROR]


def sample() -> Element:
    """The sample course's file, one question of each type the model has."""
    (artifact,) = write(everything(), Context(assets=ASSETS)).artifacts
    return etree.fromstring(artifact.members[0].read())


def data(quiz: Element) -> bytes:
    return etree.tostring(quiz, encoding="UTF-8", xml_declaration=True)


# --- the schema ---------------------------------------------------------------------------------------------------


def test_every_core_type_passes_open_and_closed() -> None:
    assert findings(core_file()) == []
    schema = etree.XMLSchema(etree.parse(str(schemas_dir() / "moodle-quiz.xsd")))
    quiz = etree.fromstring(core_file())
    for question in quiz:
        question.set(XSI_TYPE, CLOSED_TYPES[question.get("type", "")])
    assert schema.validate(quiz), schema.error_log


def test_every_closed_type_is_in_the_schema_and_documented() -> None:
    schema = etree.parse(str(schemas_dir() / "moodle-quiz.xsd"))
    space = {"xs": "http://www.w3.org/2001/XMLSchema"}
    named = {str(t.get("name")): t for t in schema.getroot().iterfind("xs:complexType", space)}
    assert set(CLOSED_TYPES.values()) <= set(named)
    for name, element in named.items():
        assert element.findtext("xs:annotation/xs:documentation", namespaces=space), name


def test_elements_in_any_order_are_open_but_not_closed() -> None:
    quiz = sample()
    for question in quiz:
        children = list(question)
        for child in reversed(children):
            question.append(child)
    assert errors(data(quiz)) == []
    assert "moodle-xml-schema" in errors(data(quiz), closed=True)


def test_a_foreign_element_is_a_warning_in_an_open_file() -> None:
    quiz = sample()
    etree.SubElement(quiz[2], "colour").text = "red"
    found = findings(data(quiz))
    assert [(finding.severity, finding.code) for finding in found] == [(Severity.WARNING, "moodle-xml-unknown")]
    assert errors(data(quiz), closed=True) == ["moodle-xml-schema"]


NAMED = "<name><text>n</text></name><questiontext><text>t</text></questiontext>"


@pytest.mark.parametrize(
    "text",
    [
        f'<quiz><question type="essay">{NAMED}</question></quiz>',
        (
            '\ufeff<?xml version="1.0"?><quiz><question type="cloze"><questiontext><text>{:SA:=x}</text></questiontext>'
            "</question></quiz>"
        ),
        '<quiz><question type="category"><category><text>A/B</text></category></question></quiz>',
        (
            '<quiz><question type="multichoice"><name><text>n</text></name>'
            '<questiontext format="markdown"><text>t</text></questiontext>'
            '<answer fraction="33.333"><text>a</text></answer>'
            '<answer fraction="66.667"><text>b</text></answer>'
            "<single>false</single></question></quiz>"
        ),
    ],
)
def test_little_files_that_moodle_takes(text: str) -> None:
    assert errors(text) == []


# --- ways of breaking a file --------------------------------------------------------------------------------------

Change = Callable[[Element], None]


def by_type(quiz: Element, kind: str) -> Element:
    return next(question for question in quiz if question.get("type") == kind)


def remove(kind: str, path: str) -> Change:
    def change(quiz: Element) -> None:
        element = by_type(quiz, kind).find(path)
        assert element is not None
        cast("Any", element.getparent()).remove(element)

    return change


def text(kind: str, path: str, value: str) -> Change:
    def change(quiz: Element) -> None:
        element = by_type(quiz, kind).find(path)
        assert element is not None
        element.text = value

    return change


def attribute(kind: str, path: str, name: str, value: str) -> Change:
    def change(quiz: Element) -> None:
        element = by_type(quiz, kind) if path == "." else by_type(quiz, kind).find(path)
        assert element is not None
        element.set(name, value)

    return change


def markup(kind: str, path: str) -> Change:
    def change(quiz: Element) -> None:
        element = by_type(quiz, kind).find(path)
        assert element is not None
        etree.SubElement(element, "b").text = "x"

    return change


def add(kind: str, tag: str, value: str) -> Change:
    def change(quiz: Element) -> None:
        etree.SubElement(by_type(quiz, kind), tag).text = value

    return change


def twice(quiz: Element) -> None:
    category = copy.deepcopy(quiz[0])
    cast("Any", category.find("category/text")).text = "$course$/top/Other"
    quiz.insert(1, category)


BROKEN: dict[str, tuple[Change, str]] = {
    "no name": (remove("essay", "name"), "name-missing"),
    "no question text": (remove("essay", "questiontext"), "text-missing"),
    "no text in it": (remove("truefalse", "questiontext/text"), "text-missing"),
    "no type": (attribute("essay", ".", "type", ""), "type"),
    "misspelt type": (attribute("essay", ".", "type", "esay"), "type"),
    "random": (attribute("essay", ".", "type", "random"), "type"),
    "html without CDATA": (markup("essay", "questiontext/text"), "markup"),
    "markup in a path": (markup("category", "category/text"), "markup"),
    "mark in words": (text("multichoice", "defaultgrade", "two"), "number"),
    "huge mark": (text("multichoice", "defaultgrade", "100000"), "number"),
    "lines in words": (add("essay", "responsefieldlines", "many"), "number"),
    "long response format": (text("essay", "responseformat", "e" * 17), "length"),
    "fraction in words": (attribute("multichoice", "answer", "fraction", "all"), "fraction"),
    "fraction of 37": (attribute("multichoice", "answer", "fraction", "37"), "grade"),
    "fraction of 150": (attribute("numerical", "answer", "fraction", "150"), "grade"),
    "no right short answer": (attribute("shortanswer", "answer", "fraction", "50"), "no-full"),
    "answer without text": (remove("shortanswer", "answer/text"), "answer-text"),
    "one of two answers": (remove("truefalse", "answer"), "truefalse"),
    "both answers wrong": (attribute("truefalse", "answer", "fraction", "0"), "truefalse"),
    "number in words": (text("numerical", "answer/text", "two"), "answer-number"),
    "tolerance in words": (text("numerical", "answer/tolerance", "some"), "tolerance"),
    "row without answer": (text("matching", "subquestion/answer/text", ""), "pair"),
    "long answer of a row": (text("matching", "subquestion/answer/text", "x" * 256), "length"),
    "no gap": (text("cloze", "questiontext/text", "no gap"), "gaps"),
    "gap without key": (text("cloze", "questiontext/text", "{1:SA:a~b}"), "gap-key"),
    "gap of one option": (text("cloze", "questiontext/text", "{1:MC:=a}"), "gap-choices"),
    "gap with a word for a number": (text("cloze", "questiontext/text", "{1:NM:=a}"), "gap-number"),
    "idnumber of 101": (text("essay", "idnumber", "x" * 101), "idnumber-long"),
    "category idnumber of 101": (text("category", "idnumber", "x" * 101), "idnumber-long"),
    "category of 256 letters": (text("category", "category/text", "$course$/top/" + "а" * 256), "category-long"),
    "one idnumber, two categories": (twice, "category-twice"),
    "category without text": (remove("category", "category/text"), "category-path"),
    "empty penalty": (add("essay", "penalty", ""), "number"),
    "empty hint": (add("essay", "hint", ""), "empty"),
    "info without text": (remove("category", "info/text"), "category-info"),
    "tag without text": (remove("essay", "tags/tag/text"), "tag"),
    "file path": (attribute("multichoice", "questiontext/file", "path", "pictures"), "file-path"),
    "file without name": (attribute("multichoice", "questiontext/file", "name", ""), "file-name"),
    "file that is no base64": (text("multichoice", "questiontext/file", "§§"), "file-base64"),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("closed", [False, True])
def test_what_stops_moodle_is_an_error(name: str, closed: bool) -> None:
    change, code = BROKEN[name]
    quiz = sample()
    change(quiz)
    assert f"moodle-xml-{code}" in errors(data(quiz), closed=closed)


DOUBTFUL: dict[str, tuple[Change, str]] = {
    "no key": (attribute("multichoice", "answer", "fraction", "0"), "no-key"),
    "unknown format": (attribute("essay", "questiontext", "format", "tex"), "format"),
    "picture that is not there": (remove("multichoice", "questiontext/file"), "file-missing"),
    "empty text": (text("essay", "questiontext/text", ""), "text-empty"),
    "long name": (text("essay", "name/text", "x" * 256), "name-long"),
    "info without format": (lambda quiz: cast("Any", quiz[0].find("info")).attrib.clear(), "category-info"),
    "slash at the end of a path": (text("category", "category/text", "$course$/top/A/"), "category-empty"),
    "other words for true and false": (text("truefalse", "answer/text", "иә"), "truefalse"),
    "plugin": (attribute("essay", ".", "type", "stack"), "plugin"),
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_moodle_takes_though_not_as_meant_is_a_warning(name: str) -> None:
    change, code = DOUBTFUL[name]
    quiz = sample()
    change(quiz)
    assert errors(data(quiz)) == []
    assert f"moodle-xml-{code}" in [finding.code for finding in findings(data(quiz))]


def test_an_idnumber_that_is_there_twice() -> None:
    quiz = sample()
    cast("Any", quiz[3].find("idnumber")).text = quiz[2].findtext("idnumber")
    assert errors(data(quiz)) == []
    assert errors(data(quiz), closed=True) == ["moodle-xml-idnumber-twice"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "xml-malformed"),
        ("no xml", "xml-malformed"),
        ("<quiz/>", "moodle-xml-empty"),
        ("<html/>", "moodle-xml-root"),
        ("<quiz><question type='essay'>", "xml-malformed"),
        ("<quiz>\x01</quiz>", "xml-malformed"),
        ("<!DOCTYPE quiz [<!ENTITY a 'b'>]><quiz><question type='category'/></quiz>", "xml-malformed"),
        (
            '<?xml version="1.0" encoding="windows-1251"?><quiz><question/></quiz>',
            "moodle-xml-encoding",
        ),
    ],
)
def test_files_that_are_no_quiz(content: str, code: str) -> None:
    assert code in errors(content)


def test_a_finding_names_line_and_question() -> None:
    quiz = sample()
    text("numerical", "answer/text", "two")(quiz)
    (finding,) = findings(data(quiz))
    assert (
        str(finding.place)
        == f"q.xml:{cast('Any', by_type(etree.fromstring(data(quiz)), 'numerical').find('answer')).sourceline}"
    )
    assert finding.message == "numerical «06. Парламентте неше палата?»: the answer 'two' is not a number"


def test_a_thousand_findings_are_counted() -> None:
    questions = [Essay(id=f"q-{n}", number=n, text=b("т")) for n in range(1, 1001)]
    (artifact,) = write_bank(Bank("b", "Б", "kk", lambda: iter(questions)), Context()).artifacts
    broken = artifact.members[0].read().replace(b"<idnumber>", b"<idnumber>" + b"x" * 100)
    found = [finding for finding in findings(broken) if finding.severity is Severity.ERROR]
    assert len(found) == 51
    assert found[-1].message == "950 more findings of this kind"


def test_memory_does_not_grow_with_the_file() -> None:
    """The tree of the file is never built: it holds what one read of the parser brings, then lets go of it."""
    from coursepack.checks.moodle.xml import _FileCheck

    def chunks() -> Iterator[bytes]:
        yield b"<quiz>"
        for _ in range(5000):
            yield f'<question type="essay">{NAMED}</question>'.encode()
        yield b"</quiz>"

    package = Package.of_members("q.xml", [("q.xml", chunks)])
    look = _FileCheck(package, "q.xml", Grammar())
    sizes = []
    original = look._child

    def watched(element: Element) -> Iterator[Any]:
        parent = element.getparent()
        sizes.append(len(parent) if parent is not None else 0)
        return original(element)

    look._child = watched  # type: ignore[method-assign]  # only to count
    assert list(look.findings()) == []
    assert look.questions == 5000
    assert max(sizes) < 1000
