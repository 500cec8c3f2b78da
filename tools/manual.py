"""Manual pages of the commands, made of their help: ``python -m tools.manual`` writes ``docs/man``. With ``--check``
nothing is written; it ends with 1 where a page is not as the help is. The wheel puts them below ``share/man/man1``.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import click
from click_man.core import generate_man_page

from coursepack import __version__
from coursepack.cli import COMMANDS, cli
from coursepack.cli.options import Command

FOLDER = Path(__file__).parents[1] / "docs" / "man"
_WIDTH = 100


def pages() -> dict[str, str]:
    """File name → page, one for each command."""
    return {f"{context.command_path.replace(' ', '-')}.1": _page(context) for context in _contexts()}


def _contexts() -> Iterator[click.Context]:
    waiting = [click.Context(cli, info_name="coursepack")]
    while waiting:
        context = waiting.pop()
        yield context
        group = context.command
        if isinstance(group, click.Group):
            below = ((name, group.get_command(context, name)) for name in group.list_commands(context))
            waiting += [click.Context(one, info_name=name, parent=context) for name, one in below if one is not None]


def _page(context: click.Context) -> str:
    """No day in its head: the same help gives the same page."""
    command = context.command
    for one in command.commands.values() if isinstance(command, click.Group) else ():
        one.short_help = one.get_short_help_str(_WIDTH)
    command.short_help = (COMMANDS.get(context.info_name or "") or (command.help or "").split(".")[0]).removesuffix(".")
    made = generate_man_page(context, version=__version__, date="coursepack")
    group = command
    if isinstance(group, click.Group) and "\n.SH COMMANDS" not in made:
        rows = [(name, group.get_command(context, name)) for name in group.list_commands(context)]
        told = "".join(
            f".PP\n\\fB{name}\\fP\n  {one.get_short_help_str(_WIDTH)}\n"
            f"  See \\fB{context.command_path}-{name}(1)\\fP.\n"
            for name, one in rows
            if one is not None
        )
        made = f"{made.rstrip()}\n.SH COMMANDS\n{told}"
    if isinstance(command, Command) and command.examples:
        shown = "\n".join(line.replace("-", "\\-") for line in command.examples)
        made = f"{made.rstrip()}\n.SH EXAMPLES\n.nf\n{shown}\n.fi\n"
    return re.sub(r"[ \t]+$", "", made, flags=re.MULTILINE).rstrip() + "\n"


def main() -> int:
    """Write the pages; ``--check``: the number that differ is the exit code's truth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    made = pages()
    there = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.1")}
    if not check:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name in there.keys() - made.keys():
            (FOLDER / name).unlink()
        for name, text in made.items():
            (FOLDER / name).write_text(text, "utf-8")
    return int(check and made != there)


if __name__ == "__main__":
    raise SystemExit(main())
