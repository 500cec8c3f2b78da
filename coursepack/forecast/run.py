"""The forecast of one file."""

from __future__ import annotations

from pathlib import Path

import msgspec

from coursepack.files.package import Package
from coursepack.forecast import rules
from coursepack.forecast.model import Arrival, Fate, Forecast
from coursepack.forecast.parts import parts


def forecast(path: Path, lms: str) -> Forecast:
    """What the LMS makes of the file. Raises ``CoursepackError`` for an LMS or a kind of file that is not known."""
    table, version = rules.table(lms)
    with_package = Package.of_path(path)
    kind, found = parts(with_package, path)
    arrived = list(rules.arrivals(found, kind, table, version))
    refused = any(one.fate is Fate.REFUSED for one in arrived)
    if refused:
        arrived = [_nothing(one) for one in arrived]
    return Forecast(
        file=str(path),
        kind=kind,
        lms=table.name,
        version=version,
        read=not table.seen,
        refused=refused,
        arrivals=tuple(arrived),
        reasons=rules.reasons(arrived, table),
        findings=tuple(with_package.problems),
    )


def _nothing(one: Arrival) -> Arrival:
    """A part of a package that is refused whole."""
    fate = one.fate if one.fate is Fate.REFUSED else Fate.LOST
    return msgspec.structs.replace(one, fate=fate, becomes=None, arrives={})


def judged(data: bytes, *, lms: str) -> Forecast:
    """The same of a path as bytes, for a process of its own."""
    import os

    return forecast(Path(os.fsdecode(data)), lms)
