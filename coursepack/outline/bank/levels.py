"""How hard the questions below a heading are: by its words, or by a number, «Level 2»."""

from __future__ import annotations

from collections.abc import Sequence

from coursepack.outline.bank.limits import limits
from coursepack.outline.tree.ordinals import counted
from coursepack.text.levels import hardness
from coursepack.text.tagged import LEVEL_TAG


def level_of(heading: str) -> int:
    """The level that a heading names, 0 for one that names none."""
    text = heading.strip()
    if not text or len(text) > limits()["head"]:
        return 0
    if named := hardness(text):
        return named
    found = next((one for one in counted(text) if one.kind == "level"), None)
    whole = found is not None and (found.parted or text[found.end :].lstrip()[:1] == "(")
    return found.value if found is not None and whole and found.value < 10 else 0


def level_tags(path: Sequence[str]) -> tuple[str, ...]:
    """The tag of the level that the last of some headings names, as questions in tags have it."""
    level = next((level for name in reversed(path) if (level := level_of(name))), 0)
    return (f"{LEVEL_TAG}{level}",) if level else ()
