"""``coursepack build`` of many courses as its user sees it: one screen, reports, exit codes."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests import program
from tests.shared import small

BAD = 'id = "{0}"\ntitle = "Билік"\nlanguage = "kk"\n\n[[source]]\nfile = "none.txt"\nrole = "textbook"\n'


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    done = program.run(arguments, {"NO_COLOR": "1"})
    assert "Traceback" not in done.stderr, done.stderr
    return done


def call(folder: Path, *more: str | Path) -> subprocess.CompletedProcess[str]:
    return run(
        "build", folder, "-o", folder.parent / "output", "-f", "csv", "--ledger", folder.parent / "ledger", *more
    )


@pytest.fixture(scope="module")
def faculty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """22 courses: two without their text, one without a class."""
    folder = tmp_path_factory.mktemp("faculty") / "courses"
    for number in range(19):
        small(folder, f"k{number:02}")
    for name in ("x1", "x2"):
        (folder / name).mkdir()
        (folder / name / "course.toml").write_text(BAD.format(name), "utf-8")
    (small(folder, "y") / "a.txt").write_text("Билік.\n", "utf-8")
    return folder


def test_a_faculty_on_one_screen(faculty: Path) -> None:
    page, lines = faculty.parent / "r.html", faculty.parent / "r.jsonl"
    first = call(faculty, "--report", page, "--report", lines, "--jobs", "2")
    assert first.returncode == 2
    assert len(first.stdout.splitlines()) < 24
    assert re.search(r"^22 courses: 19 built, 3 failed \(\d+ s\)$", first.stdout, re.MULTILINE)
    table = first.stdout.replace("\n", " ")
    assert "no lecture, seminar, task, question or reading was found" in table
    assert re.search(r" 2 +source file 'none.txt' is missing.* x1, x2 ", table)
    rows = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    assert [row["course"] for row in rows] == [*(f"k{number:02}" for number in range(19)), "x1", "x2", "y"]
    assert [row["state"] for row in rows] == ["built"] * 19 + ["unusable"] * 2 + ["errors"]
    assert [row["counts"]["lectures"] for row in rows[:19]] == [1] * 19
    html = page.read_text("utf-8")
    assert html.count("<tr>") == 1 + 2 + 1 + 22  # what went wrong, and the courses, each below a head
    assert "none.txt" in html
    assert "Content-Security-Policy" in html

    second = call(faculty, "--jobs", "1")
    assert second.returncode == 2
    assert re.search(r"^22 courses: 19 unchanged, 3 failed \(0 s\)$", second.stdout, re.MULTILINE)
    third = call(faculty, "--retry", "--force", "-q")
    assert (third.returncode, third.stdout) == (2, "")
    assert [re.findall(r"x1|x2|course-empty", line)[:1] for line in third.stderr.splitlines()] == [
        ["x1"],
        ["x2"],
        ["course-empty"],
    ]


def test_a_report_of_no_known_kind_is_refused_before_anything_is_built(faculty: Path) -> None:
    done = call(faculty, "--report", faculty.parent / "r.pdf")
    assert done.returncode == 2
    assert "unknown file extension of a report, expected .html or .jsonl" in done.stderr


def test_a_single_course_is_always_built_unless_only_changes_are_asked_for(tmp_path: Path) -> None:
    course = small(tmp_path / "courses")
    told = "nothing has changed since it was built"
    assert told not in call(course).stdout
    assert told not in call(course).stdout
    assert told not in call(course, "--only-changed").stdout
    done = call(course, "--only-changed")
    assert (done.returncode, told in done.stdout) == (0, True)
    assert "kurs-questions.csv" in done.stdout
