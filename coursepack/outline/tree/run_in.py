"""Parts of a course whose titles stand in bold type on the line of their text: «**Late work.** Notebooks lose …»."""

from __future__ import annotations

from collections.abc import Sequence

from coursepack.outline.found import OutlineSource
from coursepack.outline.tree.front import VALUES
from coursepack.outline.tree.labels import IN_COURSE
from coursepack.outline.tree.sections import SESSIONS, OutlineSection
from coursepack.outline.tree.signals import Segment, names_share
from coursepack.outline.tree.words import words

_NAMED = 6
"""Evidence of a title that names a part of a course."""
_HALF = 5
"""Evidence of a title half of whose words name one: «Computer policy»."""
_SEVERAL = 2
"""Titles that name parts of a course, from which all titles in bold type head parts."""
_HOLDS_THEM = frozenset({"policy", "glossary", "keywords", "literature", "basic", "additional"})
"""Parts in which such lines are entries."""


def unfold(source: OutlineSource, root: OutlineSection) -> None:
    """Make the paragraphs of a course that begin with titles in bold type sections, where several name its parts."""
    if root.series is not None and root.series.kind in SESSIONS:
        return
    for child in root.children:
        unfold(source, child)
    names = root.head.labels if root.head is not None else {}
    led = [] if any(names.get(name, 0) >= _NAMED for name in _HOLDS_THEM) else _led(root.own)
    if not led:
        return
    result: list[OutlineSection] = []
    for at, end in zip(led, [*led[1:], len(root.own)], strict=True):
        head, rest = _cut(source, root.own[at])
        result.append(OutlineSection(head, own=[rest, *root.own[at + 1 : end]], parent=root))
    del root.own[led[0] :]
    root.children = sorted([*root.children, *result], key=lambda one: one.head.at if one.head is not None else 0)


def _led(own: Sequence[Segment]) -> list[int]:
    """The places of the paragraphs that begin with titles, where several of these name parts of a course."""
    led = [at for at, one in enumerate(own) if one.is_text and one.lead and not set(one.data) & VALUES]
    shares = [at for at in led if names_share(own[at].text[: own[at].lead])]
    if len(shares) * 2 > len(led):
        led = [at for at in led if at not in shares]
    named = sum(max(_names(own[at]).values(), default=0) >= _HALF for at in led)
    return led if named >= _SEVERAL and named * 2 >= len(led) else []


def _names(one: Segment) -> dict[str, int]:
    """The parts of a course that the title of a paragraph names."""
    found = words().labels(one.text[: one.lead])
    return {name: value for name, value in found.items() if name in IN_COURSE}


def _cut(source: OutlineSource, one: Segment) -> tuple[Segment, Segment]:
    """A paragraph as its title and its text."""
    title, text = source.stream.texts.cut(one.piece, one.lead)
    head = Segment(one.at, title, title.text.strip(), None, [], [], words().labels(title.text))
    rest = Segment(one.at, text, text.text.strip(), None, source.marks.find(text.text.strip()), [], {})
    rest.asks, rest.book, rest.due = one.asks, one.book, one.due
    return head, rest
