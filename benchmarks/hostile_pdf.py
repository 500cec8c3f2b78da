"""Seconds and peak memory of the process that reads a PDF: hostile ones, and sound ones of 300 and 1,000 full pages.

python -m benchmarks.hostile_pdf [NAME …]
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time

from coursepack.place import CoursepackError
from coursepack.readers.pdf import reader as pdf
from tests.readers import hostile_pdf

SOUND = {"300 full pages": 300, "1,000 full pages": 1000, "5,000 full pages": 5000}


def measure(name: str) -> None:
    """Read one in this process, so that the peak is its own."""
    data = hostile_pdf.full_pages(SOUND[name]) if name in SOUND else hostile_pdf.SMALL[name]()
    began = time.monotonic()
    try:
        said = f"{len(pdf.read('a.pdf', data).units)} lines"
    except CoursepackError as problem:
        said = f"refused: {problem.message}"
    seconds = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    print(f"{name:20} {len(data):>11,} bytes {seconds:6.2f} s {peak:>5} MiB  {said}")


def main() -> None:
    """Each in a process of its own."""
    names = sys.argv[1:] or [*hostile_pdf.SMALL, *SOUND]
    for name in names:
        if len(names) == 1:
            measure(name)
        else:
            subprocess.run([sys.executable, "-m", "benchmarks.hostile_pdf", name], check=True)


if __name__ == "__main__":
    main()
