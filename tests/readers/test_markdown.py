"""Markdown: structure, pictures, formulas, and the HTML that people put into it."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from coursepack import build, limits
from coursepack.discovery import find_projects
from coursepack.model.blocks import Figure, Math, NoteMark, Picture, Run, inline_text
from coursepack.model.document import Display, Document, Drawing, Grid, Para
from coursepack.model.questions import MultipleChoice
from coursepack.place import CoursepackError
from coursepack.readers import read as read_file
from coursepack.readers.markdown import reader as markdown
from tests.samples import PNG, PNG_ID


def read(text: str, folder: Path | None = None) -> Document:
    return markdown.read("a.md", text.encode(), folder=folder)


def paras(text: str) -> list[Para]:
    return [unit for unit in read(text).units if isinstance(unit, Para)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Бір\n\nЕкі\n===\n\n### Үш ###", [("Бір", 1), ("Екі", 1), ("Үш", 3)]),
        ('# <span style="x">1-дәріс.</span> Билік', [("1-дәріс. Билік", 1)]),
        ("<h2 align='center'>Лекция <b>1</b></h2>", [("Лекция 1", 2)]),
        ("<div align='center'>\n\n## Тақырып\n\n</div>", [("Тақырып", 2)]),
        ("<center>\n## Тақырып\n</center>", [("Тақырып", 2)]),
        ("## **Қалың тақырып**", [("Қалың тақырып", 2)]),
    ],
)
def test_headings(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(inline_text(para.content), para.heading) for para in paras(text)] == expected


def test_a_heading_has_no_bold_of_its_own() -> None:
    assert paras("## **Қалың**")[0].content == (Run(text="Қалың"),)


def test_inline_styles() -> None:
    (para,) = paras("**қ** *к* `c` H<sub>2</sub>O <u>а</u> [с](https://a.kz) [ж](b.md) \\*\n жол  \nүзік")
    assert para.content == (
        Run(text="қ", bold=True),
        Run(text=" "),
        Run(text="к", italic=True),
        Run(text=" "),
        Run(text="c", code=True),
        Run(text=" H"),
        Run(text="2", script="sub"),
        Run(text="O "),
        Run(text="а", underline=True),
        Run(text=" "),
        Run(text="с", href="https://a.kz"),
        Run(text=" ж * жол\nүзік"),
    )


SCRIPTS = {
    "H~2~O": [("H", None), ("2", "sub"), ("O", None)],
    "SO~4~^2-^": [("SO", None), ("4", "sub"), ("2-", "super")],
    "12 m^2^, 1^st^": [("12 m", None), ("2", "super"), (", 1", None), ("st", "super")],
    "f(x)^2^.": [("f(x)", None), ("2", "super"), (".", None)],
    "~5 kg and ~7 kg, 10~20~30": [("~5 kg and ~7 kg, 10~20~30", None)],
    "a^b+c^d, 2^10 and 2^20": [("a^b+c^d, 2^10 and 2^20", None)],
}


def test_what_a_tag_says_of_its_letters() -> None:
    (para,) = paras(
        'Мәтін <span style="color: #C00000">қызыл</span>, <font color="red">шрифт</font>, <mark>белгі</mark>, '
        '<span style="background: #00ff00">жасыл</span>, <span dir="rtl" lang="ar">نص</span>, <samp>ls</samp> '
        '<b style="color: blue">көк <i>де</i></b> <span style="color: #333">жай</span>.'
    )
    looks = [run for run in para.content if isinstance(run, Run) and run != Run(text=run.text)]
    assert looks == [
        Run(text="қызыл", colour="c00000"),
        Run(text="шрифт", colour="ff0000"),
        Run(text="белгі", highlight="ffff00"),
        Run(text="жасыл", highlight="00ff00"),
        Run(text="نص", direction="rtl", language="ar"),
        Run(text="ls", code=True),
        Run(text="көк ", bold=True, colour="0000ff"),
        Run(text="де", bold=True, italic=True, colour="0000ff"),
    ]


def test_a_key_by_colour_in_markdown(tmp_path: Path) -> None:
    (tmp_path / "Тест.md").write_text(
        '# Тест\n\n1. Столица Казахстана?\n\nA) Алматы  \n<span style="color:red">B) Астана</span>  \nC) Семей\n\n'
        '2. Сколько будет 2+2?\n\nA) 3  \nB) 5  \n<font color="red">C) 4</font>\n',
        encoding="utf-8",
    )
    (project,) = find_projects([tmp_path])
    course = build.understand(project).course
    asked = course.exam.questions if course.exam else [q for _, s in course.sessions() for q in s.review]
    keys = [[choice.fraction for choice in q.choices] for q in asked if isinstance(q, MultipleChoice)]
    assert keys == [[0, 1, 0], [0, 0, 1]]


@pytest.mark.parametrize("text", SCRIPTS)
def test_lowered_and_raised_letters(text: str) -> None:
    (para,) = paras(text)
    assert [(run.text, run.script) for run in para.content if isinstance(run, Run)] == SCRIPTS[text]


def test_many_signs_are_read_soon() -> None:
    (para,) = paras("a~^" * 20_000)
    assert len(inline_text(para.content)) == 60_000


def test_an_admonition_is_a_quotation_under_its_title() -> None:
    found = paras('!!! note "Important"\n    Read **this**.\n\nAfter it.\n')
    assert [(inline_text(para.content), para.style) for para in found] == [
        ("Important", "quote"),
        ("Read this.", "quote"),
        ("After it.", None),
    ]


def test_lists_have_labels_as_word_documents_do() -> None:
    found = paras("3. үш\n4. төрт\n\n   жалғасы\n   - ішкі\n\n1) жаңа\n\n> дәйексөз\n\n```\nкод\n```")
    assert [(inline_text(x.content), x.label, x.list_level, x.style) for x in found] == [
        ("үш", "3.", 0, None),
        ("төрт", "4.", 0, None),
        ("жалғасы", None, 0, None),
        ("ішкі", "•", 1, None),
        ("жаңа", "1)", 0, None),
        ("дәйексөз", None, 0, "quote"),
    ]
    assert len({x.list_id for x in found[:5]}) == 3


def test_tables() -> None:
    (grid,) = (unit for unit in read("| А | Б |\n|---|:-:|\n| 1 | **2** |").units if isinstance(unit, Grid))
    assert grid.header_rows == 1
    cells = [[inline_text(c.units[0].content) for c in row if isinstance(c.units[0], Para)] for row in grid.rows]
    assert cells == [["А", "Б"], ["1", "2"]]


def test_formulas() -> None:
    units = read("мұнда $x^2$ пен \\(y\\), бағасы 5$ пен 6$\n\n$$\n\\frac{a}{b}\n$$\n\n\\[z\\]").units
    (para, block, bracket) = units
    assert isinstance(para, Para)
    assert [item.tex for item in para.content if isinstance(item, Math)] == ["x^2", "y"]
    assert inline_text(para.content) == "мұнда x² пен y, бағасы 5$ пен 6$"
    assert isinstance(block, Display)
    assert isinstance(bracket, Display)
    assert (block.math.text, bracket.math.text) == ("a/b", "z")


def test_footnotes() -> None:
    (para,) = paras("сөз[^а] тағы[^b]\n\n[^а]: Бірінші.\n[^b]: Екінші *көлбеу*.")
    assert [item.note for item in para.content if isinstance(item, NoteMark)] == ["note-1", "note-2"]
    assert [(n.id, n.label) for n in para.notes] == [("note-1", "1"), ("note-2", "2")]


def test_pictures_beside_the_source(tmp_path: Path) -> None:
    folder = tmp_path / "курс"
    (folder / "img").mkdir(parents=True)
    (folder / "img" / "көк шаршы.png").write_bytes(PNG)
    (tmp_path / "outside.png").write_bytes(PNG)
    (folder / "text.png").write_bytes(b"no picture")
    (folder / "a.md").write_text(
        "![Көк](img/%D0%BA%D3%A9%D0%BA%20%D1%88%D0%B0%D1%80%D1%88%D1%8B.png)\n\n"
        "![сыртта](../outside.png) ![т](text.png) ![желі](https://a.kz/x.png)",
        encoding="utf-8",
    )
    document = read_file(folder / "a.md", "a.md")
    (drawing, para) = document.units
    assert isinstance(drawing, Drawing)
    assert isinstance(drawing.figure, Figure)
    assert (drawing.figure.asset, drawing.figure.alt, drawing.figure.width) == (PNG_ID, "Көк", 8)
    assert document.assets == {PNG_ID: PNG}
    assert isinstance(para, Para)
    assert inline_text(para.content) == "[сыртта] [т] [желі]"
    assert len(document.findings) == 3


def test_front_matter() -> None:
    document = read("---\ntitle: 'Билік'\nlang: kk\nmore: [1]\n---\n# Т\n")
    assert document.properties == {"title": "Билік", "language": "kk"}
    found = [unit for unit in document.units if isinstance(unit, Para)]
    assert [(inline_text(unit.content), unit.style, unit.heading) for unit in found] == [
        ("Билік", "title", None),
        ("Т", None, 1),
    ]


def test_a_title_that_the_text_begins_with_is_not_said_twice() -> None:
    found = paras("---\ntitle: Soil\nauthor: R. Poole\n---\n\n# Soil\n\nText.\n")
    assert [(inline_text(unit.content), unit.style) for unit in found] == [
        ("R. Poole", "author"),
        ("Soil", None),
        ("Text.", None),
    ]


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("# Soil {#sec:soil .unnumbered}\n", ["Soil"]),
        ("# Sets {1, 2}\n", ["Sets {1, 2}"]),
        ("::: {.callout-note}\nA note.\n:::\n", ["A note."]),
        ("Before\n::: notes\nA note.\n:::\nbehind\n", ["Before", "A note.", "behind"]),
        ("::: warning: it is hot\n", ["::: warning: it is hot"]),
        ("A [link](http://a.org){.external} stands.\n", ["A link stands."]),
        ("The set `x`{a} stays.\n", ["The set x{a} stays."]),
    ],
)
def test_signs_of_pandoc_are_no_text(source: str, texts: list[str]) -> None:
    assert [inline_text(unit.content) for unit in paras(source)] == texts


def test_html_tables_keep_their_spans() -> None:
    (grid,) = read("<table><tr><th colspan='2'>А</th></tr><tr><td>1<td>2</table>").units
    assert isinstance(grid, Grid)
    assert [[(c.colspan, c.rowspan) for c in row] for row in grid.rows] == [[(2, 1)], [(1, 1), (1, 1)]]


def test_what_is_no_text() -> None:
    with pytest.raises(CoursepackError, match="not text"):
        markdown.read("a.md", b"\x00\x01\x02")
    with pytest.raises(CoursepackError, match="no text"):
        markdown.read("a.md", b"<!-- -->")
    assert inline_text(paras_of(markdown.read("a.md", "# Лекция".encode("cp1251")))[0].content) == "Лекция"


def paras_of(document: Document) -> list[Para]:
    return [unit for unit in document.units if isinstance(unit, Para)]


def test_the_cells_of_all_tables_have_a_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parser fills up every row to the width of the first: 60 lines of two letters made 3,600 cells."""
    monkeypatch.setenv(limits.VARIABLE, "document-lines=300")
    table = "|a" * 10 + "|\n" + "|-" * 10 + "|\n" + "|b\n" * 10 + "\n"
    assert len(markdown.read("a.md", table.encode()).units) == 1
    with pytest.raises(CoursepackError, match=r"a\.md: tables of more than 300 cells in one document; split it"):
        markdown.read("a.md", (table * 3).encode())


