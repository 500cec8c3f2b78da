"""``coursepack review``."""

from __future__ import annotations

from pathlib import Path

import click

from coursepack.cli.options import links


@click.command("review")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("output"), show_default=True)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Of 127.0.0.1; 0: a free one.", show_default=True
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@links
def command(folder: Path, output: Path, port: int, no_browser: bool, follow_links: bool) -> None:
    """Show FOLDER in the browser, source beside course, and write what is corrected there into its course.toml.

    The page is served to this machine alone. Needs the extra: pip install 'coursepack[review]'.
    """
    from coursepack.cli import terminal
    from coursepack.place import CoursepackError

    try:
        from coursepack.review.serve import serve
    except ModuleNotFoundError as problem:
        message = f"coursepack review needs {problem.name}, which is not installed"
        raise CoursepackError(message, advice="pip install 'coursepack[review]'") from None
    serve(folder, output, port=port, browser=not no_browser, follow_links=follow_links, say=terminal.line)
