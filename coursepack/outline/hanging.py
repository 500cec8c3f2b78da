"""Terms of a glossary in plain text: on the line of their meanings, or over them, which begin further in."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import itemgetter

from coursepack.outline.tree.words import FULL, words
from coursepack.text.lines import Wrapped

_TERM = re.compile(r"(?P<term>[^\W\d][^.!?:;–—\d]{1,40}?)(?:\s+(?:[–—-]|--)|(?P<colon>:))\s+[^\W\d_].{7,}")
_TERMS = 3
_PARTS = 2
"""Names of parts that stand over text which is set in."""
_LONGEST_TERM = 40
_ENDS = frozenset('.!?:;…»”"')


def defining(rows: Sequence[Wrapped]) -> list[int]:
    """Lines of a term and its meaning, several right below one another, behind a line that ends or heads them. One
    sign parts all of a run; one of colons begins behind a blank line or further in, since sentences have colons too."""
    signs = [_sign(row.text) for row in rows]
    runs = [run for run in _runs(rows, signs) if len(run) >= _TERMS and _headed(rows, run[0], signs)]
    return [at for run in runs for at in run]


def _runs(rows: Sequence[Wrapped], signs: Sequence[str]) -> Iterator[list[int]]:
    """The lines of terms that one sign parts from their meanings, one below the other; lines that begin further in than
    the term above them go on with its meaning."""
    run: list[int] = []
    for at, (row, sign) in enumerate(zip(rows, signs, strict=True)):
        if run and not sign and row.gap == 0 and row.indent > rows[run[-1]].indent and not row.mark:
            continue
        if run and sign == signs[run[0]]:
            run.append(at)
            continue
        if run:
            yield run
        run = [at] if sign else []
    if run:
        yield run


def _sign(text: str) -> str:
    """The sign that parts a term from its meaning on a line; empty where it gives none."""
    found = _TERM.fullmatch(text)
    return "" if found is None else found["colon"] or "-"


def _headed(rows: Sequence[Wrapped], at: int, signs: Sequence[str]) -> bool:
    """Whether the line before a run ends, or heads it."""
    set_in = at > 0 and rows[at].indent > rows[at - 1].indent + 1
    apart = signs[at] != ":" or bool(rows[at].gap) or set_in
    return apart and (not at or rows[at - 1].text[-1:] in _ENDS or len(rows[at - 1].text) <= _LONGEST_TERM)


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
    heads = _heads(rows, found)
    terms = {at: length for at, length in found.items() if at not in heads}
    return terms if len(terms) >= _TERMS else {}


def _heads(rows: Sequence[Wrapped], found: Collection[int]) -> set[int]:
    """Those of such lines that are headings over text that is set in: in capitals over a sentence, or the names of
    parts of a paper where several are."""
    heads = [at for at in found if not rows[at + 1].text[:1].islower()]
    capitals = {at for at in heads if rows[at].text.isupper() and " " in rows[at].text}
    named = {at for at in heads if max(words().labels(rows[at].text).values(), default=0) >= FULL}
    several = len(named) >= _PARTS and (len(named) * 3 >= len(found) or bool(capitals))
    listed = {at for at in found if _is_over_list(rows, at)}
    return capitals | listed | (named if several or listed else set())


_COUNTS = re.compile(r"\d{1,2}[.)]?\s+[^\W\d_]")


def _is_over_list(rows: Sequence[Wrapped], at: int) -> bool:
    """Whether what stands further in below a line is a list: each of several lines counts, or gives a term of its
    own."""
    indent = rows[at + 1].indent
    block = list(itertools.takewhile(lambda row: row.gap == 0 and row.indent >= indent, rows[at + 1 :]))
    items = [row.text for row in block if row.indent == indent]
    return len(items) > 1 and any(all(map(form, items)) for form in (_COUNTS.match, _TERM.fullmatch))


def tabbed(text: str, term: int | None) -> str:
    """A term of so many letters and its meaning with a tab between them; another text as it is."""
    return text if term is None else f"{text[:term]}\t{text[term + 1 :]}"


def with_meanings(groups: Iterable[list[int]], onward: Collection[int]) -> Iterator[list[int]]:
    """Paragraphs, those that begin with a line that goes ``onward`` joined to the one above."""
    held: list[int] = []
    for group in groups:
        if held and group[0] in onward:
            held = [*held, *group]
            continue
        if held:
            yield held
        held = group
    if held:
        yield held


_COLUMNS = re.compile(r"(?P<indent>[ ]*)(?P<term>[^\W\d]\S*(?: \S+){0,4})(?:[ ]{2,}|[ ]*\t[ \t]*)(?P<meaning>\S.{7,})")
_BESIDE = 1
"""Letters by which lines of one column may differ."""


def columned(rows: Sequence[Wrapped], raws: Sequence[str]) -> tuple[dict[int, int], set[int]]:
    """Terms in one column with their meanings in another beside it, where some of these go on over further lines of
    their column: the lines of the terms and how long each is, and the lines that go on."""
    found = {at: one for at, raw in enumerate(raws) if (one := _COLUMNS.fullmatch(raw.rstrip())) is not None}
    found = {at: one for at, one in found.items() if len(one["term"]) <= _LONGEST_TERM and one["term"][-1] not in _ENDS}
    starts = Counter(one.start("meaning") for one in found.values())
    column, count = max(starts.items(), key=itemgetter(1), default=(0, 0))
    terms = {at: len(one["term"]) for at, one in found.items() if one.start("meaning") == column}
    if count < _TERMS:
        return {}, set()
    onward: set[int] = set()
    for at, row in enumerate(rows):
        beneath = at - 1 in terms or at - 1 in onward
        if beneath and row.gap == 0 and not row.mark and abs(row.indent - column) <= _BESIDE and at not in found:
            onward.add(at)
    return (terms, onward) if onward else ({}, set())
