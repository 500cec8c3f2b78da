"""``coursepack export``."""

from __future__ import annotations

from pathlib import Path

import click

from coursepack.cli.options import Command, links


@click.command(
    "export", cls=Command, examples=("coursepack export my-course -o text", "coursepack export my-course -f json")
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True), metavar="PATH...")
@click.option(
    "-f",
    "--format",
    "name",
    type=click.Choice(["markdown", "json"]),
    default="markdown",
    show_default=True,
    help="Output format.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Output folder.  [default: the current folder]",
)
@click.option("--force", is_flag=True, help="Overwrite existing files.")
@links
@click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
@click.option("-v", "--verbose", count=True, help="Also print notes.")
def command(
    paths: tuple[Path, ...], name: str, output: Path, force: bool, follow_links: bool, quiet: bool, verbose: int
) -> None:
    """Write the course at PATH as text that can be edited and built again.

    In the Markdown file, comment lines name the parts of the course and must stay; everything between them may
    be changed. Build it with «coursepack build COURSE.md», or name it in course.toml as a [[source]] with role
    = "course".
    """
    from coursepack import export
    from coursepack.cli import show, terminal

    with show.progress(quiet=quiet) as say:
        done = export.export(paths, name, output, force=force, follow_links=follow_links, say=say)
    show.findings(done.findings, verbose=verbose, quiet=quiet)
    if not quiet:
        for path, size in done.files:
            terminal.plain(f"{path}  {show.size(size)}")
