"""What readers of Word documents lose without a word: each is reported, and what is sound is not."""

from __future__ import annotations

import io

import docx
import pytest
from lxml import etree

from coursepack.checks.ooxml.enumerations import WORDS
from coursepack.checks.ooxml.properties import is_date
from tests.checks.archives import zipped
from tests.checks.test_ooxml import DOCUMENT, Members, foreign, found, put
from tests.shared import need_shared

CORE, APP = "docProps/core.xml", "docProps/app.xml"


def told(whole: Members, prefix: str = "ooxml") -> list[tuple[str, str]]:
    return [(str(one.severity), one.code) for one in found(whole) if one.code.startswith(prefix)]


BEFORE = told(foreign())
"""A picture without a text, a style that is not there: what python-docx's own template brings along."""


def added(whole: Members) -> list[tuple[str, str]]:
    now = told(whole)
    for one in BEFORE:
        now.remove(one)
    return now


def changed(name: str, old: str, new: str) -> Members:
    whole = foreign()
    put(name, old, new)(whole)
    return whole


def test_text_outside_of_its_element_is_an_error_for_a_reader_loses_it() -> None:
    whole = changed(DOCUMENT, "<w:t>Дәріс</w:t>", "Дәріс")
    assert added(whole) == [("error", "ooxml-text-outside")]
    read = docx.Document(io.BytesIO(zipped(*whole.items())))
    assert "Дәріс" not in "".join(paragraph.text for paragraph in read.paragraphs)
    (finding,) = [one for one in found(whole) if one.code == "ooxml-text-outside"]
    assert "'Дәріс' stands in w:r" in finding.message


@pytest.mark.parametrize("inner", ["<w:r><w:t>a</w:t>b</w:r>", "b<w:r/>", "<w:r/>b", "<w:pPr>b</w:pPr>"])
def test_text_beside_elements_is_found_wherever_it_stands(inner: str) -> None:
    whole = changed(DOCUMENT, "<w:sectPr", f"<w:p>{inner}</w:p><w:sectPr")
    assert added(whole) == [("error", "ooxml-text-outside")]


@pytest.mark.parametrize(
    "inner",
    [
        "<w:r><w:instrText> PAGE </w:instrText></w:r>",
        "<w:del w:id='1' w:author='a'><w:r><w:delText>b</w:delText></w:r></w:del>",
        "<w:r><!-- a --> <?pi b?></w:r>",
        "<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><m:r><m:t>x</m:t></m:r></m:oMath>",
    ],
)
def test_text_in_its_place_is_sound(inner: str) -> None:
    assert added(changed(DOCUMENT, "<w:sectPr", f"<w:p>{inner}</w:p><w:sectPr")) == []


def test_properties_of_the_section_close_the_body() -> None:
    whole = foreign()
    text = whole[DOCUMENT].decode()
    start, end = text.index("<w:sectPr"), text.index("</w:sectPr>") + len("</w:sectPr>")
    section = text[start:end]
    whole[DOCUMENT] = text.replace(section, "").replace("<w:body>", f"<w:body>{section}").encode()
    assert added(whole) == [("warning", "ooxml-section-place")]
    whole[DOCUMENT] = text.replace("</w:body>", f"{section}</w:body>").encode()
    assert added(whole) == [("warning", "ooxml-section-place")]
    whole[DOCUMENT] = text.replace(section, f"<w:p><w:pPr>{section}</w:pPr></w:p>{section}").encode()
    assert added(whole) == []


def test_a_numbering_format_that_no_standard_has() -> None:
    whole = changed("word/numbering.xml", 'w:numFmt w:val="decimal"', 'w:numFmt w:val="decimals"')
    assert added(whole) == [("warning", "ooxml-number-format")]


@pytest.mark.parametrize(
    ("inner", "codes"),
    [
        ('<w:u w:val="singel"/>', [("warning", "ooxml-word")]),
        ('<w:highlight w:val="orange"/>', [("warning", "ooxml-word")]),
        ('<w:u w:val="single"/>', []),
    ],
)
def test_words_of_attributes(inner: str, codes: list[tuple[str, str]]) -> None:
    run = f"<w:p><w:r><w:rPr>{inner}</w:rPr></w:r></w:p>"
    assert added(changed(DOCUMENT, "<w:sectPr", f"{run}<w:sectPr")) == codes


def test_the_words_are_those_of_the_standard() -> None:
    schema = etree.parse(str(need_shared("schemas") / "ooxml" / "wml.xsd"))
    names = {
        ("numFmt", "val"): "ST_NumberFormat",
        ("u", "val"): "ST_Underline",
        ("highlight", "val"): "ST_HighlightColor",
        ("br", "type"): "ST_BrType",
        ("br", "clear"): "ST_BrClear",
        ("type", "val"): "ST_SectionMark",
        ("pgSz", "orient"): "ST_PageOrientation",
        ("vAlign", "val"): "ST_VerticalJc",
        ("tblLayout", "type"): "ST_TblLayoutType",
        ("trHeight", "hRule"): "ST_HeightRule",
        ("suff", "val"): "ST_LevelSuffix",
        ("textAlignment", "val"): "ST_TextAlignment",
    }
    space = {"x": "http://www.w3.org/2001/XMLSchema"}
    for key, name in names.items():
        theirs = schema.xpath(f"//x:simpleType[@name='{name}']//x:enumeration/@value", namespaces=space)
        assert WORDS[key] == {str(one) for one in theirs}, key  # type: ignore[union-attr]  # xpath gives a list here


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (CORE, "2013-12-23T23:15:00Z</dcterms:created>", "23 декабря 2013</dcterms:created>"),
        (CORE, "2013-12-23T23:15:00Z</dcterms:created>", "2013-13-23T23:15:00Z</dcterms:created>"),
        (CORE, "</cp:coreProperties>", "<cp:rank>1</cp:rank></cp:coreProperties>"),
        (CORE, "</cp:coreProperties>", "<dc:title>t</dc:title></cp:coreProperties>"),
        (CORE, '<dcterms:created xsi:type="dcterms:W3CDTF">', "<dcterms:created>"),
        (APP, "</Properties>", "<Rank>1</Rank></Properties>"),
        (APP, "<Pages>1</Pages>", "<Pages>one</Pages>"),
        (APP, "<ScaleCrop>false</ScaleCrop>", "<ScaleCrop>no</ScaleCrop>"),
        (APP, "<Pages>1</Pages>", "<Pages>1</Pages><Pages>1</Pages>"),
    ],
)
def test_properties_that_readers_drop(part: str, old: str, new: str) -> None:
    assert added(changed(part, old, new)) == [("warning", "ooxml-properties")]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("2026", True),
        ("2026-09", True),
        ("2026-09-01", True),
        ("2026-09-01T08:00:00Z", True),
        ("2026-09-01T08:00:00+05:00", True),
        ("2026-09-01T08:00:00.25", True),
        ("2026-02-30", False),
        ("2026-09-01T25:00:00Z", False),
        ("2026-09-01Z", False),
        ("01.09.2026", False),
        ("", False),
    ],
)
def test_dates(text: str, is_one: bool) -> None:
    assert is_date(text) is is_one
