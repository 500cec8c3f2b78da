"""Classes of which a document says no more than a plan does: points, what to read, what to do, and no text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursepack.outline.drafts import PartDraft
from coursepack.outline.plans.forms import is_day, is_empty, located
from coursepack.outline.plans.rows import is_off
from coursepack.outline.points import split_listed
from coursepack.outline.tree import dates, work
from coursepack.outline.tree.classes import FIELDS, LISTS, ClassDrafts, work_mark
from coursepack.outline.tree.sections import SESSIONS, OutlineSection
from coursepack.outline.tree.shape import _SENTENCE, is_prose
from coursepack.outline.tree.signals import _LABELLED, Segment, weights
from coursepack.outline.tree.words import words

_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{3,40})[)\]]\s*$")
_BRACKETS_BEFORE = re.compile(r"\s*[(\[]([^()\[\]]{3,40})[)\]]\s*[.:,–—-]*\s*")
_INNER = re.compile(r"\s*[.?!;:–—]\s+(?P<label>[^\W\d_][^\d:.;,–—]{2,28}):\s+(?=\S)")
_SIGN = re.compile(r"[>»➢►▪◦]\s+")
_LISTED = frozenset({*LISTS, "tasks", "topics"})
_PLANNED = frozenset({"lecture", "meeting"})
_OUTER = frozenset({"unit", "week"})


def _behind_day(text: str) -> str:
    """A line without the day that it begins with."""
    found = dates.day(text)
    return text[found.end :] if found is not None else text


def planned(root: OutlineSection) -> bool:
    """Whether the classes of a document are entries of a plan: several, of which hardly any has text."""
    weight = weights()["plan"]
    every = [one for one in root.walk() if one.series is not None]
    classes = [one for one in every if one.series and one.series.kind in _PLANNED]
    if not classes and not any(one.series and one.series.kind in SESSIONS for one in every):
        classes = [one for one in every if one.series and one.series.kind in _OUTER]
    if any(map(_holds_sections, classes)):
        return False
    bare = sum(map(_is_bare, classes))
    return bare >= weight["classes"] and bare >= weight["bare"] * len(classes)


def _holds_sections(section: OutlineSection) -> bool:
    """Whether a class is a text however it is written: many lines under headings in headings."""
    inner = [one for one in section.children if one.series is None and one.label not in FIELDS and one.children]
    return len(inner) > 1 and len(section.everything()) > weights()["plan"]["lines"]


def _is_bare(section: OutlineSection) -> bool:
    """Whether hardly a line of a class tells or asks something."""
    weight = weights()["plan"]
    lines = [one for one in section.everything() if one.is_text]
    prose_length = sum(len(one.text) for one in lines if _tells(one))
    questions = sum(one.asks == "question" and words().entry(one.text) is None for one in lines)
    return prose_length <= weight["told"] * sum(len(one.text) for one in lines) and questions <= weight["asks"] * len(
        lines
    )


def _tells(one: Segment) -> bool:
    """A line that ends as a sentence does and is neither labelled nor a list nor a short item of one."""
    listed = (one.mark is not None and len(one.text) < weights()["limits"]["short"]) or one.text.count(";") > 1
    return not listed and not one.book and bool(_SENTENCE.search(one.text)) and not _LABELLED.match(one.text)


def _field_of(section: OutlineSection) -> str | None:
    """The field of an entry that a heading over lines opens, all of whose words say so."""
    head = section.head
    if head is None or section.series is not None or section.children or not section.own:
        return None
    name = words().entry(head.text) if len(head.text) < weights()["limits"]["short"] else None
    return FIELDS.get(name, name) if name is not None else None


def _is_to_read(over: OutlineSection | None) -> bool:
    """Whether a heading over classes that it does not count says what is to be read for each: «Readings»."""
    head = over.head if over is not None and over.series is None else None
    return head is not None and head.labels.get("literature", 0) == max(head.labels.values(), default=1)


def _without_remark(draft: PartDraft) -> None:
    """A title that is a remark in brackets, «(readings in the folder)», is text of its class."""
    text = " ".join(piece.text for piece in draft.title)
    if text.startswith("(") and text.endswith(")"):
        for piece in draft.title:
            draft.add("body", piece)
        draft.title = []


class Entries(ClassDrafts):
    """Drafts of classes, those of a plan too. ``to_read``: what stands below the class is to be read for it."""

    to_read = False

    def _session(self, section: OutlineSection, kind: str) -> None:
        bare = self.planned or len(section.everything()) <= 1
        if bare and section.head is not None and self._is_off(section):
            pieces = [one.piece for one in (section.head, *section.everything())]
            self.texts.claim(pieces, "mark", reason="no class")
            return
        before = len(self.drafts)
        if self.planned and self._hands_in(section):
            return
        self.to_read = _is_to_read(section.parent)
        super()._session(section, kind)
        if self.to_read and len(self.drafts) > before:
            _without_remark(self.drafts[before])
        if self.planned and len(self.drafts) > before:
            self._without_day(self.drafts[before], section)
            self._without_day_below(self.drafts[before])
            self._without_labels(self.drafts[before])

    def _hands_in(self, section: OutlineSection) -> bool:
        """Take a line of days that says nothing but what is handed in on its day, «Dec. 16. Final paper due by noon»:
        a piece of work, no class."""
        head, counted = section.head, section.counted
        if head is None or counted is None or counted.form != dates.FORM:
            return False
        end = work.handed_in(head.text[counted.end :])
        if not end:
            return False
        draft = self._open("assignment", head)
        day, rest = self._cut_behind(head.piece, counted.end)
        draft.due = head.text[: counted.end].strip(" .,:;–—-|")
        draft.marks.append((day, "due"))
        title, due_piece = self.texts.cut(rest, end)
        draft.title = [title]
        for piece in (due_piece, *(one.piece for one in section.everything())):
            if piece.object is not None or piece.text.strip():
                draft.add("body", piece)
        return True

    def _is_off(self, section: OutlineSection) -> bool:
        """Whether a day or a week says that no class is held: behind it, or alone below it."""
        head = section.head
        if head is None or is_off(self.source, _behind_day(head.text)):
            return head is not None
        bare = section.counted is not None and section.counted.end >= len(head.text.strip())
        lines = section.everything()
        return bare and len(lines) == 1 and is_off(self.source, lines[0].text.partition(".")[0])

    def _cut_title(self, draft: PartDraft) -> None:
        if self.planned:
            self._without_labels(draft)
        super()._cut_title(draft)

    @staticmethod
    def _without_day_below(draft: PartDraft) -> None:
        """The day on the line below a title says when the class is, and is no point of it."""
        for pieces in (draft.get("topics"), draft.get("body")):
            if pieces and pieces[0].object is None and dates.is_day_alone(pieces[0].text):
                draft.marks.append((pieces.pop(0), "day"))
                return

    def _without_day(self, draft: PartDraft, section: OutlineSection) -> None:
        """A title without the day in brackets before or behind it; a class that a day tells is not counted by its
        week."""
        before = _BRACKETS_BEFORE.match(draft.title[0].text) if draft.title else None
        behind = _BRACKETS.search(draft.title[-1].text) if draft.title else None
        if before is not None and is_day(before[1]) and before.end() < len(draft.title[0].text):
            day, kept = self.texts.cut(draft.title[0], before.end())
            draft.title = [kept, *draft.title[1:]]
        elif behind is not None and is_day(behind[1]):
            kept, day = self.texts.cut(draft.title[-1], behind.start())
            draft.title = [*draft.title[:-1], *([kept] if kept.text else [])]
        else:
            return
        draft.marks.append((day, "day"))
        if section.series is not None and section.series.kind == "week":
            draft.number = None

    def _without_labels(self, draft: PartDraft) -> None:
        """A title without what stands behind labels on its line: «Introduction. Read: ch. 1»."""
        text = draft.title[-1].text if draft.title else ""
        found = [one for one in _INNER.finditer(text) if words().entry(one["label"]) is not None]
        for one in reversed(found):
            *first, last = draft.title
            length = len(last.text) - one.end()
            kept, rest = self.texts.cut(last, one.start())
            name, rest = self.texts.cut(rest, len(rest.text) - length)
            draft.marks.append((name, "label"))
            label = words().entry(one["label"]) or "topics"
            for piece in split_listed(rest, self.texts):
                draft.add(FIELDS.get(label, label), piece)
            draft.title = [*first, kept]

    def _body(self, draft: PartDraft, own: Sequence[Segment], children: Sequence[OutlineSection]) -> None:
        if not (self.planned or self.to_read) or draft.kind != "lecture":
            super()._body(draft, own, children)
            return
        draft.settled = True
        self._entry(draft, own)
        for child in children:
            field = _field_of(child)
            if field is not None:
                self._labelled_section(draft, field, child)
            elif child.label in FIELDS or child.label == "assignments" or child.head is None:
                self._inside(draft, child)
            else:
                self._entry(draft, [child.head, *child.everything()])

    def _entry(self, draft: PartDraft, own: Sequence[Segment]) -> None:
        """The lines of an entry: labels open fields, books are to be read, short lines are points."""
        plain = [one for one in own if one.is_text and self._named(one) is None]
        read = [located(self.source, one.text) for one in plain]
        usual = "literature" if self.to_read or sum(read) * 2 > len(plain) else "topics"
        first = next((one.at for one, book in zip(plain, read, strict=True) if book), 0)
        field = usual
        work: PartDraft | None = None
        for at, one in enumerate(own):
            label, named = work_mark(one), self._named(one)
            seminar = next((m for m in one.marks if m.group == "field" and m.kind == "topics"), None)
            if seminar is not None and one.is_text:
                self._inner_seminar(draft, one, seminar, own[at + 1 :])
                return
            if label is not None:
                work = self._work(draft, one, label)
            elif named is not None:
                work, field = None, self._labelled_line(draft, one, *named)
                field = field if named[1] >= len(one.text) else usual
            elif work is not None:
                self._text_of_work(work, one)
            elif not one.is_text or (is_prose(one) and _tells(one)):
                draft.add("body", one.piece)
            else:
                over = field == usual and one.at < first and not one.book  # what a class is about stands over its books
                self._point(draft, "topics" if over else field, one, alone=len(plain) == 1)

    def _labelled_section(self, draft: PartDraft, field: str, section: OutlineSection) -> None:
        """Lines under a heading that is the label of an entry: «Topics», «What's due»."""
        if section.head is not None:
            draft.marks.append((section.head.piece, "label"))
        for one in section.everything():
            if one.is_text and is_empty(one.text):
                draft.marks.append((one.piece, "no entry"))
            else:
                self._point(draft, field, one, alone=False)

    def _point(self, draft: PartDraft, field: str, one: Segment, *, alone: bool) -> None:
        """A line without the sign before it; the points of one that lists them."""
        piece = one.piece
        sign = _SIGN.match(piece.text)
        if sign is not None and piece.parts:
            mark, piece = self.texts.cut(piece, sign.end())
            draft.marks.append((mark, "bullet"))
        lists = field in _LISTED and one.mark is None and (alone or piece.text.count(";") > 1)
        for point in split_listed(piece, self.texts) if lists else [piece]:
            draft.add(field, point)

    def _labelled_line(self, draft: PartDraft, one: Segment, field: str, end: int) -> str:
        """«Read: ch. 1; ch. 2»: the label is a mark, what it names goes into its field, which is handed back."""
        name, rest = self._cut_label(one, min(end, len(one.text)))
        draft.marks.append((name, "label"))
        if rest is not None and rest.text:
            for piece in split_listed(rest, self.texts) if field in _LISTED else [rest]:
                draft.add(field, piece)
        return field

    def _named(self, one: Segment) -> tuple[str, int] | None:
        """The field that a line's label opens, what to read too, and where the text behind it begins."""
        if not one.is_text:
            return None
        label = _LABELLED.match(one.text)
        alone = one.text.rstrip().endswith(":") and len(one.text) < weights()["limits"]["short"]
        text = label["label"] if label is not None else one.text if alone else ""
        end = label.start("value") if label is not None else len(one.text)
        name = words().entry(text) if text else None
        if name is not None:
            return FIELDS.get(name, name), end
        return self._run_in(one) if one.mark is None else None
