"""The pages that teach, as a reader follows them: their commands are run in a copy of ``examples/``, and what a page
shows below a command is what it prints.

A block of ``console`` holds commands behind ``$ `` and below each what it prints; ``…`` stands for any letters of a
line, a line of its own for any lines. ``<!-- shown only -->`` before a block: it is not run. ``<!-- append: FILE -->``
before a block of another language: a person writes it at the end of that file; ``<!-- write: FILE -->``: as the file.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tests import program

_BLOCK = re.compile(
    r"^(?:<!-- (?P<told>[^\n]*?) -->\n\n?)?```(?P<kind>\w+)[^\n]*\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_LOCALES = {"kk": "kk_KZ.UTF-8", "ru": "ru_RU.UTF-8", "en": "C.UTF-8"}


class Step(NamedTuple):
    """What a page has its reader do: a ``command`` with the lines that it ``shows``, or ``text`` for a ``file``."""

    command: str = ""
    shows: str = ""
    file: str = ""
    text: str = ""
    anew: bool = False


def language(page: Path) -> str:
    """``lecturer.kk.md`` is in Kazakh."""
    found = re.search(r"\.(\w\w)\.md$", page.name)
    return found[1] if found else "en"


def steps(page: Path) -> Iterator[Step]:
    """What a page has its reader do, in its order."""
    for found in _BLOCK.finditer(page.read_text("utf-8")):
        told, text = found["told"] or "", found["text"]
        verb, _, file = told.partition(": ")
        if verb in {"append", "write"}:
            yield Step(file=file, text=text, anew=verb == "write")
        elif found["kind"] == "console" and told != "shown only":
            for each in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                command, _, shows = each.partition("\n")
                yield Step(command, shows)


def follow(page: Path, folder: Path, env: Mapping[str, str] | None = None, site: Path | None = None) -> int:
    """Follow a page in ``folder``, which is the working folder; ``site``: where distributions are installed. Returns
    how many commands were run. Raises ``AssertionError`` where one prints otherwise than shown."""
    environment = {"LC_ALL": _LOCALES[language(page)], "COLUMNS": "110", "NO_COLOR": "1"} | dict(env or {})
    ran = 0
    for step in steps(page):
        if step.file:
            with Path(folder, step.file).open("w" if step.anew else "a", encoding="utf-8") as out:
                out.write(step.text)
            continue
        printed = _printed(step.command, folder, environment, site)
        ran += 1
        assert _fits(step.shows, printed), f"{page.name}: $ {step.command}\n{printed}"
    return ran


def _printed(command: str, folder: Path, env: Mapping[str, str], site: Path | None) -> str:
    words = shlex.split(command, comments=True)
    if words[0] == "coursepack":
        done = program.run([name for word in words[1:] for name in _names(word, folder)], env, site)
        assert "Traceback" not in done.stderr, done.stderr
    else:
        first = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        here = {"PATH": first, "PYTHONPATH": "", "PYTHONUTF8": "1"}
        done = subprocess.run(
            ["bash", "-c", command], cwd=folder, capture_output=True, encoding="utf-8", env=os.environ | env | here
        )
        assert done.returncode == 0, f"$ {command}\n{done.stderr}"
    return done.stdout.rstrip("\n") + "\n" + done.stderr


def _names(word: str, folder: Path) -> list[str]:
    """As the shell says a pattern."""
    return sorted(str(one.relative_to(folder)) for one in folder.glob(word)) if "*" in word else [word]


def _fits(shown: str, printed: str) -> bool:
    """Whether these lines were printed; blanks at their ends and between columns do not matter."""
    if not shown.strip():
        return True
    lines = [re.sub(r"\s+", " ", line).strip() for line in shown.strip().splitlines()]
    said = "\n".join(re.sub(r"\s+", " ", line).strip() for line in printed.strip().splitlines())
    parts = [r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*?") + r" *\n" for line in lines]
    return re.search(r"^" + "".join(parts), f"{said}\n\n", re.MULTILINE) is not None
