"""``coursepack formats``."""

from __future__ import annotations

import click


@click.command("formats")
def command() -> None:
    """List the output formats. Those marked * are built by default (without --format)."""
    from coursepack import plugins, writers
    from coursepack.cli import localization, show, terminal

    rows = []
    for name, writer in writers.installed():
        rows.append(
            (
                name + (" *" if writer.default else ""),
                f"[{writer.table}]" if writer.table else "",
                localization.said(writer.summary),
            )
        )
    show.table(["format", "options", "what it is"], rows)
    for problem in writers.broken():
        terminal.line(f"error: {problem}", err=True)
    for finding in plugins.told():
        terminal.line(finding, err=True)
