"""Parts for whom: what of a build everybody may see.

A public part has no key, no ticket, no grader's note, no data of students: products of formats that hold none, each
looked through once more for the very texts; the course without its questions; no sources, for those are kept as they
are. Whatever is not known to be harmless stays in the restricted part, which is the whole build.
"""

from __future__ import annotations

import html
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Literal

import msgspec

from coursepack import isolated
from coursepack.files.package import Package
from coursepack.files.xml import XmlError
from coursepack.model.blocks import Blocks, block_text
from coursepack.model.course import Course, Exam
from coursepack.model.course_json import decode, encode
from coursepack.model.questions import Cloze, Description, Essay, MultipleChoice, Question, ShortAnswer, TrueFalse
from coursepack.place import CoursepackError, Finding, Place, note
from coursepack.registrar.edition import Build

Access = Literal["public", "restricted", "both"]

_KEPT = ("coursepack", "course", "title", "language", "deflate", "libraries")
"""What a public part repeats of the build report: no source, no finding (it may quote a question), no count."""
_DEEP = 6
"""Archives inside archives that are looked into; what lies deeper is not public."""
_PDF = "coursepack.registrar.pdf_inside:inside"
_TAG = re.compile(r"<[^<>]*>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_SAFE = (CoursepackError, XmlError, KeyError, ValueError)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def public(build: Build) -> tuple[Build, list[Finding]]:
    """The part of a build that everybody may see, and what stays behind of products that could have been in it."""
    texts = secrets(build.course)
    kept, findings = [], []
    for product in build.report.products:
        if not _allowed(product.file, product.format, build):
            continue
        if leaks((build.folder / product.file).read_bytes(), product.file, texts):
            message = "stays in the restricted part: a key, a ticket or a note for graders stands in it"
            findings.append(note("archive-restricted", message, Place(str(build.folder / product.file))))
        else:
            kept.append(product)
    course = harmless(build.course)
    said = encode(course)
    report = msgspec.structs.replace(
        build.report, products=tuple(kept), sources=(), counts={}, asked={}, declared_by=None
    )
    whole = json.loads(build.report_json)
    names = {product.file for product in kept}
    told = {key: whole[key] for key in _KEPT if key in whole}
    told["products"] = [one for one in whole["products"] if one["file"] in names]
    open_build = Build(
        folder=build.folder,
        report=report,
        course=course,
        course_json=said,
        report_json=msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n",
        assets=tuple(name for name in build.assets if PurePosixPath(name).name.encode() in said),
    )
    return open_build, findings


def _allowed(file: str, kind: str, build: Build) -> bool:
    """Whether products of this format may be public; a PDF is what the DOCX of its name is."""
    if kind == "pdf":
        stem = PurePosixPath(file).stem
        twins = [one for one in build.report.products if one.format != "pdf" and PurePosixPath(one.file).stem == stem]
        return bool(twins) and all(_allowed(one.file, one.format, build) for one in twins)
    table = _table()
    return kind in table["public"] or (kind in table["learners"] and not _has_keys(build.course))


def _has_keys(course: Course) -> bool:
    return any(not isinstance(one, Essay | Description) for one in _questions(course))


def _questions(course: Course) -> Iterator[Question]:
    for week in course.weeks:
        for session in week.sessions:
            yield from session.review
    if course.exam:
        yield from course.exam.questions


# --- the course without what helps to cheat --------------------------------------------------------------------------


def harmless(course: Course) -> Course:
    """The course without questions of classes, keys, tickets, notes of teachers and attached files. The list of exam
    questions stays where the course releases it."""
    weeks = tuple(
        msgspec.structs.replace(
            week,
            sessions=tuple(msgspec.structs.replace(one, review=(), notes=()) for one in week.sessions),
        )
        for week in course.weeks
    )
    bare = msgspec.structs.replace(course, weeks=weeks, exam=_list(course.exam), sources=())
    data = json.loads(encode(bare))
    return decode(msgspec.json.encode(_without_files(data)))


def _list(exam: Exam | None) -> Exam | None:
    if exam is None or exam.release != "list":
        return None
    stems = tuple(
        Essay(id=one.id, text=one.text, number=one.number, printed=one.printed, session=one.session)
        for one in exam.questions
        if not isinstance(one, Cloze)  # its answers stand in its text
    )
    return Exam(questions=stems, title=exam.title, release="list", form=exam.form) if stems else None


def _without_files(value: Any) -> Any:
    """JSON without attached files: nobody knows what is in them."""
    if isinstance(value, dict):
        return {key: _without_files(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_files(one) for one in value if not (isinstance(one, dict) and one.get("is") == "media")]
    return value


# --- what must not be seen -------------------------------------------------------------------------------------------


def secrets(course: Course) -> set[str]:
    """The texts of keys and notes (folded by ``folded``), as far as they are long enough to be known again; stems of
    exam questions that are not released, and what is in tickets, among them."""
    found: set[str] = set()
    released = course.exam is None or course.exam.release == "list"
    for one in _questions(course):
        found |= {folded(text) for text in _secret(one)}
    if course.exam and not released:
        found |= {folded(block_text(one.text)) for one in course.exam.questions}
    for week in course.weeks:
        for session in week.sessions:
            found |= {folded(block_text((block,))) for block in session.notes}
    return {text for text in found if len(text) >= _table()["shortest"]}


def _secret(question: Question) -> Iterator[str]:
    yield from map(block_text, (question.grader_notes, question.feedback))
    match question:
        case MultipleChoice():
            feedback: tuple[Blocks, ...] = (
                question.correct_feedback,
                question.partial_feedback,
                question.incorrect_feedback,
            )
            yield from map(block_text, (*feedback, *(choice.feedback for choice in question.choices)))
        case TrueFalse():
            yield from map(block_text, (question.true_feedback, question.false_feedback))
        case ShortAnswer():
            yield from (answer.text for answer in question.answers)
        case Cloze():
            yield from (answer.text for gap in question.gaps for answer in gap.answers)
        case Essay():
            yield block_text(question.template)
        case _:
            return


def folded(text: str) -> str:
    """Letters and digits alone: how a text is known again whatever stands between them."""
    return "".join(filter(str.isalnum, text.casefold()))


def leaks(data: bytes, name: str, texts: set[str]) -> bool:
    """Whether one of the texts stands in a file, or in a file inside it. What cannot be looked through is taken to hold
    one."""
    if not texts:
        return False
    try:
        return any(text in said for said in _said(data, name, _DEEP) for text in texts)
    except _TooDeepError:
        return True


class _TooDeepError(Exception):
    """Archives in archives, too deep to be looked through, or a PDF that cannot be read."""


def _in_pdf(data: bytes, name: str, deep: int) -> Iterator[str]:
    try:
        found = isolated.call(_PDF, data, list[tuple[str, bytes]], place=Place(name), budget=isolated.budget())
    except CoursepackError:
        raise _TooDeepError from None
    for inner, content in found:
        if inner and not deep:
            raise _TooDeepError
        yield from _said(content, inner, deep - 1) if inner else _loose(content.decode("utf-8", "replace"))


def _said(data: bytes, name: str, deep: int) -> Iterator[str]:
    if data.startswith(b"%PDF"):
        yield from _in_pdf(data, name, deep)
        return
    try:
        package = Package.of_bytes(name, data)
        inner = package.names() if package.container in {"zip", "tar"} else []
        if inner and not deep:
            raise _TooDeepError
        for member in inner:
            yield from _said(package.read(member), member, deep - 1)
        if inner:
            return
        root = package.xml(package.names()[0])
        yield folded("".join(map(str, root.itertext())))
    except _SAFE:
        yield from _loose(data.decode("utf-8", "replace"))


def _loose(text: str) -> Iterator[str]:
    """Text that is no XML: as it is, and without tags, entities and the escapes of JSON and scripts."""
    yield folded(text)
    plain = html.unescape(_TAG.sub("", text))
    yield folded(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), plain))
