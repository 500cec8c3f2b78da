"""What was found in one source, with what is needed to build from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from coursepack.model.blocks import inline_text
from coursepack.model.document import Document
from coursepack.outline.bank.key_text import says_first
from coursepack.outline.bank.limits import limits
from coursepack.outline.blocks import Builder
from coursepack.outline.drafts import PartDraft
from coursepack.outline.markers import Markers
from coursepack.outline.pieces import Piece, Stream
from coursepack.place import Finding, Place
from coursepack.project.course_toml import Correction, SourceEntry

if TYPE_CHECKING:
    from coursepack.outline.bank.guard import BankProblems
    from coursepack.outline.tree.sections import OutlineSection


NOT_UNDERSTOOD = "not understood"
"""Why a passage is left out of which no part of the course can be made."""
SIGNED = "approval or signature"
"""Why lines to sign are left out."""
OF_TICKET = "head or signature of a ticket"
"""Why the lines around the questions of a ticket are left out."""


@dataclass(frozen=True)
class Anchored:
    """A correction with the first letter of the passage that it is of; ``whole``: of the line or paragraph as read."""

    correction: Correction
    unit: int
    start: int = 0
    whole: bool = False


@dataclass
class OutlineSource:
    """A source as it is being understood: its stream, its drafts, the builder that claims its letters."""

    document: Document
    entry: SourceEntry
    stream: Stream
    marks: Markers
    drafts: list[PartDraft] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    root: OutlineSection | None = None
    """Its sections, once it was read."""
    free_ticks: bool = False
    """Whether a wrong tick costs nothing where several answers are right."""
    doubts: list[BankProblems] = field(default_factory=list)
    """What is doubtful in its banks."""
    anchored: list[Anchored] = field(default_factory=list)
    """The corrections that were applied to it."""

    @property
    def builder(self) -> Builder:
        return Builder(self.stream.texts, self.place, self.stream.wrapped)

    @cached_property
    def says_first(self) -> Piece | None:
        """The line that says of the tests of the document that their first answers are the right ones; asked once, for
        a document may hold a test in each class."""
        short = (one for one in self.stream.pieces if one.object is None and len(one.text) <= limits()["head"])
        return next((one for one in short if says_first(one.text)), None)

    @property
    def place(self) -> Callable[[int, int], Place]:
        return self.document.place

    def aside(self, pieces: Iterable[Piece], reason: str) -> None:
        """Set pieces aside."""
        self.stream.texts.claim(pieces, "aside", reason=reason)

    def mark(self, draft: PartDraft, part: str) -> None:
        """Claim what only opened a part."""
        for piece, reason in draft.marks:
            self.stream.texts.claim(piece, "mark", part=part, reason=reason)
        draft.marks.clear()


def title_of(pieces: Sequence[Piece]) -> str | None:
    """The text of a title over one or several pieces, without a full stop at its end and quotes around it."""
    text = " ".join(piece.text for piece in pieces if piece.text).strip()
    if text.endswith(".") and not text.endswith("..") and not text[-3:-1].startswith("."):
        text = text[:-1].rstrip()
    return unquoted(_COLON.sub("", text).strip()) or None


_COLON = re.compile(r"(?:\s*:[-–—]?)+$")  # «Preamble:-»
_QUOTES = {"«": "»", "“": "”", "„": "“"}


def unquoted(text: str) -> str:
    """A text without the quotes that are around all of it; those inside stay."""
    close = _QUOTES.get(text[:1])
    if close is None or text[-1:] != close:
        return text
    depth = 0
    for at, char in enumerate(text):
        depth += (char == text[0]) - (char == close)
        if depth == 0:
            return text[1:-1].strip() if at == len(text) - 1 else text
    return text


def text_of(piece: Piece) -> str:
    return inline_text(piece.inlines())
