"""Layouts of tests that are written with signs in a running text (tags, letters before a colon) → questions.

They travel as plain text, which streams, and as documents, whose pictures and tables belong to the questions: both are
``Piece``s, and a layout reads pieces. Which layout a text has is recognised by its signs.
"""

from __future__ import annotations

from pathlib import Path

from coursepack.model.document import Document
from coursepack.readers import QuestionFile


def questions_in(document: Document, path: Path) -> QuestionFile | None:
    """The questions of a document that is a test in one of the layouts, None for any other."""
    from coursepack.readers.layouts import formats

    return formats.of_document(document, path)


def known() -> str:
    """The layouts in words."""
    from coursepack.readers.layouts import formats

    return "; ".join(layout.title for layout in formats.LAYOUTS.values())
