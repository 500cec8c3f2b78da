"""Papers in PDF in ``validate``: what opens, what is claimed, what is not checked."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from coursepack.checks import Grammar, detect, pdf
from coursepack.files.package import Package
from coursepack.place import Finding
from tests.registrar.papers import one_page

XMP = b"<pdfaid:part>%d</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>\n"


def found(data: bytes) -> list[Finding]:
    return list(pdf.check(Package.of_bytes("a.pdf", data), Grammar()))


def told(data: bytes) -> list[tuple[str, str]]:
    return [(str(one.severity), one.code) for one in found(data)]


@pytest.fixture(scope="module")
def paper() -> bytes:
    """A page of text in a font that is not in it."""
    return one_page("Syllabus")


def test_a_paper_is_known_by_its_bytes_and_says_what_was_not_checked(paper: bytes) -> None:
    assert detect.detect(Package.of_bytes("a.bin", paper)).kind == "pdf"
    assert told(paper) == [("warning", "pdf-font"), ("note", "pdf-claim"), ("note", "pdf-not-checked")]
    assert found(paper)[0].message.startswith("1 fonts are not in the file: Helvetica")
    assert found(paper)[1].message == "it does not claim to be PDF/A"


def test_a_claim_makes_a_missing_font_an_error(paper: bytes) -> None:
    claimed = paper.replace(b"%%EOF", XMP % 3 + b"%%EOF")
    assert told(claimed)[0] == ("error", "pdf-font")
    assert "it claims to be PDF/A-3a" in [one.message for one in found(claimed)]


@pytest.mark.parametrize(("part", "expected"), [(1, True), (2, True), (3, False)])
def test_what_is_attached_is_named_and_may_be_there(part: int, expected: bool, tmp_path: Path) -> None:
    with pypdfium2.PdfDocument(one_page("Syllabus")) as document:
        attached = document.new_attachment("source.json")
        attached.set_data(b"{}")
        document.save(tmp_path / "a.pdf")
    data = (tmp_path / "a.pdf").read_bytes().replace(b"%%EOF", XMP % part + b"%%EOF")
    assert "attached to it: source.json" in [one.message for one in found(data)]
    assert (("warning", "pdf-attached") in told(data)) is expected


def test_what_is_broken(paper: bytes) -> None:
    assert told(b"%PDF-1.7\njunk\n%%EOF\n") == [("error", "pdf-unreadable")]
    assert ("warning", "pdf-cut") in told(paper.replace(b"%%EOF", b""))
    assert ("warning", "pdf-script") in told(paper.replace(b"%%EOF", b"% /JavaScript\n%%EOF"))
    assert ("warning", "pdf-no-text") in told(one_page(""))
