"""How wide a line of Times-like letters is.

Two out of three course documents are set in such a face. Its widths tell whether the first word of the next line
would still have fitted on this one: if it would, the author ended the line on purpose.
"""

from __future__ import annotations

from pathlib import Path

from coursepack import prepared

_GROUPS: dict[str, str] = prepared.toml((Path(__file__).parent / "widths.toml").read_text("utf-8"))
_OTHER = 500


class _Widths(dict[str, int]):
    def __missing__(self, letter: str) -> int:
        return _OTHER


_WIDTHS = _Widths({letter: int(width) for width, characters in _GROUPS.items() for letter in characters})


def times(text: str) -> int:
    """The width of ``text`` in thousandths of the letters' size."""
    return sum(map(_WIDTHS.__getitem__, text))
