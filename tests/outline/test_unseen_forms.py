"""Forms of course documents that came up in papers of others: what each part of a small paper becomes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text, inline_text
from coursepack.model.course import Course, Session
from coursepack.model.questions import Description
from coursepack.outline.tree.workload import of_sentence


def read(folder: Path, name: str, text: str) -> Course:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (loaded,) = find_projects([path])
    return build.understand(loaded).course


def sessions(course: Course) -> list[Session]:
    return [one for week in course.weeks for one in week.sessions]


def work(course: Course) -> list[tuple[int, str]]:
    return [(week.number, block_text(one.blocks)) for week in course.weeks for one in week.assignments]


def stems(course: Course) -> list[str]:
    assert course.exam is not None
    return [block_text(one.text) for one in course.exam.questions if not isinstance(one, Description)]


WEEKS = {
    "en": ("Week", ("Topics", "Readings", "What’s Due"), "Nothing"),
    "ru": ("Неделя", ("Темы", "Что читать", "Что сдать"), "нет"),
    "kk": ("Апта", ("Тақырыптар", "Оқуға", "Тапсыру мерзімі"), "жоқ"),
}


@pytest.mark.parametrize("language", WEEKS)
def test_headings_below_weeks_are_the_labels_of_their_entries(tmp_path: Path, language: str) -> None:
    week, (topics, read_, due), nothing = WEEKS[language]
    titles = {
        "en": ("Lichens", "Mosses", "Ferns"),
        "ru": ("Лишайники", "Мхи", "Папоротники"),
        "kk": ("Қыналар", "Мүктер", "Қырықжапырақтар"),
    }[language]
    text = "# BOT 100: Botany\n\n"
    for number, title in enumerate(titles, 1):
        handed = f"Herbarium {number}" if number == 2 else nothing
        text += (
            f"## {week} {number}: {title}\n\n### {topics}\n- {title} A\n- {title} B\n\n"
            f"### {read_}\n- Lund (2021), {number}\n\n### {due}\n- {handed}\n\n"
        )
    course = read(tmp_path, "schedule.md", text)
    assert [one.title for one in sessions(course)] == list(titles)
    assert [[inline_text(point.content) for point in one.topics] for one in sessions(course)] == [
        [f"{one} A", f"{one} B"] for one in titles
    ]
    assert [len(one.literature) for one in sessions(course)] == [1, 1, 1]
    assert work(course) == [(2, "Herbarium 2")]


LAB = """# Introduction

In this lab you make the list of films.

# Setting up

Copy the folder of the last lab into a new one.

# Members

## Add

Adds a film to the list.

### Parameters

- The film to add.

### Returns

The new film.

## Remove

Removes a film from the list.

### Parameters

- The number of the film.

### Returns

