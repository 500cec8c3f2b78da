"""Cells of tables: no program takes a text for a formula, and any text comes back as it was."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coursepack.files import cells
from coursepack.model.questions import Answer, Choice, Essay, MultipleChoice, Question, ShortAnswer
from tests.samples import b
from tests.writers.plain import bare, read_back, written

LINK = "=cmd|' /C calc'!A0"
FORMULAS = (
    *(
        LINK,
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(1)",
        "-2+3+cmd|' /C calc'!A0",
        "+7 777",
        "- а",
        "\t=1",
        "\r=1",
        "\n=1",
        "\tx",
    ),
    *(" =1+1", '"=1+1', "\ufeff=1+1", "\u00a0=1", "\u200b@x", "\x00=1", "\x1f=1", "\u3000=1", "＝1+1", "＋1", "－1"),
    *("\tx", "＠x", "-5;=1", "-5+1", "=", "--5", "+-5", "-3\n-5"),
)
AFTER_A_CUT = (
    *(f"x;{LINK}", f"x,{LINK}", f"x\t{LINK}", f"x\n{LINK}", f"x\r\n{LINK}", f'x; "{LINK}', "x;+SUM(1)", "x,-Sheet2!A1"),
    *("x;@SUM(1)", "x;＝1", "x; -cmd|'/C calc'!A0", "1;2;=3", "a\n- б (в)"),
)
PLAIN = (
    *("-5", "-2,5", "-0.5", "-50%", "-1e5", "-", "+", "–", "— деді ол", "a=b", "x - y", "да, - сказал он", "2,-5"),
    *("a;b", "A 50%, C 50%, D -50%", "5", "", "a'=b", "«=»", "a\n- б\n- в", "он, - воскликнул он!"),
)
ESCAPES = ("_x0041_", "_x005F_", "_x005F_x0041_", "_x000D_", "a_x000D_b__x0041_", "_X0041_", "x_y", "_x0041_x0042_")


@pytest.mark.parametrize("text", FORMULAS)
def test_what_would_be_a_formula_is_marked(text: str) -> None:
    assert cells.marked(text).startswith("'")
    assert cells.unmarked(cells.marked(text)) == text


@pytest.mark.parametrize("text", AFTER_A_CUT)
def test_what_would_be_one_after_a_cut_at_another_separator_is_marked(text: str) -> None:
    made = cells.marked(text)
    assert not any(re.match(r'[\s"]*[=@＝]|[\s"]*[+-].*[(|!]', part) for part in re.split(r"[;,\t\r\n]", made))
    assert cells.unmarked(made) == text


@pytest.mark.parametrize("text", PLAIN)
def test_numbers_dashes_and_other_texts_stay(text: str) -> None:
    assert cells.marked(text) == text
    assert cells.unmarked(text) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [("'-5", "-5"), ("''абв", "'абв"), ("'=1", "=1"), ("'\tx", "\tx"), ("'абв", "'абв"), ("''", "'"), ("'@x", "@x")],
)
def test_tables_of_earlier_releases_and_of_others_are_read(cell: str, text: str) -> None:
    assert cells.unmarked(cell) == text


RISKY = st.text(st.sampled_from("='+-@;,\t\r\n\"' \ufeff＝＋５5.%(|!$Aaә\u200b\x00"), max_size=12)


@given(RISKY | st.text())
@example("'")
@example("x;''=1")
@example("'-5")
@example("\x00\r=")
def test_any_text_comes_back(text: str) -> None:
    assert cells.unmarked(cells.marked(text)) == text
    assert cells.marked(text).count("\n") == text.count("\n")


@given(st.lists(RISKY, min_size=1, max_size=4), st.sampled_from(",;\t"))
def test_any_row_comes_back_through_a_csv_reader(row: list[str], delimiter: str) -> None:
    made = cells.csv_row(row, delimiter)
    (back,) = csv.reader(io.StringIO(made, newline=""), delimiter=delimiter)
    assert [cells.unmarked(cell) for cell in back] == row


@given(RISKY, st.sampled_from(",;\t"), st.sampled_from(",;\t"))
def test_no_cell_is_a_formula_wherever_the_row_is_cut(text: str, delimiter: str, other: str) -> None:
    """As a program reads it that cuts at another separator, and knows quotes only where a cell begins."""
    made = cells.csv_row(["x", f"y{text}", text], delimiter)
    for line in made.splitlines() if "\n" not in text else [made]:
        for cell in next(csv.reader(io.StringIO(line, newline=""), delimiter=other), []):
            assert not re.match(r"[\s\x00\"\ufeff\u200b]*[=@＝]", cell), (made, cell)


def _keyed(right: str, *wrong: str) -> tuple[Choice, ...]:
    return Choice(content=b(right), fraction=1), *(Choice(content=b(one)) for one in wrong)


@pytest.mark.parametrize("name", ["csv", "xlsx"])
@given(data=st.data())
def test_any_question_comes_back(name: str, data: st.DataObject) -> None:
    signs = st.sampled_from("=+-@;,\"' ＝＠5.%(|!$Aaә_x0041_")
    letters = st.text(signs | st.characters(categories=["L", "N", "P", "S"]), max_size=12)
    # What docs/question-table.md says of blanks and of a letter before every option («A) …»).
    text = letters.map(lambda found: " ".join(f"{found} я".split()))
    option = letters.map(lambda found: " ".join(f"{found}я".split()))
    paragraphs = st.lists(option, min_size=1, max_size=3)
    choices = st.tuples(option, st.just("- а (б)"))
    questions: list[Question] = [
        Essay(id="q", text=b(*data.draw(paragraphs)), title=data.draw(text), feedback=b(data.draw(option))),
        ShortAnswer(id="q", text=b(data.draw(text)), answers=(Answer(text=data.draw(option)), Answer(text="2"))),
        MultipleChoice(id="q", text=b("?"), choices=_keyed(*data.draw(choices))),
    ]
    with tempfile.TemporaryDirectory() as folder:
        back = read_back(written(name, *questions), Path(folder) / f"bank.{name}")
    assert back == [bare(question) for question in questions]


@pytest.mark.parametrize("text", ESCAPES)
def test_escapes_of_a_workbook(text: str) -> None:
    made = cells.workbook_text(text)
    assert cells.text_of_workbook(made) == text
    # As Excel reads it: every escape from the left.
    assert re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), made) == text


def test_line_ends_that_a_workbook_escapes() -> None:
    assert cells.text_of_workbook("a_x000D_\nb") == "a\r\nb"


@pytest.mark.parametrize(("text", "length"), [("a" * 40_000, 32_767), ("😀" * 20_000, 16_383)])
def test_a_cell_is_cut_as_excel_counts(text: str, length: int) -> None:
    kept = cells.cut(text)
    assert text.startswith(kept)
    assert len(kept) == length
    assert len(kept.encode("utf-16-le")) // 2 <= cells.LONGEST


def test_marks_take_time_in_proportion() -> None:
    for text in (";" * 10**5, "\n" * 10**5, ";-" * 10**5, ";'" * 10**5, "'" * 10**5, ";- " * 10**5 + "(", " " * 10**5):
        assert cells.unmarked(cells.marked(text)) == text


@pytest.mark.parametrize("text", [*FORMULAS, "#N/A", "2026-01-01", "1", "TRUE", "http://a.kz", "{=1}", "_x003D_1"])
def test_a_cell_of_a_workbook_is_a_text(text: str) -> None:
    text = cells.without_controls(text)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("a")
    sheet.append([cells.workbook_cell(sheet, text)])
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as made:
        written_sheet = made.read("xl/worksheets/sheet1.xml").decode()
        assert not any("sharedStrings" in name or "externalLink" in name for name in made.namelist())
    assert re.search('<c r="A1" t="inlineStr"><is><t', written_sheet)
    assert not re.search("<f|<v|<hyperlink|quotePrefix|definedName", written_sheet)
    value = openpyxl.load_workbook(out).worksheets[0]["A1"].value
    assert cells.text_of_workbook(str(value)) == text
