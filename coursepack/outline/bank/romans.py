"""Roman numbers at the beginning of lines: «II. …» counts questions, «ii) …» counts answers below each.

Below a question they count answers, unless answers with letters stand behind them: «I. … II. …» are statements then.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from coursepack.outline.bank.limits import limits
from coursepack.text import roman

if TYPE_CHECKING:
    from coursepack.outline.bank.lines import BankLine

_DIGITS = "".join(sorted({form for one in (*"IVX", *roman.TWINS) for form in (one, one.lower()) if roman.read(form)}))
_LED = re.compile(rf"\s*[(\[]?(?P<n>[{_DIGITS}]{{1,6}})\s?(?P<close>[).\]:/]|[-–—](?=\s))\s*(?=\S)")
_LABEL = re.compile(rf"\(?(?P<n>[{_DIGITS}]{{1,6}})[).]?")
_KEY = re.compile(rf"[(\[]?(?P<n>[{_DIGITS}]{{1,6}})(?P<behind>[)\].:]?(?:\s+\S.*)?)", re.DOTALL)
_LETTERS = "ABCDEFGHIJ"


@dataclass(frozen=True, slots=True)
class Roman:
    """A line with the Roman number that it begins with and where its text begins."""

    line: BankLine
    value: int
    end: int


def romans(lines: Sequence[BankLine]) -> tuple[list[Roman], list[Roman]]:
    """The lines whose Roman numbers count questions, and those whose numbers count the answers of questions."""
    found = [one for line in lines if (one := _roman(line)) is not None]
    runs = list(_runs(found))
    below = [run for run in runs if len(run) > 1 and not _are_statements(run, lines)]
    if len(below) >= limits()["least-ends"]:
        return [], [one for run in below for one in run]
    values = [one.value for one in found]
    counts_on = values == list(range(1, len(values) + 1)) and len(values) > limits()["least-ends"]
    apart = all(len(run) == 1 for run in runs)
    others = sum(line.number is not None and not line.letter for line in lines if line.is_text)
    few = others < len(found) or (counts_on and _are_over_answers(found, lines))
    return (found if counts_on and apart and few else []), []


def _are_over_answers(found: Sequence[Roman], lines: Sequence[BankLine]) -> bool:
    """Whether «1)», «2)» begin anew below each Roman number, as many below nearly all, and ask nothing, while the lines
    above them do: they count answers, and no questions of parts."""
    ends = [*(one.line.at for one in found[1:]), len(lines)]
    sizes: list[int] = []
    for one, end in zip(found, ends, strict=True):
        run = list(takewhile(lambda line: line.is_text and line.number is not None, lines[one.line.at + 1 : end]))
        values = [line.number.value for line in run if line.number]
        counts = values == list(range(1, len(values) + 1)) and not any("?" in line.text for line in run)
        sizes.append(len(values) if counts else 0)
    usual, count = Counter(sizes).most_common(1)[0]
    asks = sum(one.line.text.rstrip()[-1:] in _ASKING for one in found)
    own = {one.line.at for one in found}
    lettered = any(line.letter or len(line.starts) > 1 for line in lines if line.at not in own)
    often = 1 < usual <= len(_LETTERS) and count * 100 >= len(found) * limits()["nearly-all"]
    return often and asks * _FEW >= len(found) and not lettered


_ASKING = frozenset("?:–—…_")
"""What ends a question, or a sentence that its answer completes."""
_FEW = 3


def _roman(line: BankLine) -> Roman | None:
    if not line.is_text or line.tag or line.named:
        return None
    label = _LABEL.fullmatch((line.piece.label or "").strip()) if line.piece.label else None
    match = None if label else _LED.match(line.text)
    number = label or match
    value = roman.read(number["n"]) if number else None
    return Roman(line, value, match.end() if match else 0) if value and roman.write(value) else None


def _runs(found: Sequence[Roman]) -> Iterator[list[Roman]]:
    """Lines that stand below one another and count on from «I» on."""
    run: list[Roman] = []
    for one in found:
        if run and one.line.at == run[-1].line.at + 1 and one.value == run[-1].value + 1:
            run.append(one)
            continue
        if run:
            yield run
        run = [one] if one.value == 1 else []
        if not run:
            yield [one]
    if run:
        yield run


def _are_statements(run: Sequence[Roman], lines: Sequence[BankLine]) -> bool:
    """Whether lines with letters go on below them, or they ask themselves."""
    after = lines[run[-1].line.at + 1 : run[-1].line.at + 3]
    asks = any(one.line.text.rstrip().endswith("?") for one in run)
    return asks or len(run) > len(_LETTERS) or any(one.letter or len(one.starts) > 1 for one in after)


def letter_for(value: int) -> str:
    """The letter of the answer that a number counts."""
    return _LETTERS[value - 1]


def lettered(key: str) -> str:
    """A key with letters for its Roman numbers: «ii», «i, iv», «II) carbon»; another key as it is."""
    parts = re.split(r"(\s*[,;]\s*)", key.strip())
    result: list[str] = []
    for part, sign in zip(parts[::2], [*parts[1::2], ""], strict=True):
        found = _KEY.fullmatch(part)
        value = roman.read(found["n"]) if found else None
        if found is None or not value or value > len(_LETTERS):
            return key
        result.append(f"{letter_for(value)}{found['behind'] or ''}{sign}")
    return "".join(result)
