"""The question table as CSV and XLSX: one question a row, as docs/question-table.md says."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from coursepack.files import cells
from coursepack.model.artifact import Artifact, Bank, Written
from coursepack.model.blocks import Blocks, Code, block_text
from coursepack.model.course import Course
from coursepack.model.questions import (
    Answer,
    Choice,
    Cloze,
    Description,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Ordering,
    Question,
    ShortAnswer,
    TrueFalse,
    shares,
)
from coursepack.moodle.losses import combined, styles
from coursepack.moodle.text import PLACEHOLDER, gap_text, join_names
from coursepack.place import Finding, error, note, warning
from coursepack.render.plain import has_lines, one_line, plain
from coursepack.writers import Context, Writer
from coursepack.writers.plain.bank import PlainFormat, lost
from coursepack.writers.question_bank import Category, Entry, bank_entries, course_entries
from coursepack.writers.spool import FindingLimiter
from coursepack.writers.workbook import members_of

COLUMNS = (
    *("id", "type", "category", "title", "text", "options", "key", "mark", "feedback", "option feedback"),
    *("grader notes", "template", "tags", "printed", "variant of", "session", "settings"),
)
MOST_ROWS = 1_048_576

_TYPES: dict[type, str] = {
    Essay: "essay",
    TrueFalse: "true-false",
    ShortAnswer: "short-answer",
    Numerical: "numerical",
    Matching: "matching",
    Ordering: "ordering",
    Cloze: "cloze",
    Description: "description",
}
# Setting → field of a question whose items are put in order.
_ORDERING = {
    "layout": "layout",
    "select": "select",
    "count": "select_count",
    "grading": "grading",
    "show-grading": "show_grading",
    "numbering": "numbering",
}


class CsvOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``delimiter``: ``;`` opens by a double click where Windows is Kazakh or Russian, ``,`` where it is English."""

    delimiter: Literal[";", ","] = ";"


def rows(
    entries: Iterable[Entry], name: str, findings: list[Finding], *, point: Literal[".", ","] = "."
) -> Iterator[list[str]]:
    """A row a question, its cells in the order of ``COLUMNS``; ``name`` is the format's, for findings.

    ``point`` parts decimals: a Russian or Kazakh Excel makes a date of «1.5» in a CSV.
    """
    category = ""
    for entry in entries:
        if isinstance(entry, Category):
            category = join_names(entry.names)
            continue
        row = _Row(entry.question, name, findings, point)
        filled = row.cells() | {"category": category}
        what = [f"its {style}" for style in styles(entry.question)] + row.lost
        if what:
            findings.append(lost(name, entry.question, what))
        yield [_cell(filled.get(column, ""), entry.question, name, findings) for column in COLUMNS]


