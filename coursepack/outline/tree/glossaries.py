"""Documents that are glossaries → drafts: the terms, what stands before them, other parts among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from coursepack.outline.drafts import PartDraft
from coursepack.outline.tree.entries import Entries
from coursepack.outline.tree.labels import is_named
from coursepack.outline.tree.lists import OTHER_LISTS
from coursepack.outline.tree.modes import Mode
from coursepack.outline.tree.sections import SESSIONS, OutlineSection, names_term
from coursepack.outline.tree.shape import _SENTENCE, shape
from coursepack.outline.tree.signals import _LABELLED, NEXT_SENTENCE, TERM, Segment, is_book, weights
from coursepack.outline.tree.words import words


def _defines(one: Segment) -> bool:
    """Whether a line gives the meaning of a term, or a table may."""
    return one.term or bool(one.lead) if one.is_text else True


_LINES = 3
"""Lines of a term and its meaning from which terms are lines in a document, and no headings."""


def _speaks(one: Segment) -> bool:
    """Whether a line is a sentence of its own, which gives no meaning of a term before it."""
    return one.mark is None and one.text[:1].isupper() and one.text[-1:] in ".!?"


def _sets_work(section: OutlineSection) -> bool:
    """Whether the words of a heading name work, and its lines are no terms."""
    head = section.head
    if head is None or section.series is not None or section.label == "glossary":
        return False
    evidence = max(head.labels.get(name, 0) for name in ("homework", "assignments", "tasks"))
    terms = sum(one.is_text and one.term and not one.book for one in section.own)
    named = _LABELLED.match(head.text)
    kind = words().kind(named["label"]) if named is not None else None
    return evidence >= _WORK and not terms and bool(section.own) and kind not in SESSIONS


_WORK = 6
_ASKS = 5
"""Evidence of the words of a heading that it names work, or questions."""


_ALL_ASK = 0.8
"""The share of the lines behind terms that ask, where their heading does not say so."""


def _goes_on(head: Segment, line: Segment) -> bool:
    """Whether the line below a heading is its end, not a term: «Dictionary | of soil terms – a short one»."""
    return line.is_text and line.at == head.at + 1 and not line.term and line.text[:1].islower()


def _holds_terms(section: OutlineSection) -> bool:
    return any(one.is_text and one.term for part in section.walk() for one in part.own)


class Glossaries(Entries):
    """Drafts of a glossary."""

    def _list(self, root: OutlineSection, mode: Mode) -> None:
        if mode == "glossary":
            self._terms(root)
        else:
            super()._list(root, mode)

    def _terms(self, root: OutlineSection) -> None:
        """A document that is a glossary: its terms, with what stands before and among them apart."""
        before_terms = list(takewhile(lambda one: not _defines(one), root.own))
        foreword = [one for one in before_terms if one.is_text and _SENTENCE.search(one.text)]
        if sum(len(one.text) for one in foreword) < weights()["reading"]["foreword"]:
            foreword = []
        before_terms = before_terms if foreword or len(before_terms) < len(root.own) else []
        if foreword:
            self._open("foreword").fields["body"] = [one.piece for one in foreword]
        self._loose([one for one in before_terms if one not in foreword], self.context)
        draft = self._open("glossary")
        self._lines(draft, root.own[len(before_terms) :])
        for child in root.children:
            self._of_glossary(draft, child)

    def _of_glossary(self, draft: PartDraft, section: OutlineSection) -> None:
        """A section of a glossary: more terms under a letter or a heading, or another part of the course."""
        head = section.head
        count = sum(one.is_text and one.term for one in self.root.everything())
        lines = count > 0
        terms = [one for one in section.own if (one.is_text or not lines) and _defines(one)]
        named = section.label == "glossary" and is_named(section)
        if is_named(section) and not named and section.label in OTHER_LISTS:
            self._part(section, self.context)
            return
        if _sets_work(section):
            self._work_on_terms(section)
            return
        books = bool(section.own) and all(one.is_text and one.book for one in section.own)
        term = names_term(section) and not (head is not None and head.labels.get("review", 0) >= _ASKS)
        if not (named or is_named(section) or books) and term and count < _LINES:
            self._under_glossary(draft, section)
            return
        inside = any(map(_holds_terms, section.children)) or (count < _LINES and any(map(names_term, section.children)))
        if head is None or not (terms or named or inside):
            self._beside_terms(section)
            return
        draft.marks.append((head.piece, "heading"))
        own = section.own
        if own and _goes_on(head, own[0]):
            draft.marks.append((own[0].piece, "heading"))
            section.own = own = own[1:]
        if named and not draft.get("body"):
            self._terms(section)
            return
        self._lines(draft, own)
        for child in section.children:
            self._of_glossary(draft, child)

    def _lines(self, draft: PartDraft, own: Sequence[Segment]) -> None:
        """Lines among terms: books behind their label, what is said to the reader between terms, and the terms."""
        terms = [one for one in own if one.is_text and one.term]
        sentences = sum(one.text[-1:] in ".!?" for one in terms) * 2 > len(terms)
        several = any(NEXT_SENTENCE.search(one.text) for one in terms)
        last = max((at for at, one in enumerate(own) if _defines(one)), default=-1)
        for at, one in enumerate(own):
            behind_table = 0 < at < last and not own[at - 1].is_text
            apart = len(terms) >= _LINES and (not sentences or (not several and NEXT_SENTENCE.search(one.text)))
            if self._books_behind_label(one):
                continue
            if one.is_text and not _defines(one) and _speaks(one) and (apart or behind_table):
                self._told_between(one)
            elif not (one.term and one.book and self._books_behind_term(one)):
                draft.add("body", one.piece)

    def _told_between(self, one: Segment) -> None:
        """What is said to the reader between terms goes to what is said before them."""
        foreword = next((each for each in self.drafts if each.kind == "foreword"), None) or self._open("foreword")
        foreword.add("body", one.piece)

    def _books_behind_term(self, one: Segment) -> bool:
        """«More of the same in – Okada, J.: The Grey of the Page, 2009»: a book, behind words that are no term."""
        found = TERM.match(one.text)
        if found is None or not is_book(one.text[found.end("term") :].lstrip(" –—-\t")):
            return False
        label, books = self._cut_behind(one.piece, found.end("term"))
        begins = len(books.text) - len(books.text.lstrip(" –—-\t"))
        _, book = self.texts.cut(books, begins) if begins else (books, books)
        draft = self._open("about", one, name="literature")
        draft.marks.append((label, "label"))
        draft.fields["body"] = [book]
        return True

    def _work_on_terms(self, section: OutlineSection) -> None:
        """What is to be done with the terms, or until a day: work, an item each."""
        if section.head is not None:
            self._mark(section.head, "heading")
        books = [one for one in section.own if one.term and one.book and self._books_behind_term(one)]
        books += [one for one in section.own if one not in books and self._books_behind_label(one)]
        own = [one for one in section.own if not any(one is each for each in books)]
        if section.children or any(one.mark is not None or one.asks is not None for one in own):
            self._tasks(replace(section, own=own))
            return
        draft = self._open("assignment", section.head, name="homework")
        draft.fields["body"] = [one.piece for one in own]

    def _beside_terms(self, section: OutlineSection) -> None:
        """A section of a glossary without a term: what is to be done with them is a class of its own."""
        head, found = section.head, shape(section.own)
        reviews = head is not None and (head.labels.get("review", 0) >= _ASKS or found.asks >= _ALL_ASK)
        if reviews and found.asks > found.does and section.label in {None, "review"}:
            self._whole(section, "exam")
            return
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
