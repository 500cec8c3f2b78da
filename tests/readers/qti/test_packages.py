"""Packages: QTI 3, tests and their order, metadata, pictures and files, archives of other systems, hostile ones."""

# ruff: noqa: E501 - XML as programs write it

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import limits, readers
from coursepack.model.blocks import Media, Paragraph, Picture, block_text
from coursepack.model.questions import Description, MultipleChoice, ShortAnswer
from coursepack.place import CoursepackError
from coursepack.readers.qti import reader as qti
from tests.readers.qti.packages import (
    V21,
    V30,
    Members,
    choice,
    codes,
    condition,
    equal,
    item,
    lid,
    manifest,
    material,
    old,
    old_item,
    read,
    read_xml,
    response,
    text,
    zipped,
)
from tests.samples import PNG

RIGHT = response(right=("A",))


def three(ident: str = "i1", prompt: str = "Ask?") -> str:
    """An item of QTI 3."""
    return (
        f'<qti-assessment-item {V30} identifier="{ident}" title="{ident}" adaptive="false" time-dependent="false">'
        '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">'
        "<qti-correct-response><qti-value>B</qti-value></qti-correct-response></qti-response-declaration>"
        '<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>'
        '<qti-assessment-stimulus-ref identifier="s" href="stimulus.xml"/>'
        f'<qti-item-body><qti-choice-interaction response-identifier="RESPONSE" max-choices="1" shuffle="true">'
        f'<qti-prompt>{prompt}</qti-prompt><qti-simple-choice identifier="A">a</qti-simple-choice>'
        '<qti-simple-choice identifier="B">b<qti-feedback-inline outcome-identifier="F" identifier="B">Good'
        "</qti-feedback-inline></qti-simple-choice></qti-choice-interaction></qti-item-body>"
        '<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>'
        "</qti-assessment-item>"
    )


STIMULUS = (
    f'<qti-assessment-stimulus {V30} identifier="s"><qti-stimulus-body><p>Passage.</p></qti-stimulus-body>'
    "</qti-assessment-stimulus>"
)


def test_an_item_of_version_three_with_its_passage(tmp_path: Path) -> None:
    members: Members = {
        "imsmanifest.xml": manifest(("i1", "imsqti_item_xmlv3p0", "i1.xml")),
        "i1.xml": three(),
        "stimulus.xml": STIMULUS,
    }
    [found], findings, _ = read(tmp_path, members)
    assert findings == []
    assert isinstance(found, MultipleChoice)
    assert text(found) == "Passage.\nAsk?"
    assert [(block_text(c.content), c.fraction, block_text(c.feedback)) for c in found.choices] == [
        ("a", 0, ""),
        ("b", 1, "Good"),
    ]
    assert found.shuffle
    assert found.place is not None
    assert (found.place.file, found.place.member, found.place.first) == ("p.zip", "i1.xml", 1)


TEST = (
    f'<assessmentTest {V21} identifier="t" title="Exam"><testPart identifier="p"><assessmentSection identifier="s1" '
    'title="First" visible="true"><rubricBlock view="candidate"><p>Read all.</p></rubricBlock>'
    '<assessmentItemRef identifier="r2" href="items/two.xml"><weight identifier="W" value="3"/></assessmentItemRef>'
    '<assessmentSection identifier="s2" title="Deep" visible="true"><assessmentItemRef identifier="r1" '
    'href="items/one.xml"/></assessmentSection></assessmentSection><assessmentItemRef identifier="r9" '
    'href="items/none.xml"/></testPart></assessmentTest>'
)


def test_the_order_and_the_sections_of_a_test(tmp_path: Path) -> None:
    kind = "imsqti_item_xmlv2p1"
    members: Members = {
        "imsmanifest.xml": manifest(
            ("1", kind, "items/one.xml"),
            ("2", kind, "items/two.xml"),
            ("3", kind, "items/three.xml"),
            ("t", "imsqti_test_xmlv2p1", "test.xml"),
        ),
        "test.xml": TEST,
        **{f"items/{n}.xml": item(RIGHT, choice(n, "x", "y"), ident=n) for n in ("one", "two", "three", "four")},
    }
    found, findings, _ = read(tmp_path, members)
    assert isinstance(found[0], Description)
    assert [text(q) for q in found[:1]] == ["Read all."]
    said = [block_text(q.choices[0].content) for q in found if isinstance(q, MultipleChoice)]
    assert said == ["two", "one", "three"]
    assert [q.category for q in found] == [("First",), ("First",), ("First", "Deep"), ()]
    assert [q.mark for q in found] == [None, 3, None, None]
    assert [(f.code, f.message) for f in findings] == [
        ("qti-document", "the item 'items/none.xml' is not in the package"),
        ("qti-unlisted", "an item that the manifest does not name: left out"),
    ]


LOM = (
    '<metadata><lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general><keyword><string>cell</string></keyword><keyword>'
    "<string>membrane</string></keyword></general><classification><purpose><value>educational level</value></purpose>"
    "<taxonPath><taxon><entry><string>2</string></entry></taxon></taxonPath></classification><classification><purpose>"
    "<value>educational objective</value></purpose><taxonPath><taxon><entry><string>Explains osmosis</string></entry>"
    "</taxon></taxonPath></classification></lom></metadata>"
)


