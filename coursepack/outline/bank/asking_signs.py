"""Questions and answers that only signs tell: «*Which …?» over «=one», «+two», «=three»."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from coursepack.outline.bank.limits import limits

_ASKS = re.compile(r"(?P<sign>[*?#@$%&])\s*(?=[^\W_]|[«“\"'(–—-])")
_ANSWERS = re.compile(r"(?P<sign>[+=])\s*(?=\S)")
_PAIR = 2


@dataclass(slots=True)
class Signed:
    """The places of lines that begin questions, and of answers with «+» or «-»; each with where its text begins."""

    questions: dict[int, int] = field(default_factory=dict)
    answers: dict[int, tuple[str, int]] = field(default_factory=dict)


def asking_signs(texts: Sequence[str | None]) -> Signed:
    """What one sign on all questions, and «+» and «=» on their answers, tell of lines; nothing where they tell less.
    None stands for a line that is no text."""
    found = [_ASKS.match(text) if text else None for text in texts]
    answers = {at: one for at, text in enumerate(texts) if text and (one := _ANSWERS.match(text))}
    signs = Counter(one["sign"] for one in found if one)
    sign, count = signs.most_common(1)[0] if signs else ("", 0)
    places = [at for at, one in enumerate(found) if one and one["sign"] == sign]
    groups = [[answers[at]["sign"] for at in range(a, b) if at in answers] for a, b in pairwise([*places, len(texts)])]
    whole = [signs for signs in groups if signs.count("+") == 1 and signs.count("=") >= 1]
    if len(whole) <= limits()["least-ends"] or len(whole) * 100 < count * limits()["throughout"]:
        return Signed()
    if sum(map(len, groups)) < len(answers) - _PAIR:  # many stand before the first question
        return Signed()
    return Signed(
        {at: one.end() for at in places if (one := found[at]) is not None},
        {at: ("+" if one["sign"] == "+" else "-", one.end()) for at, one in answers.items()},
    )
