"""Moodle XML: the question bank of a course in named categories, for «Question bank → Import → Moodle XML».

Written from the behaviour of Moodle 4.5 (``question/format/xml/format.php``): categories are pseudo-questions that
hold for all questions behind them. The file streams: it is rendered once, kept packed (some 100 bytes a question) and
unpacked as often as it is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from lxml import etree

from coursepack.files.member import Member
from coursepack.model.artifact import Artifact, Bank, Written
from coursepack.model.course import Course
from coursepack.model.questions import Question
from coursepack.moodle.question_html import QuestionHtml
from coursepack.moodle.text import LONGEST_IDNUMBER, LONGEST_NAME, category_path, plain_name, short_idnumber
from coursepack.place import CoursepackError, Finding, error, note, warning
from coursepack.writers import Context, Writer, cut
from coursepack.writers.moodle import since
from coursepack.writers.moodle.question import Element, QuestionWriter, text_element
from coursepack.writers.question_bank import BankItem, Category, Entry, bank_entries, course_entries
from coursepack.writers.spool import CompressedSpool, FindingLimiter

__all__ = [
    "BankItem",
    "Category",
    "Entry",
    "MoodleXmlOptions",
    "bank_entries",
    "course_entries",
    "write",
    "write_bank",
    "writer",
]


class MoodleXmlOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``split``: at most so many questions a file. ``since``: an older file, whose questions are left out."""

    since: Path | None = None
    split: int | None = None


def write(course: Course, context: Context) -> Written:
    """The course's bank: a category a session with review questions, and the exam's."""
    return _written(course.id, course.id, course.title, lambda: course_entries(course), context, empty=note)


def write_bank(bank: Bank, context: Context) -> Written:
    """Questions without a course, in the categories that their file gave them."""
    return _written(bank.id, "", bank.title, lambda: bank_entries(bank), context, empty=error)


# --- the file -----------------------------------------------------------------------------------------------------


def _written(
    name: str,
    prefix: str,
    title: str,
    entries: Callable[[], Iterator[Entry]],
    context: Context,
    *,
    empty: Callable[..., Finding],
) -> Written:
    options = context.options if isinstance(context.options, MoodleXmlOptions) else MoodleXmlOptions()
    if options.split is not None and options.split < 1:
        raise CoursepackError(f"split = {options.split}, expected at least one question a file")
    earlier = since.read(options.since) if options.since else None
    maker = _Maker(prefix, QuestionWriter(context.assets), earlier)
    files = list(_files(maker.elements(entries()), options.split))
    findings = maker.findings()
    if not files:
        if earlier is not None and maker.seen:
            findings += (note("moodle-xml-nothing-new", "no question is new or changed, so no file was written"),)
        else:
            advice = "Moodle refuses a file without questions"
            findings += (
                empty("moodle-xml-empty", "there is no question, so no Moodle XML was written", advice=advice),
            )
    stem = f"{name}-questions" + ("-new" if earlier is not None else "")
    width = len(str(len(files)))
    artifacts = tuple(
        _artifact(f"{stem}-{number:0{width}d}.xml" if options.split else f"{stem}.xml", file, title)
        for number, file in enumerate(files, 1)
    )
    return Written(artifacts, findings)


def _artifact(name: str, file: CompressedSpool, title: str) -> Artifact:
    return Artifact(
        name=name,
        format="moodle-xml",
        members=(Member(name, file.chunks),),
        layers=("moodle-xml",),
        container="file",
        audience="teacher",
        title=title,
    )


def _files(elements: Iterator[Element], split: int | None) -> Iterator[CompressedSpool]:
    """Elements as files of at most ``split`` questions; each begins with the category that holds there."""
    pending, here = _Pending(), next(elements, None)
    while here is not None:
        packed = CompressedSpool()
        with etree.xmlfile(packed, encoding="UTF-8") as xml:
            xml.write_declaration()
            with xml.element("quiz"):
                xml.write("\n")
                pending.reopen()
                while here is not None:
                    if here.get("type") == "category":
                        pending.add(here)
                    elif split is not None and packed.questions >= split:
                        break
                    else:
                        for element in pending.take():
                            xml.write(element, pretty_print=True)
                        xml.write(here, pretty_print=True)
                        packed.questions += 1
                    here = next(elements, None)
                if here is None:
                    for element in pending.take():
                        xml.write(element, pretty_print=True)
        packed.close()
        if packed.questions:
            yield packed


class _Pending:
    """Categories that wait for a question; the last one is written again at the head of the next file."""

    def __init__(self) -> None:
        self._waiting: list[Element] = []
        self._last: Element | None = None

    def add(self, element: Element) -> None:
        self._waiting.append(element)

    def reopen(self) -> None:
        if self._last is not None:
            self._waiting.insert(0, self._last)

    def take(self) -> list[Element]:
        taken, self._waiting = self._waiting, []
        if taken:
            self._last = taken[-1]
        return taken


