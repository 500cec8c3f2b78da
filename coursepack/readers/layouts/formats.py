"""The layouts by name: how each is reported, and what reads it, from a text file or from a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

from coursepack.model.artifact import Assets
from coursepack.model.document import Document
from coursepack.model.questions import Question
from coursepack.readers import QuestionFile, Reader
from coursepack.readers.layouts import ast, blackboard, braced, marked, tagged, text2qti, units
from coursepack.readers.layouts.pieces import LayoutPiece
from coursepack.readers.markdown import front
from coursepack.readers.streams import ReadingSession, bank_file, lines, question_file
from coursepack.text import language
from coursepack.text.tagged import TAG

Pieces = Callable[[], Iterable[LayoutPiece]]
_MOST_LOOKED_AT = 2000
"""Lines of a text that tell its layout."""
_MARKDOWN = frozenset({".md", ".markdown"})
_RAW = ("text2qti", "tasklist", "liascript")
"""Layouts whose signs mean something to Markdown, so that its file is read as a text."""


@dataclass(frozen=True)
class Layout:
    """A layout: its ``title`` for people, what tells it by the first lines of a text, what reads it. ``signed``
    matches where a sign of it stands."""

    title: str
    tells: Callable[[list[str]], bool]
    questions: Callable[[ReadingSession, Pieces, bool | None], Iterator[Question]]
    signed: re.Pattern[str]
    asks: bool = False
    """An author may say that the first variant is right."""
    secret: bool = True
    """Its signs mean nothing else: a text that has them is no other text, whatever its role."""


def _plain(
    questions: Callable[[ReadingSession, Pieces], Iterator[Question]],
) -> Callable[[ReadingSession, Pieces, bool | None], Iterator[Question]]:
    return lambda session, pieces, first_right: questions(session, pieces)


def _share(texts: list[str], signed: re.Pattern[str]) -> float:
    return sum(bool(signed.match(text)) for text in texts) / max(len(texts), 1)


def _is_tagged(texts: list[str]) -> bool:
    """A question and a variant, and most letters stand behind the first tag."""
    names = {tag["name"].lower()[:7] for text in texts for tag in TAG.finditer(text) if not tag["close"]}
    if "questio" not in names or len(names) < 2:
        return False
    first = next(at for at, text in enumerate(texts) if TAG.search(text))
    return 2 * sum(map(len, texts[first:])) >= sum(map(len, texts))


def _is_ast(texts: list[str]) -> bool:
    names = [found["name"] for text in texts if (found := ast.FIELD.match(text))]
    return "S" in names and bool({"+", "L1", "1"} & set(names)) and 2 * len(names) >= len(texts)


def _is_blackboard(texts: list[str]) -> bool:
    typed = sum(text.partition("\t")[0].strip().upper() in blackboard.TYPES and "\t" in text for text in texts)
    return typed * 10 >= len(texts) * 8 > 0


LAYOUTS: dict[str, Layout] = {
    "platonus": Layout("tagged text (<question>, <variant>)", _is_tagged, tagged.questions, TAG, asks=True),
    "ast": Layout("AST-Test (I:, S:, +:, -:)", _is_ast, _plain(ast.questions), ast.FIELD),
    "blackboard": Layout(
        "Blackboard's tab-delimited text", _is_blackboard, _plain(blackboard.questions), re.compile(r"[A-Z_]{2,16}\t")
    ),
    "text2qti": Layout("text2qti", text2qti.tells, _plain(text2qti.questions), text2qti.SIGN),
    "liascript": Layout("LiaScript quizzes", marked.is_liascript, _plain(marked.liascript), marked.QUIZ),
    "gift": Layout("GIFT", braced.tells, _plain(braced.questions), braced.SIGN),
    "tasklist": Layout("task lists (- [x])", marked.is_task_list, _plain(marked.task_lists), marked.TASK, secret=False),
}


OF_TEXTS = tuple(name for name in LAYOUTS if name != "gift")
"""The layouts of text files; GIFT has a reader of its own, which goes by blank lines."""


def of_lines(texts: Iterable[str], names: Iterable[str] = OF_TEXTS) -> str | None:
    """The layout that the first lines of a text tell."""
    first = list(islice(texts, _MOST_LOOKED_AT))
    looked_at = [text for text in first[front.length(first) :] if text.strip()]
    return next((name for name in names if looked_at and LAYOUTS[name].tells(looked_at)), None)


def is_among_text(texts: Sequence[str]) -> bool:
    """Whether lines of tagged text hold other text as well, so that they are a document."""
    blank = [not text.strip() for text in texts]
    pieces = (LayoutPiece(at, text, blank=at > 0 and blank[at - 1]) for at, text in enumerate(texts) if not blank[at])
    return _is_mixed(pieces)


def read(name: str, path: Path, first_right: bool | None = None) -> QuestionFile:
    """The questions of a text file in a layout, streaming. Raises ``CoursepackError`` when it cannot be read at all."""
    layout = LAYOUTS[name]

    def questions(session: ReadingSession) -> Iterator[Question]:
        return layout.questions(session, partial(_lines, session), first_right)

    result = question_file(path, name, questions)
    again = partial(read, name, path) if layout.asks and first_right is None else None
    return replace(result, first_right=again, secret=layout.title if layout.secret else "")


def _lines(session: ReadingSession) -> Iterator[LayoutPiece]:
    blank = False
    for number, line in front.without(lines(session)):
        if line.strip():
            yield LayoutPiece(number, line, blank=blank)
        blank = not line.strip()


def of_document(document: Document, path: Path, first_right: bool | None = None) -> QuestionFile | None:
    """The questions of a document, None when it is laid out in no known way."""
    if path.suffix.lower() in _MARKDOWN:
        return _of_markdown(path)
    found = [piece for piece in units.pieces(document, _ANY) if piece.block is None]
    texts = [piece.text for piece in found]
    name = of_lines(texts, [name for name in LAYOUTS if name not in _RAW])
    if name is None:
        return None
    layout = LAYOUTS[name]

    def questions(session: ReadingSession) -> Iterator[Question]:
        session.findings.extend(document.findings)
        return layout.questions(session, lambda: units.pieces(document, layout.signed), first_right)

    result = bank_file(
        Path(document.file),
        name,
        questions,
        Assets(dict(document.assets)),
        language=language.of_format(TAG.sub("", " ".join(texts[:_MOST_LOOKED_AT]))),
        unit="line" if document.wrapped else "paragraph",
    )
    again = partial(_said, document, path) if layout.asks and first_right is None else None
    mixed = name == "platonus" and _is_mixed(found)
    return replace(result, first_right=again, secret=layout.title if layout.secret else "", mixed=mixed)


_LEAST_BESIDE = 300
"""Letters beside a test, before they are a text of their own."""


def _is_mixed(pieces: Iterable[LayoutPiece]) -> bool:
    """Whether a fifth of the letters stands before the first tag, or under a heading or behind a blank line without
    one."""
    characters, beside, inside = 0, 0, False
    for piece in pieces:
        inside = bool(TAG.search(piece.text)) or (inside and not piece.heading and not piece.blank)
        characters += len(piece.text)
        beside += 0 if inside else len(piece.text)
    return beside >= _LEAST_BESIDE and beside * 5 >= characters


_ANY = re.compile("|".join((TAG.pattern.replace("?P<", "?P<any_"), r"^[IS+-]:", r"^\{?\s*[~=]")), re.IGNORECASE)


def _said(document: Document, path: Path, first_right: bool) -> QuestionFile:
    found = of_document(document, path, first_right)
    assert found is not None  # noqa: S101 - it was one
    return found


def _of_markdown(path: Path) -> QuestionFile | None:
    """Of a Markdown file the text itself is read."""
    session = ReadingSession(path, [], Assets())
    name = of_lines(line for _, line in lines(session))
    if name is None:
        return None
    found = read(name, path)
    return replace(found, among=partial(_among, path)) if name == "liascript" else found


def _among(path: Path) -> QuestionFile:
    """The LiaScript quizzes of a text that is more than a test."""

    def questions(session: ReadingSession) -> Iterator[Question]:
        return marked.liascript(session, partial(_lines, session), among=True)

    return replace(question_file(path, "liascript", questions), without=marked.without_quizzes)


def _reader(name: str) -> Reader:
    return Reader(read_questions=partial(read, name))


platonus, ast_test, blackboard_text = _reader("platonus"), _reader("ast"), _reader("blackboard")
text2qti_text, liascript, task_list = _reader("text2qti"), _reader("liascript"), _reader("tasklist")
