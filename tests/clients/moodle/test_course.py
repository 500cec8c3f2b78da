"""A restored course: what arrived, what the gradebook makes of points, whom the exam lets in, what it draws."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from coursepack.files.zipped import zip_bytes
from coursepack.model.course import About, Assignment, Course, Exam, Grading, Interim, Session, Term, Week
from coursepack.model.questions import Essay, Question, TrueFalse
from coursepack.writers import Context
from coursepack.writers.mbz.options import BackupOptions
from coursepack.writers.mbz.writer import writer
from tests import samples
from tests.clients.moodle.moodle import Moodle, signed_in

FAULTS = ("Warning:", "Notice:", "Deprecated:", "Exception", "Coding error", "Can't find data record")


def essay(id_: str, number: int) -> Essay:
    return Essay(id=id_, number=number, text=samples.b(f"Неге {number}?"), feedback=samples.b("Себебі."))


def week(number: int) -> Week:
    """A task of 10 or 100 points; the second week's self-check marks itself, the others cannot."""
    code = f"w{number:02d}"
    review: tuple[Question, ...] = (essay(f"{code}-r1", 1),)
    if number == 2:
        review = (*review, TrueFalse(id="w02-r2", number=2, text=samples.b("Рас па?"), answer=True))
    text = samples.b("Тақырыптың мәтіні, әдебиеттерден үзінді.")
    lecture = Session(
        id=f"{code}-lecture", kind="lecture", number=number, title=f"Тақырып {number}", blocks=text, review=review
    )
    task = Assignment(
        id=f"{code}-task",
        kind="independent",
        number=number,
        blocks=samples.b("Эссе жазыңыз."),
        points=10 if number % 2 else 100,
        due_week=number + 1,
    )
    return Week(id=code, number=number, sessions=(lecture,), assignments=(task,))


def course() -> Course:
    controls = (Interim(after_week=2, name="РК1", points=100), Interim(after_week=4, name="РК2", points=100))
    return Course(
        id="marked",
        title="Баға сұлбасы",
        language="kk",
        about=About(grading=Grading(preset="60/40", interim=controls)),
        weeks=tuple(week(number) for number in range(1, 5)),
        exam=Exam(questions=tuple(essay(f"exam-{number:03d}", number) for number in range(1, 11))),
        glossary=(Term(id="t1", term="Билік", definition=samples.b("Ықпал ету.")),),
        links=("https://adilet.zan.kz/kaz/docs/",),
    )


def restored(moodle: Moodle, folder: Path, begins: str = "", **options: Any) -> tuple[str, dict[str, Any]]:
    written = writer.write(
        course(), Context(timezone="Asia/Almaty", options=BackupOptions(**{"papers": False} | options))
    )
    file = folder / "course.mbz"
    file.write_bytes(zip_bytes(written.artifacts[0].members))
    made = moodle.run("restore", file, begins)
    assert not made["precheck"]
    assert not made["results"]
    return made["course"], moodle.run("course", made["course"])


@pytest.fixture(scope="module")
def there(moodle: Moodle, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any]]:
    options: dict[str, Any] = {"start": "2026-09-01", "exam_opens": "2027-01-10T09:00", "late_days": 7}
    return restored(moodle, tmp_path_factory.mktemp("mbz"), **options)


def activities(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for section in found["sections"] for one in section["activities"]]


def named(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in activities(found) if one["name"].startswith(name))


def test_what_arrived(there: tuple[str, dict[str, Any]]) -> None:
    _, found = there
    assert [section["name"] for section in found["sections"]] == [
        "Курс туралы",
        *(f"{n}-апта. Тақырып {n}" for n in range(1, 5)),
        "Емтихан",
    ]
    general = [(one["mod"], one["type"] or "") for one in found["sections"][0]["activities"] if one["mod"] != "qbank"]
    assert general == [
        ("forum", "news"),
        ("forum", "general"),
        ("page", ""),
        ("page", ""),
        ("glossary", ""),
        ("url", ""),
    ]
    assert found["filters"] == {"activitynames": "-1"}
    assert found["image"] == ["course.png"]
    assert [(one["type"], float(one["grade"])) for one in found["criteria"]] == [("6", 50.0)]
    assert found["letters"][:2] == [[95, "A"], [90, "A-"]]
    assert len(found["letters"]) == 12


def test_the_bank_is_where_a_teacher_looks(moodle: Moodle, there: tuple[str, dict[str, Any]]) -> None:
    held = {bank["name"]: bank for bank in there[1]["banks"] if bank["questions"]}
    assert {name: bank["questions"] for name, bank in held.items()} == {
        "1-дәріс. Тақырып 1": 1,
        "2-дәріс. Тақырып 2": 2,
        "3-дәріс. Тақырып 3": 1,
        "4-дәріс. Тақырып 4": 1,
        "Емтихан сұрақтары": 10,
    }
    places = {bank["where"].partition(":")[0] for bank in held.values()}
    assert places == ({"qbank"} if moodle.five else {"course"})


def test_dates_move_with_the_course(moodle: Moodle, there: tuple[str, dict[str, Any]], tmp_path: Path) -> None:
    _, found = there
    assert (found["start"], found["end"]) == ("2026-09-01 00:00", None)
    assert named(found, "1 СӨЖ")["dates"] == {"duedate": "2026-09-14 23:59", "cutoffdate": "2026-09-21 23:59"}
    assert named(found, "3-дәріс")["expected"] == "2026-09-21 23:59"
    _, moved = restored(moodle, tmp_path, "2027-09-01", start="2026-09-01", exam_opens="2027-01-10T09:00", late_days=7)
    assert moved["start"] == "2027-09-01 00:00"
    assert named(moved, "1 СӨЖ")["dates"] == {"duedate": "2027-09-14 23:59", "cutoffdate": "2027-09-21 23:59"}
    assert named(moved, "3-дәріс")["expected"] == "2027-09-21 23:59"
    texts = " ".join(one["intro"] for one in activities(moved)) + " ".join(s["summary"] for s in moved["sections"])
    assert "2026" not in texts
    _, bare = restored(moodle, tmp_path)
    assert {one["expected"] for one in activities(bare)} == {None}
    assert all(one["dates"] == [] for one in activities(bare))


