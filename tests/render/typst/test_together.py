"""What stays on one page has room there, and nothing is set over the foot of a page."""

from __future__ import annotations

import ctypes
import re
from typing import Any

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from coursepack.model.course import Assignment
from coursepack.model.questions import Choice, MultipleChoice
from tests.papers import write
from tests.printed import RULES, long_course, printed
from tests.samples import b, everything


def outside(data: bytes) -> list[str]:
    """The letters of each page that are not on it, or in its lower margin though the foot of pages holds a number."""
    found = []
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            letters = page.get_textpage()
            lowest = 40.0
            left, right, bottom, top = (ctypes.c_double() for _ in range(4))
            for place in range(letters.count_chars()):
                letter = letters.get_text_range(place, 1)
                pdfium.FPDFText_GetCharBox(letters, place, left, right, bottom, top)
                if letter.isalpha() and bottom.value < lowest:
                    found.append(letter)
    return found


def pages(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.mark.parametrize(
    "options", [{}, {"syllabus": "grid"}, {"second_language": "ru"}], ids=["plain", "grid", "bilingual"]
)
def test_rows_that_are_higher_than_a_page_go_on_over_the_next(options: dict[str, Any]) -> None:
    artifacts = [a for a in write("syllabus", long_course(), **options).artifacts if a.name.endswith(".docx")]
    data = printed(artifacts[-1]).data
    assert outside(data) == []
    said = " ".join(pages(data))
    assert len(re.findall(r"Ереже \d+\.", said)) >= 2 * len(RULES)
    assert {int(n) for n in re.findall(r"Автор (\d+)\.", said)} == set(range(1, 80))


@pytest.mark.parametrize("options", [{"syllabus": "grid"}, {"second_language": "ru"}], ids=["grid", "bilingual"])
def test_the_head_of_a_long_row_is_not_alone(options: dict[str, Any]) -> None:
    artifacts = [a for a in write("syllabus", long_course(), **options).artifacts if a.name.endswith(".docx")]
    head = "Әдебиеттер және ресурстар"
    (page,) = [page for page in pages(printed(artifacts[-1]).data) if head in page]
    assert "Автор 1." in page.partition(head)[2]


def test_a_last_row_stays_with_what_follows_and_not_with_all_of_it() -> None:
    """Below the grid stands the plan, which is longer than a page."""
    course = everything()
    weeks = tuple(
        msgspec.structs.replace(
            course.weeks[0],
            id=f"w{n:02d}",
            number=n,
            sessions=(),
            assignments=(
                Assignment(id=f"w{n:02d}-independent", kind="independent", label=f"{n} СӨЖ", blocks=b(f"Жұмыс {n}")),
            ),
        )
        for n in range(1, 60)
    )
    about = msgspec.structs.replace(course.about, policies=())
    course = msgspec.structs.replace(course, weeks=weeks, about=about)
    grid = write("syllabus", course, syllabus="grid").artifacts[0]
    data = printed(grid).data
    assert outside(data) == []
    plan = " ".join(pages(data))
    assert {int(n) for n in re.findall(r"Жұмыс (\d+)", plan)} == set(range(1, 60))


def test_a_question_stands_on_one_page_with_its_answers() -> None:
    questions = tuple(
        MultipleChoice(
            id=f"q{n}",
            number=n,
            text=b(f"Сұрақ {n:02d}?"),
            choices=tuple(
                Choice(content=b(f"Жауап {n:02d}{sign}"), fraction=1.0 if sign == "A" else 0.0) for sign in "ABCD"
            ),
        )
        for n in range(1, 31)
    )
    course = everything()
    assert course.exam is not None
    course = msgspec.structs.replace(course, exam=msgspec.structs.replace(course.exam, questions=questions, tickets=()))
    made = write("exam-tickets", course, context={"test_variants": 1}).artifacts
    (paper,) = [artifact for artifact in made if artifact.name.endswith("test-paper.docx")]
    found = pages(printed(paper).data)
    assert len(found) > 2
    for n in range(1, 31):
        (page,) = [page for page in found if f"Сұрақ {n:02d}?" in page]
        assert len(re.findall(f"Жауап {n:02d} ?[A-D]", page)) == 4
