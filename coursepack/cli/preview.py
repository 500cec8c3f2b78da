"""``coursepack preview``."""

from __future__ import annotations

from pathlib import Path

import click

from coursepack.cli.options import Command


@click.command(
    "preview",
    cls=Command,
    examples=("coursepack preview my-course", "coursepack preview output/my-course/my-course-scorm12.zip"),
)
@click.argument("path", type=click.Path(path_type=Path, exists=True), metavar="FOLDER|BUILD")
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    metavar="NAME",
    help="Format to build from the sources.  [default: site]",
)
@click.option(
    "--templates",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with a department's own templates, used in place of the built-in ones.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1; 0 picks a free one.", show_default=True
)
@click.option("--no-browser", is_flag=True, help="Print the address and do not open a browser.")
def command(path: Path, formats: tuple[str, ...], templates: Path | None, port: int, no_browser: bool) -> None:
    """Show a build in the browser, or build the course in FOLDER, show it, and rebuild it when its documents
    change.

    BUILD is the folder of a build, one of its products, or an unpacked product. The page is available on this
    machine only. If a rebuild fails, the page says so and shows the last good build.
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
