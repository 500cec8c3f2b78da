"""``coursepack merge``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("merge")
@click.argument("paper", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="OLD.docx")
@click.argument("course", type=click.Path(path_type=Path, exists=True), default=Path(), metavar="[COURSE]")
@click.option("--dry-run", is_flag=True, help="Say what would change, write nothing.")
@click.option("--replace", is_flag=True, help="Take the paper's value where course.toml has another.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def command(paper: Path, course: Path, dry_run: bool, replace: bool, quiet: bool) -> None:
    """Take what was filled by hand into a printed syllabus back into the course.toml of COURSE.

    Comments and order of the file stay. A value that course.toml or the documents say otherwise is told and not
    overwritten; so is every line that has no place there.
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
