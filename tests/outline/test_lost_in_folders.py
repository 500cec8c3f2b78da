"""What folders that teachers keep lost without a word: addresses that an author typed, texts without paragraphs, data
in tables that look like plans, blanks that a learner fills in."""

from __future__ import annotations

from pathlib import Path

import docx
import msgspec
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from coursepack import build, discovery
from coursepack.model.course import Course


def course(folder: Path, **files: str) -> Course:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    (loaded,) = discovery.find_projects([folder])
    return build.understand(loaded).course


def said(course: Course) -> str:
    """All that a course says."""
    return msgspec.json.encode(course).decode()


@pytest.mark.parametrize(
    "lines",
    [
        ("Read the tutorial and run it on your own machine", "then tell us what you saw and what went wrong"),
        ("Прочитайте руководство и запустите пример на своей машине", "и расскажите, что получилось и что нет"),
        ("Нұсқаулықты оқып, мысалды өз компьютеріңізде іске қосыңыз", "және не шыққанын, не шықпағанын айтыңыз"),
    ],
    ids=["en", "ru", "kk"],
)
def test_addresses_that_an_author_typed_stay(tmp_path: Path, lines: tuple[str, str]) -> None:
    """Four addresses, one below another, of which none stands inside a sentence, are what the file is for."""
    links = [f"https://example.org/run/{at}" for at in range(1, 5)]
    text = "\n\n".join([f"{lines[0]}.", *links, f"{lines[1].capitalize()}."])
    found = course(tmp_path, lesson5__txt=text)
    assert [link for link in links if link not in said(found)] == []


def test_addresses_that_cut_sentences_stay_out(tmp_path: Path) -> None:
    text = "\n".join(
        f"The people of the steppe counted their years by animals and\nhttps://example.org/wiki/{at}\n"
        f"told the age of a guest by the animal of his year.\n"
        for at in range(4)
    )
    found = course(tmp_path, lecture1__txt=f"Lecture 1. Years\n\n{text}")
    assert "example.org" not in said(found)


def test_a_lecture_in_one_paragraph_is_no_sheet_of_keys(tmp_path: Path) -> None:
    """A lecture whose paragraphs were lost, with numbers inside, was read as keys and left out as a whole."""
    sentence = "Пакет идёт от узла к узлу, и каждый узел смотрит только на адрес получателя. "
    paper = docx.Document()
    paper.add_paragraph("".join(f"{at}. Уровень сети. {sentence * 3}Рис. {at}. Схема. " for at in range(1, 6)))
    paper.save(str(tmp_path / "Лекция.docx"))
    found = course(tmp_path)
    assert [one.kind for _, one in found.sessions()] == ["lecture"]
    assert said(found).count("каждый узел") == 15


def test_a_list_of_addresses_is_no_sheet_of_keys(tmp_path: Path) -> None:
    links = [f"https://example.org/f/{at}a{at}b/{at}" for at in range(1, 9)]
    found = course(tmp_path, lesson1__txt="\n".join(links))
    assert [link for link in links if link not in said(found)] == []


PEOPLE = {
    "en": (
        "Practical work",
        "Here are the people of a shop.",
        "Write a query that finds everybody born after 1985.",
        "id\tname\tbirthday",
    ),
    "ru": (
        "Практическая работа",
        "Дана таблица сотрудников.",
        "Составьте запрос, который находит всех, кто родился после 1985 года.",
        "id\tимя\tдата рождения",
    ),
    "kk": (
        "Практикалық жұмыс",
        "Қызметкерлердің кестесі берілген.",
        "1985 жылдан кейін туғандардың бәрін табатын сұраныс жазыңыз.",
        "id\tаты\tтуған күні",
    ),
}


