"""``coursepack diff``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coursepack.cli.options import Command, links

if TYPE_CHECKING:
    from coursepack.registrar.parts import Revision


@click.command(
    "diff",
    cls=Command,
    examples=(
        "coursepack diff archive/BAG-2025 archive/BAG-2026",
        "coursepack diff old/course.json output/my-course --html changes.html",
    ),
)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write an HTML page that shows the changed words.",
)
@click.option("--papers", "by_page", is_flag=True, help="Compare the papers (PDF) of both, page by page.")
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON.")
@links
def command(old: Path, new: Path, page: Path | None, by_page: bool, as_json: bool, follow_links: bool) -> None:
    """Show what changed for a reader from OLD to NEW.

    Both may be bags, builds, course folders, course.json files, packages, or papers (PDF, compared page by
    page).
    """
    from coursepack import publish
    from coursepack.cli import localization, terminal
    from coursepack.registrar import diff, diff_page, papers, revision

    if by_page or (papers.is_paper(old) and papers.is_paper(new)):
        before, after = papers.read(old), papers.read(new)
    else:
        before, after = _side(old, follow_links=follow_links), _side(new, follow_links=follow_links)
    revision.alike(before, after)
    changes = diff.compare(before, after)
    if page:
        publish.file(page, [diff_page.page(before, after, changes)])
    if as_json:
        records = [{"what": c.what, "kind": c.kind, "old": c.old, "new": c.new} for c in changes]
        terminal.data(records)
    else:
        for line in diff_page.lines(changes, localization.said):
            terminal.plain(line)


def _side(path: Path, *, follow_links: bool) -> Revision:
    """What a path holds; a course folder is read as ``inspect`` reads it."""
    from coursepack import build, discovery
    from coursepack.project import course_toml as project
    from coursepack.registrar import parts, revision

    if path.name != project.FILE_NAME and not (path / project.FILE_NAME).is_file():
        return revision.read(path)
    (loaded,) = discovery.find_projects([path], follow_links=follow_links)
    return parts.of_course(build.understand(loaded).course, str(path))
