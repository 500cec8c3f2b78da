"""Lesson plans: stages with their time, what the teacher and the pupils do, what is needed.

In a table each of these has a column, below labels with their values or in a table of its own. A stage is handed on as
a heading over what its cells say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from coursepack import languages
from coursepack.outline.drafts import Draft
from coursepack.outline.found import Source
from coursepack.outline.pieces import Part, Piece
from coursepack.outline.plans import Cell
from coursepack.outline.tree.doing import Doing
from coursepack.outline.tree.sections import Section
from coursepack.outline.tree.shape import is_prose
from coursepack.outline.tree.signals import LABEL_STYLE, Segment
from coursepack.outline.tree.words import words

_LONGEST_HEAD = 60
_LONGEST_LEAD = 60
_WHO = frozenset({"stage", "teacher", "pupils"})
_SURE = 7
_LAST = 4
_LETTER = re.compile(r"\(?[^\W\d_][.)]\s+")

# A row of a table, a cell a column.
Row = Sequence[Cell]


def stages_at(rows: Sequence[Row]) -> int | None:
    """The row of a table that heads the stages of a lesson; None where no row does."""
    for at, row in enumerate(rows[:-1]):
        kinds = {kind for cell in row if 0 < len(cell.text) < _LONGEST_HEAD and (kind := words().lesson(cell.text))}
        if len(kinds) > 1 and kinds & _WHO and kinds & {"teacher", "pupils", "time", "resources"}:
            return at
    return None


def staged(source: Source, head: Row, rows: Sequence[Row]) -> list[Piece]:
    """The stages below their heads: a heading a row, the other cells in order."""
    source.stream.texts.claim([one for cell in head for one in cell.pieces], "mark", reason="table head")
    kinds = [words().lesson(cell.text) if cell.text else None for cell in head]
    made: list[Piece] = []
    for row in rows:
        named = [cell for cell, kind in zip(row, kinds, strict=False) if kind in {"stage", "time"} and cell.text]
        if not named and row[0].text and len(row[0].text) < _LONGEST_HEAD:
            named = [row[0]]
        if named:
            made.append(_heading(named))
        made.extend(one for cell in row if not any(cell is other for other in named) for one in cell.pieces)
    return made


def _heading(named: Sequence[Cell]) -> Piece:
    """The name of a stage with its time."""
    pieces = [one for cell in named for one in cell.pieces]
    parts: list[Part] = [part for one in pieces for part in one.parts]
    text = ", ".join(one.text.strip(" ,") for one in pieces if one.text)
    return replace(pieces[0], text=text, parts=parts, content=None, style=LABEL_STYLE, heading=None, replaced=True)


@cache
def _minutes() -> re.Pattern[str]:
    """«15 min» at the end of a heading."""
    tables = [languages.data(code, "labels.toml").get("lesson", {}) for code in languages.in_order()]
    forms = "|".join(sorted({re.escape(form) for table in tables for form in table.get("minutes", [])}))
    return re.compile(rf"\d{{1,3}}\s*(?:{forms})[^\W\d_]*\.?\s*[)\]]?$", re.IGNORECASE)


def is_stage(head: Segment) -> bool:
    """Whether a heading is that of a stage: its time stands at its end."""
    return len(head.text) < 2 * _LONGEST_HEAD and bool(_minutes().search(head.text))


class Lesson(Doing):
    """Drafts of lessons by their stages."""

    def _stage(self, draft: Draft, section: Section) -> None:
        """A stage of a lesson: questions and tasks that it lists, a list of what is done as one task, or text."""
        head = section.head
        if head is None:
            return
        own = section.everything()
        fields = [self._of_stage(one) for one in own]
        if "review" in fields or "tasks" in fields:
            draft.marks.append((head.piece, "heading"))
            self._parts_of_stage(draft, own, fields)
        elif own and all(one.mark is not None for one in own):
            self._task(draft, section, None)
        else:
            draft.add("body", replace(head.piece, is_heading=True, style=""))
            for one in own:
                draft.add("body", one.piece)

    def _parts_of_stage(self, draft: Draft, own: Sequence[Segment], fields: Sequence[str]) -> None:
        for one, field in zip(own, fields, strict=True):
            if field == "mark":
                draft.marks.append((one.piece, "label"))
            elif field == "tasks":
                self._counted_task(draft, one)
            elif field == "review" and one.mark is None and (letter := _LETTER.match(one.piece.text)):
                printed, piece = self.texts.cut(one.piece, letter.end())
                draft.marks.append((printed, "number"))
                draft.add(field, piece)
            else:
                draft.add(field, one.piece)

    @staticmethod
    def _of_stage(one: Segment) -> str:
        """The field of a line in a stage."""
        if not one.is_text:
            return "body"
        if any(c.kind == "task" and c.parted for c in one.counted):
            return "tasks"
        if one.asks == "question" and not is_prose(one):
            return "review"
        if one.mark is not None and one.asks is not None:
            return "tasks"
        if one.text.endswith(":") and len(one.text) < _LONGEST_LEAD:
            known = max(words().labels(one.text).values(), default=0) >= _SURE
            return "mark" if known else "body"
        return "body"

    # --- what labels say of the class

    def _without_signatures(self, root: Section) -> None:
        """Lines to sign on at the end of a document are none of its last part."""
        last = {id(one) for one in root.everything()[-_LAST:] if one.is_text and one.mark is None and one.asks is None}
        for section in root.walk():
            signed = [one for one in section.own if id(one) in last and self.front.is_debris(one)]
            self.source.aside([one.piece for one in signed], "approval or signature")
            section.own = [one for one in section.own if one not in signed]

    def _told(self, draft: Draft, root: Section) -> None:
        """Labels over one value say the class's title, its kind and its hours; their sections go."""
        for section in list(root.walk()):
            for child in list(section.children):
                if child.head is None or len(child.own) != 1 or child.children or not child.own[0].is_text:
                    continue
                if self._said_of_class(draft, child.head, child.own[0]):
                    section.children.remove(child)

    def _said_of_class(self, draft: Draft, head: Segment, value: Segment) -> bool:
        if any(m.group == "field" for m in value.marks):  # «Lecture» over «Topic: …» names no kind
            return False
        said = next((m.kind for m in head.marks if m.whole and m.group == "field"), None) or words().lesson(head.text)
        if said == "title" and not draft.title:
            draft.title = [value.piece]
        elif said in {"kind", "duration"} and len(value.text) < _LONGEST_HEAD:
            kind, hours = words().kind(value.text), self._hours_in(value.text)
            if kind not in {"lecture", "seminar", "practical", "laboratory"} and hours is None:
                return False
            draft.kind = kind if said == "kind" and kind in KINDS else draft.kind
            draft.hours = hours if hours is not None else draft.hours
            draft.marks.append((value.piece, "kind and hours of the class"))
        else:
            return False
        draft.marks.append((head.piece, "label"))
        return True


KINDS = frozenset({"lecture", "seminar", "practical", "laboratory"})
