"""At the door: what was wrongly refused passes, what is no kind of ours is named, what readers skip is reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from coursepack.checks import Grammar, container, html
from coursepack.checks.lms import lms_report
from coursepack.checks.moodle.xml import check as check_quiz
from coursepack.checks.needs import behind, owned
from coursepack.checks.products import Verdict, validate
from coursepack.cli import cli
from coursepack.files.package import Package
from coursepack.place import Severity
from tests.checks.archives import zipped
from tests.checks.test_cartridge import MANIFEST, REVIEW, Members, _whole, codes, sub
from tests.mutations import products

FORK = b"\0\5\x16\7\0\2\0\0Mac OS X"


def said(tmp_path: Path, members: Members) -> Verdict:
    path = tmp_path / "package"
    path.write_bytes(zipped(*members.items()))
    return validate(path)


@pytest.mark.parametrize("name", ["cc11", "scorm12", "moodle-backup"])
def test_what_a_mac_packs_along_is_not_looked_at(name: str, tmp_path: Path) -> None:
    manifest = "moodle_backup.xml" if name == "moodle-backup" else MANIFEST
    litter = {f"__MACOSX/._{manifest}": FORK, f"._{manifest}": FORK, "a/.DS_Store": b"\0", "__MACOSX/._a.html": FORK}
    verdict = said(tmp_path, litter | products.members(name))
    assert (verdict.kind, verdict.findings) == (name, said(tmp_path, products.members(name)).findings)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"::Q1:: 2 + 2 {=4 ~5}\n", "GIFT"),
        ("Сколько?{#4}\n".encode(), "GIFT"),
        (b"Which?\r\nA. one\r\nB. two\r\nANSWER: A\r\n", "Aiken"),
        (b"{\\rtf1 a}", "RTF"),
        (b"<!DOCTYPE html><html></html>", "a web page"),
        (b"<course/>", "XML whose root is <course>"),
        (b'{"a": 1}', "JSON"),
        (b"a line of text\n", "text"),
        (b"\1\0\2\3", "an unknown kind"),
        (zipped(("h5p.json", b"{}")), "an H5P package"),
        (zipped(("mimetype", b"application/vnd.oasis.opendocument.text")), "OpenDocument (text)"),
        (zipped(("[Content_Types].xml", b"<a/>"), ("ppt/presentation.xml", b"<a/>")), "PPTX"),
        (zipped(("a.txt", b"a")), "an archive without imsmanifest.xml"),
    ],
)
def test_other_kinds_are_named_and_exit_with_2(data: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    verdict = validate(path)
    (found,) = verdict.findings
    assert (verdict.kind, verdict.other, verdict.sound) == ("unknown", True, False)
    assert found.message.startswith(kind)
    assert ("convert" in found.advice) == (kind in {"GIFT", "Aiken"})


def test_the_door_names_the_kind(tmp_path: Path) -> None:
    (tmp_path / "q.gift").write_text("::Q1:: 2 + 2 {=4 ~5}\n")
    done = CliRunner().invoke(cli, ["validate", str(tmp_path / "q.gift")])
    assert done.exit_code == 2
    assert "GIFT: a kind that is not checked" in done.output


def test_a_hostile_archive_of_no_kind_is_refused_and_not_only_unknown(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(("../a.txt", b"a"), ("b.txt", b"b")))
    assert (validate(path).sound, validate(path).other) == (False, False)


QTI = {
    "qti21": ("imsqti_item_xmlv2p1", "QTIv2.1 Package", "1.0.0"),
    "qti22": ("imsqti_test_xmlv2p2", "QTIv2.2 Package", "1.0.0"),
    "qti12-package": ("imsqti_xmlv1p2", "IMS Content", "1.1.3"),
}


@pytest.mark.parametrize("wanted", QTI)
def test_a_package_of_questions_is_no_scorm(wanted: str, tmp_path: Path) -> None:
    kind, schema, number = QTI[wanted]
    manifest = f"""<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m">
      <metadata><schema>{schema}</schema><schemaversion>{number}</schemaversion></metadata><organizations/>
      <resources><resource identifier="r" type="{kind}" href="q.xml"><file href="q.xml"/></resource></resources>
    </manifest>"""
    verdict = said(tmp_path, {MANIFEST: manifest.encode(), "q.xml": b"<questestinterop/>"})
    assert (verdict.kind, "QTI" in verdict.title) == (wanted, True)


PAGES = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
  identifier="m">
  <metadata><schema>{schema}</schema><schemaversion>{version}</schemaversion></metadata>
  <organizations default="o"><organization identifier="o"><title>t</title>
    <item identifier="i" identifierref="a"><title>t</title></item></organization></organizations>
  <resources>
    <resource identifier="a" type="webcontent" adlcp:scormType="sco" href="a.html">
      <dependency identifierref="b"/></resource>
    <resource identifier="b" type="webcontent" adlcp:scormType="asset"><dependency identifierref="c"/></resource>
    <resource identifier="c" type="webcontent" adlcp:scormType="asset"><file href="{file}"/></resource>
  </resources></manifest>"""


