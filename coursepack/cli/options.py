"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from coursepack.batch.engines import Engine


class Command(click.Command):
    """A command whose help ends with examples: lines to type, the same in every language."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.examples:
            with formatter.section("Examples"):
                for line in self.examples:
                    formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


links = click.option(
    "--follow-links",
    is_flag=True,
    help=(
        "Also read files that symbolic links in a folder point to. Such a file may lie anywhere on this "
        "machine, so links are refused by default."
    ),
)

jobs = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    help="Number of parallel processes.  [default: the number of processor cores]",
)


def wanted(jobs: int | None, number: int) -> int:
    """How many of ``number`` pieces of work are done at once."""
    from coursepack.batch import processes

    return max(min(jobs or processes.cores(), number), 1)


scheduler = click.option(
    "--scheduler",
    metavar="ADDRESS",
    help=(
        "Build on a Dask cluster: the address of its scheduler (tcp://HOST:PORT), or «local» to start one"
        " on this machine."
    ),
)


@contextmanager
def engine(jobs: int | None, number: int, scheduler: str | None = None) -> Iterator[Engine | None]:
    """Who does ``number`` pieces of work; None: this process, one after another."""
    from coursepack.batch import processes

    if scheduler is not None:
        from coursepack.batch.cluster import Cluster

        with Cluster(scheduler, wanted(jobs, number)) as cluster:
            yield cluster
        return
    if (at_once := wanted(jobs, number)) < 2:
        yield None
        return
    with processes.Processes(at_once) as found:
        yield found
