"""The questions of a bank in their parts: stem, answers to choose from, what a key line states, feedback.

First it is told where questions begin (by numbers that count on, by the answers above and below, by gaps), then what
of the lines below each is an answer: by letters, signs and tags, or by what repeats under most questions.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from coursepack.outline.bank.alone import keys_alone
from coursepack.outline.bank.laid_out import lay_out
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import lines_of
from coursepack.outline.bank.listed import keys_listed
from coursepack.outline.bank.parts import Read
from coursepack.outline.bank.reader import BankReader
from coursepack.outline.bank.repeats import answered_again, explained, labelled
from coursepack.outline.bank.scores import scored
from coursepack.outline.bank.weights import weigh
from coursepack.outline.pieces import Piece


def answers(read: Read) -> frozenset[int]:
    """The places of pieces that are answers by where they stand, with no letter or sign to say so."""
    return frozenset(
        option.line.at
        for item in read.items
        for option in item.options
        if option.kind in {"number", "deeper", "bullet", "below"}
    )


def items_of(pieces: Sequence[Piece], points: Collection[int] = ()) -> Read:
    """The parts of a bank. ``points`` are the places of pieces whose numbers are known to count no questions."""
    lines = lines_of(pieces)
    read = BankReader(lines, points).run()
    answered_again(read.items)
    explained(read.items)
    _commented(read)
    lay_out(read)
    keys_listed(read)
    labelled(read.items)
    scored(read.items)
    weigh(read.items)
    keys_alone(read.items)
    return read


def _commented(read: Read) -> None:
    """What stands behind keys is said of the answers where many questions have it; a single line is of no question."""
    keyed = [item for item in read.items if item.said or item.feedback or item.behind]
    commented_count = sum(bool(item.behind) for item in keyed)
    usual = commented_count * 100 >= len(keyed) * limits()["commented"] and commented_count > 1
    for item in keyed:
        if not (item.feedback or usual):
            read.strays.extend(item.behind)
            item.behind = []
