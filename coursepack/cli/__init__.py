"""The command line: one module a command, loaded only when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from coursepack import __version__, prepared
from coursepack.cli import localization, terminal
from coursepack.language_folders import spoken

if TYPE_CHECKING:
    from coursepack.place import CoursepackError, Place

# Command → one line of help. Its module is coursepack.cli.<command>, its click command is called ``command``.
COMMANDS = {
    "build": "Build packages, question banks and papers from course documents.",
    "inspect": "Show what was recognized in the documents of a course.",
    "review": "Compare sources and course in the browser and correct what was misread.",
    "preview": "Show a build in the browser and rebuild it when sources change.",
    "init": "Create a draft course.toml from the documents in a folder.",
    "validate": "Check packages, question files and Word documents (DOCX).",
    "explain": "Explain the code of a finding and what to do about it.",
    "forecast": "Show how an LMS will import a package.",
    "formats": "List the output formats.",
    "convert": "Convert a question bank to another format.",
    "export": "Write a course as Markdown or JSON, to edit and build again.",
    "archive": "Put builds and their sources into archive bags (BagIt).",
    "verify": "Check that archive bags are complete and unchanged.",
    "merge": "Copy what was filled in on a syllabus (DOCX) into course.toml.",
    "diff": "Show the differences between two revisions of a course.",
    "catalogue": "Catalogue archive bags and search them.",
    "templates": "Copy, create and show the templates of pages and papers.",
    "doctor": "Show what is installed and which optional programs are missing.",
    "completion": "Print or install tab completion for a shell.",
}


class _Lazy(click.Group):
    def main(self, args: Sequence[str] | None = None, *more: Any, **kwargs: Any) -> Any:
        localization.choose(sys.argv[1:] if args is None else args, os.environ)
        with terminal.guarded():
            return super().main(args, *more, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        prepared.use()
        found: click.Command = importlib.import_module(f"coursepack.cli.{cmd_name}").command
        return localization.speaking(found)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            raise click.UsageError(f"No such command {name!r}.{_meant(name)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _meant(name: str) -> str:
    """In the words that click (8.4 and later) has for options."""
    from coursepack.similar import near

    found = near(name, COMMANDS)
    return f" Did you mean {found!r}?" if found else ""


@click.command(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="coursepack %(version)s")
@click.option(
    "--limit",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Change a limit for input files, such as pdf-pages=8000 (repeatable).",
)
@click.option(
    localization.OPTION,
    "language",
    type=click.Choice(spoken()),
    help=("Language of messages and help.  [default: the language of the system (LC_ALL, LC_MESSAGES, LANG)]"),
)
def cli(settings: tuple[str, ...], language: str | None) -> None:
    """Turn a lecturer's documents into packages for an LMS, papers for the department to sign, and an archive."""
    from coursepack import limits

    limits.change(settings)


cli.context_class = localization.LocalizedContext


def main() -> None:
    """Run the command line. Exit 0: done, 1: errors were found, 2: unusable input or call."""
    with terminal.guarded():
        try:
            _run()
        finally:
            prepared.keep()


def _run() -> None:
    try:
        # Outside of standalone mode click hands the code of an Exit back instead of raising it.
        status = cli.main(standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except click.Abort:
        terminal.line("stopped", err=True)
        sys.exit(130)
    except click.ClickException as problem:
        _show(problem)
        _data([{"message": problem.format_message()}])
        sys.exit(2)
    except BrokenPipeError:
        # The reader of our output (head, less) went away.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as problem:
        _failed(problem)


def _failed(problem: Exception) -> None:
    """Say what went wrong, and exit."""
    from coursepack.place import CoursepackError

    if isinstance(problem, CoursepackError):
        terminal.errors(problem)
        _data([_failure(each) for each in problem.each()])
        sys.exit(2)
    if isinstance(problem, OSError):
        failed = CoursepackError(problem.strerror or str(problem), _place(problem))
        terminal.errors(failed)
        _leave(2, [_failure(failed)])
    if os.environ.get("COURSEPACK_TRACEBACK"):
        import traceback

        traceback.print_exception(problem)
    else:
        terminal.line(_apology(problem), err=True)
    _leave(2, [{"message": _apology(problem).removeprefix("error: ")}])


def _place(problem: OSError) -> Place | None:
    from coursepack.place import Place

    return Place(str(problem.filename)) if problem.filename else None


def _show(problem: click.ClickException) -> None:
    """click's own words, below the usage; what it repeats of the call stays one line."""
    context = problem.ctx if isinstance(problem, click.UsageError) else None
    if context is not None:
        click.echo(context.get_usage(), err=True)
        if context.command.get_help_option(context) is not None:
            terminal.line(f"Try '{context.command_path} {context.help_option_names[0]}' for help.", err=True)
        click.echo("", err=True)
    terminal.plain(f"{localization.said('Error')}: {_reported(problem)}", err=True)


def _reported(problem: click.ClickException) -> str:
    """What a mistake is, said from the inside: what a value should be may begin with the value."""
    text = problem.format_message()
    if isinstance(problem, click.BadParameter) and problem.message and text.endswith(problem.message):
        text = text.removesuffix(problem.message) + localization.said(problem.message)
    return localization.said(text)


def _failure(problem: CoursepackError) -> dict[str, object]:
    """A mistake as JSON: ``message``, and where they are known ``place`` (as of a finding) and ``advice``."""
    found = {"message": problem.message, "place": problem.place, "advice": problem.advice}
    return {name: value for name, value in found.items() if value}


def _data(errors: list[dict[str, object]]) -> None:
    """Under ``--json`` a call that comes to nothing is JSON, too: ``{"errors": […]}`` on stdout."""
    if "--json" in sys.argv[1:]:
        terminal.data({"errors": errors})


def _leave(status: int, errors: list[dict[str, object]]) -> None:
    """Exit; what can no longer be written to stdout (a full disk) is let go."""
    try:
        _data(errors)
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)


def _apology(problem: Exception) -> str:
    """An internal error, in one line that helps to mend it."""
    import traceback

    last = traceback.extract_tb(problem.__traceback__)[-1]
    where = f"{os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119 - a name in a traceback, no path
    return (
        f"error: coursepack itself failed: {type(problem).__name__}: {problem} ({where}); "
        "please report it with the file that was read (COURSEPACK_TRACEBACK=1 shows more)"
    )
