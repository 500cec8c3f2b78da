"""AST-Test: a line a field, each begun by letters and a colon → questions.

``F1:`` names the bank, ``V1:`` and ``V2:`` are headings (they become categories), ``I:`` begins a task (its number and
parameters), ``Q:`` instructs, ``S:`` is the stem, ``+:`` a right answer and ``-:`` a wrong one, ``L1:`` and ``R1:`` the
sides of a pair, ``1:`` ``2:`` … items in their order, ``TOL:`` the tolerance of a number. Right answers alone
are what a student types; ``#$#`` in them stands for any letters. No vendor publishes a specification: this is what
files hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from coursepack.model.blocks import Blocks, Paragraph, Run, with_text
from coursepack.model.questions import (
    Answer,
    Choice,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Ordering,
    OrderingItem,
    Pair,
    Question,
    ShortAnswer,
    literal,
)
from coursepack.moodle.text import NUMBER
from coursepack.readers.layouts.pieces import LayoutPiece, TaggedPart, parts
from coursepack.readers.streams import AnswerWeights, ReadingSession

FIELD = re.compile(
    r"[ \t\xa0]{0,20}(?P<name>[FV][1-9]|TOL|[ISQ+]|[-–−]|[LR]\d{0,3}|\d{1,3})[ \t\xa0]{0,3}:(?P<gap>\s|$|(?=\S))"
)
_ORDER = re.compile(r"\d{1,3}")
_ANY = "#$#"
_GAP = re.compile(r"#{3,}")
_BLANK = "_____"
_MINUS = str.maketrans("–−", "--")
_LEVEL_OF_BANK, _DEEPEST = "F", 9
Field = str


def signs(piece: LayoutPiece) -> Iterator[tuple[int, int, Field | None]]:
    """The field that a line begins with; a number wants a blank behind its colon, for times have none («12:30»)."""
    found = FIELD.match(piece.text)
    if found and (found["gap"] != "" or not found["name"].isdecimal()):
        yield 0, found.end(), found["name"].translate(_MINUS)


@dataclass
class _Task:
    """A task in the making: its fields in order."""

    first: int
    fields: list[TaggedPart[Field]] = field(default_factory=list)

    def of(self, *names: str) -> list[TaggedPart[Field]]:
        """The fields of these names (``L`` for L1, L2 …) in order."""
        return [part for part in self.fields if (part.sign or "").rstrip("0123456789") in names]

    def take_back_numbers(self) -> None:
        """Lines that begin with a number belong to the field before them where the task puts nothing in order."""
        kept: list[TaggedPart[Field]] = []
        for part in self.fields:
            if kept and part.sign and _ORDER.fullmatch(part.sign):
                kept[-1].held.extend((piece, piece.part(0, len(piece.text))) for piece, _ in part.held)
            else:
                kept.append(part)
        self.fields = kept

    @property
    def ordered(self) -> list[TaggedPart[Field]]:
        found = [part for part in self.fields if part.sign and _ORDER.fullmatch(part.sign)]
        return sorted(found, key=lambda part: int(part.sign or 0))


class _LayoutError(Exception):
    pass


def questions(session: ReadingSession, pieces: Callable[[], Iterable[LayoutPiece]]) -> Iterator[Question]:
    """The questions of an AST-Test file."""
    reader = _AstReader(session)
    for part in parts(pieces(), signs, session.keep_to):
        yield from reader.take(part)
    yield from reader.close()


class _AstReader:
    def __init__(self, session: ReadingSession) -> None:
        self.session = session
        self.task: _Task | None = None
        self.headings: dict[str, str] = {}
        self.letters = 0

    def take(self, part: TaggedPart[Field]) -> Iterator[Question]:
        name = part.sign
        self.letters += part.letters
        if name is None:
            self.session.warning("ast-left-out", f"left out: before the first field: «{part.text()[:80]}»", part.first)
        elif name[0] in "FV" and name != "V":
            yield from self.close()
            self._heading(name, part.text())
        elif name == "I" or (name == "S" and (self.task is None or self.task.of("S"))):
            yield from self.close()
            self.task, self.letters = _Task(part.first, [part]), part.letters
        elif self.task is not None:
            self.task.fields.append(part)
        else:
            self.session.error("ast-question", f"a field «{name}:» before the first task", part.first)
        self.session.keep_to(self.letters, part.first)

    def _heading(self, name: str, text: str) -> None:
        kept = {known: stated for known, stated in self.headings.items() if (known[0], known[1:]) < (name[0], name[1:])}
        self.headings = kept | ({name: text} if text else {})

    def close(self) -> Iterator[Question]:
        """The task that ends here, if it is a question."""
        task, self.task = self.task, None
        if task is None:
            return
        last = task.fields[-1].last
        try:
            kind, fields = _made(task, self.session.shares)
        except _LayoutError as problem:
            self.session.error("ast-question", str(problem), task.first)
            return
        identifier, number = self.session.next_id()
        names = tuple(text for name, text in sorted(self.headings.items()) if name[0] != _LEVEL_OF_BANK)
        yield kind(id=identifier, number=number, category=names, place=self.session.place(task.first, last), **fields)


def _made(task: _Task, worth: AnswerWeights) -> tuple[type[Any], dict[str, Any]]:
    if task.of("+", "-", "L", "R"):
        task.take_back_numbers()
    right, wrong = task.of("+"), task.of("-")
    stem = _stem(task, typed=not wrong)
    if not stem:
        raise _LayoutError("a task without its stem (S:)")
    kinds = [name for name, held in (("+:", right + wrong), ("L:", task.of("L", "R")), ("1:", task.ordered)) if held]
    if len(kinds) > 1:
        raise _LayoutError(f"a task with fields of several kinds: {', '.join(kinds)}")
    if task.ordered:
        kind, fields = _ordering(task)
    elif task.of("L", "R"):
        kind, fields = _matching(task)
    elif wrong:
        kind, fields = _choices([part for part in task.fields if part.sign in {"+", "-"}], worth)
    elif right:
        kind, fields = _typed(right, task.of("TOL"))
    else:
        kind, fields = Essay, {}
    return kind, fields | {"text": stem}


def _stem(task: _Task, *, typed: bool) -> Blocks:
    """The instruction and the stem; ``###`` is where a typed answer belongs."""
    result = [block for part in task.of("Q", "S") for block in part.blocks()]
    return tuple(_with_gaps(block) if typed and isinstance(block, Paragraph) else block for block in result)


