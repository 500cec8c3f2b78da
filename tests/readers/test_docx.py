"""Word documents: what a reader sees is what is read."""

# ruff: noqa: E501 - the formats are written as programs write them

from __future__ import annotations

import io
import time
import zipfile

import docx as python_docx
import pytest

from coursepack.files import office
from coursepack.model.blocks import Figure, Inlines, Math, NoteMark, Picture, Run, inline_text
from coursepack.model.document import Display, Document, Drawing, Grid, Para
from coursepack.place import CoursepackError, Severity
from coursepack.readers.docx import reader as docx
from tests.readers.word import abstract, instance, num, p, package, r
from tests.samples import PNG, PNG_ID


def read(body: str, **parts: object) -> Document:
    return docx.read("a.docx", package(body, **parts))  # type: ignore[arg-type] # every part is optional


def paras(document: Document) -> list[Para]:
    return [unit for unit in document.units if isinstance(unit, Para)]


def texts(document: Document) -> list[str]:
    return [inline_text(para.content) for para in paras(document)]


def only(document: Document) -> Inlines:
    (para,) = paras(document)
    return para.content


# --- paragraphs and styles


def test_paragraphs_are_counted_with_the_empty_ones() -> None:
    document = read(p("бір") + p() + p("екі"))
    assert [(para.number, inline_text(para.content)) for para in paras(document)] == [(1, "бір"), (3, "екі")]


def test_headings_by_outline_level_by_name_and_by_inheritance() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a2"><w:name w:val="Дәріс"/><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="ru"><w:name w:val="Заголовок 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="nameless"/>'
    )
    body = "".join(p(name, f'<w:pStyle w:val="{name}"/>') for name in ("1", "a2", "x", "ru", "nameless", "gone"))
    body += p("direct", '<w:outlineLvl w:val="0"/>') + p("body", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>')
    found = [(inline_text(para.content), para.heading, para.style) for para in paras(read(body, styles=styles))]
    assert found == [
        ("1", 1, "heading 1"),
        ("a2", 1, "Дәріс"),
        ("x", 3, "x"),
        ("ru", 2, "Заголовок 2"),
        ("nameless", None, "nameless"),
        ("gone", None, "gone"),
        ("direct", 1, None),
        ("body", None, "heading 1"),
    ]


def test_looks_of_runs_come_from_styles_and_are_joined() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="S"><w:name w:val="S"/><w:rPr><w:b/><w:i/></w:rPr></w:style>'
    )
    runs = r("a") + r("b") + r("c", '<w:b w:val="0"/>') + r("d", '<w:rStyle w:val="S"/>')
    assert only(read(p("", '<w:pStyle w:val="B"/>', runs), styles=styles)) == (
        Run(text="ab", bold=True),
        Run(text="c"),
        Run(text="d", italic=True),
    )
    runs = r("H") + r("2", '<w:vertAlign w:val="subscript"/>') + r("O ") + r("u", '<w:u w:val="single"/>')
    assert only(read(p("", "", runs))) == (
        Run(text="H"),
        Run(text="2", script="sub"),
        Run(text="O "),
        Run(text="u", underline=True),
    )


def test_a_heading_in_bold_is_a_heading_not_emphasis() -> None:
    body = p("", '<w:outlineLvl w:val="0"/>', r("1-дәріс. ", "<w:b/>") + r("Билік", "<w:b/><w:i/>"))
    assert only(read(body)) == (Run(text="1-дәріс. "), Run(text="Билік", italic=True))


def test_several_questions_in_one_paragraph_keep_their_lines() -> None:
    body = p(
        "", "", r("1. Бірінші?") + "<w:r><w:br/></w:r>" + r("2. Екінші?") + "<w:r><w:cr/><w:t>3.</w:t><w:tab/></w:r>"
    )
    assert texts(read(body)) == ["1. Бірінші?\n2. Екінші?\n3."]


def test_soft_hyphens_go_and_hard_ones_stay() -> None:
    body = p(
        "",
        "",
        "<w:r><w:t>мем\u00adле</w:t><w:softHyphen/><w:t>кет оқу</w:t><w:noBreakHyphen/><w:t>әдістеме</w:t></w:r>",
    )
    assert texts(read(body)) == ["мемлекет оқу-әдістеме"]


