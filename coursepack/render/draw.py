"""Drawing questions: by seed, never two variants of one question.

No ``random``: the order is that of SHA-256 over seed and id, the same in every version of Python.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Literal

from coursepack.model.questions import Description, Ordering, Question


def variant_groups(questions: Iterable[Question]) -> list[list[Question]]:
    """Questions by what they ask: the first of each group stands for itself, the others reword it."""
    groups: dict[str, list[Question]] = {}
    root: dict[str, str] = {}
    for question in questions:
        first = root.get(question.variant_of or "", question.variant_of or question.id)
        root[question.id] = first
        groups.setdefault(first, []).append(question)
    return list(groups.values())


def pool(questions: Iterable[Question]) -> list[Question]:
    """The questions that can be drawn, in their own order: one of each variant group, none that asks nothing."""
    asking = (question for question in questions if not isinstance(question, Description))
    return [group[0] for group in variant_groups(asking)]


def shuffled(questions: Sequence[Question], seed: int, salt: str = "") -> list[Question]:
    """The questions in an order fixed by ``seed`` (and ``salt``) and their ids."""
    return sorted(questions, key=lambda question: _key(seed, salt, question.id))


def order_of(name: str, count: int) -> list[int]:
    """An order of the ``count`` choices of a question, always the same for it, that tells nothing about its key."""
    return sorted(range(count), key=lambda place: hashlib.sha256(f"{name}\x00{place}".encode()).digest())


def mixed(question: Ordering) -> list[int]:
    """Places of the items in the order in which they are asked: always the same, and never the right one."""
    order = order_of(question.id, len(question.items))
    right = [question.items[place] for place in order] == list(question.items)
    return order[1:] + order[:1] if right else order


def sample(questions: Iterable[Question], count: int, seed: int) -> list[Question]:
    """At most ``count`` questions, no two variants of one, in the order of the bank."""
    drawn = {question.id for question in shuffled(pool(questions), seed)[:count]}
    return [question for question in pool(questions) if question.id in drawn]


def _key(seed: int, salt: str, name: str) -> bytes:
    return hashlib.sha256(f"{seed}\x00{salt}\x00{name}".encode()).digest()


# --- exam tickets -------------------------------------------------------------------------------------------------

Balance = Literal["auto", "lectures", "list", "none"]


def balance_of(questions: Iterable[Question], size: int, wanted: Balance = "auto") -> Balance:
    """How tickets are balanced: over lectures when every question names its session and there are enough of them,
    else over the parts of the list."""
    if wanted != "auto":
        return wanted
    sessions = [question.session for question in pool(questions)]
    return "lectures" if sessions and all(sessions) and len(set(sessions)) >= size else "list"


def tickets(
    questions: Iterable[Question], count: int, size: int, seed: int, balance: Balance = "auto"
) -> list[list[Question]]:
    """``count`` tickets of ``size`` questions, the same for the same seed.

    No ticket holds a question twice or two variants of one; no question is used more than once oftener than another.
    The questions of a ticket come from different lectures, or from the parts of the list in turn (first half and
    second half for two). Raises ``ValueError`` when there are fewer questions than a ticket needs.
    """
    own = pool(questions)
    if size > len(own):
        raise ValueError(f"{len(own)} questions cannot fill a ticket of {size}")
    by = balance_of(own, size, balance)
    # Every copy of every question, in the order of the list (or of lectures): the copies of one question stand side by
    # side. A ticket takes one from each of ``size`` stretches, so it takes from the whole length of the list.
    often = _uses(own, count * size, seed)
    ordered = shuffled(own, seed, "order") if by == "none" else own
    if by == "lectures":
        lectures = list(dict.fromkeys(question.session for question in own))
        ordered = sorted(own, key=lambda question: lectures.index(question.session))
    copies = [question for question in ordered for _ in range(often[question.id])]
    stretches = [_shuffled_copies(copies[part * count : (part + 1) * count], seed, part) for part in range(size)]
    drawn: list[list[Question]] = [[] for _ in range(count)]
    for stretch in stretches:
        _part(stretch, drawn, by)
        for ticket, question in zip(drawn, stretch, strict=True):
            ticket.append(question)
    return drawn


def _uses(own: Sequence[Question], places: int, seed: int) -> dict[str, int]:
    """How often each question is used: evenly, and by seed which ones once more."""
    least, more = divmod(places, len(own))
    once_more = {question.id for question in shuffled(own, seed, "use")[:more]}
    return {question.id: least + (question.id in once_more) for question in own}


def _shuffled_copies(copies: Sequence[Question], seed: int, part: int) -> list[Question]:
    keyed = sorted(enumerate(copies), key=lambda pair: _key(seed, f"ticket-{part}-{pair[0]}", pair[1].id))
    return [question for _, question in keyed]


def _part(stretch: list[Question], drawn: Sequence[Sequence[Question]], by: Balance) -> None:
    """Swap questions within a stretch until no ticket would get one twice, nor (where it can be helped) two of one
    lecture."""
    for place in range(len(stretch)):
        here = _clash(stretch[place], drawn[place], by)
        for other in range(len(stretch)) if here else ():
            before = here + _clash(stretch[other], drawn[other], by)
            after = _clash(stretch[other], drawn[place], by) + _clash(stretch[place], drawn[other], by)
            if after < before:
                stretch[place], stretch[other] = stretch[other], stretch[place]
                here = _clash(stretch[place], drawn[place], by)
                if not here:
                    break


def _clash(question: Question, ticket: Sequence[Question], by: Balance) -> int:
    """1000 for a question that the ticket has already, 1 for one of the same lecture."""
    same = sum(1000 for found in ticket if found.id == question.id)
    return same + sum(by == "lectures" and found.session == question.session for found in ticket)
