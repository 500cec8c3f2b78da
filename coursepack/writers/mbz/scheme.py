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
class Category:
    """A category; ``weight`` is its share within ``parent`` (None: the course itself). ``strict``: what is not yet
    graded counts as nothing in it."""

    id: int
    item: int
    name: str
    weight: float
    parent: Category | None = None
    parts: list[Category] = field(default_factory=list)
    strict: bool = False

    def walk(self) -> Iterator[Category]:
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
class Scheme:
    """``tops`` are the categories of the course, none when nothing was declared: then all items lie in ``root_id``."""

    root_id: int
    root_item: int
    tops: list[Category] = field(default_factory=list)
    coursework: Category | None = None
    exam: Category | None = None
    periods: list[tuple[int, Category]] = field(default_factory=list)
    manual: list[Manual] = field(default_factory=list)

    @property
    def categories(self) -> list[Category]:
        """All of them, each before its parts."""
        return [one for top in self.tops for one in top.walk()]

    @property
    def rating(self) -> Category | None:
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


def scheme(backup: Backup, *, admits: bool = False) -> Scheme:
    """The categories and controls that the course declares. ``admits``: a rating opens the exam."""
    made = Scheme(backup.new_id(), backup.new_id())
    declared = backup.course.about.grading
    controls = sorted(declared.interim if declared else (), key=lambda control: control.after_week)
    made.tops = [_category(backup, weight.name, weight.percent) for weight in _weights(backup)]
    if made.tops:
        _roles(made, controls)
    homes = [_home(made, control) for control in controls]
    if sum(home is made.coursework for home in homes) > 1 and made.coursework:
        _periods(backup, made, controls, homes)
    for number, (control, home) in enumerate(zip(controls, homes, strict=True), 1):
        points = control.points if control.points is not None else 100.0
        category = home.id if home else made.root_id
        made.manual.append(Manual(backup.new_id(), category, backup.name(control.name), points, f"interim-{number}"))
    if admits:
        _gather(backup, made)
    return made


def fill_empty(backup: Backup, made: Scheme, used: set[int]) -> None:
    """An item to fill in for each category that would have none: a share that nothing can earn is lost to everybody."""
    used = used | {item.category for item in made.manual}
    for number, category in enumerate(made.categories, 1):
        if not category.parts and category.id not in used:
            made.manual.append(Manual(backup.new_id(), category.id, category.name, 100.0, f"share-{number}"))


def _category(backup: Backup, name: str, weight: float, parent: Category | None = None) -> Category:
    made = Category(backup.new_id(), backup.new_id(), backup.name(name), weight, parent)
    if parent:
        parent.parts.append(made)
    return made


def _gather(backup: Backup, made: Scheme) -> None:
    """Puts several shares before the exam into one category, in which they weigh as much as they did: the total stays
    what it was."""
    shares = [top for top in made.tops if top is not made.exam]
    if len(shares) > 1 and made.exam:
        total = sum(share.weight for share in shares)
        rating = replace(_category(backup, backup.say("Admission rating"), total), parts=shares, strict=True)
        for share in shares:
            share.parent = rating
        made.tops = [rating, made.exam]


def _roles(made: Scheme, controls: list[Interim]) -> None:
    """Which category is the exam's and which that of the coursework."""
    tops = made.tops
    named = (top for top in reversed(tops) if any(word in top.name.casefold() for word in _EXAM_WORDS))
    made.exam = next(named, tops[-1] if len(tops) > 1 else None)
    others = [top for top in tops if top is not made.exam] or tops
    plain = [top for top in others if not any(_same(control, top) for control in controls)]
    made.coursework = (plain or others)[0]
    made.exam = made.exam or tops[0]
    if not plain:
        made.periods = [(control.after_week, top) for control in controls for top in others if _same(control, top)]


def _periods(backup: Backup, made: Scheme, controls: list[Interim], homes: list[Category | None]) -> None:
    """Divides the coursework by its controls; ``homes`` then names the parts."""
    inside = [number for number, home in enumerate(homes) if home is made.coursework]
    for number in inside:
        homes[number] = part = _category(backup, controls[number].name, 100.0 / len(inside), made.coursework)
        made.periods.append((controls[number].after_week, part))


def _home(made: Scheme, control: Interim) -> Category | None:
    """The category that is the control's own, that names it, that is for such controls; else the coursework's."""
    others = [top for top in made.tops if top is not made.exam]
    for fits in (_same, _named, _for_controls):
        for top in others:
            if fits(control, top):
                return top
    return made.coursework


def _same(control: Interim, top: Category) -> bool:
    return " ".join(control.name.casefold().split()) == " ".join(top.name.casefold().split())


def _named(control: Interim, top: Category) -> bool:
    words = re.findall(r"\w+", control.name.casefold())
    return bool(words) and set(words) <= set(re.findall(r"\w+", top.name.casefold()))


def _for_controls(_: Interim, top: Category) -> bool:
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
