"""The ledger: what became of every non-blank letter of a source.

Letters in = letters of content + letters of marks + letters set aside. A span that nobody claimed is
a fault of the outline: it is told and its text left out, while the rest of the course is built.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from typing import Literal

import msgspec

from coursepack.model.course import Source
from coursepack.place import Finding, Place, warning

Fate = Literal["content", "mark", "aside"]


class LedgerEntry(msgspec.Struct, frozen=True):
    """One span of a source: ``unit`` is its line or paragraph number, ``start``..``end`` letters inside it.

    ``part`` is the id of the part of the course it went to (``w03-lecture``) or "" when it went nowhere; ``reason``
    says why it is a mark («lecture number») or set aside («table of contents»).
    """

    unit: int
    start: int
    end: int
    fate: Fate
    part: str = ""
    reason: str = ""


def parted(text: str, entries: Sequence[LedgerEntry]) -> Iterator[tuple[str, LedgerEntry | None]]:
    """The text of a unit, stretch by stretch, each with the claim on it, ``entries`` from left to right."""
    at = 0
    for entry in entries:
        if entry.start > at:
            yield text[at : entry.start], None
        if entry.end > at:
            yield text[max(entry.start, at) : entry.end], entry
        at = max(at, entry.end)
    if at < len(text):
        yield text[at:], None


_TAKEN, _LABEL = 1, 2
"""What is known of a letter that was claimed."""


class Ledger:
    """Counts claims on one source, unit by unit. ``units`` maps a unit's number to its text as read."""

    def __init__(self, file: str, sha256: str, role: str, units: dict[int, str], *, paragraphs: bool = False) -> None:
        self.file = file
        self.sha256 = sha256
        self.role = role
        self.units = units
        self.unit_name: Literal["line", "paragraph"] = "paragraph" if paragraphs else "line"
        self.entries: list[LedgerEntry] = []
        self.twice: list[tuple[int, str]] = []
        """Spans that were claimed a second time: an internal error."""
        self._claimed: dict[int, bytearray] = {}

    def claim(
        self, unit: int, fate: Fate, *, part: str = "", reason: str = "", start: int = 0, end: int | None = None
    ) -> None:
        """Claim letters ``start``..``end`` of a unit. A letter is claimed once: a second claim leaves what was said
        first, and is told among the findings; but a label may be the label of several things (the head of a column
        is that of each of its cells)."""
        text = self.units[unit]
        stop = len(text) if end is None else end
        taken = self._claimed.setdefault(unit, bytearray(len(text)))
        value = _LABEL if fate == "mark" else _TAKEN
        if any(taken[start:stop]):
            before = {taken[i] for i in range(start, stop) if not text[i].isspace()}
            if before == {_LABEL} == {value}:
                return
            if before - {0}:
                self.twice.append((unit, text[start:stop].strip()))
                return
        taken[start:stop] = bytes((value,)) * (stop - start)
        if text[start:stop].strip():
            self.entries.append(LedgerEntry(unit, start, stop, fate, part, reason))

    def release(self, unit: int) -> None:
        """Take back all that was claimed of a unit."""
        self.entries = [entry for entry in self.entries if entry.unit != unit]
        self._claimed.pop(unit, None)

    def with_units(self, other: Ledger, units: Container[int]) -> Ledger:
        """A copy in which the claims on some units are those of another ledger."""
        result = Ledger(self.file, self.sha256, self.role, self.units)
        result.unit_name = self.unit_name
        result.entries = [*(one for one in self.entries if one.unit not in units), *other.entries]
        result.twice = [*(one for one in self.twice if one[0] not in units), *other.twice]
        result._claimed = {unit: one for unit, one in self._claimed.items() if unit not in units} | other._claimed
        return result

    def by_unit(self, units: Container[int] | None = None) -> dict[int, list[LedgerEntry]]:
        """The claims on each unit, or on those of ``units``, from left to right."""
        found: dict[int, list[LedgerEntry]] = {}
        for entry in sorted(self.entries, key=lambda entry: (entry.unit, entry.start)):
            if units is None or entry.unit in units:
                found.setdefault(entry.unit, []).append(entry)
        return found

    def is_claimed(self, unit: int) -> bool:
        """Whether something of a unit is claimed already."""
        return unit in self._claimed

    def unclaimed(self) -> list[tuple[int, str]]:
        """Units with letters that nobody claimed, in order, with those letters."""
        rest: list[tuple[int, str]] = []
        for number, text in self.units.items():
            taken = self._claimed.get(number)
            if taken is not None and all(taken):
                continue
            left = text if taken is None else "".join(c for c, used in zip(text, taken, strict=True) if not used)
            if left.strip():
                rest.append((number, left.strip()))
        return rest

    def findings(self) -> list[Finding]:
        """A warning for each unit that holds unclaimed letters, and for each span that was claimed twice: neither is a
        reason to refuse the rest of a course."""
        twice = [
            warning(
                "ledger-twice",
                f"{text[:60]!r} was assigned twice; the first assignment is kept",
                Place(self.file, number, number, self.unit_name),
                "this is an internal error of coursepack: please report it",
            )
            for number, text in self.twice
        ]
        return twice + [
            warning(
                "ledger-unclaimed",
                f"nothing was recognized in {text[:60]!r}",
                Place(self.file, number, number, self.unit_name),
                "state in course.toml what it is ([[correction]])",
            )
            for number, text in self.unclaimed()
        ]

    def source(self) -> Source:
        """The sums, in non-blank letters."""
        sums: Counter[str] = Counter()
        aside: Counter[str] = Counter()
        for entry in self.entries:
            characters = _letters(self.units[entry.unit][entry.start : entry.end])
            sums[entry.fate] += characters
            if entry.fate == "aside":
                aside[entry.reason] += characters
        return Source(
            file=self.file,
            sha256=self.sha256,
            role=self.role,
            letters=sum(_letters(text) for text in self.units.values()),
            content=sums["content"],
            marks=sums["mark"],
            aside=dict(sorted(aside.items())),
            unclaimed=sum(_letters(text) for _, text in self.unclaimed()),
        )


def _letters(text: str) -> int:
    return len("".join(text.split()))
