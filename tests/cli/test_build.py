"""``coursepack build`` and ``inspect`` as a user calls them: as a program, on the seeds and on bad input."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from coursepack.build import counts
from coursepack.model.course import Course, Session, SessionKind, Week
from coursepack.model.course_json import decode
from tests import program
from tests.shared import SEEDS


def run(*arguments: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Call the program; no test may see a traceback."""
    done = program.run(arguments, {"NO_COLOR": "1"} | (env or {}))
    assert "Traceback" not in done.stderr, done.stderr
    return done


def _bytes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != ".coursepack.lock")
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("demo")
    done = run("build", SEEDS, "-o", output)
    assert done.returncode == 0, done.stderr
    return output


def test_both_seed_courses_get_every_product(demo: Path) -> None:
    assert sorted(path.name for path in (demo / "sayasi-bilik").iterdir()) == [
        "SHA256SUMS",
        "build-report.json",
        "course.json",
        "sayasi-bilik-cc11.imscc",
        "sayasi-bilik-cc13.imscc",
        "sayasi-bilik-course-set.docx",
        "sayasi-bilik-exam-control-sheet.docx",
        "sayasi-bilik-exam-tickets.docx",
        "sayasi-bilik-questions.xml",
        "sayasi-bilik-scorm12.zip",
        "sayasi-bilik-scorm2004.zip",
        "sayasi-bilik-syllabus.docx",
        "sayasi-bilik.mbz",
    ]
    assert sorted(path.name for path in (demo / "qazaqstan-tarihy").iterdir()) == [
        "SHA256SUMS",
        "build-report.json",
        "course.json",
        "qazaqstan-tarihy-cc11.imscc",
        "qazaqstan-tarihy-cc13.imscc",
        "qazaqstan-tarihy-course-set.docx",
        "qazaqstan-tarihy-scorm12.zip",
        "qazaqstan-tarihy-scorm2004.zip",
        "qazaqstan-tarihy-syllabus.docx",
        "qazaqstan-tarihy.mbz",
    ]


def test_the_report_has_no_error_and_names_every_product(demo: Path) -> None:
    for folder in (demo / "sayasi-bilik", demo / "qazaqstan-tarihy"):
        report = json.loads((folder / "build-report.json").read_bytes())
        assert [finding for finding in report["findings"] if finding["severity"] == "error"] == []
        for product in report["products"]:
            data = (folder / product["file"]).read_bytes()
            assert (len(data), hashlib.sha256(data).hexdigest()) == (product["size"], product["sha256"])
        named = {product["file"] for product in report["products"]} | {"course.json", "build-report.json", "SHA256SUMS"}
        assert named == {path.name for path in folder.iterdir()}


def test_the_counts_of_the_textbook(demo: Path) -> None:
    report = json.loads((demo / "sayasi-bilik" / "build-report.json").read_bytes())
    assert report["counts"] == {
        "weeks": 15,
        "lectures": 15,
        "outline_items": 36,
        "review_questions": 38,
        "seminars": 15,
        "topics": 55,
        "assignments": 13,
        "exam_questions": 107,
        "exam_variants": 7,
        "readings": 0,
        "terms": 0,
    }
    (source,) = report["sources"]
    assert "unclaimed" not in source  # a default is left out: nothing was left over
    assert source["content"] + source["marks"] + sum(source["aside"].values()) == source["letters"]


def test_every_archive_is_sound(demo: Path) -> None:
    archives = [path for path in demo.rglob("*") if path.suffix in {".imscc", ".zip", ".mbz", ".docx"}]
    assert len(archives) == 16
    for path in archives:
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            assert all(name.isascii() for name in archive.namelist())


def test_a_second_build_elsewhere_is_byte_for_byte_the_same(demo: Path, tmp_path: Path) -> None:
    env = {"TZ": "Asia/Almaty", "LANG": "ru_RU.UTF-8", "LC_ALL": "C", "PYTHONHASHSEED": "4242"}
    copy = tmp_path / "elsewhere" / "seeds"
    shutil.copytree(SEEDS, copy)
    done = run("build", copy, "-o", tmp_path / "out", env=env)
    assert done.returncode == 0, done.stderr
    assert _bytes(tmp_path / "out") == _bytes(demo)


