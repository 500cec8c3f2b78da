"""Exam questions that students do not get: a file of their own, for the teacher, with keys and grader's notes."""

from __future__ import annotations

from collections.abc import Iterator

from coursepack import languages
from coursepack.model.artifact import Artifact
from coursepack.model.blocks import Blocks, Paragraph, block_text
from coursepack.model.course import Course
from coursepack.model.questions import (
    Cloze,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Ordering,
    Question,
    ShortAnswer,
    TrueFalse,
    as_typed,
)
from coursepack.pages.block_builders import joined, text
from coursepack.render.wml import Element
from coursepack.writers import Context
from coursepack.writers.papers import sources
from coursepack.writers.papers.paper import Paper, TemplateSlot
from coursepack.writers.papers.parts import keep_together, question_lines
from coursepack.writers.papers.slots import SHARED
from coursepack.writers.papers.words import PaperWords

TEMPLATE = "exam-questions.docx"


def teacher_list(course: Course, context: Context, kind: str) -> Iterator[Artifact]:
    """The list with keys, when ``exam.release`` keeps it from students."""
    if course.exam and course.exam.questions and course.exam.release != "list":
        yield key_document(course, context, kind, f"{course.id}-{kind}-teacher-questions.docx")


def key_document(course: Course, context: Context, kind: str, name: str) -> Artifact:
    """All exam questions with their keys and grader's notes; for the teacher."""
    paper = Paper(course, context, SHARED | {"questions_with_keys": TemplateSlot(_keyed_list, lambda found: True)})
    paper.make(TEMPLATE)
    title = f"{course.title}. {paper.say('Exam questions with keys')}"
    return paper.artifact(name, kind, title, sources.source(sources.keys(course)), audience="teacher")


def _keyed_list(paper: Paper) -> list[Element]:
    number = paper.file.list_number("decimal", last=len(paper.course.exam.questions) if paper.course.exam else 0)
    found: list[Element] = []
    for question in paper.course.exam.questions if paper.course.exam else ():
        lines = question_lines(paper, question, number)
        for label, blocks in key(question, paper.say):
            lines += paper.render.elements(joined(text(f"{label}: ", bold=True), blocks), body="List Continue")
        keep_together(lines)
        found += lines
    return found


def has_key(question: Question) -> bool:
    """True when the source gives an answer or a note for the grader."""
    return bool(question.grader_notes or _answer(question, PaperWords(languages.SOURCE)))


def has_answer(question: Question) -> bool:
    """True when the source says what is right."""
    return bool(_answer(question, PaperWords(languages.SOURCE)))


def answer_text(question: Question, say: PaperWords) -> str:
    """What is right, as plain text."""
    return block_text(_answer(question, say))


def key(question: Question, say: PaperWords) -> Iterator[tuple[str, Blocks]]:
    """What the marker needs: (label, text)."""
    answer = _answer(question, say)
    if answer:
        yield say("Key"), answer
    if question.variant_of:
        yield say("Note"), (text(say("rewords another question")),)
    if question.grader_notes:
        yield say("For the grader"), question.grader_notes


def _answer(question: Question, say: PaperWords) -> Blocks:
    """Everything that is right, parted by semicolons."""
    parts = [part for answer in _answers(question, say) for part in (text("; "), answer)]
    return joined(*parts[1:])


def _answers(question: Question, say: PaperWords) -> Iterator[Paragraph | Blocks]:
    match question:
        case MultipleChoice():
            for choice in question.choices:
                if choice.fraction > 0:
                    worth = () if choice.fraction == 1 else (text(f" ({say.number(choice.fraction * 100)} %)"),)
                    yield joined(choice.content, *worth)
        case TrueFalse():
            yield text(say("true") if question.answer else say("false"))
        case ShortAnswer():
            yield from (text(as_typed(answer.text)) for answer in question.answers if answer.fraction > 0)
        case Numerical():
            yield from (text(_number(answer)) for answer in question.answers if answer.fraction > 0)
        case Matching():
            yield from (joined(pair.question, text(" — "), pair.answer) for pair in question.pairs if pair.question)
        case Ordering():
            yield from (joined(text(f"{place}) "), item.content) for place, item in enumerate(question.items, 1))
        case Cloze():
            many = len(question.gaps) > 1
            for number, gap in enumerate(question.gaps, 1):
                accepted = " / ".join(as_typed(answer.text) for answer in gap.answers if answer.fraction > 0)
                yield text((f"({number}) " if many else "") + accepted)


def _number(answer: NumericalAnswer) -> str:
    return answer.value if answer.tolerance in {"", "0"} else f"{answer.value} ± {answer.tolerance}"
