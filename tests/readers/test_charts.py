"""Charts and SmartArt of Word, PowerPoint and OpenDocument: what they say is text, and nothing of it is lost."""

# ruff: noqa: E501 - the formats are written as programs write them

from __future__ import annotations

import datetime as dt
from typing import Any

from pptx.chart.data import BubbleChartData, CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm

from coursepack.model.document import Document
from coursepack.place import Place, Severity
from coursepack.readers.docx import reader as docx
from coursepack.readers.odt import reader as open_document
from coursepack.readers.pptx import reader as slides
from tests.readers.deck import ONLY_TITLE, Deck, changed, lines
from tests.readers.test_odt import odt
from tests.readers.word import p, package
from tests.samples import PNG

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_CX = "http://schemas.microsoft.com/office/drawing/2014/chartex"
_DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _word(body: str, **parts: str) -> Document:
    """A Word document with parts of drawings; the relationship of each is called as it is."""
    relations = "".join(_relation(name, "any", f"drawn/{name}.xml") for name in parts)
    data = changed(
        package(body),
        {
            "word/_rels/document.xml.rels": lambda old: old.replace(b"</Rel", relations.encode() + b"</Rel", 1),
            **{f"word/drawn/{name}.xml": content.encode() for name, content in parts.items()},
        },
    )
    return docx.read("a.docx", data)


def _drawing(*held: str, alt: str = "") -> str:
    inside = "".join(f'<a:graphicData uri="x">{one}</a:graphicData>' for one in held)
    return f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="d" descr="{alt}"/><a:graphic>{inside}</a:graphic></wp:inline></w:drawing></w:r>'


def _chart_link(name: str, space: str = _C) -> str:
    return f'<c:chart xmlns:c="{space}" r:id="{name}"/>'


def _art_link(name: str) -> str:
    return f'<dgm:relIds xmlns:dgm="{_DGM}" r:dm="{name}"/>'


def _title(text: str) -> str:
    return f"<c:title><c:tx><c:rich><a:p><a:r><a:t>{text}</a:t></a:r></a:p></c:rich></c:tx></c:title>"


def _points(*values: str, form: str = "General") -> str:
    made = "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate(values) if value)
    return f"<c:numRef><c:numCache><c:formatCode>{form}</c:formatCode>{made}</c:numCache></c:numRef>"


def _chart(series: str, title: str = "", axes: str = "", ids: str = "") -> str:
    return f'<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}"><c:chart>{title}<c:plotArea><c:barChart>{series}{ids}</c:barChart>{axes}</c:plotArea></c:chart></c:chartSpace>'


def _series(name: str, labels: str, values: str) -> str:
    return f"<c:ser><c:tx><c:v>{name}</c:v></c:tx><c:cat>{labels}</c:cat><c:val>{values}</c:val></c:ser>"


_GROWTH = _chart(
    _series("Студенттер", _points("2023", "2024"), _points("10", "0.30000000000000004")), _title("Қабылдау")
)


def _art(*texts: tuple[str, str, str]) -> str:
    """A SmartArt: of each point its name, the name above it, its text."""
    points = "".join(
        f'<dgm:pt modelId="{name}"><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        for name, _, text in texts
    )
    links = "".join(
        f'<dgm:cxn srcId="{above}" destId="{name}" srcOrd="{order}"/>' for order, (name, above, _) in enumerate(texts)
    )
    return f'<dgm:dataModel xmlns:dgm="{_DGM}" xmlns:a="{_A}"><dgm:ptLst><dgm:pt modelId="0" type="doc"/>{points}</dgm:ptLst><dgm:cxnLst>{links}</dgm:cxnLst></dgm:dataModel>'


def test_a_chart_in_word_is_its_title_and_its_data_where_it_stands() -> None:
    document = _word(p("до") + p("", "", _drawing(_chart_link("one"))) + p("после"), one=_GROWTH)
    assert lines(document) == ["до", "^ Қабылдау", "|  | Студенттер", "| 2023 | 10", "| 2024 | 0.3", "после"]
    (found,) = document.findings
    assert (found.severity, found.message) == (
        Severity.NOTE,
        "1 × a chart, of which the data are read as a table (paragraph 2)",
    )


