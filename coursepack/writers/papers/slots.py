"""The slots that every paper's template may place."""

from __future__ import annotations

from coursepack.writers.papers.grading import grading, letter_scale, own_scale
from coursepack.writers.papers.outcomes import outcome_matrix
from coursepack.writers.papers.paper import TemplateSlot
from coursepack.writers.papers.parts import PARTS

SHARED: dict[str, TemplateSlot] = PARTS | {
    "grading": TemplateSlot(grading, lambda course: course.about.grading is not None),
    "outcome_matrix": TemplateSlot(
        outcome_matrix, lambda course: bool(course.about.outcome_map and course.about.outcomes)
    ),
    "letter_scale": TemplateSlot(
        letter_scale, lambda course: not own_scale(course), wanted=lambda options: options.letter_scale
    ),
}
