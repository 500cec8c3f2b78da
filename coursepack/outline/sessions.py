"""Drafts of meetings to sessions: title, outline, text with its run-in headings, topics, tasks, review questions."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

import msgspec

from coursepack import similar
from coursepack.model.course import Session, SessionKind, Task, Topic
from coursepack.model.document import Listing
from coursepack.model.questions import Essay, Question
from coursepack.outline.answered import led_by_letter
from coursepack.outline.bank.key_text import answer_of, is_key_word
from coursepack.outline.bank.lines import part_in
from coursepack.outline.bank.question_builder import tests
from coursepack.outline.bank.sheets import Apart
from coursepack.outline.blocks import ListLabel, list_label
from coursepack.outline.drafts import PartDraft
from coursepack.outline.exam import question_mark
from coursepack.outline.found import NOT_UNDERSTOOD, OutlineSource, title_of
from coursepack.outline.levels import leveled
from coursepack.outline.markers import fold
from coursepack.outline.pieces import Piece, spelled
from coursepack.outline.points import split_items, split_outline
from coursepack.outline.question_lists import between, holds_choices
from coursepack.outline.question_places import ClassIndex, QuestionNumbers, QuestionPlace
from coursepack.outline.tree.words import words

_ENDS = re.compile(r"(?<![.:?!])[.:?!]+[»”\")]*(?=\s|$)")


def session(source: OutlineSource, draft: PartDraft, session_id: str, kind: SessionKind, number: int | None) -> Session:
    """The session of a draft; all its letters are claimed."""
    builder = source.builder
    texts = source.stream.texts
    source.mark(draft, session_id)
    body = draft.get("body")
    outline = draft.get("outline")
    if kind == "lecture" and not outline and not draft.get("topics") and not draft.settled:
        outline, body = split_outline(body)
    topics = draft.get("topics")
    if kind != "lecture" and not topics and not draft.settled:
        topics, body = _topics_of(body)
    elif kind == "lecture" and topics and body and not outline:
        outline, topics = topics, []
    if kind != "lecture" and outline:
        topics = [*topics, *outline]
        outline = []
    place = builder.where(*([draft.opened] if draft.opened and draft.opened.parts else []), *draft.pieces())
    texts.claim(draft.title, "content", part=session_id)
    if draft.unit:
        texts.claim([p for p in draft.unit if not is_claimed(source, p)], "content", part=session_id)
    points = items(source, outline, session_id, "o")
    return Session(
        id=session_id,
        kind=kind,
        number=number,
        title=title_of(draft.title),
        unit=title_of(draft.unit) or draft.unit_name or None,
        outcomes=tuple(strings(source, draft.get("outcomes"), session_id)),
        outline=points,
        topics=items(source, topics, session_id, "t"),
        aims=builder.blocks(draft.get("aims"), session_id, headings=False),
        equipment=builder.blocks(draft.get("equipment"), session_id, headings=False),
        blocks=(
            *builder.blocks(draft.get("keywords"), session_id, headings=False),
            *builder.blocks(run_in_headings(body, outline, source), session_id),
        ),
        tasks=tasks(source, draft, session_id),
        review=_asked(source, draft, session_id),
        literature=tuple(strings(source, _without_kinds(source, draft.get("literature"), session_id), session_id)),
        hours=draft.hours,
        points=draft.points,
        place=place,
    )


def _asked(source: OutlineSource, draft: PartDraft, part: str) -> tuple[Question, ...]:
    """The questions printed in a class: those to answer in words, then its tests with their keys."""
    review, test, keys = draft.get("review"), draft.get("tests"), draft.get("answers")
    if holds_choices(review):
        review, test = [], [*review, *test]
    made = questions(source, review, part)
    if not test and not keys:
        return made
    shelves = QuestionNumbers(ClassIndex(()))
    shelves.counts[part] = len(made)
    return (*made, *tests(source, test, keys, QuestionPlace(shelves, part), Apart()))


def _without_kinds(source: OutlineSource, pieces: Sequence[Piece], part: str) -> list[Piece]:
    """A list of literature without «Негізгі:», «Дополнительная:» between its items."""
    kept: list[Piece] = []
    for piece in pieces:
        found = [] if piece.object is not None or list_label(piece) else source.marks.find(piece.text)
        if any(m.whole and m.kind in {"basic", "additional", "internet"} for m in found):
            source.stream.texts.claim(piece, "mark", part=part, reason="heading")
        else:
            kept.append(piece)
    return kept


def is_claimed(source: OutlineSource, piece: Piece) -> bool:
    """A unit's heading stands over several lectures: its letters are claimed once."""
    marker = id(piece)
    seen: set[int] = source.__dict__.setdefault("_units", set())
    if marker in seen:
        return True
    seen.add(marker)
    return False


