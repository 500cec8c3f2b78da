"""What a SCORM page shows of questions: views for the template, and exam questions, which never bring their key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from coursepack.languages.catalogues import Words
from coursepack.model.questions import Question
from coursepack.render.question_blocks import asked
from coursepack.writers.scorm.html import PartHtml, ScoFiles


@dataclass(frozen=True)
class ChoiceView:
    """``line``: the choice stands inside a label; one with a table or a picture of its own cannot."""

    letter: str
    label: str
    html: Markup
    line: bool
    right: bool
    feedback: Markup | None = None


@dataclass(frozen=True)
class Feedback:
    """A text shown after checking: ``when`` always, correct, partial or incorrect; ``answer`` an accepted answer."""

    html: Markup
    when: str | None = None
    answer: str | None = None


@dataclass(frozen=True)
class AnswerPassage:
    """Where the answer stands: the id of a heading and its text. ``sure``: the question stands below it."""

    target: str
    heading: str
    sure: bool = True


@dataclass(frozen=True)
class Model:
    """What a learner reads after giving an own answer: a model answer, or criteria to judge the own one by.

    ``label``: what the source calls it, if it does.
    """

    html: Markup
    criteria: bool = False
    label: str = ""


@dataclass(frozen=True)
class QuestionView:
    """A question as the template shows it. ``kind`` names a macro of ``question.html``.

    ``models``: what a learner may read after giving an own answer. ``passage``: where the answer stands.
    """

    id: str
    key: str
    kind: str
    heading: str
    stem: Markup
    choices: tuple[ChoiceView, ...] = ()
    rows: tuple[tuple[Markup, str], ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    offered: tuple[Markup, ...] = ()
    single: bool = True
    template: str = ""
    lines: int = 4
    unit: str = ""
    feedback: tuple[Feedback, ...] = ()
    key_text: str = ""
    models: tuple[Model, ...] = ()
    passage: AnswerPassage | None = None
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def model(self) -> Markup | None:
        """All of ``models``."""
        return Markup("\n").join(model.html for model in self.models) if self.models else None

    @property
    def criteria(self) -> bool:
        """True when there are criteria to judge the own answer by."""
        return any(model.criteria for model in self.models)

    @property
    def texts(self) -> tuple[Markup, ...]:
        """All that a learner reads of it before answering."""
        return (self.stem, *(choice.html for choice in self.choices), *(row for row, _ in self.rows), *self.offered)


def exam_html(question: Question, page: str, files: ScoFiles, say: Words) -> Markup:
    """A question as an exam list prints it: its text and what it offers, never its key."""
    return PartHtml(page, files, say).html(asked(question, say))
