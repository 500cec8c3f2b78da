"""The file pool: contents by their SHA-1, and a record for every place where one is used (files.xml)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from coursepack.files.member import Member
from coursepack.writers.mbz.tree import document, leaves, node, root


@dataclass(frozen=True)
class FileArea:
    """Where a file belongs: a file area of a component, in a context, for an item."""

    context: int
    component: str
    name: str
    item: int = 0


@dataclass(frozen=True)
class FileRecord:
    id: int
    area: FileArea
    filename: str
    media_type: str
    size: int
    sha1: str
    main: bool


@dataclass
class Pool:
    """Files in the order in which they were asked for; the same file in the same area is kept once."""

    records: dict[tuple[FileArea, str], FileRecord] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)

    def add(
        self, id_: int, area: FileArea, filename: str, media_type: str, data: bytes, *, main: bool = False
    ) -> FileRecord:
        """Put a file into an area. ``main`` marks the file that a resource opens (sortorder 1)."""
        # Moodle names contents by SHA-1; it is an address here, not a protection.
        sha1 = hashlib.sha1(data, usedforsecurity=False).hexdigest()
        self.contents.setdefault(sha1, data)
        record = FileRecord(id_, area, filename, media_type, len(data), sha1, main)
        return self.records.setdefault((area, filename), record)

    def xml(self, stamp: int) -> bytes:
        """files.xml."""
        files = root("files")
        for record in self.records.values():
            leaves(
                node(files, "file", id=record.id),
                {
                    "contenthash": record.sha1,
                    "contextid": record.area.context,
                    "component": record.area.component,
                    "filearea": record.area.name,
                    "itemid": record.area.item,
                    "filepath": "/",
                    "filename": record.filename,
                    "userid": None,
                    "filesize": record.size,
                    "mimetype": record.media_type,
                    "status": 0,
                    "timecreated": stamp,
                    "timemodified": stamp,
                    "source": record.filename,
                    "author": None,
                    "license": None,
                    "sortorder": int(record.main),
                    "repositorytype": None,
                    "repositoryid": None,
                    "reference": None,
                },
            )
        return document(files)

    def members(self) -> Iterator[Member]:
        """The contents, at ``files/ab/abcd…``."""
        for sha1, data in sorted(self.contents.items()):
            yield Member(f"files/{sha1[:2]}/{sha1}", data)
