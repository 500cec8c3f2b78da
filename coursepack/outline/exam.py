"""Lists of exam questions, and which of them reword others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from coursepack import similar
from coursepack.model.blocks import Blocks, block_text
from coursepack.model.document import Listing
from coursepack.model.questions import Essay, Question
from coursepack.outline.asked import answered, between, is_to_write_on, worth
from coursepack.outline.bank.levels import level_of, level_tags
from coursepack.outline.blocks import ListMark, list_mark
from coursepack.outline.found import Source
from coursepack.outline.homes import Shelf
from coursepack.outline.marks import Marks, fold
from coursepack.outline.pieces import Piece
from coursepack.outline.points import split_items
from coursepack.outline.tree.words import words as known_words
from coursepack.place import Finding, Place, error, note
from coursepack.project.course_toml import Variant
from coursepack.text.letters import Letters


def exam_questions(source: Source, pieces: Sequence[Piece], shelf: Shelf) -> list[Question]:  # noqa: PLR0915 - one pass with what was seen before
    """The questions of a list, each with its place on ``shelf``; printed numbers are kept, however they run."""
    texts = source.stream.texts
    whole = [item for piece in pieces for item in (split_items(piece, texts) if piece.object is None else [piece])]
    marks = [None if piece.object is not None else question_mark(source.marks, piece) for piece in whole]
    alone = sum(1 for piece, mark in zip(whole, marks, strict=True) if mark and mark.end == len(piece.text))
    inside = between(marks)
    counted = sum(1 for mark in marks if mark and mark.value)
    numbered = counted * 2 > len(whole) - alone - sum(inside)
    under = {} if counted * 2 > len(whole) else answered(whole, marks)
    made: list[Question] = []
    category: tuple[str, ...] = ()
    waiting: ListMark | None = None
    headed = False
    level = 0
    for at, (piece, mark) in enumerate(zip(whole, marks, strict=True)):
        if at in under and made:
            made[-1] = _with(made[-1], source.builder.asked([piece], "exam"), answer=under[at])
            continue
        if piece.object is None and source.marks.is_approval(piece.text) and not (mark and mark.value):
            source.aside([piece], "approval or signature")
            continue
        plain = piece.object is None and waiting is None and mark is None
        if plain and source.marks.names_paper(piece.text) and (not made or at == len(whole) - 1):
            source.aside([piece], "title page")
            continue
        after = whole[at + 1] if at + 1 < len(whole) else None
        if (
            piece.object is None
            and waiting is None
            and _opens_category(source, piece, after, at, marks, numbered=numbered)
        ):
            source.stream.texts.claim(piece, "mark", part="exam", reason="heading")
            category = (piece.text.strip(" .:"),)
            headed = True
            continue
        if (
            numbered
            and plain
            and (_instructs(piece) or ((headed or not made) and not (asks_of(piece.text) or piece.heading)))
        ):
            source.aside([piece], "instruction")
            continue
        headed = False
        if mark is not None and mark.end == len(piece.text):
            source.stream.texts.claim(piece, "mark", part="exam", reason="number")
            waiting = mark
            continue
        if made and piece.label and piece.level > level and _asks_below(made[-1]):
            made[-1] = msgspec.structs.replace(made[-1], text=(*made[-1].text, *source.builder.asked([piece], "exam")))
            continue
        if is_to_write_on(piece):
            source.aside([piece], "line to write on")
            continue
        level = piece.level if piece.label else level
        bare = [source.builder.unmarked(piece, mark, "exam")]
        points = worth(source, bare, "exam")
        blocks = source.builder.asked(bare, "exam")
        if not blocks:
            continue
        number_of, waiting = waiting or mark, None
        goes_on = numbered and (piece.object is not None or piece.text[:1].islower() or inside[at])
        if made and number_of is None and (goes_on or isinstance(piece.object, Listing)):
            made[-1] = msgspec.structs.replace(
                made[-1], text=(*made[-1].text, *blocks), mark=made[-1].mark if points is None else points
            )
            continue
        session, name, number = shelf.place()
        made.append(
            Essay(
                id=name,
                text=blocks,
                number=number,
                printed=number_of.printed.strip("().") if number_of and number_of.value else None,
                category=category,
                tags=level_tags(category),
                session=piece.session or session,
                mark=points,
                place=source.builder.where(piece),
            )
        )
    source.findings.extend(_told_answers(made))
    return made


def _with(question: Question, blocks: Blocks, *, answer: bool) -> Question:
    """A question with what stands under it: its answer is for the teacher."""
    if answer:
        return msgspec.structs.replace(question, grader_notes=(*question.grader_notes, *blocks))
    return msgspec.structs.replace(question, text=(*question.text, *blocks))


def _told_answers(questions: Sequence[Question]) -> list[Finding]:
    """A note that a list gives answers."""
    held = [one for one in questions if one.grader_notes]
    if not held:
        return []
    return [
        note(
            "outline-answers-kept",
            f"what stands under {len(held)} of {len(questions)} questions answers them: it is kept for the teacher",
            held[0].place,
            "it is in no list and no paper of students; join it to a question with [[correction]] where it asks",
        )
    ]


def asks_of(text: str) -> str | None:
    """What a text asks for, if it does."""
    return known_words().asks(text)


def _instructs(piece: Piece) -> bool:
    """Whether a line says how a paper is to be answered: «Answer two questions.», «Turn over», «End of paper»."""
    return len(piece.text) < _LONGEST_INSTRUCTION and known_words().front("instruction", piece.text)


_LONGEST_INSTRUCTION = 160


def _asks_below(question: Question) -> bool:
    """Whether a question ends in a colon, or has taken in points below it: deeper points are its own."""
    return len(question.text) > 1 or block_text(question.text).endswith(":")


def question_mark(marks: Marks, piece: Piece) -> ListMark | None:
    """The number that a question bears: of a list, or «Вопрос 3.», which may stand alone (``end`` is all of it)."""
    mark = list_mark(piece)
    if mark is not None:
        return mark
    asked = next((one for one in marks.find(piece.text) if one.group == "numbered" and one.kind == "question"), None)
    if asked is None or asked.number is None:
        return None
    end = len(piece.text) if asked.whole else asked.end
    return ListMark("decimal", end, asked.number, asked.printed or "")


def _part_of_list(source: Source, piece: Piece | None) -> str | None:
    """«Раздел II. …», «Тема 2. …»: its kind."""
    if piece is None or piece.object is not None:
        return None
    found = source.marks.find(piece.text)
    return next((mark.kind for mark in found if mark.group == "numbered" and mark.kind in {"unit", "topic"}), None)


_LONGEST_LEVEL = 90


def _opens_category(
    source: Source, piece: Piece, after: Piece | None, at: int, marks: Sequence[object], *, numbered: bool
) -> bool:
    """«Раздел II. …» or a heading between two runs of questions."""
    kind = _part_of_list(source, piece)
    if kind == "unit" or (kind == "topic" and marks[at] is None and _part_of_list(source, after) != "topic"):
        return True
    if len(piece.text) < _LONGEST_LEVEL and level_of(piece.text):
        return True
    if marks[at] is not None or piece.text.endswith("?"):
        return False
    if piece.heading is not None or piece.is_heading:
        return True
    if not numbered or piece.text[:1].islower():
        return False
    next_mark = marks[at + 1] if at + 1 < len(marks) else None
    return bool(next_mark and getattr(next_mark, "value", 0) == 1 and len(piece.text) < 120)


# --- variants -----------------------------------------------------------------------------------------------------


def plain_question(text: str) -> str:
    """A question's text for comparing: stand-ins repaired, spaces single, no stop at its end."""
    repaired = Letters(own=True).repair(text)
    return re.sub(r"\s+", " ", repaired).strip().rstrip(".?!;: ").lower()


