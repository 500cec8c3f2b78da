"""Printed exam tickets: their questions join the exam list, once each; the ticket keeps which it draws."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from coursepack import languages
from coursepack.model.blocks import Blocks, Figure, Table, block_text
from coursepack.model.course import ExamTicket
from coursepack.model.questions import Essay, Question
from coursepack.outline.blocks import list_label
from coursepack.outline.drafts import PartDraft
from coursepack.outline.exam import plain_question, question_mark
from coursepack.outline.found import OF_TICKET, OutlineSource
from coursepack.outline.pieces import Piece
from coursepack.outline.points import split_items
from coursepack.outline.question_lists import is_to_write_on, worth
from coursepack.outline.question_places import QuestionPlace
from coursepack.outline.tree.one_line import parted_alike
from coursepack.outline.tree.words import words

_PARTED = re.compile(r"\d{1,2}\.\d{1,2}[.)]?\s+")
_ROMAN = re.compile(r"[IVX]{1,4}[.)]\s+(?=\S)")
_REMARK = re.compile(r"\([^()]{2,40}\)[.:]?")
_HEAD = re.compile(languages.pattern("ticket-head"), re.IGNORECASE)


def tickets(
    source: OutlineSource, drafts: Sequence[PartDraft], known: list[Question], first: int, shelf: QuestionPlace
) -> list[ExamTicket]:
    """The tickets of drafts; their questions are added to ``known`` where they are new, each with its place on
    ``shelf``."""
    result: list[ExamTicket] = []
    drafts = _joined(source, drafts)
    _part_lines(source, drafts)
    by_text = {plain_question(block_text(question.text)): question.id for question in known}
    repeated, labels = _repeated(drafts), _labels(drafts)
    for draft in drafts:
        number = draft.number or first + len(result)
        ticket = f"ticket-{number:02d}"
        source.mark(draft, ticket)
        ids: list[str] = []
        for group in _grouped(source, draft, ticket, repeated, labels):
            points = worth(source, group, ticket)
            blocks = source.builder.asked(group, ticket)
            key = plain_question(block_text(blocks))
            if key not in by_text or _is_shown(blocks):
                _, name, n = shelf.place()
                by_text[key] = name
                where = source.builder.where(*group)
                known.append(Essay(id=name, text=blocks, number=n, mark=points, place=where))
            ids.append(by_text[key])
        if ids:
            where = source.builder.where(
                *([draft.opened] if draft.opened and draft.opened.parts else []), *draft.pieces()
            )
            result.append(ExamTicket(id=ticket, number=number, questions=tuple(ids), place=where))
    return result


def _joined(source: OutlineSource, drafts: Sequence[PartDraft]) -> list[PartDraft]:
    """The drafts; one that goes on with the ticket of the same number before it, «Билет 3 (continued)», is part of
    it."""
    kept: list[PartDraft] = []
    for draft in drafts:
        before = kept[-1] if kept else None
        if before is None or draft.number is None or draft.number != before.number or not _goes_on(source, draft):
            kept.append(draft)
            continue
        source.mark(draft, f"ticket-{draft.number:02d}")
        remarks = [*draft.title, *_remarks(draft)]
        source.aside(remarks, OF_TICKET)
        body = [piece for piece in draft.get("body") if not any(piece is one for one in remarks)]
        before.fields.setdefault("body", []).extend(body)
    return kept


def _goes_on(source: OutlineSource, draft: PartDraft) -> bool:
    """Whether the first question of a ticket is not its first, or brackets stand behind its number."""
    marks = (question_mark(source.marks, piece) for piece in draft.get("body") if piece.object is None)
    first = next((mark.value for mark in marks if mark is not None and mark.value), 1)
    return first > 1 or bool(_remarks(draft))


def _remarks(draft: PartDraft) -> list[Piece]:
    """What stands in brackets behind the number of a ticket: «(continued)»."""
    return [piece for piece in (*draft.title, *draft.get("body")[:1]) if _REMARK.fullmatch(piece.text)]


def _is_shown(blocks: Blocks) -> bool:
    """Whether a question shows more than its words tell: two with other pictures are two."""
    return any(isinstance(block, Figure | Table) for block in blocks)


def _grouped(
    source: OutlineSource, draft: PartDraft, ticket: str, repeated: Collection[str], labels: Collection[str]
) -> list[list[Piece]]:
    """The questions of a ticket, each everything from its number to the next; heads and signatures are set aside."""
    whole = [
        one
        for piece in draft.get("body")
        for one in (split_items(piece, source.stream.texts) if piece.object is None else [piece])
    ]
    marks = [_mark(source, piece) for piece in whole]
    if all(mark is None for mark in marks):
        marks = [_bullet(piece) for piece in whole]
    marked = any(mark is not None for mark in marks)
    marks = [
        0 if mark is None and _label(piece) in labels and not _is_head(source, piece, repeated) else mark
        for mark, piece in zip(marks, whole, strict=True)
    ]
    groups: list[list[Piece]] = []
    ended = False
    for piece, mark in zip(whole, marks, strict=True):
        if mark is not None:
            bare = _unmarked(source, piece, mark, ticket)
            groups.append([bare] if bare.text or bare.content else [])
            ended = False
        elif (
            ended
            or _is_head(source, piece, repeated)
            or is_to_write_on(piece)
            or _is_lead(piece, groups, marked=marked)
        ):
            source.aside([piece], OF_TICKET)
            ended = marked and bool(groups)
        elif groups and (marked or piece.object is not None):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [group for group in groups if group]


def _part_lines(source: OutlineSource, drafts: Sequence[PartDraft]) -> None:
    """Part tickets of one line each where one sign makes as many questions of every one: «…; …; …»."""
    lines = [draft.get("body") for draft in drafts]
    if any(len(body) != 1 or body[0].object is not None for body in lines):
        return
    ends = parted_alike([body[0].text for body in lines])
    for draft, each in zip(drafts, ends, strict=True) if ends else ():
        draft.fields["body"] = _cut(source, draft.get("body")[0], each)


def _cut(source: OutlineSource, piece: Piece, ends: Sequence[int]) -> list[Piece]:
    """A line parted behind its signs, which are marks."""
    texts, result = source.stream.texts, []
    for end in reversed(ends):
        piece, behind = texts.cut(piece, end)
        result.append(behind)
        bare = piece.text.rstrip(" ;/|")
        piece, sign = texts.cut(piece, len(bare))
        texts.claim(sign, "mark", reason="sign between questions")
    return [piece, *reversed(result)]


_LABEL = languages.expression(r"(?P<label>[^\W\d_][^:.\d]{2,30})(?::\s+\S|\.\s+[@A@])")


def _label(piece: Piece) -> str:
    """The words before a colon, or a full stop, that a line begins with."""
    found = _LABEL.match(piece.text) if piece.object is None else None
    return found["label"] if found else ""


def _labels(drafts: Sequence[PartDraft]) -> frozenset[str]:
    """What begins a line of most tickets and is a question's label therefore: «Задача: …»."""
    every = Counter(label for draft in drafts for label in {_label(piece) for piece in draft.get("body")} if label)
    names = words()
    return frozenset(
        label
        for label, count in every.items()
        if count > 1 and count * 2 > len(drafts) and not (names.about(label) or names.front("post", label))
    )


