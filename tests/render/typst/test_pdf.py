"""The engine: course text is never code, bytes are the same everywhere, no font of the system has a say."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2
import pytest
from lxml import etree

from coursepack.model.course import Section, Signature, Teacher
from coursepack.place import CoursepackError
from coursepack.render.typst import pdf
from coursepack.render.typst.pdf import TypstPrinter
from tests.papers import W, members, sound, text_of, write
from tests.printed import STUDENTS, TEACHERS, attached, printed, text
from tests.samples import b, everything

HOSTILE = (
    '#import "@preview/tablex:0.0.8": *',
    '#read("/etc/passwd")',
    "#{ while true {} }",
    "$ sum_(i=0)^n $ \\ @ref <label> ]] [[ */ /* // `raw` ~ --- ``` ' \" \\u{41}",
    "= Тақырып _астын_ *қою*",
    '"); panic("',
)


def test_text_of_a_course_is_never_code() -> None:
    course = everything()
    about = msgspec.structs.replace(
        course.about, description=b(*HOSTILE), outcomes=HOSTILE, university=HOSTILE[1], department=HOSTILE[0]
    )
    policy = Section(id="policy-1", title=HOSTILE[3], blocks=b(*HOSTILE))
    course = msgspec.structs.replace(course, title=HOSTILE[2], about=msgspec.structs.replace(about, policies=(policy,)))
    (syllabus,) = write("syllabus", course).artifacts
    found = text(printed(syllabus).data)
    for line in HOSTILE:
        assert found.count(" ".join(line.split())) >= 2, line
    assert "root:" not in found


@pytest.mark.parametrize(("name", "options"), STUDENTS + TEACHERS)
def test_every_word_of_the_document_is_on_a_page(name: str, options: dict[str, Any]) -> None:
    """Each as often, but for the heads of tables that go on over a page, and for what stands at the foot of pages."""
    for artifact in write(name, **options).artifacts:
        paper = members(artifact)
        tree = etree.fromstring(paper["word/document.xml"])
        said = " ".join(text_of(line) for line in tree.iter(f"{W}p"))
        seen = Counter(re.findall(r"\w{4,}", text(printed(artifact).data)))
        words = Counter(word for word in re.findall(r"\w{4,}", said) if not word.startswith("__"))
        lost = {word: number for word, number in words.items() if seen[word] < number}
        assert not lost, artifact.name


PROGRAM = """
import hashlib
from tests.papers import write
from tests.printed import printed
digest = hashlib.sha256()
for name in ("syllabus", "course-set", "exam-tickets"):
    for artifact in write(name, second_language="ru").artifacts:
        digest.update(printed(artifact).data)
