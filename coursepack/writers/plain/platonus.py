"""Tagged tests for Platonus and its kin, as text or as a Word document, with the checks of a department.

``platonus`` is the classic form: the first variant is right and no tag says so (with ``right = "tag"`` one does,
and several may be). ``platonus-levels`` has a ``<question1>``, ``<question2>`` or ``<question3>`` a level,
which the tag ``level-1`` … of a question names. What files hold stands in docs/question-banks.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

import msgspec

from coursepack.files.member import Member
from coursepack.languages.catalogues import words
from coursepack.model.artifact import Artifact, Bank, Written
from coursepack.model.blocks import Block, Blocks, Paragraph, Run, block_text, text_blocks
from coursepack.model.course import Course
from coursepack.model.questions import MultipleChoice, Question, TrueFalse
from coursepack.moodle.losses import combined, settings, styles
from coursepack.place import Finding, error, note, warning
from coursepack.render.docx_file import DocxFile
from coursepack.render.docx_new import new_package
from coursepack.render.docx_styles import styles_part
from coursepack.render.ooxml import OoxmlRenderer
from coursepack.render.plain import plain
from coursepack.render.wml import make, section
from coursepack.text.tagged import LEVEL_TAG, QUESTION, TAG, VARIANT, alike, goes_on, level_of
from coursepack.writers import Context, Writer
from coursepack.writers.plain.bank import left_out, lost
from coursepack.writers.question_bank import Category, Entry, bank_entries, course_entries
from coursepack.writers.spool import CompressedSpool, FindingLimiter

_RIGHT = "variantright"


class PlatonusOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``options``: how many each question must have, 0 for any number. ``right``: the first variant, or that with the
    tag ``<variantright>``. ``levels``: how many questions each level must have, empty for any. ``file``: text or Word.
    """

    options: int = 5
    right: Literal["first", "tag"] = "first"
    levels: tuple[int, ...] = (100, 100, 100)
    file: Literal["txt", "docx"] = "txt"


@dataclass(frozen=True)
class TaggedTest:
    """A question as its parts: tag name and content, the stem first."""

    question: Question
    parts: tuple[tuple[str, Blocks], ...]


