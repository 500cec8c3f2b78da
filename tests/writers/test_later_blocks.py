"""Listings and what else came to the model later: every writer knows them, and its check finds nothing."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path

import msgspec
import pytest
from lxml import etree

from coursepack import writers
from coursepack.checks import check_artifact
from coursepack.model.artifact import Artifact
from coursepack.model.blocks import block_text
from coursepack.model.course_json import decode, encode
from coursepack.readers.gift import read as read_gift
from coursepack.readers.html.blocks import HtmlReader
from coursepack.render.html import HtmlRenderer
from coursepack.render.plain import holds_more, plain
from coursepack.render.wml import w
from coursepack.writers import Context
from tests.samples import LATER_ASSETS, LATER_BLOCKS, LISTING, later

PACKAGES = ["cc11", "cc13", "scorm12", "scorm2004", "scorm2004-3rd", "moodle-xml", "moodle-backup"]


@cache
def made(name: str) -> tuple[Artifact, ...]:
    writer = writers.load(name)
    return writer.write(later(), Context(assets=LATER_ASSETS, options=writer.options(), version="0")).artifacts


@cache
def texts(name: str) -> str:
    """Every member of the products in one, as it was written."""
    return "\n".join(member.read().decode("utf-8", "replace") for artifact in made(name) for member in artifact.members)


@pytest.mark.parametrize("name", [*PACKAGES, "course-set", "exam-tickets", "syllabus"])
def test_the_checks_find_nothing(name: str) -> None:
    assert made(name)
    assert [str(finding) for artifact in made(name) for finding in check_artifact(artifact)] == []


def test_the_model_travels() -> None:
    assert decode(encode(later())) == later()


def test_html_comes_back() -> None:
    assert HtmlReader(top=2).blocks(str(HtmlRenderer(top=2).html(LATER_BLOCKS))) == LATER_BLOCKS


@pytest.mark.parametrize("name", PACKAGES)
def test_a_listing_keeps_its_lines_in_packages(name: str) -> None:
    found = texts(name)
    assert "def билік(а):\n\n    if" in found
    assert "\n\treturn ```{а}```\n" in found
    assert "language-python" in found


@pytest.mark.parametrize("name", ["course-set", "exam-tickets"])
def test_a_listing_keeps_its_lines_on_paper(name: str) -> None:
    said = []
    for artifact in made(name):
        (document,) = (m.read() for m in artifact.members if m.path == "word/document.xml")
        for paragraph in etree.fromstring(document).iter(w("p")):
            signs = {w("br"): "\n", w("tab"): "\t"}
            said.append("".join(signs.get(e.tag, e.text or "") for e in paragraph.iter(w("t"), w("br"), w("tab"))))
    assert LISTING in said


def test_plain_letters_keep_a_listing() -> None:
    assert LISTING in plain(LATER_BLOCKS)
    assert LISTING in block_text(LATER_BLOCKS)


def test_gift_brings_a_listing_back(tmp_path: Path) -> None:
    (artifact,) = made("gift")
    path = tmp_path / "a.gift"
    path.write_bytes(artifact.members[0].read())
    question = next(read_gift(path).bank.questions())
    assert question.text == LATER_BLOCKS


@pytest.mark.parametrize("name", PACKAGES)
def test_how_letters_look_survives_in_packages(name: str) -> None:
    found = html.unescape(html.unescape(texts(name)))
    assert "<s>сызылған</s>" in found
    assert '<strong style="color: #cc0000' in found
    assert '<s lang="kk" style="background-color: #ffff00' in found
    assert '<span lang="ar" dir="rtl">سلام</span>' in found
    assert '<p dir="rtl">مرحبا</p>' in found
    assert '<p dir="rtl" style="text-align: right">في الجهة</p>' in found
    assert '<li>\n<p dir="rtl">أول</p>' in found.replace("<li><p", "<li>\n<p")


@pytest.mark.parametrize("name", ["course-set", "exam-tickets"])
def test_how_letters_look_survives_on_paper(name: str) -> None:
    found = texts(name)
    assert "<w:strike/></w:rPr><w:t>сызылған" in found
    assert '<w:color w:val="CC0000"/></w:rPr><w:t>қызыл' in found
    assert '<w:strike/><w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>' in found
    assert '<w:rtl w:val="1"/>' in found
    # «Right» in text that runs to the left is the side where its lines end.
    assert re.search(
        '<w:bidi w:val="1"/>(<w:spacing [^>]*/>)?(<w:ind [^>]*/>)?<w:jc w:val="left"/></w:pPr><w:r><w:t>في الجهة', found
    )
    assert '<w:bidi w:val="1"/></w:pPr><w:r><w:t>أول' in found


def test_what_plain_letters_lose_is_named() -> None:
    assert holds_more(LATER_BLOCKS) == ["colour", "emphasis", "link", "table", "title"]


def test_a_colour_is_six_digits_and_nothing_else() -> None:
    data = encode(later()).replace(b"cc0000", b"cc0000;x:")
    with pytest.raises(msgspec.ValidationError, match="colour"):
        decode(data)


@pytest.mark.parametrize("name", PACKAGES)
def test_columns_keep_their_side_in_packages(name: str) -> None:
    found = html.unescape(texts(name))
    for side, letter in (("center", "б"), ("right", "в"), ("center", "д"), ("left", "ж"), ("right", "и")):
        assert re.search(f'<t[hd][^>]* style="text-align: {side}"[^>]*>{letter}</t[hd]>', found), letter
    for letter in "агк":
        assert re.search(f"<t[hd](?![^>]*text-align)[^>]*>{letter}</t[hd]>", found), letter


@pytest.mark.parametrize("name", ["course-set", "exam-tickets"])
def test_columns_keep_their_side_on_paper(name: str) -> None:
    found = texts(name)
    for side, letter in (("center", "д"), ("right", "е"), ("left", "ж"), ("right", "и")):
        assert re.search(f'<w:jc w:val="{side}"/></w:pPr><w:r><w:t>{letter}<', found), letter
    assert not re.search('<w:jc w:val="[a-z]+"/></w:pPr><w:r><w:t>[гк]<', found)
