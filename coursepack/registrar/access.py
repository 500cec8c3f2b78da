"""Parts for whom: what of a build everybody may see.

A public part has no key, no ticket, no grader's note, no data of students: products of formats that hold none, each
looked through once more for the very texts; the course without its questions; no sources, for those are kept as they
are. Whatever is not known to be harmless stays in the restricted part, which is the whole build.
"""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any, Literal

import msgspec

from coursepack.model.course import Course, Exam
from coursepack.model.course_json import decode, encode
from coursepack.model.questions import Cloze, Description, Essay, Question
from coursepack.place import Finding, Place, warning
from coursepack.publish import Product
from coursepack.registrar.edition import BuildFolder
from coursepack.registrar.restricted import Secrets, leaks, mentioned, secrets, table

Access = Literal["public", "restricted", "both"]

_KEPT = ("coursepack", "course", "title", "language", "deflate", "libraries")
"""What a public part repeats of the build report: no source, no finding (it may quote a question), no count."""


def public(build: BuildFolder) -> tuple[BuildFolder, list[Finding]]:
    """The part of a build that everybody may see, and what stays behind of products that could have been in it."""
    kept, findings = _chosen(build)
    course = harmless(build.course)
    stated = encode(course)
    report = msgspec.structs.replace(
        build.report, products=tuple(kept), sources=(), counts={}, asked={}, declared_by=None
    )
    whole = json.loads(build.report_json)
    names = {product.file for product in kept}
    reported = {key: whole[key] for key in _KEPT if key in whole}
    reported["products"] = [one for one in whole["products"] if one["file"] in names]
    open_build = BuildFolder(
        folder=build.folder,
        report=report,
        course=course,
        course_json=stated,
        report_json=msgspec.json.format(msgspec.json.encode(reported), indent=2) + b"\n",
        assets=tuple(name for name in build.assets if PurePosixPath(name).name.encode() in stated),
    )
    return open_build, findings


def _chosen(build: BuildFolder) -> tuple[list[Product], list[Finding]]:
    """The products of the public part, and what is told of those that stay behind."""
    texts = secrets(build.course)
    products = build.report.products
    allowed = [one for one in products if _allowed(one, build)]
    leaky = {one.file for one in allowed if leaks((build.folder / one.file).read_bytes(), one.file, texts)}
    # What stands in a document stands in its PDF, where short texts have lost their borders.
    stems = {PurePosixPath(name).stem for name in leaky}
    held = [one for one in allowed if one.file in leaky or (one.format == "pdf" and _stem(one) in stems)]
    message = "stays in the restricted part: it contains a key, a ticket or a note for graders"
    findings = [warning("archive-restricted", message, Place(str(build.folder / one.file))) for one in held]
    kept = [one for one in allowed if one not in held]
    findings += _mentioned(build, kept, texts)
    place = Place(str(build.folder))
    if others := ", ".join(one.file for one in products if one not in allowed):
        message = f"not in the public part, because they are for teachers or may contain keys: {others}"
        findings.append(warning("archive-left-out", message, place))
    if not kept:
        findings.append(warning("archive-no-products", "the public part contains no product", place))
    return kept, findings


def _mentioned(build: BuildFolder, kept: list[Product], texts: Secrets) -> list[Finding]:
    """Papers of the public part in whose sentences short keys stand: they may belong there, so they are reported."""
    found = []
    for product in kept:
        if product.format not in (*table()["public"], *table()["by_content"], "pdf"):
            continue
        words = mentioned((build.folder / product.file).read_bytes(), product.file, texts)
        if words:
            message = (
                f"is in the public part, and {len(words)} short keys occur in its sentences: {', '.join(words[:3])}"
            )
            place = Place(str(build.folder / product.file))
            advice = "check whether they answer a question there; --access restricted archives nothing publicly"
            found.append(warning("archive-short-key", message, place, advice))
    return found


def _stem(product: Product) -> str:
    return PurePosixPath(product.file).stem


def _allowed(product: Product, build: BuildFolder) -> bool:
    """Whether a product may be public by its audience, name and format; a PDF is what the DOCX of its name is."""
    ending = _stem(product).removeprefix(build.report.course)
    if product.audience != table()["audience"] or ending.endswith(tuple(table()["teachers"])):
        return False
    if product.format == "pdf":
        twins = [one for one in build.report.products if one.format != "pdf" and _stem(one) == _stem(product)]
        return bool(twins) and all(_allowed(one, build) for one in twins)
    kind = product.format
    learners = (*table()["learners"], *table()["by_content"])
    return kind in table()["public"] or (kind in learners and not _asks_with_keys(build.course))


def _asks_with_keys(course: Course) -> bool:
    """Whether learners are asked a question with a key, in a class or a practice exam."""
    requested: list[Question] = [one for week in course.weeks for session in week.sessions for one in session.review]
    requested += course.exam.practised if course.exam else ()
    return any(not isinstance(one, Essay | Description) for one in requested)


# --- the course without what helps to cheat --------------------------------------------------------------------------


def harmless(course: Course) -> Course:
    """The course without questions of classes, keys, tickets, notes of teachers and attached files. The exam questions
    that the course lets students read stay."""
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
    if exam is None:
        return None
    stems = tuple(
        Essay(id=one.id, text=one.text, number=one.number, printed=one.printed, session=one.session)
        for one in exam.listed
        if not isinstance(one, Cloze)  # its answers stand in its text
    )
    return Exam(questions=stems, title=exam.title, release=exam.release, form=exam.form) if stems else None


def _without_files(value: Any) -> Any:
    """JSON without attached files: nobody knows what is in them."""
    if isinstance(value, dict):
        return {key: _without_files(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_files(one) for one in value if not (isinstance(one, dict) and one.get("is") == "media")]
    return value
