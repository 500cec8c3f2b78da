"""Keys of several questions, one a line, the first of them behind the word for keys: «Key: 1) C» over «2) A»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursepack.outline.bank.key_text import CLASS, first_of_list
from coursepack.outline.bank.lines import BankLine

_ONE = re.compile(
    rf"(?:№\s?)?\(?(?P<n>\d{{1,4}})\)?\s*(?:[-–—.:)=]+\s*)?\(?(?P<key>{CLASS}(?:\s*,\s*{CLASS})*)\)?\s*[.;,]?",
    re.IGNORECASE,
)


def key_runs(lines: Sequence[BankLine]) -> dict[int, str]:
    """The places of the first lines of such runs, with the keys of all of them, and of those below, with nothing."""
    found: dict[int, str] = {}
    at = 0
    while at < len(lines):
        run = _run(lines, at)
        if len(run) > 1:
            found[at] = ", ".join(run)
            found.update(dict.fromkeys(range(at + 1, at + len(run)), ""))
        at += max(len(run), 1)
    return found


def _run(lines: Sequence[BankLine], at: int) -> list[str]:
    """The keys from a line on, each with its number, as long as they count on."""
    stated = first_of_list(lines[at].text) if lines[at].is_text else None
    first = _ONE.fullmatch(stated) if stated else None
    if first is None:
        return []
    number, run = int(first["n"]), [f"{first['n']}-{first['key']}"]
    for line in lines[at + 1 :]:
        label = (line.piece.label or "").strip()
        one = _ONE.fullmatch(f"{label} {line.text}" if label else line.text) if line.is_text else None
        if one is None or int(one["n"]) != number + len(run):
            break
        run.append(f"{one['n']}-{one['key']}")
    return run
