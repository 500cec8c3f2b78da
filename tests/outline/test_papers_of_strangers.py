"""Forms that papers of departments unknown before have: what each part of a small paper becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text, inline_text
from coursepack.model.course import Course, Session
from tests.outline.documents import Word


def read(folder: Path, **files: str) -> Course:
    """The course of text files: name of the file without its ending, text."""
    paths = []
    for name, text in files.items():
        ending = "md" if text.startswith("#") else "txt"
        paths.append(folder / f"{name}.{ending}")
        paths[-1].write_text(text, encoding="utf-8")
    return understood(*paths)


def understood(*paths: Path) -> Course:
    (loaded,) = find_projects(list(paths))
    return build.understand(loaded).course


def sessions(course: Course) -> list[Session]:
    return [one for week in course.weeks for one in week.sessions]


def work(course: Course) -> list[tuple[int, str | None, str]]:
    return [(week.number, one.title, block_text(one.blocks)) for week in course.weeks for one in week.assignments]


def texts(found: object) -> list[str]:
    return [inline_text(one.content) for one in found]  # type: ignore[attr-defined]


LESSONS = {
    "en": (
        (
            "Topic {} How seeds travel\nAim {} To see why seeds leave the plant.\nMaterials {} dandelions, a fan\n"
            "Homework {} Collect five seeds."
        ),
        ("How seeds travel", "To see why seeds leave the plant.", "dandelions, a fan", "Collect five seeds."),
    ),
    "ru": (
        (
            "Тема {} Как путешествуют семена\nЦель {} Понять, зачем семена покидают растение.\n"
            "Оборудование {} одуванчики, вентилятор\nДомашнее задание {} Собрать пять семян."
        ),
        (
            "Как путешествуют семена",
            "Понять, зачем семена покидают растение.",
            "одуванчики, вентилятор",
            "Собрать пять семян.",
        ),
    ),
    "kk": (
        (
            "Тақырыбы {} Тұқым қалай тарайды\nМақсаты {} Тұқымның неге кететінін түсіну.\n"
            "Құрал-жабдықтар {} бақбақ, желдеткіш\nҮйге тапсырма {} Бес тұқым жинап келу."
        ),
        ("Тұқым қалай тарайды", "Тұқымның неге кететінін түсіну.", "бақбақ, желдеткіш", "Бес тұқым жинап келу."),
    ),
}


@pytest.mark.parametrize("word", [False, True])
@pytest.mark.parametrize("sign", ["–", "-", "—", ":"])
@pytest.mark.parametrize("language", LESSONS)
def test_labels_of_a_lesson_plan_stand_before_dashes(tmp_path: Path, language: str, sign: str, word: bool) -> None:
    text, (title, aim, needed, home) = LESSONS[language]
    lines = text.format(*[sign] * 4).replace(" :", ":").split("\n")
    if word:
        course = understood(Word().p(*lines).save(tmp_path / "lesson.docx"))
    else:
        course = read(tmp_path, lesson="\n".join(lines) + "\n")
    (lesson,) = sessions(course)
    assert (lesson.title, block_text(lesson.aims)) == (title, aim)
    assert block_text(lesson.equipment) == needed
    assert [text for _, _, text in work(course)] == [home]
    assert not course.glossary


def test_terms_with_dashes_stay_terms(tmp_path: Path) -> None:
    course = read(
        tmp_path,
        words="Глоссарий\n\nЦель – то, к чему стремятся.\nТема – предмет разговора.\nУрок – час учёбы.\n"
        "Парта – стол ученика.\nОборудование – то, чем работают.\nМел – чем пишут на доске.\n",
    )
    assert len(course.glossary) == 6
    assert not sessions(course)


REQUISITES = {
    "en": (
        ("Prerequisites", "Students need a good knowledge of the courses: Soil Science, Chemistry."),
        ("Postrequisites", "The course prepares for the courses “Plant Care” and “Gardens”."),
    ),
    "ru": (
        ("Пререквизиты", "Для работы необходимы знания, умения и навыки по дисциплинам: «Soil Science», «Chemistry»."),
        ("Постреквизиты", "Полученные знания нужны для дисциплин «Plant Care», «Gardens»."),
    ),
    "kk": (
        ("Пререквизиттер", "«Soil Science», «Chemistry» пәндері бойынша білім мен дағды қажет."),
        ("Постреквизиттер", "Алынған білім «Plant Care», «Gardens» пәндерін оқуға керек."),
    ),
}


@pytest.mark.parametrize("form", ["heading", "label", "cells"])
@pytest.mark.parametrize("language", REQUISITES)
def test_courses_before_and_after_are_named_in_a_sentence(tmp_path: Path, language: str, form: str) -> None:
    said = REQUISITES[language]
    head = {"en": "Syllabus\n\nCourse: Agronomy", "ru": "Силлабус\n\nДисциплина: Агрономия"}
    text = "# " + head.get(language, "Силлабус\n\nПән: Агрономия") + "\n\n"
    if form == "cells":
        text += "| | |\n|---|---|\n" + "".join(f"| {label} | {sentence} |\n" for label, sentence in said)
    else:
        between = {"heading": ("## ", "\n\n"), "label": ("", ": ")}[form]
        text += "\n\n".join(f"{between[0]}{label}{between[1]}{sentence}" for label, sentence in said)
    about = read(tmp_path, syllabus=text).about
    assert about.prerequisites == ("Soil Science", "Chemistry")
    assert about.postrequisites == ("Plant Care", "Gardens")


def test_a_sentence_about_prerequisites_that_names_no_course_stays_whole(tmp_path: Path) -> None:
    text = "# Силлабус\n\nДисциплина: Агрономия\n\n## Пререквизиты\n\nДля курса нужны: фартук, перчатки и терпение.\n"
    assert read(tmp_path, syllabus=text).about.prerequisites == ("Для курса нужны: фартук, перчатки и терпение.",)


RULES = {
    "en": ("Independent work", "Label the map.", "All work is handed in on paper.", "Late work", "half of the points."),
    "ru": (
        "Задания для самостоятельной работы",
        "Подпишите карту.",
        "Работы сдаются на бумаге до конца семестра.",
        "Опоздавшим",
        "не более половины баллов.",
    ),
    "kk": (
        "СӨЖ тапсырмалары",
        "Картаға атау жазыңыз.",
        "Жұмыстар семестр соңына дейін қағазда тапсырылады.",
        "Кешіккендерге",
        "балдың жартысы ғана беріледі.",
    ),
}


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("language", RULES)
def test_what_is_said_of_all_work_behind_a_list_is_no_part_of_its_last_task(
    tmp_path: Path, language: str, gap: str
) -> None:
    head, task, rule, late, lost = RULES[language]
    listed = "".join(f"{number}. {task}\n" for number in (1, 2, 3))
    course = read(tmp_path, tasks=f"{head}\n\n{listed}{gap}{rule}\n{late}: {lost}\n")
    assert [text for _, _, text in work(course)] == [task] * 3
    assert [(one.title, block_text(one.blocks)) for one in course.about.policies] == [(head, rule), (late, lost)]


def test_a_last_task_of_two_paragraphs_keeps_both(tmp_path: Path) -> None:
    text = "Задания для самостоятельной работы\n\n1. Найдите пять карт.\n2. Подпишите карту.\nОпишите её легенду.\n"
    assert [said for _, _, said in work(read(tmp_path, tasks=text))][-1] == "Подпишите карту.\nОпишите её легенду."


DATED = {
    "en": ("SIWT schedule", ("12 September", "10 October"), ("Talk about the herbarium", "Defence of the map"), "by "),
    "ru": ("График СРСП", ("12 сентября", "10 октября"), ("Обсуждение гербария", "Защита карты"), "до "),
    "kk": ("СОӨЖ кестесі", ("12 қыркүйек", "10 қазан"), ("Гербарийді талқылау", "Картаны қорғау"), ""),
}


@pytest.mark.parametrize("sign", [" – ", ": ", ". ", "\t"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_work_with_the_teacher_is_listed_by_days(tmp_path: Path, language: str, sign: str) -> None:
    head, days, titles, _ = DATED[language]
    text = f"# {head}\n\n" + "".join(f"- {day}{sign}{title}\n" for day, title in zip(days, titles, strict=True))
    course = read(tmp_path, tasks=text)
    every = [one for week in course.weeks for one in week.assignments]
    assert [(one.kind, block_text(one.blocks), one.due) for one in every] == [
        ("supervised", title, day) for day, title in zip(days, titles, strict=True)
    ]


def test_days_with_the_teacher_stand_below_numbered_work(tmp_path: Path) -> None:
    text = (
        "График СРС\n\nСРС 1.\tТаблица «Кости передней конечности»\tдо 19 сентября\t10 б.\n"
        "\tУказать русское и латинское название каждой кости.\n\nСРС 2.\tАльбом мышц\tдо 10 октября\t15 б.\n"
        "\tПять рисунков карандашом.\n\nС преподавателем (СРСП):\n\t24 сентября - разбор таблиц\n"
        "\t12 ноября - защита альбомов\n\nИтого 60 б.\nОпоздавшим: не более половины.\n"
    )
    course = read(tmp_path, tasks=text)
    every = [one for week in course.weeks for one in week.assignments]
    assert [(one.kind, one.title or block_text(one.blocks), one.due, one.points) for one in every] == [
        ("independent", "Таблица «Кости передней конечности»", "до 19 сентября", 10),
        ("independent", "Альбом мышц", "до 10 октября", 15),
        ("supervised", "разбор таблиц", "24 сентября", None),
        ("supervised", "защита альбомов", "12 ноября", None),
    ]
    assert [(one.title, block_text(one.blocks)) for one in course.about.policies] == [
        ("Опоздавшим", "не более половины.")
    ]


@pytest.mark.parametrize("form", ["tabs", "table"])
@pytest.mark.parametrize("language", DATED)
def test_rows_without_a_head_name_work_its_day_and_its_points(tmp_path: Path, language: str, form: str) -> None:
    head = RULES[language][0]
    _, days, titles, until = DATED[language]
    points = {"en": "10 points", "ru": "10 б.", "kk": "10 балл"}[language]
    by = {"kk": " дейін"}.get(language, "")
    rows = [[title, f"{until}{day}{by}", points] for title, day in zip(titles, days, strict=True)]
    rows.append([f"{titles[0]} II", rows[-1][1], points])
    if form == "tabs":
        course = read(tmp_path, tasks=f"{head}\n\n" + "".join("\t".join(row) + "\n" for row in rows))
    else:
        course = understood(Word().h(head).table(rows).save(tmp_path / "tasks.docx"))
    every = [one for week in course.weeks for one in week.assignments]
    assert [(block_text(one.blocks), one.due, one.points) for one in every] == [(*row[:2], 10) for row in rows]


TICKETS = {
    "en": (
        "Northern University of Soils",
        "EXAM TICKET No. {}",
        "Course “Soil Science”",
        "Considered at the department",
    ),
    "ru": (
        "ФГБОУ ВО «Аграрный университет»",
        "ЭКЗАМЕНАЦИОННЫЙ БИЛЕТ № {}",
        "по дисциплине «Soil Science»",
        "Билет рассмотрен",
    ),
    "kk": (
        "«Аграрлық университет» КеАҚ",
        "ЕМТИХАН БИЛЕТІ № {}",
        "«Soil Science» пәні бойынша",
        "Кафедра отырысында қаралды",
    ),
}


@pytest.mark.parametrize("language", TICKETS)
def test_tickets_in_rows_may_stand_in_the_style_of_captions(tmp_path: Path, language: str) -> None:
    university, ticket, of_course, signed = TICKETS[language]
    word = Word()
    table = word.document.add_table(rows=4, cols=1)
    asked = [f"Plot {number} and its soil." for number in range(1, 5)]
    for number, question in enumerate(asked, 1):
        cell = table.cell(number - 1, 0)
        lines = (
            university,
            ticket.format(number),
            of_course,
            question,
            f"Work out the integral {number}:",
            "2x + 5 = 7",
        )
        for line, style in zip(
            (*lines, signed), (None, "Caption", None, *["List Number"] * 2, None, None), strict=True
        ):
            cell.add_paragraph(line, style=style)
    course = understood(word.save(tmp_path / "tickets.docx"))
    assert course.exam is not None
    by_id = {one.id: block_text(one.text) for one in course.exam.questions}
    assert [[by_id[one] for one in each.questions] for each in course.exam.tickets] == [
        [question, f"Work out the integral {number}:\n2x + 5 = 7"] for number, question in enumerate(asked, 1)
    ]
    assert course.title == "Soil Science"


@pytest.mark.parametrize("head", ["УТВЕРЖДЕНО", "Утверждаю", "БЕКІТІЛДІ", "Approved"])
def test_neither_an_approval_nor_an_institution_in_quotes_is_the_title(tmp_path: Path, head: str) -> None:
    text = (
        f"ФГБОУ ВО «Аграрный университет»\n\n{head}\n\nВопросы к экзамену\n\n1. Что такое почва?\n2. Что такое гумус?\n"
    )
    assert read(tmp_path, questions=text).title not in {head, "Аграрный университет"}


ROOMS = {
    "en": (
        "Equipment of the course",
        "Lectures",
        "Independent work",
        "The {} rooms are equipped with a projector.",
        "Syllabus",
        "Course: Soil Science",
        "Course policy",
    ),
    "ru": (
        "Материально-техническое обеспечение",
        "Лекционные занятия",
        "Самостоятельная работа",
        "Аудитории ({}) оснащены проектором и мебелью.",
        "Рабочая программа",
        "Дисциплина: Почвоведение",
        "Политика курса",
    ),
    "kk": (
        "Материалдық-техникалық қамтамасыз ету",
        "Дәріс сабақтары",
        "Өздік жұмыс",
        "Дәрісханалар ({}) проектормен және жиһазбен жабдықталған.",
        "Силлабус",
        "Пән: Топырақтану",
        "Курс саясаты",
    ),
}


@pytest.mark.parametrize("language", ROOMS)
def test_rooms_of_classes_are_no_classes_and_set_no_work(tmp_path: Path, language: str) -> None:
    whole, lectures, own, said, paper, about, policy = ROOMS[language]
    word = Word().h(paper).p(about).h(policy, 2).p("One rule.").h(whole, 2).h(lectures, 3).p(said.format(1)).h(own, 3)
    word.p(said.format(2)).p("- Library, building 1;", "- Reading room, building 6.")
    course = understood(word.save(tmp_path / "programme.docx"))
    assert (sessions(course), work(course)) == ([], [])
    told = "\n".join(block_text(one.blocks) for one in course.about.policies)
    assert all(line in told for line in (said.format(1), said.format(2), "Reading room, building 6."))


@pytest.mark.parametrize(
    ("head", "control"),
    [
        (("№", "Раздел. Форма промежуточной аттестации", "Лекции", "СРС", "Содержание СРС"), "Зачет с оценкой"),
        (("№", "Тарау. Аралық аттестаттау нысаны", "Дәріс", "СӨЖ", "СӨЖ мазмұны"), "Емтихан"),
    ],
)
def test_a_row_of_the_final_control_sets_no_work(tmp_path: Path, head: tuple[str, ...], control: str) -> None:
    rows = [
        head,
        ("1", "Почва", "4", "8", "Эссе о почве"),
        ("2", "Гумус", "4", "8", "Таблица"),
        ("", control, "", "2", "По итогам"),
    ]
    word = Word().h("Силлабус").p("Дисциплина: Почвоведение").table(rows)
    assert [text for _, _, text in work(understood(word.save(tmp_path / "plan.docx")))] == ["Эссе о почве", "Таблица"]


def test_a_task_that_every_ticket_repeats_is_asked_in_each(tmp_path: Path) -> None:
    task = "Рассчитайте запас влаги в слое 0–50 см."
    text = "".join(
        f"Билет № {n}\nКафедра почвоведения\n{q}\n{task}\n\n" for n, q in enumerate(("Почва.", "Гумус.", "Вода."), 1)
    )
    exam = read(tmp_path, tickets=text).exam
    assert exam is not None
    by_id = {one.id: block_text(one.text) for one in exam.questions}
    assert [[by_id[one] for one in each.questions] for each in exam.tickets] == [
        [q, task] for q in ("Почва.", "Гумус.", "Вода.")
    ]


BLOCKS = {
    "en": ("Unit", "QUESTIONS FOR SELF-CHECK", "GLOSSARY OF TERMS", "What is {} made of?", "Why is {} of use?"),
    "ru": (
        "Блок",
        "КОНТРОЛЬНЫЕ ВОПРОСЫ ДЛЯ САМОПРОВЕРКИ",
        "ГЛОССАРИЙ ТЕРМИНОВ",
        "Из чего состоит {}?",
        "Зачем нужна {}?",
    ),
    "kk": ("Бөлім", "ӨЗІН-ӨЗІ ТЕКСЕРУ СҰРАҚТАРЫ", "ТЕРМИНДЕР ГЛОССАРИЙІ", "{} неден тұрады?", "{} не үшін керек?"),
}


@pytest.mark.parametrize("language", BLOCKS)
def test_blocks_of_questions_and_of_terms_are_no_lectures(tmp_path: Path, language: str) -> None:
    unit, asking, terms, *asked = BLOCKS[language]
    topics = ("Humus", "Loess", "Marl")
    text = f"{asking}\n\n"
    for number, topic in enumerate(topics, 1):
        text += (
            f"{unit} {number}. {topic}\n"
            + "".join(f"{n}. {one.format(topic)}\n" for n, one in enumerate(asked, 1))
            + "\n"
        )
    text += f"{terms}\n\n"
    for number, topic in enumerate(topics, 1):
        text += f"{unit} {number}. {topic}\n{topic}a — a kind of soil.\n{topic}b — a kind of rock.\n\n"
    course = read(tmp_path, course="# " + text.replace("\n", "\n\n").replace(terms, f"# {terms}"))
    assert {one.kind for one in sessions(course)} == {"seminar"}
    assert [one.title for one in sessions(course)] == list(topics)
    assert [[block_text(each.text) for each in one.review] for one in sessions(course)] == [
        [one.format(topic) for one in asked] for topic in topics
    ]
    assert [one.term for one in course.glossary] == [f"{topic}{letter}" for topic in topics for letter in "ab"]


PLANNED = {
    "en": ("# Syllabus\n\nCourse: Soils\n\n| Week | Lecture | SIW |", "SIW", ("Essay", "Table of factors")),
    "ru": ("# Силлабус\n\nДисциплина: Почвы\n\n| Неделя | Лекция | СРС |", "СРС", ("Эссе", "Таблица факторов")),
    "kk": ("# Силлабус\n\nПән: Топырақ\n\n| Апта | Дәріс | СӨЖ |", "СӨЖ", ("Эссе", "Факторлар кестесі")),
}


@pytest.mark.parametrize("language", PLANNED)
def test_work_of_a_plan_and_of_the_file_of_tasks_in_one_week_is_one(tmp_path: Path, language: str) -> None:
    head, label, (first, second) = PLANNED[language]
    rows = f"| 1 | A soil | {first} |\n| 2 | Humus | {second} |\n| 3 | Loess | Quiz |\n"
    tasks = "\n\n".join(
        f"{label} {n}. {title}\n{text}"
        for n, title, text in ((1, f"{first} A", "Two pages."), (2, second, "Five rows."))
    )
    course = read(
        tmp_path, syllabus=f"{head}\n|---|---|---|\n{rows}", tasks=f"{label}\n\n{tasks}\n\n{label} 3. Map\nOne map.\n"
    )
    assert work(course) == [
        (1, f"{first} A", "Two pages."),
        (2, second, "Five rows."),
        (3, None, "Quiz"),
        (3, "Map", "One map."),
    ]


WEEKS = {
    "en": ("Syllabus\n\nCourse: Rivers\n\nSchedule\n\n", "Week {}", ("Lecture", "Seminar")),
    "ru": ("Силлабус по дисциплине «Реки»\n\nТематический план\n\n", "Неделя {}", ("Лекция", "Семинар")),
    "kk": ("Силлабус\n\nПән: Өзендер\n\nТақырыптық жоспар\n\n", "{}-апта", ("Дәріс", "Семинар")),
}


@pytest.mark.parametrize("sign", [". ", ": ", " – "])
@pytest.mark.parametrize("language", WEEKS)
def test_lines_of_one_week_are_classes_of_their_kinds(tmp_path: Path, language: str, sign: str) -> None:
    head, week, (lecture, seminar) = WEEKS[language]
    kinds = {lecture: "lecture", seminar: "seminar"}
    rows = [(number, kind, f"{name} {number}") for number in (1, 2, 3) for kind, name in
            ((lecture, "Basin"), (lecture, "Feeding"), (seminar, "Map"))]  # fmt: skip
    text = head + "".join(f"{week.format(number)}. {kind}{sign}{title}\n" for number, kind, title in rows)
    found = read(tmp_path, plan=text).weeks
    assert [(one.number, each.kind, each.title) for one in found for each in one.sessions] == [
        (number, kinds[kind], title) for number, kind, title in rows
    ]


@pytest.mark.parametrize(
    ("course", "head"),
    [
        ("Course: Rivers", ("Week", "Odd week", "Even week")),
        ("Дисциплина: Реки", ("Неделя", "Числитель", "Знаменатель")),
        ("Пән: Өзендер", ("Апта", "Алымы", "Бөлімі")),
    ],
)
@pytest.mark.parametrize("counted", [False, True])
def test_weeks_that_take_turns_have_a_column_each(
    tmp_path: Path, course: str, head: tuple[str, ...], counted: bool
) -> None:
    seminar = {"C": "Seminar", "Д": "Семинар", "П": "Семинар"}[course[0]]
    rows = [(f"{n}", f"Basin {n}", f"{seminar} {n}. Map {n}" if counted else f"{seminar}: Map {n}") for n in (1, 2, 3)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in (head, ("---",) * 3, *rows))
    found = read(tmp_path, plan=f"# Syllabus\n\n{course}\n\n{table}\n").weeks
    assert [(one.number, each.kind, each.title, each.topics) for one in found for each in one.sessions] == [
        (n, kind, title, ()) for n in (1, 2, 3) for kind, title in (("lecture", f"Basin {n}"), ("seminar", f"Map {n}"))
    ]


ANSWERED = {
    "en": ("# Exam questions", ("What is humus?", "What is loess?", "Why is marl of use?")),
    "ru": ("# Вопросы к экзамену", ("Что такое гумус?", "Что такое лёсс?", "Зачем нужен мергель?")),
    "kk": ("# Емтихан сұрақтары", ("Гумус дегеніміз не?", "Лёсс дегеніміз не?", "Мергель не үшін керек?")),
}


@pytest.mark.parametrize("language", ANSWERED)
def test_a_sentence_under_each_of_three_questions_answers_it(tmp_path: Path, language: str) -> None:
    head, asked = ANSWERED[language]
    told = ("It is the living matter of a soil.", "Dust that the wind has laid down.", "Farmers spread it on fields.")
    listed = "\n\n".join(
        f"{n}. {one}\n\n   {answer}" for n, (one, answer) in enumerate(zip(asked, told, strict=True), 1)
    )
    exam = read(tmp_path, questions=f"{head}\n\n{listed}\n").exam
    assert exam is not None
    assert [block_text(one.text) for one in exam.questions] == list(asked)
    assert [block_text(one.grader_notes) for one in exam.questions] == list(told)


CHOSEN = {
    "en": ("Topics of essays", "SIW topics", "for 3rd-year students"),
    "ru": ("Темы рефератов", "Темы СРС", "для студентов 3 курса"),
    "kk": ("Реферат тақырыптары", "СӨЖ тақырыптары", "3 курс студенттеріне арналған"),
}


@pytest.mark.parametrize("language", CHOSEN)
def test_topics_of_which_one_is_chosen_are_not_counted_through_the_weeks(tmp_path: Path, language: str) -> None:
    chosen, counted, _ = CHOSEN[language]
    for head, numbers in ((chosen, [None] * 3), (counted, [1, 2, 3])):
        folder = tmp_path / head.replace(" ", "-")
        folder.mkdir()
        text = f"# {head}\n\n1. Maps that lie\n2. Colour on a map\n3. Early maps of the north\n"
        found = [one for week in read(folder, tasks=text).weeks for one in week.assignments]
        assert [one.number for one in found] == numbers


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_the_year_of_study_below_the_name_of_guidelines_is_no_work(tmp_path: Path, language: str) -> None:
    course_of = {
        "ru": ("Методические указания", "к выполнению самостоятельной работы по дисциплине «Mapping»", "Задание"),
        "kk": ("Әдістемелік нұсқаулар", "«Mapping» пәні бойынша өзіндік жұмысты орындауға", "Тапсырма"),
    }
    paper, of_course, task = course_of[language]
    word = Word().b(paper, of_course).p(CHOSEN[language][2])
    for number in (1, 2):
        word.h(f"{task} {number}. Sheet {number}").p("Draw one sheet.")
    course = understood(word.save(tmp_path / "guidelines.docx"))
    assert [(title, text) for _, title, text in work(course)] == [(f"Sheet {n}", "Draw one sheet.") for n in (1, 2)]
    assert course.about.study_year == 3


@pytest.mark.parametrize(
    "head",
    [
        "Дисциплина: Хлебное дело   Группа: ТХ-23   Дата: 12.11.2025",
        "Пән: Хлебное дело   Топ: ТХ-23   Күні: 12.11.2025",
        "Course: Хлебное дело   Group: B-23   Date: 12 May",
    ],
)
def test_the_title_ends_where_the_label_of_something_else_begins(tmp_path: Path, head: str) -> None:
    word = Word().p(head, "Тема: Замес теста", "Цель: Показать, зачем нужна опара.", "Оборудование: весы")
    course = understood(word.save(tmp_path / "lesson.docx"))
    assert (course.title, [one.title for one in sessions(course)]) == ("Хлебное дело", ["Замес теста"])


def test_a_unit_of_the_plan_stands_over_a_lecture_of_another_file(tmp_path: Path) -> None:
    plan = (
        "# Дәнекерлеу\n\n## Тақырыптық жоспар\n\n| № | Тақырып | Сағат |\n| --- | --- | --- |\n"
        "| | **I бөлім. Негіздер** | |\n| 1 | Түрлері | 2 |\n| 2 | Доға | 2 |\n"
        "| | **II бөлім. Жабдық** | |\n| 3 | Электрод | 2 |\n"
    )
    lecture = (
        "3-дәріс. Электрод\n\nЭлектрод – тоқ өткізетін таяқша. Оның сырты жабынмен қапталады.\n\n"
        "Жабын доғаны тұрақтандырады.\n"
    )
    course = read(tmp_path, plan=plan, lecture=lecture)
    assert [(one.number, one.title, one.unit, bool(one.blocks)) for one in sessions(course)] == [
        (1, "Түрлері", "I бөлім. Негіздер", False),
        (2, "Доға", "I бөлім. Негіздер", False),
        (3, "Электрод", "II бөлім. Жабдық", True),
    ]
