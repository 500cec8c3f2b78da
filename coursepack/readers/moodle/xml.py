"""Moodle XML, the full export of Moodle's question bank → questions, streaming.

Read the way Moodle 4.5 reads it (``question/format/xml/format.php``); what the model lacks is counted and reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from coursepack.files.xml import Metered, XmlError
from coursepack.model.questions import Question
from coursepack.moodle.text import split_category_path
from coursepack.place import CoursepackError, Place
from coursepack.readers import QuestionFile, Reader
from coursepack.readers.inline import local
from coursepack.readers.moodle.questions import Element, QuestionReader, UnreadableError
from coursepack.readers.streams import ReadingSession, line_of, question_file

# What an XML file under this name may be instead, by the name of its root.
_OTHERS = {
    "questestinterop": "a QTI 1.2 assessment or question bank",
    "assessmentItem": "a QTI 2 item",
    "assessmentTest": "a QTI 2 test",
    "manifest": "the manifest of an IMS or SCORM package",
    "moodle_backup": "a part of a Moodle course backup",
    "question_categories": "the question bank of a Moodle course backup (questions.xml)",
    "html": "a web page",
    "svg": "a picture",
    "rss": "a news feed",
    "wordDocument": "a Word 2003 document",
    "Workbook": "an Excel 2003 workbook",
    "package": "a flat Word document or an EPUB's package file",
    "lom": "a LOM description of a learning object",
    "project": "a project file",
    "document": "the text part of a Word document",
}


def read(path: Path) -> QuestionFile:
    """The questions of a Moodle XML file. Raises ``CoursepackError``: not XML, or other XML (and says what it is)."""
    result = question_file(path, "moodle-xml", _questions)
    _look_at_root(path)
    return result


def is_bank(path: Path) -> bool:
    """True when the root is that of a bank, whatever follows; False for other XML, and for what is none."""
    try:
        _look_at_root(path)
    except CoursepackError:
        return False
    return True


def _events(path: Path, piece: list[Metered] | None = None) -> Iterator[tuple[str, Element]]:
    """The parser's steps. ``piece`` is given the stream, for who forgets what was read."""
    with path.open("rb") as file:
        stream: Any = Metered(file)
        if piece is not None:
            piece.append(stream)
        yield from etree.iterparse(
            stream,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=True,
            remove_comments=True,
            remove_pis=True,
        )


def _not_well_formed(path: Path, problem: etree.XMLSyntaxError) -> CoursepackError:
    line = problem.lineno or 0
    return CoursepackError(
        f"not well-formed XML: {problem.msg or 'the file ends too early'}",
        Place(path.name, line, line),
        "export it again, or correct this line in a text editor",
    )


def _look_at_root(path: Path) -> None:
    try:
        for _, element in _events(path):
            _check_root(path, element)
            return
    except etree.XMLSyntaxError as problem:
        raise _not_well_formed(path, problem) from None
    except XmlError as problem:
        raise CoursepackError(str(problem), Place(path.name)) from None


def _check_root(path: Path, root: Element) -> None:
    info: Any = root.getroottree().docinfo
    if info.doctype:
        raise CoursepackError("a DOCTYPE is not accepted (no DTD, no entities)", Place(path.name, 1, 1))
    name = local(root.tag)
    namespace = str(root.tag).rpartition("}")[0].lstrip("{")
    if name == "quiz" and not namespace:
        return
    what = _OTHERS.get(name)
    found = f"<{name}>" + (f" of {namespace}" if namespace else "")
    raise CoursepackError(
        f"{what} ({found})" if what else f"other XML: its root is {found}",
        Place(path.name, line_of(root), line_of(root)),
        "expected Moodle XML, whose root is <quiz>",
    )


def _questions(session: ReadingSession) -> Iterator[Question]:
    reader = QuestionReader(session)
    category: tuple[str, ...] = ()
    root: Element | None = None
    piece: list[Metered] = []
    try:
        for event, element in _events(session.path, piece):
            if event == "start":
                if root is None:
                    root = element
                    _check_root(session.path, root)
                continue
            if element.getparent() is not root:
                continue
            if element.tag == "question":
                if element.get("type") == "category":
                    category = split_category_path(element.findtext("category/text", "").strip())
                else:
                    result = _one(reader, session, element, category)
                    if result is not None:
                        yield result
            elif isinstance(element.tag, str):
                session.lost[f"<{element.tag}> between the questions"] += 1
            # A question that was read is let go: memory stays that of the largest one.
            element.clear()
            while root is not None and element.getprevious() is not None:
                del root[0]
            piece[0].forget()
    except etree.XMLSyntaxError as problem:
        raise _not_well_formed(session.path, problem) from None
    except XmlError as problem:
        raise CoursepackError(str(problem), Place(session.path.name)) from None


def _one(
    reader: QuestionReader, session: ReadingSession, element: Element, category: tuple[str, ...]
) -> Question | None:
    try:
        return reader.question(element, category)
    except UnreadableError as problem:
        session.error("moodle-xml-question", str(problem), line_of(element), "correct it in Moodle and export again")
        return None


reader = Reader(read_questions=read, is_bank=is_bank)
