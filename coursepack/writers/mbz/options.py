"""What a course.toml says of its backup."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Percent = Annotated[float, msgspec.Meta(ge=0, le=100)]


class BackupOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[moodle-backup]`` of course.toml.

    ``start`` and ``end`` are the first and the last day of the course, ``exam_opens`` and ``exam_closes`` when the exam
    may be taken (ISO dates, with a time if one likes), ``exam_minutes`` its length; ``exam_levels`` how many questions
    of each level it draws. ``admission``: the rating, in per cent, that opens the exam; ``pass_mark`` the share of a
    maximum that passes; 0: none. ``letters``: the letters of the national scale. ``self_checks``: which self-checks
    have a grade. ``late_days``: how long after its due date a task is taken. ``expected``: activities are expected by
    the end of their week. ``course_completion``: the course is completed by its grade. ``bank``: where questions lie.
    ``one_section``: one section a page. ``announcements``, ``questions_forum``: these forums. ``glossary``: an activity
    or a page. ``descriptions``: what an activity is for, under its name. ``image``: a drawn picture of the course.
    ``papers``: put the printed papers in as files. ``criteria``: tasks are marked by the criteria they declare.
    ``outcomes``: declared learning outcomes are outcomes of the course.
    """

    short_name: str | None = None
    start: str | None = None
    end: str | None = None
    exam_opens: str | None = None
    exam_closes: str | None = None
    exam_minutes: Annotated[int, msgspec.Meta(ge=0)] = 0
    exam_levels: tuple[Annotated[int, msgspec.Meta(ge=0)], ...] = ()
    admission: Percent = 50.0
    pass_mark: Percent = 50.0
    letters: bool = True
    self_checks: Literal["self-marking", "all", "none"] = "self-marking"
    late_days: Annotated[int, msgspec.Meta(ge=0)] | None = None
    expected: bool = True
    course_completion: bool = True
    bank: Literal["course", "quiz"] = "course"
    one_section: bool = True
    announcements: bool = True
    questions_forum: bool = True
    glossary: Literal["activity", "page"] = "activity"
    descriptions: bool = True
    image: bool = True
    papers: bool = True
    criteria: bool = True
    outcomes: bool = True
