"""``coursepack verify``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coursepack.cli.options import Command, engine, jobs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coursepack.place import Finding
    from coursepack.registrar.rebuild import Templates
    from coursepack.registrar.signatures.protocol import Trust


@click.command(
    "verify",
    cls=Command,
    examples=(
        "coursepack verify archive/BAG --rebuild",
        "coursepack verify archive --older-than 90 --report audit.html",
        "coursepack verify archive --sample 100 --seed 2026",
    ),
)
@click.argument("bags", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="BAG...")
@click.option(
    "--rebuild", is_flag=True, help="Rebuild the products from the sources in the bag and compare them byte by byte."
)
@click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="With --rebuild: your own copy of the templates with which the bag was built.",
)
@click.option(
    "--trust-templates",
    is_flag=True,
    help=(
        "With --rebuild: use the templates in the bag. Templates are programs, so do this only if you "
        "trust who made the bag."
    ),
)
@click.option(
    "--trust",
    "roots",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="FILE|DIR",
    help="Trusted certificates (PEM or DER): signatures must lead to one of them (repeatable).",
)
@click.option(
    "--crl",
    "lists",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="FILE|DIR",
    help="Revocation lists (PEM or DER) and OCSP responses (DER) (repeatable).",
)
@click.option(
    "--older-than",
    type=click.IntRange(min=0),
    metavar="DAYS",
    help=(
        "In a folder of bags: check only bags whose last successful check is at least this old, and those that failed."
    ),
)
@click.option(
    "--sample", type=click.IntRange(min=1), metavar="N", help="In a folder of bags: check a random sample of this size."
)
@click.option(
    "--seed",
    default="0",
    show_default=True,
    metavar="TEXT",
    help="Seed of --sample: the same seed draws the same bags.",
)
@click.option("--again", is_flag=True, help="Start an interrupted audit from the beginning.")
@click.option(
    "--report",
    "reports",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=(
        "Write a report: a page (.html), a PDF (.pdf, needs coursepack[print]) or one line of JSON per bag (.jsonl)."
    ),
)
@click.option("--at", metavar="YYYY-MM-DD", help="Check certificates as of this date.  [default: today]")
@jobs
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
def command(
    bags: tuple[Path, ...],
    rebuild: bool,
    templates: Path | None,
    trust_templates: bool,
    roots: tuple[Path, ...],
    lists: tuple[Path, ...],
    older_than: int | None,
    sample: int | None,
    seed: str,
    again: bool,
    reports: tuple[Path, ...],
    at: str | None,
    jobs: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Check that each BAG is complete and unchanged, and that the signatures in it belong to its files.

    BAG is the folder of a bag, its zip or tar archive, an OCFL object, or a folder of many bags. The results
    for a folder of bags are recorded in its catalogue, and an interrupted audit is continued.

    With --rebuild the products are built again from the sources in the bag, in a process without network access
    that writes only to a temporary folder.

    Exit code 0: all bags are sound, 1: a bag is not sound, 2: not a bag.
    """
    from coursepack.batch import audit, audit_page
    from coursepack.cli import auditing, localization, terminal
    from coursepack.registrar import rebuild as again_
    from coursepack.registrar.signatures import store

    for path in reports:
        audit_page.check(path)
    trust = store.read(roots, lists, at)
    own = again_.Templates(templates, of_the_bag=trust_templates) if rebuild else None
    scope = audit.AuditScope(older_than, sample, seed, again)
    folders = [path for path in bags if audit.is_archive(path)]
    alone = [path for path in bags if path not in folders]
    audits = [auditing.done(folder, scope, own, trust, jobs, quiet=quiet, print_it=not as_json) for folder in folders]
    status = max((auditing.status(each) for each in audits), default=0)
    records, code = _alone(alone, own, trust, jobs, as_json=as_json, quiet=quiet) if alone else ([], 0)
    if as_json:
        terminal.data([*records, *(row for each in audits for row in each.rows)])
    for path in reports:
        audit_page.write(path, [*audits, *auditing.of_records(records)], localization.say())
    if status := max(status, code):
        raise click.exceptions.Exit(status)


def _alone(
    bags: Sequence[Path], own: Templates | None, trust: Trust, jobs: int | None, *, as_json: bool, quiet: bool
) -> tuple[list[dict[str, Any]], int]:
    """Verify bags that were named one by one: what was found of each, and the exit code."""
    from coursepack.batch import bags as batch
    from coursepack.cli import terminal
    from coursepack.place import CoursepackError, has_errors
    from coursepack.registrar import events

    records: list[dict[str, Any]] = []
    status = 0
    left: list[tuple[Path, events.Outcome, tuple[str, ...]]] = []
    with engine(jobs, len(bags)) as by:
        for path, verified in zip(bags, batch.verified(bags, own, by, trust), strict=True):
            if isinstance(verified, CoursepackError):
                terminal.errors(verified)
                status = 2
                continue
            sound = not has_errors(verified.findings)
            status = max(status, 0 if sound else 1)
            codes = {finding.code for finding in verified.findings if finding.severity != "note"}
            left.append((path, "pass" if sound else "fail", tuple(sorted(codes))))
            record = {"bag": str(path), "sound": sound, "tags": verified.tags, "findings": verified.findings}
            records.append(record | {"signatures": verified.signatures})
            if as_json:
                continue
            for finding in verified.findings:
                if not quiet or finding.severity == "error":
                    terminal.line(finding)
            if not quiet:
                word = _word(verified.findings, sound=sound, rebuilt=own is not None)
                terminal.line(f"{path}: {word} ({verified.files} files)")
    try:
        events.leave(left)
    except CoursepackError as problem:  # the archive may be read only; what was found is told all the same
        terminal.line(f"the catalogue was not updated: {problem.message}", err=True)
    return records, status


def _word(findings: list[Finding], *, sound: bool, rebuilt: bool) -> str:
    if any(finding.code == "rebuild-templates" for finding in findings):
        return "complete and unchanged, but not rebuilt"
    if not sound:
        unproven = {finding.code for finding in findings if finding.severity == "error"} == {"signature-unproven"}
        return (
            "complete and unchanged, but the identity of the signer is not proven"
            if unproven
            else "not as it was archived"
        )
    if any(finding.code == "rebuild-public" for finding in findings):
        return "complete and unchanged; a public part has no sources, so nothing was rebuilt"
    return "complete and unchanged, and its sources give its products" if rebuilt else "complete and unchanged"
