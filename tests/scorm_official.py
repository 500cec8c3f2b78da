"""The official SCORM schema sets as judges: one schema that imports all parts of a set."""

from __future__ import annotations

from lxml import etree

from coursepack.checks import official
from tests.shared import need_shared

_2004 = {
    "http://www.imsglobal.org/xsd/imscp_v1p1": "imscp_v1p1.xsd",
    "http://www.adlnet.org/xsd/adlcp_v1p3": "adlcp_v1p3.xsd",
    "http://www.adlnet.org/xsd/adlseq_v1p3": "adlseq_v1p3.xsd",
    "http://www.adlnet.org/xsd/adlnav_v1p3": "adlnav_v1p3.xsd",
    "http://www.imsglobal.org/xsd/imsss": "imsss_v1p0.xsd",
    "http://ltsc.ieee.org/xsd/LOM": "lom.xsd",
}
SETS = {
    "scorm12": {
        "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "imscp_rootv1p1p2.xsd",
        "http://www.adlnet.org/xsd/adlcp_rootv1p2": "adlcp_rootv1p2.xsd",
        "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1": "imsmd_rootv1p2p1.xsd",
    },
    "scorm2004_3rd": _2004,
    "scorm2004_4th": _2004,
}


def schema(name: str) -> etree.XMLSchema:
    """The official set ``scorm12``, ``scorm2004_3rd`` or ``scorm2004_4th`` as one schema."""
    folder = (need_shared("schemas") / name).resolve()
    return official.schema_set(tuple((namespace, folder / file) for namespace, file in SETS[name].items()))


def judge(data: bytes, name: str) -> list[str]:
    """What the official set says against a manifest, a line each."""
    compiled = schema(name)
    compiled.validate(etree.fromstring(data))
    return [f"{entry.line}: {entry.message}" for entry in compiled.error_log]  # type: ignore[attr-defined]
