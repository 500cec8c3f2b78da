"""What other systems write against the letter, and every reader takes: a warning, no refusal."""

from __future__ import annotations

import re

import pytest

from coursepack.checks import Grammar, products
from coursepack.files.xml import XmlError, parse_xml
from coursepack.place import Severity
from tests.checks.test_cartridge import LINK, MANIFEST, _whole, codes, sub
from tests.checks.test_ooxml import errors, foreign, put
from tests.mutations.products import members, package

ODD = "http: //www.w3.org/2001/XMLSchema-instance"


def judged(name: str, member: str, pattern: str, replacement: str) -> list[tuple[str, str]]:
    whole = members(name)
    text, times = re.subn(pattern, replacement, whole[member].decode(), count=1, flags=re.DOTALL)
    assert times
    layers = products.PRODUCTS["scorm12"].layers
    found = products.judge(package(name, whole | {member: text.encode()}), layers, Grammar())
    return [(str(one.severity), one.code) for one in found]


def test_a_namespace_that_is_no_address_is_read() -> None:
    root = parse_xml(f'<a xmlns:xsi="{ODD}" xsi:b="1"><c/></a>'.encode())
    assert [child.tag for child in root] == ["c"]
    with pytest.raises(XmlError, match="mismatch"):
        parse_xml(f'<a xmlns:xsi="{ODD}"><c></a>'.encode())


def test_a_link_that_declares_such_a_namespace_is_sound() -> None:
    link = sub(LINK, "<webLink ", f'<webLink xmlns:odd="{ODD}" odd:schemaLocation="a b" ')
    assert codes(link(dict(_whole("cc11")))) == {}


def test_identifiers_that_begin_with_a_digit() -> None:
    digits = sub(MANIFEST, 'identifier="item_foreword"', 'identifier="1a2b3c"')
    assert codes(digits(dict(_whole("cc11")))) == {"cc-identifier-name": Severity.WARNING}
    blank = sub(MANIFEST, 'identifier="item_foreword"', 'identifier="1 a"')
    assert codes(blank(dict(_whole("cc11"))))["cc-manifest-schema"] is Severity.ERROR


def test_a_link_of_lti_1_3_in_an_older_cartridge() -> None:
    later = sub(MANIFEST, r'type="imswl_xmlv1p1"', 'type="imsbasiclti_xmlv1p3"')
    tool = sub(
        LINK, r"<webLink .*</webLink>", '<cartridge_basiclti_link xmlns="http://www.imsglobal.org/xsd/imslticc_v1p3"/>'
    )
    assert codes(tool(later(dict(_whole("cc11"))))) == {"cc-type-later": Severity.WARNING}


def test_an_export_of_canvas_may_not_list_its_settings() -> None:
    whole = dict(_whole("cc11")) | {"course_settings/canvas_export.txt": b"a"}
    settings = '<resource identifier="s" type="{}" href="course_settings/canvas_export.txt"/>'
    kind = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
    found = codes(sub(MANIFEST, "</resources>", settings.format(kind) + "</resources>")(whole))
    assert found == {"ims-href-unlisted": Severity.WARNING}


def test_a_content_type_of_a_part_that_is_not_there() -> None:
    whole = foreign()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml"
    put("[Content_Types].xml", "</Types>", f'<Override PartName="/word/e.xml" ContentType="{kind}"/></Types>')(whole)
    assert errors(whole) == set()


def test_metadata_in_another_order() -> None:
    where = "<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>"
    found = judged("scorm12", MANIFEST, r"<resources>", f"<resources>{where}")
    assert found == [("warning", "scorm-schema")]
