"""Forms of banks that teachers type: titles with numbers, lists that Word counts through, semicolons, stars of forms,
keys by ranges and by words, Roman numbers, answers in the cells below a question, words for true and false."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import openpyxl
import pytest

from coursepack.model.blocks import block_text
from coursepack.model.questions import Question, TrueFalse
from coursepack.outline.bank.key_text import pairs_of
from coursepack.outline.missed_questions import TextLine, groups_of
from tests.outline.test_bank_signs_alone import BANK, TRUE, stated
from tests.outline.test_bank_silence import codes, read
from tests.readers.deck import Deck

Lines = Sequence[str]


def counted(each: Callable[[int, str, tuple[str, ...], int], Lines]) -> list[str]:
    """A title and the lines of each question."""
    return [
        "Test",
        *(line for n, (stem, answers, right) in enumerate(BANK, 1) for line in each(n, stem, answers, right)),
    ]


def typed(folder: Path, lines: Lines, *, role: str = "") -> tuple[list[Question], set[str]]:
    (folder / "test.txt").write_text("\n".join(lines), "utf-8")
    made, told = read(folder, role=role)
    return made, codes(told)


def answered(made: Sequence[Question]) -> list[tuple[str, bool]]:
    return [(block_text(one.text), isinstance(one, TrueFalse) and one.answer) for one in made]


def lettered(answers: tuple[str, ...]) -> list[str]:
    return [f"{letter}) {text}" for letter, text in zip("abc", answers, strict=True)]


SIGNED = ["Answers:", "1+, 2-, 3+, 4-, 5-"]
STATEMENTS = (*TRUE, ("Argon is a metal.", False), ("The Sun is a planet.", False))


def test_a_title_with_a_number_over_counted_statements_is_no_question(tmp_path: Path) -> None:
    lines = [f"{n}) {text}" for n, (text, _) in enumerate(STATEMENTS, 1)]
    made, told = typed(tmp_path, ["Control task № 1", *lines, *SIGNED], role="tests")
    assert answered(made) == list(STATEMENTS)
    assert told == set()


def test_more_keys_than_questions_are_told(tmp_path: Path) -> None:
    made, told = typed(tmp_path, ["1. Zinc is a metal.", *SIGNED], role="tests")
    assert len(made) == 1
    assert "bank-empty" in told


def test_statements_over_a_list_of_signs_are_a_test_by_themselves(tmp_path: Path) -> None:
    lines = [f"{n}. {text}" for n, (text, _) in enumerate(STATEMENTS, 1)]
    (tmp_path / "Form 9 biology.md").write_text("\n".join([*lines, "", *SIGNED]), "utf-8")
    made, _ = read(tmp_path)
    assert answered(made) == list(STATEMENTS)


def test_statements_over_a_list_of_signs_in_a_text_for_students_are_told(tmp_path: Path) -> None:
    lines = [f"{n}. {text}" for n, (text, _) in enumerate((*STATEMENTS, *STATEMENTS, *STATEMENTS), 1)]
    signs = ", ".join(f"{n}{'+-'[n % 2]}" for n in range(1, 16))
    (tmp_path / "Form 9 biology.txt").write_text("\n".join([*lines, f"Answers: {signs}"]), "utf-8")
    made, told = read(tmp_path, role="lecture")
    assert (made, codes(told)) == ([], {"bank-unread"})


def test_topics_over_questions_with_bulleted_answers_are_no_classes(tmp_path: Path) -> None:
    items = "<ul><li>Кислород</li><li>Азот</li><li>Неон</li></ul>"
    asked = [f"<p>{n}. Какой газ нужен {n}-му растению?</p>{items}" for n in range(1, 13)]
    topics = [f"<p>Тема {n + 1}. Строение клетки</p>{''.join(asked[4 * n : 4 * n + 4])}" for n in range(3)]
    (tmp_path / "Срез.html").write_text(f"<meta charset=utf-8><p>Срез</p>{''.join(topics)}", "utf-8")
    made, _ = read(tmp_path, "ru")
    assert [len(stated(one)[1]) for one in made] == [3] * 12


def test_answers_that_one_list_of_word_counts_through_all_questions_are_named_by_their_place(tmp_path: Path) -> None:
    document = docx.Document()
    for stem, answers, _ in BANK:
        document.add_paragraph(stem, style="List Number")
        for text in answers:
            document.add_paragraph(text, style="List Number 2")
    document.add_paragraph("For the trainer only: answers")
    table = document.add_table(2, len(BANK))
    for at, (_, _, right) in enumerate(BANK):
        table.cell(0, at).text, table.cell(1, at).text = str(at + 1), "ABC"[right]
    document.save(str(tmp_path / "bank.docx"))
    made, told = read(tmp_path, role="tests")
    assert [stated(one) for one in made] == list(BANK)
    assert codes(told) == set()


@pytest.mark.parametrize("last", [".", ";", ""])
def test_the_semicolons_of_a_list_are_no_part_of_its_answers(tmp_path: Path, last: str) -> None:
    def each(n: int, stem: str, answers: tuple[str, ...], right: int) -> Lines:
        ends = [";"] * (len(answers) - 1) + [last]
        marked = zip(answers, ends, strict=True)
        return [f"{n}) {stem}", *(f"– {a}{' (right)' * (at == right)}{e}" for at, (a, e) in enumerate(marked))]

    made, told = typed(tmp_path, counted(each))
    assert [stated(one) for one in made] == list(BANK)
    assert told == set()


def test_the_semicolons_of_program_lines_stay(tmp_path: Path) -> None:
    lines = [f"{n}. Which line adds {n}?\na) x = {n};\nb) x += {n};\nc) x - {n};\nKey: b" for n in range(1, 5)]
    made, _ = typed(tmp_path, ["Test", *lines])
    assert [stated(one)[1] for one in made] == [(f"x = {n};", f"x += {n};", f"x - {n};") for n in range(1, 5)]


def test_the_star_of_a_form_and_its_circles_are_no_words(tmp_path: Path) -> None:
    made, told = typed(
        tmp_path,
        counted(
            lambda n, stem, answers, right: [
                f"{n}. {stem} * (1 point)",
                *(("◉ " if at == right else "○ ") + text for at, text in enumerate(answers)),
            ]
        ),
    )
    assert [stated(one) for one in made] == list(BANK)
    assert {one.mark for one in made} == {1.0}
    assert told == set()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Answers to questions 1–3: {}", "Answers to questions 4–5: {}"),
        ("Keys to tasks 1-3: {}", "Keys to tasks 4-5: {}"),
        ("1–3 сұрақтардың жауаптары: {}", "4–5 сұрақтардың жауаптары: {}"),
    ],
)
def test_keys_by_ranges_behind_words(tmp_path: Path, first: str, second: str) -> None:
    lines = counted(lambda n, stem, answers, right: [f"{n}. {stem}", *lettered(answers)])
    keys = ["abc"[right] for _, _, right in BANK]
    lines.insert(1 + 3 * 4, first.format(", ".join(keys[:3])))
    made, told = typed(tmp_path, [*lines, second.format(", ".join(keys[3:]))])
    assert [stated(one) for one in made] == list(BANK)
    assert told == set()


def test_keys_that_were_not_read_below_the_last_answer_are_told(tmp_path: Path) -> None:
    lines = counted(lambda n, stem, answers, right: [f"{n}. {stem}", *lettered(answers)])
    _, told = typed(tmp_path, [*lines, "The answers of group B: a, b, c, b, a, c"])
    assert "bank-doubtful" in told


def test_keys_whose_numbers_are_words(tmp_path: Path) -> None:
    lines = counted(lambda n, stem, answers, right: [f"{n}. {stem}", *lettered(answers)])
    names = ("First", "Second", "Third", "Fourth", "Fifth")
    keys = [f"{name} question – {'abc'[right]}" for name, (_, _, right) in zip(names, BANK, strict=True)]
    made, told = typed(tmp_path, [*lines, "", "Answers", *keys])
    assert [stated(one) for one in made] == list(BANK)
    assert told == set()


def test_numbers_below_roman_ones_count_answers(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Test")
    table = [list[str](), list[str]()]
    for roman, (stem, answers, right) in zip(("I", "II", "III", "IV", "V"), BANK, strict=True):
        document.add_paragraph(f"{roman}. {stem}")
        for n, text in enumerate(answers, 1):
            document.add_paragraph(f"{n}) {text}")
        table[0].append(roman)
        table[1].append(str(right + 1))
    document.add_paragraph("Keys")
    made = document.add_table(2, len(BANK))
    for row, texts in zip(made.rows, table, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(tmp_path / "test.docx"))
    questions, told = read(tmp_path)
    assert [stated(one) for one in questions] == list(BANK)
    assert codes(told) == set()


def test_roman_numbers_over_numbered_questions_count_parts(tmp_path: Path) -> None:
    lines = [f"{roman}. Part about cells\n1) Name a cell.\n2) Draw a cell." for roman in ("I", "II", "III", "IV")]
    made, _ = typed(tmp_path, lines, role="tests")
    assert [block_text(one.text) for one in made] == ["Name a cell.", "Draw a cell."] * 4


@pytest.mark.parametrize("text", ["Keys: I-B; II-A; III-C", "Ответы: I – B, II – A, III – C"])
def test_keys_by_roman_numbers(text: str) -> None:
    assert pairs_of(text) == ((1, "B"), (2, "A"), (3, "C"))


def test_statements_with_letters_stand_over_numbered_answers(tmp_path: Path) -> None:
    def each(n: int, stem: str, answers: tuple[str, ...], right: int) -> Lines:
        said = ["a) It is so;", "b) it was so."] if n < 4 else []
        return [f"{n}. {stem}", *said, *(f"{at}) {text}" for at, text in enumerate(answers, 1)), f"Answer: {right + 1}"]

    made, told = typed(tmp_path, counted(each))
    assert [stated(one)[1:] for one in made] == [one[1:] for one in BANK]
    assert ["It is so" in block_text(one.text) for one in made] == [True, True, True, False, False]
    assert told == set()


def test_centuries_and_initials_in_a_list_are_answers(tmp_path: Path) -> None:
    bank = [
        ("Қазақ хандығы қай ғасырда құрылды?", ["XIII ғасырда", "XIV ғасырда", "XV ғасырда", "XVI ғасырда"]),
        ("Алаш партиясының жетекшісі кім?", ["М. Шоқай", "А. Байтұрсынұлы", "Ә. Бөкейхан", "Ж. Аймауытов"]),
        ("Алғашқы астана қай қала?", ["Алматы", "Орынбор", "Қызылорда", "Астана"]),
    ]
    html = "".join(f"<ol start={n}><li>{q}</li></ol><ul>{_items(a)}</ul>" for n, (q, a) in enumerate(bank, 1))
    (tmp_path / "test.html").write_text(f"<meta charset=utf-8><p>Тест</p>{html}", "utf-8")
    made, _ = read(tmp_path, "kk", role="tests")
    assert [stated(one)[:2] for one in made] == [(stem, tuple(answers)) for stem, answers in bank]


def _items(answers: Sequence[str]) -> str:
    return "".join(f"<li>{text}</li>" for text in answers)


def test_answers_in_the_cells_below_each_question(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(0, 3)
    for n, (stem, answers, right) in enumerate(BANK, 1):
        asked = table.add_row().cells
        asked[0].merge(asked[2]).text = f"{n}. {stem}"
        for at, (cell, text) in enumerate(zip(table.add_row().cells, answers, strict=True)):
            cell.text = f"{'+ ' * (at == right)}{text}"
    document.save(str(tmp_path / "spring form.docx"))
    made, told = read(tmp_path)
    assert [stated(one) for one in made] == list(BANK)
    assert codes(told) == set()


def test_the_underlined_one_of_two_words_judges_a_statement(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Test")
    for n, (text, true) in enumerate(STATEMENTS, 1):
        paragraph = document.add_paragraph(f"{n}. {text} (")
        words = paragraph.add_run("True"), paragraph.add_run(" / "), paragraph.add_run("False")
        paragraph.add_run(")")
        words[0 if true else 2].underline = True
    document.save(str(tmp_path / "test.docx"))
    made, told = read(tmp_path, role="tests")
    assert answered(made) == list(STATEMENTS)
    assert codes(told) == set()


def test_the_head_of_an_answers_column_says_that_it_is_right(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["№", "Вопрос", "Ответ 1 (правильный)", "Ответ 2", "Ответ 3"])
    for n, (stem, answers, _) in enumerate(BANK, 1):
        sheet.append([n, stem, *answers])
    held = io.BytesIO()
    book.save(held)
    (tmp_path / "bank.xlsx").write_bytes(held.getvalue())
    made, _ = read(tmp_path, role="tests")
    assert [stated(one) for one in made] == [(stem, answers, 0) for stem, answers, _ in BANK]


FORM = [
    "Final Quiz",
    *(
        line
        for n, (stem, answers, right) in enumerate(
            (*BANK, ("What is the unit of force?", ("Newton", "Joule", "Watt"), 0), BANK[0]), 1
        )
        for line in (f"{n}. {stem} *", *(("✓ " if at == right else "◯ ") + one for at, one in enumerate(answers)))
    ),
]


def test_a_question_with_the_words_of_an_aim_over_circles_is_one(tmp_path: Path) -> None:
    made, told = typed(tmp_path, FORM, role="tests")
    assert len(made) == len(BANK) + 2
    assert told == set()


def test_runs_of_boxes_look_like_answers() -> None:
    """What was made of a test is counted against them."""
    lines = [TextLine.of(at, text) for at, text in enumerate(FORM)]
    assert [one.over for one in groups_of(lines)] == list(range(1, 4 * (len(BANK) + 2), 4))


def test_a_page_of_moodle_with_the_letters_on_lines_of_their_own(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Skip to main content")
    for n, (stem, answers, _) in enumerate(BANK, 1):
        document.add_paragraph().add_run(f"Question {n}").bold = True
        for text in ("Complete", "Mark 0.00 out of 1.00", "Flag question" if n > 1 else "Remove flag"):
            document.add_paragraph(text)
        document.add_paragraph().add_run("Question text").bold = True
        document.add_paragraph(stem)
        document.add_paragraph(f"Question {n}Answer")
        for letter, text in zip("abc", answers, strict=True):
            document.add_paragraph().add_run(f"{letter}.").italic = True
            document.add_paragraph("KMIT" if text == "Neon" else text)
    document.save(str(tmp_path / "Review.docx"))
    made, told = read(tmp_path)
    wanted = [(stem, tuple("KMIT" if text == "Neon" else text for text in answers)) for stem, answers, _ in BANK]
    assert [stated(one)[:2] for one in made] == wanted
    assert codes(told) == {"outline-test-without-key"}


def test_answers_in_a_fixed_width_font_are_no_listing(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Test")
    for n, (stem, answers, right) in enumerate(BANK, 1):
        document.add_paragraph(f"Q{n}) {stem}")
        for line in (f"SELECT {n};", *(f"{letter}. {text}" for letter, text in zip("ABC", answers, strict=True))):
            document.add_paragraph().add_run(line).font.name = "Consolas"
        document.add_paragraph(f"Solution: {'ABC'[right]}")
    document.save(str(tmp_path / "test.docx"))
    made, told = read(tmp_path, role="tests")
    assert [stated(one)[1:] for one in made] == [one[1:] for one in BANK]
    assert all(f"SELECT {n};" in block_text(one.text) for n, one in enumerate(made, 1))
    assert codes(told) == set()


UNMARKED = (*BANK, ("What is the unit of force?", ("Newton", "Joule"), 0))


def test_questions_between_blank_lines_before_the_first_letters(tmp_path: Path) -> None:
    blocks = ["\n".join([stem, *answers]) for stem, answers, _ in UNMARKED]
    later = [f"{stem}\n" + "\n".join(lettered(answers)) + "\nKey: a" for stem, answers, _ in BANK]
    (tmp_path / "test.txt").write_text("\n\n".join([*blocks, *later]), "utf-8")
    made, _ = read(tmp_path, role="tests")
    assert [stated(one)[:2] for one in made] == [one[:2] for one in (*UNMARKED, *BANK)]


def test_lines_that_ask_before_the_first_question_are_told(tmp_path: Path) -> None:
    asked = [f"Is {n} a prime?" for n in (2, 3, 4)]
    lines = counted(lambda n, stem, answers, right: [f"{n}. {stem}", *lettered(answers), "Key: a"])
    _, told = typed(tmp_path, [*asked, *lines[1:]], role="tests")
    assert "bank-doubtful" in told


def test_numbers_typed_behind_those_of_word_are_no_words(tmp_path: Path) -> None:
    document = docx.Document()
    for n, (stem, answers, right) in enumerate(BANK, 1):
        document.add_paragraph(f"{n}. {stem}", style="List Number")
        for line in lettered(answers):
            document.add_paragraph(line, style="List Bullet")
        document.add_paragraph(f"**Answer:** {'abc'[right]}) {answers[right]}")
    document.save(str(tmp_path / "bank.docx"))
    made, told = read(tmp_path, role="tests")
    assert [stated(one) for one in made] == list(BANK)
    assert codes(told) == set()


def test_a_key_in_the_notes_of_a_slide(tmp_path: Path) -> None:
    deck = Deck()
    for n, (stem, answers, right) in enumerate(BANK, 1):
        slide = deck.slide(f"{n}. {stem}", *lettered(answers))
        slide.notes_slide.notes_text_frame.text = f"Answer: {'abc'[right]}"
    (tmp_path / "test.pptx").write_bytes(deck.data())
    made, told = read(tmp_path, role="tests")
    assert [stated(one) for one in made] == list(BANK)
    assert codes(told) == set()
    assert "outline-notes-lost" not in {one.code for one in told}
