"""The parts of a finished DOCX, by what its relationships say of them."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import cached_property

from coursepack.files.xml import parse_xml
from coursepack.render.wml import Element, R


class DocxMembers:
    """The members of a DOCX as trees. ``members`` are its bytes by path."""

    def __init__(self, members: Mapping[str, bytes]) -> None:
        self.members = members
        self._trees: dict[str, Element] = {}

    def tree(self, path: str) -> Element:
        if path not in self._trees:
            self._trees[path] = parse_xml(self.members[path])
        return self._trees[path]

    def optional(self, path: str) -> Element | None:
        return self.tree(path) if path in self.members else None

    @cached_property
    def main(self) -> str:
        """The path of the main part."""
        kind = f"{R}/officeDocument"
        found = (r.get("Target", "") for r in self.tree("_rels/.rels") if r.get("Type") == kind)
        return next(found).lstrip("/")

    def beside(self, name: str) -> Element | None:
        """A part of a kind («styles») beside the main one."""
        kind = f"{R}/{name}"
        for target, found, _ in self.relations(self.main).values():
            if found == kind:
                return self.optional(target)
        return None

    def relations(self, path: str) -> dict[str, tuple[str, str, bool]]:
        """Relationship id → target, type, whether it leads out, of a part."""
        folder, base = posixpath.split(path)
        tree = self.optional(f"{folder}/_rels/{base}.rels")
        found: dict[str, tuple[str, str, bool]] = {}
        for relation in tree if tree is not None else ():
            external = relation.get("TargetMode") == "External"
            target = relation.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/" + folder, target))[1:]
            found[relation.get("Id", "")] = target, relation.get("Type", ""), external
        return found
