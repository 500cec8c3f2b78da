"""Question files in plain text, as Moodle reads them: GIFT, Aiken and the question table as CSV.

The layers ``gift``, ``aiken`` and ``csv`` judge what Moodle (or a spreadsheet) would take apart wrongly: a blank
line or a brace in the wrong place, an option without its letter, a row of another length. The files stream.
"""

from __future__ import annotations

import codecs
import csv
import itertools
import re
from collections.abc import Iterator
from typing import BinaryIO

from coursepack.checks import Grammar
from coursepack.files.package import Package
from coursepack.place import Finding, error

_OPTION = re.compile(r"([A-Z])[).][ \t]*(.*)")
_KEY = re.compile(r"ANSWER:\s*(.*)")
_ESCAPED = re.compile(r"\\[\\:#={}~n]")
_NAME = re.compile(r"::(.+?)::")
Block = list[tuple[int, str]]


def check_gift(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """Every question has one pair of braces at most, closed where it was opened, and a name."""
    for member, block in _blocks(package, "gift"):
        lines = [(number, line) for number, line in block if not line.startswith("//")]
        if not lines or lines[0][1].startswith("$CATEGORY:"):
            continue
        place = package.place(member, lines[0][0])
        text = _ESCAPED.sub("", "\n".join(line for _, line in lines))
        if re.sub(r"[^{}]", "", text) not in {"", "{}"}:
            yield error("gift-braces", "the braces do not make one pair: Moodle would read another question", place)
        if not _NAME.match(text):
            yield error("gift-name", "the question has no name between double colons", place)


def check_aiken(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """Every question is one line, options A) B) … in order, and a key that is one of them."""
    for member, block in _blocks(package, "aiken"):
        place = package.place(member, block[0][0])
        (_, question), *options, (_, last) = block if len(block) > 1 else [*block, (0, "")]
        letters = [found[1] for _, line in options if (found := _OPTION.fullmatch(line)) and found[2]]
        key = _KEY.fullmatch(last)
        if _OPTION.match(question) or _KEY.match(question) or len(question.encode()) < 2:
            yield error("aiken-question", "the line of the question would be read as an option or a key", place)
        if len(letters) != len(options) or letters != [chr(ord("A") + place_) for place_ in range(len(options))]:
            yield error("aiken-options", "the options are not lettered A, B, C … one a line", place)
        if len(options) < 2:
            yield error("aiken-options", f"{len(options)} options, expected at least two", place)
        if key is None or key[1] not in letters:
            yield error("aiken-key", "the last line is no ANSWER: with the letter of an option", place)


def check_csv(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """The byte order mark that Excel needs, and rows of one length."""
    for member in package.names():
        with package.open(member) as file:
            if file.read(3) != codecs.BOM_UTF8:
                message = "there is no byte order mark: Excel would show wrong characters"
                yield error("csv-mark", message, package.place(member))
        with package.open(member) as file:
            lines = _lines(file)
            head = next(lines, "")
            rows = csv.reader(itertools.chain((head,), lines), delimiter=max(";,", key=head.count))
            width = len(next(rows, []))
            for row in rows:
                if len(row) != width:
                    place = package.place(member, rows.line_num)
                    yield error("csv-row", f"a row of {len(row)} cells, expected {width}", place)


def _blocks(package: Package, name: str) -> Iterator[tuple[str, Block]]:
    """The groups of lines between blank ones, of every member."""
    for member in package.names():
        block: Block = []
        with package.open(member) as file:
            for number, line in enumerate(_lines(file), 1):
                if line.strip():
                    block.append((number, line.rstrip("\r\n")))
                elif block:
                    yield member, block
                    block = []
        if block:
            yield member, block


def _lines(file: BinaryIO) -> Iterator[str]:
    """The lines of a stream of UTF-8, with their ends."""
    decode = codecs.getincrementaldecoder("utf-8-sig")("replace").decode
    rest = ""
    while chunk := file.read(1 << 16):
        *lines, rest = (rest + decode(chunk)).split("\n")
        yield from (line + "\n" for line in lines)
    if rest:
        yield rest
