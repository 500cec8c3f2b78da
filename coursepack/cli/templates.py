"""``coursepack templates``."""

from __future__ import annotations

import shutil
from pathlib import Path

import click


@click.group("templates")
def command() -> None:
    """The templates of pages (HTML) and papers (DOCX): copy them, change them, build with --templates DIR."""


@command.command("copy")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
def copy(folder: Path, force: bool) -> None:
    """Copy the shipped templates into FOLDER. Keep those that you change; the others may be deleted again."""
    from coursepack.cli import terminal
    from coursepack.place import CoursepackError, Place
    from coursepack.resources import templates_dir

    source = templates_dir()
    files = [path for path in sorted(source.rglob("*")) if path.is_file() and not path.name.startswith((".", "~"))]
    there = [path for path in files if (folder / path.relative_to(source)).exists()]
    if there and not force:
        name = there[0].relative_to(source).as_posix()
        raise CoursepackError(
            f"holds {name} already, nothing was copied", Place(str(folder)), "use --force to overwrite"
        )
    try:
        for path in files:
            target = folder / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            terminal.line(target)
    except OSError as problem:
        raise CoursepackError(f"cannot be written: {problem.strerror}", Place(str(folder))) from None
    terminal.line(f"copied {len(files)} templates; change them, then run: coursepack build COURSE --templates {folder}")
