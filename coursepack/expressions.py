"""Regular expressions, compiled once and not in every process.

Python compiles an expression of a thousand words in Python; of what the modules name that was a third of the time of
``coursepack inspect``. ``prepare`` lets ``re`` take the programs from what is kept instead. It reaches into parts of
``re`` that have no promise, so it looks first whether they give what they should, and leaves all as it was where not.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from typing import Any

Kept = Callable[[tuple[Any, ...], Callable[[], Any]], Any]
"""What gives the value of a key, making it where it is not kept."""
_PLAIN = re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE | re.UNICODE | re.ASCII
_TRIED = (r"(?P<a>x|yz)+?[\u04d9-\u04f1]\b(?:(?P<b>\d{2,3})|(?i:\u049a))", re.IGNORECASE)


def prepare(kept: Kept) -> bool:
    """Take programs of expressions from what is ``kept``, in this process; False where this Python cannot."""
    try:
        engine: Any = re._compiler  # type: ignore[attr-defined] # noqa: SLF001 - see above
        original, machine = engine.compile, engine._sre  # noqa: SLF001
        sound = array("I").itemsize == machine.CODESIZE and (
            _assembled(machine, _TRIED[0], _program(engine, *_TRIED)) == original(_TRIED[0], int(_TRIED[1]))
        )
    except Exception:  # whatever another Python says to it
        return False
    if not sound:
        return False

    def compiled(pattern: Any, flags: int = 0) -> Any:
        if not isinstance(pattern, str) or flags & ~_PLAIN.value:
            return original(pattern, flags)
        key = ("expression", machine.MAGIC, pattern, int(flags))
        return _assembled(machine, pattern, kept(key, lambda: _program(engine, pattern, flags)))

    engine.compile = compiled
    return True


def _program(engine: Any, pattern: str, flags: int) -> tuple[Any, ...]:
    """What ``re`` makes of an expression: flags, code, groups, their names. Raises ``re.error``."""
    parsed = engine._parser.parse(pattern, int(flags))  # noqa: SLF001
    code = array("I", engine._code(parsed, int(flags)))  # noqa: SLF001
    state = parsed.state
    return int(flags) | state.flags, code.tobytes(), state.groups - 1, dict(state.groupdict)


def _assembled(machine: Any, pattern: str, program: tuple[Any, ...]) -> Any:
    flags, data, groups, names = program
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    code = array("I")
    code.frombytes(data)
    return machine.compile(pattern, flags, code.tolist(), groups, names, tuple(by_number))