def test_smart_art_in_word_is_its_outline_in_a_cell_too() -> None:
    art = _art(("1", "0", "Клетка"), ("2", "1", "Ядро"), ("3", "0", "Ткань"))
    drawn = p("", "", _drawing(_art_link("one")))
    document = _word(drawn + f"<w:tbl><w:tr><w:tc>{drawn}</w:tc><w:tc>{p('рядом')}</w:tc></w:tr></w:tbl>", one=art)
    assert lines(document) == ["• Клетка", "  • Ядро", "• Ткань", "| • Клетка/  • Ядро/• Ткань | рядом"]
    assert not document.findings


def test_several_drawings_of_a_group_are_all_read() -> None:
    held = _drawing(_chart_link("one"), _art_link("two"))
    document = _word(p("", "", held), one=_GROWTH, two=_art(("1", "0", "Ядро")))
    assert lines(document) == ["^ Қабылдау", "|  | Студенттер", "| 2023 | 10", "| 2024 | 0.3", "• Ядро"]


def test_a_drawing_without_its_part_is_named_and_its_alternative_text_stays() -> None:
    document = _word(
        p("", "", _drawing(_chart_link("gone"), alt="Рост клетки")) + p("", "", _drawing(_art_link("two")))
    )
    assert lines(document) == ["[Рост клетки]"]
    assert [(str(found.place), found.message) for found in document.findings] == [
        ("a.docx:1", "1 × a chart whose data are not there: save it as a picture (paragraph 1)"),
        ("a.docx:3", "1 × a SmartArt whose texts are not there: save it as a picture (paragraph 3)"),
    ]


def test_pictures_of_smart_art_are_kept() -> None:
    art = _art(("1", "0", "Ядро")).replace(
        "</dgm:ptLst>",
        f'<dgm:pt modelId="9" type="pres"><dgm:spPr><a:blipFill><a:blip xmlns:r="{_OFFICE}" r:embed="p1"/></a:blipFill></dgm:spPr></dgm:pt></dgm:ptLst>',
    )
    body = p("", "", _drawing(_art_link("one")))
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{_relation("p1", "image", "../media/a.png")}</Relationships>'
    data = changed(
        package(body),
        {
            "word/_rels/document.xml.rels": lambda old: old.replace(
                b"</Rel", _relation("one", "diagramData", "drawn/one.xml").encode() + b"</Rel", 1
            ),
            "word/drawn/one.xml": art.encode(),
            "word/drawn/_rels/one.xml.rels": relations.encode(),
            "word/media/a.png": PNG,
        },
    )
    document = docx.read("a.docx", data)
    assert lines(document) == ["• Ядро", "! "]
    assert list(document.assets.values()) == [PNG]


def test_axes_name_what_the_numbers_are_of() -> None:
    ids = '<c:axId val="1"/><c:axId val="2"/>'
    axes = (
        f'<c:catAx><c:axId val="1"/>{_title("Жыл")}</c:catAx><c:valAx><c:axId val="2"/>{_title("мың адам")}</c:valAx>'
    )
    chart = _chart(_series("Алматы", _points("2024"), _points("7")), axes=axes, ids=ids)
    assert lines(_word(p("", "", _drawing(_chart_link("one"))), one=chart)) == [
        "| Жыл | Алматы (мың адам)",
        "| 2024 | 7",
    ]


def test_numbers_as_they_are_printed() -> None:
    chart = _chart(_series("Доля", _points("45536", "45566", form="mmm\\-yy"), _points("0.25", "", form="0.0%")))
    assert lines(_word(p("", "", _drawing(_chart_link("one"))), one=chart)) == [
        "|  | Доля",
        "| 2024-09-01 | 25%",
        "| 2024-10-01 | ",
    ]


