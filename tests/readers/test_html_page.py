"""Web pages as documents: what programs and platforms write, without what stands around it."""

# ruff: noqa: E501 - pages as programs write them

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from coursepack import limits, readers
from coursepack.files.hashes import sha256
from coursepack.model.blocks import Figure, Footnote, Math, Media, NoteMark, Paragraph, Picture, Run
from coursepack.model.document import Document, Drawing, Grid, Para
from coursepack.place import CoursepackError, Place
from coursepack.readers.html.page import read
from tests.readers.deck import lines
from tests.samples import PNG

INLINE = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"


def page(body: str, head: str = "") -> Document:
    return read(
        "a.html", f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()
    )


def told(document: Document) -> list[tuple[str, str]]:
    return [(found.severity.value, found.message) for found in document.findings]


def para(document: Document, at: int = 0) -> Para:
    unit = document.units[at]
    assert isinstance(unit, Para)
    return unit


# --- blocks


def test_headings_lists_quotes_and_listings() -> None:
    document = page(
        "<h1>Клетка</h1><p>Текст.</p><h2>Ядро</h2><ul><li>раз<ol start=3><li>внутри</ol><li>два</ul>"
        "<blockquote><p>Omnis cellula</p></blockquote><pre><code class=language-c>int x;\n  y();</code></pre>"
    )
    assert lines(document) == [
        *("# Клетка", "Текст.", "## Ядро", "• раз", "  3. внутри", "• два", "> Omnis cellula", "= int x;", "=   y();"),
    ]


DRAWING = (
    '<svg width="40" height="30" viewBox="0 0 40 30"><linearGradient id="g"><stop offset="0" stop-color="#fff"/>'
    '</linearGradient><title>Схема</title><path d="M0 0L5 5"/><text x="1" textLength="4">ядро &lt; мембрана</text>'
    '<foreignObject x="10" width="20" height="8"><div>клетка <b>и</b> ядро</div></foreignObject></svg>'
)


def test_a_drawing_in_a_page_is_a_picture_spelled_as_svg_is() -> None:
    document = page(f"<p>Текст {DRAWING} ещё.</p>")
    (text, picture, rest) = para(document).content
    assert isinstance(picture, Picture)
    assert (picture.media_type, picture.alt, picture.width, picture.height) == ("image/svg+xml", "Схема", 40, 30)
    assert [part.text for part in (text, rest) if isinstance(part, Run)] == ["Текст ", " ещё."]
    assert document.assets[picture.asset].decode() == (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" viewBox="0 0 40 30"><linearGradient id="g">'
        '<stop offset="0" stop-color="#fff"/></linearGradient><title>Схема</title><path d="M0 0L5 5"/>'
        '<text x="1" textLength="4">ядро &lt; мембрана</text>'
        '<text x="20" y="4" text-anchor="middle" dominant-baseline="middle">клетка и ядро</text></svg>'
    )
    assert told(document) == []


def test_what_may_not_travel_in_a_drawing_goes_and_is_told() -> None:
    hostile = '<svg onload="run()"><script>run()</script><image href="https://x.org/a.png"/><a href="javascript:run()"><rect width="1"/></a></svg>'
    document = page(f"<p>{hostile}</p>")
    (asset,) = document.assets.values()
    assert not any(word in asset for word in (b"run", b"x.org", b"script"))
    assert b'<rect width="1"/>' in asset
    assert [message for _, message in told(document)] == [
        "1 × an address in a picture that may not be followed (https:)",
        "1 × an address in a picture that may not be followed (javascript:)",
        "1 × an event handler in a picture",
        "1 × an event handler in a text",
    ]


