"""What was said of many packages: figures, a page for people, lines of JSON, SARIF.

Verdicts go through a file that has no name, one after another, for thousands of them with a thousand findings each are
more than a memory need hold.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, cast

import msgspec

from coursepack import __version__, visible
from coursepack.checks import sarif
from coursepack.checks.detect import Kind
from coursepack.checks.products import Verdict
from coursepack.place import CoursepackError, Finding, Place, Severity, error

if TYPE_CHECKING:
    from coursepack.languages.messages import Messages

KINDS = (".html", ".jsonl", ".sarif")
UNUSABLE = "package-unusable"
"""The code of whatever keeps a package from being judged; its message says which it is."""
_REPORTED = 20
"""Findings of one package on the page; the rest are counted."""
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}

State = Literal["sound", "not sound", "unusable"]


class PackageRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was said of one package. ``as_before``: an earlier run gave it, of the same bytes."""

    file: str
    kind: Kind | None
    title: str = ""
    state: State
    findings: tuple[Finding, ...] = ()
    as_before: bool = False

    @property
    def sound(self) -> bool:
        return self.state == "sound"


def row(path: Path, stated: Verdict | CoursepackError) -> PackageRow:
    """The row of a verdict, or of why there is none."""
    if isinstance(stated, CoursepackError):
        found = tuple(error(UNUSABLE, each.message, each.place, each.advice) for each in stated.each())
        return PackageRow(file=str(path), kind=None, state="unusable", findings=found)
    state: State = "unusable" if stated.other else "sound" if stated.sound else "not sound"
    return PackageRow(
        file=stated.file,
        kind=stated.kind,
        title=stated.title,
        state=state,
        findings=stated.findings,
        as_before=stated.as_before,
    )


def record(one: PackageRow) -> dict[str, object]:
    """A row as JSON tells it: the keys that ``validate --json`` always had, and the state."""
    return {
        "file": one.file,
        "kind": one.kind,
        "title": one.title,
        "sound": one.sound,
        "state": one.state,
        "as_before": one.as_before,
        "findings": one.findings,
    }


@dataclass
class CodeCount:
    """What was found of one code: how often, in how many packages, and one message of it."""

    code: str
    severity: Severity
    finding: Finding
    times: int = 0
    packages: int = 0


@dataclass
class Figures:
    """The figures of a run: packages by state and by kind, findings by code."""

    states: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    known: dict[tuple[str, Severity], CodeCount] = field(default_factory=dict)
    as_before: int = 0
    passed_over: int = 0
    unjudged: int = 0

    def add(self, one: PackageRow | None) -> None:
        """Count a package; None is a file that is none."""
        if one is None:
            self.passed_over += 1
            return
        self.unjudged += sum(found.code.endswith("official-missing") for found in one.findings)
        self.states[one.state] += 1
        self.kinds[one.title or "unknown"][one.state] += 1
        self.as_before += one.as_before
        for code, severity in {(found.code, found.severity) for found in one.findings}:
            mine = [found for found in one.findings if (found.code, found.severity) == (code, severity)]
            about = self.known.setdefault((code, severity), CodeCount(code, severity, mine[0]))
            about.times += len(mine)
            about.packages += 1

    @property
    def found(self) -> int:
        return sum(self.states.values())

    def codes(self) -> list[CodeCount]:
        """Errors first, what was found in most packages first."""
        return sorted(self.known.values(), key=lambda one: (_RANK[one.severity], -one.packages, one.code))


class RowSpool:
    """Rows that were written down, in order. Used as a block, after which nothing of it is left."""

    def __init__(self) -> None:
        result = tempfile.TemporaryFile(prefix="coursepack-")  # noqa: SIM115 - closed with the block
        self._file = cast("BinaryIO", result)
        self._encoder = msgspec.msgpack.Encoder()

    def __enter__(self) -> RowSpool:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, one: PackageRow) -> None:
        data = self._encoder.encode(one)
        self._file.write(len(data).to_bytes(8, "big") + data)

    def rows(self) -> Iterator[PackageRow]:
        self._file.seek(0)
        while head := self._file.read(8):
            yield msgspec.msgpack.decode(self._file.read(int.from_bytes(head, "big")), type=PackageRow)


def check(path: Path) -> None:
    """Refuse a report of a kind that there is not, before anything is done. Raises ``CoursepackError``."""
    if path.suffix.lower() not in KINDS:
        raise CoursepackError(f"unknown file extension of a report, expected {', '.join(KINDS)}", Place(str(path)))


def write(path: Path, spool: RowSpool, figures: Figures, say: Messages) -> None:
    """Write a report of all rows. Raises ``CoursepackError`` where it cannot be written."""
    from coursepack import publish

    match path.suffix.lower():
        case ".jsonl":
            publish.file(path, (visible.json(record(one), indent=0) for one in spool.rows()))
        case ".sarif":
            publish.file(path, _sarif(spool))
        case _:
            publish.file(path, [_page(spool, figures, say).encode("utf-8", errors="backslashreplace")])


def _sarif(spool: RowSpool) -> Iterator[bytes]:
    log = sarif.Log(__version__)
    yield log.begin()
    for one in spool.rows():
        yield log.add(one.file, one.findings)
    yield log.end()


class PackageView(msgspec.Struct, frozen=True):
    """A package on the page: its row, what is said of it, and how much more there is to say."""

    row: PackageRow
    said: tuple[tuple[str, str], ...]
    more: str


def _page(spool: RowSpool, figures: Figures, say: Messages) -> str:
    from coursepack.files.resources import templates_dir
    from coursepack.render import page_template

    shown = sorted((_shown(one, say) for one in spool.rows()), key=_worst_first)
    return page_template.fill(
        (templates_dir(),),
        "report",
        "packages.html",
        rows=shown,
        figures=figures,
        kinds=sorted(figures.kinds.items()),
        codes=figures.codes(),
        say=say,
        language=say.language,
    )


def _shown(one: PackageRow, say: Messages) -> PackageView:
    worst: Sequence[Finding] = sorted(one.findings, key=lambda found: _RANK[found.severity])[:_REPORTED]
    stated = tuple((found.severity.value, say(found)) for found in worst)
    number = len(one.findings) - len(worst)
    return PackageView(
        msgspec.structs.replace(one, findings=()), stated, say(f"{number} more findings") if number else ""
    )


def _worst_first(shown: PackageView) -> tuple[int, str]:
    return {"unusable": 0, "not sound": 1, "sound": 2 if shown.said else 3}[shown.row.state], shown.row.file