def test_captions_in_html_are_said_once(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    (tmp_path / "a.md").write_text(
        "<figure><img src='a.png' alt='k'><figcaption>Сурет сөзі</figcaption></figure>\n\n"
        "<table><caption>Кесте <b>сөзі</b></caption><tr><td>1</td></tr></table>\n",
        encoding="utf-8",
    )
    drawing, above, grid = read_file(tmp_path / "a.md", "a.md").units
    assert isinstance(drawing, Drawing)
    assert inline_text(drawing.figure.caption) == "Сурет сөзі"
    assert isinstance(above, Para)
    assert (inline_text(above.content), above.style) == ("Кесте сөзі", "caption")
    assert isinstance(grid, Grid)


@pytest.mark.parametrize(
    "text",
    [
        '<svg viewBox="0 0 9 9"><title>Схема</title>\n<circle r="4"/></svg>\n',
        'До <svg viewBox="0 0 9 9"><title>Схема</title><circle r="4"/></svg> после.\n',
    ],
)
def test_a_drawing_in_markdown_is_a_picture(text: str) -> None:
    document = read(text)
    (asset,) = document.assets.values()
    assert b'viewBox="0 0 9 9"' in asset
    assert b'<circle r="4"/>' in asset
    shown = [
        (picture.alt, picture.media_type)
        for unit in document.units
        for picture in (
            [unit.figure]
            if isinstance(unit, Drawing) and isinstance(unit.figure, Figure)
            else [part for part in unit.content if isinstance(part, Picture)]
            if isinstance(unit, Para)
            else []
        )
    ]
    assert shown == [("Схема", "image/svg+xml")]
    letters = "".join(part.text for para in paras_of(document) for part in para.content if isinstance(part, Run))
    assert letters == ("До  после." if text.startswith("До") else "")
    assert document.findings == ()


def test_a_picture_may_stand_in_its_address() -> None:
    document = read(f"![Ядро](data:image/png;base64,{base64.b64encode(PNG).decode()})\n")
    assert document.assets == {PNG_ID: PNG}
    assert [
        unit.figure.alt for unit in document.units if isinstance(unit, Drawing) and isinstance(unit.figure, Figure)
    ] == ["Ядро"]


def test_boxes_to_tick_make_no_test_of_a_lecture(tmp_path: Path) -> None:
    path = tmp_path / "Lecture 1.md"
    path.write_text(
        "# Lecture 1. Databases\n\n> [!note] Mind\n> A base is a set of linked data.\n\n"
        "See [[Lecture 2|the next one]].\n\n"
        "```sql\nSELECT *\n  FROM t;\n```\n\n| Name | Mark |\n|---|---|\n| Anna | 90 |\n\n- [ ] to do\n- [x] done\n",
        "utf-8",
    )
    (loaded,) = find_projects([path])
    ((_, session),) = build.understand(loaded).course.sessions()
    assert (session.kind, session.title) == ("lecture", "Databases")
