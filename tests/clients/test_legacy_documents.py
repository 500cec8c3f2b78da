"""Old documents through the real LibreOffice, and its PDFs read back."""

from __future__ import annotations

import io
from pathlib import Path

import docx as python_docx
import pytest
from PIL import Image

from coursepack.files import office
from coursepack.model.blocks import inline_text
from coursepack.model.document import Display, Drawing, Line, Para
from coursepack.place import CoursepackError, Place
from coursepack.readers import doc
from coursepack.readers.docx import reader as docx
from coursepack.readers.odt import reader as odt
from coursepack.readers.pdf import reader as pdf
from tests.readers.deck import Deck, lines
from tests.readers.word import p, package

TEXT = (
    "1-дәріс. Билік ұғымы және оның мәні",
    "Билік – қоғамды ұйымдастыру мен басқарудың құралы.",
    "Бірінші",
    "Екінші",
)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if office.program() is None:
        pytest.fail("LibreOffice is missing: apt-get install libreoffice-writer")
    made = python_docx.Document()
    made.add_heading(TEXT[0], 1)
    made.add_paragraph(TEXT[1])
    for text in TEXT[2:]:
        made.add_paragraph(text, style="List Number")
    path = tmp_path_factory.mktemp("office") / "source.docx"
    made.save(str(path))
    return path


@pytest.mark.parametrize("ending", ["doc", "rtf"])
def test_old_formats(ending: str, source: Path) -> None:
    old = office.convert(source, ending, source.parent)
    document = doc.read(f"a.{ending}", old.read_bytes())
    paras = [unit for unit in document.units if isinstance(unit, Para)]
    assert [inline_text(para.content) for para in paras] == list(TEXT)
    assert [para.heading for para in paras] == [1, None, None, None]
    assert [para.label for para in paras] == [None, None, "1.", "2."]
    assert document.medium == ending
    assert document.findings[0].code == "doc-converted"


def test_an_odt_is_read_as_libreoffice_reads_it(source: Path) -> None:
    made = office.convert(source, "odt", source.parent).read_bytes()
    ours, theirs = odt.read("a.odt", made), doc.read("a.doc", made)
    told = [(unit.heading, unit.label, inline_text(unit.content)) for unit in ours.units if isinstance(unit, Para)]
    assert told == [(1, None, TEXT[0]), (None, None, TEXT[1]), (None, "1.", TEXT[2]), (None, "2.", TEXT[3])]
    assert told == [
        (unit.heading, unit.label, inline_text(unit.content)) for unit in theirs.units if isinstance(unit, Para)
    ]


@pytest.mark.parametrize("ending", ["ppt", "odp"])
def test_old_presentations(ending: str, tmp_path: Path) -> None:
    deck = Deck()
    deck.slide("Билік", "Бірінші", "Екінші")
    (tmp_path / "source.pptx").write_bytes(deck.data())
    old = office.convert(tmp_path / "source.pptx", ending, tmp_path)
    document = doc.read_slides(f"a.{ending}", old.read_bytes())
    assert lines(document) == ["## Билік", "• Бірінші", "• Екінші"]
    assert (document.medium, document.findings[0].code) == (ending, "doc-converted")


def test_a_pdf_of_libreoffice(source: Path) -> None:
    made = office.convert(source, "pdf", source.parent)
    lines = [unit for unit in pdf.read("a.pdf", made.read_bytes()).units if isinstance(unit, Line) and unit.text]
    assert [line.text for line in lines] == [TEXT[0], TEXT[1], "1. Бірінші", "2. Екінші"]
    assert lines[0].bold
    assert (lines[0].size or 0) > (lines[1].size or 0)


def test_without_libreoffice_the_way_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    with pytest.raises(CoursepackError, match="read through LibreOffice, which is not installed") as problem:
        doc.read("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    assert "save it as .docx" in problem.value.advice


@pytest.mark.parametrize("data", [b"text", b"", b"\x00" * 99])
def test_what_is_no_document(data: bytes) -> None:
    with pytest.raises(CoursepackError, match="no document of Word"):
        doc.read("a.doc", data)


def test_metafiles_are_drawn_and_equations_of_the_old_editor_read() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48"><path d="M0 0h96v48H0z" fill="red"/>'
    math = b'<math xmlns="http://www.w3.org/1998/Math/MathML">%s</math>'
    formula = math % b"<mfrac><msup><mi>x</mi><mn>2</mn></msup><mi>a</mi></mfrac>"
    metafile = office.converted("a.svg", drawing + b"</svg>", "emf")
    place = Place("a.mml")
    (ole,) = office.converted_all({"a.mml": formula}, "bin:MathType 3.x", place).values()
    object_ = '<w:object><o:OLEObject Type="Embed" ProgID="Equation.3" r:id="ole"/></w:object>'
    picture = '<w:pict><v:shape style="width:72pt;height:36pt"><v:imagedata r:id="emf"/></v:shape></w:pict>'
    body = p("", "", f"<w:r>{object_}</w:r>") + p("", "", f"<w:r>{picture}</w:r>")
    document = docx.read("a.docx", package(body, media={"ole": ("o.bin", ole), "emf": ("a.emf", metafile)}))
    shown, drawn = document.units
    assert isinstance(shown, Display)
    assert shown.math.text == "x²/a"
    assert isinstance(drawn, Drawing)
    with Image.open(io.BytesIO(document.assets[drawn.figure.asset])) as made:
        assert made.convert("RGB").getpixel((10, 10)) == (255, 0, 0)
        assert (made.width in range(170, 200), made.height in range(80, 105)) == (True, True)
    assert "office-drawn" in {finding.code for finding in document.findings}
