"""Leaves without which a restore stops: the columns they fill have no default.

Found by restoring a backup with each leaf taken out in turn (Moodle 4.5.6); NULL is a value, an absent leaf is not.
"""

from __future__ import annotations

from coursepack.checks.mbz.view import View

# File name in a folder of the backup → element that has an id → leaves that must stand in it.
_LEAVES = {
    "course.xml": {"course": "format startdate defaultgroupingid theme"},
    "section.xml": {"section": "number name summary summaryformat visible"},
    "module.xml": {"module": "modulename sectionid completionexpected"},
    "label.xml": {"label": "intro"},
    "page.xml": {"page": "name"},
    "book.xml": {"book": "name", "chapter": "content"},
    "url.xml": {"url": "name externalurl"},
    "resource.xml": {"resource": "name"},
    "folder.xml": {"folder": "name"},
    "assign.xml": {"assign": "name intro duedate allowsubmissionsfromdate grade teamsubmission blindmarking"},
    "forum.xml": {"forum": "name intro type assesstimestart assesstimefinish scale forcesubscribe"},
    "glossary.xml": {"glossary": "name intro displayformat assesstimestart assesstimefinish scale"},
    "quiz.xml": {"quiz": "name intro timeopen timeclose"},
    "files.xml": {
        "file": "contenthash contextid component filearea itemid filepath filename userid source author license "
        "sortorder"
    },
    "questions.xml": {
        "question_category": "name contextid contextlevel info stamp parent",
        "question_bank_entry": "ownerid",
        "question": "name questiontext generalfeedback penalty qtype createdby modifiedby",
        "answer": "answertext fraction feedback",
        "tag": "rawname",
    },
    "grades.xml": {"grade_item": "categoryid itemtype scaleid outcomeid sortorder"},
    "gradebook.xml": {
        "grade_category": "timecreated timemodified",
        "grade_item": "itemtype iteminstance scaleid outcomeid sortorder",
    },
}


def check(view: View) -> None:
    """Every such leaf of every such file."""
    for member in view.package.names():
        needed = _LEAVES.get(member.rpartition("/")[2])
        root = view.document(member) if needed else None
        if root is None or needed is None:
            continue
        for tag, leaves in needed.items():
            for element in root.iter(tag):
                present = {child.tag for child in element}
                missing = [leaf for leaf in leaves.split() if leaf not in present] if element.get("id") else []
                if missing:
                    stated = f"<{tag}> has no <{missing[0]}>"
                    view.fault(
                        "mbz-leaf-missing", stated, member, element, "a restore stops there; an empty one will do"
                    )
