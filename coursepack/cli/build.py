"""``coursepack build``."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from coursepack import languages
from coursepack.cli.options import engine, jobs, links, scheduler

if TYPE_CHECKING:
    from coursepack.batch.courses import Done
    from coursepack.place import Finding
    from coursepack.publish import Product


@click.command("build")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("output"), show_default=True)
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    metavar="NAME",
    help="Only this product (may be repeated); others of an earlier build are carried over unchanged.",
)
@click.option(
    "--audience",
    type=click.Choice(["student", "teacher", "both"]),
    help="Whose Common Cartridges; the teacher's holds keys and grader's notes.",
)
@click.option("--language", type=click.Choice(languages.known()), help="Only the edition in this language.")
@click.option("--templates", type=click.Path(path_type=Path, exists=True, file_okay=False), help="A department's own.")
@click.option("--schemas", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Official XSDs to add.")
@click.option(
    "--since", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Moodle XML: only what is new."
)
@click.option("--split", type=click.IntRange(min=1), help="At most so many questions a Moodle XML file.")
@click.option(
    "--previous", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="course.json whose ids to keep."
)
@click.option(
    "--update-since",
    "update",
    type=click.Path(path_type=Path),
    metavar="OLD_BUILD",
    help="Moodle backup: also one of what is new or changed since this build, whose ids are kept.",
)
@click.option(
    "--pdf",
    is_flag=True,
    help="Papers as PDF too: PDF/A-3a and PDF/UA-1 by Typst (the extra print), else by LibreOffice.",
)
@jobs
@scheduler
@click.option("--force", is_flag=True, help="Of several courses build also those of which nothing changed.")
@click.option("--retry", is_flag=True, help="Build again also what failed before, though nothing of it changed.")
@click.option("--only-changed", is_flag=True, help="Build a single course, too, only if something of it changed.")
@click.option(
    "--ledger", type=click.Path(path_type=Path, file_okay=False), help="Where to keep what was built of which files."
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="What became of every course, as a page (.html) or as a line of JSON each (.jsonl); may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the reports as JSON.")
@links
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", count=True, help="Print notes too.")
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
    follow_links: bool,
    as_json: bool,
    quiet: bool,
    verbose: int,
) -> None:
    """Build the courses at PATH (a course folder, a folder of them, or documents) into OUTPUT/<course id>.

    Several courses are built side by side, and of those that were built before only what changed since.
    """
    from coursepack import build, discovery, writers
    from coursepack.batch import report as summary
    from coursepack.batch.courses import Courses
    from coursepack.cli import many, show, speech, terminal

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
    show.findings(discovery.beside_courses(paths, follow_links=follow_links), quiet=quiet)
    sites = list(discovery.sites(paths))
    courses = Courses(
        sites,
        output,
        settings,
        again="all" if force else "failed" if retry else "changed",
        remembered=len(sites) > 1 or only_changed,
        ledger=ledger,
        follow_links=follow_links,
    )
    started = time.monotonic()
    with show.progress(quiet=quiet or as_json) as say, engine(jobs, len(sites), scheduler) as courses.engine:
        courses.say = say
        done = many.followed(courses, say)
    rows = [each.row for each in done]
    figures = summary.summary(rows, time.monotonic() - started)
    show.findings(_strange(courses.templates), quiet=quiet)
    show.unjudged((finding for each in done for finding in each.told()), schemas)
    if as_json:
        terminal.data([each.report for each in done if each.report])
    few = len(done) <= many.FEW or verbose or quiet
    for each in done:
        if not as_json and few:
            _print(each, verbose=verbose, quiet=quiet)
        if few and each.row.state in {"unusable", "lost"}:
            many.problems(each.row, alone=len(done) == 1)
    if not few:
        many.failures(rows)
    if len(done) > 1 and not (quiet or as_json):
        many.summary(figures)
    for path in reports:
        summary.write(path, rows, figures, speech.say())
    if any(row.state in {"unusable", "lost"} for row in rows):
        raise click.exceptions.Exit(2)
    if any(row.failed for row in rows):
        raise click.exceptions.Exit(1)


def _strange(used: set[Path]) -> Iterator[Finding]:
    """A warning for each file in folders of templates that no product looks for."""
    from coursepack.files.resources import strange_templates
    from coursepack.place import Place, warning

    for folder in sorted(used):
        for path, near in strange_templates(folder):
            advice = f"did you mean {near}?" if near else "coursepack templates copy FOLDER shows the names there are"
            yield warning("template-unused", "no product looks for a template of this name", Place(str(path)), advice)


def _print(done: Done, *, verbose: int, quiet: bool) -> None:
    """What was found in an edition of a course, and what was made of it."""
    from coursepack.cli import show, speech, terminal

    row, found = done.row, done.told()
    if row.state in {"unusable", "lost"}:
        return
    show.findings(found, verbose=verbose, quiet=quiet)
    if quiet:
        return
    counted = [f"{number} {name.replace('_', ' ')}" for name, number in row.counts.items() if number]
    figures = ", ".join(map(speech.said, counted))
    terminal.plain(f"{row.title} ({row.course}, {row.language}): {figures}")
    if row.as_before:
        terminal.line("nothing of it changed since it was built")
    if row.folder is None:
        terminal.line("not published: errors were found; the last good build stays as it was")
        return
    rows = [
        (product.format, str(Path(row.folder) / product.file), show.size(product.size), speech.said(_judged(product)))
        for product in row.products
    ]
    show.table(["product", "file", ">size", "checks"], rows)
    terminal.line(f"findings: {show.summary(found)}")
    terminal.line("")


def _judged(product: Product) -> str:
    if product.carried_from is not msgspec.UNSET:
        return "carried over from an earlier build"
    return f"{len(product.checks)} passed" if product.checks else "-"
