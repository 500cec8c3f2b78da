"""``python -m benchmarks.coursebench.fit_weights``: fit the integer weights of the reading to documents with gold.

Coordinate descent: the weights of ``[heading]`` and ``[label]`` in ``coursepack/outline/tree/weights.toml`` are tried
one after the other, in the order of the file, one and two steps up and down. The value with the best mean course-F1
stays; of equal ones the one nearer to what stood there. A change must win ``LEAST``. Without folders: the fit half.
Nothing is drawn by lot: the same code and documents give the same weights. ``--write`` puts them into the file.

Cost of a round: 4 readings of all documents for each weight (the fit half on 2 cores: about 8 s each).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.coursebench.__main__ import HERE, documents, measured
from benchmarks.coursebench.score import mean
from coursepack.outline.tree import signals

FILE = Path(signals.__file__).with_name("weights.toml")
FITTED = ("heading", "label")
STEPS = (-1, 1, -2, 2)
LEAST = 0.0005

Weights = dict[str, dict[str, int]]


def copied(weights: Weights) -> Weights:
    return {section: dict(values) for section, values in weights.items()}


def scored(weights: Weights, folder: Path) -> float:
    """The course-F1 of a document read with these weights."""
    for section, values in weights.items():
        signals.weights()[section].update(values)
    return mean(measured(folder).parts)


def fitted(weights: Weights, value: Callable[[Weights], float], told: Callable[[str], None]) -> tuple[Weights, bool]:
    """The weights after one round, and whether any of them changed."""
    best = value(weights)
    told(f"{best:.4f}  as they stand")
    changed = False
    for section in FITTED:
        for key in weights[section]:
            for new, score in tries(weights, section, key, value):
                if score > best + LEAST:
                    told(f"{score:.4f}  {section}.{key}: {weights[section][key]} → {new}")
                    best, changed = score, True
                    weights = copied(weights)
                    weights[section][key] = new
                    break
    return weights, changed


def tries(weights: Weights, section: str, key: str, value: Callable[[Weights], float]) -> list[tuple[int, float]]:
    """Each value tried for a weight with its score: the best first, then the nearest."""
    found: list[tuple[int, float]] = []
    for step in STEPS:
        tried = copied(weights)
        tried[section][key] += step
        found.append((tried[section][key], value(tried)))
    return sorted(found, key=lambda one: (-one[1], abs(one[0] - weights[section][key])))


def written(text: str, weights: Weights) -> str:
    """The file with these weights in it; comments and order stay."""
    section = ""
    lines = []
    for line in text.splitlines(keepends=True):
        if head := re.match(r"\[([\w-]+)\]", line):
            section = head[1]
        named = re.match(r"([\w-]+) = -?\d+(?:\.\d+)?", line)
        lines.append(f"{named[1]} = {weights[section][named[1]]}{line[named.end() :]}" if named else line)
    return "".join(lines)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coursebench.fit_weights", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[HERE / "fit"])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="put the weights into the file")
    asked = parser.parse_args(arguments)
    found = documents(asked.folders)
    with ProcessPoolExecutor(max_workers=2) as pool:

        def value(weights: Weights) -> float:
            return sum(pool.map(partial(scored, weights), found)) / len(found)

        def told(line: str) -> None:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()

        weights = copied(signals.weights())
        for _ in range(asked.rounds):
            weights, changed = fitted(weights, value, told)
            if asked.write:
                FILE.write_text(written(FILE.read_text("utf-8"), weights), "utf-8")
            if not changed:
                break
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