class _Row:
    """One question as cells; ``lost`` says what no column holds."""

    def __init__(self, question: Question, name: str, findings: list[Finding], point: str) -> None:
        self.question = question
        self.point = point
        self.name = name
        self.findings = findings
        self.lost: list[str] = []

    def cells(self) -> dict[str, str]:
        """Column → text; a column that is empty is left out."""
        question = self.question
        common = {
            "id": question.id,
            "type": self._type(),
            "title": question.title or "",
            "text": _paragraphs(question.text),
            "mark": "" if question.mark is None else self._decimal(f"{question.mark:g}"),
            "feedback": _paragraphs(question.feedback),
            "grader notes": _paragraphs(question.grader_notes),
            "tags": ", ".join(" ".join(tag.replace(",", " ").split()) for tag in question.tags),
            "printed": question.printed or "",
            "variant of": question.variant_of or "",
            "session": question.session or "",
        }
        return common | self._specific()

    def _type(self) -> str:
        if isinstance(self.question, MultipleChoice):
            return "multiple-choice" if self.question.single else "multiple-response"
        return _TYPES[type(self.question)]

    def _specific(self) -> dict[str, str]:
        match self.question:
            case Essay() as question:
                return {"template": _paragraphs(question.template), "settings": _essay_settings(question)}
            case MultipleChoice() as question:
                return self._choices(question)
            case TrueFalse() as question:
                remarks = [self._line(question.true_feedback), self._line(question.false_feedback)]
                return {"key": "true" if question.answer else "false", "option feedback": _lines(remarks)}
            case ShortAnswer() as question:
                case_counts = "case=yes" if question.case_sensitive else ""
                return self._answers([answer.text for answer in question.answers], question.answers) | {
                    "settings": case_counts
                }
            case Numerical() as question:
                values = [self._decimal(_number(answer)) for answer in question.answers]
                return self._answers(values, question.answers) | {
                    "settings": f"unit={question.unit}" if question.unit else ""
                }
            case Matching() as question:
                pairs = [f"{self._line(pair.question)} -> {self._line(pair.answer)}" for pair in question.pairs]
                return {"options": _lines(pairs), "settings": "" if question.shuffle else "shuffle=no"}
            case Ordering() as question:
                return self._items(question)
            case Cloze() as question:
                return {"text": self._with_gaps(question)}
        return {}

    def _choices(self, question: MultipleChoice) -> dict[str, str]:
        self._report_combined()
        options = [self._line(choice.content) for choice in question.choices]
        if not all(options):
            self.findings.append(
                warning(f"{self.name}-empty", f"question {question.id}: an option is empty", question.place)
            )
        settings = ["shuffle=no"] * (not question.shuffle)
        settings += [f"numbering={question.numbering}"] * (question.numbering != "abc")
        return {
            "options": _lines(options),
            "key": _key(question.choices, single=question.single),
            "option feedback": _lines([self._line(choice.feedback) for choice in question.choices]),
            "settings": "; ".join(settings),
        }

    def _items(self, question: Ordering) -> dict[str, str]:
        self._report_combined()
        usual = Ordering(id=question.id, text=(), items=())
        stated = {name: getattr(question, field) for name, field in _ORDERING.items()}
        changed = {name: value for name, value in stated.items() if value != getattr(usual, _ORDERING[name])}
        settings = [f"{name}={'no' if value is False else value}" for name, value in changed.items()]
        return {
            "options": _lines([self._line(item.content) for item in question.items]),
            "settings": "; ".join(settings),
        }

    def _report_combined(self) -> None:
        if any(combined(self.question)):
            self.lost.append("its combined feedback")

    def _answers(self, values: list[str], answers: Sequence[Answer | NumericalAnswer]) -> dict[str, str]:
        worth = [answer.fraction for answer in answers]
        full = all(fraction == 1 for fraction in worth)
        return {
            "options": _lines([_one_line(value) for value in values]),
            "key": "" if full else ", ".join(_weighted(place, fraction) for place, fraction in enumerate(worth)),
            "option feedback": _lines([self._line(answer.feedback) for answer in answers]),
        }

    def _with_gaps(self, question: Cloze) -> str:
        left = {
            number: gap_text(gap, tuple(_one_line(block_text(answer.feedback)) for answer in gap.answers))
            for number, gap in enumerate(question.gaps, 1)
        }
        text = PLACEHOLDER.sub(lambda found: left.pop(int(found[1]), "_____"), _paragraphs(question.text))
        return "\n".join([text, *left.values()])

    def _decimal(self, number: str) -> str:
        return number.replace(",", ".").replace(".", self.point)

    def _line(self, blocks: Blocks) -> str:
        if has_lines(blocks) and "paragraphs of an option" not in self.lost:
            self.lost.append("paragraphs of an option")
        return one_line(blocks)


def _key(choices: tuple[Choice, ...], *, single: bool) -> str:
    """«B», «A, C», or with weights where the letters alone would not say them."""
    worth = [choice.fraction for choice in choices]
    usual = shares([fraction > 0 for fraction in worth], single=single)
    if all(abs(fraction - stated) < _ALIKE for fraction, stated in zip(worth, usual, strict=True)):
        return ", ".join(letter(place) for place, fraction in enumerate(worth) if fraction > 0)
    return ", ".join(_weighted(place, fraction) for place, fraction in enumerate(worth) if fraction)


_ALIKE = 1e-4
"""Between fractions that mean the same: Moodle's have five digits."""


def _weighted(place: int, fraction: float) -> str:
    return f"{letter(place)} {fraction * 100:.5f}".rstrip("0").rstrip(".") + "%"


