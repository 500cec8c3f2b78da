"""The official schemas of QTI as judges, quick enough for every run: foreign languages in them are taken as they come.

MathML, SSML, APIP and HTML 5 take libxml2 many seconds to compile, and QTI 3.0's profile names some of them wrongly:
in their place stand schemas that know their elements and accept any inside. Of QTI 3.0 there is the packaging and one
assessment profile that is narrower than the standard.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from coursepack.ims.asi import BY_NAMESPACE
from tests.official import judge
from tests.shared import need_shared

_XS = "http://www.w3.org/2001/XMLSchema"
_FILES = {
    "2.1": "qti21/imsqti_v2p1p2.xsd",
    "2.2": "qti22_30/qtiv2p2p4/imsqti_v2p2p4.xsd",
    "3.0": "qti22_30/qtiv3p0/imsqti_asiv3p0_sbacv1p0_v1p0.xsd",
}
_PACKAGING = {
    "2.1": ("qti21", "qtiv2p1_imscpv1p2_v1p0.xsd"),
    "3.0": ("qti22_30/qtiv3p0", "imsqtiv3p0_imscpv1p2_v1p0.xsd"),
}


class _Taken(etree.Resolver):
    """For every schema that ``file`` imports, one that knows the elements which ``file`` names and accepts them."""

    def __init__(self, file: Path) -> None:
        text = file.read_text("utf-8-sig")
        self.file = file
        self.names: dict[str, set[str]] = {}
        prefixes = dict(re.findall(r'xmlns:(\w+)="([^"]+)"', text))
        for prefix, name in re.findall(r'ref="(\w+):([\w-]+)"', text):
            self.names.setdefault(prefixes.get(prefix, ""), set()).add(name)
        self.addresses = dict(re.findall(r'<xs:import namespace="([^"]+)" schemaLocation="([^"]+)"', text))

    def resolve(self, system_url: str, public_id: str, context: Any = None) -> Any:
        answer: Any = self
        for namespace, address in self.addresses.items():
            if system_url.endswith(address.lstrip("./")) and "XML/1998" not in namespace:
                return answer.resolve_string(self._schema(namespace), context)
        return answer.resolve_string(_XML, context)

    def _schema(self, namespace: str) -> bytes:
        root = etree.Element(f"{{{_XS}}}schema", targetNamespace=namespace, nsmap={"xs": _XS, "t": namespace})
        for name in sorted(self.names.get(namespace, ())):
            etree.SubElement(root, f"{{{_XS}}}element", name=name, type="xs:anyType")
        return etree.tostring(root)


_XML = f"""<xs:schema xmlns:xs="{_XS}" targetNamespace="http://www.w3.org/XML/1998/namespace">
<xs:attribute name="lang" type="xs:string"/><xs:attribute name="base" type="xs:anyURI"/></xs:schema>"""


@cache
def _schema(version: str) -> Any:
    file = need_shared("schemas") / _FILES[version]
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Taken(file))
    return etree.XMLSchema(etree.fromstring(file.read_bytes(), parser, base_url=str(file)))


def document(root: etree._Element) -> list[str]:
    """What the schema of its version says against an item or a test."""
    schema = _schema(BY_NAMESPACE[str(etree.QName(root).namespace)].name)
    return [] if schema.validate(root) else [entry.message for entry in schema.error_log]


def manifest(root: etree._Element, version: str) -> list[str]:
    """What the schema of packaging says against a manifest; there is none of 2.2."""
    return judge(root, *_PACKAGING[version], rules=False) if version in _PACKAGING else []


class _XmlAttributes(etree.Resolver):
    """The attributes of XML's own namespace, which the schema of 1.2 imports."""

    def resolve(self, system_url: str, public_id: str, context: Any = None) -> Any:
        answer: Any = self
        return answer.resolve_string(_XML.replace("</xs:schema>", _SPACE), context)


_SPACE = '<xs:attribute name="space" type="xs:NCName"/></xs:schema>'


@cache
def _schema_1_2() -> Any:
    """The whole of QTI ASI 1.2; libxml2 does not know XML's namespace under another prefix than its own."""
    file = need_shared("schemas") / "qti12" / "ims_qtiasiv1p2.xsd"
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_XmlAttributes())
    text = file.read_text("utf-8-sig").replace('xmlns:x="http://www.w3.org/XML/1998/namespace"', "")
    return etree.XMLSchema(etree.fromstring(text.replace('ref="x:', 'ref="xml:').encode(), parser, base_url=str(file)))


def document_1_2(root: etree._Element) -> list[str]:
    """What the schema of QTI 1.2 says against a document."""
    schema = _schema_1_2()
    return [] if schema.validate(root) else [entry.message for entry in schema.error_log]
