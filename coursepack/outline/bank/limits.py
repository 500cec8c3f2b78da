"""How long, how many, what share: the bounds of reading a bank (``limits.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def limits() -> dict[str, int]:
    """The bounds by name; shares are parts of a hundred."""
    return tomllib.loads((Path(__file__).parent / "limits.toml").read_text("utf-8"))
