"""Files that a course.toml names and that lie in the folder under another name now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from coursepack.similar import folded, ratio

_ALIKE = 0.6
"""Of the letters of two names, from which on the one may be the other."""


def renamed(
    missing: Sequence[Mapping[str, Any]],
    new: Sequence[Mapping[str, Any]],
    recorded: Mapping[str, str],
    sum_of: Callable[[str], str],
) -> dict[str, str]:
    """The drafted sources that seem to be a missing one: new name → the name in course.toml, each once.

    The same bytes, which a correction ``recorded`` (file → SHA-256), say so for sure; else a file of the same kind that
    is read as the same and is called alike, or that alone can be it. ``sum_of``: SHA-256 of a file.
    """
    found: dict[str, str] = {}
    for entry in missing:
        old, free = entry["file"], [one for one in new if one["file"] not in found]
        same = [one for one in free if recorded[old] == sum_of(one["file"])] if old in recorded else []
        like = [one for one in free if _ending(one["file"]) == _ending(old) and one["role"] == entry.get("role")]
        alike = max(like, key=lambda one: _likeness(one["file"], old), default=None)
        only = len(missing) == 1 and len(like) == 1
        if same:
            found[same[0]["file"]] = old
        elif alike is not None and (only or _likeness(alike["file"], old) >= _ALIKE):
            found[alike["file"]] = old
    return found


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _likeness(one: str, other: str) -> float:
    return ratio(folded(PurePosixPath(one).stem), folded(PurePosixPath(other).stem))
