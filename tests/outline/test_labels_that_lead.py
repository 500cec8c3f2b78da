"""Lines before a list, and points of a plan that come back in the text: which of them head what follows."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import Heading, block_text, inline_text

LAW = {
    "kk": ("15-дәріс. Президент", "Республика Президенті", "жылына бір рет жолдау арнайды;", "сайлау тағайындайды;"),
    "ru": ("Лекция 15. Президент", "Президент Республики", "обращается раз в год с посланием;", "назначает выборы;"),
    "en": ("Lecture 15. The President", "President of the Republic", "speaks to the people;", "calls elections;"),
}


def headings(folder: Path) -> list[tuple[bool, str]]:
    (loaded,) = find_projects([folder])
    ((_, session),) = build.understand(loaded).course.sessions()
    return [(isinstance(block, Heading), block_text((block,)).split("\n")[0]) for block in session.blocks]


@pytest.mark.parametrize("lang", LAW)
def test_a_line_that_leads_in_a_list_is_no_heading_for_a_chapter_being_called_so(tmp_path: Path, lang: str) -> None:
    lecture, office, *does = LAW[lang]
    items = "".join(f"<li>{one}</li>" for one in does)
    page = f"<h1>{lecture}</h1><h2>{office}</h2><h3>§ 44</h3><p>{office}:</p><ol>{items}</ol>"
    (tmp_path / "a.html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    found = headings(tmp_path)
    assert (True, office) in found
    assert (False, f"{office}:") in found
    assert (True, f"{office}:") not in found


PLAN = ("Sources of energy in the living cell", "Exchange of matter through the outer membrane")
TEXT = [
    f"{first}; {rest}"
    for first, rest in (
        (
            "Sources of energy. A cell takes what it needs from sugar and keeps it in small portions for a while",
            "what is left over is stored as starch in plants and as fat in animals, until a hungry season comes.",
        ),
        (
            "Exchange of matter. Water goes through by itself, salts are carried, and all of it costs energy",
            "what the cell no longer needs leaves on the same way, in bubbles that melt into the membrane.",
        ),
    )
]


@pytest.mark.parametrize("typed", [True, False])
def test_numbers_of_a_plan_find_its_points_in_the_text_where_the_author_typed_them(tmp_path: Path, typed: bool) -> None:
    """Any list of a page is counted by the page; what an author counts by hand is counted so in the text below."""
    if typed:
        plan = "".join(f"<p>{nth}. {point}</p>" for nth, point in enumerate(PLAN, 1))
    else:
        plan = "<ol>" + "".join(f"<li>{point}</li>" for point in PLAN) + "</ol>"
    text = "".join(f"<p>{nth}. {one}</p>" for nth, one in enumerate(TEXT, 1))
    page = f"<h1>Lecture 1. The cell</h1><h2>Plan</h2>{plan}<h2>Text</h2>{text}"
    (tmp_path / "a.html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    found = [one for one in headings(tmp_path) if one[1] != "Text"]
    points = [(True, "Sources of energy"), (True, "Exchange of matter")]
    assert [one for one in found if one[0]] == (points if typed else [])


DECK = {
    "en": ("Lecture 3. Contents of the lecture:", "Proof of programs", "Kinds of errors", "Levels"),
    "ru": ("4 семестр Лекция 3. Содержание лекции:", "Проверка программ", "Виды ошибок", "Уровни"),
    "kk": ("3-дәріс. Дәрістің жоспары:", "Бағдарламаны сынау", "Қате түрлері", "Деңгейлер"),
}


@pytest.mark.parametrize("lang", DECK)
def test_a_plan_that_the_title_names_ends_where_its_points_come_back_as_headings(tmp_path: Path, lang: str) -> None:
    """Nothing below those headings need be prose: slides hold listings and short lines."""
    title, *points = DECK[lang]
    text = "".join(f"## {point}\n\n- `f({nth})`\n- `g({nth})`\n\n" for nth, point in enumerate(points))
    listed = "".join(f"- {point}\n" for point in points)
    (tmp_path / "a.md").write_text(f"# {title}\n\n{listed}\n{text}", encoding="utf-8")
    (loaded,) = find_projects([tmp_path])
    ((_, session),) = build.understand(loaded).course.sessions()
    assert [inline_text(one.content) for one in session.outline] == points
    assert [block_text((one,)) for one in session.blocks if isinstance(one, Heading)] == points
    assert "f(2)" in block_text(session.blocks)
