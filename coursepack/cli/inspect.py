"""``coursepack inspect``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("inspect")
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the course model as JSON.")
@click.option("--page", type=click.Path(path_type=Path, dir_okay=False), help="Write a page: source beside course.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the course model.")
@click.option("-v", "--verbose", count=True, help="Print every note and the ledger line by line.")
def command(path: Path | None, as_json: bool, page: Path | None, schema: bool, verbose: int) -> None:
    """Show how the documents at PATH were understood: the course as a tree, counts, ledger, findings."""
    import msgspec

    from coursepack import build, course
    from coursepack.cli import show
    from coursepack.place import CoursepackError, has_errors

    if schema:
        encoded = msgspec.json.encode(course.json_schema(), order="deterministic")
        click.echo(msgspec.json.format(encoded, indent=1))
        return
    if path is None:
        raise CoursepackError("no PATH was given, expected a course folder or a document")
    failed = False
    for loaded in build.find_projects([path]):
        understood = build.understand(loaded)
        if as_json:
            click.echo(course.encode(understood.course), nl=False)
        else:
            from coursepack.cli import tree

            tree.print_course(understood, build.counts(understood.course), verbose=verbose)
        if page:
            from coursepack import inspection

            inspection.write_page(page, understood)
            click.echo(f"wrote {page}", err=True)
        show.findings(understood.findings, verbose=0 if as_json else verbose)
        failed |= has_errors(understood.findings)
    if failed:
        raise click.exceptions.Exit(1)
