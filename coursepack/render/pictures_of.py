"""Which pictures a course shows, and which files go with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from coursepack.model.blocks import Figure, Media, Picture


def pictures(part: Any) -> dict[str, str]:
    """SHA-256 → media type of every picture in a part of the model, wherever it stands."""
    return {each.asset: each.media_type for each in _with_bytes(part) if not isinstance(each, Media)}


def attached(part: Any) -> list[Media]:
    """Every sound, film and attached file in a part of the model, wherever it stands."""
    return [each for each in _with_bytes(part) if isinstance(each, Media)]


def assets_in(part: Any) -> frozenset[str]:
    """SHA-256 of every picture, sound, film and attached file in a part of the model, wherever it stands."""
    return frozenset(each.asset for each in _with_bytes(part))


def _with_bytes(part: Any) -> Iterator[Figure | Picture | Media]:
    todo = [part]
    while todo:
        each = todo.pop()
        if isinstance(each, Figure | Picture | Media):
            yield each
        if isinstance(each, msgspec.Struct):
            values = [getattr(each, name) for name in each.__struct_fields__]
            todo.extend(value for value in values if isinstance(value, _HOLDS))
        elif isinstance(each, tuple | list):
            todo.extend(each)


_HOLDS = (msgspec.Struct, tuple, list)
"""Values among which a picture may stand: most others are letters."""
