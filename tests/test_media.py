"""Kinds of files stand in one table, and everything that is asked of them comes out of it."""

from __future__ import annotations

import ast
import codecs
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import coursepack
from coursepack.files import archives, media
from coursepack.files.member import Member
from coursepack.files.zipped import zip_bytes
from coursepack.markup import addresses
from coursepack.place import CoursepackError
from coursepack.readers import pictures, text

PLURAL = ("types", "endings")
HOUSE = Path(coursepack.__file__).parent
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x03\x00\x00\x00\x02"


# --- no table beside it -------------------------------------------------------------------------------------------

_TYPES = {kind.type for kind in media.KINDS.values()} - {"text/html", "application/xml"}
"""What formats name themselves is no table: QTI's ``texttype="text/html"``, the default of OPC for ``.xml``."""
_MEDIA_TYPE = re.compile(r"(?:image|audio|video)/[a-z]")
_ENDINGS = {
    ending
    for kind in media.KINDS.values()
    if kind.shown or kind.is_picture
    for dotted in kind.endings
    for ending in (dotted, dotted[1:])
}
_BEGINNINGS = tuple(
    bytes.fromhex(found[0])
    for kind in media.KINDS.values()
    for signature in (*kind.signatures, *kind.cut)
    if (found := re.match(r"[0-9A-F]{2}(?: [0-9A-F]{2})+", signature))
)
_RECORDS = "files/zip_records.py"
"""The records inside of a ZIP have signatures of their own."""


def _is_beginning(value: bytes) -> bool:
    return any(known.startswith(value) or value.startswith(known) for known in _BEGINNINGS)


def strays(tree: ast.AST) -> Iterator[str]:
    """What a module says of kinds of files by itself, docstrings aside."""
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        value = node.value if isinstance(node, ast.Constant) and id(node) not in prose else None
        if isinstance(value, str) and (_MEDIA_TYPE.search(value) or value in _TYPES):
            yield value
        if isinstance(value, bytes) and len(value) > 1 and value != codecs.BOM_UTF8 and _is_beginning(value):
            yield repr(value)
        items = [*node.keys, *node.values] if isinstance(node, ast.Dict) else getattr(node, "elts", [])
        endings = {item.value for item in items if isinstance(item, ast.Constant) and item.value in _ENDINGS}
        if len(endings) > 1:
            yield f"a list of {sorted(endings)}"


_STRANGERS = "checks/strangers.py"
"""Names of kinds that nothing here reads, writes or shows."""


def test_no_module_has_a_table_of_its_own() -> None:
    found = {
        name: told
        for path in sorted(HOUSE.rglob("*.py"))
        if (name := path.relative_to(HOUSE).as_posix()) not in {_RECORDS, "files/media.py", _STRANGERS}
        and (told := [*strays(ast.parse(path.read_text("utf-8")))])
    }
    assert found == {}


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('X = {"image/png": "png"}', ["image/png"]),
        ('X = f"data:image/gif;base64,{x}"', ["data:image/gif;base64,"]),
        ("X = b'\\x89PNG'", ["b'\\x89PNG'"]),
        ("X = {'.png', '.mp4'}", ["a list of ['.mp4', '.png']"]),
        ("X = ('jpg', 'webm')", ["a list of ['jpg', 'webm']"]),
        ('"""An image/png, as text."""', []),
        ("X = 'text/html'", []),
    ],
)
def test_the_look_for_strays_finds_them(source: str, told: list[str]) -> None:
    assert [*strays(ast.parse(source))] == told


def test_only_one_data_file_names_media_types() -> None:
    named = [
        path.relative_to(HOUSE).as_posix()
        for path in sorted(HOUSE.rglob("*.toml"))
        if _MEDIA_TYPE.search(path.read_text("utf-8"))
    ]
    assert named == ["files/media.toml"]


# --- the table ----------------------------------------------------------------------------------------------------


def test_rows_do_not_contradict_one_another() -> None:
    kinds = [*media.KINDS.values()]
    endings = [ending for kind in kinds for ending in kind.endings]
    types = [media_type for kind in kinds for media_type in kind.types]
    assert len(endings) == len(set(endings))
    assert len(types) == len(set(types))
    assert all(re.fullmatch(r"\.[a-z0-9]+", ending) for ending in endings)
    assert all(kind.endings for kind in kinds if kind.shown or kind.is_picture)
    assert not [kind.name for kind in kinds if kind.pixels and (kind.runs or not kind.is_picture)]


