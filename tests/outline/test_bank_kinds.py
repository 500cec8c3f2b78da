"""Tests in text: answers in columns, boxes, circles, judged statements, pairs, orders, keys of many forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.model.questions import (
    Matching,
    MultipleChoice,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
    TrueFalse,
)


def _read(folder: Path, text: str, name: str = "file.txt") -> Course:
    (folder / name).write_text(text, encoding="utf-8")
    course = build.understand(discovery.find_projects([folder / name])[0]).course
    assert course is not None
    return course


def _plain(question: Question) -> tuple[str, ...]:
    """The stem with what answers it: right choices after «+», pairs, an order, a value."""
    stem = " ".join(block_text(question.text).split())
    match question:
        case MultipleChoice():
            return (
                stem,
                *(("+" if one.fraction > 0 else "") + block_text(one.content) for one in question.choices),
            )
        case Matching():
            return (stem, *(f"{block_text(one.question)} = {block_text(one.answer)}" for one in question.pairs))
        case Ordering():
            return (stem, *(f"{n} {block_text(one.content)}" for n, one in enumerate(question.items, 1)))
        case TrueFalse():
            return (stem, str(question.answer))
        case ShortAnswer():
            return (stem, *(one.text for one in question.answers))
        case Numerical():
            return (stem, *(one.value for one in question.answers))
        case _:
            return (stem,)


def _asked(folder: Path, text: str) -> list[tuple[str, ...]]:
    exam = _read(folder, text).exam
    assert exam is not None
    return [_plain(one) for one in exam.questions]


COLUMNS = """Тест по философии

1. Кто автор «Государства»?\t\tА) Платон\tБ) Аристотель\tВ) Сократ
2. Кто ввёл понятие категорического императива?\t\tА) Юм\tБ) Кант\tВ) Гегель
3. Что значит слово «философия»?\t\tА) любовь к мудрости\tБ) знание мира\tВ) учение о боге

Верный ответ: 1А, 2Б, 3А
"""


def test_answers_that_tabs_set_beside_the_question(tmp_path: Path) -> None:
    assert _asked(tmp_path, COLUMNS) == [
        ("Кто автор «Государства»?", "+Платон", "Аристотель", "Сократ"),
        ("Кто ввёл понятие категорического императива?", "Юм", "+Кант", "Гегель"),
        ("Что значит слово «философия»?", "+любовь к мудрости", "знание мира", "учение о боге"),
    ]


@pytest.mark.parametrize("signs", ["☑☐", "☒☐", "●○", "⚫⚪", "✓☐", "+-"])
@pytest.mark.parametrize("number", ["", "{n}. "])
def test_boxes_and_circles_are_signs_and_stand_in_no_answer(tmp_path: Path, signs: str, number: str) -> None:
    asked = [("Онтология — это учение о чём?", 1), ("Гносеология — это учение о чём?", 0), ("А что есть логос?", 2)]
    lines = ["Философия. Контрольный тест", ""]
    for n, (stem, right) in enumerate(asked, 1):
        lines.append(number.format(n=n) + stem)
        lines += [f"{signs[at != right]} {text}" for at, text in enumerate(("познание", "бытие", "слово"))]
        lines.append("")
    wanted = [
        (stem, *(("+" if at == right else "") + text for at, text in enumerate(("познание", "бытие", "слово"))))
        for stem, right in asked
    ]
    assert _asked(tmp_path, "\n".join(lines)) == wanted


JUDGED = """Quiz 4: Databases

True or false?

1. A primary key may be NULL. (F)
2. A foreign key refers to a primary key. (T)
3. The language is from the 1950s. (F)

Multiple choice

4. Which command removes rows?
   a. DROP   b. DELETE   c. ALTER   d. GRANT
5. Which join keeps all rows of the left table?
   a. INNER   b. CROSS   c. LEFT   d. SELF

Fill in the blank

6. The ______ clause filters groups.

