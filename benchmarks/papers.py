"""Time and memory of the course set, for the course once and twice: ``python benchmarks/papers.py [COURSE_FOLDER]``.

Prints a row a size: lectures, elements in the document, seconds for the writer alone (the best of three), peak memory
of the process in MB (RSS, from the kernel). Each size runs in a process of its own.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

SIZES = (1, 2, 4)
SEED = Path(__file__).parents[1] / "seeds" / "sayasi-bilik"


def measure(folder: Path, times: int) -> None:
    import msgspec

    from coursepack import build, discovery
    from coursepack.writers import Context, load

    (loaded,) = discovery.find_projects([folder])
    course = build.understand(loaded).course
    weeks = tuple(
        msgspec.structs.replace(
            week,
            id=f"w{copy}{week.id}",
            number=week.number + copy * len(course.weeks),
        )
        for copy in range(times)
        for week in course.weeks
    )
    writer = load("course-set")
    context = Context(options=writer.options())
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        written = writer.write(msgspec.structs.replace(course, weeks=weeks), context)
        best = min(best, time.perf_counter() - start)
    document = next(m for m in written.artifacts[0].members if m.path == "word/document.xml").read()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{times}\t{len(weeks)}\t{document.count(b'<w:')}\t{best:.2f}\t{memory:.0f}", flush=True)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SEED
    if len(sys.argv) > 2:
        measure(folder, int(sys.argv[2]))
        return
    print("course\tweeks\telements\tseconds\tMB")
    for times in SIZES:
        subprocess.run([sys.executable, __file__, str(folder), str(times)], check=True)


if __name__ == "__main__":
    main()
