"""What an item asks, whatever the version that it is written in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from coursepack.model.blocks import Blocks

Numbering = Literal["", "none", "abc", "ABC", "123", "iii", "III"]
Way = Literal["choice", "text", "number", "essay", "upload", "order", "match", "associate", "hottext"]


@dataclass(frozen=True)
class InteractionOption:
    """Something to choose: ``words`` are its letters alone, ``rich`` says that they are not all of it.
    ``feedback`` stands inside it."""

    ident: str
    content: Blocks
    words: str
    rich: bool = False
    feedback: Blocks = ()


@dataclass(frozen=True)
class Interaction:
    """One interaction. ``options`` are what is chosen, put in order or matched; ``others`` what it is matched with.

    ``inline``: it stands in a line of the text; where there are several, ``{#1}`` … mark their places.
    ``many``: several may be chosen.
    """

    way: Way
    response: str
    options: tuple[InteractionOption, ...] = ()
    others: tuple[InteractionOption, ...] = ()
    many: bool = False
    shuffle: bool = False
    inline: bool = False
    horizontal: bool = False
    lines: int | None = None
    least_words: int | None = None
    most_words: int | None = None
    template: Blocks = ()
    low: float | None = None
    high: float | None = None
    whole: bool = False
    """Only whole numbers can be given."""
    unit: str = ""
    numbering: Numbering = ""
    """What stands before the options, where the item says it."""
    files: int = 0
    """Files that may be handed in with a text."""


@dataclass
class ItemDraft:
    """An item on its way into a question. ``text``: the stem, without what is asked; ``feedback``: texts by the
    identifiers that the rules show them by. ``points``: what a right response earns where the item says it, ``whole``
    where the rules count in per cents of it."""

    ident: str
    title: str
    text: Blocks = ()
    asked: tuple[Interaction, ...] = ()
    feedback: dict[str, Blocks] = field(default_factory=dict)
    notes: Blocks = ()
    points: float | None = None
    whole: bool = False
    unmarked: bool = False
    """Its points are only those of a question that nobody gave a mark."""
    marked: str = ""
    """A word for how its score comes about."""
    truth: bool = False
    """It says itself that its two options are «true» and «false»."""
    tags: tuple[str, ...] = ()
    category: tuple[str, ...] | None = None
    exact: bool = False
    """It is one of ours, whose points and names of feedback mean what they say."""
    gaps: bool = False
    """It is a text with gaps, though it may have only one."""
    shortened: bool = False
    """Letters follow the only gap: the question is one of a missing word."""
