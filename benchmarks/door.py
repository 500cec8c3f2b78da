"""The door of an archive: very many small packages, each validated once, killed at a third and gone on with.

    python -m benchmarks.door [PACKAGES] [--jobs N] [--keep FOLDER]

The packages are of ten kinds, each of other bytes than all others; of each hundred one is harmed (cut, a byte turned,
a path out of it). One command judges the folder; it is killed with -9 when a third is judged, and the same command is
given again. Prints seconds on the clock and of processors, the most memory that one process took, how many were judged
before and after the kill, and whether the harmed ones, and they alone, are reported. ``--keep`` uses packages that an
earlier run left in FOLDER.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from coursepack import writers
from coursepack.model.course import About, Course, Exam, Session, Week
from coursepack.writers import Context
from tests.samples import b, every_question

_KINDS = {
    "cc11": ".imscc",
    "cc13": ".imscc",
    "scorm12": ".zip",
    "scorm2004": ".zip",
    "moodle-xml": ".xml",
    "moodle-backup": ".mbz",
    "syllabus": ".docx",
    "epub": ".epub",
    "qti21": ".zip",
    "qti3": ".zip",
}
_MARK = "Q0000000Q"
_HARMED = 100
"""One of so many is harmed."""
_IN_A_FOLDER = 1_000

Members = dict[str, bytes]


def _template(kind: str) -> Members:
    """What a small course becomes, with a mark where each package says its number."""
    course = Course(
        id="little",
        title=f"Топырақтану {_MARK}",
        language="kk",
        about=About(year="2026/2027"),
        weeks=(
            Week(
                id="w01",
                number=1,
                sessions=(
                    Session(id="w01-lecture", kind="lecture", number=1, title=f"Топырақ {_MARK}", blocks=b("Мәтін.")),
                ),
            ),
        ),
        exam=Exam(questions=every_question()[:3]),
    )
    writer = writers.load(kind)
    made = writer.write(course, Context(options=writer.options(), version="0"))
    return {member.path: member.read() for member in made.artifacts[0].members}


def _packed(whole: Members) -> bytes:
    if len(whole) == 1:
        return next(iter(whole.values()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in whole.items():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info.external_attr = 0o100644 << 16
            archive.writestr(info, data)
    return out.getvalue()


def _turned(whole: Members) -> bytes:
    """A byte of the last member turned: its checksum says so, or a text that is no XML any more."""
    data = bytearray(_packed(whole))
    at = data.find(b"PK\1\2") - 6 if data[:2] == b"PK" else data.find(b">")
    data[at] ^= 1
    return bytes(data)


_HARMS: tuple[Callable[[Members], bytes], ...] = (
    lambda whole: _packed(whole)[:-200],
    _turned,
    lambda whole: _packed(whole | {"../out.txt": b"a"}) if len(whole) > 1 else _packed(whole)[: -len("</quiz>") - 2],
)


def shelf(folder: Path, count: int) -> None:
    """So many packages, a thousand to a folder; the same for the same number."""
    templates = [(kind, ending, _template(kind)) for kind, ending in _KINDS.items()]
    for number in range(count):
        kind, ending, members = templates[number % len(templates)]
        said = f"Q{number:07d}Q".encode()
        whole = {name: data.replace(_MARK.encode(), said) for name, data in members.items()}
        here = folder / f"{number // _IN_A_FOLDER:04d}"
        if number % _IN_A_FOLDER == 0:
            here.mkdir(parents=True, exist_ok=True)
        harm = _HARMS[number // _HARMED % len(_HARMS)] if is_harmed(number) else _packed
        (here / f"{number:07d}-{kind}{ending}").write_bytes(harm(whole))


def is_harmed(number: int) -> bool:
    return number % _HARMED == number // _HARMED % _HARMED


@dataclass
class Run:
    """One call: what it said of which package, what it cost."""

    states: dict[int, str]
    before: int
    clock: float
    used: float
    peak: int
    others: int
    status: int


def validated(folder: Path, kept: Path, jobs: int, stop_at: int | None = None) -> Run:
    """``coursepack validate FOLDER --jsonl``; killed with its children when so many lines were read."""
    command = [sys.executable, "-m", "coursepack", "validate", str(folder), "--jsonl", "--jobs", str(jobs)]
    environment = {**os.environ, "COURSEPACK_VERDICTS": str(kept)}
    run = Run({}, 0, 0.0, 0.0, 0, 0, 0)
    start = time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, start_new_session=True)
    watch = threading.Thread(target=_watch, args=(running.pid, run), daemon=True)
    watch.start()
    assert running.stdout is not None
    for line in running.stdout:
        try:
            one = json.loads(line)
        except json.JSONDecodeError:  # the end of what was killed
            break
        run.states[int(Path(one["file"]).name[:7])] = one["state"]
        run.before += bool(one.get("as_before"))
        if stop_at is not None and len(run.states) >= stop_at:
            os.killpg(running.pid, signal.SIGKILL)
            break
    running.stdout.close()
    _, status, usage = os.wait4(running.pid, 0)
    running.returncode = run.status = os.waitstatus_to_exitcode(status)
    run.clock = time.perf_counter() - start
    run.used = usage.ru_utime + usage.ru_stime
    return run


def _watch(pid: int, run: Run) -> None:
    """The most memory that the command, and one of its children, had at once, in kB (VmHWM of proc(5))."""
    while True:
        try:
            run.peak = max(run.peak, _high(pid))
            for children in Path(f"/proc/{pid}/task").glob("*/children"):  # each thread started one of its own
                for child in children.read_text("ascii").split():
                    run.others = max(run.others, _high(int(child)))
        except OSError:
            if not Path(f"/proc/{pid}").exists():
                return
        time.sleep(2)


def _high(pid: int) -> int:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("ascii"))
    return int(found[1]) if found else 0


def told(what: str, run: Run) -> None:
    print(
        f"{what}: {len(run.states):,} answers, {run.before:,} of them known before, {run.clock:.0f} s, "
        f"{run.used:.0f} s of processors, exit code {run.status}; most memory: the command {run.peak / 1024:.0f} MB, "
        f"a child {run.others / 1024:.0f} MB",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("packages", type=int, nargs="?", default=100_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    count: int = asked.packages
    with tempfile.TemporaryDirectory() as name:
        folder = asked.keep or Path(name) / "packages"
        if not folder.exists():
            shelf(folder, count)
        size = sum(path.stat().st_size for path in folder.glob("*/*"))
        print(f"{count:,} packages of {len(_KINDS)} kinds, {size / count / 1000:.1f} kB each", flush=True)
        kept = Path(name) / "verdicts"
        told("killed with -9 at a third", validated(folder, kept, asked.jobs, count // 3))
        whole = validated(folder, kept, asked.jobs)
        told("the same command again", whole)
        told("once more, all known", validated(folder, kept, asked.jobs))
        wrong = [number for number in range(count) if (whole.states.get(number) == "sound") == is_harmed(number)]
        print(f"states: {dict(sorted(Counter(whole.states.values()).items()))}")
        print(f"each judged and each told rightly: {'yes' if not wrong else f'NO: {wrong[:20]}'}")


if __name__ == "__main__":
    main()
