"""How a course is marked, as categories of a gradebook: the declared shares, and periods that end with their controls.

A control («РК1») that lies in the category of the coursework divides it: the items of the weeks up to the control go
to a category of its name, together with the control itself. Where the shares name the controls («РК1 30, РК2 30,
exam 40») they are those categories. Several shares before an exam that a rating opens are gathered into one: a
condition looks at one mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from coursepack import languages
from coursepack.model.course import GradeWeight, Grading, Interim
from coursepack.place import note
from coursepack.writers.mbz.backup import Backup

# preset → (name, per cent); the last one is the exam's. The words are of «backup» catalogues.
PRESETS: dict[str, tuple[tuple[str, float], ...]] = {
    "60/40": (("Admission rating", 60.0), ("Exam", 40.0)),
    "60/10/30": (("Interim controls (RC1, RC2)", 60.0), ("Midterm exam (MT)", 10.0), ("Final control (FC)", 30.0)),
}
_EXAM_WORDS, _INTERIM_WORDS = languages.words("exam-category"), languages.words("interim-category")


@dataclass(eq=False)
class GradeCategory:
    """A category; ``weight`` is its share within ``parent`` (None: the course itself). ``strict``: what is not yet
    graded counts as nothing in it."""

    id: int
    item: int
    name: str
    weight: float
    parent: GradeCategory | None = None
    parts: list[GradeCategory] = field(default_factory=list)
    strict: bool = False

    def walk(self) -> Iterator[GradeCategory]:
        """The category, then all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True)
class Manual:
    """An item that a teacher fills in."""

    id: int
    category: int
    name: str
    points: float
    key: str


@dataclass
class GradeScheme:
    """``tops`` are the categories of the course, none when nothing was declared: then all items lie in ``root_id``."""

    root_id: int
    root_item: int
    tops: list[GradeCategory] = field(default_factory=list)
    coursework: GradeCategory | None = None
    exam: GradeCategory | None = None
    periods: list[tuple[int, GradeCategory]] = field(default_factory=list)
    manual: list[Manual] = field(default_factory=list)

    @property
    def categories(self) -> list[GradeCategory]:
        """All of them, each before its parts."""
        return [one for top in self.tops for one in top.walk()]

    @property
    def rating(self) -> GradeCategory | None:
        """The one category of all that is earned before the exam."""
        others = [top for top in self.tops if top is not self.exam]
        return others[0] if len(others) == 1 else None

    def of_week(self, number: int) -> int:
        """The category of a week's items."""
        for last, category in self.periods:
            if number <= last:
                return category.id
        found = self.periods[-1][1] if self.periods else self.coursework
        return found.id if found else self.root_id

    @property
    def of_exam(self) -> int:
        return self.exam.id if self.exam else self.root_id


def scheme(backup: Backup, *, admits: bool = False) -> GradeScheme:
    """The categories and controls that the course declares. ``admits``: a rating opens the exam."""
    result = GradeScheme(backup.new_id(), backup.new_id())
    declared = backup.course.about.grading
    controls = sorted(declared.interim if declared else (), key=lambda control: control.after_week)
    result.tops = [_category(backup, weight.name, weight.percent) for weight in _weights(backup)]
    if result.tops:
        _roles(result, controls)
    homes = [_home(result, control) for control in controls]
    if sum(home is result.coursework for home in homes) > 1 and result.coursework:
        _periods(backup, result, controls, homes)
    for number, (control, home) in enumerate(zip(controls, homes, strict=True), 1):
        points = control.points if control.points is not None else 100.0
        category = home.id if home else result.root_id
        result.manual.append(Manual(backup.new_id(), category, backup.name(control.name), points, f"interim-{number}"))
    if admits:
        _gather(backup, result)
    return result


def fill_empty(backup: Backup, result: GradeScheme, used: set[int]) -> None:
    """An item to fill in for each category that would have none: a share that nothing can earn is lost to everybody."""
    used = used | {item.category for item in result.manual}
    for number, category in enumerate(result.categories, 1):
        if not category.parts and category.id not in used:
            result.manual.append(Manual(backup.new_id(), category.id, category.name, 100.0, f"share-{number}"))


def _category(backup: Backup, name: str, weight: float, parent: GradeCategory | None = None) -> GradeCategory:
    result = GradeCategory(backup.new_id(), backup.new_id(), backup.name(name), weight, parent)
    if parent:
        parent.parts.append(result)
    return result


def _gather(backup: Backup, result: GradeScheme) -> None:
    """Puts several shares before the exam into one category, in which they weigh as much as they did: the total stays
    what it was."""
    shares = [top for top in result.tops if top is not result.exam]
    if len(shares) > 1 and result.exam:
        total = sum(share.weight for share in shares)
        rating = replace(_category(backup, backup.say("Admission rating"), total), parts=shares, strict=True)
        for share in shares:
            share.parent = rating
        result.tops = [rating, result.exam]


def _roles(result: GradeScheme, controls: list[Interim]) -> None:
    """Which category is the exam's and which that of the coursework."""
    tops = result.tops
    named = (top for top in reversed(tops) if any(word in top.name.casefold() for word in _EXAM_WORDS))
    result.exam = next(named, tops[-1] if len(tops) > 1 else None)
    others = [top for top in tops if top is not result.exam] or tops
    plain = [top for top in others if not any(_same(control, top) for control in controls)]
    result.coursework = (plain or others)[0]
    result.exam = result.exam or tops[0]
    if not plain:
        result.periods = [(control.after_week, top) for control in controls for top in others if _same(control, top)]


def _periods(backup: Backup, result: GradeScheme, controls: list[Interim], homes: list[GradeCategory | None]) -> None:
    """Divides the coursework by its controls; ``homes`` then names the parts."""
    inside = [number for number, home in enumerate(homes) if home is result.coursework]
    for number in inside:
        homes[number] = part = _category(backup, controls[number].name, 100.0 / len(inside), result.coursework)
        result.periods.append((controls[number].after_week, part))


def _home(result: GradeScheme, control: Interim) -> GradeCategory | None:
    """The category that is the control's own, that names it, that is for such controls; else the coursework's."""
    others = [top for top in result.tops if top is not result.exam]
    for fits in (_same, _named, _for_controls):
        for top in others:
            if fits(control, top):
                return top
    return result.coursework


def _same(control: Interim, top: GradeCategory) -> bool:
    return " ".join(control.name.casefold().split()) == " ".join(top.name.casefold().split())


def _named(control: Interim, top: GradeCategory) -> bool:
    words = re.findall(r"\w+", control.name.casefold())
    return bool(words) and set(words) <= set(re.findall(r"\w+", top.name.casefold()))


def _for_controls(_: Interim, top: GradeCategory) -> bool:
    return any(word in top.name.casefold() for word in _INTERIM_WORDS)


def _weights(backup: Backup) -> tuple[GradeWeight, ...]:
    declared: Grading | None = backup.course.about.grading
    if declared is None:
        return ()
    if declared.weights:
        total = sum(weight.percent for weight in declared.weights)
        if abs(total - 100) > 0.01:
            backup.report(note("mbz-weights", f"the declared weights add up to {total:g} %, not to 100 %"))
        return declared.weights
    preset = PRESETS.get(declared.preset or "", ())
    return tuple(GradeWeight(name=backup.say(name), percent=percent) for name, percent in preset)
