"""A bag of «Саяси билік»: the library's own check, and its products built again from the sources inside."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import bagit
import msgspec
import pytest

from coursepack import build, discovery
from coursepack.build_again import build_again, guards
from coursepack.model.course import Course
from coursepack.place import CoursepackError, Place, error
from coursepack.registrar import rebuild
from coursepack.registrar.archive import archive
from coursepack.registrar.edition import Registered
from coursepack.registrar.rebuild import BagContents
from coursepack.registrar.verify import open_bag, read_report
from tests import program
from tests.shared import SEEDS, small

FORMATS = ("moodle-xml", "scorm12", "cc11")


@pytest.fixture(scope="module")
def sayasi_bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sayasi")
    (loaded,) = discovery.find_projects([SEEDS / "sayasi-bilik"])
    built = build.build(loaded, folder / "out", build.Settings(formats=FORMATS))
    assert built.folder
    return archive(built.folder, folder / "bags", Registered(date="2026-11-20"), [SEEDS]).path


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bag of a course of one lecture, for what does not depend on the course."""
    folder = tmp_path_factory.mktemp("small")
    (loaded,) = discovery.find_projects([small(folder)])
    built = build.build(loaded, folder / "out", build.Settings(formats=FORMATS))
    assert built.folder
    return archive(built.folder, folder / "bags", Registered(date="2026-11-20"), [folder / "kurs"]).path


