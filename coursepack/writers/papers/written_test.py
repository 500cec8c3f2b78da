"""A written test from the exam's questions that have keys: variants, a grid for the answers, the key on a separate
sheet.

The seed fixes which questions a variant has, their order and that of their answers: SHA-256 over seed, variant and
the question's id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from coursepack.model.artifact import Artifact
from coursepack.model.course import Course, Exam
from coursepack.model.questions import MultipleChoice, Question, TrueFalse
from coursepack.place import Finding, note, warning
from coursepack.render import draw
from coursepack.render.sandbox import FieldGroup
from coursepack.render.typst.numbers import option_letter
from coursepack.render.wml import (
    CM,
    TEXT_WIDTH,
    Element,
    cell,
    keep_rows,
    paragraph,
    paragraph_properties,
    row,
    run,
    table,
)
from coursepack.writers import Context
from coursepack.writers.papers import sources
from coursepack.writers.papers.paper import Paper, TemplateSlot
from coursepack.writers.papers.parts import question_lines
from coursepack.writers.papers.questions import answer_text, has_answer
from coursepack.writers.papers.slots import SHARED
from coursepack.writers.papers.template import Slot
from coursepack.writers.papers.ticket_draw import askable

NAME = "exam-tickets"
PAPER, KEY = "test-paper.docx", "test-key.docx"


@dataclass(frozen=True)
class TestVariant:
    """A variant of the test: its questions in order, each with its answers in the order of their letters."""

    number: int
    questions: tuple[Question, ...]


def written_test(course: Course, context: Context) -> Iterator[tuple[Artifact | None, list[Finding]]]:
    """The paper with all variants and the sheet of keys; nothing where no variants are requested."""
    if not context.test_variants:
        return
    bank = [question for question in draw.pool(askable(course)) if has_answer(question)]
    wanted = context.test_questions or len(bank)
    if not bank or wanted > len(bank):
        message = f"a test of {wanted} questions is asked for, and {len(bank)} have keys: no test is written"
        yield None, [warning("papers-test", message, advice="lower test_questions in [exam]")]
        return
    left = sum(not has_answer(question) for question in askable(course))
    if left:
        message = f"{left} questions of the exam have no key: they are in no variant of the test"
        yield None, [note("papers-test-keys", message)]
    found = variants(bank, context.test_variants, wanted, context.seed)
    yield _paper(course, context, found)
    yield _key(course, context, found)


def variants(bank: Sequence[Question], count: int, size: int, seed: int) -> list[TestVariant]:
    """``count`` variants of ``size`` questions; the uses of any two questions differ by at most one."""
    drawn = draw.tickets(bank, count, size, seed, "none")
    return [
        TestVariant(
            number,
            tuple(_with_shuffled_choices(q, seed, number) for q in draw.shuffled(row_, seed, f"variant-{number}")),
        )
        for number, row_ in enumerate(drawn, 1)
    ]


def _with_shuffled_choices(question: Question, seed: int, variant: int) -> Question:
    """The question with its choices in the order of this variant."""
    if not isinstance(question, MultipleChoice) or not question.shuffle:
        return question
    salt = f"{seed}\x00{variant}\x00{question.id}"
    order = sorted(
        range(len(question.choices)), key=lambda place: hashlib.sha256(f"{salt}\x00{place}".encode()).digest()
    )
    choices = tuple(question.choices[place] for place in order)
    return msgspec.structs.replace(question, choices=choices, shuffle=False)


# --- the paper ----------------------------------------------------------------------------------------------------


def _paper(course: Course, context: Context, found: Sequence[TestVariant]) -> tuple[Artifact, list[Finding]]:
    def questions(paper: Paper, detail: str) -> list[Element]:
        drawn = found[int(detail)].questions
        number = paper.file.list_number("decimal", last=len(drawn))
        result: list[Element] = []
        for question in drawn:
            result += question_lines(paper, question, number)
        return result

    def grid(paper: Paper, detail: str) -> list[Element]:
        return answer_grid(paper, found[int(detail)])

    questions_slot = TemplateSlot(lambda _: [], lambda _: True, questions)
    paper = Paper(
        course,
        context,
        SHARED | {"test_questions": questions_slot, "answer_grid": TemplateSlot(lambda _: [], lambda _: True, grid)},
    )
    groups = [
        FieldGroup(
            {
                "number": str(variant.number),
                "title": paper.say("Variant {number}", number=variant.number),
                "questions": Slot(f"test_questions:{index}", True),
                "grid": Slot(f"answer_grid:{index}", True),
            }
        )
        for index, variant in enumerate(found)
    ]
    paper.make(PAPER, {"variants": groups})
    title = f"{course.title}. {paper.say('Test')}"
    source = sources.source(*(sources.exam(course, _numbered(variant), paper.say) for variant in found))
    return paper.artifact(f"{course.id}-test-paper.docx", NAME, title, source, audience="teacher"), paper.findings


def _numbered(variant: TestVariant) -> Iterator[Question]:
    for number, question in enumerate(variant.questions, 1):
        yield msgspec.structs.replace(question, number=number, printed=None)


_NUMBER_WIDTH, _BOX_WIDTH = round(1.3 * CM), round(1.1 * CM)


def answer_grid(paper: Paper, variant: TestVariant) -> list[Element]:
    """One row for each question: boxes under the letters of its options, a space for a written answer; never a key."""
    most = max((_option_count(question) for question in variant.questions), default=0)
    letters = [option_letter(number, paper.course.language).upper() for number in range(1, most + 1)]
    written = TEXT_WIDTH // 2 if any(not _option_count(q) for q in variant.questions) else 0
    widths = [_NUMBER_WIDTH, *([_BOX_WIDTH] * most), *([written] if written else [])]
    text = paper.render.text
    heads = [paper.say("No."), *letters, *([paper.say("Written answer")] if written else [])]
    rows = [
        row(
            [cell([text(h, "Table Heading")], r, shade="F2F2F2") for h, r in zip(heads, widths, strict=True)],
            header=True,
        )
    ]
    for number, question in enumerate(variant.questions, 1):
        offered = _option_count(question)
        marks = ["☐" if place < offered else "–" for place in range(most)] if offered else ["–"] * most
        values = [str(number), *marks, *(["–" if offered else ""] if written else [])]
        rows.append(row([cell([text(v, "Table Number")], r) for v, r in zip(values, widths, strict=True)]))
    keep_rows(rows[:1])
    return [table(rows, widths, style=paper.file.style("Table Grid"), title=paper.say("Answer grid"))]


def _option_count(question: Question) -> int:
    if isinstance(question, MultipleChoice):
        return len(question.choices)
    return 2 if isinstance(question, TrueFalse) else 0


# --- the key ------------------------------------------------------------------------------------------------------


def _key(course: Course, context: Context, found: Sequence[TestVariant]) -> tuple[Artifact, list[Finding]]:
    paper = Paper(
        course, context, SHARED | {"test_keys": TemplateSlot(lambda result: _keys(result, found), lambda _: True)}
    )
    paper.make(KEY)
    title = f"{course.title}. {paper.say('Key of the test')}"
    exam = Exam(questions=course.exam.questions if course.exam else ())
    source = sources.source(sources.keys(msgspec.structs.replace(course, exam=exam)))
    return paper.artifact(f"{course.id}-test-key.docx", NAME, title, source, audience="teacher"), paper.findings


_KEY_WIDTHS = (round(2.2 * CM), round(3 * CM), TEXT_WIDTH - round(5.2 * CM))


def _keys(paper: Paper, found: Sequence[TestVariant]) -> list[Element]:
    """One table for each variant: number on the paper, number in the list, key."""
    say, text = paper.say, paper.render.text
    heads = (say("No."), say("No. in the list"), say("Key"))
    result: list[Element] = [
        paragraph([run(seeded(paper))], paragraph_properties(style=paper.file.style("Body Text"))),
    ]
    for variant in found:
        result.append(paper.subheading(say("Variant {number}", number=variant.number)))
        rows = [
            row(
                [cell([text(h, "Table Heading")], r, shade="F2F2F2") for h, r in zip(heads, _KEY_WIDTHS, strict=True)],
                header=True,
            )
        ]
        for number, question in enumerate(variant.questions, 1):
            values = (str(number), str(question.number), right(question, paper))
            rows.append(row([cell([text(v, "Table Number")], r) for v, r in zip(values, _KEY_WIDTHS, strict=True)]))
        keep_rows(rows[:1])
        caption = say("Variant {number}", number=variant.number)
        result.append(table(rows, _KEY_WIDTHS, style=paper.file.style("Table Grid"), title=caption))
    return result


def seeded(paper: Paper) -> str:
    """The sentence that says how the variants were drawn."""
    how = "Drawn by coursepack {version} with seed {seed}: questions are ordered by SHA-256 of seed and question id."
    return paper.say(how, version=paper.context.version, seed=paper.context.seed)


def right(question: Question, paper: Paper) -> str:
    """The letters of the right options on this paper, or the answer in words."""
    language = paper.course.language
    if isinstance(question, MultipleChoice):
        found = [n for n, choice in enumerate(question.choices, 1) if choice.fraction > 0]
        return ", ".join(option_letter(number, language).upper() for number in found)
    if isinstance(question, TrueFalse):
        return option_letter(1 if question.answer else 2, language).upper()
    return answer_text(question, paper.say)
