"""``coursepack build``."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from coursepack import languages
from coursepack.cli.options import Command, engine, jobs, links, scheduler

if TYPE_CHECKING:
    from coursepack.batch.courses import Again, Done
    from coursepack.build import Settings
    from coursepack.place import Finding
    from coursepack.publish import Product

_EVERY = 0.7
"""Seconds between two looks at the files that are watched."""


@click.command(
    "build",
    cls=Command,
    examples=(
        "coursepack build my-course",
        "coursepack build courses -o output --report report.html",
        "coursepack build test.docx -f moodle-xml",
        "coursepack build my-course -f moodle-backup,scorm12",
    ),
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("output"), show_default=True, help="Output folder."
)
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    metavar="NAME",
    help=(
        "Format to build (repeatable, or a list with commas); «coursepack formats» lists them. Products "
        "of an earlier build in other formats are kept."
    ),
)
@click.option(
    "--audience",
    type=click.Choice(["student", "teacher", "both"]),
    help="Audience of the Common Cartridges. The teacher's cartridge contains keys and grader's notes.",
)
@click.option("--language", type=click.Choice(languages.known()), help="Build only the edition in this language.")
@click.option(
    "--templates",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with a department's own templates, used in place of the built-in ones.",
)
@click.option(
    "--schemas",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with official XML schemas (XSD) to check against as well.",
)
@click.option(
    "--since",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Moodle XML: write only questions that are new or changed since this earlier file.",
)
@click.option(
    "--split", type=click.IntRange(min=1), help="Maximum number of questions per file (moodle-xml, qti21, qti22, qti3)."
)
@click.option(
    "--previous",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Earlier course.json whose identifiers are reused.",
)
@click.option(
    "--update-since",
    "update",
    type=click.Path(path_type=Path),
    metavar="OLD_BUILD",
    help=(
        "Moodle backup: also write a backup of what is new or changed since this earlier build, and keep "
        "its identifiers."
    ),
)
@click.option(
    "--pdf",
    is_flag=True,
    help=(
        "Also print papers as PDF: PDF/A-3a and PDF/UA-1 with coursepack[print], otherwise plain PDF with LibreOffice."
    ),
)
@jobs
@scheduler
@click.option("--force", is_flag=True, help="With several courses: also build those that did not change.")
@click.option("--retry", is_flag=True, help="Also try again courses that failed before and did not change.")
@click.option(
    "--only-changed", is_flag=True, help="Do not build a course that did not change, even if it is the only one."
)
@click.option(
    "--ledger",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the build records, which show what changed since the last build.",
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=("Write a report on all courses: a page (.html) or one line of JSON per course (.jsonl). Repeatable."),
)
@click.option("--json", "as_json", is_flag=True, help="Print the build reports as JSON.")
@click.option(
    "--watch", is_flag=True, help="Keep running and rebuild whenever a source or a template changes (Ctrl-C stops)."
)
@links
@click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
@click.option("-v", "--verbose", count=True, help="Also print notes.")
def command(
    paths: tuple[Path, ...],
    output: Path,
    formats: tuple[str, ...],
    audience: str | None,
    language: str | None,
    templates: Path | None,
    schemas: Path | None,
    since: Path | None,
    split: int | None,
    previous: Path | None,
    update: Path | None,
    pdf: bool,
    jobs: int | None,
    scheduler: str | None,
    force: bool,
    retry: bool,
    only_changed: bool,
    ledger: Path | None,
    reports: tuple[Path, ...],
    watch: bool,
    follow_links: bool,
    as_json: bool,
    quiet: bool,
    verbose: int,
) -> None:
    """Build the courses at PATH into OUTPUT/<course id>.

    PATH is a course folder, a folder of course folders, or single documents. Without --format all default
    formats are built, those marked * by «coursepack formats».

    A product is published only if it passes its checks; if errors are found, the last good build stays as it
    was. Several courses are built in parallel, and only those that changed since the last build.
    """
    from coursepack import build, writers
    from coursepack.batch import report as summary

    names = tuple(name.strip() for text in formats for name in text.split(",") if name.strip())
    for name in names:
        writers.known(name)
    settings = build.Settings(
        formats=names,
        audience=audience,
        language=language,
        templates=templates,
        schemas=schemas,
        since=since,
        split=split,
        previous=previous,
        update=update,
        pdf=pdf,
    )
    for path in reports:
        summary.check(path)
    if scheduler is not None:  # other machines know no working folder of this one
        paths, output = tuple(path.absolute() for path in paths), output.absolute()
    call = _Call(
        paths,
        output,
        settings,
        again="all" if force else "failed" if retry else "changed",
        only_changed=only_changed,
        jobs=jobs,
        scheduler=scheduler,
        ledger=ledger,
        reports=reports,
        follow_links=follow_links,
        as_json=as_json,
        quiet=quiet,
        verbose=verbose,
    )
    if watch:
        _watched(call)
    elif status := _built(call):
        raise click.exceptions.Exit(status)


@dataclass(frozen=True)
class _Call:
    """What the call asks for."""

    paths: tuple[Path, ...]
    output: Path
    settings: Settings
    again: Again
    only_changed: bool
    jobs: int | None
    scheduler: str | None
    ledger: Path | None
    reports: tuple[Path, ...]
    follow_links: bool
    as_json: bool
    quiet: bool
    verbose: int


def _watched(call: _Call) -> None:
    """Build, and again whenever a source or a template changes; what goes wrong is told and waited over."""
    from coursepack.cli import terminal
    from coursepack.place import CoursepackError
    from coursepack.preview import watching

    more = [call.settings.templates] if call.settings.templates else []
    watched = [path.resolve() for path in (*call.paths, *more)]
    without = {path.resolve() for path in (call.output, *call.reports)}

    def state() -> watching.State:
        return watching.state(watched, without)

    def wait() -> bool:
        time.sleep(_EVERY)
        return False

    def build() -> None:
        try:
            _built(call)
        except CoursepackError as problem:
            terminal.errors(problem)
        sys.stdout.flush()  # what reads it sees each build when it is done
        terminal.line("waiting for changes; Ctrl-C stops it", err=True)

    seen = state()
    try:
        build()
        for _ in watching.changes(seen, state, wait):
            build()
    except KeyboardInterrupt:
        return


def _built(call: _Call) -> int:
    """Build once and say what came of it. Returns the exit code."""
    from coursepack import discovery
    from coursepack.batch import report as summary
    from coursepack.batch.courses import Courses
    from coursepack.cli import localization, many, show, terminal

    show.findings(discovery.beside_courses(call.paths, follow_links=call.follow_links), quiet=call.quiet)
    sites = list(discovery.sites(call.paths))
    courses = Courses(
        sites,
        call.output,
        call.settings,
        again=call.again,
        remembered=len(sites) > 1 or call.only_changed,
        ledger=call.ledger,
        follow_links=call.follow_links,
    )
    started = time.monotonic()
    with (
        show.progress(quiet=call.quiet or call.as_json) as say,
        engine(call.jobs, len(sites), call.scheduler) as courses.engine,
    ):
        courses.say = say
        done = many.followed(courses, say)
    rows = [each.row for each in done]
    figures = summary.summary(rows, time.monotonic() - started)
    show.findings(_strange(courses.templates), quiet=call.quiet)
    show.unjudged((finding for each in done for finding in each.told()), call.settings.schemas)
    if call.as_json:
        terminal.data([each.report for each in done if each.report])
    few = len(done) <= many.FEW or call.verbose or call.quiet
    for each in done:
        if not call.as_json and few:
            _print(each, verbose=call.verbose, quiet=call.quiet)
        if few and each.row.state in {"unusable", "lost"}:
            many.problems(each.row, alone=len(done) == 1)
    if not few:
        many.failures(rows)
    if len(done) > 1 and not (call.quiet or call.as_json):
        many.summary(figures)
    for path in call.reports:
        summary.write(path, rows, figures, localization.say())
    if any(row.state in {"unusable", "lost"} for row in rows):
        return 2
    return int(any(row.failed for row in rows))


def _strange(used: set[Path]) -> Iterator[Finding]:
    """A warning for each file in folders of templates that no product looks for."""
    from coursepack.files.resources import strange_templates
    from coursepack.place import Place, warning

    for folder in sorted(used):
        for path, near in strange_templates(folder):
            advice = f"did you mean {near}?" if near else "«coursepack templates copy FOLDER» shows which names exist"
            yield warning("template-unused", "no product uses a template of this name", Place(str(path)), advice)


def _print(done: Done, *, verbose: int, quiet: bool) -> None:
    """What was found in an edition of a course, and what was made of it."""
    from coursepack.cli import localization, show, terminal

    row, found = done.row, done.told()
    if row.state in {"unusable", "lost"}:
        return
    show.findings(found, verbose=verbose, quiet=quiet)
    if quiet:
        return
    figures = ", ".join(show.counted(number, name.replace("_", " ")) for name, number in row.counts.items() if number)
    terminal.plain(f"{row.title} ({row.course}, {row.language}): {figures}")
    if row.as_before:
        terminal.line("nothing has changed since it was built")
    if row.folder is None:
        terminal.line("not published: errors were found; the last good build stays as it was")
        return
    rows = [
        (
            product.format,
            str(Path(row.folder) / product.file),
            show.size(product.size),
            localization.said(_judged(product)),
        )
        for product in row.products
    ]
    show.table(["product", "file", ">size", "checks"], rows)
    terminal.line(f"findings: {show.summary(found)}")
    terminal.line("")


def _judged(product: Product) -> str:
    if product.carried_from is not msgspec.UNSET:
        return "carried over from an earlier build"
    return f"{len(product.checks)} passed" if product.checks else "-"
