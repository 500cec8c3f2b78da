"""QTI files and packages → questions, streaming: 1.2, 2.0 to 2.2 and 3.0.

An item that becomes no question, or loses its key, is named by its identifier, with its reason and its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from html import unescape
from itertools import islice
from pathlib import Path
from typing import Any

from lxml import etree

from coursepack import limits
from coursepack.files.xml import XmlError
from coursepack.model.artifact import Assets
from coursepack.model.blocks import text_blocks
from coursepack.model.questions import Cloze, Description, Question
from coursepack.place import CoursepackError, Place, error, warning
from coursepack.readers import QuestionFile, Reader
from coursepack.readers.qti import items1, items2, tree
from coursepack.readers.qti.package import MANIFEST, ROOTS, ItemFile, LocatedItem
from coursepack.readers.qti.question_builder import QuestionBuilder
from coursepack.readers.qti.scored import LeftOutError
from coursepack.readers.qti.texts import ItemTexts, PackageFiles
from coursepack.readers.streams import ReadingSession, bank_file
from coursepack.text import language

Element = etree._Element
_LOOKED_AT = 20
"""Documents that tell the language of a package."""


def read(path: Path) -> QuestionFile:
    """The questions of a QTI document, a package or a cartridge. Raises ``CoursepackError``: no QTI, damaged, too
    large."""
    size, most = _size(path), limits.now().questions_bytes
    if path.suffix.lower() == ".xml" and size > most:
        raise CoursepackError(
            f"{size} bytes; at most {most} are read", Place(path.name), limits.raised("questions-bytes")
        )
    source = ItemFile.of(path)
    listed = source.listed()
    if not listed:
        raise CoursepackError(_why_not(source), Place(path.name), "expected items of QTI 1.2, 2 or 3")
    members = [each.member for each in listed]
    return bank_file(path, "qti", partial(_questions, source), Assets(), language=_language(source, members))


def is_bank(path: Path) -> bool:
    """True for a document of QTI, or an archive with some; a manifest is none, for what it names is."""
    if path.name == MANIFEST:
        return False
    try:
        return bool(ItemFile.of(path).listed())
    except CoursepackError:
        return False


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as problem:
        raise CoursepackError(f"cannot be read: {problem.strerror}", Place(path.name)) from None


def _why_not(source: ItemFile) -> str:
    if source.package.container == "file":
        return f"no QTI: its root is <{source.root_of(source.path.name)[:40]}>"
    return "no question in it: no document of QTI was found"


def _language(source: ItemFile, members: list[str]) -> str:
    """The language that most of the letters are in."""
    parts = []
    for member in members[:_LOOKED_AT]:
        try:
            with source.package.open(member) as file:
                parts.append(file.read(1 << 15).decode("utf-8", "ignore"))
        except (CoursepackError, OSError, ValueError, NotImplementedError):
            continue
    text = unescape(re.sub(r"<[^<>]*>", " ", "\n".join(parts)))
    return language.of_format(re.sub(r"<[^<>]*>|&\w+;", " ", text))


def _questions(source: ItemFile, session: ReadingSession) -> Iterator[Question]:
    reading = _QuestionStream(session, source)
    for found in source.items(session):
        result = reading.question(found)
        if result is not None:
            yield result


class _QuestionStream:
    """Questions one after another."""

    def __init__(self, session: ReadingSession, source: ItemFile) -> None:
        self.session = session
        self.source = source
        self.texts = ItemTexts(session)
        self.maker = QuestionBuilder(session)
        self.old = items1.Qti1ItemReader(self.texts)
        self.new = items2.Qti2ItemReader(self.texts, self._stimulus)

    def question(self, found: LocatedItem) -> Question | None:
        self.texts.files = found.files
        ident = (found.root.get("identifier") or found.root.get("ident") or "")[:120]
        try:
            item, scorer = (self.old if found.version == 1 else self.new).item(found.root)
            result, fields = self.maker.fields(item, scorer, found.place)
        except LeftOutError as problem:
            self.session.tell(warning("qti-left-out", f"the item {ident!r} is left out: {problem}", found.place))
            return None
        except RecursionError:
            message = f"the item {ident!r} is left out: its parts are nested too deeply"
            self.session.tell(error("qti-item", message, found.place))
            return None
        if result in {Cloze, Description}:
            fields.pop("mark", None)
        elif fields.get("mark") is not None and found.weight != 1:
            fields["mark"] *= found.weight
        elif found.weight != 1:
            fields["mark"] = found.weight
        return self._made(found, item, result, fields)

    def _made(self, found: LocatedItem, item: Any, result: type[Any], fields: dict[str, Any]) -> Question:
        title = None if item.title in {"", item.ident} else item.title
        if not fields["text"]:
            fields["text"] = text_blocks(title or item.ident)
            self.session.noted["a question without a text: its title asks"] += 1
        identifier, number = self.session.next_id()
        question: Question = result(
            id=identifier,
            number=number,
            title=title,
            tags=tuple(dict.fromkeys((*found.tags, *item.tags))),
            category=item.category or found.category,
            place=found.place,
            **fields,
        )
        return question

    def _stimulus(self, address: str) -> Element | None:
        files: PackageFiles | None = self.texts.files
        member = None if files is None else files.find(address)
        if member is None:
            return None
        try:
            return tree.plain(self.source.package.xml(member, change=tree.without_doctype))
        except (XmlError, CoursepackError):
            return None


def first(path: Path, count: int) -> list[Question]:
    """The first questions of a file, for who looks at it."""
    return list(islice(read(path).bank.questions(), count))


__all__ = ["ROOTS", "first", "is_bank", "read", "reader"]

reader = Reader(read_questions=read, is_bank=is_bank)
