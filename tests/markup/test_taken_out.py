"""What the cleaner takes out, what it leaves in its place, and what it tells of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from lxml import etree

from coursepack.files.media import KINDS
from coursepack.markup import addresses, css, formulas, language, pictures, tex, tree
from tests.hostile import active, roads

MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML">{}</math>'
XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'
RUNS = "{} in a formula, which can run code or load a page"
NO_PLACE = "{} in a formula, which is not allowed there: its text is kept"


@pytest.mark.parametrize(
    ("inside", "left", "told"),
    [
        ("<mtext><script>run()</script>a</mtext>", "<mtext>a</mtext>", RUNS.format("<script>")),
        (f"<mtext><p {XHTML}>a<b>c</b></p>d</mtext>", "<mtext>acd</mtext>", NO_PLACE.format("<p>")),
        ("<mfrac><b>q</b><SCRIPT>1</SCRIPT></mfrac>", "<mfrac><mtext>q</mtext></mfrac>", RUNS.format("<script>")),
        ("<mi><mglyph/>x</mi>", "<mi>x</mi>", NO_PLACE.format("<mglyph>")),
        ("<foo><mi>x</mi></foo>", "<mrow><mi>x</mi></mrow>", NO_PLACE.format("<foo>")),
        (
            '<mi href="javascript:run()">x</mi>',
            "<mi>x</mi>",
            "an address in a formula that may not be followed (javascript:)",
        ),
        ('<mi onclick="run()">x</mi>', "<mi>x</mi>", "an event handler in a formula"),
        (
            '<mi style="color: red; background: url(x)">x</mi>',
            '<mi style="color: red">x</mi>',
            "a style in a formula that is not known or loads something",
        ),
        ("<mi>x</mi><?run x?>", "<mi>x</mi>", "an instruction to the browser (<?…?>) in a formula"),
        ("<!-- --><mi>x</mi>", "<mi>x</mi>", None),
    ],
)
def test_in_a_formula(inside: str, left: str, told: str | None) -> None:
    found: Counter[str] = Counter()
    assert formulas.text(MATH.format(inside), found) == MATH.format(left)
    assert told in found if told else not found


@pytest.mark.parametrize(
    "text", ["<svg/>", "<math", " ", "<!DOCTYPE math><math/>", '<math xmlns="http://www.w3.org/1999/xhtml"/>']
)
def test_what_is_no_formula(text: str) -> None:
    found: Counter[str] = Counter()
    assert formulas.text(text, found) == ""
    assert found == {formulas.NONE: 1}


@pytest.mark.parametrize("data", roads.drawings())
def test_in_a_picture(data: bytes) -> None:
    """Every drawing of the corpus: told, and left without what is active or refused; cleaning again changes nothing."""
    told: Counter[str] = Counter()
    clean = pictures.clean(data, told)
    if not KINDS["svg"].begins(data) or b'SYSTEM "http' in data:
        return  # no browser takes it for SVG; or a document type that none of them loads
    assert told.total() >= 1
    if clean is not None:
        assert list(active.of_svg(clean)) == []
        assert pictures.clean(clean) == clean


def test_a_picture_keeps_what_is_drawn() -> None:
    told: Counter[str] = Counter()
    data = (
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="run()"><script>run()</script>'
        b'<a href="javascript:run()"><text x="1">word</text></a><rect width="9"><set attributeName="x"/></rect></svg>'
    )
    assert pictures.clean(data, told) == (
        b"<?xml version='1.0' encoding='UTF-8'?>\n"
        b'<svg xmlns="http://www.w3.org/2000/svg"><a><text x="1">word</text></a><rect width="9"/></svg>'
    )
    assert told == {
        "an event handler in a picture": 1,
        "<script> in a picture, which can run code or load a page": 1,
        "<set> in a picture, which can run code or load a page": 1,
        "an address in a picture that may not be followed (javascript:)": 1,
    }


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a b", "https://example.org/a%20b"),
        (" mailto:a@example.kz", "mailto:a@example.kz"),
        ("www.enu.kz", "https://www.enu.kz"),
        ("HTTP://EXAMPLE.ORG", "HTTP://EXAMPLE.ORG"),
        ("java\tscript:1", None),
        ("\x00javascript:1", None),
        ("javascript&colon;1", None),
        ("lecture2.html", None),
        ("//host/x", None),
        ("\\\\host\\share", None),
        ("file:///etc/passwd", None),
        ("https:", None),
        ("", None),
    ],
)
def test_links(address: str, kept: str | None) -> None:
    assert addresses.link(address) == kept


@pytest.mark.parametrize("address", [a for a in roads.payloads("link") if not a.strip().startswith("https:")])
def test_no_link_of_the_corpus_is_followed(address: str) -> None:
    assert addresses.link(address) is None


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("media/a.png", True),
        ("@@PLUGINFILE@@/a.png", True),
        ("$IMS-CC-FILEBASE$media/a.png", True),
        ("data:image/png;base64,AA", True),
        ("data:image/svg+xml,<svg/>", False),
        ("https://host/a.png", False),
        ("//host/a.png", False),
        ("/\t/host/a.png", False),
        ("\\\\host\\a.png", False),
        ("", False),
    ],
)
def test_pictures_of_a_page(address: str, good: bool) -> None:
    assert addresses.shown(address) is good


REFUSED = "an address {} that may not be followed ({})"


@pytest.mark.parametrize(
    ("attributes", "left", "told"),
    [
        ('href="media/a.csv" download="a.csv"', 'href="media/a.csv" download="a.csv"', None),
        ('href="@@PLUGINFILE@@/a.html" download=""', 'href="@@PLUGINFILE@@/a.html" download=""', None),
        ('href="media/a.html"', "", "relative"),
        ('href="@@PLUGINFILE@@/a.html"', "", "relative"),
        ('href="javascript:run()" download="a.csv"', 'download="a.csv"', "javascript:"),
        ('href="//host/a.csv" download="a.csv"', 'download="a.csv"', "relative"),
        ('href="https://host/a.csv" download="a.csv"', 'href="https://host/a.csv" download="a.csv"', None),
    ],
)
def test_a_link_beside_the_page_is_kept_where_the_file_is_saved(attributes: str, left: str, told: str | None) -> None:
    found: Counter[str] = Counter()
    root = etree.fromstring(f"<div><a {attributes}>x</a></div>")
    tree.fragment(found).clean(root)
    assert etree.tostring(root).decode() == f"<div><a{' ' * bool(left)}{left}>x</a></div>"
    assert found == ({REFUSED.format("in a text", told): 1} if told else {})


@pytest.mark.parametrize("cleaner", [tree.formula, tree.picture])
def test_nothing_is_saved_from_a_formula_or_a_picture(cleaner: Callable[[Counter[str]], tree.Cleaner]) -> None:
    found: Counter[str] = Counter()
    root = etree.Element("math", href="a.csv", download="a.csv")
    cleaner(found).clean(root)
    assert not root.attrib
    assert any("may not be followed (relative)" in told for told in found)


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("color: red; fill: url(#a)", "color: red; fill: url(#a)"),
        ("position: fixed; color: red", "color: red"),
        ("background: \\75 rl(https://host/)", ""),
        ("width: expression(run())", ""),
        ("color: red; @import 'x'", "color: red"),
        ("behavior: url(#x)", ""),
        ("fill: url('data:image/png;base64,AA')", "fill: url('data:image/png;base64,AA')"),
        ("fill: image-set('https://host/' 1x)", ""),
        ("fill: url(#a) url(https://host/)", ""),
    ],
)
def test_styles(style: str, kept: str) -> None:
    assert css.declarations(style, Counter(), "in a text") == kept


@pytest.mark.parametrize("source", roads.payloads("tex"))
def test_tex_of_the_corpus(source: str) -> None:
    told: Counter[str] = Counter()
    typesets_only = not any(
        f"\\{name}" in source for name in ("href", "style", "class", "mmlToken", "html", "url", "csname")
    )
    assert tex.safe(source, told) == (source if typesets_only else None)
    assert told.total() == (0 if typesets_only else 1)


@pytest.mark.parametrize(
    ("text", "kept"), [("kk", "kk"), ("zh-Hant-TW", "zh-Hant-TW"), ('en"x', None), ("", None), (None, None)]
)
def test_languages(text: str | None, kept: str | None) -> None:
    assert language.tag(text) == kept
