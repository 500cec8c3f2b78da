"""Our profile schemas, compiled once; they import one another by relative path, never from the network.

Also the layer ``xml``: every XML member is well-formed and has no DOCTYPE.
"""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from lxml import etree

from coursepack.checks import Grammar
from coursepack.files.package import Package
from coursepack.files.resources import schemas_dir
from coursepack.files.xml import XmlError, xml_parser
from coursepack.place import CoursepackError, Finding, error

Element = etree._Element

XML_SUFFIXES = (".xml", ".qti")
MOST = 20
"""So many violations of one document are reported; the rest are counted."""


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
    log, whole = judged(schema(name), root, limit)
    for line, message in log[:limit]:
        yield error(code, short(message), package.place(member, line))
    if len(log) > limit:
        more = f"{len(log) - limit} more" if whole else "more"
        yield error(code, f"{more} violations of the schema", package.place(member))


def judged(compiled: Any, root: Element, most: int) -> tuple[list[tuple[int, str]], bool]:
    """Line and message of each violation, and whether these are all.

    For each violation lxml finds the path of its node by counting those before it: many among many take a time that
    grows with the square. A document of some size is validated as a stream first, which knows no lines and can stop.
    """
    if sum(1 for _ in itertools.islice(root.iter(), _FEW + 1)) > _FEW:
        first = _streamed(compiled, root, most)
        if len(first) > most:
            return first, False
    if compiled.validate(root):
        return [], True
    return [(entry.line, entry.message) for entry in compiled.error_log], True


_FEW = 200
"""Elements of a document that may be violations all."""


def _streamed(compiled: Any, root: Element, most: int) -> list[tuple[int, str]]:
    parser: Any = etree.XMLParser(schema=compiled, resolve_entities=False, no_network=True, huge_tree=True)
    data = etree.tostring(root, with_tail=False)
    with contextlib.suppress(etree.XMLSyntaxError):
        for at in range(0, len(data), _STEP):
            parser.feed(data[at : at + _STEP])
            if len(parser.feed_error_log) > most:
                break
        else:
            parser.close()
    return [(0, entry.message) for entry in itertools.islice(parser.feed_error_log, most + 1)]


_STEP = 1 << 14


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