def test_a_chart_of_a_newer_kind() -> None:
    def level(kind: str, points: str) -> str:
        return f"<cx:{kind}><cx:lvl>{points}</cx:lvl></cx:{kind}>"

    chart = (
        f'<cx:chartSpace xmlns:cx="{_CX}" xmlns:a="{_A}"><cx:chartData><cx:data id="0">'
        + level("strDim", '<cx:pt idx="0">Вода</cx:pt><cx:pt idx="1">Соль</cx:pt>')
        + level("numDim", '<cx:pt idx="0">9</cx:pt><cx:pt idx="1">1</cx:pt>')
        + "</cx:data></cx:chartData><cx:chart><cx:title><cx:tx><cx:txData><cx:v>Раствор</cx:v></cx:txData></cx:tx></cx:title>"
        '<cx:plotArea><cx:plotAreaRegion><cx:series layoutId="funnel"><cx:tx><cx:txData><cx:v>г</cx:v></cx:txData></cx:tx>'
        '<cx:dataId val="0"/></cx:series></cx:plotAreaRegion></cx:plotArea></cx:chart></cx:chartSpace>'
    )
    document = _word(p("", "", _drawing(_chart_link("one", _CX))), one=chart)
    assert lines(document) == ["^ Раствор", "|  | г", "| Вода | 9", "| Соль | 1"]


def _shown(kind: Any, data: Any) -> list[str]:
    deck = Deck()
    deck.slide("Рост", layout=ONLY_TITLE).shapes.add_chart(kind, 0, 0, Cm(9), Cm(9), data)
    document = slides.read("a.pptx", deck.data())
    assert [found.place for found in document.findings] == [Place("a.pptx", slide=1)]
    return lines(document)[1:]


def test_categories_of_several_levels_are_a_column_each() -> None:
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    for city in ("Астана", "Алматы"):
        above = data.add_category(city)
        above.add_sub_category("2023")
        above.add_sub_category("2024")
    data.add_series("Группы", (1, 2, 3, 4))
    assert _shown(XL_CHART_TYPE.COLUMN_CLUSTERED, data) == [
        "|  |  | Группы",
        "| Астана | 2023 | 1",
        "|  | 2024 | 2",
        "| Алматы | 2023 | 3",
        "|  | 2024 | 4",
    ]


def test_each_series_of_points_keeps_where_they_stand() -> None:
    data: Any = XyChartData()  # type: ignore[no-untyped-call]
    for name, points in (("f", ((1, 2), (2, 3))), ("g", ((1.5, 7),))):
        series = data.add_series(name)
        for x, y in points:
            series.add_data_point(x, y)
    assert _shown(XL_CHART_TYPE.XY_SCATTER, data) == ["|  | f |  | g", "| 1 | 2 | 1.5 | 7", "| 2 | 3 |  | "]


def test_sizes_of_bubbles_and_days() -> None:
    bubbles: Any = BubbleChartData()  # type: ignore[no-untyped-call]
    bubbles.add_series("b").add_data_point(1, 2, 10)
    assert _shown(XL_CHART_TYPE.BUBBLE, bubbles) == ["|  | b | ", "| 1 | 2 | 10"]
    days: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    days.categories = [dt.date(2024, 9, 1)]
    days.add_series("S", (5,))
    assert _shown(XL_CHART_TYPE.LINE, days) == ["|  | S", "| 2024-09-01 | 5"]


def test_a_chart_in_an_open_document_is_its_data() -> None:
    def row(*cells: str) -> str:
        made = "".join(f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in cells)
        return f"<table:table-row>{made}</table:table-row>"

    chart = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:chart="urn:oasis:names:tc:opendocument:xmlns:chart:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:chart><chart:chart>'
        "<chart:title><text:p>Рост</text:p></chart:title><chart:plot-area>"
        '<chart:axis chart:dimension="x"><chart:title><text:p>Год</text:p></chart:title></chart:axis></chart:plot-area>'
        f"<table:table>{row('', 'Студенты')}{row('2024', '7')}{row('2025', 'NaN')}</table:table></chart:chart></office:chart></office:body></office:document-content>"
    )
    frame = '<text:p><draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/></draw:frame></text:p>'
    document = open_document.read("a.odt", odt(frame, more={"Object 1/content.xml": chart.encode()}))
    assert lines(document) == ["^ Рост", "| Год | Студенты", "| 2024 | 7", "| 2025 | "]
    assert [(found.severity, found.message) for found in document.findings] == [
        (Severity.NOTE, "1 × a chart, of which the data are read as a table")
    ]