def test_a_figure_may_be_a_drawing_and_letters_stand_for_one_without_a_title() -> None:
    document = page(
        "<figure><svg><rect width=1 /><text>А</text><text>Б</text></svg><figcaption>Рис. 1</figcaption></figure>"
    )
    (unit,) = document.units
    assert isinstance(unit, Drawing)
    assert isinstance(unit.figure, Figure)
    assert (unit.figure.alt, [run.text for run in unit.figure.caption if isinstance(run, Run)]) == ("А Б", ["Рис. 1"])


def test_drawings_that_adorn_or_show_nothing_are_told_and_their_letters_stay() -> None:
    document = page(
        "<p><svg role=presentation><path d=M0 /></svg>значок</p><p><svg><use href=#elsewhere /></svg>знак</p>"
        "<svg style='display: none'><symbol id=a><path d=M0 /></symbol></svg><p><svg><p>внутри</p></svg></p>"
    )
    assert lines(document) == ["значок", "знак", "внутри"]
    assert document.assets == {}
    assert told(document) == [
        ("note", "1 × a decorative drawing (<svg>): left out"),
        ("note", "2 × a drawing (<svg>) that shows nothing by itself: left out"),
    ]


def test_tables_with_merged_cells_and_a_caption() -> None:
    document = page(
        "<table><caption>Таблица 1</caption><thead><tr><th colspan=2>a<th>b</thead>"
        "<tr><td rowspan=2>c<td>d<td>e<tr><td>f<td>g</table>"
    )
    assert lines(document) == ["^ Таблица 1", "| a [2×1] | b", "| c [1×2] | d | e", "| f | g"]
    grid = document.units[1]
    assert isinstance(grid, Grid)
    assert grid.header_rows == 1


def test_formulas_as_mathml_and_tex() -> None:
    document = page(
        "<p>один <math><msup><mi>x</mi><mn>2</mn></msup></math> два \\(y_1\\)</p>"
        '<p><script type="math/tex; mode=display">z^3</script></p>'
        '<p><span class=MathJax_Preview>q</span><span class=MathJax aria-hidden=true>мусор</span><script type="math/tex">w</script></p>'
        "<p><span class=katex><span class=katex-mathml><math><mi>k</mi></math></span><span class=katex-html aria-hidden=true>k</span></span></p>"
        '<p><span class=mwe-math-element><span style="display: none"><math><mi>m</mi></math></span>'
        "<img class=mwe-math-fallback-image-inline src=https://x.org/m.svg alt=m></span></p>"
    )
    assert lines(document) == ["один x² два y₁", "$ z³", "w", "k", "m"]
    assert all(isinstance(item, Math) for unit in document.units[2:] for item in unit.content)  # type: ignore[union-attr]


def test_pictures_in_the_page_and_beside_it_and_never_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "lesson_files").mkdir()
    (tmp_path / "lesson_files" / "a b.png").write_bytes(PNG)
    (tmp_path / "notes.pdf").write_bytes(b"%PDF-1.4 x")
    (tmp_path / "lesson.html").write_text(
        f'<figure><img src="{INLINE}" alt="Клетка"><figcaption>Рисунок 1. Клетка</figcaption></figure>'
        '<p><img src="lesson_files/a%20b.png" alt=Ядро></p>'
        '<p><img data-src="lesson_files/a%20b.png" alt=Поздно></p>'
        '<p>и <img src="https://example.org/x.png" alt="чужая"> <img src="../x.png"> <img src="file:///etc/passwd"> <img src="//x.org/z.png"></p>'
        '<p><a href="notes.pdf">конспект</a> <a href="other.html">дальше</a></p>',
        "utf-8",
    )
    document = readers.read(tmp_path / "lesson.html", "lesson.html")
    assert lines(document) == [
        "! Клетка ^ Рисунок 1. Клетка",
        "! Ядро",
        "! Поздно",
        "и [чужая]",
        "конспект дальше",
        "@ notes.pdf",
    ]
    assert sorted(document.assets) == sorted({sha256(PNG), sha256(b"%PDF-1.4 x")})
    figure = next(unit.figure for unit in document.units if isinstance(unit, Drawing))
    assert isinstance(figure, Figure)
    assert figure.place == Place("lesson.html", 1, 1, "paragraph")
    assert told(document) == [
        (
            "warning",
            "3 × a picture that is elsewhere: save it next to the text: https://example.org/x.png, file:///etc/passwd, //x.org/z.png",
        ),
        ("warning", "1 × a picture that is not next to the source: ../x.png"),
        ("note", "1 × a link that leads nowhere from outside its page"),
    ]
    media = document.units[-1]
    assert isinstance(media, Drawing)
    assert isinstance(media.figure, Media)


