"""Terms of a glossary in plain text: on the line of their meanings, or over them, which begin further in."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from coursepack.text.lines import Wrapped

_TERM = re.compile(r"(?P<term>[^\W\d][^.!?:;–—\d]{1,40}?)(?:\s+(?:[–—-]|--)|:)\s+[^\W\d_].{7,}")
_TERMS = 3
_LONGEST_TERM = 40
_ENDS = frozenset('.!?:;…»”"')


def defining(rows: Sequence[Wrapped]) -> list[int]:
    """Lines of a term and its meaning, several right below one another, behind a line that ends or heads them."""
    found: list[int] = []
    run: list[int] = []
    for at in range(len(rows) + 1):
        if at < len(rows) and _TERM.fullmatch(rows[at].text):
            run.append(at)
            continue
        begins = not run or not run[0] or rows[run[0] - 1].text[-1:] in _ENDS
        heads = begins or len(rows[run[0] - 1].text) <= _LONGEST_TERM
        found += run if len(run) >= _TERMS and heads else []
        run = []
    return found


def hung(rows: Sequence[Wrapped]) -> dict[int, int]:
    """The lines of a plain text that are terms over their meanings, which begin further in right below, where several
    are so; and how long each is."""
    found = {
        at: len(term.text)
        for at, (term, meaning) in enumerate(itertools.pairwise(rows))
        if 1 < len(term.text) <= _LONGEST_TERM
        and term.text[-1] not in _ENDS
        and not term.mark
        and not meaning.mark
        and term.gap != 0
        and meaning.gap == 0
        and meaning.indent > term.indent
        and len(meaning.text) > len(term.text)
    }
    return found if len(found) >= _TERMS else {}


def tabbed(text: str, term: int | None) -> str:
    """A term of so many letters and its meaning with a tab between them; another text as it is."""
    return text if term is None else f"{text[:term]}\t{text[term + 1 :]}"


def with_meanings(groups: Iterable[list[int]], terms: Collection[int]) -> Iterator[list[int]]:
    """Paragraphs, those of a meaning joined to the term above it."""
    held: list[int] = []
    for group in groups:
        if group == held[-1:] or (len(group) == 1 and group[0] in terms):
            if held:
                yield held
            held = group
            continue
        yield [*held, *group]
        held = []
    if held:
        yield held
