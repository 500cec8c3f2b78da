"""Colours, markings and the direction of text in Word documents."""

from __future__ import annotations

import pytest

from coursepack.model.blocks import Run
from coursepack.model.document import Grid, Para, Unit
from coursepack.readers.docx import reader as docx
from tests.readers.word import p, package, r

PLAIN = "Обычный текст, которого в документе больше всего остального вместе взятого."


def units(body: str, styles: str | None = None) -> tuple[Unit, ...]:
    return docx.read("a.docx", package(body, styles=styles)).units


def looks(properties: str) -> tuple[str | None, str | None]:
    """Colour and highlight of a word among plain ones."""
    (para,) = units(p(runs=r(PLAIN) + r("слово", properties)))
    assert isinstance(para, Para)
    run = para.content[-1]
    assert isinstance(run, Run)
    assert run.text.endswith("слово")
    return run.colour, run.highlight


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ('<w:color w:val="C00000"/>', ("c00000", None)),
        ('<w:color w:val="C00000" w:themeColor="accent2"/>', ("c00000", None)),
        ('<w:color w:val="auto"/>', (None, None)),
        ('<w:color w:val="404040"/>', (None, None)),
        ('<w:color w:val="FFFFFF"/>', (None, None)),
        ('<w:color w:val="красный"/>', (None, None)),
        ('<w:highlight w:val="yellow"/>', (None, "ffff00")),
        ('<w:highlight w:val="darkGreen"/>', (None, "008000")),
        ('<w:highlight w:val="lightGray"/>', (None, None)),
        ('<w:highlight w:val="none"/>', (None, None)),
        ('<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>', (None, "ffff00")),
        ('<w:shd w:val="clear" w:color="auto" w:fill="FFFFFF"/>', (None, None)),
        ('<w:shd w:val="clear" w:color="auto" w:fill="auto"/>', (None, None)),
        ('<w:shd w:val="nil" w:fill="FFFF00"/>', (None, None)),
        ('<w:highlight w:val="cyan"/><w:shd w:val="clear" w:fill="FFFF00"/>', (None, "00ffff")),
    ],
)
def test_colours_that_say_something(properties: str, expected: tuple[str | None, str | None]) -> None:
    assert looks(properties) == expected


def test_a_character_style_colours_and_a_style_of_links_or_paragraphs_does_not() -> None:
    styles = "".join(
        f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:rPr><w:color w:val="{colour}"/></w:rPr></w:style>'
        for kind, key, name, colour in (
            ("character", "e", "Intense Emphasis", "4F81BD"),
            ("character", "l", "Hyperlink", "0000FF"),
            ("paragraph", "t", "Remark", "00B050"),
        )
    )
    body = p(
        properties='<w:pStyle w:val="t"/>',
        runs=r(PLAIN)
        + r("раз", '<w:rStyle w:val="e"/>')
        + r(" два ", '<w:rStyle w:val="l"/>')
        + r("три", '<w:rStyle w:val="e"/><w:color w:val="auto"/>'),
    )
    (para,) = units(body, styles=styles)
    assert isinstance(para, Para)
    assert para.content == (Run(text=PLAIN), Run(text="раз", colour="4f81bd"), Run(text=" два три"))


def test_what_most_letters_look_like_says_nothing() -> None:
    blue, marked = '<w:color w:val="0000FF"/>', '<w:highlight w:val="yellow"/>'
    found = units(p(runs=r(PLAIN, blue + marked)) + p(runs=r("красный", '<w:color w:val="FF0000"/>')) + p("чёрный"))
    assert [para.content for para in found if isinstance(para, Para)] == [
        (Run(text=PLAIN),),
        (Run(text="красный", colour="ff0000"),),
        (Run(text="чёрный"),),
    ]


def test_a_link_is_coloured_everywhere() -> None:
    link = (
        f'<w:hyperlink r:id="rId9">{r("сайт", "<w:color w:val=" + chr(34) + "0000FF" + chr(34) + "/>")}</w:hyperlink>'
    )
    data = package(p(runs=r(PLAIN) + link), links={"rId9": "https://a.kz"})
    (para,) = docx.read("a.docx", data).units
    assert isinstance(para, Para)
    assert para.content == (Run(text=PLAIN), Run(text="сайт", href="https://a.kz"))


def test_paragraphs_from_right_to_left_and_their_sides() -> None:
    bidi = "<w:bidi/>"
    cells = [
        p("א", bidi + '<w:jc w:val="right"/>'),
        p("ב", bidi + '<w:jc w:val="left"/>'),
        p("ג", bidi + '<w:jc w:val="center"/>'),
        p("г", '<w:bidi w:val="0"/><w:jc w:val="end"/>'),
    ]
    table = f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"
    one, grid, two = units(p("שלום", bidi) + table + p("г"))
    assert isinstance(one, Para)
    assert isinstance(two, Para)
    assert (one.direction, two.direction) == ("rtl", None)
    assert isinstance(grid, Grid)
    assert grid.align == ("left", None, "center", "right")


def test_cell_fills_that_tell_a_cell_from_others_alone_are_kept() -> None:
    """Whole rows and columns below their head are only set off."""

    def cell(fill: str) -> str:
        shading = f'<w:tcPr><w:shd w:val="clear" w:fill="{fill}"/></w:tcPr>' if fill else ""
        return f"<w:tc>{shading}{p('x')}</w:tc>"

    head, asked, right = "4472C4", "DDDDDD", "92D050"
    rows = ([head] * 3, [asked, right, ""], [asked, "", right], [asked, "", ""])
    table = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    (grid,) = (one for one in units(f"<w:tbl>{table}</w:tbl>" + p("y")) if isinstance(one, Grid))
    assert [[one.fill.upper() for one in row] for row in grid.rows] == [
        ["", "", ""],
        ["", right, ""],
        ["", "", right],
        ["", "", ""],
    ]
