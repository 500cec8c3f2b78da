"""Documents that are glossaries → drafts: the terms, what stands before them, other parts among them."""

from __future__ import annotations

from itertools import takewhile

from coursepack.outline.drafts import Draft
from coursepack.outline.tree.entries import Entries
from coursepack.outline.tree.labels import is_named
from coursepack.outline.tree.lists import OTHER_LISTS
from coursepack.outline.tree.modes import Mode
from coursepack.outline.tree.sections import SESSIONS, Section, names_term
from coursepack.outline.tree.shape import _SENTENCE, shape
from coursepack.outline.tree.signals import _LABELLED, Segment, weights
from coursepack.outline.tree.words import words


def _defines(one: Segment) -> bool:
    """Whether a line gives the meaning of a term, or a table may."""
    return one.term or bool(one.lead) if one.is_text else True


def _holds_terms(section: Section) -> bool:
    return any(one.is_text and one.term for part in section.walk() for one in part.own)


def _counts_questions(section: Section, root: Section) -> bool:
    """Whether nothing but a counted list stands in a section of a glossary whose terms are not counted, and it asks or
    orders: «Try yourself» over «1. Explain …»."""
    items = [one for one in section.own if one.is_text and one.mark is not None and one.mark.value]
    counted = {id(one) for one in items}
    others = [one for one in root.everything() if one.is_text and one.term and id(one) not in counted]
    plain = not any(one.mark is not None and one.mark.value for one in others)
    told = shape(section.own)
    return len(items) > 1 and len(items) == len(section.own) and plain and max(told.asks, told.does) >= _MOST_ASK


_MOST_ASK = 0.3


class Glossaries(Entries):
    """Drafts of a glossary."""

    def _list(self, root: Section, mode: Mode) -> None:
        if mode == "glossary":
            self._terms(root)
        else:
            super()._list(root, mode)

    def _terms(self, root: Section) -> None:
        """A document that is a glossary: its terms, with what stands before and among them apart."""
        told = list(takewhile(lambda one: not _defines(one), root.own))
        foreword = [one for one in told if one.is_text and _SENTENCE.search(one.text)]
        if sum(len(one.text) for one in foreword) < weights()["reading"]["foreword"]:
            foreword = []
        told = told if foreword or len(told) < len(root.own) else []
        if foreword:
            self._open("foreword").fields["body"] = [one.piece for one in foreword]
        self._loose([one for one in told if one not in foreword], self.context)
        draft = self._open("glossary")
        for one in root.own[len(told) :]:
            if not self._books_behind_label(one):
                draft.add("body", one.piece)
        for child in root.children:
            self._of_glossary(draft, child)

    def _of_glossary(self, draft: Draft, section: Section) -> None:
        """A section of a glossary: more terms under a letter or a heading, or another part of the course."""
        head = section.head
        lines = any(one.is_text and one.term for one in self.root.everything())
        terms = [one for one in section.own if (one.is_text or not lines) and _defines(one)]
        named = section.label == "glossary" and is_named(section)
        if is_named(section) and not named and section.label in OTHER_LISTS:
            self._part(section, self.context)
            return
        if not (named or is_named(section)) and names_term(section):
            self._under_glossary(draft, section)
            return
        asks = not named and lines and _counts_questions(section, self.root)
        if head is None or asks or not (terms or named or any(map(_holds_terms, section.children))):
            self._beside_terms(section)
            return
        draft.marks.append((head.piece, "heading"))
        if named and not draft.get("body"):
            self._terms(section)
            return
        for one in section.own:
            if not self._books_behind_label(one):
                draft.add("body", one.piece)
        for child in section.children:
            self._of_glossary(draft, child)

    def _beside_terms(self, section: Section) -> None:
        """A section of a glossary without a term: what is to be done with them is a class of its own."""
        head, found = section.head, shape(section.own)
        if head is None or section.label is not None or section.series is not None or found.asks * found.does <= 0.5:
            self._part(section, self.context)
            return
        named = _LABELLED.match(head.text)
        kind = words().kind(named["label"]) if named is not None else None
        draft = self._open(kind if kind in SESSIONS - {"meeting"} else "practical", head)
        draft.title = [head.piece]
        if named is not None and kind is not None:
            label, title = self._cut_behind(head.piece, named.start("value"))
            draft.marks.append((label, "label"))
            draft.title = [title]
        self._body(draft, section.own, section.children)
