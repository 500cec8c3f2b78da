"""The start page: what the course is for, its parts with minutes to read, its tasks; and what comes after a SCO."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from coursepack.contents import assignment_title
from coursepack.ims.lom import clean
from coursepack.languages.catalogues import Words
from coursepack.model.blocks import Blocks
from coursepack.model.course import Assignment, Course
from coursepack.pages import spoken
from coursepack.pages.teaching import due


@dataclass(frozen=True)
class Next:
    """Another part: its title, its item in the manifest, its page as seen from this one (none in another package)."""

    title: str
    item: str = ""
    href: str = ""


@dataclass(frozen=True)
class PartView:
    """A part of the course. ``keys``: of its pages, where they are in this SCO; else its SCO tells of them."""

    sco: str
    title: str
    minutes: int
    pages: int
    link: Next
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class TaskView:
    """A task: ``when`` it is due, as declared; ``week`` in which it stands; ``points`` at the most."""

    title: str
    link: Next
    when: str = ""
    week: str = ""
    points: str = ""


@dataclass(frozen=True)
class Start:
    """What the start page shows; what nobody said is empty. ``by``: who teaches it and where."""

    title: str
    by: str
    aim_title: str
    aim: Markup
    outcomes: tuple[str, ...]
    parts: tuple[PartView, ...]
    tasks: tuple[TaskView, ...]

    @property
    def minutes(self) -> int:
        return sum(part.minutes for part in self.parts)

    @property
    def texts(self) -> tuple[Markup, ...]:
        """What there is to read."""
        return (self.aim, *(Markup("<p>{}</p>").format(outcome) for outcome in self.outcomes))


def front(
    course: Course,
    say: Words,
    html: Callable[[Blocks], Markup],
    parts: Sequence[PartView],
    link: dict[str, Next],
) -> Start:
    """The start page of a course; a description stands under its own name where no aim was said."""
    about = course.about
    aim_title = say("Aim of the course") if about.aim else spoken(course.language)("Course description")
    by = (clean(name) for name in (about.university, *(teacher.name for teacher in about.teachers)) if name)
    return Start(
        clean(course.title) or course.id,
        " · ".join(by),
        aim_title,
        html(about.aim or about.description),
        tuple(clean(outcome) for outcome in about.outcomes),
        tuple(parts),
        tasks(course, say, link),
    )


def tasks(course: Course, say: Words, link: dict[str, Next]) -> tuple[TaskView, ...]:
    """The tasks of all weeks, those with a day or a week first in their order; ``link``: by id, where one can go."""
    found = [(week.number, task) for week in course.weeks for task in week.assignments]
    ordered = sorted(found, key=lambda one: one[1].due_week or one[0])
    return tuple(_task(number, task, say, course.language, link) for number, task in ordered)


def _task(number: int, task: Assignment, say: Words, language: str, link: dict[str, Next]) -> TaskView:
    title = clean(assignment_title(task, say)) or task.id
    spoken_of = spoken(language)
    points = "" if task.points is None else spoken_of("{points} points", points=say.number(task.points))
    return TaskView(
        title, link.get(task.id, Next(title)), due(task, language), say("Week {number}", number=number), points
    )