def test_a_published_course_builds_again_from_its_json_alone(demo: Path, tmp_path: Path) -> None:
    done = run("build", demo / "sayasi-bilik" / "course.json", "-f", "cc11,scorm12,moodle-xml", "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    again, first = _bytes(tmp_path / "sayasi-bilik"), _bytes(demo / "sayasi-bilik")
    for name in ("sayasi-bilik-cc11.imscc", "sayasi-bilik-scorm12.zip", "sayasi-bilik-questions.xml", "course.json"):
        assert again[name] == first[name], name


def test_inspect_prints_the_model_itself(demo: Path) -> None:
    done = run("inspect", SEEDS / "sayasi-bilik", "--json")
    assert done.returncode == 0
    assert done.stdout.encode() == (demo / "sayasi-bilik" / "course.json").read_bytes()
    course = decode(done.stdout.encode())
    assert [week.number for week in course.weeks] == list(range(1, 16))


def test_inspect_prints_a_tree_with_counts() -> None:
    done = run("inspect", SEEDS / "sayasi-bilik")
    assert "1-дәріс. «Саяси билік» пәнінің мақсаты мен міндеттері" in done.stdout
    assert "107 questions, 7 reword another, release: list" in done.stdout
    assert "+ 0 unclaimed" in done.stdout


def test_the_page_shows_source_and_course(tmp_path: Path) -> None:
    page = tmp_path / "look.html"
    assert run("inspect", SEEDS / "qazaqstan-tarihy", "--page", page).returncode == 0
    text = page.read_text("utf-8")
    assert 'class="unclaimed" title' not in text
    assert "Желтоқсандағы Жалпықазақ съезі" in text
    assert 'class="aside"' in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "nowhere"], "nowhere: no such file or folder"),
        (["build", str(SEEDS / "sayasi-bilik"), "-f", "scrom12"], "unknown format 'scrom12', expected one of"),
        (["build"], "Missing argument"),
        (["bild"], "No such command 'bild'"),
    ],
)
def test_an_unusable_call_exits_with_2_and_says_why(arguments: list[str], message: str, tmp_path: Path) -> None:
    output = [] if arguments == ["bild"] else ["-o", str(tmp_path)]
    done = run(*arguments, *output)
    assert done.returncode == 2
    assert message in done.stderr


def _course(folder: Path, data: bytes, name: str = "a.txt", role: str = "textbook", more: str = "") -> Path:
    (folder / name).write_bytes(data)
    text = f'id = "x"\ntitle = "X"\nlanguage = "kk"\n{more}\n[[source]]\nfile = "{name}"\nrole = "{role}"\n'
    (folder / "course.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a.txt: the file is empty, expected a document"),
        (b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40, "a.txt: "),
    ],
)
def test_a_source_that_is_no_text_is_named(tmp_path: Path, data: bytes, message: str) -> None:
    done = run("build", _course(tmp_path, data), "-o", tmp_path / "out")
    assert done.returncode == 2
    assert message in done.stderr
    assert not (tmp_path / "out" / "x").exists()