@pytest.mark.parametrize("language", PEOPLE)
def test_days_in_no_order_are_no_plan(tmp_path: Path, language: str) -> None:
    """People by their birthdays were four lectures under their names."""
    title, told, task, head = PEOPLE[language]
    rows = [
        "1\tKelley Browning\t1990-01-12",
        "2\tOmar Saidullin\t1985-03-02",
        "3\tMilton Rougier\t1979-11-30",
        "4\tCarmel Edwards\t1991-07-07",
    ]
    found = course(tmp_path, pz4__txt="\n".join([title, "", told, "", head, *rows, "", task, ""]))
    titles = [one.title for _, one in found.sessions()]
    assert not {"Kelley Browning", "Omar Saidullin", "Milton Rougier", "Carmel Edwards"} & {*titles}
    assert "Kelley Browning" in said(found)
    assert "Carmel Edwards" in said(found)


SHEETS = {
    "en": (
        "Lecture 4. Stress",
        "Stress is the answer of a body to a demand.",
        ["Stress", "Feelings", "Why"],
        "Signature",
    ),
    "ru": ("Лекция 4. Стресс", "Стресс — это ответ тела на требование.", ["Стресс", "Мысли", "Почему"], "Подпись"),
    "kk": ("4-дәріс. Күйзеліс", "Күйзеліс — дененің талапқа жауабы.", ["Күйзеліс", "Ойлар", "Неге"], "Қолы"),
}


@pytest.mark.parametrize("language", SHEETS)
def test_what_a_learner_fills_in_stays(tmp_path: Path, language: str) -> None:
    title, text, (first, second, third), signed = SHEETS[language]
    blank = "_" * 14
    lines = [f"{first} = {blank}", f"{second}: {blank}", f"{third}? {blank}", f"{signed}: {blank}"]
    sheet = "\n\n".join([f"# {title}", text, "## A", *lines])
    found = said(course(tmp_path, sheet__md=sheet))
    assert f"{first} = _" in found
    assert f"{second}: _" in found
    assert f"{third}? _" in found
    assert signed not in found


HEADS = {
    "en": (
        "ALATAU TECHNICAL UNIVERSITY",
        "FACULTY OF MACHINES AND TOOLS",
        "Department of cutting",
        "Report on the cuts",
        "Six cuts were made in steel and six in brass, and each chip was weighed by two people on two scales.",
        "Lab 6",
    ),
    "ru": (
        "АЛАТАУСКИЙ ТЕХНИЧЕСКИЙ УНИВЕРСИТЕТ",
        "ФАКУЛЬТЕТ МАШИН И ИНСТРУМЕНТОВ",
        "Кафедра резания",
        "Отчёт о резах",
        "Сделано шесть резов по стали и шесть по латуни, каждую стружку взвесили двое на двух весах.",
        "Лабораторная 6",
    ),
    "kk": (
        "АЛАТАУ ТЕХНИКАЛЫҚ УНИВЕРСИТЕТІ",
        "МАШИНА ЖӘНЕ АСПАП ФАКУЛЬТЕТІ",
        "Кесу кафедрасы",
        "Кесу туралы есеп",
        "Болат бойынша алты, жез бойынша алты кесім жасалды, әр жоңқаны екі адам екі таразымен өлшеді.",
        "Зертхана 6",
    ),
}


@pytest.mark.parametrize("language", HEADS)
def test_an_institution_in_the_middle_of_the_line_titles_no_class(tmp_path: Path, language: str) -> None:
    university, faculty, department, title, text, name = HEADS[language]
    paper = docx.Document()
    for line, centred in ((university, True), ("", True), (faculty, True), ("", False), (department, False)):
        paragraph = paper.add_paragraph(line)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in ("", title, "", text):
        paper.add_paragraph(line)
    paper.save(str(tmp_path / f"{name}.docx"))
    found = course(tmp_path)
    assert [(one.number, one.title) for _, one in found.sessions()] == [(6, title)]
    assert found.about.faculty == faculty


