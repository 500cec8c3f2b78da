"""Letters under short titles that ask nothing count the points of an outline, no answers to choose from."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from coursepack import build, discovery
from coursepack.model.course import Course

HEADS = {
    "en": ("Food process design", "Course description", "Report format"),
    "ru": ("Пищевые производства", "Описание курса", "Строение отчёта"),
    "kk": ("Тағам өндірісі", "Курстың сипаттамасы", "Жазба құрылымы"),
}
WORDS = {
    "en": ("The course shows how a plant is designed from its first drawing to its last valve.", "Grading", "Exam"),
    "ru": ("Курс показывает, как проектируют завод от первого чертежа до последнего вентиля.", "Оценивание", "Экзамен"),
    "kk": ("Курс зауыттың алғашқы сызбадан соңғы шүмекке дейін қалай жобаланатынын көрсетеді.", "Бағалау", "Емтихан"),
}
POINTS = {
    "en": [
        ("Title page", ["It bears the title of the report and the names of the group.", "No picture stands on it."]),
        ("Abstract", ["It is written so that a reader finds what was done.", "It is no longer than a page."]),
        ("Introduction", ["It begins with a broad description of the process.", "It ends with the aim of the work."]),
        ("References", ["They follow the style of the journal.", "All ideas of others are cited here."]),
    ],
    "ru": [
        ("Титульный лист", ["На нём стоят название отчёта и имена группы.", "Рисунков на нём нет."]),
        ("Аннотация", ["Она пишется так, чтобы читатель нашёл сделанное.", "Она не длиннее страницы."]),
        ("Введение", ["Оно начинается с общего описания процесса.", "Оно кончается целью работы."]),
        ("Список источников", ["Он следует правилам журнала.", "Все чужие мысли названы здесь."]),
    ],
    "kk": [
        ("Титул беті", ["Онда есептің атауы мен топтың аттары тұрады.", "Онда сурет болмайды."]),
        ("Аңдатпа", ["Ол оқырман жасалғанды табатындай жазылады.", "Ол бір беттен аспайды."]),
        ("Кіріспе", ["Ол процестің жалпы сипаттамасынан басталады.", "Ол жұмыстың мақсатымен аяқталады."]),
        ("Дереккөздер тізімі", ["Ол журналдың ережесіне сүйенеді.", "Бөтен ойлардың бәрі осында аталады."]),
    ],
}
LETTERS = {"en": "ab", "ru": "аб", "kk": "аб"}


def lines(language: str) -> list[str]:
    found: list[str] = []
    for number, (title, points) in enumerate(POINTS[language], 1):
        found.append(f"{number}. {title}")
        found += [f"{letter}) {point}" for letter, point in zip(LETTERS[language], points, strict=True)]
    return found


def course(path: Path) -> Course:
    (loaded,) = discovery.find_projects([path])
    return build.understand(loaded).course


def holds(made: Course, language: str) -> bool:
    told = str(made.about)
    return all(point in told for _, points in POINTS[language] for point in points)


@pytest.mark.parametrize("language", HEADS)
def test_an_outline_in_word_is_no_test(language: str, tmp_path: Path) -> None:
    path = tmp_path / "syllabus.docx"
    document = docx.Document()
    title, description, form = HEADS[language]
    text, grading, exam = WORDS[language]
    document.add_heading(title, 1)
    document.add_paragraph({"en": "Syllabus", "ru": "Силлабус", "kk": "Силлабус"}[language])
    document.add_heading(description, 2)
    document.add_paragraph(text)
    document.add_heading(form, 2)
    for line in lines(language):
        document.add_paragraph(line)
    document.add_heading(grading, 2)
    document.add_paragraph(f"{form}: 40 %")
    document.add_paragraph(f"{exam}: 60 %")
    document.save(str(path))
    made = course(path)
    assert made.exam is None
    assert holds(made, language)


def test_questions_over_sentences_are_a_test(tmp_path: Path) -> None:
    path = tmp_path / "syllabus.md"
    text = f"# {HEADS['en'][0]}\n\n## {HEADS['en'][1]}\n\n{WORDS['en'][0]}\n\n## How far you are\n\n"
    for number, (title, points) in enumerate(POINTS["en"], 1):
        options = "\n\n".join(f"{letter}) {point}" for letter, point in zip("ab", points, strict=True))
        text += f"{number}. What is true of the {title.lower()}?\n\n{options}\n\n"
    path.write_text(text + "## Grading\n\nReport: 40 %\n\nExam: 60 %\n", encoding="utf-8")
    made = course(path)
    assert made.exam is not None
    assert len(made.exam.questions) == len(POINTS["en"])
