"""What several commands print: findings, a table, progress on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from coursepack import visible
from coursepack.cli import colours, localization, terminal
from coursepack.model.account import Account, Fate, FolderFile
from coursepack.place import Finding, Place, Severity

if TYPE_CHECKING:
    from rich.console import Console

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_MANY = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTE: "notes"}
_WIDE = 100_000  # what reads the output line by line is not given broken lines
# Notes that are the answer to the call: what a folder without course.toml was taken for, what became of the last
# revision's ids, whose templates were taken.
_ALWAYS = {"project-drafted", "revision-summary", "templates-named"}


def console(*, stderr: bool = False) -> Console:
    """A console that is coloured where ``colours`` are wanted, and does not cut lines when it is no terminal."""
    from coursepack.cli.screen import Screen

    file = terminal.unguarded(err=stderr)
    shown = file.isatty()
    return Screen(
        file=file,
        highlight=False,
        markup=False,
        emoji=False,
        width=None if shown else _WIDE,
        force_terminal=shown,
        color_system=("auto" if shown else "standard") if colours.wanted(file) else None,
    )


def findings(found: Iterable[Finding], *, verbose: int = 0, quiet: bool = False) -> None:
    """Errors and warnings, a line each, on stderr; notes too with ``-v``, and those that answer the call. Lines for
    course.toml stand below their finding."""
    for finding in found:
        if finding.severity is Severity.NOTE and not verbose and finding.code not in _ALWAYS:
            continue
        if quiet and finding.severity is not Severity.ERROR:
            continue
        terminal.line(finding, err=True, colour=_COLOURS[finding.severity])
        for line in finding.paste.splitlines():
            terminal.plain(f"  {line}", err=True)


def unjudged(found: Iterable[Finding], schemas: Path | None) -> None:
    """A word on stderr when ``--schemas`` held no schema for some of what was checked."""
    number_unjudged(sum(finding.code.endswith("official-missing") for finding in found), schemas)


def number_unjudged(number: int, schemas: Path | None) -> None:
    """The same for so many documents."""
    if schemas and number:
        terminal.line(f"{schemas}: holds no official schema for {number} of the documents (-v names them)", err=True)


def summary(found: Sequence[Finding]) -> str:
    """«2 warnings, 1 notes»: what ``localization.said`` takes."""
    counts = Counter(finding.severity for finding in found)
    return ", ".join(f"{counts[s]} {_MANY[s]}" for s in Severity if counts[s]) or "none"


def counted(number: int, many: str) -> str:
    """«2 lectures», «1 lecture» in the language of messages."""
    return localization.said(f"{number} {many}")


def judged(good: int, bad: int) -> list[str]:
    """«25 sound», «2 not sound»: of how many that was found, where it was found of any."""
    reported = [localization.said(f"{good} sound")] if good else []
    return [*reported, localization.said(f"{bad} not sound")] if bad else reported


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, title: str | None = None) -> None:
    """A table on stdout. Columns named with a leading ``>`` are set to the right."""
    from rich.table import Table

    result = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for column in columns:
        right = column.startswith(">")
        result.add_column(localization.said(column.lstrip(">")), justify="right" if right else "left", overflow="fold")
    for row in rows:
        result.add_row(*map(visible.line, row))
    console().print(result)


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A line that says what is being done, on a terminal only."""
    if quiet or not terminal.unguarded(err=True).isatty():
        yield lambda _: None
        return
    from rich.live import Live
    from rich.spinner import Spinner
    from rich.text import Text

    spinner = Spinner("dots", style="status.spinner")
    # Live would take stdout and stderr over, and read colours out of what is printed there.
    with Live(spinner, console=console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False):
        yield lambda text: spinner.update(
            text=Text(visible.line(localization.said(text)))
        )  # a str would be read as markup


def size(number: int) -> str:
    """A size in bytes, for people: «12.3 kB»."""
    value, unit = float(number), "B"
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            break
        value /= 1000
    return f"{number} B" if unit == "B" else f"{value:.1f} {unit}"


_FATES: dict[Fate, str] = {
    # A source has its role there.
    "used": "used",
    "ignored": "ignored",
    "unlisted": "not listed",
    "same": "skipped: a copy",
    "twin": "skipped: another format of a source",
    "unread": "skipped: unknown format",
    "other": "skipped",
    "left-out": "skipped: cannot be read",
    "opened": "opened",
    "apart": "skipped: another course",
    "built": "skipped: written by coursepack",
}


def account(held: Account, fates: Collection[Fate] | None = None) -> None:
    """A table of the files of a folder (of those ``fates``), with the reason of each; what is settled or nobody's in a
    line for all."""
    rows = [row for row in held.files if row.fate != "ignored" and (fates is None or row.fate in fates)]
    settled = Counter(row.why for row in held.files if row.fate == "ignored")
    said = localization.said
    lines = [(row.file, said(_FATES.get(row.fate, row.why)), _why(row)) for row in rows]
    lines += [(_files(number), said(_FATES["ignored"]), said(why)) for why, number in settled.items()]
    if held.system:
        lines.append((_files(held.system), said("skipped"), said("temporary and system files and folders")))
    if lines:
        table(["file", "how it was used", "why"], lines)


def declared(at: Mapping[str, Place]) -> None:
    """Where each key of a course with a department stands."""
    if at:
        table(["declared", "by"], [(key, str(place)) for key, place in sorted(at.items())])


def _files(number: int) -> str:
    return localization.said(f"({number} files)")


def _why(row: FolderFile) -> str:
    if row.fate == "source":
        return ""
    why = localization.said(row.why)
    return f"{why}: {localization.said(row.advice)}" if row.advice else why
