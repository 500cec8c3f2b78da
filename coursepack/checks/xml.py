"""Our profile schemas, compiled once; they import one another by relative path, never from the network.

Also the layer ``xml``: every XML member is well-formed and has no DOCTYPE.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from lxml import etree

from coursepack.checks import Grammar
from coursepack.place import CoursepackError, Finding, error
from coursepack.resources import schemas_dir
from coursepack.safe_io import Package, XmlError, xml_parser

Element = etree._Element

XML_SUFFIXES = (".xml", ".qti")
MOST = 20
"""So many violations of one document are told; the rest are counted."""


@cache
def schema(name: str) -> etree.XMLSchema:
    """The compiled schema ``checks/schemas/<name>`` (``cc/cc11-closed.xsd``). Raises ``CoursepackError``."""
    try:
        return etree.XMLSchema(etree.parse(str(schemas_dir() / name), xml_parser()))
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError, OSError) as problem:
        raise CoursepackError(f"the profile schema {name!r} cannot be used: {problem}") from None


def violations(
    package: Package, member: str, root: Element, name: str, code: str, *, limit: int = MOST
) -> Iterator[Finding]:
    """What the schema ``name`` says against a document, an error each with its line."""
    compiled = schema(name)
    if compiled.validate(root):
        return
    log = list(compiled.error_log)  # type: ignore[call-overload]  # iterable, but the stubs do not say so
    yield from _told(package, member, [(entry.line, entry.message) for entry in log], code, limit)


def _told(package: Package, member: str, log: list[tuple[int, str]], code: str, limit: int) -> Iterator[Finding]:
    for line, message in log[:limit]:
        yield error(code, short(message), package.place(member, line))
    if len(log) > limit:
        yield error(code, f"{len(log) - limit} more violations of the schema", package.place(member))


def line_of(element: Element | None) -> int:
    """The line an element begins in, 0 when unknown."""
    line: Any = getattr(element, "sourceline", None)
    return line or 0


def short(message: str) -> str:
    """A message of libxml2 without the namespaces that hide what it says."""
    return re.sub(r"\{[^{}]*\}", "", message)


def check(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """Every XML member is well-formed, without a DOCTYPE."""
    for name in package.names():
        if name.lower().endswith(XML_SUFFIXES):
            try:
                package.xml(name)
            except XmlError as problem:
                yield error("xml-malformed", str(problem), package.place(name, problem.line))
