"""The Moodle backup: what a restore will find in it, read from its own files."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree
from msgspec.structs import replace

from coursepack.checks import check_artifact
from coursepack.model.artifact import Artifact, Written
from coursepack.model.blocks import Paragraph, Picture, Run
from coursepack.model.course import About, Assignment, Course, Exam, GradeWeight, Grading, Interim, Session, Topic, Week
from coursepack.model.questions import (
    Choice,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Pair,
    Question,
)
from coursepack.pages.block_builders import heading
from coursepack.place import Severity
from coursepack.writers import Context, load
from coursepack.writers.mbz.image import picture
from coursepack.writers.mbz.options import BackupOptions
from coursepack.writers.mbz.times import moment
from coursepack.writers.mbz.writer import writer
from tests import samples, strategies

Element = etree._Element


class Read:
    """A backup, unpacked in memory."""

    def __init__(self, artifact: Artifact) -> None:
        self.names = [member.path for member in artifact.members]
        self.data = {member.path: member.read() for member in artifact.members}

    def xml(self, name: str) -> Element:
        return etree.fromstring(self.data[name])

    def each(self, name: str, path: str) -> list[Element]:
        return list(self.xml(name).iterfind(path))

    def activities(self) -> list[tuple[str, str]]:
        found = self.each("moodle_backup.xml", "information/contents/activities/activity")
        return [(a.findtext("modulename", ""), a.findtext("title", "")) for a in found]

    def activity(self, title: str, file: str = "") -> Element:
        """The element of an activity's kind, or another of its files."""
        for a in self.each("moodle_backup.xml", "information/contents/activities/activity"):
            if a.findtext("title", "").startswith(title):
                mod, directory = a.findtext("modulename", ""), a.findtext("directory", "")
                if file:
                    return self.xml(f"{directory}/{file}")
                found = self.xml(f"{directory}/{mod}.xml").find(mod)
                assert found is not None
                return found
        raise AssertionError(title)

    def sections(self) -> list[Element]:
        found = self.each("moodle_backup.xml", "information/contents/sections/section")
        return [self.xml(f"{s.findtext('directory')}/section.xml") for s in found]

    def categories(self) -> dict[str, Element]:
        return {c.findtext("idnumber", ""): c for c in self.each("questions.xml", "question_category")}

    def question(self, idnumber: str) -> Element:
        for entry in self.xml("questions.xml").iter("question_bank_entry"):
            if entry.findtext("idnumber") == idnumber:
                found = entry.find(".//question[@id]")
                assert found is not None
                return found
        raise AssertionError(idnumber)


def written(course: Course, *, timezone: str | None = "Asia/Almaty", **options: Any) -> Written:
    made = BackupOptions(
        **{"papers": False, "image": False, "announcements": False, "questions_forum": False} | options
    )
    return writer.write(course, Context(assets=samples.ASSETS, timezone=timezone, options=made))


@cache
def sample() -> Read:
    return Read(written(samples.everything()).artifacts[0])


def codes(found: Written) -> set[str]:
    return {finding.code for finding in found.findings}


def test_registered() -> None:
    assert load("moodle-backup") is writer


def test_container() -> None:
    (artifact,) = written(samples.everything()).artifacts
    assert artifact.name == "sample.mbz"
    assert artifact.container == "zip"
    assert artifact.audience == "teacher"
    read = sample()
    assert read.names[0] == "moodle_backup.xml"
    assert all(name.isascii() for name in read.names)
    head = read.data["moodle_backup.xml"][:200]
    assert head.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert b"<information>" in head


def test_own_checks_find_nothing() -> None:
    for language in ("kk", "ru", "en"):
        (artifact,) = written(samples.everything(language)).artifacts
        assert check_artifact(artifact) == []


def test_byte_equal() -> None:
    assert Read(written(samples.everything()).artifacts[0]).data == sample().data


def test_no_person() -> None:
    read = sample()
    assert "users.xml" not in read.names
    settings = read.each("moodle_backup.xml", "information/settings/setting")
    values = {s.findtext("name"): s.findtext("value") for s in settings}
    assert values["users"] == "0"
    # Entries of a glossary travel as a user's do, without any user.
    told = {k for k, v in values.items() if k and k.endswith("_userinfo") and v != "0"}
    assert [name.split("_")[0] for name in told] == ["glossary"]
    assert {e.findtext("userid") for e in read.activity("Глоссарий").iter("entry")} == {"0"}


def test_written_as_moodle_41() -> None:
    information = sample().xml("moodle_backup.xml").find("information")
    assert information is not None
    assert information.findtext("moodle_version") == "2022112800"
    assert information.findtext("backup_release") == "4.1"
    assert information.findtext("original_course_shortname") == "SB 3208"
    assert information.findtext("original_course_fullname") == "Үлгі курс: «билік» & ‹заң›"


def test_sections() -> None:
    sections = sample().sections()
    assert [s.findtext("number") for s in sections] == ["0", "1", "2", "3", "4"]
    names = [s.findtext("name") or "" for s in sections]
    assert names[0] == "Курс туралы"
    assert names[1] == '1-апта. Билік: «мәні» & ‹мағынасы› / "power"'
    assert names[2].startswith("2-апта. Екінші дәріс")
    assert names[2].endswith("…")
    assert len(names[2]) <= 255
    assert names[3:] == ["Емтихан", "Қорытынды және қосымша мәтіндер"]
    summary = sections[1].findtext("summary") or ""
    book = sample().activity("1-дәріс", "module.xml").get("id")
    # One paragraph: the course page shows the plans of all weeks.
    plan = f'<p><a href="$@BOOKVIEWBYID*{book}@$"><strong>Жоспары</strong></a>: '
    assert plan in summary
    assert re.search(r": [^<>]+; Билік түрлері</p>|: Билік түрлері(; [^<>]+)?</p>", summary)
    assert "<li>" not in summary


def test_points_of_a_plan_in_one_line() -> None:
    points = [("Билік ұғымы.", 1), ("Анықтамалар", 2), ("Түрлері", 1), ("Қызметі", 1)]
    outline = tuple(
        Topic(id=f"t{n}", content=(Run(text=words),), level=level) for n, (words, level) in enumerate(points)
    )
    lecture = Session(id="w01-lecture", kind="lecture", number=1, title="Билік", outline=outline)
    course = Course(id="m", title="М", language="kk", weeks=(Week(id="w01", number=1, sessions=(lecture,)),))
    summary = Read(written(course).artifacts[0]).sections()[1].findtext("summary") or ""
    assert re.sub("<[^>]+>", "", summary) == "Жоспары: Билік ұғымы. Түрлері; Қызметі"


def test_a_summary_does_not_repeat_what_stands_below_it() -> None:
    summaries = [section.findtext("summary") or "" for section in sample().sections()]
    assert "эссе" not in summaries[1]
    assert "қыркүйек" not in summaries[1]
    assert summaries[2:] == ["", "", ""]


def test_the_plan_of_the_syllabus_links_to_the_activities() -> None:
    read = sample()
    content = read.activity("Силлабус").findtext("content") or ""
    for title, mod in (("1-дәріс", "BOOK"), ("1-семинар", "FORUM"), ("1 СОӨЖ", "ASSIGN"), ("2-дәріс", "PAGE")):
        cmid = read.activity(title, "module.xml").get("id")
        assert f'<a href="$@{mod}VIEWBYID*{cmid}@$">{title}' in content


def test_activities() -> None:
    assert [(mod, name[:30]) for mod, name in sample().activities()] == [
        ("page", "Силлабус"),
        ("page", "Алғы сөз"),
        ("page", "Кіріспе"),
        ("page", "Оқыту нәтижелері"),
        ("page", "Бағалау"),
        ("page", "Академиялық адалдық"),
        ("page", "Әдебиеттер"),
        ("glossary", "Глоссарий"),
        ("book", "1-дәріс. Билік: «мәні» & ‹мағы"),
        ("forum", "1-семинар"),
        ("assign", "1 СОӨЖ. “Саяси ғылымдағы билік"),
        ("quiz", "Бақылау сұрақтары. 1-дәріс"),
        ("page", "2-дәріс. Екінші дәріс өте ұзақ"),
        ("qbank", "Сұрақтар қоры"),
        ("page", "Емтихан сұрақтары"),
        ("quiz", "Сынама емтихан"),
        ("quiz", "Сұрақтар қоры. Емтихан"),
        ("page", "Қорытынды"),
        ("page", "Мақала"),
        ("page", "Қарар"),
    ]


