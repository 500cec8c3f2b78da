"""Bare addresses are links, and nothing else is."""

from __future__ import annotations

import time

import pytest

from coursepack.model.blocks import Cell, Paragraph, Row, Run, Table
from coursepack.model.course import Course, Session, Week
from coursepack.render.links import linked


def found(text: str) -> list[tuple[str, str | None]]:
    (paragraph,) = linked((Paragraph(content=(Run(text=text, bold=True),)),))
    assert isinstance(paragraph, Paragraph)
    assert all(isinstance(run, Run) and run.bold for run in paragraph.content)
    return [(run.text, run.href) for run in paragraph.content if isinstance(run, Run)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Видео: https://youtu.be/x?a=1&b=2, и www.enu.kz.",
            [
                ("Видео: ", None),
                ("https://youtu.be/x?a=1&b=2", "https://youtu.be/x?a=1&b=2"),
                (", и ", None),
                ("www.enu.kz", "https://www.enu.kz"),
                (".", None),
            ],
        ),
        ("(https://x.org/Ядро_(клетка))", [("(", None), ("https://x.org/Ядро_(клетка)",) * 2, (")", None)]),
        ("«http://қазақстан.қаз/а»", [("«", None), ("http://қазақстан.қаз/а",) * 2, ("»", None)]),
        ("a@www.enu.kz", [("a@www.enu.kz", None)]),
        ("http:// и https://x и www.", [("http:// и https://x и www.", None)]),
        ("javascript:alert(1) file:///etc/passwd", [("javascript:alert(1) file:///etc/passwd", None)]),
        ("обычный текст", [("обычный текст", None)]),
    ],
)  # fmt: skip
def test_where_an_address_begins_and_ends(text: str, parts: list[tuple[str, str | None]]) -> None:
    assert found(text) == parts


def test_code_and_links_stay_and_addresses_deep_in_a_course_are_found() -> None:
    kept = Paragraph(content=(Run(text="https://a.kz", code=True), Run(text="https://b.kz", href="https://c.kz")))
    assert linked(kept) is kept
    cell = Cell(blocks=(Paragraph(content=(Run(text="см. https://d.kz"),)),))
    session = Session(id="w01-lecture", kind="lecture", blocks=(Table(rows=(Row(cells=(cell,)),)),))
    course = Course(id="c", title="C", language="ru", weeks=(Week(id="w01", number=1, sessions=(session,)),))
    made = linked(course)
    (table,) = made.weeks[0].sessions[0].blocks
    assert isinstance(table, Table)
    (paragraph,) = table.rows[0].cells[0].blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.content == (Run(text="см. "), Run(text="https://d.kz", href="https://d.kz"))
    assert linked(made) is made


def test_many_beginnings_cost_no_square() -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        linked((Run(text="https://a.b" * count + ")" * count),))
        return time.process_time() - start

    seconds(100)
    assert seconds(40_000) < 200 * max(seconds(2000), 0.001)
