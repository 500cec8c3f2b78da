"""Courses of a few lines: the title, one class or several, and the lists of a course behind them in any order."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text
from coursepack.outline import Understood

LEAF = "A leaf breathes through small pores. It takes carbon dioxide from the air and gives oxygen."
STEM = "Stems carry water from the roots to the leaves. Wood is a tissue of dead cells."
LIST = "1. What is a leaf made of?\n2. Describe the stem of a tree.\n3. How do roots take up water?"
TERMS = {"Stoma": "A pore in the skin of a leaf.", "Xylem": "A tissue that carries water."}
RUSSIAN = "Лист дышит через мелкие поры. Он берёт углекислый газ из воздуха и отдаёт кислород."


def understood(folder: Path, text: str, name: str = "a.md") -> Understood:
    (folder / name).write_text(text, encoding="utf-8")
    (loaded,) = find_projects([folder])
    return build.understand(loaded)


def bold(folder: Path, text: str) -> Understood:
    """The course as a Word document whose headings («#») are bold lines of normal type, the first one centred."""
    document = docx.Document()
    for line in text.split("\n"):
        if line:
            paragraph = document.add_paragraph()
            paragraph.add_run(line.lstrip("# ")).bold = line.startswith("#")
            if line.startswith("# "):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.save(str(folder / "a.docx"))
    (loaded,) = find_projects([folder])
    return build.understand(loaded)


@pytest.mark.parametrize("title", ["Введение в почвоведение", "Введение в специальность", "Ботаника"])
@pytest.mark.parametrize("form", ["a.md", "a.txt", "docx"])
def test_a_title_may_begin_as_an_introduction(tmp_path: Path, title: str, form: str) -> None:
    text = f"# {title}\n\n## Лекция 1. Листья\n\n{RUSSIAN}\n\n## Лекция 2. Стебли\n\n{RUSSIAN}\n"
    text += "\n## Вопросы к экзамену\n\n1. Из чего состоит лист?\n2. Опишите стебель.\n3. Как корни всасывают воду?\n"
    found = (
        bold(tmp_path, text)
        if form == "docx"
        else understood(tmp_path, text.replace("#", "") if form[2] == "t" else text, form)
    )
    course = found.course
    assert course.title == title
    assert [one.title for _, one in course.sessions()] == ["Листья", "Стебли"]
    assert course.introduction is None
    assert course.exam is not None
    assert len(course.exam.questions) == 3


@pytest.mark.parametrize("headings", ["marked", "bold"])
def test_questions_of_the_exam_behind_one_class_are_no_whole_document(tmp_path: Path, headings: str) -> None:
    text = f"# Botany\n\n## Lecture 1. Leaves\n\n{LEAF}\n\n## Exam questions\n\n{LIST}\n"
    course = (bold(tmp_path, text) if headings == "bold" else understood(tmp_path, text)).course
    ((_, lecture),) = course.sessions()
    assert (lecture.title, [block_text((one,)) for one in lecture.blocks]) == ("Leaves", [LEAF])
    assert course.exam is not None
    assert [block_text(one.text) for one in course.exam.questions] == [line[3:] for line in LIST.split("\n")]


def test_classes_behind_the_questions_of_the_exam_are_not_in_them(tmp_path: Path) -> None:
    text = (
        f"# Botany\n\n## Lecture 1. Leaves\n\n{LEAF}\n\n## Exam questions\n\n{LIST}\n\n## Seminar 1. Stems\n\n{STEM}\n"
    )
    course = bold(tmp_path, text).course
    assert [(one.kind, one.title) for _, one in course.sessions()] == [("lecture", "Leaves"), ("seminar", "Stems")]
    assert course.exam is not None
    assert len(course.exam.questions) == 3


@pytest.mark.parametrize(
    ("classes", "form"),
    [
        (1, "deeper"),
        (1, "same level"),
        (1, "lines"),
        (1, "bold"),
        (2, "deeper"),
        (2, "same level"),
        (2, "bold"),
        (2, "lines"),
    ],
)
def test_a_term_may_be_a_heading_over_its_meaning(tmp_path: Path, classes: int, form: str) -> None:
    level = {"deeper": "###", "lines": ""}.get(form, "##")
    lectures = "".join(f"## Lecture {n}. Part {n}\n\n{LEAF}\n\n" for n in range(1, classes + 1))
    terms = "".join(f"{level} {term}\n\n{meaning}\n\n" for term, meaning in TERMS.items())
    text = f"# Botany\n\n{lectures}## Glossary\n\n{terms}## Exam questions\n\n{LIST}\n"
    course = (bold(tmp_path, text) if form == "bold" else understood(tmp_path, text)).course
    assert {one.term: block_text(one.definition) for one in course.glossary} == TERMS
    assert len(list(course.sessions())) == classes
    assert course.exam is not None
    assert len(course.exam.questions) == 3


@pytest.mark.parametrize(
    ("heading", "line"),
    [("Терминдер мен анықтамалар", "Саңылау – жапырақтағы тесік."), ("Сөздік", "Саңылау: жапырақтағы тесік.")],
)
def test_names_of_a_glossary_in_kazakh(tmp_path: Path, heading: str, line: str) -> None:
    text = "Ботаника\n\nДәріс 1. Жапырақ\n\nЖапырақ ұсақ саңылаулар арқылы тыныс алып, оттегін бөледі. Ол тірі."
    text += f"\n\nДәріс 2. Сабақ\n\nСабақ суды тамырдан жапыраққа жеткізеді. Сүрегі өлі ұлпадан тұрады.\n\n{heading}"
    text += "\n\n"
    course = understood(
        tmp_path, text + line + "\n\nКсилема – су өткізетін ұлпа.\n\nКамбий – жасушалар қабаты.\n", "a.txt"
    ).course
    assert [one.term for one in course.glossary] == ["Саңылау", "Ксилема", "Камбий"]


def test_what_is_not_understood_is_told_with_its_places(tmp_path: Path) -> None:
    text = f"# Botany\n\n## Lecture 1. Leaves\n\n{LEAF}\n\n## Lecture 2. Stems\n\n{STEM}\n"
    text += "\n## Glossary\n\nNo term is here.\n\nNor here.\n"
    found = understood(tmp_path, text)
    assert [one.message for one in found.findings if one.code == "outline-left-out"] == [
        "21 characters were not recognized and are left out: paragraphs 7, 8"
    ]


DUE = {
    "en": ("Independent work", "Assignment {n}. {name}", "Draw it.", "Due – week {w}. At most – {p} points."),
    "ru": ("Самостоятельная работа", "Задание {n}. {name}", "Постройте лист.", "Срок сдачи – {w} неделя. {p} баллов."),
}


@pytest.mark.parametrize("language", sorted(DUE))
def test_a_line_of_nothing_but_a_due_week_is_no_work(tmp_path: Path, language: str) -> None:
    head, task, text, due = DUE[language]
    listed = [("Atlas", 5, 20), ("Relief", 9, 25), ("Scale", 12, 30)]
    lines = [
        f"{task.format(n=n, name=name)}\n\n{text}\n\n{due.format(w=week, p=points)}"
        for n, (name, week, points) in enumerate(listed, 1)
    ]
    course = understood(tmp_path, f"{head}\n\n" + "\n\n".join(lines) + "\n", "a.txt").course
    found = [one for week in course.weeks for one in week.assignments]
    assert [(one.number, one.title, one.points) for one in found] == [
        (n, name, points) for n, (name, _, points) in enumerate(listed, 1)
    ]


def test_a_sentence_of_what_must_be_known_is_no_list_of_courses(tmp_path: Path) -> None:
    text = "# Tables\n\n## Prerequisites\n\nhow to sort a column. That's all.\n\n"
    text += f"## Lecture 1. Leaves\n\n{LEAF}\n\n## Lecture 2. Stems\n\n{STEM}\n"
    assert understood(tmp_path, text).course.about.prerequisites == ("how to sort a column. That's all.",)


@pytest.mark.parametrize("classes", [1, 2, 3])
def test_a_test_behind_classes_that_are_told_is_no_whole_document(tmp_path: Path, classes: int) -> None:
    titles = ["Sand", "Loam", "Clay"][:classes]
    lectures = "".join(f"# Lecture {n}. {title}\n\n{STEM}\n\n" for n, title in enumerate(titles, 1))
    asked = "".join(f"{n}. Which part is it?\n\nA) leaf\n\nB) root\n\nC) stem\n\nAnswer: B\n\n" for n in (1, 2, 3))
    course = understood(tmp_path, f"# Soil science\n\n{lectures}# Test questions\n\n{asked}").course
    told = [(one.title, block_text(one.blocks[:1])) for _, one in course.sessions()]
    assert told == [(title, STEM) for title in titles]
    assert len(list(course.questions())) == 3


def test_the_questions_of_the_exam_behind_lines_that_take_turns(tmp_path: Path) -> None:
    terms = "".join(f"{term}\n\n{meaning}\n\n" for term, meaning in [*TERMS.items(), ("Pith", "The core of a stem.")])
    text = f"Botany\n\nLecture 1. Leaves\n\n{LEAF}\n\nSeminar 1. Stems\n\n{STEM}\n\nGlossary\n\n{terms}"
    course = understood(tmp_path, f"{text}Exam questions\n\n{LIST}\n", "a.txt").course
    assert [one.term for one in course.glossary] == ["Stoma", "Xylem", "Pith"]
    assert course.exam is not None
    assert len(course.exam.questions) == 3


def test_sentences_below_the_number_of_a_class_are_its_text(tmp_path: Path) -> None:
    sand, clay = "Sand is coarse. It dries soon after the rain.", "Clay is fine. It keeps water for a long time."
    text = f"# Soil science\n\n## Lecture 1. Part 1\n\n{sand}\n\n## Lecture 2. Part 2\n\n{clay}\n"
    found = [block_text(one.blocks) for _, one in understood(tmp_path, text).course.sessions()]
    assert found == [sand, clay]


@pytest.mark.parametrize(
    ("plan", "row", "head", "title"),
    [
        ("| Апта | Дәріс тақырыбы |", "Дәнекерлеу доғасы және оның қасиеттері", "Дәріс 1. {title}", "Дәнекерлеу"),
        ("| Неделя | Тема лекции |", "Взаимные блокировки, или тупики", "Лекция 1. {title}", "Сварка"),
    ],
)
def test_a_title_in_capitals_is_written_as_the_plan_has_it(
    tmp_path: Path, plan: str, row: str, head: str, title: str
) -> None:
    (tmp_path / "plan.md").write_text(f"# {title}\n\n{plan}\n| --- | --- |\n| 1 | {row} |\n| 2 | {title} 2 |\n")
    text = RUSSIAN if "лекции" in plan else "Доға ток арқылы жанады. Оның температурасы өте жоғары болады."
    found = understood(tmp_path, f"{head.format(title=row.upper())}\n\n{text}\n", "a.txt")
    assert [finding.message for finding in found.findings if finding.code == "ledger-lost"] == []
    first = next(one for _, one in found.course.sessions() if one.number == 1)
    assert (first.title, block_text(first.blocks)) == (row, text)
