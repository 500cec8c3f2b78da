"""Processes that do calls: answers, failures, deaths, and that nobody is left behind."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from coursepack.batch.engines import Call, CallResult
from coursepack.batch.processes import Processes

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")


@pytest.fixture
def two() -> Iterator[Processes]:
    with Processes(2) as made:
        yield made


def call(number: int, name: str, payload: bytes = b"a") -> Call:
    return Call(number, f"tests.batch.calls:{name}", payload, f"call {number}")


def by_number(answers: Iterator[CallResult]) -> dict[int, CallResult]:
    return {answer.number: answer for answer in answers}


def test_every_call_is_answered(two: Processes) -> None:
    answers = by_number(two.run(call(number, "doubled", bytes([number])) for number in range(50)))
    assert {number: answer.data for number, answer in answers.items()} == {n: bytes([n, n]) for n in range(50)}


def test_as_many_processes_as_jobs_and_they_stay_for_the_next_calls(two: Processes) -> None:
    first = {answer.data for answer in two.run(call(number, "process") for number in range(8))}
    second = {answer.data for answer in two.run(call(number, "process") for number in range(8))}
    assert len(first) == 2
    assert first == second
    assert str(os.getpid()).encode() not in first


def test_what_fails_is_an_answer_and_stops_no_other(two: Processes) -> None:
    names = ["unusable", "doubled", "broken", "full", "doubled"]
    answers = by_number(two.run(call(number, name) for number, name in enumerate(names)))
    problem = answers[0].told()
    assert (problem.message, str(problem.place), problem.advice) == ("no course", "a:3", "write one")
    assert not answers[0].lost
    assert answers[2].problem.startswith("coursepack itself failed: ZeroDivisionError")
    assert "calls.py" in answers[2].problem
    assert (answers[3].problem, answers[3].lost) == ("No space left on device", True)
    assert [answers[number].data for number in (1, 4)] == [b"aa", b"aa"]


@POSIX
def test_a_call_that_kills_its_process_is_tried_twice_and_named(two: Processes, tmp_path: Path) -> None:
    tried = tmp_path / "tried"
    calls = [call(0, "dies", str(tried).encode()), *(call(number, "doubled") for number in range(1, 20))]
    answers = by_number(two.run(calls))
    assert len(answers) == 20
    assert answers[0].data is None
    assert answers[0].lost
    assert answers[0].problem == "the process crashed each time (signal 9)"
    assert tried.read_text("utf-8") == "xx"
    assert all(answers[number].data == b"aa" for number in range(1, 20))


@POSIX
def test_a_process_that_was_killed_by_somebody_is_replaced(two: Processes, tmp_path: Path) -> None:
    answers = by_number(two.run([call(0, "dies_once", str(tmp_path / "once").encode()), call(1, "doubled")]))
    assert (answers[0].data, answers[1].data) == (b"alive", b"aa")


@POSIX
def test_who_stops_asking_leaves_no_process(tmp_path: Path) -> None:
    place = tmp_path / "pid"
    with Processes(2) as made:
        answers = made.run([call(0, "endless", str(place).encode()), call(1, "doubled")])
        assert next(answers).data == b"aa"
        while not place.exists() or not place.read_text("utf-8"):
            time.sleep(0.01)
    with pytest.raises(ProcessLookupError):
        os.kill(int(place.read_text("utf-8")), 0)
