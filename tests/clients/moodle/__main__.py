"""What arrives of packages in an installed Moodle, a row each: ``python -m tests.clients.moodle TREE FILE…``.

Each file is restored, imported or played in a course of its own. A trial site only.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tests.clients.moodle.site import Site

HEAD = ("product", "sections", "activities", "questions", "files", "graded items", "pre-check", "log", "notices")


def main(tree: str, *files: str) -> None:
    site = Site(Path(tree))
    sys.stdout.write(f"Moodle {site.release}\n\n")
    for row in (HEAD, ["---"] * len(HEAD), *(_row(path, site.arrive(path)) for path in map(Path, files))):
        sys.stdout.write(f"| {' | '.join(row)} |\n")
        sys.stdout.flush()


def _row(path: Path, arrived: dict[str, Any]) -> list[str]:
    if "refused" in arrived:
        return [path.name, "refused", arrived["refused"], *[""] * (len(HEAD) - 3)]
    kinds = Counter(one["mod"] for one in arrived.get("activities", []))
    said = [", ".join(arrived.get(name, [])) or "none" for name in ("precheck", "log", "notices")]
    return [
        path.name,
        str(len(arrived.get("sections", []))),
        ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) or f"{len(arrived.get('scos', []))} SCOs",
        str(len(arrived.get("questions", []))),
        str(len(arrived.get("files", []))),
        str(arrived.get("graded", 0)),
        *said,
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
