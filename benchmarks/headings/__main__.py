"""Whether the words of headings name their part: ``python -m benchmarks.headings [--missed] [FILE …]``.

A file is JSON: the name of a part → headings that people give it; ``about.NAME`` labels of a course's data,
``sessions.NAME`` words that count classes, ``none`` headings that name no part. One line a file: the share of headings
that the word lists give their part at least half of the full evidence, that they give another part more, and that of
``none`` which they give to some part. The shape of what stands below and the place count in a document; here they do
not. ``--missed`` prints each heading that is not found, with what was found instead; the files called ``held-…`` are
never printed, for no word is added because of them.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from coursepack.outline.tree.words import FULL, words

HERE = Path(__file__).parent
LEAST = FULL // 2
NONE = "none"
# Parts that the same words may name; where they stand and what is below tells them apart.
ALIKE = (
    {"aims", "course-aim", "objectives", "outcomes"},
    {"literature", "basic", "additional", "internet"},
    {"keywords", "glossary"},
    {"tasks", "assignments", "homework"},
    {"grading", "marking"},
    {"outline", "plan"},
    {"description", "foreword"},
    {"review", "exam", "tests"},
)


def named(label: str, heading: str) -> str | None:
    """What the words of a heading name, among the kinds of names that ``label`` is of."""
    heading = heading.strip().rstrip(":")
    if label.startswith("about."):
        found = words().about(heading)
        return f"about.{found}" if found else None
    if label.startswith("sessions."):
        found = words().kind(heading)
        return f"sessions.{found}" if found else None
    scores = {name: score for name, score in words().labels(heading).items() if score >= LEAST}
    return max(scores, key=lambda name: (scores[name], name == label)) if scores else None


def is_right(label: str, found: str | None) -> bool:
    return found == label or any({label, found} <= group for group in ALIKE)


def judged(file: Path) -> Iterator[tuple[str, str, str | None]]:
    """Label, heading and what it was taken for."""
    for label, headings in json.loads(file.read_text("utf-8")).items():
        for heading in headings:
            yield label, heading, named(label, heading)


def run(file: Path, *, missed: bool) -> None:
    """One file on one line."""
    counts, worst = Counter[str](), Counter[str]()
    for label, heading, found in judged(file):
        right = is_right(label, found) if label != NONE else found is None
        outcome = "right" if right else "missed" if found is None else "other"
        counts[f"{NONE if label == NONE else 'part'} {outcome}"] += 1
        worst[label] += not right
        if missed and not right and not file.stem.startswith("held"):
            print(f"{file.stem} {label}: {heading!r} -> {found}")
    parts = sum(counts[f"part {outcome}"] for outcome in ("right", "missed", "other"))
    none = counts["none right"] + counts["none other"]
    print(
        f"{file.stem}: {parts} headings of parts, {100 * counts['part right'] / max(parts, 1):.1f} % found, "
        f"{100 * counts['part other'] / max(parts, 1):.1f} % taken for another part; of {none} of no part "
        f"{100 * counts['none other'] / max(none, 1):.1f} % taken for one; hardest: "
        + ", ".join(f"{label} {count}" for label, count in worst.most_common(6))
    )


if __name__ == "__main__":
    names = [name for name in sys.argv[1:] if name != "--missed"]
    for each in [Path(name) for name in names] or sorted(HERE.glob("*.json")):
        run(each, missed="--missed" in sys.argv)
