"""HTML of others as blocks; our own HTML comes back as it was."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given

from coursepack.model.blocks import (
    Blocks,
    Cell,
    Code,
    Formula,
    Heading,
    List,
    ListItem,
    Math,
    Paragraph,
    Picture,
    Quote,
    Row,
    Run,
    Table,
    block_text,
)
from coursepack.readers.attached import attached
from coursepack.readers.html.blocks import HtmlReader
from coursepack.readers.html.tree import has_markup
from coursepack.render.html import HtmlRenderer
from coursepack.writers.plain.markdown_blocks import file_address
from tests import strategies
from tests.samples import EVERY_BLOCK, b, p

LOOKS: dict[str, dict[str, Any]] = {
    "del": {"strike": True},
    "strike": {"strike": True},
    "span style='text-decoration: line-through'": {"strike": True},
    "span style='color: rgb(204, 0, 0)'": {"colour": "cc0000"},
    "font color=red": {"colour": "ff0000"},
    "span style='COLOR:#c00;background:yellow'": {"colour": "cc0000", "highlight": "ffff00"},
    "mark": {"highlight": "ffff00"},
    "span style='color: #212529; background-color: white'": {},
    "span style='color: url(x)'": {},
    "bdo dir=rtl": {"direction": "rtl"},
}


def read(html: str) -> Blocks:
    return HtmlReader().blocks(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("бір", b("бір")),
        ("  бір\n  екі ", b("бір екі")),
        ("<p>бір</p><p></p><p>&nbsp;</p>екі", b("бір", "екі")),
        ("а<br>б<br/> в", b("а\nб\nв")),
        ("1 < 2 && <stdio.h> <жоқ>", b("1 < 2 && <stdio.h> <жоқ>")),
        ("a&lt;b&gt; &amp;amp; &quot;", b('a<b> &amp; "')),
        ("<div><div>терең</div></div>", b("терең")),
        ("<script>alert(1)</script><style>p{}</style>мәтін", b("мәтін")),
        ("<h2>Т</h2>", (Heading(level=2, content=(Run(text="Т"),)),)),
        ("<blockquote>д</blockquote>", (Quote(blocks=b("д")),)),
        ("<b>қ<i>к</i></b>", (Paragraph(content=(Run(text="қ", bold=True), Run(text="к", bold=True, italic=True))),)),
        ("<p style='text-align: center'>о</p>", (Paragraph(content=(Run(text="о"),), align="center"),)),
        ("<pre>a\n  b</pre>", (Code(text="a\n  b"),)),
        ("<pre>\n\n  a<br>b\n\n</pre>", (Code(text="\n  a\nb\n"),)),
        ("<pre class='x language-c++'><code>a</code></pre>", (Code(text="a", language="c++"),)),
        ("<pre> \n</pre>", ()),
        *(
            (f"<{tag}>а</{tag.split()[0]}>", (Paragraph(content=(Run(text="а", **look),)),))
            for tag, look in LOOKS.items()
        ),
        (
            "<div dir=rtl>а<p dir=LTR>б</p>в</div>",
            (
                Paragraph(content=(Run(text="а"),), direction="rtl"),
                Paragraph(content=(Run(text="б"),), direction="ltr"),
                Paragraph(content=(Run(text="в"),), direction="rtl"),
            ),
        ),
        ("<ol start=3 type=a><li>x</ol>", (List(items=(ListItem(blocks=b("x")),), marker="lower-alpha", start=3),)),
        (
            "<ul><li>x<ul><li>y</ul></ul>",
            (List(items=(ListItem(blocks=(p("x"), List(items=(ListItem(blocks=b("y")),)))),)),),
        ),
        (
            "<table><caption>К</caption><tr><th>А<td rowspan=2>Б<tr><td colspan=9999>1</table>",
            (
                Table(
                    caption=(Run(text="К"),),
                    rows=(
                        Row(cells=(Cell(blocks=b("А"), header=True), Cell(blocks=b("Б"), rowspan=2))),
                        Row(cells=(Cell(blocks=b("1"), colspan=1000),)),
                    ),
                ),
            ),
        ),
        ("<a href='https://a.kz/?x=1&amp;y'>а</a>", (Paragraph(content=(Run(text="а", href="https://a.kz/?x=1&y"),)),)),
        ("<a href='javascript:x()'>а</a>", b("а")),
    ],
)
def test_html(html: str, expected: Blocks) -> None:
    assert read(html) == expected


def test_tex_between_brackets_is_a_formula() -> None:
    (paragraph, formula) = read(r"<p>онда \(x^2\) бар</p><p>\[y\]</p>")
    assert isinstance(paragraph, Paragraph)
    assert [type(item) for item in paragraph.content] == [Run, Math, Run]
    assert isinstance(paragraph.content[1], Math)
    assert paragraph.content[1].tex == "x^2"
    assert isinstance(formula, Formula)


def test_what_is_lost_is_counted() -> None:
    reader = HtmlReader()
    assert (
        block_text(reader.blocks("<img src=x.png alt='сурет'><iframe></iframe><input><a href='a.html'>с</a>"))
        == "[сурет]с"
    )
    assert sum(reader.lost.values()) == 4


def test_nesting_without_end_is_read_flat() -> None:
    assert block_text(read("<div>" * 3000 + "мәтін")).strip() == "мәтін"


def test_markup_is_told_from_signs() -> None:
    assert has_markup("<b>x</b>")
    assert has_markup("a &nbsp; b")
    assert not has_markup("1 < 2 > 0 & <stdio.h> AT&T;")


def _as_html_holds(blocks: Blocks) -> Blocks:
    """What HTML cannot say: TeX beside MathML, a dash or a bracket of a list."""
    text = msgspec.json.encode(blocks).decode()
    text = text.replace(',"tex":"x^2+1"', "").replace('"marker":"dash",', "").replace(',"marker":"dash"', "")
    text = text.replace('"marker":"paren"', '"marker":"decimal"')
    return msgspec.json.decode(text, type=Blocks)


def test_our_own_html_comes_back() -> None:
    html = HtmlRenderer(top=2, address=lambda asset: asset + ".png").html(EVERY_BLOCK)

    def picture(address: str, alt: str, width: int | None, height: int | None) -> Picture:
        return Picture(asset=address.removesuffix(".png"), media_type="image/png", alt=alt, width=width, height=height)

    assert HtmlReader(top=2, picture=picture).blocks(str(html)) == _as_html_holds(EVERY_BLOCK)


@given(strategies.blocks())
def test_letters_survive_html(blocks: Blocks) -> None:
    html = str(HtmlRenderer(file=file_address).html(blocks))
    read_back = block_text(HtmlReader(top=2, file=lambda address: attached(b"", address)).blocks(html))
    assert "".join(read_back.split()) == "".join(block_text(blocks).split())


def test_a_grey_of_our_own_products_comes_back_and_one_of_others_is_how_their_page_looks() -> None:
    runs = (
        Run(text="сұр", colour="808080"),
        Run(text="қара", colour="000000", highlight="f0f0f0"),
        Run(text="қызыл", colour="cc0000", highlight="ffff00"),
    )
    blocks = (Paragraph(content=runs),)
    said = str(HtmlRenderer().html(blocks))
    assert read(said) == blocks
    others = said.replace("data-colour", "data-mine").replace("data-highlight", "data-mine")
    assert read(others) == (Paragraph(content=(Run(text="сұрқара"), runs[2])),)
    assert read('<span data-colour="красный">а</span>') == (Paragraph(content=(Run(text="а"),)),)


def test_a_drawing_in_a_fragment_is_asked_for_as_any_picture_and_many_unclosed_ones_cost_no_square() -> None:
    asked: list[tuple[str, str, int | None]] = []

    def picture(address: str, alt: str, width: int | None, _: int | None) -> Picture | None:
        asked.append((address.partition(",")[0], alt, width))
        return None

    reader = HtmlReader(picture=picture)
    blocks = reader.blocks('<p>a <svg width="8"><path d="M0"/><text>q</text></svg> <zz> b</p>')
    assert block_text(blocks) == "a [q] <zz> b"
    assert asked == [("data:image/svg+xml;base64", "q", 8)]
    assert reader.lost == {"a drawing (<svg>) that cannot be kept: its text is kept": 1}
    assert block_text(HtmlReader().blocks("<svg>x" * 100 + "<zz>y")).count("x") == 100
