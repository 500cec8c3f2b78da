"""How verdicts are printed: for people, as JSON, as lines of JSON, as SARIF; each as soon as it is known."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Protocol

import click

from coursepack import __version__
from coursepack.batch.package_report import Figures, PackageRow, record
from coursepack.checks import sarif
from coursepack.cli import localization, show, terminal
from coursepack.place import CoursepackError, Severity

FEW = 20
"""Packages of which all is reported; of more each is a line."""
_NAMED = 3
"""Codes that are named in such a line."""


class VerdictPrinter(Protocol):
    """What is printed of each package, and behind the last one."""

    def add(self, row: PackageRow) -> None: ...

    def end(self, figures: Figures, schemas: Path | None, seconds: float) -> None: ...


def printer(form: str | None, *, quiet: bool, verbose: int, many: bool) -> VerdictPrinter:
    """The printer for a form; without one it is for people."""
    match form:
        case "json":
            return _Json()
        case "jsonl":
            return _JsonLines()
        case "sarif":
            return _Sarif()
        case _:
            return _JsonLinesPrinter(quiet=quiet, verbose=verbose, many=many)


def _unusable(row: PackageRow) -> None:
    for finding in row.findings:
        if finding.severity is Severity.ERROR:
            terminal.errors(CoursepackError(finding.message, finding.place, finding.advice))


class _JsonLinesPrinter:
    def __init__(self, *, quiet: bool, verbose: int, many: bool) -> None:
        self._quiet, self._verbose, self._many = quiet, verbose, many

    def add(self, row: PackageRow) -> None:
        if row.state == "unusable":
            _unusable(row)
            return
        if not self._many or self._verbose:
            self._findings(row)
        if not self._quiet or (self._many and not row.sound):
            terminal.line(_in_a_line(row) if self._many else _whole(row))

    def _findings(self, row: PackageRow) -> None:
        for finding in row.findings:
            is_shown = self._verbose or finding.severity is Severity.WARNING or finding.code.startswith("lms-")
            if finding.severity is Severity.ERROR or (is_shown and not self._quiet):
                terminal.line(finding)

    def end(self, figures: Figures, schemas: Path | None, seconds: float) -> None:
        show.number_unjudged(figures.unjudged, schemas)
        if not self._many or self._quiet:
            return
        states = figures.states
        parts = [(states["unusable"], "cannot be checked")]
        parts += [(figures.as_before, "checked before"), (figures.passed_over, "files of other kinds skipped")]
        more = [f"{number} {localization.said(word)}" for number, word in parts if number]
        told = ", ".join([*show.judged(states["sound"], states["not sound"]), *more])
        from coursepack.cli import many

        number = show.counted(figures.found, "packages")
        terminal.plain(f"{number}: {told} ({many.clock(seconds)})" if told else number)


def _whole(row: PackageRow) -> str:
    title = localization.said(row.title)
    return f"{row.file}: {row.state} ({title}; findings: {show.summary(row.findings)})"


def _in_a_line(row: PackageRow) -> str:
    """With the codes of its errors, the most frequent first."""
    counted = Counter(finding.code for finding in row.findings if finding.severity is Severity.ERROR)
    named = [f"{code} ({times})" if times > 1 else code for code, times in counted.most_common(_NAMED)]
    codes = ", ".join(named) + (" …" if len(counted) > _NAMED else "")
    return f"{_whole(row)}: {codes}" if codes else _whole(row)


class _JsonPrinter:
    """What is for programs alone; what cannot be checked is told on stderr, too."""

    def add(self, row: PackageRow) -> None:
        if row.state == "unusable":
            _unusable(row)

    def end(self, figures: Figures, schemas: Path | None, seconds: float) -> None:
        show.number_unjudged(figures.unjudged, schemas)


class _Json(_JsonPrinter):
    def __init__(self) -> None:
        self._records: list[dict[str, object]] = []

    def add(self, row: PackageRow) -> None:
        super().add(row)
        if row.kind is not None:
            self._records.append(record(row))

    def end(self, figures: Figures, schemas: Path | None, seconds: float) -> None:
        super().end(figures, schemas, seconds)
        terminal.data(self._records)


class _JsonLines(_JsonPrinter):
    def add(self, row: PackageRow) -> None:
        super().add(row)
        terminal.data_line(record(row))


class _Sarif(_JsonPrinter):
    def __init__(self) -> None:
        self._log = sarif.Log(__version__)
        self._begun = False

    def add(self, row: PackageRow) -> None:
        super().add(row)
        self._begin()
        _written(self._log.add(row.file, row.findings))

    def end(self, figures: Figures, schemas: Path | None, seconds: float) -> None:
        super().end(figures, schemas, seconds)
        self._begin()
        _written(self._log.end())

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            _written(self._log.begin())


def _written(data: bytes) -> None:
    click.echo(data.decode(), file=terminal.unguarded(), nl=False)
