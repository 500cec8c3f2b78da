"""A course printed in each layout, wrapped at any width, reads back as itself."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursepack import outline
from coursepack.model.blocks import Paragraph, block_text, inline_text
from coursepack.model.course import Course
from coursepack.project.course_toml import SourceEntry
from tests.outline.layouts import ITEM, Layout, Printed, as_document, loaded, made, printed

LAYOUTS = st.builds(
    Layout,
    width=st.integers(min_value=55, max_value=100),
    lecture=st.integers(min_value=0, max_value=9),
    seminar=st.integers(min_value=0, max_value=2),
    task=st.integers(min_value=0, max_value=3),
    item=st.integers(min_value=0, max_value=len(ITEM) - 1),
    headed=st.booleans(),
    review_first=st.booleans(),
    spread=st.booleans(),
)


def read_back(course: Printed, layout: Layout) -> Course:
    text = printed(course, layout)
    entry = SourceEntry(file="made.txt", role="textbook")
    understood = outline.understand(loaded(course.language, entry), [(as_document(text), entry)])
    assert not any(ledger.unclaimed() for ledger in understood.ledgers)
    return understood.course


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["kk", "ru", "en"]), LAYOUTS, st.integers(min_value=0, max_value=10_000))
def test_reads_back_as_itself(language: str, layout: Layout, seed: int) -> None:
    course = made(Random(seed), language)  # noqa: S311 - no secret
    found = read_back(course, layout)
    lectures = [s for _, s in found.sessions() if s.kind == "lecture"]
    assert [s.title for s in lectures] == [lecture.title for lecture in course.lectures]
    assert [s.number for s in lectures] == list(range(1, len(lectures) + 1))
    for session, lecture in zip(lectures, course.lectures, strict=True):
        assert [inline_text(t.content) for t in session.outline] == lecture.outline
        assert [block_text((b,)) for b in session.blocks] == lecture.body
        assert all(isinstance(b, Paragraph) for b in session.blocks)
        assert [block_text(q.text) for q in session.review] == lecture.review
    seminars = [s for _, s in found.sessions() if s.kind == "seminar"]
    assert [[inline_text(t.content) for t in s.topics] for s in seminars] == [topics for _, topics in course.seminars]
    if layout.seminar:
        assert [s.title for s in seminars] == [title for title, _ in course.seminars]
    tasks = [a for week in found.weeks for a in week.assignments]
    assert [(a.number, block_text(a.blocks)) for a in tasks] == list(enumerate(course.tasks, 1))
    assert found.exam is not None
    assert [block_text(q.text) for q in found.exam.questions] == course.exam
    assert found.foreword is not None
    assert [block_text((b,)) for b in found.foreword.blocks] == course.foreword
    assert found.conclusion is not None
    assert [block_text((b,)) for b in found.conclusion.blocks] == course.conclusion


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_kind_is_guessed(language: str) -> None:
    course = made(Random(3), language)  # noqa: S311 - no secret
    role, why = outline.guess_role(as_document(printed(course, Layout())))
    assert role == "textbook", why
