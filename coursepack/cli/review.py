"""``coursepack review``."""

from __future__ import annotations

from pathlib import Path

import click

from coursepack.cli.options import Command, links


@click.command("review", cls=Command, examples=("coursepack review my-course",))
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("output"), show_default=True, help="Output folder."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1; 0 picks a free one.", show_default=True
)
@click.option("--no-browser", is_flag=True, help="Print the address and do not open a browser.")
@links
def command(folder: Path, output: Path, port: int, no_browser: bool, follow_links: bool) -> None:
    """Show the course in FOLDER in the browser beside its sources, ask about doubtful places, and write your
    corrections into its course.toml.

    The page is available on this machine only. Needs the extra: pip install 'coursepack[review]'.
    """
    from coursepack.cli import terminal
    from coursepack.place import CoursepackError

    try:
        from coursepack.review.serve import serve
    except ModuleNotFoundError as problem:
        message = f"coursepack review needs {problem.name}, which is not installed"
        raise CoursepackError(message, advice="pip install 'coursepack[review]'") from None
    serve(folder, output, port=port, browser=not no_browser, follow_links=follow_links, say=terminal.line)