def test_pictures_that_are_none() -> None:
    document = page(
        '<p>x <img src="data:image/png;base64,AAAA"> <img src="data:text/html,<script>"> <img src="data:;base64,A"></p>'
    )
    assert [message for _, message in told(document)] == [
        "1 × a picture that cannot be decoded: one in the page itself",
        (
            "2 × a picture that is in a format that browsers do not show (unknown): save it as PNG: "
            "one in the page itself, one in the page itself"
        ),
    ]
    assert document.assets == {}


# --- what stands around a text


def test_navigation_scripts_and_what_is_hidden_stay_out() -> None:
    document = page(
        "<nav><a href=/>Главная</a></nav><div class='sidebar wide'>Меню</div><div role=banner>Вуз</div>"
        "<h1>Клетка<a class=headerlink href=#a>¶</a></h1><script>alert(1)</script><style>p{}</style>"
        "<p>Текст <span style='display:none'>тайна</span>виден.</p><p hidden>нет</p><div class=category>Да</div>"
        "<button>Нажми</button><footer class=page-footer>Вуз, 2024</footer>",
        "<style>b{}</style><title> О  клетке </title><meta name=author content='А. Б.'>",
    )
    assert lines(document) == ["# Клетка", "Текст виден.", "Да"]
    assert told(document) == [
        ("note", "2 × content that the page hides, left out"),
        ("note", "5 × navigation and the like around the text, left out"),
    ]
    assert document.properties == {"title": "О клетке", "author": "А. Б."}


def test_the_header_and_the_footer_of_a_document_saved_as_a_page_stay_out() -> None:
    found = page(
        '<div title="header"><p>Department of Biology</p></div><h1>Cells</h1><p>Text.</p>'
        '<div title="footer"><p>College, 2026 – page 3</p></div><p title="footer">A note on footers.</p>'
    )
    assert lines(found) == ["# Cells", "Text.", "A note on footers."]
    assert ("note", "2 × navigation and the like around the text, left out") in told(found)


def test_the_main_part_is_the_text_when_it_holds_enough_of_it() -> None:
    document = page(
        "<div>Сайт кафедры</div><main><h1>Клетка</h1><p>Длинный текст о клетке.</p></main><div>Контакты</div>"
    )
    assert lines(document) == ["# Клетка", "Длинный текст о клетке."]
    assert told(document) == [("note", "1 × 19 characters outside the main text of the page, left out")]
    small = page("<p>Здесь весь текст, и он длинный.</p><main>Ой</main>")
    assert lines(small) == ["Здесь весь текст, и он длинный.", "Ой"]


# --- what programs write


