"""What the words of a heading say of its part, where the place and what stands below say nothing."""

from __future__ import annotations

import pytest

from coursepack.outline.tree.words import FULL, words

NAMED = {
    "To the student": "foreword",
    "A note to the teacher": "foreword",
    "What you will be able to do": "outcomes",
    "How you will be assessed": "grading",
    "What a good answer looks like": "marking",
    "Sports equipment": "equipment",
    "Үй жұмысы": "homework",
    "Балдардың бөлінуі": "grading",
    "Бұрын меңгерілген пәндер": "prerequisites",
    "Жобаны бағалау өлшемдері": "marking",
    "Как оценивается проект": "marking",
    "Перечень тем": "plan",
    "Эталоны ответов": "answers",
    "Устный опрос": "review",
    "Аралық тест": "tests",
}


@pytest.mark.parametrize(("heading", "part"), NAMED.items())
def test_wordings_of_departments_name_their_part(heading: str, part: str) -> None:
    scores = words().labels(heading)
    assert scores[part] == max(scores.values()) >= FULL // 2


@pytest.mark.parametrize(
    "heading",
    [
        *("Contact mechanics", "Sources of light", "Rating agencies", "Reading the stars", "The structure of matter"),
        *("Шкала твёрдости минералов", "Консенсуальные договоры", "Дипломатический протокол", "Источники шума"),
        *("Ықтималдықтар теориясы", "Ашық кілт", "Балқыту материалдары", "Реактивті қуат", "Валюта саясаты"),
    ],
)
def test_subject_matter_is_no_part(heading: str) -> None:
    assert max(words().labels(heading).values(), default=0) < FULL // 2


def test_words_in_their_order_are_no_others() -> None:
    """«To the student» is a foreword; a line of outcomes has the same words."""
    assert "foreword" not in words().labels("Students will be able to the end")
    assert "aims" not in words().labels("Six cards, for each class this is one")
    assert words().labels("What this class is for")["aims"] >= FULL // 2


def test_words_that_are_all_of_a_heading() -> None:
    """«Үй жұмысын тексеру» is a stage of a lesson, «Перечень тем рефератов» is of work."""
    assert "homework" not in words().labels("Үй жұмысын тексеру")
    assert "plan" not in words().labels("Перечень тем рефератов")
    assert words().labels("Перечень тем:")["plan"] >= FULL
