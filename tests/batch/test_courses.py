"""Many courses: what is built again and what is not, what becomes of the bad ones, and that bytes do not depend on who
builds."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from coursepack import build, discovery
from coursepack.batch.courses import Again, Courses
from coursepack.batch.ledger import EditionRow
from coursepack.batch.processes import Processes
from coursepack.place import CoursepackError
from coursepack.project import course_toml as project
from tests.shared import small

FORMATS = ("moodle-xml", "syllabus")
BAD = 'id = "bad"\ntitle = "Билік"\nlanguage = "kk"\n\n[[source]]\nfile = "none.txt"\nrole = "textbook"\n'


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Three courses that were written long enough ago for their times to tell."""
    for name in ("a", "b", "c"):
        settled(small(tmp_path / "courses", name))
    return tmp_path / "courses"


def settled(folder: Path) -> None:
    """Files as if written a minute ago."""
    then = time.time() - 60
    for path in folder.rglob("*"):
        os.utime(path, (then, then))


def rows(
    folder: Path, again: Again = "changed", settings: build.Settings | None = None, jobs: int = 1
) -> list[EditionRow]:
    """Build what is in ``folder/…`` into ``output`` beside it."""
    sites = list(discovery.sites([folder]))
    asked = settings or build.Settings(formats=FORMATS)
    courses = Courses(sites, folder.parent / "output", asked, again=again, ledger=folder.parent / "ledger")
    if jobs == 1:
        done = list(courses.run())
    else:
        with Processes(jobs) as courses.engine:
            done = list(courses.run())
    assert len(done) == courses.wanted
    return [each.row for each in sorted(done, key=lambda each: each.number)]


def states(found: list[EditionRow]) -> dict[str, str]:
    return {row.course: f"{row.state}{' as before' if row.as_before else ''}" for row in found}


