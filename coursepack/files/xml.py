"""The one XML parser: no DTD, no entity, no network, and no more than the limits allow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Literal

from lxml import etree

from coursepack import limits

# What no XML document may hold (XML 1.0, production 2).
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """Text without the characters that XML cannot hold; a single one would stop a whole import."""
    return text if text.isprintable() else _ILLEGAL.sub("", text)


def take_out(element: etree._Element) -> None:
    """Take an element out of its parent with all that is in it; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
        element.tail = None
    parent.remove(element)


def xml_parser(*, huge: bool = False, recover: bool = False) -> etree.XMLParser:
    """The parser for every XML document that comes from outside (and for our own when checked)."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=huge,
        remove_pis=False,
        recover=recover,
    )


class XmlError(ValueError):
    """Not well-formed, or with a DOCTYPE. ``line`` counts from 1 (0 when unknown)."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def xml_marks(data: bytes) -> int:
    """Tags and attributes of a document, at most."""
    return data.count(b"<") + data.count(b"=")


def parse_xml(data: bytes, *, own: bool = False) -> etree._Element:
    """The root element of a document. Raises ``XmlError``; a DOCTYPE is refused before anything is expanded.

    ``own``: what this run made itself, which may be as large as it is.
    """
    most = limits.now()
    if len(data) > most.xml_bytes and not own:
        raise XmlError(f"XML of {len(data)} bytes; at most {most.xml_bytes} are read ({limits.raised('xml-bytes')})")
    if not own and xml_marks(data) > most.xml_marks:
        raise XmlError(f"XML of more than {most.xml_marks} tags and attributes ({limits.raised('xml-marks')})")
    _refuse_doctype(data)
    root = _parsed(data)
    if root is None:
        raise XmlError("empty document")
    if root.getroottree().docinfo.internalDTD is not None:
        raise XmlError("a DOCTYPE is not accepted (no DTD, no entities)")
    return root


def _parsed(data: bytes) -> etree._Element | None:
    """The root element. A namespace that is no address (``http: //…``) is a fault of namespaces, not of XML: a document
    without another fault is read, as browsers and expat read it."""
    huge = len(data) > 8 * 2**20
    try:
        return etree.fromstring(data, xml_parser(huge=huge))
    except etree.XMLSyntaxError as problem:
        code: Any = getattr(problem, "code", None)  # its stubs do not know it
        if code != etree.ErrorTypes.WAR_NS_URI:
            raise XmlError(problem.msg or "not well-formed", problem.lineno or 0) from None
    lenient = xml_parser(huge=huge, recover=True)
    root: etree._Element | None = etree.fromstring(data, lenient)
    for entry in lenient.error_log:
        if entry.type != etree.ErrorTypes.WAR_NS_URI:
            raise XmlError(entry.message, entry.line)
    return root


def _refuse_doctype(data: bytes) -> None:
    # A DOCTYPE may only stand in the prolog, before the first element: expat finds it without expanding anything.
    from xml.parsers import expat

    class _Stop(Exception):  # noqa: N818 - not an error
        pass

    def doctype(*_: object) -> None:
        raise XmlError("a DOCTYPE is not accepted (no DTD, no entities)", parser.CurrentLineNumber)

    def start(*_: object) -> None:
        raise _Stop

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    try:
        parser.Parse(data[: 1 << 20], len(data) <= 1 << 20)
    except XmlError:
        raise
    except (_Stop, expat.ExpatError, LookupError, ValueError):
        # Not well-formed, or in an encoding that expat does not know: lxml will say so with its own words.
        return


_TAG = re.compile(r"""<[A-Za-z](?>[^>"']++|"[^"]*+"|'[^']*+')*+""")
_MARK = re.compile(rf"<!--|<[!?/][^>]*+>?|{_TAG.pattern}")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_PARTS = re.compile(r"""[\s/"']+""")
_ATTRIBUTES = 256
# Elements whose inside is no markup (HTML Living Standard, 13.1.2: raw text, escapable raw text), or not everywhere.
_RAW = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
_TEXTS = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in ("title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext")
}
_NAME = re.compile(r"<([A-Za-z]+)(?=[\s/>]|$)")


def crowded(html: str) -> bool:
    """True when a tag holds more attributes than anybody writes: the HTML parser takes a time for them that grows with
    the square."""
    return any(
        len(_PARTS.findall(_QUOTED.sub('""', tag))) > _ATTRIBUTES for tag in _tags(html) if len(tag) > 2 * _ATTRIBUTES
    )


def _tags(html: str) -> Iterator[str]:
    """What may be a tag for a parser. Code in scripts is none; where parsers differ on what is code, nothing is."""
    at, sure = 0, True
    while found := _MARK.search(html, at):
        at = found.end()
        if found[0] == "<!--":
            end = html.find("-->", at) if sure else -1
            sure = sure and end >= 0 and not html.startswith((">", "->"), at)
            at = end + 3 if sure else at
        elif found[0][1] not in "!?/":
            yield found[0]
            name = _NAME.match(found[0])
            inside = name[1].lower() if sure and name else ""
            closing = _RAW.get(inside) or _TEXTS.get(inside)
            end_tag = closing.search(html, at) if closing else None
            sure = sure and (closing is None or end_tag is not None)
            if end_tag and inside in _TEXTS:
                yield from (each[0] for each in _TAG.finditer(html, at, end_tag.start()))
            at = end_tag.start() if end_tag else at


class Metered:
    """A stream of XML that is parsed piece by piece: ``marks`` counts tags and attributes since it was last set to 0,
    which who forgets a piece does. Raises ``XmlError`` for a piece that would fill the memory."""

    def __init__(
        self,
        file: BinaryIO,
        *,
        own: bool = False,
        piece: str = "question",
        limit: Literal["question-marks", "xml-marks"] = "question-marks",
    ) -> None:
        self._file = file
        self._most = None if own else limits.now()
        self._piece, self._limit = piece, limit
        self.marks = 0
        self.bytes = 0

    def forget(self) -> None:
        """A piece was read and let go."""
        self.marks = self.bytes = 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        if self._most is not None:
            self.marks += xml_marks(data)
            self.bytes += len(data)
            most = limits.of(self._limit)
            if self.marks > most:
                message = f"more than {most} tags and attributes in one {self._piece}"
                raise XmlError(f"{message} ({limits.raised(self._limit)})")
            if self.bytes > self._most.xml_bytes:
                message = f"more than {self._most.xml_bytes} bytes of XML in one {self._piece}"
                raise XmlError(f"{message} ({limits.raised('xml-bytes')})")
        return data


def parse_emptied(head: bytes, stream: BinaryIO, emptied: Sequence[str]) -> etree._Element:
    """The root element of a document that begins with ``head``, read from ``stream``: elements called as in ``emptied``
    lose what is in them as soon as they end, so that it fills no memory. Raises ``XmlError``."""
    _refuse_doctype(head)
    metered: Any = Metered(stream, piece="element", limit="xml-marks")
    steps = etree.iterparse(
        metered, tag=tuple(emptied), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        for _, element in steps:
            element.clear()
            metered.forget()
    except etree.XMLSyntaxError as problem:
        raise XmlError(problem.msg or "not well-formed", problem.lineno or 0) from None
    root: etree._Element | None = steps.root
    if root is None:
        raise XmlError("empty document")
    if root.getroottree().docinfo.internalDTD is not None:
        raise XmlError("a DOCTYPE is not accepted (no DTD, no entities)")
    return root