def test_symbols_of_word_fonts() -> None:
    body = p(
        "",
        "",
        '<w:r><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
        '<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>\uf0a3</w:t></w:r><w:r><w:sym w:char="x"/></w:r>',
    )
    assert texts(read(body)) == ["α✓≤•"]


def test_hidden_text_comments_and_tracked_changes() -> None:
    body = (
        p("", "", r("қалады ") + r("жасырын", "<w:vanish/>") + f"<w:ins>{r('қосылды')}</w:ins>")
        + p("", "", f"<w:del><w:r><w:delText>жоқ</w:delText></w:r></w:del>{r('мәтін')}")
        + p("", "", '<w:r><w:commentReference w:id="1"/></w:r>')
    )
    document = read(body)
    assert texts(document) == ["қалады қосылды", "мәтін"]
    assert {(f.severity, f.message) for f in document.findings} == {
        (Severity.NOTE, "1 × a tracked deletion, left out"),
        (Severity.NOTE, "1 × a tracked insertion, taken as accepted"),
        (Severity.NOTE, "1 × hidden text, left out"),
        (Severity.NOTE, "1 × a comment, left out"),
    }


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    body = p("", "<w:rPr><w:del/></w:rPr>", r("бір ")) + p("екі")
    assert texts(read(body)) == ["бір екі"]


@pytest.mark.parametrize("place", ["drop", "margin"])
def test_a_large_capital_belongs_to_its_word(place: str) -> None:
    body = p("Қ", f'<w:framePr w:dropCap="{place}" w:lines="3"/>') + p("азақстан")
    assert texts(read(body)) == ["Қазақстан"]


@pytest.mark.parametrize("frame", ['w:dropCap="none"', 'w:w="2000"'])
def test_a_frame_without_a_large_capital_is_a_paragraph(frame: str) -> None:
    assert texts(read(p("Қ", f"<w:framePr {frame}/>") + p("азақстан"))) == ["Қ", "азақстан"]


def test_page_breaks() -> None:
    body = (
        p("a")
        + p("", "<w:pageBreakBefore/>", r("b"))
        + p("", "", '<w:r><w:br w:type="page"/></w:r>')
        + p("c")
        + p("", "", r("d") + '<w:r><w:br w:type="page"/></w:r>')
        + p("e", '<w:sectPr><w:type w:val="nextPage"/></w:sectPr>')
        + p("f")
    )
    assert [(inline_text(x.content), x.page_start) for x in paras(read(body))] == [
        ("a", False),
        ("b", True),
        ("c", True),
        ("d", False),
        ("e", True),
        ("f", True),
    ]


def test_centred_and_indented() -> None:
    body = p("a", '<w:jc w:val="center"/>') + p("b", '<w:ind w:left="720"/>') + p("c", '<w:ind w:left="x"/>')
    assert [(x.centered, x.indent) for x in paras(read(body))] == [(True, 0), (False, 36.0), (False, 0)]


# --- numbering


def labels(body: str, numbering: str, styles: str | None = None) -> list[str | None]:
    return [para.label for para in paras(read(body, numbering=numbering, styles=styles))]


def test_numbers_are_what_the_reader_sees() -> None:
    numbering = abstract(1, ("decimal", "%1."), ("decimal", "%1.%2"), ("lowerRoman", "%3)")) + instance(1, 1)
    body = "".join(p("x", num(level, 1)) for level in (0, 0, 1, 1, 2, 2, 0, 1))
    assert labels(body, numbering) == ["1.", "2.", "2.1", "2.2", "i)", "ii)", "3.", "3.1"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("upperRoman", ["I", "II", "III"]),
        ("lowerLetter", ["a", "b", "c"]),
        ("russianLower", ["а", "б", "в"]),
        ("russianUpper", ["А", "Б", "В"]),
        ("decimalZero", ["01", "02", "03"]),
        ("none", [None, None, None]),
        ("somethingNew", ["1", "2", "3"]),
    ],
)
def test_number_formats(form: str, expected: list[str | None]) -> None:
    assert labels(p("x", num(0, 1)) * 3, abstract(1, (form, "%1")) + instance(1, 1)) == expected


