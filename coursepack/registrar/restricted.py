"""What the public must not see, and whether it stands in a file.

A text is known again by its letters and digits, whatever markup stands between them. A long one is found anywhere; a
short one, which may stand in any sentence, where it is all that an element, a paragraph or a line says; a number or a
letter, which may fill any cell, where that is so and its question stands before it.
"""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import msgspec

from coursepack import isolated
from coursepack.files import media
from coursepack.files.package import Package
from coursepack.files.xml import XmlError
from coursepack.model.blocks import Blocks, block_text, inline_text
from coursepack.model.course import Course
from coursepack.model.questions import (
    Answer,
    Cloze,
    Essay,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Question,
    ShortAnswer,
    TrueFalse,
)
from coursepack.place import CoursepackError, Place

_DEEP = 6
"""Archives inside archives that are looked into; what lies deeper is not public."""
_PDF = "coursepack.registrar.pdf_inside:inside"
_TAG = re.compile(r"<[^<>]*>")
_BORDER = re.compile(r"<[^<>]*>|[\"<>\r\n]")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_BLANK = re.compile(r"[^\w]+|_")
_BREAK = re.compile(r"\\[nrt\"]")
_SAFE = (CoursepackError, XmlError, KeyError, ValueError)


@cache
def table() -> dict[str, Any]:
    """access.toml."""
    return tomllib.loads(Path(__file__).with_name("access.toml").read_text("utf-8"))


def folded(text: str) -> str:
    """Letters and digits alone: how a text is known again whatever stands between them."""
    return "".join(filter(str.isalnum, text.casefold()))


# --- the texts -------------------------------------------------------------------------------------------------------


class Secrets(msgspec.Struct, frozen=True):
    """Folded texts: ``long`` ones are searched anywhere, ``whole`` ones as all that an element says, ``near`` ones
    (question, text) as that behind their question, ``said`` ones (question, text) as words of a sentence behind it."""

    long: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    near: frozenset[tuple[str, str]] = frozenset()
    said: frozenset[tuple[str, str]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.long or self.whole or self.near)


def questions(course: Course) -> Iterator[Question]:
    """All questions of classes and of the exam."""
    for week in course.weeks:
        for session in week.sessions:
            yield from session.review
    if course.exam:
        yield from course.exam.questions


def secrets(course: Course) -> Secrets:
    """Keys, feedback and notes of all questions, notes of teachers, and the exam questions that are not released.

    No secret is a key or a question that the course prints for its students elsewhere: as a topic, a title, a term.
    """
    printed = {folded(text) for text in _printed(course)}
    found: list[tuple[str, str]] = []
    for one in questions(course):
        stem = folded(block_text(one.text))
        found += [(stem, text) for text in map(folded, _notes(one))]
        found += [(stem, text) for text in map(folded, _keys(one)) if text not in printed]
    if course.exam:
        released = {one.id for one in course.exam.practised}
        for one in course.exam.questions:
            if one.id not in released:
                hidden = [block_text(one.text), *([block_text(one.template)] if isinstance(one, Essay) else [])]
                found += [("", text) for text in map(folded, hidden) if text not in printed]
    for week in course.weeks:
        for session in week.sessions:
            found += [("", folded(text)) for text in _parts(session.notes)]
    return _sorted((stem, text) for stem, text in found if text)


def _sorted(found: Iterable[tuple[str, str]]) -> Secrets:
    long, whole, near, stated = set(), set(), set(), set()
    for stem, text in found:
        if len(text) >= table()["shortest"]:
            long.add(text)
        elif not stem or (len(text) >= table()["alone"] and not text.isdigit()):
            whole.add(text)
            if stem:
                stated.add((stem, text))
        else:
            near.add((stem, text))
    return Secrets(frozenset(long), frozenset(whole), frozenset(near), frozenset(stated))


def _printed(course: Course) -> Iterator[str]:
    """What students' papers rightly print."""
    for week in course.weeks:
        for session in week.sessions:
            yield session.title or ""
            yield from (inline_text(topic.content) for topic in (*session.outline, *session.topics))
            yield from (block_text(one.text) for one in session.review)
    yield from (term.term for term in course.glossary)
    if course.exam:
        yield from (block_text(one.text) for one in course.exam.practised)


def _parts(blocks: Blocks) -> Iterator[str]:
    """A note as one text, and its blocks, which products print apart; a short first one of several is a label."""
    yield block_text(blocks)
    for number, block in enumerate(blocks):
        text = block_text((block,))
        if number or len(folded(text)) >= table()["shortest"]:
            yield text


def _notes(question: Question) -> Iterator[str]:
    for blocks in (question.grader_notes, question.feedback, *_feedback(question)):
        yield from _parts(blocks)


def _feedback(question: Question) -> tuple[Blocks, ...]:
    match question:
        case MultipleChoice():
            stated = (question.correct_feedback, question.partial_feedback, question.incorrect_feedback)
            return (*stated, *(choice.feedback for choice in question.choices))
        case TrueFalse():
            return (question.true_feedback, question.false_feedback)
        case ShortAnswer() | Numerical():
            return tuple(answer.feedback for answer in question.answers)
        case Cloze():
            return tuple(answer.feedback for gap in question.gaps for answer in gap.answers)
        case _:
            return ()


