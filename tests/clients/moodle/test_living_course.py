"""A course that students work in is updated: nothing of theirs is lost or doubled, new attempts ask new words."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from coursepack.files.package import Package
from coursepack.files.zipped import zip_bytes
from coursepack.model.artifact import Assets
from coursepack.model.course import Course, Session
from coursepack.model.questions import MultipleChoice, TrueFalse
from coursepack.writers import Context, EarlierBuild, load
from coursepack.writers.mbz.options import BackupOptions
from coursepack.writers.mbz.writer import writer
from tests import samples
from tests.clients.moodle import test_course as before
from tests.clients.moodle.living import Living

OPTIONS = BackupOptions(papers=False, exam_opens="2020-01-10T09:00", admission=0)
ASSETS = Assets({samples.PNG_ID: samples.PNG})


@pytest.fixture(scope="module")
def living() -> Living:
    return Living(Path(os.environ["TREE"]))


def first() -> Course:
    """Four weeks with a seminar, an exam of essays and of every kind of question that marks itself."""
    course = before.course()
    seminar = Session(id="w01-seminar", kind="seminar", number=1, title="Талқылау", blocks=samples.b("Сұрақтар."))
    weeks = list(course.weeks)
    weeks[0] = replace(weeks[0], sessions=(*weeks[0].sessions, seminar))
    weeks[2] = replace(
        weeks[2], sessions=(replace(weeks[2].sessions[0], review=samples.every_question("w03-lecture-q")),)
    )
    return replace(course, weeks=tuple(weeks))


def second(course: Course) -> Course:
    """The lecturer's next edition of it."""
    weeks = list(course.weeks)
    lecture, seminar = weeks[0].sessions
    weeks[0] = replace(
        weeks[0],
        sessions=(
            replace(
                lecture, blocks=samples.b("Жаңартылған мәтін."), review=(*lecture.review, before.essay("w01-r2", 2))
            ),
            replace(seminar, blocks=samples.b("Басқа сұрақтар.")),
        ),
        assignments=(replace(weeks[0].assignments[0], blocks=samples.b("Екі бет эссе жазыңыз.")),),
    )
    weeks[1] = replace(weeks[1], assignments=(replace(weeks[1].assignments[0], points=50),))
    reworded = tuple(
        replace(one, text=(*samples.b("Қайта жазылды."), *one.text)) for one in weeks[2].sessions[0].review
    )
    weeks[2] = replace(weeks[2], sessions=(replace(weeks[2].sessions[0], review=reworded),))
    weeks.append(before.week(5))
    assert course.exam is not None
    asked = course.exam.questions
    asked = (replace(asked[0], text=samples.b("Неге 1? Түсіндіріңіз.")), *asked[1:9], before.essay("exam-011", 11))
    return replace(course, weeks=tuple(weeks), exam=replace(course.exam, questions=asked))


def made(course: Course, folder: Path, earlier: EarlierBuild | None = None) -> list[Path]:
    context = Context(timezone="Asia/Almaty", options=OPTIONS, earlier=earlier, assets=ASSETS)
    files = []
    for artifact in writer.write(course, context).artifacts:
        path = folder / artifact.name
        path.write_bytes(zip_bytes(artifact.members))
        files.append(path)
    return files


def by_key(living: Living, course: str) -> dict[str, str]:
    rows = living.run("rows", course)["course_modules"]
    return {row["idnumber"]: row["id"] for row in rows.values() if row["idnumber"]}