@pytest.mark.parametrize(
    ("start", "form", "label"),
    [
        (1994, "upperRoman", "MCMXCIV"),
        (3999, "lowerRoman", "mmmcmxcix"),
        (4001, "upperRoman", "MMMMI"),
        (32767, "lowerRoman", "m" * 32 + "dcclxvii"),
        (32768, "upperRoman", "32768"),
        (0, "upperRoman", "0"),
    ],
)
def test_roman_numbers_as_far_as_word_counts_them(start: int, form: str, label: str) -> None:
    assert labels(p("x", num(0, 1)), abstract(1, (form, "%1"), start=start) + instance(1, 1)) == [label]


def test_long_lists_of_letters() -> None:
    found = labels(p("x", num(0, 1)) * 30, abstract(1, ("russianLower", "%1)")) + instance(1, 1))
    assert found[6:9] == ["ж)", "з)", "и)"]
    assert found[9] == "к)"
    assert found[28:] == ["я)", "аа)"]


def test_typed_numbers_beside_automatic_ones_and_empty_numbered_paragraphs() -> None:
    numbering = abstract(1, ("decimal", "%1.")) + instance(1, 1)
    document = read(p("бір", num(0, 1)) + p("", num(0, 1)) + p("үш", num(0, 1)) + p("4. төрт"), numbering=numbering)
    assert [(para.label, inline_text(para.content)) for para in paras(document)] == [
        ("1.", "бір"),
        ("2.", ""),
        ("3.", "үш"),
        (None, "4. төрт"),
    ]


def test_two_instances_share_a_count_unless_one_starts_anew() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = abstract(1, ("decimal", "%1.")) + instance(1, 1) + instance(2, 1) + instance(3, 1, override)
    body = p("x", num(0, 1)) * 2 + p("x", num(0, 2)) + p("x", num(0, 3)) * 2 + p("x", num(0, 1))
    assert labels(body, numbering) == ["1.", "2.", "3.", "1.", "2.", "3."]


def test_numbering_through_styles_and_taken_away() -> None:
    styles = (
        f'<w:style w:type="paragraph" w:styleId="L"><w:name w:val="L"/><w:pPr>{num(0, 1)}</w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="M"><w:name w:val="M"/><w:basedOn w:val="L"/></w:style>'
    )
    body = p("a", '<w:pStyle w:val="L"/>') + p("b", '<w:pStyle w:val="M"/>')
    body += p("c", '<w:pStyle w:val="L"/>' + num(0, 0)) + p("d", '<w:pStyle w:val="L"/>')
    assert labels(body, abstract(1, ("decimal", "%1)")) + instance(1, 1), styles) == ["1)", "2)", None, "3)"]


def test_a_level_that_never_restarts_and_legal_numbers() -> None:
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Бөлім %1"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:lvlRestart w:val="0"/><w:lvlText w:val="%2."/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:isLgl/><w:lvlText w:val="%1.%2.%3"/></w:lvl>'
    )
    numbering = f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>' + instance(1, 1)
    body = "".join(p("x", num(level, 1)) for level in (0, 1, 1, 0, 1, 2))
    assert labels(body, numbering) == [None, "1.", "2.", None, "3.", "2.3.1"]
    assert texts(read(body, numbering=numbering)) == ["Бөлім I x", "x", "x", "Бөлім II x", "x", "x"]


def test_words_that_are_counted_are_words() -> None:
    styles = (
        f'<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr>{num(0, 1)}</w:pPr></w:style>'
    )
    numbering = (
        abstract(1, ("decimal", "%1-дәріс.")) + abstract(2, ("upperRoman", "%1.")) + instance(1, 1) + instance(2, 2)
    )
    body = p("Билік", '<w:pStyle w:val="1"/>') + p("Түрлері", '<w:pStyle w:val="1"/>') + p("x", num(0, 2)) * 2
    found = [
        (inline_text(x.content), x.heading, x.label) for x in paras(read(body, styles=styles, numbering=numbering))
    ]
    assert found == [("1-дәріс. Билік", 1, None), ("2-дәріс. Түрлері", 1, None), ("x", None, "I."), ("x", None, "II.")]


def test_bullets_look_like_bullets() -> None:
    numbering = abstract(1, ("bullet", "\uf0b7"), ("bullet", "o"), ("bullet", "–")) + instance(1, 1)
    body = "".join(p("x", num(level, 1)) for level in (0, 1, 2))
    found = paras(read(body, numbering=numbering))
    assert [(x.label, x.list_level, x.list_id) for x in found] == [("•", 0, "1"), ("◦", 1, "1"), ("–", 2, "1")]


