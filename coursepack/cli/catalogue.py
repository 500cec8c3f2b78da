"""``coursepack catalogue``."""

from __future__ import annotations

from pathlib import Path

import click

from coursepack.cli.options import links


@click.command("catalogue")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--course", metavar="TEXT", help="In its id, title or code.")
@click.option("--year", metavar="TEXT", help="Of the academic year.")
@click.option("--department", metavar="TEXT", help="Of the department or faculty.")
@click.option("--checksum", metavar="HEX", help="SHA-512 or SHA-256 of any file in a bag, or its first digits.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@click.option("--anew", is_flag=True, help="Forget the register and read every bag again.")
@links
def command(
    folder: Path,
    course: str | None,
    year: str | None,
    department: str | None,
    checksum: str | None,
    as_csv: bool,
    anew: bool,
    follow_links: bool,
) -> None:
    """Keep a register of the bags below DIR (DIR/catalogue.sqlite), and find bags in it."""
    from coursepack.cli import show, terminal
    from coursepack.registrar import catalogue

    updated = catalogue.update(folder, anew=anew, follow_links=follow_links)
    show.findings(updated.findings)
    rows = catalogue.find(folder, catalogue.Query(course=course, year=year, department=department, checksum=checksum))
    if as_csv:
        terminal.block(catalogue.to_csv(rows))
        return
    columns = ("course", "title", "language", "year", "semester", "revision", "department", "archived")
    show.table([*columns, "bag"], [[*(row.tags.get(column, "") for column in columns), row.path] for row in rows])
    terminal.line(f"{len(rows)} of {updated.bags} bags; {updated.read} read, {updated.gone} gone")
