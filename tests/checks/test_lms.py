"""What an LMS will make of a cartridge: sentences from tables, counted in the package."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import checks, publish
from coursepack.checks.lms import lms_report, names, table
from coursepack.files.package import Package
from coursepack.place import CoursepackError, Severity
from coursepack.writers import Context, load
from coursepack.writers.cartridge.writer import cc11, cc13
from tests.samples import ASSETS, everything


def _package(name: str) -> Package:
    writer = {"cc11": cc11, "cc13": cc13}[name]
    (artifact,) = writer.write(everything(), Context(assets=ASSETS)).artifacts
    return Package.of_members(artifact.name, ((member.path, member.read()) for member in artifact.members))


def _said(package: Package, lms: str) -> dict[str, str]:
    return {finding.code.removeprefix(f"lms-{lms}-"): finding.message for finding in lms_report(package, lms)}


def test_every_table_is_readable_and_every_fact_has_a_source() -> None:
    assert names() == ["canvas", "moodle", "openedx"]
    for name in names():
        assert f"lms-{name}" in checks.names()
        for fact in table(name).fact:
            assert fact.source
            assert fact.says.format(count=1, names="x")


def test_moodle_takes_the_cartridge_11_without_loss() -> None:
    report = lms_report(_package("cc11"), "moodle")
    assert {finding.severity for finding in report} == {Severity.NOTE}
    said = _said(_package("cc11"), "moodle")
    assert "5 folders become sections" in said["sections"]
    assert "1 discussion topics become forums" in said["topics"]
    assert "nested" not in said


def test_moodle_does_not_know_the_cartridge_13() -> None:
    report = lms_report(_package("cc13"), "moodle")
    assert report[0].severity is Severity.ERROR
    assert "--format cc11" in report[0].advice


def test_openedx_loses_the_bank() -> None:
    said = _said(_package("cc13"), "openedx")
    assert "question banks are not read" in said["bank"]
    assert "assignments" in said


def test_what_moodle_breaks_is_told() -> None:
    package = _package("cc11")
    page = package.read("w02-lecture.html").replace(
        b"</body>", b'<figure><a href="foreword.html">x</a></figure>&lt;b&gt;<svg></svg></body>'
    )
    members = {name: package.read(name) for name in package.names()} | {"w02-lecture.html": page}
    said = _said(Package.of_members("x.imscc", members.items()), "moodle")
    assert {"figures", "page-links", "tags", "drawings"} <= set(said)


def test_an_unknown_lms_is_answered_with_the_known_ones() -> None:
    with pytest.raises(CoursepackError, match="canvas, moodle, openedx"):
        table("blackboard")


def test_a_package_of_another_kind_says_so() -> None:
    package = Package.of_members("x.zip", {"a.txt": b"x"}.items())
    assert "nothing is known" in lms_report(package, "moodle")[0].message


def test_an_empty_page_is_told() -> None:
    package = _package("cc11")
    assert "empty-page" not in _said(package, "moodle")
    page = b'<!DOCTYPE html><html><head><title>x</title></head><body class="a">\n \n</body></html>'
    members = {name: package.read(name) for name in package.names()} | {"w02-lecture.html": page}
    assert "w02-lecture.html" in _said(Package.of_members("x.imscc", members.items()), "moodle")["empty-page"]


@pytest.mark.parametrize(
    ("product", "code", "said"),
    [
        ("moodle-backup", "backup", "a restore makes a course of it with 26 activities"),
        ("moodle-xml", "questions", "a second import copies every question"),
        ("scorm12", "scos", "a SCORM activity plays it: 5 SCOs"),
    ],
)
def test_moodle_is_known_to_take_what_is_written_for_it(product: str, code: str, said: str, tmp_path: Path) -> None:
    writer = load(product)
    artifact = writer.write(everything(), Context(assets=ASSETS, options=writer.options())).artifacts[0]
    path = tmp_path / artifact.name
    publish.write_file(path, publish.artifact_chunks(artifact))
    assert said in _said(Package.of_path(path), "moodle")[code]
