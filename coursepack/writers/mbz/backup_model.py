"""A course as Moodle will have it, while it is not yet a file: what the whole backup and an update are made from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import count

from coursepack.contents import contents
from coursepack.model.course import Course
from coursepack.place import warning
from coursepack.writers import Context
from coursepack.writers.mbz import exam, scheme
from coursepack.writers.mbz.backup import FIRST_ID, Backup
from coursepack.writers.mbz.bank import BackupBank
from coursepack.writers.mbz.course import SectionWriter
from coursepack.writers.mbz.options import BackupOptions
from coursepack.writers.mbz.scheme import GradeScheme
from coursepack.writers.mbz.times import END_OF_DAY, moment


@dataclass
class BackupModel:
    """Sections with their activities, the question bank, the scheme of marks; ``end``: the last second, 0 for none."""

    backup: Backup
    bank: BackupBank
    scheme: GradeScheme
    options: BackupOptions
    end: int


def make(course: Course, context: Context, *, first: int = FIRST_ID, known: Collection[str] = ()) -> BackupModel:
    """The course as it will stand in Moodle. ``first`` is the first id of the file; ``known``: see ``Bank``."""
    options = context.options if isinstance(context.options, BackupOptions) else BackupOptions()
    problems: list[str] = []
    start = moment(options.start, context.timezone, problems=problems) if options.start else 0
    backup = Backup(course, context, start, dated=bool(start), ids=count(first))
    bank, times = BackupBank(backup, shared=options.bank == "course", known=known), exam.times_of(backup, options)
    admits = course.exam is not None and bool(options.admission) and not exam.is_practice(course.exam, times)
    marking = scheme.scheme(backup, admits=admits)
    author = SectionWriter(backup, bank, marking, options, times)
    author.write(contents(course))
    end = _end(author, problems)
    for problem in problems:
        backup.report(warning("mbz-time", problem))
    used: set[int] = set()
    for activity in backup.activities():
        if activity.grade:
            activity.grade_item = backup.new_id()
            used.add(activity.grade_category or marking.root_id)
    scheme.fill_empty(backup, marking, used)
    return BackupModel(backup, bank, marking, options, end)


def _end(author: SectionWriter, problems: list[str]) -> int:
    """The declared last day; else when the exam closes, or the last week of a course without an exam ends."""
    backup, options = author.backup, author.options
    if options.end:
        return moment(options.end, backup.context.timezone, problems=problems, at=END_OF_DAY)
    if author.times.closes:
        return author.times.closes
    last = max((week.number for week in backup.course.weeks), default=0)
    return author.calendar.end_of(last) if last and backup.course.exam is None else 0
