"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from coursepack.batch.engines import Engine

links = click.option(
    "--follow-links",
    is_flag=True,
    help="Read also what a link in a folder leads to: it may be any file of this machine. Refused otherwise.",
)

jobs = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    help="How many are done at once, each in a process of its own; as many as there are cores, if not said.",
)


def wanted(jobs: int | None, number: int) -> int:
    """How many of ``number`` pieces of work are done at once."""
    from coursepack.batch import processes

    return max(min(jobs or processes.cores(), number), 1)


scheduler = click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Have it done by a dask cluster: tcp://HOST:PORT of its scheduler, or «local» for one that is started here.",
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
