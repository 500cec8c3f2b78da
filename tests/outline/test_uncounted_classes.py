"""Several classes in one document under numbers alone, bare titles or words that nobody lists."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text
from coursepack.model.course import Course

TEXT = {
    "en": (
        "The sky turns above the hill, and whoever watches long enough sees that the stars keep their places.",
        "A planet wanders among them, stops, goes back for a while and then goes on, which puzzled everybody.",
    ),
    "ru": (
        "Небо поворачивается над холмом, и кто смотрит достаточно долго, видит, что звёзды держатся своих мест.",
        "Планета блуждает среди них, останавливается, идёт назад и снова вперёд, и это удивляло всех.",
    ),
    "kk": (
        "Аспан төбенің үстінде айналады, ал ұзақ қараған адам жұлдыздардың орнынан қозғалмайтынын көреді.",
        "Планета олардың арасында кезіп жүреді, тоқтайды, кері қайтады, сосын қайта алға жылжиды.",
    ),
}
TITLES = {
    "en": ("The turning sky", "Wandering lights", "The moon and its faces"),
    "ru": ("Вращение неба", "Блуждающие огни", "Луна и её лица"),
    "kk": ("Аспанның айналуы", "Кезбе шырақтар", "Ай және оның жүздері"),
}
PARTS = {
    "en": ("Questions to think about", ("Why do stars rise?", "What does a planet do?"), "Further reading"),
    "ru": ("Контрольные вопросы", ("Почему звёзды восходят?", "Что делает планета?"), "Литература"),
    "kk": ("Бақылау сұрақтары", ("Жұлдыздар неге шығады?", "Планета не істейді?"), "Әдебиеттер"),
}
HEAD = {
    "en": ("Astronomy for Poets", "Lectures of the spring term"),
    "ru": ("Астрономия для поэтов", "Курс лекций"),
    "kk": ("Ақындарға арналған астрономия", "Дәрістер жинағы"),
}
BOOK = "Sagan C. Cosmos. New York: Random House, 1980."
ROMAN = ("I", "II", "III")

FORMS: dict[str, Callable[[int, str], list[str]]] = {
    "a bare title": lambda n, title: [title],
    "a number": lambda n, title: [f"{n}. {title}"],
    "a bracket": lambda n, title: [f"[{n}] {title}"],
    "a Roman number": lambda n, title: [f"{ROMAN[n - 1]}. {title}"],
    "a number on a line of its own": lambda n, title: [str(n), title],
    "a word that nobody lists": lambda n, title: [f"Nacht {n} – {title}"],
}


def read(folder: Path, name: str, data: bytes) -> Course:
    (folder / name).write_bytes(data)
    (loaded,) = find_projects([folder / name])
    return build.understand(loaded).course


def lectures(language: str, form: str, style: str | None) -> bytes:
    made = docx.Document()
    for line in HEAD[language]:
        paragraph = made.add_paragraph()
        paragraph.add_run(line).bold = True
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading, questions, books = PARTS[language]

    def head(text: str) -> None:
        paragraph = made.add_paragraph(style=style)
        paragraph.add_run(text).bold = style is None

    for number, title in enumerate(TITLES[language], 1):
        for line in FORMS[form](number, title):
            head(line)
        for text in TEXT[language]:
            made.add_paragraph(text)
        head(heading)
        for question in questions:
            made.add_paragraph(question)
        head(books)
        made.add_paragraph(BOOK, style="List Bullet")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("style", [None, "Heading 1", "Heading 2"])
@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize("form", FORMS)
def test_lectures_with_the_same_parts(form: str, language: str, style: str | None, tmp_path: Path) -> None:
    course = read(tmp_path, "lectures.docx", lectures(language, form, style))
    found = [session for _, session in course.sessions()]
    assert [(one.kind, one.title) for one in found] == [("lecture", title) for title in TITLES[language]]
    assert [one.number for one in found] == ([None] * 3 if form == "a bare title" else [1, 2, 3])
    for one in found:
        assert block_text(one.blocks).split("\n") == list(TEXT[language])
        assert [block_text(question.text) for question in one.review] == list(PARTS[language][1])
        assert len(one.literature) == 1


def plain(head: str, inner: str) -> bytes:
    parts = [head]
    for number, title in enumerate(TITLES["en"], 1):
        told = f"{TEXT['en'][0]} {number} {TEXT['en'][1]} So did {title.lower()}, as {number} people of the town said."
        parts += ["", "", f"{number}  {title.upper()}", "", told, "", f"{inner} ({number})"]
    return "\n".join(parts).encode()


def titles(course: Course) -> list[str | None]:
    return [session.title for _, session in course.sessions()]


def test_numbers_under_a_title_that_speaks_of_several(tmp_path: Path) -> None:
    course = read(tmp_path, "a.txt", plain("Astronomy for Poets\nThree lectures", "The night goes on."))
    assert titles(course) == [title.upper() for title in TITLES["en"]]


def test_the_same_words_lead_in_a_task_of_each(tmp_path: Path) -> None:
    course = read(tmp_path, "a.txt", plain("Astronomy for Poets", "To talk over: is the sky a clock or a map"))
    assert titles(course) == [title.upper() for title in TITLES["en"]]


def test_numbered_sections_of_one_lecture_stay_in_it(tmp_path: Path) -> None:
    course = read(tmp_path, "a.txt", plain("Lecture 4. The sky above us", "The night goes on."))
    assert titles(course) == ["The sky above us"]


def test_examples_in_the_sections_of_a_text_make_no_classes_of_them(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Vectors in space", style="Title")
    for number, title in enumerate(TITLES["en"]):
        for line in (title, "Example"):
            made.add_paragraph().add_run(line).bold = True
            made.add_paragraph(f"{TEXT['en'][number % 2]} That was told {number} times, {title.lower()} or not.")
    out = io.BytesIO()
    made.save(out)
    assert len(titles(read(tmp_path, "a.docx", out.getvalue()))) < 2