def learner(moodle: Moodle, course_id: str, role: str = "student") -> tuple[str, int]:
    name = f"{role[0]}{time.time_ns() // 1000}"
    return name, moodle.run("user", name, course_id, role)["id"]


def test_points_and_the_hand_calculation(moodle: Moodle, there: tuple[str, dict[str, Any]]) -> None:
    course_id, _ = there
    _, user = learner(moodle, course_id)
    assert moodle.run("available", course_id, user)["exam"] is False
    points = (
        '{"w01-task":9,"w02-task":40,"w02-lecture-review":1,"interim-1":70,"w03-task":10,"w04-task":80,"interim-2":50}'
    )
    found = moodle.run("grade", course_id, user, points)
    first = (9 + 40 + 1 + 70) / (10 + 100 + 1 + 100) * 100
    second = (10 + 80 + 50) / (10 + 100 + 100) * 100
    rating = (first + second) / 2
    assert found["Жіберу рейтингі"]["points"] == pytest.approx(rating, abs=1e-4)
    assert moodle.run("available", course_id, user)["exam"] is True
    found = moodle.run("grade", course_id, user, '{"exam":65}')
    assert found["Course total"]["points"] == pytest.approx(0.6 * rating + 0.4 * 65, abs=1e-4)
    assert found["Course total"]["letter"] == "C-"
    _, weak = learner(moodle, course_id)
    found = moodle.run("grade", course_id, weak, '{"w01-task":1,"w02-task":40,"interim-1":30}')
    assert found["Жіберу рейтингі"]["points"] == pytest.approx((1 + 40 + 30) / 210 * 100, abs=1e-4)
    assert moodle.run("available", course_id, weak)["exam"] is False


def test_an_empty_self_check_of_essays_costs_nothing(moodle: Moodle, there: tuple[str, dict[str, Any]]) -> None:
    course_id, found = there
    _, user = learner(moodle, course_id)
    before = moodle.run("grade", course_id, user, '{"w01-task":10}')
    moodle.run("draw", named(found, "Бақылау сұрақтары. 1-дәріс")["cmid"], user, 1)
    after = moodle.run("grade", course_id, user, "{}")
    assert after["Course total"] == before["Course total"] == {"points": 60, "max": 100, "letter": "C-"}


def test_the_exam_draws(moodle: Moodle, there: tuple[str, dict[str, Any]]) -> None:
    course_id, found = there
    _, user = learner(moodle, course_id)
    attempts = moodle.run("draw", _exam(found), user, 10)
    drawn = [question for attempt in attempts for question in attempt]
    assert {question["category"] for question in drawn} == {"Емтихан сұрақтары"}
    assert all(len({question["name"] for question in attempt}) == 3 for attempt in attempts)
    assert len({question["name"] for question in drawn}) > 5


def test_questions_are_used_in_another_quiz(moodle: Moodle, there: tuple[str, dict[str, Any]]) -> None:
    course_id, _ = there
    _, user = learner(moodle, course_id)
    made = moodle.run("reuse", course_id, "2-дәріс. Тақырып 2", "Емтихан сұрақтары")
    attempts = moodle.run("draw", made["cmid"], user, 4)
    asked = [[question["category"] for question in attempt] for attempt in attempts]
    assert asked == [["2-дәріс. Тақырып 2", "Емтихан сұрақтары", "Емтихан сұрақтары"]] * 4
    assert all(len({question["name"] for question in attempt}) == 3 for attempt in attempts)


def _exam(found: dict[str, Any]) -> str:
    return str(next(one["cmid"] for one in activities(found) if one["mod"] == "quiz" and one["name"] == "Емтихан"))


def test_pages_of_a_student_and_of_a_teacher(
    moodle: Moodle, root: str, browser: Browser, there: tuple[str, dict[str, Any]]
) -> None:
    course_id, found = there
    quizzes = [one for one in activities(found) if one["mod"] == "quiz"]
    seen = [
        f"/mod/{one['mod']}/view.php?id={one['cmid']}"
        for one in activities(found)
        if one["mod"] not in {"url", "qbank"}
    ]
    common = [f"/course/view.php?id={course_id}", f"/calendar/view.php?view=upcoming&course={course_id}"]
    edited = [f"/mod/quiz/edit.php?cmid={one['cmid']}" for one in quizzes]
    banks = f"/question/{'banks' if moodle.five else 'edit'}.php?courseid={course_id}"
    graded = [f"/grade/{page}/index.php?id={course_id}" for page in ("edit/tree", "report/grader")]
    teachers = [*graded, banks, *edited]
    for role, pages in (("student", []), ("editingteacher", teachers)):
        name, _ = learner(moodle, course_id, role)
        with signed_in(browser, root, name) as page:
            for path in (*common, *seen, *pages):
                page.goto(root + path)
                said = page.inner_text("body")
                assert not [fault for fault in FAULTS if fault in said], (path, said[:2000])
            page.goto(root + common[0])
            assert page.evaluate("document.documentElement.scrollHeight") < 3000
