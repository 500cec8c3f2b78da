"""One function for many pieces of work, by an engine or here, its results in the order of the pieces."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from coursepack.batch.engines import Call, CallResult, Engine
from coursepack.place import CoursepackError
from coursepack.stages import packed, unpacked

R = TypeVar("R")


def done(
    function: Callable[..., R], pieces: Sequence[tuple[Any, ...]], engine: Engine | None
) -> Iterator[R | CoursepackError]:
    """What the function gives for each piece (its arguments), or why it cannot be used. What goes wrong otherwise ends
    the run where it is done here, and is an answer like others where an engine does it."""
    if engine is None:
        for piece in pieces:
            try:
                yield function(*piece)
            except CoursepackError as problem:
                yield problem
        return
    name = f"{function.__module__}:{function.__qualname__}"
    calls = (
        Call(number, f"{__name__}:called", packed((name, piece)), str(piece[0])) for number, piece in enumerate(pieces)
    )
    early: dict[int, CallResult] = {}
    following = 0
    for answer in engine.run(calls):
        early[answer.number] = answer
        while following in early:
            found = early.pop(following)
            yield found.told() if found.data is None else unpacked(found.data)
            following += 1


def called(payload: bytes) -> bytes:
    """In a process of an engine: the function's result for a piece."""
    name, piece = unpacked(payload)
    module, _, function = name.partition(":")
    return packed(getattr(importlib.import_module(module), function)(*piece))
