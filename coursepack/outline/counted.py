"""Numbers without a usual mark at the starts of lines: «12  Text», «9.1986 …», «№3 …», told by the run of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from coursepack.outline.bank.lines import begins, follows
from coursepack.text.lines import MARK

_BARE = re.compile(r"(\d{1,3})\s+(?=[«“\"(]?[^\W\d_]|\d{4}(?!\d))")
_YEAR = re.compile(r"\(?(\d{1,3})[.)](?=\d{4}(?!\d))")
NEAR = 5  # lines that an item of a list is long at most
FAR = 12  # the same of one that a small letter and a stop count, with the list inside it
LEAST = 4  # numbers that make a run


def counted(texts: Sequence[str], inside: Collection[int]) -> dict[int, int]:
    """Lines (not those ``inside`` tables) that begin with such a number, and how many letters it takes."""
    found: dict[int, int] = {}
    runs: dict[int, list[tuple[int, int, int]]] = {}
    known: dict[int, int] = {}
    years: list[tuple[int, int, int]] = []
    for at, text in enumerate(texts):
        if at in inside:
            continue
        bare = _BARE.match(text)
        year = _YEAR.match(text)
        mark = MARK.match(text)
        if mark and mark["n"]:
            known[at] = int(mark["n"])
        elif year:
            years.append((at, int(year[1]), year.end()))
        elif bare and not text[bare.end() :].lstrip('«“"(')[:1].islower():
            value = int(bare[1])
            run = runs.pop(value - 1, [])  # «50 degrees» among answers begins a run of its own, and ends none
            if run and at - run[-1][0] > NEAR:
                _keep(run, found)
                run = []
            _keep(runs.pop(value, []), found)
            runs[value] = [*run, (at, value, bare.end())]
    for run in runs.values():
        _keep(run, found)
    known.update((at, int(texts[at][:end].strip())) for at, end in found.items())
    known.update((at, value) for at, value, _ in years)
    found.update((at, end) for at, value, end in years if _has_neighbour(known, at, value))
    return found


def _has_neighbour(known: Mapping[int, int], at: int, value: int) -> bool:
    """Whether the number before or after stands near."""
    return any(known.get(at - far) == value - 1 or known.get(at + far) == value + 1 for far in range(1, NEAR + 1))


def _keep(run: Sequence[tuple[int, int, int]], found: dict[int, int]) -> None:
    if len(run) >= LEAST:
        found.update((at, end) for at, _, end in run)


_SIGNED = re.compile(r"(?:№|N[°ºor]\.?)\s?(\d{1,3})\b")
_LEAST_SIGNED = 3


def signed(texts: Sequence[str]) -> set[int]:
    """Lines that begin with «№» and a number and stand in a run: «№1 …», «№2 …», an item of a few lines each."""
    found: set[int] = set()
    run: list[tuple[int, int]] = []
    for at, text in enumerate(texts):
        match = _SIGNED.match(text)
        if not match:
            continue
        if run and (int(match[1]) != run[-1][1] + 1 or at - run[-1][0] > NEAR):
            run = []
        run.append((at, int(match[1])))
        if len(run) >= _LEAST_SIGNED:
            found.update(place for place, _ in run[-_LEAST_SIGNED:])
    return found


_ALONE = re.compile(r"(?P<n>\d{1,3})[.)]")


def alone(texts: Sequence[str]) -> set[int]:
    """Lines that are nothing but a number, in a narrow column over its long word, and count on with the line with a
    number above: «3.» below «2. …»."""
    found: set[int] = set()
    before: tuple[int, int] | None = None
    for at, text in enumerate(texts):
        match = _ALONE.fullmatch(text) or MARK.match(text)
        if match is None or not match["n"]:
            continue
        if before is not None and match.re is _ALONE and before[0] >= at - FAR and int(match["n"]) == before[1] + 1:
            found.add(at)
        before = (at, int(match["n"]))
    return found


_WORDED = re.compile(
    r"(?:(?P<word>[^\W\d_]{2,20})\s*(?:№\s*)?(?P<n>\d{1,2})|(?P<count>\d{1,2})\s?[-–]\s?(?P<counts>[^\W\d_]{2,20}))"
    r"\s*[.:)–—]\s"
)
_FAR = 8


def worded(texts: Sequence[str]) -> set[int]:
    """Lines that a word counts one after the other: «Step 1. …», «Step 2. …»; «1-сұрақ. …», «2-сұрақ. …»."""
    found: set[int] = set()
    before: tuple[int, str, int] | None = None
    for at, text in enumerate(texts):
        match = _WORDED.match(text)
        if match is None:
            continue
        word, value = (match["word"] or match["counts"]).lower(), int(match["n"] or match["count"])
        if before is not None and before[1:] == (word, value - 1) and at - before[0] <= _FAR:
            found.update((before[0], at))
        before = (at, word, value)
    return found


_CODED = re.compile(r"(?P<word>[^\W\d_]{1,6}-?)(?P<n>\d{1,2})[.:)]?\s+\S")


def coded(texts: Sequence[str]) -> set[int]:
    """Lines that the same capitals count one after the other: «LO1  explain …», «LO2  draw …»."""
    found: set[int] = set()
    before: tuple[int, str, int] | None = None
    for at, text in enumerate(texts):
        match = _CODED.match(text)
        if match is None or not match["word"].isupper():
            continue
        word, value = match["word"], int(match["n"])
        if before is not None and before[1:] == (word, value - 1) and at - before[0] <= NEAR:
            found.update((before[0], at))
        before = (at, word, value)
    return found


_OPTION = re.compile(r"(?P<first>[^\W\d_])(?P<form>[.)])\s*\S")


def options(texts: Sequence[str]) -> set[int]:
    """Lines that hold the answers to a question one after another: «а. one б. two в. three»."""
    return {at for at, text in enumerate(texts) if (match := _OPTION.match(text)) and _has_next(text, match)}


def _has_next(text: str, match: re.Match[str]) -> bool:
    second, third = (f" {chr(ord(match['first']) + far)}{match['form']}" for far in (1, 2))
    return third in text[match.end() :].partition(second)[2]


_LETTERED = re.compile(r"(?P<letter>[^\W\d_])(?P<stop>[.)]\s*|\s+[–—-]\s+|\s+)(?=\S)")
_PAIR = 60
"""Letters of an answer, where there are only two."""


def lettered(texts: Sequence[str]) -> set[int]:
    """Lines that begin with letters that count on from the first one: «A. one», «B. two», «C three». Those without a
    sign behind the letter stand one below the other."""
    found: set[int] = set()
    run: list[tuple[int, str]] = []
    for at, text in enumerate(texts):
        match = _LETTERED.match(text)
        if match is None:
            continue
        letter, stop = match["letter"], match["stop"].strip()
        near = FAR if stop == "." and letter.islower() else NEAR if stop else 1
        if run and follows(run[-1][1], letter) and letter.isupper() == run[-1][1].isupper() and at - run[-1][0] <= near:
            run.append((at, letter))
        else:
            run = [(at, letter)] if begins(letter) else []
        if len(run) > 2 or (len(run) == 2 and _is_pair(texts, [place for place, _ in run])):
            found.update(place for place, _ in run)
    return found


def _is_pair(texts: Sequence[str], run: Sequence[int]) -> bool:
    """Whether two lines are two answers: short ones, one below the other, with a stop behind each letter; or two items
    with small letters, «a. …», «b. …»."""
    if all(texts[at][:1].islower() and texts[at][1:3] == ". " for at in run):
        return True
    stopped = all(texts[at][1:2] in {".", ")"} and len(texts[at]) < _PAIR for at in run)
    return stopped and run[1] == run[0] + 1


LEAST_BLOCKS = 3


def stacked(texts: Sequence[str], gaps: Sequence[int | None]) -> set[int]:
    """Lines that stand below one another on purpose: blank lines part the text into blocks, and in most of them short
    lines follow a first one, as the answers of a bank without letters do. None where the text is wrapped."""
    blocks: list[list[int]] = []
    for at, gap in enumerate(gaps):
        if gap or not blocks:
            blocks.append([])
        blocks[-1].append(at)
    longest = max(map(len, texts), default=0)
    alike = [block for block in blocks if _is_stack([texts[at] for at in block], longest)]
    if len(alike) < LEAST_BLOCKS or len(alike) * 10 < len(blocks) * 6:
        return set()
    return {at for block in alike for at in block[1:]}


_COUNTS = re.compile(
    r"(?P<form>\W{0,2}(?:[^\W\d_]{1,12}[.\s]*)?(?:№|#)?)\s?(?P<n>\d{1,3})(?P<stop>\s?[.):]|-[^\W\d_]+)?\s+\S"
)


def below_numbers(texts: Sequence[str]) -> set[int]:
    """Lines that stand below one another on purpose: numbers of one form count on, and below most of them stand as many
    lines, which are too short to be wrapped: the answers of a bank without letters. None where the text is wrapped."""
    heads = _counting_on(texts)
    blocks = [list(range(at, end)) for at, end in pairwise(heads)]
    sizes = Counter(len(block) for block in blocks if len(block) > 2)
    size, count = sizes.most_common(1)[0] if sizes else (0, 0)
    longest = max(map(len, texts), default=0)
    blocks.append(list(range(heads[-1], min(heads[-1] + size, len(texts)))) if heads else [])
    alike = [block for block in blocks if len(block) == size and _is_stack([texts[at] for at in block], longest)]
    if count < LEAST_BLOCKS or len(alike) < LEAST_BLOCKS or len(alike) * 10 < len(blocks) * 6:
        return set()
    return {at for block in alike for at in block[1:]}


def _counting_on(texts: Sequence[str]) -> list[int]:
    """The places of the longest run of lines with numbers of one form that count on."""
    runs: dict[tuple[str, str], list[tuple[int, int]]] = {}
    best: list[int] = []
    for at, text in enumerate(texts):
        if (found := _COUNTS.match(text)) is None:
            continue
        form = (found["form"].strip().lower(), (found["stop"] or "").strip())
        run = runs.get(form, [])
        near = bool(run) and int(found["n"]) == run[-1][1] + 1 and at - run[-1][0] <= FAR
        run = runs[form] = [*run, (at, int(found["n"]))] if near else [(at, int(found["n"]))]
        best = [place for place, _ in run] if len(run) > len(best) else best
    return best


def _is_stack(block: Sequence[str], longest: int) -> bool:
    """A line and two to eight short ones below it that no sentence ends."""
    below = block[1:]
    short = all(len(text) < max(longest * 0.75, 24) and not text.endswith((".", ";")) for text in below)
    return 2 <= len(below) <= 8 and short and sum(map(len, below)) < 45 * len(below)
