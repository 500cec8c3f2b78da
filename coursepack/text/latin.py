"""Kazakh and Russian words in Latin letters, for ids that a person can still read."""

from __future__ import annotations

import unicodedata

from coursepack import names

# Kazakh letters by the official romanisation's sounds, without its accents; Russian as passports write it.
_LETTERS = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "i", "к": "k", "қ": "q", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "kh", "һ": "h", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "і": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip


def slug(text: str, *, fallback: str = "course", longest: int = 40) -> str:
    """An id made of a title: lower-case ASCII words joined by hyphens, a letter first."""
    folded = unicodedata.normalize("NFKC", text).lower()
    letters = "".join(_LETTERS.get(c, c) for c in folded)
    plain = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    kept = ""
    for word in words:
        if kept and len(kept) + 1 + len(word) > longest:
            break
        kept = f"{kept}-{word}" if kept else word[:longest]
    return kept if names.is_id(kept) else f"{fallback}-{kept}".rstrip("-")
