"""Processes of this machine: each does one call after another; one that dies is replaced, and the others go on."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess

import msgspec

from coursepack.batch.engines import ATTEMPTS, Call, CallResult, answer, dead

_SPAWN: SpawnContext = multiprocessing.get_context("spawn")
"""A process of its own from the beginning, on any system: nothing of ours is copied into it half done."""


def cores() -> int:
    """How many processes this machine (or what it lets us have of it) can run at once."""
    try:
        return len(os.sched_getaffinity(0)) or 1  # type: ignore[attr-defined,unused-ignore]
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1


@dataclass
class _Worker:
    """A process, our end of its pipe, and the call that it does."""

    process: SpawnProcess
    pipe: Connection
    call: Call | None = None

    @staticmethod
    def start() -> _Worker:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_work, args=(theirs, os.getpid()), daemon=False)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def give(self, call: Call) -> bool:
        """False when it died while it had nothing to do."""
        self.call = call
        try:
            self.pipe.send_bytes(msgspec.msgpack.encode(call))
        except OSError:
            return False
        return True

    def take(self) -> CallResult | None:
        """Its answer; None when it died."""
        try:
            return msgspec.msgpack.decode(self.pipe.recv_bytes(), type=CallResult)
        except (EOFError, OSError, msgspec.DecodeError):
            return None

    def end(self) -> str:
        """Stop it, whatever it does; how it ended."""
        self.pipe.close()
        self.process.join(0.1)
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        code = self.process.exitcode or 0
        return f"signal {-code}" if code < 0 else f"exit code {code}"


def _work(pipe: Connection, parent: int) -> None:
    """The life of a process: calls until nobody asks."""
    from coursepack import prepared
    from coursepack.isolated.confinement import die_with

    prepared.use()
    if not os.environ.get("COURSEPACK_TRACEBACK"):  # what a library prints would run across our answer
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the one who started us: it ends us
    die_with(parent)
    while True:
        try:
            data = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        pipe.send_bytes(msgspec.msgpack.encode(answer(msgspec.msgpack.decode(data, type=Call))))


@dataclass
class Processes:
    """As many processes as ``jobs``. A call whose process dies is tried again in a new one, ``ATTEMPTS`` times in all.
    Used as a block, which ends them."""

    jobs: int
    _workers: list[_Worker] = field(default_factory=list)

    def run(self, calls: Iterable[Call]) -> Iterator[CallResult]:
        """The answers as they come. The processes stay for the next calls, until the block ends."""
        waiting, again = iter(calls), deque[Call]()
        tried: Counter[int] = Counter()
        while True:
            self._fill(waiting, again)
            busy = [worker for worker in self._workers if worker.call is not None]
            if not busy:
                return
            ready = wait([worker.pipe for worker in busy])
            for worker in busy:
                if worker.pipe in ready:
                    yield from self._taken(worker, tried, again)

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        """Stop all of them, whatever they do."""
        while self._workers:
            self._workers.pop().end()

    def _fill(self, waiting: Iterator[Call], again: deque[Call]) -> None:
        """Give a call to everybody who has none, as long as there are any."""
        idle = [worker for worker in self._workers if worker.call is None]
        while idle or len(self._workers) < self.jobs:
            call = again.popleft() if again else next(waiting, None)
            if call is None:
                return
            if not idle:
                self._workers.append(_Worker.start())
                idle.append(self._workers[-1])
            worker = idle.pop()
            if not worker.give(call):
                self._gone(worker)
                again.append(call)

    def _taken(self, worker: _Worker, tried: Counter[int], again: deque[Call]) -> Iterator[CallResult]:
        call, found = worker.call, worker.take()
        assert call is not None  # noqa: S101 - only busy ones are waited for
        if found is not None:
            worker.call = None
            yield found
            return
        how = self._gone(worker)
        tried[call.number] += 1
        if tried[call.number] < ATTEMPTS:
            again.append(call)
        else:
            yield dead(call, how)

    def _gone(self, worker: _Worker) -> str:
        self._workers.remove(worker)
        return worker.end()
