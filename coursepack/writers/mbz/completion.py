"""When the course is completed: by its grade where a scheme was declared, else by its graded activities."""

from __future__ import annotations

from coursepack.writers.mbz.backup import Backup
from coursepack.writers.mbz.options import BackupOptions
from coursepack.writers.mbz.scheme import GradeScheme
from coursepack.writers.mbz.tree import Element, Value, leaves, node, root

ACTIVITY, GRADE = 4, 6
"""COMPLETION_CRITERIA_TYPE_ACTIVITY, COMPLETION_CRITERIA_TYPE_GRADE."""
ALL = 1
"""COMPLETION_AGGREGATION_ALL."""


def criteria(backup: Backup, scheme: GradeScheme, options: BackupOptions) -> Element | None:
    """completion.xml; None when nothing completes the course."""
    if not options.course_completion:
        return None
    rows: list[dict[str, Value]] = []
    if scheme.tops and options.pass_mark:
        rows.append(_row(GRADE, gradepass=options.pass_mark))
    else:
        graded = [one for one in backup.activities() if one.grade and one.visible and one.completion.own]
        rows += [_row(ACTIVITY, module=one.mod, moduleinstance=one.cmid) for one in graded]
    if not rows:
        return None
    found = root("course_completion")
    for row in rows:
        leaves(node(found, "course_completion_criteria", id=backup.new_id()), row)
    for kind in dict.fromkeys((None, rows[0]["criteriatype"])):
        values: dict[str, Value] = {"course": 0, "criteriatype": kind, "method": ALL, "value": None}
        leaves(node(found, "course_completion_aggr_methd", id=backup.new_id()), values)
    return found


def _row(kind: int, **values: Value) -> dict[str, Value]:
    empty: dict[str, Value] = dict.fromkeys(
        ("module", "moduleinstance", "courseinstanceshortname", "enrolperiod", "timeend", "gradepass", "role")
    )
    return {"course": 0, "criteriatype": kind, **empty, **values}
