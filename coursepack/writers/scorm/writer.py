"""SCORM 1.2 and 2004 packages: pages that a learner reads, tracked by an LMS.

One SCO a week by default; ``structure = "week"`` makes a package a week, ``"single"`` one SCO of the whole course for
LMSs that show only one. File names come from the structure, never from titles, and identifiers from the course's id,
so that an LMS takes a new build for the same course.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from coursepack.contents import ContentNode, contents
from coursepack.files.member import Member
from coursepack.ims.lom import clean
from coursepack.ims.packaging import MANIFEST
from coursepack.ims.scorm_manifest import (
    LONGEST_TITLE,
    SCORM12,
    SCORM2004,
    SCORM2004_3RD,
    Contents,
    Edition,
    Sco,
    manifest,
)
from coursepack.languages.catalogues import Words, words
from coursepack.languages.forms import reading
from coursepack.model.artifact import Artifact, Written
from coursepack.model.course import Course
from coursepack.model.questions import Essay, Ordering, Question
from coursepack.place import CoursepackError, Finding, Place, note, warning
from coursepack.render import page_template
from coursepack.render.plain import holds_more
from coursepack.writers import Context, Writer, cut
from coursepack.writers.scorm import reader_tools, search
from coursepack.writers.scorm.html import ScoFiles
from coursepack.writers.scorm.pages import KEY_LETTERS, LessonMaker, ScoContent, following
from coursepack.writers.scorm.passages import CheckAfter, has_heading, is_meant
from coursepack.writers.scorm.terms import GlossaryTerms

DOMAIN = "scorm"
SHARED = (
    "style.css",
    "api.js",
    "panel.js",
    "store.js",
    "quiz.js",
    "answers.js",
    "checks.js",
    "terms.js",
    "start.js",
    "reader.js",
    *reader_tools.SCRIPTS,
    "icon.svg",
)
FORMULAS = ("math.css", "math.woff2", "mathlicense.txt")
"""The face of formulas, shared by the pages that have some."""
LAYERS = ("container", "xml", "scorm", "html")
SPARE = 96
"""Characters of suspend_data that are left free: for LMSs that count what they wrap around it."""

# Words of the interface that scripts say, by the name they ask for.
SCRIPT_WORDS = {
    "answerFirst": "Answer first, then check.",
    "attemptsLeft": "Attempts left: {left}.",
    "checked": "Checked questions: {done} of {all}",
    "close": "Close",
    "correct": "Correct.",
    "incorrect": "Not correct.",
    "cardsDone": "You know all the terms.",
    "cardsKnown": "Known: {done} of {all}",
    "chooseNext": "Choose “{title}” in the contents of the learning system.",
    "keptElsewhere": "An answer to this question is kept in another browser: the learning system had no room for it.",
    "keptHere": "The learning system has no room left: this answer is kept in this browser only. Save it as a file.",
    "keptNowhere": "Some answers can be kept neither in the learning system nor in this browser. Save them as a file.",
    "inLms": "Your work is kept in the learning system.",
    "lmsClosed": "The learning system did not open this lesson{detail}. Progress and answers are kept in this browser.",
    "lmsRefused": "The learning system did not accept some data{detail}. Save your answers as a file.",
    "noLms": "Opened without a learning system: progress is kept in this browser only.",
    "noLmsNoStorage": "Opened without a learning system, and this browser keeps nothing: save answers as a file.",
    "notRead": "The page was turned too soon to count as read.",
    "partRead": "{done} of {all} pages read",
    "pagesRead": "Pages read: {done} of {all}",
    "partial": "Partly correct.",
    "practice": "Your result stays as it was.",
    "read": "read",
    "recovered": "Work of your last visit that the learning system did not have is back: this browser had kept it.",
    "resumed": "This is where you stopped last time.",
    "reviewMode": "Review: nothing that you do here changes your result.",
    "rightAnswer": "Right answer:",
    "score": "Result of the self-check: {score} %",
    "taken": "The learning system has your work now.",
    "waiting": "The learning system has not confirmed your latest work. This browser keeps it and sends it again."
    " Should this line stay, sign in again and open the lesson anew in this browser.",
    "waitingNowhere": "The learning system has not confirmed your latest work, and this browser keeps nothing."
    " Save your answers as a file.",
} | reader_tools.WORDS


class ScormOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``[scorm]`` of course.toml.

    ``structure``: a package a course with a SCO a week, a package a week, or one SCO with its own menu.
    ``completion_threshold``: the share of pages (0..1) that must be read to complete a SCO. ``mastery_score``: percent
    from which a SCO with marked questions is passed (50 is the lowest pass of the national scale); 0 judges nobody.
    ``page_read``: when a page counts as read: its end was reached ("end"), and it stood long enough ("time"), and its
    questions were answered ("check"). ``attempts``: how many checks of a question count, 0 for all. ``reveal``: the
    right answer can be shown after a wrong check, after the last attempt, or never. ``interactions``: which answers
    the LMS is told one by one: all, those of marked questions, none. ``checks``: questions of a class stand behind the
    section they belong to, or all at its end; ``check_after`` says behind which. ``start``: a page with the aim, the
    outcomes, the weeks and the tasks comes first. ``glossary``: terms in the texts open their definition.
    """

    structure: Literal["course", "week", "single"] = "course"
    completion_threshold: Annotated[float, msgspec.Meta(gt=0, le=1)] = 1.0
    mastery_score: Annotated[float, msgspec.Meta(ge=0, le=100)] = 50.0
    page_read: Literal["end", "time", "check"] = "time"
    attempts: Annotated[int, msgspec.Meta(ge=0, le=99)] = 0
    reveal: Literal["wrong", "last", "never"] = "wrong"
    interactions: Literal["all", "marked", "none"] = "all"
    checks: Literal["section", "end"] = "section"
    check_after: tuple[CheckAfter, ...] = ()
    start: bool = True
    glossary: bool = True

    @property
    def mastery(self) -> float | None:
        return self.mastery_score or None


