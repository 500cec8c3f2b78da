"""Tables and lists that carry a plan: what their columns hold, which rows are classes, what stands beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text, inline_text
from coursepack.model.document import Document
from coursepack.outline.found import OutlineSource
from coursepack.outline.markers import standard
from coursepack.outline.pieces import Piece
from coursepack.outline.plans.cells import PlanCell
from coursepack.outline.plans.columns import columns
from coursepack.outline.plans.forms import forms, is_day, label, located
from coursepack.outline.stream import stream
from coursepack.project.course_toml import SourceEntry
from tests.outline.documents import Word, read

Table = list[list[str]]


def source() -> OutlineSource:
    document = Document(file="x.md", sha256="", medium="markdown", units=())
    return OutlineSource(
        document, SourceEntry(file="x.md", role="textbook"), stream(document, "textbook", standard()), standard()
    )


def cells(rows: Table) -> list[list[PlanCell]]:
    return [
        [PlanCell([Piece(line, []) for line in text.split("\n") if line], text.replace("\n", " ")) for text in row]
        for row in rows
    ]


def kinds(rows: Table) -> list[str]:
    found = columns(source(), cells(rows))
    return [found.kinds.get(at, "") for at in range(len(rows[0]))]


def sessions(folder: Path, text: str) -> list[dict[str, Any]]:
    """The classes of a Markdown file, each as what is said of it."""
    (folder / "plan.md").write_text(text, "utf-8")
    (loaded,) = discovery.find_projects([folder / "plan.md"])
    found = build.understand(loaded)
    assert [ledger.unclaimed() for ledger in found.ledgers] == [[]]
    made = []
    for week, one in found.course.sessions():
        said = {
            "kind": one.kind,
            "number": one.number,
            "title": one.title,
            "topics": [inline_text(topic.content) for topic in one.topics],
            "literature": list(one.literature),
            "tasks": [block_text(task.blocks) for task in one.tasks],
            "outcomes": list(one.outcomes),
            "unit": one.unit,
            "hours": one.hours,
            "week": week.number,
        }
        made.append({name: value for name, value in said.items() if value not in (None, [])})
    work = [
        {"kind": "homework", "title": block_text(one.blocks), "week": week.number}
        for week in found.course.weeks
        for one in week.assignments
    ]
    return [*made, *work]


def titles(made: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(one["kind"], one.get("number"), one.get("title")) for one in made]


# --- forms


@pytest.mark.parametrize("text", ["8/20", "Mon 3 Sept", "03.09", "03.09–08.09", "Sept. 3", "5 сентября", "2026-09-03"])
def test_a_cell_that_holds_a_day(text: str) -> None:
    assert is_day(text)


@pytest.mark.parametrize("text", ["3", "1.1", "5 leaves of an oak", "Lab 3", "May"])
def test_a_cell_that_holds_none(text: str) -> None:
    assert not is_day(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Lab", "laboratory"), ("Lec", "lecture"), ("Лекция 3", "lecture"), ("практ.", "practical"),
        ("теор.", "lecture"), ("зертх.", "laboratory"), ("Практическое занятие", "practical"), ("ЛР", "laboratory"),
        ("СӨЖ 1", "independent"), ("Лекция 1. Право", None), ("Laboratory rules of the house", None), ("2", None),
    ],
)  # fmt: skip
def test_the_name_of_a_kind_of_class(text: str, kind: str | None) -> None:
    assert label(source(), text) == kind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ch. 3", True), ("Chapter 4 (pp. 10–20)", True), ("гл. 2", True), ("Kotler (2016)", True), ("[3], § 4", True),
        ("Quiz 3", False), ("Lab 2", False), ("Reforms of 1861", False), ("20 %", False),
    ],
)  # fmt: skip
def test_a_text_that_says_what_to_read(text: str, found: bool) -> None:
    assert located(source(), text) is found


def test_a_week_over_its_day_is_a_week() -> None:
    (cell,) = cells([["2\nJan 29"]])[0]
    assert "week" in forms(source(), cell)
    assert "day" not in forms(source(), cell)


# --- columns


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [["Weekday", "Date", "Topic"], ["M", "8/20", "Vectors"], ["W", "8/22", "Forces"], ["F", "8/24", "Work"]],
            ["weekday", "date", "topic"],
        ),
        (  # no head: days, a rising count and the fullest text
            [["Week", "", ""], ["Aug 31 – Sep 6", "1", "Roots and what they take up"], ["Sep 7 – 13", "2", "Stems"]],
            ["date", "number", "topic"],
        ),
        (
            [["Вид", "Название темы", "Форма"], ["Лекция", "Почва", "опрос"], ["Практика", "Песок и глина", "тест"]],
            ["kind", "topic", "form"],
        ),
        (
            [["№", "Тема лекции", "Л", "Лабораторная работа", "ЛР"], ["1", "Реки", "2", "Замер русла", "4"]],
            ["number", "lecture", "lecture", "laboratory", "laboratory"],
        ),
    ],
)
def test_what_columns_hold(rows: Table, expected: list[str]) -> None:
    assert kinds(rows) == expected


def test_a_head_over_several_columns_and_rows(tmp_path: Path) -> None:
    rows = [["Темы дисциплины", "Всего (часы)", "В том числе", "", "Самостоятельная работа, часы"]]
    rows += [["", "", "Лекции", "Практические занятия", ""]]
    rows += [["Реки", "12", "6", "6", ""], ["Озера", "20", "8", "10", "2"], ["Болота", "9", "4", "4", "1"]]
    made = Word().p("Рабочая программа дисциплины", "Дисциплина: Гидрология").b("Содержание дисциплины")
    made.table([*rows, ["Итого", "41", "18", "20", "3"]], (0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4))
    found = read(made.save(tmp_path / "x.docx"))
    assert [title for _, _, title in found["lectures"]] == ["Реки", "Озера", "Болота"]
    assert (found["lecture hours"], found["practicals"]) == ([6.0, 8.0, 4.0], [])


# --- rows


DATED = """# BIO 120 Botany

