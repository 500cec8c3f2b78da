"""Blocks in WordprocessingML: odd tables, deep lists, footnotes, pictures, characters that no page holds."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursepack.model.blocks import Blocks, Cell, Figure, Footnote, List, ListItem, NoteMark, Paragraph, Row, Run, Table
from coursepack.model.course import Course, Section
from coursepack.render.picture_size import pixels
from coursepack.render.table_grid import column_widths, rectangle
from coursepack.render.wml import TEXT_WIDTH
from tests.papers import W, document, lines, members, sound, text_of, write
from tests.samples import PNG, PNG_ID, b, p


def paper(blocks: Blocks) -> Course:
    return Course(id="odd", title="Т", language="kk", foreword=Section(id="foreword", title="Алғы", blocks=blocks))


def spans(columns: list[tuple[int, int]]) -> Row:
    return Row(cells=tuple(Cell(blocks=b("а"), colspan=wide, rowspan=high) for wide, high in columns))


tables = st.lists(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=4).map(spans), min_size=1, max_size=5
)


@given(tables)
def test_any_spans_make_a_rectangle(rows: list[Row]) -> None:
    table = Table(rows=tuple(rows), header_rows=1)
    grid = rectangle(table)
    assert len({len(line) for line in grid}) == 1
    if grid[0]:
        assert sum(column_widths(table, grid, TEXT_WIDTH)) == TEXT_WIDTH
    (artifact,) = write("course-set", paper((table, table))).artifacts
    assert not sound(artifact)


def merges(*rows: list[tuple[int, int]]) -> list[list[str]]:
    """Of each cell in the table of a paper: its gridSpan, vMerge and text."""
    (artifact,) = write("course-set", paper((Table(rows=tuple(map(spans, rows))),))).artifacts
    assert not sound(artifact)
    (table,) = (t for t in document(artifact).iter(f"{W}tbl") if set("".join(map(str, t.itertext()))) == {"а"})
    return [
        [
            "".join(
                [
                    *(str(part.get(f"{W}val")) for part in cell.iter(f"{W}gridSpan", f"{W}vMerge")),
                    *map(str, cell.itertext()),
                ]
            )
            for cell in row.iter(f"{W}tc")
        ]
        for row in table.iter(f"{W}tr")
    ]


def test_cells_of_the_same_text_side_by_side_go_down_each_for_itself() -> None:
    assert merges([(0, 3)], [(0, 3)], [], []) == [
        ["restartа", ""],
        ["continue", "restartа"],
        ["continue", "continue"],
        ["", "continue"],
    ]
    assert merges([(2, 2), (1, 2)], []) == [["2restartа", "restartа"], ["2continue", "continue"]]


def test_a_span_ends_where_a_cell_from_above_begins() -> None:
    assert merges([(1, 1), (1, 2), (1, 1)], [(3, 1)]) == [
        ["а", "restartа", "а"],
        ["а", "continue", ""],
    ]


def test_a_wide_table_keeps_its_columns_on_the_page() -> None:
    row = Row(cells=tuple(Cell(blocks=b("ұзынсөз" * 3)) for _ in range(30)))
    grid = rectangle(Table(rows=(row,)))
    widths = column_widths(Table(rows=(row,)), grid, TEXT_WIDTH)
    assert len(widths) == 30
    assert sum(widths) == TEXT_WIDTH
    assert min(widths) > 0


def test_lists_go_as_deep_as_word_can() -> None:
    inner: Blocks = b("ең ішкі")
    for level in range(12):
        inner = (List(marker="decimal" if level % 2 else "disc", items=(ListItem(blocks=(p(f"{level}"), *inner)),)),)
    (artifact,) = write("course-set", paper(inner)).artifacts
    assert not sound(artifact)
    levels = [int(str(level.get(f"{W}val"))) for level in document(artifact).iter(f"{W}ilvl")]
    assert levels == [0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8]


def test_an_item_of_many_blocks_is_one_number() -> None:
    table = Table(rows=(Row(cells=(Cell(blocks=b("к")),)),))
    items = (ListItem(blocks=(p("бір"), p("жалғасы"), table)), ListItem(blocks=(table,)), ListItem(blocks=()))
    (artifact,) = write("course-set", paper((List(marker="paren", items=items),))).artifacts
    assert not sound(artifact)
    assert len(list(document(artifact).iter(f"{W}numId"))) == 3


def test_tables_of_an_item_stay_apart() -> None:
    """Word reads tables that touch as one, in a cell it refuses them; what stands under a table has room above it."""
    table = Table(rows=(Row(cells=(Cell(blocks=b("к")),)),))
    list_ = List(marker="paren", items=(ListItem(blocks=(p("бір"), table, table, p("жалғасы"))),))
    (artifact,) = write("course-set", paper((Table(rows=(Row(cells=(Cell(blocks=(list_,)),)),)),))).artifacts
    assert not sound(artifact)
    (cell,) = [found for found in document(artifact).iter(f"{W}tc") if found.find(f"{W}tbl") is not None]
    assert [str(child.tag).removeprefix(W) for child in cell] == ["tcPr", "p", "tbl", "p", "tbl", "p"]
    assert [found.get(f"{W}before") for found in cell.iterfind(f"{W}p/{W}pPr/{W}spacing")] == ["120"]


def test_a_footnote_goes_to_its_mark_wherever_that_stands() -> None:
    mark = NoteMark(note="n")
    marked = Paragraph(content=(Run(text="сөз"), mark))
    note = Footnote(id="n", label="7", blocks=b("ескерту"))
    for blocks in (
        (marked, note),
        (Table(rows=(Row(cells=(Cell(blocks=(marked, note)),)),)),),
        (List(items=(ListItem(blocks=(marked,)),)), note),
    ):
        (artifact,) = write("course-set", paper(blocks)).artifacts
        assert not sound(artifact)
        assert "ескерту" in members(artifact)["word/footnotes.xml"].decode()
        assert not any("ескерту" in line for line in lines(artifact))


def test_a_note_without_a_mark_and_a_mark_without_a_note_are_not_lost() -> None:
    blocks = (Paragraph(content=(Run(text="сөз"), NoteMark(note="x-3"))), Footnote(id="n", label="7", blocks=b("е")))
    (artifact,) = write("course-set", paper(blocks)).artifacts
    assert not sound(artifact)
    assert lines(artifact)[-2:] == ["сөз3", "7 е"]


def test_what_xml_cannot_hold_is_left_out() -> None:
    text = "а\x00б\x0bв\ud800г\ufffeд\te\nж"
    (artifact,) = write(
        "course-set", paper((Paragraph(content=(Run(text=text, href="http://x/\x01?a b"),)),))
    ).artifacts
    assert not sound(artifact)
    assert lines(artifact)[-1] == "абвгд\te\nж"


def test_a_picture_is_scaled_to_the_page_and_stored_once() -> None:
    wide = Figure(asset=PNG_ID, media_type="image/png", alt="кең", width=4000, height=1000)
    high = Figure(asset=PNG_ID, media_type="image/png", alt="биік", width=10, height=9000)
    (artifact,) = write("course-set", paper((wide, high, wide))).artifacts
    assert not sound(artifact)
    assert sum(name.startswith("word/media/") for name in members(artifact)) == 1
    sizes = [
        (int(str(e.get("cx"))), int(str(e.get("cy"))))
        for e in document(artifact).iter()
        if str(e.tag).endswith("}extent")
    ]
    assert sizes[0] == (TEXT_WIDTH * 635, TEXT_WIDTH * 635 // 4) or sizes[0][0] == pytest.approx(TEXT_WIDTH * 635)
    assert sizes[1][1] == 22 * 360_000


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (PNG, (8, 8)),
        (b"GIF89a" + struct.pack("<HH", 30, 20), (30, 20)),
        (b"BM" + b"\0" * 16 + struct.pack("<ii", 5, -7), (5, 7)),
        (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", 40, 60) + b"\0" * 9, (60, 40)),
        (b"\xff\xd8\xff\xc0", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"", None),
    ],
)
def test_sizes_are_read_from_the_first_bytes(data: bytes, size: tuple[int, int] | None) -> None:
    assert pixels(data) == size


def test_a_run_in_another_language_says_so() -> None:
    runs = (Run(text="билік "), Run(text="власть", language="ru"), Run(text="power", language="en"))
    (artifact,) = write("course-set", paper((Paragraph(content=runs),))).artifacts
    tags = {
        text_of(run): str(lang.get(f"{W}val"))
        for run in document(artifact).iter(f"{W}r")
        for lang in run.iter(f"{W}lang")
    }
    assert tags == {"власть": "ru-RU", "power": "en-GB"}


def test_a_title_is_the_screen_tip_of_a_link_and_stands_behind_an_abbreviation() -> None:
    link = Run(text="қор", href="https://a.kz/", title='А "б"')
    short, long = Run(text=" БЖ", title="жоспар"), Run(text="ұзын", href="https://b.kz/", title="т" * 261)
    figure = Figure(asset=PNG_ID, media_type="image/png", alt="Шаршы", title="Көк & <қ>")
    (artifact,) = write("course-set", paper((Paragraph(content=(link, short, long)), figure))).artifacts
    assert not sound(artifact)
    root = document(artifact)
    tips = [(text_of(element), element.get(f"{W}tooltip")) for element in root.iter(f"{W}hyperlink")]
    assert [tip for tip in tips if tip[0][:1] in "құ"] == [("қор", 'А "б"'), (f"ұзын ({'т' * 261})", None)]
    assert "қор БЖ (жоспар)" in "".join(lines(artifact))
    assert [(one.get("descr"), one.get("title")) for one in root.iter("{*}docPr")] == [("Шаршы", "Көк & <қ>")]
