"""``coursepack preview``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("preview")
@click.argument("path", type=click.Path(path_type=Path, exists=True), metavar="FOLDER|BUILD")
@click.option(
    "-f", "--format", "formats", multiple=True, metavar="NAME", help="What is built of sources (site unless said)."
)
@click.option("--templates", type=click.Path(path_type=Path, exists=True, file_okay=False), help="A department's own.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Of 127.0.0.1; 0: a free one.", show_default=True
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def command(path: Path, formats: tuple[str, ...], templates: Path | None, port: int, no_browser: bool) -> None:
    """Show a build in the browser, or build the sources at FOLDER and again as they change.

    A build is its folder, one product of it or an unpacked one. The page is served to this machine alone; a build that
    fails is told on it, and the last good one stays.
    """
    from coursepack import writers
    from coursepack.cli import localization, terminal
    from coursepack.preview.serve import serve

    names = tuple(name.strip() for text in formats for name in text.split(",") if name.strip())
    for name in names:
        writers.known(name)
    serve(
        path,
        formats=names,
        templates=templates,
        port=port,
        browser=not no_browser,
        language=localization.say().language,
        say=terminal.line,
        said=localization.said,
    )
