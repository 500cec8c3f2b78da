"""Keys that somebody wrote beside a test, in comments on its questions or on their answers."""

from __future__ import annotations

from coursepack.model.document import Comment
from coursepack.outline.bank.key_text import key_of
from coursepack.outline.bank.parts import DraftOption, DraftQuestion


def told_by(item: DraftQuestion) -> tuple[list[str], list[int]]:
    """What comments of a question state as its key, and the places of the answers that they call right. A reader keeps
    no other comments."""
    held = [*item.texts, *(line for option in item.options for line in (option.line, *option.more))]
    lines = {line.at: line for line in held}
    keys = [key for line in lines.values() for comment in line.piece.comments if (key := key_of(comment.text))]
    right = [at for at, option in enumerate(item.options) if _is_called_right(option)]
    return keys, right


def _is_called_right(option: DraftOption) -> bool:
    """Whether a comment that states no letter stands on an answer, of which several may stand on one line."""
    inline = option.kind == "inline"
    begins = max((at for at in option.line.starts if at < option.start), default=0) if inline else option.begins
    own = (one for one in option.line.piece.comments if _is_within(one, begins, option.end))
    more = (one for line in option.more for one in line.piece.comments)
    return any(one.text and not key_of(one.text) for one in (*own, *more))


def _is_within(comment: Comment, begins: int, ends: int | None) -> bool:
    start = comment.start if comment.start < comment.end else max(comment.end - 1, 0)
    return begins <= start and (ends is None or comment.end <= ends)