def test_metadata_are_tags_level_and_outcomes(tmp_path: Path) -> None:
    said = manifest(("1", "imsqti_item_xmlv2p1", "one.xml")).replace("<file ", f"{LOM}<file ")
    [found], _, _ = read(tmp_path, {"imsmanifest.xml": said, "one.xml": item(RIGHT, choice("a", "b"))})
    assert found.tags == ("cell", "membrane", "level-2", "Explains osmosis")


def test_pictures_and_files_come_along(tmp_path: Path) -> None:
    body = (
        '<p><img src="../media/a%20b.png" alt="cell"/></p><p><object data="../media/c.png" type="image/png">plan</object>'
        '</p><p><a href="../media/data.csv">data</a></p><p><img src="../media/none.png" alt="gone"/></p>'
    ) + choice("a", "b")
    members: Members = {
        "imsmanifest.xml": manifest(("1", "imsqti_item_xmlv2p1", "items/one.xml")),
        "items/one.xml": item(RIGHT, body),
        "media/a b.png": PNG,
        "media/c.png": PNG + b" ",
        "media/data.csv": b"1;2",
    }
    [found], findings, assets = read(tmp_path, members)
    inside = [part for block in found.text if isinstance(block, Paragraph) for part in block.content]
    assert [part.alt for part in inside if isinstance(part, Picture)] == ["cell", "plan"]
    [file] = [block for block in found.text if isinstance(block, Media)]
    assert file.name == "data.csv"
    assert assets == [PNG, PNG + b" ", b"1;2"]
    assert [f.message for f in findings] == ["1 × a picture that is not there"]


