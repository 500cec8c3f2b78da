"""Who does the work: the one interface behind which engines stand."""

from __future__ import annotations

import importlib
import os
import traceback
from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec

from coursepack.place import CoursepackError, Place

ATTEMPTS = 2
"""How often a call is tried whose worker dies of it: a second time, for it may have been the machine's fault."""


class Call(msgspec.Struct, frozen=True):
    """Work: ``module:function`` is called with ``payload`` and answers with bytes. ``name`` is what people call it."""

    number: int
    function: str
    payload: bytes
    name: str


class CallResult(msgspec.Struct, frozen=True):
    """What became of a call: ``data``, or why there is none. ``lost``: the worker died, or could not be had; nothing is
    known of the call itself."""

    number: int
    data: bytes | None
    problem: str = ""
    advice: str = ""
    place: Place | None = None
    lost: bool = False

    def told(self) -> CoursepackError:
        """What went wrong, as an error."""
        return CoursepackError(self.problem, self.place, self.advice)


class Engine(Protocol):
    """Does calls, in any order; an answer for each is given as soon as it is there."""

    def run(self, calls: Iterable[Call]) -> Iterator[CallResult]:
        """The answers. Calls are taken as there is room for them. Whoever stops asking stops the rest."""
        ...


def answer(call: Call) -> CallResult:
    """Do a call here; that it fails is an answer as well."""
    module, _, function = call.function.partition(":")
    try:
        return CallResult(call.number, getattr(importlib.import_module(module), function)(call.payload))
    except CoursepackError as problem:
        return CallResult(call.number, None, problem.message, problem.advice or "", problem.place)
    except (OSError, MemoryError) as problem:
        stated = getattr(problem, "strerror", None) or str(problem) or "out of memory"
        return CallResult(call.number, None, stated, lost=True)
    except Exception as problem:
        found = fault(problem)
        return CallResult(call.number, None, found.message, found.advice, lost=True)


def fault(problem: Exception) -> CoursepackError:
    """What is said of a fault of our own: the course that meets it fails, the others go on."""
    last = traceback.extract_tb(problem.__traceback__)[-1]
    where = f"{os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119 - a name in a traceback, no path
    message = f"coursepack itself failed: {type(problem).__name__}: {problem} ({where})"
    return CoursepackError(message, advice="please report it with the files that were read")


def dead(call: Call, how: str) -> CallResult:
    """The answer to a call of which its worker died, as often as it was tried."""
    message = f"the process crashed each time ({how})"
    return CallResult(
        call.number, None, message, "run it for this course alone to see why; it may need more memory", lost=True
    )
