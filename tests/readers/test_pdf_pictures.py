"""Pictures of PDFs: figures where they stand, with their captions; what is no content stays out and is reported."""

from __future__ import annotations

import struct
import zlib

import pytest

from coursepack.files.hashes import sha256
from coursepack.model.blocks import Figure, inline_text
from coursepack.model.document import Document, Drawing, Line
from coursepack.outline.markers import standard
from coursepack.outline.stream import stream
from coursepack.readers.pdf import reader as pdf
from tests.readers.pdf_maker import Grey, Word, make

ABOVE = [Word(f"бұл {nth}-жол, мәтін ұзын болып жалғаса береді", 72, 760 - 14 * nth) for nth in range(3)]
BELOW = [Word(f"мұнда да {nth}-жол бар, мәтін жалғаса береді", 72, 500 - 14 * nth) for nth in range(3)]


def figures(document: Document) -> list[Drawing]:
    return [unit for unit in document.units if isinstance(unit, Drawing)]


def test_a_picture_is_a_figure_where_it_stands() -> None:
    document = pdf.read("a.pdf", make([[*ABOVE, Grey(72, 550, 150, 75), *BELOW]]))
    (drawing,) = figures(document)
    figure = drawing.figure
    assert isinstance(figure, Figure)
    assert (figure.media_type, figure.width, figure.height) == ("image/png", 200, 100)
    data = document.assets[figure.asset]
    assert sha256(data) == figure.asset
    width, height, depth, colour = struct.unpack_from(">IIBB", data, 16)
    assert (depth, colour) == (8, 2)
    pixels = zlib.decompress(data[data.index(b"IDAT") + 4 : -16])
    assert pixels == (b"\0" + b"\x80\x80\x80" * width) * height
    before = [unit.text for unit in document.units if isinstance(unit, Line) and unit.number < drawing.number]
    assert before == [word.text for word in ABOVE]
    assert document.findings == ()


@pytest.mark.parametrize(
    "caption", ["Сурет 1. Жердің құрылысы", "1-сурет. Жердің құрылысы", "Рис. 2.1. Строение", "Figure 3"]
)
def test_the_line_below_a_picture_is_its_caption_and_the_text_goes_on_around_it(caption: str) -> None:
    words: list[Word | Grey] = [*ABOVE, Grey(72, 550, 150, 75), Word(caption, 72, 535, 10), *BELOW]
    made = stream(pdf.read("a.pdf", make([words])), "textbook", standard())
    text, figure = made.pieces
    assert text.text == " ".join(word.text for word in [*ABOVE, *BELOW])
    assert isinstance(figure.object, Drawing)
    assert inline_text(figure.object.figure.caption) == caption
    made.texts.claim(made.pieces, "content")
    assert made.texts.ledger.unclaimed() == []


def test_a_caption_over_two_lines_and_a_line_that_is_none() -> None:
    caption = [Word("Сурет 1. Жер-", 72, 535, 10), Word("дің құрылысы", 72, 523, 10)]
    words: list[Word | Grey] = [Grey(72, 550, 150, 75), *caption, *BELOW]
    figure, text = stream(pdf.read("a.pdf", make([words])), "textbook", standard()).pieces
    assert isinstance(figure.object, Drawing)
    assert inline_text(figure.object.figure.caption) == "Сурет 1. Жердің құрылысы"
    assert text.text.startswith("мұнда да 0-жол")
    figure, text = stream(pdf.read("a.pdf", make([[Grey(72, 550, 150, 75), *BELOW]])), "textbook", standard()).pieces
    assert isinstance(figure.object, Drawing)
    assert figure.object.figure.caption == ()


@pytest.mark.parametrize(
    ("pages", "count"),
    [
        ([[*ABOVE, Grey(72, 550, 20, 20)]], 1),
        ([[*ABOVE, Grey(0, 0, 595, 842)]], 1),
        ([[*ABOVE, Grey(72, 780, 60, 40)], [*BELOW, Grey(72, 780, 60, 40)]], 2),
    ],
    ids=["small", "background", "logo"],
)
def test_pictures_that_are_no_content_are_left_out_and_told(pages: list[list[Word | Grey]], count: int) -> None:
    document = pdf.read("a.pdf", make(pages))
    assert figures(document) == []
    assert document.assets == {}
    (finding,) = document.findings
    assert (finding.code, finding.message.split()[0]) == ("pdf-pictures", str(count))
