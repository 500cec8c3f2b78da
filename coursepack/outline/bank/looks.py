"""How the right answers of a bank are marked: by a sign, or by a look (bold, underlined, coloured, highlighted).

Neither counts unless most questions have it, on some of their answers and not on all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from coursepack import languages
from coursepack.model.blocks import Inlines, Run
from coursepack.outline.bank.key_text import latin
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import RIGHT
from coursepack.outline.bank.parts import DraftOption, DraftQuestion
from coursepack.outline.pieces import Piece

_FRONT = re.compile(r"(?P<sign>\([xX+*•]\)|#{1,3}(?=\s)|\[[xX+*]\]|[+*✓√✔☑☒◉●⚫✅]\ufe0f?)\s*(?=\S)")
_BACK = languages.expression(
    r"\s*(?P<sign>\(\+\)|\[[xX+]\]|(?<=\s)\+|(?<=\s)#{1,3}|(?<=\s)(?:<[-=]+|←)|\(\*\)|[*✓√✔☑✅]\ufe0f?|(?:[(\[]|[←<–—-]{1,3}\s*)\s*(?:@right-mark@)\s*[!.]?[)\]]?)\s*[;.]?$",
    re.IGNORECASE,
)
_OWN = re.compile(r"\s*[(\[](?P<letter>[^\W_]{1,2})[)\]]\s*[;.]?$")
"""«A) True (A)»: the answer's own letter once more."""
_EMPTY = re.compile(r"(?:\[ ?\]|\( \))\s*(?=\S)")
"""A box that nobody ticked."""


@dataclass(frozen=True, slots=True)
class AnswerSign:
    """A sign on an answer: ``slot`` before its letter, in front of its text or behind it; the letters that it takes."""

    slot: str
    char: str
    start: int
    end: int


_BEFORE_LETTER = re.compile(r"(?P<ticked>\[[xX+*✓]\]|[☑☒✓◉●])|[+*]")
"""A right answer among several on one line."""


def signs(option: DraftOption, body: Piece) -> list[AnswerSign]:
    """The signs on an answer whose text is ``body``."""
    found: list[AnswerSign] = []
    line = option.line
    if option.kind == "tag":
        return [AnswerSign("tag", "+", 0, 0)] if line.tag == "right" else []
    inline = option.kind == "inline" and _BEFORE_LETTER.match(line.text[line.starts[_nth(option)] :])
    if inline:
        found.append(AnswerSign("lead", "+" if inline["ticked"] else inline[0], 0, 0))
    elif (
        option.kind in {"letter", "sign", "number", "bullet", "deeper"}
        and line.is_right
        and line.sign_end <= option.start
    ):
        found.append(AnswerSign("lead", line.sign, 0, 0))
    front = _FRONT.match(body.text)
    if front:
        found.append(AnswerSign("front", _plain(front["sign"]), 0, front.end()))
    back = _BACK.search(body.text)
    if back and back.start():
        found.append(AnswerSign("back", _plain(back["sign"]), back.start(), back.end("sign")))
    own = _OWN.search(body.text) if option.label else None
    if own and own.start() and latin(own["letter"]) == latin(option.label):
        found.append(AnswerSign("back", "own", own.start(), own.end()))
    return found


def is_signed(option: DraftOption) -> bool:
    """Whether an answer begins or ends with a sign of right ones, be it of this bank or not."""
    text = option.line.text[option.start : option.end]
    back = _BACK.search(text)
    return option.line.is_right or _FRONT.match(text) is not None or (back is not None and back.start() > 0)


def box_end(text: str) -> int:
    """Where the text of an answer behind a box that nobody ticked begins."""
    found = _EMPTY.match(text)
    return found.end() if found else 0


_WRONG = re.compile(r"(?:[-‐‒–—−]\s+|=\s*)(?=\S)")


def wrong_end(text: str) -> int:
    """Where the text of an answer behind the minus or equals sign of wrong ones begins; 0 where none stands there."""
    found = _WRONG.match(text)
    return found.end() if found else 0


