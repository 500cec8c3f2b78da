"""``coursepack verify``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coursepack.cli.options import engine, jobs

if TYPE_CHECKING:
    from coursepack.place import Finding


@click.command("verify")
@click.argument("bags", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="BAG...")
@click.option("--rebuild", is_flag=True, help="Build the products again from the sources inside, and compare.")
@click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="With --rebuild: your own copy of the templates that the bag was built with.",
)
@click.option(
    "--trust-templates",
    is_flag=True,
    help="With --rebuild: run the templates inside the bag. They are programs of whoever made it.",
)
@click.option(
    "--trust",
    "roots",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="FILE|DIR",
    help="Certificates that you trust, PEM or DER: signatures must lead to one of them (repeatable).",
)
@click.option(
    "--crl",
    "lists",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="FILE|DIR",
    help="Revocation lists, PEM or DER (repeatable).",
)
@click.option("--at", metavar="YYYY-MM-DD", help="Judge certificates as of that day (default: today).")
@jobs
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def command(
    bags: tuple[Path, ...],
    rebuild: bool,
    templates: Path | None,
    trust_templates: bool,
    roots: tuple[Path, ...],
    lists: tuple[Path, ...],
    at: str | None,
    jobs: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Check that each BAG (a folder, or a zip or tar of one) is complete and unchanged.

    A bag is a stranger's: with --rebuild its sources are read and its products built in a process without network that
    writes in a temporary folder only.

    Exit 0: it is, 1: it is not, 2: no bag.
    """
    from coursepack.batch import bags as batch
    from coursepack.cli import terminal
    from coursepack.place import CoursepackError, has_errors
    from coursepack.registrar import rebuild as again
    from coursepack.registrar.signatures import store

    trust = store.read(roots, lists, at)

    records, status = [], 0
    own = again.Templates(templates, of_the_bag=trust_templates) if rebuild else None
    with engine(jobs, len(bags)) as by:
        found = zip(bags, batch.verified(bags, own, by, trust), strict=True)
        for path, verified in found:
            if isinstance(verified, CoursepackError):
                terminal.errors(verified)
                status = 2
                continue
            sound = not has_errors(verified.findings)
            status = max(status, 0 if sound else 1)
            record = {"bag": str(path), "sound": sound, "tags": verified.tags, "findings": verified.findings}
            records.append(record | {"signatures": verified.signatures})
            if as_json:
                continue
            for finding in verified.findings:
                if not quiet or finding.severity == "error":
                    terminal.line(finding)
            if not quiet:
                word = _word(verified.findings, sound=sound, rebuilt=rebuild)
                terminal.line(f"{path}: {word} ({verified.files} files)")
    if as_json:
        terminal.data(records)
    if status:
        raise click.exceptions.Exit(status)


def _word(findings: list[Finding], *, sound: bool, rebuilt: bool) -> str:
    if any(finding.code == "rebuild-templates" for finding in findings):
        return "complete and unchanged, but not built again"
    if not sound:
        return "not as it was archived"
    return "complete and unchanged, and its sources give its products" if rebuilt else "complete and unchanged"
