"""What pictures, links and abbreviations say of themselves when they are pointed at: read, kept, written."""

# ruff: noqa: E501 - the formats are written as programs write them

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest
from docx.oxml.ns import qn

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import Figure, Inlines, Paragraph, Picture, Run, block_text
from coursepack.model.document import Document, Drawing, Para
from coursepack.readers.docx import reader as docx
from coursepack.readers.html.blocks import HtmlReader
from coursepack.readers.markdown import reader as markdown
from coursepack.readers.odt import reader as odt
from coursepack.readers.pptx import reader as pptx
from coursepack.render.html import HtmlRenderer
from coursepack.writers.plain.markdown_blocks import inlines
from tests.readers import test_odt, word
from tests.readers.deck import ONLY_TITLE, Deck
from tests.samples import PNG

Title = tuple[str, str, str | None]
"""Letters, title, address."""


def titles(document: Document) -> list[Title]:
    found: list[Title] = []
    for unit in document.units:
        match unit:
            case Para():
                found += of(unit.content)
            case Drawing(figure=Figure() as figure) if figure.title:
                found.append((figure.alt, figure.title, None))
    return found


def of(content: Inlines) -> list[Title]:
    runs = [(item.text, item.title, item.href) for item in content if isinstance(item, Run) and item.title]
    return runs + [(item.alt, item.title, None) for item in content if isinstance(item, Picture) and item.title]


def html(text: str) -> list[Title]:
    return [each for block in HtmlReader().blocks(text) if isinstance(block, Paragraph) for each in of(block.content)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[қор](https://a.kz/ "Қорғаныс  қоры")', [("қор", "Қорғаныс қоры", "https://a.kz/")]),
        ("[қор](https://a.kz/ 'а \"б\"')", [("қор", 'а "б"', "https://a.kz/")]),
        ("[қор][1]\n\n[1]: https://a.kz/ (Жақша)", [("қор", "Жақша", "https://a.kz/")]),
        ('<https://a.kz/> [қор](https://a.kz/ "ҚОР")', []),
        ('[https://a.kz/](https://a.kz/ "https://a.kz/")', []),
        ('![шаршы](a.png "Көк")', [("шаршы", "Көк", None)]),
        ('Мұнда ![шаршы](a.png "Көк") бар', [("шаршы", "Көк", None)]),
        ('[![шаршы](a.png "Көк")](https://a.kz/ "Сайт")', [("шаршы", "Сайт", "https://a.kz/"), ("шаршы", "Көк", None)]),
        (
            '<abbr title="Бюджеттік жоспар">БЖ</abbr> мен <a href="https://a.kz/" title=Сайт>қор</a>',
            [("БЖ", "Бюджеттік жоспар", None), ("қор", "Сайт", "https://a.kz/")],
        ),
    ],
)
def test_markdown(text: str, expected: list[Title], tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    assert titles(markdown.read("a.md", text.encode(), folder=tmp_path)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<p><a href="https://a.kz/" title="Сайт">қор</a></p>', [("қор", "Сайт", "https://a.kz/")]),
        ('<p><a href="https://a.kz/" title="Қор">қор</a></p>', []),
        ('<p><abbr title="а б">аб</abbr>, <dfn title="в">г</dfn></p>', [("аб", "а б", None), ("г", "в", None)]),
        ('<p><span title="аудармасы">сөз</span></p>', [("сөз", "аудармасы", None)]),
        ('<p><abbr title="  ">аб</abbr></p>', []),
        (
            '<p><a href="https://a.kz/" title="Сайт">бір <abbr title="екінші">екі</abbr></a></p>',
            [("бір ", "Сайт", "https://a.kz/"), ("екі", "екінші", "https://a.kz/")],
        ),
    ],
)
def test_html(text: str, expected: list[Title]) -> None:
    assert html(text) == expected


def test_the_title_of_a_block_of_html_is_told() -> None:
    lost: Counter[str] = Counter()
    HtmlReader(lost=lost).blocks('<p title="а">б</p><div title=" "><p>в</p></div>')
    assert lost == {"the title (title=…) of a <p>: left out": 1}


