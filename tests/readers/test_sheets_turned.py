"""Sheets that stand otherwise than a question a row with its key: turned, in one column, keys on another sheet."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from coursepack.model.blocks import block_text
from coursepack.model.questions import Essay, MultipleChoice
from coursepack.place import Finding
from coursepack.readers import holds_questions
from coursepack.readers.sheet import reader as sheet

ASKED = {
    "en": ("Which gas do plants take in?", "Which number is prime?", "Which river is the longest?"),
    "ru": ("Какой газ поглощают растения?", "Какое число простое?", "Какая река длиннее всех?"),
    "kk": ("Өсімдік қандай газды сіңіреді?", "Қай сан жай сан?", "Ең ұзын өзен қайсы?"),
}
ANSWERS = {
    "en": (("oxygen", "carbon dioxide", "neon"), ("nine", "four", "seven"), ("Nile", "Ural", "Don")),
    "ru": (("кислород", "углекислый газ", "неон"), ("девять", "четыре", "семь"), ("Нил", "Урал", "Дон")),
    "kk": (("оттегі", "көмірқышқыл газы", "неон"), ("тоғыз", "төрт", "жеті"), ("Ніл", "Жайық", "Дон")),
}
RIGHT = (1, 2, 0)
KEYS = {"en": "BCA", "ru": "БВА", "kk": "БВА"}  # by the letters of each table's heads
LANGUAGES = ("en", "ru", "kk")

Sheets = dict[str, list[list[object]]]


def book(path: Path, sheets: Sheets) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        one = made.create_sheet(title)
        for row in rows:
            one.append(row)
    made.save(path)
    return path


def read(path: Path) -> tuple[list[tuple[str, tuple[str, ...], tuple[int, ...]]], list[Finding]]:
    found = sheet.read(path)
    made = []
    for one in found.bank.questions():
        assert isinstance(one, MultipleChoice), one
        texts = tuple(block_text(choice.content) for choice in one.choices)
        made.append((block_text(one.text), texts, tuple(at for at, c in enumerate(one.choices) if c.fraction > 0)))
    return made, found.findings


def wanted(language: str) -> list[tuple[str, tuple[str, ...], tuple[int, ...]]]:
    return [
        (text, answers, (right,))
        for text, answers, right in zip(ASKED[language], ANSWERS[language], RIGHT, strict=True)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tick", ["+", "x", "1", "✓"])
@pytest.mark.parametrize("titled", [False, True])
def test_answers_below_each_question_in_its_column(language: str, tick: str, titled: bool, tmp_path: Path) -> None:
    heads = {
        "en": ("No", "Question / answers", "Correct"),
        "ru": ("№", "Вопрос / вариант", "Верно"),
        "kk": ("№", "Сұрақ / жауап нұсқалары", "Белгі"),
    }
    rows: list[list[object]] = [["5 A"], []] if titled else []
    rows.append(list(heads[language]))
    for at, text in enumerate(ASKED[language]):
        rows.append([at + 1, text])
        rows += [[None, answer, tick if nth == RIGHT[at] else None] for nth, answer in enumerate(ANSWERS[language][at])]
        rows += [[]] * titled
    made, _ = read(book(tmp_path / "a.xlsx", {"S": rows}))
    assert made == wanted(language)


def test_a_column_of_questions_alone_stays_one(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["№", "Вопрос", "Тема"],
        *([n, f"Что такое {n}?", "1"] for n in range(1, 9)),
        [None, "а"],
    ]
    found = sheet.read(book(tmp_path / "a.xlsx", {"S": rows}))
    made = list(found.bank.questions())
    assert [type(one) for one in made] == [Essay] * 9


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_a_column(language: str, tmp_path: Path) -> None:
    heads = {
        "en": ("Stem", "A", "B", "C", "Correct"),
        "ru": ("Вопрос", "А", "Б", "В", "Ответ"),
        "kk": ("Сұрақ", "А", "Б", "В", "Кілт"),
    }
    rows: list[list[object]] = [["", "Q1", "Q2", "Q3"]]
    columns = [
        [text, *answers, key]
        for text, answers, key in zip(ASKED[language], ANSWERS[language], KEYS[language], strict=True)
    ]
    rows += [[head, *(column[at] for column in columns)] for at, head in enumerate(heads[language])]
    path = book(tmp_path / "a.xlsx", {"S": rows})
    assert holds_questions(path)
    assert read(path)[0] == wanted(language)
    lines = "\n".join(";".join(map(str, row)) for row in rows)
    (tmp_path / "a.csv").write_text(lines, "utf-8")
    assert read(tmp_path / "a.csv")[0] == wanted(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_right_beside_wrong_answers_tells_the_column_of_questions(language: str, tmp_path: Path) -> None:
    heads = {
        "en": ("#", "Word", "Right", "Wrong 1", "Wrong 2"),
        "ru": ("№", "Слово", "Верно", "Неверно 1", "Неверно 2"),
        "kk": ("№", "Сөз", "Дұрыс", "Қате 1", "Қате 2"),
    }
    rows: list[list[object]] = [["7 A"], list(heads[language])]
    made: list[tuple[str, tuple[str, ...], tuple[int, ...]]] = []
    for at, (text, answers) in enumerate(zip(ASKED[language], ANSWERS[language], strict=True), 1):
        rows.append([at, text, *answers])
        made.append((text, answers, (0,)))
    assert read(book(tmp_path / "a.xlsx", {"S": rows}))[0] == made


def test_names_and_marks_are_no_questions(tmp_path: Path) -> None:
    rows: list[list[object]] = [["№", "ФИО", "1", "2", "3", "Ключ"], [1, "Асанов", "а", "б", "в", "б"]]
    assert not holds_questions(book(tmp_path / "a.xlsx", {"S": rows}))


# --- keys on another sheet

KEY_SHEETS: dict[str, list[list[object]]] = {
    "pairs": [["№", "Ответ"], *([n, key] for n, key in enumerate("БВА", 1))],
    "titled": [["Ключи к тесту"], [], ["Вопрос", "Ответ"], *([n, key] for n, key in enumerate("БВА", 1))],
    "rows": [["№", 1, 2, 3], ["Ответ", "Б", "В", "А"]],
}


@pytest.mark.parametrize("form", KEY_SHEETS)
@pytest.mark.parametrize("before", [False, True])
def test_keys_on_another_sheet(form: str, before: bool, tmp_path: Path) -> None:
    asked: list[list[object]] = [["№", "Вопрос", "а", "б", "в"]]
    asked += [[n, text, *answers] for n, (text, answers) in enumerate(zip(ASKED["ru"], ANSWERS["ru"], strict=True), 1)]
    sheets: Sheets = {"Тест": asked, "Ключи": KEY_SHEETS[form]}
    made, told = read(book(tmp_path / "a.xlsx", dict(reversed(sheets.items())) if before else sheets))
    assert made == wanted("ru")
    assert [(one.severity, one.code) for one in told if one.code.startswith("sheet")] == [("note", "sheet-keys-apart")]


@pytest.mark.parametrize("turned", [False, True])
def test_keys_of_variants_on_a_sheet_of_their_own(turned: bool, tmp_path: Path) -> None:
    head: list[object] = ["№", "Вопрос", "а", "б", "в"]
    first = [head, *([n, t, *a] for n, (t, a) in enumerate(zip(ASKED["ru"], ANSWERS["ru"], strict=True), 1))]
    other = [head, *([n, t, *a] for n, (t, a) in enumerate(zip(ASKED["kk"], ANSWERS["kk"], strict=True), 1))]
    keys: list[list[object]] = [["", 1, 2, 3], ["Вариант 2", *"ААВ"], ["Вариант 1", *"БВА"]]
    table = [list(row) for row in zip(*keys, strict=True)] if turned else keys
    made, _ = read(book(tmp_path / "a.xlsx", {"Вариант 1": first, "Вариант 2": other, "Ключи": table}))
    again = zip(ASKED["kk"], ANSWERS["kk"], (0, 0, 2), strict=True)
    assert made == [*wanted("ru"), *((text, answers, (right,)) for text, answers, right in again)]


def test_a_sheet_of_marks_is_no_sheet_of_keys(tmp_path: Path) -> None:
    asked: list[list[object]] = [["№", "Вопрос", "а", "б", "в"]]
    asked += [[n, text, *answers] for n, (text, answers) in enumerate(zip(ASKED["ru"], ANSWERS["ru"], strict=True), 1)]
    marks: list[list[object]] = [["№", "Балл"], [1, 2], [2, 1], [3, 3]]
    made, told = read(book(tmp_path / "a.xlsx", {"Тест": asked, "Баллы": marks}))
    assert [right for *_, right in made] == [()] * 3
    assert "sheet-left" in {one.code for one in told}


def test_words_in_a_column_without_a_head_are_told(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Вопрос", "A", "B", "Ключ"]]
    rows += [["Каков вкус?", "сладкий", "сухой", "B", "Напиток один" if n < 3 else None] for n in range(4)]
    _, told = read(book(tmp_path / "a.xlsx", {"S": rows}))
    assert [one.message for one in told if one.code == "sheet-column"] == [
        "columns 5 have no heading and are ignored, although they contain text"
    ]
    _, told = read(book(tmp_path / "b.xlsx", {"S": [row[:4] for row in rows]}))
    assert told == []


def table(head: str, *rows: str) -> list[list[object]]:
    """Rows of a sheet, cells parted by «|»."""
    return [list(row.split("|")) for row in (head, *rows)]


QUIZ = table("Question|A|B|C|Key", *(f"What is {n}?|one|two|three|b" for n in range(4)))


def test_one_test_among_the_sheets_of_a_course_makes_no_bank(tmp_path: Path) -> None:
    plan = table("Week|Session|Date|Topic", *(f"{n}|{2 * n}|{n} May|Unit {n}" for n in range(1, 13)))
    assert not holds_questions(book(tmp_path / "course.xlsx", {"Plan": plan, "Test": QUIZ}))
    read_me = table("How to fill in", "A row a question.", "Keys are letters.")
    assert holds_questions(book(tmp_path / "bank.xlsx", {"Read me": read_me, "Test": QUIZ}))
