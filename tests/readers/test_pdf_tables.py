"""Ruled tables of PDFs: their cells, lines of a cell, spans, and tables that go on over the page."""

from __future__ import annotations

import pytest

from coursepack.model.blocks import inline_text
from coursepack.model.document import Document, Grid, Line, Para
from coursepack.outline.markers import standard
from coursepack.outline.stream import stream
from coursepack.readers.pdf import reader as pdf
from tests.readers.pdf_maker import Stroke, Word, make, ruled


def grids(document: Document) -> list[Grid]:
    return [unit for unit in document.units if isinstance(unit, Grid)]


def cells(grid: Grid) -> list[list[list[str]]]:
    return [
        [[inline_text(unit.content) for unit in cell.units if isinstance(unit, Para)] for cell in row]
        for row in grid.rows
    ]


def table(rows: list[list[str | list[str]]], xs: list[float], top: float, *, head: bool = False) -> list[Word | Stroke]:
    """A table of these cells, a list a cell of several lines; rows are as high as their lines."""
    ys = [top]
    words: list[Word | Stroke] = []
    for nth, row in enumerate(rows):
        lines = [[cell] if isinstance(cell, str) else cell for cell in row]
        for column, cell in enumerate(lines):
            words += [
                Word(text, xs[column] + 4, ys[-1] - 13 - 14 * at, bold=head and nth == 0)
                for at, text in enumerate(cell)
            ]
        ys.append(ys[-1] - 6 - 14 * max(map(len, lines)))
    return [*words, *ruled(xs, ys)]


@pytest.mark.parametrize("filled", [False, True])
@pytest.mark.parametrize("rotate", [0, 90])
def test_a_ruled_table_is_a_table_where_it_stands(*, filled: bool, rotate: int) -> None:
    words = [
        Word("Кестенің үстіндегі сөз", 72, 760),
        *[Word(f"{row}{column}", 76 + 100 * column, 725 - 20 * row) for row in range(3) for column in range(2)],
        Word("Кестенің астындағы сөз", 72, 650),
    ]
    rules = ruled([72, 172, 272], [740, 720, 700, 680], filled=filled)
    above, grid, below = pdf.read("a.pdf", make([[*rules, *words]], rotate=rotate)).units
    assert isinstance(above, Line)
    assert isinstance(grid, Grid)
    assert isinstance(below, Line)
    assert [above.text, below.text] == ["Кестенің үстіндегі сөз", "Кестенің астындағы сөз"]
    assert cells(grid) == [[["00"], ["01"]], [["10"], ["11"]], [["20"], ["21"]]]
    assert (grid.number, above.number, below.number) == (2, 1, 8)


def test_a_wrapped_cell_is_one_paragraph_and_a_new_one_begins_where_its_word_would_have_fitted() -> None:
    rows: list[list[str | list[str]]] = [
        ["Апта", "Тақырып"],
        ["1", ["Экожүйедегі энергия айна-", "лымы және оның заңы", "Сөзге орын бар еді"]],
        ["2", ["1. бірінші ой ұзын болады", "2. екінші ой"]],
    ]
    document = pdf.read("a.pdf", make([[Word("айналымы", 72, 800), *table(rows, [72, 132, 295], 760, head=True)]]))
    (grid,) = grids(document)
    assert cells(grid) == [
        [["Апта"], ["Тақырып"]],
        [["1"], ["Экожүйедегі энергия айналымы және оның заңы", "Сөзге орын бар еді"]],
        [["2"], ["1. бірінші ой ұзын болады", "2. екінші ой"]],
    ]
    assert grid.header_rows == 1


def test_cells_over_columns_and_rows_and_a_table_without_sides() -> None:
    rules = [
        *(Stroke(72, y, 372, y) for y in (740, 700)),
        Stroke(172, 720, 372, 720),
        Stroke(172, 740, 172, 700),
        Stroke(272, 720, 272, 700),
    ]
    words = [Word("биік", 76, 715), Word("кең ұяшық", 176, 726), Word("сол", 176, 706), Word("оң", 276, 706)]
    (grid,) = grids(pdf.read("a.pdf", make([[*rules, *words]])))
    assert cells(grid) == [[["биік"], ["кең ұяшық"]], [["сол"], ["оң"]]]
    assert [[(cell.colspan, cell.rowspan) for cell in row] for row in grid.rows] == [[(1, 2), (2, 1)], [(1, 1), (1, 1)]]


