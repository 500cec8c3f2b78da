"""Of a page that a browser shows already only what changed is sent; what it then shows is the whole page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from coursepack.review.guard import HEADER as FORM
from coursepack.review.pieces import HEADER
from tests.review.pages import ADDRESS, SOIL, Visit, text_of, visit

KEPT = re.compile(r'<(\w+) id="([^"]+)" hx-preserve></\1>')
PARAGRAPH = "Paragraph {} of what is said of water and stones, of salts and of frost."
LONG = SOIL + "\n\n".join(map(PARAGRAPH.format, range(90)))


@pytest.fixture
def soil(tmp_path: Path) -> Visit:
    return visit(tmp_path / "soil", {"soil.md": LONG})


def shown(page: str) -> str:
    (number,) = map(str, re.findall(r'data-shown="(\w+)"', page))
    return number


def whole(page: str, before: str) -> str:
    """What a browser makes of a page with the elements that it has."""
    there = {one.get("id"): one for one in html.fromstring(before).iter() if one.get("id")}
    return KEPT.sub(lambda said: html.tostring(there[said[2]], encoding="unicode", with_tail=False), page)


def alike(page: str) -> str:
    """A page without its number."""
    said = html.tostring(html.fromstring(page), encoding="unicode")
    return re.sub(r'data-shown="\w*"', "", said)


def test_what_is_there_is_not_sent_again(soil: Visit) -> None:
    before = soil.get("/?s=0&at=30")
    fields = {"act": "debris", "source": "0", "unit": "15", "revision": soil.pages.review.now().revision}
    headers = {FORM: soil.pages.keys.form, HEADER: shown(before), "origin": ADDRESS}
    answer = soil.client.post("/act", data={**fields, "back": "/?s=0&at=30"}, headers=headers)
    assert answer.status_code == 200
    full = soil.get("/?s=0&at=30")
    assert len(KEPT.findall(answer.text)) > 150
    assert len(answer.text) * 2 < len(full)
    assert "Paragraph 40" not in text_of(answer.text)
    assert alike(whole(answer.text, before)) == alike(full)


def test_whoever_shows_no_page_gets_all_of_it(soil: Visit) -> None:
    for said in ("", "0" * 16, "nonsense"):
        answer = soil.client.get("/?s=0&at=30", headers={HEADER: said})
        assert "Paragraph 40" in text_of(answer.text)
        assert not KEPT.findall(answer.text)


def test_pages_of_long_ago_are_forgotten(soil: Visit) -> None:
    first = shown(soil.get("/?s=0&at=30"))
    assert KEPT.findall(soil.client.get("/?s=0&at=30", headers={HEADER: first}).text)
    for _ in range(70):
        soil.get("/doubts")
        soil.get("/?s=0&at=30")
    assert not KEPT.findall(soil.client.get("/?s=0&at=30", headers={HEADER: first}).text)


def test_lines_of_a_source_cannot_name_pieces(tmp_path: Path) -> None:
    """Two lines that are alike have names of their own; what looks like an end of a piece is text."""
    seen = visit(tmp_path / "soil", {"soil.md": LONG + "\n\n" + "\n\n".join(['<!--:0--> "hx-preserve"'] * 3)})
    page = seen.get("/?s=0&at=30")
    names = re.findall(r'id="(p\w{16}-\d+)"', page)
    assert len(names) == len(set(names)) > 150
