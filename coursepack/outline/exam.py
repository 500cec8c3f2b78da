"""Lists of exam questions, and which of them reword others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from coursepack.model.blocks import Blocks, block_text
from coursepack.model.document import Listing
from coursepack.model.questions import Description, Essay, Question
from coursepack.outline.bank.levels import level_of, level_tags
from coursepack.outline.blocks import ListLabel, list_label
from coursepack.outline.found import OutlineSource
from coursepack.outline.markers import Markers
from coursepack.outline.pieces import Piece
from coursepack.outline.points import split_items
from coursepack.outline.question_lists import answered, below, between, is_to_write_on, worth
from coursepack.outline.question_places import QuestionPlace
from coursepack.outline.tree.ordinals import SIGN
from coursepack.outline.tree.words import words as known_words
from coursepack.place import Finding, Place, error, note
from coursepack.project.course_toml import Variant
from coursepack.stages import Live
from coursepack.text.characters import CharacterRepair


def exam_questions(source: OutlineSource, pieces: Sequence[Piece], shelf: QuestionPlace) -> list[Question]:
    """The questions of a list, each with its id and session from ``shelf``; printed numbers are kept as they are."""
    texts = source.stream.texts
    whole = [item for piece in pieces for item in (split_items(piece, texts) if piece.object is None else [piece])]
    return _List(source, shelf, whole).read()


class _List:
    """Reads a list of questions in one pass, with the state of what was read before."""

    def __init__(self, source: OutlineSource, shelf: QuestionPlace, whole: Sequence[Piece]) -> None:
        self.source = source
        self.shelf = shelf
        self.whole = whole
        self.marks = [None if piece.object is not None else question_mark(source.marks, piece) for piece in whole]
        self.inside = between(self.marks)
        self.points = below(whole, self.marks)
        """Which pieces are points of the question above them."""
        alone = sum(1 for piece, mark in zip(whole, self.marks, strict=True) if mark and mark.end == len(piece.text))
        counted = sum(1 for mark in self.marks if mark and mark.value)
        self.numbered = counted * 2 > len(whole) - alone - sum(self.inside)
        self.answers_below = {} if alone or counted * 2 > len(whole) else answered(whole, self.marks)
        self.made: list[Question] = []
        self.category: tuple[str, ...] = ()
        self.pending_number: ListLabel | None = None
        """A number alone on the line above its question."""
        self.headed = False
        self.level = 0
        self.note_count = 0

    def read(self) -> list[Question]:
        for at in range(len(self.whole)):
            if self.points[at] and self.made:
                self._add_points(at)
            elif at in self.answers_below and self.made:
                blocks = self.source.builder.asked([self.whole[at]], "exam")
                self.made[-1] = _with_blocks(self.made[-1], blocks, answer=self.answers_below[at])
            else:
                self._read_piece(at)
        self.source.findings.extend(_answer_notes(self.made))
        return self.made

    def _add_points(self, at: int) -> None:
        """Adds adjacent points of a question as one list; a deeper list level begins no question."""
        if at and self.points[at - 1]:
            return
        end = next((to for to in range(at, len(self.whole)) if not self.points[to]), len(self.whole))
        self._extend_last(self.source.builder.asked(self.whole[at:end], "exam"))

    def _read_piece(self, at: int) -> None:
        piece, mark = self.whole[at], self.marks[at]
        if (reason := self._exclusion_reason(at)) is not None:
            self.source.aside([piece], reason)
            return
        if self._opens_category(at):
            self.source.stream.texts.claim(piece, "mark", part="exam", reason="heading")
            self.category = (piece.text.strip(" .:"),)
            self.headed = True
            return
        if self._is_closing(at):
            self.source.aside([piece], "instruction")
            return
        if self._is_instruction(at):
            self._add_instruction(piece)
            return
        self.headed = False
        if mark is not None and mark.end == len(piece.text):
            self.source.stream.texts.claim(piece, "mark", part="exam", reason="number")
            self.pending_number = mark
        elif self.made and piece.label and piece.level > self.level and _asks_below(self.made[-1]):
            self._extend_last(self.source.builder.asked([piece], "exam"))
        else:
            self._add_question(at)

    def _is_unnumbered(self, at: int) -> bool:
        """Whether a line has no number, neither its own nor one above it."""
        return self.whole[at].object is None and self.pending_number is None and self.marks[at] is None

    def _exclusion_reason(self, at: int) -> str | None:
        """Why a line is excluded from the list; None if it is a part of it."""
        piece, mark = self.whole[at], self.marks[at]
        if self._is_unnumbered(at) and is_to_write_on(piece):
            return "line to write on"
        if piece.object is None and self.source.marks.is_approval(piece.text) and not (mark and mark.value):
            return "approval or signature"
        at_an_end = not self.made or at == len(self.whole) - 1
        return (
            "title page"
            if at_an_end and self._is_unnumbered(at) and self.source.marks.names_paper(piece.text)
            else None
        )

    def _is_instruction(self, at: int) -> bool:
        piece = self.whole[at]
        if not self.numbered and self._is_unnumbered(at):
            return not self.made and self._is_instruction_over_names(piece)
        if not (self.numbered and (self._is_unnumbered(at) or self._is_bullet(at))):
            return False
        begins = self.headed or not self.made or isinstance(self.made[-1], Description)
        return _instructs(piece) or (begins and not (asks_of(piece.text) or piece.heading))

    def _is_closing(self, at: int) -> bool:
        """Whether the last line, after numbered questions, wishes luck or says in capitals that the paper ends."""
        text = self.whole[at].text.strip()
        behind = at == len(self.whole) - 1 and bool(self.made) and self.numbered and self._is_unnumbered(at)
        return behind and len(text.split()) <= _CLOSING_WORDS and (text.endswith("!") or text.isupper())

    def _is_bullet(self, at: int) -> bool:
        """A bullet above the first number of a numbered list, if it asks nothing: «• Answer all questions.»"""
        piece, mark = self.whole[at], self.marks[at]
        over = not self.made or isinstance(self.made[-1], Description)
        asks = piece.text.rstrip().endswith("?")
        return over and mark is not None and not mark.value and mark.end < len(piece.text) and not asks

    def _is_instruction_over_names(self, piece: Piece) -> bool:
        """Whether a line is a sentence above a list whose items are names: it says how the exam is held."""
        texts = [one.text for one in self.whole if one.object is None]
        named = sum(one.rstrip()[-1:] not in ".!" for one in texts)
        long = piece.text.rstrip().endswith(".") and piece.text.count(" ") >= _LONG_SENTENCE
        return long and len(texts) > _FEWEST_NAMES and named * 10 >= len(texts) * 7

    def _add_instruction(self, piece: Piece) -> None:
        """Adds an instruction between the questions; «Turn over» and the like, of use on paper only, is excluded."""
        if not (self.headed or _is_sentence(piece.text)) or known_words().front("paper-furniture", piece.text):
            self.source.aside([piece], "instruction")
            return
        blocks = self.source.builder.blocks([piece], "exam", headings=False)
        last = self.made[-1] if self.made else None
        if isinstance(last, Description) and last.category == self.category:
            self.made[-1] = msgspec.structs.replace(last, text=(*last.text, *blocks))
            return
        self.note_count += 1
        place = self.source.builder.where(piece)
        self.made.append(
            Description(id=f"exam-note-{self.note_count}", text=blocks, category=self.category, place=place)
        )

    def _opens_category(self, at: int) -> bool:
        """«Раздел II. …» or a heading between two runs of questions."""
        piece, mark = self.whole[at], self.marks[at]
        if piece.object is not None or self.pending_number is not None:
            return False
        after = self.whole[at + 1] if at + 1 < len(self.whole) else None
        kind = _part_of_list(self.source, piece)
        if kind == "unit" or (kind == "topic" and mark is None and _part_of_list(self.source, after) != "topic"):
            return True
        if len(piece.text) < _LONGEST_LEVEL and level_of(piece.text):
            return True
        if (
            piece.heading is not None
            and after is not None
            and after.heading is not None
            and asks_of(piece.text) is None
        ):
            return after.heading > piece.heading or (mark is None and not piece.text.endswith("?"))
        if mark is not None or piece.text.endswith("?") or (_instructs(piece) and not piece.heading):
            return False
        return piece.heading is not None or piece.is_heading or self._opens_run(at)

    def _opens_run(self, at: int) -> bool:
        """A short line above the first number of a run."""
        text = self.whole[at].text
        following = self.marks[at + 1] if at + 1 < len(self.marks) else None
        begins = following is not None and following.value == 1
        return self.numbered and begins and not text[:1].islower() and len(text) < _LONGEST_CATEGORY

    def _add_question(self, at: int) -> None:
        piece, mark, builder = self.whole[at], self.marks[at], self.source.builder
        self.level = piece.level if piece.label else self.level
        bare = [builder.unmarked(piece, mark, "exam")]
        points = worth(self.source, bare, "exam")
        blocks = builder.asked(bare, "exam")
        if not blocks:
            return
        number, self.pending_number = self.pending_number or mark, None
        if self.made and number is None and self._goes_on(at):
            self._extend_last(blocks, points)
            return
        session, name, count = self.shelf.place()
        self.made.append(
            Essay(
                id=name,
                text=blocks,
                number=count,
                printed=number.printed.strip("().") if number and number.value else None,
                category=self.category,
                tags=level_tags(self.category),
                session=piece.session or session,
                mark=points,
                place=builder.where(piece),
            )
        )

    def _goes_on(self, at: int) -> bool:
        """Whether a piece without a number continues the question before it."""
        piece = self.whole[at]
        continues = piece.object is not None or piece.text[:1].islower() or self.inside[at]
        return (self.numbered and continues) or isinstance(piece.object, Listing)

    def _extend_last(self, blocks: Blocks, points: float | None = None) -> None:
        last = self.made[-1]
        mark = last.mark if points is None else points
        self.made[-1] = msgspec.structs.replace(last, text=(*last.text, *blocks), mark=mark)


def _with_blocks(question: Question, blocks: Blocks, *, answer: bool) -> Question:
    """A question with the blocks below it added; an answer goes to the notes for the teacher."""
    if answer:
        return msgspec.structs.replace(question, grader_notes=(*question.grader_notes, *blocks))
    return msgspec.structs.replace(question, text=(*question.text, *blocks))


def _answer_notes(questions: Sequence[Question]) -> list[Finding]:
    """A note that a list gives answers."""
    held = [one for one in questions if one.grader_notes]
    if not held:
        return []
    return [
        note(
            "outline-answers-kept",
            f"what stands under {len(held)} of {len(questions)} questions answers them: it is kept for the teacher",
            held[0].place,
            "it is in no list and no paper for students; if it is part of a question, join it with [[correction]]",
        )
    ]


def asks_of(text: str) -> str | None:
    """What a text asks for, if it does."""
    return known_words().asks(text)


def _instructs(piece: Piece) -> bool:
    """Whether a line says how a paper is to be answered: «Answer two questions.», «Turn over», «End of paper»."""
    return len(piece.text) < _LONGEST_INSTRUCTION and known_words().front("instruction", piece.text)


def _is_sentence(text: str) -> bool:
    """Whether a line is a sentence, not the name of something."""
    return known_words().front("instruction", text) or (text.rstrip()[-1:] in ".:;" and text.count(" ") >= _SENTENCE)


_LONGEST_INSTRUCTION = 160
_CLOSING_WORDS = 5
_LONG_SENTENCE = 8
"""The fewest spaces in a sentence above a list of names."""
_FEWEST_NAMES = 6
_SENTENCE = 3
"""The fewest spaces in a sentence that instructs."""


def _asks_below(question: Question) -> bool:
    """Whether a question ends in a colon, or already has points below it: then deeper points belong to it."""
    return len(question.text) > 1 or block_text(question.text).endswith(":")


def question_mark(marks: Markers, piece: Piece) -> ListLabel | None:
    """The number of a question: of a list, or «Вопрос 3.», which may be the whole line (then ``end`` is its length)."""
    mark = list_label(piece)
    if mark is not None:
        return mark
    if signed := _NUMBER_SIGN.match(piece.text) if not piece.plain else None:
        return ListLabel("decimal", signed.end(), int(signed["n"]), signed["n"])
    numbered = next((one for one in marks.find(piece.text) if one.group == "numbered" and one.kind == "question"), None)
    if numbered is None or numbered.number is None:
        return None
    end = len(piece.text) if numbered.whole else numbered.end
    return ListLabel("decimal", end, numbered.number, numbered.printed or "")


_NUMBER_SIGN = re.compile(rf"(?i:{SIGN})\s?(?P<n>\d{{1,3}})\s?[.):]\s*(?=\S)")
"""«№ 3. …», «No. 3) …»."""


def _part_of_list(source: OutlineSource, piece: Piece | None) -> str | None:
    """«Раздел II. …», «Тема 2. …»: its kind."""
    if piece is None or piece.object is not None:
        return None
    found = source.marks.find(piece.text)
    return next((mark.kind for mark in found if mark.group == "numbered" and mark.kind in {"unit", "topic"}), None)


_LONGEST_LEVEL = 90
_LONGEST_CATEGORY = 120


# --- variants -----------------------------------------------------------------------------------------------------


def plain_question(text: str) -> str:
    """A question's text for comparing: look-alike characters repaired, spaces single, no stop at its end."""
    repaired = CharacterRepair(own=True).repair(text)
    return re.sub(r"\s+", " ", repaired).strip().rstrip(".?!;: ").lower()