def test_lecture_is_a_book() -> None:
    chapters = list(sample().activity("1-дәріс").iterfind("chapters/chapter"))
    assert [c.findtext("pagenum") for c in chapters] == ["1", "2"]
    assert [c.findtext("title") for c in chapters] == [
        "Кіріспе",
        "Бірінші бөлім",
    ]
    assert "Билік ұғымы" in (chapters[0].findtext("content") or "")
    assert "@@PLUGINFILE@@/" in (chapters[1].findtext("content") or "")


def test_lecture_without_headings_is_a_page() -> None:
    assert sample().activity("2-дәріс").findtext("content") == "<p>Мәтін.</p>"


def test_seminar_is_one_discussion() -> None:
    forum = sample().activity("1-семинар")
    assert forum.findtext("type") == "single"
    intro = forum.findtext("intro") or ""
    for text in ("Түсіндіру.", "Проектор.", "Биліктің мәні.", "Билік үстемдік ретінде.", "Кесте құрыңыз."):
        assert text in intro
    assert forum.findtext("completionreplies") == "1"


def test_assignment() -> None:
    assign = sample().activity("1 СОӨЖ")
    assert assign.findtext("grade") == "10"
    # 2026-09-20 23:59 in Almaty (UTC+5)
    assert assign.findtext("duedate") == "1789930740"
    plugins = {
        c.findtext("plugin") for c in assign.iterfind("plugin_configs/plugin_config") if c.findtext("name") == "enabled"
    }
    assert plugins == {"onlinetext", "file", "comments"}
    assert "қыркүйек" not in (assign.findtext("intro") or "")  # the date's own field moves with the course
    assert assign.findtext("completionsubmit") == "1"


def one_task(**fields: Any) -> Course:
    task = Assignment(id="w01-task", kind="independent", number=1, blocks=samples.b("Эссе."))
    task = replace(task, **fields)
    return Course(id="one", title="Бір", language="kk", weeks=(Week(id="w01", number=1, assignments=(task,)),))


def test_assignment_without_declarations() -> None:
    assign = Read(written(one_task()).artifacts[0]).activity("1 СӨЖ")
    assert assign.findtext("grade") == "100"
    assert assign.findtext("duedate") == "0"


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (("Әр өлшемнің көрсеткішін табыңыз. Картаға түсіріңіз.",), "1 СӨЖ. Әр өлшемнің көрсеткішін табыңыз."),
        (("Проекцияларды салыстыру", "Үш проекцияны салыстырыңыз."), "1 СӨЖ. Проекцияларды салыстыру"),
        (("Проекцияларды", "салыстыру. Үш бет."), "1 СӨЖ. Проекцияларды салыстыру."),
        (("Өз ауылыңыздың жоспарын сызыңыз; " + "бағдар, " * 20,), "1 СӨЖ. Өз ауылыңыздың жоспарын сызыңыз…"),
        (("жоспар " * 20,), "1 СӨЖ"),
    ],
)
def test_a_task_without_a_title_is_named_by_its_first_sentence(told: tuple[str, ...], name: str) -> None:
    read = Read(written(one_task(blocks=samples.b(*told))).artifacts[0])
    assert [title for mod, title in read.activities() if mod == "assign"] == [name]
    intro = re.sub(r"<[^>]+>", "\n", read.activity(name).findtext("intro") or "").split()
    assert intro == " ".join(told).split()


def test_due_without_time_zone() -> None:
    found = written(one_task(due="2026-09-20"), timezone=None)
    assert "mbz-time" in codes(found)
    assert Read(found.artifacts[0]).activity("1 СӨЖ").findtext("duedate") == "0"


@pytest.mark.parametrize(("points", "grade"), [(7.5, "8"), (6.5, "7")])
def test_half_points_are_rounded_and_told(points: float, grade: str) -> None:
    found = written(one_task(points=points))
    assert "mbz-points" in codes(found)
    assert Read(found.artifacts[0]).activity("1 СӨЖ").findtext("grade") == grade


@pytest.mark.parametrize(
    ("iso", "zone", "second"),
    [
        ("2026-09-20", "Asia/Almaty", 1789844400),
        ("2026-09-20T18:00", "Asia/Almaty", 1789909200),
        ("2026-09-20T18:00+05:00", None, 1789909200),
        ("2024-02-20T18:00", "Asia/Almaty", 1708430400),  # before 2024-03-01 it was UTC+6
        ("2026-09-20", None, 0),
        ("2026-09-20", "Asia/Nowhere", 0),
        ("2026-09-20", "../../etc", 0),
        ("20 қыркүйек", "Asia/Almaty", 0),
    ],
)
def test_moment(iso: str, zone: str | None, second: int) -> None:
    problems: list[str] = []
    assert moment(iso, zone, problems=problems) == second
    assert bool(problems) == (second == 0)


def test_review_quiz() -> None:
    quiz = sample().activity("Бақылау сұрақтары")
    slots = list(quiz.iterfind("question_instances/question_instance"))
    assert [s.findtext("slot") for s in slots] == [str(n) for n in range(1, 11)]
    assert [s.findtext("maxmark") for s in slots] == ["0", "2", "1", "1", "1", "1", "1", "3", "0", "0"]
    assert quiz.findtext("sumgrades") == "10"
    assert quiz.findtext("grade") == "10"
    assert quiz.findtext("completionminattempts") == "1"


def test_exam_draws_from_its_own_pool() -> None:
    read = sample()
    quiz = read.activity("Сынама емтихан")
    references = [s.find("question_set_reference") for s in quiz.iterfind("question_instances/question_instance")]
    assert len(references) == 3
    pool = read.categories()["exam-pool"]
    for reference in references:
        assert reference is not None
        condition = json.loads(reference.findtext("filtercondition") or "")
        assert condition == {"questioncategoryid": int(pool.get("id") or 0), "includingsubcategories": False}
        assert reference.findtext("questionscontextid") == pool.findtext("contextid")
    ids = [e.findtext("idnumber") for e in pool.iter("question_bank_entry") if e.findtext("idnumber") != "$@NULL@$"]
    assert ids == [f"sample-exam-{n:03d}" for n in range(1, 10)]
    again = read.categories()["exam-rewordings"]
    assert [e.findtext("idnumber") for e in again.iter("question_bank_entry")] == ["sample-exam-010"]
    assert again.findtext("parent") == pool.findtext("parent")
    assert quiz.findtext("reviewrightanswer") == "0"


def test_whole_bank_for_the_teacher() -> None:
    read = sample()
    module = read.activity("Сұрақтар қоры. Емтихан", "module.xml")
    assert module.findtext("visible") == "0"
    quiz = read.activity("Сұрақтар қоры. Емтихан")
    entries = {e.get("id"): e.findtext("idnumber") for e in read.xml("questions.xml").iter("question_bank_entry")}
    told = [entries[r.findtext("questionbankentryid")] for r in quiz.iter("question_reference")]
    assert told == [f"sample-exam-{n:03d}" for n in range(1, 11)]
    assert read.activity("Сұрақтар қоры. Емтихан", "grades.xml").find("grade_items/grade_item") is None


@pytest.mark.parametrize(
    ("release", "shown"), [("list", {"exam-list", "exam"}), ("practice", {"exam"}), ("teacher-only", set())]
)
def test_release(release: Any, shown: set[str]) -> None:
    course = samples.everything()
    assert course.exam is not None
    read = Read(written(replace(course, exam=replace(course.exam, release=release))).artifacts[0])
    modules = [read.xml(name) for name in read.names if name.endswith("/module.xml")]
    visible = {m.findtext("idnumber") for m in modules if m.findtext("visible") == "1"}
    assert visible & {"exam-list", "exam", "exam-bank"} == shown
    section = next(s for s in read.sections() if s.findtext("name") == "Емтихан")
    assert section.findtext("visible") == ("0" if release == "teacher-only" else "1")


