"""Packs of texts → a draft of each text to read, with what stands before and behind them."""

from __future__ import annotations

from coursepack.outline.plans import PlanContext
from coursepack.outline.tree.ordinals import CLOSES, HeadingNumber
from coursepack.outline.tree.pack import Pack, Text
from coursepack.outline.tree.parts import DocumentParts
from coursepack.outline.tree.shape import tells
from coursepack.outline.tree.work import says_terms


class Packs(DocumentParts):
    """Drafts of the texts of a pack."""

    def _pack(self, found: Pack) -> None:
        """The lines of the course's data and what is said to the reader, the texts, the work that they are read for."""
        begins = next((at for at, one in enumerate(found.before) if tells(one)), len(found.before))
        rest = self.front.hear(found.before[:begins])
        if foreword := found.before[begins:]:
            self._open("foreword").fields["body"] = [one.piece for one in foreword]
        self._loose(rest, PlanContext())
        for one in found.texts:
            self._text(one)
        for one in found.behind:
            self._behind_texts(one)

    def _text(self, text: Text) -> None:
        draft = self._open("reading", text.title)
        head = text.title
        counted = next((one for one in head.counted if one.parted and not one.form.startswith(CLOSES)), None)
        draft.title = [head.piece]
        if counted is not None and 0 < counted.end < len(head.text):
            number, title = self._cut_behind(head.piece, counted.end)
            draft.title, draft.marks = [title], [(number, "number")]
            draft.label = _label(counted, number.text)
        draft.fields["body"] = [one.piece for one in text.body]

    def _behind_texts(self, text: Text) -> None:
        """What stands behind the texts: work with the texts, prose under a title of its own, or words to the reader."""
        if any(one.asks == "task" or says_terms(one) for one in text.body[:2]):
            self._mark(text.title, "heading")
            work = self._open("assignment", text.title, name="homework")
            work.fields["body"] = [one.piece for one in text.body]
        elif any(map(tells, text.body)):
            self._text(text)
        else:
            self._loose([text.title, *text.body], PlanContext())


def _label(counted: HeadingNumber, printed: str) -> str | None:
    """What a text is called beside its title: «Case 1»."""
    return printed.strip(" .:–—-") if counted.words else None