def test_google_docs() -> None:
    document = page(
        '<p class="c5 title"><span class=c0>Клетка</span></p><h1>Ядро</h1>'
        '<p class=c1><span class=c2>важно</span><span> и </span><span class="c3 c9">косо</span>'
        '<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p>'
        '<ul class="c7 lst-kix_ab-0"><li>раз</li></ul><ul class="c8 lst-kix_ab-1"><li>внутри</li></ul>'
        '<ul class="c7 lst-kix_ab-0"><li>два</li></ul>'
        '<p><a href="https://www.google.com/url?q=https://enu.kz/a%3Fb%3D1&amp;sa=D&amp;ust=1">вуз</a></p>'
        '<div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;Гук, 1665.</span></p></div>'
        '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Проверить</span></p></div>',
        "<style>.c2{font-weight:700}.c3{font-style:italic;color:#000}.c1{text-align:center}.c2,p.x{text-decoration:none}</style>",
    )
    assert lines(document) == ["# Клетка", "# Ядро", "важно и косо", "• раз", "  • внутри", "• два", "вуз"]
    text = para(document, 2)
    assert text.content == (
        Run(text="важно", bold=True),
        Run(text=" и "),
        Run(text="косо", italic=True),
        NoteMark(note="1"),
    )
    assert text.centered
    assert ("note", "1 × a comment by a reviewer of the document, left out") in told(document)
    assert text.notes == (
        Footnote(
            id="1",
            label="1",
            blocks=(Paragraph(content=(Run(text="Гук, 1665."),)),),
            place=Place("a.html", 3, 3, "paragraph"),
        ),
    )
    assert para(document, 6).content == (Run(text="вуз", href="https://enu.kz/a?b=1"),)


def test_footnotes_of_pandoc() -> None:
    document = page(
        '<header id="title-block-header"><h1 class="title">Клетка</h1></header><nav id="TOC"><ul><li>Ядро</li></ul></nav>'
        '<p>Слово<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>, ещё'
        '<a href="#fn2" id="fnref2"><sup>2</sup></a>.</p>'
        '<section id="footnotes" class="footnotes" role="doc-endnotes"><hr><ol>'
        '<li id="fn1"><p>Первая.<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li>'
        '<li id="fn2"><p>Вторая <em>сноска</em>.<a href="#fnref2">↩︎</a></p></li></ol></section>'
    )
    assert lines(document) == ["# Клетка", "Слово, ещё."]
    assert [(note.label, [block.content for block in note.blocks]) for note in para(document, 1).notes] == [  # type: ignore[union-attr]
        ("1", [(Run(text="Первая."),)]),
        ("2", [(Run(text="Вторая "), Run(text="сноска", italic=True), Run(text="."))]),
    ]


def test_links_forth_alone_are_no_footnotes() -> None:
    document = page('<p><a href="#b" id="a">к разделу</a></p><p id="b">Раздел <a href="#z">дальше</a></p>')
    assert lines(document) == ["к разделу", "Раздел дальше"]


def test_a_moodle_book_printed() -> None:
    document = page(
        "<div class='book p-4'><div class=text-right><a href='#' class=hidden-print>Печать</a></div>"
        "<div class=book_title><h1>Лекция 3. Клетка</h1></div><div class=book_info><table><tr><td>Курс:<td>Биология"
        "<tr><td>Напечатано:<td>Иванов</table></div><div class=book_toc_indented><ul><li>1 Ядро</ul></div>"
        "<div class=book_chapter><h2>1 Ядро</h2><p>Текст.</p></div></div>"
    )
    assert lines(document) == ["# Лекция 3. Клетка", "## 1 Ядро", "Текст."]
    assert told(document) == [("note", "3 × navigation and the like around the text, left out")]


# --- letters, entities, encodings


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-r", "utf-16"])
def test_the_encoding_that_a_page_names(encoding: str) -> None:
    text = f"<html><head><meta charset='{encoding}'></head><body><p>Ядро клетки</p></body></html>"
    assert lines(read("a.html", text.encode(encoding))) == ["Ядро клетки"]


def test_a_page_that_names_a_wrong_encoding() -> None:
    text = "<meta charset=ascii><p>Ядро клетки и мембрана</p>".encode("cp1251")
    assert lines(read("a.html", text)) == ["Ядро клетки и мембрана"]


def test_xhtml_closes_its_tags() -> None:
    text = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        '<title/></head><body><p>Раз&nbsp;<a id="x"/>два &lt;b&gt;</p><!-- нет --><p>три</p></body></html>'
    )
    assert lines(read("a.xhtml", text.encode())) == ["Раз\xa0два <b>", "три"]


