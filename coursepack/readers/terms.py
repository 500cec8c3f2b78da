"""Terms with their meanings, as a format marks them: ``dl`` of HTML, definition lists of Markdown, Pandoc's styles.

A term and the first paragraph of its meaning are one paragraph, a colon between them, as in a glossary or a list of
names and values («Credits: 5») that is typed.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from coursepack.model.blocks import Inlines, Run, inline_text
from coursepack.model.document import Para, Unit

TERM = "definition term"
MEANING = "definition"
TERMS = frozenset({TERM, "definition term tight"})
MEANINGS = frozenset({MEANING, "definition tight", "definition definition", "definition definition tight"})
"""Styles of paragraphs, in lower case: those of Pandoc's documents in Word and OpenDocument, ours of Markdown."""


def defined(term: Inlines, meaning: Inlines) -> Inlines:
    """A term, in bold type, and its meaning or value in one line."""
    sign = " " if inline_text(term).rstrip().endswith((":", "–", "—")) else ": "
    return (*bold(term), Run(text=sign), *meaning)


def bold(content: Inlines) -> Inlines:
    """The same in bold type."""
    return tuple(replace(item, bold=True) if isinstance(item, Run) else item for item in content)


def with_terms(units: Iterable[Unit]) -> list[Unit]:
    """Units, each paragraph in the style of a term joined with the meaning right behind it."""
    result: list[Unit] = []
    for unit in units:
        before = result[-1] if result else None
        if isinstance(unit, Para) and isinstance(before, Para) and _style(before) in TERMS and _style(unit) in MEANINGS:
            notes = (*before.notes, *unit.notes)
            content = defined(before.content, unit.content)
            result[-1] = replace(before, content=content, number=unit.number, style=None, notes=notes)
        else:
            result.append(unit)
    return result


def _style(unit: Para) -> str:
    return (unit.style or "").lower()