Instructor: Ann Lee

## Calendar

| Day | Date | Chapter | Topic | Hand in |
|---|---|---|---|---|
| M | 8/20 | 1 | Roots | |
| W | 8/22 | 1 | Stems | Sketch of a root |
| Lab | | 1 | Cutting stems | |
| M | 8/27 | | Labor Day – no class | |
| W | 8/29 | 2 | Exam 1 | |
"""


def test_days_laboratories_among_them_a_holiday_and_an_exam(tmp_path: Path) -> None:
    made = sessions(tmp_path, DATED)
    assert titles(made) == [
        ("lecture", None, "Roots"), ("lecture", None, "Stems"), ("laboratory", 1, "Cutting stems"),
        ("homework", None, "Sketch of a root"),
    ]  # fmt: skip


def test_a_text_over_all_columns_beside_a_day_is_no_class(tmp_path: Path) -> None:
    made = Word().p("Syllabus", "Course: Baking").b("Schedule")
    rows = [
        ["Date", "Topic", "Hand in"],
        ["1/12", "Scaling", ""],
        ["1/19", "We stay at home", ""],
        ["1/21", "Yeast", ""],
    ]
    found = read(made.table(rows, (2, 1, 2, 2)).save(tmp_path / "x.docx"))
    assert [title for _, _, title in found["lectures"]] == ["Scaling", "Yeast"]


def test_units_kinds_and_homework_of_a_calendar_plan(tmp_path: Path) -> None:
    rows = [["р/с", "Күні", "Сабақтың тақырыбы", "Сағ", "Түрі", "Үйге"], ["Тұрақты ток", "", "", "", "", ""]]
    rows += [["1", "02.09", "Коллектор", "2", "теор.", "Конспект"], ["2", "05.09", "Якорь", "2", "практ.", "Сызба"]]
    rows += [["Трансформаторлар", "", "", "", "", ""], ["3", "09.09", "Бос жүріс", "2", "зертх.", "Есеп"]]
    made = Word().p("Силлабус", "Пән атауы: Электр машиналары").b("Күнтізбелік-тақырыптық жоспар")
    found = read(made.table(rows, (1, 0, 1, 5), (4, 0, 4, 5)).save(tmp_path / "x.docx"))
    assert found["lectures"] == [(1, 1, "Коллектор")]
    assert found["practicals"] == [(2, 2, "Якорь")]
    assert found["laboratorys"] == [(3, 3, "Бос жүріс")]
    assert found["units"] == ["Тұрақты ток"]
    assert [text for _, _, text, _, _ in found["work"]] == ["Конспект", "Сызба", "Есеп"]
    assert found["lecture hours"] == [2.0]


def test_a_table_goes_on_below_its_head_again_and_the_numbers_of_its_columns(tmp_path: Path) -> None:
    rows = [["Неделя", "Тема", "Литература"], ["1", "2", "3"], ["1", "Реки", "гл. 1"], ["Неделя", "Тема", "Литература"]]
    rows += [["2", "Озера", "гл. 2"], ["", "", "гл. 3"], ["3", "Болота", ""]]
    made = Word().p("Силлабус", "Дисциплина: Гидрология").b("План занятий").table(rows)
    found = read(made.save(tmp_path / "x.docx"))
    assert found["lectures"] == [(1, 1, "Реки"), (2, 2, "Озера"), (3, 3, "Болота")]
    assert found["literature"] == [["гл. 1"], ["гл. 2", "гл. 3"], []]


# --- beside the classes


def test_readings_and_work_in_one_column(tmp_path: Path) -> None:
    rows = [
        ["Week", "Topic", "Readings/Assignments"],
        ["Aug 31 – Sep 6", "Roots", "Chapter 1 (Sec. 1.2)\nQuiz 1\nLab 1"],
    ]
    rows += [["Sep 7 – 13", "Stems\n[No class on Sep 9]", "Chapter 2\nQuiz 2"], ["Sep 14 – 20", "Leaves", "Chapter 3"]]
    found = read(Word().p("Syllabus", "Course: Botany").b("Calendar").table(rows).save(tmp_path / "x.docx"))
    assert [title for _, _, title in found["lectures"]] == ["Roots", "Stems", "Leaves"]
    assert found["literature"] == [["Chapter 1 (Sec. 1.2)"], ["Chapter 2"], ["Chapter 3"]]
    assert [(week, text) for week, _, text, _, _ in found["work"]] == [(1, "Quiz 1"), (1, "Lab 1"), (2, "Quiz 2")]


def test_hours_belong_to_the_class_whose_column_they_follow(tmp_path: Path) -> None:
    rows = [["Апта", "Дәріс тақырыбы", "Сағат", "Практикалық сабақ тақырыбы", "Сағат"]]
    rows += [[str(n), f"Дәріс мазмұны {n}", "2", f"Есеп {n}", "1"] for n in range(1, 4)]
    made = Word().p("Силлабус", "Пән атауы: Ботаника").b("Жоспар").table(rows)
    found = read(made.save(tmp_path / "x.docx"))
    assert (found["lecture hours"], found["practical hours"]) == ([2.0] * 3, [1.0] * 3)


def test_the_points_of_a_cell_are_topics_of_its_class(tmp_path: Path) -> None:
    rows = [["Апта", "Сабақ түрі", "Тақырып", "Балл"], ["1-апта", "Дәріс", "Кесте\nРеляциялық модель; Кілттер", ""]]
    rows += [["", "Семинар", "Кесте салу", "3"], ["2-апта", "Дәріс", "Сұраныс\nСүзгі; Сұрыптау", ""]]
    made = Word().p("Силлабус", "Пән атауы: Деректер қоры").b("Жоспар").table(rows, (1, 0, 2, 0))
    found = read(made.save(tmp_path / "x.docx"))
    assert found["lectures"] == [(1, 1, "Кесте"), (2, 2, "Сұраныс")]
    assert found["lecture topics"] == [["Реляциялық модель", "Кілттер"], ["Сүзгі", "Сұрыптау"]]
    assert (found["seminars"], found["seminar points"]) == ([(1, 1, "Кесте салу")], [3.0])


# --- what is no plan, and where a plan stands


def test_names_beside_numbers_are_no_plan(tmp_path: Path) -> None:
    made = Word().h("Лекция 1. Металлы").p("Металлы проводят ток и тепло. " * 8)
    made.table([["№", "Название", "Масса, г"], ["1", "Железо", "56"], ["2", "Медь", "64"], ["3", "Цинк", "65"]])
    found = read(made.save(tmp_path / "x.docx"))
    assert [title for _, _, title in found["lectures"]] == ["Металлы"]
    assert found["texts"][0][-1].startswith("T: №")


@pytest.mark.parametrize("part", ["E-mail policy", "Course objectives"])
def test_a_plan_under_a_rule_or_a_field_of_the_course_is_a_plan(part: str, tmp_path: Path) -> None:
    made = Word().p("Syllabus", "Course: Botany").h("Course policies", 1)
    made.h(part, 2).p("Write in the morning.").h("Sequence of things", 3)
    made.table([["Week", "Topic", "Reading"], ["1", "Roots", "Ch. 1"], ["2", "Stems", "Ch. 2"]])
    found = read(made.save(tmp_path / "x.docx"))
    assert found["lectures"] == [(1, 1, "Roots"), (2, 2, "Stems")]


# --- without a table


def test_dated_lines_in_units(tmp_path: Path) -> None:
    text = "# Coasts\n\nInstructor: Ann Lee\n\n## Day by day\n\n### Part I. Ground\n\nTue Aug 26. What is a coast?\n\n"
    text += "Thu Aug 28. How a delta gets made. Read: Marrow, ch. 1\n\n### Part II. Labor\n\n"
    text += "Tue Sep 2. No class.\n\nThu Sep 4. Salt. Read: Marrow, ch. 2\n"
    made = sessions(tmp_path, text)
    assert titles(made) == [
        ("lecture", None, "What is a coast?"), ("lecture", None, "How a delta gets made"), ("lecture", None, "Salt"),
    ]  # fmt: skip
    assert [one.get("literature") for one in made] == [None, ["Marrow, ch. 1"], ["Marrow, ch. 2"]]
    assert [one["unit"] for one in made] == ["Ground", "Ground", "Labor"]


def test_weeks_as_headings_with_days_readings_and_work(tmp_path: Path) -> None:
    text = "# Stories\n\nInstructor: Ann Lee\n\n## Weekly schedule\n"
    for week, title, book in (
        ("One", "Letters", "Ode (1819)"),
        ("Two", "Ships", "Sea (1907)"),
        ("Three", "Ice", "Snow (1911)"),
    ):
        text += f"\n### Week {week}: {title} (Tuesday, January 10)\n\n"
        text += f"- {book} A. Poet\n- Other {book} B. Poet\n- Due: paper {week}\n"
    made = sessions(tmp_path, text)
    assert titles(made)[:3] == [("lecture", None, "Letters"), ("lecture", None, "Ships"), ("lecture", None, "Ice")]
    assert made[1]["literature"] == ["Sea (1907) A. Poet", "Other Sea (1907) B. Poet"]
    assert [(one["title"], one["week"]) for one in made[3:]] == [("paper One", 1), ("paper Two", 2), ("paper Three", 3)]


def test_points_tasks_and_outcomes_of_classes_in_a_list(tmp_path: Path) -> None:
    text = "# Программа курса «Язык»\n"
    for unit, number in ((1, 1), (1, 2), (2, 3)):
        text += f"\n## Модуль {unit}. Раздел {unit}\n" if number != 2 else ""
        text += f"\n### Занятие {number}. Урок «{number}»\n\n> Типы данных\n\n> Ввод и вывод\n\n"
        text += "Результат занятия: изучили типы\n\nПрактика: создание приложения\n"
    made = sessions(tmp_path, text.replace("> ", "&gt; "))
    assert [one["title"] for one in made] == ["Урок «1»", "Урок «2»", "Урок «3»"]
    for one in made:
        assert one["topics"] == ["Типы данных", "Ввод и вывод"]
        assert (one["outcomes"], one["tasks"]) == (["изучили типы"], ["создание приложения"])


def test_classes_with_text_are_no_plan(tmp_path: Path) -> None:
    text = "# Заметки\n"
    for number in range(1, 4):
        text += f"\n## Лекция {number}. Тема {number}\n\n" + "Почва живая. Она дышит и пьет воду.\n\n" * 4
    (tmp_path / "x.md").write_text(text, "utf-8")
    found = read(tmp_path / "x.md")
    assert [len(blocks) for blocks in found["texts"]] == [4, 4, 4]


def test_a_class_named_in_a_table_and_filled_below_is_one(tmp_path: Path) -> None:
    text = "# Society\n\nInstructor: Ann Lee\n\n## Agenda\n\n| Meeting | Day | Topic |\n|---|---|---|\n"
    text += "".join(f"| {n} | Tuesday | Question {n} of many |\n" for n in range(1, 4)) + "\n## Readings\n"
    text += "".join(f"\n### Meeting {n}\n\n- Mills (1959), ch. {n}\n- Conley (2011), ch. {n}\n" for n in range(1, 4))
    made = sessions(tmp_path, text)
    assert titles(made) == [("lecture", n, f"Question {n} of many") for n in range(1, 4)]
    assert [one["literature"] for one in made] == [
        [f"Mills (1959), ch. {n}", f"Conley (2011), ch. {n}"] for n in range(1, 4)
    ]


def test_headings_over_nothing_but_classes_are_their_units(tmp_path: Path) -> None:
    text = "# Курс\n\n### Первый поток\n\n- 1-занятие. Ввод\n- 2-занятие. Вывод\n- 3-занятие. Файлы\n\n"
    text += "### Второй поток\n\n- 1-занятие. Числа\n- 2-занятие. Строки\n- 3-занятие. Сети\n"
    made = sessions(tmp_path, text)
    assert [(one["title"], one.get("unit")) for one in made if one["week"] == 1] == [
        ("Ввод", "Первый поток"), ("Числа", "Второй поток"),
    ]  # fmt: skip


# --- tables of a programme that are no plan, and those that are


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("№ | Наименование программного обеспечения | Лицензия", "Браузер | есть; Редактор | есть; Архиватор | есть"),
        ("№ | Вид занятия | Вид и наименование оборудования", "Лекции | Экран; Семинары | Экран; Лекции | Доска"),
        ("№ | Код компетенции | Содержание компетенции", "ПК-1 | Способен измерять; ПК-2 | Способен строить"),
        (
            "№ | Контролируемые разделы | Код компетенции | Форма контроля",
            "Вода | ПК-1 | тест; Воздух | ПК-2 | опрос; Почва | ПК-2 | опрос",
        ),
        ("№ | Ресурстың атауы | Сілтеме", "Кітапхана | kitap.example; Мұрағат | mura.example; Атлас | atlas.example"),
        ("№ | Құзыреттің мазмұны | Код", "Өлшей алады | ҚҚ-1; Сыза алады | ҚҚ-2"),
        ("No. | Name of the device | Room", "Scale | 12; Burette | 12; Lamp | 14"),
    ],
)
def test_lists_of_things_and_tables_of_outcomes_are_no_plan(tmp_path: Path, head: str, rows: str) -> None:
    lines = [head, "|".join("--" for _ in head.split("|"))]
    lines += [f"{at} | {row}" for at, row in enumerate(rows.split("; "), 1)]
    table = "\n".join(f"| {line} |" for line in lines)
    text = f"# Рабочая программа\n\n## Обеспечение\n\n{table}\n\n## Правила\n\nНе опаздывать.\n"
    assert sessions(tmp_path, text) == []


def test_outcomes_beside_classes_that_a_row_names_for_those_below(tmp_path: Path) -> None:
    table = """# Рабочая программа дисциплины «Вода»

