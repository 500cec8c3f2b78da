"""``python -m benchmarks.coursebench [FOLDER …]``: course-F1 of every document below the folders, by kind and by part.

A folder that holds ``gold.json`` is a document. Without arguments: the two halves that lie here.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.coursebench.gold import Gold, load
from benchmarks.coursebench.reading import read
from benchmarks.coursebench.score import Scores, mean, score

HERE = Path(__file__).parent


def measured(folder: Path) -> tuple[str, Scores, str]:
    """A document's kind, its scores, and what went wrong when it could not be read."""
    gold = load(folder / "gold.json")
    try:
        found = read([folder / name for name in gold.files])
    except Exception as problem:
        return gold.kind, dict.fromkeys(score(gold, Gold()), 0.0), f"{type(problem).__name__}: {problem}"
    return gold.kind, score(gold, found), ""


def documents(folders: Iterable[Path]) -> list[Path]:
    """The documents below these folders, by name."""
    return sorted({path.parent for folder in folders for path in folder.rglob("gold.json")})


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[HERE / "fit", HERE / "heldout"])
    parser.add_argument("--json", type=Path, help="write every score there")
    parser.add_argument("--only", default="", help="documents whose name holds this")
    parser.add_argument("--parts", action="store_true", help="the parts of each document too")
    asked = parser.parse_args(arguments)
    found = [path for path in documents(asked.folders) if asked.only in path.name]
    with ProcessPoolExecutor(max_workers=2) as pool:
        results = list(zip(found, pool.map(measured, found, chunksize=1), strict=True))
    show(results, parts=asked.parts)
    if asked.json:
        told = {f"{path.parent.name}/{path.name}": scores for path, (_, scores, _) in results}
        asked.json.write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


def show(results: list[tuple[Path, tuple[str, Scores, str]]], *, parts: bool) -> None:
    """Scores of documents, then means by half, by kind and by part."""
    kinds: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    halves: defaultdict[str, list[float]] = defaultdict(list)
    by_part: defaultdict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for path, (kind, scores, problem) in results:
        half = path.parent.name
        value = mean(scores)
        print(f"{value:.3f}  {half}/{path.name}  {problem}")
        if parts:
            print("       " + "  ".join(f"{name} {part:.2f}" for name, part in scores.items()))
        kinds[half, kind].append(value)
        halves[half].append(value)
        for name, part in scores.items():
            by_part[name][half].append(part)
    print()
    for (half, kind), values in sorted(kinds.items()):
        print(f"{sum(values) / len(values):.3f}  {half:10} {kind} ({len(values)})")
    print()
    names = sorted(halves)
    print("part".ljust(26) + "".join(name.rjust(18) for name in names))
    for name, found in sorted(by_part.items()):
        cells = (f"{sum(v) / len(v):.3f} ({len(v)})" if (v := found.get(half)) else "" for half in names)
        print(name.ljust(26) + "".join(cell.rjust(18) for cell in cells))
    print("all".ljust(26) + "".join(f"{sum(v) / len(v):.3f} ({len(v)})".rjust(18) for _, v in sorted(halves.items())))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