def test_the_library_accepts_it(sayasi_bag: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bagit", "--validate", str(sayasi_bag)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_it_is_built_again_byte_for_byte_elsewhere(sayasi_bag: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(sayasi_bag, tmp_path / "көшірме" / "bag")
    environment = os.environ | {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "5", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", "from coursepack.cli import main; main()", "verify", "--rebuild", str(copy)],
        capture_output=True,
        cwd=tmp_path,
        env=environment,
    )
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    assert "complete and unchanged, and its sources give its products" in done.stdout.decode()


def test_products_that_the_sources_do_not_give_are_named(bag: Path) -> None:
    def other(inside: BagContents, output: Path) -> Path:
        toml = inside.sources / "course.toml"
        toml.write_text(toml.read_text("utf-8").replace('title = "Билік"', 'title = "Саяси билік"'), "utf-8")
        return build_again(inside, output)

    found = rebuild.check(bag, other)
    told = {
        (finding.code, (finding.place.member or "").rpartition("/")[2] if finding.place else "") for finding in found
    }
    assert ("rebuild-product", "kurs-questions.xml") in told
    assert ("rebuild-product", "kurs-scorm12.zip") in told
    assert any(finding.message.startswith("imsmanifest.xml is not") for finding in found)
    assert ("rebuild-model", "course.json") in told


def test_other_libraries_are_named_as_a_note_or_where_products_differ_a_warning(
    sayasi_bag: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = read_report(open_bag(sayasi_bag))
    assert {"lxml", "deflate", "msgspec", "tzdata"} <= report.libraries.keys()
    assert f"lxml {report.libraries['lxml']}" in (sayasi_bag / "bag-info.txt").read_text("utf-8").replace("\n  ", " ")
    package, place = open_bag(sayasi_bag), Place("x")
    now = msgspec.structs.replace(report, libraries=report.libraries | {"lxml": "0.1"})
    said = f"lxml {report.libraries['lxml']}, now 0.1"
    (equal,) = rebuild._libraries(package, report, now, [])
    assert (equal.severity, equal.message) == ("note", f"built with other libraries, the products are equal: {said}")
    (other,) = rebuild._libraries(package, report, now, [error("rebuild-product", "a", place)])
    assert (other.severity, other.message) == ("warning", f"built with other libraries: {said}")
    assert list(rebuild._libraries(package, report, report, [])) == []
    old = msgspec.structs.replace(report, libraries={})
    assert list(rebuild._libraries(package, old, now, [])) == []


def test_another_version_says_so_and_compares_what_is_read(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild, "__version__", "99.0")
    calls = []

    def again(inside: BagContents, output: Path) -> Path:
        calls.append(sorted(path.name for path in inside.sources.iterdir()))
        return build_again(inside, output)

    assert [(finding.code, finding.severity) for finding in rebuild.check(bag, again)] == [("rebuild-version", "note")]
    assert calls == [["a.txt", "course.toml"]]


def test_a_pdf_by_typst_is_compared_and_of_another_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (loaded,) = discovery.find_projects([small(tmp_path)])
    built = build.build(loaded, tmp_path / "out", build.Settings(formats=("syllabus",), pdf=True))
    assert built.folder
    bag = archive(built.folder, tmp_path / "bags", Registered(date="2026-11-20"), [tmp_path / "kurs"]).path
    printed = bag / "data/products/kurs-syllabus.pdf"
    data = printed.read_bytes()
    (by,) = set(re.findall(rb"/Creator\((Typst [0-9.]+)\)", data))
    new = []

    def again(inside: BagContents, output: Path) -> Path:
        made = build_again(inside, output)
        new.append((tmp_path / "again.pdf").write_bytes((made / "kurs-syllabus.pdf").read_bytes()))
        return made

    assert rebuild.check(bag, again) == []
    assert new == [len(data)]

    def said(old: bytes) -> list[tuple[str, str]]:
        printed.write_bytes(old)
        found = rebuild._pdf(open_bag(bag), "data/products/kurs-syllabus.pdf", tmp_path / "again.pdf")
        return [(finding.code, finding.message) for finding in found]

    assert said(data) == []
    assert said(data + b"\n") == [("rebuild-product", "the PDF is not what the sources give")]
    older = "a PDF by Typst 0.1.0, printed again by " + by.decode() + ", which writes other bytes: not compared"
    assert said(data.replace(by, b"Typst 0.1.0")) == [("rebuild-not-compared", older)]
    office = "a PDF that Typst did not make differs in its bytes each time and is not compared"
    assert said(b"%PDF-1.7 /Creator(Writer)") == [("rebuild-not-compared", office)]
    monkeypatch.setattr(rebuild, "_prints_here", lambda: False)
    absent = f"a PDF by {by.decode()}, which is not installed here: not compared"
    assert said(data) == [("rebuild-not-compared", absent)]


def test_sources_that_no_longer_build_are_told(bag: Path) -> None:
    def fails(*_: object) -> Path:
        raise CoursepackError("the source cannot be read")

    (finding,) = rebuild.check(bag, fails)
    assert (finding.code, finding.message) == ("rebuild-failed", "the source cannot be read")


def test_what_the_call_chose_is_chosen_again(bag: Path, tmp_path: Path) -> None:
    (loaded,) = discovery.find_projects([small(tmp_path)])
    chosen = build.Settings(formats=("moodle-xml",), split=1, previous=bag / "data/course.json")
    built = build.build(loaded, tmp_path / "out", chosen)
    assert built.folder
    assert len(built.report.products) == 2
    again = archive(built.folder, tmp_path / "bags", Registered(date="2026-11-20"), [tmp_path / "kurs"]).path
    assert rebuild.check(again, build_again) == []


def test_a_build_of_what_is_new_is_not_archived(bag: Path, tmp_path: Path) -> None:
    (loaded,) = discovery.find_projects([small(tmp_path)])
    since = bag / "data/products/kurs-questions.xml"
    built = build.build(loaded, tmp_path / "out", build.Settings(formats=("moodle-xml",), since=since))
    assert built.folder
    with pytest.raises(CoursepackError, match="only what is new"):
        archive(built.folder, tmp_path / "bags", Registered(date="2026-11-20"), [tmp_path / "kurs"])


def test_the_model_in_the_bag_is_a_course(sayasi_bag: Path) -> None:
    course = msgspec.json.decode((sayasi_bag / "data/course.json").read_bytes(), type=Course)
    assert (len(course.weeks), len(course.exam.questions if course.exam else ())) == (15, 107)


# --- templates of the bag, and what they may do -----------------------------------------------------------------------


def templated_bag(folder: Path, page: str) -> Path:
    """A bag of a build with a cartridge page of its own, forged afterwards to hold ``page`` as that template."""
    (own := folder / "mine" / "cartridge").mkdir(parents=True)
    (own / "page.html").write_text("<!DOCTYPE html><title>{{ title }}</title><body>{{ body }}</body>", "utf-8")
    (loaded,) = discovery.find_projects([small(folder)])
    chosen = build.Settings(formats=("cc13",), templates=folder / "mine")
    built = build.build(loaded, folder / "out", chosen)
    assert built.folder
    bag = archive(built.folder, folder / "bags", Registered(date="2026-11-20"), [folder / "kurs"], folder / "mine").path
    if page:
        (bag / "data/templates/cartridge/page.html").write_text(page, "utf-8")
        library = bagit.Bag(str(bag))
        library.save(manifests=True)
    return bag


def verified(*arguments: str | Path) -> tuple[int, str]:
    done = program.run(("verify", "--rebuild", *arguments))
    return done.returncode, done.stdout + done.stderr


def test_templates_of_a_bag_are_not_run_unless_the_registrar_says_so(tmp_path: Path) -> None:
    bag = templated_bag(tmp_path, "")
    status, said = verified(bag)
    assert status == 1
    assert "[rebuild-templates] -> --templates DIR takes your own copy" in said
    assert "complete and unchanged, but not rebuilt" in said
    assert verified("--trust-templates", bag)[0] == 0
    assert verified("--templates", tmp_path / "mine", bag)[0] == 0
    (tmp_path / "mine" / "cartridge" / "page.html").write_text("another")
    status, said = verified("--templates", tmp_path / "mine", bag)
    assert (status, "does not hold the templates" in said) == (1, True)


@pytest.mark.long
@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("{{ cycler.__init__.__globals__.os.popen('touch PROOF') }}", "the page template cannot be used"),
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "not done within 2 seconds"),
        ("{{ 'x' * 10 ** 10 }}", "needs more than"),
    ],
)
def test_even_trusted_templates_run_in_a_cage(
    page: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSEPACK_LIMITS", "template-seconds=2")
    bag = templated_bag(tmp_path, page)
    monkeypatch.chdir(tmp_path)
    (finding,) = rebuild.check(bag, build_again, rebuild.Templates(of_the_bag=True))
    assert (finding.code, said in finding.message) == ("rebuild-failed", True)
    assert not list(tmp_path.rglob("PROOF"))


def test_the_child_that_builds_again_writes_in_its_folder_only(
    bag: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coursepack.build_again.__name__", "tests.registrar.test_rebuild")
    (finding,) = rebuild.check(bag, build_again)
    assert finding.message == "PermissionError PermissionError written"


def in_child(_: bytes, *, sources: str, output: str, **__: object) -> str:
    """What a child could do that was taken over by what it read."""
    tried = []
    for attempt in (
        lambda: (Path(__file__).parent / "PROOF").write_text("x"),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM).close(),
        lambda: Path(output).write_text("x"),
    ):
        try:
            attempt()
            tried.append("written")
        except OSError as problem:
            tried.append(type(problem).__name__)
    raise CoursepackError(" ".join(tried))


def test_a_machine_without_guards_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(guards()) == []
    monkeypatch.setattr("coursepack.isolated.guards.held", lambda: frozenset({"memory"}))
    (finding,) = guards()
    assert finding.message == (
        "rebuilt with less isolation than usual: on this machine the network is not closed, "
        "writing is not held to one folder"
    )
