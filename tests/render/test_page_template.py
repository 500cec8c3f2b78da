"""Templates that a department may change: found in order, escaped, their mistakes named."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.place import CoursepackError
from coursepack.render import page_template


def put(folder: Path, text: str) -> Path:
    (folder / "room").mkdir(parents=True, exist_ok=True)
    (folder / "room" / "page.html").write_text(text, encoding="utf-8")
    return folder


def test_own_template_comes_first_even_when_it_comes_later(tmp_path: Path) -> None:
    own, ours = tmp_path / "own", put(tmp_path / "ours", "<p>{{ title }}</p>\n")
    assert page_template.fill((own, ours), "room", "page.html", title="a < b") == "<p>a &lt; b</p>\n"
    put(own, "<b>{{ title }}</b>")
    assert page_template.fill((own, ours), "room", "page.html", title="x") == "<b>x</b>"


@pytest.mark.parametrize(
    ("text", "said"), [("{% if %}", "template"), ("{{ nobody }}", "nobody"), ("{% include 'no.html' %}", "no.html")]
)
def test_a_mistake_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CoursepackError, match=said):
        page_template.fill((put(tmp_path, text),), "room", "page.html")


def test_no_template_at_all(tmp_path: Path) -> None:
    with pytest.raises(CoursepackError, match=r"page\.html"):
        page_template.fill((tmp_path,), "room", "page.html")
