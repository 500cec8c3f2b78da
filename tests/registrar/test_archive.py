"""The bag: what is in it, that it is the same everywhere, and that a killed run leaves none."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import bagit
import msgspec
import pytest
from lxml import etree

from coursepack.files.hashes import sha256
from coursepack.place import CoursepackError
from coursepack.registrar import pronom
from coursepack.registrar.archive import archive
from coursepack.registrar.bag import parse_info, parse_manifest
from coursepack.registrar.edition import Registered
from coursepack.registrar.verify import verify
from tests.registrar.builds import build, project
from tests.registrar.conftest import REGISTERED
from tests.samples import PNG_ID, everything


def members(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_bag_holds_sources_model_products_and_report(bag: Path) -> None:
    assert sorted(members(bag)) == [
        "bag-info.txt",
        "bagit.txt",
        f"data/assets/{PNG_ID}",
        "data/build-report.json",
        "data/course.json",
        "data/premis.xml",
        "data/products/sample.xml",
        "data/products/sample.zip",
        "data/ro-crate-metadata.json",
        "data/sources/course.toml",
        "data/sources/кітап 1.txt",
        "index.html",
        "manifest-sha512.txt",
        "tagmanifest-sha512.txt",
    ]
    bagit.Bag(str(bag)).validate(processes=1)


def test_bag_info_identifies_the_edition(bag: Path) -> None:
    tags = dict(parse_info((bag / "bag-info.txt").read_bytes()))
    assert tags == {
        "Source-Organization": "Үлгі университеті",
        "External-Description": "Үлгі курс: «билік» & <заң>",
        "Bagging-Date": "2026-11-20",
        "External-Identifier": "sample kk",
        "Bag-Software-Agent": tags["Bag-Software-Agent"],
        "Payload-Oxum": tags["Payload-Oxum"],
        "Course-Id": "sample",
        "Course-Title": "Үлгі курс: «билік» & <заң>",
        "Course-Code": "SB 3208",
        "Programme": "6B03101 – Саясаттану",
        "Language": "kk",
        "Academic-Year": "2026/2027",
        "Semester": "күзгі",
        "Credits": "5",
        "Faculty": "Философия және саясаттану факультеті",
        "Department": "Саясаттану кафедрасы",
        "Minutes-Number": "1",
        "Minutes-Date": "2026-08-28",
        "Retention-Term": "5 жыл ЭПК",
        "Coursepack-Version": tags["Coursepack-Version"],
        "Deflate": "test",
    }


def test_what_nobody_said_is_not_in_bag_info(tmp_path: Path) -> None:
    course = msgspec.structs.replace(everything(), about=type(everything().about)())
    out = build(tmp_path / "out", project(tmp_path / "src", course), course)
    done = archive(out, tmp_path / "bags", Registered(date="2026-01-02"), [tmp_path / "src"])
    tags = dict(parse_info((done.path / "bag-info.txt").read_bytes()))
    assert set(tags) == {
        "External-Description", "Bagging-Date", "External-Identifier", "Bag-Software-Agent", "Payload-Oxum",
        "Course-Id", "Course-Title", "Language", "Coursepack-Version", "Deflate",
    }  # fmt: skip


def test_without_a_date_the_bag_states_none(made: Path, tmp_path: Path) -> None:
    done = archive(made / "out" / "sample", tmp_path, Registered(), [made / "src"])
    assert "Bagging-Date" not in dict(parse_info((done.path / "bag-info.txt").read_bytes()))
    assert "datePublished" not in (done.path / "data" / "ro-crate-metadata.json").read_text("utf-8")
    bagit.Bag(str(done.path)).validate(processes=1)


def test_the_registrar_adds_and_replaces_tags(made: Path, tmp_path: Path) -> None:
    registered = Registered(
        date="2026-11-20", minutes="7", minutes_date="2026-09-01", more={"Semester": "1", "Shelf": "12\nБ"}
    )
    done = archive(made / "out" / "sample", tmp_path, registered, [made / "src"])
    tags = dict(parse_info((done.path / "bag-info.txt").read_bytes()))
    assert (tags["Minutes-Number"], tags["Minutes-Date"], tags["Semester"]) == ("7", "2026-09-01", "1")
    assert tags["Shelf"] == "12 Б"


def test_equal_input_gives_equal_bytes(made: Path, tmp_path: Path) -> None:
    (first,) = (made / "bags").glob("sample-*")
    for number, (zone, seed) in enumerate((("Asia/Almaty", "0"), ("America/New_York", "77"))):
        code = (
            "import sys; from pathlib import Path; from coursepack.registrar.archive import archive\n"
            "from coursepack.registrar.edition import Registered\n"
            f"archive(Path({str(made / 'out' / 'sample')!r}), Path(sys.argv[1]), "
            f"Registered(date='2026-11-20', retention='5 жыл ЭПК'), [Path({str(made / 'src')!r})])"
        )
        to = tmp_path / str(number)
        environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C.UTF-8"}
        subprocess.run([sys.executable, "-c", code, str(to)], check=True, env=environment)
        (again,) = to.glob("sample-*")
        assert again.name == first.name
        assert members(again) == members(first)


def test_a_second_run_finds_it_archived_and_another_date_is_refused(made: Path) -> None:
    again = archive(made / "out" / "sample", made / "bags", REGISTERED, [made / "src"])
    assert again.already
    with pytest.raises(CoursepackError, match="archived already"):
        archive(made / "out" / "sample", made / "bags", Registered(date="2027-01-01"), [made / "src"])


def test_the_crate_names_every_file_and_what_made_it(bag: Path) -> None:
    graph = json.loads((bag / "data/ro-crate-metadata.json").read_bytes())["@graph"]
    known = {entity["@id"]: entity for entity in graph}
    assert len(known) == len(graph)
    assert [part["@id"] for part in known["./"]["hasPart"]] == [
        f"assets/{PNG_ID}",
        "build-report.json",
        "course.json",
        "premis.xml",
        "products/sample.xml",
        "products/sample.zip",
        "sources/course.toml",
        "sources/кітап%201.txt",
    ]
    assert known["#build"]["object"] == [{"@id": i} for i in known if i.startswith("sources/")]
    assert known["#course"]["numberOfCredits"] == 5
    assert known["./"]["datePublished"] == "2026-11-20"
    assert known["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
    # «educationalProgram» is no term of the context, and roc-validator refuses the crate for it.
    assert known["#course"]["isPartOf"] == {"@id": "#programme"}
    assert "educationalProgram" not in known["#course"]
    assert known["#programme"]["name"] == "6B03101 – Саясаттану"
    assert known["./"]["license"] == {"@id": "#rights"}
    pronom = "https://www.nationalarchives.gov.uk/PRONOM/"
    assert known["products/sample.zip"]["encodingFormat"] == ["application/zip", {"@id": f"{pronom}x-fmt/263"}]

    def references(value: object) -> list[str]:
        if isinstance(value, dict):
            return [value["@id"]] if set(value) == {"@id"} else [i for v in value.values() for i in references(v)]
        return [i for v in value for i in references(v)] if isinstance(value, list) else []

    named = {i for entity in graph for i in references(entity)}
    assert {i for i in named if not i.startswith("http")} <= set(known)


def test_premis_tells_files_formats_and_events(bag: Path) -> None:
    root = etree.parse(bag / "data/premis.xml").getroot()
    space = {"p": "http://www.loc.gov/premis/v3"}

    def texts(path: str) -> list[str]:
        return [element.text or "" for element in root.iterfind(path, space)]

    assert (root.tag, root.get("version")) == ("{http://www.loc.gov/premis/v3}premis", "3.0")
    files = texts("p:object/p:objectIdentifier/p:objectIdentifierValue")
    assert files == [bag_name(bag), *(name for name in sorted(members(bag)) if name.startswith("data/")
                     and "ro-crate" not in name and "premis" not in name)]  # fmt: skip
    assert texts(".//p:formatRegistryKey") == ["fmt/11", "fmt/817", "fmt/817", "x-fmt/263", "x-fmt/111"]
    events = zip(
        texts("p:event/p:eventType"), texts("p:event/p:eventDateTime"), texts(".//p:eventOutcome"), strict=True
    )
    assert list(events) == [
        ("creation", "UNKNOWN/UNKNOWN", "success"),
        ("validation", "UNKNOWN/UNKNOWN", "pass"),
        ("fixity check", "2026-11-20", "pass"),
    ]
    named = set(texts(".//p:linkingObjectIdentifierValue"))
    assert named == {"data/products/sample.xml", "data/products/sample.zip", bag_name(bag)}


def bag_name(bag: Path) -> str:
    (found,) = (line for line in (bag / "index.html").read_text("utf-8").splitlines() if "--validate" in line)
    return found.partition("--validate ")[2].partition("<")[0]


@pytest.mark.parametrize(
    ("name", "data", "puid"),
    [
        ("a.docx", b"PK\x03\x04", "fmt/412"),
        ("a.pdf", b"%PDF-1.7\n<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B<", "fmt/477"),
        ("a.pdf", b"%PDF-1.7\n", "fmt/276"),
        ("a.pdf", b"%PDF-2.0\n", "fmt/1129"),
        ("a.pdf", b"no PDF", None),
        ("a.mbz", b"\x1f\x8b\x08", "x-fmt/266"),
        ("a.imscc", b"PK\x03\x04", "x-fmt/263"),
        ("a.html", b"<!doctype html>", "fmt/471"),
        ("0a1b", b"GIF89a", "fmt/4"),
        ("course.toml", b"id = 1", None),
    ],
)
def test_formats_are_those_of_pronom(name: str, data: bytes, puid: str | None) -> None:
    found = pronom.of(name, data)
    assert (found.puid if found else None) == puid


def test_the_page_is_in_the_language_of_the_course_and_its_links_lead_somewhere(bag: Path) -> None:
    from urllib.parse import unquote

    from lxml import html

    page = html.fromstring((bag / "index.html").read_bytes())
    assert page.get("lang") == "kk"
    assert [h.text for h in page.iter("h2")] == [
        "Басылым",
        "Өнімдер",
        "Бастапқы құжаттар",
        "Жазбалар",
        "Қалай тексеруге болады",
    ]
    links = [unquote(a.get("href", "")) for a in page.iter("a")]
    assert len(links) == 8  # XML of the records runs nothing, but only products are known to be ours
    assert all((bag / link).is_file() for link in links)
    rows = {row[0].text: row[1].text for row in next(page.iter("table")).iter("tr")}
    assert rows["Кафедра"] == "Саясаттану кафедрасы"
    assert rows["Мұрағатқа тапсырылған күні"] == "2026 жылғы 20 қараша"


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda f: (f / "out/sample/sample.xml").write_bytes(b"<quiz></quiz>"), "changed or lost since it was built"),
        (lambda f: (f / "out/sample/sample.zip").unlink(), "changed or lost since it was built"),
        (lambda f: (f / "out/sample/course.json").unlink(), "expected the folder of a build"),
        (lambda f: (f / "out/sample/build-report.json").write_bytes(b"{"), "not a build report"),
        (lambda f: (f / "src/sample/course.toml").write_text("id = 'other'"), "is not below"),
        (lambda f: (f / "src/sample/кітап 1.txt").write_text("басқа", "utf-8"), "was changed since the course"),
        (lambda f: (f / "src/sample/кітап 1.txt").unlink(), "this source is missing"),
    ],
)  # fmt: skip
def test_a_build_that_is_not_as_it_was_is_refused(made: Path, tmp_path: Path, spoil: object, message: str) -> None:
    for name in ("src", "out"):
        shutil.copytree(made / name, tmp_path / name)
    spoil(tmp_path)  # type: ignore[operator] # a lambda of the table above
    with pytest.raises(CoursepackError, match=message):
        archive(tmp_path / "out/sample", tmp_path / "bags", REGISTERED, [tmp_path / "src"])
    assert not list((tmp_path / "bags").glob("*")) if (tmp_path / "bags").exists() else True


def test_a_per_cent_sign_in_a_name_is_written_as_the_standard_asks(made: Path, tmp_path: Path) -> None:
    """RFC 8493, 2.1.3. The bagit library decodes line ends alone; verify reads this and what earlier versions wrote."""
    for name in ("src", "out"):
        shutil.copytree(made / name, tmp_path / name)
    sources, report = tmp_path / "src/sample", tmp_path / "out/sample/build-report.json"
    (sources / "кітап 1.txt").rename(sources / "100%.txt")
    toml = (sources / "course.toml").read_text("utf-8").replace("кітап 1.txt", "100%.txt")
    (sources / "course.toml").write_text(toml, "utf-8")
    told = json.loads(report.read_bytes())
    told["sources"][0]["file"], told["declared_by"] = "100%.txt", sha256(toml.encode())
    report.write_text(json.dumps(told), "utf-8")
    done = archive(tmp_path / "out/sample", tmp_path / "bags", REGISTERED, [tmp_path / "src"])
    assert "  data/sources/100%25.txt\n" in (done.path / "manifest-sha512.txt").read_text("utf-8")
    assert verify(done.path).findings == []
    sums, _ = parse_manifest(b"0a  data/100%.txt\n0b  data/a%0Ab\n")
    assert list(sums) == ["data/100%.txt", "data/a\nb"]


@pytest.mark.parametrize("date", ["20.11.2026", "2026-02-30", ""])
def test_a_date_that_is_none_is_refused(made: Path, tmp_path: Path, date: str) -> None:
    with pytest.raises(CoursepackError, match="expected YYYY-MM-DD"):
        archive(made / "out/sample", tmp_path, Registered(date=date), [made / "src"])


# Dies at the n-th time that it opens a file to write, makes, renames or removes something.
KILLED = """
import os, sys
from pathlib import Path
from coursepack.registrar import archive, edition
left = int(sys.argv[1])
def hook(event, args):
    global left
    writes = event == "open" and args[2] & (os.O_WRONLY | os.O_RDWR)
    if writes or event in ("os.mkdir", "os.rename", "os.rmdir", "os.remove"):
        left -= 1
        if left == 0:
            os._exit(137)
sys.addaudithook(hook)
archive.archive(Path(sys.argv[2]), Path(sys.argv[3]), edition.Registered(date="2026-11-20"), [Path(sys.argv[4])])
"""


@pytest.mark.long
def test_killed_at_any_moment_it_leaves_no_half_bag(made: Path, tmp_path: Path) -> None:
    whole, died = 0, 0
    for point in range(1, 60):
        to = tmp_path / str(point)
        arguments = [str(point), str(made / "out/sample"), str(to), str(made / "src")]
        done = subprocess.run([sys.executable, "-c", KILLED, *arguments], capture_output=True)
        found = [path for path in to.glob("*") if not path.name.startswith(".")] if to.exists() else []
        for path in found:
            assert not verify(path).findings
        whole += bool(found)
        died += done.returncode == 137
        if done.returncode == 0:
            break
        again = archive(made / "out/sample", to, Registered(date="2026-11-20"), [made / "src"])
        assert not verify(again.path).findings
        assert sorted(path.name for path in to.iterdir()) == [again.path.name]
    assert done.returncode == 0
    assert died >= 20
    assert whole >= 1