def test_a_number_that_the_file_does_not_hold() -> None:
    assert labels(p("x", num(0, 7)) + p("y", num(12, 1)), abstract(1, ("decimal", "%1")) + instance(1, 1)) == [
        None,
        None,
    ]


# --- tables


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def grid(document: Document) -> list[list[tuple[str, int, int]]]:
    (table,) = (unit for unit in document.units if isinstance(unit, Grid))
    return [
        [("|".join(inline_text(u.content) for u in c.units if isinstance(u, Para)), c.colspan, c.rowspan) for c in row]
        for row in table.rows
    ]


def test_merged_cells() -> None:
    body = (
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + cell("А", '<w:gridSpan w:val="2"/>')
        + cell("Б", '<w:vMerge w:val="restart"/>')
        + "</w:tr><w:tr>"
        + cell("1")
        + cell("2", '<w:vMerge w:val="restart"/>')
        + cell("", "<w:vMerge/>")
        + "</w:tr><w:tr>"
        + cell("3")
        + cell("", "<w:vMerge/>")
        + cell("4")
        + "</w:tr></w:tbl>"
    )
    document = read(p("алдында") + body)
    assert grid(document) == [[("А", 2, 1), ("Б", 1, 2)], [("1", 1, 1), ("2", 1, 2)], [("3", 1, 1), ("4", 1, 1)]]
    (table,) = (unit for unit in document.units if isinstance(unit, Grid))
    assert (table.header_rows, table.number) == (1, 2)


def test_nested_tables_and_rows_inside_content_controls() -> None:
    inner = f"<w:tbl><w:tr>{cell('ішкі')}</w:tr></w:tbl>"
    row = f"<w:tr><w:tc>{p('сыртқы')}{inner}{p()}</w:tc></w:tr>"
    document = read(f"<w:tbl><w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt></w:tbl>")
    (table,) = document.units
    assert isinstance(table, Grid)
    outer, nested = table.rows[0][0].units
    assert isinstance(outer, Para)
    assert isinstance(nested, Grid)
    assert isinstance(nested.rows[0][0].units[0], Para)


def test_deleted_rows_go() -> None:
    row = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('жоқ')}</w:tr>"
    assert grid(read(f"<w:tbl>{row}<w:tr>{cell('бар')}</w:tr></w:tbl>")) == [[("бар", 1, 1)]]


# --- links, fields, notes


def test_links() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://b.kz/" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("б") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = p(
        "",
        "",
        f'<w:hyperlink r:id="l1">{r("а", "<w:u/>")}</w:hyperlink>{field}{r("в")}<w:hyperlink w:anchor="x">{r("г")}</w:hyperlink>'
        f'<w:hyperlink r:id="l2">{r("д")}</w:hyperlink>',
    )
    assert only(read(body, links={"l1": "https://a.kz/?x=1&amp;y=2", "l2": "javascript:alert(1)"})) == (
        Run(text="а", href="https://a.kz/?x=1&y=2"),
        Run(text="б", href="https://b.kz/"),
        Run(text="вгд"),
    )


