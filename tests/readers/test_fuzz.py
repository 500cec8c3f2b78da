"""Cut, shuffled and mixed-up bytes: readers answer with questions, a document or a sentence, never a traceback."""

# ruff: noqa: E501, PT017, S311 - input as programs write it; a sentence is one of the good answers

from __future__ import annotations

import io
import random
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from coursepack.model.document import Document
from coursepack.place import CoursepackError
from coursepack.readers import read_questions
from coursepack.readers.docx import reader as docx
from coursepack.readers.epub import reader as epub
from coursepack.readers.html import page
from coursepack.readers.html.blocks import HtmlReader
from coursepack.readers.markdown import reader as markdown
from coursepack.readers.odt import reader as odt
from coursepack.readers.pdf import reader as pdf
from coursepack.readers.pptx import reader as pptx
from tests.readers.deck import Deck
from tests.readers.pdf_maker import Word, make
from tests.readers.test_epub import book
from tests.readers.test_odt import odt as odt_file
from tests.samples import PNG, word_document

pytestmark = pytest.mark.long

ROUNDS = 25
Change = Callable[[random.Random, bytes], bytes]


def cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def flip(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 30)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def shuffle(chance: random.Random, data: bytes) -> bytes:
    size = chance.randrange(1, 200)
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    chance.shuffle(parts)
    return b"".join(parts)


