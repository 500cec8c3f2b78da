"""Addresses that somebody typed as bare letters become links, in every product and on every page.

Readers leave them as they stand: where an address ends is no matter of a format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, TypeVar

import msgspec

from coursepack.markup import addresses
from coursepack.model.blocks import Run, with_text
from coursepack.model.course import Course, Week
from coursepack.stages import Live

_T = TypeVar("_T")
_S = TypeVar("_S", bound=msgspec.Struct)
_ADDRESS = re.compile(r"(?<![\w@/.-])(?:https?://|www\.)[^\s<>\"«»“”„|{}\\^`]{3,2000}", re.IGNORECASE)
_MAY_STAND = re.compile(rb"https?://|www\.", re.IGNORECASE)
_HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+\w{2,}", re.IGNORECASE)
_BEHIND = ".,;:!?'…’*_~"
"""Signs that end a sentence, not an address."""
_BRACKETS = {")": "(", "]": "["}


def linked_course(course: Course, live: Live) -> Course:
    """The same of a course whose large parts are asked once."""

    def each(parts: tuple[_T, ...]) -> tuple[_T, ...]:
        return tuple(live.of("linked", (one,), partial(linked, one)) for one in parts)

    def whole(week: Week) -> Week:
        return _with(week, sessions=each(week.sessions), assignments=each(week.assignments))

    exam = course.exam and _with(course.exam, questions=each(course.exam.questions))
    bare = msgspec.structs.replace(course, weeks=(), exam=None, readings=(), glossary=())
    rest = {"readings": each(course.readings), "glossary": each(course.glossary)}
    return msgspec.structs.replace(linked(bare), weeks=tuple(map(whole, course.weeks)), exam=exam, **rest)


def _with(part: _S, **large: Any) -> _S:
    """A part with its small fields linked, and the large ones as they are given."""
    result = linked(msgspec.structs.replace(part, **dict.fromkeys(large, ())))
    return msgspec.structs.replace(result, **large)


def linked(part: _T) -> _T:
    """A part of the model whose bare addresses are links; the same object when there are none."""
    if isinstance(part, msgspec.Struct) and _MAY_STAND.search(msgspec.json.encode(part)) is None:
        return part  # nothing to look for, node by node
    return _linked(part)  # type: ignore[no-any-return]


def _linked(part: Any) -> Any:
    if isinstance(part, tuple):
        result = tuple(each for one in part for each in (_runs(one) if isinstance(one, Run) else (_linked(one),)))
        return part if len(result) == len(part) and all(a is b for a, b in zip(result, part, strict=True)) else result
    if isinstance(part, msgspec.Struct) and not isinstance(part, Run):
        changes = {
            name: result
            for name in part.__struct_fields__
            if isinstance(value := getattr(part, name), tuple | msgspec.Struct)
            and (result := _linked(value)) is not value
        }
        return msgspec.structs.replace(part, **changes) if changes else part
    return part


def _runs(run: Run) -> Iterator[Run]:
    """The run, parted where an address stands in it."""
    at = 0
    for found in () if run.code or run.href else _ADDRESS.finditer(run.text):
        address = _trimmed(found[0])
        href = addresses.link(address) if _HOST.match(address) else None
        if href is None:
            continue
        if found.start() > at:
            yield with_text(run, run.text[at : found.start()])
        at = found.start() + len(address)
        yield msgspec.structs.replace(run, text=address, href=href)
    if at == 0:
        yield run
    elif at < len(run.text):
        yield with_text(run, run.text[at:])


def _trimmed(address: str) -> str:
    """Without what belongs to the sentence around it; a bracket is the address's own where it opens it, too."""
    while True:
        last = address[-1:]
        opens = _BRACKETS.get(last)
        if (last and last in _BEHIND) or (opens and address.count(last) > address.count(opens)):
            address = address[:-1]
        else:
            return address