def test_codes_of_fields_are_no_text_and_tables_of_contents_are_named() -> None:
    body = (
        p(
            "",
            '<w:pStyle w:val="1"/>',
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC \\o</w:instrText>'
            '<w:fldChar w:fldCharType="separate"/></w:r>' + r("1-дәріс 5"),
        )
        + p("2-дәріс 9")
        + p("", "", '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + p("Мәтін")
    )
    styles = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    found = [(inline_text(x.content), x.style, x.heading) for x in paras(read(body, styles=styles))]
    assert found == [("1-дәріс 5", "toc 1", None), ("2-дәріс 9", "toc 1", None), ("Мәтін", None, None)]


def test_footnotes_and_endnotes() -> None:
    notes = (
        f'<w:footnote w:type="separator" w:id="-1">{p("---")}</w:footnote>'
        f'<w:footnote w:id="2">{p("", "", "<w:r><w:footnoteRef/></w:r>" + r(" Бірінші ескерту"))}</w:footnote>'
    )
    ends = f'<w:endnote w:id="5">{p("Соңғы")}</w:endnote>'
    runs = (
        r("сөз")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        + r(" тағы")
        + '<w:r><w:endnoteReference w:id="5"/></w:r>'
    )
    (para,) = paras(read(p("", "", runs), footnotes=notes, endnotes=ends))
    assert para.content == (Run(text="сөз"), NoteMark(note="note-1"), Run(text=" тағы"), NoteMark(note="note-2"))
    assert [(n.id, n.label, [inline_text(b.content) for b in n.blocks]) for n in para.notes] == [  # type: ignore[union-attr]
        ("note-1", "1", ["Бірінші ескерту"]),
        ("note-2", "i", ["Соңғы"]),
    ]


# --- pictures and formulas

BLIP = '<a:graphic><a:graphicData uri="x/picture"><a:blip r:embed="{}"/></a:graphicData></a:graphic>'


def drawing(relation: str, alt: str = "", extent: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline>{extent}<wp:docPr id="1" name="P" descr="{alt}"/>{BLIP.format(relation)}'
        "</wp:inline></w:drawing></w:r>"
    )


def test_pictures_with_their_alternative_text() -> None:
    extent = '<wp:extent cx="952500" cy="476250"/>'
    body = p("", "", drawing("m1", "Көк шаршы", extent)) + p("", "", r("мәтін ") + drawing("m1"))
    document = read(body, media={"m1": ("a.png", PNG)})
    assert document.assets == {PNG_ID: PNG}
    figure, para = document.units
    assert isinstance(figure, Drawing)
    assert isinstance(figure.figure, Figure)
    assert (figure.figure.asset, figure.figure.alt, figure.figure.width, figure.figure.height) == (
        PNG_ID,
        "Көк шаршы",
        100,
        50,
    )
    assert isinstance(para, Para)
    assert para.content == (
        Run(text="мәтін "),
        Picture(asset=PNG_ID, media_type="image/png", width=8, height=8),
    )


def test_old_pictures_and_pictures_that_nobody_can_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    vml = '<w:r><w:pict><v:shape alt="ескі" style="width:60pt;height:30pt"><v:imagedata r:id="m1"/></v:shape></w:pict></w:r>'
    body = p("", "", vml) + p("", "", drawing("m2") + drawing("m9"))
    document = read(body, media={"m1": ("a.png", PNG), "m2": ("b.emf", b"\x01\x00\x00\x00" + bytes(60))})
    (figure,) = document.units
    assert isinstance(figure, Drawing)
    assert isinstance(figure.figure, Figure)
    assert (figure.figure.alt, figure.figure.width, figure.figure.height) == ("ескі", 80, 40)
    advice = "save it as PNG, or install LibreOffice, which draws it"
    assert [f.message for f in document.findings] == [
        f"1 × a picture in a format that browsers do not show (EMF): {advice} (paragraph 2)",
        "1 × a picture that is not in the file",
    ]


def test_a_picture_that_is_a_link_leads_there_in_letters() -> None:
    inside = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="Митоз"><a:hlinkClick r:id="l1"/></wp:docPr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><a:blip r:embed="m1"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    media, links = {"m1": ("a.png", PNG)}, {"l1": "https://youtu.be/x"}
    (para,) = paras(read(p("", "", inside), media=media, links=links))
    assert [(item.text, item.href) for item in para.content if isinstance(item, Run)] == [
        (" ", None),
        ("Митоз", "https://youtu.be/x"),
    ]
    document = read(p("", "", inside), media=media, links={"l1": "https://x.org/large.jpg"})
    assert [type(unit) for unit in document.units] == [Drawing]


def test_text_boxes_are_read_once() -> None:
    shape = f"<wps:txbx><w:txbxContent>{p('қорап')}</w:txbxContent></wps:txbx>"
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{shape}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{p('қорап')}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert texts(read(p("", "", r("мәтін") + box) + p("соңы"))) == ["мәтін", "қорап", "соңы"]


def test_formulas() -> None:
    formula = (
        "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    document = read(p("", "", r("мұнда ") + formula + r(" бар")) + p("", "", f"<m:oMathPara>{formula}</m:oMathPara>"))
    para, display = document.units
    assert isinstance(para, Para)
    math = para.content[1]
    assert isinstance(math, Math)
    assert math.text == "x²"
    assert math.mathml == (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math>'
    )
    assert display == Display(math=math, number=2)


# --- the container


def test_properties() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title> Билік  теориясы</dc:title><dc:creator>А.Б.</dc:creator>'
        "</cp:coreProperties>"
    )
    assert read(p("x"), core=core).properties == {"title": "Билік теориясы", "author": "А.Б."}


def test_strict_documents() -> None:
    data = package(p("мәтін"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            new.writestr(name, content)
    assert texts(docx.read("a.docx", out.getvalue())) == ["мәтін"]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"just text", "no zip archive"),
        (b"{\\rtf1 x}", "an RTF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "an old Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"PK\x03\x04broken", "not a readable zip"),
    ],
)
def test_what_is_no_word_document(data: bytes, word: str) -> None:
    with pytest.raises(CoursepackError, match=word):
        docx.read("a.docx", data)


