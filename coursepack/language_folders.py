"""Which languages there are: a folder each. Apart from what is in them, so that ``--help`` need not know that."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

VARIABLE = "COURSEPACK_LANGUAGES"
"""The environment variable that names folders with more languages, parted as PATH is."""
SHIPPED = Path(__file__).parent / "languages"
SOURCE = "en"
"""The language of the message ids: what a catalogue does not have is said in it."""
MESSAGES = "messages"
"""The catalogue of what is printed for a person."""
_LONE = re.compile(r"(?<![\w.,:/-])1 \S")


@cache
def known() -> tuple[str, ...]:
    """The codes of all languages, sorted."""
    return tuple(sorted(_folders()))


@cache
def _folders() -> dict[str, Path]:
    """Code → folder; one that ships goes before one of the same code elsewhere."""
    places = [Path(part) for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part]
    found = {path.parent.name: path.parent for place in places for path in sorted(place.glob("*/lexicon.toml"))}
    return found | {path.parent.name: path.parent for path in SHIPPED.glob("*/lexicon.toml")}


def file(code: str, name: str) -> Path:
    """A file in the folder of a language. Raises ``KeyError`` for a code that has none."""
    return _folders()[code] / name


@cache
def spoken() -> tuple[str, ...]:
    """The languages that messages are said in."""
    return tuple(code for code in known() if code == SOURCE or file(code, f"{MESSAGES}.po").is_file())


def counts_one(text: str) -> bool:
    """Whether a message in English may have to take its singular: no number but 1 asks for another form."""
    return _LONE.search(text) is not None
