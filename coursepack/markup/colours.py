"""Colours of letters as the model holds them (six hexadecimal digits), read from CSS and from old HTML."""

from __future__ import annotations

import tinycss2
import tinycss2.color3

from coursepack.markup.tables import allowed


def colour(value: str) -> str | None:
    """The colour that a CSS value names, as ``rrggbb``; None for none, one that is seen through, and a shade of grey.

    Black, white and grey are how an editor's page looks, not what its author meant.

    >>> colour("rgb(204, 0, 0)"), colour("#212529")
    ('cc0000', None)
    """
    found = tinycss2.color3.parse_color(value)
    if found is None or isinstance(found, str) or found.alpha < 1:
        return None
    channels = [round(part * 255) for part in (found.red, found.green, found.blue)]
    if max(channels) - min(channels) < allowed().colour.least:
        return None
    return "".join(f"{channel:02x}" for channel in channels)


def declared(style: str, name: str) -> str | None:
    """The colour that a ``style`` attribute gives to property ``name``."""
    for node in tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration" and node.lower_name == name:
            return colour(tinycss2.serialize(node.value).strip())
    return None
