"""Coverage-guided fuzzing of the readers and the checker, by atheris (libFuzzer), which is to be installed beside:

    pip install atheris            (wheels for Python 3.11 to 3.13 on Linux)
    python -m benchmarks.fuzz                           the targets
    python -m benchmarks.fuzz TARGET SECONDS            fuzz one; what is found stays in output/fuzz/TARGET/findings
    python -m benchmarks.fuzz TARGET SECONDS FOLDER     the same, below FOLDER
    python -m benchmarks.fuzz TARGET replay FILE...     run inputs again, without the fuzzer, with their time and memory

Archives are changed by members, XML by elements (``shapes``). The corpus is kept, a later run goes on from it.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.fuzz.targets import Target


def main(arguments: list[str]) -> None:
    if arguments[1:2] == ["child"]:  # before anything of coursepack is imported: the fuzzer instruments what it imports
        from benchmarks.fuzz.watch import fuzz

        name, _, seconds, folder = arguments
        fuzz(name, int(seconds), Path(folder))
    from benchmarks.fuzz.targets import TARGETS

    match arguments:
        case [name, "replay", *files]:
            for file in files:
                _replay(TARGETS[name], Path(file))
        case [name, seconds, *rest]:
            _run(name, TARGETS[name], int(seconds), Path(*rest) if rest else Path("output/fuzz"))
        case _:
            print("\n".join(TARGETS))


def _run(name: str, target: Target, seconds: int, folder: Path) -> None:
    """Fuzz in a child process; one that ends early (a crash, memory) is started again for the rest of the time."""
    folder = (folder / name).resolve()
    for part in ("corpus", "findings", "seeds", "work"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (folder / "seeds" / f"{number:03}").write_bytes(seed)
    end = time.monotonic() + seconds
    runs = edges = processes = 0
    while (left := int(end - time.monotonic())) > 0 and processes < 50:
        processes += 1
        call = [sys.executable, "-m", "benchmarks.fuzz", name, "child", str(left), str(folder)]
        done = subprocess.run(call, check=False, capture_output=True, encoding="utf-8", errors="replace")
        (folder / "log.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
        runs += max((int(found) for found in re.findall(r"^#(\d+)\t", done.stderr, re.MULTILINE)), default=0)
        edges = max((edges, *(int(n) for n in re.findall(r"\bcov: (\d+)", done.stderr))))
    found = sorted(path.name for path in (folder / "findings").iterdir() if path.suffix != ".txt")
    print(
        f"{name} | {seconds} s | {runs} executions | {edges} edges | {processes} processes | {', '.join(found) or '-'}"
    )


def _replay(target: Target, file: Path) -> None:
    from coursepack.place import CoursepackError

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{target.ending}"
        path.write_bytes(file.read_bytes())
        start = time.perf_counter()
        try:
            target.run(path)
            said = "done"
        except CoursepackError as problem:
            said = f"refused: {problem}"[:200]
        except Exception:
            said = traceback.format_exc()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{file.name}: {time.perf_counter() - start:.2f} s, {memory} MiB at the peak: {said}")


if __name__ == "__main__":
    main(sys.argv[1:])
