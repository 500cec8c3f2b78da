"""Hold the table of finding codes (``coursepack/languages/codes.toml``) against the source: ``python -m tools.codes``
prints what is wrong, and ends with 1 where something is. ``--raised FOLDER`` judges a run of the tests with
``COURSEPACK_CODES=FOLDER``: severities that the table does not have, and how many codes were raised.

Every code that a call names must be in the table with the severity of the call; every code of the table must be one
that the source can make: a text in it, or an f-string whose fields are filled by texts in it.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from coursepack.languages import codes, data, messages
from coursepack.place import Severity

PACKAGE = Path(__file__).parents[1] / "coursepack"
_CALLS = {each.value: each for each in Severity}
_CODE = re.compile(r"[a-z][a-z0-9.]*(?:-[a-z0-9.]+)+")
_FIELD = r"([a-z0-9.-]+)"


@cache
def _trees() -> tuple[tuple[str, ast.Module], ...]:
    paths = sorted(PACKAGE.rglob("*.py"))
    return tuple((str(path.relative_to(PACKAGE.parent)), ast.parse(path.read_text("utf-8"))) for path in paths)


def named() -> Iterator[tuple[str, Severity, str]]:
    """The codes that calls of ``error``, ``warning`` and ``note`` name, with the place of the call."""
    for path, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str) and _CODE.fullmatch(first.value):
                    yield first.value, _CALLS[node.func.id], f"{path}:{node.lineno}"


@cache
def _texts() -> frozenset[str]:
    """Every text of the source and of the tables of data beside it that may be a code or a piece of one."""
    nodes = (node for _, tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.Constant))
    found = {node.value for node in nodes if isinstance(node.value, str) and re.fullmatch(_FIELD, node.value)}
    for path in sorted(PACKAGE.rglob("*.toml")):
        if path.name != codes.FILE:
            found |= set(re.findall(r"[a-z0-9.-]+", path.read_text("utf-8")))
    return frozenset(found)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """The f-strings of the source that may make a code."""
    found: dict[str, None] = {}
    for _, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
                fixed = "".join(str(part) for part in parts if part is not None)
                if "-" in fixed and re.fullmatch(r"[a-z0-9.-]+", fixed):
                    found["".join(_FIELD if part is None else re.escape(str(part)) for part in parts)] = None
    return tuple(map(re.compile, found))


@cache
def _renamed() -> tuple[tuple[str, str], ...]:
    """What a writer reports under another beginning: ``code.replace("moodle-xml-", "mbz-")``."""
    found = []
    for _, tree in _trees():
        for node in ast.walk(tree):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Attribute(attr="code"), attr="replace"),
                    args=[ast.Constant(value=str() as old), ast.Constant(value=str() as new)],
                ):
                    found.append((old, new))
    return tuple(found)


def made(code: str) -> bool:
    """Whether the source can make a code."""
    if code in _texts():
        return True
    fits = (pattern.fullmatch(code) for pattern in _patterns())
    if any(found is not None and set(found.groups()) <= _texts() for found in fits):
        return True
    return any(made(old + code.removeprefix(new)) for old, new in _renamed() if code.startswith(new))


def wrong() -> list[str]:
    """What is not as it should be, a line each."""
    table, lines = codes.severities(), list[str]()
    for code, severity, place in named():
        key = codes.entry(code)
        if key is None:
            lines.append(f"{place}: {code} is not in {codes.FILE}")
        elif severity not in table[key]:
            lines.append(f"{place}: {codes.FILE} does not say that {code} can be {severity}")
    for key in table:
        if not made(key) and "*" not in key:
            lines.append(f"{codes.FILE}: nothing makes {key}")
    for language in messages.spoken():
        keys = data(language, codes.FILE)
        lines += [f"{language}/{codes.FILE}: {key} is missing" for key in table if key not in keys]
        lines += [f"{language}/{codes.FILE}: {key} is not in {codes.FILE}" for key in keys if key not in table]
    return lines


def judged(folder: Path) -> tuple[list[str], list[str]]:
    """Of what the processes of a run wrote down: codes that were raised with a severity that the table does not have,
    and the codes of the table that none raised; a family is raised where one of its codes is."""
    lines = {line for path in folder.glob("*.txt") for line in path.read_text("utf-8").splitlines()}
    table, raised, other = codes.severities(), set[str](), list[str]()
    for code, severity in (line.split(" ") for line in sorted(lines)):
        key = codes.entry(code)
        if key is None or Severity(severity) not in table[key]:
            other.append(f"{code} was raised as {severity}, which {codes.FILE} does not say")
        raised |= {key} if key else set()
    return other, [key for key in table if key not in raised]


def main(arguments: list[str] | None = None) -> int:
    """Print what is wrong; 1 where something is. A code that no test raises in a process of its own is no fault."""
    parser = argparse.ArgumentParser(prog="tools.codes", description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--raised", type=Path, metavar="FOLDER")
    parser.add_argument("-v", "--verbose", action="store_true", help="name the codes that were not raised")
    asked = parser.parse_args(arguments)
    lines, left = judged(asked.raised) if asked.raised else (wrong(), [])
    sys.stdout.writelines(f"{line}\n" for line in (*lines, *(left if asked.verbose else ())))
    every = len(codes.severities())
    sys.stdout.write(f"{every - len(left)} of {every} codes were raised\n" if asked.raised else f"{every} codes\n")
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
