"""Tasks of a practical class under numbered headings of their own: «1. Calculator» over «Description: write a script
…» and «Requirements:»."""

from __future__ import annotations

from collections.abc import Sequence

from coursepack.outline.tree.ordinals import HeadingNumber
from coursepack.outline.tree.sections import OutlineSection
from coursepack.outline.tree.signals import Segment
from coursepack.outline.tree.words import words

_FEWEST = 3
_LONGEST = 160
"""Characters of a line in which a label stands before what is to be done."""


def numbered_tasks(children: Sequence[OutlineSection]) -> list[tuple[OutlineSection, HeadingNumber]]:
    """The sections of a class as its tasks, each with its number, where plain numbers count them from 1, nothing names
    them, and most say what to do; headings that are repeated below them stand in them. Nothing where they are none."""
    groups: list[tuple[OutlineSection, HeadingNumber]] = []
    for child in children:
        number = _number(child)
        if number is not None and number.value == len(groups) + 1 and child.label is None:
            groups.append((OutlineSection(child.head, own=[*child.own], children=[*child.children]), number))
        elif groups and number is None and child.head is not None and child.head.repeated > 1:
            groups[-1][0].children.append(child)
        else:
            return []
    telling = sum(any(map(says_what_to_do, section.everything())) for section, _ in groups)
    return groups if len(groups) >= _FEWEST and telling * 3 >= len(groups) * 2 else []


def _number(section: OutlineSection) -> HeadingNumber | None:
    head = section.head
    return next((one for one in head.counted if not one.words and one.depth == 1), None) if head is not None else None


def says_what_to_do(line: Segment) -> bool:
    """Whether a line says what to do, or what stands behind its label: «Description: write a script …»."""
    if line.asks == "task":
        return True
    _, sign, rest = line.text[:_LONGEST].partition(": ")
    return bool(sign) and words().asks(rest) == "task"