@pytest.mark.parametrize(("schema", "version"), [("ADL SCORM", "2004 3rd Edition"), ("IMS Content", "1.1.4")])
@pytest.mark.parametrize(("file", "listed"), [("a.html", True), ("b.html", False)])
def test_the_files_of_what_a_resource_needs_are_its_own(
    schema: str, version: str, file: str, listed: bool, tmp_path: Path
) -> None:
    manifest = PAGES.format(schema=schema, version=version, file=file).encode()
    page = b"<html lang='en'><title>t</title><p>t</html>"
    verdict = said(tmp_path, {MANIFEST: manifest, "a.html": page, "b.html": page})
    assert any(finding.code.endswith("href-unlisted") for finding in verdict.findings) is not listed


def test_what_lies_behind_a_resource_is_followed_so_far_and_no_further() -> None:
    chain = {str(at): [str(at + 1)] for at in range(1000)}
    assert list(behind("0", chain))[:3] == ["1", "2", "3"]
    assert len(list(behind("0", chain))) == 64
    assert list(behind("a", {"a": ["b", "c"], "b": ["a", "d"], "c": ["d"]})) == ["b", "c", "d"]
    assert owned({"a": ["x", "y"], "b": ["x"]}) == {"x": {"a", "b"}, "y": {"a"}}


# --- cartridges ---------------------------------------------------------------------------------------------------


def test_types_of_an_earlier_version_are_told() -> None:
    older = sub(MANIFEST, r'type="imsdt_xmlv1p3"', 'type="imsdt_xmlv1p1"')
    topic = sub("w01-seminar.xml", "imsccv1p3/imsdt_v1p3", "imsccv1p1/imsdt_v1p1")
    assert codes(topic(older(dict(_whole("cc13"))))) == {"cc-type-older": Severity.WARNING}
    assert codes(dict(_whole("cc13"))) == {}


def test_an_essay_that_a_computer_scores() -> None:
    scored = sub(REVIEW, r"(cc\.essay\.v0p1.*?qmd_computerscored</fieldlabel><fieldentry>)No", r"\1Yes")
    assert codes(scored(dict(_whole("cc11")))) == {"qti-essay-scored": Severity.WARNING}


def test_an_assessment_without_metadata() -> None:
    bare = sub(REVIEW, r"(<assessment[^>]*>)<qtimetadata>.*?</qtimetadata>", r"\1")
    assert codes(bare(dict(_whole("cc11")))) == {"qti-metadata-missing": Severity.WARNING}


def test_a_quiz_of_questions_that_moodle_passes_over_stops_the_import() -> None:
    whole = sub(
        "exam-practice.xml", r"cc_profile</fieldlabel><fieldentry>cc\.(?!exam)", r"kind</fieldlabel><fieldentry>", 0
    )(dict(_whole("cc11")))
    report = lms_report(Package.of_members("a.imscc", whole.items()), "moodle")
    (found,) = [one for one in report if one.code == "lms-moodle-empty-quiz"]
    assert found.severity is Severity.ERROR
    assert "exam-practice.xml" in found.message


# --- Moodle XML ---------------------------------------------------------------------------------------------------


def test_an_entity_that_nobody_defined_is_named_with_its_line() -> None:
    quiz = """<?xml version="1.0" encoding="UTF-8"?>
<quiz><question type="essay"><name><text>a</text></name>
<questiontext format="html"><text>10&nbsp;km</text></questiontext></question></quiz>"""
    package = Package.of_bytes("q.xml", quiz.encode())
    (found,) = check_quiz(package, Grammar())
    assert (found.code, found.place and found.place.first) == ("xml-malformed", 3)
    assert "&nbsp; is not defined" in found.message


# --- what is in files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "codes_"),
    [
        ("media/a.png", b"", ["content-empty"]),
        ("media/a.png", b"<!DOCTYPE html><html>404</html>", ["content-other"]),
        ("media/a.png", b"\0" * 50, ["content-other"]),
        ("media/a.png", b"\xff\xd8\xff\xe0 a photo under another name\xff\xd9", []),
        ("a.pdf", b"\n<html>Log in</html>", ["content-other"]),
        ("a.pdf", b"junk\n%PDF-1.4\n", []),
        ("a.mp4", b"<html></html>", ["content-other"]),
        ("a.html", "<html><meta charset=utf-8><p>Дәріс</p></html>".encode("cp1251", "replace"), ["html-encoding"]),
        ("a.html", "<html><meta charset=windows-1251><p>Лекция</p></html>".encode("cp1251"), []),
        ("a.html", "<html><p>a</p></html>".encode("utf-16-le"), ["html-encoding"]),
        ("a.html", "<html><p>a</p></html>".encode("utf-16"), []),
        ("a.html", b"<html><body><p>a</p><img src='", ["html-cut"]),
        ("a.html", b"<html><p>a < b", []),
    ],
)
def test_files_that_are_not_what_they_are_called(name: str, data: bytes, codes_: list[str]) -> None:
    package = Package.of_members("a.zip", [(name, data)])
    found = [*container.check(package, Grammar()), *html.check(package, Grammar())]
    assert [(str(one.severity), one.code) for one in found] == [("warning", code) for code in codes_]