def _bullet(piece: Piece) -> int | None:
    """Where the text behind a bullet, or a letter, begins."""
    mark = list_label(piece) if piece.object is None else None
    return mark.end if mark is not None else None


def _is_lead(piece: Piece, groups: Sequence[object], *, marked: bool) -> bool:
    """What stands before the first question and asks nothing."""
    return not groups and (piece.object is not None or (marked and not piece.text.endswith("?")))


def _unmarked(source: OutlineSource, piece: Piece, mark: int, ticket: str) -> Piece:
    if not mark:
        return replace(piece, label=None, list_id=None, level=0, style="")
    head, bare = source.stream.texts.cut(piece, mark)
    source.stream.texts.claim(head, "mark", part=ticket, reason="number")
    return bare


def _mark(source: OutlineSource, piece: Piece) -> int | None:
    """Where a question's text begins behind its number, which may be automatic (0) or all of the line."""
    if piece.object is not None:
        return None
    parted = _PARTED.match(piece.text) or _ROMAN.match(piece.text)
    if parted:
        return parted.end()
    mark = question_mark(source.marks, piece)
    return mark.end if mark and (mark.value or piece.label) else None


def _is_head(source: OutlineSource, piece: Piece, repeated: Collection[str]) -> bool:
    """The lines of a ticket that ask nothing: those that several tickets repeat, and what papers and approvals say."""
    if piece.object is not None:
        return False
    if not piece.text:
        return not piece.content
    asks = piece.text.endswith("?") or words().asks(piece.text) == "task"
    if piece.text in repeated and piece.text[:1].isupper() and not asks:
        return True
    names = source.marks.is_approval(piece.text) or source.marks.names_paper(piece.text)
    return names or bool(_HEAD.match(piece.text.strip(' «"')))


def _repeated(drafts: Sequence[PartDraft]) -> frozenset[str]:
    """Lines without a number that most tickets have."""
    lines = Counter(
        text
        for draft in drafts
        for text in {piece.text for piece in draft.get("body") if piece.object is None and not list_label(piece)}
    )
    return frozenset(text for text, count in lines.items() if count > 1 and count * 2 > len(drafts))
