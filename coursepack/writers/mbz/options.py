"""What a course.toml says of its backup."""

from __future__ import annotations

from typing import Annotated

import msgspec


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[moodle-backup]`` of course.toml.

    ``start`` is the first day of the course, ``exam_opens`` and ``exam_closes`` when the exam may be taken (ISO dates,
    with a time if one likes), ``exam_minutes`` its length; ``exam_levels`` how many
    questions of each level it draws. ``papers``: put the printed papers in as files.
    """

    short_name: str | None = None
    start: str | None = None
    exam_opens: str | None = None
    exam_closes: str | None = None
    exam_minutes: Annotated[int, msgspec.Meta(ge=0)] = 0
    exam_levels: tuple[Annotated[int, msgspec.Meta(ge=0)], ...] = ()
    papers: bool = True
