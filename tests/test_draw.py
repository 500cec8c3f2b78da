"""Draws are fixed by their seed and never hold two variants of one question."""

from __future__ import annotations

from coursepack.model.questions import Essay, Question
from coursepack.render.draw import pool, sample, shuffled, variant_groups
from tests.samples import b, every_question


def _bank() -> list[Question]:
    # 8 rewords 7, 10 rewords 8 and so 7: three questions that ask one thing.
    rewords = {8: "q-007", 10: "q-008"}
    return [
        Essay(id=f"q-{number:03d}", number=number, text=b(f"сұрақ {number}"), variant_of=rewords.get(number))
        for number in range(1, 11)
    ]


def test_variants_of_variants_are_one_group() -> None:
    groups = [[question.number for question in group] for group in variant_groups(_bank())]
    assert groups == [[1], [2], [3], [4], [5], [6], [7, 8, 10], [9]]
    assert [question.number for question in pool(_bank())] == [1, 2, 3, 4, 5, 6, 7, 9]


def test_a_sample_is_fixed_by_its_seed_and_keeps_the_order_of_the_bank() -> None:
    assert [question.number for question in sample(_bank(), 4, 1)] == [
        question.number for question in sample(_bank(), 4, 1)
    ]
    drawn = [[question.number for question in sample(_bank(), 4, seed)] for seed in range(20)]
    assert all(numbers == sorted(numbers) and len(numbers) == 4 for numbers in drawn)
    assert len({tuple(numbers) for numbers in drawn}) > 10
    assert not any(8 in numbers or 10 in numbers for numbers in drawn)


def test_a_sample_larger_than_the_bank_is_the_bank() -> None:
    assert sample(_bank(), 99, 1) == pool(_bank())


def test_the_order_does_not_change_between_versions() -> None:
    assert [question.number for question in shuffled(_bank(), 1)] == ORDER


ORDER = [1, 5, 10, 9, 6, 2, 7, 8, 4, 3]


def test_what_asks_nothing_is_not_drawn() -> None:
    questions = every_question()
    drawn = sample(questions, 100, seed=1)
    assert [question.id for question in drawn] == [f"exam-{number:03d}" for number in range(1, 9)]