def test_exam_list_shows_no_key_and_no_gap_code() -> None:
    content = sample().activity("Емтихан сұрақтары").findtext("content") or ""
    assert content.count("<li>") >= 9
    assert "Дұрыс!" not in content
    assert "{#1}" not in content
    assert "Астана – (1) ______, халқы (2) ______ миллион." in content
    # What is matched stands in two lists, the second by the alphabet.
    assert content.index("Сенат") < content.index("жоғарғы палата") < content.index("төменгі палата")
    assert content.index("төменгі палата") < content.index("үкімет")


def test_small_pool() -> None:
    course = Course(id="c", title="C", language="en", exam=Exam(questions=samples.every_question()[:2]))
    found = written(course)
    assert "mbz-pool-small" in codes(found)
    quiz = Read(found.artifacts[0]).activity("Exam", "")
    assert quiz is not None


def test_exam_times() -> None:
    course = samples.everything()
    found = written(course, exam_opens="2027-01-10T09:00", exam_closes="2027-01-10", exam_minutes=50)
    read = Read(found.artifacts[0])
    quiz = next(
        e for n in read.names if n.endswith("/quiz.xml") for e in read.xml(n) if e.findtext("name") == "Емтихан"
    )
    assert int(quiz.findtext("timeclose") or 0) - int(quiz.findtext("timeopen") or 0) == 14 * 3600 + 59 * 60
    assert (quiz.findtext("timelimit"), quiz.findtext("attempts_number")) == ("3000", "1")


def test_start_makes_weeks() -> None:
    course = sample().xml("course/course.xml")
    assert course.findtext("format") == "topics"
    dated = Read(written(samples.everything(), start="2026-09-01").artifacts[0]).xml("course/course.xml")
    assert dated.findtext("format") == "weeks"
    assert dated.findtext("startdate") == "1788202800"
    assert "automaticenddate" in {o.findtext("name") for o in dated.iterfind("courseformatoptions/*")}


# --- gradebook ----------------------------------------------------------------------------------------------------


def weights(read: Read) -> dict[str, str]:
    names = {
        c.get("id"): c.findtext("fullname", "") for c in read.each("gradebook.xml", "grade_categories/grade_category")
    }
    items = read.each("gradebook.xml", "grade_items/grade_item")
    totals = [i for i in items if i.findtext("itemtype") != "manual"]
    return {names[i.findtext("iteminstance")]: i.findtext("aggregationcoef", "") for i in totals}


def test_declared_weights() -> None:
    read = sample()
    assert weights(read) == {"?": "0", "Ағымдағы бақылау": "60", "Емтихан": "40"}
    root = read.each("gradebook.xml", "grade_categories/grade_category")[0]
    assert (root.findtext("aggregation"), root.findtext("aggregateonlygraded")) == ("10", "0")
    names = {
        c.get("id"): c.findtext("fullname", "") for c in read.each("gradebook.xml", "grade_categories/grade_category")
    }
    where = {
        i.findtext("itemname", "")[:10]: names[i.findtext("categoryid")]
        for n in read.names
        if n.endswith("/grades.xml")
        for i in read.each(n, "grade_items/grade_item")
    }
    assert where == {"1 СОӨЖ. “С": "Ағымдағы бақылау", "Бақылау сұ": "Ағымдағы бақылау"}


def test_interim_controls_are_items_to_fill_in() -> None:
    read = sample()
    names = {
        c.get("id"): c.findtext("fullname", "") for c in read.each("gradebook.xml", "grade_categories/grade_category")
    }
    items = read.each("gradebook.xml", "grade_items/grade_item")
    manual = [i for i in items if i.findtext("itemtype") == "manual"]
    assert [(i.findtext("itemname"), i.findtext("grademax"), names[i.findtext("categoryid")]) for i in manual] == [
        ("АБ1", "100", "Ағымдағы бақылау"),
        ("Емтихан", "100", "Емтихан"),  # the quiz is for practice: the exam's own mark is filled in
    ]


def test_a_seminar_with_points_is_graded() -> None:
    course = samples.everything()
    week = course.weeks[0]
    seminar = replace(week.sessions[1], points=5)
    weeks = (replace(week, sessions=(week.sessions[0], seminar)), *course.weeks[1:])
    found = written(replace(course, weeks=weeks))
    assert errors(found) == []
    read = Read(found.artifacts[0])
    assert read.activity("1-семинар").findtext("grade_forum") == "5"
    (item,) = read.activity("1-семинар", "grades.xml").iterfind("grade_items/grade_item")
    assert (item.findtext("itemnumber"), item.findtext("grademax")) == ("1", "5")
    assert sample().activity("1-семинар").findtext("grade_forum") == "0"


def with_grading(grading: Grading | None) -> Written:
    course = samples.everything()
    return written(replace(course, about=replace(course.about, grading=grading)))


def test_preset_weights() -> None:
    read = Read(with_grading(Grading(preset="60/10/30")).artifacts[0])
    assert weights(read) == {
        "?": "0",
        "Аралық бақылау (РК1, РК2)": "60",
        "Midterm (МТ)": "10",
        "Қорытынды бақылау (ҚБ)": "30",
    }


def test_plain_gradebook() -> None:
    assert weights(Read(with_grading(None).artifacts[0])) == {"?": "0"}


def test_weights_that_do_not_add_up() -> None:
    assert "mbz-weights" in codes(with_grading(Grading(weights=(GradeWeight(name="A", percent=50),))))


def essays(number: int, prefix: str) -> tuple[Essay, ...]:
    return tuple(
        Essay(id=f"{prefix}{n}", number=n, text=samples.b(f"Неге {n}?"), feedback=samples.b("Себебі."))
        for n in range(1, number + 1)
    )


def term(*questions: Question, week: int = 1, points: float | None = 10) -> Week:
    """A week with a lecture, its self-check and a task."""
    code = f"w{week:02d}"
    lecture = Session(
        id=f"{code}-lecture",
        kind="lecture",
        number=week,
        title=f"Тақырып {week}",
        blocks=samples.b("Мәтін."),
        review=questions,
    )
    task = Assignment(id=f"{code}-task", kind="independent", number=week, blocks=samples.b("Эссе."), points=points)
    return Week(id=code, number=week, sessions=(lecture,), assignments=(task,))


def marked(grading: Grading | None, weeks: int = 4, **fields: Any) -> Course:
    about = About(grading=grading)
    return Course(
        id="m", title="М", language="kk", about=about, weeks=tuple(term(week=n) for n in range(1, weeks + 1)), **fields
    )


def tree(read: Read) -> dict[str, tuple[str, str, str, str]]:
    """Category → the one it lies in, its way of adding up, weight, whether only what is graded counts."""
    categories = read.each("gradebook.xml", "grade_categories/grade_category")
    names = {c.get("id"): c.findtext("fullname", "") for c in categories} | {"$@NULL@$": ""}
    weight = weights(read)
    return {
        c.findtext("fullname", ""): (
            names[c.findtext("parent", "")],
            c.findtext("aggregation", ""),
            weight[c.findtext("fullname", "")],
            c.findtext("aggregateonlygraded", ""),
        )
        for c in categories
    }


def held(read: Read) -> dict[str, list[str]]:
    """Category → the idnumbers of its items, manual ones first."""
    categories = read.each("gradebook.xml", "grade_categories/grade_category")
    names = {c.get("id"): c.findtext("fullname", "") for c in categories}
    items = [i for i in read.each("gradebook.xml", "grade_items/grade_item") if i.findtext("itemtype") == "manual"]
    items += [i for n in read.names if n.endswith("/grades.xml") for i in read.each(n, "grade_items/grade_item")]
    found: dict[str, list[str]] = {}
    for item in items:
        found.setdefault(names[item.findtext("categoryid")], []).append(item.findtext("idnumber", ""))
    return found


TWO = (Interim(after_week=2, name="РК1", points=50), Interim(after_week=4, name="РК2"))