@dataclass(frozen=True)
class ScormBuild:
    """What one run of the writer shares."""

    edition: Edition
    course: Course
    context: Context
    options: ScormOptions
    say: Words


def write(edition: Edition, course: Course, context: Context) -> Written:
    """The packages of a course in one edition."""
    options = context.options if isinstance(context.options, ScormOptions) else ScormOptions()
    say = words(course.language, DOMAIN)
    build = ScormBuild(edition, course, context, options, say)
    parts = contents(course).children
    lessons = _lessons(build, parts)
    if not lessons:
        found = warning(
            "scorm-empty", "the course contains no text to read: no SCORM package is made", Place(course.id)
        )
        return Written((), (found,))
    if options.structure == "week":
        result = [_package(build, [lesson], f"-{lesson.id}") for lesson in lessons]
    else:
        result = [_package(build, lessons, "")]
    return Written(tuple(result), tuple(findings_of(build, lessons)))


def lesson_maker(build: ScormBuild) -> LessonMaker:
    """What makes the pages of a SCO, or of the whole web site, by the options of the course."""
    course, options = build.course, build.options
    return LessonMaker(
        course,
        build.say,
        ScoFiles(build.context.assets),
        build.context.practice,
        models=options.reveal != "never",
        placed=options.checks == "section",
        declared=options.check_after,
        terms=GlossaryTerms(course.glossary, course.language) if options.glossary and course.glossary else None,
    )


def _lessons(build: ScormBuild, parts: Sequence[ContentNode]) -> list[ScoContent]:
    options = build.options
    if options.structure == "single":
        found = lesson_maker(build).whole(parts, start=options.start)
        return [found] if found else []
    result = [lesson for part in parts if (lesson := lesson_maker(build).lesson(part))]
    together = options.structure == "course"
    if options.start:
        result = [
            lesson_maker(build).started(lesson, result, linked=together) if lesson.id == "about" else lesson
            for lesson in result
        ]
    return [
        replace(lesson, next=following(other, linked=together)) for lesson, other in pairwise([*result, None]) if lesson
    ]


def findings_of(build: ScormBuild, lessons: list[ScoContent]) -> Iterable[Finding]:
    course = build.course.id
    for _, session in build.course.sessions():
        for question in session.review:
            yield from _changes(question)
    yield from _unplaced(build)
    for lesson in lessons:
        for code, name in sorted(set(lesson.missing)):
            what = "picture" if code == "scorm-picture-missing" else "file"
            yield warning(code, f"{lesson.id}: no document brought {what} {name}")
        # Pages read, and in the worst case every answer outside the LMS.
        terms = sum(len(page.terms) for page in lesson.pages)
        least = (len(lesson.pages) + len(lesson.questions) + terms) * KEY_LETTERS + 64
        if least > build.edition.suspend_data - SPARE:
            yield warning(
                "scorm-suspend-data",
                f"{lesson.id}: {len(lesson.pages)} pages and {len(lesson.questions)} questions need {least} characters"
                f" of suspend_data, {build.edition.schemaversion} gives {build.edition.suspend_data}",
                Place(course),
                'take scorm.structure = "course"',
            )


def _unplaced(build: ScormBuild) -> Iterable[Finding]:
    """What ``check_after`` names and no class has."""
    sessions = [session for _, session in build.course.sessions()]
    for one in build.options.check_after:
        asked = [session for session in sessions if any(is_meant(one, question) for question in session.review)]
        if not asked:
            said = f"[scorm] check_after: no class asks the question {one.question!r}"
        elif not any(has_heading(session, one.after) for session in asked):
            said = f"[scorm] check_after: {asked[0].id} has no heading {one.after!r}"
        else:
            continue
        yield warning("scorm-check-unknown", said, Place(build.course.id), "use its id or its exact text")


