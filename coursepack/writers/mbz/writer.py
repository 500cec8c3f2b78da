"""A finished Moodle course: ``<course.id>.mbz``, a course backup («moodle2») written as Moodle 4.1.

Restored with Moodle's own «Restore» page. No users, no personal data; ids and dates come from the course, so that two
builds are byte-equal. The archive's parts are in ``coursepack.writers.mbz``.
"""

from __future__ import annotations

import msgspec

from coursepack.contents import contents
from coursepack.files.xml import legal
from coursepack.model.artifact import Artifact, Written
from coursepack.model.course import Course
from coursepack.moodle.text import plain_name
from coursepack.place import warning
from coursepack.writers import Context, Writer, cut
from coursepack.writers.mbz import archive, exam, image, scheme
from coursepack.writers.mbz.backup import Backup
from coursepack.writers.mbz.bank import Bank
from coursepack.writers.mbz.course import Author
from coursepack.writers.mbz.grades import Gradebook
from coursepack.writers.mbz.options import Options
from coursepack.writers.mbz.times import END_OF_DAY, moment


def write(course: Course, context: Context) -> Written:
    """The backup of a course."""
    options = context.options if isinstance(context.options, Options) else Options()
    course, mended = _speakable(course)
    problems: list[str] = []
    start = moment(options.start, context.timezone, problems=problems) if options.start else 0
    backup = Backup(course, context, start, dated=bool(start))
    if mended:
        backup.report(warning("mbz-character", "control characters, which XML cannot hold, are left out"))
    bank, times = Bank(backup, shared=options.bank == "course"), exam.times_of(backup, options)
    admits = course.exam is not None and bool(options.admission) and not exam.is_practice(course.exam, times)
    marking = scheme.scheme(backup, admits=admits)
    author = Author(backup, bank, marking, options, times)
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
    if options.image:
        image.draw(backup)
    short_name = plain_name(cut(options.short_name or course.about.code or course.id, archive.LONGEST_SHORT_NAME))
    whole = archive.Whole(short_name, course.about.description or course.about.aim, end, options)
    members = archive.members(backup, bank, Gradebook(backup, marking, options), whole)
    artifact = Artifact(
        name=f"{course.id}.mbz",
        format="moodle-backup",
        members=tuple(members),
        layers=("container", "mbz"),
        audience="teacher",
        title=course.title,
    )
    return Written((artifact,), tuple(backup.findings))


def _end(author: Author, problems: list[str]) -> int:
    """The declared last day; else when the exam closes, or the last week of a course without an exam ends."""
    backup, options = author.backup, author.options
    if options.end:
        return moment(options.end, backup.context.timezone, problems=problems, at=END_OF_DAY)
    if author.times.closes:
        return author.times.closes
    last = max((week.number for week in backup.course.weeks), default=0)
    return author.calendar.end_of(last) if last and backup.course.exam is None else 0


def _speakable(course: Course) -> tuple[Course, bool]:
    """The course without characters that stop a restore, and whether there were any."""
    data = msgspec.to_builtins(course)
    mended = _without_controls(data)
    return (course, False) if mended == data else (msgspec.convert(mended, Course), True)


def _without_controls(data: object) -> object:
    match data:
        case str():
            return legal(data)
        case dict():
            return {key: _without_controls(value) for key, value in data.items()}
        case list() | tuple():
            return type(data)(_without_controls(value) for value in data)
    return data


writer = Writer(
    name="moodle-backup",
    summary="Moodle course backup (.mbz, 4.1 and later): sections, books, forums, assignments, quizzes, gradebook",
    write=write,
    table="moodle-backup",
    options=Options,
)
