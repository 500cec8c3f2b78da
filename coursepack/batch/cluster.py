"""Machines of a cluster, by dask.distributed (extra ``[cluster]``): the same calls, done wherever there is room.

The scheduler and its workers are the user's: whoever reaches them can run programs there (dask's documentation, «TLS/
SSL»), so an address is used only when it is named. Sources and outputs lie in a folder that all machines see under one
path. Results are taken as they come and let go; a result that the driver held would be made again when its worker dies.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from coursepack import __version__
from coursepack.batch.engines import ATTEMPTS, Call, CallResult, answer, dead
from coursepack.place import CoursepackError
from coursepack.publish import libraries

if TYPE_CHECKING:
    from distributed import Client, Future

LOCAL = "local"
"""The scheduler that is started here, with workers on this machine."""
_AHEAD = 4
"""Calls for each thread of a worker that are handed out before it has room for them."""
_PATIENCE = 120
"""Seconds that a scheduler is waited for: at the beginning, and when it went away."""
_FEWEST = 8

Identity = tuple[str, tuple[tuple[str, str], ...]]


def identity() -> Identity:
    """What has to be the same on every machine, or bytes would depend on who builds."""
    return __version__, tuple(libraries.versions().items())


def _done(call: Call, wanted: Identity) -> CallResult:
    """On a worker: do a call, if this machine has what the driver has."""
    have = identity()
    if have == wanted:
        return answer(call)
    other = dict(wanted[1])
    found = [f"{name} {version}" for name, version in have[1] if other.get(name) != version]
    what = ", ".join(found if have[0] == wanted[0] else [f"coursepack {have[0]}", *found])
    message = f"a worker has other versions than this machine: {what}"
    return CallResult(call.number, None, message, "install the same on all of them", lost=True)


@dataclass
class Cluster:
    """The workers of the scheduler at ``address`` (``tcp://host:8786``), or ``jobs`` of this machine where it is
    ``local``. Used as a block, which ends what it started.

    Raises ``CoursepackError`` when dask is not installed, or nobody answers at the address.
    """

    address: str
    jobs: int = 1
    patience: float = _PATIENCE
    _client: Client | None = field(default=None, repr=False)
    _own: Any = field(default=None, repr=False)

    def __enter__(self) -> Cluster:
        try:
            import dask
            import distributed  # noqa: F401 - is it there?
        except ImportError:
            message = "--scheduler needs dask, which is not installed"
            raise CoursepackError(message, None, "pip install 'coursepack[cluster]'") from None
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # workers that come and go are no news
        dask.config.set({"distributed.scheduler.allowed-failures": ATTEMPTS - 1})
        self._client = self._connected()
        return self

    def __exit__(self, *_: object) -> None:
        for each in (self._client, self._own):
            if each is not None:
                with contextlib.suppress(Exception):  # the other end may be gone
                    each.close()
        self._client = self._own = None

    def _connected(self) -> Client:
        until = time.monotonic() + self.patience
        while True:
            try:
                return self._connection()
            except (OSError, TimeoutError, ValueError, AssertionError) as problem:  # the last: a thread starts late
                if isinstance(problem, ValueError) or time.monotonic() > until:
                    message = f"no scheduler answers at {self.address}: {problem}"
                    raise CoursepackError(message, None, "expected tcp://HOST:PORT of a dask scheduler") from None
                time.sleep(0.5)

    def _connection(self) -> Client:
        from distributed import Client, LocalCluster

        if self.address == LOCAL and self._own is None:
            self._own = LocalCluster(
                n_workers=self.jobs,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL,
            )
        return Client(self._own or self.address, timeout=min(10, self.patience), set_as_default=False)

    def run(self, calls: Iterable[Call]) -> Iterator[CallResult]:
        """The answers as they come. Where the scheduler goes away, what it had not answered is given to the one that
        comes in its place."""
        suspects: list[Call] = []
        yield from self._all(iter(calls), self._room(), suspects)
        # A worker that dies takes with it what else it was given: each of those is tried once more, alone.
        for call in suspects:
            killed: list[Call] = []
            yield from self._all(iter([call]), 1, killed)
            yield from (dead(each, "on a worker of the cluster") for each in killed)

    def _all(self, waiting: Iterator[Call], room: int, killed: list[Call]) -> Iterator[CallResult]:
        """Answers to calls, ``room`` of which are handed out at a time; ``killed`` takes those whose workers died."""
        open_: dict[int, Call] = {}
        while True:
            yield from self._until_it_breaks(waiting, open_, room, killed)
            if not open_:
                return
            with contextlib.suppress(Exception):
                if self._client is not None:
                    self._client.close(timeout=1)
            self._client = self._connected()

    def _until_it_breaks(
        self, waiting: Iterator[Call], open_: dict[int, Call], room: int, killed: list[Call]
    ) -> Iterator[CallResult]:
        """Answers until there are no more calls, or the scheduler is gone; ``open_``: calls without an answer."""
        from distributed import KilledWorker, as_completed

        client = self._client
        assert client is not None  # noqa: S101 - within the block
        wanted = identity()
        futures: dict[Future, Call] = {}

        def give(call: Call) -> Future:
            open_[call.number] = call
            future = client.submit(_done, call, wanted, pure=False)
            futures[future] = call
            return future

        running = as_completed([give(call) for call in list(open_.values())], loop=client.loop)
        for call in islice(waiting, max(room - len(open_), 0)):
            running.add(give(call))
        for future in running:
            call = futures.pop(future)
            if future.status in {"cancelled", "lost"}:
                return
            try:
                found: CallResult | None = future.result()
            except KilledWorker:
                found = None
                killed.append(call)
            except Exception as problem:  # of dask itself, or of the way to it
                if future.status != "error":
                    return
                found = CallResult(call.number, None, f"the cluster failed: {problem}", lost=True)
            del open_[call.number]
            future.release()
            for following in islice(waiting, 1):
                running.add(give(following))
            if found is not None:
                yield found

    def _room(self) -> int:
        """How many calls are handed out at a time."""
        threads = sum(self._client.nthreads().values()) if self._client else 0
        return max(_AHEAD * threads, _FEWEST)
