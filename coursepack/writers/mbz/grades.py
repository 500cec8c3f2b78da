"""The gradebook: categories with the declared weights, and the grade item of each activity.

With weights the course total is their weighted mean in which what is not yet graded counts as nothing. Within a
category, and in a course without weights, each item counts by its points («Simple weighted mean of grades»: a task of
10 points weighs a tenth of one of 100), and the total is out of 100, as the national scale is.
"""

from __future__ import annotations

from dataclasses import dataclass

from coursepack.writers.mbz.backup import STAMP, Activity, Backup
from coursepack.writers.mbz.options import BackupOptions
from coursepack.writers.mbz.scheme import GradeCategory, GradeScheme, Manual
from coursepack.writers.mbz.tree import Element, Value, document, leaves, node, root

WEIGHTED_MEAN, BY_POINTS = 10, 11
"""Moodle's GRADE_AGGREGATE_WEIGHTED_MEAN and GRADE_AGGREGATE_WEIGHTED_MEAN2."""
REAL_AND_LETTER = 13
"""GRADE_DISPLAY_TYPE_REAL_LETTER"""
# The letters of the national scale, by the lowest per cent of each.
LETTERS: tuple[tuple[int, str], ...] = (
    (95, "A"),
    (90, "A-"),
    (85, "B+"),
    (80, "B"),
    (75, "B-"),
    (70, "C+"),
    (65, "C"),
    (60, "C-"),
    (55, "D+"),
    (50, "D"),
    (25, "FX"),
    (0, "F"),
)


@dataclass
class Gradebook:
    """gradebook.xml, and the grades.xml of each activity."""

    backup: Backup
    scheme: GradeScheme
    options: BackupOptions

    def document(self) -> bytes:
        """gradebook.xml."""
        gradebook = root("gradebook")
        node(gradebook, "attributes")
        weighted = bool(self.scheme.tops)
        holder = node(gradebook, "grade_categories")
        _category(holder, self.scheme.root_id, (), "?", WEIGHTED_MEAN if weighted else BY_POINTS, not weighted)
        for category in self.scheme.categories:
            way = WEIGHTED_MEAN if category.parts else BY_POINTS
            _category(holder, category.id, self._above(category), category.name, way, not category.strict)
        items = node(gradebook, "grade_items")
        self._total(items, self.scheme.root_item, "course", self.scheme.root_id, 0.0, 1)
        for number, one in enumerate(self.scheme.categories, 2):
            self._total(items, one.item, "category", one.id, one.weight, number, one.name)
        for number, manual in enumerate(self.scheme.manual, len(self.scheme.categories) + 2):
            item = node(items, "grade_item", id=manual.id)
            leaves(item, _manual_start(manual))
            leaves(item, _item_end(manual.points, 0.0, number, self._pass(manual.points)))
            node(item, "grade_grades")
        grade_letters = node(gradebook, "grade_letters")
        for lowest, letter in LETTERS if self.options.letters else ():
            leaves(
                node(grade_letters, "grade_letter", id=self.backup.new_id()),
                {"lowerboundary": float(lowest), "letter": letter},
            )
        node(gradebook, "grade_settings")
        return document(gradebook)

    def activity(self, activity: Activity, number: int) -> bytes:
        """grades.xml of an activity; empty for one without a grade."""
        grades = root("activity_gradebook")
        items = node(grades, "grade_items")
        if activity.grade is not None and activity.grade > 0:
            item = node(items, "grade_item", id=activity.grade_item)
            leaves(item, _item_start(self._home(activity), activity))
            before = len(self.scheme.categories) + len(self.scheme.manual) + 1
            leaves(item, _item_end(activity.grade, 0.0, before + number, self._pass(activity.grade)))
            node(item, "grade_grades")
        node(grades, "grade_letters")
        return document(grades)

    def _home(self, activity: Activity) -> int | None:
        return activity.grade_category or self.scheme.root_id

    def _above(self, category: GradeCategory) -> tuple[int, ...]:
        parent = category.parent
        return (*self._above(parent), parent.id) if parent else (self.scheme.root_id,)

    def _pass(self, most: float) -> float:
        return most * self.options.pass_mark / 100

    def _total(
        self, holder: Element, id_: int, kind: str, category: int, weight: float, number: int, name: str | None = None
    ) -> None:
        """The item of a category; its name is what a condition on it says."""
        item = node(holder, "grade_item", id=id_)
        leaves(
            item,
            {
                "categoryid": None,
                "itemname": name,
                "itemtype": kind,
                "itemmodule": None,
                "iteminstance": category,
                "itemnumber": None,
                "iteminfo": None,
                "idnumber": None,
                "calculation": None,
            },
        )
        display = REAL_AND_LETTER if kind == "course" and self.options.letters else 0
        leaves(item, _item_end(100.0, weight, number, self._pass(100.0), display))
        node(item, "grade_grades")


class AddedGradebook(Gradebook):
    """What is added to a course that has a gradebook: items only, which Moodle puts outside its categories."""

    def document(self) -> bytes:
        """gradebook.xml without a category: a restore leaves what is there."""
        gradebook = root("gradebook")
        for name in ("attributes", "grade_categories", "grade_items", "grade_letters", "grade_settings"):
            node(gradebook, name)
        return document(gradebook)

    def _home(self, activity: Activity) -> int | None:
        return None


def _category(
    holder: Element, id_: int, above: tuple[int, ...], name: str, aggregation: int, only_graded: bool
) -> None:
    leaves(
        node(holder, "grade_category", id=id_),
        {
            "parent": above[-1] if above else None,
            "depth": len(above) + 1,
            "path": "/" + "".join(f"{part}/" for part in (*above, id_)),
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


def _item_start(category: int | None, activity: Activity) -> dict[str, Value]:
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


def _manual_start(manual: Manual) -> dict[str, Value]:
    return {
        "categoryid": manual.category,
        "itemname": manual.name,
        "itemtype": "manual",
        "itemmodule": None,
        "iteminstance": None,
        "itemnumber": None,
        "iteminfo": None,
        "idnumber": manual.key,
        "calculation": None,
    }


def _item_end(grade: float, weight: float, number: int, passing: float, display: int = 0) -> dict[str, Value]:
    return {
        "gradetype": 1,
        "grademax": grade,
        "grademin": 0.0,
        "scaleid": None,
        "outcomeid": None,
        "gradepass": passing,
        "multfactor": 1.0,
        "plusfactor": 0.0,
        "aggregationcoef": weight,
        "aggregationcoef2": 0.0,
        "weightoverride": 0,
        "sortorder": number,
        "display": display,
        "decimals": None,
        "hidden": 0,
        "locked": 0,
        "locktime": 0,
        "needsupdate": 0,
        "timecreated": STAMP,
        "timemodified": STAMP,
    }
