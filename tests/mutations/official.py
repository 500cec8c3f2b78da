"""What the official schemas say of a document: the second judge of each mutation."""

from __future__ import annotations

from lxml import etree

from coursepack.files.xml import XmlError, parse_xml
from tests import scorm_official
from tests.official import judge

_CC11 = "http://www.imsglobal.org/xsd/imsccv1p1/"
_CC13 = "http://www.imsglobal.org/xsd/imsccv1p3/"
_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"

# Product and namespace of a root → folder and file of its schema.
_SCHEMAS = {
    ("cc11", _CC11 + "imscp_v1p1"): ("cc11", "ccv1p1_imscp_v1p2_v1p0.xsd"),
    ("cc11", _QTI): ("cc11", "ccv1p1_qtiasiv1p2p1_v1p0.xsd"),
    ("cc11", _CC11 + "imsdt_v1p1"): ("cc11", "ccv1p1_imsdt_v1p1.xsd"),
    ("cc11", _CC11 + "imswl_v1p1"): ("cc11", "ccv1p1_imswl_v1p1.xsd"),
    ("cc13", _CC13 + "imscp_v1p1"): ("cc13", "ccv1p3_imscp_v1p2_v1p0.xsd"),
    ("cc13", _QTI): ("cc13", "ccv1p3_qtiasiv1p2p1_v1p0.xsd"),
    ("cc13", _CC13 + "imsdt_v1p3"): ("cc13", "ccv1p3_imsdt_v1p3.xsd"),
    ("cc13", _CC13 + "imswl_v1p3"): ("cc13", "ccv1p3_imswl_v1p3.xsd"),
    ("docx", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"): ("ooxml", "wml.xsd"),
    ("docx", "http://schemas.openxmlformats.org/package/2006/relationships"): ("ooxml", "opc-relationships.xsd"),
    ("docx", "http://schemas.openxmlformats.org/package/2006/content-types"): ("ooxml", "opc-contentTypes.xsd"),
}
_SCORM = {"scorm12": "scorm12", "scorm2004": "scorm2004_4th", "scorm2004-3rd": "scorm2004_3rd"}


def verdict(product: str, before: bytes, after: bytes) -> bool | None:
    """True: the official schema accepts the document; False: it refuses it; None: there is none for it.

    The schema is chosen by the document before it was changed.
    """
    namespace = etree.QName(parse_xml(before)).namespace or ""
    try:
        root = parse_xml(after)
    except XmlError:
        return False
    if product in _SCORM and "imscp" in namespace:
        return not scorm_official.judge(after, _SCORM[product])
    found = _SCHEMAS.get((product, namespace))
    return None if found is None else not judge(root, *found)
