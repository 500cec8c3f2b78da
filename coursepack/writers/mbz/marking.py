"""grading.xml of an activity: its criteria as a marking guide or a rubric of Moodle («advanced grading»).

A restore makes the teacher who restores the owner of the form; it needs no right of the site.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from coursepack.writers.criteria import RubricCriterion
from coursepack.writers.mbz.backup import STAMP, Activity, Backup
from coursepack.writers.mbz.tree import Element, document, leaves, node, root

AREAS = {"assign": "submissions", "forum": "forum"}
"""What is marked in an activity of a kind (``*_grading_areas_list``)."""
_PLAIN = 2
"""Moodle's FORMAT_PLAIN: a criterion is letters alone."""
_READY = 20
"""gradingform_controller::DEFINITION_STATUS_READY"""
_RUBRIC_SWITCHES = (
    "sortlevelsasc",
    "lockzeropoints",  # points are shares of the most, not of what lies above the least
    "alwaysshowdefinition",
    "showdescriptionteacher",
    "showdescriptionstudent",
    "showscoreteacher",
    "showscorestudent",
    "enableremarks",
    "showremarksstudent",
)
_GUIDE_SWITCHES = ("alwaysshowdefinition", "showmarkspercriterionstudents")


def form(backup: Backup, activity: Activity) -> bytes:
    """grading.xml."""
    found = activity.criteria
    rubric = all(len(criterion.levels) > 1 for criterion in found)
    method, switches = ("rubric", _RUBRIC_SWITCHES) if rubric else ("guide", _GUIDE_SWITCHES)
    areas = root("areas")
    area = node(areas, "area", id=backup.new_id())
    leaves(area, {"areaname": AREAS[activity.mod], "activemethod": method})
    definition = node(node(area, "definitions"), "definition", id=backup.new_id())
    leaves(
        definition,
        {
            "method": method,
            "name": activity.name,
            "description": "",
            "descriptionformat": _PLAIN,
            "status": _READY,
            "timecreated": STAMP,
            "timemodified": STAMP,
            "options": json.dumps(dict.fromkeys(switches, "1")),
        },
    )
    plugin = node(definition, f"plugin_gradingform_{method}_definition")
    (_rubric if rubric else _guide)(backup, plugin, found)
    node(definition, "instances")
    return document(areas)


def _rubric(backup: Backup, plugin: Element, found: Sequence[RubricCriterion]) -> None:
    holder = node(plugin, "criteria")
    for number, one in enumerate(found, 1):
        criterion = node(holder, "criterion", id=backup.new_id())
        stated = "\n".join(filter(None, (one.name, one.about)))
        leaves(criterion, {"sortorder": number, "description": stated, "descriptionformat": _PLAIN})
        levels = node(criterion, "levels")
        for level in one.levels:
            leaves(
                node(levels, "level", id=backup.new_id()),
                {"score": level.points, "definition": level.text, "definitionformat": _PLAIN},
            )


def _guide(backup: Backup, plugin: Element, found: Sequence[RubricCriterion]) -> None:
    holder = node(plugin, "guidecriteria")
    for number, one in enumerate(found, 1):
        levels = [f"{level.points:g} – {level.text}" for level in one.levels]
        short = backup.name(one.name)
        leaves(
            node(holder, "guidecriterion", id=backup.new_id()),
            {
                "sortorder": number,
                "shortname": short,
                "description": "\n".join(filter(None, (one.name if short != one.name else "", one.about, *levels))),
                "descriptionformat": _PLAIN,
                "descriptionmarkers": "",
                "descriptionmarkersformat": _PLAIN,
                "maxscore": one.points,
            },
        )
    node(plugin, "guidecomments")