def test_a_rating_is_divided_by_its_controls_and_each_item_counts_by_its_points() -> None:
    read = Read(written(marked(Grading(preset="60/40", interim=TWO))).artifacts[0])
    assert tree(read) == {
        "?": ("", "10", "0", "0"),
        "Жіберу рейтингі": ("?", "10", "60", "1"),
        "РК1": ("Жіберу рейтингі", "11", "50", "1"),
        "РК2": ("Жіберу рейтингі", "11", "50", "1"),
        "Емтихан": ("?", "11", "40", "1"),
    }
    assert held(read) == {
        "РК1": ["interim-1", "w01-task", "w02-task"],
        "РК2": ["interim-2", "w03-task", "w04-task"],
        "Емтихан": ["share-4"],
    }


def test_weeks_after_the_last_control_belong_to_it() -> None:
    read = Read(written(marked(Grading(preset="60/40", interim=TWO), weeks=6)).artifacts[0])
    assert held(read)["РК2"] == ["interim-2", "w03-task", "w04-task", "w05-task", "w06-task"]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        # The shares are the controls themselves.
        (
            (("РК1", 30), ("РК2", 30), ("Емтихан", 40)),
            {
                "РК1": ["interim-1", "w01-task", "w02-task"],
                "РК2": ["interim-2", "w03-task", "w04-task"],
                "Емтихан": ["share-3"],
            },
        ),
        # A share for the work of the term, another for the controls.
        (
            (("Ағымдағы бақылау", 30), ("Аралық бақылау", 30), ("Емтихан", 40)),
            {
                "Ағымдағы бақылау": ["w01-task", "w02-task", "w03-task", "w04-task"],
                "Аралық бақылау": ["interim-1", "interim-2"],
                "Емтихан": ["share-3"],
            },
        ),
        # A share for the work of the term and a share for each control.
        (
            (("Үй жұмысы", 20), ("РК1", 20), ("РК2", 20), ("Емтихан", 40)),
            {
                "Үй жұмысы": ["w01-task", "w02-task", "w03-task", "w04-task"],
                "РК1": ["interim-1"],
                "РК2": ["interim-2"],
                "Емтихан": ["share-4"],
            },
        ),
    ],
)
def test_declared_shares_and_controls(weights: Any, expected: dict[str, list[str]]) -> None:
    scheme = Grading(weights=tuple(GradeWeight(name=n, percent=p) for n, p in weights), interim=TWO)
    assert held(Read(written(marked(scheme)).artifacts[0])) == expected


def test_no_share_is_without_an_item() -> None:
    read = Read(written(marked(Grading(preset="60/10/30"))).artifacts[0])
    assert held(read) == {
        "Аралық бақылау (РК1, РК2)": ["w01-task", "w02-task", "w03-task", "w04-task"],
        "Midterm (МТ)": ["share-2"],
        "Қорытынды бақылау (ҚБ)": ["share-3"],
    }


def test_without_a_scheme_items_count_by_their_points() -> None:
    read = Read(written(marked(None)).artifacts[0])
    assert tree(read) == {"?": ("", "11", "0", "1")}


def test_points_beside_undeclared_ones_are_told() -> None:
    course = replace(marked(None), weeks=(term(week=1), term(week=2, points=None)))
    assert "mbz-points-undeclared" in codes(written(course))
    assert "mbz-points-undeclared" not in codes(written(marked(None)))


def test_letters_and_pass_marks() -> None:
    read = Read(written(marked(Grading(preset="60/40"))).artifacts[0])
    letters = read.each("gradebook.xml", "grade_letters/grade_letter")
    assert [(one.findtext("lowerboundary"), one.findtext("letter")) for one in letters][:2] == [
        ("95", "A"),
        ("90", "A-"),
    ]
    assert [(one.findtext("lowerboundary"), one.findtext("letter")) for one in letters][-3:] == [
        ("50", "D"),
        ("25", "FX"),
        ("0", "F"),
    ]
    (item,) = read.activity("1 СӨЖ", "grades.xml").iterfind("grade_items/grade_item")
    assert (item.findtext("grademax"), item.findtext("gradepass")) == ("10", "5")
    plain = Read(written(marked(Grading(preset="60/40")), letters=False, pass_mark=0).artifacts[0])
    assert plain.each("gradebook.xml", "grade_letters/grade_letter") == []
    (item,) = plain.activity("1 СӨЖ", "grades.xml").iterfind("grade_items/grade_item")
    assert item.findtext("gradepass") == "0"


# --- self-checks and the exam -------------------------------------------------------------------------------------


def self_check(*questions: Question, **options: Any) -> tuple[list[str], str, int]:
    """Marks of the slots, the grade, how many grade items."""
    read = Read(written(Course(id="c", title="C", language="kk", weeks=(term(*questions),)), **options).artifacts[0])
    quiz = read.activity("Бақылау сұрақтары")
    marks = [slot.findtext("maxmark", "") for slot in quiz.iterfind("question_instances/question_instance")]
    items = read.activity("Бақылау сұрақтары", "grades.xml").findall("grade_items/grade_item")
    assert quiz.findtext("completionminattempts") == "1"
    return marks, quiz.findtext("grade", ""), len(items)


KEYED = MultipleChoice(
    id="k",
    number=9,
    text=samples.b("Қайсы?"),
    choices=(Choice(content=samples.b("А"), fraction=1), Choice(content=samples.b("Ә"))),
)
KEYLESS = replace(KEYED, id="n", choices=tuple(replace(choice, fraction=0.0) for choice in KEYED.choices))


def test_what_cannot_mark_itself_has_no_grade() -> None:
    assert self_check(*essays(3, "e")) == (["0", "0", "0"], "0", 0)
    assert self_check(KEYLESS) == (["0"], "0", 0)


def test_what_marks_itself_counts_by_its_marks() -> None:
    assert self_check(*essays(2, "e"), KEYED) == (["0", "0", "1"], "1", 1)
    assert self_check(replace(KEYED, mark=4)) == (["4"], "4", 1)


def test_self_checks_as_declared() -> None:
    assert self_check(*essays(2, "e"), KEYED, self_checks="none") == (["0", "0", "1"], "0", 0)
    assert self_check(*essays(2, "e"), KEYED, self_checks="all") == (["1", "1", "1"], "3", 1)


def test_a_self_check_says_what_counts() -> None:
    read = Read(written(Course(id="c", title="C", language="en", weeks=(term(*essays(2, "e"), KEYED),))).artifacts[0])
    assert read.activity("Review questions").findtext("intro") == (
        "<p>Questions for checking yourself: 3. Answers are marked at once; up to 1 points count. "
        "Answers in your own words are not marked; model answers are shown where there are any.</p>"
    )
    assert read.activity("Review questions", "module.xml").findtext("showdescription") == "1"


def examined(**options: Any) -> Read:
    course = marked(Grading(preset="60/40"), exam=Exam(questions=essays(5, "exam-"), release="practice"))
    return Read(written(course, **options).artifacts[0])


def test_the_exam_opens_to_an_admitted_rating() -> None:
    read = examined(exam_opens="2027-01-10T09:00")
    module = read.activity("Емтихан", "module.xml")
    rating = next(
        i.get("id")
        for i in read.each("gradebook.xml", "grade_items/grade_item")
        if i.findtext("itemtype") == "category" and i.findtext("aggregationcoef") == "60"
    )
    condition = {"op": "&", "c": [{"type": "grade", "id": int(rating or 0), "min": 50.0}], "showc": [True]}
    assert json.loads(module.findtext("availability") or "") == condition
    assert held(read)["Емтихан"] == ["exam"]
    assert read.activity("Емтихан").findtext("attempts_number") == "1"
    other = examined(exam_opens="2027-01-10T09:00", admission=0).activity("Емтихан", "module.xml")
    assert other.findtext("availability") == "$@NULL@$"


def test_practice_does_not_count_and_is_open_to_all() -> None:
    read = examined()
    assert read.activity("Сынама емтихан").findtext("attempts_number") == "0"
    assert read.activity("Сынама емтихан", "module.xml").findtext("availability") == "$@NULL@$"
    assert held(read)["Емтихан"] == ["share-2"]


SHARES: dict[str, tuple[dict[str, str], str, str]] = {
    "60/10/30": ({"Аралық бақылау (РК1, РК2)": "60", "Midterm (МТ)": "10"}, "70", "Қорытынды бақылау (ҚБ)"),
    "own": ({"РК1": "30", "РК2": "20", "Жоба": "10"}, "60", "Емтихан"),
}


