"""A file that is written once and read often, and findings that do not outgrow it: what streaming writers share."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from coursepack.place import Finding, Severity

MOST_REPORTED = 50
"""So many findings of one code are reported one by one; the rest are counted."""


PLAIN_BYTES = 16 * 2**20
"""So much of a file is kept as it is; what comes behind is deflated, to about a tenth."""


class CompressedSpool:
    """A file kept in memory, its greater part deflated: ``write`` and ``close`` once, ``chunks`` as often as wanted."""

    def __init__(self) -> None:
        self._plain: list[bytes] = []
        self._pieces: list[bytes] = []
        self._room = PLAIN_BYTES
        self._pack = zlib.compressobj(1)
        self.questions = 0

    def write(self, data: bytes) -> int:
        """Add bytes to the end."""
        if self._room > 0:
            self._room -= len(data)
            self._plain.append(data)
        else:
            piece = self._pack.compress(data)
            if piece:
                self._pieces.append(piece)
        return len(data)

    def close(self) -> None:
        """No more bytes will come."""
        self._pieces.append(self._pack.flush())

    def chunks(self) -> Iterator[bytes]:
        """All bytes, anew each time."""
        yield from self._plain
        unpack = zlib.decompressobj()
        for piece in self._pieces:
            yield unpack.decompress(piece)
        yield unpack.flush()


@dataclass
class FindingLimiter:
    """Findings, each code at most ``MOST_TOLD`` times."""

    findings: list[Finding] = field(default_factory=list)
    counts: dict[tuple[Severity, str], int] = field(default_factory=dict)

    def take(self, new: list[Finding]) -> None:
        """Move findings over from a list."""
        for finding in new:
            key = (finding.severity, finding.code)
            count = self.counts[key] = self.counts.get(key, 0) + 1
            if count <= MOST_REPORTED:
                self.findings.append(finding)
        new.clear()

    def all(self) -> tuple[Finding, ...]:
        """The findings, and how many more there were of each code."""
        more = [
            Finding(severity, code, f"{count - MOST_REPORTED} more questions with the same finding")
            for (severity, code), count in self.counts.items()
            if count > MOST_REPORTED
        ]
        return (*self.findings, *more)
