"""Names of QTI 2.1, 2.2 and 3.0: namespaces, addresses of schemas and templates, and how elements are spelt.

Sources: IMS QTI 2.1 and 2.2 «Assessment Test, Section and Item Information Model» and «XML Binding», 1EdTech QTI 3.0
«Assessment, Section and Item (ASI) Information Model» and «Packaging». What 2.x calls ``choiceInteraction`` and
``responseIdentifier`` is ``qti-choice-interaction`` and ``response-identifier`` in 3.0; elements of XHTML keep their
names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from lxml import etree

Element = etree._Element

XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MATHML = "http://www.w3.org/1998/Math/MathML"
LOM = "http://ltsc.ieee.org/xsd/LOM"

HTML = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "address",
        "article",
        "aside",
        "audio",
        "b",
        "bdi",
        "bdo",
        "big",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "img",
        "kbd",
        "label",
        "li",
        "nav",
        "object",
        "ol",
        "p",
        "param",
        "picture",
        "pre",
        "q",
        "rb",
        "rp",
        "rt",
        "rtc",
        "ruby",
        "samp",
        "section",
        "small",
        "source",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "track",
        "tt",
        "ul",
        "var",
        "video",
    }
)
"""Elements of XHTML that a version of QTI has: they keep their names in 3.0."""

TEMPLATES = ("match_correct", "map_response", "map_response_point")
"""The standard response processing templates."""


@dataclass(frozen=True)
class QtiVersion:
    """A version of QTI as packages say it. ``name`` is what people call it («2.1»); ``kebab``: names as in 3.0.

    ``html5``: figures, sounds, films and ``dir`` stand as in HTML 5.
    """

    name: str
    namespace: str
    schema: str
    package: str
    packaging: str
    metadata: str
    schema_name: str
    schema_version: str
    item: str
    test: str
    templates: str
    kebab: bool = False
    html5: bool = False
    human: bool = True

    def tag(self, name: str) -> str:
        """The qualified name of an element that 2.x calls ``name``."""
        return _tag(self.namespace, name, self.kebab)

    def attribute(self, name: str) -> str:
        """The name of an attribute that 2.x calls ``name``."""
        return _kebab(name) if self.kebab else name

    def child(self, parent: Element, name: str, text: str | None = None, /, **attributes: str) -> Element:
        """Append an element, its names as in 2.x. ``class_`` is written ``class``."""
        result = etree.SubElement(
            parent, self.tag(name), {self.attribute(k.rstrip("_")): v for k, v in attributes.items()}
        )
        if text is not None:
            result.text = text
        return result

    def template(self, name: str) -> str:
        """The address of a standard template."""
        return f"{self.templates}{name}{'.xml' if self.kebab else ''}"

    @property
    def nsmap(self) -> dict[str, str]:
        """The namespaces of a document, its own one without a prefix."""
        return {None: self.namespace, "xsi": XSI}  # type: ignore[dict-item]  # the stubs know no default prefix


@cache
def _tag(namespace: str, name: str, kebab: bool) -> str:
    if kebab and name not in HTML:
        name = f"qti-{_kebab(name)}"
    return f"{{{namespace}}}{name}"


@cache
def _kebab(name: str) -> str:
    """``responseElseIf`` → ``response-else-if``, ``durationGTE`` → ``duration-gte``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def old_name(local: str) -> str:
    """What 2.x calls an element of any version: ``qti-response-else-if`` → ``responseElseIf``."""
    if not local.startswith("qti-"):
        return local
    first, *more = local.removeprefix("qti-").split("-")
    return first + "".join(part.upper() if part in _CAPITALS else part.capitalize() for part in more)


_CAPITALS = frozenset({"gte", "lt"})
"""What 2.x writes in capitals: ``durationGTE``, ``durationLT``."""


def named(element: Element) -> str:
    """The name of an element as 2.x calls it; «» for a comment."""
    tag: object = element.tag
    return _named(tag) if isinstance(tag, str) else ""


@lru_cache(4096)
def _named(tag: str) -> str:
    return old_name(tag.rpartition("}")[2])


def said(element: Element, name: str) -> str:
    """The value of an attribute that 2.x calls ``name``; «» where it is missing."""
    value = element.get(name)
    return str(value if value is not None else element.get(_kebab(name)) or "")


_CP = "http://www.imsglobal.org/xsd/imscp_v1p1"

QTI21 = QtiVersion(
    name="2.1",
    namespace="http://www.imsglobal.org/xsd/imsqti_v2p1",
    schema="http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1p2.xsd",
    package=_CP,
    packaging="http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
    metadata="http://www.imsglobal.org/xsd/imsqti_metadata_v2p1",
    schema_name="QTIv2.1 Package",
    schema_version="1.0.0",
    item="imsqti_item_xmlv2p1",
    test="imsqti_test_xmlv2p1",
    templates="http://www.imsglobal.org/question/qti_v2p1/rptemplates/",
    human=False,
)
QTI22 = QtiVersion(
    name="2.2",
    namespace="http://www.imsglobal.org/xsd/imsqti_v2p2",
    schema="http://www.imsglobal.org/xsd/qti/qtiv2p2/imsqti_v2p2p4.xsd",
    package=_CP,
    packaging="http://www.imsglobal.org/xsd/qti/qtiv2p2/qtiv2p2_imscpv1p2_v1p0.xsd",
    metadata="http://www.imsglobal.org/xsd/imsqti_metadata_v2p2",
    schema_name="QTIv2.2 Package",
    schema_version="1.0.0",
    item="imsqti_item_xmlv2p2",
    test="imsqti_test_xmlv2p2",
    templates="http://www.imsglobal.org/question/qti_v2p2/rptemplates/",
)
QTI30 = QtiVersion(
    name="3.0",
    namespace="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    schema="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
    package="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    packaging="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
    metadata="http://www.imsglobal.org/xsd/imsqti_metadata_v3p0",
    schema_name="QTI Package",
    schema_version="3.0.0",
    item="imsqti_item_xmlv3p0",
    test="imsqti_test_xmlv3p0",
    templates="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/",
    kebab=True,
    html5=True,
)
VERSIONS: Mapping[str, QtiVersion] = {version.name: version for version in (QTI21, QTI22, QTI30)}
BY_NAMESPACE: Mapping[str, QtiVersion] = {version.namespace: version for version in VERSIONS.values()}