def _plain_text(question: Question) -> str:
    return plain_question(block_text(question.text))


def with_variants(
    questions: Sequence[Question], variants: Sequence[Variant], where: Place | None, live: Live
) -> tuple[list[Question], list[Finding]]:
    """The questions with their declared ``variant_of``; an error for a declaration that fits none."""
    if not variants:
        return list(questions), []
    findings: list[Finding] = []
    by_text: dict[str, Question] = {}
    for text, one in zip(live.each("plain text", questions, _plain_text), questions, strict=True):
        by_text.setdefault(text, one)

    def find(wanted: int | str) -> Question | None:
        if isinstance(wanted, int):
            return next((question for question in questions if question.number == wanted), None)
        return by_text.get(plain_question(wanted))

    of: dict[str, str] = {}
    for variant in variants:
        question, first = find(variant.question), find(variant.of)
        findings += [
            error(
                "outline-variant-unknown",
                f"[exam] variants: no exam question is {wanted!r}, expected a number or the exact text",
                where,
                "copy the question's text from `coursepack inspect`",
            )
            for wanted, known in ((variant.question, question), (variant.of, first))
            if known is None
        ]
        if question is None or first is None:
            continue
        if question.id == first.id:
            message = f"[exam] variants: {variant.question!r} is declared a variant of itself"
            findings.append(error("outline-variant-itself", message, where))
        else:
            of[question.id] = first.id
    firsts = {name: known for name in of if (known := _chain_root(name, of)) != name}
    return [msgspec.structs.replace(q, variant_of=firsts[q.id]) if q.id in firsts else q for q in questions], findings


def _chain_root(name: str, of: Mapping[str, str]) -> str:
    """The question that a chain of variants leads to; in a cycle, the first by its id."""
    seen = {name}
    found = of[name]
    while found in of and found not in seen:
        seen.add(found)
        found = of[found]
    return min(seen) if found in seen else found