class _Maker:
    """Entries → elements, with idnumbers that are unique and short enough for Moodle."""

    def __init__(self, prefix: str, writer: QuestionWriter, earlier: since.Earlier | None) -> None:
        self.prefix = prefix
        self.writer = writer
        self.earlier = earlier
        self.seen = 0
        self._reported = FindingLimiter()
        self._idnumbers: set[str] = set()
        self._changed = 0
        self._gone = set(earlier.by_idnumber) if earlier else set()
        self._categories: set[tuple[str, ...]] = set()
        self._odd_names: set[str] = set()

    def elements(self, entries: Iterator[Entry]) -> Iterator[Element]:
        """Every category and every question that is to be written."""
        held: list[Element] = []
        for entry in entries:
            if isinstance(entry, Category):
                held.append(self._category(entry))
                continue
            self.seen += 1
            element = self._question(entry)
            self._reported.take(self.writer.findings)
            if self.earlier is not None and not self._is_new(element):
                continue
            # Moodle has the categories of an older file already: the one that holds here is enough.
            yield from held if self.earlier is None else held[-1:]
            held.clear()
            yield element
        if self.earlier is None:
            yield from held

    def findings(self) -> tuple[Finding, ...]:
        """What was noticed, complete when all elements were taken."""
        found = self._reported.all()
        if self.earlier is not None and self._changed:
            found += (
                note(
                    "moodle-xml-changed",
                    f"changed questions in the file: {self._changed}; Moodle adds each beside its old wording "
                    "and drops its idnumber",
                    advice="delete the old wording in the question bank before the import",
                ),
            )
        if self._gone:
            listed = ", ".join(sorted(self._gone)[:10]) + (", …" if len(self._gone) > 10 else "")
            found += (
                note("moodle-xml-gone", f"{len(self._gone)} questions of the older file are no longer here: {listed}"),
            )
        return found

    def _is_new(self, element: Element) -> bool:
        assert self.earlier is not None  # noqa: S101 - asked only then
        idnumber = element.findtext("idnumber") or ""
        known = idnumber in self.earlier.by_idnumber
        self._gone.discard(idnumber)
        if self.earlier.holds(element):
            return False
        self._changed += known
        return True

    def _question(self, item: BankItem) -> Element:
        question = item.question
        idnumber = self._idnumber(item.idnumber, question)
        return self.writer.element(question, name=item.name, idnumber=idnumber, tags=item.tags, notes=item.notes)

    def _idnumber(self, wanted: str, question: Question) -> str:
        idnumber = short_idnumber(wanted)
        if idnumber != wanted:
            self._warn(
                "idnumber-long",
                f"idnumber {wanted[:40]}… has {len(wanted)} characters, at most "
                f"{LONGEST_IDNUMBER}; {idnumber[-12:]} ends the one that was written",
                question,
            )
        if idnumber in self._idnumbers:
            number = 2
            stem = idnumber[: LONGEST_IDNUMBER - 8]
            while f"{stem}-{number}" in self._idnumbers:
                number += 1
            idnumber = f"{stem}-{number}"
            self._warn("idnumber-twice", f"the id {question.id} is there twice; {idnumber} was written", question)
        self._idnumbers.add(idnumber)
        return idnumber

    def _warn(self, code: str, message: str, question: Question) -> None:
        self._reported.take([warning(f"moodle-xml-{code}", message, question.place)])

    def _category(self, category: Category) -> Element:
        names = tuple(self._category_name(name, category) for name in category.names)
        path = category_path(names)
        element = etree.Element("question", type="category")
        text_element(etree.SubElement(element, "category"), path)
        first = names not in self._categories
        self._categories.add(names)
        info = etree.SubElement(element, "info", format="html")
        text_element(info, QuestionHtml(self.writer.assets).take(category.info)[0] if first else "")
        if category.id and first:
            # With the path in it: the same idnumber under another name would stop an import half-way.
            mark = hashlib.sha256(path.encode("utf-8", "replace")).hexdigest()[:8]
            stem = f"{self.prefix}-{category.id}"[: LONGEST_IDNUMBER - 9]
            etree.SubElement(element, "idnumber").text = f"{stem}-{mark}"
        return element

    def _category_name(self, name: str, category: Category) -> str:
        short = plain_name(cut(name, LONGEST_NAME)) or "…"
        if name not in self._odd_names and len(name) > LONGEST_NAME:
            reported = f"the category name «{name[:40]}…» has {len(name)} characters; it was cut to {LONGEST_NAME}"
            self._reported.take([warning("moodle-xml-category-long", reported, category.place)])
        if name not in self._odd_names and "/" in name:
            reported = f"the slash in the category name «{name[:60]}» is doubled in the path, so that Moodle shows it"
            self._reported.take([note("moodle-xml-category-slash", reported, category.place)])
        if len(name) > LONGEST_NAME or "/" in name:
            self._odd_names.add(name)
        return short


writer = Writer(
    name="moodle-xml",
    summary="Moodle XML: the question bank in categories, with idnumbers and tags",
    write=write,
    table="moodle",
    options=MoodleXmlOptions,
    write_bank=write_bank,
)
