"""Paragraphs of plain text that are set in under a label, and lists whose bullets are dots."""

from __future__ import annotations

from pathlib import Path

from tests.outline import documents

SHEET = """Seminar 1. Wells

Problem:
   A farmer digs a well beside the well of her neighbour, "the old one".
   The neighbour pumps by night and the farmer finds no water at all when
   she comes in the morning. Say what each of the two may ask of the town.
Sources:
   Ostrom, E. Governing the Commons. Cambridge, 1990.

Seminar 2. Dams

Problem:
   The dam above the village breaks in spring and takes the mill with it.
   Draft the claim of the miller and the answer of the men who built it,
   one page each.
Sources:
   Scott, J. Seeing Like a State. Yale, 1998.
"""

LESSON = """Topic: Complaints

By the end everyone should have

  . heard the difference between a request and an order
  . written a complaint of sixty words

I need: a cold cup of coffee, ten role cards, sticky notes

FIRST TEN MINUTES

I come in with the cold coffee, take a sip and pull a face. In pairs
they decide what I could say to the waiter, and write it down.

HOMEWORK

Find a review of a hotel and write the answer of its owner.
"""


def test_a_paragraph_set_in_under_its_label_ends_where_the_next_label_stands(tmp_path: Path) -> None:
    (tmp_path / "sheets.txt").write_text(SHEET, "utf-8")
    read = documents.read(tmp_path)
    first, second = read["seminar tasks"]
    assert [one.split(" ")[0] for one in (*first, *second)] == ["A", "The"]
    assert first[0].endswith("may ask of the town.")
    assert '"the old one". The neighbour' in first[0]
    assert [list(one.literature) for _, one in read["course"].sessions()] == [
        ["Ostrom, E. Governing the Commons. Cambridge, 1990."],
        ["Scott, J. Seeing Like a State. Yale, 1998."],
    ]


def test_a_label_behind_a_list_with_dots_is_no_title_page(tmp_path: Path) -> None:
    (tmp_path / "lesson.txt").write_text(LESSON, "utf-8")
    ((_, lesson),) = documents.read(tmp_path)["course"].sessions()
    assert list(lesson.outcomes) == [
        "heard the difference between a request and an order",
        "written a complaint of sixty words",
    ]
    assert "a cold cup of coffee, ten role cards, sticky notes" in str(lesson.equipment)