@pytest.mark.parametrize(
    ("members", "word"),
    [
        ({"xl/workbook.xml": b"<x/>"}, "an Excel workbook"),
        ({"a.txt": b"x"}, "a zip archive without a document"),
        ({"word/document.xml": b"<w:document"}, "not well-formed XML"),
        ({"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}, "DOCTYPE"),
        ({"word/document.xml": b"<x/>"}, "holds no text"),
    ],
)
def test_archives_that_are_no_word_document(members: dict[str, bytes], word: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    with pytest.raises(CoursepackError, match=word):
        docx.read("a.docx", out.getvalue())


def test_a_broken_part_is_told_and_the_text_is_read() -> None:
    document = read(p("мәтін"), numbering="<w:abstractNum")
    assert texts(document) == ["мәтін"]
    assert document.findings[0].code == "docx-part"


def test_documents_of_python_docx_read_the_same() -> None:
    made = python_docx.Document()
    made.add_heading("1-дәріс", 1)
    for text in ("бір", "екі"):
        made.add_paragraph(text, style="List Number")
    made.add_paragraph("соңы")
    out = io.BytesIO()
    made.save(out)
    found = paras(docx.read("a.docx", out.getvalue()))
    assert [(inline_text(x.content), x.heading, x.label) for x in found] == [
        ("1-дәріс", 1, None),
        ("бір", None, "1."),
        ("екі", None, "2."),
        ("соңы", None, None),
    ]


def test_time_grows_with_length_only() -> None:
    def seconds(count: int) -> float:
        data = package(
            p("Мәтін сөздері " * 20, num(0, 1)) * count, numbering=abstract(1, ("decimal", "%1.")) + instance(1, 1)
        )
        start = time.process_time()
        docx.read("a.docx", data)
        return time.process_time() - start

    seconds(100)
    assert seconds(8000) < 60 * max(seconds(400), 0.01)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("Package", "1 × an embedded object or file (Package), of which at most a picture is kept (paragraph 1)"),
        ("", "1 × an embedded object or file (of no stated kind), of which at most a picture is kept (paragraph 1)"),
        (
            "Equation.3",
            "1 × an equation of the old editor (at most its picture is kept): retype it as a formula (paragraph 1)",
        ),
    ],
)
def test_an_embedded_file_is_told(kind: str, told: str) -> None:
    office = "urn:schemas-microsoft-com:office:office"
    ole = f'<w:r><w:object><o:OLEObject xmlns:o="{office}" Type="Embed" ProgID="{kind}" r:id="m9"/></w:object></w:r>'
    document = read(p("", "", r("мәтін ") + ole))
    assert [finding.message for finding in document.findings] == [told]


def _form_field(data: str) -> str:
    marks = (f'<w:fldChar w:fldCharType="{kind}">{{}}</w:fldChar>' for kind in ("begin", "separate", "end"))
    begin, separate, end = (f"<w:r>{one}</w:r>" for one in marks)
    return begin.format(f"<w:ffData>{data}</w:ffData>") + separate.format("") + end.format("")


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ('<w:checkBox><w:default w:val="1"/></w:checkBox>', "☒"),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', "☐"),
        ("<w:checkBox><w:checked/></w:checkBox>", "☒"),
        ('<w:ddList><w:result w:val="1"/><w:listEntry w:val="a"/><w:listEntry w:val="b"/></w:ddList>', "b"),
        ('<w:ddList><w:listEntry w:val="a"/><w:listEntry w:val="b"/></w:ddList>', "a"),
        ("<w:textInput/>", ""),
    ],
)
def test_form_fields_show_what_word_shows(data: str, shown: str) -> None:
    assert texts(read(p("", "", r("x ") + _form_field(data) + r(" y")))) == [f"x {shown} y".replace("x  y", "x  y")]