def test_a_table_goes_on_over_the_page_and_its_head_is_printed_again() -> None:
    xs = [72.0, 132, 372]
    first = table([["Апта", "Тақырып"], ["1", "Қоғам"]], xs, 200)
    second = table([["Апта", "Тақырып"], ["2", "Билік"], ["3", "Партия жүйесі"]], xs, 760)
    third = table([["", "және қозғалыс"]], xs, 760)
    texts = [Word("Апталық кесте туралы", 72, 700)]
    document = pdf.read("a.pdf", make([[*texts, *first], second, [*third, Word("Кестеден кейін", 72, 500)]]))
    (grid,) = grids(document)
    assert cells(grid) == [
        [["Апта"], ["Тақырып"]],
        [["1"], ["Қоғам"]],
        [["2"], ["Билік"]],
        [["3"], ["Партия жүйесі және қозғалыс"]],
    ]
    assert grid.header_rows == 1
    again = [unit for unit in document.units if isinstance(unit, Line) and unit.role]
    assert [(line.text, line.role, line.page) for line in again] == [("Апта\tТақырып", "repeated-head", 2)]
    made = stream(document, "textbook", standard())
    assert [piece.text for piece in made.pieces] == ["Апталық кесте туралы", "", "Кестеден кейін"]
    assert made.texts.ledger.source().aside == {"repeated head": len("АптаТақырып")}


@pytest.mark.parametrize(
    "below",
    [
        table([["Апта", "Тақырып"], ["1", "Билік"]], [72, 142, 372], 760),
        [Word("Арада мәтін тұр", 72, 780), *table([["2", "Билік"], ["3", "Мемлекет"]], [72, 132, 372], 760)],
    ],
    ids=["other columns", "text between"],
)
def test_two_tables_on_two_pages_stay_two(below: list[Word | Stroke]) -> None:
    first = table([["Апта", "Тақырып"], ["1", "Қоғам"]], [72, 132, 372], 200)
    assert len(grids(pdf.read("a.pdf", make([first, below])))) == 2


@pytest.mark.parametrize(
    "rules",
    [
        [Stroke(72, 500, 400, 500)],
        ruled([60, 540], [780, 600]),
        [Stroke(72, 500, 72, 700), Stroke(72, 500, 400, 500), Stroke(100, 500, 100, 620), Stroke(160, 500, 160, 560)],
        ruled([72 + 10 * n for n in range(30)], [700 - 10 * n for n in range(20)]),
    ],
    ids=["a rule", "a box", "a chart", "squared paper"],
)
def test_rules_that_draw_no_table_leave_the_lines(rules: list[Stroke]) -> None:
    words = [Word("бірінші жол", 90, 640), Word("екінші жол", 90, 626)]
    units = pdf.read("a.pdf", make([[*rules, *words]])).units
    assert [unit.text for unit in units if isinstance(unit, Line)] == ["бірінші жол", "екінші жол"]
    assert not grids(pdf.read("a.pdf", make([[*rules, *words]])))


def test_a_word_that_a_narrow_column_breaks_is_whole_where_it_is_known_and_told_where_it_may_be_one() -> None:
    rows: list[list[str | list[str]]] = [
        ["1", ["Shakesp", "eare"], ["the", "sea"]],
        ["2", ["equilat", "eral"], ["a", "byte"]],
    ]
    words = [Word("Shakespeare wrote plays", 72, 800), *table(rows, [72, 112, 164, 300], 760)]
    document = pdf.read("a.pdf", make([words]))
    (grid,) = grids(document)
    assert cells(grid) == [
        [["1"], ["Shakespeare"], ["the sea"]],
        [["2"], ["equilat eral"], ["a byte"]],
    ]
    (told,) = (one for one in document.findings if one.code == "pdf-broken")
    assert "«equilat eral»" in told.message
    assert told.severity == "warning"