SAMPLES = {
    "png": PNG,
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "gif": b"GIF89a\x01\x00\x01\x00",
    "bmp": b"BM\x46\x00\x00\x00",
    "webp": b"RIFF\x0a\x00\x00\x00WEBPVP8 ",
    "svg": b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a --><svg xmlns="http://www.w3.org/2000/svg"/>',
    "tiff": b"MM\x00*\x00\x00\x00\x08",
    "wmf": b"\x01\x00\x09\x00\x00\x03",
    "emf": b"\x01\x00\x00\x00\x6c\x00",
    "svm": b"VCLMTF\x01\x00",
    "heic": b"\x00\x00\x00\x18ftypmif1\x00",
    "avif": b"\x00\x00\x00\x20ftypavif\x00",
    "jp2": b"\x00\x00\x00\x0cjP  \r\n\x87\n",
    "mp3": b"\xff\xfb\x90\x00",
    "m4a": b"\x00\x00\x00\x20ftypM4A \x00",
    "wav": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "ogg": b"OggS\x00\x02",
    "flac": b"fLaC\x00\x00\x00\x22",
    "midi": b"MThd\x00\x00\x00\x06",
    "7z": b"7z\xbc\xaf\x27\x1c\x00\x04",
    "rar": b"Rar!\x1a\x07\x01\x00",
    "mp4": b"\x00\x00\x00\x20ftypisom\x00",
    "webm": b"\x1a\x45\xdf\xa3\x9f\x42",
    "vtt": b"\xef\xbb\xbfWEBVTT\n\n00:00.000 --> 00:01.000\n",
    "pdf": b"%PDF-1.7\n",
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00",
    "rtf": b"{\\rtf1\\ansi",
    "zip": b"PK\x05\x06" + bytes(18),
    "gzip": b"\x1f\x8b\x08\x00",
    "tar": b"a.txt".ljust(257, b"\0") + b"ustar\x0000",
    "elf": b"\x7fELF\x02\x01",
    "exe": b"MZ\x90\x00\x03",
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_kind_is_told_by_its_first_bytes(name: str) -> None:
    found = media.of(SAMPLES[name])
    assert found is not None
    assert found.name == name


def test_a_name_an_ending_and_a_type_are_of_one_kind() -> None:
    table = tomllib.loads((HOUSE / "files" / "media.toml").read_text("utf-8"))["kind"]
    said = [[kind["name"] for kind in table], *([each for kind in table for each in kind[key]] for key in PLURAL)]
    assert [sorted({each for each in all_ if all_.count(each) > 1}) for all_ in said] == [[], [], []]


def test_every_signature_has_a_sample() -> None:
    assert {kind.name for kind in media.KINDS.values() if kind.signatures or kind.root} == SAMPLES.keys()


@pytest.mark.parametrize(
    "data",
    [b"", b"\x89PNG", b"RIFF\x24\x00\x00\x00AVI LIST", b"MZ is a city", b"text with <svg>", b"<html><svg></html>"],
)
def test_what_is_no_kind_that_is_known(data: bytes) -> None:
    assert media.of(data) is None


@pytest.mark.parametrize(
    ("name", "data"), [("png", b"\x89PNG\n\x1a\n"), ("gif", b"GIF8"), ("ole", b"\xd0\xcf\x11\xe0")]
)
def test_a_damaged_file_is_named_and_not_shown(name: str, data: bytes) -> None:
    assert media.KINDS[name].resembles(data)
    assert not media.KINDS[name].begins(data)
    assert pictures.sniff(data) is None
    with pytest.raises(CoursepackError, match=media.KINDS[name].binary):
        text.read("a.txt", data)


def test_a_pdf_may_have_other_bytes_before_it() -> None:
    pdf = media.KINDS["pdf"]
    assert pdf.stands_early(b"\n" * 1019 + b"%PDF-1.7")
    assert not pdf.stands_early(b"\n" * 1020 + b"%PDF-1.7")
    assert not pdf.begins(b"\n%PDF-1.7")


def test_the_longest_way_to_the_nul_of_a_program() -> None:
    assert media.KINDS["exe"].begins(b"MZ" + b"a" * 509 + b"\0")
    assert not media.KINDS["exe"].begins(b"MZ" + b"a" * 510 + b"\0")


@pytest.mark.parametrize("signature", ["4D5A", "4d", "{a}", "?", "4D {3-}"])
def test_a_signature_that_cannot_be_read_is_refused(signature: str) -> None:
    kind = media.MediaKind(name="x", types=("a/b",), endings=(), signatures=(signature,))
    with pytest.raises(ValueError, match="in the signature"):
        kind.begins(b"")


# --- what comes out of it -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("a/B.PNG", "image/png"),
        ("a.jpeg", "image/jpeg"),
        ("course.imscc", "application/zip"),
        ("course.mbz", "application/zip"),
        ("lecture.mp4", "video/mp4"),
        ("lecture.kk.vtt", "text/vtt"),
        ("lecture.srt", "application/x-subrip"),
        ("talk.mp3", "audio/mpeg"),
        ("slides.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ("a.unheard", "application/octet-stream"),
        ("png", "application/octet-stream"),
        ("a.png/b", "application/octet-stream"),
        ("", "application/octet-stream"),
    ],
)
def test_a_name_tells_the_media_type(path: str, media_type: str) -> None:
    assert media.named(path).type == media_type


