"""``coursepack verify``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

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
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def command(
    bags: tuple[Path, ...], rebuild: bool, templates: Path | None, trust_templates: bool, as_json: bool, quiet: bool
) -> None:
    """Check that each BAG (a folder, or a zip or tar of one) is complete and unchanged.

    A bag is a stranger's: with --rebuild its sources are read and its products built in a process without network that
    writes in a temporary folder only.

    Exit 0: it is, 1: it is not, 2: no bag.
    """
    from coursepack.build_again import build_again, guards
    from coursepack.cli import terminal
    from coursepack.place import CoursepackError, has_errors
    from coursepack.registrar import rebuild as again
    from coursepack.registrar.verify import verify

    records, status = [], 0
    for path in bags:
        try:
            verified = verify(path)
            if rebuild and not has_errors(verified.findings):
                own = again.Templates(templates, of_the_bag=trust_templates)
                verified.findings += [*guards(), *again.check(path, build_again, own)]
        except CoursepackError as problem:
            terminal.errors(problem)
            status = 2
            continue
        sound = not has_errors(verified.findings)
        status = max(status, 0 if sound else 1)
        records.append({"bag": str(path), "sound": sound, "tags": verified.tags, "findings": verified.findings})
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
