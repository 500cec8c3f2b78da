"""What a teacher's cartridge holds: keys and grader's notes, which must not lie in a learner's."""

from __future__ import annotations

from coursepack.contents import Node, contents, review_of
from coursepack.languages.catalogues import Words, words
from coursepack.model.blocks import Blocks, block_text
from coursepack.model.course import Course, Section
from coursepack.model.questions import (
    Cloze,
    Description,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Question,
    Questions,
    ShortAnswer,
    TrueFalse,
)
from coursepack.pages.bricks import numbered, text
from coursepack.render.asked import with_rules


def teacher_tree(course: Course) -> Node:
    """The tree of a teacher's cartridge: the weeks' review questions with what marks them, the exam's with the bank."""
    say = words(course.language, "cartridge")
    parts: list[Node] = []
    for node in contents(course).children:
        match node.kind:
            case "week":
                reviews = [child for child in node.children if child.kind == "review"]
                children = [
                    made for child in reviews for made in (child, _keys(f"{child.id}-keys", review_of(child), say))
                ]
                if children:
                    parts.append(Node(node.id, "about", node.title, node.payload, tuple(children)))
            case "exam":
                questions = course.exam.questions if course.exam else ()
                banks = tuple(child for child in node.children if child.kind == "exam-bank")
                parts.append(
                    Node(node.id, "about", node.title, node.payload, (_keys("exam-keys", questions, say), *banks))
                )
            case _:
                pass
    return Node("course", "course", course.title, course, tuple(parts))


def _keys(name: str, questions: Questions, say: Words) -> Node:
    title = say("Questions with keys and grader's notes")
    section = Section(id=name, title=title, blocks=key_list(questions, say))
    return Node(name, "section", title, section)


def key_list(questions: Questions, say: Words) -> Blocks:
    """Every question with what is right and what its grader should know."""
    return numbered(
        (
            *(with_rules(question) if isinstance(question, Cloze) else question.text),
            *(text(line) for line in key(question, say)),
            *_labelled(say("For the grader"), question.grader_notes),
            *_labelled(say("Feedback"), question.feedback),
        )
        for question in questions
        if not isinstance(question, Description)
    )


def _labelled(label: str, blocks: Blocks) -> Blocks:
    return (text(f"{label}:", bold=True), *blocks) if blocks else ()


def key(question: Question, say: Words) -> list[str]:
    """The right answers of a question, a line each; none for what a person marks."""
    match question:
        case MultipleChoice():
            found = [(block_text(choice.content), choice.fraction) for choice in question.choices]
        case TrueFalse():
            found = [(say("True") if question.answer else say("False"), 1.0)]
        case ShortAnswer():
            found = [(answer.text, answer.fraction) for answer in question.answers]
        case Numerical():
            found = [(_number(answer), answer.fraction) for answer in question.answers]
        case Matching():
            found = [(f"{block_text(pair.question)} — {pair.answer}", 1.0) for pair in question.pairs if pair.question]
        case Cloze():
            found = [
                (f"({number}) {answer.text}", answer.fraction)
                for number, gap in enumerate(question.gaps, 1)
                for answer in gap.answers
            ]
        case _:
            found = []
    return [
        f"✓ {answer}" if fraction >= 1 else f"✓ {answer} ({say.number(100 * fraction)} %)"
        for answer, fraction in found
        if fraction > 0
    ]


def _number(answer: NumericalAnswer) -> str:
    return answer.value if answer.tolerance in {"", "0"} else f"{answer.value} ± {answer.tolerance}"
