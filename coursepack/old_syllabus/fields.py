"""The fields of a template and what names them: the label before a value, the heading over a part."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection
from dataclasses import dataclass, field

from coursepack.old_syllabus.forms import greets, is_teachers_room, names_all_rules
from coursepack.outline.drafts import ABOUT
from coursepack.outline.markers import Markers
from coursepack.outline.tree.labelled import kind_of
from coursepack.outline.tree.words import words
from coursepack.render.docx_file import DocxFile

FIELDS = {
    "title": "title",
    "code": "code",
    "credits": "credits",
    "university": "university",
    "faculty": "faculty",
    "department": "department",
    "programme": "programme",
    "cycle": "cycle",
    "component": "component",
    "year": "year",
    "semester": "semester",
    "study-year": "study_year",
    "study-form": "study_form",
    "city": "city",
    "teacher": "teacher",
}
"""What the reader calls a label → the text field of a template."""
SUMS = {"hours": "hours_total"}
"""Labels of which a paper that has a table of them says no more."""
OF_TEACHER = {"email": "email", "phone": "phone", "room": "room", "office-hours": "office_hours"}
PARTS = {
    "description": "description",
    "course-aim": "aim",
    "objectives": "objectives",
    "outcomes": "outcomes",
    "prerequisites": "prerequisites",
    "postrequisites": "postrequisites",
    "grading": "grading",
    "policy": "policies",
    "literature": "literature",
    "plan": "plan",
}
"""What the reader calls a heading → the part of a template."""
TABLES = ("hours_table", "letter_scale", "independent_work")
WANTED = (*FIELDS.values(), *PARTS.values(), *TABLES, "signatures")
TAG = re.compile(r"\{\{|\{%|\{#")
POLICY, RULE, RULES = "policy", "rule", "rules"
"""A heading over all rules, over one of them, over the first of several."""
LONGEST_HEAD = 90
_SURE = 10
"""Of the words of a head: what names a part and little else («Course Format and Attendance» has 7)."""
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
"""«Course policy (may be changed)»."""
_SHOWN = 40
"""Letters by which a paragraph is named."""


@dataclass
class Draft:
    """A template in the making. ``found``: field → its place; ``old_values``: what stood there, in small letters;
    ``old_places``: places of old values that have no field."""

    file: DocxFile
    marks: Markers
    found: dict[str, str] = field(default_factory=dict)
    old_values: dict[str, str] = field(default_factory=dict)
    old_places: list[str] = field(default_factory=list)

    def note(self, name: str, place: str, old: str = "") -> bool:
        """False for a field that has its place already, where something else stands there."""
        old = " ".join(old.split()).strip(" _")
        if name in self.found:
            return bool(old) and self.old_values.get(name) == old.casefold()
        self.found[name] = place
        if old:
            self.old_values[name] = old.casefold()
        return True


def tag_of(name: str) -> str:
    """What prints a text field; of a teacher's data, those of all teachers."""
    if name in OF_TEACHER.values():
        return f"{{% for person in teachers %}}{{{{ person.{name} }}}} {{% endfor %}}"
    return f"{{{{ {name} }}}}"


def is_part(text: str) -> bool:
    """Whether a paragraph makes room for a part."""
    return text.strip() in {tag_of(name) for name in (*PARTS.values(), *TABLES)}


def text_field(kind: str | None) -> str | None:
    """The text field of a label's kind."""
    return (FIELDS | OF_TEACHER | SUMS).get(kind or "")


def cell_field(kind: str | None) -> str | None:
    """The field or the part that a cell beside a label of a kind holds."""
    return text_field(kind) or (PARTS.get(kind or "") if kind != "plan" else None)


def part_of(marks: Markers, text: str) -> str | None:
    """The part that a heading names; a line of running text names none."""
    text = _REMARK.sub("", text.strip().strip(":")).strip()
    if not text or len(text) > LONGEST_HEAD or text.endswith((".", ";", ",")):
        return None
    found = next((m.kind for m in marks.find(text) if m.group == "heading" and m.whole and m.kind in ABOUT), None)
    if found in PARTS:
        return RULE if found == POLICY and not names_all_rules(text) else found
    kind = kind_of(marks, text)
    sure = kind is not None and (marks.about_label(text) == kind or words().labels(text).get(kind, 0) >= _SURE)
    if kind not in PARTS or not sure:
        return None
    return named_by(text, kind, ()) or (RULE if kind == POLICY else None)


def named_by(label: str, kind: str | None, company: Collection[str | None]) -> str | None:
    """The kind that a label or a heading names, where it names neither one rule for all, nor a room for classes, nor
    greets."""
    of_kind = {
        POLICY: lambda: names_all_rules(label),
        "description": lambda: not greets(label.strip(": ")),
        "room": lambda: is_teachers_room(label, company),
    }
    return kind if kind not in of_kind or of_kind[kind]() else None


def paragraph_named(paragraph: str) -> str:
    """A paragraph by its beginning: nobody counts them in Word."""
    text = textwrap.shorten(paragraph, _SHOWN, placeholder="…")
    return f"paragraph «{text}»"
