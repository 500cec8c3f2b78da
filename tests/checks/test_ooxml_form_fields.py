"""Form fields of Word's legacy forms: a document that holds them is sound, one that holds them wrongly is not."""

from __future__ import annotations

import pytest

from tests.checks.test_ooxml import DOCUMENT, foreign, found, put

FIELDS = {
    "text": '<w:textInput><w:type w:val="number"/><w:default w:val="1"/><w:maxLength w:val="9"/></w:textInput>',
    "box": '<w:checkBox><w:sizeAuto/><w:default w:val="1"/><w:checked/></w:checkBox>',
    "list": '<w:ddList><w:result w:val="1"/><w:listEntry w:val="a"/><w:listEntry w:val="b"/></w:ddList>',
}


def with_field(inner: str) -> set[str]:
    whole = foreign()
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{inner}</w:fldChar></w:r>'
    put(DOCUMENT, "<w:sectPr", f'<w:p>{begin}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p><w:sectPr')(whole)
    return {one.code for one in found(whole) if one.code in {"ooxml-nesting", "ooxml-order", "ooxml-value"}}


@pytest.mark.parametrize("kind", FIELDS)
def test_form_fields_are_sound(kind: str) -> None:
    data = f'<w:ffData><w:name w:val="f"/><w:enabled/><w:calcOnExit w:val="0"/>{FIELDS[kind]}</w:ffData>'
    assert with_field(data) == set()


@pytest.mark.parametrize(
    "inner",
    [
        "<w:p/>",
        "<w:ffData><w:t>x</w:t></w:ffData>",
        "<w:ffData><w:ddList><w:p/></w:ddList></w:ffData>",
        "<w:ffData><w:checkBox><w:default/><w:sizeAuto/></w:checkBox></w:ffData>",
    ],
)
def test_what_no_form_field_holds_is_told(inner: str) -> None:
    assert with_field(inner)
