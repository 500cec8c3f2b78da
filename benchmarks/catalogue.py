"""A catalogue of many bags: time to enter them, to look again, and to find.

python -m benchmarks.catalogue [BAGS]
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
import time
from pathlib import Path

from coursepack.registrar import bag as tag_files
from coursepack.registrar.archive import archive
from coursepack.registrar.catalogue import Query, find, update
from coursepack.registrar.edition import Registered
from tests.registrar.builds import build, project
from tests.samples import everything


def shelf(folder: Path, count: int) -> None:
    """So many bags: one archived course, its identity changed in each."""
    course = everything()
    made = build(folder / "out", project(folder / "src", course), course)
    first = archive(made, folder / "first", Registered(date="2026-11-20"), [folder / "src"]).path
    info = (first / tag_files.INFO).read_text("utf-8")
    for number in range(count):
        copy = folder / "bags" / f"bag-{number:04d}"
        shutil.copytree(first, copy)
        changed = info.replace("Course-Id: sample", f"Course-Id: course-{number:04d}")
        changed = changed.replace("2026/2027", f"{2000 + number % 26}/{2001 + number % 26}")
        (copy / tag_files.INFO).write_text(changed, "utf-8")
        source = copy / tag_files.SOURCES / "кітап 1.txt"
        source.write_text(f"{number}\n", "utf-8")
        sums, _ = tag_files.parse_manifest((copy / tag_files.MANIFEST).read_bytes())
        sums[tag_files.SOURCES + "кітап 1.txt"] = hashlib.sha512(source.read_bytes()).hexdigest()
        (copy / tag_files.MANIFEST).write_bytes(tag_files.manifest(sums))


def timed(what: str, act: object) -> None:
    start = time.perf_counter()
    result = act()  # type: ignore[operator] # a lambda below
    print(f"{what}: {time.perf_counter() - start:.3f} s; {result}")


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shelf(folder, count)
        bags = folder / "bags"
        wanted = hashlib.sha512(f"{count // 2}\n".encode()).hexdigest()
        print(f"{count} bags")
        timed("enter all", lambda: f"{update(bags).read} read")
        timed("run again, nothing new", lambda: f"{update(bags).read} read")
        timed("make anew", lambda: f"{update(bags, anew=True).read} read")
        timed("find by course", lambda: f"{len(find(bags, Query(course='course-0500')))} found")
        timed("find by year", lambda: f"{len(find(bags, Query(year='2010/')))} found")
        timed("find by department", lambda: f"{len(find(bags, Query(department='саясаттану')))} found")
        timed("find by checksum", lambda: f"{len(find(bags, Query(checksum=wanted)))} found")
        size = (bags / "catalogue.sqlite").stat().st_size
        print(f"register: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
