"""text2qti: Markdown with a number before each question and signs before its answers → questions.

As its README has it (github.com/gpoore/text2qti): ``a)`` and ``*b)``, also ``a.``, one right answer, ``[ ]`` and
``[*]`` several, ``*`` a short answer, ``=`` a number (``1.5 +- 0.1``, ``[1, 2]``), ``____`` an essay, ``^^^^`` a file;
``...``, ``+`` and ``-`` are feedback, ``Title:`` and ``Points:`` stand before a question. Groups and executable code
are refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from coursepack.model.blocks import Blocks
from coursepack.model.questions import (
    Answer,
    Choice,
    Essay,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Question,
    ShortAnswer,
    literal,
)
from coursepack.moodle.text import NUMBER
from coursepack.readers import question_text
from coursepack.readers.html.blocks import HtmlReader
from coursepack.readers.layouts.pieces import LayoutPiece
from coursepack.readers.streams import ReadingSession

SIGN = re.compile(
    r"(?P<number>\d{1,5})[.][ \t]+(?=\S)|(?P<right>\*?)(?P<letter>[A-Za-z])[).][ \t]+(?=\S)"
    r"|\[(?P<tick>[ *])\][ \t]+(?=\S)|(?P<short>\*)[ \t]+(?=\S)"
    r"|(?P<equal>=)[ \t]+(?=\S)|(?P<essay>_{3,})[ \t]*$|(?P<file>\^{3,})[ \t]*$"
    r"|(?P<note>\.\.\.|[+-]|!)[ \t]+(?=\S)"
)
_HEAD = re.compile(
    r"(?P<name>quiz title|quiz description|title|points|text title|text|shuffle answers|show correct answers|"
    r"one question at a time|can't go back|feedback is solution|solutions sample groups|solutions randomize groups)"
    r"[ \t]*:[ \t]*(?P<value>.*)",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"[ \t]*(?:GROUP|END_GROUP|pick:|points per question:|```+[ \t]*\{)", re.IGNORECASE)
_RANGE = re.compile(r"\[\s*(?P<low>[^,\]]{1,60}),\s*(?P<high>[^\]]{1,60})\]")


def tells(texts: list[str]) -> bool:
    """The title that its files begin with, or numbered questions with ticked answers."""
    found = [sign for text in texts if (sign := SIGN.match(text))]
    if not any(sign["number"] for sign in found):
        return False
    titled = any(_HEAD.match(text) and text.lower().startswith("quiz ") for text in texts[:10])
    return titled or any(sign["tick"] == "*" for sign in found)


@dataclass
class _QuestionDraft:
    """A question in the making; ``answers`` are the sign of each, its lines and its feedback."""

    first: int
    last: int
    stem: list[str]
    title: str = ""
    points: str = ""
    answers: list[tuple[str, list[str], list[str]]] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)


class _LayoutError(Exception):
    pass


def questions(session: ReadingSession, pieces: Callable[[], Iterable[LayoutPiece]]) -> Iterator[Question]:
    """The questions of a text2qti file."""
    reader = _Text2qtiReader(session)
    for piece in pieces():
        yield from reader.take(piece)
    yield from reader.close()


class _Text2qtiReader:
    def __init__(self, session: ReadingSession) -> None:
        self.session = session
        self.html = HtmlReader(lost=session.lost, top=3)
        self.item: _QuestionDraft | None = None
        self.said: dict[str, str] = {}
        self.goes_on: list[str] | None = None
        """The lines that an indented one is added to."""
        self.letters = 0

    def take(self, piece: LayoutPiece) -> Iterator[Question]:
        self.letters += len(piece.text)
        self.session.keep_to(self.letters, piece.number)
        sign = SIGN.match(piece.text)
        head = _HEAD.match(piece.text) if sign is None else None
        if _REFUSED.match(piece.text):
            yield from self.close()
            self.session.error("text2qti-question", f"{piece.text.strip()[:40]!r} is not read", piece.number)
        elif sign and sign["number"]:
            yield from self.close()
            text = piece.text[sign.end() :]
            self.item = _QuestionDraft(
                piece.number, piece.number, [text], self.said.pop("title", ""), self.said.pop("points", "")
            )
            self.goes_on, self.letters = self.item.stem, len(piece.text)
        elif head:
            yield from self._head(head, piece)
        elif sign and self.item:
            self._answer(self.item, sign, piece)
        elif self.goes_on is not None and (piece.text[:1].isspace() or piece.blank is False):
            self.goes_on.extend([""] * piece.blank + [piece.text.strip()])
            if self.item:
                self.item.last = piece.number
        else:
            self._left_out(piece)

    def _head(self, head: re.Match[str], piece: LayoutPiece) -> Iterator[Question]:
        name = head["name"].lower()
        if name in {"title", "points"}:
            yield from self.close()
            self.said[name] = head["value"].strip()
        elif name.startswith("text"):
            yield from self.close()
            self._left_out(piece)
        self.goes_on = None

    def _left_out(self, piece: LayoutPiece) -> None:
        self.session.warning("text2qti-left-out", f"left out: «{piece.text.strip()[:80]}»", piece.number)

    def _answer(self, item: _QuestionDraft, sign: re.Match[str], piece: LayoutPiece) -> None:
        text = piece.text[sign.end() :].strip()
        item.last = piece.number
        if sign["note"]:
            stated = item.answers[-1][2] if item.answers and sign["note"] == "..." else None
            self.goes_on = item.notes.setdefault(sign["note"], []) if stated is None else stated
            self.goes_on.append(text)
            return
        kind = next(name for name in ("letter", "tick", "short", "equal", "essay", "file") if sign[name] is not None)
        right = {"letter": bool(sign["right"]), "tick": sign["tick"] == "*"}.get(kind, False)
        self.goes_on = [text]
        item.answers.append((kind + "+" * right, self.goes_on, []))

    def close(self) -> Iterator[Question]:
        """The question that ends here, if it is one."""
        item, self.item, self.goes_on = self.item, None, None
        if item is None:
            return
        try:
            kind, fields = self._made(item)
            mark = _mark(item.points)
        except _LayoutError as problem:
            self.session.error("text2qti-question", str(problem), item.first)
            return
        identifier, number = self.session.next_id()
        yield kind(
            id=identifier,
            number=number,
            text=self._blocks(item.stem),
            title=item.title or None,
            mark=mark,
            feedback=self._blocks(item.notes.get("...", [])),
            place=self.session.place(item.first, item.last),
            **fields,
        )

    def _made(self, item: _QuestionDraft) -> tuple[type[Any], dict[str, Any]]:
        kinds = {sign.rstrip("+") for sign, _, _ in item.answers}
        if len(kinds) != 1:
            raise _LayoutError(f"answers of {len(kinds)} kinds, expected one: a), [ ], *, =, ____ or ^^^^")
        (kind,) = kinds
        if kind in {"letter", "tick"}:
            return self._choices(item, single=kind == "letter")
        if kind == "short":
            answers = (Answer(text=literal(" ".join(" ".join(lines).split()))) for _, lines, _ in item.answers)
            return ShortAnswer, {"answers": tuple(answers)}
        if kind == "equal":
            return Numerical, {"answers": (_number(" ".join(item.answers[0][1])),)}
        return Essay, {"attachments": 1} if kind == "file" else {}

    def _choices(self, item: _QuestionDraft, *, single: bool) -> tuple[type[Any], dict[str, Any]]:
        signs = [sign.endswith("+") for sign, _, _ in item.answers]
        right = sum(signs)
        if len(item.answers) < 2 or not right or (single and right > 1):
            raise _LayoutError(f"{len(item.answers)} answers, {right} of them right")
        worth = self.session.shares(signs, single=single)
        choices = tuple(
            Choice(content=self._blocks(lines), fraction=one, feedback=self._blocks(notes))
            for (_, lines, notes), one in zip(item.answers, worth, strict=True)
        )
        return MultipleChoice, {
            "choices": choices,
            "single": single,
            "correct_feedback": self._blocks(item.notes.get("+", [])),
            "incorrect_feedback": self._blocks(item.notes.get("-", [])),
        }

    def _blocks(self, lines: list[str]) -> Blocks:
        return question_text.blocks("\n".join(lines), "markdown", self.html)


def _mark(text: str) -> float | None:
    if not text:
        return None
    if not NUMBER.fullmatch(text):
        raise _LayoutError(f"{text[:40]!r} points, expected a number")
    return float(text.replace(",", "."))


def _number(text: str) -> NumericalAnswer:
    """``4``, ``1.5 +- 0.1``, ``[1, 2]``."""
    from decimal import Decimal

    if found := _RANGE.fullmatch(text.strip()):
        low, high = found["low"].strip(), found["high"].strip()
        if not (NUMBER.fullmatch(low) and NUMBER.fullmatch(high)) or "e" in (low + high).lower():
            raise _LayoutError(f"{text[:40]!r} is no range of numbers")
        least, most = Decimal(low), Decimal(high)
        middle = (least + most) / 2
        return NumericalAnswer(value=f"{middle:f}", tolerance=f"{most - middle:f}")
    value, _, spread = (part.strip() for part in text.partition("+-"))
    if not NUMBER.fullmatch(value) or (spread and not NUMBER.fullmatch(spread)):
        raise _LayoutError(f"{text[:40]!r} is no number, expected like 1.5 or 1.5 +- 0.1")
    return NumericalAnswer(value=value, tolerance=spread or "0")