def _topics_of(body: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The points of a seminar: its leading list, or all of it when nothing but short points is there."""
    end = 0
    while (
        end < len(body)
        and body[end].object is None
        and (list_label(body[end]) is not None or len(body[end].text) < 200)
    ):
        end += 1
    if end == len(body):
        return body, []
    marked = 0
    while marked < end and list_label(body[marked]) is not None:
        marked += 1
    return body[:marked], body[marked:]


def items(source: OutlineSource, pieces: Sequence[Piece], part: str, letter: str) -> tuple[Topic, ...]:
    """Points without their printed marks."""
    texts = source.stream.texts
    parts = [one for whole in pieces for one in ([whole] if whole.object else split_items(whole, texts))]
    source.aside([piece for piece in parts if piece.object is not None or not piece.text], NOT_UNDERSTOOD)
    made: list[Topic] = []
    for point in leveled([piece for piece in parts if piece.object is None and piece.text]):
        mark = point.mark
        bare = source.builder.unmarked(point.piece, mark, part)
        made.append(
            Topic(
                id=f"{part}-{letter}{len(made) + 1}",
                content=source.builder.content(bare, part),
                level=point.level,
                printed=mark.printed if mark and mark.value else None,
                place=source.builder.where(point.piece),
            )
        )
    return tuple(made)


def strings(source: OutlineSource, pieces: Sequence[Piece], part: str) -> list[str]:
    """Points as plain texts without their marks; an address that a link hides stands behind its letters."""
    found: list[str] = []
    for piece in pieces:
        if piece.object is not None:
            source.aside([piece], NOT_UNDERSTOOD)
            continue
        bare = source.builder.unmarked(piece, list_label(piece), part)
        source.stream.texts.claim(bare, "content", part=part)
        if bare.text:
            found.append(spelled(bare))
    return found


_LONGEST_ORDER = 200


def tasks(source: OutlineSource, draft: PartDraft, part: str) -> tuple[Task, ...]:
    """Things to do: an item each; a piece without a mark, or one inside an item, goes on with the one before it."""
    whole = {id(piece) for piece in draft.whole}
    groups = task_groups(draft.get("tasks"), whole)
    made: list[Task] = []
    for group in groups:
        mark = None if group[0].object is not None else list_label(group[0])
        bare = source.builder.unmarked(group[0], mark, part)
        blocks = source.builder.blocks([bare, *group[1:]], part, headings=False)
        made.append(
            Task(
                id=f"{part}-k{len(made) + 1}",
                blocks=blocks,
                printed=mark.printed if mark and mark.value else None,
                place=source.builder.where(*group),
            )
        )
    return tuple(made)


def task_groups(pieces: Sequence[Piece], whole: Container[int] = frozenset()) -> list[list[Piece]]:
    """Pieces by task: each item begins one, and so does each of the pieces whose ``id`` is in ``whole``."""
    groups: list[list[Piece]] = []
    if _is_list_of_orders(pieces):
        return [[piece] for piece in pieces]
    for piece in pieces:
        if not groups or id(piece) in whole or (id(groups[-1][0]) not in whole and _begins_task(piece, groups[-1])):
            groups.append([piece])
        else:
            groups[-1].append(piece)
    return groups


def _is_list_of_orders(pieces: Sequence[Piece]) -> bool:
    """Whether each of several short lines without marks says what to do."""
    plain = all(one.object is None and list_label(one) is None and len(one.text) < _LONGEST_ORDER for one in pieces)
    tasks = sum(words().asks(one.text) == "task" for one in pieces) if plain else 0
    return len(pieces) > 1 and tasks * 2 > len(pieces)


def _begins_task(piece: Piece, group: Sequence[Piece]) -> bool:
    """Whether an item stands beside the one that began a group, not inside it: deeper, or otherwise counted."""
    mark = None if piece.object is not None else list_label(piece)
    first = None if group[0].object is not None else list_label(group[0])
    if mark is None or first is None:
        return mark is not None
    if mark.kind == first.kind:
        return piece.level <= group[0].level
    inside = first.value and (not mark.value or mark.value == 1 or (len(group) > 1 and _counts_on(mark, group[-1])))
    return not inside


def _counts_on(mark: ListLabel, before: Piece) -> bool:
    last = None if before.object is not None else list_label(before)
    return last is not None and last.kind == mark.kind and mark.value == last.value + 1


def questions(source: OutlineSource, pieces: Sequence[Piece], part: str, first: int = 1) -> tuple[Question, ...]:
    """Review questions as essay questions, numbered from ``first`` in order."""
    made: list[Question] = []
    texts = source.stream.texts
    whole = [item for piece in pieces for item in (split_items(piece, texts) if piece.object is None else [piece])]
    numbered = sum(1 for piece in whole if piece.object is None and (mark := list_label(piece)) and mark.value)
    marks = [None if piece.object is not None else question_mark(source.marks, piece) for piece in whole]
    answered, tags = False, tuple[str, ...]()
    plain = [
        "" if mark is not None or piece.object is not None else piece.text
        for piece, mark in zip(whole, marks, strict=True)
    ]
    letter_answers = led_by_letter(plain, sum(mark is not None for mark in marks))
    for at, (piece, mark, inside) in enumerate(zip(whole, marks, between(marks), strict=True)):
        if made and mark is None and is_key_word(piece.text) and piece.object is None:
            source.stream.texts.claim(piece, "mark", part=part, reason="key")
            answered = True
            continue
        answer_at = answer_of(piece.text) if made and mark is None and piece.object is None else None
        answer_at = letter_answers.get(at) if made and answer_at is None else answer_at
        if answer_at is not None:
            word, piece = source.stream.texts.cut(piece, answer_at)  # noqa: PLW2901 - what the word leads in
            source.stream.texts.claim(word, "mark", part=part, reason="key")
        if mark is None and piece.object is None and part_in(piece.text):
            source.stream.texts.claim(piece, "mark", part=part, reason="heading")
            answered, tags = False, (piece.text.strip(" .:"),)
            continue
        bare = source.builder.unmarked(piece, mark, part)
        blocks = source.builder.asked([bare], part)
        if not blocks:
            continue
        if answer_at is not None or (answered and mark is None):
            made[-1] = msgspec.structs.replace(made[-1], grader_notes=(*made[-1].grader_notes, *blocks))
            continue
        answered = False
        goes_on = numbered and (piece.object is not None or piece.text[:1].islower() or inside)
        if made and mark is None and (goes_on or isinstance(piece.object, Listing)):
            last = made[-1]
            made[-1] = msgspec.structs.replace(last, text=(*last.text, *blocks))
            continue
        number = first + len(made)
        made.append(
            Essay(
                id=f"{part}-q{len(made) + 1}",
                text=blocks,
                number=number,
                printed=mark.printed.strip("().") if mark and mark.value else None,
                tags=tags,
                session=piece.session,
                place=source.builder.where(piece),
            )
        )
    return tuple(made)


def run_in_headings(body: Sequence[Piece], outline: Sequence[Piece], source: OutlineSource) -> list[Piece]:
    """«1. First point. Text …» where the outline has that point: a heading and a paragraph."""
    points: dict[int, str] = {}
    for at, piece in enumerate(outline, 1):
        mark = list_label(piece)
        points[mark.value if mark and mark.value else at] = piece.text[mark.end if mark else 0 :]
    if len(points) < 2:
        return list(body)
    # A page or Word counts any list; numbers that the author typed are those of the points in the text below.
    typed = [mark for piece in outline if (mark := list_label(piece)) and mark.value and mark.end]
    numbered = len(typed) * 2 > len(outline)
    made: list[Piece] = []
    expected = min(points)
    marks = [None if piece.object is not None else list_label(piece) or _glued_year(piece) for piece in body]
    for at, (piece, mark) in enumerate(zip(body, marks, strict=True)):
        if mark is None or mark.value not in points or mark.value < expected or mark.value > expected + 2:
            made.append(piece)
            continue
        beside = (near.value for near in (*marks[max(at - 1, 0) : at], *marks[at + 1 : at + 2]) if near is not None)
        item = len(piece.text) < 150 and any(abs(value - mark.value) == 1 for value in beside)
        end = _heading_end(piece.text, mark.end, points[mark.value], 0.25 if numbered and not item else 0.6)
        if not end:
            made.append(piece)
            continue
        expected = mark.value + 1
        heading, rest = source.stream.texts.cut(piece, end)
        head, heading = source.stream.texts.cut(heading, mark.end) if mark.end else (None, heading)
        if head is not None:
            source.stream.texts.claim(head, "mark", part="", reason="number")
        heading.is_heading = True
        heading.label = None
        heading.glued = False
        _drop_stop(heading, source)
        made.append(heading)
        if rest.text:
            rest.glued = False
            made.append(rest)
    return made


def _glued_year(piece: Piece) -> ListLabel | None:
    """«5.1921-1922 …»: a number and a year, with no space between."""
    found = re.match(r"(\d{1,2})[.)](?=\d{4}\b)", piece.text)
    return ListLabel("decimal", found.end(), int(found[1]), found[0]) if found else None


def _drop_stop(heading: Piece, source: OutlineSource) -> None:
    """The full stop or colon that parted a run-in heading from its text is a mark."""
    if heading.text.endswith((".", ":")) and not heading.text.endswith(".."):
        kept, stop = source.stream.texts.cut(heading, len(heading.text) - 1)
        source.stream.texts.claim(stop, "mark", reason="full stop")
        heading.text, heading.parts, heading.content = kept.text, kept.parts, kept.content


def _heading_end(text: str, start: int, point: str, least: float) -> int:
    """Where the heading ends that this paragraph opens with: at the sentence end that fits the outline's point best."""
    wanted = _stems(point)
    best, best_end = 0.0, 0
    limit = start + max(len(point) * 2, 120)
    for found in _ENDS.finditer(text, start, min(len(text), limit)):
        stems = _stems(text[start : found.end()])
        if not stems:
            continue
        likeness = similar.jaccard(wanted, stems)
        if likeness > best:
            best, best_end = likeness, found.end()
    if best < least and len(text) - start <= len(point) + 30:
        stems = _stems(text[start:])
        if stems and similar.jaccard(wanted, stems) > 0.5:
            return len(text)
    return best_end if best >= least else 0


def _stems(text: str) -> set[str]:
    return similar.stems(fold(text), word=r"[^\W\d_]{2,}")
