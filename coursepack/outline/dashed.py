"""Labels of a lesson plan that dashes part from their values: «Topic – Seeds», «Aim – To see why seeds travel»."""

from __future__ import annotations

import re
from collections.abc import Mapping

from coursepack.outline.markers import Markers
from coursepack.outline.tree.words import words
from coursepack.text.characters import GONE

_DASHED = re.compile(
    rf"[\s{GONE}]*(?:\d{{1,2}}[.)]\s*)?(?P<label>[^\W\d_][^–—:.;!?\n]{{1,38}}?)(?P<dash>\s*[-–—])(?=\s|$)"
)
_FEWEST = 3
"""Different parts of a lesson that such labels name."""
_NEEDED = frozenset({"title", "aims"})
"""The parts that tell the plan of a lesson from a list of terms, of which some may be a teacher's."""


def with_colons(texts: Mapping[int, str], marks: Markers) -> dict[int, str]:
    """The lines, of all those of a document, that a label and a dash begin, with a colon for the dash; as long as they
    were. None where other lines of this form are as many: those are terms and their meanings."""
    found = {number: match for number, text in texts.items() if (match := _DASHED.match(text)) is not None}
    named = {number: name for number, match in found.items() if (name := _part(match["label"], marks)) is not None}
    parts = set(named.values())
    if len(parts) < _FEWEST or not parts >= _NEEDED or len(named) * 2 <= len(found):
        return {}
    return {number: _coloned(texts[number], found[number]) for number in named}


def _part(label: str, marks: Markers) -> str | None:
    """The part of a lesson that a label as a whole names."""
    field = next((mark.kind for mark in marks.find(label) if mark.group == "field" and mark.whole), None)
    return field or words().lesson(label)


def _coloned(text: str, found: re.Match[str]) -> str:
    start, end = found.span("dash")
    return f"{text[:start]}:{GONE * (end - start - 1)}{text[end:]}"


_APART = re.compile(r"(?P<label>\s*[^\W\d_][^:?!\t]{1,40}?)(?P<blank>\s+):(?=\s+\S)")
_LINES = 3
"""Lines with blank space before their colons, at least."""


def with_near_colons(texts: Mapping[int, str]) -> dict[int, str]:
    """The lines whose labels blank space parts from their colons, which stand one below the other: «Teacher    : Ann»,
    with the colon right behind the label; as long as they were."""
    found = {number: match for number, text in texts.items() if (match := _APART.match(text)) is not None}
    if len(found) < _LINES:
        return {}
    return {
        number: f"{match['label']}:{match['blank']}{texts[number][match.end() :]}" for number, match in found.items()
    }
