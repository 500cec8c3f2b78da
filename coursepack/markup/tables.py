"""The allow-lists, as ``allowed.toml`` states them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from coursepack import prepared


class NameSet(frozenset[str]):
    """Names; in the file a list, or one text with blanks between them."""


def _words(kind: type, value: Any) -> Any:
    """How msgspec makes ``Words``, a type that it does not know."""
    return kind(value.split() if isinstance(value, str) else value)


class _MarkupTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Addresses(_MarkupTable, frozen=True, kw_only=True):
    schemes: NameSet
    tokens: tuple[str, ...]


class Active(_MarkupTable, frozen=True, kw_only=True):
    elements: NameSet


class MarkupVocabulary(_MarkupTable, frozen=True, kw_only=True):
    """The names of one language. ``neutral`` is what an unknown element becomes, so that its letters stay.

    ``links`` and ``pictures`` are attributes that hold addresses; ``letters`` elements that hold nothing but text;
    ``editors`` namespaces whose names mean nothing to a browser; ``linked`` and ``pictured`` see ``allowed.toml``.
    """

    elements: NameSet
    attributes: NameSet
    prefixes: tuple[str, ...]
    links: NameSet
    pictures: NameSet
    neutral: str
    letters: NameSet = NameSet()
    editors: NameSet = NameSet()
    pictured: NameSet = NameSet()
    linked: NameSet = NameSet()


class Style(_MarkupTable, frozen=True, kw_only=True):
    properties: NameSet
    functions: NameSet
    rules: NameSet


class Colour(_MarkupTable, frozen=True, kw_only=True):
    least: int


class Tex(_MarkupTable, frozen=True, kw_only=True):
    commands: NameSet
    links: NameSet


class Allowed(_MarkupTable, frozen=True, kw_only=True):
    addresses: Addresses
    active: Active
    html: MarkupVocabulary
    mathml: MarkupVocabulary
    svg: MarkupVocabulary
    style: Style
    colour: Colour
    tex: Tex


@cache
def allowed() -> Allowed:
    """The lists, read once."""
    text = Path(__file__).with_name("allowed.toml").read_text("utf-8")
    return msgspec.convert(prepared.toml(text), Allowed, dec_hook=_words)
