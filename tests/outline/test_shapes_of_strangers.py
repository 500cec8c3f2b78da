"""Papers whose structure tells what their words do not: numbers of two parts, briefs of coursework, written work in
variants, plans by module, numbers that begin anew below headings of a style."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text, inline_text
from coursepack.model.course import Course, Session
from coursepack.model.questions import Essay, MultipleChoice
from coursepack.outline import draft
from coursepack.outline.bank.lines import inline_starts
from coursepack.outline.tree import grow, modes
from coursepack.outline.tree.modes import Mode, TableContents
from coursepack.outline.tree.ordinals import counted
from coursepack.outline.tree.sections import OutlineSection
from coursepack.outline.tree.signals import is_book
from tests.outline.documents import Word


def _read(at: Path, text: str, name: str = "paper.md") -> Course:
    (at / name).write_text(text, "utf-8")
    (loaded,) = find_projects([at / name])
    return build.understand(loaded).course


def _of_word(at: Path, word: Word) -> Course:
    word.document.save(str(at / "paper.docx"))
    (loaded,) = find_projects([at / "paper.docx"])
    return build.understand(loaded).course


def _sessions(course: Course) -> list[Session]:
    return [one for week in course.weeks for one in week.sessions]


PRACTICALS = {
    "en": ("Laboratory work", "Aim", "to set an address", "Steps", "Open the window."),
    "ru": ("Практическая работа", "Цель работы", "задать адрес", "Ход работы", "Откройте окно."),
    "kk": ("Зертханалық жұмыс", "Жұмыстың мақсаты", "мекенжай қою", "Жұмыс барысы", "Терезені ашыңыз."),
}


@pytest.mark.parametrize("sign", ["", "№ "])
@pytest.mark.parametrize("language", sorted(PRACTICALS))
def test_two_numbers_with_an_underscore_count_classes(tmp_path: Path, language: str, sign: str) -> None:
    name, aim, aims, steps, step = PRACTICALS[language]
    word = Word()
    for n, title in enumerate(("Alpha", "Beta", "Gamma"), 1):
        word.h(f"{name} {sign}2_{n}").b(title).p(f"**{aim}:** {aims} {n}.").b(steps).p(f"1. {step}", f"2. {step} {n}")
    found = _sessions(_of_word(tmp_path, word))
    assert [(one.number, one.title, block_text(one.aims)) for one in found] == [
        (1, "Alpha", f"{aims} 1."),
        (2, "Beta", f"{aims} 2."),
        (3, "Gamma", f"{aims} 3."),
    ]


def test_a_letter_behind_a_number_counts_classes_and_keeps_their_order(tmp_path: Path) -> None:
    heads = ("Lesson 1a: Rocks", "Lesson 1b: Sand", "Lesson 2: Clay", "Lesson 3: Peat")
    text = "".join(f"## {head}\n\nMuch is known of {head.split()[-1]}, and more is not.\n\n" for head in heads)
    found = _sessions(_read(tmp_path, f"# Soils\n\n{text}"))
    assert [(one.number, one.title, block_text(one.blocks)) for one in found] == [
        (None, "Rocks", "Much is known of Rocks, and more is not."),
        (None, "Sand", "Much is known of Sand, and more is not."),
        (2, "Clay", "Much is known of Clay, and more is not."),
        (3, "Peat", "Much is known of Peat, and more is not."),
    ]


@pytest.mark.parametrize("text", ["Exercise 2a", "Variant 3b. Roots", "Вариант 1а"])
def test_a_letter_behind_the_number_of_no_class_counts_none(text: str) -> None:
    assert not [one for one in counted(text) if one.pair is not None]


BRIEFS = {
    "en": ("Coursework brief", "Topics", "Parts", "Stages", "Layout"),
    "ru": ("ЗАДАНИЕ НА КУРСОВОЙ ПРОЕКТ", "Перечень тем", "Из чего состоит работа", "Этапы и сроки", "Оформление"),
    "kk": ("КУРСТЫҚ ЖОБАҒА АРНАЛҒАН ТАПСЫРМА", "Тақырыптар тізімі", "Бөлімдері", "Кезеңдер", "Рәсімдеу"),
}


@pytest.mark.parametrize("language", sorted(BRIEFS))
def test_a_brief_of_coursework_is_one_piece_of_work(tmp_path: Path, language: str) -> None:
    title, *heads = BRIEFS[language]
    word = Word().b("Small Business").b(title).p("Two students write a plan together and defend it in winter.")
    for at, head in enumerate(heads):
        word.b(head).p(f"Alpha {at}", f"Beta {at}", style="List Bullet")
    course = _of_word(tmp_path, word)
    work = [one for week in course.weeks for one in week.assignments]
    assert not _sessions(course)
    assert [one.title for one in work] == [title]
    told = block_text(work[0].blocks)
    assert [line for line in told.split("\n") if line in heads] == heads
    assert all(f"{name} {at}" in told for name in ("Alpha", "Beta") for at in range(len(heads)))


@pytest.mark.parametrize("name", ["Контрольная работа № 1", "Бақылау жұмысы № 1"])
def test_variants_of_written_work_are_one_list(tmp_path: Path, name: str) -> None:
    asks = {"К": ("Найдите корень.", "Вычислите площадь."), "Б": ("Түбірін табыңыз.", "Ауданын есептеңіз.")}[name[0]]
    wish = {"К": ("Вариант {}", "Желаем удачи!"), "Б": ("{}-нұсқа", "Сәттілік тілейміз!")}[name[0]]
    word = Word().b(name)
    for variant in (1, 2):
        word.b(wish[0].format(variant)).p(*(f"{n}. {ask} {variant}" for n, ask in enumerate(asks, 1)))
    course = _of_word(tmp_path, word.p(wish[1]))
    asked = [one for one in course.exam.questions if isinstance(one, Essay)] if course.exam else []
    assert [block_text(one.text) for one in asked] == [f"{ask} {n}" for n in (1, 2) for ask in asks]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Explain (a) face, (b) face wants, and (c) distance.", 0),
        ("Назовите а) род, б) вид и в) сорт.", 0),
        ("Which is it? (a) face, (b) wants, (c) face and wants", 3),
        ("Какой? а) белый, б) красный, в) белый и синий", 3),
    ],
)
def test_what_one_sentence_lists_is_no_answer(text: str, starts: int) -> None:
    assert len(inline_starts(text)) == starts


def test_long_lines_to_write_on_are_no_text_of_a_question(tmp_path: Path) -> None:
    word = Word().b("FINAL EXAM QUESTIONS")
    for n, ask in enumerate(("Why is the sea salt?", "What is a tide?", "How does ice float?"), 1):
        word.p(f"{n}. {ask}", "." * 150, "." * 150)
    course = _of_word(tmp_path, word)
    asked = course.exam.questions if course.exam else ()
    assert [block_text(one.text) for one in asked if not isinstance(one, MultipleChoice)] == [
        "Why is the sea salt?",
        "What is a tide?",
        "How does ice float?",
    ]


MODULES = {
    "en": ("Module", "Topics", "Lectures, hours"),
    "ru": ("Модуль", "Темы", "Лекции, ч"),
    "kk": ("Модуль", "Тақырыптар", "Дәріс, сағ"),
}


@pytest.mark.parametrize("language", sorted(MODULES))
def test_a_module_with_a_row_of_its_own_is_the_class(tmp_path: Path, language: str) -> None:
    rows = [("1. Maps", "Scale\nLegend", "4"), ("2. Layers", "Files\nRasters", "6"), ("3. Print", "Colour\nPaper", "2")]
    found = _sessions(_of_word(tmp_path, Word().b("Syllabus").b("Cartography").table([MODULES[language], *rows])))
    assert [
        (one.number, one.title, one.hours, [inline_text(topic.content) for topic in one.topics]) for one in found
    ] == [
        (1, "Maps", 4, ["Scale", "Legend"]),
        (2, "Layers", 6, ["Files", "Rasters"]),
        (3, "Print", 2, ["Colour", "Paper"]),
    ]


def test_a_column_without_a_name_that_says_what_is_due_sets_work(tmp_path: Path) -> None:
    rows = [("Wk", "What we do", "Turn in"), ("1", "Why sound matters", "—"), ("2", "Recording", "Sound diary due")]
    course = _of_word(tmp_path, Word().h("Sounds").h("Week by week", 2).table([*rows, ("3", "Editing", "—")]))
    work = [(week.number, block_text(one.blocks)) for week in course.weeks for one in week.assignments]
    assert work == [(2, "Sound diary due")]
    assert [one.topics for one in _sessions(course)] == [(), (), ()]


def test_numbers_in_bold_type_begin_anew_below_headings_of_a_style(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[list[tuple[int, str]]] = []
    weigh = modes.weighed

    def seen(root: OutlineSection, held: TableContents) -> dict[Mode, float]:
        found.append([(_depth(one), one.head.text) for one in root.walk() if one.head is not None])
        return weigh(root, held)

    monkeypatch.setattr(grow, "weighed", seen)
    word = Word().h("4. Money")
    for n in (1, 2):
        word.h(f"4.{n} Goods", 2).p("Goods move between ports, and so does money.")
        word.b("1. Old ones").p("Each of these has a history of its own, told below in a few words.")
        word.b("2. New ones").p("Each of these has a history of its own.")
    _of_word(tmp_path, word)
    inner = [(3, "1. Old ones"), (3, "2. New ones")]
    assert found[0] == [(1, "4. Money"), (2, "4.1 Goods"), *inner, (2, "4.2 Goods"), *inner]


def _depth(section: OutlineSection) -> int:
    return 0 if section.parent is None else _depth(section.parent) + 1


def test_below_readings_each_line_of_a_class_is_to_be_read(tmp_path: Path) -> None:
    plan = "| Meeting | Topic |\n|---|---|\n| 1 | Towns |\n| 2 | Rivers |\n| 3 | Roads |\n"
    lists = "## Meeting 1\n\n- Watch the film\n- Slides\n\n## Meeting 2 (texts in the folder)\n\n- Smith, chapter 2\n"
    course = _read(tmp_path, f"# Human Geography\n\n## Course agenda\n\n{plan}\n# Readings\n\n{lists}")
    assert [(one.number, one.title, list(one.literature), block_text(one.blocks)) for one in _sessions(course)] == [
        (1, "Towns", ["Watch the film", "Slides"], ""),
        (2, "Rivers", ["Smith, chapter 2"], "(texts in the folder)"),
        (3, "Roads", [], ""),
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Nobody enters without a coat.", True),
        ("Зертханаға халатсыз кіруге болмайды.", True),
        ("Учебное пособие для студентов.", False),
    ],
)
def test_a_short_sentence_that_is_set_aside_is_told(tmp_path: Path, line: str, told: bool) -> None:
    labs = ((1, "Alpha"), (2, "Beta"))
    text = "".join(f"## Lab {n} — {name}\n\n### Steps\n\n1. Wash it.\n2. Dry it.\n\n" for n, name in labs)
    (tmp_path / "paper.md").write_text(f"# Soap Chemistry: lab manual\n\n> {line}\n\n{text}", "utf-8")
    (loaded,) = find_projects([tmp_path / "paper.md"])
    found = [one.message for one in build.understand(loaded).findings if one.code == "outline-title-page-data"]
    assert found == (["1 paragraph of text set aside with the title page: paragraph 2"] if told else [])


def test_the_title_of_the_only_class_goes_before_the_name_of_the_folder(tmp_path: Path) -> None:
    word = Word().h("How does ice hold a river in winter?")
    word.p("Ice floats on water and keeps the water below it warm all winter long, so that fish live in it.")
    assert _of_word(tmp_path, word).title == "How does ice hold a river in winter?"


def test_who_did_the_work_is_no_title(tmp_path: Path) -> None:
    word = Word().p("Технический университет", "Кафедра геологии").b("Исследование рынка руды")
    word.p("Выполнили: студенты группы 107", "Серов Данил Викторович").p("Минск, 2024")
    course = _of_word(tmp_path, word.p("Цель работы: изучить рынок руды и его участников в стране."))
    assert course.title == "Исследование рынка руды"


@pytest.mark.parametrize(
    ("text", "told"), [("Ахметов А. Сұхбат. 7–19-беттер.", True), ("Ахметов А. 5 минут сөйледі", False)]
)
def test_pages_in_kazakh_are_pages_of_a_book(text: str, told: bool) -> None:
    assert is_book(text) is told


def test_a_title_that_is_the_name_of_the_folder_is_said_to_be() -> None:
    made = draft.draft("Botany", [])
    assert (
        'title = "Botany" # taken from the name of the folder: no document states the title of the course' in made.text
    )


@pytest.mark.parametrize(("line", "city"), [("г. Шахтинск", "Шахтинск"), ("ГОРОДСКОЕ ОЗЕЛЕНЕНИЕ", None)])
def test_a_word_that_begins_as_city_names_none(tmp_path: Path, line: str, city: str | None) -> None:
    text = "".join(f"ЛЕКЦИЯ {n}\nДеревья {n}\n\nДеревья растут у дорог и в парках.\n\n" for n in (1, 2))
    course = _read(tmp_path, f"{line}\nконспект лекций\n\n{text}", "paper.txt")
    assert course.about.city == city


def test_what_has_figures_is_no_teacher_and_what_has_none_no_year(tmp_path: Path) -> None:
    text = "# Botany\n\n*Syllabus*\n\nTeacher: 1 pc.\n\nAcademic year: the programme of studies in botany and soils\n\n"
    course = _read(tmp_path, f"{text}## Description\n\nPlants and where they grow, with walks along the river.\n")
    assert (course.about.teachers, course.about.year) == ((), None)


WORKS = {
    "ru": ("Лабораторная 1", "Описание: Создайте", "Требования:", "Проверьте"),
    "en": ("Lab 1", "Description: Write", "Requirements:", "Check"),
    "kk": ("Зертханалық жұмыс 1", "Сипаттама: Жазыңыз", "Талаптар:", "Тексеріңіз"),
}


@pytest.mark.parametrize("language", sorted(WORKS))
def test_numbered_headings_over_what_to_do_are_tasks_of_a_class(tmp_path: Path, language: str) -> None:
    name, told, label, step = WORKS[language]
    word = Word()
    for n, sign in enumerate((".", ".", " .", "."), 1):
        word.b(f"{n}{sign} Alpha {n}").p(f"{told} beta {n}.").p(label).p(f"{step} gamma {n}.", style="List Bullet")
    word.document.save(str(tmp_path / f"{name}.docx"))
    source = f'[[source]]\nfile = "{name}.docx"\nrole = "laboratory-plan"\nnumber = 1\n'
    (tmp_path / "course.toml").write_text(f'id = "labs"\ntitle = "Labs"\nlanguage = "{language}"\n{source}', "utf-8")
    (loaded,) = find_projects([tmp_path])
    found = _sessions(build.understand(loaded).course)
    told_of = [[block_text(task.blocks).split("\n") for task in one.tasks] for one in found]
    assert told_of == [[[f"Alpha {n}", f"{told} beta {n}.", label, f"{step} gamma {n}."] for n in range(1, 5)]]
    assert [(one.kind, one.number) for one in found] == [("laboratory", 1)]


@pytest.mark.parametrize(("head", "topics"), [("Пікірталас сұрақтары", True), ("Control questions", False)])
def test_questions_to_discuss_are_points_of_a_seminar(tmp_path: Path, head: str, topics: bool) -> None:
    asked = ("What is news?", "How is a source checked?", "The form of a report")
    lists = "".join(f"{n}. {one}\n" for n, one in enumerate(asked, 1))
    text = "".join(f"## Seminar {n}. Alpha {n}\n\n**{head}**\n\n{lists}\n" for n in (1, 2, 3))
    found = _sessions(_read(tmp_path, f"# Media\n\n{text}"))
    assert [one.kind for one in found] == ["seminar"] * 3
    assert [[inline_text(topic.content) for topic in one.topics] for one in found] == [
        list(asked) if topics else []
    ] * 3


FORMS = {
    "ru": ("Приложение 2", "ЗАЯВКА НА ПРАКТИКУ", "Фамилия", "Группа", "Место практики", "Руководитель"),
    "kk": ("2-қосымша", "ПРАКТИКАҒА ӨТІНІМ", "Тегі", "Тобы", "Практика орны", "Жетекшісі"),
    "en": ("Appendix 2", "PLACEMENT REQUEST", "Surname", "Group", "Place", "Supervisor"),
}


@pytest.mark.parametrize("language", sorted(FORMS))
def test_a_form_to_fill_in_is_no_class(tmp_path: Path, language: str) -> None:
    annex, title, *fields = FORMS[language]
    course = _of_word(tmp_path, Word().p(annex).b(title).p(*(f"{field}: {'_' * 20}" for field in fields)))
    assert not _sessions(course)
    told = "\n".join(block_text(one.blocks) for one in course.readings)
    assert [field for field in fields if f"{field}: ____" in told] == fields


def test_objectives_before_a_text_are_those_of_a_class(tmp_path: Path) -> None:
    said = "{} is full of living things, from bacteria to worms, and whoever has turned it with a spade knows it. " * 2
    text = [said.format(name, name).strip() for name in ("Soil", "Clay", "Sand")]
    aims = "- explain what humus is\n- name three kinds of soil life\n\n"
    course = _read(tmp_path, "# Soil as a living system\n\n## Objectives\n\n" + aims + "\n\n".join(text) + "\n")
    (one,) = _sessions(course)
    assert course.about.objectives == ()
    assert (one.title, block_text(one.aims).split("\n")) == (
        "Soil as a living system",
        ["explain what humus is", "name three kinds of soil life"],
    )
    assert block_text(one.blocks).split("\n") == text


def test_a_lecture_without_a_title_begins_with_its_text(tmp_path: Path) -> None:
    first = "Rivers carry stones and sand to the sea, and lay them down where the current is weak."
    word = Word()
    for n in (4, 5):
        word.h(f"Lecture {n}").p(first, "Deltas form where a river meets still water; most are full of people.")
    assert [
        (one.number, one.title, block_text(one.blocks).split("\n")[0]) for one in _sessions(_of_word(tmp_path, word))
    ] == [
        (4, None, first),
        (5, None, first),
    ]
