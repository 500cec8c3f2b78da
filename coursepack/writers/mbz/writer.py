"""A finished Moodle course: ``<course.id>.mbz``, a course backup («moodle2») written as Moodle 4.1.

Restored with Moodle's own «Restore» page. No users, no personal data; ids and dates come from the course, so that two
builds are byte-equal. The archive's parts are in ``coursepack.writers.mbz``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import msgspec

from coursepack.files.member import Member
from coursepack.files.xml import legal
from coursepack.model.artifact import Artifact, Written
from coursepack.model.course import Course
from coursepack.place import Finding, warning
from coursepack.writers import Context, EarlierBuild, Writer
from coursepack.writers.mbz import archive, image, update
from coursepack.writers.mbz.backup_model import BackupModel, make
from coursepack.writers.mbz.options import BackupOptions


def write(course: Course, context: Context) -> Written:
    """The backup of a course, and of what is new in it where an earlier build is given."""
    course, mended = _speakable(course)
    made = make(course, context)
    if mended:
        made.backup.report(warning("mbz-character", "control characters, which XML cannot hold, are left out"))
    if made.options.image:
        image.draw(made.backup)
    artifacts = [_artifact(made, f"{course.id}.mbz", archive.whole(made))]
    reported = list(made.backup.findings)
    if context.earlier:
        artifact, findings = _update(made, context, context.earlier)
        artifacts += artifact
        reported += findings
    return Written(tuple(artifacts), tuple(reported))


def _artifact(made: BackupModel, name: str, members: Iterator[Member]) -> Artifact:
    return Artifact(
        name=name,
        format="moodle-backup",
        members=tuple(members),
        layers=("container", "mbz"),
        audience="teacher",
        title=made.backup.course.title,
    )


def _update(made: BackupModel, context: Context, earlier: EarlierBuild) -> tuple[list[Artifact], list[Finding]]:
    """The backup of what is new or changed; none when nothing is."""
    course, _ = _speakable(earlier.course)
    found = update.since(made, earlier, course, replace(context, assets=earlier.assets, earlier=None))
    if not found:
        stated = "nothing is new or changed since the earlier build: there is no update to restore"
        return [], [warning("mbz-update-none", stated)]
    name = f"{made.backup.course.id}-update.mbz"
    part = update.build(made, found, earlier, context)
    return [_artifact(part, name, archive.part(part, name))], [*update.told(found, name)]


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
    options=BackupOptions,
)
