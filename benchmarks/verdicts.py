"""What ``coursepack validate`` says of packages of other systems: ``python -m benchmarks.verdicts FOLDER``.

FOLDER has a folder for each system, in which packages lie as they were published: archives, or unpacked folders with a
manifest. Which of them are broken is a person's judgement: FOLDER/judged.tsv, a line ``path<TAB>broken`` or
``path<TAB>sound`` for each package that was looked at. Prints, by system: packages, those of a kind that is not
checked, refused, false alarms (refused, and sound), missed (passed, and broken), refused and not judged by a person.
``--details FILE`` writes a line of JSON for each verdict.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

ARCHIVES = {".imscc", ".mbz", ".docx", ".epub", ".zip", ".elp", ".elpx"}
MARKS = ("imsmanifest.xml", "moodle_backup.xml", "META-INF/container.xml")
_QUIZ = re.compile(rb"<quiz[\s>]")
_AT_ONCE = 200


def packages(system: Path, most: int) -> list[Path]:
    """The packages of a system; of each repository no more than ``most``, evenly spread."""
    found: list[Path] = []
    for repository in sorted(path for path in system.iterdir() if path.is_dir()):
        here = sorted(_below(repository))
        step = max(len(here) / most, 1.0)
        found += [here[int(at * step)] for at in range(min(len(here), most))]
    return found


def _below(folder: Path) -> Iterator[Path]:
    if any((folder / mark).is_file() for mark in MARKS):
        yield folder
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from _below(path)
        elif path.suffix.lower() in ARCHIVES or (path.suffix.lower() == ".xml" and _is_quiz(path)):
            yield path


def _is_quiz(path: Path) -> bool:
    with path.open("rb") as file:
        return _QUIZ.search(file.read(4096)) is not None


def verdicts(paths: list[Path]) -> Iterator[dict[str, object]]:
    """What is said of each; one that cannot be judged at all is refused."""
    for at in range(0, len(paths), _AT_ONCE):
        piece = [str(path) for path in paths[at : at + _AT_ONCE]]
        call = [sys.executable, "-m", "coursepack", "validate", "--json", "--jobs", "2", *piece]
        done = subprocess.run(call, capture_output=True, text=True, check=False)
        known = {one["file"]: one for one in json.loads(done.stdout or "[]")}
        for name in piece:
            yield known.get(name) or {"file": name, "kind": "none", "sound": False, "said": done.stderr}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=15, help="packages of one repository at most")
    parser.add_argument("--details", type=Path)
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    judged = dict(_judgements(folder / "judged.tsv"))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    lines: list[str] = []
    for system in sorted(path for path in folder.iterdir() if path.is_dir()):
        for said in verdicts(packages(system, arguments.most)):
            name = Path(str(said["file"])).relative_to(folder).as_posix()
            lines.append(json.dumps({**said, "file": name}, ensure_ascii=False))
            here, truth = counts[system.name], judged.get(name)
            here["packages"] += 1
            refused = not said["sound"] and said.get("state") != "unusable"
            here["other kinds"] += said.get("state") == "unusable"
            here["refused"] += refused
            here["false alarms"] += refused and truth == "sound"
            here["missed"] += bool(said["sound"]) and truth == "broken"
            here["not judged"] += truth is None and refused
    if arguments.details:
        arguments.details.write_text("\n".join(lines) + "\n", encoding="utf-8")
    columns = ("packages", "other kinds", "refused", "false alarms", "missed", "not judged")
    print("| system |", " | ".join(columns), "|")
    print("| --- |" + " ---: |" * len(columns))
    for name, here in [*counts.items(), ("together", sum(counts.values(), Counter()))]:
        print(f"| {name} |", " | ".join(str(here[column]) for column in columns), "|")


def _judgements(path: Path) -> Iterator[tuple[str, str]]:
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            name, _, truth = line.partition("\t")
            yield name, truth.strip()


if __name__ == "__main__":
    main()
