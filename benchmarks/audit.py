"""An audit of many bags, killed half way and gone on with: seconds, and that nothing is done twice or lost.

python -m benchmarks.audit [BAGS]
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from coursepack.registrar import bag as tag_files
from coursepack.registrar.archive import archive
from coursepack.registrar.edition import Registered
from tests.registrar.builds import build, project
from tests.samples import everything

_HARMED = 7


def shelf(folder: Path, count: int) -> Path:
    """So many sound bags, unlike in their tags, their other files linked to those of one; seven are harmed."""
    course = everything()
    made = build(folder / "out", project(folder / "src", course), course)
    first = archive(made, folder / "first", Registered(date="2026-11-20"), [folder / "src"]).path
    info = (first / tag_files.INFO).read_text("utf-8")
    sums, _ = tag_files.parse_manifest((first / tag_files.TAG_MANIFEST).read_bytes())
    names = [path.relative_to(first) for path in first.rglob("*") if path.is_file()]
    changed = {tag_files.INFO, tag_files.TAG_MANIFEST}
    for number in range(count):
        copy = folder / "bags" / f"bag-{number:05d}"
        for name in names:
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            if name.as_posix() not in changed:
                os.link(first / name, copy / name)
        (copy / tag_files.INFO).write_text(
            info.replace("2026/2027", f"{2000 + number % 26}/{2001 + number % 26}") + f"Shelf: {number}\n", "utf-8"
        )
        with (copy / tag_files.INFO).open("rb") as file:
            sums[tag_files.INFO] = tag_files.digest(file)
        (copy / tag_files.TAG_MANIFEST).write_bytes(tag_files.manifest(sums))
    for number in range(_HARMED):
        path = folder / "bags" / f"bag-{number * (count // _HARMED):05d}" / tag_files.MODEL
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data[:-1] + b" ")
    return folder / "bags"


def events(folder: Path) -> int:
    if not (folder / "catalogue.sqlite").exists():
        return 0
    with closing(sqlite3.connect(folder / "catalogue.sqlite", timeout=60)) as register:
        try:
            return int(register.execute("SELECT count(*) FROM event").fetchone()[0])
        except sqlite3.OperationalError:
            return 0


def audit(folder: Path, *more: str, kill_at: int | None = None) -> tuple[float, str]:
    start = time.perf_counter()
    command = [sys.executable, "-m", "coursepack", "--messages", "en", "verify", str(folder), *more]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    while kill_at is not None and running.poll() is None:
        time.sleep(0.2)
        if events(folder) >= kill_at:
            os.killpg(running.pid, signal.SIGKILL)
            break
    said, _ = running.communicate()
    return time.perf_counter() - start, said


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = shelf(Path(name), count)
        seconds, _ = audit(folder, kill_at=count // 2)
        done = events(folder)
        print(f"{count} bags; killed with -9 after {seconds:.1f} s, {done} done")
        page = Path(name) / "audit.html"
        seconds, said = audit(folder, "--report", str(page))
        print(f"gone on with: {seconds:.1f} s\n{said.strip()}")
        assert events(folder) == count, "each bag is verified once"
        print(f"page: {page.stat().st_size} bytes, {len(said.splitlines())} lines on the screen")
        seconds, said = audit(folder, "--older-than", "30")
        print(f"only what is due (30 days, and what was not sound): {seconds:.1f} s\n{said.strip()}")
        seconds, said = audit(folder, "--sample", "100", "--seed", "2026")
        print(f"a sample of 100: {seconds:.1f} s\n{said.strip()}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
