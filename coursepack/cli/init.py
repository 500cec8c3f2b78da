"""``coursepack init``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click
import msgspec

from coursepack.cli.options import links


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--force", is_flag=True, help="Overwrite a course.toml that is there.")
@links
def command(folder: Path, force: bool, follow_links: bool) -> None:
    """Look at the documents in FOLDER, say what each seems to be and why, and write a draft course.toml."""
    from coursepack import discovery, publish, readers
    from coursepack import folder as account
    from coursepack.cli import show, terminal
    from coursepack.place import CoursepackError, Place
    from coursepack.project import course_toml as project

    target = folder / project.FILE_NAME
    if os.path.lexists(target) and not force:
        raise CoursepackError("is there already, nothing was written", Place(str(target)), "use --force to overwrite")
    files, strange = discovery.documents_in(folder, follow_links=follow_links)
    for problem in strange.values():
        terminal.line(f"left out: {problem}", err=True)
    if not files:
        known = ", ".join(sorted(readers.endings()))
        raise CoursepackError("holds no document that can be read", Place(str(folder)), f"expected one of {known}")
    found = discovery.drafting(folder, files, strange, follow_links=follow_links)
    for name, problem in found.problems.items():
        if name not in strange:
            terminal.line(f"left out: {problem}", err=True)
    drafted = found.draft
    if not drafted.data["source"]:
        raise CoursepackError("none of its documents can be read, nothing was written", Place(str(folder)))
    rows = [(source["file"], _said(source), drafted.reasons[source["file"]]) for source in drafted.data["source"]]
    show.table(["file", "seems to be", "because"], rows)
    publish.file(target, [drafted.text.encode()])
    loaded = discovery.find_projects([folder], follow_links=follow_links)[0]
    held = account.account(msgspec.structs.replace(loaded, passed=found.left))
    show.account(held, {row.fate for row in held.files} - {"source"})
    terminal.line(f"wrote {target}; look at it, then run: coursepack inspect {folder}")


def _said(source: dict[str, Any]) -> str:
    """«lecture 3, week 2»."""
    number = f" {source['number']}" if "number" in source else ""
    return f"{source['role']}{number}" + (f", week {source['week']}" if "week" in source else "")
