"""Learning outcomes that a syllabus declares, as outcomes of the course with a scale of their own.

A restore creates both in the course without any right of the site, and a site that has outcomes switched off keeps them
for the day when it switches them on. Competencies would be lost: a backup only names those of a framework that the
site's managers have made before.
"""

from __future__ import annotations

from collections.abc import Iterator

from coursepack.files.member import Member
from coursepack.moodle.text import plain_name
from coursepack.writers.mbz.backup import STAMP, Backup
from coursepack.writers.mbz.options import BackupOptions
from coursepack.writers.mbz.tree import document, leaves, node, root

HTML = 1


def members(backup: Backup, options: BackupOptions) -> Iterator[Member]:
    """scales.xml and outcomes.xml, empty where nothing is declared."""
    scales, outcomes = root("scales_definition"), root("outcomes_definition")
    declared = backup.course.about.outcomes if options.outcomes else ()
    if declared:
        scale = backup.new_id()
        leaves(
            node(scales, "scale", id=scale),
            {
                "courseid": backup.course_id,
                "userid": 0,
                "name": backup.say("Learning outcomes"),
                "scale": ", ".join(map(backup.say, ("Not reached", "Reached in part", "Reached"))),
                "description": "",
                "descriptionformat": HTML,
                "timemodified": STAMP,
            },
        )
    for number, stated in enumerate(declared, 1):
        leaves(
            node(outcomes, "outcome", id=backup.new_id()),
            {
                "courseid": backup.course_id,
                # One of the site with the same short name would be taken for it.
                "shortname": f"{backup.course.id}-{number}",
                "fullname": plain_name(stated),
                "scaleid": scale,
                "description": "",
                "descriptionformat": HTML,
                "timecreated": STAMP,
                "timemodified": STAMP,
                "usermodified": None,
            },
        )
    yield Member("scales.xml", document(scales))
    yield Member("outcomes.xml", document(outcomes))