def with_variants(
    questions: Sequence[Question], variants: Sequence[Variant], where: Place | None
) -> tuple[list[Question], list[Finding]]:
    """The questions with their declared ``variant_of``; an error for a declaration that fits none."""
    findings: list[Finding] = []
    by_text: dict[str, Question] = {}
    for one in questions:
        by_text.setdefault(plain_question(block_text(one.text)), one)
    of: dict[str, str] = {}

    def find(wanted: int | str) -> Question | None:
        if isinstance(wanted, int):
            return next((question for question in questions if question.number == wanted), None)
        return by_text.get(plain_question(wanted))

    for variant in variants:
        question, first = find(variant.question), find(variant.of)
        for wanted, known in ((variant.question, question), (variant.of, first)):
            if known is None:
                findings.append(
                    error(
                        "outline-variant-unknown",
                        f"[exam] variants: no exam question is {wanted!r}, expected a number or the exact text",
                        where,
                        "copy the question's text from `coursepack inspect`",
                    )
                )
        if question is not None and first is not None:
            if question.id == first.id:
                findings.append(
                    error(
                        "outline-variant-itself",
                        f"[exam] variants: {variant.question!r} is declared a variant of itself",
                        where,
                    )
                )
                continue
            of[question.id] = first.id
    for question_id in list(of):
        seen = {question_id}
        while of[question_id] in of and of[question_id] not in seen:
            seen.add(of[question_id])
            of[question_id] = of[of[question_id]]
    return [msgspec.structs.replace(q, variant_of=of[q.id]) if q.id in of else q for q in questions], findings


