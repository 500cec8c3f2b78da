"""What LibreOffice makes of metafiles and old equations, its part played here; tests/clients asks the real one."""

# ruff: noqa: E501 - the formats are written as programs write them

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from coursepack.files import office
from coursepack.files.hashes import sha256
from coursepack.model.blocks import Figure, Math, Picture, Run
from coursepack.model.document import Display, Document, Drawing, Para
from coursepack.place import CoursepackError, Place
from coursepack.readers import office_pictures as making
from coursepack.readers.docx import reader as docx
from coursepack.readers.html import page
from coursepack.readers.markdown import reader as markdown
from coursepack.readers.pptx import reader as pptx
from tests.readers.deck import Deck, changed
from tests.readers.pdf_maker import Grey, Word, make
from tests.readers.word import p, package

EMF = b"\x01\x00\x00\x00" + bytes(60)
WMF = b"\xd7\xcd\xc6\x9a" + bytes(60)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100) + "Equation Native".encode("utf-16-le") + bytes(100)
OLDER = OLE + b"MathType"
MML = (
    b'<?xml version="1.0" encoding="UTF-8"?><math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><semantics>'
    b'<mrow><mstyle mathsize="12pt"><mfrac><msup><mi>x</mi><mstyle mathsize="8pt"><mn>2</mn></mstyle></msup><mi>a</mi>'
    b'</mfrac></mstyle></mrow><annotation encoding="StarMath 5.0">{x} over {a}</annotation></semantics></math>'
)


