"""What stands beside a teacher's name, and lines of data that are no terms, in English syllabi."""

from __future__ import annotations

from pathlib import Path

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.course import Course

WEEKS = "\n".join(
    f"### Week {n}: {title}\n\nRead chapter {n}.\n" for n, title in enumerate(("Ice", "Sand", "Peat", "Clay"), 1)
)


def _course(folder: Path, head: str) -> Course:
    (folder / "syllabus.md").write_text(f"# Soil Science\n\n{head}\n\n## Schedule\n\n{WEEKS}", "utf-8")
    (loaded,) = find_projects([folder])
    return build.understand(loaded).course


def test_a_room_beside_a_name_is_the_room(tmp_path: Path) -> None:
    course = _course(tmp_path, "Instructor: Dr. Ann Lee 3333 Gerdin")
    assert [(one.name, one.room) for one in course.about.teachers] == [("Dr. Ann Lee", "3333 Gerdin")]


def test_two_lines_of_data_under_a_heading_are_no_glossary(tmp_path: Path) -> None:
    head = "## Course Meeting Times\n\nLecture: Tuesdays and Thursdays in Cabell Hall\n\nCourse Website: http://example.org/soil"
    course = _course(tmp_path, head)
    assert course.glossary == ()
    assert [title for _, one in course.sessions() if (title := one.title)] == ["Ice", "Sand", "Peat", "Clay"]


def test_terms_under_a_heading_of_any_wording_are_a_glossary(tmp_path: Path) -> None:
    head = (
        "## What we mean\n\nLoam – soil of sand and clay\n\nHumus – what is left of plants\n\nPeat – plants under water"
    )
    assert [one.term for one in _course(tmp_path, head).glossary] == ["Loam", "Humus", "Peat"]
