"""What a paper brings along of the model: what it prints; never a key, a ticket, a note for grader or teacher."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from coursepack.model.blocks import block_text
from coursepack.model.course import Course, Exam, ExamTicket, Session, Source
from coursepack.model.course_json import decode
from coursepack.place import Place
from tests.papers import write
from tests.printed import STUDENTS, TEACHERS, attached, printed, text
from tests.samples import b, every_question, everything

SECRETS = (
    "Кемінде үш анықтама",
    "Жалпы пікір",
    "2-бапты қараңыз",
    "кратол*",
    "Мұғалімге ғана",
    "jasyryn.docx",
    "ticket-1",
)
FORBIDDEN = frozenset(
    (
        *("fraction", "answer", "answers", "feedback", "grader_notes", "pairs", "gaps", "choices", "items_in_order"),
        *("correct_feedback", "true_feedback", "variant_of", "notes", "tickets", "sources", "place", "template"),
    )
)


@pytest.fixture(scope="module")
def course() -> Course:
    """With keys, notes and tickets wherever the model has room for them."""
    made = everything()
    first, second = made.weeks
    lecture, *rest = first.sessions
    secret = msgspec.structs.replace(lecture, notes=b("Мұғалімге ғана"), place=Place("jasyryn.docx", 1))
    exam = Exam(
        questions=every_question(),
        tickets=(ExamTicket(id="ticket-1", number=1, questions=("exam-001", "exam-010")),),
    )
    assert made.foreword is not None
    (policy,) = made.about.policies
    policies = (msgspec.structs.replace(policy, place=Place("jasyryn.docx", 1)),)
    return msgspec.structs.replace(
        made,
        about=msgspec.structs.replace(made.about, policies=policies),
        foreword=msgspec.structs.replace(made.foreword, place=Place("jasyryn.docx", 2)),
        weeks=(msgspec.structs.replace(first, sessions=(secret, *rest)), second),
        exam=exam,
        sources=(Source(file="jasyryn.docx", sha256="0" * 64, role="course"),),
    )


def names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield name
            yield from names(part)
    elif isinstance(value, list):
        for part in value:
            yield from names(part)


@pytest.mark.parametrize(("writer", "options"), STUDENTS)
def test_no_paper_of_a_student_holds_a_secret_seen_or_attached(
    course: Course, writer: str, options: dict[str, Any]
) -> None:
    for artifact in write(writer, course, **options).artifacts:
        assert artifact.audience == "student"
        data = printed(artifact).data
        assert attached(data) == {"source.json": artifact.source}
        seen = text(data) + artifact.source.decode()
        assert [secret for secret in SECRETS if secret in seen] == [], artifact.name
        assert FORBIDDEN.isdisjoint(names(msgspec.json.decode(artifact.source))), artifact.name


@pytest.mark.parametrize(("writer", "options"), TEACHERS)
def test_tickets_hold_no_key(course: Course, writer: str, options: dict[str, Any]) -> None:
    tickets, control, *sheets, key = write(writer, course, **options).artifacts
    for sheet in sheets:
        assert FORBIDDEN.isdisjoint(names(msgspec.json.decode(sheet.source)))
    for artifact in (tickets, control):
        found = decode(artifact.source)
        assert found.exam is not None
        assert [ticket.questions for ticket in found.exam.tickets] == [("exam-001", "exam-010")]
        assert FORBIDDEN.isdisjoint(set(names(msgspec.json.decode(artifact.source))) - {"tickets"})
        assert "Кемінде үш анықтама" not in text(printed(artifact).data)
    found = decode(key.source)
    assert found.exam is not None
    assert found.exam.questions[0].grader_notes == b("Кемінде үш анықтама.")
    assert key.audience == "teacher"


def test_the_source_is_what_the_paper_prints(course: Course) -> None:
    """A course of the published schema: the set's chapters, the syllabus's plan."""
    (whole, *_) = write("course-set", course).artifacts
    found = decode(whole.source)
    assert (found.foreword, found.conclusion, found.glossary) == (
        *(msgspec.structs.replace(part, place=None) for part in (course.foreword, course.conclusion) if part),
        course.glossary,
    )
    lecture, seminar = found.weeks[0].sessions
    assert lecture.blocks
    assert seminar.tasks
    assert seminar.aims
    assert [block_text(question.text) for question in lecture.review][:1] == ["Билік дегеніміз не?"]
    assert found.exam is not None
    asked = {question.number: block_text(question.text) for question in found.exam.questions}
    assert len(asked) == 10
    assert "Дөңгелек <b>" in asked[2]
    (syllabus,) = write("syllabus", course).artifacts
    plan = decode(syllabus.source)
    assert plan.about.aim == course.about.aim
    assert [session.blocks for _, session in plan.sessions()] == [()] * 3
    assert plan.weeks[0].assignments[0].points == 10


def test_a_part_of_the_set_brings_its_own_part_along(course: Course) -> None:
    documents = write("course-set", course, course_set="parts").artifacts
    parts = {artifact.name: decode(artifact.source) for artifact in documents}
    glossary = next(found for name, found in parts.items() if "glossary" in name)
    assert glossary.glossary
    assert not glossary.weeks
    assert glossary.exam is None
    lectures = next(found for name, found in parts.items() if "lectures" in name)
    assert {session.kind for _, session in lectures.sessions()} == {"lecture"}


def test_questions_that_students_may_not_see_are_in_no_source_of_theirs(course: Course) -> None:
    assert course.exam is not None
    hidden = msgspec.structs.replace(course, exam=msgspec.structs.replace(course.exam, release="teacher-only"))
    for writer, options in STUDENTS:
        for artifact in write(writer, hidden, **options).artifacts:
            if artifact.audience == "student":
                found = msgspec.json.decode(artifact.source)
                exams = [part.get("exam") or {} for part in (found if isinstance(found, list) else [found])]
                assert not any(exam.get("questions") for exam in exams), artifact.name


def test_two_languages_are_two_parts(course: Course) -> None:
    russian = everything("ru")
    _, bilingual = write("syllabus", course, context={"parallel": (russian,)}, second_language="ru").artifacts
    assert [part["language"] for part in msgspec.json.decode(bilingual.source)] == ["kk", "ru"]


def test_what_a_class_is_has_its_place_in_the_source() -> None:
    """A new field of a session is a question to this room: may students have it?"""
    from coursepack.writers.papers import sources

    known = {*sources._CLASS, "review", "notes", "place"}
    assert set(Session.__struct_fields__) == known
