"""``coursepack convert``."""

from __future__ import annotations

from pathlib import Path

import click

from coursepack.cli.options import links


@click.command("convert")
@click.argument("bank", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("-f", "-t", "--format", "name", required=True, metavar="NAME", help="The format to write.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path(), help="A folder or a file.  [default: here]"
)
@click.option(
    "--since", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Moodle XML: only what is new."
)
@click.option(
    "--split", type=click.IntRange(min=1), help="At most so many questions a file: moodle-xml, qti21, qti22, qti3."
)
@click.option("--skip-bad", is_flag=True, help="Leave out questions that cannot be read.")
@click.option(
    "--first-right/--no-first-right",
    default=None,
    help="Tagged text that does not tell: the first variant is right, or there is no key.",
)
@click.option(
    "--free-ticks",
    is_flag=True,
    help="A wrong tick costs nothing where several answers are right and no points are reported.",
)
@click.option(
    "-O", "--option", "options", multiple=True, metavar="NAME=VALUE", help="An option of the format, as in course.toml."
)
@links
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", count=True, help="Print notes too.")
def command(
    bank: Path,
    name: str,
    output: Path,
    since: Path | None,
    split: int | None,
    skip_bad: bool,
    first_right: bool | None,
    free_ticks: bool,
    options: tuple[str, ...],
    follow_links: bool,
    quiet: bool,
    verbose: int,
) -> None:
    """Convert the questions in BANK to another format.

    BANK is GIFT, Aiken, Moodle XML, CSV, XLSX, QTI (an item or a package), a cartridge, a Moodle backup, or text or a
    document (.txt, .docx, .pdf, .md) in tags (Platonus), AST-Test, Blackboard's tabs, task lists, text2qti or LiaScript
    quizzes.
    """
    from coursepack import convert
    from coursepack.cli import show, terminal
    from coursepack.place import has_errors

    with show.progress(quiet=quiet) as say:
        done = convert.convert(
            bank,
            name,
            output,
            skip_bad=skip_bad,
            since=since,
            split=split,
            follow_links=follow_links,
            first_right=first_right,
            free_ticks=free_ticks,
            options=dict(map(_option, options)),
            say=say,
        )
    show.findings(done.findings, verbose=verbose, quiet=quiet)
    if has_errors(done.findings):
        terminal.line("nothing was written: errors were found (--skip-bad leaves wrong questions out)", err=True)
        raise click.exceptions.Exit(1)
    if not quiet:
        if not done.files:
            terminal.line("nothing was written: no question is new")
        for path, size in done.files:
            terminal.plain(f"{path}  {show.size(size)}")


def _option(said: str) -> tuple[str, object]:
    """``levels=[50, 50, 50]``: the value is one of TOML, or a text."""
    import tomllib

    name, sign, value = said.partition("=")
    if not sign or not name.strip():
        raise click.BadParameter(f"{said!r}, expected NAME=VALUE", param_hint="--option")
    try:
        found = tomllib.loads(f"value = {value}")
    except tomllib.TOMLDecodeError:
        return name.strip(), value.strip()
    return name.strip(), found["value"] if set(found) == {"value"} else value.strip()
