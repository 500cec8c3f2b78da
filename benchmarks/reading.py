"""How long a textbook takes to be read and understood, at 1, 10 and 100 times its size.

Run: ``python benchmarks/reading.py``. Processor seconds, the best of three (of one at 100 times).
"""

from __future__ import annotations

import time
from pathlib import Path

from coursepack import outline
from coursepack.course import About
from coursepack.project import Loaded, Project, SourceEntry
from coursepack.readers.text import read

SEED = Path(__file__).parents[1] / "seeds" / "sayasi-bilik" / "004_7bb1e2f804af1cf3.txt"


def once(data: bytes) -> float:
    """Processor seconds for reading and understanding one text."""
    entry = SourceEntry(file="book.txt", role="textbook")
    project = Project(id="book", title="Book", language="kk", source=(entry,))
    loaded = Loaded(project=project, folder=Path(), file=None, declared=About(), options={})
    start = time.process_time()
    outline.understand(loaded, [(read("book.txt", data), entry)])
    return time.process_time() - start


def main() -> None:
    data = SEED.read_bytes()
    once(data)
    for times in (1, 10, 100):
        best = min(once(data * times) for _ in range(1 if times == 100 else 3))
        print(f"{times:>4} × {len(data)} bytes: {best:7.2f} s, {best / times:.3f} s a textbook")


if __name__ == "__main__":
    main()