def digest(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def marks(folder: Path) -> dict[Path, tuple[int, int]]:
    return {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in (folder.parent / "output").rglob("*")}


ALL_NEW = {"a": "built", "b": "built", "c": "built"}
ALL_OLD = {"a": "built as before", "b": "built as before", "c": "built as before"}


def test_what_did_not_change_is_not_built_again(many: Path) -> None:
    first = rows(many)
    before = marks(many)
    second = rows(many)
    assert (states(first), states(second)) == (ALL_NEW, ALL_OLD)
    assert marks(many) == before
    assert [msgspec.structs.replace(row, as_before=False, seconds=0) for row in second] == [
        msgspec.structs.replace(row, seconds=0) for row in first
    ]


def test_nothing_of_the_ledger_lies_among_the_builds(many: Path) -> None:
    rows(many)
    assert sorted(path.name for path in (many.parent / "output").iterdir()) == ["a", "b", "c"]


def appended(course: Path) -> None:
    with (course / "a.txt").open("a", encoding="utf-8") as file:
        file.write("\n3. Билік түрлері қандай?\n")


def added(course: Path) -> None:
    (course / "new.pptx").write_bytes(b"PK")


def declared(course: Path) -> None:
    (course / "course.toml").write_text(
        (course / "course.toml").read_text("utf-8") + '\n[about]\ncode = "SB 1"\n', "utf-8"
    )


def product_gone(course: Path) -> None:
    (course.parent.parent / "output/b/b-syllabus.docx").unlink()


def product_edited(course: Path) -> None:
    path = course.parent.parent / "output/b/b-questions.xml"
    path.write_bytes(path.read_bytes() + b"\n")


def build_gone(course: Path) -> None:
    (course.parent.parent / "output/b").rename(course.parent.parent / "output-of-b")


@pytest.mark.parametrize("change", [appended, added, declared, product_gone, product_edited, build_gone])
def test_what_changed_alone_is_built_again(many: Path, change: Callable[[Path], None]) -> None:
    rows(many)
    change(many / "b")
    assert states(rows(many)) == ALL_OLD | {"b": "built"}
    assert states(rows(many)) == ALL_OLD


def test_a_file_that_was_replaced_under_the_same_name_size_and_time_is_seen(many: Path) -> None:
    rows(many)
    path = many / "b/a.txt"
    before = path.stat()
    other = many / "b/other"
    other.write_bytes(path.read_bytes().replace("Билік".encode(), "Өкімт".encode()))
    other.replace(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert states(rows(many)) == ALL_OLD | {"b": "built"}


def test_a_file_that_was_only_touched_is_the_same(many: Path) -> None:
    rows(many)
    os.utime(many / "b/a.txt")
    assert states(rows(many)) == ALL_OLD


def test_builds_that_were_copied_stand_and_one_that_was_changed_on_the_way_does_not(many: Path) -> None:
    rows(many)
    output = many.parent / "output"
    shutil.copytree(output, many.parent / "copy", copy_function=shutil.copyfile)
    shutil.rmtree(output)
    (many.parent / "copy").rename(output)
    assert states(rows(many)) == ALL_OLD
    path = output / "b/b-questions.xml"
    path.write_bytes(path.read_bytes().replace(b"1", b"2", 1))
    assert states(rows(many)) == ALL_OLD | {"b": "built"}


def test_a_department_counts_for_its_courses(many: Path) -> None:
    rows(many)
    (many / "department.toml").write_text('[about]\nuniversity = "Қызылорда университеті"\n', "utf-8")
    assert states(rows(many)) == ALL_NEW
    assert states(rows(many)) == ALL_OLD


def test_templates_count(many: Path) -> None:
    (many / "b/mine/papers").mkdir(parents=True)
    toml = many / "b/course.toml"
    toml.write_text('templates = "mine"\n' + toml.read_text("utf-8"), "utf-8")
    rows(many)
    assert states(rows(many)) == ALL_OLD
    (many / "b/mine/papers/note.txt").write_text("x", "utf-8")
    assert states(rows(many)) == ALL_OLD | {"b": "built"}


def test_what_the_call_asks_for_counts(many: Path) -> None:
    rows(many)
    assert states(rows(many, settings=build.Settings(formats=("moodle-xml",)))) == ALL_NEW
    assert states(rows(many, "all", build.Settings(formats=("moodle-xml",)))) == ALL_NEW


def test_a_course_whose_files_change_while_it_is_built_is_built_again(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = build.build

    def slow(*arguments: object, **more: object) -> build.Built:
        done = made(*arguments, **more)  # type: ignore[arg-type]
        if more.get("name") == "b":
            appended(many / "b")
        return done

    monkeypatch.setattr(build, "build", slow)
    assert states(rows(many)) == ALL_NEW
    monkeypatch.undo()
    assert states(rows(many)) == ALL_OLD | {"b": "built"}


def test_a_bad_course_stops_no_other_and_is_told_again_until_it_changes(many: Path) -> None:
    (many / "bad").mkdir()
    (many / "bad/course.toml").write_text(BAD, "utf-8")
    settled(many / "bad")
    first = rows(many)
    assert states(first) == ALL_NEW | {"bad": "unusable"}
    problem = first[2].findings[0]
    assert (problem.code, "none.txt" in str(problem)) == ("course-not-built", True)
    assert states(rows(many)) == ALL_OLD | {"bad": "unusable as before"}
    assert states(rows(many, "failed")) == ALL_OLD | {"bad": "unusable"}
    (many / "bad/none.txt").write_text((many / "a/a.txt").read_text("utf-8"), "utf-8")
    assert states(rows(many)) == ALL_OLD | {"bad": "built"}


def test_a_course_with_errors_is_told_again(many: Path) -> None:
    (many / "b/a.txt").write_text("Билік.\n", "utf-8")
    settled(many / "b")
    first = rows(many)
    assert states(first) == ALL_NEW | {"b": "errors"}
    assert [finding.code for finding in first[1].findings] == ["course-empty"]
    second = rows(many)
    assert states(second) == ALL_OLD | {"b": "errors as before"}
    assert second[1].findings == first[1].findings


def test_a_full_disk_is_no_word_on_the_course(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("coursepack.publish.folders.write_sums", full, raising=True)
    monkeypatch.setattr("coursepack.publish.write_sums", full, raising=True)
    found = rows(many)
    assert states(found) == {"a": "lost", "b": "lost", "c": "lost"}
    assert "No space left on device" in found[0].findings[0].message
    monkeypatch.undo()
    assert states(rows(many)) == ALL_NEW


def test_two_courses_of_one_id_are_refused_though_one_stands(many: Path) -> None:
    rows(many)
    toml = (many / "a/course.toml").read_text("utf-8")
    (many / "c/course.toml").write_text(toml, "utf-8")
    with pytest.raises(CoursepackError, match="the course id 'a' is declared 2 times"):
        rows(many)


def test_without_a_ledger_that_can_be_written_everything_is_built(many: Path) -> None:
    (many.parent / "ledger").write_text("a file", "utf-8")
    assert states(rows(many)) == ALL_NEW
    assert states(rows(many)) == ALL_NEW


def test_a_ledger_that_was_damaged_is_no_harm(many: Path) -> None:
    rows(many)
    for path in (many.parent / "ledger").iterdir():
        path.write_bytes(path.read_bytes()[:-7])
    assert states(rows(many)) == ALL_NEW


def test_bytes_do_not_depend_on_who_builds(many: Path) -> None:
    (many / "folder").mkdir()
    (many / "folder/1-дәріс.txt").write_text((many / "a/a.txt").read_text("utf-8"), "utf-8")
    alone = rows(many)
    first = digest(many.parent / "output")
    (many.parent / "output").rename(many.parent / "alone")
    found = rows(many, jobs=2)
    assert digest(many.parent / "output") == first
    assert [msgspec.structs.replace(row, seconds=0) for row in found] == [
        msgspec.structs.replace(row, seconds=0) for row in alone
    ]


def test_folders_without_a_course_toml_are_built_side_by_side_as_well(many: Path) -> None:
    for name in ("a", "b", "c"):
        toml = many / name / "course.toml"
        toml.unlink()
        (many / name / "a.txt").rename(many / name / f"дәріс {name}.txt")
    sites = list(discovery.sites([many / "a", many / "b", many / "c"]))
    titles = []
    for jobs in (1, 2):
        output = many.parent / f"output {jobs}"
        courses = Courses(sites, output, build.Settings(formats=FORMATS), remembered=False)
        if jobs == 1:
            done = list(courses.run())
        else:
            with Processes(jobs) as courses.engine:
                done = list(courses.run())
        titles.append([each.row.course for each in sorted(done, key=lambda each: each.number)])
    assert titles[0] == titles[1]
    assert len(set(titles[0])) == 3
    assert digest(many.parent / "output 1") == digest(many.parent / "output 2")


def test_a_fault_of_ours_in_one_course_stops_no_other(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_one = build.build

    def broken(loaded: project.Loaded, *more: Any, **named: Any) -> build.Built:
        if loaded.project.id == "b":
            raise ZeroDivisionError("of ours")
        return build_one(loaded, *more, **named)

    monkeypatch.setattr(build, "build", broken)
    found = rows(many)
    assert states(found) == ALL_NEW | {"b": "lost"}
    (said,) = found[1].findings
    assert said.message.startswith("coursepack itself failed: ZeroDivisionError: of ours (test_courses.py:")
    monkeypatch.undo()
    assert states(rows(many)) == ALL_OLD | {"b": "built"}, "what is lost is tried again"
