"""What documents say of the whole course: description, outcomes, literature, grading, policies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from coursepack.model.course import About, Grading, Interim, Literature, Section
from coursepack.outline.drafts import Draft
from coursepack.outline.found import Source, title_of
from coursepack.outline.pieces import Piece
from coursepack.outline.sessions import strings
from coursepack.place import Place

_SIGNED = re.compile(r"_{4,}")
# The number of a section before its title.
_COUNT = re.compile(r"^\d{1,2}(?:\.\d{1,2})*[.)]?\s+")


class Heard:
    """Collects what sources say of the course, field by field; the first that says a thing is believed."""

    def __init__(self) -> None:
        self.fields: dict[str, object] = {}
        self.literature: dict[str, list[str]] = {"basic": [], "additional": [], "internet": []}
        self.policies: list[Section] = []
        self.interim: list[Interim] = []
        self.teacher: dict[str, str] = {}
        self.titles: list[tuple[str, Place | None]] = []

    def hear(self, source: Source, draft: Draft) -> None:
        """Take in an ``about`` draft."""
        name = draft.name
        texts = source.stream.texts
        texts.claim(draft.title, "mark", part="about", reason="heading")
        source.mark(draft, "about")
        signed = [p for p in draft.get("body") if p.object is None and _SIGNED.search(p.text)]
        source.aside(signed, "approval or signature")
        body = [piece for piece in draft.get("body") if not any(piece is one for one in signed)]
        match name:
            case "literature" | "basic" | "additional" | "internet":
                self._literature(source, "basic" if name == "literature" else name, body)
            case "outcomes" | "objectives" | "prerequisites" | "postrequisites":
                found = tuple(strings(source, body, "about"))
                self.fields.setdefault(name, found)
            case "description" | "course-aim":
                blocks = source.builder.blocks(body, "about")
                self.fields.setdefault("aim" if name == "course-aim" else name, blocks)
            case "grading":
                blocks = source.builder.blocks(body, "about")
                self.fields.setdefault("grading", Grading(blocks=blocks))
            case "policy" | "other":
                number = len(self.policies) + 1
                blocks = source.builder.blocks(body, f"policy-{number}")
                title = _COUNT.sub("", title_of(draft.title) or "")
                if blocks and title:
                    self.policies.append(Section(id=f"policy-{number}", title=title, blocks=blocks))
            case _:
                source.aside(body, "plan")

    def _literature(self, source: Source, kind: str, body: Sequence[Piece]) -> None:
        """A list of literature, with «Негізгі:», «Дополнительная:» between its parts."""
        for piece in body:
            found = source.marks.find(piece.text) if piece.object is None else []
            part = next((mark for mark in found if mark.kind in self.literature), None)
            if part is None:
                self.literature[kind].extend(strings(source, [piece], "about"))
                continue
            kind = part.kind
            head, rest = source.stream.texts.cut(piece, part.end) if part.rest else (piece, None)
            source.stream.texts.claim(head, "mark", part="about", reason="heading")
            if rest is not None:
                self.literature[kind].extend(strings(source, [rest], "about"))

    def about(self, declared: About) -> About:
        """The declared fields, completed by what was heard."""
        known: dict[str, Any] = {
            name: value for name, value in self.fields.items() if value and not getattr(declared, name, None)
        }
        if any(self.literature.values()) and declared.literature == Literature():
            known["literature"] = Literature(
                **{name: tuple(dict.fromkeys(found)) for name, found in self.literature.items()}
            )
        if self.teacher and not declared.teachers:
            from coursepack.outline.syllabus import teacher_of

            teacher = teacher_of(self.teacher)
            if teacher:
                known["teachers"] = (teacher,)
        grading = declared.grading or known.get("grading")
        if self.interim and (grading is None or not grading.interim):
            known["grading"] = msgspec.structs.replace(grading or Grading(), interim=tuple(self.interim))
        if self.policies and not declared.policies:
            known["policies"] = tuple(self.policies)
        return msgspec.structs.replace(declared, **known) if known else declared
