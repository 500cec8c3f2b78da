"""``coursepack verify``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from coursepack.registrar.rebuild import Inside


@click.command("verify")
@click.argument("bags", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="BAG...")
@click.option("--rebuild", is_flag=True, help="Build the products again from the sources inside, and compare.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def command(bags: tuple[Path, ...], rebuild: bool, as_json: bool, quiet: bool) -> None:
    """Check that each BAG (a folder, or a zip or tar of one) is complete and unchanged.

    Exit 0: it is, 1: it is not, 2: no bag.
    """
    from coursepack.cli import terminal
    from coursepack.place import CoursepackError, has_errors
    from coursepack.registrar import rebuild as again
    from coursepack.registrar.verify import verify

    records, status = [], 0
    for path in bags:
        try:
            verified = verify(path)
            if rebuild and not has_errors(verified.findings):
                verified.findings += again.check(path, _build)
        except CoursepackError as problem:
            terminal.line(f"error: {problem}", err=True)
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
            terminal.line(f"{path}: {_word(sound=sound, rebuilt=rebuild)} ({verified.files} files)")
    if as_json:
        terminal.data(records)
    if status:
        raise click.exceptions.Exit(status)


def _word(*, sound: bool, rebuilt: bool) -> str:
    if not sound:
        return "not as it was archived"
    return "complete and unchanged, and its sources give its products" if rebuilt else "complete and unchanged"


def _build(inside: Inside, output: Path) -> Path:
    """Build the course of a bag again, as its report says it was built."""
    from coursepack import build, projects
    from coursepack.place import CoursepackError

    report = inside.report
    split = report.asked.get("split")
    settings = build.Settings(
        formats=tuple(dict.fromkeys(product.format for product in report.products if product.format != "pdf")),
        audience=report.asked.get("audience"),
        split=int(split) if split else None,
        templates=inside.templates,
        previous=inside.previous,
    )
    (loaded,) = projects.find_projects([inside.sources])
    ((name, edition),) = build.editions(loaded, report.language)
    built = build.build(edition, output, settings, name=name)
    if built.folder is None:
        problem = next(finding for finding in built.findings if finding.severity == "error")
        raise CoursepackError(problem.message, problem.place, problem.advice)
    return built.folder
