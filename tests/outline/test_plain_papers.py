"""Papers that nothing but their words lays out: heads, lists of classes with hours, works with labels, stages."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import Heading, block_text, inline_text
from coursepack.model.questions import MultipleChoice
from tests.outline.documents import Word
from tests.outline.test_controls_and_problems import course, planned, table


def test_a_heading_behind_a_head_of_short_lines_is_no_title_page(tmp_path: Path) -> None:
    made = Word()
    for line in (
        "COURSE SYLLABUS",
        "DB 2301 Database Systems",
        "Spring semester 2025-2026",
        "Number of credits: 5 ECTS (150 hours: 30 lectures, 15 labs, 105 SIW)",
        "Instructor: Aigerim Bekova, PhD, a.bekova@uni.kz, office 405",
        "Course description",
        "The course introduces relational databases and SQL.",
        "Learning outcomes",
        "LO1 Design ER diagrams",
        "LO2 Write SQL queries",
        "Course calendar",
        "Week 1. Introduction",
        "Week 2. ER model",
        "Week 3. SQL",
    ):
        made.p(line)
    made.save(tmp_path / "a.docx")
    about = course(tmp_path, "", "empty.md").about
    assert block_text(about.description) == "The course introduces relational databases and SQL."


@pytest.mark.parametrize("head", ["LO", "РО", "ОН"])
def test_letters_over_a_column_name_outcomes(head: str, tmp_path: Path) -> None:
    rows = (
        ("Week", "Topic", "Lecture (hrs)", "Lab (hrs)", head),
        ("1", "Introduction to databases", "2", "1", f"{head}1"),
        ("2", "The ER model", "2", "1", f"{head}1, {head}3"),
    )
    found = course(tmp_path, f"# Databases\n\n## Course calendar\n\n{table(*rows)}\n", "syllabus.md")
    assert [(one.kind, one.outcomes, one.topics) for _, one in found.sessions()] == [
        ("lecture", (f"{head}1",), ()),
        ("laboratory", (), ()),
        ("lecture", (f"{head}1, {head}3",), ()),
        ("laboratory", (), ()),
    ]


WORK = {
    "ru": ("СРС №{}. Тема: {}", "Задание: {}", "Форма сдачи: {}", "Срок сдачи: {} неделя", "Максимальный балл: 10"),
    "kk": ("СӨЖ №{}. Тақырыбы: {}", "Тапсырма: {}", "Есеп беру нысаны: {}", "Тапсыру мерзімі: {}-апта", "Балл: 10"),
}


@pytest.mark.parametrize("language", WORK)
def test_labels_of_independent_work_are_its_fields(language: str, tmp_path: Path) -> None:
    lines = [{"ru": "Задания для СРС", "kk": "СӨЖ тапсырмалары"}[language]]
    said = (("Soil and water", "Draw a table of factors.", "table", 3), ("Air", "Write two pages.", "essay", 6))
    for number, (title, task, form, week) in enumerate(said, 1):
        head, *rest = WORK[language]
        filled = zip(rest, (task, form, week, ""), strict=True)
        lines += [head.format(number, title), *(each.format(value) for each, value in filled)]
    works = [one for week in course(tmp_path, "\n\n".join(lines), "work.txt").weeks for one in week.assignments]
    assert [(one.title, block_text(one.blocks), one.form, one.due_week, one.points) for one in works] == [
        (title, task, form, week, 10) for title, task, form, week in said
    ]


@pytest.mark.parametrize(
    ("heading", "hours"),
    [("Темы лекций", "{} ч."), ("Дәріс сабақтарының тақырыптары", "{} сағ."), ("Lectures", "{} h")],
)
def test_classes_of_a_list_take_the_hours_behind_a_dash(heading: str, hours: str, tmp_path: Path) -> None:
    items = "\n".join(f"{n}. Soil {'abc'[n - 1]} – {hours.format(n)}" for n in (1, 2, 3))
    found = course(tmp_path, f"# Soil\n\nCredits: 3\n\n## {heading}\n\n{items}\n", "syllabus.md")
    assert [(one.title, one.hours) for _, one in found.sessions()] == [("Soil a", 1), ("Soil b", 2), ("Soil c", 3)]


def test_homework_of_another_number_is_not_said_again(tmp_path: Path) -> None:
    weeks = (("The night sky", "Problem set 1 (due Friday)"), ("Light", "Keep a log"), ("The Sun", "Problem set 2"))
    text = "# Astronomy\n\nFall 2025 · 3 credits\n\n"
    for number, (title, work) in enumerate(weeks, 1):
        text += f"## Week {number}: {title}\n\nReading: Ch. {number}\n\nHomework: {work}\n\n"
    found = course(tmp_path, text, "syllabus.md")
    assert [(week.number, block_text(one.blocks)) for week in found.weeks for one in week.assignments] == [
        (1, "Problem set 1"),
        (2, "Keep a log"),
        (3, "Problem set 2"),
    ]


def test_a_few_words_in_a_stage_of_a_lesson_head_nothing(tmp_path: Path) -> None:
    made = Word()
    made.p("Қысқа мерзімді жоспар")
    made.table([["Сабақтың тақырыбы:", "Жасуша құрылысы"], ["Сабақтың мақсаты:", "Органоидтарды атайды."]])
    made.table(
        [
            ["Сабақтың кезеңі", "Педагогтің әрекеті", "Оқушының әрекеті", "Бағалау"],
            ["Ортасы 30 мин", "Суретті көрсетеді", "Жұппен орындайды", "1 балл"],
            ["Үй тапсырмасы", "§12 оқу", "", ""],
        ]
    )
    made.save(tmp_path / "a.docx")
    found = course(tmp_path, "", "empty.md")
    ((_, lesson),) = found.sessions()
    assert [block_text((one,)) for one in lesson.blocks if isinstance(one, Heading)] == ["Ортасы 30 мин"]
    assert [block_text(one.blocks) for week in found.weeks for one in week.assignments] == ["§12 оқу"]


PROGRAMMES = {
    "ru": (("№", "Раздел", "Лекции", "Лаб. работы", "Формы контроля"), "Коллоквиум"),
    "kk": (("№", "Тақырып", "Дәріс", "Зертханалық", "Бақылау түрлері"), "Коллоквиум"),
}


@pytest.mark.parametrize("language", PROGRAMMES)
def test_a_topic_with_its_control_is_a_class(language: str, tmp_path: Path) -> None:
    head, control = PROGRAMMES[language]
    titles = ("Алканы", "Арены", "Спирты")
    rows = [(str(n), title, "4", "2", control if n == 2 else "Опрос") for n, title in enumerate(titles, 1)]
    text = f"# Химия\n\n## Структура\n\n{table(head, *rows)}\n"
    found = course(tmp_path, text, "syllabus.md")
    lectures = [one for _, one in found.sessions() if one.kind == "lecture"]
    assert [(one.title, one.hours) for one in lectures] == [(title, 4) for title in titles]
    assert [(one.kind, one.number) for _, one in found.sessions()] == [
        (kind, n) for n in (1, 2, 3) for kind in ("lecture", "laboratory")
    ]
    assert found.about.grading is None or found.about.grading.interim == ()


def test_a_list_of_contents_says_more_of_the_classes_of_the_plan(tmp_path: Path) -> None:
    titles, more = ("Алканы и алкены", "Арены"), "Строение, изомерия, номенклатура. Радикальное замещение."
    made = Word()
    made.h("1. Цели освоения дисциплины").p("Целью освоения дисциплины является формирование знаний.")
    made.h("2. Структура дисциплины")
    head, *_ = PROGRAMMES["ru"]
    made.table([head, *((str(n), title, "4", "2", "Опрос") for n, title in enumerate(titles, 1))])
    made.h("3. Содержание разделов")
    for n, title in enumerate(titles, 1):
        made.p(f"Раздел {n}. {title}. {more}")
    made.save(tmp_path / "programme.docx")
    found = course(tmp_path, "", "empty.md")
    lectures = [one for _, one in found.sessions() if one.kind == "lecture"]
    assert [(one.title, [inline_text(point.content) for point in one.topics]) for one in lectures] == [
        (title, [more]) for title in titles
    ]


def test_parts_of_a_question_begin_on_the_line_of_its_number(tmp_path: Path) -> None:
    lines = (
        "ECO201 Microeconomics – Final Examination",
        "Section A (20 marks)",
        "1. Define consumer surplus. (5 marks)",
        "2. State two sources of market failure. (15 marks)",
        "Section B (60 marks)",
        "3. (a) What is price discrimination? (10 marks)",
        "(b) Under what conditions can it increase welfare? (20 marks)",
        "4. Analyse the effects of a minimum wage. (30 marks)",
    )
    made = Word()
    for line in lines:
        made.p(line)
    made.save(tmp_path / "exam.docx")
    found = course(tmp_path, "", "empty.md")
    assert found.exam is not None
    assert [(one.category, one.mark) for one in found.exam.questions] == [
        (("Section A (20 marks)",), 5),
        (("Section A (20 marks)",), 15),
        (("Section B (60 marks)",), 30),
        (("Section B (60 marks)",), 30),
    ]
    assert block_text(found.exam.questions[2].text) == (
        "What is price discrimination? (10 marks)\nUnder what conditions can it increase welfare? (20 marks)"
    )


@pytest.mark.parametrize("quiz", ["Quiz", "Тест для самопроверки", "Өзін-өзі тексеру тесті"])
def test_a_quiz_behind_a_text_is_the_self_check_of_that_class(quiz: str, tmp_path: Path) -> None:
    made = Word()
    made.p("The Cell Membrane", style="Title").p("Lecture notes, Biology 110, 12 March 2025")
    made.h("Structure").p("It is a bilayer of phospholipids with proteins.")
    made.h("Transport").p("Some transport needs energy.")
    made.h(quiz)
    for number, options in enumerate((("Diffusion", "Osmosis", "Pumps"), ("Fats", "Starch", "DNA")), 1):
        made.p(f"{number}. Which of these is number {number}?")
        for letter, option in zip("abc", options, strict=True):
            made.p(f"{letter}) {option}")
    made.p("Answers: 1 c, 2 a")
    made.save(tmp_path / "membrane.docx")
    found = course(tmp_path, "", "empty.md")
    ((_, lecture),) = found.sessions()
    assert found.exam is None
    assert [block_text((one,)) for one in lecture.blocks if isinstance(one, Heading)] == ["Structure", "Transport"]
    assert [
        [choice.fraction for choice in one.choices] for one in lecture.review if isinstance(one, MultipleChoice)
    ] == [
        [0, 0, 1],
        [1, 0, 0],
    ]


def test_hours_and_credits_that_one_label_names(tmp_path: Path) -> None:
    about = course(tmp_path, planned("Описание", "Почва.\n\nОбъём учебных часов/кредитов: 150/5"), "syllabus.md").about
    assert (about.credits, about.hours and about.hours.total) == (5, 150)


@pytest.mark.parametrize("head", ["Лектор", "Оқытушы", "Lecturer"])
def test_who_leads_a_class_is_no_point_of_it(head: str, tmp_path: Path) -> None:
    rows = (
        ("№", "Тема лекции", "Часы", head),
        ("1", "Череп", "1", "Иманова Б.С."),
        ("2", "Скелет", "2", "Сейтов А.К."),
    )
    found = course(tmp_path, f"# Анатомия\n\n## Тематический план лекций\n\n{table(*rows)}\n", "syllabus.md")
    assert [(one.title, one.topics) for _, one in found.sessions()] == [("Череп", ()), ("Скелет", ())]


@pytest.mark.parametrize(
    ("title", "head", "label"),
    [
        ("Практикалық сабақтарға арналған әдістемелік нұсқаулар", "№{} практикалық жұмыс", "Тақырыбы"),
        ("Методические указания к лабораторным работам", "№ {} лабораторная работа", "Тема"),
    ],
)
def test_a_number_before_the_name_of_a_class_over_its_title(title: str, head: str, label: str, tmp_path: Path) -> None:
    lines = [title, "Пән: Информатика"]
    for number, topic in enumerate(("Word", "Excel"), 1):
        lines += [head.format(number), f"{label}: {topic}", "Мақсаты: құжатты пішімдеуді үйрену.", "Жұмыстың барысы:"]
        lines += ["1. Жаңа құжат жасаңыз.", "2. Кесте енгізіңіз.", "Бақылау сұрақтары:", "1. Стиль дегеніміз не?"]
    made = Word()
    for line in lines:
        made.p(line)
    made.save(tmp_path / "guide.docx")
    assert [(one.number, one.title) for _, one in course(tmp_path, "", "empty.md").sessions()] == [
        (1, "Word"),
        (2, "Excel"),
    ]
