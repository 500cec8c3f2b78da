"""``coursepack export``."""

from __future__ import annotations

from pathlib import Path

import click

from coursepack.cli.options import links


@click.command("export")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True), metavar="PATH...")
@click.option("-f", "--format", "name", type=click.Choice(["markdown", "json"]), default="markdown", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="A folder.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
@links
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", count=True, help="Print notes too.")
def command(
    paths: tuple[Path, ...], name: str, output: Path, force: bool, follow_links: bool, quiet: bool, verbose: int
) -> None:
    """Write the course at PATH as text that can be edited and built from again.

    The Markdown names its parts in comment lines, which must stay; everything between them may be changed. Build from
    it with «coursepack build COURSE.md» or as a [[source]] with role = "course".
    """
    from coursepack import export
    from coursepack.cli import show, terminal

    with show.progress(quiet=quiet) as say:
        done = export.export(paths, name, output, force=force, follow_links=follow_links, say=say)
    show.findings(done.findings, verbose=verbose, quiet=quiet)
    if not quiet:
        for path, size in done.files:
            terminal.plain(f"{path}  {show.size(size)}")
