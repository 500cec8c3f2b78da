"""The tool that fits the weights of the reading: which values it takes, and what it writes."""

from __future__ import annotations

from benchmarks.coursebench.fit_weights import FILE, Weights, copied, fitted, written
from coursepack.outline.tree import signals

START: Weights = {"heading": {"bold": 3, "stop": -4}, "limits": {"short": 70}, "label": {"asked": 7}}


def test_each_weight_takes_the_value_that_reads_best() -> None:
    said: list[str] = []

    def value(weights: Weights) -> float:
        return 1 - abs(weights["heading"]["bold"] - 5) / 10 - abs(weights["label"]["asked"] - 6) / 100

    weights, changed = fitted(copied(START), value, said.append)
    assert changed
    assert weights == {"heading": {"bold": 5, "stop": -4}, "limits": {"short": 70}, "label": {"asked": 6}}
    assert said == ["0.7900  as they stand", "0.9900  heading.bold: 3 → 5", "1.0000  label.asked: 7 → 6"]


def test_of_values_that_read_as_well_the_nearest_is_taken() -> None:
    weights, _ = fitted(copied(START), lambda one: float(one["heading"]["stop"] > -4), lambda _: None)
    assert weights["heading"]["stop"] == -3


def test_a_gain_that_is_next_to_nothing_changes_nothing() -> None:
    weights, changed = fitted(copied(START), lambda one: one["label"]["asked"] / 10_000, lambda _: None)
    assert (weights, changed) == (START, False)


def test_the_file_keeps_its_order_and_comments() -> None:
    text = FILE.read_text("utf-8")
    weights = copied(signals.weights())
    assert written(text, weights) == text
    weights["heading"]["stop"] = -9
    assert written(text, weights) == text.replace("stop = -4 #", "stop = -9 #")
