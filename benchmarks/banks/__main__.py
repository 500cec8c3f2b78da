"""Banks of many shapes, read: how many come out right, how many wrong with a word, how many wrong without.

    python -m benchmarks.banks                     600 banks
    python -m benchmarks.banks --count N --seed S  as many as that, drawn otherwise
    python -m benchmarks.banks --pdf               as PDF, by LibreOffice
    python -m benchmarks.banks --show silent       and those that came out so
    python -m benchmarks.banks --keep FOLDER       the folders stay there

A bank is right where the course holds its questions, answers and keys as they were written and no more. It is told
where a warning or an error of banks names its file; what is told of keys alone counts for keys alone.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.banks import cases, measure
from benchmarks.banks.cases import Case


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.banks")
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pdf", action="store_true")
    parser.add_argument("--show", choices=["silent", "told", "right"])
    parser.add_argument("--keep", type=Path)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        root = said.keep or Path(made)
        if said.keep and said.keep.exists():
            shutil.rmtree(said.keep)
        found = run(root, said.count, said.seed, pdf=said.pdf, show=said.show)
    print(table(found))


def run(root: Path, count: int, seed: int, *, pdf: bool, show: str | None) -> list[tuple[Case, measure.Reading]]:
    formats = {"formats": ("pdf",)} if pdf else {}
    each = [one for one in cases.cases(count, seed, **formats) if not pdf or one.format == "pdf"]
    folders = [root / f"{n:04}" for n in range(len(each))]
    wanted = [cases.write(one, folder) for one, folder in zip(each, folders, strict=True)]
    if pdf:
        cases.print_all(folders)
    found = []
    for n, (one, folder, made) in enumerate(zip(each, folders, wanted, strict=True)):
        reading = measure.read(folder, made.asked, one.file)
        found.append((one, reading))
        if reading.outcome == show:
            codes = sorted({each.code for each in reading.told})
            print(
                f"{n:04} {one}: {len(reading.missing)} missing, {len(reading.more)} more {' '.join(codes)}", flush=True
            )
            for sign, held in (("-", reading.missing), ("+", reading.more)):
                for question in held[:2]:
                    print(f"    {sign} {question.stem[:90]!r} {question.answers} {question.right}", flush=True)
    return found


def table(found: list[tuple[Case, measure.Reading]]) -> str:
    """The outcomes by arrangement, in Markdown."""
    rows = ["| shape | banks | right | wrong, reported | wrong, not reported |", "| --- | --- | --- | --- | --- |"]
    for name in (*cases.ARRANGEMENTS, ""):
        outcomes = Counter(reading.outcome for case, reading in found if name in {case.arrangement, ""})
        total = sum(outcomes.values())
        rows.append(f"| {name or 'all'} | {total} | {outcomes['right']} | {outcomes['told']} | {outcomes['silent']} |")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