@pytest.mark.parametrize("kind", SHARES)
def test_several_shares_before_the_exam_are_one_rating_that_opens_it(kind: str) -> None:
    shares, rating, exam = SHARES[kind]
    own = [GradeWeight(name=name, percent=float(percent)) for name, percent in shares.items()]
    own.append(GradeWeight(name=exam, percent=100 - float(rating)))
    grading = Grading(weights=tuple(own)) if kind == "own" else Grading(preset="60/10/30")
    course = marked(grading, exam=Exam(questions=essays(5, "exam-"), release="practice"))
    found = written(course, exam_opens="2027-01-10T09:00")
    read = Read(found.artifacts[0])
    assert "mbz-admission" not in codes(found)
    assert check_artifact(found.artifacts[0]) == []
    # What is not yet graded counts as nothing, as it did in the course itself.
    assert tree(read)["Жіберу рейтингі"] == ("?", "10", rating, "0")
    assert tree(read)[exam] == ("?", "11", f"{100 - int(rating)}", "1")
    assert {name: tree(read)[name][:3] for name in shares} == {
        name: ("Жіберу рейтингі", "11", percent) for name, percent in shares.items()
    }
    paths = {c.findtext("fullname"): c.findtext("depth") for c in read.each("gradebook.xml", "grade_categories/*")}
    assert paths == {"?": "1", "Жіберу рейтингі": "2", exam: "2", **dict.fromkeys(shares, "3")}
    items = read.each("gradebook.xml", "grade_items/grade_item")
    opens = json.loads(read.activity("Емтихан", "module.xml").findtext("availability") or "")["c"][0]
    assert next(i.findtext("itemname") for i in items if i.get("id") == str(opens["id"])) == "Жіберу рейтингі"
    assert opens["min"] == 50.0


@pytest.mark.parametrize("options", [{}, {"exam_opens": "2027-01-10T09:00", "admission": 0}])
def test_shares_that_open_nothing_stay_as_declared(options: dict[str, Any]) -> None:
    course = marked(Grading(preset="60/10/30"), exam=Exam(questions=essays(5, "exam-")))
    assert {row[0] for row in tree(Read(written(course, **options).artifacts[0])).values()} == {"", "?"}


def test_an_exam_that_is_all_of_the_grade_opens_by_hand() -> None:
    course = marked(
        Grading(weights=(GradeWeight(name="Емтихан", percent=100),)), exam=Exam(questions=essays(5, "exam-"))
    )
    assert "mbz-admission" in codes(written(course, exam_opens="2027-01-10T09:00"))


# --- where a teacher looks ----------------------------------------------------------------------------------------


def test_the_bank_is_the_courses() -> None:
    read = sample()
    context = read.xml("course/course.xml").get("contextid")
    found = [
        (c.findtext("name"), c.findtext("contextid"), c.findtext("contextlevel"), c.findtext("contextinstanceid"))
        for c in read.each("questions.xml", "question_category")
    ]
    module = read.activity("Сұрақтар қоры", "module.xml").get("id")
    assert [name for name, *_ in found] == [
        "top",
        '1-дәріс. Билік: «мәні» & ‹мағынасы› / "power"',
        "Емтихан",
        "Емтихан сұрақтары",
        "Емтихан сұрақтары. Басқаша тұжырымдары",
    ]
    # An activity to 5.0 and later, with the context of the course for those that know no such activity.
    assert {tuple(rest) for _, *rest in found} == {(context, "70", module)}
    assert read.activity("Сұрақтар қоры").findtext("type") == "standard"
    listed = {e.text for e in read.each("course/inforef.xml", "question_categoryref/question_category/id")}
    assert listed == {c.get("id") for c in read.each("questions.xml", "question_category")}
    kinds = [mod for mod, _ in read.activities()]
    assert kinds.count("qbank") == 1
    drawing = [n for n, (_, name) in enumerate(read.activities()) if name == "Сынама емтихан"]
    assert kinds.index("qbank") < min(drawing)


def test_a_bank_of_self_checks_alone_comes_last() -> None:
    """Behind it the context of the course is the bank's: a picture of a later section would be lost."""
    read = Read(written(replace(samples.everything(), exam=None)).artifacts[0])
    assert read.activities()[-1] == ("qbank", "Сұрақтар қоры")
    assert "qbank" not in dict(Read(written(marked(None)).artifacts[0]).activities())


def test_a_bank_of_each_quiz_where_it_is_declared() -> None:
    (artifact,) = written(samples.everything(), bank="quiz").artifacts
    assert check_artifact(artifact) == []
    read = Read(artifact)
    quizzes = {read.activity(name).getparent().get("contextid") for name in ("Бақылау сұрақтары", "Сынама емтихан")}  # type: ignore[union-attr]
    assert {c.findtext("contextid") for c in read.each("questions.xml", "question_category")} == quizzes


def test_links_are_activities() -> None:
    course = Course(
        id="c", title="C", language="en", links=("https://adilet.zan.kz/kaz/docs/", "adilet", "https://a.kz/?b=1&c=2")
    )
    found = written(course)
    read = Read(found.artifacts[0])
    urls = [(name, read.activity(name).findtext("externalurl")) for mod, name in read.activities() if mod == "url"]
    assert urls == [
        ("adilet.zan.kz/kaz/docs", "https://adilet.zan.kz/kaz/docs/"),
        ("a.kz/?b=1&c=2", "https://a.kz/?b=1&c=2"),
    ]
    assert "mbz-link-address" in codes(found)


def test_a_glossary_holds_its_terms() -> None:
    entries = [(e.findtext("concept"), e.findtext("definition")) for e in sample().activity("Глоссарий").iter("entry")]
    assert [concept for concept, _ in entries] == [one.term for one in samples.everything().glossary]
    assert all(definition for _, definition in entries)
    page = Read(written(samples.everything(), glossary="page").artifacts[0])
    assert ("page", "Глоссарий") in page.activities()


def shown(read: Read, name: str) -> str:
    """The description of an activity that the course page shows."""
    if read.activity(name, "module.xml").findtext("showdescription") == "0":
        return ""
    told = etree.fromstring(f"<x>{read.activity(name).findtext('intro')}</x>")
    return " ".join(str(told.xpath("string()")).split())


def test_activities_say_what_they_are_for() -> None:
    (artifact,) = written(samples.everything(), announcements=True, questions_forum=True).artifacts
    read = Read(artifact)
    assert {name[:20]: shown(read, name) for mod, name in read.activities() if mod not in {"quiz", "qbank"}} == {
        "Хабарландырулар": "Курс жаңалықтары; олар барлығына пошта арқылы да жіберіледі.",
        "Оқытушыға сұрақтар": "Түсініксіз жайттар осында сұралады; кез келген қатысушы жауап бере алады.",
        "Силлабус": "Курстың мазмұны, апталық жоспары және бағалау тәртібі.",
        "Глоссарий": "Курс терминдері: 1.",
        "1-дәріс. Билік: «мән": "Оқуға: дәріс мәтіні, тараулар саны – 2.",
        "2-дәріс. Екінші дәрі": "Оқуға: дәріс мәтіні.",
        "Мақала": "Дәрістерге қосымша оқуға.",
        "Қарар": "Дәрістерге қосымша оқуға.",
        # An opening post is the description of its forum, and long: it does not stand in a list.
        "1-семинар": "",
        "1 СОӨЖ. “Саяси ғылым": "",  # its name is all of its text
        **dict.fromkeys(
            (
                "Алғы сөз",
                "Кіріспе",
                "Оқыту нәтижелері",
                "Бағалау",
                "Академиялық адалдық",
                "Әдебиеттер",
                "Емтихан сұрақтары",
                "Қорытынды",
            ),
            "",
        ),
    }
    plain = Read(written(samples.everything(), descriptions=False, announcements=True).artifacts[0])
    assert {shown(plain, name) for _, name in plain.activities()} == {""}


