"""Which codes of findings the tests see raised: with ``COURSEPACK_CODES=FOLDER`` each process of the tests writes them
with their severities there, a line each, for ``python -m tools.codes --raised FOLDER``. Imported before the modules
that report findings.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from coursepack import place
from coursepack.place import Finding

FOLDER = os.environ.get("COURSEPACK_CODES")
_seen: set[tuple[str, str]] = set()


def _watched(make: Callable[..., Finding]) -> Callable[..., Finding]:
    severity = make.__name__

    def made(code: str, *more: object, **named: object) -> Finding:
        if (code, severity) not in _seen and sys._getframe(1).f_globals.get("__name__", "").startswith("coursepack."):
            _seen.add((code, severity))
        return make(code, *more, **named)

    return made


place.error, place.warning, place.note = map(_watched, (place.error, place.warning, place.note))


def keep() -> None:
    """Write what was seen, at the end of a process."""
    if FOLDER:
        Path(FOLDER).mkdir(parents=True, exist_ok=True)
        (Path(FOLDER) / f"{os.getpid()}.txt").write_text(
            "".join(f"{code} {severity}\n" for code, severity in sorted(_seen)), "utf-8"
        )