@pytest.mark.parametrize(
    ("media_type", "ending"),
    [
        ("image/png", ".png"),
        ("image/jpeg", ".jpg"),
        ("image/jpg", ".jpg"),
        ("image/svg+xml", ".svg"),
        ("video/mp4", ".mp4"),
        ("text/vtt", ".vtt"),
        ("image/tiff", ".bin"),
        ("text/html", ".bin"),
        ("a/b", ".bin"),
    ],
)
def test_what_pages_show_has_the_ending_of_its_kind(media_type: str, ending: str) -> None:
    assert media.ending(media_type) == ending


def test_lists_that_others_ask_for() -> None:
    pixels = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"}
    assert pixels | {"image/svg+xml"} == media.SHOWN
    assert pixels | {"image/jpg"} == media.PIXELS
    assert media.WORD == {
        "image/png": "png",
        "image/jpeg": "jpeg",
        "image/gif": "gif",
        "image/bmp": "bmp",
        "image/tiff": "tiff",
        "image/x-emf": "emf",
        "image/x-wmf": "wmf",
    }
    assert {
        *(".html", ".htm", ".shtml", ".xhtml", ".xht", ".mht", ".mhtml"),
        *(".svg", ".svgz", ".xsl", ".xslt"),
    } == media.RUNS
    stored = {ending for kind in media.KINDS.values() if kind.stored for ending in kind.endings}
    assert stored >= {".png", ".jpg", ".jpeg", ".gif", ".webp", ".mp3", ".mp4", ".webm", ".ogg"}
    assert not stored & {".docx", ".pdf", ".zip", ".svg", ".bmp", ".wav", ".html"}


@pytest.mark.parametrize(
    ("name", "method"), [("a.png", 0), ("a.WEBM", 0), ("a.vtt", 8), ("a.docx", 8), ("a.bmp", 8), ("png", 8)]
)
def test_what_is_compressed_already_is_not_compressed_again(name: str, method: int) -> None:
    packed = zip_bytes([Member(name, b"a" * 1000)])
    assert int.from_bytes(packed[8:10], "little") == method


@pytest.mark.parametrize(("name", "container"), [("zip", "zip"), ("gzip", "tar"), ("tar", "tar"), ("png", "file")])
def test_containers_are_told_by_the_table(name: str, container: str) -> None:
    assert archives.container(SAMPLES[name]) == container


def test_pictures_are_told_with_their_size() -> None:
    assert pictures.sniff(PNG) == pictures.PictureKind("image/png", 3, 2)
    assert pictures.sniff(SAMPLES["svg"]) == pictures.PictureKind("image/svg+xml")
    assert [name for name in SAMPLES if pictures.sniff(SAMPLES[name])] == [
        *("png", "jpeg", "gif", "bmp", "webp", "svg", "tiff", "wmf", "emf", "svm", "heic", "avif", "jp2")
    ]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("pdf", "a PDF"),
        ("zip", "a ZIP archive or an office document"),
        ("ole", "an old office document"),
        ("rtf", "an RTF document"),
        ("png", "a picture"),
        ("jpeg", "a picture"),
        ("gif", "a picture"),
        ("gzip", "a gzip archive"),
        ("elf", "a program"),
        ("exe", "a program"),
    ],
)
def test_what_is_given_as_a_text_is_named(name: str, what: str) -> None:
    with pytest.raises(CoursepackError, match=f"this is {what}, expected a text"):
        text.read("a.txt", SAMPLES[name])


def test_a_picture_in_an_address_is_one_of_pixels() -> None:
    assert addresses.pixels("data:image/jpg;base64,AAAA")
    assert not addresses.pixels("data:image/svg+xml;base64,AAAA")
    assert not addresses.pixels("data:video/mp4;base64,AAAA")
