"""Colours of an author in each colour scheme of the pages."""

from __future__ import annotations

import colorsys
import itertools
import re
from collections.abc import Callable

import pytest
from lxml.etree import tostring
from lxml.html import fragment_fromstring

from coursepack.files.resources import templates_dir
from coursepack.ims.html import CartridgeHtml
from coursepack.languages.catalogues import words
from coursepack.model.artifact import Assets
from coursepack.model.blocks import Math, Paragraph, Run
from coursepack.moodle.question_html import QuestionHtml
from coursepack.readers.html.blocks import HtmlReader
from coursepack.render import policy, schemes
from coursepack.writers.epub.chapters import BookHtml, MediaSummary, PageList
from coursepack.writers.scorm.html import PartHtml, ScoFiles

LEVELS = ("00", "40", "80", "c0", "ff")
COLOURS = ["".join(parts) for parts in itertools.product(LEVELS, repeat=3)]
KNOWN = schemes.schemes()


def html(*runs: Run | Math) -> str:
    return str(PartHtml("p", ScoFiles(Assets({})), words("ru", "scorm")).html((Paragraph(content=runs),)))


def _hue(colour: str) -> float:
    return colorsys.rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)))[0]


def test_the_schemes_are_those_of_the_style_sheet() -> None:
    style = (templates_dir() / "scorm" / "style.css").read_text("utf-8")
    for selector, scheme in (
        (r"\n:root", KNOWN.light),
        (r'\n:root\[data-theme="dark"\]', KNOWN.dark),
        (r'\n  :root:not\(\[data-theme="light"\], \[data-theme="sepia"\]\)', KNOWN.dark),
        (r'\n:root\[data-theme="sepia"\]', KNOWN.sepia),
    ):
        found = re.search(rf"{selector} \{{(.*?)\}}", style, re.DOTALL)
        assert found is not None, selector
        stated = dict(re.findall(r"--([a-z]+): #([0-9a-f]{6});", found[1]))
        assert (stated["ink"], (stated["paper"], stated["panel"])) == (scheme.ink, scheme.papers), selector


def test_letters_of_any_colour_can_be_read_in_every_scheme() -> None:
    for colour in COLOURS:
        for name, shown in schemes.readable(colour, None).items():
            assert schemes.least_contrast(shown, KNOWN.each()[name].papers) >= 4.5, (colour, name)
    for letters, mark in itertools.product([None, *COLOURS[::3]], COLOURS[::4]):
        for name, shown in schemes.readable(letters, mark).items():
            assert schemes.least_contrast(shown, [mark]) >= 4.5, (letters, mark, name)


def test_a_colour_that_can_be_read_stays_and_another_keeps_its_hue() -> None:
    assert schemes.readable("c00000", None) == {"light": "c00000", "dark": "d96666", "sepia": "c00000"}
    for colour in ("ff0000", "ffff00", "0000ff", "00b050", "0070c0", "7030a0"):
        for shown in schemes.readable(colour, None).values():
            hue, other = (_hue(each) for each in (colour, shown))
            assert abs(hue - other) < 0.02, (colour, shown)


def test_letters_on_a_mark_are_dark_or_light_by_the_mark() -> None:
    assert set(schemes.readable(None, "ffff00").values()) == {KNOWN.light.ink}
    assert set(schemes.readable(None, "000080").values()) == {KNOWN.dark.ink}
    assert schemes.readable(None, None) == {}


def test_the_page_states_the_colour_and_what_it_becomes_and_its_policy_allows_it() -> None:
    made = html(Run(text="қызыл", colour="c00000"), Run(text="сары", highlight="ffff00", bold=True), Run(text="жай"))
    paragraph = fragment_fromstring(made)
    assert [element.get("style") for element in paragraph] == [
        "color: #c00000; --light: #c00000; --dark: #d96666; --sepia: #c00000",
        "background-color: #ffff00; --light: #22201c; --dark: #22201c; --sepia: #22201c",
    ]
    allowed = policy.policy("scorm", "<html></html>", made)
    plain = policy.policy("scorm", "<html></html>")
    assert len(allowed.split("'sha256-")) - len(plain.split("'sha256-")) == 2
    strange = '<p style="color: #c00000; --dark: url(//x)">x</p><p style="color: #c00000; --ink: #000000">y</p>'
    assert policy.policy("scorm", "<html></html>", strange) == plain


