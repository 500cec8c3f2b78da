"""``python -m benchmarks.coursebench [FOLDER …]``: course-F1 of every document below the folders.

A folder that holds ``gold.json`` is a document, and the folder that it lies in its half. Without arguments: the two
halves that lie here. Prints a line a document (score; entries right, missed, wrong), then means by half: of each kind,
language, format and part, and of all.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.coursebench.gold import Gold, load
from benchmarks.coursebench.reading import read
from benchmarks.coursebench.score import Part, Scores, mean, score

HERE = Path(__file__).parent
HALVES = (HERE / "fit", HERE / "heldout")


class Measured(msgspec.Struct, frozen=True, omit_defaults=True):
    """A document's scores, and what went wrong when it could not be read."""

    half: str
    name: str
    kind: str
    language: str
    format: str
    parts: Scores
    problem: str = ""


def documents(folders: Iterable[Path]) -> list[Path]:
    """The documents below these folders, by path."""
    return sorted({path.resolve().parent for folder in folders for path in folder.rglob("gold.json")})


def formats(gold: Gold) -> str:
    """The endings of a document's files: ``docx``, ``docx+pdf``."""
    return "+".join(sorted({Path(name).suffix[1:].lower() for name in gold.files}))


def measured(folder: Path, reader: Callable[[list[Path]], Gold] = read) -> Measured:
    """A document that cannot be read scores nothing: every entry of its gold is missed."""
    gold = load(folder / "gold.json")
    problem = ""
    try:
        parts = score(gold, reader([folder / name for name in gold.files]))
    except Exception as why:
        parts = {name: msgspec.structs.replace(part, score=0.0) for name, part in score(gold, Gold()).items()}
        problem = f"{type(why).__name__}: {why}"
    return Measured(folder.parent.name, folder.name, gold.kind, gold.language, formats(gold), parts, problem)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coursebench", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=HALVES)
    parser.add_argument("--json", type=Path, help="write every score and count there")
    parser.add_argument("--only", default="", help="documents whose name holds this")
    parser.add_argument("--parts", action="store_true", help="the parts of each document too")
    asked = parser.parse_args(arguments)
    found = [path for path in documents(asked.folders) if asked.only in path.name]
    if not found:
        parser.error("no document with a gold.json")
    with ProcessPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(measured, found, chunksize=1))
    show(results, parts=asked.parts)
    if asked.json:
        asked.json.write_text(json.dumps(told(results), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def told(results: Iterable[Measured]) -> dict[str, Any]:
    """Each document by ``half/name``: its kind, language and format, score, counts, and its parts likewise."""
    return {
        f"{one.half}/{one.name}": {"score": mean(one.parts), **counts(one.parts.values()), **msgspec.to_builtins(one)}
        for one in results
    }


def counts(parts: Iterable[Part]) -> dict[str, int]:
    """Entries right, missed and wrong over these parts."""
    every = list(parts)
    return {name: sum(getattr(part, name) for part in every) for name in ("right", "missed", "wrong")}


# --- tables


def show(results: list[Measured], *, parts: bool) -> None:
    """Scores of documents, then means by half: of each kind, language, format and part, and of all."""
    print("score  right missed  wrong")
    for one in results:
        numbers = "".join(f"{count:7}" for count in counts(one.parts.values()).values())
        print(f"{mean(one.parts):.3f}{numbers[1:]}  {one.half}/{one.name}  {one.problem}".rstrip())
        if parts:
            _parts(one.parts)
    halves = sorted({one.half for one in results})
    for what in ("kind", "language", "format"):
        _table(what, halves, ((getattr(one, what), one.half, mean(one.parts)) for one in results))
    by_part = ((name, one.half, part.score) for one in results for name, part in one.parts.items())
    _table("part", halves, by_part)
    _table("", halves, (("all", one.half, mean(one.parts)) for one in results))


def _parts(parts: Scores) -> None:
    for name, part in parts.items():
        entries = ", ".join(f"{count} {what}" for what, count in counts([part]).items() if count)
        print(f"  {part.score:.3f}  {name}  {entries}".rstrip())


def _table(what: str, halves: list[str], values: Iterable[tuple[str, str, float]]) -> None:
    """Means (and how many) of values by row and half."""
    rows: defaultdict[str, defaultdict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row, half, value in values:
        rows[row][half].append(value)
    print()
    print(what.ljust(26) + "".join(half.rjust(18) for half in halves))
    for row, found in sorted(rows.items()):
        cells = (f"{sum(v) / len(v):.3f} ({len(v)})" if (v := found.get(half)) else "" for half in halves)
        print(row.ljust(26) + "".join(cell.rjust(18) for cell in cells).rstrip())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