def _with_gaps(block: Paragraph) -> Paragraph:
    content = tuple(
        with_text(one, _GAP.sub(_BLANK, one.text)) if isinstance(one, Run) else one for one in block.content
    )
    return block if content == block.content else Paragraph(content=content)


def _choices(answers: list[TaggedPart[Field]], worth: AnswerWeights) -> tuple[type[Any], dict[str, Any]]:
    found = [(part.blocks(), part.sign == "+") for part in answers]
    if any(not blocks for blocks, _ in found):
        raise _LayoutError("an empty answer")
    right = sum(is_right for _, is_right in found)
    if not right:
        raise _LayoutError("no answer is right (+:)")
    if len(found) < 2:
        raise _LayoutError("one answer only, expected two or more")
    fractions = worth([is_right for _, is_right in found], single=right == 1)
    choices = tuple(Choice(content=blocks, fraction=one) for (blocks, _), one in zip(found, fractions, strict=True))
    return MultipleChoice, {"choices": choices, "single": right == 1}


def _typed(right: list[TaggedPart[Field]], tolerance: list[TaggedPart[Field]]) -> tuple[type[Any], dict[str, Any]]:
    """Right answers alone: numbers where all are, else texts."""
    texts = [part.text() for part in right]
    if not all(texts):
        raise _LayoutError("an empty answer")
    numbers = [text.replace(",", ".").translate(_MINUS) for text in texts]
    if not all(NUMBER.fullmatch(number) for number in numbers):
        if tolerance:
            raise _LayoutError(f"a tolerance (TOL:) of {texts[0][:40]!r}, which is no number")
        return ShortAnswer, {"answers": tuple(Answer(text="*".join(map(literal, text.split(_ANY)))) for text in texts)}
    spread = tolerance[0].text().replace(",", ".") if tolerance else "0"
    if not NUMBER.fullmatch(spread):
        raise _LayoutError(f"the tolerance {spread[:40]!r} is no number")
    return Numerical, {"answers": tuple(NumericalAnswer(value=number, tolerance=spread) for number in numbers)}


def _matching(task: _Task) -> tuple[type[Any], dict[str, Any]]:
    """Sides of one number are a pair; a right side without a left one fits nothing."""
    left, right = _sides(task.of("L")), _sides(task.of("R"))
    alone = [name for name in left if name not in right]
    if alone:
        raise _LayoutError(f"L{alone[0]} has no R{alone[0]}")
    if len(left) < 2:
        raise _LayoutError(f"{len(left)} pairs, expected two or more")
    pairs = [Pair(question=blocks, answer=right[name]) for name, blocks in left.items()]
    return Matching, {"pairs": (*pairs, *(Pair(question=(), answer=right[name]) for name in right if name not in left))}


def _sides(fields: list[TaggedPart[Field]]) -> dict[str, Blocks]:
    found: dict[str, Blocks] = {}
    for place, part in enumerate(fields, 1):
        name = (part.sign or "")[1:] or str(place)
        blocks = part.blocks()
        if not blocks or name in found:
            raise _LayoutError(f"{part.sign}: is {'there twice' if name in found else 'empty'}")
        found[name] = blocks
    return found


def _ordering(task: _Task) -> tuple[type[Any], dict[str, Any]]:
    items = [part.blocks() for part in task.ordered]
    if len(items) < 2 or not all(items):
        raise _LayoutError("items to put in order, expected two or more with text in each")
    return Ordering, {"items": tuple(OrderingItem(content=blocks) for blocks in items)}