class Office:
    """LibreOffice as the tests have it: what it was asked for, and what it makes."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[str]]] = []
        self.page = make([[Grey(100, 100, 60, 30)]])

    def converted_all(
        self, files: Mapping[str, bytes], target: str, place: Place, *, read_as: str | None = None
    ) -> dict[str, bytes]:
        self.asked.append((f"{target} {read_as}", sorted(name.partition(".")[2] for name in files)))
        made = {"pdf": self.page, "mml": MML}[target]
        return {name: made for name, data in files.items() if data != OLDER}


@pytest.fixture
def libre(monkeypatch: pytest.MonkeyPatch) -> Office:
    made = Office()
    monkeypatch.setattr(office, "program", lambda: "soffice")
    monkeypatch.setattr(office, "converted_all", made.converted_all)
    monkeypatch.setattr(office, "guards", lambda _: iter(()))
    return made


@pytest.fixture
def nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: None)


def shape(relation: str) -> str:
    return f'<v:shape style="width:60pt;height:30pt"><v:imagedata r:id="{relation}"/></v:shape>'


def equation(kind: str, ole: str, preview: str) -> str:
    inside = f'{shape(preview)}<o:OLEObject Type="Embed" ProgID="{kind}" r:id="{ole}"/>'
    return f"<w:r><w:object>{inside}</w:object></w:r>"


MEDIA = {
    "emf": ("a.emf", EMF),
    "wmf": ("b.wmf", WMF),
    "old": ("c.bin", OLE),
    "older": ("d.bin", OLDER),
}
BODY = (
    p("", "", f"<w:r><w:pict>{shape('emf')}</w:pict></w:r>")
    + p("Мәтін.")
    + p("", "", equation("Equation.3", "old", "wmf"))
    + p("", "", f'<w:r><w:t xml:space="preserve">Егер </w:t></w:r>{equation("Equation.3", "old", "wmf")}')
    + p("", "", equation("Equation.DSMT4", "older", "wmf"))
)


def told(document: Document) -> list[tuple[str, str]]:
    return [(str(found.place), found.message) for found in document.findings]


def test_metafiles_are_drawn_and_old_equations_read_each_kind_in_one_run(libre: Office) -> None:
    document = docx.read("a.docx", package(BODY, media=MEDIA))
    assert libre.asked == [("pdf None", ["emf", "wmf"]), ("mml MathType 3.x", ["bin", "bin"])]
    drawn, _, alone, inline, older = document.units
    assert isinstance(drawn, Drawing)
    assert isinstance(drawn.figure, Figure)
    assert (drawn.figure.media_type, drawn.figure.width, drawn.figure.height) == ("image/png", 80, 40)
    with Image.open(io.BytesIO(document.assets[drawn.figure.asset])) as picture:
        assert picture.size == (161, 81)  # a rim of less than a pixel, 60 by 30 points, 192 pixels to the inch
    assert isinstance(alone, Display)
    assert alone.math.text == "x²/a"
    assert "mathsize" not in alone.math.mathml
    assert "StarMath" not in alone.math.mathml
    assert isinstance(inline, Para)
    assert inline.content == (Run(text="Егер "), alone.math)
    assert isinstance(older, Drawing)
    assert told(document) == [
        (
            "a.docx:5",
            "1 × an equation of the old editor (at most its picture is kept): retype it as a formula (paragraph 5)",
        ),
        ("a.docx", "3 × a picture or formula that LibreOffice made: another version may make another"),
    ]


def test_without_libreoffice_they_are_named_with_their_places(nothing: None) -> None:
    document = docx.read("a.docx", package(BODY, media=MEDIA))
    unshown = "a picture in a format that browsers do not show"
    advice = "save it as PNG, or install LibreOffice, which draws it"
    assert told(document) == [
        ("a.docx:1", f"1 × {unshown} (EMF): {advice} (paragraph 1)"),
        (
            "a.docx:3",
            "3 × an equation of the old editor (at most its picture is kept): retype it as a formula (paragraphs 3, 4, 5)",
        ),
        ("a.docx:3", f"3 × {unshown} (WMF): {advice} (paragraphs 3, 4, 5)"),
    ]
    assert document.assets == {}


def test_what_libreoffice_makes_nothing_of_is_told(libre: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    libre.page = b"no page"
    document = docx.read(
        "a.docx", package(p("Мәтін.") + p("", "", f"<w:r><w:pict>{shape('emf')}</w:pict></w:r>"), media=MEDIA)
    )
    message = (
        "1 × a picture in a format that browsers do not show (EMF): save it as PNG, for LibreOffice cannot draw it"
    )
    assert told(document) == [("a.docx:2", f"{message} (paragraph 2)")]

    libre.page = make([[Word(" ", 10, 10)]])
    assert told(
        docx.read("a.docx", package(p("Мәтін.") + p("", "", equation("Package", "older", "wmf")), media=MEDIA))
    ) == [("a.docx:2", "1 × an embedded object or file (Package), of which at most a picture is kept (paragraph 2)")]

    def fails(*_: Any, **__: Any) -> dict[str, bytes]:
        raise CoursepackError("not done within 180 seconds", Place("a.docx"))

    monkeypatch.setattr(office, "converted_all", fails)
    assert docx.read("a.docx", package(BODY, media=MEDIA)).assets == {}


def test_equations_and_metafiles_of_slides(libre: Office) -> None:
    deck = Deck()
    slide = deck.slide("Интеграл", "Формула")
    frame = (
        '<p:graphicFrame xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><p:nvGraphicFramePr><p:cNvPr id="9" '
        'name="q"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="0" y="9000000"/><a:ext cx="1" cy="1"/>'
        '</p:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/presentationml/2006/ole"><p:oleObj '
        'progId="Equation.3" r:id="rId90"><p:embed/></p:oleObj></a:graphicData></a:graphic></p:graphicFrame></p:spTree>'
    )
    del slide
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject"
    relation = f'<Relationship Id="rId90" Type="{kind}" Target="../embeddings/o.bin"/></Relationships>'
    data = changed(
        deck.data(),
        {
            "ppt/slides/slide1.xml": lambda old: old.replace(b"</p:spTree>", frame.encode()),
            "ppt/slides/_rels/slide1.xml.rels": lambda old: old.replace(b"</Relationships>", relation.encode()),
            "ppt/embeddings/o.bin": OLE,
        },
    )
    document = pptx.read("a.pptx", data)
    assert [unit.math.text for unit in document.units if isinstance(unit, Display)] == ["x²/a"]
    assert told(document) == [
        ("a.pptx", "1 × a picture or formula that LibreOffice made: another version may make another")
    ]


def test_a_metafile_beside_a_page_or_a_text_is_drawn(libre: Office, tmp_path: Path) -> None:
    (tmp_path / "a.emf").write_bytes(EMF)
    found = [
        page.read("a.html", b"<p>Text <img src=a.emf alt=x></p>", folder=tmp_path),
        markdown.read("a.md", b"Text ![x](a.emf)\n", folder=tmp_path),
    ]
    for document in found:
        (asset,) = document.assets.values()
        (unit,) = document.units
        assert isinstance(unit, Para)
        assert [(item.media_type, item.asset) for item in unit.content if isinstance(item, Picture)] == [
            ("image/png", sha256(asset))
        ]
        assert len(told(document)) == 1


def test_a_formula_that_says_nothing_is_none(libre: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = b'<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow/></math>'
    monkeypatch.setattr(office, "converted_all", lambda files, *_, **__: dict.fromkeys(files, empty))
    document = docx.read("a.docx", package(p("Мәтін.") + p("", "", equation("Equation.3", "old", "none")), media=MEDIA))
    assert not any(isinstance(item, Math) for unit in document.units if isinstance(unit, Para) for item in unit.content)
    assert "an equation of the old editor" in told(document)[0][1]


@pytest.mark.parametrize("mode", ["RGB", "CMYK", "L", "1"])
def test_a_tiff_is_made_into_png_without_libreoffice(mode: str, nothing: None) -> None:
    out = io.BytesIO()
    colour: Any = {"RGB": (255, 0, 0), "CMYK": (0, 255, 255, 0)}.get(mode, 0)
    Image.new(mode, (30, 20), colour).save(out, "TIFF")
    body = p("Мәтін.") + p("", "", f"<w:r><w:pict>{shape('tif')}</w:pict></w:r>") * 2
    document = docx.read("a.docx", package(body, media={"tif": ("a.tif", out.getvalue())}))
    (asset,) = document.assets.values()
    with Image.open(io.BytesIO(asset)) as made:
        assert (made.format, made.size) == ("PNG", (30, 20))
        assert made.convert("RGB").getpixel((1, 1)) == ((0, 0, 0) if mode in {"L", "1"} else (255, 0, 0))
    assert told(document) == []
    damaged = docx.read("a.docx", package(body, media={"tif": ("a.tif", b"II*\x00" + bytes(40))}))
    assert told(damaged) == [
        ("a.docx:2", "2 × a picture in a format that browsers do not show (TIFF): save it as PNG (paragraphs 2, 3)")
    ]


def heif(brand: bytes) -> bytes:
    return b"\x00\x00\x00\x18ftyp" + brand + bytes(200)


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"hevc"])
def test_a_photo_of_a_phone_is_named_with_what_to_do(
    brand: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "find_spec", lambda _: None)
    (tmp_path / "a.heic").write_bytes(heif(brand))
    made = markdown.read("a.md", "![Фото](a.heic)\n\nТекст\n".encode(), folder=tmp_path)
    assert [found.message for found in made.findings] == [
        (
            "1 × a picture that is in a format that browsers do not show (HEIC): save it as JPEG, or install"
            " coursepack[heic], which reads it: a.heic"
        )
    ]
    body = p("", "", f"<w:r><w:pict>{shape('photo')}</w:pict></w:r>") + p("Мәтін.")
    word_ = docx.read("a.docx", package(body, media={"photo": ("a.heic", heif(brand))}))
    assert [found.message for found in word_.findings if "HEIC" in found.message] == [
        (
            "1 × a picture in a format that browsers do not show (HEIC): save it as JPEG, or install coursepack[heic],"
            " which reads it (paragraph 1)"
        )
    ]


def test_a_photo_of_a_phone_is_a_jpeg_where_its_reader_is_there(tmp_path: Path) -> None:
    import pillow_heif

    made = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (40, 30), "red")).save(made, quality=90)
    (tmp_path / "a.heic").write_bytes(made.getvalue())
    document = markdown.read("a.md", b"![A](a.heic)\n\nText\n", folder=tmp_path)
    (data,) = document.assets.values()
    assert data.startswith(b"\xff\xd8\xff")
    assert Image.open(io.BytesIO(data)).size == (40, 30)
    assert document.findings == ()


@pytest.mark.parametrize(
    ("kind", "name", "begins"), [("AVIF", "a.avif", b"\xff\xd8\xff"), ("JPEG2000", "a.jp2", b"\x89PNG")]
)
def test_a_photo_in_another_format_is_made_into_one_that_is_shown(
    kind: str, name: str, begins: bytes, tmp_path: Path
) -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, kind)
    (tmp_path / name).write_bytes(out.getvalue())
    document = markdown.read("a.md", f"![A]({name})\n\nText\n".encode(), folder=tmp_path)
    (data,) = document.assets.values()
    assert data.startswith(begins)