MOST_SHOWN = 5


def proposals(questions: Sequence[Question]) -> list[Finding]:
    """One note on the pairs of questions that look like one reworded and are not declared so."""
    stems = [_stems(block_text(question.text)) for question in questions]
    holders: dict[str, list[int]] = defaultdict(list)
    pairs: list[tuple[Question, Question]] = []
    cluster = {question.id: question.variant_of or question.id for question in questions}
    for at, words in enumerate(stems):
        rare = sorted(words, key=lambda word: len(holders[word]))
        near: set[int] = set()
        for word in rare[: max(2, len(rare) // 2 + 1)]:
            if len(holders[word]) < 400:
                near.update(holders[word])
        for other in sorted(near):
            if not _alike(stems[other], words):
                continue
            a, b = questions[other], questions[at]
            if cluster[a.id] == cluster[b.id] or (a.category != b.category and _same(a, b)):
                continue
            pairs.append((a, b))
        for word in words:
            holders[word].append(at)
    return _proposed(pairs)


def _same(a: Question, b: Question) -> bool:
    """Whether two questions have the same words: those of two variants of a paper are asked one at a time."""
    return plain_question(block_text(a.text)) == plain_question(block_text(b.text))


def _proposed(pairs: Sequence[tuple[Question, Question]]) -> list[Finding]:
    if not pairs:
        return []
    first, other = pairs[0]
    said = [f"question {b.number} looks like question {a.number} reworded" for a, b in pairs[:MOST_SHOWN]]
    said[0] += f": «{_short(other)}» and «{_short(first)}»"
    more = f"; … {len(pairs)} pairs in all" if len(pairs) > MOST_SHOWN else ""
    advice = f"if they are, add {{ question = {other.number}, of = {first.number} }} and so on to [exam] variants"
    return [note("outline-variant-proposed", "; ".join(said) + more, other.place, advice)]


def _alike(a: set[str], b: set[str]) -> bool:
    small, large = sorted((len(a), len(b)))
    if small == 0:
        return False
    if a == b:
        return True
    if {word for word in a ^ b if word.isdigit()}:
        return False
    return (similar.jaccard(a, b) >= 0.6 and small >= 3) or (
        similar.overlap(a, b) == 1 and small >= 3 and large - small <= 3
    )


def _stems(text: str) -> set[str]:
    return similar.stems(fold(text), 6, r"[^\W\d_]{3,}|\d+")


def _short(question: Question) -> str:
    text = " ".join(block_text(question.text).split())
    return text if len(text) <= 60 else text[:59] + "…"
