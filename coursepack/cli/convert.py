"""``coursepack convert``."""

from __future__ import annotations

from pathlib import Path

import click

from coursepack.cli.options import Command, links


@click.command(
    "convert",
    cls=Command,
    examples=(
        "coursepack convert test.docx -f moodle-xml",
        "coursepack convert bank.xml -f gift -o bank.gift",
        "coursepack convert bank.xml -f platonus -O options=4",
    ),
)
@click.argument("bank", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("-f", "-t", "--format", "name", required=True, metavar="NAME", help="Output format.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Output folder or file.  [default: the current folder]",
)
@click.option(
    "--since",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Moodle XML: write only questions that are new or changed since this earlier file.",
)
@click.option(
    "--split", type=click.IntRange(min=1), help="Maximum number of questions per file (moodle-xml, qti21, qti22, qti3)."
)
@click.option("--skip-bad", is_flag=True, help="Leave out questions with errors and write the others.")
@click.option(
    "--first-right/--no-first-right",
    default=None,
    help=(
        "For a bank that does not mark the right answers: take the first variant of each question as "
        "right, or take none."
    ),
)
@click.option(
    "--free-ticks",
    is_flag=True,
    help=("Questions with several right answers: a wrong tick takes off nothing unless the bank states points."),
)
@click.option(
    "-O",
    "--option",
    "options",
    multiple=True,
    metavar="NAME=VALUE",
    help="Set an option of the output format, as in course.toml (repeatable).",
)
@links
@click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
@click.option("-v", "--verbose", count=True, help="Also print notes.")
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
    """Convert the questions in the file BANK to another format.

    BANK is GIFT, Aiken, Moodle XML, a table (CSV, XLSX), QTI (an item or a package), a Common Cartridge, a
    Moodle backup, or a text or document (.txt, .docx, .pdf, .md) with questions: numbered with options, tagged
    (Platonus), AST-Test, Blackboard, text2qti or LiaScript.
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
        terminal.line("nothing was written: errors were found (--skip-bad leaves out questions with errors)", err=True)
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
