"""Keys that somebody wrote beside a test, in comments on its questions or on their answers."""

from __future__ import annotations

from collections.abc import Iterator

from coursepack.model.document import Comment
from coursepack.outline.bank.parts import Item, Option
from coursepack.outline.bank.said import key_of


def told_by(item: Item) -> tuple[list[str], list[int]]:
    """What comments of a question state as its key, and the places of the answers that they call right. A reader keeps
    no other comments."""
    keys: list[str] = []
    right: list[int] = []
    for at, option in enumerate(item.options):
        for comment in _of_answer(option):
            key = key_of(comment.text)
            if key:
                keys.append(key)
            elif at not in right:
                right.append(at)
    answers = {option.line.at for option in item.options}
    asked = (line for line in item.texts if line.at not in answers)
    keys += [key for line in asked for comment in line.piece.comments if (key := key_of(comment.text))]
    return keys, right


def _of_answer(option: Option) -> Iterator[Comment]:
    """The comments on an answer, of which several may stand on one line."""
    inline = option.kind == "inline"
    begins = (
        max((start for start in option.line.starts if start < option.start), default=0) if inline else option.begins
    )
    for line in (option.line, *option.more):
        first, last = (begins, option.end) if line is option.line else (0, None)
        for comment in line.piece.comments:
            if (not first or first < comment.end) and (last is None or comment.end <= last):
                yield comment