def test_a_short_task_stands_under_its_name() -> None:
    read = Read(written(one_task(blocks=samples.b("Эссе жазыңыз."), title="Шығарма")).artifacts[0])
    assert shown(read, "1 СӨЖ").startswith("Эссе жазыңыз.")
    same = Read(written(one_task(blocks=samples.b("Эссе жазыңыз."), title="Эссе жазыңыз")).artifacts[0])
    assert shown(same, "1 СӨЖ") == ""
    long = Read(written(one_task(blocks=samples.b("Эссе жазыңыз. " * 30), title="Эссе")).artifacts[0])
    assert shown(long, "1 СӨЖ") == ""


@pytest.mark.parametrize(
    ("title", "first", "expected"),
    [
        ("Билік", "Билік", "Кіріспе"),
        ("Билік", " БИЛІК. ", "Кіріспе"),
        ("Билік", "3-дәріс. Билік", "Кіріспе"),
        ("Билік", "Билік ұғымы", "Билік ұғымы"),
        (None, "Билік", "Билік"),
    ],
)
def test_a_first_chapter_does_not_say_the_name_of_the_book_again(title: str, first: str, expected: str) -> None:
    blocks = (heading(first), *samples.b("Мәтін."), heading("Түрлері"), *samples.b("Мәтін."))
    lecture = Session(id="w01-lecture", kind="lecture", number=3, title=title, blocks=blocks)
    course = Course(id="m", title="М", language="kk", weeks=(Week(id="w01", number=1, sessions=(lecture,)),))
    chapters = Read(written(course).artifacts[0]).activity("3-дәріс").iterfind("chapters/chapter/title")
    assert [chapter.text for chapter in chapters] == [expected, "Түрлері"]


def test_outcomes_are_the_courses_own() -> None:
    about = About(outcomes=("Талдайды", "Жазады <b> " + "ұзақ " * 80))
    course = replace(one_task(), about=about)
    (artifact,) = written(course).artifacts
    assert check_artifact(artifact) == []
    read = Read(artifact)
    (scale,) = read.each("scales.xml", "scale")
    assert scale.findtext("scale") == "Қол жеткізілмеді, Ішінара қол жеткізілді, Қол жеткізілді"
    found = read.each("outcomes.xml", "outcome")
    assert [o.findtext("shortname") for o in found] == [f"{course.id}-1", f"{course.id}-2"]
    assert found[0].findtext("fullname") == "Талдайды"
    assert (found[1].findtext("fullname") or "").startswith("Жазады ‹b› ұзақ")
    assert len(found[1].findtext("fullname") or "") > 255  # the database has room for it
    course_id = read.xml("course/course.xml").get("id")
    assert {(o.findtext("courseid"), o.findtext("scaleid")) for o in found} == {(course_id, scale.get("id"))}
    bare = Read(written(course, outcomes=False).artifacts[0])
    assert bare.each("scales.xml", "scale") == bare.each("outcomes.xml", "outcome") == []


def test_names_of_activities_make_no_links() -> None:
    read = sample()
    off = [
        (f.findtext("filter"), f.findtext("active"))
        for f in read.each("course/filters.xml", "filter_actives/filter_active")
    ]
    assert off == [("activitynames", "-1")]
    assert sum(name.endswith("/filters.xml") for name in read.names) == len(read.activities()) + 1


def test_no_two_activities_of_a_section_have_one_name() -> None:
    read = Read(written(samples.everything(), papers=True).artifacts[0])
    names = [name for _, name in read.activities()]
    assert len(set(names)) == len(names)
    assert sum(name.endswith("(DOCX)") for name in names) == sum(mod == "resource" for mod, _ in read.activities()) > 2


def test_forums_and_picture() -> None:
    read = Read(written(samples.everything(), image=True, announcements=True, questions_forum=True).artifacts[0])
    assert [(mod, name) for mod, name in read.activities()][:2] == [
        ("forum", "Хабарландырулар"),
        ("forum", "Оқытушыға сұрақтар"),
    ]
    assert [read.activity(n).findtext("type") for n in ("Хабарландырулар", "Оқытушыға")] == ["news", "general"]
    assert read.xml("course/course.xml").findtext("newsitems") == "5"
    (record,) = (f for f in read.each("files.xml", "file") if f.findtext("filearea") == "overviewfiles")
    data = read.data[f"files/{(record.findtext('contenthash') or '')[:2]}/{record.findtext('contenthash')}"]
    assert data.startswith(b"\x89PNG")
    assert picture("Саяси билік") == picture("Саяси билік") != picture("Қазақстан тарихы")


# --- dates --------------------------------------------------------------------------------------------------------


def test_weeks_give_dates_where_a_first_day_is_declared() -> None:
    week = term(KEYED, week=2)
    week = replace(week, assignments=(replace(week.assignments[0], due_week=3),))
    course = Course(id="c", title="C", language="kk", weeks=(term(week=1), week))
    read = Read(written(course, start="2026-09-01", late_days=7).artifacts[0])
    day = 24 * 3600
    first = 1788202800  # 2026-09-01 00:00 in Almaty
    assign = read.activity("2 СӨЖ")
    assert int(assign.findtext("duedate") or 0) == first + 21 * day - 60
    assert int(assign.findtext("cutoffdate") or 0) == first + 28 * day - 60
    # The date has a field: its week is not told beside it, as it is where there is no date.
    assert "3-апта" not in assign.findtext("intro", "")
    assert "3-апта" in Read(written(course).artifacts[0]).activity("2 СӨЖ").findtext("intro", "")
    expected = {
        name[:9]: read.activity(name, "module.xml").findtext("completionexpected") for _, name in read.activities()
    }
    assert expected["2-дәріс. "] == expected["Бақылау с"] == str(first + 14 * day - 60)
    assert expected["1 СӨЖ. Эс"] == str(first + 7 * day - 60)
    assert expected["2 СӨЖ. Эс"] == "0"  # its due date says so
    assert expected["Силлабус"] == "0"
    assert int(read.xml("course/course.xml").findtext("enddate") or 0) == first + 14 * day - 60


@pytest.mark.parametrize(
    ("due", "days"),
    [
        ("Friday of week 3", 18),
        ("пт 3-й недели", 18),
        ("3-аптаның дүйсенбісіне дейін", 21),
        ("Friday 5 May, week 3", 0),
    ],
)
def test_a_day_of_the_week_is_a_date(due: str, days: int) -> None:
    """The course begins on a Tuesday: its third week has its Friday as the fourth day, its Monday as the last."""
    week = term(KEYED, week=2)
    week = replace(week, assignments=(replace(week.assignments[0], due=due, due_week=3),))
    read = Read(written(Course(id="c", title="C", language="kk", weeks=(week,)), start="2026-09-01").artifacts[0])
    found = int(read.activity("2 СӨЖ").findtext("duedate") or 0)
    assert found == (1788202800 + days * 24 * 3600 - 60 if days else 0)


def test_no_date_is_invented() -> None:
    read = Read(written(marked(None)).artifacts[0])
    course, information = read.xml("course/course.xml"), read.xml("moodle_backup.xml")
    # The day that the restore's page names moves «00», not «0».
    assert (course.findtext("startdate"), course.findtext("enddate")) == ("00", "0")
    assert information.findtext("information/original_course_startdate") == "00"
    assert {read.activity(name, "module.xml").findtext("completionexpected") for _, name in read.activities()} == {"0"}


@pytest.mark.parametrize("options", [{"end": "2027-01-31"}, {"exam_opens": "2027-01-10T09:00"}, {"due": "2026-12-01"}])
def test_declared_dates_are_not_moved_by_an_undeclared_start(options: dict[str, str]) -> None:
    """They would move by the whole of the start: 2026 would be 2083."""
    course = one_task(due=options["due"]) if "due" in options else marked(None, exam=Exam(questions=essays(5, "exam-")))
    read = Read(written(course, **{key: value for key, value in options.items() if key != "due"}).artifacts[0])
    assert read.xml("course/course.xml").findtext("startdate") == "0"
    assert read.xml("moodle_backup.xml").findtext("information/original_course_startdate") == "0"


@pytest.mark.parametrize(
    ("options", "second"),
    [
        ({"end": "2027-01-31"}, 1801421940),
        ({"exam_opens": "2027-01-10T09:00", "exam_closes": "2027-01-10"}, 1799607540),
        ({}, 0),
    ],
)
def test_the_end_of_a_course_with_an_exam(options: dict[str, str], second: int) -> None:
    read = Read(
        written(marked(None, exam=Exam(questions=essays(5, "exam-"))), start="2026-09-01", **options).artifacts[0]
    )
    assert read.xml("course/course.xml").findtext("enddate") == str(second)


