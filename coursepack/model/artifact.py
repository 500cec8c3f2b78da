"""What a writer makes and a check looks at: members in memory, or streams that can be read again.

``Artifact`` is the product before it is on disk; ``Package`` (``files.package``) is the view that checks share with
files from elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from coursepack.files.member import Member
from coursepack.markup.pictures import clean
from coursepack.model.questions import Question
from coursepack.place import Finding


@dataclass(frozen=True)
class Artifact:
    """One product file. ``name`` is its file name (ASCII, from the course id, never from a title).

    ``container`` ``file``: exactly one member, whose bytes are the file. ``zip``: a deflated archive of the members
    in this order. ``format`` is the writer's name, ``layers`` names the checks it must pass before it is published.
    ``audience`` ``teacher`` marks what must not reach a learner. ``source`` is, of a paper, the part of the model
    that it is made from, as JSON: a PDF of the paper brings it along.
    """

    name: str
    format: str
    members: tuple[Member, ...]
    layers: tuple[str, ...]
    container: Literal["file", "zip"] = "zip"
    audience: Literal["student", "teacher"] = "student"
    title: str = ""
    source: bytes = b""


@dataclass(frozen=True)
class Written:
    """What a writer hands over."""

    artifacts: tuple[Artifact, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Bank:
    """Questions without a course, for ``convert``: re-iterable, never a list in memory when the source is large."""

    id: str
    title: str
    language: str
    questions: Callable[[], Iterator[Question]]


@dataclass
class Assets:
    """Pictures and attached files by SHA-256; readers fill it, writers draw from it.

    What it is asked for says what it gives: a picture is cleaned, for pages show it; a file comes as it is, for it is
    only played or saved.
    """

    data: dict[str, bytes] = field(default_factory=dict)

    def holds(self, sha256: str) -> bool:
        """True for a picture that ``read`` gives."""
        return sha256 in self.data and clean(self.data[sha256]) is not None

    def read(self, sha256: str) -> bytes:
        """The bytes of a picture, clean. Raises KeyError for one that no document brought, or that cannot be shown."""
        data = clean(self.data[sha256])
        if data is None:
            raise KeyError(sha256)
        return data

    def file(self, sha256: str) -> bytes:
        """The bytes of an attached file. Raises KeyError for one that no document brought."""
        return self.data[sha256]

    def update(self, more: Iterable[tuple[str, bytes]]) -> None:
        self.data.update(more)
