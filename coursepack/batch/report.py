"""What became of many courses, packages or bags: one screen, a page, and a line of JSON each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coursepack import publish, visible
from coursepack.batch.ledger import EditionRow
from coursepack.files.resources import templates_dir
from coursepack.languages import messages
from coursepack.languages.messages import Messages
from coursepack.place import CoursepackError, Finding, Place, Severity
from coursepack.render import page_template

KINDS = (".html", ".jsonl")


@dataclass
class ErrorGroup:
    """One thing that went wrong, with every course of which it is said: the code, a message of it, and what to do."""

    code: str
    severity: Severity
    message: str
    advice: str
    courses: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Summary:
    """The figures of a run, ``seconds`` from its beginning to its end."""

    found: int
    built: int
    unchanged: int
    failed: int
    lost: int
    warned: int
    seconds: float

    @property
    def rate(self) -> float:
        """Courses a second."""
        return self.found / self.seconds if self.seconds else 0.0


def summary(rows: Iterable[EditionRow], seconds: float) -> Summary:
    """The figures of these rows."""
    counted: Counter[str] = Counter()
    for row in rows:
        counted["found"] += 1
        counted[_word(row)] += 1
        counted["warned"] += not row.failed and bool(row.findings)
    return Summary(
        found=counted["found"],
        built=counted["built"],
        unchanged=counted["unchanged"],
        failed=counted["failed"],
        lost=counted["lost"],
        warned=counted["warned"],
        seconds=seconds,
    )


def _word(row: EditionRow) -> str:
    """Which of the figures a row counts in."""
    if row.failed:
        return "lost" if row.state == "lost" else "failed"
    return "unchanged" if row.as_before else "built"


def groups(rows: Iterable[EditionRow]) -> list[ErrorGroup]:
    """What stopped courses, what stopped most of them first. Findings of one code and one message are one thing,
    whatever of one course is named in the message."""
    found: dict[tuple[str, str], ErrorGroup] = {}
    for row in rows:
        for finding in _first_errors(row):
            group = found.setdefault(
                (finding.code, messages.form(finding.message)),
                ErrorGroup(finding.code, finding.severity, finding.message, finding.advice),
            )
            group.courses.append(row.course)
    return sorted(found.values(), key=lambda group: (-len(group.courses), group.code, group.message))


def _first_errors(row: EditionRow) -> Iterator[Finding]:
    """The errors of a course, one of a code."""
    seen: set[str] = set()
    for finding in row.findings:
        if finding.severity is Severity.ERROR and finding.code not in seen:
            seen.add(finding.code)
            yield finding


def check(path: Path) -> None:
    """Refuse a report of a kind that there is not, before anything is done. Raises ``CoursepackError``."""
    if path.suffix.lower() not in KINDS:
        raise CoursepackError(f"unknown file extension of a report, expected {' or '.join(KINDS)}", Place(str(path)))


def write(path: Path, rows: Sequence[EditionRow], figures: Summary, say: Messages) -> None:
    """Write a report: a page for people, its words as ``say`` says them, or a line of JSON for each row. Raises
    ``CoursepackError`` where it cannot be written."""
    if path.suffix.lower() == ".jsonl":
        publish.file(path, (visible.json(row, indent=0) for row in rows))
        return
    page = page_template.fill(
        (templates_dir(),),
        "report",
        "page.html",
        rows=[(row, _said(row, say)) for row in sorted(rows, key=_worst_first)],
        figures=figures,
        groups=groups(rows),
        say=say,
        language=say.language,
    )
    publish.file(path, [page.encode("utf-8", errors="backslashreplace")])


def _said(row: EditionRow, say: Messages) -> list[tuple[str, str]]:
    """The findings of a row, each with how bad it is."""
    return [(finding.severity.value, say(finding)) for finding in row.findings]


def _worst_first(row: EditionRow) -> tuple[int, str]:
    return (0 if row.state == "lost" else 1 if row.failed else 2 if row.findings else 3), row.course
