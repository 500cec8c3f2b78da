"""A question as it is asked: its text and what it offers, never its key.

Choices and items to put in order stand in an order that tells nothing, answers of a matching question in that of their
letters: in the order of the source the right one often comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from coursepack.languages.catalogues import Words
from coursepack.model.blocks import Blocks, List, ListItem, Paragraph, Run, block_text, with_text
from coursepack.model.questions import (
    Choice,
    Cloze,
    Description,
    Matching,
    MultipleChoice,
    Ordering,
    Question,
    TrueFalse,
)
from coursepack.render.draw import mixed, order_of

_RULE = "______"


def asked(question: Question, say: Callable[[str], str]) -> Blocks:
    """The text, then what there is to choose from, by letters. ``say`` has «True» and «False»."""
    match question:
        case MultipleChoice():
            return (*question.text, *_lettered(choice.content for choice in in_order(question)))
        case TrueFalse():
            return (*question.text, *_lettered((_line(say(word)),) for word in ("True", "False")))
        case Matching():
            left = tuple(ListItem(blocks=pair.question) for pair in question.pairs if pair.question)
            rows = (List(items=left, marker="paren"),) if left else ()
            return (*question.text, *rows, *_lettered(answers_to_match(question)))
        case Ordering():
            return (*question.text, *_lettered(question.items[place].content for place in mixed(question)))
        case Cloze():
            return (*with_rules(question), *_offered(question))
    return question.text


def in_order(question: MultipleChoice) -> list[Choice]:
    """The options in the order of their letters."""
    order = order_of(question.id, len(question.choices)) if question.shuffle else range(len(question.choices))
    return [question.choices[place] for place in order]


def answers_to_match(question: Matching) -> list[Blocks]:
    """The answers of a matching question, each once, in the order of their letters."""
    return sorted(
        {pair.answer for pair in question.pairs if pair.answer},
        key=lambda answer: (block_text(answer), msgspec.json.encode(answer)),
    )


def question_items(questions: Iterable[Question], say: Words) -> list[Blocks]:
    """The questions one by one; what only stands between them goes before the next one, at the end behind the last."""
    items: list[Blocks] = []
    before: Blocks = ()
    for question in questions:
        if isinstance(question, Description):
            before += question.text
        else:
            items.append((*before, *asked(question, say)))
            before = ()
    if before:
        items[-1:] = [(*(items[-1] if items else ()), *before)]
    return items


def question_list(questions: Sequence[Question], say: Words) -> Blocks:
    """The questions as one list by number."""
    items = tuple(ListItem(blocks=blocks) for blocks in question_items(questions, say))
    first = next((question.number for question in questions if not isinstance(question, Description)), None)
    return (List(items=items, marker="decimal", start=first or 1),) if items else ()


def with_rules(question: Cloze) -> Blocks:
    """The text of a cloze question with a rule where each gap stands, numbered where there are several."""
    many = len(question.gaps) > 1

    def fill(text: str) -> str:
        for number in range(1, len(question.gaps) + 1):
            text = text.replace(f"{{#{number}}}", f"({number}) {_RULE}" if many else _RULE)
        return text

    found: Blocks = _mapped(question.text, fill)
    return found


def _offered(question: Cloze) -> Blocks:
    """What the gaps that are chosen from offer."""
    many = len(question.gaps) > 1
    return tuple(
        _line((f"({number}) " if many else "") + " / ".join(sorted(answer.text for answer in gap.answers)))
        for number, gap in enumerate(question.gaps, 1)
        if gap.kind in {"multiple-choice", "multiple-response"}
    )


def _lettered(items: Iterable[Blocks]) -> Blocks:
    result = tuple(ListItem(blocks=item) for item in items)
    return (List(items=result, marker="lower-alpha"),) if result else ()


def _line(text: str) -> Paragraph:
    return Paragraph(content=(Run(text=text),))


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    """Blocks with the text of every run changed."""
    if isinstance(value, Run):
        return with_text(value, change(value.text))
    if isinstance(value, tuple):
        return tuple(_mapped(part, change) for part in value)
    if isinstance(value, msgspec.Struct):
        fields = {name: _mapped(getattr(value, name), change) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **fields)
    return value
