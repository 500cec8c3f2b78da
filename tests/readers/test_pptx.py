"""Presentations: what a deck says becomes a lecture, in the order of its slides, and what is left out is reported."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm, Pt

from coursepack import limits, readers
from coursepack.files.hashes import sha256
from coursepack.model.blocks import Figure, Media, Run, block_text
from coursepack.model.document import Drawing, Grid, Para
from coursepack.outline import guess_role
from coursepack.place import CoursepackError, Place, Severity
from coursepack.readers.pptx.names import topic
from coursepack.readers.pptx.reader import read
from tests.readers.deck import BLANK, ONLY_TITLE, SECTION, TITLE, Deck, changed, lines
from tests.samples import PNG

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"


def put(paragraph: Any, xml: str) -> None:
    """Put properties of a paragraph, or an element behind its last."""
    paragraph._p.append(etree.fromstring(xml))


def properties(paragraph: Any, xml: str) -> None:
    paragraph._p.insert(0, etree.fromstring(f'<a:pPr xmlns:a="{A}">{xml}</a:pPr>'))


def told(document: Any) -> list[tuple[str, str, Place | None]]:
    return [(found.severity.value, found.message, found.place) for found in document.findings]


# --- the order of a deck


def test_titles_are_headings_and_bullets_are_lists_by_level() -> None:
    deck = Deck()
    deck.slide("Клетка", "Дисциплина: биология", layout=TITLE)
    deck.slide("Строение", "Ядро", (1, "ядрышко"), (2, "рРНК"), "Мембрана")
    deck.slide("Функции", "Обмен")
    assert lines(read("Лекция 3.pptx", deck.data())) == [
        "# Клетка",
        "Дисциплина: биология",
        "## Строение",
        "• Ядро",
        "  – ядрышко",
        "    • рРНК",
        "• Мембрана",
        "## Функции",
        "• Обмен",
    ]


def test_without_a_title_slide_all_slides_are_of_one_level() -> None:
    deck = Deck()
    deck.slide("Ядро", "Раз")
    deck.slide("Мембрана", "Два")
    assert lines(read("a.pptx", deck.data())) == ["## Ядро", "• Раз", "## Мембрана", "• Два"]


def test_the_title_is_read_first_wherever_it_stands() -> None:
    deck = Deck()
    slide = deck.slide("Ядро", layout=ONLY_TITLE)
    box = slide.shapes.add_textbox(0, 0, Cm(5), Cm(5))
    box.text_frame.text = "сбоку"
    tree = slide.shapes._spTree
    tree.remove(box._element)
    tree.insert(2, box._element)
    assert lines(read("a.pptx", deck.data())) == ["## Ядро", "сбоку"]


def test_a_repeated_title_joins_slides_and_is_told() -> None:
    deck = Deck()
    deck.slide("Ядро", "Раз")
    deck.slide("Ядро (продолжение)", "Два")
    deck.slide("Ядро (cont.)", "Три")
    deck.slide("ЯДРО 2/3", "Четыре")
    deck.slide("Ядро и мембрана", "Пять")
    document = read("a.pptx", deck.data())
    assert lines(document) == ["## Ядро", "• Раз", "• Два", "• Три", "• Четыре", "## Ядро и мембрана", "• Пять"]
    what = "a slide that repeats the title of the one before: they are one part"
    assert told(document) == [("note", f"3 × {what} (slides 2, 3, 4)", Place("a.pptx", slide=2))]


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("Ядро (жалғасы)", "ядро"),
        ("Cells, cont'd", "cells"),
        ("Cells: continued", "cells"),
        ("Cells (2 of 3)", "cells"),
        ("Continued", "continued"),
        ("Content", "content"),
        ("Discontinued", "discontinued"),
        ("Задача 2", "задача 2"),
    ],
)
def test_what_a_title_is_about(title: str, same: str) -> None:
    assert topic(title) == same


def test_section_slides_part_a_deck() -> None:
    deck = Deck()
    deck.slide("Клетка", layout=TITLE)
    deck.slide("Часть первая", layout=SECTION)
    deck.slide("Ядро", "Раз")
    assert lines(read("a.pptx", deck.data())) == ["# Клетка", "## Часть первая", "### Ядро", "• Раз"]


def _boxes(*boxes: tuple[str, float, int]) -> list[str]:
    """The lines of a slide with text boxes: text, from what centimetre of 19, size of letters."""
    deck = Deck()
    slide = deck.slide(layout=BLANK)
    for text, top, size in boxes:
        frame = slide.shapes.add_textbox(0, Cm(top), Cm(20), Cm(2)).text_frame
        frame.text = text
        for paragraph in frame.paragraphs:
            paragraph.runs[0].font.size = Pt(size)
    document = read("a.pptx", deck.data())
    boxed = any("the text at its top is used as the title" in found.message for found in document.findings)
    assert boxed == lines(document)[0].startswith("#")
    return lines(document)


def test_a_short_text_alone_at_the_top_is_the_title_of_a_slide_without_one() -> None:
    assert _boxes(("Внизу", 6, 18), ("Ядро", 1, 24)) == ["## Ядро", "Внизу"]
    for other in (
        [("Ядро", 1, 18), ("Крупнее", 6, 24)],  # smaller than what stands below
        [("Ядро", 6, 24), ("Внизу", 9, 18)],  # not at the top
        [("Ядро", 1, 24), ("Рядом", 1, 24)],  # not alone
        [("Ядро\nи мембрана", 1, 24), ("Внизу", 6, 18)],  # two paragraphs
        [("Слово " * 30, 1, 24), ("Внизу", 6, 18)],  # long
        [("1 + 1", 1, 24), ("Внизу", 6, 18)],  # no word
        [("Ядро", 1, 24)],  # heads nothing
    ):
        assert not _boxes(*other)[0].startswith("#")


def _with_sections(data: bytes, *sections: tuple[str, int]) -> bytes:
    """``sections``: names, and at which slide each begins, from 1."""

    def change(main: bytes) -> bytes:
        root = etree.fromstring(main)
        ids = [one.get("id") for one in root.iter(f"{{{P}}}sldId")]
        p14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
        made = "".join(
            f'<p14:section name="{name}"><p14:sldIdLst><p14:sldId id="{ids[at - 1]}"/></p14:sldIdLst></p14:section>'
            for name, at in sections
        )
        made = f'<p:ext xmlns:p="{P}" xmlns:p14="{p14}" uri="x"><p14:sectionLst>{made}</p14:sectionLst></p:ext>'
        etree.SubElement(root, f"{{{P}}}extLst").append(etree.fromstring(made))
        return etree.tostring(root)

    return changed(data, {"ppt/presentation.xml": change})


def test_names_of_sections_are_headings_and_unnamed_ones_are_not() -> None:
    deck = Deck()
    deck.slide("Клетка", layout=TITLE)
    deck.slide("Ядро", "Раз")
    deck.slide("Обмен", "Два")
    deck.slide("Энергия", "Три")
    data = _with_sections(deck.data(), ("Default Section", 1), ("Строение", 2), ("Обмен", 3))
    assert lines(read("a.pptx", data)) == [
        *("# Клетка", "## Строение", "### Ядро", "• Раз", "## Обмен", "• Два", "### Энергия", "• Три"),
    ]


def test_a_section_whose_first_slide_is_hidden_begins_with_the_next() -> None:
    deck = Deck()
    deck.slide("Ядро", "Раз")
    deck.slide("Черновик", "Два")._element.set("show", "0")
    deck.slide("Обмен", "Три")
    document = read("a.pptx", _with_sections(deck.data(), ("Часть", 2)))
    assert lines(document) == ["### Ядро", "• Раз", "## Часть", "### Обмен", "• Три"]
    assert told(document) == [("note", "1 × a hidden slide, left out (slide 2)", Place("a.pptx", slide=2))]
    assert document.slides == ((1, 1), (3, 3))


def test_places_are_slides() -> None:
    deck = Deck()
    deck.slide("Ядро", "Раз")
    deck.slide("Обмен", "Два")
    document = read("a.pptx", deck.data())
    assert [document.slide(number) for number in range(6)] == [None, 1, 1, 2, 2, 2]
    assert str(document.place(3, 4)) == "a.pptx:3-4 (slide 2)"
    assert str(Place("a.pptx", slide=7)) == "a.pptx (slide 7)"


# --- text


def test_bullets_follow_the_nearest_style_that_says_so() -> None:
    deck = Deck()
    slide = deck.slide("Ядро", "свой знак", "без знака", "как в теме", "тире")
    paragraphs = slide.placeholders[1].text_frame.paragraphs
    properties(paragraphs[0], '<a:buChar char="§"/>')
    properties(paragraphs[1], "<a:buNone/>")
    properties(paragraphs[3], '<a:buChar char="-"/>')
    assert lines(read("a.pptx", deck.data()))[1:] == ["• свой знак", "без знака", "• как в теме", "– тире"]


def test_a_text_box_has_no_bullets() -> None:
    deck = Deck()
    slide = deck.slide(layout=BLANK)
    slide.shapes.add_textbox(0, 0, Cm(5), Cm(5)).text_frame.text = "просто"
    assert lines(read("a.pptx", deck.data())) == ["просто"]


def test_automatic_numbers_count_on_over_deeper_levels() -> None:
    deck = Deck()
    slide = deck.slide("План", "раз", (1, "внутри"), (1, "ещё"), "два", "знак", "снова")
    kinds = ("arabicPeriod", "alphaLcParenR", "alphaLcParenR", "arabicPeriod", "", "romanUcPeriod")
    for paragraph, kind in zip(slide.placeholders[1].text_frame.paragraphs, kinds, strict=True):
        level = paragraph.level
        made = (
            f'<a:buAutoNum type="{kind}" startAt="{4 if kind[:5] == "roman" else 1}"/>'
            if kind
            else '<a:buChar char="•"/>'
        )
        for old in paragraph._p.findall(f"{{{A}}}pPr"):
            paragraph._p.remove(old)
        properties(paragraph, made)
        paragraph.level = level
    assert lines(read("a.pptx", deck.data()))[1:] == [
        *("1. раз", "  a) внутри", "  b) ещё", "2. два", "• знак", "IV. снова"),
    ]


def test_looks_links_and_line_breaks() -> None:
    deck = Deck()
    frame = deck.slide("Ядро", "x").placeholders[1].text_frame
    paragraph = frame.paragraphs[0]
    paragraph.clear()
    for text, name in (("жирно", "bold"), ("косо", "italic"), ("под", "underline")):
        run = paragraph.add_run()
        run.text = text
        setattr(run.font, name, True)
    paragraph.add_line_break()
    link = paragraph.add_run()
    link.text, link.hyperlink.address = "адрес", "https://example.org/a"
    bad = paragraph.add_run()
    bad.text, bad.hyperlink.address = "плохо", "javascript:alert(1)"
    low = paragraph.add_run()
    low.text = "2"
    low._r.get_or_add_rPr().set("baseline", "-25000")
    document = read("a.pptx", deck.data())
    (_, para) = document.units
    assert isinstance(para, Para)
    assert para.content == (
        Run(text="жирно", bold=True),
        Run(text="косо", italic=True),
        Run(text="под", underline=True),
        Run(text="\n"),
        Run(text="адрес", href="https://example.org/a"),
        Run(text="плохо"),
        Run(text="2", script="sub"),
    )


def test_type_of_one_width_is_a_listing() -> None:
    deck = Deck()
    frame = deck.slide("Код", "Пример:", "def f():", "    return 1").placeholders[1].text_frame
    for paragraph in frame.paragraphs[1:]:
        paragraph.runs[0].font.name = "Consolas"
        paragraph._p.get_or_add_pPr().insert(0, etree.fromstring(f'<a:buNone xmlns:a="{A}"/>'))
    assert lines(read("a.pptx", deck.data()))[1:] == ["• Пример:", "= def f():", "+     return 1"]


_MATH = (
    '<a14:m xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:oMathPara><m:oMath>'
    "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    "</m:oMath></m:oMathPara></a14:m>"
)


def test_formulas_of_office_math() -> None:
    deck = Deck()
    slide = deck.slide("Квадрат", "где ", " ")
    first, second = slide.placeholders[1].text_frame.paragraphs
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    put(first, _MATH)
    second.clear()
    properties(second, "<a:buNone/>")
    put(
        second,
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="a14">{_MATH}</mc:Choice></mc:AlternateContent>',
    )
    assert lines(read("a.pptx", deck.data()))[1:] == ["• где x²", "$ x²"]


# --- tables, charts, SmartArt


def test_tables_with_merged_cells() -> None:
    deck = Deck()
    slide = deck.slide("Таблица", layout=ONLY_TITLE)
    table = slide.shapes.add_table(3, 3, 0, 0, Cm(9), Cm(3)).table
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 2).merge(table.cell(2, 2))
    document = read("a.pptx", deck.data())
    assert lines(document)[1:] == ["| 00/01 [2×1] | 02", "| 10 | 11 | 12/22 [1×2]", "| 20 | 21"]
    (_, grid) = document.units
    assert isinstance(grid, Grid)
    assert (grid.header_rows, grid.number) == (1, 2)


def test_the_data_of_a_chart_are_a_table() -> None:
    deck = Deck()
    slide = deck.slide("Рост", layout=ONLY_TITLE)
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = ["2023", "2024"]
    data.add_series("Студенты", (10, 12.5))
    data.add_series("Группы", (1, 2))
    chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, Cm(9), Cm(9), data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "Набор"
    document = read("a.pptx", deck.data())
    assert lines(document)[1:] == ["^ Набор", "|  | Студенты | Группы", "| 2023 | 10 | 1", "| 2024 | 12.5 | 2"]
    assert told(document) == [
        ("note", "1 × a chart, of which the data are read as a table (slide 1)", Place("a.pptx", slide=1))
    ]


def test_the_points_of_a_scatter_chart() -> None:
    deck = Deck()
    slide = deck.slide("Рост", layout=ONLY_TITLE)
    data: Any = XyChartData()  # type: ignore[no-untyped-call]
    series = data.add_series("f")
    series.add_data_point(0.1, 2)
    series.add_data_point(0.30000000000000004, 4)
    slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, 0, 0, Cm(9), Cm(9), data)
    assert lines(read("a.pptx", deck.data()))[1:] == ["|  | f", "| 0.1 | 2", "| 0.3 | 4"]


_DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _smart_art(points: str) -> bytes:
    """A deck whose only slide has a SmartArt with these points."""
    deck = Deck()
    slide = deck.slide("Схема", layout=ONLY_TITLE)
    frame = (
        f'<p:graphicFrame xmlns:p="{P}" xmlns:a="{A}" xmlns:dgm="{_DGM}" xmlns:r="{_REL}"><p:nvGraphicFramePr>'
        '<p:cNvPr id="9" name="Схема" descr="Как растёт клетка"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>'
        f'<p:xfrm/><a:graphic><a:graphicData uri="{_DGM}"><dgm:relIds r:dm="rId77"/></a:graphicData></a:graphic>'
        "</p:graphicFrame>"
    )
    slide.shapes._spTree.append(etree.fromstring(frame))
    relation = f'<Relationship Id="rId77" Type="{_REL}/diagramData" Target="../diagrams/data1.xml"/></Relationships>'
    return changed(
        deck.data(),
        {
            "ppt/slides/_rels/slide1.xml.rels": lambda old: old.replace(b"</Relationships>", relation.encode()),
            "ppt/diagrams/data1.xml": f'<dgm:d xmlns:dgm="{_DGM}" xmlns:a="{A}">{points}</dgm:d>'.encode(),
        },
    )


def _point(name: str, text: str = "", kind: str = "node") -> str:
    body = f"<dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t>" if text else ""
    return f'<dgm:pt modelId="{name}" type="{kind}">{body}</dgm:pt>'


def test_smart_art_is_its_outline() -> None:
    points = "".join((_point("0", kind="doc"), _point("1", "Ядро"), _point("2", "Рост"), _point("3", "деление")))
    links = "".join(
        f'<dgm:cxn srcId="{a}" destId="{b}" srcOrd="{order}"/>'
        for a, b, order in (("0", "1", 1), ("0", "2", 0), ("2", "3", 0))
    )
    data = _smart_art(f"<dgm:ptLst>{points}</dgm:ptLst><dgm:cxnLst>{links}</dgm:cxnLst>")
    assert lines(read("a.pptx", data))[1:] == ["• Рост", "  • деление", "• Ядро"]


def test_a_circle_in_smart_art_ends() -> None:
    links = '<dgm:cxn srcId="0" destId="1"/><dgm:cxn srcId="1" destId="0"/><dgm:cxn srcId="1" destId="1"/>'
    data = _smart_art(f"{_point('0', kind='doc')}{_point('1', 'Ядро')}{links}")
    assert lines(read("a.pptx", data))[1:] == ["• Ядро"]


def test_smart_art_without_texts_is_named_and_its_alternative_text_stays() -> None:
    document = read("a.pptx", _smart_art(""))
    assert lines(document)[1:] == ["[Как растёт клетка]"]
    message = "1 × a SmartArt whose texts are not there: save it as a picture (slide 1)"
    assert told(document) == [("warning", message, Place("a.pptx", slide=1))]


# --- pictures, sounds, films


def test_pictures_with_their_alternative_text_in_groups_too() -> None:
    deck = Deck()
    slide = deck.slide("Рисунок", layout=ONLY_TITLE)
    picture = slide.shapes.add_picture(io.BytesIO(PNG), 0, 0, Cm(2.54), Cm(5.08))
    picture._element.nvPicPr.cNvPr.set("descr", "Клетка\nпод микроскопом")
    group = slide.shapes.add_group_shape()
    group.shapes.add_picture(io.BytesIO(PNG), 0, 0)
    document = read("a.pptx", deck.data())
    key = sha256(PNG)
    assert document.assets == {key: PNG}
    first, second = (unit.figure for unit in document.units if isinstance(unit, Drawing))
    assert first == Figure(
        asset=key,
        media_type="image/png",
        alt="Клетка под микроскопом",
        width=96,
        height=192,
        place=Place("a.pptx", 2, 2, "paragraph", slide=1),
    )
    assert isinstance(second, Figure)
    assert (second.asset, second.place) == (key, Place("a.pptx", 3, 3, "paragraph", slide=1))


def test_a_picture_that_is_a_link_leads_there_in_letters() -> None:
    deck = Deck()
    slide = deck.slide("Клетка", layout=ONLY_TITLE)
    picture = slide.shapes.add_picture(io.BytesIO(PNG), 0, 3_000_000)
    picture.click_action.hyperlink.address = "https://youtu.be/x"
    picture._element.nvPicPr.cNvPr.set("descr", "Митоз")
    document = read("a.pptx", deck.data())
    assert lines(document)[1:] == ["! Митоз", "Митоз"]
    last = document.units[-1]
    assert isinstance(last, Para)
    assert last.content == (Run(text="Митоз", href="https://youtu.be/x"),)


def test_a_cropped_picture_is_shown_whole_and_told() -> None:
    deck = Deck()
    slide = deck.slide("Рисунок", layout=ONLY_TITLE)
    slide.shapes.add_picture(io.BytesIO(PNG), 0, 0).crop_left = 0.3
    slide.shapes.add_picture(io.BytesIO(PNG), 0, 0).crop_left = 0.01
    what = "1 × a picture that is cropped on its slide: all of it is shown (slide 1)"
    assert told(read("a.pptx", deck.data())) == [("note", what, Place("a.pptx", slide=1))]


def test_a_film_of_the_deck_is_a_file_of_the_course() -> None:
    deck = Deck()
    slide = deck.slide("Фильм", layout=ONLY_TITLE)
    film = b"\x00\x00\x00\x20ftypisom" + bytes(100)
    slide.shapes.add_movie(io.BytesIO(film), 0, 0, Cm(5), Cm(5), io.BytesIO(PNG), "video/mp4")
    document = read("a.pptx", deck.data())
    (_, drawing) = document.units
    assert isinstance(drawing, Drawing)
    assert isinstance(drawing.figure, Media)
    assert (drawing.figure.kind, drawing.figure.name, drawing.figure.asset) == ("video", "media1.mp4", sha256(film))
    assert document.assets[sha256(film)] == film
    assert document.findings == ()


# --- what stays out


def test_footers_dates_and_slide_numbers_stay_out() -> None:
    deck = Deck()
    slide = deck.slide("Ядро", "Раз")
    for kind, text in (("ftr", "Кафедра биологии"), ("dt", "01.09.2025"), ("sldNum", "1")):
        shape = (
            f'<p:sp xmlns:p="{P}" xmlns:a="{A}"><p:nvSpPr><p:cNvPr id="90" name="x"/><p:cNvSpPr/>'
            f'<p:nvPr><p:ph type="{kind}"/>'
            f"</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
        )
        slide.shapes._spTree.append(etree.fromstring(shape))
    document = read("a.pptx", deck.data())
    assert lines(document) == ["## Ядро", "• Раз"]
    message = "3 × a footer, date or slide number, left out (slide 1)"
    assert told(document) == [("note", message, Place("a.pptx", slide=1))]


def test_speakers_notes_are_told_or_read() -> None:
    deck = Deck()
    deck.slide("Ядро", "Раз").notes_slide.notes_text_frame.text = "Показать препарат.\nСпросить о мембране."
    deck.slide("Обмен", "Два")
    out, text = (read("a.pptx", deck.data(), speaker_notes=what) for what in ("out", "text"))
    assert lines(out) == ["## Ядро", "• Раз", "## Обмен", "• Два"]
    assert [(f.message, f.advice) for f in out.findings] == [
        (
            "1 × a slide with speaker's notes, left out (slide 1)",
            'speaker_notes = "teacher" or "text" in its [[source]] reads them',
        )
    ]
    assert lines(text) == ["## Ядро", "• Раз", "Показать препарат.", "Спросить о мембране.", "## Обмен", "• Два"]
    assert text.findings == ()
    teacher = read("a.pptx", deck.data())
    assert lines(teacher) == lines(out)
    assert teacher.findings == ()
    (notes,) = teacher.spoken
    assert [(block_text((each,)), each.place) for each in notes.blocks] == [
        (text, Place("a.pptx", 2, 2, "paragraph", slide=1))
        for text in ("Ядро", "Показать препарат.", "Спросить о мембране.")
    ]
    assert notes.number == 2


def test_lines_of_a_drawing_are_told() -> None:
    deck = Deck()
    slide = deck.slide("Схема", layout=ONLY_TITLE)
    slide.shapes.add_connector(1, 0, 0, Cm(1), Cm(1))
    message = "1 × a line between shapes, left out: save a drawing as a picture (slide 1)"
    assert told(read("a.pptx", deck.data())) == [("note", message, Place("a.pptx", slide=1))]


# --- files that are no deck, and hostile ones


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 broken", "not a readable zip"),
        (b"hello", "no zip archive, expected a PowerPoint presentation (.pptx)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "an old PowerPoint presentation (.ppt) under the name .pptx"),
    ],
)
def test_what_is_no_deck_is_said(data: bytes, message: str) -> None:
    with pytest.raises(CoursepackError) as caught:
        read("a.pptx", data)
    assert message in caught.value.message
    assert caught.value.place == Place("a.pptx")


def test_another_office_document_is_named() -> None:
    data = changed(
        Deck().data(), {"_rels/.rels": lambda old: old.replace(b"ppt/presentation.xml", b"docProps/app.xml")}
    )
    with pytest.raises(CoursepackError, match="a PowerPoint presentation, expected a presentation"):
        read("a.pptx", data)
    with pytest.raises(CoursepackError, match="a presentation without slides"):
        read("a.pptx", Deck().data())


def test_entities_and_broken_slides_are_told_and_the_others_read() -> None:
    deck = Deck()
    deck.slide("Ядро", "Раз")
    deck.slide("Обмен", "Два")
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><p:sld xmlns:p="%s">&a;</p:sld>' % P.encode()
    for broken in (bomb, b"<p:sld"):
        document = read("a.pptx", changed(deck.data(), {"ppt/slides/slide1.xml": broken}))
        assert lines(document) == ["## Обмен", "• Два"]
        assert (document.findings[0].severity, document.findings[0].code) == (Severity.WARNING, "pptx-part")
        assert any("slide 1, which the file does not hold" in f.message for f in document.findings)


def test_groups_within_groups_beyond_any_depth() -> None:
    deck = Deck()
    deck.slide("Ядро", layout=ONLY_TITLE)
    deep = b"<p:grpSp>" * 1500 + b"</p:grpSp>" * 1500
    data = changed(
        deck.data(), {"ppt/slides/slide1.xml": lambda old: old.replace(b"</p:spTree>", deep + b"</p:spTree>")}
    )
    with pytest.raises(CoursepackError, match=r"ppt/slides/slide1\.xml is not well-formed XML: Excessive depth"):
        read("a.pptx", data)


def test_a_bomb_is_refused_by_its_limits() -> None:
    deck = Deck()
    deck.slide("Ядро", "Раз")
    data = changed(deck.data(), {"ppt/media/big.bin": bytes(64 << 20)})
    with pytest.raises(CoursepackError, match=r"bytes that unpack to 67"):
        read("a.pptx", data)


def test_more_marks_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    deck = Deck()
    deck.slide("Ядро", "Раз")
    monkeypatch.setenv(limits.VARIABLE, "word-marks=50")
    with pytest.raises(CoursepackError) as caught:
        read("a.pptx", deck.data())
    assert "word-marks" in caught.value.advice


# --- as part of a course


def test_a_deck_is_a_lecture(tmp_path: Path) -> None:
    deck = Deck()
    deck.slide("Вопросы", "Что такое ядро?", "Зачем мембрана?", "Где рибосомы?")
    (tmp_path / "a.pptx").write_bytes(deck.data())
    document = readers.read(tmp_path / "a.pptx", "a.pptx")
    assert document.medium == "pptx"
    assert guess_role(document) == ("lecture", "a presentation is a lecture")
    named = readers.read(tmp_path / "a.pptx", "Семинар 2.pptx")
    assert guess_role(named) == ("seminar-plan", "its name says so (Семинар 2.pptx)")


def test_the_same_deck_gives_the_same_document() -> None:
    deck = Deck()
    deck.slide("Ядро", "Раз").shapes.add_picture(io.BytesIO(PNG), 0, 0)
    data = deck.data()
    assert read("a.pptx", data) == read("a.pptx", data)
