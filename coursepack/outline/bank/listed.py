"""Keys that stand one below the other with the numbers of their questions, «1. B», «2. D», and ask nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from coursepack.outline.bank.key_text import letters_of, part_of
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import BankLine
from coursepack.outline.bank.parts import DraftQuestion, Read


def keys_listed(read: Read) -> None:
    """Take runs of questions that are letters alone for keys of the questions with answers before them, together with
    the lines between that count parts: «Part 1»."""
    kept: list[DraftQuestion] = []
    for bare, run in groupby(read.items, key=_is_bare):
        held = list(run)
        chosen = sum(len(item.options) > 1 for item in kept)
        if not bare or len(held) < limits()["judged"] or chosen * 2 < len(held):
            kept.extend(held)
            continue
        above = max((line.at for item in kept for line in _lines(item)), default=-1)
        heads = [line for line in read.heads if above < line.at < held[-1].lead.at and part_of(line.text)]
        read.heads = [line for line in read.heads if not any(line is one for one in heads)]
        lines = sorted((*heads, *(item.lead for item in held)), key=lambda line: line.at)
        read.keys.extend((len(kept), line) for line in lines)
    read.items = kept


def _is_bare(item: DraftQuestion) -> bool:
    """Whether a question is a number with letters that name answers, and nothing else."""
    lead = item.lead
    if item.options or item.said or item.answer or len(item.stem) != 1 or not lead.is_text or lead.number is None:
        return False
    key = lead.text[lead.number.end :].strip()
    named = letters_of(key) if len(key) <= _LONGEST else None
    return named is not None and all(one.isalpha() for one in named)


_LONGEST = 12


def _lines(item: DraftQuestion) -> Sequence[BankLine]:
    return [item.lead, *item.stem, *(line for option in item.options for line in (option.line, *option.more))]
