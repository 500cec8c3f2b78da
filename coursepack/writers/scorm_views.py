"""What a SCORM page shows of questions: views for the template, and exam questions, which never bring their key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from coursepack.course import Cloze, Matching, MultipleChoice, Question
from coursepack.locale import Words
from coursepack.safe_io import legal
from coursepack.writers.scorm_html import ClozeHtml, PageHtml, Pictures, shuffled_order


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
class QuestionView:
    """A question as the template shows it. ``kind`` names a macro of ``question.html``."""

    id: str
    key: str
    kind: str
    heading: str
    stem: Markup
    choices: tuple[ChoiceView, ...] = ()
    rows: tuple[tuple[Markup, str], ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    single: bool = True
    template: str = ""
    lines: int = 4
    unit: str = ""
    feedback: tuple[Feedback, ...] = ()
    key_text: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def exam_html(question: Question, page: str, pictures: Pictures, say: Words) -> Markup:
    """A question as an exam list prints it: its text and what it offers, never its key.

    Choices stand in an order that tells nothing, answers of a matching question in the order of their letters.
    """
    html = ClozeHtml(page, pictures, say, {}).html(question.text)
    renderer = PageHtml(page, pictures, say, top=4)
    match question:
        case MultipleChoice():
            order = (
                shuffled_order(question.id, len(question.choices)) if question.shuffle else range(len(question.choices))
            )
            items = [renderer.html(question.choices[index].content) for index in order]
            html += _list("ol", items, "choices")
        case Matching():
            html += _list("ol", [renderer.html(pair.question) for pair in question.pairs if pair.question], "pairs")
            html += _list(
                "ul", [Markup("{}").format(legal(text)) for text in sorted({p.answer for p in question.pairs})]
            )
        case Cloze():
            for number, gap in enumerate(question.gaps, 1):
                if gap.kind in {"multiple-choice", "multiple-response"}:
                    texts = legal(" / ".join(sorted(answer.text for answer in gap.answers)))
                    html += Markup("<p>{}: {}</p>").format(number, texts)
        case _:
            pass
    return html


def _list(tag: str, items: list[Markup], name: str = "") -> Markup:
    start = Markup('<{} class="{}">').format(tag, name) if name else Markup("<{}>").format(tag)
    return start + Markup("").join(Markup("<li>{}</li>").format(item) for item in items) + Markup("</{}>").format(tag)
