"""Tests as tagged text, as universities of Kazakhstan exchange them (Platonus and its kin) → multiple choice.

No vendor publishes a specification; this is what files hold and readers take: ``<question>`` (``<question1>`` easy,
``<question2>`` medium, ``<question3>`` hard), ``<variant>``, ``<variantright>``, in any letter case, several on a line,
no closing tags, text until the next tag. Where no tag says which variant is right and all questions have the same
number of them, it is the first (docs/question-banks.md).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from coursepack import languages
from coursepack.model.blocks import Blocks, Paragraph, block_text
from coursepack.model.questions import Choice, MultipleChoice, Question
from coursepack.place import CoursepackError, Finding, error, note, warning
from coursepack.readers.layouts.pieces import LayoutPiece, TaggedPart, parts, piece_text
from coursepack.readers.streams import ReadingSession
from coursepack.text.tagged import LEVEL_TAG, QUESTION, RIGHT, TAG, alike, level_name, name_of

_HEADING = languages.expression(
    r"@bank-heading@\s*(?:№\s*)?\d{1,3}\b.*|\d{1,3}\s*[-–]?\s*@bank-heading@\b.*", re.IGNORECASE
)
_LONGEST_HEADING = 150
_HEAD = "heading"


class TagSign(NamedTuple):
    """A tag: ``name`` is ``question``, ``variant`` or ``right``, or ``heading`` for a heading between questions."""

    name: str
    level: int


def signs(piece: LayoutPiece) -> Iterator[tuple[int, int, TagSign | None]]:
    """Where the tags of a piece begin and end; closing ones mean nothing."""
    found = TAG.finditer(piece.text) if "<" in piece.text else iter(())
    first = next(found, None)
    if first is None:
        if piece.heading or (piece.blank and len(piece.text) <= _LONGEST_HEADING and _HEADING.fullmatch(piece.text)):
            yield 0, 0, TagSign(_HEAD, 0)
        return
    yield first.start(), first.end(), _sign(first)
    for tag in found:
        yield tag.start(), tag.end(), _sign(tag)


def _sign(tag: re.Match[str]) -> TagSign | None:
    name = name_of(tag)
    return TagSign(name, int(tag["level"] or 0)) if name else None


@dataclass
class Survey:
    """What is to be known of a whole file before its first question: is there a tag for right answers, and how many
    variants questions have (number → the place of the first that has so many)."""

    rights: int = 0
    counts: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, pieces: Iterable[LayoutPiece]) -> Survey:
        result = cls()
        requested, variants = 0, 0
        is_open = False  # a variant of which nothing was seen yet: an empty one is none
        for piece in pieces:
            at = 0
            for start, end, sign in signs(piece) if piece.block is None else ():
                if is_open and piece.text[at:start].strip():
                    variants, is_open = variants + 1, False
                at = end
                if sign is None or sign.name == _HEAD:
                    continue
                is_open = sign.name != QUESTION
                result.rights += sign.name == RIGHT
                if sign.name == QUESTION:
                    result._note(requested, variants)
                    requested, variants = piece.number, 0
            if is_open and (piece.block is not None or piece.text[at:].strip()):
                variants, is_open = variants + 1, False
        result._note(requested, variants)
        return result

    def _note(self, requested: int, variants: int) -> None:
        if requested and variants:
            self.counts.setdefault(variants, requested)


ADVICE = (
    "if the first variant is always right, set first_right = true for this [[source]] in course.toml (or "
    "--first-right); first_right = false: there is no key"
)


def questions(
    session: ReadingSession, pieces: Callable[[], Iterable[LayoutPiece]], first_right: bool | None = None
) -> Iterator[Question]:
    """The questions of a tagged text. ``first_right``: what the author says of files where no tag tells the right
    variant. Raises ``CoursepackError`` for one that does not tell and where nobody said."""
    survey = Survey.of(pieces())
    first = _is_first_right(session, survey, first_right)
    reader = _TaggedReader(session, first=first, keyed=bool(survey.rights) or first)
    for part in parts(pieces(), signs, session.keep_to):
        yield from reader.take(part)
    yield from reader.end()
    reader.tell()


def _is_first_right(session: ReadingSession, survey: Survey, stated: bool | None) -> bool:
    if survey.rights:
        if stated:
            message = f"first_right is set for a text in which {survey.rights} tags <variantright> mark the right ones"
            raise CoursepackError(message, session.place(1), "remove first_right")
        return False
    if stated is not None or not survey.counts:
        return bool(stated)
    if len(survey.counts) > 1:
        (usual, _), *_ = survey.counts.items()
        other = next(count for count in survey.counts if count != usual)
        message = (
            f"no tag marks the right variants, and questions have {usual} and {other} variants: "
            "it is not certain that the first one is right"
        )
        raise CoursepackError(message, session.place(survey.counts[other]), ADVICE)
    message = "no tag marks the right variants: the first ones are taken as right, as in Platonus"
    session.tell(note("tagged-first", message, session.place(1), ADVICE))
    return True


class _TaggedReader:
    """Questions one after another, with the heading that they stand under."""

    def __init__(self, session: ReadingSession, *, first: bool, keyed: bool) -> None:
        self.session = session
        self.first = first
        self.keyed = keyed
        self.heading = ""
        self.asked: TaggedPart[TagSign] | None = None
        self.options: list[TaggedPart[TagSign]] = []
        self.letters = 0
        self.reported: Counter[str] = Counter()
        self.longest = 0

    def take(self, part: TaggedPart[TagSign]) -> Iterator[Question]:
        name = part.sign.name if part.sign else ""
        if name == QUESTION:
            yield from self.close()
            self.asked, self.letters = part, 0
        elif name == _HEAD:
            yield from self.close()
            texts = [piece_text(held) for held in part.held]
            self.heading = next(iter(texts), "")
            self._beside(list(filter(None, texts[1:])), part)
        elif self.asked is None:
            self._without_question(part)
        else:
            self.options.append(part)
        self.letters += part.letters
        self.session.keep_to(self.letters, part.first)

    def _beside(self, texts: Sequence[str], part: TaggedPart[TagSign]) -> None:
        """Text that is no part of a question is reported."""
        if texts:
            self.session.tell(self._warning(f"left out: «{' '.join(texts)[:80]}»", part.first, part.last))

    def _without_tail(self) -> None:
        """What stands behind the last variant of all is no part of it where no other variant has a second line: a
        signature, a date."""
        if not self.options or self.longest > 1:
            return
        last = self.options[-1]
        self._beside(list(filter(None, map(piece_text, last.held[1:]))), last)
        del last.held[1:]

    def _without_question(self, part: TaggedPart[TagSign]) -> None:
        text = part.text()
        what = "before the first <question>" if part.sign is None else "a variant without its <question>"
        self.session.tell(
            (self._warning if part.sign is None else self._error)(
                f"left out: {what}: «{text[:80]}»", part.first, part.last
            )
        )

    def end(self) -> Iterator[Question]:
        """The last question."""
        if len(self.options) > 1:
            self.longest = max([self.longest, *(len(option.held) for option in self.options[:-1])])
            self._without_tail()
        yield from self.close()

    def close(self) -> Iterator[Question]:
        """The question that ends here, if it is one."""
        requested, options = self.asked, self.options
        self.asked, self.options = None, []
        self.longest = max([self.longest, *(len(option.held) for option in options)])
        if requested is None:
            return
        last = options[-1].last if options else requested.last
        try:
            result = self._choices(options, requested)
        except _LayoutError as problem:
            self.session.tell(self._error(str(problem), requested.first, last, problem.advice))
            return
        level = requested.sign.level if requested.sign else 0
        identifier, number = self.session.next_id()
        right = sum(choice.fraction > 0 for choice in result)
        yield MultipleChoice(
            id=identifier,
            number=number,
            text=requested.blocks(),
            choices=result,
            single=right < 2,
            tags=(f"{LEVEL_TAG}{level}",) if level else (),
            category=self._category(level),
            place=self.session.place(requested.first, last),
        )

    def _category(self, level: int) -> tuple[str, ...]:
        names = [self.heading] if self.heading else []
        if level:
            names.append(level_name(level, self.session.language))
        return (self.session.path.stem, *names) if names else ()

    def _choices(self, options: list[TaggedPart[TagSign]], requested: TaggedPart[TagSign]) -> tuple[Choice, ...]:
        if not requested.held:
            raise _LayoutError("a question without text")
        found: list[tuple[Blocks, bool]] = []
        for place, part in enumerate(options):
            right = part.sign is not None and (part.sign.name == RIGHT or (self.first and place == 0))
            blocks = part.blocks()
            if blocks:
                found.append((blocks, right))
            elif right:
                raise _LayoutError(f"the right variant, number {place + 1}, is empty")
            else:
                self.reported["an empty <variant>, left out"] += 1
        return self._weighed(self._without_twins(found))

    def _without_twins(self, found: list[tuple[Blocks, bool]]) -> list[tuple[Blocks, bool]]:
        """The right text may stand a second time as a plain variant: whoever ticks that is right as well."""
        rights = [_key(blocks) for blocks, right in found if right]
        kept, seen = [], set[object]()
        for blocks, right in found:
            key = _key(blocks)
            if key in rights and (not right or key in seen):
                self.reported["a <variant> that repeats the right one, left out"] += 1
                continue
            seen.add(key)
            kept.append((blocks, right))
        return kept

    def _weighed(self, found: list[tuple[Blocks, bool]]) -> tuple[Choice, ...]:
        if len(found) < 2:
            raise _LayoutError(f"a question with {len(found)} variants, expected two or more")
        right = sum(is_right for _, is_right in found)
        if not right and self.keyed:
            raise _LayoutError("a question without its right variant", "write <variantright> before it")
        if right == len(found):
            raise _LayoutError("every variant is marked as right")
        worth = self.session.shares([is_right for _, is_right in found], single=right <= 1)
        return tuple(Choice(content=blocks, fraction=one) for (blocks, _), one in zip(found, worth, strict=True))

    def tell(self) -> None:
        """What was only counted."""
        for what, count in sorted(self.reported.items()):
            self.session.warning("tagged-variant", f"{count} × {what}", 0)

    def _error(self, message: str, first: int, last: int, advice: str = "") -> Finding:
        return error("tagged-question", message, self.session.place(first, last), advice)

    def _warning(self, message: str, first: int, last: int) -> Finding:
        return warning("tagged-left-out", message, self.session.place(first, last))


class _LayoutError(Exception):
    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.advice = advice


def _key(blocks: Blocks) -> object:
    """Equal for variants that a student cannot distinguish."""
    return alike(block_text(blocks)) if all(isinstance(block, Paragraph) for block in blocks) else blocks
