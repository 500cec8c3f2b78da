"""``coursepack formats``."""

from __future__ import annotations

import click


@click.command("formats")
@click.option("--json", "as_json", is_flag=True, help="Print the formats as JSON.")
def command(*, as_json: bool) -> None:
    """List the output formats. Those marked * are built by default (without --format)."""
    from coursepack import plugins, writers
    from coursepack.cli import localization, show, terminal

    found = list(writers.installed())
    if as_json:
        keys = ("format", "table", "default", "summary")
        terminal.data(
            [dict(zip(keys, (name, one.table, one.default, one.summary), strict=True)) for name, one in found]
        )
    else:
        rows = [
            (
                name + (" *" if writer.default else ""),
                f"[{writer.table}]" if writer.table else "",
                localization.said(writer.summary),
            )
            for name, writer in found
        ]
        show.table(["format", "options", "what it is"], rows)
    for problem in writers.broken():
        terminal.line(f"error: {problem}", err=True)
    for finding in plugins.told():
        terminal.line(finding, err=True)
