"""What must add up: hours by kind and in all, the weights of a grade."""

from __future__ import annotations

from collections.abc import Iterator

from coursepack.model.course import Course, Hours
from coursepack.place import Finding, note, warning
from coursepack.writers.papers.plan import PlanWeek, class_hours

_KINDS = (
    ("lecture", "lectures"),
    ("seminar", "seminars"),
    ("practical", "practical classes"),
    ("laboratory", "laboratory classes"),
    ("independent", "independent work"),
    ("supervised", "supervised independent work"),
)


def plan_findings(course: Course, weeks: list[PlanWeek]) -> Iterator[Finding]:
    """Where declared hours do not add up, and where the plan's totals are left to be filled by hand."""
    hours = course.about.hours
    if hours:
        yield from _by_kind(course, hours)
        yield from _whole(hours)
    lines = [line for week in weeks for line in week.rows if line.counts]
    for what, missing in (
        ("hours", sum(line.hours is None for line in lines)),
        ("points", sum(line.marks is None for line in lines)),
    ):
        if 0 < missing < len(lines):
            yield note(
                f"papers-{what}-partly",
                f"{missing} of {len(lines)} rows of the plan declare no {what}: their total is left blank",
                advice="state them in course.toml, or fill them in by hand",
            )
    grading = course.about.grading
    if grading and grading.weights:
        total = sum(weight.percent for weight in grading.weights)
        if abs(total - 100) > 0.01:
            yield warning("papers-weights", f"the weights of grading add up to {total:g} %, expected 100 %")


def _by_kind(course: Course, hours: Hours) -> Iterator[Finding]:
    for kind, plural in _KINDS:
        declared = getattr(hours, kind)
        parts: list[float | None] = [
            class_hours(s, course.about.class_hours) for _, s in course.sessions() if s.kind == kind
        ]
        parts += [a.hours for week in course.weeks for a in week.assignments if a.kind == kind]
        known = [part for part in parts if part is not None]
        complete = len(known) == len(parts)
        if declared is None or not known or (sum(known) <= declared and not complete):
            continue
        if abs(sum(known) - declared) > 0.01:
            yield warning(
                "papers-hours",
                f"the plan gives {sum(known):g} hours of {plural}, but {declared:g} are declared for the course",
                advice="correct about.hours or the hours of the sessions",
            )


def _whole(hours: Hours) -> Iterator[Finding]:
    parts = [getattr(hours, kind) for kind, _ in _KINDS]
    known = sum(part for part in parts if part is not None)
    contact = [part for part in parts[:4] if part is not None]
    complete = bool(contact) and hours.independent is not None
    if hours.total is not None and ((complete and abs(known - hours.total) > 0.01) or known > hours.total + 0.01):
        yield warning(
            "papers-hours-total",
            f"the hours by type add up to {known:g}, but {hours.total:g} are declared in all",
            advice="correct about.hours",
        )
