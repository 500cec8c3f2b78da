"""The question types of the model by the names of Moodle's plugins (``question/type/…``), as its database has them."""

from __future__ import annotations

from coursepack.model.questions import (
    Cloze,
    Description,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
    TrueFalse,
)

PLUGINS: dict[type[Question], str] = {
    Essay: "essay",
    MultipleChoice: "multichoice",
    TrueFalse: "truefalse",
    ShortAnswer: "shortanswer",
    Numerical: "numerical",
    Matching: "match",
    Ordering: "ordering",
    Cloze: "multianswer",
    Description: "description",
}
