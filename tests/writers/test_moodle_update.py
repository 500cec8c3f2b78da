"""A backup of what is new or changed: what is in it, what is not, what its page tells the teacher."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import etree, html
from msgspec.structs import replace

from coursepack.checks import Grammar, check_artifact
from coursepack.files.package import Package
from coursepack.files.zipped import zip_bytes
from coursepack.languages.catalogues import words
from coursepack.model.artifact import Artifact, Assets, Written
from coursepack.model.course import About, Assignment, Course, Exam, Grading, Section, Session, Week
from coursepack.model.questions import Essay
from coursepack.writers import Context, EarlierBuild
from coursepack.writers.mbz.options import BackupOptions
from coursepack.writers.mbz.writer import writer
from tests import samples

ASSETS = Assets({samples.PNG_ID: samples.PNG})
OPTIONS: dict[str, Any] = {"papers": False, "start": "2026-09-01"}


def essay(id_: str, number: int) -> Essay:
    return Essay(id=id_, number=number, text=samples.b(f"Неге {number}?"))


def week(number: int) -> Week:
    code = f"w{number:02d}"
    lecture = Session(
        id=f"{code}-lecture",
        kind="lecture",
        number=number,
        title=f"Тақырып {number}",
        blocks=samples.b(f"Мәтін {number}."),
        review=(essay(f"{code}-r1", 1),),
    )
    task = Assignment(
        id=f"{code}-task",
        kind="independent",
        number=number,
        title=f"Эссе {number}",
        blocks=samples.b("Жазыңыз."),
        points=10,
        due_week=number,
    )
    return Week(id=code, number=number, sessions=(lecture,), assignments=(task,))


def course(language: str = "kk") -> Course:
    return Course(
        id="living",
        title="Тірі курс",
        language=language,
        about=About(grading=Grading(preset="60/40")),
        introduction=Section(id="introduction", title="Кіріспе", blocks=samples.b("Кіріспе мәтін.")),
        weeks=tuple(week(number) for number in range(1, 4)),
        exam=Exam(questions=tuple(essay(f"exam-{number:03d}", number) for number in range(1, 7))),
    )


def written(new: Course, old: Course, number: int = 1, product: bool = True, **options: Any) -> Written:
    context = Context(timezone="Asia/Almaty", options=BackupOptions(**OPTIONS | options), assets=ASSETS)
    products = {}
    if product:
        products["moodle-backup"] = Package.of_bytes(
            "old.mbz", zip_bytes(writer.write(old, context).artifacts[0].members)
        )
    earlier = EarlierBuild(old, ASSETS, number, products)
    return writer.write(new, Context(**vars(context) | {"earlier": earlier}))


class Update:
    """The second product, read."""

    def __init__(self, made: Written) -> None:
        self.artifact: Artifact = made.artifacts[1]
        assert self.artifact.name == "living-update.mbz"
        self.data = {member.path: member.read() for member in self.artifact.members}
        assert [str(finding) for finding in check_artifact(self.artifact, Grammar(closed=True))] == []

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self.data[name])

    def modules(self) -> dict[str, etree._Element]:
        names = [name for name in self.data if name.endswith("/module.xml")]
        return {found.findtext("idnumber", ""): found for found in map(self.xml, names)}

    def body(self, key: str) -> etree._Element:
        module = self.modules()[key]
        mod = module.findtext("modulename", "")
        found = self.xml(f"activities/{mod}_{module.get('id')}/{mod}.xml").find(mod)
        assert found is not None
        return found

    def page(self, number: int = 1) -> str:
        """The words of the page for the teacher."""
        text = self.body(f"update-{number}").findtext("content", "")
        return " ".join(" ".join(map(str, html.fromstring(f"<div>{text}</div>").itertext())).split())

    def versions(self) -> dict[str, list[str]]:
        entries = self.xml("questions.xml").iterfind(".//question_bank_entry")
        return {
            entry.findtext("idnumber", ""): [one.text or "" for one in entry.iterfind(".//version")]
            for entry in entries
        }


def with_week(old: Course, number: int, **changes: Any) -> Course:
    weeks = list(old.weeks)
    weeks[number - 1] = replace(weeks[number - 1], **changes)
    return replace(old, weeks=tuple(weeks))


def lecture(old: Course, number: int, **changes: Any) -> Course:
    return with_week(old, number, sessions=(replace(old.weeks[number - 1].sessions[0], **changes),))


def task(old: Course, number: int, **changes: Any) -> Course:
    return with_week(old, number, assignments=(replace(old.weeks[number - 1].assignments[0], **changes),))


def test_an_unchanged_course_has_no_update_and_says_so() -> None:
    made = written(course(), course())
    assert len(made.artifacts) == 1
    assert [finding.code for finding in made.findings] == ["mbz-update-none"]


def test_settings_of_today_are_no_change() -> None:
    """What course.toml says now holds for both states: only what the documents say is compared."""
    made = written(course(), course(), product=False, late_days=3, admission=60)
    assert len(made.artifacts) == 1


def test_a_changed_page_comes_beside_the_old_one() -> None:
    update = Update(written(lecture(course(), 2, blocks=samples.b("Жаңа мәтін.")), course()))
    assert set(update.modules()) == {"update-1", "w02-lecture-update-1"}
    body = update.body("w02-lecture-update-1")
    assert body.findtext("name") == "2-дәріс. Тақырып 2 (жаңартылды)"
    assert body.findtext("content") == "<p>Жаңа мәтін.</p>"
    section = update.xml(
        f"sections/section_{update.modules()['w02-lecture-update-1'].findtext('sectionid')}/section.xml"
    )
    assert [section.findtext(name) for name in ("number", "name", "summary")] == ["2", "$@NULL@$", ""]
    assert "«2-дәріс. Тақырып 2»" in update.page()
    assert "Ескісін жасырыңыз. Жоймаңыз" in update.page()
    assert update.modules()["update-1"].findtext("visible") == "0"
    assert update.versions() == {}


def test_a_changed_task_comes_hidden_and_without_a_grade() -> None:
    update = Update(written(task(course(), 1, blocks=samples.b("Екі бет.")), course()))
    module = update.modules()["w01-task-update-1"]
    assert [module.findtext(name) for name in ("visible", "completion", "completionexpected")] == ["0", "0", "0"]
    body = update.body("w01-task-update-1")
    assert [body.findtext(name) for name in ("grade", "duedate")] == ["0", "0"]
    assert body.findtext("intro", "").startswith("<p>Екі бет.</p>")
    grades = update.xml(f"activities/assign_{module.get('id')}/grades.xml")
    assert grades.find("grade_items/grade_item") is None
    assert "Жасырын элементті жойыңыз" in update.page()


@pytest.mark.parametrize(
    ("new", "line"),
    [
        (task(course(), 1, points=20), "«1 СӨЖ. Эссе 1»: ең жоғары балл: 10 → 20"),
        (task(course(), 1, title="Очерк"), "«1 СӨЖ. Эссе 1»: атауы: «1 СӨЖ. Эссе 1» → «1 СӨЖ. Очерк»"),
        (
            task(course(), 1, due_week=2),
            "«1 СӨЖ. Эссе 1»: тапсыру мерзімі: 2026 жылғы 7 қыркүйек, 23:59 → 2026 жылғы 14 қыркүйек, 23:59",
        ),
        (replace(course(), title="Басқа"), "курс: толық атауы «Басқа»"),
    ],
)
def test_settings_are_changed_by_hand(new: Course, line: str) -> None:
    update = Update(written(new, course()))
    assert not [key for key in update.modules() if key.startswith("exam")]
    assert line in update.page()


def test_a_week_between_others_is_a_section_at_the_end() -> None:
    """Numbers of weeks move, the sections that stand in Moodle do not."""
    old = course()
    new_week = Week(
        id="w02",
        number=2,
        sessions=(replace(week(9).sessions[0], id="w09-lecture", number=2, review=()),),
    )
    later = [
        replace(one, id=f"w{number:02d}", number=number, sessions=one.sessions, assignments=one.assignments)
        for number, one in enumerate(old.weeks[1:], 3)
    ]
    update = Update(written(replace(old, weeks=(old.weeks[0], new_week, *later)), old))
    made = update.modules()["w09-lecture"]
    section = update.xml(f"sections/section_{made.findtext('sectionid')}/section.xml")
    assert (section.findtext("number"), section.findtext("name")) == ("5", "2-апта. Тақырып 9")
    page = update.page()
    assert "«2-апта. Тақырып 9» бөлімі: «1-апта. Тақырып 1» бөлімінен кейін" in page
    assert "«2-апта. Тақырып 2» бөлімі: жаңа атауы «3-апта. Тақырып 2»" in page


def test_new_activities_with_points_are_told_their_category() -> None:
    old = course()
    update = Update(written(replace(old, weeks=(*old.weeks, week(4))), old))
    assert {"w04-lecture", "w04-task", "w04-lecture-review"} <= set(update.modules())
    item = update.xml(f"activities/assign_{update.modules()['w04-task'].get('id')}/grades.xml").find(".//grade_item")
    assert item is not None
    assert item.findtext("categoryid") == "$@NULL@$"
    assert len(update.xml("gradebook.xml").findall(".//*")) == 5
    assert "completion.xml" not in update.data
    assert "«4 СӨЖ. Эссе 4» → «Жіберу рейтингі»" in update.page()
    levels = {
        one.findtext("idnumber"): one.findtext("contextlevel") for one in update.xml("questions.xml") if len(one[-1])
    }
    assert levels == {"w04-lecture": "70"}


def test_a_reworded_question_is_a_version_behind_its_old_wording() -> None:
    old = course()
    assert old.exam is not None
    questions = (replace(old.exam.questions[0], text=samples.b("Неге? Түсіндіріңіз.")), *old.exam.questions[1:])
    new = replace(old, exam=replace(old.exam, questions=(*questions, essay("exam-007", 7))))
    update = Update(written(new, old))
    assert update.versions() == {"living-exam-001": ["1", "100"], "living-exam-007": ["1"]}
    [category] = [one for one in update.xml("questions.xml") if len(one[-1])]
    assert (category.findtext("stamp"), category.findtext("contextlevel")) == (
        "coursepack+living+course+exam-pool",
        "70",
    )
    texts = [one.findtext("questiontext") for one in category.iterfind(".//questions/question")]
    assert texts == ["<p>Неге 1?</p>", "<p>Неге? Түсіндіріңіз.</p>", "<p>Неге 7?</p>"]
    stamps = {one.findtext("stamp") for one in category.iterfind(".//questions/question")}
    assert len(stamps) == 3
    context = category.findtext("contextid")
    assert context not in {one.get("contextid") for name, one in _activities(update)}
    assert Update(written(new, old, number=3)).versions()["living-exam-001"] == ["1", "300"]


def _activities(update: Update) -> list[tuple[str, etree._Element]]:
    found = [(name, update.xml(name)) for name in update.data if re.fullmatch(r"activities/\w+/\w+\.xml", name)]
    return [(name, one) for name, one in found if one.tag == "activity"]


def test_the_old_wording_is_the_one_that_was_restored() -> None:
    """An earlier release may have written a question otherwise: what Moodle compares is what its file held."""
    old = course()
    context = Context(timezone="Asia/Almaty", options=BackupOptions(**OPTIONS), assets=ASSETS)
    members = {one.path: one.read() for one in writer.write(old, context).artifacts[0].members}
    before = b"<stamp>coursepack+living+course+exam-001+"
    assert before in members["questions.xml"]
    text = re.sub(rb"<stamp>coursepack\+living\+course\+exam-001\+\w+", b"<stamp>of-old", members["questions.xml"])
    members["questions.xml"] = text.replace(b"<createdby>0<", b"<createdby>$@NULL@$<")
    earlier = EarlierBuild(old, ASSETS, 1, {"moodle-backup": Package.of_members("old.mbz", members.items())})
    assert old.exam is not None
    questions = (replace(old.exam.questions[0], text=samples.b("Басқа.")), *old.exam.questions[1:])
    new = replace(old, exam=replace(old.exam, questions=questions))
    update = Update(writer.write(new, Context(**vars(context) | {"earlier": earlier})))
    [first, second] = update.xml("questions.xml").iterfind(".//questions/question")
    assert (first.findtext("stamp"), first.findtext("createdby")) == ("of-old", "0")
    assert (second.findtext("stamp") or "").startswith("coursepack+living+course+exam-001+")


def test_questions_of_every_kind_keep_their_pictures_and_gaps() -> None:
    old = lecture(course(), 1, review=samples.every_question("w01-lecture-q"))
    reworded = tuple(
        replace(one, text=(*samples.b("Қайта."), *one.text)) for one in samples.every_question("w01-lecture-q")
    )
    update = Update(written(lecture(course(), 1, review=reworded), old))
    versions = update.versions()
    assert [versions[f"living-w01-lecture-q-{number:03d}"] for number in range(1, 11)] == [["1", "100"]] * 10
    assert [one.findtext("filename") for one in update.xml("files.xml")] != []
    parents = [
        one.text for one in update.xml("questions.xml").iterfind(".//questions/question/parent") if one.text != "0"
    ]
    assert len(parents) == 2


def test_a_bank_of_each_quiz_is_beyond_a_file() -> None:
    old = course()
    assert old.exam is not None
    questions = (replace(old.exam.questions[0], text=samples.b("Басқа.")), *old.exam.questions[1:])
    new = replace(old, exam=replace(old.exam, questions=questions))
    update = Update(written(new, old, bank="quiz"))
    assert update.versions() == {}
    assert "--since" in update.page()
    assert "01. Неге 1?" not in update.page()


def test_what_is_gone_is_hidden_by_hand() -> None:
    old = course()
    new = replace(old, weeks=old.weeks[:2], introduction=None)
    page = Update(written(new, old)).page()
    assert "«Кіріспе»" in page
    assert "«3-апта. Тақырып 3» бөлімі" in page
    assert "Студенттер жұмыс істегенді жоймаңыз" in page


def test_links_lead_only_to_what_is_in_the_file() -> None:
    update = Update(written(lecture(course(), 2, title="Жаңа атау", blocks=samples.b("Жаңа.")), course()))
    cmids = {module.get("id") for module in update.modules().values()}
    named = {id_ for data in update.data.values() for id_ in re.findall(rb"VIEWBYID\*(\d+)@", data)}
    assert {id_.decode() for id_ in named} <= cmids


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_speaks_the_language_of_the_course(language: str) -> None:
    new = lecture(course(language), 2, blocks=samples.b("Жаңа мәтін."))
    made = Update(written(new, course(language)))
    title = words(language, "backup")("Update {number}: what to do", number=1)
    assert made.body("update-1").findtext("name") == title
    latin = re.search(r"[a-z]{4}", made.page().replace("Moodle", ""))
    assert (latin is None) == (language != "en")


def test_two_runs_give_the_same_bytes() -> None:
    new = lecture(course(), 2, blocks=samples.b("Жаңа мәтін."))
    assert Update(written(new, course())).data == Update(written(new, course())).data
