"""``coursepack templates``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from coursepack.cli.options import Command


@click.group("templates")
def command() -> None:
    """Work with the templates of pages (HTML) and papers (DOCX): copy them, change them, and build with
    --templates DIR.
    """


@command.command("copy", cls=Command, examples=("coursepack templates copy templates",))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--force", is_flag=True, help="Overwrite existing files.")
def copy(folder: Path, force: bool) -> None:
    """Copy the built-in templates into FOLDER. Keep those that you change; you can delete the others."""
    from coursepack import publish
    from coursepack.cli import terminal
    from coursepack.files.resources import templates_dir
    from coursepack.place import CoursepackError, Place

    source = templates_dir()
    files = [path for path in sorted(source.rglob("*")) if path.is_file() and not path.name.startswith((".", "~"))]
    there = [path for path in files if os.path.lexists(folder / path.relative_to(source))]
    if there and not force:
        name = there[0].relative_to(source).as_posix()
        raise CoursepackError(
            f"holds {name} already, nothing was copied", Place(str(folder)), "use --force to overwrite"
        )
    targets = [folder / path.relative_to(source) for path in files]
    for below in {target.parent for target in targets} - {folder}:
        if below.is_symlink():
            raise CoursepackError("is a link, expected a folder", Place(str(below)), "choose another folder")
    for path, target in zip(files, targets, strict=True):
        publish.file(target, [path.read_bytes()])
        terminal.plain(str(target))
    terminal.line(f"copied {len(files)} templates; change them, then run: coursepack build COURSE --templates {folder}")


@command.command(
    "from",
    short_help="Create a template from an old syllabus.",
    cls=Command,
    examples=(
        "coursepack templates from old-syllabus.docx templates",
        "coursepack build my-course --templates templates",
    ),
)
@click.argument("old", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="OLD.docx")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--force", is_flag=True, help="Overwrite an existing template.")
def from_(old: Path, folder: Path, force: bool) -> None:
    """Create the template FOLDER/papers/syllabus.docx from a filled-in old syllabus.

    Fields are found by their labels, and those that were not found are listed. Look through the template before
    you use it.
    """
    from coursepack import old_syllabus, publish
    from coursepack.cli import localization, terminal
    from coursepack.files.zipped import zip_bytes
    from coursepack.place import CoursepackError, Place

    target = folder / "papers" / "syllabus.docx"
    if os.path.lexists(target) and not force:
        raise CoursepackError("exists already", Place(str(target)), "use --force to overwrite")
    made = old_syllabus.template_of(old)
    publish.file(target, [zip_bytes(made.members)])
    for name, place in made.found.items():
        terminal.plain(f"{name}: {localization.said(place)}")
    if made.missing:
        terminal.line(f"not found: {', '.join(made.missing)}")
    if made.left:
        tables = "; ".join(localization.said(table) for table in made.left)
        terminal.line(f"left as it was: {tables}")
    terminal.line(f"made {target}; look at it in Word, then run: coursepack build COURSE --templates {folder}")


@command.command(
    "gallery",
    short_help="Create a page with pictures of all papers and fields.",
    cls=Command,
    examples=("coursepack templates gallery gallery.html",),
)
@click.argument("page", type=click.Path(path_type=Path, dir_okay=False), metavar="PAGE.html")
@click.option(
    "--templates",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder with a department's own templates, used in place of the built-in ones.",
)
@click.option("--words", "language", default=None, help="Language of the papers.  [default: the language of messages]")
@click.option("--force", is_flag=True, help="Overwrite an existing page.")
def gallery(page: Path, templates: Path | None, language: str | None, force: bool) -> None:
    """Create a page with a picture of each paper and of each field that a template may contain."""
    from coursepack import gallery, languages, publish
    from coursepack.cli import localization, terminal
    from coursepack.place import CoursepackError, Place

    if os.path.lexists(page) and not force:
        raise CoursepackError("exists already", Place(str(page)), "use --force to overwrite")
    if language is not None and language not in languages.known():
        raise click.BadParameter(f"{language!r} is none of {', '.join(languages.known())}")
    say = localization.say()
    publish.file(page, [gallery.page(language or say.language, say, templates).encode()])
    terminal.line(f"made {page}")
