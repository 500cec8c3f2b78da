"""What QTI cannot hold of a question, told; and questions that offer nothing, made into essays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from coursepack.ims.asi import QtiVersion
from coursepack.model.blocks import Blocks, Paragraph, Run, block_text
from coursepack.model.questions import (
    Cloze,
    Description,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
)
from coursepack.moodle.losses import texts
from coursepack.place import Finding, note, warning
from coursepack.render.plain import holds_more
from coursepack.writers.qti.texts import is_number, uploads

_COMMON = tuple(name for name in Description.__struct_fields__)
_MOST = 25
"""Items to put in order, of which rules of a size that readers take can mark every order that is right in part."""
_SIMPLE = frozenset({"all-or-nothing", "absolute"})
"""Ways of grading whose rules do not grow with the square of the number of items."""


def repaired(question: Question, findings: list[Finding]) -> Question:
    """The question as items hold it; what had to be changed goes into ``findings``."""
    match question:
        case MultipleChoice(choices=()):
            return _essay(question, "it offers no option", (), findings)
        case Matching() if not any(p.question for p in question.pairs) or not any(p.answer for p in question.pairs):
            blocks = tuple(block for pair in question.pairs for block in (*pair.question, *pair.answer))
            return _essay(question, "it has no rows, or nothing to match them with", blocks, findings)
        case Ordering(items=()):
            return _essay(question, "it has no items", (), findings)
        case Ordering() if question.grading not in _SIMPLE and len(question.items) > _MOST:
            stated = f"an order of more than {_MOST} items is marked place by place"
            findings.append(_lost("grading", question, stated))
            return msgspec.structs.replace(question, grading="absolute")
    if question.mark is not None and not 0 <= question.mark < 1e9:
        findings.append(_lost("mark", question, f"a mark of {question.mark:g} is left out"))
        return msgspec.structs.replace(question, mark=None)
    if question.mark == 0:
        # An item whose answers all earn nothing has no key: it is marked out of one, and the test weighs it by nothing.
        return msgspec.structs.replace(question, mark=None)
    return question


def _essay(question: Question, reason: str, more: Blocks, findings: list[Finding]) -> Question:
    findings.append(_lost("as-essay", question, f"{reason}, so it is written as an essay"))
    fields: dict[str, Any] = {name: getattr(question, name) for name in _COMMON if hasattr(question, name)}
    return Essay(**fields | {"text": (*question.text, *more)})


def _lost(code: str, question: Question, message: str) -> Finding:
    return warning(f"qti-{code}", f"question {question.id}: {message}", question.place)


def losses(question: Question, version: QtiVersion) -> Iterator[Finding]:
    """What an item does not say of a question."""
    if not keyed(question):
        yield warning(
            "qti-no-key",
            f"question {question.id}: no answer is right: no answer will earn a mark",
            question.place,
            "mark the right one in the source",
        )
    if told := [*_settings(question, version), *_styles(question)]:
        message = f"question {question.id} loses {', '.join(dict.fromkeys(told))}, which QTI {version.name} cannot hold"
        yield note("qti-lost", message, question.place)


def keyed(question: Question) -> bool:
    """Whether some answer earns a mark, where answers are marked without a person."""
    match question:
        case MultipleChoice():
            return any(choice.fraction > 0 for choice in question.choices)
        case ShortAnswer():
            return any(answer.fraction > 0 and answer.text.strip() for answer in question.answers)
        case Numerical():
            return any(a.fraction > 0 and (a.value.strip() == "*" or is_number(a.value)) for a in question.answers)
        case Matching():
            return any(pair.question and pair.answer for pair in question.pairs)
        case Cloze():
            return all(any(answer.fraction > 0 for answer in gap.answers) for gap in question.gaps)
    return True


def _is_styled(blocks: Blocks) -> bool:
    """Whether a text is more than paragraphs of plain text, which are all that the template of an answer may be."""
    return any(not isinstance(block, Paragraph) for block in blocks) or bool(holds_more(blocks))


def _settings(question: Question, version: QtiVersion) -> Iterator[str]:
    match question:
        case Essay():
            yield from ["the styles of its template"] * _is_styled(question.template)
            if abs(question.attachments) != uploads(question) or question.attachments < 0:
                yield "how many files may be handed in"
        case MultipleChoice() if not version.kebab and question.numbering != "abc":
            yield "the numbering of its options in systems without QTI 3.0"
        case Numerical():
            bad = [
                answer.value
                for answer in question.answers
                if answer.value.strip() != "*" and not is_number(answer.value)
            ]
            yield from [f"the answers {', '.join(map(repr, bad))}, which are no numbers"] * bool(bad)
        case Ordering():
            yield from ["that only some of its items are asked"] * (question.select != "all")
            yield from ["that its grading is hidden"] * (not question.show_grading)
        case Cloze():
            found = (gap for gap in question.gaps if gap.kind == "multiple-response")
            yield from ["the display of a gap with several answers within its line"] * any(found)


def _styles(question: Question) -> Iterator[str]:
    """What a link or an abbreviation says of itself when it is pointed at has no place in QTI."""
    titled = any(
        isinstance(inline, Run) and inline.title
        for blocks in texts(question)
        for block in blocks
        if isinstance(block, Paragraph)
        for inline in block.content
    )
    if titled:
        yield "the titles of its links"


def text_of(question: Question) -> bool:
    """Whether anything is asked."""
    return bool(block_text(question.text).strip())