def test_pictures_beside_a_single_item(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images/a.png").write_bytes(PNG)
    (tmp_path.parent / "outside.png").write_bytes(PNG)
    body = '<p><img src="images/a.png" alt="in"/><img src="../outside.png" alt="out"/></p>' + choice("a", "b")
    [found], findings = read_xml(tmp_path, item(RIGHT, body))
    assert text(found).startswith("in[out]")
    assert [f.message for f in findings] == ["1 × a picture that is not there"]


def test_an_export_of_canvas(tmp_path: Path) -> None:
    quiz = old(
        old_item(
            material('<p>Q <img src="$IMS-CC-FILEBASE$/a.png" alt="p"></p>') + lid("a", "b"), condition(equal("A"))
        ),
        title="Quiz 1",
    )
    members: Members = {
        "imsmanifest.xml": manifest(
            ("g1", "imsqti_xmlv1p2", "g1/g1.xml"), ("m", "associatedcontent", "g1/assessment_meta.xml")
        ),
        "g1/g1.xml": quiz,
        "g1/assessment_meta.xml": "<quiz/>",
        "web_resources/a.png": PNG,
    }
    [found], findings, assets = read(tmp_path, members)
    assert found.category == ("Quiz 1",)
    assert (findings, assets) == ([], [PNG])


def test_a_pool_of_blackboard(tmp_path: Path) -> None:
    said = (
        "<manifest xmlns:bb='http://www.blackboard.com/content-packaging/'><resources><resource bb:file='res00001.dat' "
        "identifier='res00001' type='assessment/x-bb-qti-pool' xml:base='res00001'/></resources></manifest>"
    )
    picture = '<img src="@X@EmbeddedFile.requestUrlStub@X@bbcswebdav/xid-12_1" alt="p">'
    pool = old(old_item(material(f"<p>Q {picture}</p>") + lid("a", "b"), condition(equal("A"))), title="Pool")
    members: Members = {"imsmanifest.xml": said, "res00001.dat": pool, "csfiles/home_dir/a__xid-12_1.png": PNG}
    # Its manifest names a folder that is not there.
    [found], _, assets = read(tmp_path, members)
    assert found.category == ("Pool",)
    assert assets == [PNG]


def test_a_package_without_a_manifest_and_one_in_a_folder(tmp_path: Path) -> None:
    found, _, _ = read(tmp_path, {"b.xml": item(RIGHT, choice("a", "b")), "a.txt": "x"})
    assert len(found) == 1
    inside: Members = {
        "x/imsmanifest.xml": manifest(("1", "imsqti_item_xmlv2p1", "i.xml")),
        "x/i.xml": item(RIGHT, choice("a", "b")),
    }
    assert len(read(tmp_path, inside)[0]) == 1


def test_an_unpacked_package_by_its_manifest(tmp_path: Path) -> None:
    (tmp_path / "i.xml").write_text(item(RIGHT, choice("a", "b")))
    (tmp_path / "imsmanifest.xml").write_text(manifest(("1", "imsqti_item_xmlv2p1", "i.xml")))
    assert len(list(readers.read_questions(tmp_path / "imsmanifest.xml").bank.questions())) == 1
    assert not readers.is_bank(tmp_path / "imsmanifest.xml")


# --- what nobody vouches for ------------------------------------------------------------------------------------------

ENTITY = '<!DOCTYPE assessmentItem [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def test_a_document_type_that_only_points_is_passed_over(tmp_path: Path) -> None:
    quiz = old(old_item(material("Q") + lid("a", "b"), condition(equal("A"))))
    for kind in ('<!DOCTYPE questestinterop SYSTEM "ims_qtiasiv1p2.dtd">\n', "<!DOCTYPE questestinterop>\n"):
        [found], findings = read_xml(tmp_path, kind + quiz)
        assert findings == []
        assert found.place is not None
        assert found.place.first == 2


@pytest.mark.parametrize(
    "made", [item(RIGHT, "<p>&x;</p>"), old(old_item("<material><mattext>&x;</mattext></material>"))]
)
def test_entities_are_refused(tmp_path: Path, made: str) -> None:
    found, findings = read_xml(tmp_path, ENTITY + made)
    assert found == []
    assert codes(findings) == ["qti-document", "qti-empty"]
    assert "a DOCTYPE is not accepted" in findings[0].message


def test_a_broken_item_does_not_stop_the_others(tmp_path: Path) -> None:
    kind = "imsqti_item_xmlv2p1"
    members: Members = {
        "imsmanifest.xml": manifest(("1", kind, "one.xml"), ("2", kind, "two.xml")),
        "one.xml": f"<assessmentItem {V21}><itemBody>",
        "two.xml": item(RIGHT, choice("a", "b")),
    }
    found, findings, _ = read(tmp_path, members)
    assert len(found) == 1
    [told] = findings
    assert told.code == "qti-document"
    assert told.place is not None
    assert told.place.member == "one.xml"


def test_paths_that_lead_out_are_no_members(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    body = '<p><img src="../../secret.png" alt="s"/><img src="file:///etc/passwd" alt="t"/></p>' + choice("a", "b")
    members: Members = {
        "imsmanifest.xml": manifest(("1", "imsqti_item_xmlv2p1", "one.xml"), ("2", "imsqti_item_xmlv2p1", "../x.xml")),
        "one.xml": item(RIGHT, body),
        "../x.xml": item(RIGHT, choice("a", "b")),
    }
    found, findings, assets = read(tmp_path, members)
    assert len(found) == 1
    assert assets == []
    assert "qti-container" in codes(findings)


def test_scripts_go_and_are_told(tmp_path: Path) -> None:
    body = "<p onclick='x()'>Hi<script>alert(1)</script></p>" + choice("a", "b")
    [found], findings = read_xml(tmp_path, item(RIGHT, body))
    assert text(found) == "Hi\nAsk?"
    assert sorted(f.message for f in findings) == ["1 × a script in a text", "1 × an event handler in a text"]


def test_rules_without_an_end_are_not_run_for_ever(tmp_path: Path) -> None:
    deep = "<not>" * 150 + "<isNull><variable identifier='RESPONSE'/></isNull>" + "</not>" * 150
    rules = f"<responseProcessing><responseCondition><responseIf>{deep}</responseIf></responseCondition></responseProcessing>"
    [found], findings = read_xml(tmp_path, item(RIGHT, choice("a", "b"), rules))
    assert isinstance(found, MultipleChoice)
    assert [each.fraction for each in found.choices] == [1, 0]
    assert codes(findings) == ["qti-rules"]


def test_a_pattern_that_would_take_for_ever_is_not_run(tmp_path: Path) -> None:
    test = "<patternMatch pattern='(a+)+$'><variable identifier='RESPONSE'/></patternMatch>"
    rules = (
        f"<responseProcessing><responseCondition><responseIf>{test}<setOutcomeValue identifier='SCORE'><baseValue "
        "baseType='float'>1</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>"
    )
    declared = response("string", right=("a" * 60 + "!",))
    body = '<p>Say a. <textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    [found], _ = read_xml(tmp_path, item(declared, body, rules))
    assert not isinstance(found, ShortAnswer)


def test_one_item_as_large_as_a_bank_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.VARIABLE, "question-marks=200")
    huge = old(old_item(material("Q") + lid("a", "b") + "<x/>" * 40_000, condition(equal("A"))))
    found, findings = read_xml(tmp_path, huge)
    assert found == []
    assert "in one question" in findings[0].message


def test_what_is_no_package_of_questions_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"imsmanifest.xml": manifest(("1", "webcontent", "a.html")), "a.html": "<p>x</p>"}))
    assert not qti.is_bank(path)
    with pytest.raises(CoursepackError, match="no document of QTI was found"):
        qti.read(path)


def test_what_a_manifest_names_and_no_package_holds_is_told(tmp_path: Path) -> None:
    listed = manifest(("a", "imsqti_item_xmlv2p1", "a.xml"), ("b", "imsqti_item_xmlv2p1", "../../etc/b.xml"))
    found, findings, _ = read(
        tmp_path, {"imsmanifest.xml": listed, "a.xml": item(response(right=("A",)), choice("a", "b"))}
    )
    assert len(found) == 1
    assert [(f.code, f.place.member if f.place else "") for f in findings] == [("qti-document", "../../etc/b.xml")]