def _nth(option: DraftOption) -> int:
    starts = option.line.starts
    return max(at for at, start in enumerate(starts) if start < option.start)


def _plain(sign: str) -> str:
    return sign[0] if sign[0] in RIGHT else "+"


def sign_of(items: Sequence[DraftQuestion], found: Callable[[DraftOption], list[AnswerSign]]) -> str | None:
    """The sign that marks the right answers of a bank."""
    marked: dict[str, int] = {}
    for item in items:
        kinds = [{one.char for one in found(option)} for option in item.options]
        for kind in set().union(*kinds):
            if 0 < sum(kind in has for has in kinds) < len(kinds):
                marked[kind] = marked.get(kind, 0) + 1
    return _used(marked, len(items))


def _used(marked: dict[str, int], count: int) -> str | None:
    best = max(marked, key=lambda kind: (marked[kind], kind), default=None)
    return best if best and marked[best] * 100 >= count * limits()["throughout"] else None


# --- looks

UNSTRUCK = "not struck"
"""The look of right answers where a line runs through all others."""

LOOKS: tuple[tuple[str, Callable[[Run], bool]], ...] = (
    ("highlight", lambda run: run.highlight is not None),
    ("colour", lambda run: run.colour is not None),
    ("bold", lambda run: run.bold),
    ("underline", lambda run: run.underline),
    ("italic", lambda run: run.italic),
    ("not struck", lambda run: not run.strike),
)


def has(content: Inlines, look: str) -> bool:
    """Whether most letters look so."""
    wanted = dict(LOOKS)[look]
    runs = [run for run in content if isinstance(run, Run)]
    characters = sum(len(run.text) for run in runs)
    return sum(len(run.text) for run in runs if wanted(run)) * 2 > characters > 0


def look_of(items: Sequence[DraftQuestion], seen: Callable[[DraftOption, str], bool]) -> tuple[str | None, list[str]]:
    """The look that marks the right answers of a bank, and looks that all answers of most questions share."""
    best: tuple[int, str] | None = None
    shared: list[str] = []
    for look, _ in LOOKS:
        marked = same = 0
        for item in items:
            count = sum(seen(option, look) for option in item.options)
            marked += 0 < count < len(item.options)
            same += count == len(item.options)
        if same * 2 > len(items) and look != UNSTRUCK:
            shared.append(look)
        if marked * 100 >= len(items) * limits()["looks"] and (best is None or marked > best[0]):
            best = (marked, look)
    return (best[1] if best else None), shared


def letter_has(option: DraftOption, look: str) -> bool:
    """Whether the letter of an answer that stands alone on its line looks so."""
    content, left = [], option.start if option.kind == "letter" else 0
    for run in option.line.piece.content or ():
        if left <= 0 or not isinstance(run, Run):
            break
        content.append(msgspec.structs.replace(run, text=run.text[:left].strip()))
        left -= len(run.text)
    return has(tuple(content), look)


def by_letter(options: Sequence[DraftOption], look: str) -> list[int]:
    """The place of the only answer whose letter looks so."""
    found = [at for at, option in enumerate(options) if letter_has(option, look)]
    return found if len(found) == 1 and len(options) > 1 else []


def look_of_letters(items: Sequence[DraftQuestion]) -> str | None:
    """The look of one letter among those of a question's answers, in most questions of a bank: «B)» alone is red."""
    stated = {look: sum(bool(by_letter(item.options, look)) for item in items) for look, _ in LOOKS if look != UNSTRUCK}
    return _used({look: count for look, count in stated.items() if count}, len(items))


def plain(content: Inlines, *, unstruck: bool = False) -> Inlines:
    """An answer's inlines without the looks that all of it has, and without any colour: they mark keys; ``unstruck``:
    without lines through them as well."""
    every = {look for look in ("bold", "underline", "italic") if has(content, look)} | (
        {"strike"} if unstruck else set()
    )
    changes: dict[str, object] = {"colour": None, "highlight": None, **dict.fromkeys(sorted(every), False)}
    return tuple(msgspec.structs.replace(item, **changes) if isinstance(item, Run) else item for item in content)