Answer key: 1 F, 2 T, 3 F, 4 b, 5 c, 6 HAVING
"""


def test_statements_judged_behind_them_headings_between_blank_lines_keys_in_words(tmp_path: Path) -> None:
    course = _read(tmp_path, JUDGED)
    assert course.exam is not None
    assert [_plain(one) for one in course.exam.questions] == [
        ("A primary key may be NULL.", "False"),
        ("A foreign key refers to a primary key.", "True"),
        ("The language is from the 1950s.", "False"),
        ("Which command removes rows?", "DROP", "+DELETE", "ALTER", "GRANT"),
        ("Which join keeps all rows of the left table?", "INNER", "CROSS", "+LEFT", "SELF"),
        ("The ______ clause filters groups.", "HAVING"),
    ]
    assert [one.category for one in course.exam.questions][3:] == [
        ("Multiple choice",),
        ("Multiple choice",),
        ("Fill in the blank",),
    ]


def test_one_word_in_brackets_is_no_judgement(tmp_path: Path) -> None:
    text = "Test\n\n1. What is a cell? (yes)\na) a room\nb) a unit of life\n\n2. What is a leaf?\na) paper\nb) a part\n"
    assert _asked(tmp_path, text)[0][0] == "What is a cell? (yes)"


def test_years_behind_letters_are_answers_and_no_page_numbers(tmp_path: Path) -> None:
    text = "Деректер қоры пәнінен тест\n\n"
    for n, what in enumerate(("SQL", "COBOL"), 1):
        text += f"{n}-сұрақ (1 балл)\n{what} қай жылы пайда болды?\nА. 1974\nВ. 1995\nС. 2005\nДұрыс жауабы: А\n\n"
    course = _read(tmp_path, text)
    assert course.title == "Деректер қоры"
    assert course.exam is not None
    assert _plain(course.exam.questions[0]) == ("SQL қай жылы пайда болды?", "+1974", "1995", "2005")


PAIRS = {
    "columns, numbers first": "1) таблица      а) набор строк\n2) ключ         б) поле\n3) запрос       в) команда\n",
    "columns, letters first": "А) таблица\t\t1) набор строк\nБ) ключ\t\t2) поле\nВ) запрос\t\t3) команда\n",
    "numbers over letters": "1) таблица\n2) ключ\n3) запрос\nа) набор строк\nб) поле\nв) команда\n",
    "letters over numbers": "А. таблица\nБ. ключ\nВ. запрос\n\n1. набор строк\n2. поле\n3. команда\n",
}


@pytest.mark.parametrize("form", list(PAIRS))
def test_pairs_in_columns_and_below_one_another(tmp_path: Path, form: str) -> None:
    key = "А1, Б2, В3" if "letters" in form.split(" ")[-2:] or form.startswith("letters") else "1-а, 2-б, 3-в"
    text = "Тест по теме «Базы данных»\n\n"
    text += "1. Кто придумал таблицы?\nа) Кодд\nб) Тьюринг\nОтвет: а\n\n"
    text += f"2. Установите соответствие между терминами и определениями:\n{PAIRS[form]}Ответ: {key}\n\n"
    text += "3. Расположите этапы по порядку:\nа) вывод\nб) ввод\nв) расчёт\nОтвет: б, в, а\n"
    assert _asked(tmp_path, text) == [
        ("Кто придумал таблицы?", "+Кодд", "Тьюринг"),
        (
            "Установите соответствие между терминами и определениями:",
            "таблица = набор строк",
            "ключ = поле",
            "запрос = команда",
        ),
        ("Расположите этапы по порядку:", "1 ввод", "2 расчёт", "3 вывод"),
    ]


@pytest.mark.parametrize(
    "keys",
    [
        "Ключ: В1 – 1; В2 – 2",
        "Ответы: 1-1, 2-2",
        "Вопрос 1 – 1; вопрос 2 – 2",
        "Ответы\nВ1 (1)\nВ2 (2)",
        "1-сұрақ – 1, 2-сұрақ – 2",
        "№1-1, №2-2",
    ],
)
def test_a_list_of_keys_below_numbered_answers_is_of_all_questions(tmp_path: Path, keys: str) -> None:
    text = "Тест: SQL\n\nВ1: Что такое ключ?\n    1) поле\n    2) пароль\nВ2: Чем добавляют строку?\n"
    text += f"    1) UPDATE\n    2) INSERT\n\n{keys}\n"
    assert _asked(tmp_path, text) == [
        ("Что такое ключ?", "+поле", "пароль"),
        ("Чем добавляют строку?", "UPDATE", "+INSERT"),
    ]


def test_a_question_file_tells_the_language_and_the_title(tmp_path: Path) -> None:
    text = "# Проверочный тест: SQL\n\n**1.** Какой запрос верен?\n\n- [ ] первый\n- [x] второй\n\n"
    text += "**2.** Что делает команда?\n\n- [x] пишет\n- [ ] читает\n"
    course = _read(tmp_path, text, "file.md")
    assert (course.language, course.title) == ("ru", "SQL")
    (tmp_path / "one").mkdir()
    gift = "::1:: Столица Казахстана? {=Астана ~Алматы}\n\n::2:: Сколько будет два и два? {=четыре ~пять}\n"
    assert _read(tmp_path / "one", gift, "a.gift").language == "ru"


BESIDE = """Biology mock test

Section A (one mark each)

Q1. Which organelle makes energy?
(A) nucleus (B) mitochondrion (C) ribosome (D) wall

Q2. What is the basic unit of life?
(A) atom (B) organ (C) cell (D) tissue

Section B (three marks each)

Q3. Explain how a leaf loses water.

Answers
Q1 (B)
Q2 (C)
"""


def test_answers_on_one_line_make_a_test(tmp_path: Path) -> None:
    course = _read(tmp_path, BESIDE)
    assert (course.title, course.weeks) == ("Biology", ())
    assert course.exam is not None
    assert [_plain(one) for one in course.exam.questions] == [
        ("Which organelle makes energy?", "nucleus", "+mitochondrion", "ribosome", "wall"),
        ("What is the basic unit of life?", "atom", "organ", "+cell", "tissue"),
        ("Explain how a leaf loses water.",),
    ]


@pytest.mark.parametrize(("empty", "full"), [("( )", "(x)"), ("[ ]", "[x]"), ("( )", "(*)"), ("[ ] a)", "[X] a)")])
def test_brackets_that_are_ticked_or_not(tmp_path: Path, empty: str, full: str) -> None:
    def letter(sign: str, at: int) -> str:
        return sign.replace("a)", f"{'abc'[at]})")

    text = "".join(
        f"{n}. What is {n}?\n{letter(empty, 0)} one\n{letter(full, 1)} two\n{letter(empty, 2)} three\n\n"
        for n in range(1, 5)
    )
    assert _asked(tmp_path, "Test\n\n" + text) == [(f"What is {n}?", "one", "+two", "three") for n in range(1, 5)]
