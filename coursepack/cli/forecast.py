"""``coursepack forecast``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coursepack.cli.options import Command

if TYPE_CHECKING:
    from coursepack.forecast import Arrival, Forecast


@click.command("forecast", cls=Command, examples=("coursepack forecast course.imscc --lms canvas",))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--lms", required=True, metavar="LMS", help="Target LMS: moodle-4.5, moodle-5.0, canvas or openedx.")
@click.option("--json", "as_json", is_flag=True, help="Print the forecasts as JSON.")
@click.option("-v", "--verbose", is_flag=True, help="Also list what is imported unchanged.")
def command(files: tuple[Path, ...], lms: str, *, as_json: bool, verbose: bool) -> None:
    """Show how an LMS will import a package, before it is uploaded: what arrives unchanged, what changes and what
    is lost.

    FILE is a Moodle backup, Moodle XML, GIFT, Aiken, a Common Cartridge or a SCORM package, made by coursepack
    or by another program.

    Exit code 0: the LMS imports it, 1: the LMS refuses it, 2: a file cannot be read.
    """
    from coursepack.cli import terminal
    from coursepack.place import CoursepackError

    result: list[Forecast] = []
    unusable = False
    for path in files:
        try:
            result.append(_forecast(path, lms))
        except CoursepackError as problem:
            terminal.errors(problem)
            unusable = True
    if as_json:
        terminal.data(result)
    else:
        for one in result:
            _print(one, verbose=verbose)
    if unusable or any(one.refused for one in result):
        raise click.exceptions.Exit(2 if unusable else 1)


def _forecast(path: Path, lms: str) -> Forecast:
    """The forecast of one file, by a process of its own: it may use so much time and memory and no more."""
    import os
    import tempfile

    from coursepack import isolated, limits
    from coursepack.forecast import Forecast
    from coursepack.forecast.rules import table
    from coursepack.place import Place

    table(lms)
    now = limits.now()
    with tempfile.TemporaryDirectory(prefix="coursepack-") as folder:
        return isolated.call(
            "coursepack.forecast.run:judged",
            os.fsencode(path.absolute()),
            Forecast,
            place=Place(str(path)),
            budget=isolated.ChildBudget(now.child_seconds, now.child_memory, now.archive_bytes),
            options={"lms": lms},
            writable=[Path(folder)],
        )


def _print(one: Forecast, *, verbose: bool) -> None:
    from collections import Counter

    from coursepack.cli import terminal
    from coursepack.cli.localization import said

    numbers = {reason.code: number for number, reason in enumerate(one.reasons, 1)}
    for arrival in one.arrivals:
        if verbose or arrival.fate != "kept":
            terminal.plain(_line(arrival, numbers))
    for reason in one.reasons:
        advice = f" -> {said(reason.advice)}" if reason.advice else ""
        terminal.plain(f"[{numbers[reason.code]}] {said(reason.says)} ({reason.source}){advice}")
    fates = Counter(str(arrival.fate) for arrival in one.arrivals)
    told = ", ".join(f"{fates[fate]} {said(fate)}" for fate in ("kept", "changed", "lost", "refused") if fates[fate])
    called = f"{one.lms} {one.version}".strip()
    seen = " (read from the source code of the LMS, not tried)" if one.read else ""
    taken = "refuses it" if one.refused else "takes it"
    terminal.plain(f"{one.file}: {called} {said(taken)}: {told}{said(seen)}")


def _line(arrival: Arrival, numbers: dict[str, int]) -> str:
    from coursepack.cli.localization import said

    why = "".join(f" [{numbers[code]}]" for code in arrival.reasons)
    told = f"{said(arrival.part)} «{arrival.name}»"
    if arrival.becomes:
        becomes, called = said(arrival.becomes), arrival.arrives["name"]
        if called == arrival.name:
            told = said(f"{told} as {becomes}")
        else:
            told = said(f"{told} as {becomes} «{called}»" if called else f"{told} as {becomes} without a name")
    return f"{arrival.place}: {said(arrival.fate)}: {told}{why}"