## Содержание дисциплины

| Неделя | Кол. час | Вид занятия, модуль, тема и краткое содержание | Формируемые компетенции |
|--|--|--|--|
| 1-4 | 8 | Лекции | ПК-1 |
| 1-4 | 8 | Модуль 1 «Состав» | ПК-1, ПК-2 |
| 1-2 | 4 | Тема 1.1 «Соли» | ПК-1 |
| 3-4 | 4 | Тема 1.2 «Газы» | ПК-2 |
| 1-4 | 8 | Лабораторные работы | ПК-1 |
| 1-2 | 4 | Тема 1.1 «Соли» | ПК-1 |
| 3-4 | 4 | Тема 1.2 «Газы» | ПК-2 |
"""
    found = [one for one in sessions(tmp_path, table) if one.pop("hours") == 4.0]
    unit = {"unit": "Модуль 1 «Состав»"}
    salts, gases = {"title": "Соли", "outcomes": ["ПК-1"]}, {"title": "Газы", "outcomes": ["ПК-2"]}
    assert found == [
        {"kind": "lecture", "number": 1, "week": 1, **salts, **unit},
        {"kind": "laboratory", "number": 1, "week": 1, **salts},
        {"kind": "lecture", "number": 2, "week": 3, **gases, **unit},
        {"kind": "laboratory", "number": 2, "week": 3, **gases},
    ]


def test_classes_that_cells_name_stand_under_the_topics_beside_them(tmp_path: Path) -> None:
    table = """| № | Раздел, тема | № и название лекций и работ | Индикаторы |
