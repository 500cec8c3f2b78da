"""QTI 2.1, 2.2 and 3.0: valid by the official schemas, marked as Moodle marks, nothing lost without a word."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from msgspec.structs import replace

from coursepack import writers
from coursepack.checks import check_artifact
from coursepack.ims import wildcards
from coursepack.ims.asi import VERSIONS, QtiVersion, named, said
from coursepack.model.artifact import Artifact, Written
from coursepack.model.blocks import Blocks, Heading, List, ListItem, Paragraph, Run
from coursepack.model.course import Course, Session, Week
from coursepack.model.questions import (
    Answer,
    Choice,
    Cloze,
    Essay,
    Gap,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Ordering,
    OrderingItem,
    Question,
    ShortAnswer,
)
from coursepack.publish import artifact_chunks
from coursepack.writers import Context
from coursepack.writers.qti.writer import QtiOptions
from tests import qti_official
from tests.qti_marking import Run as Marked
from tests.qti_samples import ORDERS, answered, cases, moodle, order, orders
from tests.samples import ASSETS, PNG_ID, b, every_question, everything
from tests.strategies import courses
from tests.writers.plain import codes, written

Element = etree._Element
FORMATS = {"qti21": "2.1", "qti22": "2.2", "qti3": "3.0"}
EACH = pytest.mark.parametrize("name", FORMATS)
SOME = pytest.mark.parametrize("name", ["qti21", "qti3"])


def items(made: Written) -> dict[str, Element]:
    (artifact,) = made.artifacts
    found = [etree.fromstring(m.read()) for m in artifact.members if m.path.startswith("items/")]
    return {str(root.get("identifier")): root for root in found}


def item(question: Question, name: str = "qti21") -> Element:
    return items(written(name, question))[question.id]


def part(artifact: Artifact, path: str) -> Element:
    return etree.fromstring(next(member for member in artifact.members if member.path == path).read())


def official(artifact: Artifact, version: str) -> list[str]:
    told = []
    for member in artifact.members:
        if member.path == "imsmanifest.xml":
            told += qti_official.manifest(etree.fromstring(member.read()), version)
        elif member.path.endswith(".xml"):
            told += [f"{member.path}: {each}" for each in qti_official.document(etree.fromstring(member.read()))]
    return told


def texts(root: Element, name: str) -> list[str]:
    return ["".join(map(str, each.itertext())) for each in root.iter() if named(each) == name]


# --- valid ----------------------------------------------------------------------------------------------------------


@EACH
def test_everything_is_valid_by_the_official_schemas(name: str) -> None:
    course = everything()
    made = writers.load(name).write(course, Context(assets=ASSETS, version="0"))
    (artifact,) = made.artifacts
    assert artifact.audience == "teacher"
    assert check_artifact(artifact) == []
    assert official(artifact, FORMATS[name]) == []
    bank = written(name, *(question for question, _ in cases()), *(order(grading) for grading in ORDERS))
    assert check_artifact(bank.artifacts[0]) == []
    assert official(bank.artifacts[0], FORMATS[name]) == []


@SOME
@given(course=courses())
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_course_passes(name: str, course: Course) -> None:
    made = writers.load(name).write(course, Context(assets=ASSETS))
    for artifact in made.artifacts:
        assert check_artifact(artifact) == []
        assert official(artifact, FORMATS[name]) == []
    assert bool(made.artifacts) == any(True for _ in course.questions())


@EACH
def test_the_same_bytes_again(name: str) -> None:
    first, second = (b"".join(artifact_chunks(written(name, *every_question()).artifacts[0])) for _ in range(2))
    assert first == second


# --- marked ---------------------------------------------------------------------------------------------------------


@SOME
@pytest.mark.parametrize("case", cases(), ids=lambda case: case[0].id)
def test_an_answer_earns_what_it_earns_in_moodle(name: str, case: Any) -> None:
    question, answers = case
    root = item(question, name)
    for answer, points, shown in answers:
        run = Marked(root, answer)
        assert run.score == pytest.approx(points, abs=1e-9), answer
        assert run.shown == shown, answer


@SOME
@pytest.mark.parametrize("grading", ORDERS)
def test_every_order_is_marked_as_moodle_marks_it(name: str, grading: Any) -> None:
    root = item(order(grading, mark=3.0), name)
    for placed in orders(4):
        assert Marked(root, answered(placed)).score == pytest.approx(3 * moodle(grading, placed), abs=1e-9), placed
    assert Marked(root, {}).score == 0


@EACH
def test_what_is_right_earns_all_points(name: str) -> None:
    for question, _ in cases():
        root = item(question, name)
        right: dict[str, Any] = {}
        for declared in root:
            values = [value.text for value in declared.iter() if named(value) == "value"] if _keyed(declared) else []
            if values:
                single = said(declared, "cardinality") == "single"
                right[said(declared, "identifier")] = values[0] if single else values
        most = next(each for each in root if said(each, "identifier") == "SCORE")
        if right:
            assert Marked(root, right).score == pytest.approx(float(said(most, "normalMaximum")), abs=1e-9), question.id


def _keyed(declared: Element) -> bool:
    return any(named(child) == "correctResponse" for child in declared)


def templates(*questions: Question) -> list[str]:
    found = (
        next((e for e in r if named(e) == "responseProcessing"), None)
        for r in items(written("qti21", *questions)).values()
    )
    return [said(each, "template").rpartition("/")[2] if each is not None else "-" for each in found]


def test_standard_templates_mark_what_they_can() -> None:
    plain = (Choice(content=b("А"), fraction=1), Choice(content=b("Ә")))
    one = MultipleChoice(id="a", text=b("?"), choices=plain)
    questions: list[Question] = [
        one,
        replace(one, id="b", mark=2.0),
        replace(one, id="c", single=False),
        replace(one, id="d", feedback=b("Пікір")),
        order("all-or-nothing"),
        order("absolute"),
        ShortAnswer(id="e", text=b("?"), answers=(Answer(text="а"),)),
        ShortAnswer(id="f", text=b("?"), answers=(Answer(text="а*"),)),
        Essay(id="g", text=b("?")),
    ]
    expected = ["match_correct", "map_response", "map_response", "", "match_correct", "", "map_response", "", "-"]
    assert templates(*questions) == expected


@pytest.mark.parametrize(
    ("version", "address"),
    [
        ("2.1", "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"),
        ("2.2", "http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct"),
        ("3.0", "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"),
    ],
)
def test_addresses_of_templates(version: str, address: str) -> None:
    found: QtiVersion = VERSIONS[version]
    assert found.template("match_correct") == address


# --- what is said ---------------------------------------------------------------------------------------------------


def test_a_question_without_a_key_stays_a_question_and_is_told() -> None:
    question = MultipleChoice(id="q", text=b("?"), choices=(Choice(content=b("А")), Choice(content=b("Ә"))))
    made = written("qti21", question)
    root = items(made)["q"]
    assert codes(made)["qti-no-key"] == 1
    assert not any(named(each) in {"correctResponse", "responseProcessing"} for each in root.iter())
    assert texts(root, "simpleChoice") == ["А", "Ә"]


@pytest.mark.parametrize(
    ("question", "code", "said"),
    [
        (MultipleChoice(id="q", text=b("?"), choices=()), "qti-as-essay", "offers no option"),
        (Matching(id="q", text=b("?"), pairs=()), "qti-as-essay", "no rows"),
        (Ordering(id="q", text=b("?"), items=()), "qti-as-essay", "no items"),
        (Essay(id="q", text=b("?"), attachments=-1), "qti-lost", "how many files"),
        (
            MultipleChoice(id="q", text=b("?"), choices=(Choice(content=b("А"), fraction=1),), numbering="ABC"),
            "qti-lost",
            "numbering",
        ),
        (
            Numerical(id="q", text=b("?"), answers=(NumericalAnswer(value="x"), NumericalAnswer(value="2"))),
            "qti-lost",
            "'x'",
        ),
        (
            Cloze(id="q", text=b("Мәтін"), gaps=(Gap(kind="short-answer", answers=(Answer(text="а"),)),)),
            "qti-gap-place",
            "gap 1",
        ),
        (replace(order("relative-to-correct", 30), id="q"), "qti-grading", "place by place"),
        (replace(order("absolute"), id="q", select="random", select_count=2), "qti-lost", "only some of its items"),
        (
            Essay(id="q", text=(Paragraph(content=(Run(text="с", href="https://a.kz", title="т"),)),)),
            "qti-lost",
            "titles",
        ),
    ],
)
def test_what_is_lost_is_told(question: Question, code: str, said: str) -> None:
    (found,) = [finding for finding in written("qti21", question).findings if finding.code == code]
    assert said in found.message
    assert check_artifact(written("qti21", question).artifacts[0]) == []


def test_nothing_is_told_of_what_is_whole() -> None:
    told = {question.id: codes(written("qti3", question)) for question, _ in cases() if question.id != "gaps"}
    assert {name: dict(found) for name, found in told.items() if found} == {}


def test_notes_for_the_grader_stand_in_a_rubric_for_scorers_alone() -> None:
    for name in FORMATS:
        root = item(Essay(id="q", text=b("Неге?"), grader_notes=b("Үш себеп.")), name)
        (rubric,) = [each for each in root.iter() if named(each) == "rubricBlock"]
        assert (rubric.get("view"), "".join(map(str, rubric.itertext()))) == ("scorer", "Үш себеп.")
        assert "Үш себеп." not in "".join(texts(root, "p")[:1])


def test_points_are_the_items_own() -> None:
    question = MultipleChoice(id="q", text=b("?"), choices=(Choice(content=b("А"), fraction=1), Choice(content=b("Ә"))))
    declared = {said(e, "identifier"): e for e in item(replace(question, mark=2.5)) if named(e) == "outcomeDeclaration"}
    assert [declared["SCORE"].get("normalMaximum"), *texts(declared["MAXSCORE"], "value")] == ["2.5", "2.5"]
    assert "MAXSCORE" not in [said(each, "identifier") for each in item(question)]


@EACH
def test_a_question_without_points_keeps_its_key_and_weighs_nothing_in_the_test(name: str) -> None:
    choices = (Choice(content=b("А"), fraction=1, feedback=b("Иә")), Choice(content=b("Ә")))
    question = MultipleChoice(id="q", text=b("?"), choices=choices, mark=0)
    made = written(name, question, replace(question, id="r", mark=2))
    assert [str(f) for f in made.findings] == []
    (artifact,) = made.artifacts
    assert check_artifact(artifact) == []
    assert official(artifact, FORMATS[name]) == []
    right = next(each.text for each in items(made)["q"].iter() if named(each) == "value")
    assert Marked(items(made)["q"], {"RESPONSE": right}).score == 1
    test = part(artifact, "test.xml")
    weights = [
        (ref.get("identifier"), each.get("value")) for ref in test.iter() for each in ref if named(each) == "weight"
    ]
    assert weights == [("q", "0")]
    assert [said(each, "weightIdentifier") for each in test.iter() if named(each) == "testVariables"] == ["WEIGHT"]


def test_an_essay_says_its_limits_its_template_and_its_files() -> None:
    question = Essay(
        id="q", text=b("Неге?"), template=b("Менің ойымша,"), min_words=5, max_words=9, response_lines=7, attachments=2
    )
    root = item(question, "qti3")
    box = next(each for each in root.iter() if named(each) == "extendedTextInteraction")
    assert box.get("expected-lines") == "7"
    assert texts(root, "prompt") == ["5–9 сөз"]
    assert texts(root, "defaultValue") == ["Менің ойымша,", "0"]
    assert [each.get("response-identifier") for each in root.iter() if named(each) == "uploadInteraction"] == [
        "FILE1",
        "FILE2",
    ]
    outcome = next(each for each in root if said(each, "identifier") == "SCORE")
    assert outcome.get("external-scored") == "human"


@pytest.mark.parametrize(("template", "told"), [(b("Менің ойымша,"), []), (None, ["the styles of its template"])])
def test_a_list_in_the_template_of_an_answer_is_a_loss(template: Blocks | None, told: list[str]) -> None:
    blocks = template or (*b("Жауап:"), List(items=(ListItem(blocks=b("бірі")), ListItem(blocks=b("екісі")))))
    made = written("qti21", Essay(id="q", text=b("Неге?"), template=blocks))
    assert [each for each in told if any(each in one.message for one in made.findings)] == told
    assert bool(made.findings) == bool(told)


def test_rows_stay_where_nobody_mixes_them() -> None:
    question = next(question for question, _ in cases() if isinstance(question, Matching))
    for shuffle, fixed in ((True, [None] * 7), (False, ["true"] * 3 + [None] * 3)):
        root = item(replace(question, shuffle=shuffle))
        found = [each.get("fixed") for each in root.iter() if named(each) == "simpleAssociableChoice"]
        assert found == fixed[: len(found)]
        assert texts(root, "simpleAssociableChoice") == ["ҚР", "РФ", "Ақмола", "Астана", "Мәскеу", "Ташкент"]


def test_gaps_stand_where_the_text_has_them() -> None:
    text = (
        List(
            items=(ListItem(blocks=b("Бірі {#2}")), ListItem(blocks=b("{#1} және {#1}"))),
        ),
        Paragraph(content=(Run(text="Қою {#3}", bold=True), Run(text=" соңы"))),
    )
    gaps = tuple(Gap(kind="short-answer", answers=(Answer(text=letter),)) for letter in "абв")
    body = next(each for each in item(Cloze(id="q", text=text, gaps=gaps)) if named(each) == "itemBody")
    fields = [each for each in body.iter() if named(each) == "textEntryInteraction"]
    assert [(e.get("responseIdentifier"), named(_parent(e))) for e in fields] == [
        ("RESPONSE2", "li"),
        ("RESPONSE1", "li"),
        ("RESPONSE3", "strong"),
    ]
    assert "".join(map(str, body.itertext())) == "Бірі  және {#1}Қою  соңы"


def _parent(element: Element) -> Element:
    parent = element.getparent()
    assert parent is not None
    return parent


# --- the package ----------------------------------------------------------------------------------------------------


def test_categories_are_sections_and_places_are_metadata() -> None:
    question = replace(every_question()[0], id="q1", tags=("билік", "level-2"))
    session = Session(id="w01-lecture", kind="lecture", number=1, title="Билік", outcomes=("Білу",), review=(question,))
    course = Course(id="kurs", title="Саясат", language="kk", weeks=(Week(id="w01", number=1, sessions=(session,)),))
    (artifact,) = writers.load("qti21").write(course, Context(assets=ASSETS)).artifacts
    assert artifact.name == "kurs-qti21.zip"
    test = part(artifact, "test.xml")
    assert [each.get("title") for each in test.iter("{*}assessmentSection")] == ["Саясат", "1-дәріс. Билік"]
    (reference,) = test.iter("{*}assessmentItemRef")
    assert [reference.get(name) for name in ("identifier", "href", "category")] == ["q1", "items/q1.xml", "level-2"]
    manifest = part(artifact, "imsmanifest.xml")
    words = ["".join(map(str, each.itertext())).strip() for each in manifest.iter("{*}keyword")]
    assert words == ["1-апта", "1-дәріс", "бақылау сұрағы", "билік", "level-2"]
    classified = {
        str(each.findtext("{*}purpose/{*}value")): [str(t.text) for t in each.iterfind(".//{*}entry/{*}string")]
        for each in manifest.iter("{*}classification")
    }
    assert classified == {"educational level": ["2-деңгей"], "competency": ["Білу"]}


def test_pictures_are_resources_that_their_items_depend_on() -> None:
    (artifact,) = written("qti21", *every_question()).artifacts
    manifest = part(artifact, "imsmanifest.xml")
    picture = f"picture-{PNG_ID[:16]}"
    holders = [
        r.get("identifier")
        for r in manifest.iter("{*}resource")
        if picture in [d.get("identifierref") for d in r.iter("{*}dependency")]
    ]
    assert holders == ["item-exam-002"]
    sheet = next(member for member in artifact.members if member.path == "shared/questions.css").read().decode()
    assert "img { max-width: min(100%, 90vw); height: auto; }" in sheet.splitlines()  # none is wider than a telephone
    assert [member.path for member in artifact.members if member.path.startswith("media/")] == [f"media/{picture}.png"]
    tests = next(r for r in manifest.iter("{*}resource") if r.get("type") == "imsqti_test_xmlv2p1")
    assert len(list(tests.iter("{*}dependency"))) == 10


def test_many_questions_are_several_packages() -> None:
    questions = [replace(every_question()[0], id=f"q-{n}", category=("А" if n < 3 else "Ә",)) for n in range(1, 6)]
    made = written("qti21", *questions, options=QtiOptions(split=2))
    assert [artifact.name for artifact in made.artifacts] == [
        "bank-qti21-1.zip",
        "bank-qti21-2.zip",
        "bank-qti21-3.zip",
    ]
    found = [
        [
            (s.get("title"), [r.get("identifier") for r in s.iter("{*}assessmentItemRef")])
            for s in part(a, "test.xml").iter("{*}assessmentSection")
        ]
        for a in made.artifacts
    ]
    assert found == [[("А", ["q-1", "q-2"])], [("Ә", ["q-3", "q-4"])], [("Ә", ["q-5"])]]
    assert [check_artifact(artifact) for artifact in made.artifacts] == [[], [], []]


def test_an_id_that_is_there_twice_is_told_and_changed() -> None:
    question = every_question()[0]
    made = written("qti21", question, question)
    assert codes(made)["qti-id-twice"] == 1
    assert list(items(made)) == ["exam-001", "exam-001-2"]


def test_an_empty_bank_is_an_error() -> None:
    made = written("qti21")
    assert (made.artifacts, codes(made)["qti-empty"]) == ((), 1)


def test_styles_are_classes_with_a_style_sheet() -> None:
    text = (
        Heading(level=1, content=(Run(text="Тақырып"),)),
        Paragraph(content=(Run(text="қызыл", colour="cc0000"), Run(text="асты", underline=True)), align="center"),
        List(items=(ListItem(blocks=b("ә")),), marker="lower-alpha", start=3),
    )
    (artifact,) = written("qti21", Essay(id="q", text=text)).artifacts
    sheet = next(member for member in artifact.members if member.path == "shared/questions.css").read().decode()
    assert sheet.splitlines() == [
        ".colour-cc0000 { color: #cc0000; }",
        ".list-lower-alpha { list-style-type: lower-alpha; }",
        ".qti-align-center { text-align: center; }",
        ".qti-underline { text-decoration: underline; }",
        ".start-3 > li:first-child { counter-set: list-item 3; }",
    ]
    (link,) = part(artifact, "items/q.xml").iter("{*}stylesheet")
    assert link.get("href") == "../shared/questions.css"


@pytest.mark.parametrize("pattern", ["Ас*а", r"а\*б", "$5 (a.b) [x] ^|{1}-\\", "*", "ÄßЫ", "12"])
@pytest.mark.parametrize("case", [True, False])
def test_patterns_come_back(pattern: str, case: bool) -> None:
    found = wildcards.pattern_of(wildcards.expression(pattern, case_sensitive=case))
    assert found is not None
    letters = any(len(c.upper()) == len(c.lower()) == 1 and c.upper() != c.lower() for c in pattern)
    assert found == (pattern, case or not letters)


def test_expressions_of_others_are_no_patterns() -> None:
    assert [wildcards.pattern_of(found) for found in ("a+", "[0-9]{2}", "(a|b)", "[ab]")] == [None] * 4


def test_an_order_needs_two_items_to_be_right_in_part() -> None:
    question = Ordering(id="q", text=b("?"), items=(OrderingItem(content=b("А")),))
    assert templates(question) == ["match_correct"]


def test_how_an_order_is_marked_is_said_in_a_word() -> None:
    for grading, way in (("longest-ordered-subset", "longest-ordered-subset"), ("all-or-nothing", None)):
        score = next(each for each in item(order(grading)) if said(each, "identifier") == "SCORE")  # type: ignore[arg-type]
        assert score.get("interpretation") == way


@pytest.mark.parametrize("name", ["cc11", "cc13"])
def test_questions_of_a_cartridge_are_sound_by_the_whole_of_qti_1_2(name: str) -> None:
    """The profile of Common Cartridge is a part of it."""
    writer = writers.load(name)
    made = writer.write(everything(), Context(assets=ASSETS, options=writer.options(), version="0"))
    documents = [m.read() for a in made.artifacts for m in a.members if m.path.endswith(".xml")]
    roots = [root for root in map(etree.fromstring, documents) if etree.QName(root).localname == "questestinterop"]
    assert len(roots) == 3
    assert [qti_official.document_1_2(root) for root in roots] == [[], [], []]
    # It is a judge: a value that the standard does not know is reported.
    for response in roots[0].iter("{*}response_lid"):
        response.set("rcardinality", "Two")
        break
    assert qti_official.document_1_2(roots[0])
