"""``coursepack init``."""

from __future__ import annotations

import codecs
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from coursepack.cli.options import Command, links

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coursepack.discovery import Drafting
    from coursepack.model.account import FolderFile
    from coursepack.outline.draft import ProjectDraft


@click.command("init", cls=Command, examples=("coursepack init my-course", "coursepack init my-course --update"))
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--force", is_flag=True, help="Overwrite an existing course.toml.")
@click.option(
    "--update", is_flag=True, help="Add files that course.toml does not name yet and leave the rest of it unchanged."
)
@click.option("--json", "as_json", is_flag=True, help="Print the recognized roles of the documents as JSON.")
@links
def command(folder: Path, force: bool, update: bool, as_json: bool, follow_links: bool) -> None:
    """Examine the documents in FOLDER, print which role each seems to have and why, and write a draft course.toml
    there.
    """
    if update:
        _update(folder, as_json=as_json, follow_links=follow_links)
    else:
        _draft(folder, force=force, as_json=as_json, follow_links=follow_links)


def _draft(folder: Path, *, force: bool, as_json: bool, follow_links: bool) -> None:
    from coursepack import discovery, publish, readers
    from coursepack import folder as account
    from coursepack.cli import localization, show, terminal
    from coursepack.place import CoursepackError, Place
    from coursepack.project import course_toml as project

    target = folder / project.FILE_NAME
    if os.path.lexists(target) and not force:
        advice = "--update adds new files to it, --force overwrites it"
        raise CoursepackError("exists already; nothing was written", Place(str(target)), advice)
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
    publish.file(target, [drafted.text_in(localization.said).encode()])
    loaded = discovery.find_projects([folder], follow_links=follow_links)[0]
    held = account.account(msgspec.structs.replace(loaded, passed=found.left))
    if as_json:
        _data(target, drafted, held.files)
    else:
        _show(drafted)
        show.account(held, {row.fate for row in held.files} - {"source"})
    terminal.line(f"wrote {target}; look at it, then run: coursepack inspect {folder}", err=as_json)


def _update(folder: Path, *, as_json: bool, follow_links: bool) -> None:
    """Sources for the files that nobody listed yet, behind those that are listed."""
    from coursepack import discovery, publish
    from coursepack import folder as account
    from coursepack.cli import localization, terminal
    from coursepack.place import CoursepackError, Place
    from coursepack.project import added, strict_toml
    from coursepack.project import course_toml as project

    target = folder / project.FILE_NAME
    if not os.path.lexists(target):
        raise CoursepackError(
            "does not exist; there is nothing to update", Place(str(target)), "run init without --update"
        )
    loaded, missing, recorded = discovery.listed(target, follow_links=follow_links)
    new = [row.file for row in account.account(loaded).files if row.fate == "unlisted"]
    found = discovery.drafting(folder, new, {}, follow_links=follow_links)
    for problem in found.problems.values():
        terminal.line(f"left out: {problem}", err=True)
    again = _renamed(folder, missing, recorded, found, err=as_json)
    sources = found.draft.data["source"]
    found.draft.data["source"] = [one for one in sources if one["file"] not in again]
    if not found.draft.data["source"]:
        if not missing:
            terminal.line(f"{target} names every document of the folder; nothing was written", err=as_json)
        if as_json:
            _data(target, found.draft, found.left)
        return
    _, text = strict_toml.read(target)
    try:
        result = added.with_sources(text, found.draft.sources_in(localization.said))
    except ValueError:
        lines = "\n".join(line for source in found.draft.sources for line in source)
        message = "lists its sources in one value, where none can be added; nothing was written"
        raise CoursepackError(message, Place(str(target)), f"write them as tables, with these:\n{lines}") from None
    mark = codecs.BOM_UTF8 if target.read_bytes().startswith(codecs.BOM_UTF8) else b""
    publish.file(target, [mark + result.encode()])
    if as_json:
        _data(target, found.draft, found.left)
    else:
        _show(found.draft)
    number = len(found.draft.sources)
    added_now = f"added {number} sources to {target}" if number != 1 else f"added 1 source to {target}"
    terminal.line(added_now, err=as_json)


def _renamed(
    folder: Path, missing: Sequence[Mapping[str, Any]], recorded: Mapping[str, str], found: Drafting, *, err: bool
) -> dict[str, str]:
    """The new files that seem to be one that is not there any more, which is told and not listed once more."""
    from coursepack import visible
    from coursepack.cli import terminal
    from coursepack.files import unpacked
    from coursepack.files.hashes import sha256
    from coursepack.project import renamed

    again = renamed.renamed(
        missing, found.draft.data["source"], recorded, lambda name: sha256(unpacked.at(folder, name).read_bytes())
    )
    for new, old in again.items():
        said = visible.toml(new)
        terminal.line(
            f"{old} is not there, and {new} seems to be the same file: write file = {said} in its place", err=err
        )
    for old in (one["file"] for one in missing if one["file"] not in again.values()):
        terminal.line(f"{old} is not there, and no new file seems to be it: take its entry out", err=err)
    return again


def _data(target: Path, drafted: ProjectDraft, others: Sequence[FolderFile]) -> None:
    """What each document seems to be and why, and what became of the other files, as JSON."""
    from coursepack.cli import terminal

    sources = [{**source, "because": drafted.reasons[source["file"]]} for source in drafted.data.get("source", ())]
    rest = [row for row in others if row.fate != "source"]
    terminal.data({"course_toml": str(target), "sources": sources, "others": rest})


def _show(drafted: ProjectDraft) -> None:
    from coursepack.cli import localization, show

    rows = [
        (source["file"], localization.said(_said(source)), localization.said(drafted.reasons[source["file"]]))
        for source in drafted.data["source"]
    ]
    show.table(["file", "seems to be", "because"], rows)


def _said(source: dict[str, Any]) -> str:
    """«lecture 3, week 2»."""
    number = f" {source['number']}" if "number" in source else ""
    return f"{source['role']}{number}" + (f", week {source['week']}" if "week" in source else "")
