"""``coursepack validate``."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from coursepack.cli.options import Command, jobs, wanted

_ANY = 1 << 20
"""More packages than are judged at once anywhere."""


@click.command(
    "validate",
    cls=Command,
    examples=(
        "coursepack validate output/my-course",
        "coursepack validate package.imscc --lms canvas",
        "coursepack validate packages --report report.html",
    ),
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE...]")
@click.option(
    "--from", "listed", metavar="FILE", help="Read more paths from this file, one per line; «-» reads standard input."
)
@click.option(
    "--schemas",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with official XML schemas (XSD) to check against as well.",
)
@click.option(
    "--lms", type=click.Choice(["moodle", "canvas", "openedx"]), help="Also report what this LMS cannot import."
)
@jobs
@click.option(
    "--no-cache",
    is_flag=True,
    help="Check everything again, including packages that did not change since the last check.",
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=("Write a report: a page (.html), one line of JSON per package (.jsonl) or SARIF (.sarif). Repeatable."),
)
@click.option("--json", "form", flag_value="json", help="Print the results as JSON.")
@click.option("--jsonl", "form", flag_value="jsonl", help="Print each result as a line of JSON as soon as it is ready.")
@click.option("--sarif", "form", flag_value="sarif", help="Print the findings as SARIF 2.1.0.")
@click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
@click.option("-v", "--verbose", count=True, help="Also print notes.")
def command(
    files: tuple[Path, ...],
    listed: str | None,
    schemas: Path | None,
    lms: str | None,
    jobs: int | None,
    no_cache: bool,
    reports: tuple[Path, ...],
    form: str | None,
    quiet: bool,
    verbose: int,
) -> None:
    """Check Common Cartridge, SCORM and QTI packages, Moodle XML and backups, question files, EPUB books and Word
    documents (DOCX).

    FILE is a package, an unpacked package, or a folder of packages.

    Each problem is one line: file!member:line: severity: message [code] -> what to do. If there are many
    packages, one line per package is printed.

    Exit code 0: no errors, 1: errors were found, 2: a file cannot be read.
    """
    from coursepack.batch import package_inputs, package_report, packages, verdicts
    from coursepack.cli import localization, show, verdict_printers

    if not files and listed is None:
        raise click.UsageError("Missing argument 'FILE...'.")
    for path in reports:
        package_report.check(path)
    many = listed is not None or package_inputs.of_folders(files)
    kept = verdicts.Verdicts(verdicts.home(), lms) if many or len(files) > 1 else None
    printer = verdict_printers.printer(
        form, quiet=quiet, verbose=verbose, many=many or len(files) > verdict_printers.FEW
    )
    figures, started = package_report.Figures(), time.monotonic()
    at_once = wanted(jobs, _ANY if many else len(files))
    # Where its lines are seen as they come, they say enough.
    silent = quiet or sys.stdout.isatty() or not (many or len(files) > verdict_printers.FEW)
    with _list(listed) as more, package_report.RowSpool() as spool, show.progress(quiet=silent) as say:
        pieces = package_inputs.package_inputs_of(files, package_inputs.listed(more) if more else ())
        rows = packages.rows(pieces, schemas, lms, at_once, None if no_cache or schemas else kept)
        for number, row in enumerate(rows, 1):
            figures.add(row)
            say(f"{number} files looked at")
            if row is None:
                continue
            printer.add(row)
            if reports:
                spool.add(row)
        printer.end(figures, schemas, time.monotonic() - started)
        for path in reports:
            package_report.write(path, spool, figures, localization.say())
    if kept is not None and not no_cache:
        verdicts.pruned(kept.folder, time.time())
    if figures.states["unusable"] or figures.states["not sound"]:
        raise click.exceptions.Exit(2 if figures.states["unusable"] else 1)


@contextmanager
def _list(name: str | None) -> Iterator[BinaryIO | None]:
    """The list that is named, opened."""
    from coursepack.place import CoursepackError, Place

    if name is None:
        yield None
    elif name == "-":
        yield sys.stdin.buffer
    else:
        try:
            file = Path(name).open("rb")  # noqa: SIM115 - closed below; what is done with it has errors of its own
        except OSError as problem:
            raise CoursepackError(f"cannot be read: {problem.strerror}", Place(name)) from None
        with file:
            yield file
