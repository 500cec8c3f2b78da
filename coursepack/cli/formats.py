"""``coursepack formats``."""

from __future__ import annotations

import click


@click.command("formats")
def command() -> None:
    """List the products that can be written; those marked * are built when no --format is given."""
    from coursepack import writers
    from coursepack.cli import show

    rows = []
    for name in writers.names():
        writer = writers.load(name)
        rows.append(
            (name + (" *" if writer.default else ""), f"[{writer.table}]" if writer.table else "", writer.summary)
        )
    show.table(["format", "options", "what it is"], rows)
