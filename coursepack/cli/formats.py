"""``coursepack formats``."""

from __future__ import annotations

import click


@click.command("formats")
def command() -> None:
    """List the products that can be written; those marked * are built when no --format is given."""
    from coursepack import plugins, writers
    from coursepack.cli import show, terminal

    rows = []
    usable, broken = writers.usable()
    for name, writer in usable.items():
        rows.append(
            (name + (" *" if writer.default else ""), f"[{writer.table}]" if writer.table else "", writer.summary)
        )
    show.table(["format", "options", "what it is"], rows)
    for told in (*map(str, broken), *(f"left out: {text}" for text in plugins.hidden(writers.GROUP))):
        terminal.line(f"warning: {told}", err=True)