@pytest.mark.parametrize(
    ("inside", "styles"),
    [
        ('<mi mathcolor="red">a</mi>', ["color: #ff0000; --light: #db0000; --dark: #ff3d3d; --sepia: #c70000"]),
        ('<mi mathcolor="#000">a</mi>', []),
        (
            '<mrow mathbackground="#000080"><mi>a</mi><mi mathcolor="#0000ff">b</mi></mrow>',
            [
                "color: #22201c; --light: #e9e5dc; --dark: #e9e5dc; --sepia: #e9e5dc",
                "color: #0000ff; --light: {0}; --dark: {0}; --sepia: {0}",
            ],
        ),
    ],
)
def test_colours_of_a_formula(inside: str, styles: list[str]) -> None:
    formula = Math(mathml=f'<math xmlns="http://www.w3.org/1998/Math/MathML">{inside}</math>', text="a")
    made = html(formula)
    onto = "#" + schemes.readable("0000ff", "000080")["dark"]
    assert re.findall(r'style="([^"]*)"', made) == [style.format(onto) for style in styles]
    assert "mathcolor" not in made


# --- pages that others paint


def book(*runs: Run | Math) -> str:
    made = BookHtml("p", ScoFiles(Assets({})), words("ru", "scorm"), MediaSummary(), PageList(None))
    text = "".join(tostring(each, encoding="unicode") for each in made.elements((Paragraph(content=runs),)))
    return text.replace("html:", "")


def page(*runs: Run | Math) -> str:
    return str(CartridgeHtml(address=str).html((Paragraph(content=runs),)))


def of_moodle(*runs: Run | Math) -> str:
    return QuestionHtml(Assets({})).take((Paragraph(content=runs),))[0]


def test_letters_of_any_colour_can_be_read_on_pages_that_others_paint() -> None:
    for colour in COLOURS:
        for ground, papers in (("book", ("ffffff", "000000")), ("lms", ("ffffff", "f0f0f0", "e7f3f5"))):
            shown = schemes.readable_on(ground, colour, None)
            assert shown is not None
            assert schemes.least_contrast(shown, papers) >= 4.5, (colour, ground)
            if schemes.least_contrast(colour, papers) >= 4.5:
                assert shown == colour
    for letters, mark in itertools.product([None, *COLOURS[::3]], COLOURS[::4]):
        assert schemes.least_contrast(schemes.readable_on("lms", letters, mark) or "1b1b1b", [mark]) >= 4.5
        assert schemes.least_contrast(schemes.readable_on("book", letters, mark) or "", [mark]) >= 4.5


@pytest.mark.parametrize(
    ("made", "styles"),
    [
        (book, ["color: #eb0000", "color: #d04242", "color: #22201c; background-color: #ffff00"]),
        (page, ["color: #db0000", "color: #c00000", "background-color: #ffff00"]),
        (of_moodle, ["color: #db0000", "color: #c00000", "background-color: #ffff00"]),
    ],
)
def test_a_product_without_schemes_states_one_colour_and_the_authors_is_read_back(
    made: Callable[..., str], styles: list[str]
) -> None:
    runs = Run(text="a", colour="ff0000"), Run(text="b", colour="c00000"), Run(text="c", highlight="ffff00")
    text = made(*runs)
    assert re.findall(r' style="([^"]*)"', text) == styles
    assert "--dark" not in text
    (paragraph,) = HtmlReader().blocks(text)
    assert isinstance(paragraph, Paragraph)
    assert [(run.text, run.colour, run.highlight) for run in paragraph.content if isinstance(run, Run)] == [
        ("a", "ff0000", None),
        ("b", "c00000", None),
        ("c", None, "ffff00"),
    ]


@pytest.mark.parametrize(("made", "colour", "onto"), [(book, "eb0000", "e9e5dc"), (page, "db0000", "e9e5dc")])
def test_colours_of_a_formula_on_pages_that_others_paint(made: Callable[..., str], colour: str, onto: str) -> None:
    inside = '<mi mathcolor="red">a</mi><mi mathcolor="#000">b</mi><mrow mathbackground="#000080"><mi>c</mi></mrow>'
    text = made(Math(mathml=f'<math xmlns="http://www.w3.org/1998/Math/MathML">{inside}</math>', text="abc"))
    assert re.findall(r'mathcolor="([^"]*)"', text) == [f"#{colour}", f"#{onto}"]
    assert "style" not in text


# --- links


@pytest.mark.parametrize(
    ("language", "said"),
    [("kk", "жаңа терезеде ашылады"), ("ru", "откроется в новом окне"), ("en", "opens in a new window")],
)
def test_a_link_that_opens_a_window_says_so_in_its_name(language: str, said: str) -> None:
    run = Run(text="Стандарт", href="https://example.org/x", bold=True)
    made = PartHtml("p", ScoFiles(Assets({})), words(language, "scorm")).html((Paragraph(content=(run,)),))
    (link,) = fragment_fromstring(made).iter("a")
    assert (link.get("target"), link.text_content()) == ("_blank", "Стандарт")  # as it is copied, searched, noted
    assert [(each.get("role"), each.get("aria-label")) for each in link.iter("span")] == [("img", said)]


def test_a_book_opens_no_window_and_says_nothing_of_one() -> None:
    made = book(Run(text="Стандарт", href="https://example.org/x"))
    assert "Стандарт</" in made
    assert "target" not in made
    assert "окне" not in made
