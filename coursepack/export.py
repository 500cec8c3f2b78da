"""The course itself as text that can be edited and built from again: Markdown or course.json."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coursepack import build, discovery, names, publish, writers
from coursepack.model.course_json import encode
from coursepack.place import CoursepackError, Finding, Place
from coursepack.render.pictures_of import attached, pictures
from coursepack.writers.plain.markdown_blocks import address, file_address


@dataclass
class Exported:
    """What was written (path, size in bytes) and what a person should know."""

    files: list[tuple[Path, int]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def export(
    paths: Sequence[Path],
    name: str,
    output: Path,
    *,
    force: bool = False,
    follow_links: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> Exported:
    """Write the courses at ``paths`` into the folder ``output`` as ``markdown`` or ``json``.

    Pictures and files go into ``assets/`` there.

    Raises ``CoursepackError`` for unusable input, for a file that is there already (without ``force``), and for a
    folder that cannot be written.
    """
    done = Exported()
    for loaded in discovery.find_projects(paths, follow_links=follow_links):
        for edition, chosen in build.editions(loaded):
            understood = build.understand(chosen, say=say)
            done.findings += understood.findings
            if name == "json":
                kinds = pictures(understood.course)
                members = {f"{edition}.json": encode(understood.course)}
                held = understood.assets
                members |= {address(name, kinds[name]): held.read(name) for name in sorted(kinds) if held.holds(name)}
                files = {file_address(block): block.asset for block in attached(understood.course)}
                members |= {path: held.file(files[path]) for path in sorted(files) if files[path] in held.data}
            else:
                written = writers.load(name).write(understood.course, writers.Context(assets=understood.assets))
                done.findings += written.findings
                found = (member for artifact in written.artifacts for member in artifact.members)
                members = {_named(member.path, understood.course.id, edition): member.read() for member in found}
            done.files += _written(members, output, force=force)
    return done


def _named(path: str, course: str, edition: str) -> str:
    """The text of an edition is called by it: editions share the id of their course."""
    return f"{edition}.md" if path == f"{course}.md" else path


def _written(members: dict[str, bytes], output: Path, *, force: bool) -> list[tuple[Path, int]]:
    for name in members:
        if reason := names.problem(name):
            raise CoursepackError(f"no file is written under the name {name[:80]!r}: {reason}", Place(str(output)))
        _refuse_links(output, name)
        if os.path.lexists(output / name) and not force and not name.startswith("assets/"):
            place = Place(str(output / name))
            raise CoursepackError(
                "exists already", place, "choose another folder with -o, or overwrite it with --force"
            )
    return [(output / name, publish.file(output / name, [data])) for name, data in members.items()]


def _refuse_links(output: Path, name: str) -> None:
    """A folder below the one that the call names may not lead elsewhere."""
    for folder in (output / name).relative_to(output).parents:
        if (output / folder).is_symlink() and folder != Path():
            place = Place(str(output / folder))
            raise CoursepackError("is a link, expected a folder", place, "choose another folder with -o")
