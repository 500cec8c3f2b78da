"""A page with a picture of each paper, of each part and with each text field: what a department may place where.

The pictures are of papers as Typst prints them, of a course whose data bear the names of their fields, so that a
picture shows which field stands where.
"""

from __future__ import annotations

import base64
import io
import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from coursepack import languages, writers
from coursepack.files import media
from coursepack.files.resources import templates_dir
from coursepack.languages.messages import Messages
from coursepack.model.artifact import Artifact
from coursepack.model.blocks import Blocks, Paragraph, Run
from coursepack.model.course import (
    About,
    Approval,
    Assignment,
    Course,
    Exam,
    GradeWeight,
    Grading,
    Hours,
    Interim,
    Literature,
    OutcomeLink,
    Section,
    Session,
    Signature,
    Teacher,
    Topic,
    Week,
)
from coursepack.model.questions import Choice, Essay, MultipleChoice
from coursepack.render import page_template
from coursepack.render.docx_new import new_package
from coursepack.render.docx_styles import STYLES, styles_part
from coursepack.render.typst.pdf import TypstPrinter
from coursepack.render.wml import make, paragraph, paragraph_properties, run, run_properties, section
from coursepack.writers.papers.fields import text_fields
from coursepack.writers.papers.paper import Paper
from coursepack.writers.papers.slots import SHARED
from coursepack.writers.papers.template import FOLDER, find
from coursepack.writers.papers.words import PaperWords

_PAPER_SCALE, _PART_SCALE = 0.9, 1.3
"""Pixels a point of the pictures."""
_ALL_PARTS = "all-parts.docx"
_MARK = "part:"

# Template → the writer that fills it, its options, what else is asked for.
PAPERS: tuple[tuple[str, str, Mapping[str, object], Mapping[str, object]], ...] = (
    ("syllabus.docx", "syllabus", {}, {}),
    ("syllabus-grid.docx", "syllabus", {"syllabus": "grid"}, {}),
    ("syllabus-bilingual.docx", "syllabus", {"second_language": "*"}, {}),
    ("course-set.docx", "course-set", {}, {}),
    ("ticket-three-cell.docx", "exam-tickets", {"ticket": "three-cell"}, {}),
    ("ticket-centred.docx", "exam-tickets", {"ticket": "centred"}, {}),
    ("ticket-row.docx", "exam-tickets", {"ticket": "row"}, {}),
    ("control-sheet.docx", "exam-tickets", {}, {}),
    ("exam-questions.docx", "exam-tickets", {}, {}),
    ("answer-sheet.docx", "exam-tickets", {"answer_sheets": 1}, {}),
    ("test-paper.docx", "exam-tickets", {}, {"test_variants": 2}),
    ("test-key.docx", "exam-tickets", {}, {"test_variants": 2}),
)
_MADE = {
    "control-sheet.docx": "exam-control-sheet",
    "exam-questions.docx": "exam-key",
    "answer-sheet.docx": "answer-sheets",
    "test-paper.docx": "test-paper",
    "test-key.docx": "test-key",
}


@dataclass(frozen=True)
class GalleryPicture:
    """``picture`` is a data URI of a PNG."""

    picture: str
    file: str = ""
    name: str = ""
    pages: int = 0
    used: tuple[str, ...] = ()


def page(language: str, say: Messages, templates: Path | None = None) -> str:
    """The page. ``language`` is that of the papers, ``say`` speaks the page's own words; ``templates``: a department's.

    Raises ``CoursepackError``: Typst is missing, a template is not right.
    """
    folders = (templates, templates_dir()) if templates else (templates_dir(),)
    fonts = templates / "fonts" if templates else None
    course = sample(language)
    with TypstPrinter([fonts] if fonts and fonts.is_dir() else []) as printer:
        papers = list(_papers(course, folders, printer))
        parts = list(_parts(course, folders, printer))
    used = _used(folders)
    fields = [
        {"name": name, "value": str(value), "used": used.get(name, ())}
        for name, value in sorted(text_fields(course, PaperWords(language), ("version", "date", "pages")).items())
        if isinstance(value, str) and not isinstance(value, Markup)
    ]
    shown = [{"name": one.name, "picture": one.picture, "used": used.get(one.name, ())} for one in parts]
    return page_template.fill(
        (templates_dir(),),
        "gallery",
        "page.html",
        papers=[{"file": one.file, "picture": one.picture, "pages": one.pages} for one in papers],
        parts=shown,
        fields=fields,
        say=say,
        language=say.language,
    )


