"""What every part of the model is made of: frozen structs, and the forms of ids."""

from __future__ import annotations

from typing import Annotated

import msgspec

from coursepack import names

Id = Annotated[str, msgspec.Meta(pattern=names.ID, max_length=names.LONGEST_ID)]
"""Names files of products, elements of XML, words of scripts."""
PartId = Annotated[str, msgspec.Meta(pattern=names.PART_ID)]
NoteId = Annotated[str, msgspec.Meta(pattern=names.NOTE_ID)]
Asset = Annotated[str, msgspec.Meta(pattern=names.SHA256)]
FileName = Annotated[str, msgspec.Meta(pattern=names.FILE_NAME)]
"""A file's own name, without folders."""
Language = Annotated[str, msgspec.Meta(pattern=names.LANGUAGE)]

Colour = Annotated[str, msgspec.Meta(pattern=names.COLOUR)]
"""Red, green and blue, two hexadecimal digits each: «cc0000»."""


class Node(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Frozen, keyword-only, strict in what it reads and short in what it writes."""
