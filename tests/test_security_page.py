"""docs/security.md names every limit with its value, and nothing that is no limit."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from coursepack import limits

PAGE = (Path(__file__).parent.parent / "docs" / "security.md").read_text("utf-8")
_UNITS = {"": 1, "s": 1, "MiB": 1 << 20, "GiB": 1 << 30}


def test_every_limit_stands_on_the_page_with_its_value() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| ([\d,]+) ?(\w*) \|", PAGE, re.MULTILINE)
    stated = {name: int(number.replace(",", "")) * _UNITS[unit] for name, number, unit in rows}
    shipped = msgspec.to_builtins(limits._shipped())
    assert stated == shipped


def test_every_command_stands_on_the_page() -> None:
    from coursepack.cli import COMMANDS

    table = PAGE.partition("## What a command may touch")[2].partition("##")[0]
    assert [name for name in COMMANDS if f"`{name}" not in table and name != "formats"] == []
