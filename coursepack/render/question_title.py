"""The short name of a question, for products where a bank is a list of names."""

from __future__ import annotations

import re

from coursepack.model.blocks import block_text
from coursepack.model.questions import Question

_GAP = "…"
_MARKED = re.compile(r"\{#\d+\}")


def question_text(question: Question) -> str:
    """The question's letters in one line; a gap of a cloze question is «…»."""
    return without_gaps(" ".join(block_text(question.text).split()))


def without_gaps(text: str) -> str:
    """A text whose marks of gaps («{#1}») are «…»."""
    return _MARKED.sub(_GAP, text) if "{#" in text else text


def question_label(question: Question, width: int = 0) -> str:
    """«017. Билік дегеніміз не?»: its number in the bank, padded so that names sort, and its title or its text."""
    title = " ".join((question.title or question_text(question) or question.id).split())
    return f"{question.number:0{width}d}. {title}" if width and question.number else title
