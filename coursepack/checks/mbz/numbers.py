"""Leaves of a backup that go into number columns: a decimal comma or a word there stops the restore."""

from __future__ import annotations

import re

from coursepack.checks.mbz.view import NULL, View

# File name in a folder of the backup → the leaves that must hold numbers, wherever they stand in it.
_LEAVES = {
    "course.xml": "startdate enddate",
    "files.xml": "filesize contextid itemid timecreated timemodified",
    "gradebook.xml": "grademax grademin gradepass multfactor plusfactor aggregationcoef aggregationcoef2 sortorder",
    "grades.xml": "grademax grademin gradepass multfactor plusfactor aggregationcoef aggregationcoef2 sortorder",
    "quiz.xml": "sumgrades grade maxmark mingrade maxgrade timeopen timeclose timelimit slot page",
    "assign.xml": "grade cutoffdate gradingduedate maxattempts",
    "questions.xml": "defaultmark penalty",
    "section.xml": "number visible",
    "module.xml": "sectionid visible completion",
}
_NUMBER = re.compile(r"\s*-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?\s*")


def check(view: View) -> None:
    """Every such leaf of every such file; an empty one and NULL are other checks' matter."""
    for member in view.package.names():
        leaves = _LEAVES.get(member.rpartition("/")[2])
        root = view.document(member) if leaves else None
        if root is None or leaves is None:
            continue
        for leaf in root.iter(*leaves.split()):
            found = leaf.text or ""
            if not len(leaf) and found.strip() not in {"", NULL} and not _NUMBER.fullmatch(found):
                stated = f"{leaf.tag} is {found.strip()[:40]!r}, expected a number with a decimal point"
                view.fault("mbz-number", stated, member, leaf, "a restore stops there")
