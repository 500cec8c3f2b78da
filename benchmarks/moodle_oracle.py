"""How well the check of Moodle XML foretells what a Moodle does: sound files, and the same files damaged at random.

    python benchmarks/moodle_oracle.py --importer 'php import.php {file}' [--mutants N] [--seed N] FILE…

The importer imports one file into a Moodle and prints JSON: ``ok`` (bool), ``exception`` (text or null), ``errors``
(list of messages). Without ``--mutants`` the files are judged as they are; with it, N damaged copies of them are.
Prints how often both refuse, both take, and each kind of difference, which is listed.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import shlex
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

from coursepack.checks import Grammar, check
from coursepack.files.package import Package
from coursepack.place import Severity

Element = etree._Element


def _delete(root: Element, element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _rename(root: Element, element: Element) -> None:
    element.tag = str(element.tag)[:-1] + "x"


def _blank(root: Element, element: Element) -> None:
    for child in list(element):
        element.remove(child)
    element.text = ""


def _word(root: Element, element: Element) -> None:
    if not len(element):
        element.text = "abc"


def _long(root: Element, element: Element) -> None:
    if not len(element):
        element.text = "ы" * 300


def _double(root: Element, element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.append(copy.deepcopy(element))


def _markup(root: Element, element: Element) -> None:
    if element.tag == "text":
        etree.SubElement(element, "b")


def _attribute(root: Element, element: Element) -> None:
    for name in list(element.attrib)[:1]:
        element.set(name, "qqq")


def _no_attribute(root: Element, element: Element) -> None:
    for name in list(element.attrib)[:1]:
        del element.attrib[name]


def _fraction(root: Element, element: Element) -> None:
    for answer in root.iter("answer"):
        answer.set("fraction", "37")
        return


CHANGES: list[Callable[[Element, Element], None]] = [
    *(_delete, _rename, _blank, _word, _long, _double, _markup, _attribute, _no_attribute, _fraction)
]


def mutants(files: list[Path], count: int, seed: int, folder: Path) -> list[Path]:
    """So many damaged copies, each by one change."""
    chance = random.Random(seed)  # noqa: S311 - for a benchmark
    made = []
    for number in range(count):
        root = etree.parse(str(chance.choice(files))).getroot()
        change = chance.choice(CHANGES)
        elements = [element for element in root.iter() if isinstance(element.tag, str) and element is not root]
        change(root, chance.choice(elements))
        path = folder / f"{number:04d}{change.__name__}.xml"
        path.write_bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
        made.append(path)
    return made


def imported(command: str, path: Path) -> dict[str, Any]:
    """What the Moodle says of a file."""
    call = [part.replace("{file}", str(path)) for part in shlex.split(command)]
    done = subprocess.run(call, capture_output=True, text=True, timeout=300, check=False)
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError:
        return {"ok": False, "exception": (done.stdout + done.stderr)[-200:], "errors": []}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--importer", required=True)
    parser.add_argument("--mutants", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("files", type=Path, nargs="+")
    chosen = parser.parse_args()
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        files = chosen.files
        if chosen.mutants:
            files = mutants(files, chosen.mutants, chosen.seed, Path(folder))
        for path in files:
            moodle = imported(chosen.importer, path)
            refused = bool(moodle["exception"] or not moodle["ok"] or moodle["errors"])
            found = [
                finding
                for finding in check(Package.of_path(path), ("moodle-xml",), Grammar())
                if finding.severity is Severity.ERROR
            ]
            names = {(True, True): "both refuse", (False, False): "both take"}
            name = names.get((refused, bool(found)), "only Moodle refuses" if refused else "only the check refuses")
            counts[name] += 1
            if name.startswith("only"):
                said = str(found[0]) if found else str(moodle["exception"] or moodle["errors"])[:160]
                print(f"{name}: {path.name}: {said}")
    for name, count in counts.most_common():
        print(f"{count:5}  {name}")


if __name__ == "__main__":
    main()
