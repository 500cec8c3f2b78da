"""The book: its files, metadata, contents, notes, formulas, questions and answers, and its check."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace

from coursepack import checks, publish
from coursepack.checks import Grammar, check_artifact
from coursepack.checks.products import validate
from coursepack.files.package import Package
from coursepack.model.artifact import Artifact, Written
from coursepack.model.blocks import Heading, Paragraph, Run
from coursepack.model.course import About, Approval, Course, Section
from coursepack.place import Place
from coursepack.writers import Context, load
from coursepack.writers.epub import xhtml
from tests.samples import LATER_ASSETS, everything, later
from tests.writers.test_scorm import members

X = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"


def write(course: Course | None = None, **options: Any) -> Written:
    writer = load("epub")
    context = Context(assets=LATER_ASSETS, options=writer.options(**options), version="test")
    return writer.write(course or everything(), context)


def book(course: Course | None = None, **options: Any) -> Artifact:
    (artifact,) = write(course, **options).artifacts
    return artifact


def page(artifact: Artifact, name: str) -> etree._Element:
    return etree.fromstring(members(artifact)[f"EPUB/{name}"])


def text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())


def said(artifact: Artifact, name: str) -> list[str]:
    root = page(artifact, "package.opf")
    return [each.text or "" for each in root.iter("{http://www.idpf.org/2007/opf}meta") if each.get("property") == name]


def test_the_container_begins_with_its_media_type_stored(tmp_path: Path) -> None:
    data = b"".join(publish.artifact_chunks(book()))
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(BytesIO(data)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert data == b"".join(publish.artifact_chunks(book()))
    (tmp_path / "a.epub").write_bytes(data)
    verdict = validate(tmp_path / "a.epub")
    assert (verdict.kind, verdict.title, verdict.findings) == ("epub", "EPUB", ())


def test_notes_formulas_and_tables_are_what_epub_calls_them() -> None:
    root = page(book(), "text/w01-lecture.xhtml")
    (mark,) = [each for each in root.iter(f"{X}a") if each.get(TYPE) == "noteref"]
    (note,) = root.iter(f"{X}aside")
    assert (mark.get("role"), mark.get("href")) == ("doc-noteref", f"#{note.get('id')}")
    assert (note.get("role"), note.get(TYPE), text(note)) == ("doc-footnote", "footnote", "1 Ескерту мәтіні.")
    assert len(list(root.iter("{http://www.w3.org/1998/Math/MathML}math"))) == 2
    cells = [(each.get("rowspan"), each.get("colspan")) for each in root.iter(f"{X}td", f"{X}th")]
    assert ("2", None) in cells
    assert (None, "2") in cells
    assert [each.get("alt") for each in root.iter(f"{X}img")] == ["Көк шаршы"]
    assert b"mathml" in members(book())["EPUB/package.opf"]


def test_contents_landmarks_and_headings() -> None:
    root = page(book(), "nav.xhtml")
    kinds = [each.get(TYPE) for each in root.iter(f"{X}nav")]
    assert kinds == ["toc", "landmarks"]
    first = [text(each) for each in root.iterfind(f".//{X}nav[@id='toc']/{X}ol/{X}li/{X}a")]
    assert first[0] == "Курс туралы"
    assert first[-1] == "Жауаптар"
    entry = root.find(f".//{X}nav[@id='toc']//{X}ol/{X}li/{X}a[@href='text/w01-lecture.xhtml#w01-lecture-h3']")
    assert entry is not None
    assert [text(each) for each in entry.getparent().iter(f"{X}a")] == ["Бірінші бөлім", "Кесте мен сурет"]  # type: ignore[union-attr]  # an entry stands in a list
    marks = [(each.get(TYPE), text(each)) for each in root.iterfind(f".//{X}nav[2]//{X}a")]
    assert marks == [
        ("cover", "Мұқаба"),
        ("toc", "Мазмұны"),
        ("bodymatter", "Мәтін"),
        ("backmatter", "Жауаптар"),
    ]


def test_answers_stand_at_the_end_in_the_notation_of_the_language_or_nowhere() -> None:
    answers = page(book(), "text/answers.xhtml")
    found = {each.get("id"): text(each) for each in answers.iter(f"{X}section")}
    assert found["w01-lecture-q-005-answer"] == "5-сұрақкратология"
    assert found["w01-lecture-q-006-answer"] == "6-сұрақ2; 2,5 ± 0,5"
    review = page(book(), "text/w01-lecture-review.xhtml")
    links = [each.get("href") for each in review.iter(f"{X}a") if "answers" in (each.get("href") or "")]
    assert links == [f"answers.xhtml#{name}" for name in found]
    without = members(book(answers="none"))
    assert "EPUB/text/answers.xhtml" not in without
    assert b"answers.xhtml" not in b"".join(without.values())


def test_exam_questions_come_without_keys() -> None:
    artifact = book()
    names = [name for name in members(artifact) if "/exam" in name]
    assert names == ["EPUB/text/exam-list.xhtml", "EPUB/text/exam-practice.xhtml"]
    assert "exam-" not in "".join(
        str(each.get("id")) for each in page(artifact, "text/answers.xhtml").iter(f"{X}section")
    )


def test_accessibility_is_said_as_it_is() -> None:
    assert said(book(), "schema:accessMode") == ["textual", "visual"]
    assert "MathML" in said(book(), "schema:accessibilityFeature")
    assert said(book(), "dcterms:conformsTo") == []
    artifact = book(later())
    assert said(artifact, "schema:accessMode") == ["textual", "visual", "auditory"]
    assert said(artifact, "schema:accessibilityHazard") == ["unknown"]
    left = [finding.message for finding in write(later()).findings if finding.code == "epub-file"]
    assert [message.partition(" is mentioned")[0] for message in left] == ["'data.csv'", "'page.html'"]


def test_no_claim_where_a_picture_has_no_description_and_one_where_somebody_certifies() -> None:
    plain = Course(
        id="c", title="C", language="en", foreword=Section(id="foreword", title="F", blocks=()), about=About()
    )
    assert said(book(plain, certified_by="A. Reviewer"), "a11y:certifiedBy") == ["A. Reviewer"]
    assert said(book(plain, certified_by="A. Reviewer"), "dcterms:conformsTo") == [
        "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
    ]


def test_the_day_is_the_last_that_the_course_declares() -> None:
    course = everything()
    approved = Approval(department_date="2025-08-28", council_date="2025-08-30")
    dated = replace(course, about=replace(course.about, approval=approved))
    assert said(book(dated), "dcterms:modified") == ["2025-08-30T00:00:00Z"]


def test_pages_of_the_one_paged_source_are_listed() -> None:
    def block(words: str, number: int, file: str = "book.pdf") -> Paragraph:
        return Paragraph(content=(Run(text=words),), place=Place(file, number, page=number))

    blocks = (block("a", 3), block("b", 3), block("c", 4), block("d", 6))
    course = Course(id="c", title="C", language="en", foreword=Section(id="foreword", title="F", blocks=blocks))
    artifact = book(course)
    (pages,) = [each for each in page(artifact, "nav.xhtml").iter(f"{X}nav") if each.get(TYPE) == "page-list"]
    assert [(text(each), each.get("href")) for each in pages.iter(f"{X}a")] == [
        ("3", "text/foreword.xhtml#page-3"),
        ("4", "text/foreword.xhtml#page-4"),
        ("6", "text/foreword.xhtml#page-6"),
    ]
    assert said(artifact, "pageBreakSource") == ["book.pdf"]
    assert check_artifact(artifact) == []
    two = replace(course, conclusion=Section(id="conclusion", title="E", blocks=(block("e", 1, "other.pdf"),)))
    assert said(book(two), "pageBreakSource") == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://akorda.kz/?a=1&b=2", "https://akorda.kz/?a=1&b=2"),
        ("https://пример.kz/а б", "https://xn--e1afmkfd.kz/%D0%B0%20%D0%B1"),
        ("http://[::1", None),
        ("http://", None),
        ("http://a|b/", None),
        ("mailto:a@b.kz", "mailto:a@b.kz"),
    ],
)
def test_addresses_as_the_url_standard_writes_them(address: str, expected: str | None) -> None:
    assert xhtml.outside(address) == expected


def test_headings_that_leave_levels_out_are_nested_lists() -> None:
    words = [(1, "a"), (3, "b"), (2, "c"), (1, "d")]
    blocks = tuple(Heading(level=level, content=(Run(text=name),)) for level, name in words)
    course = Course(id="c", title="C", language="en", foreword=Section(id="foreword", title="F", blocks=blocks))
    root = page(book(course), "nav.xhtml")
    entries = [text(each) for each in root.iterfind(f".//{X}nav[@id='toc']//{X}a")]
    assert entries == ["About this course", "Syllabus", "F", "a", "b", "c", "d"]
    assert check_artifact(book(course)) == []


def test_the_check_finds_what_is_wrong() -> None:
    files = members(book())

    def codes(changed: dict[str, bytes]) -> set[str]:
        package = Package.of_members("a.epub", changed.items())
        return {finding.code for finding in checks.check(package, ("epub",), Grammar())}

    def swapped(name: str, old: bytes, new: bytes) -> set[str]:
        assert old in files[name]
        return codes(files | {name: files[name].replace(old, new, 1)})

    opf = "EPUB/package.opf"
    assert codes(files) == set()
    assert codes({"EPUB/x": b"", **files}) == {"epub-mimetype", "epub-unlisted"}
    assert codes(files | {"mimetype": b"application/zip"}) == {"epub-mimetype"}
    assert swapped("META-INF/container.xml", b"package.opf", b"gone.opf") == {"epub-container"}
    assert swapped(opf, b'href="cover.svg"', b'href="gone.svg"') == {"epub-manifest", "epub-unlisted"}
    assert swapped(opf, b'idref="f-cover.xhtml"', b'idref="f-gone"') == {"epub-spine"}
    assert swapped(opf, b"dcterms:modified", b"dcterms:created") == {"epub-metadata"}
    assert swapped(opf, b'properties="nav"', b"") == {"epub-nav"}
    assert swapped("EPUB/text/foreword.xhtml", b"</h1>", b"") == {"epub-xml"}
    assert swapped("EPUB/nav.xhtml", b"text/foreword.xhtml", b"text/gone.xhtml") == {"epub-link"}
    assert swapped("EPUB/text/w01-lecture.xhtml", b'href="#w01-lecture-n1"', b'href="#x"') == {"epub-link"}
    old = files["EPUB/text/foreword.xhtml"].replace(
        b"<html", b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "x"><html'
    )
    assert codes(files | {"EPUB/text/foreword.xhtml": old.replace(b"</h1>", b"&nbsp;</h1>")}) == set()
