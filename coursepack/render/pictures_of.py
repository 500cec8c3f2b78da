"""Which pictures a course shows."""

from __future__ import annotations

from typing import Any

import msgspec

from coursepack.model.blocks import Figure, Picture


def pictures(part: Any) -> dict[str, str]:
    """SHA-256 → media type of every picture in a part of the model, wherever it stands."""
    found: dict[str, str] = {}
    todo = [part]
    while todo:
        each = todo.pop()
        if isinstance(each, Figure | Picture):
            found[each.asset] = each.media_type
        if isinstance(each, msgspec.Struct):
            todo.extend(getattr(each, name) for name in each.__struct_fields__)
        elif isinstance(each, tuple | list):
            todo.extend(each)
    return found
