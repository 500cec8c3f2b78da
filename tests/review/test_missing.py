"""A doubt about a part that is missing leads to where it can be named, and one act names it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from msgspec.structs import replace

from coursepack.model.questions import Essay
from coursepack.outline.quality import absent
from coursepack.review import uncertainties as queue
from coursepack.review.course import Snapshot
from coursepack.review.uncertainties import Doubt, doubts
from tests.review.pages import TOML, Visit, text_of, visit

TEXT = "Soil is the upper layer of the earth, in which plants root; it holds water, air and remains of what lived once."
FOUR = "".join(
    f"# Lecture {n}. {title}\n\n{TEXT}\n\n" for n, title in ((1, "Soil"), (2, "Water"), (4, "Air"), (5, "Clay"))
)


def named(seen: Visit, said: str) -> Doubt:
    return next(one for one in doubts(seen.pages.review.now()) if one.message == f"looked for and not found: {said}")


def test_a_missing_lecture_is_named_at_its_line(tmp_path: Path) -> None:
    """The doubt opens beside the lecture before; the line that is chosen there is named by one act."""
    course = FOUR.replace("# Lecture 4", "Heat moves slowly\n\n# Lecture 4")
    seen = visit(tmp_path, {"soil.md": course})
    doubt = named(seen, "lecture 3")
    assert (doubt.source, doubt.unit, doubt.part, doubt.number) == (0, 3, "lecture", 3)
    page = seen.get(f"/next?after={before(seen, doubt)}")
    assert "Choose the line where it begins" in page
    assert "It begins here" not in page  # that is Lecture 2
    there = next(href for href in re.findall(r'href="([^"]+at=5[^"]*)"', page)).replace("&amp;", "&")
    assert doubt.id in there
    page = seen.get(there)
    assert "It begins here: a lecture 3" in page
    assert '<option value="lecture" selected>' in page
    seen.act("part", source="0", unit="5", part="lecture", number="3")
    assert [number for _, _, number, _ in seen.sessions] == [1, 2, 3, 4, 5]
    said = [one.message for one in doubts(seen.pages.review.now())]
    assert "looked for and not found: lecture 3" not in said


def test_a_part_that_the_course_does_not_have_is_asked_for_no_more(tmp_path: Path) -> None:
    seen = visit(tmp_path, {"soil.md": FOUR})
    doubt = named(seen, "outline of the lectures")
    page = seen.get(f"/?s=0&at=1&doubt={doubt.id}")
    assert "The course has none" in page
    seen.act("without", part="outline")
    assert tomllib.loads(seen.toml)["absent"] == ["outline"]
    said = [one.message for one in doubts(seen.pages.review.now())]
    assert "looked for and not found: outline of the lectures" not in said
    assert "looked for and not found: review questions of the lectures" in said
    assert "outline of a class" in text_of(seen.get("/corrections"))
    seen.act("with", part="outline")
    assert "absent" not in tomllib.loads(seen.toml)
    assert named(seen, "outline of the lectures")
    # A lecture between two others is not to be done without.
    page = seen.get(f"/?s=0&at=5&doubt={named(seen, 'lecture 3').id}")
    assert "The course has none" not in page
    assert seen.send("/act", act="without", part="lecture").status_code == 409


def test_lines_are_said_to_go_to_parts_by_their_names(tmp_path: Path) -> None:
    asked = (f"{n}. Which soil is number {n}?\nA) wet\nB) dry\nAnswer: A\n\n" for n in (1, 2, 3))
    bank = "Questions of a test on soils\n\n" + "".join(asked)
    toml = f'{TOML}\n[[source]]\nfile = "test.txt"\nrole = "tests"\n'
    seen = visit(tmp_path, {"soil.md": FOUR, "test.txt": bank}, toml)
    questions = list(seen.pages.review.now().understood.course.questions())
    place = questions[1].place
    assert place
    files = [one.file for one in seen.pages.review.now().understood.ledgers]
    page = text_of(seen.get(f"/?s={files.index(place.file)}&at={place.first}"))
    assert "content → Exam, question 2" in page
    assert "exam-002" not in page


def before(seen: Visit, doubt: Doubt) -> str:
    found = [one.id for one in doubts(seen.pages.review.now())]
    return found[found.index(doubt.id) - 1]


def test_what_has_no_neighbour_opens_where_nothing_was_made_of_a_line(tmp_path: Path) -> None:
    seen = visit(tmp_path, {"soil.md": FOUR})
    for said, part in (("exam questions", "exam"), ("independent work", "assignments")):
        doubt = named(seen, said)
        assert (doubt.part, doubt.source) == (part, 0)
        assert doubt.unit is not None
        assert "Choose the line where it begins" in seen.get(f"/?s=0&at={doubt.unit}&doubt={doubt.id}")
        assert re.search(rf"soil\.md» line {doubt.unit}|soil\.md» paragraph {doubt.unit}", text_of(seen.get("/doubts")))


def test_every_missing_part_has_a_place(tmp_path: Path) -> None:
    seen = visit(tmp_path, {"soil.md": FOUR})
    found = [one for one in doubts(seen.pages.review.now()) if one.code == "outline-not-found"]
    assert len(found) >= 5
    assert [one.message for one in found if one.unit is None] == []


def test_lectures_are_called_once_by_number_or_title(tmp_path: Path) -> None:
    """Two parallel lectures of one number are one number, one without a number is called by its title."""
    parts = "".join(f"# Lecture {n}. {title}\n\n{TEXT}\n\n" for n, title in ((1, "Soil"), (2, "Water")))
    seen = visit(tmp_path, {"soil.md": parts})
    course = seen.pages.review.now().understood.course
    first = course.weeks[0].sessions[0]
    titled, bare = (replace(first, number=None, title=title, id=f"x-{title}") for title in ("Heat", None))
    reviewed = replace(first, review=(Essay(id="q", text=()),))
    week = replace(course.weeks[0], sessions=(first, first, titled, bare, reviewed))
    said = [one.finding.message for one in absent(replace(course, weeks=(week,)))]
    assert "looked for and not found: review questions of lecture 1, «Heat», x-None" in said


def test_the_queue_names_the_file_of_each_line(tmp_path: Path) -> None:
    seen = visit(tmp_path, {"soil.md": FOUR})
    queued = seen.get("/doubts").partition('<ol class="doubts">')[2].partition("</ol>")[0]
    said = [" ".join(text_of(row).split()) for row in queued.split("</li>") if row.strip()]
    assert "A part of the course was not found «soil.md» paragraph 3looked for and not found: lecture 3" in said
    assert [one for one in said if re.search(r"found \d", one)] == []


def test_the_queue_is_made_once_for_each_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = visit(tmp_path, {"soil.md": FOUR})
    made: list[str] = []

    def noted(now: Snapshot) -> list[Doubt]:
        made.append(now.revision)
        return doubts(now)

    monkeypatch.setattr(queue, "doubts", noted)
    seen.get("/doubts")
    assert made == []  # the first page of the visit has asked for it
    seen.act("part", source="0", unit="3", part="lecture", number="3")
    for address in ("/", "/doubts", "/?s=0&at=3", "/next"):
        seen.get(address)
    assert made == [seen.pages.review.now().revision]
