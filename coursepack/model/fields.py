"""How the model is laid out in text: which fields hold prose, which hold further parts, which are plain data.

Shared by the Markdown writer and its reader, so that both walk the model alike.
"""

from __future__ import annotations

import typing
from functools import cache
from typing import Any, NamedTuple

import msgspec

from coursepack.model.blocks import Blocks, Inlines
from coursepack.model.course import Assignment, Course, Exam, Reading, Section, Session, Task, Term, Topic, Week
from coursepack.model.questions import Choice, OrderingItem, Pair, Question

BODY = {
    Section: "blocks",
    Session: "blocks",
    Task: "blocks",
    Topic: "content",
    Assignment: "blocks",
    Reading: "blocks",
    Term: "definition",
    Choice: "content",
    Pair: "question",
    OrderingItem: "content",
    **dict.fromkeys(typing.get_args(Question), "text"),
}
"""The field that needs no name: the prose that follows a part's head."""
TITLES = {
    **dict.fromkeys((Course, Section, Week, Session, Assignment, Exam), "title"),
    Reading: "title",
    Term: "term",
}
"""The field that stands as a heading above a part."""
LEFT_OUT = frozenset({"place"})
"""Where something stood in its first source: once the text is edited, its place is in the edited file."""


class Fields(NamedTuple):
    """Fields by what they hold: blocks, inline content, one part, many parts, and plain data."""

    blocks: tuple[str, ...]
    inlines: tuple[str, ...]
    part: dict[str, tuple[type, ...]]
    parts: dict[str, tuple[type, ...]]
    plain: tuple[str, ...]


@cache
def fields(kind: type) -> Fields:
    """The fields of a struct of the model, sorted by what they hold."""
    hints = typing.get_type_hints(kind)
    blocks, inlines, plain = [], [], []
    part: dict[str, tuple[type, ...]] = {}
    parts: dict[str, tuple[type, ...]] = {}
    for field in msgspec.structs.fields(kind):
        name, hint = field.name, hints[field.name]
        if name in LEFT_OUT:
            continue
        if hint == Blocks or Blocks in typing.get_args(hint):
            blocks.append(name)
        elif hint == Inlines:
            inlines.append(name)
        else:
            many, kinds = _kinds(hint)
            if kinds and any(_is_rich(each) for each in kinds):
                (parts if many else part)[name] = kinds
            else:
                plain.append(name)
    return Fields(tuple(blocks), tuple(inlines), part, parts, tuple(plain))


def _kinds(hint: Any) -> tuple[bool, tuple[type, ...]]:
    """Whether a hint is a tuple, and the structs it holds."""
    many = typing.get_origin(hint) is tuple
    found = [each for each in _leaves(hint) if isinstance(each, type) and issubclass(each, msgspec.Struct)]
    return many, tuple(found)


def _leaves(hint: Any) -> list[Any]:
    inner = typing.get_args(hint)
    return [leaf for each in inner for leaf in _leaves(each)] if inner else [hint]


@cache
def _is_rich(kind: type) -> bool:
    """True when a struct, or one inside it, holds prose."""
    found = fields(kind)
    return bool(found.blocks or found.inlines or found.part or found.parts)
