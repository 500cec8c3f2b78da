"""The official schemas as judges in tests.

``judge(root, "cc11", "ccv1p1_imscp_v1p2_v1p0.xsd")`` gives what the XSD and its embedded Schematron rules say against
a document: an empty list when they accept it.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from coursepack.checks import official
from tests.shared import SHARED

SCHEMAS = SHARED / "schemas"

# Editions whose manifest rules name the resource types (2013: the namespace too) of an older one and so match
# nothing as printed.
_EDITS: dict[str, tuple[tuple[str, str], ...]] = {
    "cc11/ccv1p1_imscp_v1p2_v1p0.xsd": (
        ("imscc_xmlv1p0", "imscc_xmlv1p1"),
        ("imsdt_xmlv1p0", "imsdt_xmlv1p1"),
        ("imswl_xmlv1p0", "imswl_xmlv1p1"),
    ),
    "cc13_2013/ccv1p3_imscp_v1p2_v1p0.xsd": (
        ("imscc_xmlv1p0", "imscc_xmlv1p3"),
        ("imsdt_xmlv1p0", "imsdt_xmlv1p3"),
        ("imswl_xmlv1p0", "imswl_xmlv1p3"),
        (
            'ns uri="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"',
            'ns uri="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"',
        ),
    ),
}


def judge(root: etree._Element, folder: str, file: str, *, rules: bool = True) -> list[str]:
    """What the official schema ``folder/file`` says against a document, Schematron after XSD."""
    path = (SCHEMAS / folder / file).resolve()
    schema: Any = official.schema(path)
    told: list[str] = []
    if not schema.validate(root):
        told += [f"{entry.line}: {entry.message}" for entry in schema.error_log]
    if rules:
        schematron = official.schematron(path, *_EDITS.get(f"{folder}/{file}", ()))
        if schematron is not None:
            told += official.failures(schematron, root)
    return told