def letter(place: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _number(answer: NumericalAnswer) -> str:
    tolerance = answer.tolerance.strip()
    return answer.value if tolerance in {"", "0"} else f"{answer.value}:{tolerance}"


def _essay_settings(question: Essay) -> str:
    fields = {
        "lines": question.response_lines,
        "min-words": question.min_words,
        "max-words": question.max_words,
        "attachments": question.attachments or None,
    }
    return "; ".join(f"{name}={value}" for name, value in fields.items() if value is not None)


def _paragraphs(blocks: Blocks) -> str:
    # A question that begins with a listing keeps its indentation.
    return plain(blocks).rstrip().lstrip("\n") if isinstance(next(iter(blocks), None), Code) else plain(blocks).strip()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _lines(lines: list[str]) -> str:
    return "\n".join(lines) if any(lines) else ""


def _cell(text: str, question: Question, name: str, findings: list[Finding]) -> str:
    """A cell's text within what a sheet can hold."""
    clean = cells.without_controls(text)
    if clean != text:
        findings.append(
            warning(f"{name}-character", f"question {question.id}: a control character was left out", question.place)
        )
    kept = cells.cut(clean)
    if kept != clean:
        message = f"question {question.id}: a text of {len(clean)} characters was cut to the {cells.LONGEST} of a cell"
        findings.append(warning(f"{name}-long", message, question.place))
    return kept


# --- CSV ----------------------------------------------------------------------------------------------------------


def _csv(context: Context) -> PlainFormat:
    options = context.options if isinstance(context.options, CsvOptions) else CsvOptions()

    def pieces(entries: Iterable[Entry], language: str, findings: list[Finding]) -> Iterator[str]:
        for row in rows(entries, "csv", findings, point="," if options.delimiter == ";" else "."):
            yield cells.csv_row(row, options.delimiter)

    # The byte order mark is what tells Excel that the file is UTF-8.
    return PlainFormat("csv", "csv", pieces, head="\ufeff" + cells.csv_row(COLUMNS, options.delimiter))


csv_writer = Writer(
    name="csv",
    summary="The question table as CSV, for Excel and LibreOffice",
    write=lambda course, context: _csv(context).write(course, context),
    table="csv",
    options=CsvOptions,
    default=False,
    write_bank=lambda bank, context: _csv(context).write_bank(bank, context),
)


# --- XLSX ---------------------------------------------------------------------------------------------------------

_WIDTHS = {"text": 70, "options": 45, "category": 30, "title": 30, "feedback": 30, "option feedback": 30}


def _write_xlsx(course: Course, context: Context) -> Written:
    return _xlsx(course.id, course.title, course_entries(course), empty=note)


def _write_bank_xlsx(bank: Bank, context: Context) -> Written:
    return _xlsx(bank.id, bank.title, bank_entries(bank), empty=error)


def _xlsx(name: str, title: str, entries: Iterable[Entry], *, empty: Callable[..., Finding]) -> Written:
    reported, findings = FindingLimiter(), list[Finding]()
    book, count = _book(entries, findings, reported)
    if not count:
        return Written((), (*reported.all(), empty("xlsx-empty", "there is no question, so no table was written")))
    if count >= MOST_ROWS:
        message = f"{count} questions, a sheet holds {MOST_ROWS - 1}"
        return Written((), (*reported.all(), error("xlsx-rows", message, advice="write CSV instead")))
    artifact = Artifact(
        name=f"{name}-questions.xlsx",
        format="xlsx",
        members=tuple(members_of(book)),
        layers=("container",),
        audience="teacher",
        title=title,
    )
    return Written((artifact,), reported.all())


def _book(entries: Iterable[Entry], findings: list[Finding], reported: FindingLimiter) -> tuple[bytes, int]:
    """A workbook's bytes, and how many questions are in it."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("questions")
    sheet.freeze_panes = "A2"
    for place, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(column, 15)
    wrapped, bold = Alignment(wrap_text=True, vertical="top"), Font(bold=True)

    def cell(text: str) -> object:
        if not text:
            return None
        result = cells.workbook_cell(sheet, text)
        result.alignment = wrapped
        return result

    head = [cells.workbook_cell(sheet, column) for column in COLUMNS]
    for result in head:
        result.font = bold
    sheet.append(head)
    count = 0
    for row in rows(entries, "xlsx", findings):
        count += 1
        reported.take(findings)
        if count < MOST_ROWS:
            sheet.append([cell(text) for text in row])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue(), count


xlsx_writer = Writer(
    name="xlsx",
    summary="The question table as an Excel workbook",
    write=_write_xlsx,
    default=False,
    write_bank=_write_bank_xlsx,
)