def _context(
    folders: Sequence[Path], writer: writers.Writer, options: Mapping[str, object], **more: Any
) -> writers.Context:
    return writers.Context(
        templates=tuple(folders),
        options=writer.options(**options),
        tickets=6,
        questions_per_ticket=2,
        **more,
    )


def _papers(course: Course, folders: Sequence[Path], printer: TypstPrinter) -> Iterator[GalleryPicture]:
    other = sample(next(one for one in sorted(languages.known(), reverse=True) if one != course.language))
    for template, name, options, more in PAPERS:
        writer = writers.load(name)
        requested = {key: other.language if value == "*" else value for key, value in options.items()}
        written = writer.write(course, _context(folders, writer, requested, parallel=(other,), **more))
        documents = [artifact for artifact in written.artifacts if artifact.name.endswith(".docx")]
        if "second_language" in options:
            result = documents[1]
        else:
            result = next((a for a in documents if _MADE.get(template, "") in a.name), documents[0])
        pictures = _pictures(_printed(result, printer), _PAPER_SCALE, crop=False)
        yield GalleryPicture(pictures[0], file=template, pages=len(pictures))


def _parts(course: Course, folders: Sequence[Path], printer: TypstPrinter) -> Iterator[GalleryPicture]:
    """Each part on a page of its own of one document; a longer part is shown by its first page."""
    names = sorted(SHARED)
    with tempfile.TemporaryDirectory(prefix="coursepack-gallery-", ignore_cleanup_errors=True) as scratch:
        at = Path(scratch, FOLDER)
        at.mkdir()
        (at / _ALL_PARTS).write_bytes(_all_parts(names))
        writer = writers.load("syllabus")
        paper = Paper(course, _context((Path(scratch), *folders), writer, {}), SHARED)
        paper.make(_ALL_PARTS)
        result = paper.artifact("parts.docx", "syllabus", "parts", b"{}")
        data = _printed(result, printer)
    for name, picture in _by_marks(data):
        yield GalleryPicture(picture, name=name)


def _all_parts(names: Sequence[str]) -> bytes:
    """A template with every part, each under its mark on a new page."""
    body = []
    for name in names:
        # Read by us, seen by nobody: it is not in the picture.
        white = run_properties(color="FFFFFF")
        style = STYLES["Table Text"].id
        body.append(paragraph([run(f"{_MARK}{name}", white)], paragraph_properties(style=style, page_break=True)))
        body.append(paragraph([run("{{ " + name + " }}")]))
    members = new_package(make("body", [*body, section(title_page=False)]), styles_part(), headers={}, footers={})
    result = io.BytesIO()

    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in members.items():
            archive.writestr(zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0)), data)
    return result.getvalue()


def _printed(result: Artifact, printer: TypstPrinter) -> bytes:
    return printer.pdf(
        result.name, {member.path: member.read() for member in result.members}, result.source or b"{}"
    ).data


def _pictures(data: bytes, scale: float, *, crop: bool) -> list[str]:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return [_uri(each.render(scale=scale).to_pil(), crop=crop) for each in document]


