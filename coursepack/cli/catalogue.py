"""``coursepack catalogue``."""

from __future__ import annotations

from pathlib import Path

import click

from coursepack.cli.options import Command, engine, jobs, links

_EACH = 200
"""Bags for which a further process is worth its start."""


@click.command(
    "catalogue",
    cls=Command,
    examples=(
        "coursepack catalogue archive --course physics --year 2026",
        "coursepack catalogue archive --without archived --csv",
    ),
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--course", metavar="TEXT", help="Course ID, title or code contains TEXT.")
@click.option("--year", metavar="TEXT", help="Academic year contains TEXT.")
@click.option("--department", metavar="TEXT", help="Department or faculty contains TEXT.")
@click.option(
    "--checksum",
    metavar="HEX",
    help="The bag contains a file with this SHA-512 or SHA-256 (the first digits are enough).",
)
@click.option("--programme", metavar="TEXT", help="Educational programme contains TEXT.")
@click.option("--language", metavar="TEXT", help="Language of teaching: kk, ru, en …")
@click.option("--minutes", metavar="TEXT", help="Number of the minutes contains TEXT.")
@click.option("--access", metavar="TEXT", help="Access: public or restricted.")
@click.option("--without", metavar="FIELD", help="Field is not stated: archived, minutes, retention …")
@click.option("--unverified-since", metavar="YYYY-MM-DD", help="Not verified on this date or later.")
@click.option(
    "--sql", metavar="SELECT", help="Run an SQL query on the catalogue (tables bag, file, value, has, run, event)."
)
@click.option(
    "--feed",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the bags found as a JSON Feed for other systems.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the bags found as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the bags found as CSV.")
@click.option("--anew", is_flag=True, help="Rebuild the catalogue from all bags.")
@links
@jobs
def command(
    folder: Path,
    course: str | None,
    year: str | None,
    department: str | None,
    checksum: str | None,
    programme: str | None,
    language: str | None,
    minutes: str | None,
    access: str | None,
    without: str | None,
    unverified_since: str | None,
    sql: str | None,
    feed: Path | None,
    as_json: bool,
    as_csv: bool,
    anew: bool,
    follow_links: bool,
    jobs: int | None,
) -> None:
    """Catalogue the bags in DIR (in the file DIR/catalogue.sqlite) and list those that match all given options."""
    from coursepack import publish
    from coursepack.batch import bags
    from coursepack.cli import show, terminal
    from coursepack.registrar import catalogue, catalogue_find

    number = sum(1 for _ in catalogue.bags_in(folder)) if folder.is_dir() else 0
    with engine(jobs, number // _EACH) as by:
        updated = catalogue.update(folder, anew=anew, follow_links=follow_links, read=bags.entries(by))
    show.findings(updated.findings)
    if sql:
        names, cells = catalogue_find.sql(folder, sql)
        if as_json:
            terminal.data([dict(zip(names, row, strict=True)) for row in cells])
        else:
            show.table(names, cells)
        return
    query = catalogue_find.Query(
        course=course,
        year=year,
        department=department,
        checksum=checksum,
        programme=programme,
        language=language,
        minutes=minutes,
        access=access,
        without=without,
        unverified_since=unverified_since,
    )
    if feed:
        publish.file(feed, catalogue_find.feed(folder, query, folder.resolve().name))
    rows = catalogue_find.find(folder, query)
    if as_json:
        terminal.data([{"path": row.path, "tags": row.tags} for row in rows])
        return
    if as_csv:
        terminal.block(catalogue_find.to_csv(rows))
        return
    columns = ("course", "title", "language", "year", "semester", "revision", "department", "archived")
    show.table([*columns, "bag"], [[*(row.tags.get(column, "") for column in columns), row.path] for row in rows])
    terminal.line(f"{len(rows)} of {updated.bags} bags; {updated.read} read, {updated.gone} gone")