@dataclass
class _TestBank:
    """The tests among the entries; ``findings`` tell what is wrong with others: an error in a bank that is handed over,
    a warning where a course has questions that are none of its tests."""

    name: str
    options: PlatonusOptions
    language: str
    findings: list[Finding]
    fault: Callable[..., Finding]
    levels: Counter[int] = field(default_factory=Counter)

    @property
    def by_level(self) -> bool:
        return self.name == "platonus-levels"

    @property
    def tagged(self) -> bool:
        return self.by_level or self.options.right == "tag"

    def tests(self, entries: Iterable[Entry]) -> Iterator[TaggedTest]:
        """A test a question that can be one."""
        for entry in entries:
            if not isinstance(entry, Category) and (choices := self._choices(entry.question)):
                level = level_of(entry.question.tags)
                if self.by_level and not level:
                    reason = f"it has no level (a tag {LEVEL_TAG}1, {LEVEL_TAG}2 …)"
                    self.findings.append(left_out(self.name, entry.question, reason))
                elif self._is_valid(entry.question, choices):
                    self.levels[level] += 1
                    yield self._test(entry.question, choices, level)
        if self.by_level:
            self._count_levels()

    def _choices(self, question: Question) -> list[tuple[Blocks, bool]]:
        match question:
            case MultipleChoice():
                return [(choice.content, choice.fraction > 0) for choice in question.choices]
            case TrueFalse():
                say = words(self.language, "moodle")
                return [(text_blocks(say("True")), question.answer), (text_blocks(say("False")), not question.answer)]
        self.findings.append(left_out(self.name, question, "tagged tests hold multiple choice only"))
        return []

    def _is_valid(self, question: Question, choices: list[tuple[Blocks, bool]]) -> bool:
        """What a department expects; what it does not find is an error."""
        found = list(self._faults(question, choices))
        for code, what, advice in found:
            message = f"question {question.id} is left out: it {what}"
            self.findings.append(self.fault(f"platonus-{code}", message, question.place, advice))
        return not found

    def _faults(self, question: Question, choices: list[tuple[Blocks, bool]]) -> Iterator[tuple[str, str, str]]:
        wanted = self.options.options
        if not question.text:
            yield "empty", "has no text", "write the question"
        if any(not blocks for blocks, _ in choices):
            yield "empty", "has an empty option", "write it, or remove it"
        if len(choices) < 2 or (wanted and len(choices) != wanted):
            advice = "[platonus] options = 0 of course.toml (or -O options=0) takes any number"
            yield "options", f"has {len(choices)} options, expected {wanted or 'two or more'}", advice
        right = sum(is_right for _, is_right in choices)
        if not right or (right > 1 and (self.by_level or not self.tagged)):
            advice = "name one right option" + (
                '; right = "tag" holds several' if right > 1 and not self.by_level else ""
            )
            yield "right", f"has {right} right options, expected one", advice
        texts = [alike(block_text(blocks)) for blocks, _ in choices if _is_text(blocks)]
        if len(set(texts)) < len(texts):
            yield "same", f"has two options {max(texts, key=texts.count)[:40]!r}", "reword one of them"
        if any(TAG.search(plain(blocks)) for blocks in (question.text, *(blocks for blocks, _ in choices))):
            yield "tag", "has a text that contains a tag of the format", "write it without angle brackets"

    def _test(self, question: Question, choices: list[tuple[Blocks, bool]], level: int) -> TaggedTest:
        name = f"{QUESTION}{level}" if self.by_level else QUESTION
        if not self.tagged:
            choices = sorted(choices, key=lambda choice: not choice[1])
        variants = ((_RIGHT if right and self.tagged else VARIANT, blocks) for blocks, right in choices)
        self._report_losses(question)
        return TaggedTest(question, ((name, question.text), *variants))

    def _report_losses(self, question: Question) -> None:
        what = settings(question)
        what += ["its feedback"] * bool(question.feedback or any(combined(question)))
        if isinstance(question, MultipleChoice):
            what += ["the feedback of its options"] * any(choice.feedback for choice in question.choices)
            right = {choice.fraction for choice in question.choices if choice.fraction > 0}
            partial = len(right) > 1 or any(choice.fraction < 0 for choice in question.choices)
            what += ["the marks of half-right options"] * partial
        if self.options.file == "txt":
            what += [f"its {style}" for style in styles(question)]
            what += ["the end of a line"] * any(
                goes_on(before, line) for blocks in _texts(question) for before, line in pairwise(_lines(blocks))
            )
        if what:
            self.findings.append(lost(self.name, question, what))

    def _count_levels(self) -> None:
        for level, wanted in enumerate(self.options.levels, 1):
            if self.levels[level] != wanted:
                message = f"level {level} has {self.levels[level]} questions, expected {wanted}"
                advice = "[platonus] levels = [] of course.toml (or -O levels=[]) takes any number"
                self.findings.append(self.fault("platonus-levels", message, None, advice))
        if self.options.levels and (more := sorted(level for level in self.levels if level > len(self.options.levels))):
            message = f"there are questions of level {more[-1]}, expected {len(self.options.levels)} levels"
            self.findings.append(
                self.fault("platonus-levels", message, None, "[platonus] levels names how many there are")
            )


def _is_text(blocks: Blocks) -> bool:
    return all(isinstance(block, Paragraph) for block in blocks)


def _texts(question: Question) -> Iterator[Blocks]:
    yield question.text
    if isinstance(question, MultipleChoice):
        yield from (choice.content for choice in question.choices)


def _lines(blocks: Blocks) -> list[str]:
    """The lines of a text without control characters and empty ones."""
    return [
        line
        for text in plain(blocks).split("\n")
        if (line := "".join(sign if sign.isprintable() else " " for sign in text).strip())
    ]


