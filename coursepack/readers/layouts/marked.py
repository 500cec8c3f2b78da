"""Tests in Markdown whose answers are ticked: GitHub's task lists (``- [x]``) and LiaScript's quizzes (``[(X)]``,
``[[X]]``, ``[[answer]]``) → questions.

In task lists a question may also have a line of its answer («*Answer:* Astana») or pairs («- France → Paris»). A
heading that only numbers a question is its label, one right above its answers is the question, any other names a
category. LiaScript's quizzes stand in its documentation (github.com/liaScript/docs, section Quizzes).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from coursepack import languages
from coursepack.model.blocks import Blocks, inline_text
from coursepack.model.document import Document, Para, Unit
from coursepack.model.questions import (
    Answer,
    Choice,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Pair,
    Question,
    ShortAnswer,
    literal,
)
from coursepack.readers import question_text
from coursepack.readers.html.blocks import HtmlReader
from coursepack.readers.layouts.pieces import LayoutPiece
from coursepack.readers.lettered import LETTERS_OFF, without_letters
from coursepack.readers.streams import ReadingSession

TASK = re.compile(r"[ \t]{0,12}(?:[-*+]|\d{1,3}[.)])[ \t]{1,8}\[(?P<tick>[ \txX]?)\](?:[ \t]+(?P<text>\S.*)|[ \t]*$)")
QUIZ = re.compile(
    r"[ \t]{0,12}(?:[-*+][ \t]{1,8})?(?:\[\((?P<one>[ \txX])\)\]|\[\[(?P<many>[ \txX])\]\])[ \t]{0,8}(?P<text>.*)"
)
_TYPED = re.compile(r"[ \t]{0,12}(?:[-*+][ \t]{1,8})?\[\[(?P<answer>[^\[\]|?]{1,500})\]\][ \t]*")
_ODD = re.compile(r"[ \t]{0,12}(?:[-*+][ \t]{1,8})?(?:\[\[|\[->|\[\()")
_STATED = languages.expression(
    r"[ \t]{0,12}(?:[-+][ \t]{1,8})?[*_]{0,2}(?:@key-line@)[*_]{0,2}[ \t]*:[*_]{0,2}[ \t]*(?P<answer>\S.*)",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"[ \t]{0,12}(?:[-*+]|\d{1,3}[.)])[ \t]{1,8}(?!\[)(?P<left>\S.{0,500}?)[ \t]*(?:->|=>|→|↔)[ \t]*(?P<right>\S.*)"
)
_NUMERAL = re.compile(r"[-+−]?\d+(?:[.,]\d+)?")
_HEADING = re.compile(r"[ \t]{0,3}(?P<level>#{1,6})[ \t]+(?P<text>.*?)[ \t#]*$")
_LABEL = languages.expression(r"@question@\s*(?:№\s*)?\d{1,4}\s*[.):]?", re.IGNORECASE)
_NUMBER = languages.expression(
    r"[ \t]{0,12}(?:\*\*|__)?(?:(?:@question@|@question-short@)\s*(?:№\s*)?\d{1,4}\s*[.):]?|\d{1,4}[.)])"
    r"(?:[ \t]*(?:\*\*|__)[.:]?)?[ \t]+(?=\S)",
    re.IGNORECASE,
)


_FOLDED = re.compile(r"[ \t]*(?P<open><details\b[^>]*>)?(?P<text>.*?)(?P<close></details>)?[ \t]*$", re.IGNORECASE)
_SUMMARY = re.compile(r"<summary\b[^>]*>.*?</summary>|</?(?:summary|details)\b[^>]*>", re.IGNORECASE)


def _unfolded(texts: Iterable[str]) -> Iterator[str]:
    """The lines that a page shows at once: none of ``<details>``."""
    folded = False
    for text in texts:
        found = _FOLDED.match(text) if "<" in text else None
        opens, closes = (bool(found["open"]), bool(found["close"])) if found else (False, False)
        if not (folded or opens):
            yield text
        folded = (folded or opens) and not closes


def is_task_list(texts: list[str]) -> bool:
    """Ticked items, and enough of them among the lines that are not folded away; no text with a few questions behind
    it."""
    texts = list(_unfolded(texts))
    found = [item for text in texts if (item := TASK.match(text))]
    stated = sum(bool(_STATED.fullmatch(text) or _PAIR.fullmatch(text)) for text in texts)
    ticked = any(item["tick"].strip() for item in found)
    return ticked and 4 * (len(found) + stated) >= len(texts) and not _tells_more(texts)


def _tells_more(texts: Sequence[str]) -> bool:
    """Whether a third of the letters of a text, or more, stand in lines far from any item: they ask nothing."""
    lines = [text for text in texts if text.strip()]
    near = {
        at - back
        for at, text in enumerate(lines)
        if TASK.match(text) or _STATED.fullmatch(text) or _PAIR.fullmatch(text)
        for back in range(-1, _STEM + 1)
    }
    apart = sum(len(text) for at, text in enumerate(lines) if at not in near)
    return apart * 3 > sum(map(len, lines))


_STEM = 4
"""Lines of a question above its first answer."""


def is_liascript(texts: list[str]) -> bool:
    """An answer that is ticked as LiaScript has it."""
    return any(item["one"] or item["many"] for text in texts if (item := QUIZ.match(text)) and item["text"].strip())


@dataclass
class _MarkedQuestion:
    """A question in the making: lines of its stem with their numbers, and its answers with what a tick says of each."""

    first: int = 0
    last: int = 0
    stem: list[tuple[int, str]] = field(default_factory=list)
    answers: list[tuple[list[str], bool]] = field(default_factory=list)
    many: bool = False
    typed: str = ""
    pairs: list[tuple[str, str]] = field(default_factory=list)
    feedback: list[str] = field(default_factory=list)

    @property
    def done(self) -> bool:
        return bool(self.answers or self.typed or self.pairs)


def task_lists(session: ReadingSession, pieces: Callable[[], Iterable[LayoutPiece]]) -> Iterator[Question]:
    """Questions whose answers are the items of task lists."""
    yield from _MarkedReader(session, "tasklist", TASK).read(pieces())


def liascript(
    session: ReadingSession, pieces: Callable[[], Iterable[LayoutPiece]], *, among: bool = False
) -> Iterator[Question]:
    """The quizzes of a LiaScript course; its question is the last paragraph before a quiz. ``among``: what stands
    between quizzes is read by somebody else, so that it is not reported."""
    yield from _MarkedReader(session, "liascript", QUIZ, among=among).read(pieces())


def without_quizzes(document: Document) -> Document:
    """A document without its LiaScript quizzes and the paragraph before each, which asks it."""
    kept: list[Unit] = []
    quiz = False
    for unit in document.units:
        text = inline_text(unit.content) if isinstance(unit, Para) else ""
        answer = bool(QUIZ.fullmatch(text) or _TYPED.fullmatch(text))
        if answer and not quiz and kept:
            kept.pop()
        quiz = answer
        if not answer:
            kept.append(unit)
    return msgspec.structs.replace(document, units=tuple(kept))


class _MarkedReader:
    def __init__(self, session: ReadingSession, name: str, answer: re.Pattern[str], *, among: bool = False) -> None:
        self.among = among
        self.session = session
        self.name = name
        self.answer = answer
        self.html = HtmlReader(lost=session.lost, top=3)
        self.item = _MarkedQuestion()
        self.headings: list[tuple[int, str]] = []
        self.letters = 0
        self.fence = False
        self.folded = False

    def read(self, pieces: Iterable[LayoutPiece]) -> Iterator[Question]:
        for piece in pieces:
            self.letters += len(piece.text)
            self.session.keep_to(self.letters, self.item.first or piece.number)
            if piece.text.lstrip().startswith(("```", "~~~")):
                self.fence = not self.fence
            heading = None if self.fence else _HEADING.match(piece.text)
            answer = None if self.fence else self.answer.match(piece.text)
            if self.name == "tasklist" and self._folds(piece):
                self.item.last = piece.number
            elif heading:
                yield from self.close()
                self._heading(len(heading["level"]), heading["text"].strip())
            elif answer:
                self._answer(answer, piece)
            elif self.item.answers and not piece.blank and piece.text[:1].isspace():
                self.item.answers[-1][0].append(piece.text.strip())
                self.item.last = piece.number
            elif self.item.answers and self.name == "tasklist" and piece.text.lstrip().startswith(">"):
                self.item.feedback.append(piece.text.lstrip()[1:].strip())
                self.item.last = piece.number
            elif self.name == "tasklist" and not self.fence and self._said(piece):
                self.item.last = piece.number
            elif self.name == "liascript" and not self.fence and (typed := _TYPED.fullmatch(piece.text)):
                self.item.typed = typed["answer"].strip()
                self.item.last = piece.number
            else:
                yield from self._text(piece)
        yield from self.close()

    def _folds(self, piece: LayoutPiece) -> bool:
        """Take a line of ``<details>`` below answers, which is said of them."""
        found = _FOLDED.match(piece.text) if not self.fence and "<" in piece.text else None
        if not (self.folded or (found and found["open"] and self.item.done)):
            return False
        text = _SUMMARY.sub("", piece.text).rstrip() if found else piece.text
        self.item.feedback.extend([""] * piece.blank + [text])
        self.folded = not (found and found["close"])
        return True

    def _said(self, piece: LayoutPiece) -> bool:
        """Take a line that states the answer of the question above it, or pairs two sides."""
        if not self.item.stem or self.item.answers:
            return False
        said, pair = _STATED.fullmatch(piece.text), _PAIR.fullmatch(piece.text)
        if said and not self.item.done:
            self.item.typed = said["answer"].strip(" *_.")
        elif pair and not self.item.typed:
            self.item.pairs.append((pair["left"].strip(), pair["right"].strip()))
        else:
            return False
        return True

    def _text(self, piece: LayoutPiece) -> Iterator[Question]:
        if self.item.done:
            yield from self.close()
        if self.name == "liascript" and not self.fence and _ODD.match(piece.text):
            self.session.error(
                "liascript-question", f"a quiz that is not read: {piece.text.strip()[:60]}", piece.number
            )
            return
        self.item.first = self.item.first or piece.number
        self.item.stem.extend([(piece.number, "")] * piece.blank + [(piece.number, piece.text)])

    def _answer(self, found: re.Match[str], piece: LayoutPiece) -> None:
        values = found.groupdict()
        tick = values.get("tick") or values.get("one") or values.get("many") or ""
        self.item.first = self.item.first or piece.number
        self.item.last = piece.number
        self.item.many |= values.get("many") is not None
        self.item.answers.append(([(found["text"] or "").strip()], bool(tick.strip())))

    def _heading(self, level: int, text: str) -> None:
        self.headings = [(at, name) for at, name in self.headings if at < level]
        self.headings.append((level, text))

    def close(self) -> Iterator[Question]:
        """The question that ends here, if it is one."""
        item, self.item, self.letters = self.item, _MarkedQuestion(), 0
        if not item.done:
            text = " ".join(" ".join(line for _, line in item.stem).split())
            if text and not self.among:
                reported = f"left out: a text without answers below it: «{text[:80]}»"
                self.session.warning(f"{self.name}-left-out", reported, item.first)
            return
        stem = self._stem(item)
        problem = self._problem(item, stem)
        if problem:
            self.session.error(f"{self.name}-question", problem, item.first)
            return
        kind, fields = self._made(item)
        identifier, number = self.session.next_id()
        names = tuple(text for _, text in self.headings if not _LABEL.fullmatch(text))
        place = self.session.place(item.first, item.last)
        yield kind(id=identifier, number=number, text=stem, category=names, place=place, **fields)

    def _stem(self, item: _MarkedQuestion) -> Blocks:
        lines = [line for _, line in item.stem]
        if self.name == "liascript" and "" in lines[1:]:
            cut = max(at for at, line in enumerate(lines) if not line and at)
            before = " ".join(" ".join(lines[:cut]).split())
            if before and not self.among:
                self.session.noted["text between quizzes, left out"] += 1
            lines, item.first = lines[cut:], item.stem[cut][0]
        if self.headings and self._asks(self.headings[-1][1], lines):
            lines = [self.headings.pop()[1], *([""] if lines else []), *lines]
        text = "\n".join(lines).strip("\n")
        number = _NUMBER.match(text)
        return self._blocks(text[number.end() :] if number else text)

    def _asks(self, heading: str, lines: list[str]) -> bool:
        """Whether a heading is the question: right above its answers, or numbered, or asking, above what goes on with
        it, such as code."""
        reported = "".join(lines).strip()
        if not reported:
            return True
        own = _NUMBER.match(reported) or _LABEL.match(reported)
        return (
            not own and not _LABEL.fullmatch(heading) and bool(_NUMBER.match(heading) or heading.endswith(("?", ":")))
        )

    def _problem(self, item: _MarkedQuestion, stem: Blocks) -> str | None:
        if not stem:
            return "answers without a question above them"
        if item.typed:
            return "answers to tick and one to type in one question" if item.answers else None
        if item.pairs:
            return None if len(item.pairs) > 1 else "one pair only, expected two or more"
        if any(not "".join(lines) for lines, _ in item.answers):
            return "an empty answer"
        if len(item.answers) < 2:
            return "one answer only, expected two or more"
        return None if any(right for _, right in item.answers) else "no answer is ticked"

    def _made(self, item: _MarkedQuestion) -> tuple[type[Any], dict[str, Any]]:
        reported = "\n".join(item.feedback).strip("\n")
        said = {"feedback": self._blocks(reported)} if reported else {}
        if self.name == "tasklist" and _NUMERAL.fullmatch(item.typed):
            value = item.typed.replace(",", ".").replace("−", "-").lstrip("+")
            return Numerical, {"answers": (NumericalAnswer(value=value),), **said}
        if item.typed:
            return ShortAnswer, {"answers": (Answer(text=literal(item.typed)),), **said}
        if item.pairs:
            sides = ((self._blocks(left), self._blocks(right)) for left, right in item.pairs)
            return Matching, {"pairs": tuple(Pair(question=left, answer=right) for left, right in sides), **said}
        return MultipleChoice, {**self._choices(item), **said}

    def _choices(self, item: _MarkedQuestion) -> dict[str, Any]:
        right = sum(is_right for _, is_right in item.answers)
        texts = ["\n".join(lines) for lines, _ in item.answers]
        bare = without_letters(texts)
        if bare is not None:
            self.session.noted[LETTERS_OFF] += 1
        single = not (item.many or right > 1)
        worth = self.session.shares([is_right for _, is_right in item.answers], single=single)
        choices = tuple(
            Choice(content=self._blocks(text), fraction=one) for text, one in zip(bare or texts, worth, strict=True)
        )
        return {"choices": choices, "single": single}

    def _blocks(self, text: str) -> Blocks:
        return question_text.blocks(text, "markdown", self.html)