def _keys(question: Question) -> Iterator[str]:
    """What must be typed. What is chosen or put in order stands in the question itself."""
    accepted: list[Answer | NumericalAnswer] = []
    match question:
        case ShortAnswer() | Numerical():
            accepted += question.answers
        case Cloze():
            typed = (gap for gap in question.gaps if not gap.kind.startswith("multiple"))
            accepted += [answer for gap in typed for answer in gap.answers]
    for answer in accepted:
        if answer.fraction > 0:
            yield answer.text if isinstance(answer, Answer) else answer.value


# --- in a file -------------------------------------------------------------------------------------------------------


class FileText(msgspec.Struct, frozen=True):
    """The folded text of a file and where in it an element, a paragraph or a line begins or ends."""

    text: str
    borders: frozenset[int]
    words: frozenset[int] = frozenset()
    """Where a word begins or ends."""

    @classmethod
    def of(cls, pieces: Iterable[str]) -> FileText:
        """Of the texts of its elements, in order."""
        texts = list(pieces)
        each = [folded(piece) for piece in texts]
        words = (len(folded(word)) for piece in texts for word in _BLANK.split(piece))
        borders = frozenset(accumulate(map(len, each), initial=0))
        return cls("".join(each), borders, frozenset(accumulate(words, initial=0)))

    def holds(self, texts: Secrets) -> bool:
        """Whether one of the texts stands in it."""
        return (
            any(text in self.text for text in texts.long)
            or any(self._whole(text, 0, len(self.text)) for text in texts.whole)
            or any(self._near(stem, text, self.borders) for stem, text in texts.near)
            or any(self._near(stem, text, self.words) for stem, text in texts.said)
        )

    def mentions(self, texts: Secrets) -> list[str]:
        """The short texts that stand in it as words of a sentence, wherever that is."""
        found = {text for _, text in texts.said}
        return sorted(text for text in found if self._stands(text, 0, len(self.text), self.words))

    def _whole(self, text: str, start: int, end: int) -> bool:
        return self._stands(text, start, end, self.borders)

    def _stands(self, text: str, start: int, end: int, borders: frozenset[int]) -> bool:
        at = self.text.find(text, start, end)
        while at >= 0:
            if at in borders and at + len(text) in borders:
                return True
            at = self.text.find(text, at + 1, end)
        return False

    def _near(self, stem: str, text: str, borders: frozenset[int]) -> bool:
        at = self.text.find(stem)
        while at >= 0:
            behind = at + len(stem)
            if self._stands(text, behind, behind + table()["near"], borders):
                return True
            at = self.text.find(stem, at + 1)
        return False


def leaks(data: bytes, name: str, texts: Secrets) -> bool:
    """Whether one of the texts stands in a file, or in a file inside it. What cannot be looked through is taken to hold
    one."""
    if not texts:
        return False
    try:
        return any(stated.holds(texts) for stated in texts_in(data, name))
    except _TooDeepError:
        return True


def mentioned(data: bytes, name: str, texts: Secrets) -> list[str]:
    """Short keys that stand in a file as words of a sentence: a lecture may say them rightly, so a person decides."""
    if not texts.said:
        return []
    try:
        return sorted({text for stated in texts_in(data, name) for text in stated.mentions(texts)})
    except _TooDeepError:
        return []


class _TooDeepError(Exception):
    """Archives in archives, too deep to be looked through, or a PDF that cannot be read."""


def texts_in(data: bytes, name: str, deep: int = _DEEP) -> Iterator[FileText]:
    """What a file says, and each file inside it, in each way in which it can be read."""
    if media.KINDS["pdf"].begins(data):
        yield from _in_pdf(data, name, deep)
        return
    try:
        package = Package.of_bytes(name, data)
        inner = package.names() if package.container in {"zip", "tar"} else []
        if inner and not deep:
            raise _TooDeepError
        for member in inner:
            yield from texts_in(package.read(member), member, deep - 1)
        if inner:
            return
        root = package.xml(package.names()[0])
        texts = [str(text) for text in root.itertext()]
        values = [str(value) for element in root.iter() for value in element.attrib.values()]
    except _SAFE:
        yield from _loose(data.decode("utf-8", "replace"))
        return
    yield FileText.of(texts)
    # HTML, JSON and scripts as the text or an attribute of an element
    yield FileText.of(piece for text in texts for piece in _pieces(text))
    yield FileText.of(piece for value in values for piece in (*_pieces(value), ""))


def _in_pdf(data: bytes, name: str, deep: int) -> Iterator[FileText]:
    try:
        found = isolated.call(_PDF, data, list[tuple[str, bytes]], place=Place(name), budget=isolated.budget())
    except CoursepackError:
        raise _TooDeepError from None
    for inner, content in found:
        if inner and not deep:
            raise _TooDeepError
        yield from texts_in(content, inner, deep - 1) if inner else _loose(content.decode("utf-8", "replace"))


def _pieces(text: str) -> list[str]:
    """A text cut at its tags, quotes and lines, entities and the escapes of JSON and scripts resolved."""
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), html.unescape(text))
    return _BORDER.split(_BREAK.sub("\n", plain))


def _loose(text: str) -> Iterator[FileText]:
    """Text that is no XML: as it is, and without tags, entities and the escapes of JSON and scripts."""
    yield FileText.of(re.split(r"[\"<>\r\n]", text))
    yield FileText.of(piece for part in _TAG.split(text) for piece in re.split(r"[\"\r\n]", _unescaped(part)))
    yield FileText.of(_pieces(text))


def _unescaped(text: str) -> str:
    return _BREAK.sub("\n", _ESCAPE.sub(lambda found: chr(int(found[1], 16)), html.unescape(text)))
