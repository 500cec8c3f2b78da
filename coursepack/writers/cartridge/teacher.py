"""What a teacher's cartridge holds: keys, grader's and speaker's notes, which must not lie in a learner's."""

from __future__ import annotations

from coursepack.contents import ContentNode, contents, review_of
from coursepack.languages.catalogues import Words, words
from coursepack.model.blocks import Blocks, Paragraph
from coursepack.model.course import Course, Section, Session
from coursepack.model.questions import (
    Cloze,
    Description,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Ordering,
    Question,
    Questions,
    ShortAnswer,
    TrueFalse,
    as_typed,
)
from coursepack.pages.block_builders import joined, numbered, text
from coursepack.render.question_blocks import with_rules


def teacher_tree(course: Course) -> ContentNode:
    """The tree of a teacher's cartridge: the weeks' notes, their review questions with what marks them, the exam's with
    the bank."""
    say = words(course.language, "cartridge")
    parts: list[ContentNode] = []
    for node in contents(course).children:
        match node.kind:
            case "week":
                children = [result for child in node.children for result in _of_class(child, say)]
                if children:
                    parts.append(ContentNode(node.id, "about", node.title, node.payload, tuple(children)))
            case "exam":
                questions = course.exam.questions if course.exam else ()
                banks = tuple(child for child in node.children if child.kind == "exam-bank")
                parts.append(
                    ContentNode(
                        node.id, "about", node.title, node.payload, (_keys("exam-keys", questions, say), *banks)
                    )
                )
            case _:
                pass
    return ContentNode("course", "course", course.title, course, tuple(parts))


def _of_class(child: ContentNode, say: Words) -> tuple[ContentNode, ...]:
    if child.kind == "review":
        return child, _keys(f"{child.id}-keys", review_of(child), say)
    if child.kind == "session" and isinstance(child.payload, Session) and child.payload.notes:
        title = f"{child.title}. {say('For teachers')}"
        section = Section(id=f"{child.id}-notes", title=title, blocks=child.payload.notes)
        return (ContentNode(section.id, "section", title, section),)
    return ()


def _keys(name: str, questions: Questions, say: Words) -> ContentNode:
    title = say("Questions with keys and grader's notes")
    section = Section(id=name, title=title, blocks=key_list(questions, say))
    return ContentNode(name, "section", title, section)


def key_list(questions: Questions, say: Words) -> Blocks:
    """Every question with what is right and what its grader should know."""
    return numbered(
        (
            *(with_rules(question) if isinstance(question, Cloze) else question.text),
            *key(question, say),
            *_labelled(say("For the grader"), question.grader_notes),
            *_labelled(say("Feedback"), question.feedback),
        )
        for question in questions
        if not isinstance(question, Description)
    )


def _labelled(label: str, blocks: Blocks) -> Blocks:
    return (text(f"{label}:", bold=True), *blocks) if blocks else ()


def key(question: Question, say: Words) -> Blocks:
    """The right answers of a question, one below another; none for what a person marks."""
    return tuple(
        block
        for answer, fraction in _answers(question, say)
        if fraction > 0
        for block in joined(text("✓ "), answer, *_worth(fraction, say))
    )


def _worth(fraction: float, say: Words) -> tuple[Paragraph, ...]:
    return (text(f" ({say.number(100 * fraction)} %)"),) if fraction < 1 else ()


def _answers(question: Question, say: Words) -> list[tuple[Paragraph | Blocks, float]]:
    match question:
        case MultipleChoice():
            return [(choice.content, choice.fraction) for choice in question.choices]
        case TrueFalse():
            return [(text(say("True") if question.answer else say("False")), 1.0)]
        case ShortAnswer():
            return [(text(as_typed(answer.text)), answer.fraction) for answer in question.answers]
        case Numerical():
            return [(text(_number(answer)), answer.fraction) for answer in question.answers]
        case Matching():
            return [(joined(pair.question, text(" — "), pair.answer), 1.0) for pair in question.pairs if pair.question]
        case Ordering():
            return [(joined(text(f"{place}) "), item.content), 1.0) for place, item in enumerate(question.items, 1)]
        case Cloze():
            return [
                (text(f"({number}) {as_typed(answer.text)}"), answer.fraction)
                for number, gap in enumerate(question.gaps, 1)
                for answer in gap.answers
            ]
    return []


def _number(answer: NumericalAnswer) -> str:
    return answer.value if answer.tolerance in {"", "0"} else f"{answer.value} ± {answer.tolerance}"
