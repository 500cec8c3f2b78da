"""Tests in tags that stand in the text of a class or a paper under no heading of their own."""

from __future__ import annotations

from collections.abc import Sequence

from coursepack.outline.tree.signals import Segment
from coursepack.text.tagged import TAG


def parted(own: Sequence[Segment]) -> tuple[list[Segment], list[Segment]]:
    """The segments without tests, and those of tests: from a tag on until a gap that no tag follows."""
    rest: list[Segment] = []
    tests: list[Segment] = []
    inside = False
    for one in own:
        tagged = one.is_text and TAG.match(one.text) is not None
        inside = tagged or (inside and not (one.is_text and one.piece.gap))
        (tests if inside else rest).append(one)
    return rest, tests
