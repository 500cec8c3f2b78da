"""What changed for a reader, between courses, builds, bags and packages."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from lxml import html

from coursepack.cli import cli
from coursepack.languages.catalogues import words
from coursepack.model.blocks import Paragraph, Run
from coursepack.model.course import About, Approval, Course, Exam, Grading, Hours, Literature, Session, Teacher, Week
from coursepack.model.course_json import encode
from coursepack.model.questions import Essay, Question
from coursepack.place import CoursepackError
from coursepack.registrar import diff, diff_page, papers, parts, revision
from coursepack.registrar.diff import compare
from coursepack.registrar.parts import of_course
from tests.registrar.papers import one_page
from tests.samples import b, everything


def changed(course: Course, **fields: object) -> Course:
    return msgspec.structs.replace(course, **fields)


def questions(course: Course, *found: Question) -> Course:
    exam = course.exam
    assert exam
    return changed(course, exam=msgspec.structs.replace(exam, questions=found))


def exam(course: Course) -> tuple[Question, ...]:
    assert course.exam
    return course.exam.questions


def told(old: Course, new: Course) -> list[tuple[str, str, str]]:
    return [(change.what, change.kind, change.part.id) for change in diff.courses(old, new)]


def test_the_same_course_has_not_changed() -> None:
    assert told(everything(), everything()) == []
    assert diff.summary([]) == "nothing changed for a reader"


def test_a_question_put_first_is_one_addition() -> None:
    """All the others slide: their ids shift, and nothing happened to them."""
    old = everything()
    before = exam(old)
    shifted = [changed_id(question, f"exam-{n:03d}") for n, question in enumerate(before, 2)]
    new = questions(old, changed_text(before[0], "exam-001", "Мүлдем жаңа сұрақ қойылды."), *shifted)
    assert told(old, new) == [("added", "question", "exam-001")]


def changed_id(question: Question, name: str) -> Question:
    return msgspec.structs.replace(question, id=name)


def changed_text(question: Question, name: str, text: str) -> Question:
    return msgspec.structs.replace(question, id=name, text=b(text), grader_notes=())


def test_removed_reworded_and_moved_questions() -> None:
    old = everything()
    first, *rest = exam(old)
    reworded = changed_text(rest[-1], rest[-1].id, "Билікке толық анықтама беріңіз.")
    assert told(old, questions(old, first, *rest[:-1], reworded)) == [("reworded", "question", "exam-010")]
    assert told(old, questions(old, *rest)) == [("removed", "question", "exam-001")]
    assert told(old, questions(old, *rest, first)) == [("moved", "question", "exam-001")]


def test_a_changed_key_is_told() -> None:
    old = everything()
    found = list(exam(old))
    truth = found[3]
    found[3] = msgspec.structs.replace(truth, answer=False)
    assert told(old, questions(old, *found)) == [("reworded", "question", "exam-004")]


def test_lectures_tasks_and_fields() -> None:
    old = everything()
    week, second = old.weeks
    lecture, seminar = week.sessions
    (task,) = week.assignments
    new = changed(
        old,
        title="Билік",
        about=msgspec.structs.replace(old.about, credits=6, outcomes=("Білу",)),
        weeks=(
            Week(
                id="w01",
                number=1,
                sessions=(msgspec.structs.replace(lecture, title="Билік туралы"),),
                assignments=(msgspec.structs.replace(task, points=20),),
            ),
            changed_week(second, seminar, Session(id="w02-lecture-2", kind="lecture", number=3, blocks=b("Басқа."))),
        ),
        readings=old.readings[:1],
    )
    assert told(old, new) == [
        ("reworded", "about", "title"),
        ("reworded", "about", "credits"),
        ("reworded", "about", "outcomes"),
        ("renamed", "lecture", "w01-lecture"),
        ("added", "lecture", "w02-lecture-2"),
        ("moved", "seminar", "w01-seminar"),
        ("reworded", "task", "w01-supervised"),
        ("removed", "reading", "reading-2"),
    ]


def changed_week(week: Week, *sessions: Session) -> Week:
    return msgspec.structs.replace(week, sessions=(*week.sessions, *sessions))


def test_text_and_page_show_the_words() -> None:
    old = everything()
    lecture = old.weeks[1].sessions[0]
    text = (Paragraph(content=(Run(text="Мәтін <өзгерді> & толықты."),)),)
    week = msgspec.structs.replace(old.weeks[1], sessions=(msgspec.structs.replace(lecture, blocks=text),))
    new = changed(old, weeks=(old.weeks[0], week))
    changes = diff.courses(old, new)
    lines = list(diff_page.lines(changes))
    assert lines[0] == "lectures: 1 reworded"
    assert lines[-2:] == ["      - Мәтін.", "      + Мәтін <өзгерді> & толықты."]
    page = html.fromstring(diff_page.page(of_course(old, "old"), of_course(new, "new"), changes))
    assert [element.text for element in page.iter("del")] == ["Мәтін."]
    assert [element.text for element in page.iter("ins")] == ["Мәтін <өзгерді> & толықты."]
    assert [h.text for h in page.iter("h2")] == ["Дәрістер"]


def test_a_bank_of_thousands_is_compared_in_time() -> None:
    course = everything()
    one = exam(course)[0]
    many = tuple(
        msgspec.structs.replace(one, id=f"exam-{n:05d}", text=b(f"Сұрақ {n}: билік {n * 7919 % 10007} дегеніміз не?"))
        for n in range(5000)
    )
    old = changed(course, exam=Exam(questions=many))
    new = changed(course, exam=Exam(questions=(*many[:100], *many[101:], many[100])))
    assert told(old, new) == [("moved", "question", "exam-00100")]


def test_of_two_texts_as_like_the_nearer_one_is_the_same_question() -> None:
    """All differ by one letter: each is held against the one in its place, and what comes after is new."""

    def asked(letters: str) -> Course:
        texts = [f"Билік тармақтары туралы {letter} сұрақ: олар қалай бөлінеді?" for letter in letters]
        found = tuple(
            Essay(id=f"{letter}-1", number=n, text=b(text))
            for n, (letter, text) in enumerate(zip(letters, texts, strict=True))
        )
        return changed(everything(), exam=Exam(questions=found))

    made = [
        (change.what, change.old and change.old.id, change.new and change.new.id)
        for change in diff.courses(asked("ab"), asked("xyz"))
    ]
    assert made == [("reworded", "a-1", "x-1"), ("reworded", "b-1", "y-1"), ("added", None, "z-1")]


def test_bags_builds_and_models_are_one_course(made: Path, bag: Path, tmp_path: Path) -> None:
    (tmp_path / "other.json").write_bytes(encode(everything()))
    for one in (bag, made / "out/sample", tmp_path / "other.json"):
        for other in (bag, tmp_path / "other.json"):
            assert diff.compare(revision.read(one), revision.read(other)) == []


QUIZ = """<quiz><question type="essay"><name><text>{0}</text></name>
<questiontext format="html"><text>&lt;p&gt;{1}&lt;/p&gt;</text></questiontext></question></quiz>"""


def test_packages_are_compared_by_what_they_say(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(QUIZ.format("1", "Билік дегеніміз не?"), "utf-8")
    (tmp_path / "b.xml").write_text(QUIZ.format("1", "Саяси билік дегеніміз не?"), "utf-8")
    done = CliRunner().invoke(
        cli, ["diff", str(tmp_path / "a.xml"), str(tmp_path / "b.xml"), "--html", str(tmp_path / "p.html")]
    )
    assert done.exit_code == 0
    assert "questions: 1 reworded" in done.output
    assert "      + Саяси билік" in done.output
    assert "<ins>" in (tmp_path / "p.html").read_text("utf-8")


def test_what_cannot_be_compared_is_unusable(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    with pytest.raises(CoursepackError, match="neither a bag"):
        revision.read(tmp_path / "a.txt")
    (tmp_path / "course.json").write_text("{}")
    with pytest.raises(CoursepackError, match="not a course"):
        revision.read(tmp_path / "course.json")


def test_a_course_and_a_package_are_not_compared(bag: Path, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(QUIZ.format("1", "Билік дегеніміз не?"), "utf-8")
    done = CliRunner().invoke(cli, ["diff", str(bag), str(tmp_path / "a.xml")])
    assert isinstance(done.exception, CoursepackError)
    assert "two kinds cannot be compared: course and Moodle XML" in str(done.exception)


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("kk", "Кафедра отырысының хаттамасы, №"),
        ("ru", "Протокол заседания кафедры, №"),
        ("en", "Minutes of the department, No."),
    ],
)
def test_no_raw_key_stands_on_the_page(language: str, label: str) -> None:
    old = everything(language)
    assert old.about.approval
    approval = msgspec.structs.replace(old.about.approval, department_minutes="77", council_date="2026-09-09")
    new = msgspec.structs.replace(old, about=msgspec.structs.replace(old.about, approval=approval))
    before, after = of_course(old), of_course(new)
    page = diff_page.page(before, after, compare(before, after)).decode()
    said = [line for part in after.parts for line in part.text.splitlines()]
    keys = [name for kind in (Approval, Hours, Teacher, Grading, Literature) for name in kind.__struct_fields__]
    assert [key for key in keys if any(line.startswith(f"{key}:") for line in said)] == []
    assert f"{label}: 77" in said
    assert "77" in page
    assert "department_minutes" not in page


def test_papers_are_compared_page_by_page(tmp_path: Path) -> None:
    for name, text in (("old", "Syllabus"), ("new", "Programme")):
        (tmp_path / f"{name}.pdf").write_bytes(one_page(f"{text} of politics, first page"))
    done = CliRunner().invoke(cli, ["diff", str(tmp_path / "old.pdf"), str(tmp_path / "new.pdf")])
    assert done.output.splitlines() == [
        "pages: 1 reworded",
        "",
        "pages",
        "  ~ reworded 1: 1",
        "      - Syllabus",
        "      + Programme",
    ]
    folder = tmp_path / "bag" / "data" / "products"
    folder.mkdir(parents=True)
    (folder / "a.pdf").write_bytes(one_page("Syllabus of politics, first page"))
    with pytest.raises(CoursepackError, match="holds no printed paper"):
        papers.read(tmp_path / "bag" / "data")
    assert [(p.id, p.where) for p in papers.read(tmp_path / "bag").parts] == [("a.pdf:1", "a.pdf")]


def test_a_field_that_came_or_went_says_what_it_says() -> None:
    """Not its label alone."""
    old = everything()
    old = msgspec.structs.replace(old, about=msgspec.structs.replace(old.about, city=None))
    new = msgspec.structs.replace(old, about=msgspec.structs.replace(old.about, code=None, city="Алматы"))
    said = list(diff_page.lines(compare(of_course(old), of_course(new))))
    at = next(number for number, line in enumerate(said) if "- removed code" in line)
    assert said[at + 1] == "      - SB 3208"
    assert "      + Алматы" in said


@pytest.mark.parametrize(("language", "year", "map_"), [("ru", "Учебный год", "Карта"), ("kk", "Оқу жылы", "Оқыту")])
def test_fields_are_called_in_the_language_of_messages(language: str, year: str, map_: str) -> None:
    old = everything()
    new = changed(old, about=msgspec.structs.replace(old.about, year="2031/2032"))
    titles = words(language, "archive")
    said = "\n".join(diff_page.lines(compare(of_course(old), of_course(new)), titles=titles))
    assert f" year: {year}\n" in said
    assert titles("Outcome map").startswith(map_)
    fields = [parts._LABELS.get(one, one.replace("_", " ").capitalize()) for one in About.__struct_fields__]
    assert [one for one in fields if one != "Policies" and not titles.has(one)] == []
