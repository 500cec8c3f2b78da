"""A teacher with the usual role restores a backup through the pages into a course of their own, empty or not."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page

from coursepack.files.zipped import zip_bytes
from coursepack.model.course import About, Assignment, Course, Exam, GradeWeight, Grading
from coursepack.pages import criteria
from coursepack.project.course_toml import CriterionEntry, LevelEntry
from coursepack.writers import Context
from coursepack.writers.mbz.options import BackupOptions
from coursepack.writers.mbz.writer import writer
from tests import samples
from tests.clients.moodle.moodle import Moodle, signed_in
from tests.clients.moodle.test_course import FAULTS, course, essay

MERGE, REPLACE = "1", "0"
"""backup::TARGET_CURRENT_ADDING, backup::TARGET_CURRENT_DELETING"""


def declared() -> Course:
    """Three shares before the exam, a rubric, a marking guide, outcomes, no first day."""
    levels = (LevelEntry(points=10, text="толық"), LevelEntry(points=4, text="жартылай"))
    rubric = tuple(CriterionEntry(name=name, levels=levels) for name in ("Мазмұны", "Тілі"))
    guide = (CriterionEntry(name="Мазмұны", points=6), CriterionEntry(name="Тілі", points=4))
    plain = course()
    first, second, *others = plain.weeks
    weeks = (with_criteria(first, rubric, 20), with_criteria(second, guide, 10), *others)
    shares = (("РК1", 30.0), ("РК2", 20.0), ("Жоба", 10.0), ("Емтихан", 40.0))
    grading = Grading(weights=tuple(GradeWeight(name=name, percent=percent) for name, percent in shares))
    outcomes = ("Дереккөздерді талдайды", "Дәлелді мәтін жазады")
    exam = Exam(questions=tuple(essay(f"exam-{number:03d}", number) for number in range(1, 11)), release="teacher-only")
    return replace(plain, weeks=weeks, about=About(grading=grading, outcomes=outcomes), exam=exam)


def with_criteria(week: Any, declared: tuple[CriterionEntry, ...], points: float) -> Any:
    task = Assignment(
        id=week.assignments[0].id,
        kind="independent",
        number=week.number,
        blocks=(*samples.b("Эссе жазыңыз."), criteria.table(declared, "kk")),
        points=points,
    )
    return replace(week, assignments=(task,))


def file(folder: Path) -> Path:
    written = writer.write(declared(), Context(timezone="Asia/Almaty", options=BackupOptions(papers=False)))
    made = folder / "declared.mbz"
    made.write_bytes(zip_bytes(written.artifacts[0].members))
    return made


def upload(page: Page, root: str, context: int, backup: Path) -> None:
    """The first page of a restore: the file goes through Moodle's file picker."""
    page.goto(f"{root}/backup/restorefile.php?contextid={context}")
    page.click("input.fp-btn-choose")
    page.locator(".fp-repo").filter(has_text="Upload a file").first.click()
    page.set_input_files("input[name=repo_upload_file]", backup)
    page.click(".fp-upload-btn")
    page.wait_for_selector(".filepicker-filename a")
    page.click("input[name=submitbutton]")
    page.wait_for_load_state()


def restore(page: Page, root: str, context: int, backup: Path, target: str) -> None:
    """All steps of the restore, nothing changed on the way; the task that Moodle makes of it waits for its cron."""
    upload(page, root, context, backup)
    page.locator("#region-main form").locator("button[type=submit], input[type=submit]").last.click()
    page.wait_for_load_state()
    form = page.locator(f'form:has(input[name=target][value="{target}"])').first
    form.locator(f'input[name=target][value="{target}"]').check()
    form.locator("button[type=submit], input[type=submit]").last.click()
    for _ in range(6):
        page.wait_for_load_state()
        said = page.inner_text("body")
        assert not [fault for fault in FAULTS if fault in said], said[:3000]
        if page.locator("input[name=submitbutton]").count() == 0:
            return
        page.locator("input[name=submitbutton]").last.click()


@pytest.mark.parametrize("target", [MERGE, REPLACE])
def test_a_teacher_restores_into_an_own_course(
    moodle: Moodle, root: str, browser: Browser, tmp_path: Path, target: str
) -> None:
    name = f"t{time.time_ns() // 1000}"
    home = moodle.run("empty", "2026-11-02")
    moodle.run("user", name, home["course"], "editingteacher")
    with signed_in(browser, root, name) as page:
        restore(page, root, home["context"], file(tmp_path), target)
    moodle.run("waiting")
    found = moodle.run("course", home["course"])
    assert (found["fullname"], found["start"]) == (home["name"], "2026-11-02 00:00")
    assert [section["name"] for section in found["sections"]][1:] == [
        *(f"{n}-апта. Тақырып {n}" for n in range(1, 5)),
        "Емтихан",
    ]
    news = [one for section in found["sections"] for one in section["activities"] if one["type"] == "news"]
    assert len(news) == (2 if target == MERGE else 1)  # its own, made with the course, and ours: Moodle joins none
    # Shares before the exam are one rating, which opens it.
    held = {row["name"]: (row["weight"], row["in"]) for row in found["gradebook"] if row["type"] == "category"}
    assert held["Жіберу рейтингі"][0] == 60
    assert {name: held[name][0] for name in ("РК1", "РК2", "Жоба", "Емтихан")} == {
        "РК1": 30,
        "РК2": 20,
        "Жоба": 10,
        "Емтихан": 40,
    }
    methods = {row["name"].partition(".")[0]: (row["method"], row["owner"]) for row in found["marking"]}
    assert methods == {"1 СӨЖ": ("rubric", name), "2 СӨЖ": ("guide", name)}
    assert found["outcomes"] == ["Дереккөздерді талдайды", "Дәлелді мәтін жазады"]
    assert len(found["letters"]) == 12
    assert len(found["criteria"]) == 1
    exam = next(one for section in found["sections"] for one in section["activities"] if one["name"] == "Емтихан")
    _, user = learner(moodle, home["course"])
    half = '{"w01-task":15,"w02-task":0,"w03-task":0,"w04-task":0,"share-3":60,"share-4":100}'
    rating = moodle.run("grade", home["course"], user, half)["Жіберу рейтингі"]["points"]
    first = 15 / (20 + 10 + 10 + 100) * 100
    assert rating == pytest.approx((30 * first + 20 * 60 + 10 * 100) / 60, abs=1e-4)
    assert '"min":50' in exam["availability"]


def learner(moodle: Moodle, course_id: str) -> tuple[str, int]:
    name = f"s{time.time_ns() // 1000}"
    return name, moodle.run("user", name, course_id)["id"]


def test_the_day_that_the_page_names_is_the_first_day(moodle: Moodle, tmp_path: Path) -> None:
    """As it is chosen in the fourth step: without a declared day Moodle would pass over it for a bare 0."""
    made = moodle.run("restore", file(tmp_path), "2027-02-01")
    assert not made["precheck"]
    assert moodle.run("course", made["course"])["start"] == "2027-02-01 00:00"


def test_a_rubric_gives_its_share_of_the_points(moodle: Moodle, tmp_path: Path) -> None:
    """10 of 10 and 4 of 10 are 14 of the task's 20; 6 of 6 and 1 of 4 are 7 of the other's 10."""
    home = moodle.run("restore", file(tmp_path))["course"]
    _, user = learner(moodle, home)
    assert moodle.run("mark", home, "w01-task", user, "[1, 0]") == 14
    assert moodle.run("mark", home, "w02-task", user, "[6, 1]") == 7
