"""Rules to write on that are as long as their line has room, so that none of them begins a line of its own."""

from __future__ import annotations

import re

from coursepack.render.wml import Element, number_of, text_of, w
from coursepack.writers.papers.fitted import width

_SIDES = 200
"""Twips at both sides of a cell's text."""
_RULE = re.compile("_{6,}")
_LEAST = 5
"""Underscores of a rule that somebody can still write on."""
_SIZE = 24
"""Half-points of letters of which nothing is said."""


def fit_rules(table: Element) -> None:
    """Shorten the longest rule of each line of a table (and of tables inside it) that has no room for it."""
    for cell in table.iter(w("tc")):
        measure = cell.find(f"{w('tcPr')}/{w('tcW')}")
        room = int(measure.get(w("w"), "0")) - _SIDES if measure is not None else 0
        for line in cell.iterfind(w("p")):
            if room > 0:
                _fit(line, room)


def _fit(line: Element, room: int) -> None:
    rules = [(found, text) for text in line.iter(w("t")) for found in _RULE.finditer(text.text or "")]
    if not rules or line.find(f"{w('r')}/{w('tab')}") is not None:
        return
    sizes = [number_of(size, _SIZE) for size in line.iter(w("sz"))]
    size = max(sizes, default=_SIZE) / 2
    over = max(width(piece, size) for piece in text_of(line).split("\n")) - room
    found, text = max(rules, key=lambda rule: len(rule[0][0]))
    spare = len(found[0]) - _LEAST
    fewer = -(-over // max(width("_", size), 1))
    if 0 < fewer <= spare:
        text.text = (text.text or "")[: found.end() - fewer] + (text.text or "")[found.end() :]