def test_broken_xhtml_is_read_as_browsers_do() -> None:
    assert lines(read("a.xhtml", b'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>One<br><p>Two</html>')) == [
        "One",
        "Two",
    ]


# --- hostile pages


def test_entities_are_letters() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html xmlns="http://www.w3.org/1999/xhtml"><body><p>x&b;</p></body></html>'
    assert "aaaa" not in lines(read("a.html", bomb.encode()))[-1]


def test_tags_too_deep_leave_their_letters() -> None:
    deep = "<div>" * 1200 + "глубоко" + "</div>" * 1200
    document = page(f"<p>сверху</p>{deep}")
    assert [line for line in lines(document) if line] == ["сверху", "глубоко"] or "глубоко" in "".join(lines(document))


def test_more_marks_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.VARIABLE, "xml-marks=20")
    with pytest.raises(CoursepackError) as caught:
        page("<b>x</b>" * 30)
    assert "xml-marks" in caught.value.advice


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04zip", b"%PDF-1.4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1ole", b"<html></html>"]
)
def test_what_is_no_page_is_said(data: bytes) -> None:
    with pytest.raises(CoursepackError) as caught:
        read("a.html", data)
    assert caught.value.place == Place("a.html")


def test_links_that_may_not_be_followed_and_handlers() -> None:
    document = page('<p onclick="x()"><a href="javascript:alert(1)">раз</a> <a href="https://a.kz">два</a></p>')
    assert para(document).content == (Run(text="раз "), Run(text="два", href="https://a.kz"))
    assert told(document) == [
        ("warning", "1 × a link with a forbidden scheme (javascript:): its text is kept"),
        ("note", "1 × an event handler in a text"),
    ]


def test_pictures_in_a_line_stay_in_it() -> None:
    (item,) = [
        item for item in para(page(f'<p>до <img src="{INLINE}" alt=к> после</p>')).content if isinstance(item, Picture)
    ]
    assert (item.asset, item.alt, item.media_type) == (sha256(PNG), "к", "image/png")


PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        (f'<img src="{PIXEL}" data-src="img/big.png" alt=a>', "big"),
        ('<img srcset="img/small.png 300w, img/big.png 1200w" alt=a>', "big"),
        ('<img src="https://x.org/a.png" srcset="https://x.org/b.png 2x, img/small.png 1x" alt=a>', "small"),
        (f'<img src="{PIXEL}" data-srcset="img/small.png" alt=a>', "small"),
        ('<picture><source srcset="img/big.png"><img src="https://x.org/a.png" alt=a></picture>', "big"),
        ('<img src="img/small.png" srcset="img/big.png 2x" alt=a>', "small"),
    ],
)
def test_of_several_addresses_of_a_picture_the_first_at_which_it_is(tmp_path: Path, markup: str, shown: str) -> None:
    (tmp_path / "img").mkdir()
    made = {name: PNG + name.encode() for name in ("small", "big")}
    for name, data in made.items():
        (tmp_path / "img" / f"{name}.png").write_bytes(data)
    (tmp_path / "a.html").write_text(f"<p>Текст страницы.</p><p>{markup}</p>", "utf-8")
    document = readers.read(tmp_path / "a.html", "a.html")
    assert lines(document) == ["Текст страницы.", "! a"]
    assert list(document.assets.values()) == [made[shown]]
    assert told(document) == []


def test_a_picture_at_none_of_its_addresses_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<p>Текст страницы.</p><p><img src="https://x.org/a.png" srcset="https://x.org/b.png 2x, c.png 1x" alt=a></p>',
        "utf-8",
    )
    document = readers.read(tmp_path / "a.html", "a.html")
    assert told(document) == [
        ("warning", "1 × a picture that is elsewhere: save it next to the text: https://x.org/a.png")
    ]
