"""The gallery shows every shipped template and every field that a template may have."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pytest
from PIL import Image

from coursepack import gallery
from coursepack.files.resources import templates_dir
from coursepack.languages import messages
from coursepack.writers.papers.fields import text_fields
from coursepack.writers.papers.slots import SHARED
from coursepack.writers.papers.words import PaperWords


@pytest.fixture(scope="module")
def page() -> str:
    return gallery.page("kk", messages.of("en"))


def test_every_template_has_its_picture(page: str) -> None:
    shipped = sorted(path.name for path in Path(templates_dir(), "papers").glob("*.docx"))
    assert sorted(re.findall(r"<code>papers/([\w-]+\.docx)</code>", page)) == shipped


def test_every_field_is_there(page: str) -> None:
    assert re.findall(r'<li id="part-(\w+)">', page) == sorted(SHARED)
    fields = re.findall(r"<td><code>\{\{ (\w+) \}\}</code></td>", page)
    known = text_fields(gallery.sample("kk"), PaperWords("kk"))
    assert {"code", "credits_line", "date", "ministry", "university"} <= set(fields)
    assert set(fields) == {name for name, value in known.items() if isinstance(value, str)} - {
        *("page", "page_of_pages", "foot_pages"),
    }
    assert "<td>code</td>" in page


def test_no_picture_is_empty(page: str) -> None:
    pictures = re.findall(r'src="data:image/png;base64,([^"]+)"', page)
    assert len(pictures) == len(gallery.PAPERS) + len(SHARED)
    for each in pictures:
        with Image.open(io.BytesIO(base64.b64decode(each))) as image:
            assert len(image.getcolors() or []) > 1


def test_it_says_which_templates_place_a_field(page: str) -> None:
    (row,) = re.findall(r"<tr><td><code>\{\{ department_line \}\}</code></td>.*?</tr>", page, re.DOTALL)
    assert "ticket-three-cell.docx" in row
    assert "answer-sheet.docx" not in row