def test_what_completes_the_course() -> None:
    def criteria(course: Course, **options: Any) -> list[tuple[str | None, ...]]:
        read = Read(written(course, **options).artifacts[0])
        if "completion.xml" not in read.names:
            return []
        rows = read.each("completion.xml", "course_completion_criteria")
        return [tuple(row.findtext(name) for name in ("criteriatype", "module", "gradepass")) for row in rows]

    assert criteria(marked(Grading(preset="60/40"))) == [("6", "$@NULL@$", "50")]
    assert criteria(marked(None, weeks=2)) == [("4", "assign", "$@NULL@$")] * 2
    assert criteria(marked(None), course_completion=False) == []
    assert criteria(Course(id="c", title="C", language="kk")) == []


# --- questions ----------------------------------------------------------------------------------------------------


def plugin(number: int) -> Element:
    question = sample().question(f"sample-exam-{number:03d}")
    found = question.find(f"plugin_qtype_{question.findtext('qtype')}_question")
    assert found is not None
    return found


def answers(number: int) -> list[tuple[str, str]]:
    return [(a.findtext("answertext", ""), a.findtext("fraction", "")) for a in plugin(number).iterfind("answers/*")]


def test_question_types() -> None:
    read = sample()
    found = [
        e.findtext(".//question/qtype")
        for e in read.categories()["exam-pool"].iter("question_bank_entry")
        if e.findtext("idnumber") != "$@NULL@$"
    ]
    assert found == [
        "essay",
        "multichoice",
        "multichoice",
        "truefalse",
        "shortanswer",
        "numerical",
        "match",
        "multianswer",
        "description",
    ]


def test_choices() -> None:
    assert answers(2) == [
        ("<p>Шаршы</p>", "1"),
        ("<p>Дөңгелек &lt;b&gt;</p>", "0"),
        ("<p>Үшбұрыш &amp; т.б.</p>", "0"),
    ]
    assert answers(3)[2] == ("<p>Төртінші</p>", "-0.5")
    assert plugin(3).findtext("multichoice/single") == "0"
    assert sample().question("sample-exam-002").findtext("defaultmark") == "2"


def test_other_types() -> None:
    assert answers(4) == [("True", "1"), ("False", "0")]
    assert answers(5) == [("кратология", "1"), ("кратол*", "0.5")]
    assert answers(6) == [("2", "1"), ("2.5", "0.25")]
    assert [r.findtext("tolerance") for r in plugin(6).iter("numerical_record")] == ["0", "0.5"]
    matches = [(m.findtext("questiontext"), m.findtext("answertext")) for m in plugin(7).iter("match")]
    assert matches == [
        ("<p>Сенат</p>", "жоғарғы палата"),
        ("<p>Мәжіліс</p>", "төменгі палата"),
        ("", "үкімет"),
    ]
    essay = plugin(10)
    assert (essay.findtext("essay/minwordlimit"), essay.findtext("essay/maxwordlimit")) == ("50", "300")
    assert essay.findtext("essay/responsetemplate") == "<p>Менің ойымша,</p>"


def test_cloze_gaps_are_questions() -> None:
    question = sample().question("sample-exam-008")
    assert "{#1}" in (question.findtext("questiontext") or "")
    sequence = (plugin(8).findtext("multianswer/sequence") or "").split(",")
    every = {q.get("id"): q for q in sample().xml("questions.xml").iterfind(".//question[@id]")}
    gaps = [every[id_] for id_ in sequence]
    assert [g.findtext("qtype") for g in gaps] == ["shortanswer", "numerical"]
    assert [g.findtext("defaultmark") for g in gaps] == ["1", "2"]
    assert {g.findtext("parent") for g in gaps} == {question.get("id")}
    assert (gaps[0].findtext("questiontext") or "").startswith("{1:SHORTANSWER:=")


def test_no_empty_containers_in_questions() -> None:
    for name in ("question_hints", "numerical_units", "answers"):
        assert [e for e in sample().xml("questions.xml").iter(name) if not len(e)] == []


def test_tags_and_notes() -> None:
    question = sample().question("sample-w01-lecture-q-001")
    tags = [t.findtext("rawname") for t in question.iterfind("tags/tag")]
    assert tags[:2] == ["1-апта", "1-дәріс"]
    assert "Билік ұғымы" in (question.findtext("plugin_qtype_essay_question/essay/graderinfo") or "")


# --- files --------------------------------------------------------------------------------------------------------


def test_pictures_lie_by_their_hash() -> None:
    read = sample()
    sha1 = hashlib.sha1(samples.PNG, usedforsecurity=False).hexdigest()
    assert read.data[f"files/{sha1[:2]}/{sha1}"] == samples.PNG
    records = read.each("files.xml", "file")
    assert {r.findtext("contenthash") for r in records} == {sha1}
    assert {(r.findtext("component"), r.findtext("filearea")) for r in records} == {
        ("mod_book", "chapter"),
        ("mod_page", "content"),
        ("question", "questiontext"),
    }


SHOWN = (Paragraph(content=(Picture(asset=samples.PNG_ID, media_type="image/png", alt="сурет"),)),)
EVERY_AREA = (
    Essay(id="q1", text=SHOWN, feedback=SHOWN, grader_notes=SHOWN),
    MultipleChoice(
        id="q2",
        text=SHOWN,
        correct_feedback=SHOWN,
        partial_feedback=SHOWN,
        incorrect_feedback=SHOWN,
        choices=(Choice(content=SHOWN, fraction=1, feedback=SHOWN), Choice(content=SHOWN)),
    ),
    Matching(
        id="q3",
        text=SHOWN,
        pairs=(Pair(question=SHOWN, answer=samples.b("а")), Pair(question=SHOWN, answer=samples.b("б"))),
    ),
)


def test_pictures_in_every_area() -> None:
    course = samples.everything()
    week = course.weeks[0]
    sessions = (replace(week.sessions[0], review=EVERY_AREA), replace(week.sessions[1], blocks=SHOWN))
    week = replace(week, sessions=sessions, assignments=(replace(week.assignments[0], blocks=SHOWN),))
    course = replace(course, weeks=(week,), exam=None, about=replace(course.about, description=SHOWN))
    (artifact,) = written(course).artifacts
    assert check_artifact(artifact) == []
    areas = Counter((r.findtext("component"), r.findtext("filearea")) for r in Read(artifact).each("files.xml", "file"))
    assert areas == {
        ("course", "summary"): 1,
        ("mod_page", "content"): 1,
        ("mod_book", "chapter"): 1,
        ("mod_forum", "intro"): 1,
        ("mod_assign", "intro"): 1,
        ("question", "questiontext"): 3,
        ("question", "generalfeedback"): 1,
        ("qtype_essay", "graderinfo"): 1,
        ("question", "answer"): 2,
        ("question", "answerfeedback"): 1,
        ("question", "correctfeedback"): 1,
        ("question", "partiallycorrectfeedback"): 1,
        ("question", "incorrectfeedback"): 1,
        ("qtype_match", "subquestion"): 2,
    }


def test_papers() -> None:
    (artifact,) = written(samples.everything(), papers=True).artifacts
    read = Read(artifact)
    resources = [n for n in read.names if n.endswith("/resource.xml")]
    assert resources
    syllabus = [r for r in read.each("files.xml", "file") if r.findtext("filename") == "sample-syllabus.docx"]
    assert [r.findtext("sortorder") for r in syllabus] == ["1"]
    sha1 = syllabus[0].findtext("contenthash") or ""
    assert read.data[f"files/{sha1[:2]}/{sha1}"][:2] == b"PK"
    assert check_artifact(artifact) == []


