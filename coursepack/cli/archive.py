"""``coursepack archive``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coursepack.cli.options import Command, engine, jobs, links

if TYPE_CHECKING:
    from coursepack.registrar.access import Access
    from coursepack.registrar.archive import Layout


@click.command(
    "archive",
    cls=Command,
    examples=(
        "coursepack archive output/my-course --to archive --date 2026-09-01",
        "coursepack archive output/* --to archive --access both --minutes 3",
    ),
)
@click.argument("builds", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True), metavar="BUILD...")
@click.option("--to", "to", required=True, type=click.Path(path_type=Path), help="Archive folder.")
@click.option(
    "--date",
    metavar="YYYY-MM-DD",
    help="Date of archiving, as in your records. It is never taken from the computer's clock.",
)
@click.option("--retention", metavar="TEXT", help="Retention period, in your own words.")
@click.option("--minutes", metavar="NUMBER", help="Number of the minutes, if course.toml does not state it.")
@click.option("--minutes-date", metavar="YYYY-MM-DD", help="Date of the minutes, if course.toml does not state it.")
@click.option(
    "--info", "more", multiple=True, metavar="LABEL=VALUE", help="Additional tag for bag-info.txt (repeatable)."
)
@click.option(
    "--sources",
    "roots",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help=(
        "Folder to search for the course.toml of the build (repeatable).  [default: the current folder "
        "and the one with the output folder]"
    ),
)
@click.option(
    "--templates",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with a department's own templates, used in place of the built-in ones.",
)
@click.option(
    "--access",
    type=click.Choice(["public", "restricted", "both"]),
    help=(
        "What to archive: a public part (without keys, tickets, sources and class questions), everything "
        "(restricted), or both in separate bags."
    ),
)
@click.option(
    "--layout",
    type=click.Choice(["bag", "ocfl"]),
    default="bag",
    show_default=True,
    help="One bag per build, or one OCFL object per course in which every build is a version.",
)
@click.option(
    "--new-edition",
    is_flag=True,
    help=(
        "If the same build is already archived with other tags (without a date, for example): add one "
        "more bag that refers to the earlier one."
    ),
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
    """Put each BUILD together with its sources into a BagIt bag in the folder --to.

    BUILD is the folder of one built course, OUTPUT/<course id>. The folders of the bags are printed.
    """
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
        terminal.line(
            "no --date was given: the bag will not state when it was archived (the computer's clock is not used)",
            err=True,
        )
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
