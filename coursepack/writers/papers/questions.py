"""Exam questions that students do not get: a file of their own, for the teacher, with keys and grader's notes."""

from __future__ import annotations

from collections.abc import Iterator

from coursepack import languages
from coursepack.model.artifact import Artifact
from coursepack.model.blocks import Blocks, Run, block_text
from coursepack.model.course import Course
from coursepack.model.questions import Cloze, Matching, MultipleChoice, Numerical, Question, ShortAnswer, TrueFalse
from coursepack.render.wml import Element
from coursepack.writers import Context
from coursepack.writers.papers.paper import Paper, Part
from coursepack.writers.papers.parts import question_lines
from coursepack.writers.papers.slots import SHARED
from coursepack.writers.papers.words import PaperWords

TEMPLATE = "exam-questions.docx"


def teacher_list(course: Course, context: Context, kind: str) -> Iterator[Artifact]:
    """The list with keys, when ``exam.release`` keeps it from students."""
    if course.exam and course.exam.questions and course.exam.release != "list":
        yield key_document(course, context, kind, f"{course.id}-{kind}-teacher-questions.docx")


def key_document(course: Course, context: Context, kind: str, name: str) -> Artifact:
    """All exam questions with their keys and grader's notes; for the teacher."""
    paper = Paper(course, context, SHARED | {"questions_with_keys": Part(_keyed_list, lambda found: True)})
    paper.make(TEMPLATE)
    title = f"{course.title}. {paper.say('Exam questions with keys')}"
    return paper.artifact(name, kind, title, audience="teacher")


def _keyed_list(paper: Paper) -> list[Element]:
    number = paper.file.list_number("decimal")
    found: list[Element] = []
    for question in paper.course.exam.questions if paper.course.exam else ():
        found.extend(question_lines(paper, question, number))
        for label, words in key(question, paper.say):
            found.append(paper.render.paragraph_of((Run(text=words),), "List Continue", lead=f"{label}: "))
    return found


def has_key(question: Question) -> bool:
    """True when the source gives an answer or a note for the grader."""
    return bool(question.grader_notes or _answer(question, PaperWords(languages.SOURCE)))


def key(question: Question, say: PaperWords) -> Iterator[tuple[str, str]]:
    """What the marker needs: (label, text)."""
    answer = _answer(question, say)
    if answer:
        yield say("Key"), answer
    if question.variant_of:
        yield say("Note"), say("rewords another question")
    if question.grader_notes:
        yield say("For the grader"), _line(question.grader_notes)


def _line(blocks: Blocks) -> str:
    return " ".join(block_text(blocks).split())


def _answer(question: Question, say: PaperWords) -> str:
    match question:
        case MultipleChoice():
            return "; ".join(
                _line(choice.content) + ("" if choice.fraction == 1 else f" ({say.number(choice.fraction * 100)} %)")
                for choice in question.choices
                if choice.fraction > 0
            )
        case TrueFalse():
            return say("true") if question.answer else say("false")
        case ShortAnswer():
            return "; ".join(answer.text for answer in question.answers if answer.fraction > 0)
        case Numerical():
            return "; ".join(
                answer.value + (f" ± {answer.tolerance}" if answer.tolerance not in {"", "0"} else "")
                for answer in question.answers
                if answer.fraction > 0
            )
        case Matching():
            return "; ".join(f"{_line(pair.question)} — {pair.answer}" for pair in question.pairs if pair.question)
        case Cloze():
            many = len(question.gaps) > 1
            return "; ".join(
                (f"({number}) " if many else "")
                + " / ".join(answer.text for answer in gap.answers if answer.fraction > 0)
                for number, gap in enumerate(question.gaps, 1)
            )
        case _:
            return ""