Whether there was such a film.
"""


@pytest.mark.parametrize(
    ("name", "kind", "number"),
    [
        ("Lab 3.md", "laboratory", 3),
        ("Лабораторная работа 3.md", "laboratory", 3),
        ("3-зертханалық жұмыс.md", "laboratory", 3),
        ("Practical 2.md", "practical", 2),
        ("Lecture 5.md", "lecture", 5),
    ],
)
def test_a_file_whose_name_counts_a_class_is_one_class(tmp_path: Path, name: str, kind: str, number: int) -> None:
    course = read(tmp_path, name, LAB)
    assert [(one.kind, one.number) for one in sessions(course)] == [(kind, number)]
    assert not course.about.policies


def test_a_sign_behind_a_title_in_bold_type_is_none_of_its_text(tmp_path: Path) -> None:
    text = "# Botany\n\nSyllabus\n\n## Rules\n\n"
    text += "**Late work**: five marks a day.\n\n**Academic honesty**: say what you took.\n"
    (late, honesty) = read(tmp_path, "rules.md", text).about.policies
    assert [late.title, honesty.title] == ["Late work", "Academic honesty"]
    assert [block_text(part.blocks) for part in (late, honesty)] == [
        "five marks a day.",
        "say what you took.",
    ]


@pytest.mark.parametrize(
    "lead",
    [
        "WHEN YOU WALK OUT YOU CAN",
        "If you pass, we can trust you to",
        "By the bell they can…",
        "What the evidence must show",
    ],
)
def test_words_that_a_list_of_outcomes_completes(tmp_path: Path, lead: str) -> None:
    text = f"# Welding\n\nSyllabus\n\n## {lead}\n\n"
    text += "* set the wire speed\n* bend a coupon\n\n## Late work\n\nNone is taken.\n"
    assert list(read(tmp_path, "syllabus.md", text).about.outcomes) == ["set the wire speed", "bend a coupon"]


AREAS = {
    "ru": ("ЛЕКЦИИ ПО ПОЧВОВЕДЕНИЮ:", "Раздел 2. Режимы", ("Минералы", "Гумус", "Влага", "Воздух", "Тепло")),
    "kk": ("Топырақтану пәнінен дәрістер:", "2-бөлім. Режимдер", ("Минералдар", "Гумус", "Ылғал", "Ауа", "Жылу")),
    "en": ("LECTURES ON SOIL SCIENCE:", "Part 2. Regimes", ("Minerals", "Humus", "Water", "Air", "Heat")),
}


@pytest.mark.parametrize("language", AREAS)
def test_a_list_of_lectures_goes_on_under_the_headings_of_units(tmp_path: Path, language: str) -> None:
    heading, unit, titles = AREAS[language]
    lines = [f"{number}. {title}" for number, title in enumerate(titles, 1)]
    course = read(tmp_path, "plan.txt", "\n".join([heading, *lines[:3], unit, *lines[3:]]))
    assert [(one.kind, one.number, one.title) for one in sessions(course)] == [
        ("lecture", number, title) for number, title in enumerate(titles, 1)
    ]
    assert not course.about.policies


def test_questions_run_on_from_one_heading_to_the_next(tmp_path: Path) -> None:
    points = ["Bones", "How does a bone grow?", "The knee", "Show the arch of the foot", "Ligaments", "The hip"]
    points += ["The heart", "Why is blood red?", "The aorta", "Draw the plexus", "The lungs", "The eye"]
    lines = [f"{number}. {point}" for number, point in enumerate(points, 1)]
    text = "# Anatomy\n\n## Bones\n\n" + "\n".join(lines[:6]) + "\n\n## Vessels\n\n" + "\n".join(lines[6:])
    text += "\n\n## How you are graded\n\n- 5 – speaks without help\n- 4 – small slips\n"
    course = read(tmp_path, "list.md", text)
    assert stems(course) == points
    assert [one.title for one in course.about.policies] == ["How you are graded"]


@pytest.mark.parametrize("mark", ["[{}]", "{}.", "({})"])
@pytest.mark.parametrize("head", ["Список литературы", "References", "Әдебиеттер тізімі"])
def test_a_list_of_books_is_the_literature_of_the_course(tmp_path: Path, head: str, mark: str) -> None:
    books = ["Иванов И.И. Почвы. М., 2010.", "Петров П.П. Гумус. СПб., 2012.", "Сидоров С.С. Эрозия. Казань, 2015."]
    text = f"{head}\n\n" + "\n".join(f"{mark.format(number)} {book}" for number, book in enumerate(books, 1))
    course = read(tmp_path, "list.txt", text)
    assert list(course.about.literature.basic) == books
    assert not sessions(course)


def test_terms_before_colons_are_a_glossary_under_any_heading(tmp_path: Path) -> None:
    terms = {
        "humus": "dark matter of the soil",
        "loam": "soil of sand and clay",
        "gley": "soil in water",
        "loess": "old dust",
    }
    text = "What we say\n\n" + "\n".join(f"{term}: {meaning}" for term, meaning in terms.items())
    course = read(tmp_path, "words.txt", text)
    assert {one.term: block_text(one.definition) for one in course.glossary} == terms


@pytest.mark.parametrize(
    "text", ["Teacher: Ann Lee\nOffice: Hall 3\nPhone: 555 01 42\nEmail: ann@lund.example\nTerm: Spring 2026"]
)
def test_values_behind_labels_are_no_glossary(tmp_path: Path, text: str) -> None:
    assert not read(tmp_path, "words.txt", text).glossary


def test_the_first_heading_of_a_file_that_counts_a_lecture_is_its_title(tmp_path: Path) -> None:
    told = "The soil holds water and air in its pores, and the roots of plants take both from there. "
    text = f"# Soils of the steppe\n\n{told * 2}\n\n# Soils of the woods\n\n{told * 2}\n"
    assert [(one.number, one.title) for one in sessions(read(tmp_path, "Lecture 4.md", text))] == [
        (4, "Soils of the steppe")
    ]


@pytest.mark.parametrize(
    "line", ["Ответьте на все вопросы.", "Барлық сұрақтарға жауап беріңіз.", "Answer ALL questions."]
)
def test_how_a_paper_is_answered_is_neither_title_nor_question(tmp_path: Path, line: str) -> None:
    text = (
        f"Biology exam\n\n{line}\n\n1. What is a cell?\n2. Describe mitosis.\n3. Name three tissues.\n4. What is DNA?\n"
    )
    course = read(tmp_path, "exam.txt", text)
    assert stems(course)[0] == "What is a cell?"
    assert line.rstrip(".") not in course.title


COUNTED = {
    "ru": ("Модуль {}. {}", "Занятие {}", ("Строение", "Жизнь"), ("Клетка", "Корень", "Рост")),
    "kk": ("Модуль {}. {}", "{}-сабақ", ("Құрылысы", "Тіршілік"), ("Жасуша", "Тамыр", "Өсу")),
    "en": ("Module {}: {}", "Class {}", ("Build", "Life"), ("Cells", "Roots", "Growth")),
}


@pytest.mark.parametrize("head", ["", "| | | |\n|---|---|---|\n", "| Class | Topic | Hours |\n|---|---|---|\n"])
@pytest.mark.parametrize("language", COUNTED)
def test_a_table_of_counted_classes_below_each_module(tmp_path: Path, language: str, head: str) -> None:
    module, label, units, titles = COUNTED[language]
    text = "# Botany. Programme\n"
    for at, unit in enumerate(units):
        rows = [(1, titles[0]), (2, titles[1])] if at == 0 else [(3, titles[2])]
        lines = [f"| {label.format(number)} | {title} | 2 |\n" for number, title in rows]
        body = head + "".join(lines) if head else lines[0] + "|---|---|---|\n" + "".join(lines[1:])
        text += f"\n## {module.format(at + 1, unit)}\n\n{body}"
    found = sessions(read(tmp_path, "programme.md", text))
    assert [(one.number, one.title) for one in found] == list(enumerate(titles, 1))
    assert [one.unit for one in found] == [units[0], units[0], units[1]]


def plan(head: str, *rows: str) -> str:
    bar = "|" + "---|" * head.count("|")
    return "\n".join(["# Botany", "", "Syllabus", "", f"| {head} |", bar + "---|", *(f"| {row} |" for row in rows)])


def test_files_named_beside_topics_are_none_of_them(tmp_path: Path) -> None:
    rows = ["1 | Cells | pdf | Read ch. 1", "2 | Roots | slides, video | Draw one", "3 | Leaves | ppt | Press one"]
    found = sessions(read(tmp_path, "plan.md", plan("Week | Topic | Slides | Homework", *rows)))
    assert [(one.title, len(one.topics), len(one.literature)) for one in found] == [
        ("Cells", 0, 0),
        ("Roots", 0, 0),
        ("Leaves", 0, 0),
    ]


def test_files_that_lead_somewhere_are_what_to_look_at(tmp_path: Path) -> None:
    rows = [f"{at} | {one} | [pdf](https://lund.example/{at}.pdf)" for at, one in enumerate(("Cells", "Roots"), 1)]
    found = sessions(read(tmp_path, "plan.md", plan("Week | Topic | Slides", *rows, "3 | Leaves | ")))
    assert [(one.title, len(one.topics), len(one.literature)) for one in found] == [
        ("Cells", 0, 1),
        ("Roots", 0, 1),
        ("Leaves", 0, 0),
    ]


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (
            "Сроки | Тема | Задание",
            ("01.09–07.09 | Клетка | Гл. 1", "08.09–14.09 | Корень | Гл. 2", "15.09–21.09 | Лист | —"),
        ),
        (
            "Мерзімі | Тақырып | Тапсырма",
            ("01.09–07.09 | Жасуша | 1", "08.09–14.09 | Тамыр | 2", "15.09–21.09 | Жапырақ | —"),
        ),
        (
            "Dates | Topic | Homework",
            ("1–7 Sept | Cells | Ch. 1", "8–14 Sept | Roots | Ch. 2", "15–21 Sept | Leaves | —"),
        ),
    ],
)
def test_terms_beside_topics_are_the_days_of_the_classes(tmp_path: Path, head: str, rows: tuple[str, ...]) -> None:
    found = sessions(read(tmp_path, "plan.md", plan(head, *rows)))
    assert [one.title for one in found] == [row.split(" | ")[1] for row in rows]


def test_the_only_column_without_a_name_holds_the_topics(tmp_path: Path) -> None:
    rows = ("1 | Cells | Lund, ch. 1", "2 | Roots | Lund, ch. 2", "3 | Leaves | Lund, ch. 3")
    found = sessions(read(tmp_path, "plan.md", plan("Week |   | Reading", *rows)))
    assert [(one.number, one.title, len(one.literature)) for one in found] == [
        (1, "Cells", 1),
        (2, "Roots", 1),
        (3, "Leaves", 1),
    ]


@pytest.mark.parametrize(
    ("heading", "form", "titles"),
    [
        ("What happens each week", "Week {} — {}. {}; {}.", ("Twills", "Herringbone", "Broken twill")),
        ("Содержание курса", "Тема {}. {}. {}; {}.", ("Саржа", "Пологая саржа", "Ёлочка")),
        ("Курстың мазмұны", "{}-тақырып. {}. {}; {}.", ("Тоқыма", "Жіп", "Өрнек")),
    ],
)
def test_points_behind_the_title_of_a_class(
    tmp_path: Path, heading: str, form: str, titles: tuple[str, str, str]
) -> None:
    (title, first, second) = titles
    lines = [form.format(number, f"{title} {number * 'i'}", first, second) for number in (1, 2, 3, 4)]
    found = sessions(read(tmp_path, "plan.txt", "\n".join(["Module Handbook: Weaving", "", heading, *lines])))
    assert [one.title for one in found] == [f"{title} {number * 'i'}" for number in (1, 2, 3, 4)]
    assert [inline_text(one.content).rstrip(".") for one in found[0].topics] == [first, second]


def test_a_line_of_a_program_is_neither_title_nor_code_of_the_course(tmp_path: Path) -> None:
    lines = ["Лекция №2", "number = int(input())", "if number == 1:", '    print("Один")', "score = int(input())"]
    course = read(tmp_path, "lecture.txt", "\n\n".join(lines))
    assert [(one.number, one.title) for one in sessions(course)] == [(2, None)]
    assert course.about.code is None


@pytest.mark.parametrize("mark", ["- ", "• ", "1. "])
def test_the_mark_of_an_item_is_none_of_the_title_of_a_rule(tmp_path: Path, mark: str) -> None:
    rules = f"{mark}Late work: Five marks a day.\n{mark.replace('1', '2')}Phones: In the locker.\n"
    policies = read(tmp_path, "rules.md", f"# Botany\n\nSyllabus\n\n## Rules\n\n{rules}").about.policies
    assert [one.title for one in policies][-2:] == ["Late work", "Phones"]


@pytest.mark.parametrize(
    ("heading", "lead"),
    [("Schedule", "Week of {} September:"), ("Расписание", "Неделя с {} сентября:"), ("Schedule", "Week of Sept. {}:")],
)
def test_the_day_before_the_title_of_a_class_is_none_of_it(tmp_path: Path, heading: str, lead: str) -> None:
    lines = "".join(
        f"- {lead.format(day)} {title}\n" for day, title in (("07", "Cells"), ("14", "Roots"), ("21", "Leaves"))
    )
    course = read(tmp_path, "syllabus.md", f"# Botany\n\nSyllabus\n\n## {heading}\n\n{lines}")
    assert [one.title for one in sessions(course)] == ["Cells", "Roots", "Leaves"]


FOLDERS = {
    "kk": (
        "СӨЖ тапсырмалары",
        ("Топырақ құрамын зерттеңіз.", "Гумустың рөлі туралы эссе жазыңыз.", "Жер ресурстары картасын құрастырыңыз."),
        "Глоссарий",
        ("Топырақ – жер қыртысының жоғарғы құнарлы қабаты.", "Гумус – топырақтың органикалық бөлігі."),
        (
            "Топырақтану негіздері",
            "Дәрістер кешені",
            "дәріс",
            "Топырақты Докучаев зерттеген. Ол оның пайда болу факторларын анықтады. Гумус құнарлылықты арттырады.",
        ),
        ("Емтихан сұрақтары", "Топырақ дегеніміз не?", "Гумустың рөлі қандай?", "Эрозияны сипаттаңыз."),
    ),
    "ru": (
        "Задания СРС",
        ("Исследуйте состав почвы.", "Напишите эссе о роли гумуса.", "Составьте карту земельных ресурсов."),
        "Глоссарий",
        ("Почва – верхний плодородный слой земной коры.", "Гумус – органическая часть почвы."),
        (
            "Основы почвоведения",
            "Курс лекций",
            "лекция",
            "Почву изучал Докучаев. Он назвал факторы, от которых она зависит. Гумус делает её плодородной.",
        ),
        ("Вопросы к экзамену", "Что такое почва?", "Какова роль гумуса?", "Опишите эрозию почвы."),
    ),
    "en": (
        "Independent work assignments",
        ("Study the composition of soil.", "Write an essay on the role of humus.", "Draw a map of land resources."),
        "Glossary",
        ("Soil – the upper fertile layer of the crust of the earth.", "Humus – the organic part of the soil."),
        (
            "Foundations of Soil Science",
            "Lecture notes",
            "lecture",
            "Soil was studied by Dokuchaev. He named what it depends upon. Humus makes it fertile and dark to the eye.",
        ),
        ("Exam questions", "What is soil?", "What is the role of humus?", "Describe the erosion of soil."),
    ),
}


@pytest.mark.parametrize("language", FOLDERS)
def test_a_folder_of_short_papers(tmp_path: Path, language: str) -> None:
    """What a list of tasks, of terms, of questions and a paper of lectures give without a course.toml."""
    head, tasks, glossary, terms, (title, kind, lecture, text), (exam, *asked) = FOLDERS[language]

    def numbered(lines: Iterable[str]) -> str:
        return "".join(f"{number}. {line}\n" for number, line in enumerate(lines, 1))

    (tmp_path / "1.txt").write_text(f"{glossary}\n\n" + "\n".join(terms), "utf-8")
    texts = (f"{number}-{lecture}. {term}\n" if language == "kk" else f"{lecture.title()} {number}. {term}\n"
             for number, term in enumerate(("A", "B", "C"), 1))  # fmt: skip
    (tmp_path / "2.txt").write_text(f"{title}\n{kind}\n\n" + "\n".join(f"{line}{text}\n" for line in texts), "utf-8")
    (tmp_path / "3.txt").write_text(f"{exam}\n\n{numbered(asked)}", "utf-8")
    (tmp_path / "4.txt").write_text(f"{head}\n\n{numbered(tasks)}", "utf-8")
    (loaded,) = find_projects([tmp_path])
    course = build.understand(loaded).course
    roles = [one.role for one in loaded.project.source if one.file != "2.txt"]
    assert roles == ["glossary", "questions", "assignments"]
    assert [(one.kind, one.title, block_text(one.blocks)) for one in sessions(course)] == [
        ("lecture", title, text) for title in ("A", "B", "C")
    ]
    assert course.title == title
    assert [text for _, text in work(course)] == list(tasks)
    assert stems(course) == asked
    assert len(course.glossary) == len(terms)


LISTED = {
    "ru": "СРО {}. {}\nИзучите статью и составьте конспект.\nСрок: {} неделя.\n\n",
    "kk": "БӨЖ №{}. {}\nМақаланы оқып, конспект жазыңыз.\nТапсыру мерзімі: {}-апта.\n\n",
    "en": "Assignment {}. {}\nRead the article and prepare notes\nDue: week {}.\n\n",
}


@pytest.mark.parametrize("language", LISTED)
def test_what_is_to_be_done_is_no_title_of_the_course(tmp_path: Path, language: str) -> None:
    text = "".join(LISTED[language].format(n, title, n + 4) for n, title in enumerate(("Гумус", "Эрозия"), 1))
    course = read(tmp_path, "tasks.txt", text)
    assert course.title == tmp_path.name
    assert [week for week, _ in work(course)] == [5, 6]


WORKS = {
    "en": ("Work one. The map", "Work two. Two maps", "Week 4 · 15 points", "Week 8 | 20 points", "If you are late"),
    "ru": (
        "Первая работа. Карта",
        "Вторая работа. Две карты",
        "4 неделя, 15 баллов",
        "8 неделя, 20 баллов",
        "Опоздание",
    ),
    "kk": ("Бірінші жұмыс. Карта", "Екінші жұмыс. Екі карта", "4-апта · 15 ұпай", "8-апта · 20 ұпай", "Кешіксе"),
}


@pytest.mark.parametrize("language", WORKS)
def test_a_week_and_points_below_a_title_are_the_terms_of_its_work(tmp_path: Path, language: str) -> None:
    first, second, terms, others, late = WORKS[language]
    said = {"en": "Draw a map of your street.", "ru": "Начертите карту улицы.", "kk": "Көшеңіздің картасын сызыңыз."}
    text = f"# Botany\n\n## {first}\n\n*{terms}*\n\n{said[language]}\n\n## {second}\n\n*{others}*\n\n{said[language]}\n"
    course = read(tmp_path, "tasks.md", f"{text}\n## {late}\n\n{said[language]}\n")
    works = [one for week in course.weeks for one in week.assignments]
    title = first.partition(". ")[2], second.partition(". ")[2]
    assert [(one.number, one.title, one.due_week, one.points) for one in works] == [
        (1, title[0], 4, 15),
        (2, title[1], 8, 20),
    ]
    assert [block_text(one.blocks) for one in works] == [said[language]] * 2
    assert sessions(course) == []


def test_a_word_that_asks_is_not_the_beginning_of_another(tmp_path: Path) -> None:
    text = "# Жер-су атаулары\n\n## Қалай рәсімдейміз\n\nМәтін 5 беттен аспасын.\n\n## Бағалау\n\nЕмтихан – 100 %\n"
    assert read(tmp_path, "syllabus.md", text).about.city is None


PROGRAMMES = {
    "ru": (
        "Рабочая программа дисциплины",
        "Дисциплина изучается на 3 курсе в 5 семестре. Общая трудоёмкость – 4 зачётные единицы (144 часа).",
        "| № | Раздел | Лек | Пр | СР |",
        "| | Итого | 4 | 6 | 134 |",
        "Раздел {}. {}",
        ("Почва", "Вода"),
        "В этом разделе речь идёт о том, как она устроена и из чего состоит.",
    ),
    "kk": (
        "Жұмыс бағдарламасы",
        "Пән үшінші курста, бесінші семестрде оқылады. Еңбек сыйымдылығы – 4 кредит (144 сағат).",
        "| № | Тақырып | Дәріс | Практика | СӨЖ |",
        "| | Жиыны | 4 | 6 | 134 |",
        "{}-тақырып. {}",
        ("Топырақ", "Су"),
        "Бұл тақырыпта оның қалай құрылғаны мен неден тұратыны айтылады.",
    ),
}


@pytest.mark.parametrize("language", PROGRAMMES)
def test_a_programme_with_a_table_of_hours_and_the_contents_of_its_topics(tmp_path: Path, language: str) -> None:
    paper, load, head, total, counted, titles, told = PROGRAMMES[language]
    rows = "\n".join(f"| {nth} | {title} | 2 | 3 | 67 |" for nth, title in enumerate(titles, 1))
    contents = "\n\n".join(f"## {counted.format(nth, title)}\n\n{told}" for nth, title in enumerate(titles, 1))
    text = f"# {paper}\n\n{load}\n\n{head}\n|---|---|---|---|---|\n{rows}\n{total}\n\n{contents}\n"
    course = read(tmp_path, "programme.md", text)
    lectures = [one for one in sessions(course) if one.kind == "lecture"]
    assert [(one.number, one.title, one.hours, block_text(one.blocks)) for one in lectures] == [
        (1, titles[0], 2, told),
        (2, titles[1], 2, told),
    ]
    hours = course.about.hours
    assert hours is not None
    assert (hours.lecture, hours.practical, hours.independent, hours.total) == (4, 6, 134, 144)
    assert (course.about.credits, course.about.study_year) == (4, 3)
    assert course.about.semester == {"ru": "5", "kk": "бесінші"}[language]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            "The module is taught in the second year and carries 6 ECTS: 30 hours of lectures, 90 hours of self-study.",
            {"credits": 6, "hours": {"lecture": 30, "independent": 90}, "study_year": 2},
        ),
        (
            "Общая трудоемкость составляет 3 з.е. (108 ч.): лекции – 18 ч., практические занятия – 36 ч.",
            {"credits": 3, "hours": {"total": 108, "lecture": 18, "practical": 36}},
        ),
        (
            "Дисциплина: NSD 7303, 3 ECTS (15 встреч по 2 часа + 60 часов самостоятельной работы)",
            {"credits": 3, "hours": {"independent": 60}},
        ),
        ("Growers offer more when the price rises: a tree needs four years to bear.", {}),
        ("Первая лекция курса читается в 2 часа.", {}),
        ("The essay is worth 20 points; plan three hours for it.", {}),
    ],
)
def test_what_a_sentence_says_of_the_load_of_a_course(sentence: str, said: dict[str, object]) -> None:
    assert of_sentence(sentence) == said


def test_outcomes_beside_the_codes_of_competences(tmp_path: Path) -> None:
    rows = (
        "| Код | Индикатор | Результат |",
        "|---|---|---|",
        "| ПК-2 | ПК-2.1 | знает виды схем |",
        "| | ПК-2.3 | умеет рассчитывать усилия |",
        "| ПК-4 | ПК-4.1 | владеет приёмами подбора |",
    )
    course = read(tmp_path, "programme.md", "# Рабочая программа\n\n## Компетенции\n\n" + "\n".join(rows) + "\n")
    assert course.about.outcomes == ("знает виды схем", "умеет рассчитывать усилия", "владеет приёмами подбора")
