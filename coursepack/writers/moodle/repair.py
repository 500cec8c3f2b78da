"""Questions that Moodle would refuse, mended or turned into essays: one bad question must not stop all others.

Every change is reported; what a question loses as an essay goes into its notes for the grader.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import msgspec

from coursepack.model.blocks import Blocks, block_text, text_blocks
from coursepack.model.questions import (
    Answer,
    Choice,
    Cloze,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Ordering,
    OrderingItem,
    Pair,
    Question,
    ShortAnswer,
    as_typed,
)
from coursepack.moodle.losses import styles_of_letters
from coursepack.moodle.ordering import LEAST_ITEMS
from coursepack.moodle.question_html import plain_text
from coursepack.moodle.text import NUMBER, PLACEHOLDER, gap_error, grade
from coursepack.pages.block_builders import joined, text
from coursepack.place import Finding, warning
from coursepack.render.plain import one_line
from coursepack.writers import cut

# What the columns of Moodle's database hold.
LARGEST_MARK = 100_000
LONGEST_MATCH = 255


@dataclass
class QuestionRepair:
    """Questions as Moodle takes them; ``findings`` collects what had to be changed."""

    findings: list[Finding] = field(default_factory=list)

    def sound(self, question: Question) -> tuple[Question, Blocks]:
        """The question as Moodle takes it, and notes for the grader of one that had to become an essay."""
        if question.mark is not None and not 0 <= question.mark < LARGEST_MARK:
            self._warn(question, "mark", f"a mark of {question.mark:g} is left out")
            question = msgspec.structs.replace(question, mark=None)
        match question:
            case MultipleChoice():
                return self._sound_choices(question)
            case ShortAnswer():
                return self._sound_short(question)
            case Numerical():
                return self._sound_numbers(question)
            case Matching():
                return self._sound_pairs(question)
            case Ordering():
                return self._sound_items(question)
            case Cloze():
                return self._sound_gaps(question)
            case Essay(min_words=int(least), max_words=int(most)) if least > most:
                self._warn(question, "words", f"at least {least} and at most {most} words: the upper limit is left out")
                return msgspec.structs.replace(question, max_words=None), ()
        return question, ()

    def _sound_choices(self, question: MultipleChoice) -> tuple[Question, Blocks]:
        choices = tuple(choice for choice in question.choices if shows(choice.content))
        if len(choices) < len(question.choices):
            self._warn(question, "empty", "an empty option is left out")
        if len(choices) < 2:
            return self._as_essay(question, "it has fewer than two options", _contents(choices))
        best, total = max(c.fraction for c in choices), sum(c.fraction for c in choices if c.fraction > 0)
        if best <= 0:
            self._warn(
                question,
                "no-key",
                "no option is marked as right: no answer will earn a mark",
                "mark the right one in the source, or in Moodle before the question is used",
            )
        elif question.single and best < 1:
            self._warn(question, "no-full", f"the best option is worth {best * 100:g} %, expected 100")
        elif not question.single and abs(total - 1) > 0.01:
            self._warn(question, "sum", f"the right options are worth {total * 100:g} % together, expected 100")
        return msgspec.structs.replace(question, choices=choices), ()

    def _sound_short(self, question: ShortAnswer) -> tuple[Question, Blocks]:
        answers = [answer for answer in question.answers if answer.text.strip()]
        best = max((answer.fraction for answer in answers), default=0.0)
        if best <= 0:
            listed = text_blocks("\n\n".join(as_typed(answer.text) for answer in answers))
            return self._as_essay(question, "it has no right answer", listed)
        if grade(best)[0] != "100":
            self._warn(
                question, "no-full", f"the best answer is worth {best * 100:g} %; Moodle needs 100, so it got 100"
            )
            answers = [msgspec.structs.replace(a, fraction=1.0) if a.fraction == best else a for a in answers]
        return msgspec.structs.replace(question, answers=tuple(answers)), ()

    def _sound_numbers(self, question: Numerical) -> tuple[Question, Blocks]:
        good = tuple(answer for answer in question.answers if _is_number(answer))
        for answer in question.answers:
            if answer not in good:
                self._warn(question, "number", f"{answer.value!r} ± {answer.tolerance!r} is no number; it is left out")
        if not any(answer.fraction > 0 for answer in good):
            listed = text_blocks("\n\n".join(answer.value for answer in question.answers))
            return self._as_essay(question, "it has no right answer", listed)
        return msgspec.structs.replace(question, answers=good), ()

    def _sound_pairs(self, question: Matching) -> tuple[Question, Blocks]:
        if lost := styles_of_letters(question):
            stated = f"its answers lose {' and '.join(lost)}: Moodle allows plain text only there"
            self._warn(question, "match-letters", stated)
        answers = [one_line(pair.answer) for pair in question.pairs]
        if any(len(answer) > LONGEST_MATCH for answer in answers):
            self._warn(question, "match-long", f"an answer is cut to the {LONGEST_MATCH} characters that Moodle allows")
        pairs = tuple(
            msgspec.structs.replace(pair, answer=text_blocks(kept))
            for pair, answer in zip(question.pairs, answers, strict=True)
            if (kept := cut(answer, LONGEST_MATCH))
        )
        if len(pairs) < len(question.pairs):
            self._warn(question, "empty", "a row without an answer is left out: Moodle would stop there")
        if sum(shows(pair.question) for pair in pairs) < 2:
            return self._as_essay(question, "it has fewer than two pairs", _pairs(pairs))
        return msgspec.structs.replace(question, pairs=pairs), ()

    def _sound_items(self, question: Ordering) -> tuple[Question, Blocks]:
        items = tuple(item for item in question.items if shows(item.content))
        if len(items) < len(question.items):
            self._warn(question, "empty", "an empty item is left out")
        if len(items) < LEAST_ITEMS:
            return self._as_essay(question, "it has fewer than two items", _contents(items))
        if len(set(items)) < len(items):
            stated = "two of its items are identical: Moodle treats them as one, and no order is right"
            self._warn(question, "items-same", stated, "word them differently in the source")
        return msgspec.structs.replace(question, items=items), ()

    def _sound_gaps(self, question: Cloze) -> tuple[Question, Blocks]:
        faults = [f"gap {n}: {fault}" for n, gap in enumerate(question.gaps, 1) if (fault := gap_error(gap))]
        if not question.gaps:
            faults = ["it has no gap"]
        if faults:
            listed = tuple(block for gap in question.gaps for block in text_blocks(" / ".join(_words(gap.answers))))
            return self._as_essay(question, "; ".join(faults), listed)
        return question, ()

    def _as_essay(self, question: Question, reason: str, notes: Blocks) -> tuple[Question, Blocks]:
        self._warn(
            question,
            "as-essay",
            f"{reason}; Moodle would stop the import there, so it is written as an essay question",
            "complete it in the source; what was there is in the notes for the grader",
        )
        text = cast("Blocks", tuple(_renamed_gaps(block) for block in question.text))
        essay = Essay(
            id=question.id,
            text=text,
            number=question.number,
            title=question.title,
            mark=question.mark,
            feedback=question.feedback,
            grader_notes=question.grader_notes,
            tags=question.tags,
            place=question.place,
        )
        return essay, notes

    def _warn(self, question: Question, code: str, message: str, advice: str = "") -> None:
        self.findings.append(
            warning(f"moodle-xml-{code}", f"question {question.id}: {message}", question.place, advice)
        )


def shows(blocks: Blocks) -> bool:
    """True when something is to be seen: letters, or a picture without a word."""
    plain = plain_text(blocks)
    if plain is not None:
        return bool(plain.strip())
    return bool(block_text(blocks).strip()) or b'"asset"' in msgspec.json.encode(blocks)


def _is_number(answer: NumericalAnswer) -> bool:
    value, tolerance = answer.value.strip(), answer.tolerance.strip()
    return (value == "*" or bool(NUMBER.fullmatch(value))) and (not tolerance or bool(NUMBER.fullmatch(tolerance)))


def _contents(parts: tuple[Choice, ...] | tuple[OrderingItem, ...]) -> Blocks:
    return tuple(block for part in parts for block in part.content)


def _pairs(pairs: tuple[Pair, ...]) -> Blocks:
    return tuple(block for pair in pairs for block in joined(pair.question, text(" – "), pair.answer))


def _words(answers: tuple[Answer, ...]) -> list[str]:
    return [as_typed(answer.text) for answer in answers]


def mapped(node: Any, change: Any) -> Any:
    """The same struct, tuple or value with every text changed."""
    if isinstance(node, str):
        return change(node)
    if isinstance(node, tuple):
        return tuple(mapped(part, change) for part in node)
    if isinstance(node, msgspec.Struct):
        fields = {name: mapped(getattr(node, name), change) for name in node.__struct_fields__ if name != "place"}
        return msgspec.structs.replace(node, **fields)
    return node


def _renamed_gaps(node: Any) -> Any:
    return mapped(node, lambda text: PLACEHOLDER.sub("_____", text))
