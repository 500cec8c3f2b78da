"""Page numbers and running titles of hard-wrapped text: set aside with their reason, no paragraph is broken."""

from __future__ import annotations

import pytest

from coursepack.outline.markers import standard
from coursepack.outline.pieces import Stream
from coursepack.outline.stream import stream
from coursepack.readers import text

WRAPPED = (
    "The repeal of the corn laws divided the party for a whole generation, and\n"
    "what was left of it after the vote sat on the benches of the opposition as\n"
    "if nothing in the country had changed since the old minister had fallen and\n"
)


def read(source: str) -> Stream:
    return stream(text.read("a.txt", source.encode()), "textbook", standard())


@pytest.mark.parametrize(
    ("marks", "reason"),
    [
        (("— 3 —", "— 4 —"), "page number"),
        (("3 / 7", "4 / 7"), "page number"),
        (("стр. 3", "стр. 4"), "page number"),
        (("3-бет", "4-бет"), "page number"),
        (("лист 3", "лист 4"), "page number"),
        (("HIS-2-07   page 1 of 2", "HIS-2-07   page 2 of 2"), "running title"),
    ],
)
def test_a_page_mark_breaks_no_paragraph(marks: tuple[str, str], reason: str) -> None:
    made = read(f"{WRAPPED}\n            {marks[0]}\n\n\n{WRAPPED}\n          {marks[1]}\n")
    assert [piece.text for piece in made.pieces] == [" ".join((WRAPPED + WRAPPED).split())]
    assert made.texts.ledger.source().aside == {reason: sum(len(mark.replace(" ", "")) for mark in marks)}


@pytest.mark.parametrize(
    "line",
    ["The answer stands on page 1 of 2", "Read Smith, page 4 of 2", "HIS-2-07 page 1 of 2"],
    ids=["once", "no such page", "alone"],
)
def test_a_page_of_another_text_is_text(line: str) -> None:
    made = read(f"{WRAPPED}\n{line}\n\nAnother paragraph stands below.\n")
    assert line in [piece.text for piece in made.pieces]
