"""What a child gives up: memory, time, bytes written, new rights, other folders, the network."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from types import ModuleType

from coursepack.isolated import kernel
from coursepack.isolated.job import ChildBudget

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows
    resource = None


def more_time(seconds: int) -> None:
    """Processor time for one more task: the parent's clock ends it first, unless the parent is gone."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _lower(resource, resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + seconds + 1, hard=False)


def die_with(parent: int) -> None:
    """End when the process that started this one ends, however it ends (Linux: prctl(2), PR_SET_PDEATHSIG)."""
    if kernel.end_with_parent() and os.getppid() != parent:  # it was gone already
        os._exit(1)


def confine(budget: ChildBudget, writable: Sequence[str] = (), readable: Sequence[str] | None = None) -> None:
    """Give up, for good and for all that this process starts, what ``budget`` and the folders do not allow."""
    if resource is not None:
        for name, most in (
            ("RLIMIT_AS", budget.memory),
            ("RLIMIT_FSIZE", budget.written),
            ("RLIMIT_CORE", 0),
        ):
            _lower(resource, getattr(resource, name), most)
        more_time(budget.seconds)
    if kernel.no_new_rights():
        kernel.only_in(writable, readable)
        kernel.no_network(local_sockets=budget.local_sockets)


def _lower(module: ModuleType, limit: int, most: int, *, hard: bool = True) -> None:
    _, highest = module.getrlimit(limit)
    most = most if highest == module.RLIM_INFINITY else min(most, highest)
    with contextlib.suppress(ValueError, OSError):  # macOS refuses some
        module.setrlimit(limit, (most, most if hard else highest))
