"""Time and memory of the main job, and how reading grows with the length of a textbook.

Run: .venv/bin/python benchmarks/demo.py
Prints wall time and peak memory of `coursepack build seeds` and `coursepack --help` (a process each, best of
three), and the time to read and understand the seed textbook at 1, 10 and 100 times its length.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEEDS = Path(__file__).parents[1] / "seeds"
TEXTBOOK = SEEDS / "sayasi-bilik" / "004_7bb1e2f804af1cf3.txt"


# 100 textbooks in one are beyond the limits of a document.
LARGER = [f"--limit={limit}" for limit in ("text-bytes=64MiB", "document-letters=40000000", "document-lines=2000000")]


def measure(arguments: list[str]) -> tuple[float, int]:
    """Wall seconds and peak kilobytes of one run."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "coursepack", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, arguments
    return time.perf_counter() - start, usage.ru_maxrss


def longer(times: int) -> str:
    """The textbook with the text of each lecture ``times`` over; its parts stay as they are."""
    text = TEXTBOOK.read_text("utf-8")
    parts = re.split(r"(?m)(?=^\s*\d+-дәріс\.)", text)
    made = [parts[0]]
    for part in parts[1:]:
        head, mark, tail = part.partition("Тақырыпты пысықтау")
        lines = head.split("\n")
        body = "\n".join(lines[12:])
        made.append("\n".join(lines[:12]) + ("\n" + body) * times + mark + tail)
    return "".join(made)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, call in (
            ("coursepack --help", ["--help"]),
            ("coursepack build seeds", ["build", str(SEEDS), "-q", "-o", folder]),
        ):
            runs = [measure(call) for _ in range(3)]
            print(f"{name:<26} {min(run[0] for run in runs):6.2f} s {max(run[1] for run in runs) / 1000:7.0f} MB")
        for times in (1, 10, 100):
            course = Path(folder) / f"book-{times}"
            course.mkdir()
            (course / TEXTBOOK.name).write_text(longer(times), "utf-8")
            toml = 'id = "book"\ntitle = "Book"\nlanguage = "kk"\n[[source]]\nfile = "{}"\nrole = "textbook"\n'
            (course / "course.toml").write_text(toml.format(TEXTBOOK.name), "utf-8")
            seconds, memory = measure([*LARGER, "inspect", str(course), "--json"])
            size = (course / TEXTBOOK.name).stat().st_size
            print(f"inspect, {times:>3} x text {size / 1e6:6.1f} MB {seconds:6.2f} s {memory / 1000:7.0f} MB")


if __name__ == "__main__":
    main()
