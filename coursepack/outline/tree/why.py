"""Why a line was read as it was: what was seen of it, what its section was taken for and what stood next to that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coursepack.outline.tree.sections import Section
from coursepack.outline.tree.signals import Segment, weights


def why(root: Section, unit: int) -> list[str]:
    """The lines of an answer for the line or paragraph with that number; none where it holds nothing that was read."""
    found = [(segment, section) for segment, section in _segments(root) if _covers(segment, unit)]
    told: list[str] = []
    for segment, section in found:
        told.append(f"«{_short(segment.text)}»")
        told.append(f"  heading {segment.heading} of {weights()['heading']['least']}: {_sum(segment.why)}")
        told.extend(f"  in {line}" for line in _path(root, section))
    return told


def _segments(root: Section) -> Iterator[tuple[Segment, Section]]:
    for section in root.walk():
        if section.head is not None:
            yield section.head, section
        for segment in section.own:
            yield segment, section


def _covers(segment: Segment, unit: int) -> bool:
    return any(part.unit == unit for part in segment.piece.parts)


def _path(root: Section, section: Section) -> Iterator[str]:
    """The sections around a line, the nearest first: label, score, runner-up, reasons."""
    at: Section | None = section
    while at is not None and at is not root:
        name = at.label or "text of the section around it"
        counted = f" {at.counted.value}" if at.counted else ""
        rival = f", next {at.runner} ({at.score - at.margin})" if at.runner else ""
        title = _short(at.head.text) if at.head else ""
        yield f"«{title}»: {name}{counted}, score {at.score}{rival}: {_sum(at.reasons) or 'a number of its series'}"
        at = at.parent
    yield f"the document: {root.label}, weighed {_sum(root.reasons)}"


def _sum(reasons: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {value:+d}" for name, value in sorted(reasons.items(), key=lambda one: -abs(one[1])))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
