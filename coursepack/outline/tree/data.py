"""Sections that tell of the whole course → drafts: description, outcomes, policies, contacts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from coursepack.outline.drafts import PartDraft
from coursepack.outline.found import SIGNED
from coursepack.outline.pieces import Piece
from coursepack.outline.plans import PlanContext
from coursepack.outline.points import split_listed
from coursepack.outline.tree import grading, requisites
from coursepack.outline.tree.front import VALUES
from coursepack.outline.tree.label_line import part_before
from coursepack.outline.tree.parts import DocumentParts
from coursepack.outline.tree.sections import OutlineSection
from coursepack.outline.tree.signals import _LABELLED, AREAS, Segment, bold_before, title_before, weights
from coursepack.outline.tree.tables import gives_shares
from coursepack.outline.tree.words import words

ABOUT = frozenset({
    "description", "course-aim", "objectives", "outcomes", "prerequisites", "postrequisites", "grading", "policy",
    "literature", "basic", "additional", "internet",
})  # fmt: skip
_PARTS = ABOUT | AREAS | {"exam", "tests", "glossary", "assignments", "plan"}
_SHARE_BEHIND = re.compile(r"\s*[:,(–—-]?\s*\(?\d{1,3}(?:[.,]\d+)?\s*%\)?$")
_COUNTED = re.compile(r"^\(?[^\W_][.)]\s+")
_RULE, _STATED = 8, 60
"""Evidence of a title that names a rule, characters of the line that gives it."""
_VALUE_LINES = 4
_BEGINNING = 60
"""In how many characters a paragraph says what the course aims at."""
_LONGEST_NAMES = 160
"""Characters of a line that names several courses."""
_STRINGS = frozenset({"outcomes", "objectives", "prerequisites", "postrequisites"})
# Data whose inner headings are titles of sections.
_TITLED = frozenset({"policy", "description", "grading"})


def _title_end(one: Segment) -> int:
    """Where the text behind the title of a rule begins on its line."""
    return title_before(one) or bold_before(one.piece)


_RULES = 2
_LONGEST_TITLE = 60
_STOPS = (".", "!", "?", ";", ":", ",")


def _parted_by_titles(section: OutlineSection) -> OutlineSection:
    """A section of nothing but short lines, each above one paragraph or more, as sections of their own: «Late work»
    over «Work that comes late loses a mark a day.»"""
    own = section.own
    titles = [at for at, one in enumerate(own) if _may_be_title(one)]
    parts = [own[at:end] for at, end in pairwise([*titles, len(own)])]
    whole = all(len(part) > 1 and all(map(_tells_rule, part[1:])) for part in parts)
    if section.children or len(parts) < _RULES or titles[0] or not whole:
        return section
    rules = [OutlineSection(head=part[0], own=part[1:], parent=section) for part in parts]
    return replace(section, own=[], children=rules)


def _may_be_title(one: Segment) -> bool:
    short = one.is_text and one.mark is None and 0 < len(one.text) <= _LONGEST_TITLE
    return short and not one.text.rstrip().endswith(_STOPS) and one.text[:1].isupper()


def _tells_rule(one: Segment) -> bool:
    return one.is_text and one.mark is None and one.text.rstrip().endswith((".", "!", "?"))


def _all_titled(own: Sequence[Segment]) -> bool:
    """Whether each of several lines begins with a title of its own."""
    return len(own) > 1 and all(one.is_text and _title_end(one) > 0 for one in own)


def _names_rule(one: Segment) -> bool:
    """Whether a line begins with a short title that names a rule: «Attendance: A candidate …»."""
    at = title_before(one) if one.is_text and len(one.text) > _STATED else 0
    return at > 0 and words().labels(one.text[:at]).get("policy", 0) >= _RULE


class CourseData(DocumentParts):
    """Drafts of the course's data."""

    def _of_course(self, one: Segment) -> bool:
        return self.front.requisites(one) or self._rule(one) or self._says_shares(one) or super()._of_course(one)

    def _rule(self, one: Segment) -> bool:
        """«Missed classes. A class that …»: a rule with a title of its own on its line."""
        if not _names_rule(one):
            return False
        title, text = self.texts.cut(one.piece, title_before(one))
        draft = self._open("about", one, name="other")
        draft.title = [title]
        draft.add("body", text)
        return True

    def _about(self, section: OutlineSection, name: str) -> None:
        """A field of the course's data: its content, and sections of its own inside it."""
        section = _parted_by_titles(section) if name == "policy" else section
        draft = self._open("about", section.head, name=name)
        if section.head is not None:
            draft.title = [section.head.piece]
        own = [one for one in section.own if one.is_text or not self._plan(one, PlanContext())]
        own = self._without_rules(self._without_fields(own, name), name)
        own = [one for one in own if not self._of_other_field(one, name)]
        if name in _STRINGS:
            items = self._unlabelled_items(self._without_lead(own))
            draft.fields["body"] = self._parted(items[0], name) if len(items) == 1 else items
            own = []
        own = self._without_requisites(self._without_aim(own)) if name == "description" else own
        for one in own:
            labelled = one.is_text and _LABELLED.match(_COUNTED.sub("", one.text))
            built_on = name == "description" and labelled and self.front.requisites(one)
            if not (built_on or (labelled and self.front.line(one.piece))):
                draft.add("body", one.piece)
        if name in _TITLED and section.children:
            self._shares_of_heads(section)
        for child in section.children:
            if child.label in _PARTS or child.label == "contact" or child.series is not None:
                self._part(child, PlanContext())
            elif name in _TITLED:
                self._other(child)
            else:
                inner = [one for one in child.everything() if one.is_text or not self._plan(one, PlanContext())]
                draft.fields.setdefault("body", []).extend(
                    one.piece for one in ([child.head] if child.head else []) + inner
                )
        self._close_empty(draft, section)

    def _without_fields(self, own: Sequence[Segment], name: str) -> list[Segment]:
        """What a field says without the lines behind it that begin with the label of another one: «House rules: Come on
        time.» below the shares of the mark."""
        kept: list[Segment] = []
        for one in own:
            led = part_before(one.text) if kept and one.is_text and one.mark is None else None
            if led is None or led.kind == name or not one.text.rstrip().endswith("."):
                kept.append(one)
            else:
                self.front.run_in(one.piece, led)
        return kept

    def _of_other_field(self, one: Segment, name: str) -> bool:
        """Hear a line of a list that begins with the label of another field: «Aim of the course: …» below the courses
        that a table gives last."""
        if name not in _STRINGS or not one.is_text or one.mark is not None or not _LABELLED.match(one.text):
            return False
        kinds = {each.kind for each in self.front.labels(one.text)[:1]}
        others = kinds & (ABOUT - {name, "outcomes", "objectives"})
        return bool(others) and self.front.line(one.piece)

    def _without_rules(self, own: Sequence[Segment], name: str) -> list[Segment]:
        """What a field says beside the rules that have titles of their own on their lines."""
        if name == "policy":
            return self._leads(own)
        rules = name in _TITLED and any(map(_names_rule, own))
        return self._leads(own, rules=True) if rules else list(own)

    def _without_aim(self, own: Sequence[Segment]) -> list[Segment]:
        """A description without the paragraphs that say what the course aims at: its aim."""
        aims = [one for one in own if one.is_text and words().front("aim", one.text[:_BEGINNING])]
        if aims and "aim" not in self.detected.fields:
            self._open("about", name="course-aim").fields["body"] = [one.piece for one in aims]
            return [one for one in own if not any(one is aim for aim in aims)]
        return list(own)

    def _without_requisites(self, own: Sequence[Segment]) -> list[Segment]:
        """A description without the sentences at the end of a paragraph that name the courses before it."""
        kept: list[Segment] = []
        for one in own:
            if self.front.requisites(one):
                continue
            at = requisites.begins(one.text) if one.is_text else 0
            before, behind = self.texts.cut(one.piece, at) if at else (one.piece, None)
            kept.append(replace(one, piece=before))
            if behind is not None:
                self.front.requisites(replace(one, piece=behind, text=behind.text))
        return kept

    def _without_lead(self, own: Sequence[Segment]) -> Sequence[Segment]:
        """A list without the words that a list completes: «Students will be able to:»."""
        leads = len(own) > 1 and own[0].is_text and own[0].text.rstrip().endswith(":") and own[0].mark is None
        if leads:
            self._mark(own[0], "lead-in", "about")
        return own[1:] if leads else own

    def _parted(self, piece: Piece, name: str) -> list[Piece]:
        """The texts of a field on one line, parted by semicolons; courses also by commas: «Geology 101, Chemistry»."""
        items = split_listed(piece, self.texts)
        if len(items) > 1 or name not in {"prerequisites", "postrequisites"} or requisites.are_named(piece.text):
            return items
        parts = [part.strip() for part in piece.text.split(",")]
        named = not any(part[:1].islower() for part in parts[1:]) or parts[0][:1].islower()  # «…, with a grade of C»
        return split_listed(piece, self.texts, ",") if named and len(piece.text) < _LONGEST_NAMES else items

    def _shares_of_heads(self, section: OutlineSection) -> None:
        """«Compositions: 40%» as headings: shares of the mark."""
        heads = [child.head.text for child in section.children if child.head is not None]
        if shares := grading.of_lines([text for text in heads if "%" in text]):
            self.detected.graded(shares)

    @staticmethod
    def _close_empty(draft: PartDraft, section: OutlineSection) -> None:
        """A heading over nothing but sections of their own opens no part."""
        if section.head is not None and not draft.get("body"):
            draft.title = []
            draft.marks.append((section.head.piece, "heading"))

    def _leads(self, own: Sequence[Segment], *, rules: bool = False) -> list[Segment]:
        """Rules with a title of their own on their line, «**Phones.** Keep them …», are sections each; ``rules``: where
        the title names a rule alone, or stands behind such a one."""
        rest: list[Segment] = []
        draft: PartDraft | None = None
        plain = not rules and _all_titled(own)
        for one in own:
            led = plain or _names_rule(one) or (rules and draft is not None)
            if at := _title_end(one) if led else 0 if rules else one.lead:
                bare = self.source.builder.unmarked(one.piece, one.mark, "about")
                title, text = self.texts.cut(bare, at - (one.mark.end if one.mark is not None else 0))
                draft = self._open("about", one, name="other")
                draft.title = [title]
                draft.add("body", text)
            elif draft is not None and one.is_text:
                draft.add("body", one.piece)
            else:
                rest.append(one)
        return rest

    def _other(self, section: OutlineSection) -> None:
        """A section of the course's rules and notes under its own title; each with a heading inside it is one itself,
        and each line where all lines begin with titles, or each line above a paragraph."""
        section = _parted_by_titles(section)
        if any(not one.is_text and gives_shares(self.source, one.piece) for one in section.own):
            self._about(section, "grading")
            return
        draft = self._open("about", section.head, name="other")
        if section.head is not None:
            draft.title = [self._without_share(section.head.piece)]
        own = [one for one in section.own if one.is_text or not self._plan(one, PlanContext())]
        own = self._without_fields(own, "policy")
        led = len(own) > 1 and (_all_titled(own) or any(map(_names_rule, own)))
        for one in self._leads(own) if led or section.head is None else own:
            if not (self.front.requisites(one) or self._says_shares(one) or self.front.load_alone(one)):
                draft.add("body", one.piece)
        self._close_empty(draft, section)
        for child in section.children:
            self._other(child)

    def _without_share(self, piece: Piece) -> Piece:
        """A title without the share of the mark behind it: «Compositions: 40%»."""
        found = _SHARE_BEHIND.search(piece.text)
        if found is None or not found.start():
            return piece
        title, share = self.texts.cut(piece, found.start())
        self.texts.claim(share, "mark", part="about", reason="share of the mark")
        return title

    def _names_value(self, section: OutlineSection) -> bool:
        """«Office hours» as a heading over a value of a line or two: hear it."""
        head, own = section.head, section.everything()
        if head is None or not 0 < len(own) <= _VALUE_LINES:
            return False
        short = all(one.is_text and len(one.text) < weights()["limits"]["short"] for one in own)
        kind = self.front.kind_of(head.text)
        if not short and kind in VALUES and len(own) == 1 and own[0].is_text:
            self.front.values(own[0].text, kind or "")
        fits = short and kind in VALUES
        return fits and self.front.pair(head.text, [head.piece], [one.piece for one in own])

    def _data(self, section: OutlineSection, name: str) -> None:
        if section.head is not None:
            self._mark(section.head, "heading")
        if name == "contact":
            rest = self.front.hear(section.own, title=False)
        else:
            own = [one for one in section.own if one.is_text or not self._plan(one, PlanContext())]
            self.source.aside([one.piece for one in own], "table of contents" if name == "toc" else SIGNED)
            rest = []
        self._loose(rest, PlanContext())
        for child in section.children:
            self._part(child, PlanContext())
