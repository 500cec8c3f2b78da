"""The names and numbers of Moodle's settings for ordering questions.

Source: Moodle 4.5 and 5.0, ``question/type/ordering/questiontype.php`` (``set_options_for_import``,
``extract_options_for_export``, ``import_from_gift``) and ``question.php`` (the numbers). The type is part of Moodle's
core since 4.4, and a plugin before.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any

from coursepack.model.questions import ItemLayout, ItemSelect, OrderGrading, Ordering

LEAST_ITEMS = 2
"""The fewest items of a question, and the fewest that are drawn."""
_MOST_DRAWN = 6
"""The number of items drawn where it is not given."""
_LAYOUTS = typing.get_args(ItemLayout)
_SELECTS = typing.get_args(ItemSelect)
_GRADINGS = typing.get_args(OrderGrading)
_FIRST_GRADING = -1


def _grading(grading: str) -> str:
    return "ABSOLUTE_POSITION" if grading == "absolute" else grading.upper().replace("-", "_")


_NUMBERINGS = {"ABC": "ABCD", "III": "IIII"}


def numbers(question: Ordering) -> dict[str, int | str]:
    """The settings as the database holds them, in the order of its table."""
    return {
        "layouttype": _LAYOUTS.index(question.layout),
        "selecttype": _SELECTS.index(question.select),
        "selectcount": _count(question),
        "gradingtype": _GRADINGS.index(question.grading) + _FIRST_GRADING,
        "showgrading": int(question.show_grading),
        "numberingstyle": _numbering(question),
    }


def words(question: Ordering) -> dict[str, str]:
    """The settings as Moodle XML and GIFT write them, in the order of the exporter."""
    return {
        "layouttype": question.layout.upper(),
        "selecttype": question.select.upper(),
        "selectcount": str(_count(question)),
        "gradingtype": _grading(question.grading),
        "showgrading": "SHOW" if question.show_grading else "HIDE",
        "numberingstyle": _numbering(question),
    }


def _count(question: Ordering) -> int:
    return max(LEAST_ITEMS, question.select_count or len(question.items))


def _numbering(question: Ordering) -> str:
    return _NUMBERINGS.get(question.numbering, question.numbering)


# --- what an order earns -------------------------------------------------------------------------------------------


def share(grading: OrderGrading, placed: Sequence[int]) -> float:
    """The part of the mark, 0..1, that an order of two items or more earns; items are called by their right places,
    from 0 on.

    >>> [share(way, (1, 0, 2, 3)) for way in ("all-or-nothing", "absolute", "relative-to-correct")]
    [0.0, 0.5, 0.8333333333333334]
    """
    return _SHARES[grading](placed)


def _next(placed: Sequence[int]) -> int:
    return sum(one + 1 == other for one, other in pairwise(placed))


def _pairs(placed: Sequence[int]) -> float:
    pairs = list(combinations(placed, 2))
    return sum(one < other for one, other in pairs) / len(pairs)


def _nearness(placed: Sequence[int]) -> float:
    far = len(placed) - 1
    return sum(far - abs(place - item) for place, item in enumerate(placed)) / (len(placed) * far)


def _run(placed: Sequence[int]) -> float:
    longest = length = 1
    for one, other in pairwise(placed):
        length = length + 1 if one + 1 == other else 1
        longest = max(longest, length)
    return longest / len(placed) if longest > 1 else 0.0


def _subset(placed: Sequence[int]) -> float:
    lengths: list[int] = []
    for at, item in enumerate(placed):
        lengths.append(1 + max((lengths[before] for before in range(at) if placed[before] < item), default=0))
    longest = max(lengths)
    return longest / len(placed) if longest > 1 else 0.0


_SHARES: dict[OrderGrading, Callable[[Sequence[int]], float]] = {
    "all-or-nothing": lambda placed: float(list(placed) == sorted(placed)),
    "absolute": lambda placed: sum(place == item for place, item in enumerate(placed)) / len(placed),
    "relative-next-exclude-last": lambda placed: _next(placed) / (len(placed) - 1),
    "relative-next-include-last": lambda placed: (_next(placed) + (placed[-1] == len(placed) - 1)) / len(placed),
    "relative-one-previous-and-next": lambda placed: _next(placed) / (len(placed) - 1),
    "relative-all-previous-and-next": _pairs,
    "longest-ordered-subset": _subset,
    "longest-contiguous-subset": _run,
    "relative-to-correct": _nearness,
}


# --- and back -----------------------------------------------------------------------------------------------------

_SELECT_OF_WORD = {"ALL": "all", "EXACT": "all", "CONTIGUOUS": "contiguous", "CONTIG": "contiguous"}
_GRADING_OF_WORD = {
    **{_grading(grading): grading for grading in _GRADINGS},
    **dict.fromkeys(("ABS", "ABSOLUTE"), "absolute"),
}
_NUMBERING_OF_WORD = {"123": "123", "abc": "abc", "ABCD": "ABC", "iii": "iii", "IIII": "III"}


def read(stated: Mapping[str, str]) -> dict[str, Any]:
    """Fields of the model from settings in words; missing or unknown ones get the defaults of Moodle's import."""
    select = _SELECT_OF_WORD.get(stated.get("selecttype", "").upper(), "random")
    count = stated.get("selectcount", str(_MOST_DRAWN))
    drawn = max(LEAST_ITEMS, int(count)) if re.fullmatch(r"\d{1,4}", count) else LEAST_ITEMS
    return {
        "layout": "horizontal"
        if stated.get("layouttype", "").upper() in {"HORIZONTAL", "HORI", "H", "1"}
        else "vertical",
        "select": select,
        "select_count": None if select == "all" else drawn,
        "grading": _GRADING_OF_WORD.get(stated.get("gradingtype", "").upper(), "relative-next-exclude-last"),
        "show_grading": stated.get("showgrading", "").upper() not in {"HIDE", "FALSE", "NO", "0"},
        "numbering": _NUMBERING_OF_WORD.get(stated.get("numberingstyle", ""), "none"),
    }


# The pattern of the plugin; where that lacks a bar between two grading methods, both are recognised here.
_GIFT = re.compile(
    r">\s*(?P<selectcount>\d{1,4})\s*"
    r"(?P<selecttype>ALL|EXACT|RANDOM|REL|CONTIGUOUS|CONTIG)?\s*"
    r"(?P<layouttype>HORIZONTAL|HORI|H|1|VERTICAL|VERT|V|0)?\s*"
    rf"(?P<gradingtype>{'|'.join(sorted((*_GRADING_OF_WORD, 'RELATIVE', 'REL'), key=len, reverse=True))})?\s*"
    r"(?P<showgrading>SHOW|TRUE|YES|1|HIDE|FALSE|NO|0)?\s*"
    r"(?P<numberingstyle>none|123|abc|ABCD|iii|IIII)?\s*"
    r"(?P<items>.*)",
    re.DOTALL,
)
NOT_IN_GIFT = frozenset({"longest-ordered-subset"})
"""Ways of grading that the plugin's own GIFT reader takes for an item."""


def from_gift(answers: str) -> tuple[dict[str, Any], list[str]] | None:
    """Fields and items from the text in the braces of a GIFT question; None when it is no ordering question."""
    found = _GIFT.fullmatch(answers)
    if found is None:
        return None
    items = [line.strip() for line in found["items"].split("\n") if line.strip()]
    settings = {name: text or "" for name, text in found.groupdict().items()}
    if not LEAST_ITEMS <= int(settings["selectcount"]) <= len(items):
        settings["selectcount"] = str(min(_MOST_DRAWN, len(items)))
    return read(settings), items
