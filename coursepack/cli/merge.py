"""``coursepack merge``."""

from __future__ import annotations

from pathlib import Path

import click

from coursepack.cli.options import Command


@click.command(
    "merge",
    cls=Command,
    examples=("coursepack merge syllabus.docx my-course --dry-run", "coursepack merge syllabus.docx my-course"),
)
@click.argument("paper", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="SYLLABUS.docx")
@click.argument("course", type=click.Path(path_type=Path, exists=True), default=Path(), metavar="[COURSE]")
@click.option("--dry-run", is_flag=True, help="Show what would change and write nothing.")
@click.option(
    "--replace", is_flag=True, help="Where the syllabus and course.toml differ, take the value of the syllabus."
)
@click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
def command(paper: Path, course: Path, dry_run: bool, replace: bool, quiet: bool) -> None:
    """Copy what was filled in on a printed or edited syllabus (DOCX made by coursepack) into the course.toml of
    COURSE.

    Comments and the order of course.toml are kept. A value that differs from course.toml or the documents is
    reported and not overwritten (unless --replace is given), and so is every line that has no place in
    course.toml.
    """
    from coursepack import publish
    from coursepack.cli import localization, show, terminal
    from coursepack.review import merged

    done = merged.merge(paper, course, replace=replace)
    if done.text != done.before and not dry_run:
        publish.file(done.file, [done.text.encode()])
    show.findings(done.findings, verbose=1, quiet=quiet)
    if quiet:
        return
    for change in done.placed:
        terminal.plain(f"{'.'.join(change.path)} = {merged.shown(change.value)}  ({localization.said(change.place)})")
    if dry_run:
        terminal.line(f"{len(done.placed)} values would be put into {done.file}")
    else:
        terminal.line(f"{len(done.placed)} values were put into {done.file}")
