"""Names of PresentationML, and which words of PowerPoint mean nothing (``decks.toml``)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import msgspec

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"


class _PptxNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    unnamed: frozenset[str]
    continued: tuple[str, ...]
    title_top: int
    title_letters: int
    box_letters: int
    box_share: int
    box_slides: int


_DATA = msgspec.convert(tomllib.loads((Path(__file__).parent / "decks.toml").read_text("utf-8")), _PptxNames)
UNNAMED = _DATA.unnamed
BOX_LETTERS, BOX_SHARE, BOX_SLIDES = _DATA.box_letters, _DATA.box_share, _DATA.box_slides
TITLE_TOP, TITLE_LETTERS = _DATA.title_top, _DATA.title_letters
_CONTINUED = re.compile(rf"[\s.,:;–—-]*(?<!\w)(?:{'|'.join(_DATA.continued)})\s*$", re.IGNORECASE)


def topic(title: str) -> str:
    """A title as it is compared with that of the slide before: without what says that the slide goes on with it."""
    plain = " ".join(title.split()).casefold()
    return _CONTINUED.sub("", plain).rstrip(" .:…") or plain
