"""``coursepack archive``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coursepack.cli.options import engine, jobs, links

if TYPE_CHECKING:
    from coursepack.registrar.access import Access
    from coursepack.registrar.archive import Layout


@click.command("archive")
@click.argument("builds", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True), metavar="BUILD...")
@click.option("--to", "to", required=True, type=click.Path(path_type=Path), help="The folder of the archive.")
@click.option("--date", metavar="YYYY-MM-DD", help="The day of archiving, as your books state it (never the clock's).")
@click.option("--retention", metavar="TEXT", help="The retention term in your own words.")
@click.option("--minutes", metavar="NUMBER", help="Number of the minutes, when course.toml does not state it.")
@click.option("--minutes-date", metavar="YYYY-MM-DD", help="Date of the minutes.")
@click.option("--info", "more", multiple=True, metavar="LABEL=VALUE", help="One more tag of bag-info.txt (repeatable).")
@click.option(
    "--sources",
    "roots",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Where to look for the course.toml of the build (repeatable; default: here, and beside the output folder).",
)
@click.option("--templates", type=click.Path(path_type=Path, exists=True, file_okay=False), help="A department's own.")
@click.option(
    "--access",
    type=click.Choice(["public", "restricted", "both"]),
    help="A part for everybody (no keys, tickets, sources, questions of classes), all of it, or both, a bag each.",
)
@click.option(
    "--layout",
    type=click.Choice(["bag", "ocfl"]),
    default="bag",
    show_default=True,
    help="A bag each, or an OCFL object a course, each edition the next version of it.",
)
@click.option(
    "--new-edition",
    is_flag=True,
    help="Where this is archived already with other tags (no date, say): one more bag that names it.",
)
@jobs
@links
def command(
    builds: tuple[Path, ...],
    to: Path,
    date: str | None,
    retention: str | None,
    minutes: str | None,
    minutes_date: str | None,
    more: tuple[str, ...],
    roots: tuple[Path, ...],
    templates: Path | None,
    access: Access | None,
    layout: Layout,
    new_edition: bool,
    jobs: int | None,
    follow_links: bool,
) -> None:
    """Put each BUILD (a folder OUTPUT/<course id>) with its sources into a BagIt bag below --to."""
    from coursepack.batch import bags
    from coursepack.cli import show, terminal
    from coursepack.place import CoursepackError
    from coursepack.registrar.edition import Registered

    tags: dict[str, str] = {}
    for text in more:
        label, mark, value = text.partition("=")
        if not mark:
            raise click.BadParameter(f"{text!r}, expected LABEL=VALUE", param_hint="--info")
        tags[label.strip()] = value
    registered = Registered(date=date, retention=retention, minutes=minutes, minutes_date=minutes_date, more=tags)
    if date is None:
        terminal.line("no --date: the bag will not say when it was archived (no clock is read)", err=True)
    unusable = False
    with engine(jobs, len(builds)) as by:
        request = bags.BagRequest(access=access, layout=layout, new_edition=new_edition)
        found = bags.archived(builds, to, registered, roots, templates, by, follow_links=follow_links, asked=request)
        for done in found:
            if isinstance(done, CoursepackError):
                if len(builds) == 1:
                    raise done
                terminal.errors(done)
                unusable = True
                continue
            for one in done:
                show.findings(one.findings)
                terminal.line(f"{one.path}{' (archived already, the same)' if one.already else ''}")
    if unusable:
        raise click.exceptions.Exit(2)
