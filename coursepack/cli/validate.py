"""``coursepack validate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coursepack.cli.options import jobs, wanted

if TYPE_CHECKING:
    from coursepack.checks.products import Verdict


@click.command("validate")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--schemas", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Official XSDs to add.")
@click.option("--lms", type=click.Choice(["moodle", "canvas", "openedx"]), help="Also what this LMS cannot take.")
@jobs
@click.option("--json", "form", flag_value="json", help="Print the verdicts as JSON.")
@click.option("--sarif", "form", flag_value="sarif", help="Print the findings as SARIF 2.1.0.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", count=True, help="Print notes too.")
def command(
    files: tuple[Path, ...],
    schemas: Path | None,
    lms: str | None,
    jobs: int | None,
    form: str | None,
    quiet: bool,
    verbose: int,
) -> None:
    """Check Common Cartridges, SCORM packages, Moodle XML and backups, tagged tests, DOCX.

    FILE is a package or an unpacked folder.

    A problem is one line: file!member:line: severity: what [code] -> what to do.
    Exit 0: sound, 1: errors found, 2: a file that cannot be read.
    """
    from coursepack import __version__
    from coursepack.batch import packages
    from coursepack.checks import sarif
    from coursepack.cli import show, terminal
    from coursepack.place import CoursepackError

    verdicts: list[Verdict] = []
    unusable = False
    for _, found in packages.verdicts(files, schemas, lms, wanted(jobs, len(files))):
        if isinstance(found, CoursepackError):
            terminal.errors(found)
            unusable = True
            continue
        verdicts.append(found)
        if form is None:
            _print(found, quiet=quiet, verbose=verbose)
    show.unjudged((finding for verdict in verdicts for finding in verdict.findings), schemas)
    if form == "json":
        terminal.data([_record(verdict) for verdict in verdicts])
    elif form == "sarif":
        told = [finding for verdict in verdicts for finding in verdict.findings]
        log = sarif.log(told, [str(path) for path in files], __version__)
        terminal.data(log)
    if unusable or not all(verdict.sound for verdict in verdicts):
        raise click.exceptions.Exit(2 if unusable else 1)


def _print(verdict: Verdict, *, quiet: bool, verbose: int) -> None:
    from coursepack.cli import show, terminal
    from coursepack.place import Severity

    for finding in verdict.findings:
        asked = verbose or finding.severity is Severity.WARNING or finding.code.startswith("lms-")
        if finding.severity is Severity.ERROR or (asked and not quiet):
            terminal.line(finding)
    if not quiet:
        word = "sound" if verdict.sound else "not sound"
        terminal.line(f"{verdict.file}: {word} ({verdict.title}; findings: {show.summary(verdict.findings)})")


def _record(verdict: Verdict) -> dict[str, object]:
    return {
        "file": verdict.file,
        "kind": verdict.kind,
        "title": verdict.title,
        "sound": verdict.sound,
        "findings": verdict.findings,
    }
