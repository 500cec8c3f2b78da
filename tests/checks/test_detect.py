"""A file's kind is read from what is in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from coursepack import publish
from coursepack.checks.detect import detect
from coursepack.checks.products import PRODUCTS, validate
from coursepack.cli import cli
from coursepack.files.package import Package
from coursepack.model.course_json import encode
from coursepack.place import CoursepackError
from tests.checks.archives import OUTSIDE, tarred, zipped
from tests.mutations import products
from tests.samples import everything

MANIFEST = '<?xml version="1.0"?>\n<manifest {}>{}</manifest>'
SAID = "<metadata><schema>{}</schema><schemaversion>{}</schemaversion></metadata>"
CP = "http://www.imsglobal.org/xsd/"


def manifest(namespaces: str, inside: str = "") -> bytes:
    return zipped(("imsmanifest.xml", MANIFEST.format(namespaces, inside).encode()))


KINDS = {
    "cc10": manifest(f'xmlns="{CP}imscc/imscp_v1p1"', SAID.format("IMS Common Cartridge", "1.0.0")),
    "cc11": manifest(f'xmlns="{CP}imsccv1p1/imscp_v1p1"', SAID.format("IMS Common Cartridge", "1.1.0")),
    "cc12": manifest(f'xmlns="{CP}imsccv1p2/imscp_v1p1"', SAID.format("IMS Common Cartridge", "1.2.0")),
    "cc13": manifest(f'xmlns="{CP}imsccv1p3/imscp_v1p1"', SAID.format("IMS Common Cartridge", "1.3.0")),
    "cc13 misspelt": manifest('xmlns="http://www.lms.org/x"', SAID.format("IMS Common Cartridge", "1.3.0")),
    "cc11 prefixed": manifest(f'xmlns:m="{CP}imsccv1p1/imscp_v1p1"'),
    "cc11 without a namespace": manifest("", '<resource type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"/>'),
    "scorm12": manifest('xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"'),
    "scorm12 misspelt": manifest('xmlns="http://www.lms.org/x"', SAID.format("ADL SCORM", "1.2")),
    "scorm2004": manifest(f'xmlns="{CP}imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"'),
    "scorm2004 by its version": manifest(f'xmlns="{CP}imscp_v1p1"', SAID.format("ADL SCORM", "2004 4th Edition")),
    "scorm2004 second edition": manifest(f'xmlns="{CP}imscp_v1p1"', SAID.format("ADL SCORM", "CAM 1.3")),
    "content-package": manifest(f'xmlns="{CP}imscp_v1p1"', SAID.format("IMS Content", "1.2")),
    "moodle-backup": zipped(("moodle_backup.xml", b"<moodle_backup/>")),
    "moodle-backup in a tar": tarred(("./moodle_backup.xml", b"<moodle_backup/>")),
    "moodle-backup without its main file": zipped(("files.xml", b"<files/>"), ("course/course.xml", b"<course/>")),
    "docx": zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")),
    "docx without its types": zipped(("word/document.xml", b"<w/>")),
    "xlsx": zipped(("[Content_Types].xml", b"spreadsheetml.sheet.main+xml")),
    "moodle-xml": b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <manifest> -->\n<quiz/>",
    "moodle-xml in UTF-16": "<?xml version='1.0'?><quiz/>".encode("utf-16"),
    "moodle-xml with a DOCTYPE": b'<!DOCTYPE quiz [<!ENTITY a "b">]><quiz/>',
    "moodle-xml of another root": b"<test><question type='essay'><questiontext/></question></test>",
    "qti12": b"<questestinterop/>",
    "course": encode(everything()),
    "pdf": b"%PDF-1.7",
    "unknown": b"{\\rtf1 a}",
    "unknown empty": b"",
    "unknown zip": zipped(("a.txt", b"a")),
    "unknown XML": OUTSIDE,
}


@pytest.mark.parametrize("name", KINDS)
def test_kinds(name: str) -> None:
    assert detect(Package.of_bytes("any.bin", KINDS[name])).kind == name.partition(" ")[0]


@pytest.mark.parametrize("name", products.MADE)
def test_our_products_are_what_they_are_whatever_they_are_called(name: str, tmp_path: Path) -> None:
    path = tmp_path / "файл"
    publish.write_file(path, publish.artifact_chunks(products.artifact(name)))
    verdict = validate(path)
    assert (verdict.kind, verdict.sound) == (products.MADE[name][2], True)
    assert verdict.title == PRODUCTS[verdict.kind].title


def test_an_unpacked_package_is_the_same_package(tmp_path: Path) -> None:
    for name, data in products.members("cc11").items():
        (tmp_path / "cc" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "cc" / name).write_bytes(data)
    assert validate(tmp_path / "cc").sound
    (tmp_path / "cc/exam-bank.xml").unlink()
    assert not validate(tmp_path / "cc").sound


def test_a_manifest_in_a_folder_is_judged_and_told(tmp_path: Path) -> None:
    members = [(f"course/{name}", data) for name, data in products.members("scorm12").items()]
    (tmp_path / "x.zip").write_bytes(zipped(*members))
    codes = [finding.code for finding in validate(tmp_path / "x.zip").findings if finding.severity == "error"]
    assert codes == ["ims-manifest-not-at-root"]


def test_a_manifest_in_capitals_is_told(tmp_path: Path) -> None:
    members = {name.replace("imsmanifest", "IMSManifest"): data for name, data in products.members("cc13").items()}
    (tmp_path / "x.zip").write_bytes(zipped(*members.items()))
    assert "ims-manifest-name" in [finding.code for finding in validate(tmp_path / "x.zip").findings]


def test_bags_and_builds_are_for_other_commands(tmp_path: Path) -> None:
    (tmp_path / "bagit.txt").write_text("BagIt-Version: 1.0\n")
    with pytest.raises(CoursepackError, match="use coursepack verify"):
        validate(tmp_path)


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["validate", *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def broken(tmp_path: Path) -> Path:
    members = products.members("cc11")
    del members["exam-bank.xml"]
    path = tmp_path / "broken.imscc"
    path.write_bytes(zipped(*members.items()))
    return path


def test_a_problem_is_one_line(tmp_path: Path) -> None:
    path = broken(tmp_path)
    code, output = run(str(path))
    assert code == 1
    line = next(line for line in output.splitlines() if "exam-bank.xml" in line)
    assert line.startswith(f"{path}!imsmanifest.xml:")
    assert ": error: " in line
    assert line.rstrip().endswith("-> add the file")
    assert output.splitlines()[-1].startswith(f"{path}: not sound (Common Cartridge 1.1; findings: ")


def test_exit_codes(tmp_path: Path) -> None:
    path = broken(tmp_path)
    (tmp_path / "sound.xml").write_bytes(
        products.members("moodle-xml")[products.artifact("moodle-xml").members[0].path]
    )
    assert run(str(tmp_path / "sound.xml"))[0] == 0
    assert run(str(tmp_path / "sound.xml"), str(path))[0] == 1
    assert run(str(tmp_path / "sound.xml"), str(path), str(tmp_path / "nowhere"))[0] == 2


def test_json(tmp_path: Path) -> None:
    code, output = run("--json", str(broken(tmp_path)))
    (record,) = json.loads(output)
    assert (code, record["kind"], record["sound"]) == (1, "cc11", False)
    finding = next(f for f in record["findings"] if f["severity"] == "error")
    assert finding["place"]["member"] == "imsmanifest.xml"
    assert finding["place"]["first"] > 1


def test_sarif_is_valid_and_names_members(tmp_path: Path) -> None:
    path = broken(tmp_path)
    _, output = run("--sarif", str(path))
    log = json.loads(output)
    (sarif_run,) = log["runs"]
    assert log["version"] == "2.1.0"
    codes = {rule["id"] for rule in sarif_run["tool"]["driver"]["rules"]}
    artifacts = sarif_run["artifacts"]
    for result in sarif_run["results"]:
        assert result["ruleId"] in codes
        assert result["level"] in {"error", "warning", "note"}
        location = result["locations"][0]["physicalLocation"]
        artifact = artifacts[location["artifactLocation"]["index"]]
        assert artifact["location"]["uri"] == location["artifactLocation"]["uri"]
    member = next(artifact for artifact in artifacts if artifact["location"]["uri"] == "/imsmanifest.xml")
    assert artifacts[member["parentIndex"]]["location"]["uri"] == str(path)


@pytest.mark.long
def test_no_input_gives_a_traceback(tmp_path: Path) -> None:
    """Every prefix of a package, and packages of nonsense under every name that means something."""
    whole = zipped(*products.members("scorm12").items())
    for cut in range(0, len(whole), len(whole) // 16):
        (tmp_path / "cut.zip").write_bytes(whole[:cut])
        assert run(str(tmp_path / "cut.zip"))[0] in {1, 2}
    names = ("imsmanifest.xml", "moodle_backup.xml", "word/document.xml", "[Content_Types].xml", "files.xml")
    for name in names:
        for data in (b"", b"\0", b"<", b"<a/>", OUTSIDE, "<ж/>".encode("cp1251"), b"\xff\xfe<\0"):
            for members in ([(name, data)], [(name, data), ("imsmanifest.xml", MANIFEST.format("", "").encode())]):
                if len({member for member, _ in members}) == len(members):
                    (tmp_path / "x.zip").write_bytes(zipped(*members))
                    assert run(str(tmp_path / "x.zip"))[0] in {1, 2}, (name, data)