def _drawing(described: str, inside: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" {described}>{inside}</wp:docPr><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><a:blip r:embed="m1"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (_drawing('descr="Шаршы" title="Көк"'), [("Шаршы", "Көк", None)]),
        (_drawing('descr="Шаршы" title="Шаршы"'), []),
        (_drawing('title="Көк"'), []),
        (
            _drawing('descr="Шаршы"', '<a:hlinkClick r:id="l1" tooltip="Сайт"/>'),
            [("Шаршы", "Сайт", "https://a.kz/")],
        ),
        (
            '<w:hyperlink r:id="l1" w:tooltip="Сайт"><w:r><w:t>қор</w:t></w:r></w:hyperlink>',
            [("қор", "Сайт", "https://a.kz/")],
        ),
        (
            '<w:fldSimple w:instr=\' HYPERLINK "https://a.kz/" \\o "Сайт" \'><w:r><w:t>қор</w:t></w:r></w:fldSimple>',
            [("қор", "Сайт", "https://a.kz/")],
        ),
    ],
)
def test_word(inside: str, expected: list[Title]) -> None:
    body = f"<w:p>{inside}</w:p>"
    made = word.package(body, links={"l1": "https://a.kz/"}, media={"m1": ("a.png", PNG)})
    assert titles(docx.read("a.docx", made)) == expected


def test_the_title_of_a_picture_in_word_stands_for_it_where_nothing_else_does() -> None:
    body = "<w:p>" + _drawing('title="Көк"') + "</w:p>"
    made = word.package(body, media={"m1": ("a.png", PNG)})
    (unit,) = docx.read("a.docx", made).units
    assert isinstance(unit, Drawing)
    assert isinstance(unit.figure, Figure)
    assert (unit.figure.alt, unit.figure.title) == ("Көк", "")


def test_opendocument() -> None:
    body = (
        '<text:p>а <text:a xlink:href="https://a.kz/" office:title="Сайт">қор</text:a></text:p>'
        '<text:p><draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:title>Көк</svg:title><svg:desc>Шаршы</svg:desc></draw:frame></text:p>'
    )
    document = odt.read("a.odt", test_odt.odt(body, more={"Pictures/a.png": PNG}))
    assert titles(document) == [("қор", "Сайт", "https://a.kz/"), ("Шаршы", "Көк", None)]


def test_slides() -> None:
    deck = Deck()
    slide = deck.slide("Жасуша", layout=ONLY_TITLE)
    picture = slide.shapes.add_picture(io.BytesIO(PNG), 0, 3_000_000)
    named = picture._element.nvPicPr.cNvPr
    named.set("descr", "Шаршы")
    named.set("title", "Көк")
    text = slide.shapes.add_textbox(0, 0, 1_000_000, 500_000).text_frame.paragraphs[0].add_run()
    text.text, text.hyperlink.address = "қор", "https://a.kz/"
    text._r.rPr.find(qn("a:hlinkClick")).set("tooltip", "Сайт")
    found = titles(pptx.read("a.pptx", deck.data()))
    assert sorted(found) == [("Шаршы", "Көк", None), ("қор", "Сайт", "https://a.kz/")]


# --- products

LINK = Run(text="қор", href="https://a.kz/", title='А "б" & <в>')
SHORT = Run(text="БЖ", title="Бюджеттік жоспар")


def test_html_written() -> None:
    made = str(HtmlRenderer().inline_html((LINK, Run(text=" "), SHORT)))
    assert made == (
        '<a href="https://a.kz/" title=\'А "б" &amp; &lt;в&gt;\'>қор</a> <abbr title="Бюджеттік жоспар">БЖ</abbr>'
    )


def test_markdown_written(tmp_path: Path) -> None:
    made = inlines((LINK, Run(text=" "), SHORT))
    assert titles(markdown.read("a.md", made.encode(), folder=tmp_path)) == of((LINK, SHORT))


def test_words_may_have_titles_in_the_midst_of_letters(tmp_path: Path) -> None:
    """What is said when a word is pointed at stands between no letters: «学生» with its reading, «じゃない» behind it."""
    word = '<span title="gakusei - student">学生</span>'
    picture = '<img src="p.png" alt="" title="a dot">'
    text = f'<p>トムは{word}じゃない。He is no {word}or.</p><p>un<abbr title="believe">b.</abbr>able and un{picture}done</p>'
    (tmp_path / "p.png").write_bytes(PNG)
    (tmp_path / "a.html").write_text(f"<html><body><h1>Lecture 1. Nouns</h1>{text}</body></html>", encoding="utf-8")
    (loaded,) = find_projects([tmp_path])
    found = build.understand(loaded)
    assert [one.code for one in found.findings if one.severity == "error"] == []
    ((_, session),) = found.course.sessions()
    assert block_text(session.blocks).split("\n")[0] == "トムは学生じゃない。He is no 学生or."
