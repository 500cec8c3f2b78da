"""Courses put together from parts in ever other words and forms; each is the smallest that was misread."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.model.questions import Essay

LEAF = "A leaf breathes through small pores. It takes carbon dioxide from the air and gives oxygen."
STEM = "Stems carry water from the roots to the leaves. Wood is a tissue of dead cells."


def read(folder: Path, text: str, name: str) -> Course:
    """The course of one file of text; where ``name`` is «docx», of a Word document with headings by style."""
    if name == "docx":
        document = docx.Document()
        for line in filter(None, text.split("\n")):
            words = line.lstrip("# ")
            level = len(line) - len(line.lstrip("#"))
            style = "Title" if level == 1 else f"Heading {level - 1}" if level else None
            document.add_paragraph(words, style=style)
        document.save(str(folder / "a.docx"))
    else:
        plain = text if name.endswith(".md") else text.replace("#", "")
        (folder / name).write_text("\n".join(line.strip() for line in plain.split("\n")), encoding="utf-8")
    (loaded,) = find_projects([folder])
    return build.understand(loaded).course


def classes(course: Course) -> list[tuple[str, int | None, str | None, str]]:
    return [(one.kind, one.number, one.title, block_text(one.blocks)) for _, one in course.sessions()]


ANSWERS = {
    "en": ("Review questions", "Lecture {}. {}", "What is a pore?", "Answer: A small opening.", "A small opening."),
    "ru": ("Контрольные вопросы", "Лекция {}. {}", "Что такое устьице?", "Ответ. Пора в кожице.", "Пора в кожице."),
    "kk": ("Бақылау сұрақтары", "{}-дәріс. {}", "Саңылау деген не?", "Жауабы: Қабықтағы тесік.", "Қабықтағы тесік."),
}


@pytest.mark.parametrize("form", ["a.md", "a.txt", "docx"])
@pytest.mark.parametrize("lang", ANSWERS)
def test_an_answer_below_a_review_question_is_for_the_teacher(tmp_path: Path, lang: str, form: str) -> None:
    heading, lecture, asked, line, answer = ANSWERS[lang]
    text = "# Botany\n\n"
    for number in (1, 2):
        text += f"## {lecture.format(number, 'ABC'[number])}otany\n\n{LEAF}\n\n### {heading}\n\n"
        text += f"1. {asked}\n\n{line}\n\n2. {asked[:-1]} 2?\n\n{line}\n\n"
    for _, one in read(tmp_path, text, form).sessions():
        assert [block_text(question.text) for question in one.review] == [asked, f"{asked[:-1]} 2?"]
        assert [block_text(q.grader_notes) for q in one.review if isinstance(q, Essay)] == [answer, answer]


PLANS = {
    "en": ("Weekly plan", "Week {}: {}", "Lecture No. {} – {}"),
    "ru": ("Тематический план", "Неделя {}. {}", "Лекция №{}. {}"),
    "kk": ("Тақырыптық жоспар", "{}-апта. {}", "{}-дәріс. {}"),
}
TOPICS = {
    "en": ("Leaves and light", "The stem of a tree", "Roots and water"),
    "ru": ("Листья и свет", "Стебель дерева", "Корни и вода"),
    "kk": ("Жапырақ және жарық", "Ағаш сабағы", "Тамыр мен су"),
}


@pytest.mark.parametrize("lang", PLANS)
def test_lectures_below_weeks_of_a_line_each_are_told_once(tmp_path: Path, lang: str) -> None:
    heading, week, lecture = PLANS[lang]
    topics = TOPICS[lang]
    text = f"# Botany\n\n## {heading}\n\n" + "".join(f"{week.format(n, t)}\n\n" for n, t in enumerate(topics, 1))
    for number, (topic, told) in enumerate(zip(topics, (LEAF, STEM), strict=False), 1):
        text += f"## {lecture.format(number, topic)}\n\n{told}\n\n"
    course = read(tmp_path, text, "a.txt")
    assert classes(course) == [
        ("lecture", 1, topics[0], LEAF),
        ("lecture", 2, topics[1], STEM),
        ("lecture", 3, topics[2], ""),
    ]
    assert [week.number for week in course.weeks] == [1, 2, 3]


@pytest.mark.parametrize("form", ["a.md", "a.txt", "docx"])
@pytest.mark.parametrize("dot", [".", ""])
def test_sections_that_a_sign_counts_are_the_classes(tmp_path: Path, dot: str, form: str) -> None:
    text = f"# Botany\n\n## § 1{dot} Leaves\n\n{LEAF}\n\n## § 2{dot} Stems\n\nIt is hard.\n\n"
    text += f"## § 3{dot} Roots\n\n{STEM}\n"
    text += "\n## Exam questions\n\n1. What is a leaf?\n2. What is a stem?\n3. What is a root?\n"
    course = read(tmp_path, text, form)
    assert classes(course) == [
        ("lecture", 1, "Leaves", LEAF),
        ("lecture", 2, "Stems", "It is hard."),
        ("lecture", 3, "Roots", STEM),
    ]
    assert course.about.policies == ()
    assert course.exam is not None
    assert len(course.exam.questions) == 3


FRONT = "Aral State University\n\nDepartment of Biology\n\n"


@pytest.mark.parametrize("head", ["{paper}\n\n# {title}", "# {title}\n\n{paper}"])
@pytest.mark.parametrize("paper", ["COURSE PROGRAMME", "STUDY PACK", "READINGS AND TASKS 2026"])
@pytest.mark.parametrize("form", ["a.md"])
def test_the_only_heading_over_all_others_is_the_title(tmp_path: Path, form: str, paper: str, head: str) -> None:
    told = head.format(paper=paper, title="The Economics of Small Farms")
    text = f"{FRONT}{told}\n\nAralsk, 2026\n\n## Unit 1. Leaves\n\n{LEAF}\n\n## Unit 2. Stems\n\n{STEM}\n"
    course = read(tmp_path, text, form)
    assert course.title == "The Economics of Small Farms"
    assert [title for _, _, title, _ in classes(course)] == ["Leaves", "Stems"]
    assert (course.about.university, course.about.city) == ("Aral State University", "Aralsk")


STATED = {
    "en": ("Lecture", "History of the question", "In 1665 Hooke saw cells in cork.", "Check yourself", "What is cork?"),
    "ru": ("Лекция", "История вопроса", "В 1665 г. Гук увидел клетки.", "Проверьте себя", "Что такое пробка?"),
}


@pytest.mark.parametrize("lang", STATED)
def test_sentences_that_ask_nothing_are_no_questions(tmp_path: Path, lang: str) -> None:
    lecture, history, said, review, asked = STATED[lang]
    prose = f"{LEAF} {STEM} {LEAF}"  # so much that what stands behind it may be questions
    text = f"# Botany\n\n## {lecture} 1. Cork\n\n{prose}\n\n### {history}\n\n{said}\n\n"
    text += f"### {review}\n\n1. {asked}\n2. {asked[:-1]} 2?\n"
    ((_, one),) = read(tmp_path, text, "a.md").sessions()
    assert block_text(one.blocks) == f"{prose}\n{history}\n{said}"
    assert [block_text(question.text) for question in one.review] == [asked, f"{asked[:-1]} 2?"]


def test_the_only_heading_over_the_notes_of_one_class_is_the_title_of_the_class(tmp_path: Path) -> None:
    head = "*History of Gardens* · University of Port Maren · Dr Ida Moss\n\n# Walls of hedge: the formal garden\n\n"
    text = f"{head}(third meeting)\n\n## Clipping\n\n{LEAF}\n\n## Levels\n\n{STEM}\n\n## Water\n\n{LEAF}\n"
    course = read(tmp_path, text, "a.md")
    assert course.title == "History of Gardens"
    assert [one.title for _, one in course.sessions()] == ["Walls of hedge: the formal garden"]
