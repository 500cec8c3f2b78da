"""``python -m benchmarks.coursebench.peers [FOLDER …]``: what other programs keep of the same documents.

Other programs turn a document into Markdown or HTML and do not say what a part of a course is, so that only two things
can be compared: headings (those of their text against the titles of the gold: the course's, then those of its classes)
and the share of the gold's letters that stand in their text. coursepack's own Markdown is measured in the same way. The
programs stand in peers.toml; those that are not installed are named and left out.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import msgspec
from lxml import etree
from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin

from benchmarks.coursebench.__main__ import HALVES, HERE, documents, formats
from benchmarks.coursebench.gold import Gold, load
from benchmarks.coursebench.score import common, fold, kept

SECONDS = 300
_BESIDE = str(Path(sys.executable).parent)
PATH = os.pathsep.join([_BESIDE, os.environ.get("PATH", os.defpath)])
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = (*_HEADINGS, "p", "div", "pre", "blockquote", "ul", "ol", "li", "dt", "dd", "table", "tr", "th", "td", "br")
_LABEL = re.compile(r"(|.*([^\w\s]|\d|\b[ivxlcdm]+))\s*")  # «lecture 3», «lecture iii», «the third lecture:», nothing


class Peer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    command: tuple[str, ...]
    formats: tuple[str, ...]


class Row(msgspec.Struct, frozen=True):
    """What a program makes of a document: F1 of headings in order and the share of titles among them (None where the
    gold has no title), and the share of letters that are kept.
    """

    peer: str
    document: str
    format: str
    headings: float | None
    found: float | None
    kept: float
    problem: str = ""


class _Peers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    peer: tuple[Peer, ...]


def load_peers(path: Path = HERE / "peers.toml") -> tuple[Peer, ...]:
    """Raises ``msgspec.ValidationError`` for a key that a program has not."""
    return msgspec.toml.decode(path.read_bytes(), type=_Peers).peer


def installed(peer: Peer) -> bool:
    return shutil.which(peer.command[0], path=PATH) is not None


# --- running


def answer(peer: Peer, files: list[Path]) -> str:
    """The Markdown or HTML that a program makes of a document's files.

    Raises ``subprocess.SubprocessError`` or ``OSError`` when it fails or takes longer than ``SECONDS``.
    """
    names = [str(file) for file in files]
    if "{files}" in peer.command:
        at = peer.command.index("{files}")
        return _run([*peer.command[:at], *names, *peer.command[at + 1 :]])
    return "\n\n".join(_run([word.replace("{file}", name) for word in peer.command]) for name in names)


def _run(command: list[str]) -> str:
    program = shutil.which(command[0], path=PATH) or command[0]
    with tempfile.TemporaryDirectory() as folder:
        arguments = [word.replace("{folder}", folder) for word in command[1:]]
        environment = {**os.environ, "PATH": PATH, "PYTHONUTF8": "1"}
        run = subprocess.run([program, *arguments], capture_output=True, check=True, timeout=SECONDS, env=environment)
        if arguments == command[1:]:
            return run.stdout.decode("utf-8", "replace")
        return "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.md")))


# --- comparing


def parsed(answered: str) -> tuple[list[str], str]:
    """The headings of a Markdown or HTML text, and all its text on one line, with that of its front matter and comments
    (where coursepack's Markdown has what is said of the course).
    """
    reader = MarkdownIt("commonmark", {"html": True}).enable("table").use(front_matter_plugin)
    tokens = reader.parse(answered)
    said = [token.content for token in tokens if token.type == "front_matter"]
    page = f"<html><body>{reader.render(answered)}</body></html>".encode()
    root = etree.fromstring(page, etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True))
    for block in root.iter(*_BLOCKS):
        block.text, block.tail = f" {block.text or ''}", f" {block.tail or ''}"
    headings = [fold(_text(heading)) for heading in root.iter(*_HEADINGS)]
    said += [comment.text or "" for comment in root.iter(etree.Comment)]
    return [text for text in headings if text], fold(" ".join([*said, _text(root)]))


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def titles(gold: Gold) -> list[str]:
    """The headings that a document is known to have: the course's title, then those of its classes."""
    return [text for text in (gold.title, *(one.title for one in gold.sessions)) if text]


def _small(text: str) -> str:
    return fold(text).casefold().strip('" ')


def title_of(heading: str, known: Iterable[str]) -> str:
    """The known title (folded, in small letters) that a heading is, whether or not a label or number stands before it;
    the heading itself when it is none of them.
    """
    text = _small(heading)
    ends = [title for title in known if text.endswith(title) and _LABEL.fullmatch(text[: -len(title)])]
    return max(ends, key=len, default=text)


def compared(gold: Gold, answered: str) -> tuple[float | None, float | None, float]:
    """F1 of headings in order, the share of titles found as headings in order, the share of letters kept."""
    headings, everything = parsed(answered)
    known = [_small(title) for title in titles(gold)]
    share = kept(gold, everything) or 0.0
    if not known:
        return None, None, share
    right = common(known, [title_of(heading, known) for heading in headings])
    return 2 * right / (len(known) + len(headings)), right / len(known), share


def measured(peer: Peer, folder: Path) -> Row | None:
    """None when a file of the document is in a format that the program does not read."""
    gold = load(folder / "gold.json")
    if not {*formats(gold).split("+")} <= {*peer.formats}:
        return None
    try:
        answered, problem = answer(peer, [folder / name for name in gold.files]), ""
    except (OSError, subprocess.SubprocessError) as why:
        answered, problem = "", f"{type(why).__name__}: {why}"
    return Row(peer.name, f"{folder.parent.name}/{folder.name}", formats(gold), *compared(gold, answered), problem)


# --- the command


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coursebench.peers", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=HALVES)
    parser.add_argument("--peer", action="append", help="only this program (may be repeated)")
    parser.add_argument("--json", type=Path, help="write the figures of every program and document there")
    asked = parser.parse_args(arguments)
    peers = [peer for peer in load_peers() if not asked.peer or peer.name in asked.peer]
    present = [peer for peer in peers if installed(peer)]
    with ThreadPoolExecutor(max_workers=2) as pool:
        every = pool.map(lambda one: measured(*one), product(present, documents(asked.folders)))
        rows = [row for row in every if row is not None]
    show([peer.name for peer in present], rows)
    if missing := [peer.name for peer in peers if peer not in present]:
        print(f"\nnot installed: {', '.join(missing)}")
    if asked.json:
        asked.json.write_bytes(msgspec.json.format(msgspec.json.encode(rows), indent=1) + b"\n")
    return 0


def show(peers: list[str], rows: list[Row]) -> None:
    """A row a program over the documents that it reads; then the same by format, where programs can be compared."""
    head = f"{'documents':>10}{'failed':>8}{'headings':>14}{'found':>14}{'kept':>14}"
    print("program".ljust(20) + head)
    for name in peers:
        print(name.ljust(20) + _figures([row for row in rows if row.peer == name]))
    print("\n" + "format  program".ljust(28) + head)
    for ending, name in product(sorted({row.format for row in rows}), peers):
        if found := [row for row in rows if (row.format, row.peer) == (ending, name)]:
            print(f"{ending:8}{name:20}" + _figures(found))
    for row in rows:
        if row.problem:
            print(f"failed: {row.peer}: {row.document}: {row.problem}")


def _figures(rows: list[Row]) -> str:
    columns: tuple[Callable[[Row], float | None], ...] = (lambda r: r.headings, lambda r: r.found, lambda r: r.kept)
    failed = sum(bool(row.problem) for row in rows)
    return f"{len(rows):10}{failed:8}" + "".join(_mean(map(column, rows)).rjust(14) for column in columns)


def _mean(values: Iterable[float | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{sum(known) / len(known):.3f} ({len(known)})" if known else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
