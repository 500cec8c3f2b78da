"""The command line: one module a command, loaded only when it is called."""

from __future__ import annotations

import importlib
import sys

import click

from coursepack import __version__
from coursepack.place import CoursepackError

# Command → one line of help. Its module is coursepack.cli.<command>, its click command is called ``command``.
COMMANDS = {
    "build": "Build courses: packages, question banks, papers.",
    "inspect": "Show how the documents of a course were understood.",
    "init": "Look at the documents of a folder and draft a course.toml.",
    "validate": "Check any package, question file or DOCX.",
    "formats": "List what can be written.",
    "convert": "Convert a question bank from one format to another.",
    "export": "Write the course itself in a form that can be edited and built again.",
    "archive": "Put builds into archival bags.",
    "verify": "Check that a bag is complete, unchanged and can be built again.",
    "diff": "Say what changed between two revisions of a course.",
    "catalogue": "Keep a register of many bags.",
    "templates": "Copy the templates of pages and papers to change them.",
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = importlib.import_module(f"coursepack.cli.{cmd_name}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="coursepack %(version)s")
def cli() -> None:
    """From a lecturer's documents to packages that an LMS imports, papers that a department signs, and an archive."""


def main() -> None:
    """Run the command line. Exit 0: done, 1: errors were found, 2: unusable input or call."""
    for stream in (sys.stdout, sys.stderr):
        # Kazakh letters on a console that claims less than UTF-8: never an error, at worst a «?».
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        # Outside of standalone mode click hands the code of an Exit back instead of raising it.
        status = cli.main(standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except click.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.ClickException as problem:
        problem.show()
        sys.exit(2)
    except CoursepackError as problem:
        click.echo(f"error: {problem}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        # The reader of our output (head, less) went away.
        sys.stderr.close()
        sys.exit(0)
