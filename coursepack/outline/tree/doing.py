"""What is to be done in a class → its tasks: items, steps, exercises under a heading of their own, variants.

A sheet of a laboratory work, a practical or a seminar is a class; what it counts as tasks are tasks of that class.
"""

from __future__ import annotations

from collections.abc import Sequence

from coursepack.outline.blocks import list_label
from coursepack.outline.drafts import PartDraft
from coursepack.outline.pieces import Piece
from coursepack.outline.sessions import task_groups
from coursepack.outline.tree.lists import Lists
from coursepack.outline.tree.ordinals import HeadingNumber
from coursepack.outline.tree.produced import task_line
from coursepack.outline.tree.sections import PRACTICAL, OutlineSection
from coursepack.outline.tree.signals import Segment

_COUNTED = frozenset({"task", "variant"})


class Doing(Lists):
    """Tasks of a class."""

    def _task(self, draft: PartDraft, section: OutlineSection, counted: HeadingNumber | None) -> None:
        """«Task 2. Build the circuit», or «Build the circuit» as a heading: one task, with all below it."""
        head = section.head
        if head is None:
            return
        pieces = [one.piece for one in section.everything()]
        if counted is None:
            pieces.insert(0, head.piece)
        elif counted.end < len(head.text):
            number, title = self._cut_behind(head.piece, counted.end)
            draft.marks.append((number, "task number"))
            pieces.insert(0, title)
        else:
            draft.marks.append((head.piece, "task number"))
        if pieces:
            draft.whole.append(pieces[0])
        for piece in pieces:
            draft.add("tasks", piece)

    def _counted_task(self, draft: PartDraft, one: Segment) -> None:
        """«Activity 2: Put the lines in order.» on a line."""
        counted = task_line(one)
        piece = one.piece
        if counted is not None:
            number, piece = self._cut_behind(one.piece, counted.end)
            draft.marks.append((number, "task number"))
        draft.whole.append(piece)
        draft.add("tasks", piece)

    def _set_homework(self) -> None:
        """What a class sets for home is work outside class: an item each."""
        result: list[PartDraft] = []
        for draft in self.drafts:
            result.append(draft)
            result.extend(self._homework(draft, pieces) for pieces in task_groups(draft.fields.pop("homework", [])))
        self.drafts[:] = result

    def _homework(self, parent: PartDraft, pieces: list[Piece]) -> PartDraft:
        first = pieces[0]
        result = PartDraft("assignment", opened=first, parent=parent, week=parent.week, name="homework")
        mark = None if first.object is not None else list_label(first)
        body = [self.source.builder.unmarked(first, mark, ""), *pieces[1:]]
        left = [self._cut_when(result, piece) for piece in body]
        result.fields["body"] = [piece for piece in left if piece.object or piece.text]
        return result

    @staticmethod
    def _are_tasks(draft: PartDraft, points: Sequence[Segment]) -> bool:
        """Whether points under the title of a class say what is to be done in it."""
        questions = sum(one.asks == "task" for one in points)
        return bool(points) and draft.kind in PRACTICAL and questions * 2 > len(points)


def task_head(section: OutlineSection) -> HeadingNumber | None:
    """The number of a task or a variant that a heading bears beside the word for it."""
    if section.head is None:
        return None
    first = next((c for c in section.head.counted if c.parted and c.words), None)
    return first if first is not None and first.kind in _COUNTED else None


def is_bare(section: OutlineSection) -> bool:
    """Whether a heading is nothing but a number with its word: «Part 1»."""
    head = section.head
    return head is not None and any(c.words and c.end >= len(head.text) for c in head.counted)
