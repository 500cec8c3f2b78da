"""A new revision keeps the ids of what it recognises."""

from __future__ import annotations

import msgspec

from coursepack.model.blocks import Run
from coursepack.model.course import Course, Exam, Session, Topic, Week
from coursepack.model.questions import Essay, Questions
from coursepack.outline.revision import keep_ids
from tests.samples import b, everything


def _exam(*texts: str) -> Course:
    questions: Questions = tuple(
        Essay(id=f"exam-{number:03d}", number=number, text=b(text)) for number, text in enumerate(texts, 1)
    )
    return Course(id="c", title="t", language="kk", exam=Exam(questions=questions))


def _ids(course: Course) -> list[str]:
    assert course.exam
    return [question.id for question in course.exam.questions]


OLD = ("Билік ұғымының мәні мен мазмұны", "Биліктің атрибуттары", "Саяси режим ұғымы, оның мәні")


def test_a_question_inserted_first_renames_nobody() -> None:
    course, told = keep_ids(_exam(*OLD), _exam("Кратология пәні", *OLD))
    assert _ids(course) == ["exam-004", "exam-001", "exam-002", "exam-003"]
    assert [question.number for question in course.exam.questions] == [1, 2, 3, 4] if course.exam else False
    assert told[0].message == ("compared with the previous course: 3 exam questions kept, 1 exam questions new")


def test_a_reworded_question_keeps_its_id_and_is_named() -> None:
    course, told = keep_ids(_exam(*OLD), _exam(OLD[0], "Биліктің атрибуттарын атаңыз", OLD[2]))
    assert _ids(course) == ["exam-001", "exam-002", "exam-003"]
    assert [finding.code for finding in told[1:]] == ["revision-reworded"]


def test_a_question_that_is_gone_frees_no_id() -> None:
    course, told = keep_ids(_exam(*OLD), _exam(OLD[0], "Мүлдем басқа тақырып туралы"))
    assert _ids(course) == ["exam-001", "exam-004"]
    assert sorted(finding.code for finding in told[1:]) == ["revision-gone", "revision-gone", "revision-new"]


def test_references_follow() -> None:
    variant = Essay(id="exam-003", number=3, text=b("Биліктің атрибуттарын атап беріңіз"), variant_of="exam-002")
    new = _exam("Жаңа", *OLD[:2])
    assert new.exam
    exam = msgspec.structs.replace(new.exam, questions=(*new.exam.questions[:2], *new.exam.questions[2:], variant))
    fixed = msgspec.structs.replace(new, exam=exam)
    questions = tuple(
        msgspec.structs.replace(q, id=f"exam-{n:03d}", variant_of="exam-003" if q.variant_of else None)
        for n, q in enumerate(fixed.exam.questions if fixed.exam else (), 1)
    )
    fixed = msgspec.structs.replace(fixed, exam=msgspec.structs.replace(exam, questions=questions))
    course, _ = keep_ids(_exam(*OLD[:2]), fixed)
    assert course.exam
    assert [(q.id, q.variant_of) for q in course.exam.questions] == [
        ("exam-003", None),
        ("exam-001", None),
        ("exam-002", None),
        ("exam-004", "exam-002"),
    ]


def test_a_lecture_inserted_in_week_one_moves_no_lecture_id() -> None:
    def lecture(week: int, title: str) -> Week:
        name = f"w{week:02d}-lecture"
        session = Session(
            id=name, kind="lecture", number=week, title=title,
            outline=(Topic(id=f"{name}-o1", content=(Run(text=title + " жоспары"),)),),
        )  # fmt: skip
        return Week(id=f"w{week:02d}", number=week, sessions=(session,))

    old = Course(id="c", title="t", language="kk", weeks=(lecture(1, "Билік"), lecture(2, "Легитимділік")))
    new = Course(
        id="c",
        title="t",
        language="kk",
        weeks=(lecture(1, "Кіріспе сабақ"), lecture(2, "Билік"), lecture(3, "Легитимділік")),
    )
    course, _ = keep_ids(old, new)
    assert [session.id for _, session in course.sessions()] == ["w01-lecture-2", "w01-lecture", "w02-lecture"]
    assert [session.outline[0].id for _, session in course.sessions()] == [
        "w01-lecture-2-o1",
        "w01-lecture-o1",
        "w02-lecture-o1",
    ]
    assert [week.id for week in course.weeks] == ["w01", "w02", "w03"]


def test_the_same_course_is_unchanged() -> None:
    course, told = keep_ids(everything(), everything())
    assert course == everything()
    assert {finding.code for finding in told} == {"revision-summary"}