|--|--|--|--|
| 1 | Раздел 1. Вода |  |  |
|  | Тема 1. Соли | Лекция № 1. Соли жёсткости | ПК-3.1; ПК-5.1 |
|  |  | Лабораторная работа № 1. Титрование | ПК-5.1 |
|  | Тема 2. Газы | Лекция № 2. Растворимость газов | ПК-3.1 |
"""
    found = sessions(tmp_path, f"# Программа\n\n## Содержание дисциплины\n\n{table}")
    assert [(one["kind"], one["number"], one["title"], one["unit"]) for one in found] == [
        ("lecture", 1, "Соли жёсткости", "Раздел 1. Вода"),
        ("lecture", 2, "Растворимость газов", "Раздел 1. Вода"),
        ("laboratory", 1, "Титрование", "Раздел 1. Вода"),
    ]


def test_a_semester_is_no_seminar(tmp_path: Path) -> None:
    table = """| Вид учебной работы | Всего час. | 5 семестр | 6 семестр |
|--|--|--|--|
| Общая трудоемкость | 104 | 104 |  |
| Аудиторная работа всего | 50 | 50 |  |
| лекции (Л) | 18 | 18 |  |
| лабораторные работы (ЛР) | 32 | 32 |  |
| Самостоятельная работа (СР) | 54 | 54 |  |
"""
    plan = "## Тематический план\n\n| Неделя | Тема |\n|--|--|\n| 1 | Вода |\n| 2 | Лёд |\n| 3 | Пар |\n"
    (tmp_path / "a.md").write_text(f"# Рабочая программа\n\n## Трудоемкость\n\n{table}\n{plan}", "utf-8")
    found = read(tmp_path / "a.md")
    hours = found["about"].hours
    assert (hours.lecture, hours.laboratory, hours.independent, hours.total) == (18, 32, 54, 104)
    assert found["lectures"] == [(1, 1, "Вода"), (2, 2, "Лёд"), (3, 3, "Пар")]
    assert found["seminars"] == []
