"""A course that comes out of a package once: its week pages, questions that a page and a bank hold, printed papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.discovery import _without_prints
from coursepack.model.blocks import block_text
from coursepack.model.document import Document
from coursepack.outline.draft import ScannedFile
from tests.test_folder import understood, write

HEAD = '<html><head><meta charset="utf-8"></head><body>'
WEEKS = {
    "kk": """<h1>1-апта. Топырақ</h1><h2>1-дәріс. Топырақ</h2>
        <p>Топырақ дегеніміз жердің жоғарғы қабаты, онда өсімдіктердің тамырлары мен бактериялар тіршілік етеді.</p>
        <h2>1-семинар</h2><h3>Талқылауға арналған сұрақтар</h3>
        <ol><li>Топырақ деген не.</li><li>Қарашіріктің рөлі.</li></ol>
        <h2>1 БӨЖ. Топырақ туралы эссе</h2><p>Өз өлкеңіздің топырағы туралы үш беттік эссе жазыңыз.</p>""",
    "ru": """<h1>Неделя 1. Почва</h1><h2>Лекция 1. Почва</h2>
        <p>Почва есть верхний слой земли, в котором живут корни растений и бактерии, и он кормит человека весь год.</p>
        <h2>Семинар 1</h2><h3>Вопросы для обсуждения</h3><ol><li>Что такое почва.</li><li>Роль гумуса.</li></ol>
        <h2>СРС 1. Эссе о почве</h2><p>Напишите эссе о почве вашего края на три страницы.</p>""",
    "en": """<h1>Week 1. Soil</h1><h2>Lecture 1. Soil</h2>
        <p>Soil is the upper layer of the land in which roots of plants and bacteria live, and it feeds us all.</p>
        <h2>Seminar 1</h2><h3>For discussion</h3><ol><li>What soil is.</li><li>What humus does.</li></ol>
        <h2>Assignment 1. Essay on soil</h2><p>Write an essay of three pages on the soil of your country.</p>""",
}
NAMES = {
    "kk": ("Бақылау сұрақтары. 1-дәріс", "Топырақ туралы эссе"),
    "ru": ("Вопросы к лекции 1", "Эссе о почве"),
    "en": ("Self-check – lecture 1", "Essay on soil"),
}
TEXT = {code: page.split("<p>")[1].split("</p>")[0] for code, page in WEEKS.items()}


def _asked(category: str, *texts: str) -> str:
    asked = "".join(
        f'<question type="essay"><name><text>{text}</text></name>'
        f'<questiontext format="html"><text>&lt;p&gt;{text}&lt;/p&gt;</text></questiontext></question>'
        for text in texts
    )
    return f'<question type="category"><category><text>$course$/top/{category}</text></category></question>{asked}'


@pytest.mark.parametrize("language", sorted(WEEKS))
def test_a_page_of_a_week_keeps_its_seminar_and_its_one_task(tmp_path: Path, language: str) -> None:
    page, (category, title) = WEEKS[language], NAMES[language]
    write(tmp_path / "week1.html", f"{HEAD}{page}</body></html>".encode())
    write(tmp_path / "bank.xml", f"<quiz>{_asked(category, 'A7?', 'B7?')}{_asked('x', 'C7?')}</quiz>".encode())
    course = understood(tmp_path).course
    (week,) = course.weeks
    lecture, seminar = week.sessions
    assert (lecture.kind, seminar.kind) == ("lecture", "seminar")
    assert len(seminar.topics) + len(seminar.review) == 2
    (task,) = week.assignments
    assert (task.number, task.title) == (1, title)
    assert [block_text(one.text) for one in lecture.review] == ["A7?", "B7?"]
    assert course.exam is not None
    assert [block_text(one.text) for one in course.exam.questions] == ["C7?"]


def test_questions_of_a_list_a_quiz_and_a_bank_are_asked_once(tmp_path: Path) -> None:
    listed = "".join(f"<li>Вопрос о почве номер {word}?</li>" for word in ("раз", "два", "три"))
    page = f"{HEAD}<h1>Экзаменационные вопросы</h1><ol>{listed}</ol></body></html>"
    texts = [f"Вопрос о почве номер {word}?" for word in ("два", "раз", "четыре")]
    write(tmp_path / "exam.html", page.encode())
    write(
        tmp_path / "bank.xml", f"<quiz>{_asked('Пробный', texts[0])}{_asked('Банк', *texts, texts[2])}</quiz>".encode()
    )
    found = understood(tmp_path)
    assert found.course.exam is not None
    asked = [block_text(one.text).removeprefix("Вопрос о почве номер ") for one in found.course.exam.questions]
    assert asked == ["раз?", "два?", "три?", "четыре?", "четыре?"]  # what one file says twice is its author's
    told = [one.message for one in found.findings if one.code == "outline-question-again"]
    assert told == ["3 of its questions stand in exam.html too, word for word: each is asked once"]


@pytest.mark.parametrize(("word", "code"), [("Қорытынды", "kk"), ("Заключение", "ru"), ("Conclusion", "en")])
def test_a_page_that_is_a_conclusion_is_no_lecture(tmp_path: Path, word: str, code: str) -> None:
    page = WEEKS[code]
    write(tmp_path / "week1.html", f"{HEAD}{page}</body></html>".encode())
    write(tmp_path / "z.html", f"{HEAD}<h1>{word}</h1><h2>{word}</h2><p>{TEXT[code]}</p></body></html>".encode())
    course = understood(tmp_path).course
    assert course.conclusion is not None
    assert course.conclusion.title == word
    assert [len(week.sessions) for week in course.weeks] == [2]


def _looked(name: str, program: str) -> ScannedFile:
    return ScannedFile(
        name, Document(file=name, sha256="0" * 64, medium="x", units=(), properties={"application": program})
    )


def test_papers_that_coursepack_printed_are_passed_over_where_the_pages_of_the_course_are() -> None:
    printed = _looked("a.mbz/s00/set.docx", "coursepack")
    page, own, beside = _looked("a.mbz/s01.html", ""), _looked("a.mbz/l.docx", "Word"), _looked("b.docx", "coursepack")
    kept, passed = _without_prints([printed, page, own, beside])
    assert [one.name for one in kept] == ["a.mbz/s01.html", "a.mbz/l.docx", "b.docx"]
    assert [(one.file, one.fate) for one in passed] == [("a.mbz/s00/set.docx", "built")]
    assert _without_prints([printed])[1] == []
