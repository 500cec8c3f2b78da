"""What reaches the terminal: everything that is printed passes ``visible``.

Commands print through ``line``, ``block`` and ``data``; whatever else is written to stdout and stderr (click's errors,
warnings, tracebacks, a library's log) meets ``guarded``. Colours, of ``line`` and of ``show.console``, are added after.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal, TextIO, cast

import click

from coursepack import visible
from coursepack.cli import colours, localization

if TYPE_CHECKING:
    from coursepack.place import CoursepackError


class _Guarded:
    """A text stream that writes what ``visible`` leaves. It has no ``buffer``; bytes in UTF-8, which click prints to a
    shell that completes, are taken for the text that they are."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str | bytes) -> int:
        said = text if isinstance(text, str) else text.decode("utf-8", "replace")
        self.stream.write(visible.lines(said))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for text in lines:
            self.write(text)

    @property
    def encoding(self) -> str:
        return self.stream.encoding

    @property
    def errors(self) -> str | None:
        return self.stream.errors

    @property
    def closed(self) -> bool:
        return self.stream.closed

    @property
    def flush(self) -> Callable[[], None]:
        return self.stream.flush

    @property
    def isatty(self) -> Callable[[], bool]:
        return self.stream.isatty

    @property
    def fileno(self) -> Callable[[], int]:
        return self.stream.fileno

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """Within it nothing raw is written to stdout and stderr; entered again, it changes nothing."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _guard(sys.stdout), _guard(sys.stderr)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _guard(stream: Any) -> TextIO:
    if stream is None or isinstance(stream, _Guarded):  # pythonw has no streams
        return cast("TextIO", stream)
    if hasattr(stream, "reconfigure"):
        # Kazakh letters on a console that claims less than UTF-8: never an error, at worst a «?».
        ascii_only = (stream.encoding or "").lower() in {"ascii", "us-ascii", "ansi_x3.4-1968"}
        stream.reconfigure(errors="replace", **({"encoding": "utf-8"} if ascii_only else {}))
    return cast("TextIO", _Guarded(stream))


def unguarded(*, err: bool = False) -> TextIO:
    """Stdout or stderr itself, for one that has made its text fit already."""
    stream: Any = sys.stderr if err else sys.stdout
    return cast("TextIO", stream.stream if isinstance(stream, _Guarded) else stream)


def line(text: object, *, err: bool = False, colour: str | None = None) -> None:
    """Print a message (a finding, an error, a text) in the language that is spoken (``speech``), as one line whatever
    line breaks are in it; ``colour`` only where a terminal shows it."""
    plain(localization.said(text), err=err, colour=colour)


def plain(text: str, *, err: bool = False, colour: str | None = None) -> None:
    """Print one line as it is: a line of a file, a path."""
    shown, out = visible.line(text), unguarded(err=err)
    coloured = colours.wanted(out)
    click.echo(click.style(shown, fg=colour) if colour and coloured else shown, file=out, err=err, color=coloured)


def errors(problem: CoursepackError) -> None:
    """Print an error, and every one that was found with it, a line each on stderr."""
    for each in problem.each():
        plain(f"{localization.said('error')}: {localization.said(each)}", err=True)


def block(text: str) -> None:
    """Print text of several lines that ends in a line break."""
    click.echo(visible.lines(text), file=unguarded(), nl=False)


def data(value: Any, *, order: Literal["deterministic"] | None = None) -> None:
    """Print ``value`` as JSON; what reads it gets the true texts."""
    click.echo(visible.json(value, order).decode(), file=unguarded(), nl=False)


def data_line(value: Any) -> None:
    """Print ``value`` as JSON on a line of its own, at once."""
    click.echo(visible.json(value, indent=0).decode(), file=unguarded(), nl=False)
    unguarded().flush()
