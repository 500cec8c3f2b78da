"""What ``verify`` prints of a folder of bags: one screen, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from coursepack.batch import audit
from coursepack.cli import localization, many, show, terminal
from coursepack.cli.options import engine
from coursepack.registrar.rebuild import Templates
from coursepack.registrar.signatures.protocol import Trust

_GROUPS = 12
"""Kinds of what is wrong on one screen."""
_NAMED = 4
"""Bags that are named for each."""


def done(
    folder: Path,
    requested: audit.AuditScope,
    templates: Templates | None,
    trust: Trust,
    jobs: int | None,
    *,
    quiet: bool,
    print_it: bool,
) -> audit.Audit:
    """Audit one folder, and print what was found. Raises ``CoursepackError``."""
    work = audit.Auditor(folder, requested)
    if work.goes_on and not quiet:
        terminal.line(f"continuing an interrupted audit; bags checked already: {work.audit.resumed}", err=True)
    with engine(jobs, len(work.due)) as by, show.progress(quiet=quiet) as say:
        for number in work.run(templates, trust, by):
            say(f"{number} of {len(work.due)} bags")
    if print_it:
        _reported(work.audit, quiet=quiet)
    return work.audit


def _reported(found: audit.Audit, *, quiet: bool) -> None:
    if found.findings and not quiet:
        terminal.line(
            f"{len(found.findings)} bags are not in the catalogue: they were made by other tools or are damaged",
            err=True,
        )
    groups = audit.groups(found.rows)
    if groups:
        table = [(str(len(group.bags)), group.code, _some(group.bags)) for group in groups[:_GROUPS]]
        show.table([">bags", "what is wrong", "such as"], table)
    if len(groups) > _GROUPS:
        terminal.line(f"{len(groups) - _GROUPS} more kinds of problems; --report FILE.html lists all")
    if quiet:
        return
    for word, names in (
        ("sound before, not sound now", found.broke),
        ("not sound before, sound now", found.mended),
        ("gone", found.gone),
    ):
        if names:
            terminal.plain(f"{localization.said(word)}: {_some(names)} ({len(names)})")
    if found.new:
        terminal.plain(f"{localization.said('verified for the first time')}: {len(found.new)}")
    good = sum(row.outcome == "pass" for row in found.rows)
    waiting = found.bags - found.due
    more = [f"{waiting} {localization.said('not due')}"] if waiting else []
    told = ", ".join([*show.judged(good, len(found.rows) - good), *more])
    terminal.plain(f"{show.counted(found.bags, 'bags')}: {told} ({many.clock(found.seconds)})")


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")


def status(found: audit.Audit) -> int:
    """The exit code."""
    outcomes = {row.outcome for row in found.rows}
    return 2 if "unusable" in outcomes else 1 if "fail" in outcomes else 0


def of_records(records: Iterable[dict[str, Any]]) -> list[audit.Audit]:
    """Bags that were named one by one, as an audit of them for a report."""
    rows = [
        audit.BagRow(
            bag=one["bag"],
            year=one["tags"].get("Academic-Year", ""),
            outcome="pass" if one["sound"] else "fail",
            codes=tuple(sorted({finding.code for finding in one["findings"] if finding.severity != "note"})),
            findings=tuple(one["findings"]),
            signatures=tuple(one["signatures"]),
        )
        for one in records
    ]
    return [audit.Audit(Path(), bags=len(rows), due=len(rows), rows=rows)] if rows else []
