"""Lessons by their stages: each is a heading over what is reported, asked and to be done in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from coursepack.outline.drafts import PartDraft
from coursepack.outline.tree import stages
from coursepack.outline.tree.doing import Doing
from coursepack.outline.tree.named import persons
from coursepack.outline.tree.sections import OutlineSection
from coursepack.outline.tree.shape import is_prose
from coursepack.outline.tree.signals import LABEL_STYLE, Segment
from coursepack.outline.tree.words import words

_LONGEST_HEAD = 60
_LONGEST_LEAD = 60
_WHO = frozenset({"stage", "teacher", "pupils"})
_SURE = 7
_LAST = 4
_LETTER = re.compile(r"\(?[^\W\d_][.)]\s+")


def is_stage(head: Segment) -> bool:
    """Whether a heading is that of a stage: its time stands at its end, or is all of a label in a table, or its words
    and those of others say so."""
    label = head.piece.style == LABEL_STYLE
    return head.stage or stages.is_timed(head.text) or (label and stages.minutes_from(head.text) is not None)


def _mostly_orders(section: OutlineSection) -> bool:
    """Whether most lines of the stages of a lesson say what to do; a note in lower case beside them says nothing."""
    beside = section.parent.children if section.parent is not None else [section]
    lines = [one for each in beside if each.head is not None and is_stage(each.head) for one in each.everything()]
    sentences = [one for one in lines if one.is_text and one.mark is None and one.text[:1].isupper()]
    return sum(one.asks == "task" for one in sentences) * 2 > len(sentences)


def _listed(own: Sequence[Segment], fields: Sequence[str]) -> list[str]:
    """The fields of the lines of a stage: numbered items beside a task are tasks."""
    tasks = {one.mark.kind for one, field in zip(own, fields, strict=True) if field == "tasks" and one.mark is not None}
    return [
        "tasks" if field == "body" and one.mark is not None and one.mark.value and one.mark.kind in tasks else field
        for one, field in zip(own, fields, strict=True)
    ]


class LessonDrafts(Doing):
    """Drafts of lessons by their stages."""

    def _stage(self, draft: PartDraft, section: OutlineSection) -> None:
        """A stage of a lesson: questions and tasks that it lists, a list of what is done as one task, or text."""
        head = section.head
        if head is None:
            return
        own = section.everything()
        orders = _mostly_orders(section)
        fields = _listed(own, [self._of_stage(one, orders=orders) for one in own])
        if set(fields) & {"review", "tasks"}:
            draft.marks.append((head.piece, "heading"))
        elif len(own) > 1 and all(one.mark is not None for one in own):
            self._task(draft, section, None)
            return
        elif not fields or "body" in fields:
            draft.add("body", replace(head.piece, is_heading=True, style=""))
        else:
            draft.marks.append((head.piece, "heading"))
        self._parts_of_stage(draft, own, fields)

    def _parts_of_stage(self, draft: PartDraft, own: Sequence[Segment], fields: Sequence[str]) -> None:
        for one, field in zip(own, fields, strict=True):
            if field == "mark":
                draft.marks.append((one.piece, "label"))
            elif field == "label":
                self._fields(draft, [one])
            elif field == "tasks":
                self._counted_task(draft, one)
            elif field == "review" and one.mark is None and (letter := _LETTER.match(one.piece.text)):
                printed, piece = self.texts.cut(one.piece, letter.end())
                draft.marks.append((printed, "number"))
                draft.add(field, piece)
            else:
                draft.add(field, one.piece)

    def _of_stage(self, one: Segment, *, orders: bool) -> str:
        """The field of a line in a stage; ``label`` where a label on the line opens one; ``orders``: most
        stages say what to do, so that their lines without a number are tasks as well."""
        if not one.is_text:
            return "body"
        if any(c.kind == "task" and c.parted for c in one.counted):
            return "tasks"
        if one.text.endswith(":") and len(one.text) < _LONGEST_LEAD:
            known = max(words().labels(one.text).values(), default=0) >= _SURE
            return "mark" if known else "body"
        if one.mark is None and self._run_in(one) is not None:
            return "label"
        if one.asks == "question" and not is_prose(one) and (one.text[:1].isupper() or "?" in one.text):
            return "review"
        if one.mark is not None and one.asks is not None:
            return "tasks"
        if orders and one.mark is None and one.asks != "question" and one.text[:1].isupper():
            return "tasks"
        return "body"

    def _run_in(self, one: Segment) -> tuple[str, int] | None:
        """The field that a label at the beginning of a line opens, and where the text behind the label begins."""
        raise NotImplementedError

    def _fields(self, draft: PartDraft, own: Sequence[Segment]) -> None:
        """Text of a class with its run-in labels."""
        raise NotImplementedError

    # --- what labels say of the class

    def _without_signatures(self, root: OutlineSection) -> None:
        """Lines to sign on at the end of a document are none of its last part."""
        lines = [
            one
            for one in sorted(root.everything(), key=lambda one: one.at)[-_LAST:]
            if one.is_text and one.mark is None
        ]
        last = {id(one) for one in lines if one.asks is None or persons(one.text)}
        for section in root.walk():
            signed = [one for one in section.own if id(one) in last and self.front.is_signed(one)]
            section.own = [one for one in section.own if one not in signed]

    def _stated(self, draft: PartDraft, root: OutlineSection) -> None:
        """Labels over one value say the class's title, its kind and its hours; their sections go."""
        for section in list(root.walk()):
            for child in list(section.children):
                if child.head is None or len(child.own) != 1 or child.children or not child.own[0].is_text:
                    continue
                if self._said_of_class(draft, child.head, child.own[0]):
                    section.children.remove(child)

    def _said_of_class(self, draft: PartDraft, head: Segment, value: Segment) -> bool:
        led = any(m.group == "field" and not m.whole for m in value.marks)
        if led or (value.marks and head.piece.style != LABEL_STYLE):  # «Lecture» over «Topic: …» names no kind
            return False
        field = next((m.kind for m in head.marks if m.whole and m.group == "field"), None) or words().lesson(head.text)
        if field == "title" and not draft.title:
            draft.title = [value.piece]
        elif field == "unit" and head.piece.style == LABEL_STYLE:
            draft.unit = [value.piece]
        elif field not in {"kind", "duration"} or not self._kind_said(draft, field, head, value):
            return False
        draft.marks.append((head.piece, "label"))
        return True

    def _kind_said(self, draft: PartDraft, stated: str, head: Segment, value: Segment) -> bool:
        """Take the kind and the hours of the class; in a lesson's table a kind of another sort is set aside."""
        if len(value.text) >= _LONGEST_HEAD:
            return False
        kind, hours = words().kind(value.text), self._hours_in(value.text)
        if kind not in KINDS and hours is None and head.piece.style != LABEL_STYLE:
            return False
        draft.kind = kind if stated == "kind" and kind in KINDS else draft.kind
        draft.hours = hours if hours is not None else draft.hours
        draft.marks.append((value.piece, "kind and hours of the class"))
        return True


KINDS = frozenset({"lecture", "seminar", "practical", "laboratory"})
