"""Papers read for the first time: what stands behind a list of questions, values that only look like data of a course,
titles on two lines, signs of lists, terms in brackets."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text
from coursepack.model.course import Course, Session
from coursepack.model.questions import Description
from coursepack.text.lines import MARK
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


def _asked(course: Course) -> list[str]:
    exam = course.exam
    return [] if exam is None else [block_text(one.text) for one in exam.questions if not isinstance(one, Description)]


@pytest.mark.parametrize(
    ("heading", "questions", "remark"),
    [
        (
            "Вопросы к экзамену",
            ["Что такое лёд?", "Формы снега.", "Движение ледника."],
            "При ответе на каждый вопрос привести пример из практики.",
        ),
        (
            "Вопросы к зачёту",
            ["Что такое лёд?", "Формы снега.", "Движение ледника."],
            "Зачёт: один вопрос из этих и одна задача.",
        ),
        (
            "Емтихан сұрақтары",
            ["Мұз дегеніміз не?", "Қардың түрлері.", "Мұздықтың қозғалысы."],
            "Әрбір сұраққа тәжірибеден мысал келтіру керек.",
        ),
        (
            "Exam questions",
            ["What is ice?", "Forms of snow.", "How glaciers move."],
            "Each ticket consists of two of these questions and a problem.",
        ),
    ],
)
def test_how_an_exam_is_held_is_none_of_its_questions(
    tmp_path: Path, heading: str, questions: list[str], remark: str
) -> None:
    text = "\n".join([heading, *(f"{n}. {one}" for n, one in enumerate(questions, 1)), remark])
    course = _read(tmp_path, text, "paper.txt")
    assert _asked(course) == questions
    assert course.exam is not None
    last = course.exam.questions[-1]
    assert isinstance(last, Description)
    assert block_text(last.text) == remark


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("**Формат:** 12 лекций по 50 минут", None),
        ("**Формат:** выполняем задания из тетради и сдаём их до конца недели", None),
        ("**Формат обучения:** очно, 12 недель", "очно, 12 недель"),
        ("**Format:** Face to face", "Face to face"),
        ("**Format:** 12 lectures of 50 minutes", None),
    ],
)
def test_what_counts_classes_is_no_form_of_study(tmp_path: Path, line: str, form: str | None) -> None:
    body = "## Лекция 1. Лёд\n\nТекст о льде.\n\n## Лекция 2. Снег\n\nТекст о снеге."
    course = _read(tmp_path, f"# Гляциология\n\n{line}\n\n{body}")
    assert course.about.study_form == form
    assert [str(one.title) for one in _sessions(course)] == ["Лёд", "Снег"]


@pytest.mark.parametrize("sign", "▶▸➤❖◆⦁🔹")
def test_signs_of_lists(sign: str) -> None:
    found = MARK.match(f"{sign} Лёд и снег")
    assert found is not None
    assert found["bullet"]
    assert found.end() == 2


@pytest.mark.parametrize(("line", "city"), [("Февраль 2026", None), ("Ақпан 2026", None), ("Орал 2026", "Орал")])
def test_a_month_is_no_city(tmp_path: Path, line: str, city: str | None) -> None:
    head = f"Северный университет\n\nСиллабус дисциплины «Гляциология»\n\n{line}"
    body = "## Лекция 1. Лёд\n\nТекст о льде.\n\n## Лекция 2. Снег\n\nТекст о снеге."
    course = _read(tmp_path, f"{head}\n\n{body}")
    assert (course.about.city, course.about.year) == (city, "2026")


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            ["Вопросы к экзамену", "по дисциплине «Гляциология» для I курса", "(I семестр), группы А, Б, В"],
            "Гляциология",
        ),
        (["(I семестр), группы А, Б, В", "Вопросы к экзамену"], None),
    ],
)
def test_a_line_in_brackets_is_no_title(tmp_path: Path, lines: list[str], title: str | None) -> None:
    word = Word().b(*lines)
    word.p("Что такое лёд?", "Формы снега.", "Движение ледника.", num=word.numbering())
    course = _of_word(tmp_path, word)
    assert course.title == (title or tmp_path.name)
    assert _asked(course) == ["Что такое лёд?", "Формы снега.", "Движение ледника."]


def test_a_dictionary_whose_title_takes_two_lines(tmp_path: Path) -> None:
    word = Word().b("Полярный словарь", "терминов – слов гляциологии")
    word.p(
        "Альбедо (лат. albus – белый) – доля света, которую отражает снег.",
        "Морена – обломки, которые принёс ледник.",
        "Фирн – плотный снег, который пережил лето.",
        "Ледник – масса льда, которая движется.",
    )
    course = _of_word(tmp_path, word)
    assert course.title == "Полярный словарь терминов – слов гляциологии"
    assert [one.term for one in course.glossary] == ["Альбедо (лат. albus – белый)", "Морена", "Фирн", "Ледник"]


def test_what_several_lines_of_code_begin_with_is_no_term(tmp_path: Path) -> None:
    word = Word().b("Лабораторная работа 1. Рисование").p("Цель работы: нарисовать снег.")
    word.p(*(f"void\tdraw{name} ( const Rect & frame, int width )" for name in ("Line", "Arc", "Rect", "Text")))
    course = _of_word(tmp_path, word)
    assert course.glossary == ()
    (session,) = _sessions(course)
    assert sum("void" in block_text((one,)) for one in session.blocks) == 4


def _assigned(course: Course) -> list[list[str]]:
    return [[block_text((block,)) for block in one.blocks] for week in course.weeks for one in week.assignments]


def test_work_that_is_set_above_questions_is_none_of_them(tmp_path: Path) -> None:
    questions = [
        "Что такое лёд?",
        "Чем лёд отличается от снега?",
        "Какие бывают ледники?",
        "Что такое морена?",
        "Почему движется лёд?",
    ]
    work = [
        "Практическое задание:",
        "Начертите карту ледника, на которой показаны:",
        "1. Область питания",
        "2. Язык ледника",
    ]
    listed = [f"{n}. {one}" for n, one in enumerate(questions, 1)]
    course = _read(tmp_path, "\n".join([*work, "Вопросы по гляциологии", *listed]), "paper.txt")
    assert _asked(course) == questions
    (assigned,) = _assigned(course)
    assert assigned[0] == "Начертите карту ледника, на которой показаны:"
    assert "Область питания" in assigned[1]
    assert "Язык ледника" in assigned[1]


@pytest.mark.parametrize(
    ("title", "variant"),
    [
        ("Контрольная работа № 2 по дисциплине «Гляциология»", "Вариант 3"),
        ("«Гляциология» пәні бойынша №2 бақылау жұмысы", "3-нұсқа"),
    ],
)
def test_written_work_of_one_variant_is_a_list_of_questions(tmp_path: Path, title: str, variant: str) -> None:
    questions = [
        "Ледник прошёл 3 км за 20 лет. Найдите его скорость.",
        "Оцените возраст льда.",
        "Докажите, что лёд легче воды.",
    ]
    listed = [f"{n}. ({n + 2} балла) {one}" for n, one in enumerate(questions, 1)]
    course = _read(tmp_path, "\n".join([title, variant, *listed]), "paper.txt")
    assert _asked(course) == questions
    assert [one.mark for one in course.exam.questions] == [3.0, 4.0, 5.0] if course.exam else False
    assert _sessions(course) == []


def test_questions_that_initials_count_are_a_list_whose_numbers_may_be_missing(tmp_path: Path) -> None:
    questions = [
        "Дать определение ледника.",
        "Построить схему питания.",
        "Физический смысл альбедо.",
        "Классы снега.",
        "Свойства фирна.",
        "Виды морен.",
    ]
    listed = [f"КВ № {n}. {one}" for n, one in zip([1, 2, 3, 4, 6, 8], questions, strict=True)]
    course = _read(tmp_path, "\n".join(["Контрольные вопросы для самоподготовки", *listed]), "paper.txt")
    assert _asked(course) == questions
    assert course.exam is not None
    assert [one.printed for one in course.exam.questions][-1:] == ["КВ № 8"]


@pytest.mark.parametrize(
    ("lecture", "after"), [("Лекция {}. ", "После лекции {} — "), ("Lecture {}. ", "After lecture {} — ")]
)
def test_what_follows_a_lecture_is_no_lecture(tmp_path: Path, lecture: str, after: str) -> None:
    titles = ["Лёд", "Снег", "Ледники"]
    lectures = [f"## {lecture.format(n)}{one}\n\n- Строение\n- Свойства" for n, one in enumerate(titles, 1)]
    points = [f"{n}. {after.format(n)}сдать отчёт" for n in (1, 2, 3)]
    course = _read(tmp_path, "\n\n".join(["# Гляциология", *lectures, "## Контрольные точки", "\n".join(points)]))
    assert [(one.number, one.title) for one in _sessions(course)] == [(1, "Лёд"), (2, "Снег"), (3, "Ледники")]


def test_modules_with_hours_over_topics_are_classes_and_no_test(tmp_path: Path) -> None:
    modules = {
        "Лёд и его строение": [
            "Общие сведения о льде",
            "Кристаллы льда.",
            "Плотность и прочность",
            "Свойства: albedo, density, strength",
        ],
        "Снежный покров": [
            "Общие сведения о снеге",
            "Запас воды.",
            "Лавины и метели",
            "Свойства: albedo, density, depth",
        ],
        "Ледники": ["Питание ледника", "Движение ледника.", "Морены и озы", "Формы: valley, cirque, sheet"],
    }
    word = Word().p("Детальная информация о курсе")
    for number, (title, topics) in enumerate(modules.items(), 1):
        word.b(f"Модуль {number}. {title} – {number} часа").p(*topics)
    found = _sessions(_of_word(tmp_path, word))
    assert [(one.number, one.title, one.hours) for one in found] == [
        (n, title, n) for n, title in enumerate(modules, 1)
    ]


def test_what_so_many_points_are_given_for_is_no_test_and_no_work(tmp_path: Path) -> None:
    lines = [
        "Критерии активности по курсу «Гляциология»",
        "Посещение занятий:",
        "- не более двух пропусков – 1 балл",
        "- больше двух пропусков – 0 баллов",
        "Выполнение домашней работы:",
        "- 0,5 балла – выполнено в срок",
        "- 0,25 балла – с опозданием",
    ]
    course = _read(tmp_path, "\n".join(lines), "paper.txt")
    assert (course.title, _asked(course), _assigned(course)) == ("Гляциология", [], [])
    titles = [one.title for one in course.about.policies]
    assert titles == ["Посещение занятий", "Выполнение домашней работы"]


def test_aims_of_a_task_end_before_the_theory(tmp_path: Path) -> None:
    word = Word().b("Практическая работа № 1. Снег", "Цели задания").p("Научиться мерить плотность снега.")
    word.p("Теоретические сведения.", num=word.numbering()).p(
        "Снег состоит из кристаллов льда.", "Плотность растёт к весне."
    )
    (session,) = _sessions(_of_word(tmp_path, word))
    assert [block_text((one,)) for one in session.aims] == ["Научиться мерить плотность снега."]
    assert [block_text((one,)) for one in session.blocks] == [
        "Снег состоит из кристаллов льда.",
        "Плотность растёт к весне.",
    ]


@pytest.mark.parametrize("line", ["Topic Date Hours Reading", "Номер Дата выдачи Дедлайн Темы задач Тип"])
def test_the_head_of_a_table_that_no_rules_draw_is_no_title(tmp_path: Path, line: str) -> None:
    word = Word().b(line).p("Лёд плавает на воде и всю зиму греет реку под собой, так что рыбы в ней живут.")
    assert _of_word(tmp_path, word).title == tmp_path.name