def test_papers_when_the_exam_is_for_the_teacher_only() -> None:
    course = samples.everything()
    assert course.exam is not None
    found = written(replace(course, exam=replace(course.exam, release="teacher-only")), papers=True)
    read = Read(found.artifacts[0])
    shown = {}
    for name in read.names:
        if name.startswith("activities/resource_") and name.endswith("/module.xml"):
            module = read.xml(name)
            shown[module.findtext("idnumber")] = module.findtext("visible")
    assert shown["paper-sample-syllabus"] == "1"
    assert shown["paper-sample-exam-tickets"] == "0"
    contents = [r.findtext("contenthash") for r in read.each("files.xml", "file") if r.findtext("sortorder") == "1"]
    assert len(contents) == len(set(contents)) == len(shown)
    options = {
        o.findtext("name"): o.findtext("value") for o in read.xml("course/course.xml").iter("courseformatoption")
    }
    assert options["hiddensections"] == "1"


# --- odd input ----------------------------------------------------------------------------------------------------


def errors(found: Written) -> list[str]:
    return [str(f) for a in found.artifacts for f in check_artifact(a) if f.severity is Severity.ERROR]


def test_long_and_angled_names() -> None:
    found = written(samples.everything())
    assert {"mbz-name-long", "mbz-name-angle"} <= codes(found)
    long = [str(f) for f in found.findings if f.code == "mbz-name-long"]
    assert len(long) == 2


@pytest.mark.parametrize(
    "title",
    [
        "",
        "<b>",
        "1 < 2",
        "a & b \"c\" 'd'",
        "😀" * 300,
        "\x0b",
        "…",
        "</name>",
        "$@NULL@$",
        "@@PLUGINFILE@@/x.png",
        "< " * 200,
    ],
)
def test_odd_titles(title: str) -> None:
    session = Session(id="w01-lecture", kind="lecture", title=title, blocks=samples.b(title))
    week = Week(id="w01", number=1, title=title, sessions=(session,))
    assert errors(written(Course(id="odd", title=title, language="kk", weeks=(week,)))) == []


@pytest.mark.parametrize("name", ["moodle-backup", "moodle-xml", "gift"])
def test_a_name_that_is_cut_after_an_angle_bracket_is_no_tag(name: str) -> None:
    """«<…» is a tag to Moodle, which leaves out what begins with it."""
    long = ("< " * 200).strip()
    question = Essay(id="q", text=samples.b("?"), title=long, tags=(long,), category=(long,))
    course = Course(id="long", title=long, language="kk", exam=Exam(questions=(question,)))
    (artifact,) = load(name).write(course, Context()).artifacts
    if name == "moodle-backup":
        texts = [data.decode() for path, data in Read(artifact).data.items() if path.endswith(".xml")]
    else:
        texts = [member.read().decode() for member in artifact.members]
    held = "".join(texts)
    assert "‹ ‹…" in held
    assert not re.search(r"(<|&lt;)…", held)


def test_control_characters() -> None:
    blocks = (samples.p("a\x0bb\x00c"), samples.p("x"))
    text = (replace(blocks[0], content=(Run(text="a\x0bb", bold=True, href="https://x.kz/\x01"),)), blocks[1])
    session = Session(id="w01-lecture", kind="lecture", title="t\x0b", blocks=text)
    course = Course(id="odd", title="t", language="kk", weeks=(Week(id="w01", number=1, sessions=(session,)),))
    found = written(course)
    assert errors(found) == []
    assert "mbz-character" in codes(found)
    assert "mbz-character" not in codes(written(samples.everything()))


def with_exam(*questions: Question) -> Written:
    return written(Course(id="bad", title="Б", language="kk", exam=Exam(questions=questions)))


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (Essay(id="q-" + "x" * 120, text=samples.b("?")), "mbz-idnumber-long"),
        (MultipleChoice(id="q-1", text=samples.b("?"), choices=(Choice(content=samples.b("а")),) * 2), "mbz-no-key"),
        (MultipleChoice(id="q-1", text=samples.b("?"), choices=()), "mbz-as-essay"),
        (Numerical(id="q-1", text=samples.b("?"), answers=(NumericalAnswer(value="екі"),)), "mbz-number"),
        (
            Matching(
                id="q-1",
                text=samples.b("?"),
                pairs=(
                    Pair(question=samples.b("а"), answer=samples.b("ә" * 300)),
                    Pair(question=samples.b("б"), answer=samples.b("в")),
                ),
            ),
            "mbz-match-long",
        ),
        (Essay(id="q-1", text=samples.b("?"), mark=-1), "mbz-mark"),
    ],
    ids=["long id", "no key", "no choices", "no number", "long answer", "negative mark"],
)
def test_bad_question(question: Question, code: str) -> None:
    found = with_exam(question)
    assert code in codes(found)
    assert errors(found) == []


def test_question_of_300_letters() -> None:
    found = with_exam(Essay(id="q-1", text=samples.b("сұрақ " * 50)))
    question = Read(found.artifacts[0]).question("bad-q-1")
    assert len(question.findtext("name") or "") <= 255
    assert (question.findtext("questiontext") or "").count("сұрақ") == 50


def test_slash_in_a_category() -> None:
    session = Session(id="w01-lecture", kind="lecture", title="а/б", review=(Essay(id="q", text=samples.b("?")),))
    found = written(Course(id="c", title="C", language="kk", weeks=(Week(id="w01", number=1, sessions=(session,)),)))
    names = [c.findtext("name") for c in Read(found.artifacts[0]).each("questions.xml", "question_category")]
    assert names == ["top", "Дәріс. а/б"]


def test_empty_course() -> None:
    found = written(Course(id="empty", title="Бос", language="kk"))
    assert errors(found) == []
    assert Read(found.artifacts[0]).activities() == [("page", "Силлабус")]


def test_forty_weeks() -> None:
    weeks = tuple(
        Week(
            id=f"w{n:02d}",
            number=n,
            sessions=(Session(id=f"w{n:02d}-lecture", kind="lecture", number=n, blocks=samples.b("Мәтін.")),),
        )
        for n in range(1, 41)
    )
    found = written(Course(id="forty", title="Қырық", language="kk", weeks=weeks))
    assert errors(found) == []
    read = Read(found.artifacts[0])
    assert [s.findtext("name") for s in read.sections()][1:] == [f"{n}-апта" for n in range(1, 41)]


@settings(max_examples=8)
@given(strategies.courses())
def test_any_course_passes_its_own_checks(course: Course) -> None:
    assert errors(written(course)) == []


def test_a_class_that_is_only_named_says_its_name() -> None:
    sessions = (
        Session(id="w01-lecture", kind="lecture", number=1, title="Тек атауы"),
        Session(id="w01-practical", kind="practical", number=1, title="Тек атауы"),
    )
    course = Course(id="named", title="Курс", language="kk", weeks=(Week(id="w01", number=1, sessions=sessions),))
    found = Read(written(course).artifacts[0])
    assert "Тек атауы" in (found.activity("1-дәріс").findtext("content") or "")
    forum = next(title for mod, title in found.activities() if mod == "forum")
    assert "Тек атауы" in (found.activity(forum).findtext("intro") or "")


def test_a_long_idnumber_is_that_of_moodle_xml() -> None:
    question = Essay(id="q-" + "x" * 120, text=samples.b("?"))
    course = Course(id="bad", title="Б", language="kk", exam=Exam(questions=(question,)))
    (bank,) = load("moodle-xml").write(course, Context()).artifacts
    found = etree.fromstring(bank.members[0].read()).findtext("question[@type='essay']/idnumber") or ""
    assert len(found) == 100
    assert Read(written(course).artifacts[0]).question(found) is not None


@pytest.mark.parametrize("closes", ["2027-01-09", "2027-01-10T08:59", "2027-01-10T09:00"])
def test_an_exam_that_closes_no_later_than_it_opens_gets_no_end(closes: str) -> None:
    found = written(samples.everything(), exam_opens="2027-01-10T09:00", exam_closes=closes)
    told = [finding.message for finding in found.findings if finding.code == "mbz-time"]
    assert told == [f"exam: it closes ({closes}) no later than it opens (2027-01-10T09:00); no end is set"]
    read = Read(found.artifacts[0])
    quiz = next(
        e for n in read.names if n.endswith("/quiz.xml") for e in read.xml(n) if e.findtext("name") == "Емтихан"
    )
    assert quiz.findtext("timeopen") != "0"
    assert quiz.findtext("timeclose") == "0"