print(digest.hexdigest())
"""


def _digest(**environment: str) -> str:
    made = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, **environment},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    return made.stdout.strip()


def test_the_same_bytes_everywhere(tmp_path: Path) -> None:
    here = _digest(TZ="UTC", LANG="C", PYTHONHASHSEED="1")
    there = _digest(
        TZ="Asia/Almaty",
        LC_ALL="C.UTF-8",
        PYTHONHASHSEED="77",
        HOME=str(tmp_path),
        SOURCE_DATE_EPOCH="1700000000",
        TYPST_FONT_PATHS="/usr/share/fonts",
        TMPDIR=str(tmp_path),
    )
    assert here == there
    assert len(here) == len(hashlib.sha256().hexdigest())


def test_only_fonts_of_the_package_and_of_the_engine() -> None:
    (syllabus,) = write("syllabus").artifacts
    data = printed(syllabus).data
    names = {part.split(b"/")[0].split()[0].partition(b"+")[2] for part in data.split(b"/BaseFont /")[1:]}
    if not names:  # the objects are packed
        names = {font.encode() for font in _fonts(data)}
    assert names
    assert all(name.startswith((b"Liberation", b"Libertinus", b"NewCM", b"DejaVu")) for name in names), names


def _fonts(data: bytes) -> set[str]:
    found = set()
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                found.add(item.get_font().get_base_name().partition("+")[2] or item.get_font().get_base_name())
    return found


def test_the_model_is_attached_and_the_document_says_what_it_is() -> None:
    (syllabus,) = write("syllabus").artifacts
    data = printed(syllabus).data
    assert attached(data) == {"source.json": syllabus.source}
    with pypdfium2.PdfDocument(data) as document:
        said = document.get_metadata_dict()
        assert said["Title"] == syllabus.title
        assert said["Author"] == "Ахметова А.Б."
        assert said["CreationDate"].startswith("D:19800101")
        assert document.is_tagged()


def test_what_word_breaks_hides_or_turns_is_so_here() -> None:
    """A word longer than a line stays on the page, a sign of the order of bytes prints nothing, and of a line to sign
    in a paper written from the left the role stands left whatever it is written in."""
    word, role, name = "Ұ" + "л" * 119, "رئيس القسم", "عبد الله"
    about = msgspec.structs.replace(
        everything().about,
        department=word,
        faculty="Тарих\ufeff факультеті",
        teachers=(Teacher(name=word),),
        signatures=(Signature(role=role, name=name),),
    )
    (syllabus,) = write("syllabus", msgspec.structs.replace(everything(), about=about)).artifacts
    made = printed(syllabus)
    assert made.unseen == ""
    assert "Тарих факультеті" in text(made.data)
    assert text(made.data).count("л") >= 3 * 119
    with pypdfium2.PdfDocument(made.data) as document:
        for page in document:
            letters = page.get_textpage()
            right = max((letters.get_charbox(n)[2] for n in range(letters.count_chars())), default=0)
            assert right <= page.get_width() - 30
        letters = document[len(document) - 1].get_textpage()
        found = {letters.get_text_range(n, 1): letters.get_charbox(n)[0] for n in range(letters.count_chars())}
    assert found["ق"] < found["_"] < found["ع"]


def test_letters_that_no_font_has_are_named() -> None:
    course = everything()
    course = msgspec.structs.replace(
        course, about=msgspec.structs.replace(course.about, description=b("Билік 😀 және 政治 \ue000."))
    )
    (syllabus,) = write("syllabus", course).artifacts
    made = printed(syllabus)
    assert sorted(made.unseen) == sorted("😀政治\ue000")
    assert "Билік □ және □□ □." in text(made.data)


def test_a_font_that_is_not_there_is_named(tmp_path: Path) -> None:
    (syllabus,) = write("syllabus").artifacts
    paper = members(syllabus)
    paper["word/styles.xml"] = paper["word/styles.xml"].replace(b"Times New Roman", b"Garamond Nova")
    with TypstPrinter((tmp_path,)) as printer, pytest.raises(CoursepackError, match="no font 'Garamond Nova'"):
        printer.pdf(syllabus.name, paper, b"{}")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    (syllabus,) = write("syllabus").artifacts
    monkeypatch.setattr(pdf, "installed", lambda: False)
    with TypstPrinter() as printer, pytest.raises(CoursepackError, match="Typst is missing") as caught:
        printer.pdf(syllabus.name, members(syllabus), b"{}")
    assert caught.value.advice == "pip install 'coursepack[print]'"


def test_a_paper_that_needs_more_than_it_may_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSEPACK_LIMITS", "print-written=4KiB")
    (syllabus,) = write("syllabus").artifacts
    with pytest.raises(CoursepackError, match="gives more than"):
        printed(syllabus)


def test_the_font_of_the_papers_is_a_setting() -> None:
    (syllabus,) = write("syllabus", font="Libertinus Serif").artifacts
    assert any("LibertinusSerif" in name for name in _fonts(printed(syllabus).data))
    assert b'w:ascii="Libertinus Serif"' in members(syllabus)["word/styles.xml"]
    assert sound(syllabus) == []
