"""How long, how many, what share: the bounds of reading a bank (``limits.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "limits.toml").read_text("utf-8"))


@cache
def limits() -> dict[str, int]:
    """The bounds by name; shares are parts of a hundred."""
    return {name: value for name, value in _file().items() if isinstance(value, int)}


def numbering() -> dict[str, float]:
    """What speaks for lines that bear numbers to begin questions, by name."""
    found: dict[str, float] = _file()["numbering"]
    return found