def double(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[chance.randrange(len(data)) :] + data[at:]


CHANGES = (cut, flip, shuffle, double)


def _inside(chance: random.Random, data: bytes, change: Change) -> bytes:
    """One member of an archive changed, the archive itself sound."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        chosen = chance.choice([name for name in old.namelist() if name.endswith((".xml", ".rels", ".xhtml", ".opf"))])
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(chance, content) if name == chosen else content)
    return out.getvalue()


def _document(read: Callable[[bytes], Document], data: bytes) -> None:
    try:
        read(data)
    except CoursepackError as problem:
        assert str(problem)


def _bank(ending: str, data: bytes, folder: Path) -> None:
    path = folder / f"a{ending}"
    path.write_bytes(data)
    try:
        found = read_questions(path)
        list(found.bank.questions())
    except CoursepackError as problem:
        assert str(problem)


@pytest.mark.parametrize("change", CHANGES)
def test_word_documents(change: Change) -> None:
    chance, data = random.Random(change.__name__), word_document()
    for _ in range(ROUNDS):
        _document(lambda d: docx.read("a.docx", d), change(chance, data))
        _document(lambda d: docx.read("a.docx", d), _inside(chance, data, change))


@pytest.mark.parametrize("change", CHANGES)
def test_pdfs(change: Change) -> None:
    chance = random.Random(change.__name__)
    data = make([[Word("Қоғам туралы мәтін", 72, 700), Word("екінші", 72, 680)], [Word("бет", 72, 700)]], picture=True)
    for _ in range(ROUNDS):
        _document(lambda d: pdf.read("a.pdf", d), change(chance, data))


def _deck() -> bytes:
    deck = Deck()
    slide = deck.slide("Ядро", "Раз", (1, "два"))
    slide.shapes.add_picture(io.BytesIO(PNG), 0, 0)
    slide.shapes.add_table(2, 2, 0, 0, 9999, 9999).table.cell(0, 0).text = "т"
    slide.notes_slide.notes_text_frame.text = "заметка"
    return deck.data()


TEXT = (
    "<text:h text:outline-level='1'>Ядро</text:h><text:list text:style-name='N'><text:list-item><text:p>а<text:note>"
    "<text:note-citation>1</text:note-citation><text:note-body><text:p>с</text:p></text:note-body></text:note></text:p>"
    "</text:list-item></text:list><table:table><table:table-row><table:table-cell table:number-columns-spanned='2'>"
    "<text:p>т</text:p></table:table-cell></table:table-row></table:table>"
)
ARCHIVES: dict[str, tuple[Callable[[str, bytes], Document], bytes]] = {
    ".pptx": (pptx.read, _deck()),
    ".odt": (odt.read, odt_file(TEXT)),
    ".epub": (
        epub.read,
        book({"a": "<h1>Ядро</h1><p>x<a id='r' href='#n'>1</a></p><p id='n'><a href='#r'>1</a> с</p>"}),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("ending", ARCHIVES)
def test_archives_of_xml(ending: str, change: Change) -> None:
    read, data = ARCHIVES[ending]
    chance = random.Random(ending + change.__name__)
    for _ in range(ROUNDS):
        _document(lambda d: read(f"a{ending}", d), change(chance, data))
        _document(lambda d: read(f"a{ending}", d), _inside(chance, data, change))


PAGE = (
    "<html><head><style>.a{font-weight:700}</style><title>Т</title></head><body><nav>м</nav><main><p class=a>x<a id=r "
    "href=#n>1</a><ul class=lst-kix_a-0><li>а</ul><ul class=lst-kix_a-1><li>б</ul><p id=n><a href=#r>1</a> с</p>"
    "<script type=math/tex>x^2</script><img src=data:image/png;base64,AAAA></main></body></html>"
)


@pytest.mark.parametrize("change", CHANGES)
def test_pages(change: Change) -> None:
    chance = random.Random(change.__name__)
    for _ in range(ROUNDS):
        _document(lambda d: page.read("a.html", d), change(chance, PAGE.encode()))


MARKDOWN = (
    "---\ntitle: x\n---\n# Т\n\n1. а\n   - б $x^2$ ![п](p.png) [^1]\n\n> д\n\n| а | б |\n|---|---|\n| 1 | <b>2 |\n\n"
    "$$\n\\frac{a}{b}\n$$\n\n<div><h2>х</h2><table><tr><td>1</table>\n\n[^1]: ескерту\n"
)


HTML = (
    "<p>а <b>б<i>в</b> <a href='https://a.kz'>с</a><br>\\(x^2\\)</p><ul><li>x<ol type=a start=3><li>y</ul><table><caption>К"
    "</caption><tr><th colspan=2>1<td rowspan=3>2</table><math><mfrac><mi>a</mi><mn>2</mn></mfrac><o:p>z</math>"
    "<figure><img src=a.png><figcaption>ф</figcaption></figure><div id=note-n1><sup>1</sup> е</div><sup><a href='#note-n1'>1</a></sup>"
)


@pytest.mark.parametrize("change", CHANGES)
def test_html(change: Change) -> None:
    chance = random.Random(change.__name__)
    for _ in range(ROUNDS):
        HtmlReader().blocks(change(chance, HTML.encode()).decode("utf-8", "replace"))


@pytest.mark.parametrize("change", CHANGES)
def test_markdown(change: Change) -> None:
    chance = random.Random(change.__name__)
    for _ in range(ROUNDS):
        _document(lambda d: markdown.read("a.md", d, folder=Path()), change(chance, MARKDOWN.encode()))


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["text", "options", "key", "mark"])
    page.append(["Астана?", "а\nб", "A", 2])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


BANKS = {
    ".gift": "// c [tag:x]\n$CATEGORY: a/b\n\n::Т:: С? {=а#б ~%50%в ####г}\n\n[html]<b>x</b> {#1..5 ~#н}\n\nМ {=а -> б =в -> г}\n\nШ {T#а#б}\n".encode(),
    ".aiken": "С?\nA) а\nB) б\nANSWER: A\n\nЕ?\nА) а\nВ) б\nANSWER: В\n".encode(),
    ".xml": (
        '<?xml version="1.0" encoding="UTF-8"?><quiz><question type="cloze"><name><text>x</text></name><questiontext '
        'format="html"><text><![CDATA[<p>{1:SA:=а~%50%б#в} {2:NM:=1:0.1}</p>]]></text><file name="a" path="/" '
        'encoding="base64">AAAA</file></questiontext><defaultgrade>1</defaultgrade></question><question '
        'type="multichoice"><questiontext><text>С</text></questiontext><answer fraction="100"><text>а</text></answer>'
        '<answer fraction="0"><text>б</text></answer></question></quiz>'
    ).encode(),
    ".csv": 'type;text;options;key;mark\n;Астана?;"а\nб";A;2\ncloze;{1:SA:=а};;;\nmatching;С;"а -> б\nв -> г";;\n'.encode(),
    ".xlsx": _workbook(),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("ending", BANKS)
def test_question_files(ending: str, change: Change) -> None:
    chance, data = random.Random(ending + change.__name__), BANKS[ending]
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            _bank(ending, change(chance, data), Path(folder))
            if ending == ".xlsx":
                _bank(ending, _inside(chance, data, change), Path(folder))


@pytest.mark.parametrize("ending", BANKS)
def test_one_format_under_the_name_of_another(ending: str, tmp_path: Path) -> None:
    for data in (
        *BANKS.values(),
        word_document(),
        PNG,
        b"\x00" * 50,
        "мәтін".encode("utf-16"),
        make([[Word("x", 72, 700)]]),
    ):
        _bank(ending, data, tmp_path)
        _document(lambda d: docx.read("a.docx", d), data)
        _document(lambda d: pdf.read("a.pdf", d), data)
        _document(lambda d: markdown.read("a.md", d), data)