PLANS = {
    "ru": ("План занятий", "Дата | Тема", ["8 января | Введение", "10 января | КОЛЛОКВИУМ I (весь материал)",
           "12 января | Плотность", "15 января | Контрольная работа 2 (после коллоквиума)"]),
    "kk": ("Сабақ жоспары", "Күні | Тақырып", ["8 қаңтар | Кіріспе", "10 қаңтар | КОЛЛОКВИУМ I (барлық материал)",
           "12 қаңтар | Тығыздық", "15 қаңтар | Аралық бақылау 2 (одан кейінгі материал)"]),
    "en": ("Schedule", "Date | Topic", ["8 Jan | Introduction", "10 Jan | MIDTERM I (all material so far)",
           "12 Jan | Density", "15 Jan | Interim control 2 (after the midterm)"]),
}  # fmt: skip


@pytest.mark.parametrize("language", PLANS)
def test_a_control_of_a_day_is_no_lecture(tmp_path: Path, language: str) -> None:
    """What a plan by days says of a control, with its number and a remark in brackets, was the title of a lecture."""
    heading, head, rows = PLANS[language]
    table = "\n".join(f"| {row} |" for row in [head, "-- | --", *rows])
    found = course(tmp_path, plan__md=f"# Ecology\n\n## {heading}\n\n{table}\n")
    first, second = rows[0].split(" | ")[1], rows[2].split(" | ")[1]
    assert [one.title for _, one in found.sessions()] == [first, second]
    assert found.about.grading is not None
    assert [(one.after_week, one.name) for one in found.about.grading.interim] == [
        (1, rows[1].split(" | ")[1]),
        (2, rows[3].split(" | ")[1]),
    ]


RUBRICS = {
    "en": (
        "Project rubric",
        "Level",
        "Description",
        ["Excellent", "Good", "Weak", "None"],
        ["Topic, theory and limits explained", "Mostly clear, a detail missing", "Lacks depth", "Hard to follow"],
    ),
    "ru": (
        "Критерии оценивания проекта",
        "Балл",
        "Содержание",
        ["Отлично", "Хорошо", "Слабо", "Никак"],
        ["Тема и её границы раскрыты", "Почти всё ясно, есть пробел", "Нет глубины", "Трудно следить"],
    ),
    "kk": (
        "Жобаны бағалау критерийлері",
        "Балл",
        "Мазмұны",
        ["Өте жақсы", "Жақсы", "Әлсіз", "Жоқ"],
        ["Тақырып пен оның шегі ашылған", "Негізінен анық, бір олқылық бар", "Тереңдік жоқ", "Түсіну қиын"],
    ),
}


SYLLABI = {
    "en": ("Botany. Syllabus", "Plan of lectures", "Week", "Topic"),
    "ru": ("Ботаника. Силлабус", "План лекций", "Неделя", "Тема"),
    "kk": ("Ботаника. Силлабус", "Дәрістер жоспары", "Апта", "Тақырып"),
}


@pytest.mark.parametrize("language", RUBRICS)
def test_marks_that_go_down_from_row_to_row_count_no_classes(tmp_path: Path, language: str) -> None:
    """«3 – Good» below «4 – Excellent»: the rows of a rubric were lectures 4, 3, 2 and 1."""
    title, level, said_head, names, meanings = RUBRICS[language]
    syllabus, plan, week, topic = SYLLABI[language]
    rows = [
        f"| **{mark} – {name}** | {text} |" for mark, name, text in zip(range(4, 0, -1), names, meanings, strict=True)
    ]
    table = "\n".join([f"| {level} | {said_head} |", "| -- | -- |", *rows])
    text = f"# {syllabus}\n\n## {plan}\n\n| {week} | {topic} |\n| -- | -- |\n| 1 | A |\n| 2 | B |\n| 3 | C |\n\n"
    found = course(tmp_path, syllabus__md=f"{text}## {title}\n\n{table}\n")
    assert [(one.number, one.title) for _, one in found.sessions()] == [(1, "A"), (2, "B"), (3, "C")]
