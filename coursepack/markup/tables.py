"""The allow-lists, as ``allowed.toml`` states them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from coursepack import prepared


class Words(frozenset[str]):
    """Names; in the file a list, or one text with blanks between them."""


def _words(kind: type, value: Any) -> Any:
    """How msgspec makes ``Words``, a type that it does not know."""
    return kind(value.split() if isinstance(value, str) else value)


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Addresses(_Table, frozen=True, kw_only=True):
    schemes: Words
    tokens: tuple[str, ...]


class Active(_Table, frozen=True, kw_only=True):
    elements: Words


class Vocabulary(_Table, frozen=True, kw_only=True):
    """The names of one language. ``neutral`` is what an unknown element becomes, so that its letters stay.

    ``links`` and ``pictures`` are attributes that hold addresses; ``letters`` elements that hold nothing but text;
    ``editors`` namespaces whose names mean nothing to a browser; ``linked`` and ``pictured`` see ``allowed.toml``.
    """

    elements: Words
    attributes: Words
    prefixes: tuple[str, ...]
    links: Words
    pictures: Words
    neutral: str
    letters: Words = Words()
    editors: Words = Words()
    pictured: Words = Words()
    linked: Words = Words()


class Style(_Table, frozen=True, kw_only=True):
    properties: Words
    functions: Words
    rules: Words


class Colour(_Table, frozen=True, kw_only=True):
    least: int


class Tex(_Table, frozen=True, kw_only=True):
    commands: Words
    links: Words


class Allowed(_Table, frozen=True, kw_only=True):
    addresses: Addresses
    active: Active
    html: Vocabulary
    mathml: Vocabulary
    svg: Vocabulary
    style: Style
    colour: Colour
    tex: Tex


@cache
def allowed() -> Allowed:
    """The lists, read once."""
    text = Path(__file__).with_name("allowed.toml").read_text("utf-8")
    return msgspec.convert(prepared.toml(text), Allowed, dec_hook=_words)