def _changes(question: Question) -> Iterable[Finding]:
    """What a page asks otherwise than the question says."""
    match question:
        case Ordering() if (question.select, question.grading) != ("all", "absolute"):
            said = f"question {question.id}: all its items are asked, and each is marked by its position"
            yield note("scorm-ordering", said, question.place)
        case Essay() if lost := holds_more(question.template):
            said = f"question {question.id}: the template of its answer loses {' and '.join(lost)}"
            yield warning("scorm-template", f"{said}: an input field holds plain text only", question.place)


def _package(build: ScormBuild, lessons: list[ScoContent], suffix: str) -> Artifact:
    edition, course, options = build.edition, build.course, build.options
    members: list[Member] = []
    uses = Counter(path for lesson in lessons for path in lesson.files)
    files = {path: data for lesson in lessons for path, data in lesson.files.items()}
    scos: list[Sco] = []
    for lesson in lessons:
        page = f"{lesson.id}/index.html"
        members.append(Member(page, page_html(build, lesson)))
        own = sorted(path for path in lesson.files if uses[path] == 1)
        title = cut(lesson.title, LONGEST_TITLE)
        scos.append(Sco(lesson.id, title, (page, *own), options.mastery, lesson.points))
    names = [*SHARED, *(FORMULAS if any(lesson.formulas for lesson in lessons) else ())]
    shared = [f"shared/{name}" for name in names]
    members += [Member(f"shared/{name}", shared_file(build.context.templates, name)) for name in names]
    shared.append(f"shared/{search.FILE}")
    members.append(Member(f"shared/{search.FILE}", search.index(lessons, course.language)))
    members += [Member(path, files[path]) for path in sorted(files)]
    shared += [path for path in sorted(files) if uses[path] > 1]
    name = f"{course.id}-{edition.name}{suffix}"
    title = clean(course.title) or course.id
    if suffix:
        title = f"{title}. {lessons[0].title}"
    described = Contents(
        identifier=f"coursepack-{name}-{course.language}",
        title=cut(title, LONGEST_TITLE),
        course=course,
        scos=tuple(scos),
        shared=tuple(shared),
        completion=options.completion_threshold,
    )
    members.insert(0, Member(MANIFEST, manifest(edition, described)))
    return Artifact(f"{name}.zip", edition.name, tuple(members), LAYERS, title=title)


def page_html(build: ScormBuild, lesson: ScoContent, site: Mapping[str, Any] | None = None) -> bytes:
    """The one HTML file of a SCO; ``site``: of a page of the web site, which the template is told of (``site.py``)."""
    options = build.options
    config: dict[str, Any] = {
        "version": build.edition.run_time,
        "course": build.course.id,
        "courseTitle": clean(build.course.title),
        "sco": lesson.id,
        "title": lesson.title,
        "limit": build.edition.suspend_data - SPARE,
        "threshold": options.completion_threshold,
        "mastery": options.mastery if lesson.points else None,
        "pageRead": options.page_read,
        "attempts": options.attempts,
        "reveal": options.reveal,
        "interactions": options.interactions,
        "decimal": build.say.decimal_separator,
        "pace": reading(build.course.language).words_a_minute,
        "start": lesson.start_data,
        "terms": [term.key for page in lesson.pages for term in page.terms],
        "pages": [
            {"id": page.id, "key": page.key, "seconds": page.seconds, "asks": [q.key for q in page.asked]}
            for page in lesson.pages
        ],
        "questions": [{"id": question.id, "key": question.key} | question.data for question in lesson.questions],
        "words": {name: build.say(message) for name, message in SCRIPT_WORDS.items()},
    }
    if site is not None:
        config |= site["config"]
        config["words"] |= site["words"]
    text = page_template.fill(
        build.context.templates,
        "scorm",
        "sco.html",
        course=build.course,
        lesson=lesson,
        config=config,
        say=build.say,
        site=site,
        search_index=search.FILE,
        version=build.context.version,
    )
    return text.encode()


def shared_file(folders: Iterable[Path], name: str) -> bytes:
    for folder in folders:
        path = folder / "scorm" / name
        if path.is_file():
            data = path.read_bytes()
            return reader_tools.minified(data) if name.endswith(".js") else data
    raise CoursepackError(f"scorm/{name} is missing, expected it in a templates folder")


def _writer(edition: Edition, summary: str, *, default: bool) -> Writer:
    return Writer(
        name=edition.name,
        summary=summary,
        write=functools.partial(write, edition),
        table="scorm",
        options=ScormOptions,
        default=default,
    )


scorm12 = _writer(SCORM12, "SCORM 1.2 package: pages to read, self-check, tracked by an LMS", default=True)
scorm2004 = _writer(SCORM2004, "SCORM 2004 4th Edition package", default=True)
scorm2004_3rd = _writer(SCORM2004_3RD, "SCORM 2004 3rd Edition package, for older LMSs", default=False)