@pytest.fixture(scope="module")
def lived(living: Living, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A course with two students' work in it, before and after the update."""
    folder = tmp_path_factory.mktemp("living")
    course = first()
    [backup] = made(course, folder)
    home = living.run("restore", backup)["course"]
    keys = by_key(living, home)
    scorm = load("scorm12")
    package = folder / "scorm.zip"
    context = Context(options=scorm.options(), version="test", assets=ASSETS)
    package.write_bytes(zip_bytes(scorm.write(course, context).artifacts[0].members))
    played = living.run("scorm", home, package)
    users, attempts = [], []
    for number in range(2):
        user = living.run("user", f"s{time.time_ns() // 1000}", home)["id"]
        living.run(
            "work", home, user, keys["w01-task"], keys["w01-seminar"], keys["w01-lecture"], f"<p>Жауап {number}</p>"
        )
        attempts += [
            living.run("attempt", keys[quiz], user, f"<p>Жауап {number}</p>")
            for quiz in ("exam", "w01-lecture-review", "w03-lecture-review")
        ]
        told = {"cmi.core.lesson_status": "completed", "cmi.core.score.raw": "80", "cmi.suspend_data": "a|b"}
        living.run("play", played["cmid"], user, played["scoes"][0]["id"], json.dumps(told))
        living.run("grade", home, user, '{"w01-task": 8, "w02-task": 70, "interim-1": 90}')
        users.append(user)
    rows = living.run("rows", home)
    entries = living.run("entries", home)
    earlier = EarlierBuild(course, ASSETS, 1, {"moodle-backup": Package.of_bytes("old", backup.read_bytes())})
    update = made(second(course), folder, earlier)[1]
    merged = living.run("merge", home, update)
    return {
        "course": home,
        "keys": keys,
        "users": users,
        "attempts": attempts,
        "before": rows,
        "after": living.run("rows", home),
        "entries": (entries, living.run("entries", home)),
        "merged": merged,
        "folder": folder,
    }


def test_nothing_of_what_stood_there_is_changed(lived: dict[str, Any]) -> None:
    kept = 0
    for table, rows in lived["before"].items():
        for id_, row in rows.items():
            assert lived["after"][table].get(id_) == row, (table, row["id"])
            kept += 1
    assert kept > 250
    for table in ("quiz_attempts", "question_attempts", "assign_submission", "forum_posts", "scorm_scoes_value"):
        students = [row for row in lived["before"][table].values() if row]
        assert len(students) >= 2, table


def test_only_what_is_new_or_changed_arrives(living: Living, lived: dict[str, Any]) -> None:
    came = {
        id_: row
        for id_, row in lived["after"]["course_modules"].items()
        if id_ not in lived["before"]["course_modules"]
    }
    found = {row["idnumber"]: row for row in came.values() if row["idnumber"]}
    # 5.x puts categories that are new into a bank of its own making.
    assert len(came) - len(found) == int(living.five)
    assert set(found) == {
        "update-1",
        "about-syllabus-update-1",
        "w01-lecture-update-1",
        "w01-task-update-1",
        "w01-seminar-update-1",
        "w02-task-update-1",
        "w05-lecture",
        "w05-task",
        "w05-lecture-review",
        "exam-list-update-1",
    }
    hidden = {key for key, row in found.items() if row["visible"] == "0"}
    assert hidden == {"update-1", "w01-task-update-1", "w01-seminar-update-1", "w02-task-update-1"}
    items = [row for id_, row in lived["after"]["grade_items"].items() if id_ not in lived["before"]["grade_items"]]
    assert [(row["idnumber"], float(row["grademax"])) for row in items] == [("w05-task", 10.0)]
    names = sorted(row["name"] for id_, row in lived["after"]["page"].items() if id_ not in lived["before"]["page"])
    assert "1-дәріс. Тақырып 1 (жаңартылды)" in names


def test_reworded_questions_are_new_versions(living: Living, lived: dict[str, Any]) -> None:
    old, new = lived["entries"]
    entries_before = {row["entry"] for row in old}
    added = [row for row in new if row["entry"] not in entries_before and row["parent"] == "0"]
    assert sorted(row["idnumber"] for row in added) == ["marked-exam-011", "marked-w01-r2", "marked-w05-r1"]
    versions = Counter(row["entry"] for row in new if row["entry"] in entries_before)
    twice = {row["idnumber"] for row in new if versions.get(row["entry"]) == 2 and row["version"] == "100"}
    kinds = {row["qtype"] for row in new if row["idnumber"] in twice}
    assert twice == {"marked-exam-001", *(f"marked-w03-lecture-q-{number:03d}" for number in range(1, 11))}
    assert len(kinds) >= 8
    assert max(versions.values()) == 2


def test_old_attempts_show_old_words_and_new_ones_new(living: Living, lived: dict[str, Any]) -> None:
    for attempt in lived["attempts"]:
        again = living.run("asked", attempt["attempt"])
        assert again["questions"] == attempt["questions"]
        assert again["marks"] == attempt["marks"]
    user = living.run("user", f"s{time.time_ns() // 1000}", lived["course"])["id"]
    check = living.run("attempt", lived["keys"]["w03-lecture-review"], user, "<p>Кейін</p>")
    assert all("Қайта жазылды" in one["text"] or one["version"] == 1 for one in check["questions"])
    assert {one["version"] for one in check["questions"]} == {100}
    texts: set[str] = set()
    for _ in range(8):
        user = living.run("user", f"s{time.time_ns() // 1000}", lived["course"])["id"]
        drawn = living.run("attempt", lived["keys"]["exam"], user, "<p>Кейін</p>")
        texts |= {one["text"] for one in drawn["questions"]}
    assert "<p>Неге 1?</p>" not in texts
    assert len(texts) > 5


def test_grades_are_what_they_were(living: Living, lived: dict[str, Any]) -> None:
    for user in lived["users"]:
        found = living.run("grade", lived["course"], user, "{}")
        totals = {
            row["itemid"]: row["finalgrade"]
            for row in lived["before"]["grade_grades"].values()
            if row["userid"] == str(user)
        }
        assert found["Course total"]["points"] in {round(float(value), 5) for value in totals.values() if value}


def test_a_second_update_on_top(living: Living, lived: dict[str, Any]) -> None:
    """The same question reworded again, by the next update."""
    course = second(first())
    backup = made(course, lived["folder"])[0]
    earlier = EarlierBuild(course, ASSETS, 2, {"moodle-backup": Package.of_bytes("old", backup.read_bytes())})
    assert course.exam is not None
    questions = (
        replace(course.exam.questions[0], text=samples.b("Неге 1? Мысал келтіріңіз.")),
        *course.exam.questions[1:],
    )
    third = replace(course, exam=replace(course.exam, questions=questions))
    living.run("merge", lived["course"], made(third, lived["folder"], earlier)[1])
    versions = [
        row["version"] for row in living.run("entries", lived["course"]) if row["idnumber"] == "marked-exam-001"
    ]
    assert versions == ["1", "100", "200"]


def test_questions_of_the_samples() -> None:
    assert {type(one) for one in samples.every_question("q")} >= {MultipleChoice, TrueFalse}
