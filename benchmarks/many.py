"""Many courses: what one costs, what two processes give, and that whatever is killed, the bytes in the end are those of
a run that nobody disturbed.

    python -m benchmarks.many [COURSES]             # all of it
    python -m benchmarks.many 500 --only cluster    # one part: processes, killed, worker, cluster, disk, changed

The courses are unlike each other: Kazakh, Russian and English, one to fifteen lectures, with and without tests, tasks
and a course.toml of their own. Two products of each are built (Moodle XML and the syllabus).
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

WORDS = {
    language: words.split()
    for language, words in (
        ("kk", "топырақ өсімдік құрылым қасиет әдіс талдау жүйе өнім сапа есеп шама нәтиже бағалау үлгі қағида"),
        ("ru", "почва растение строение свойство метод анализ система продукт качество расчёт величина результат"),
        ("en", "soil plant structure property method analysis system product quality figure value result rule"),
    )
}
LECTURE = {"kk": "{0}-дәріс. {1}", "ru": "Лекция {0}. {1}", "en": "Lecture {0}. {1}"}
QUESTIONS = {"kk": "Бақылау сұрақтары:", "ru": "Контрольные вопросы:", "en": "Review questions:"}
FORMATS = ("-f", "moodle-xml", "-f", "syllabus")


def made(folder: Path, number: int) -> None:
    """A course of its own: which, its number says."""
    draw = random.Random(number)  # noqa: S311 - no secret
    language = ("kk", "ru", "en")[number % 3]
    words = WORDS[language]

    def phrase(least: int, most: int) -> str:
        return " ".join(draw.choice(words) for _ in range(draw.randint(least, most))).capitalize()

    course = folder / f"course-{number:05}"
    course.mkdir(parents=True)
    lines: list[str] = []
    for lecture in range(1, draw.randint(2, 16)):
        lines += [LECTURE[language].format(lecture, phrase(2, 5)), ""]
        for _ in range(draw.randint(2, 8)):
            lines += [" ".join(f"{phrase(6, 14)}." for _ in range(draw.randint(2, 6))), ""]
        lines += [QUESTIONS[language], *(f"{at}. {phrase(4, 9)}?" for at in range(1, draw.randint(3, 7))), ""]
    (course / "text.txt").write_text("\n".join(lines), "utf-8")
    toml = f'id = "course-{number:05}"\ntitle = "{phrase(2, 4)}"\nlanguage = "{language}"\n'
    toml += '\n[[source]]\nfile = "text.txt"\nrole = "textbook"\n'
    if number % 4 == 0:
        questions = (
            f"{phrase(5, 10)}?\nA. {phrase(1, 3)}\nB. {phrase(1, 3)} 2\nC. {phrase(1, 3)} 3\nANSWER: {key}"
            for key in draw.choices("ABC", k=draw.randint(5, 40))
        )
        bank = "\n\n".join(questions)
        (course / "bank.txt").write_text(bank + "\n", "utf-8")
        toml += '\n[[source]]\nfile = "bank.txt"\nrole = "questions"\n'
    (course / "course.toml").write_text(toml, "utf-8")


def build(bench: Path, output: str, *more: str) -> list[str]:
    """The command that builds them all."""
    call = [sys.executable, "-m", "coursepack", "build", str(bench / "courses"), "-o", str(bench / output), *FORMATS]
    return [*call, "--ledger", str(bench / f"ledger of {output}"), "-q", *more]


def digest(folder: Path) -> str:
    """One hash of all files in it."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(f"{path.relative_to(folder)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def timed(command: list[str]) -> tuple[float, float, int]:
    """Seconds on the clock, seconds of processors, exit code."""
    before, began = os.times(), time.perf_counter()
    status = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - began, used, status


class Bench:
    """The courses, and what a run that nobody disturbs makes of them."""

    def __init__(self, at: Path, count: int) -> None:
        self.at, self.count = at, count
        for number in range(count):
            made(at / "courses", number)
        clock, used, status = timed(build(at, "serial", "--jobs", "1"))
        self.wanted = digest(at / "serial")
        self.told("one after another", clock, used, status)

    def told(self, what: str, clock: float, used: float, status: int) -> None:
        each = clock / self.count * 1000
        print(
            f"{what}: {clock:.1f} s, {used:.1f} s of processors, {each:.1f} ms a course, exit code {status}", flush=True
        )

    def run(self, what: str, output: str, *more: str) -> None:
        """Build to the end and compare."""
        self.told(what, *timed(build(self.at, output, *more)))
        same = digest(self.at / output) == self.wanted
        print(f"    the same bytes as one after another: {'yes' if same else 'NO'}", flush=True)

    def started(self, output: str, *more: str) -> subprocess.Popen[bytes]:
        command = build(self.at, output, *more)
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    def until(self, output: str, share: float) -> None:
        """Wait until so many courses are there."""
        while len(list((self.at / output).glob("course-*"))) < self.count * share:
            time.sleep(0.05)

    # --- parts --------------------------------------------------------------------------------------------------------

    def processes(self) -> None:
        self.run("two processes", "two", "--jobs", "2")
        self.run("again, nothing changed", "two", "--jobs", "2")

    def killed(self) -> None:
        run = self.started("killed", "--jobs", "2")
        self.until("killed", 1 / 3)
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        self.run("killed with -9 at a third, and run again", "killed", "--jobs", "2")

    def worker(self) -> None:
        run = self.started("worker", "--jobs", "2")
        for share, which in ((1 / 4, -1), (1 / 2, -2)):
            self.until("worker", share)
            found = subprocess.run(["pgrep", "-P", str(run.pid)], capture_output=True, check=False, text=True)
            for pid in found.stdout.split()[which:][:1]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGKILL)
        print(f"a process killed with -9 at a quarter and at a half: exit code {run.wait()}", flush=True)
        self.run("    and run again", "worker", "--jobs", "2")

    def changed(self) -> None:
        copy = self.at / "courses of a day"
        shutil.copytree(self.at / "courses", copy)
        path = self.at / f"courses/course-{self.count - 1:05}/text.txt"
        first = path.read_text("utf-8")
        run = self.started("changed", "--jobs", "2")
        self.until("changed", 1 / 3)
        path.write_text(first + "\n", "utf-8")
        run.wait()
        path.write_text(first, "utf-8")
        self.run("a course changed during the run and back, and run again", "changed", "--jobs", "2")

    def disk(self) -> None:
        """A file system with room for a third of the builds."""
        small = self.at / "disk"
        small.mkdir()
        size = sum(path.stat().st_size for path in (self.at / "serial").rglob("*") if path.is_file()) // 3
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(small)], check=False)
        if mounted.returncode:
            print("a full disk: not tried, for nothing can be mounted here")
            return
        try:
            self.told("a disk with room for a third", *timed(build(self.at, "disk", "--jobs", "2")))
            half = len(list(small.glob(".coursepack-*")))
            print(f"    left half written: {half}; courses there: {len(list(small.glob('course-*')))}")
            subprocess.run(["mount", "-o", f"remount,size={size * 6}", str(small)], check=True)
            self.run("    with room for all, and run again", "disk", "--jobs", "2")
        finally:
            subprocess.run(["umount", str(small)], check=False)

    def cluster(self) -> None:
        """A scheduler and two workers over TCP; a worker is killed, then the scheduler, which comes back."""
        with contextlib.ExitStack() as stack:
            first = stack.enter_context(dask("scheduler", "--port", "8899"))
            worker = stack.enter_context(dask("worker", "tcp://127.0.0.1:8899", "--nthreads", "1"))
            stack.enter_context(dask("worker", "tcp://127.0.0.1:8899", "--nthreads", "1"))
            self.run("a cluster of two workers", "cluster", "--scheduler", "tcp://127.0.0.1:8899")
            run = self.started("cluster-killed", "--scheduler", "tcp://127.0.0.1:8899")
            self.until("cluster-killed", 1 / 4)
            os.killpg(worker.pid, signal.SIGKILL)
            self.until("cluster-killed", 1 / 2)
            os.killpg(first.pid, signal.SIGKILL)
            first.wait()
            stack.enter_context(dask("scheduler", "--port", "8899"))
            stack.enter_context(dask("worker", "tcp://127.0.0.1:8899", "--nthreads", "1"))
            print(f"a worker killed at a quarter, the scheduler at a half: exit code {run.wait()}", flush=True)
            same = digest(self.at / "cluster-killed") == self.wanted
            print(f"    the same bytes as one after another: {'yes' if same else 'NO'}", flush=True)


@contextlib.contextmanager
def dask(what: str, *more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program of dask, at loopback."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *more, "--host", "127.0.0.1", "--no-dashboard"]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(3)
    try:
        yield run
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()


PARTS: tuple[Callable[[Bench], None], ...] = (
    Bench.processes,
    Bench.killed,
    Bench.worker,
    Bench.changed,
    Bench.disk,
    Bench.cluster,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("courses", type=int, nargs="?", default=500)
    parser.add_argument("--only", choices=[part.__name__ for part in PARTS])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), asked.courses)
        for part in PARTS:
            if asked.only in {None, part.__name__}:
                part(bench)


if __name__ == "__main__":
    main()
