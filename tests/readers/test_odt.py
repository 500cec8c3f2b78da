"""OpenDocument texts, read without LibreOffice: text, lists, tables, notes, formulas and pictures in their order."""

# ruff: noqa: E501 - the formats are written as programs write them

from __future__ import annotations

import io
import zipfile

import pytest

from coursepack import limits
from coursepack.files.hashes import sha256
from coursepack.model.blocks import NoteMark, Run, inline_text
from coursepack.model.document import Grid, Para
from coursepack.place import CoursepackError, Place
from coursepack.readers.odt.reader import read
from tests.readers.deck import lines
from tests.samples import PNG

_NS = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
        for name, uri in (
            ("office", "office"),
            ("text", "text"),
            ("style", "style"),
            ("table", "table"),
            ("draw", "drawing"),
            ("svg", "svg-compatible"),
            ("fo", "xsl-fo-compatible"),
            ("meta", "meta"),
        )
    )
    + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_TYPE = "application/vnd.oasis.opendocument.text"


def odt(
    body: str, styles: str = "", automatic: str = "", more: dict[str, bytes] | None = None, mimetype: str = _TYPE
) -> bytes:
    """An .odt whose text is ``body``; ``styles`` named ones, ``automatic`` those of the text itself."""
    content = f"<office:document-content {_NS}><office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    named = f"<office:document-styles {_NS}><office:styles>{styles}</office:styles></office:document-styles>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", mimetype)
        archive.writestr("content.xml", content)
        archive.writestr("styles.xml", named)
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def h(text: str, level: int) -> str:
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def test_headings_text_and_looks() -> None:
    automatic = (
        '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="BI" style:family="text" style:parent-style-name="B"><style:text-properties fo:font-style="italic"/></style:style>'
        '<style:style style:name="Low" style:family="text"><style:text-properties style:text-position="sub 58%"/></style:style>'
        '<style:style style:name="Hid" style:family="text"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="C" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>'
    )
    body = (
        h("Клетка", 1)
        + h("Ядро", 2)
        + p(
            'Раз<text:s text:c="2"/><text:span text:style-name="B">два</text:span><text:line-break/><text:span text:style-name="BI">три</text:span>'
            'H<text:span text:style-name="Low">2</text:span>O<text:span text:style-name="Hid">тайна</text:span> <text:a xlink:href="https://enu.kz">вуз</text:a>',
            "C",
        )
    )
    document = read("a.odt", odt(body, "", automatic))
    assert lines(document)[:2] == ["# Клетка", "## Ядро"]
    para = document.units[2]
    assert isinstance(para, Para)
    assert para.content == (
        Run(text="Раз "), Run(text="два", bold=True), Run(text="\n"), Run(text="три", bold=True, italic=True),
        Run(text="H"), Run(text="2", script="sub"), Run(text="O "), Run(text="вуз", href="https://enu.kz"),
    )  # fmt: skip
    assert para.centered
    assert [found.message for found in document.findings] == ["1 × hidden text, left out"]


def test_headings_that_are_counted() -> None:
    levels = "".join(
        f'<text:outline-level-style text:level="{level}" style:num-format="{form}" style:num-suffix="." text:display-levels="{level}"/>'
        for level, form in ((1, "1"), (2, "1"), (3, ""))
    )
    styles = f"<text:outline-style>{levels}</text:outline-style>"
    body = h("Клетка", 1) + h("Ядро", 2) + h("Мембрана", 2) + h("Слой", 3) + h("Обмен", 1) + h("Энергия", 2)
    assert lines(read("a.odt", odt(body, styles))) == [
        "# 1. Клетка", "## 1.1. Ядро", "## 1.2. Мембрана", "### Слой", "# 2. Обмен", "## 2.1. Энергия",
    ]  # fmt: skip


_LISTS = (
    '<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix=")"/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>'
    '<text:list-style style:name="D"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>'
)


def items(*texts: str) -> str:
    return "".join(f"<text:list-item>{text if text.startswith('<') else p(text)}</text:list-item>" for text in texts)


def test_lists_with_their_numbers() -> None:
    inner = f"<text:list>{items('внутри', 'ещё')}</text:list>"
    body = (
        f'<text:list text:style-name="N">{items("раз", p("два") + inner)}</text:list>{p("Текст")}'
        f'<text:list text:style-name="N" text:continue-numbering="true">{items("три")}</text:list>'
        f'<text:list text:style-name="N">{items("снова")}</text:list><text:list text:style-name="D">{items("точка")}</text:list>'
    )
    assert lines(read("a.odt", odt(body, "", _LISTS))) == [
        "1) раз", "2) два", "  a) внутри", "  b) ещё", "Текст", "3) три", "1) снова", "• точка",
    ]  # fmt: skip


def test_tables_with_merged_cells_and_heads() -> None:
    cell = "<table:table-cell{}>{}</table:table-cell>"
    body = (
        "<table:table><table:table-column/><table:table-header-rows><table:table-row>"
        + cell.format(' table:number-columns-spanned="2"', p("a"))
        + "<table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row>"
        + cell.format(' table:number-rows-spanned="2"', p("b"))
        + cell.format("", p("c") + p("d"))
        + "</table:table-row><table:table-row><table:covered-table-cell/>"
        + cell.format("", p("e"))
        + "</table:table-row></table:table>"
    )
    document = read("a.odt", odt(body))
    assert lines(document) == ["| a [2×1]", "| b [1×2] | c/d", "| e"]
    assert isinstance(document.units[0], Grid)
    assert document.units[0].header_rows == 1


