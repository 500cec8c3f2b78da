"""What a question says beside its text: for formats that cannot hold all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coursepack.model.blocks import Blocks
from coursepack.model.questions import (
    Cloze,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
    TrueFalse,
)
from coursepack.render.plain import holds_more


def texts(question: Question) -> Iterator[Blocks]:
    """Every text of a question that may be HTML in Moodle."""
    yield question.text
    yield question.feedback
    yield question.grader_notes
    match question:
        case Essay():
            yield question.template
        case MultipleChoice():
            for choice in question.choices:
                yield choice.content
                yield choice.feedback
        case TrueFalse():
            yield question.true_feedback
            yield question.false_feedback
        case ShortAnswer() | Numerical():
            for answer in question.answers:
                yield answer.feedback
        case Matching():
            for pair in question.pairs:
                yield pair.question
        case Ordering():
            yield from (item.content for item in question.items)
        case Cloze():
            yield from (answer.feedback for gap in question.gaps for answer in gap.answers)


def letters(question: Question) -> Iterator[Blocks]:
    """Its texts of which Moodle holds the letters alone."""
    if isinstance(question, Matching):
        yield from (pair.answer for pair in question.pairs)


def styles(question: Question) -> list[str]:
    """What plain letters would lose of its texts: «emphasis», «picture», «table» …"""
    return _more((*texts(question), *letters(question)))


def styles_of_letters(question: Question) -> list[str]:
    """What Moodle loses of them, whichever way it gets the question."""
    return _more(letters(question))


def _more(found: Iterable[Blocks]) -> list[str]:
    return sorted({name for blocks in found if blocks for name in holds_more(blocks)})


def settings(question: Question) -> list[str]:
    """What a question says about how it is asked and marked, by name, where it differs from the usual."""
    found = []
    if question.mark is not None and question.mark != 1:
        found.append("its mark")
    if question.grader_notes:
        found.append("its notes for the grader")
    match question:
        case Essay():
            found += ["the template of the answer"] * bool(question.template)
            limits = (question.response_lines, question.min_words, question.max_words, question.attachments or None)
            found += ["its limits"] * any(limit is not None for limit in limits)
        case MultipleChoice():
            found += ["the order of its options"] * (not question.shuffle)
            found += ["the numbering of its options"] * (question.numbering != "abc")
        case ShortAnswer(case_sensitive=True):
            found.append("that letter case counts")
        case Numerical(unit=str()):
            found.append("its unit")
        case Matching(shuffle=False):
            found.append("the order of its rows")
        case Cloze() if any(answer.feedback for gap in question.gaps for answer in gap.answers):
            found.append("the feedback of its gaps")
    found += ["its combined feedback"] * any(combined(question))
    return found


def combined(question: Question) -> tuple[Blocks, ...]:
    """What is said of an answer as a whole: where it is right, partly right, wrong."""
    if isinstance(question, MultipleChoice | Ordering):
        return question.correct_feedback, question.partial_feedback, question.incorrect_feedback
    return ()
