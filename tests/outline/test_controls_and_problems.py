"""Tables of controls by weeks, a field that says its own name again, and exam questions that a word counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.course import Course


def course(folder: Path, text: str, name: str) -> Course:
    (folder / name).write_text(text, encoding="utf-8")
    return build.understand(discovery.find_projects([folder])[0]).course


def table(*rows: tuple[str, ...]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in (rows[0], tuple("---" for _ in rows[0]), *rows[1:]))


SYLLABUS = "# {title}\n\n## {heading}\n\n{text}\n\n## {end}\n\n1. Kaurichev I. Soil Science. Moscow, 1989.\n"


def planned(heading: str, text: str) -> str:
    """A syllabus with a plan and one more field."""
    plan = "\n## План\n\n" + "\n\n".join(f"Неделя {n}. Лекция {n}. Почва {n}" for n in (1, 2, 3)) + "\n"
    return SYLLABUS.format(title="Почвы", heading=heading, text=text, end="Литература") + plan


CONTROLS = {
    "Политика оценивания": (
        ("Вид контроля", "Неделя", "Баллы"),
        ("Текущий контроль", "1-7", "60"),
        ("Рубежный контроль", "7, 15", "40"),
    ),
    "График контрольных мероприятий": (
        ("Неделя", "Контрольное мероприятие", "Баллы"),
        ("1-7", "Текущий контроль", "60"),
        ("8", "Рубежный контроль", "40"),
    ),
    "Бақылау кестесі": (
        ("Апта", "Бақылау", "Ұпай"),
        ("1-7", "Дәріске қатысу", "60"),
        ("7", "Аралық бақылау", "40"),
    ),
    "Assessment schedule": (
        ("Week", "Assessment", "Points"),
        ("1-7", "Participation in lectures", "60"),
        ("8", "Midterm", "40"),
    ),
}


@pytest.mark.parametrize("heading", CONTROLS)
def test_controls_by_weeks_make_the_mark_and_are_no_classes(heading: str, tmp_path: Path) -> None:
    rows = CONTROLS[heading]
    text = SYLLABUS.format(title="Soil", heading=heading, text=table(*rows), end="Литература")
    found = course(tmp_path, text, "syllabus.md")
    assert found.weeks == ()
    assert found.about.grading is not None
    column = 1 if rows[1][0][:1].isdigit() else 0
    assert [(one.name, one.percent) for one in found.about.grading.weights] == [
        (row[column], float(row[2])) for row in rows[1:]
    ]


@pytest.mark.parametrize(
    ("heading", "label", "field"),
    [
        ("Пререквизиты и постреквизиты", "Пререквизиты", "prerequisites"),
        ("Пререквизиттер мен постреквизиттер", "Пререквизиттер", "prerequisites"),
        ("Prerequisites and postrequisites", "Prerequisites", "prerequisites"),
        ("Цели и задачи", "Цель", "aim"),
        ("Мақсаты мен міндеттері", "Мақсаты", "aim"),
    ],
)
def test_a_field_does_not_say_its_name_again(heading: str, label: str, field: str, tmp_path: Path) -> None:
    about = course(tmp_path, planned(heading, f"{label}: Botany of plants."), "syllabus.md").about
    found = block_text(about.aim) if field == "aim" else " ".join(about.prerequisites)
    assert found == "Botany of plants."


def test_an_aim_that_is_a_sentence_is_kept_whole(tmp_path: Path) -> None:
    aim = "Цель дисциплины – дать знания о почве."
    assert block_text(course(tmp_path, planned("Цели и задачи", aim), "syllabus.md").about.aim) == aim


def test_objectives_on_the_line_of_their_label_are_parted(tmp_path: Path) -> None:
    said = "Цель: дать знания.\n\nЗадачи: изучить состав; научить анализу."
    about = course(tmp_path, planned("Цели и задачи", said), "syllabus.md").about
    assert [one.strip(".") for one in about.objectives] == ["изучить состав", "научить анализу"]


def test_a_column_of_no_known_kind_says_more_of_the_work(tmp_path: Path) -> None:
    rows = (
        ("Component", "Weighting", "Deadline", "Word limit"),
        ("Field notebook", "30%", "Friday week 6", "1,500"),
        ("Essay", "70%", "12 January", "2,500"),
    )
    text = SYLLABUS.format(title="Soils", heading="Assessment", text=table(*rows), end="Reading list")
    works = [one for week in course(tmp_path, text, "module.md").weeks for one in week.assignments]
    assert [(one.title, block_text(one.blocks)) for one in works] == [
        ("Field notebook", "Word limit: 1,500"),
        ("Essay", "Word limit: 2,500"),
    ]


PROBLEMS = {
    "Перечень экзаменационных вопросов": ("Задача {}.", "Иванов продал квартиру.", "Решите спор."),
    "«Құқық» пәнінен емтихан сұрақтары": ("{}-есеп.", "Иванов пәтерді сатты.", "Дауды шешіңіз."),
    "Exam questions: Contract Law": ("Problem {}.", "Ann sold a car to Bob.", "Advise Bob."),
    "Exam questions in Contract Law": ("Case {}", "Ann sold a car to Bob.", "Advise Bob."),
}


@pytest.mark.parametrize("title", PROBLEMS)
def test_all_up_to_the_next_label_is_of_a_problem(title: str, tmp_path: Path) -> None:
    label, told, asked = PROBLEMS[title]
    lines = [title, "", "1. Define a contract.", "2. Sources of law.", "3. What is consideration?"]
    for n in (1, 2):
        head = label.format(n)
        lines += [f"{head} {told}", asked] if head.endswith(".") else [head, told, asked]
    found = course(tmp_path, "\n\n".join(lines), "exam.md")
    assert found.exam is not None
    assert [(one.printed, block_text(one.text)) for one in found.exam.questions][3:] == [
        (label.format(n).rstrip("."), f"{told}\n{asked}") for n in (1, 2)
    ]
    assert len(found.exam.questions) == 5


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Экзаменационные задачи по дисциплине «Право»", "Задача № {}"),
        ("Емтихан есептері", "{}-есеп"),
        ("Exam problems", "Problem {}"),
    ],
)
def test_problems_of_an_exam_are_its_questions(title: str, label: str, tmp_path: Path) -> None:
    lines = [title, *(line for n in (1, 2, 3) for line in (label.format(n), f"Ann sold car {n} to Bob.", "Who pays?"))]
    found = course(tmp_path, "\n\n".join(lines), "list.md")
    assert found.weeks == ()
    assert found.exam is not None
    assert [block_text(one.text) for one in found.exam.questions] == [
        f"Ann sold car {n} to Bob.\nWho pays?" for n in (1, 2, 3)
    ]
