"""Small readers of papers, for tests: a DOCX as lines of text, as python-docx sees it, as its members."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.table import Table
from lxml import etree

from coursepack.checks import Grammar, check_artifact
from coursepack.model.artifact import Artifact, Written
from coursepack.model.course import Course
from coursepack.place import Finding, Severity
from coursepack.publish import artifact_chunks
from coursepack.writers import Context, load
from tests.samples import ASSETS, everything
from tests.shared import need_shared

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def write(name: str, course: Course | None = None, *, context: dict[str, Any] | None = None, **options: Any) -> Written:
    """A writer's papers of a course (that with one of everything, when none is given)."""
    writer = load(name)
    made = Context(assets=ASSETS, options=writer.options(**options), version="test", **(context or {}))
    return writer.write(course or everything(), made)


def members(artifact: Artifact) -> dict[str, bytes]:
    return {member.path: member.read() for member in artifact.members}


def document(artifact: Artifact) -> etree._Element:
    return etree.fromstring(members(artifact)["word/document.xml"])


def opened(artifact: Artifact) -> Any:
    """As python-docx opens it."""
    return docx.Document(io.BytesIO(b"".join(artifact_chunks(artifact))))


def lines(artifact: Artifact) -> list[str]:
    """Every paragraph with text, tables included, in the order of the paper."""
    return [text for text in (text_of(p) for p in document(artifact).iter(f"{W}p")) if text.strip()]


def text_of(element: etree._Element) -> str:
    parts = {f"{W}tab": "\t", f"{W}br": "\n"}
    found = []
    for piece in element.iter(f"{W}t", f"{W}tab", f"{W}br"):
        parent = piece.getparent()
        if piece.tag == f"{W}tab" and parent is not None and parent.tag != f"{W}r":
            continue
        found.append((piece.text or "") if piece.tag == f"{W}t" else parts[str(piece.tag)])
    return "".join(found)


def headings(artifact: Artifact, level: int) -> list[str]:
    return [p.text for p in opened(artifact).paragraphs if p.style.name == f"Heading {level}"]


def table_with(artifact: Artifact, first: str) -> Table:
    """The table whose first cell begins with ``first``."""
    tables: Iterator[Table] = iter(opened(artifact).tables)
    return next(table for table in tables if table.rows[0].cells[0].text.startswith(first))


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def sound(artifact: Artifact) -> list[Finding]:
    """What our checks say, and the official schemas where they are at hand: errors only."""
    schemas = need_shared("schemas")
    found = check_artifact(artifact, Grammar(closed=True, schemas=schemas))
    return [finding for finding in found if finding.severity is Severity.ERROR]