# --- the file -----------------------------------------------------------------------------------------------------


def _text(tests: Iterable[TaggedTest], reported: Callable[[], None]) -> CompressedSpool:
    """A line a part, or several; a blank line between questions."""
    file = CompressedSpool()
    for test in tests:
        lines = (
            "\n".join([f"<{name}>{first}", *more]) for name, blocks in test.parts for first, *more in [_lines(blocks)]
        )
        file.write(("\n".join(lines) + "\n\n").encode("utf-8", "replace"))
        file.questions += 1
        reported()
    file.close()
    return file


def _word(
    tests: Iterable[TaggedTest], context: Context, language: str, findings: list[Finding]
) -> tuple[DocxFile, int]:
    """A paragraph a part, with its pictures, formulas and tables; and how many questions there are."""
    body = make("body", [section()])
    file = DocxFile.open("platonus", new_package(body, styles_part(), headers={}, footers={}), language)
    render = OoxmlRenderer(file, context.assets, body="Normal")
    last, count = file.body[-1], 0
    for test in tests:
        count += 1
        for name, blocks in test.parts:
            for element in render.elements(_with_tag(name, blocks)):
                last.addprevious(element)
    file.set_language()
    findings.extend(render.findings)
    return file, count


def _with_tag(name: str, blocks: Blocks) -> tuple[Block, ...]:
    first, *more = blocks
    tag = Run(text=f"<{name}>")
    if isinstance(first, Paragraph):
        return (msgspec.structs.replace(first, content=(tag, *first.content)), *more)
    return (Paragraph(content=(tag,)), first, *more)


@dataclass(frozen=True)
class _Format:
    """One of the two writers."""

    name: str

    def write(self, course: Course, context: Context) -> Written:
        """The tests of a course as one file."""
        return self._written(course.id, course.title, course.language, course_entries(course), context, warning, note)

    def write_bank(self, bank: Bank, context: Context) -> Written:
        """The tests of a bank as one file."""
        return self._written(bank.id, bank.title, bank.language, bank_entries(bank), context, error, error)

    def _written(
        self,
        identifier: str,
        title: str,
        language: str,
        entries: Iterable[Entry],
        context: Context,
        fault: Callable[..., Finding],
        empty: Callable[..., Finding],
    ) -> Written:
        options = context.options if isinstance(context.options, PlatonusOptions) else PlatonusOptions()
        reported, findings = FindingLimiter(), list[Finding]()
        bank = _TestBank(self.name, options, language, findings, fault)
        name = f"{identifier}-questions.{self.name}.{options.file}"
        if options.file == "docx":
            word, count = _word(bank.tests(entries), context, language, findings)
            word.set_properties(title, "", template="coursepack/platonus.docx")
            members: tuple[Member, ...] = word.members()
            layers: tuple[str, ...] = ("container", "ooxml")
        else:
            file = _text(bank.tests(entries), lambda: reported.take(findings))
            count, members, layers = file.questions, (Member(name, file.chunks),), ("platonus",)
        reported.take(findings)
        if not count:
            message = "there is no question that tagged tests can hold, so no file was written"
            return Written((), (*reported.all(), empty("platonus-empty", message)))
        artifact = Artifact(
            name=name,
            format=self.name,
            members=members,
            layers=layers,
            container="zip" if options.file == "docx" else "file",
            audience="teacher",
            title=title,
        )
        return Written((artifact,), reported.all())


def _writer(name: str, summary: str) -> Writer:
    result = _Format(name)
    return Writer(
        name=name,
        summary=summary,
        write=result.write,
        table="platonus",
        options=PlatonusOptions,
        default=False,
        write_bank=result.write_bank,
    )


classic = _writer("platonus", "tests in tags for Platonus: the first variant is right")
levels = _writer("platonus-levels", "tests in tags by level: <question1>, <question2>, <question3>")
