"""What styles, fonts and markings are called in office documents."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec


class OfficeNames(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``styles.toml``: what styles, fonts and markings are called, and how much is usual."""

    heading: list[str]
    listed: list[str]
    quote: frozenset[str]
    code: frozenset[str]
    link: frozenset[str]
    monospaced: frozenset[str]
    usual: int
    typed: int
    longest: int
    highlight: dict[str, str]


NAMES = msgspec.convert(tomllib.loads((Path(__file__).parent / "styles.toml").read_text("utf-8")), OfficeNames)
CHART = "a chart, of which the data are read as a table"
"""What is reported of a chart."""
