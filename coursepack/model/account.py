"""What became of each file in the folder of a course."""

from __future__ import annotations

from typing import Literal

import msgspec

Fate = Literal[
    "source",  # read, as its role
    "used",  # by another file, or by the call
    "ignored",  # [files] ignore of course.toml says that it is no part of the course
    "unlisted",  # could be read, but course.toml does not name it
    "same",  # byte for byte as another file
    "twin",  # another format of a document
    "unread",  # course material of a kind that is not read
    "other",  # anything else that is not read
    "left-out",  # cannot be read: empty, locked, damaged, a link, a name that some system cannot hold
    "opened",  # an archive, whose files are reported one by one
    "apart",  # a course of its own
    "built",  # what coursepack itself wrote
]


class FolderFile(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file (or, with a ``/`` at its end, a folder that was not looked into) by its name in the course's folder, what
    became of it, why, and what to do so that it is read."""

    file: str
    fate: Fate
    why: str = ""
    advice: str = ""


class Account(msgspec.Struct, frozen=True):
    """All files of a folder by name; ``system`` counts temporary and system files, ``more`` says that there are more
    files than are looked at; ``unused`` are patterns of ``[files] ignore`` that match none."""

    files: tuple[FolderFile, ...]
    system: int = 0
    more: bool = False
    unused: tuple[str, ...] = ()
