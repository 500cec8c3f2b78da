"""An audit, or the verification of some bags, as a page with plots that can be printed, or a line of JSON a bag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coursepack import publish, visible
from coursepack.batch import report
from coursepack.batch.audit import Audit, BagRow, groups
from coursepack.files.resources import templates_dir
from coursepack.languages.messages import Messages
from coursepack.place import CoursepackError, Place
from coursepack.render import page_template
from coursepack.render.typst.pdf import installed

_PAPER = ".pdf"
_WIDE = 400
"""Units that the longest bar has."""
_AGES = ((30, "up to 30 days"), (90, "up to 90 days"), (365, "up to a year"), (10**9, "longer"))
_MOST = 1000
"""Sound bags that are named on a page; those with something to tell are all named."""


@dataclass(frozen=True)
class Bar:
    """A bar of a plot: its lengths in units of the drawing, its numbers."""

    label: str
    good: int
    bad: int
    numbers: tuple[int, int]


def check(path: Path) -> None:
    """Refuse a report of a kind that there is not. Raises ``CoursepackError``."""
    if path.suffix.lower() == _PAPER:
        if not installed():
            message = "a report in PDF needs Typst, which is not installed"
            advice = "pip install 'coursepack[print]', or name a .html: it can be printed"
            raise CoursepackError(message, Place(str(path)), advice)
        return
    report.check(path)


def write(path: Path, audits: Sequence[Audit], say: Messages) -> None:
    """Write the report. Raises ``CoursepackError`` where it cannot be written."""
    if path.suffix.lower() == _PAPER:
        from coursepack.batch import audit_paper

        publish.file(path, [audit_paper.pdf(audits, say)])
        return
    rows = [row for audit in audits for row in audit.rows]
    if path.suffix.lower() == ".jsonl":
        publish.file(path, (visible.json(row, indent=0) for row in rows))
        return
    failed = [row for row in rows if row.outcome != "pass" or row.signatures or row.codes]
    sound = [row for row in rows if row not in failed] if len(failed) < len(rows) else []
    page = page_template.fill(
        (templates_dir(),),
        "report",
        "audit.html",
        say=say,
        language=say.language,
        audits=audits,
        good=sum(row.outcome == "pass" for row in rows),
        bad=sum(row.outcome == "fail" for row in rows),
        unusable=sum(row.outcome == "unusable" for row in rows),
        checked=len(rows),
        groups=[(group.code, group.bags) for group in groups(rows)],
        told=[(row, [(one.severity.value, say(one)) for one in row.findings]) for row in failed],
        sound=[row.bag for row in sound[:_MOST]],
        more=max(len(sound) - _MOST, 0),
        years=_bars({year or "–": counted for year, counted in _years(rows).items()}),
        ages=[Bar(say(bar.label), bar.good, bar.bad, bar.numbers) for bar in _ages(audits)],
        width=_WIDE,
    )
    publish.file(path, [page.encode("utf-8", errors="backslashreplace")])


def _years(rows: Sequence[BagRow]) -> dict[str, tuple[int, int]]:
    good = Counter(row.year for row in rows if row.outcome == "pass")
    bad = Counter(row.year for row in rows if row.outcome != "pass")
    return {year: (good[year], bad[year]) for year in sorted({*good, *bad})}


def _ages(audits: Sequence[Audit]) -> list[Bar]:
    """How long ago the bags were verified before this."""
    counted: Counter[str] = Counter()
    for audit in audits:
        for age in audit.ages.values():
            counted["never" if age is None else next(label for most, label in _AGES if age <= most)] += 1
    labels = ["never", *(label for _, label in _AGES)]
    return _bars({label: (counted[label], 0) for label in labels if counted[label]})


def _bars(counted: dict[str, tuple[int, int]]) -> list[Bar]:
    most = max((sum(numbers) for numbers in counted.values()), default=0) or 1
    return [
        Bar(label, round(numbers[0] * _WIDE / most), round(numbers[1] * _WIDE / most), numbers)
        for label, numbers in counted.items()
    ]
