"""``coursepack inspect``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coursepack import languages
from coursepack.cli.options import Command, links
from coursepack.outline import Understood

if TYPE_CHECKING:
    _ParamType = click.ParamType[tuple[int, int]]
else:
    _ParamType = click.ParamType


class _LineRange(_ParamType):
    """A line, or the first and the last of several: «12», «120-140»."""

    name = "lines"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        found = _SPAN.fullmatch(str(value))
        first, last = (int(found["first"]), int(found["last"] or found["first"])) if found else (0, 0)
        if not 0 < first <= last:
            self.fail(f"{value!r} is no line, expected a number from 1, or two of them: 120-140", param, ctx)
        return first, last


_SPAN = re.compile(r"(?P<first>[0-9]{1,9})(?:[-–](?P<last>[0-9]{1,9}))?")


@click.command(
    "inspect",
    cls=Command,
    examples=(
        "coursepack inspect my-course",
        "coursepack inspect my-course --files",
        "coursepack inspect lecture.docx --why 12",
    ),
)
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--language", type=click.Choice(languages.known()), help="Show the edition in this language.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print the course model as JSON (a list if there are several courses)."
)
@click.option("--files", is_flag=True, help="Show only the files of the folder and how each was used.")
@click.option(
    "--page",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write an HTML page that shows the sources beside the course.",
)
@click.option(
    "--why",
    type=_LineRange(),
    metavar="LINE",
    help="Explain how this line or paragraph (or range, such as 120-140) was recognized.",
)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the course model and exit.")
@links
@click.option(
    "-v", "--verbose", count=True, help="Also print notes and, line by line, what each line of a source was used for."
)
def command(
    path: Path | None,
    language: str | None,
    as_json: bool,
    files: bool,
    page: Path | None,
    why: tuple[int, int] | None,
    schema: bool,
    follow_links: bool,
    verbose: int,
) -> None:
    """Show what was recognized in the documents at PATH: the course as a tree, counts, the files of the folder and
    how each was used, and findings.

    PATH is a course folder or a document. Nothing is written, except with --page. If the course has several
    languages, the first edition is shown unless --language names another.
    """
    from coursepack import build, discovery
    from coursepack.cli import localization, show, terminal
    from coursepack.model.account import Account
    from coursepack.model.course import Course
    from coursepack.model.course_json import json_schema
    from coursepack.place import CoursepackError, has_errors

    if schema:
        terminal.data(json_schema(), order="deterministic")
        return
    if path is None:
        raise CoursepackError("no PATH was given, expected a course folder or a document")
    failed = False
    courses: list[Account | Course] = []
    show.findings(discovery.beside_courses([path], follow_links=follow_links))
    found = discovery.find_projects([path], follow_links=follow_links)
    for loaded in found:
        understood = build.understand(build.editions(loaded, language)[0][1])
        if why is not None:
            _print_why(understood, *why)
            continue
        courses.append((understood.account or Account(())) if files else understood.course)
        if not as_json and not files:
            show.findings(understood.foremost, verbose=verbose)
            from coursepack.cli import tree

            tree.print_course(understood, build.counts(understood.course), verbose=verbose)
            show.declared(loaded.declared_at)
        if not as_json and understood.account:
            show.account(understood.account)
        if page:
            from coursepack import inspection

            target = page if len(found) == 1 else page.with_stem(f"{page.stem}-{loaded.project.id}")
            inspection.write_page(target, understood, localization.say())
            terminal.line(f"wrote {target}", err=True)
        foremost = [] if as_json or files else understood.foremost
        rest = [one for one in understood.findings if one not in foremost]
        show.findings(rest, verbose=0 if as_json else verbose)
        failed |= has_errors(understood.findings)
    if as_json and len(courses) == 1:
        terminal.data(courses[0], order="deterministic")
    elif as_json:
        terminal.data(courses, order="deterministic")
    if failed:
        raise click.exceptions.Exit(1)


def _print_why(understood: Understood, first: int, last: int) -> None:
    """The reasons, a line each. Raises ``CoursepackError`` where no source has such a line."""
    from coursepack import outline
    from coursepack.cli import localization, terminal
    from coursepack.place import CoursepackError

    reasons = outline.why(understood, first, last, localization.said)
    if not reasons:
        asked = str(first) if first == last else f"{first}-{last}"
        raise CoursepackError(
            f"no source contains text of the course at {asked}; inspect --page shows the line numbers"
        )
    for each in reasons:
        terminal.plain(each)