def test_notes_pictures_and_formulas() -> None:
    math = b'<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><msup><mi>x</mi><mn>2</mn></msup><annotation encoding="StarMath 5.0">x^2</annotation></semantics></math>'
    frame = '<draw:frame svg:width="2.54cm" svg:height="1in">{}<svg:desc>{}</svg:desc></draw:frame>'
    body = (
        p(
            'Слово<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
            + p("Сноска.")
            + "</text:note-body></text:note>."
        )
        + p(frame.format('<draw:image xlink:href="Pictures/a.png"/>', "Ядро"))
        + p(
            "где "
            + frame.format(
                '<draw:object xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/>', ""
            )
        )
        + p(frame.format(f"<draw:text-box>{p('В рамке')}</draw:text-box>", ""))
        + p(frame.format('<draw:image xlink:href="https://x.org/a.png"/>', "чужая"))
    )
    document = read("a.odt", odt(body, more={"Pictures/a.png": PNG, "Object 1/content.xml": math}))
    assert lines(document) == ["Слово.", "! Ядро", "где x²", "В рамке", "[чужая]"]
    first = document.units[0]
    assert isinstance(first, Para)
    assert (first.content[1], first.notes[0].label) == (NoteMark(note="1"), "1")
    assert inline_text(first.notes[0].blocks[0].content) == "Сноска."  # type: ignore[union-attr]
    figure = document.units[1].figure  # type: ignore[union-attr]
    assert (figure.asset, figure.width, figure.height) == (sha256(PNG), 96, 96)  # type: ignore[union-attr]
    assert [found.message for found in document.findings] == [
        "1 × a picture that is elsewhere: save it next to the text: https://x.org/a.png"
    ]


def test_listings_and_quotes_by_the_names_of_styles() -> None:
    styles = (
        '<style:style style:name="Preformatted_20_Text" style:display-name="Preformatted Text" style:family="paragraph"/>'
        '<style:style style:name="Quotations" style:family="paragraph"/>'
    )
    automatic = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Preformatted_20_Text"/>'
    body = p("def f():", "P1") + p('<text:s text:c="4"/>return 1', "P1") + p("Omnis cellula", "Quotations") + p("x")
    assert lines(read("a.odt", odt(body, styles, automatic))) == [
        "= def f():",
        "=     return 1",
        "> Omnis cellula",
        "x",
    ]


def test_contents_deletions_and_comments_stay_out() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>" + p("старое") + "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:table-of-content><text:index-body>" + p("Ядро 3") + "</text:index-body></text:table-of-content>"
        + p("Текст<office:annotation>" + p("проверить") + "</office:annotation>")
        + "<text:section>" + p("в разделе") + "</text:section>"
    )  # fmt: skip
    document = read("a.odt", odt(body))
    assert lines(document) == ["Текст", "в разделе"]
    assert [(found.severity.value, found.message) for found in document.findings] == [
        ("note", "1 × a comment, left out"),
        ("note", "1 × a table of contents or an index, left out"),
        ("note", "1 × a tracked change: insertions are taken, deletions left out"),
    ]


def test_properties() -> None:
    meta = f"<office:document-meta {_NS}><office:meta><dc:title>Клетка</dc:title><dc:creator>А. Б.</dc:creator></office:meta></office:document-meta>"
    document = read("a.odt", odt(p("x"), more={"meta.xml": meta.encode()}))
    assert (document.properties, document.medium) == ({"title": "Клетка", "author": "А. Б."}, "odt")


def test_what_is_no_text_is_said() -> None:
    manifest = b'<manifest:manifest xmlns:manifest="urn:x"><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
    for data, message in (
        (b"hello", "no zip archive"),
        (
            odt(p("x"), mimetype="application/vnd.oasis.opendocument.spreadsheet"),
            "no text: application/vnd.oasis.opendocument.spreadsheet",
        ),
        (odt(p("x"), more={"META-INF/manifest.xml": manifest}), "encrypted with a password"),
        (odt(""), "no text in it"),
        (odt("<text:p>"), "not well-formed XML"),
        (odt("<text:section>" * 2000 + p("x") + "</text:section>" * 2000), "not well-formed XML: Excessive depth"),
    ):
        with pytest.raises(CoursepackError) as caught:
            read("a.odt", data)
        assert message in caught.value.message
        assert caught.value.place is not None
        assert caught.value.place.file == "a.odt"
    assert str(Place("a.odt")) == "a.odt"


def test_repeated_cells_are_no_more_than_the_lines_of_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    cell = f'<table:table-cell table:number-columns-repeated="999999999">{p("x")}</table:table-cell>'
    data = odt("<table:table>" + f"<table:table-row>{cell}</table:table-row>" * 3 + "</table:table>")
    monkeypatch.setenv(limits.VARIABLE, "document-lines=4")
    assert lines(read("a.odt", data)) == ["| x | x | x | x | x", "| x", "| x"]


def test_colours_of_letters_and_behind_them() -> None:
    styles = (
        '<style:style style:name="R" style:family="text"><style:text-properties fo:color="#ff0000"/></style:style>'
        '<style:style style:name="Y" style:family="text"><style:text-properties fo:background-color="#ffff00"/></style:style>'
        '<style:style style:name="N" style:family="text"><style:text-properties fo:background-color="transparent" fo:color="#000000"/></style:style>'
    )
    spans = "".join(f'<text:span text:style-name="{name}">{name} </text:span>' for name in "RYN")
    (unit,) = read("a.odt", odt(p(spans), "", styles)).units
    assert isinstance(unit, Para)
    runs = [one for one in unit.content if isinstance(one, Run)]
    assert [(one.text.strip(), one.colour, one.highlight) for one in runs] == [
        ("R", "ff0000", None),
        ("Y", None, "ffff00"),
        ("N", None, None),
    ]
