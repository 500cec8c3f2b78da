"""The gradebook: categories with the declared weights, and the grade item of each activity.

With weights the course total is their weighted mean in which what is not yet graded counts as nothing; without, it
is the plain mean of all graded activities.
"""

from __future__ import annotations

from dataclasses import dataclass

from coursepack import languages
from coursepack.model.course import GradeWeight, Grading, Interim
from coursepack.place import note
from coursepack.writers.mbz.backup import STAMP, Activity, Backup
from coursepack.writers.mbz.tree import Element, Value, document, leaves, node, root

MEAN, WEIGHTED_MEAN = 0, 10
# preset → (name, per cent); the last one is the exam's. The words are of «backup» catalogues.
PRESETS: dict[str, tuple[tuple[str, float], ...]] = {
    "60/40": (("Admission rating", 60.0), ("Exam", 40.0)),
    "60/10/30": (("Interim controls (RC1, RC2)", 60.0), ("Midterm exam (MT)", 10.0), ("Final control (FC)", 30.0)),
}
_EXAM_WORDS, _INTERIM_WORDS = languages.words("exam-category"), languages.words("interim-category")


@dataclass(frozen=True)
class Category:
    id: int
    item: int
    name: str
    weight: float


@dataclass
class Gradebook:
    """``of_coursework``, ``of_interim`` and ``of_exam`` are the categories that an item goes to.

    ``interim`` are the interim controls that were declared: items that a teacher fills in.
    """

    backup: Backup
    root_id: int
    root_item: int
    categories: list[Category]
    of_coursework: int
    of_interim: int
    of_exam: int
    interim: list[tuple[int, Interim]]

    def document(self) -> bytes:
        """gradebook.xml."""
        gradebook = root("gradebook")
        node(gradebook, "attributes")
        weighted = bool(self.categories)
        holder = node(gradebook, "grade_categories")
        _category(holder, self.root_id, None, "?", WEIGHTED_MEAN if weighted else MEAN, only_graded=not weighted)
        for category in self.categories:
            _category(holder, category.id, self.root_id, category.name, MEAN, only_graded=True)
        items = node(gradebook, "grade_items")
        _total(items, self.root_item, "course", self.root_id, 0.0, 1)
        for number, category in enumerate(self.categories, 2):
            _total(items, category.item, "category", category.id, category.weight, number)
        for number, (id_, control) in enumerate(self.interim, 1):
            item = node(items, "grade_item", id=id_)
            leaves(item, _manual_start(self.of_interim, self.backup.name(control.name), f"interim-{number}"))
            points = control.points if control.points is not None else 100.0
            leaves(item, _item_end(points, 0.0, len(self.categories) + 1 + number))
            node(item, "grade_grades")
        node(gradebook, "grade_letters")
        node(gradebook, "grade_settings")
        return document(gradebook)

    def activity(self, activity: Activity, number: int) -> bytes:
        """grades.xml of an activity; empty for one without a grade."""
        grades = root("activity_gradebook")
        items = node(grades, "grade_items")
        if activity.grade is not None and activity.grade > 0:
            item = node(items, "grade_item", id=activity.grade_item)
            category = activity.grade_category or self.of_coursework
            leaves(item, _item_start(category, activity))
            before = len(self.categories) + len(self.interim) + 1
            leaves(item, _item_end(activity.grade, 0.0, before + number))
            node(item, "grade_grades")
        node(grades, "grade_letters")
        return document(grades)


def gradebook(backup: Backup) -> Gradebook:
    """The categories and interim controls that the course declares."""
    root_id, root_item = backup.new_id(), backup.new_id()
    made = [Category(backup.new_id(), backup.new_id(), backup.name(w.name), w.percent) for w in _weights(backup)]
    declared = backup.course.about.grading
    interim = [(backup.new_id(), control) for control in (declared.interim if declared else ())]
    if not made:
        return Gradebook(backup, root_id, root_item, [], root_id, root_id, root_id, interim)
    exam = next(
        (c for c in reversed(made) if any(word in c.name.casefold() for word in _EXAM_WORDS)),
        made[-1] if len(made) > 1 else None,
    )
    others = [category for category in made if category is not exam] or made
    of_interim = next((c for c in others if any(word in c.name.casefold() for word in _INTERIM_WORDS)), others[0])
    return Gradebook(backup, root_id, root_item, made, others[0].id, of_interim.id, (exam or made[0]).id, interim)


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


def _category(holder: Element, id_: int, parent: int | None, name: str, aggregation: int, *, only_graded: bool) -> None:
    path = f"/{id_}/" if parent is None else f"/{parent}/{id_}/"
    leaves(
        node(holder, "grade_category", id=id_),
        {
            "parent": parent,
            "depth": 1 if parent is None else 2,
            "path": path,
            "fullname": name,
            "aggregation": aggregation,
            "keephigh": 0,
            "droplow": 0,
            "aggregateonlygraded": int(only_graded),
            "aggregateoutcomes": 0,
            "timecreated": STAMP,
            "timemodified": STAMP,
            "hidden": 0,
        },
    )


def _total(holder: Element, id_: int, kind: str, category: int, weight: float, number: int) -> None:
    item = node(holder, "grade_item", id=id_)
    leaves(
        item,
        {
            "categoryid": None,
            "itemname": None if kind == "course" else "",
            "itemtype": kind,
            "itemmodule": None,
            "iteminstance": category,
            "itemnumber": None,
            "iteminfo": None,
            "idnumber": None,
            "calculation": None,
        },
    )
    leaves(item, _item_end(100.0, weight, number))
    node(item, "grade_grades")


def _item_start(category: int, activity: Activity) -> dict[str, Value]:
    return {
        "categoryid": category,
        "itemname": activity.name,
        "itemtype": "mod",
        "itemmodule": activity.mod,
        "iteminstance": activity.instance,
        "itemnumber": activity.grade_number,
        "iteminfo": None,
        "idnumber": activity.key,
        "calculation": None,
    }


def _manual_start(category: int, name: str, key: str) -> dict[str, Value]:
    return {
        "categoryid": category,
        "itemname": name,
        "itemtype": "manual",
        "itemmodule": None,
        "iteminstance": None,
        "itemnumber": None,
        "iteminfo": None,
        "idnumber": key,
        "calculation": None,
    }


def _item_end(grade: float, weight: float, number: int) -> dict[str, Value]:
    return {
        "gradetype": 1,
        "grademax": grade,
        "grademin": 0.0,
        "scaleid": None,
        "outcomeid": None,
        "gradepass": 0.0,
        "multfactor": 1.0,
        "plusfactor": 0.0,
        "aggregationcoef": weight,
        "aggregationcoef2": 0.0,
        "weightoverride": 0,
        "sortorder": number,
        "display": 0,
        "decimals": None,
        "hidden": 0,
        "locked": 0,
        "locktime": 0,
        "needsupdate": 0,
        "timecreated": STAMP,
        "timemodified": STAMP,
    }
