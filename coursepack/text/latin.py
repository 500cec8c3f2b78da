"""Words of any language in Latin letters, for ids that a person can still read."""

from __future__ import annotations

import unicodedata

from coursepack import languages, names

_LETTERS = {letter: latin for found in languages.lexicons() for letter, latin in found.romanised.items()}


def slug(text: str, *, fallback: str = "course", longest: int = 40) -> str:
    """An id made of a title: lower-case ASCII words joined by hyphens, a letter first."""
    folded = unicodedata.normalize("NFKC", text).lower()
    characters = "".join(_LETTERS.get(c, c) for c in folded)
    plain = unicodedata.normalize("NFKD", characters).encode("ascii", "ignore").decode()
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    kept = ""
    for word in words:
        if kept and len(kept) + 1 + len(word) > longest:
            break
        kept = f"{kept}-{word}" if kept else word[:longest]
    return kept if names.is_id(kept) else f"{fallback}-{kept}".rstrip("-")


def romanised(letter: str) -> bool:
    """Whether a letter is told in an id: it is Latin, or a language that is known writes it so."""
    folded = unicodedata.normalize("NFKC", letter).lower()
    return all(
        c in _LETTERS or unicodedata.normalize("NFKD", c).encode("ascii", "ignore") or not c.isalpha() for c in folded
    )


def reference(what: str, name: str) -> str:
    """What a name is found again by, whatever its letters, signs and case: «topic-kletka» of a topic «Клетка.»."""
    bare = name.replace("№", " ")
    return f"{what}-" + slug(f"x {bare}", longest=150).removeprefix("x").removeprefix("-")