def _by_marks(data: bytes) -> Iterator[tuple[str, str]]:
    """Part and picture: pages that begin with a mark, without it."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        for each in document:
            found = re.match(rf"\s*{_MARK}(\w+)", each.get_textpage().get_text_range())
            if found:
                yield found[1], _uri(each.render(scale=_PART_SCALE).to_pil(), crop=True)


def _uri(image: Any, *, crop: bool) -> str:
    from PIL import ImageChops

    grey = image.convert("L")
    if crop and (box := ImageChops.invert(grey).getbbox()):
        image = image.crop((max(box[0] - 8, 0), max(box[1] - 8, 0), box[2] + 8, box[3] + 8))
    saved = io.BytesIO()
    image.convert("P", palette=1, colors=32).save(saved, "PNG", optimize=True)
    return f"data:{media.KINDS['png'].type};base64,{base64.b64encode(saved.getvalue()).decode()}"


def _used(folders: Sequence[Path]) -> dict[str, tuple[str, ...]]:
    """Field → the templates that place it."""
    found: dict[str, list[str]] = {}
    for template, *_ in PAPERS:
        with zipfile.ZipFile(find(tuple(folders), template)) as archive:
            names = [name for name in archive.namelist() if re.match(r"word/(?:document|header\d|footer\d)\.xml", name)]
            text = " ".join(re.sub(r"<[^>]+>", "", archive.read(name).decode("utf-8", "replace")) for name in names)
        for name in dict.fromkeys(
            re.findall(r"(?<![\w.'])([a-z_]{3,})(?![\w'(])", " ".join(re.findall(r"\{[{%].*?[}%]\}", text)))
        ):
            found.setdefault(name, []).append(template)
    return {name: tuple(places) for name, places in found.items()}


# --- the course of the pictures -----------------------------------------------------------------------------------

_TEXTS = (
    *("code", "cycle", "component", "programme", "ministry", "university", "faculty", "department", "semester"),
    *("study_form", "city", "form_code", "revision", "rights"),
)


def _said(text: str) -> Blocks:
    return (Paragraph(content=(Run(text=text),)),)


def sample(language: str) -> Course:
    """A course whose data bear the names of their fields, in the fixed words of a language."""
    say = PaperWords(language)
    names: dict[str, Any] = {name: name for name in _TEXTS}
    exam = [
        Essay(id=f"exam-{n:03d}", number=n, text=_said(f"{say('Question on the ticket')} {n}")) for n in range(1, 9)
    ]
    choices = tuple(Choice(content=_said(letter), fraction=float(letter == "A")) for letter in "ABCD")
    tests = [
        MultipleChoice(id=f"exam-{n:03d}", number=n, text=_said(f"{say('Test')} {n}"), choices=choices)
        for n in range(9, 13)
    ]
    about = About(
        **names,
        credits=5,
        hours=Hours(lecture=15, seminar=30, independent=75, supervised=30, total=150),
        year="2026/2027",
        study_year=3,
        date="2026-08-28",
        teachers=(
            Teacher(
                name="teacher", degree="degree", post="post", email="email", room="room", office_hours="office_hours"
            ),
        ),
        description=_said("description"),
        aim=_said("aim"),
        objectives=("objectives 1", "objectives 2"),
        outcomes=("outcomes 1", "outcomes 2"),
        outcome_map=(
            OutcomeLink(outcome=1, weeks=(1, 2), assessments=(say("Exam"),)),
            OutcomeLink(outcome=2, weeks=(2,), assessments=(say("Exam"),)),
        ),
        prerequisites=("prerequisites",),
        postrequisites=("postrequisites",),
        grading=Grading(
            weights=(GradeWeight(name=say("Admission rating"), percent=60), GradeWeight(name=say("Exam"), percent=40)),
            formula="formula",
            interim=(Interim(after_week=2, name="interim", points=100),),
        ),
        policies=(Section(id="policy-1", title="policies.title", blocks=_said("policies.text")),),
        literature=Literature(
            basic=("literature.basic",), additional=("literature.additional",), internet=("https://example.org/",)
        ),
        approval=Approval(
            approver_post="approver_post", approver_name="approver_name", department_minutes="1", council="council"
        ),
        signatures=(Signature(role="signatures.role", name="signatures.name"),),
        keywords=("keywords",),
    )
    return Course(
        id="sample",
        title="title",
        language=language,
        about=about,
        weeks=tuple(_week(n) for n in (1, 2)),
        exam=Exam(questions=(*exam, *tests), form="exam_form"),
    )


def _week(number: int) -> Week:
    topics = tuple(Topic(id=f"t{number}{n}", content=(Run(text=f"topics {n}"),)) for n in (1, 2))
    return Week(
        id=f"w{number:02d}",
        number=number,
        sessions=(
            Session(
                id=f"w{number:02d}-lecture",
                kind="lecture",
                number=number,
                title="title",
                hours=1,
                points=2,
                blocks=_said("text"),
            ),
            Session(id=f"w{number:02d}-seminar", kind="seminar", number=number, topics=topics, hours=2, points=5),
        ),
        assignments=(
            Assignment(
                id=f"w{number:02d}-independent",
                kind="independent",
                number=number,
                blocks=_said("task"),
                form="form",
                hours=5,
                points=10,
            ),
        ),
    )
