"""Questions that course.toml gives to another session than the one they are printed under."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from coursepack.model.course import Session
from coursepack.model.questions import Question
from coursepack.place import Finding, Place, error


def with_tests(
    sessions: Sequence[tuple[int, Session]],
    printed: Mapping[str, Sequence[Question]],
    tests: Mapping[str, Sequence[Question]],
) -> list[tuple[int, Session]]:
    """Sessions by week, each with the questions of tests that belong to it behind those ``printed`` in it."""
    reviews = {name: (*printed.get(name, ()), *tests.get(name, ())) for name in {*printed, *tests}}
    return [
        (
            week,
            msgspec.structs.replace(one, review=reviews[one.id])
            if reviews.get(one.id, one.review) != one.review
            else one,
        )
        for week, one in sessions
    ]


def move_questions(
    sessions: Sequence[tuple[int, Session]], exam: Sequence[Question], where: Place | None
) -> tuple[list[tuple[int, Session]], list[Finding]]:
    """Sessions by week with each review question where it belongs; an error for a session that is not there.

    An exam question only names its session and stays in the exam.
    """
    known = {session.id for _, session in sessions}
    findings = [
        error(
            "outline-session-unknown",
            f"[[correction]] session = {name!r}: there is no such session",
            where,
            "«coursepack inspect --json» shows the ids",
        )
        for name in sorted({q.session for q in (*exam, *_all(sessions)) if q.session} - known)
    ]
    coming: dict[str, list[Question]] = {}
    for _, session in sessions:
        for question in session.review:
            if question.session in known - {session.id}:
                coming.setdefault(question.session or "", []).append(question)
    moved = []
    for week, session in sessions:
        kept = [question for question in session.review if question.session not in known - {session.id}]
        review = [*kept, *coming.get(session.id, ())]
        if review != list(session.review):
            renamed = tuple(
                msgspec.structs.replace(question, id=f"{session.id}-q{number}", number=number)
                for number, question in enumerate(review, 1)
            )
            session = msgspec.structs.replace(session, review=renamed)  # noqa: PLW2901 - the session as it is now
        moved.append((week, session))
    return moved, findings


def _all(sessions: Sequence[tuple[int, Session]]) -> list[Question]:
    return [question for _, session in sessions for question in session.review]
