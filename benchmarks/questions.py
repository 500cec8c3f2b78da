"""Question banks of 1,000, 10,000 and 100,000 single-choice questions as Moodle XML: time and peak memory.

    python benchmarks/questions.py [--peers FOLDER] [--formats] [--qti] [COUNT …]

``--peers`` is the folder of programs where ``make-questions`` (pip install moodle-tools) and ``text2qti`` (pip install
text2qti) are; each reads the same questions in its own text format. coursepack reads, writes, checks by its schema and
rules, and publishes; the others check nothing. Each measure is a process of its own, and a peer is left out where it
would need more than ``PEER_LIMIT`` questions. ``--formats`` measures coursepack's other question formats too, ``--qti``
the packages of QTI that it writes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

COUNTS = (1_000, 10_000, 100_000)
PEER_LIMIT = 10_000
OPTIONS = ("Парламент", "Үкімет", "Жоғарғы Сот", "Әкімдік")
QUESTION = "{number}-сұрақ. Қазақстандағы мемлекеттік билік тармақтарының қайсысы заң шығарады?"


def aiken(number: int) -> str:
    """A question in Aiken."""
    options = "\n".join(f"{letter}) {text} {number}" for letter, text in zip("ABCD", OPTIONS, strict=True))
    return f"{QUESTION.format(number=number)}\n{options}\nANSWER: A\n\n"


def gift(number: int) -> str:
    """A question in GIFT."""
    options = "".join(f"\t{'~' if place else '='}{text} {number}\n" for place, text in enumerate(OPTIONS))
    return f"::{number}::{QUESTION.format(number=number)}{{\n{options}}}\n\n"


def moodle_xml(number: int) -> str:
    """A question in Moodle XML; the first one opens the file."""
    answers = "".join(
        f'<answer fraction="{0 if place else 100}" format="html"><text>{text} {number}</text></answer>'
        for place, text in enumerate(OPTIONS)
    )
    name = f"<name><text>{number}</text></name>"
    stem = f'<questiontext format="html"><text>{QUESTION.format(number=number)}</text></questiontext>'
    opens = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n' if number == 1 else ""
    return f'{opens}<question type="multichoice">{name}{stem}<single>true</single>{answers}</question>\n'


def classic(number: int) -> str:
    """A question in tags, the first variant right."""
    return _tagged(number, "question", "variant")


def levels(number: int) -> str:
    """A question in tags with its level."""
    return _tagged(number, f"question{number % 3 + 1}", "variantright")


def mixed(number: int) -> str:
    """A question in tags with its right variant marked."""
    return _tagged(number, "question", "variantright")


def _tagged(number: int, asks: str, right: str) -> str:
    variants = "".join(f"<{'variant' if place else right}>{text} {number}\n" for place, text in enumerate(OPTIONS))
    return f"<{asks}>{QUESTION.format(number=number)}\n{variants}\n"


def text2qti(number: int) -> str:
    """A question in the format of text2qti."""
    options = "\n".join(
        f"{'*' if letter == 'a' else ''}{letter}) {text} {number}" for letter, text in zip("abcd", OPTIONS, strict=True)
    )
    title = "Quiz title: Сұрақтар қоры\n\n" if number == 1 else ""
    return f"{title}{number}. {QUESTION.format(number=number)}\n{options}\n\n"


def moodle_tools(number: int) -> str:
    """A question in the YAML of moodle-tools."""
    options = "".join(f"  - {text} {number}\n" for text in OPTIONS)
    head = f"---\ntype: multiple_choice\ncategory: Bank\ntitle: {number}\nquestion: |\n"
    return f"{head}  {QUESTION.format(number=number)}\nanswers:\n{options}"


@dataclass(frozen=True)
class Program:
    """A program to measure: how its input is written and how it is called."""

    name: str
    ending: str
    question: Callable[[int], str]
    call: Callable[[Path, Path], list[str]]
    limit: int = 10**9
    closing: str = ""
    """What ends the file."""

    @property
    def is_there(self) -> bool:
        return shutil.which(self.call(Path(), Path())[0]) is not None


def coursepack(
    name: str, ending: str, question: Callable[[int], str], to: str = "moodle-xml", closing: str = ""
) -> Program:
    """``coursepack convert`` from one format to another."""

    def call(source: Path, target: Path) -> list[str]:
        return [sys.executable, "-m", "coursepack", "convert", str(source), "-t", to, "-o", str(target), "-q"]

    return Program(name, ending, question, call, closing=closing)


def programs(peers: Path | None, *, formats: bool, qti: bool) -> list[Program]:
    found = [coursepack("coursepack", "aiken", aiken)]
    if formats:
        found.append(coursepack("coursepack (GIFT)", "gift", gift))
        found.append(coursepack("coursepack (Moodle XML to GIFT)", "xml", moodle_xml, "gift", "</quiz>\n"))
        tagged = (("classic", classic), ("levels", levels), ("mixed", mixed))
        found += [coursepack(f"coursepack (tags, {name})", "txt", question) for name, question in tagged]
    if qti:
        found += [coursepack(f"coursepack ({name})", "aiken", aiken, name) for name in ("qti21", "qti3")]
    if peers:
        found.append(
            Program(
                "moodle-tools",
                "yaml",
                moodle_tools,
                lambda source, target: [str(peers / "make-questions"), "-s", "-i", str(source), "-o", str(target)],
                PEER_LIMIT,
            )
        )
        found.append(
            Program(
                "text2qti", "txt", text2qti, lambda source, target: [str(peers / "text2qti"), str(source)], PEER_LIMIT
            )
        )
    return [one for one in found if one.is_there]


@dataclass(frozen=True)
class Measure:
    """Seconds on the clock, seconds of the processor, peak memory in bytes, size of what was written."""

    wall: float
    cpu: float
    memory: int
    size: int


def measure(program: Program, count: int, folder: Path) -> Measure:
    """Run a program once on a bank of ``count`` questions."""
    source = folder / f"bank.{program.ending}"
    target = folder / "made.xml"
    with source.open("w", encoding="utf-8") as file:
        for number in range(1, count + 1):
            file.write(program.question(number))
        file.write(program.closing)
    target.unlink(missing_ok=True)
    started = time.perf_counter()
    process = subprocess.Popen(program.call(source, target), stdout=subprocess.DEVNULL, cwd=folder)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    made = target if target.exists() else source.with_suffix(".zip")
    if process.returncode or not made.exists():
        raise SystemExit(f"{program.name} ended with {process.returncode} at {count} questions")
    size = made.stat().st_size
    made.unlink()
    return Measure(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, size)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--formats", action="store_true")
    parser.add_argument("--qti", action="store_true")
    parser.add_argument("counts", type=int, nargs="*", default=list(COUNTS))
    chosen = parser.parse_args()
    print("questions  program                          clock    processor  peak memory   file")
    for count in chosen.counts:
        base: Measure | None = None
        for program in programs(chosen.peers, formats=chosen.formats, qti=chosen.qti):
            if count > program.limit:
                continue
            with tempfile.TemporaryDirectory() as folder:
                found = measure(program, count, Path(folder))
            base = base or found
            times = f"  ×{found.cpu / base.cpu:.1f}" if found is not base else ""
            print(
                f"{count:9,}  {program.name:31} {found.wall:6.2f} s  {found.cpu:6.2f} s  {found.memory / 1e6:8.0f} MB  "
                f"{found.size / 1e6:6.1f} MB{times}",
                flush=True,
            )


if __name__ == "__main__":
    main()
