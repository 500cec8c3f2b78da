"""``coursepack build``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from coursepack import languages
from coursepack.cli.options import links

if TYPE_CHECKING:
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
    follow_links: bool,
    as_json: bool,
    quiet: bool,
    verbose: int,
) -> None:
    """Build the courses at PATH (a course folder, a folder of them, or documents) into OUTPUT/<course id>."""
    from coursepack import build, discovery, writers
    from coursepack.cli import show, terminal
    from coursepack.place import CoursepackError, Severity

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
    show.findings(discovery.beside_courses(paths, follow_links=follow_links), quiet=quiet)
    broken: list[CoursepackError] = []
    with show.progress(quiet=quiet or as_json) as say:
        found = discovery.find_projects(paths, follow_links=follow_links, broken=broken)
        used = {settings.of(each).templates for each in found}
        show.findings(_strange(used), quiet=quiet)
        results = build.build_all(found, output, settings, say, broken)
    if not results and len(broken) == 1:
        raise broken[0]
    show.unjudged((finding for built in results for finding in built.findings), schemas)
    if as_json:
        terminal.data([built.report for built in results])
    for built in results:
        if not as_json:
            show.findings(built.findings, verbose=verbose, quiet=quiet)
            if not quiet:
                _table(built)
    for problem in broken:
        terminal.errors(problem)
    if broken:
        raise click.exceptions.Exit(2)
    if any(finding.severity is Severity.ERROR for built in results for finding in built.findings):
        raise click.exceptions.Exit(1)


def _strange(used: set[Path | None]) -> Iterator[Finding]:
    """A warning for each file in folders of templates that no product looks for."""
    from coursepack.files.resources import strange_templates
    from coursepack.place import Place, warning

    for folder in sorted(filter(None, used)):
        for path, near in strange_templates(folder):
            advice = f"did you mean {near}?" if near else "coursepack templates copy FOLDER shows the names there are"
            yield warning("template-unused", "no product looks for a template of this name", Place(str(path)), advice)


def _table(built: object) -> None:
    from coursepack.build import Built
    from coursepack.cli import show, speech, terminal

    assert isinstance(built, Built)  # noqa: S101 - the type that is only imported here
    report = built.report
    counted = [f"{number} {name.replace('_', ' ')}" for name, number in report.counts.items() if number]
    figures = ", ".join(map(speech.said, counted))
    terminal.plain(f"{report.title} ({report.course}, {report.language}): {figures}")
    if built.folder is None:
        terminal.line("not published: errors were found; the last good build stays as it was")
        return
    rows = [
        (
            product.format,
            str(built.folder / product.file),
            show.size(product.size),
            speech.said(_judged(product)),
        )
        for product in report.products
    ]
    show.table(["product", "file", ">size", "checks"], rows)
    terminal.line(f"findings: {show.summary(built.findings)}")
    terminal.line("")


def _judged(product: Product) -> str:
    if product.carried_from is not msgspec.UNSET:
        return "carried over from an earlier build"
    return f"{len(product.checks)} passed" if product.checks else "-"
