"""Electronic books: the pages of the spine in their order, pictures of the book, and what is not read is reported."""

# ruff: noqa: E501 - books as programs write them

from __future__ import annotations

import io
import zipfile

import pytest

from coursepack import limits
from coursepack.files.hashes import sha256
from coursepack.place import CoursepackError, Place
from coursepack.readers.epub.reader import read
from tests.readers.deck import lines
from tests.samples import PNG

_CONTAINER = (
    b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    b'<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def book(pages: dict[str, str], order: str = "", more: dict[str, bytes] | None = None, items: str = "") -> bytes:
    """A book of pages by name, in the order of ``order`` (else as they stand); ``items`` are further of its manifest."""
    names = order.split() or list(pages)
    listed = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in pages)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>Клетка</dc:title><dc:creator>А. Б.</dc:creator><dc:language>ru</dc:language></metadata>"
        f"<manifest>{listed}{items}</manifest><spine>{spine}</spine></package>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", _CONTAINER)
        archive.writestr("OEBPS/book.opf", opf)
        for name, body in pages.items():
            head = '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head>'
            archive.writestr(f"OEBPS/{name}.xhtml", f"{head}<body>{body}</body></html>")
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def test_the_spine_is_the_order_and_each_page_a_section() -> None:
    data = book({"b": "<h1>Обмен</h1><p>Два</p>", "a": "<h1>Ядро</h1><p>Раз <a id='x'/>и</p>"}, "a b")
    document = read("a.epub", data)
    assert lines(document) == ["# Ядро", "Раз и", "# Обмен", "Два"]
    assert [unit.number for unit in document.units] == [1, 2, 3, 4]
    assert document.properties == {"title": "Клетка", "author": "А. Б.", "language": "ru"}
    assert (document.medium, document.findings) == ("epub", ())


@pytest.mark.parametrize("kind", ["nav", "ncx"])
def test_a_page_without_a_heading_has_its_name_in_the_contents(kind: str) -> None:
    nav = '<html xmlns="http://www.w3.org/1999/xhtml"><body><nav><ol><li><a href="text/a.xhtml">Ядро  клетки</a></li><li><a href="b.xhtml#p">нет</a></li></ol></nav></body></html>'.encode()
    ncx = '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Ядро клетки</text></navLabel><content src="text/a.xhtml"/></navPoint></navMap></ncx>'.encode()
    item = {
        "nav": '<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        "ncx": '<item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
    }[kind]
    data = book(
        {"text/a": "<p>Раз</p>", "b": "<p>Два</p>"}, "text/a b", {"OEBPS/nav.xhtml": nav, "OEBPS/toc.ncx": ncx}, item
    )
    assert lines(read("a.epub", data)) == ["# Ядро клетки", "Раз", "Два"]


def test_pictures_of_the_book_alone() -> None:
    body = '<p><img src="../img/a%20b.png" alt="Ядро"/></p><p>x <img src="/etc/passwd"/><img src="../../x.png"/><img src="http://x.org/y.png"/></p>'
    document = read("a.epub", book({"text/a": body}, "", {"OEBPS/img/a b.png": PNG}))
    assert lines(document) == ["! Ядро", "x"]
    assert document.assets == {sha256(PNG): PNG}
    assert [found.message for found in document.findings] == [
        "1 × a picture that is elsewhere: save it next to the text: http://x.org/y.png",
        "2 × a picture that the book does not hold: /etc/passwd, ../../x.png",
    ]


def test_footnotes_of_a_page() -> None:
    body = '<p>Слово<a epub:type="noteref" id="r1" href="#n1">1</a>.</p><aside epub:type="footnote" id="n1"><p><a href="#r1">1</a> Сноска.</p></aside>'
    (para,) = read("a.epub", book({"a": body})).units
    assert [(note.id, note.label, note.blocks[0].content[0].text) for note in para.notes] == [("1", "1", "Сноска.")]  # type: ignore[union-attr]


def test_a_page_that_cannot_be_read_is_told_and_the_others_are_read() -> None:
    items = '<item id="gone" href="gone.xhtml" media-type="application/xhtml+xml"/><item id="svg" href="a.pls" media-type="application/pls+xml"/>'
    document = read("a.epub", book({"a": "<p>Раз</p>"}, "gone svg a", None, items))
    assert lines(document) == ["Раз"]
    assert [(found.message, found.place) for found in document.findings] == [
        ("a page that the book does not hold", Place("a.epub", member="OEBPS/gone.xhtml")),
        ("a page of another kind (application/pls+xml) was not read", Place("a.epub", member="OEBPS/a.pls")),
    ]


def test_a_drawing_is_a_page_and_a_cover_is_its_picture() -> None:
    items = '<item id="svg" href="a.svg" media-type="image/svg+xml"/>'
    drawing = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><title>\xd0\xaf\xd0\xb4\xd1\x80\xd0\xbe</title><circle r='4'/></svg>"
    cover = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100%"><image xlink:href="img/c.png" width="4"/></svg>'
    data = book({"c": cover, "a": "<p>Раз</p>"}, "c svg a", {"OEBPS/a.svg": drawing, "OEBPS/img/c.png": PNG}, items)
    document = read("a.epub", data)
    assert lines(document) == ["! ", "! Ядро", "Раз"]
    assert PNG in document.assets.values()
    assert [found.message for found in document.findings] == []
    (svg,) = (each for each in document.assets.values() if each != PNG)
    assert b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">' in svg
    assert b'<circle r="4"/>' in svg


def test_a_protected_book_is_said_and_scrambled_fonts_are_nothing() -> None:
    def encryption(method: str) -> dict[str, bytes]:
        text = f'<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><e:EncryptedData xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptionMethod Algorithm="{method}"/></e:EncryptedData></encryption>'
        return {"META-INF/encryption.xml": text.encode()}

    fonts = book({"a": "<p>Раз</p>"}, "", encryption("http://www.idpf.org/2008/embedding"))
    assert lines(read("a.epub", fonts)) == ["Раз"]
    with pytest.raises(CoursepackError, match="protected against copying"):
        read("a.epub", book({"a": "<p>Раз</p>"}, "", encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc")))


def test_what_is_no_book_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CoursepackError, match="no zip archive"):
        read("a.epub", b"hello")
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("x", "y")
    with pytest.raises(CoursepackError, match=r"no META-INF/container\.xml in it"):
        read("a.epub", empty.getvalue())
    with pytest.raises(CoursepackError, match="no text in it"):
        read("a.epub", book({"a": ""}))
    bomb = b'<!DOCTYPE x [<!ENTITY a "aa">]><container>&a;</container>'
    with pytest.raises(CoursepackError, match="a DOCTYPE is not accepted"):
        read("a.epub", _with_container(bomb))
    monkeypatch.setenv(limits.VARIABLE, "page-bytes=100")
    with pytest.raises(CoursepackError, match="no text in it"):
        read("a.epub", book({"a": "<p>x</p>"}))


def _with_container(container: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("META-INF/container.xml", container)
    return out.getvalue()
