"""A doubt about a part that is missing leads to where it can be named, and one act names it."""

from __future__ import annotations

import re
from pathlib import Path

from coursepack.review.doubts import Doubt, doubts
from tests.review.pages import Visit, visit

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


def test_every_missing_part_has_a_place(tmp_path: Path) -> None:
    seen = visit(tmp_path, {"soil.md": FOUR})
    found = [one for one in doubts(seen.pages.review.now()) if one.code == "outline-not-found"]
    assert len(found) >= 5
    assert [one.message for one in found if one.unit is None] == []
