"""Aiken: multiple choice with one key as the plainest text there is, imposed by some universities.

Written as Moodle 4.5 reads it (``question/format/aiken/format.php``): the question on one line, options ``A)`` … with
Latin capitals, ``ANSWER: A``; no blank line inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from coursepack.languages.catalogues import words
from coursepack.model.blocks import Blocks
from coursepack.model.questions import MultipleChoice, Question, TrueFalse
from coursepack.moodle.losses import settings, styles
from coursepack.place import Finding, note, warning
from coursepack.render.plain import has_lines, plain
from coursepack.writers import Writer
from coursepack.writers.plain.bank import PlainFormat, left_out, lost
from coursepack.writers.question_bank import Category, Entry

MOST_OPTIONS = 26
# A line that Moodle would take for an option or a key.
_TAKEN = re.compile(r"[A-Z][).]|ANSWER:")


def pieces(entries: Iterable[Entry], language: str, findings: list[Finding]) -> Iterator[str]:
    """A piece a question that Aiken can hold."""
    for entry in entries:
        if isinstance(entry, Category):
            continue
        found = _options(entry.question, language, findings)
        if found is not None:
            yield _piece(entry.question, *found, findings)


def _options(question: Question, language: str, findings: list[Finding]) -> tuple[list[str], int] | None:
    """The options as lines and the place of the right one, or None for a question that Aiken cannot hold."""
    reason = ""
    match question:
        case TrueFalse():
            say = words(language, "moodle")
            findings.append(
                note("aiken-true-false", f"question {question.id} becomes a choice of two options", question.place)
            )
            return [say("True"), say("False")], 0 if question.answer else 1
        case MultipleChoice():
            shown = [(line, choice) for choice in question.choices if (line := _line(choice.content))]
            right = [index for index, (_, choice) in enumerate(shown) if choice.fraction >= 0.999]
            if not question.single:
                reason = "more than one option may be ticked"
            elif len(shown) < 2:
                reason = "it has fewer than two options"
            elif len(shown) > MOST_OPTIONS:
                reason = f"it has {len(shown)} options, Aiken has {MOST_OPTIONS} letters"
            elif len(right) != 1:
                reason = "no option is right" if not right else f"{len(right)} options are right"
            else:
                return [line for line, _ in shown], right[0]
        case _:
            reason = "Aiken holds multiple choice only"
    findings.append(left_out("aiken", question, reason))
    return None


def _piece(question: Question, options: list[str], right: int, findings: list[Finding]) -> str:
    text = _line(question.text) or question.id
    if _TAKEN.match(text) or len(text) < 2:
        findings.append(
            warning(
                "aiken-first-letters",
                f"question {question.id} begins like an option or a key; a dash was put before it",
                question.place,
            )
        )
        text = f"– {text}"
    what = [f"its {name}" for name in styles(question)] + settings(question)
    what += ["its paragraphs"] * any(has_lines(blocks) for blocks in _asked(question))
    what += ["its feedback"] * bool(question.feedback)
    if isinstance(question, MultipleChoice):
        what += ["the feedback of its options"] * any(choice.feedback for choice in question.choices)
        partial = any(choice.fraction not in {0.0, 1.0} for choice in question.choices)
        what += ["the marks of half-right options"] * partial
    elif isinstance(question, TrueFalse):
        what += ["the feedback of its options"] * bool(question.true_feedback or question.false_feedback)
    if what:
        findings.append(lost("aiken", question, what))
    lines = [text, *(f"{chr(ord('A') + place)}) {option}" for place, option in enumerate(options))]
    return "\n".join([*lines, f"ANSWER: {chr(ord('A') + right)}"]) + "\n\n"


def _asked(question: Question) -> Iterator[Blocks]:
    yield question.text
    if isinstance(question, MultipleChoice):
        yield from (choice.content for choice in question.choices)


def _line(blocks: Blocks) -> str:
    """Blocks on one line, without control characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in plain(blocks)).split())


_FORMAT = PlainFormat("aiken", "aiken.txt", pieces)

writer = Writer(
    name="aiken",
    summary="Aiken: multiple choice with one key as plain text",
    write=_FORMAT.write,
    default=False,
    write_bank=_FORMAT.write_bank,
)
