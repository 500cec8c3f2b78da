"""Controls between the classes of a course that is told in lines: «Exam 2 (midterm)» below the last class of a module,
«Рубежный контроль 1» between two lectures."""

from __future__ import annotations

from collections.abc import Iterator

from coursepack.outline.drafts import SESSIONS, PartDraft
from coursepack.outline.markers import Markers
from coursepack.outline.tree.sections import OUTER, OutlineSection
from coursepack.outline.tree.shape import is_prose
from coursepack.outline.tree.signals import Segment


def take_controls(root: OutlineSection, marks: Markers) -> list[Segment]:
    """Take the lines that name nothing but a control, each behind a class that is listed, out of a course."""
    found = [*_heads(root, marks), *_last_lines(root, marks)]
    return sorted(found, key=lambda one: one.at)


def _last_lines(root: OutlineSection, marks: Markers) -> Iterator[Segment]:
    """Those that end what stands below a class or a unit, where that is a list and no text."""
    for section in root.walk():
        series = section.series
        if series is None or series.kind not in {*SESSIONS, *OUTER} or any(map(is_prose, section.own)):
            continue
        while section.own and _names_control(section.own[-1], marks):
            yield section.own.pop()


def _heads(root: OutlineSection, marks: Markers) -> Iterator[Segment]:
    """Those that were taken for headings with nothing below, behind a class."""
    last = _first_class(root)
    for section in list(root.walk()):
        for child in list(section.children):
            head = child.head
            empty = not child.own and not child.children and child.series is None
            if head is not None and empty and last is not None and head.at > last and _names_control(head, marks):
                section.children = [one for one in section.children if one is not child]
                yield head


def _first_class(root: OutlineSection) -> int | None:
    heads = (one.head.at for one in root.walk() if one.head and one.series and one.series.kind in SESSIONS)
    return min(heads, default=None)


def _names_control(one: Segment, marks: Markers) -> bool:
    return one.is_text and bool(one.text) and (marks.is_exam(one.text) or marks.is_interim(one.text))


def put_controls(drafts: list[PartDraft], taken: list[Segment]) -> None:
    """A draft for each control behind the class that stands before it; one before all classes is none."""
    for one in reversed(taken):
        before = [
            at
            for at, draft in enumerate(drafts)
            if draft.kind in SESSIONS and draft.opened is not None and draft.opened.first < one.piece.first
        ]
        at = before[-1] + 1 if before else len(drafts)
        drafts.insert(at, PartDraft("control", opened=one.piece, title=[one.piece]))
