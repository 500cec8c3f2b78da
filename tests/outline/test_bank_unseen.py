"""Banks of people who had not seen how banks are read: in print, in tables, with keys where nobody looked for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice, ShortAnswer, TrueFalse
from coursepack.outline.counted import below_numbers, counted
from coursepack.readers.pdf.chars import FontStyle, PageCharacter, PageCharacters
from coursepack.readers.pdf.layout import page_content
from coursepack.readers.pdf.page_graphics import PageGraphics, RuledLine
from tests.outline.test_bank_silence import codes
from tests.outline.test_bank_silence import read as read_all
from tests.outline.test_bank_wrecks import BANKS, LETTERS, Asked, read
from tests.readers.pdf_maker import Stroke, Word, make

ROLES = ["", "tests", "questions"]


def printed(bank: list[Asked], look: Callable[[str, float, float], list[Word | Stroke]], letters: str) -> bytes:
    """A page of print, of whose answers the right one has a look; letters stand before them, if any."""
    drawn: list[Word | Stroke] = [Word("Test", 72, 800)]
    y = 780.0
    for n, (stem, answers, right) in enumerate(bank, 1):
        drawn.append(Word(f"№{n} {stem}", 72, y))
        for at, answer in enumerate(answers):
            y -= 14
            x = 90.0
            if letters:
                drawn.append(Word(f"{letters[at]}) ", x, y))
                x += 24
            drawn += look(answer, x, y) if at == right else [Word(answer, x, y)]
        y -= 18
    return make([drawn])


LOOKS: dict[str, Callable[[str, float, float], list[Word | Stroke]]] = {
    "bold": lambda text, x, y: [Word(text, x, y, bold=True)],
    "underlined": lambda text, x, y: [Word(text, x, y), Stroke(x, y - 2, x + 6 * len(text), y - 2)],
}


@pytest.mark.parametrize("role", [False, True])
@pytest.mark.parametrize("letters", ["", "ABCD"])
@pytest.mark.parametrize("look", LOOKS)
def test_looks_of_a_page_are_keys(look: str, letters: str, *, role: bool, tmp_path: Path) -> None:
    bank = BANKS["en"]
    (tmp_path / "Test.pdf").write_bytes(printed(list(bank), LOOKS[look], letters))
    made, told = read(tmp_path, "en", role=role)
    assert made == list(bank)
    assert not codes(told)


def test_colours_of_a_page_are_told_by_their_places() -> None:
    black, red = (
        FontStyle(10, bold=False, italic=False, turn=0),
        FontStyle(10, bold=False, italic=False, turn=0, coloured=True),
    )
    row = [PageCharacter(c, 10 + 5 * n, 15 + 5 * n, 100, n, red if n > 2 else black) for n, c in enumerate("A)xyz")]
    page = PageCharacters(row, 200, 200, 0, 0, PageGraphics([RuledLine(upright=False, at=98.5, start=10, end=14)], []))
    (line,) = page_content(page).lines
    assert (line.text, line.looks) == ("A)xyz", (("colour", 3, 5), ("underline", 0, 1)))


def test_short_lines_below_numbers_stand_for_themselves() -> None:
    bank = [line for n in range(1, 5) for line in (f"№{n} What is the longest of these words, {n}?", "one", "two")]
    assert below_numbers(bank) == {1, 2, 4, 5, 7, 8, 10, 11}
    wrapped = [line.replace("one", "a line that goes on to the edge of the page") for line in bank]
    assert below_numbers(wrapped) == set()


def test_numbers_among_answers_end_no_run() -> None:
    lines = [line for n in range(1, 6) for line in (f"{n} Water boils at", "50 Grad", "100 Grad")]
    assert [at for at, _ in sorted(counted(lines, ()).items())] == [0, 3, 6, 9, 12]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("language", BANKS)
def test_rows_with_tabs_are_questions(language: str, role: str, tmp_path: Path) -> None:
    heads = {"en": "Question|Answer", "ru": "Вопрос|Ответ", "kk": "Сұрақ|Жауабы"}[language].split("|")
    letters = LETTERS[language]
    rows = [["№", heads[0], *letters, heads[1]]]
    rows += [[str(n), stem, *answers, letters[at]] for n, (stem, answers, at) in enumerate(BANKS[language], 1)]
    (tmp_path / "a.txt").write_text("Bank\n\n" + "".join("\t".join(row) + "\n" for row in rows), "utf-8")
    made, told = read_all(tmp_path, language, role=role)
    chosen = [one for one in made if isinstance(one, MultipleChoice)]
    assert [one.choices[at].fraction for one, (*_, at) in zip(chosen, BANKS[language], strict=True)] == [1] * 6
    assert not codes(told)


def test_small_letters_head_answers_and_keys(tmp_path: Path) -> None:
    rows = ["| № | Вопрос | а | б | в | г | Верно |", "|---|---|---|---|---|---|---|"]
    for n, (stem, answers, right) in enumerate(BANKS["ru"], 1):
        rows.append(f"| {n} | {stem} | {' | '.join(answers)} | {'абвг'[right]} |")
    (tmp_path / "a.md").write_text("# Блиц\n\n" + "\n".join(rows) + "\n", "utf-8")
    made, _ = read(tmp_path, "ru", role=False)
    assert made == list(BANKS["ru"])


def test_answers_in_tables_below_questions_and_keys_of_roman_variants(tmp_path: Path) -> None:
    document = docx.Document()
    for name in ("Variant I", "Variant II"):
        document.add_paragraph(name)
        for n, (stem, answers, _) in enumerate(BANKS["en"], 1):
            document.add_paragraph(f"{n}. {stem}")
            table = document.add_table(2, 2)
            for at, text in enumerate(answers):
                table.cell(at // 2, at % 2).text = f"({'abcd'[at]}) {text}"
    document.add_paragraph("Answer key")
    keys = document.add_table(3, 7)
    rows = (["Variant", *"123456"], *([name, *("ABCD"[at] for *_, at in BANKS["en"])] for name in ("I", "II")))
    for row, texts in zip(keys.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    (tmp_path / "a").mkdir()
    document.save(str(tmp_path / "a" / "mock.docx"))
    made, told = read(tmp_path / "a", "en", role=False)
    assert made == [*BANKS["en"], *BANKS["en"]]
    assert not codes(told)


POINTS = """1. Match the words: 1) one; 2) two. a) first; b) second; c) third.
A. 1a, 2b
B. 1b, 2a
C. 1c, 2b