def test_a_textbook_without_lectures_is_no_course(tmp_path: Path) -> None:
    done = run("build", _course(tmp_path, "Ауа райы туралы бір сөйлем.\n".encode()), "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "course-empty" in done.stderr
    assert not (tmp_path / "out" / "x").exists()


def test_a_typo_in_course_toml_names_its_line(tmp_path: Path) -> None:
    done = run("build", _course(tmp_path, b"x", more='labguage = "kk"'), "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "course.toml:4: unknown key 'labguage', expected 'language'" in done.stderr


def test_an_output_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    done = run("build", SEEDS / "qazaqstan-tarihy", "-f", "cc11", "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "out/qazaqstan-tarihy: cannot be written: " in done.stderr.replace("\\", "/")


def test_the_last_good_build_stays_when_the_next_fails(tmp_path: Path) -> None:
    folder = tmp_path / "course"
    shutil.copytree(SEEDS / "sayasi-bilik", folder)
    assert run("build", folder, "-f", "moodle-xml", "-o", tmp_path / "out").returncode == 0
    before = _bytes(tmp_path / "out")
    toml = (folder / "course.toml").read_text("utf-8")
    (folder / "course.toml").write_text(
        toml.replace("Саяси билікті іштен шайқалтатын себептерді атаңыз", "жоқ сұрақ"), "utf-8"
    )
    done = run("build", folder, "-f", "moodle-xml", "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "course.toml" in done.stderr
    assert _bytes(tmp_path / "out") == before


def test_formats_lists_every_writer() -> None:
    done = run("formats")
    for name in ("cc11 *", "cc13 *", "scorm12 *", "scorm2004-3rd", "moodle-backup *", "gift", "syllabus *", "markdown"):
        assert name in done.stdout, name
    listed = {one["format"]: one for one in json.loads(run("formats", "--json").stdout)}
    assert listed["cc11"] == {
        "format": "cc11",
        "table": "cartridge",
        "default": True,
        "summary": "Common Cartridge 1.1, for Moodle and any LMS",
    }
    assert (listed["gift"]["table"], listed["gift"]["default"]) == (None, False)


def test_a_template_that_nothing_looks_for_is_told(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    (mine / "papers").mkdir(parents=True)
    (mine / "logo.png").write_bytes(b"x")
    (mine / "papers" / "sylabus.docx").write_bytes(b"x")
    done = run("build", SEEDS / "qazaqstan-tarihy", "-f", "syllabus", "--templates", mine, "-o", tmp_path / "out")
    assert done.returncode == 0
    assert "sylabus.docx: warning: no product uses a template of this name" in done.stderr
    assert "did you mean papers/syllabus.docx?" in done.stderr
    assert "logo.png" not in done.stderr


def test_a_laboratory_class_is_counted_as_one() -> None:
    kinds: tuple[SessionKind, ...] = ("lecture", "seminar", "practical", "laboratory", "laboratory")
    sessions = tuple(Session(id=f"w01-{n}", kind=kind) for n, kind in enumerate(kinds))
    found = counts(Course(id="c", title="C", language="en", weeks=(Week(id="w01", number=1, sessions=sessions),)))
    assert (found["lectures"], found["seminars"]) == (1, 1)
    assert (found["practical_classes"], found["laboratory_classes"]) == (1, 2)


def test_what_several_products_say_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"# Lecture 1. {'Long title ' * 40}\n\nText.\n", encoding="utf-8")
    done = run("build", tmp_path / "a.md", "-o", tmp_path / "out", "-v")
    told = [line for line in done.stderr.splitlines() if "[" in line]
    assert any("cc-title-cut" in line for line in told), done.stderr
    assert len(told) == len(set(told))


def test_one_broken_course_of_many_does_not_stop_the_others(tmp_path: Path) -> None:
    for name in ("a", "b", "c", "d"):
        folder = tmp_path / "courses" / name
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text("Лекция 1. Власть\n\nВласть есть способность влиять на людей.\n", "utf-8")
        head = f'id = "{name}"\ntitle = "Власть"\nlanguage = "ru"\n[[source]]\nfile = "a.txt"\nrole = "lecture"\n'
        (folder / "course.toml").write_text(head, "utf-8")
    (tmp_path / "courses" / "a" / "course.toml").write_text("id = \n", "utf-8")
    (tmp_path / "courses" / "c" / "a.txt").write_bytes(b"\0\1\2\3" * 99)
    done = run("build", tmp_path / "courses", "-f", "cc13", "-o", tmp_path / "out")
    assert done.returncode == 2
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["b", "d"]
    assert "a/course.toml:1" in done.stderr
    assert "a.txt: c was not built: this is a binary file" in done.stderr
    assert run("build", tmp_path / "courses" / "a", "-o", tmp_path / "out").returncode == 2
