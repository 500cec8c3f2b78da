"""The text fields that a template may use: what the course declares, blanks where it does not."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from lxml import etree
from markupsafe import Markup

from coursepack.model.course import About, Course, Teacher
from coursepack.render.sandbox import FieldGroup
from coursepack.render.wml import Element, field, run
from coursepack.writers.papers.template import BLANK, Blank, text
from coursepack.writers.papers.words import PaperWords

_PLAIN = (
    "code",
    "cycle",
    "component",
    "programme",
    "ministry",
    "university",
    "faculty",
    "department",
    "year",
    "semester",
    "study_form",
    "city",
    "form_code",
    "revision",
    "rights",
)
HOURS = ("lecture", "seminar", "practical", "laboratory", "independent", "supervised", "total")


def text_fields(course: Course, say: PaperWords, foot: Collection[str] = ()) -> dict[str, Any]:
    """Every text field, by its name in a template; ``foot``: what is asked for at the foot of a page."""
    about = course.about
    fields: dict[str, Any] = {
        "word": say.of_template,
        "title": text(course.title),
        "language": course.language,
        "blank": BLANK,
    }
    fields |= {name: _or_blank(getattr(about, name)) for name in _PLAIN}
    fields["credits"] = _number(about.credits, say)
    fields["credits_line"] = _credits(about.credits, say)
    fields["term_line"] = say(
        "{year} academic year, {semester} semester", year=fields["year"], semester=fields["semester"]
    )
    fields["study_year"] = _number(about.study_year, say)
    for kind in HOURS:
        fields[f"hours_{kind}"] = _number(getattr(about.hours, kind) if about.hours else None, say)
    fields["faculty_line"] = _called("Faculty", about.faculty, say)
    fields["department_line"] = _called("Department", about.department, say)
    fields["edition"] = _edition(about, say)
    fields["teachers"] = [_teacher(teacher) for teacher in about.teachers]
    fields["teacher"] = _or_blank(", ".join(teacher_line(teacher) for teacher in about.teachers))
    fields["exam_form"] = _or_blank(course.exam.form if course.exam else None)
    fields["keywords"] = _or_blank(", ".join(about.keywords))
    fields |= _approval(about, say)
    fields["page"] = _runs(field("PAGE", [run("1")]))
    fields["page_of_pages"] = _page_of_pages(say)
    fields["date"] = text(say.date(about.date)) if about.date else Blank(BLANK)
    fields["foot"] = ", ".join(foot)
    for name, value in (("version", _version(about, say)), ("date", fields["date"])):
        fields[f"foot_{name}"] = value if name in foot and (value or "blanks" in foot) else ""
    fields["foot_pages"] = fields["page_of_pages"] if "pages" in foot else Markup("")
    return fields


def _version(about: About, say: PaperWords) -> str:
    """The edition, else the revision."""
    if about.edition or not about.revision:
        return _edition(about, say)
    return say("Version {number}", number=about.revision)


def teacher_line(teacher: Teacher) -> str:
    """«Ахметова А.Б., PhD, доцент»."""
    return ", ".join(part for part in (teacher.name, teacher.degree, teacher.post) if part)


def _or_blank(value: object) -> str:
    return text(value) if value not in {None, ""} else Blank(BLANK)


def _number(value: float | None, say: PaperWords) -> str:
    return say.number(value) if value is not None else Blank("_____")


def _credits(value: float | None, say: PaperWords) -> str:
    """«5 кредитов»; a part of a credit is a plain number after the word."""
    if value is None:
        return Blank(BLANK)
    if value == int(value):
        return say.count("{number} credit", "{number} credits", int(value))
    return f"{say('Credits')}: {say.number(value)}"


def _called(what: str, name: str | None, say: PaperWords) -> str:
    """«Кафедра: …»; a name that says so itself stands alone («Экономика кафедрасы»)."""
    word = say(what)
    if name and word.casefold() in name.casefold():
        return text(name)
    return f"{word}: {_or_blank(name)}"


def _edition(about: About, say: PaperWords) -> str:
    if about.edition and about.edition.strip().isdigit():
        return say("Edition {number}", number=about.edition.strip())
    return _or_blank(about.edition)


def _teacher(teacher: Teacher) -> FieldGroup:
    names = ("name", "degree", "post", "email", "phone", "room", "office_hours")
    return FieldGroup(
        {name: _or_blank(getattr(teacher, name)) for name in names} | {"line": text(teacher_line(teacher))}
    )


def _approval(about: About, say: PaperWords) -> dict[str, Any]:
    approval = about.approval

    def declared(name: str) -> str | None:
        return getattr(approval, name) if approval else None

    fields: dict[str, Any] = {
        name: _or_blank(declared(name))
        for name in ("approver_post", "approver_name", "department_minutes", "council", "council_minutes")
    }
    for name in ("department_date", "council_date"):
        date = declared(name)
        fields[name] = text(say.date(date)) if date else Blank(say("“___” ____________ 20___"))
    fields["date_line"] = say("“___” ____________ 20___")
    return fields


def _runs(elements: list[Element]) -> Markup:
    return Markup("".join(etree.tostring(element, encoding="unicode") for element in elements))  # noqa: S704 - our own XML


def _page_of_pages(say: PaperWords) -> Markup:
    """«page N of M» in the order of the language, with fields for both."""
    parts = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
    found: list[Element] = []
    for piece in re.split(r"(\{page\}|\{pages\})", say("page {page} of {pages}")):
        if piece in parts:
            found.extend(field(parts[piece], [run("1")]))
        elif piece:
            found.append(run(piece))
    return _runs(found)
