"""Programs of others, run in a child."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from coursepack.isolated.job import MORE, TOO_MUCH_WRITTEN, ChildBudget, Job, end, mega, real, start
from coursepack.place import CoursepackError, Place


def program(
    command: Sequence[str],
    *,
    place: Place,
    budget: ChildBudget,
    writable: Sequence[Path],
    readable: Sequence[Path] | None = None,
    environment: dict[str, str] | None = None,
    scratch: Path | None = None,
) -> tuple[int, str]:
    """Run another program under the same limits; its exit code (128 + n: ended by signal n) and its last line.

    ``readable`` (None: everything) are the folders and files that it may read beside ``writable``; what does not exist
    is passed over. ``environment`` is its whole environment (None: ours). ``scratch`` is the folder where it writes:
    no more in all than the budget has, and removed when this process is killed before it could do so.

    Raises ``CoursepackError`` when it takes longer or writes more than its budget, or cannot be run.
    """
    job = Job(
        budget,
        real(writable),
        None if readable is None else real(readable),
        tuple(command),
        environment,
        str(scratch.resolve()) if scratch else "",
    )
    with tempfile.TemporaryFile() as stated:
        process = start(job, subprocess.DEVNULL, stated, place)
        try:
            status = process.wait(budget.seconds)
        except subprocess.TimeoutExpired:
            raise CoursepackError(f"not done within {budget.seconds} seconds", place, MORE.format("seconds")) from None
        finally:
            end(process)
        if status == TOO_MUCH_WRITTEN and scratch is not None:
            message = f"writes more than {mega(budget.written)}"
            raise CoursepackError(message, place, MORE.format("written"))
        stated.seek(0)
        lines = stated.read(1 << 16).decode(errors="replace").strip().splitlines()
    return status, lines[-1] if lines else ""
