"""What was done with the bags of an archive, in its register: each verification is an event, an audit is a run of them.

An event is written as soon as a bag is done, so that an audit that was stopped goes on where it was.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coursepack.place import CoursepackError, Place
from coursepack.registrar.catalogue import FILE, forged, open_register, writing

VERIFIED = "fixity check"
"""The event type of a verification, as PREMIS calls it."""

Outcome = Literal["pass", "fail", "unusable"]


@dataclass(frozen=True)
class Event:
    """One verification: the bag's path below the folder, when, what came of it, and the codes of what was found."""

    path: str
    at: str
    outcome: str
    codes: tuple[str, ...] = ()


def now() -> str:
    """This moment, as events state it."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def home(path: Path) -> Path | None:
    """The folder of the register that a bag belongs to: beside it or one above."""
    above = path.resolve().parent
    return next((folder for folder in (above, above.parent) if (folder / FILE).is_file()), None)


class Register:
    """The events of one archive's register. Raises ``CoursepackError`` where it cannot be used."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._register = open_register(folder)

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *_: object) -> None:
        self._register.close()

    def note(self, events: Iterable[Event], run: int | None = None) -> None:
        """Write events down."""
        rows = [(run, one.path, one.at, VERIFIED, one.outcome, " ".join(one.codes)) for one in events]
        stated = "INSERT INTO event (run, path, at, type, outcome, detail) VALUES (?, ?, ?, ?, ?, ?)"
        try:
            with writing(self._register):
                self._register.executemany(stated, rows)
        except sqlite3.Error as problem:
            raise CoursepackError(f"cannot be written: {problem}", Place(str(self.folder / FILE))) from None

    def forged(self, name: str, path: Path) -> str | None:
        """What the register says of a bag otherwise than the bag itself."""
        return forged(self._register, name, path)

    def last(self) -> dict[str, Event]:
        """The last event of each bag."""
        return self._events("id IN (SELECT max(id) FROM event GROUP BY path)", ())

    def of_run(self, run: int) -> dict[str, Event]:
        """The events of an audit."""
        return self._events("run = ?", (run,))

    def _events(self, where: str, values: tuple[int, ...]) -> dict[str, Event]:
        rows = self._register.execute(f"SELECT path, at, outcome, detail FROM event WHERE {where} ORDER BY id", values)  # noqa: S608 - constants
        return {row[0]: Event(row[0], row[1], row[2], tuple(row[3].split())) for row in rows}

    def years(self) -> dict[str, str]:
        """The academic year of each bag, where one is stated."""
        return dict(self._register.execute("SELECT path, coalesce(year, '') FROM bag"))

    def open_run(self, requested: str, *, again: bool) -> tuple[int, str, bool]:
        """The audit to be done: its number, since when it runs, and whether it goes on with one that was stopped."""
        with writing(self._register):
            left = self._register.execute(
                "SELECT id, started FROM run WHERE ended IS NULL AND asked = ? ORDER BY id DESC", (requested,)
            ).fetchone()
            if left and not again:
                return left[0], left[1], True
            started = now()
            reported = self._register.execute("INSERT INTO run (started, asked) VALUES (?, ?)", (started, requested))
            return int(reported.lastrowid or 0), started, False

    def close_run(self, run: int) -> None:
        with writing(self._register):
            self._register.execute("UPDATE run SET ended = ? WHERE id = ?", (now(), run))

    def before(self, run: int) -> dict[str, Event]:
        """The last event of each bag before an audit."""
        return self._events("id IN (SELECT max(id) FROM event WHERE run IS NOT ? GROUP BY path)", (run,))


def leave(done: Iterable[tuple[Path, Outcome, tuple[str, ...]]]) -> None:
    """Leave an event of each verified bag in the register that it belongs to, where there is one."""
    at = now()
    by_home: dict[Path, list[Event]] = {}
    for path, outcome, codes in done:
        if folder := home(path):
            name = path.resolve().relative_to(folder.resolve()).as_posix()
            by_home.setdefault(folder, []).append(Event(name, at, outcome, codes))
    for folder, events in by_home.items():
        with Register(folder) as register:
            register.note(events)