2. Choose what is true. I. Ice is light. II. Lead is light.
A. I
B. II
C. Both

3. What is the unit of force?
A. Newton
B. Joule
C. Watt

Keys:
1-A; 2-A; 3-A
"""
BRACKETS = """1. What burns?
(A) ice only (B) wood only
(C) ice and wood (D) neither

2. What flies?
(A) a stone (B) a bird
(C) a fish (D) a mole

3. What swims?
(A) a stone (B) a bird
(C) a fish (D) a mole

Answers: 1-B, 2-B, 3-C
"""
DASHES = "".join(
    "\n".join([f"Задание № {n}", stem, "Варианты ответа:", *(f"—{one}" for one in answers)])
    + f"\nПравильный ответ: {answers[right]}\n\n"
    for n, (stem, answers, right) in enumerate(BANKS["ru"], 1)
)
STATED = {
    "points in a stem": (POINTS, [3, 3, 3]),
    "two on a line in brackets": (BRACKETS, [4, 4, 4]),
    "tight dashes": (DASHES, [4] * 6),
}


@pytest.mark.parametrize("role", [False, True])
@pytest.mark.parametrize("form", STATED)
def test_answers_of_rare_forms(form: str, *, role: bool, tmp_path: Path) -> None:
    text, counts = STATED[form]
    (tmp_path / "Тест.txt").write_text("Тест\n\n" + text, "utf-8")
    made, told = read(tmp_path, "ru", role=role)
    assert [len(answers) for _, answers, _ in made] == counts
    assert all(right >= 0 for *_, right in made)
    assert not codes(told)


def test_semicolons_part_answers_and_stops_of_words_stay(tmp_path: Path) -> None:
    first = "1. Битва на Калке\nа) 1147 г.; б) 1185 г.; в) 1223 г. г) 1242 г..\n"
    second = "2. Столица\nа) Тула; б) Киев в) Псков; г) Тверь.\n"
    (tmp_path / "Тест.txt").write_text(f"Тест\n\n{first}\n{second}", "utf-8")
    made, _ = read(tmp_path, "ru", role=True)
    assert [answers for _, answers, _ in made] == [
        ("1147 г.", "1185 г.", "1223 г.", "1242 г."),
        ("Тула", "Киев", "Псков", "Тверь"),
    ]


def test_a_place_to_write_on_is_no_answer(tmp_path: Path) -> None:
    asked = "".join(f"{n}) {stem}\n   Answer: ______________\n" for n, (stem, *_) in enumerate(BANKS["en"], 1))
    keys = "".join(f"{n}) {answers[right]}\n" for n, (_, answers, right) in enumerate(BANKS["en"], 1))
    (tmp_path / "a.txt").write_text(f"Control work\n\n{asked}\nANSWERS\n{keys}", "utf-8")
    made, told = read_all(tmp_path, role="tests")
    said = [one.answers[0].text for one in made if isinstance(one, ShortAnswer)]
    assert said[:4] == ["Carbon dioxide", "Newton", "Paris", "Seven"]
    assert not codes(told)


@pytest.mark.parametrize("role", ["", "tests"])
def test_answers_written_before_the_numbers(role: str, tmp_path: Path) -> None:
    said = ("T", "F", "F", "T")
    text = "".join(f"__{one}__ {n}. Water of sort {n} is colder than ice.\n" for n, one in enumerate(said, 1))
    (tmp_path / "a.txt").write_text(f"True or false?\n\nWrite T or F on the line.\n\n{text}", "utf-8")
    made, _ = read_all(tmp_path, role=role)
    assert [one.answer for one in made if isinstance(one, TrueFalse)] == [True, False, False, True]


def test_what_counts_on_among_the_words_of_questions_is_told(tmp_path: Path) -> None:
    lines = [line for n in (1, 2, 3) for line in (f"Сабак {n}", "1. Что такое вода?", "2. Что такое лёд?")]
    (tmp_path / "a.md").write_text("Questions\n\n" + "\n\n".join(lines) + "\n", "utf-8")
    made, found = read_all(tmp_path, "en", role="questions")
    assert len(made) == 6 or any("counts on" in one.message for one in found)


@pytest.mark.parametrize("sign", ["N° ", "Nº", "Nr. ", "№ "])
def test_signs_before_numbers(sign: str, tmp_path: Path) -> None:
    text = "\n".join(f"{sign}{n}. {stem}" for n, (stem, *_) in enumerate(BANKS["en"], 1))
    (tmp_path / "a.md").write_text(f"Review questions\n{text}\n", "utf-8")
    made, _ = read_all(tmp_path, role="questions")
    assert [one.printed for one in made] == list("123456")


def test_another_word_counts_no_questions(tmp_path: Path) -> None:
    offered = ["".join(f"{'ABCD'[at]}) {one}\n" for at, one in enumerate(answers)) for _, answers, _ in BANKS["en"]]
    body = "".join(
        f"Question {n}.\n{stem}\n{each}Answer: {'ABCD'[right]}\n\n"
        for n, ((stem, _, right), each) in enumerate(zip(BANKS["en"], offered, strict=True), 1)
    )
    (tmp_path / "a.txt").write_text(f"Control Work 1\n\n{body}", "utf-8")
    made, _ = read(tmp_path, "en", role=True)
    assert made == list(BANKS["en"])


def test_a_number_alone_in_a_narrow_column_is_of_the_line_below(tmp_path: Path) -> None:
    lines = [
        "Tickets",
        "Ticket 1",
        "1. What is ice?",
        "2. Why is ice",
        "lighter than water?",
        "3.",
        "Thermodynamically",
    ]
    lines += ["stable states", "Ticket 2", "1. What is steam?", "2. What is rain?", "3. What is snow?"]
    (tmp_path / "a.pdf").write_bytes(make([[Word(text, 72, 780 - 14 * at) for at, text in enumerate(lines)]]))
    made, told = read_all(tmp_path, role="tickets")
    assert [block_text(one.text) for one in made[:3]] == [
        "What is ice?",
        "Why is ice lighter than water?",
        "Thermodynamically stable states",
    ]
    assert not codes(told)
