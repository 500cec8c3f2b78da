"""Sources as they look: pages of a PDF with a box at each line, slides with their pictures, paragraphs with styles."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from coursepack.review import source_view
from tests.readers import pdf_maker
from tests.review.pages import TOML, Visit, visit
from tests.test_thirty_kinds import pptx

PROSE = "Soil holds water, air and the remains of what lived in it once."


def pages(count: int) -> bytes:
    return pdf_maker.make(
        [
            [
                pdf_maker.Word(f"Lecture {n}. Soil of kind {n}", 72, 740, 16),
                *(pdf_maker.Word(f"{PROSE} {n}-{row}", 72, 700 - 20 * row) for row in range(12)),
            ]
            for n in range(1, count + 1)
        ]
    )


def opened(folder: Path, name: str, data: bytes, role: str = "textbook") -> Visit:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return visit(folder, {}, TOML.replace("soil.md", name).replace('"textbook"', f'"{role}"'))


def test_a_page_is_drawn_with_a_box_at_each_line(tmp_path: Path) -> None:
    seen = opened(tmp_path / "soil", "soil.pdf", pages(3))
    now = seen.pages.review.now()
    first = source_view.window(now.understood, 0, 1)
    assert first is not None
    assert (first.page, first.pages, first.earlier) == (1, 3, 0)
    boxes = [line.box for line in first.lines if line.box]
    assert len(boxes) == 13
    assert [box.top for box in boxes] == sorted(box.top for box in boxes)
    assert all(70 < box.left < 74 and box.width > 100 for box in boxes)
    page = seen.get(f"/?s=0&at={first.later}")
    assert 'href="/page/0/2"' in page
    assert len(re.findall("<rect ", page)) == 13
    assert "style=" not in page
    drawn = seen.client.get("/page/0/2")
    assert drawn.headers["content-type"] == "image/png"
    with Image.open(io.BytesIO(drawn.content)) as picture:
        assert picture.format == "PNG"
        assert 1000 < picture.width <= 1100


def test_a_box_marks_the_other_side(tmp_path: Path) -> None:
    seen = opened(tmp_path / "soil", "soil.pdf", pages(2))
    units = seen.pages.review.now().understood.ledgers[0].units
    at = next(number for number, text in units.items() if "2-0" in text)
    page = seen.get(f"/?s=0&at={at}")
    assert re.search(r'<rect class="box[^"]* marked"', page)
    assert re.search(r'class="piece marked"', page)


@pytest.mark.parametrize("address", ["/page/0/0", "/page/0/9", "/page/7/1", "/page/0/x"])
def test_what_is_no_page(tmp_path: Path, address: str) -> None:
    seen = opened(tmp_path / "soil", "soil.pdf", pages(1))
    assert seen.client.get(address).status_code == 404


def test_few_pages_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from coursepack.readers.pdf import page_images
    from coursepack.review import app

    calls: list[int] = []

    def draw(_: str, __: bytes, page: int) -> page_images.Shown:
        calls.append(page)
        return page_images.Shown(100, 100, b"png")

    monkeypatch.setattr(page_images, "shown", draw)
    monkeypatch.setattr(app, "MOST_SHEETS", 2)
    seen = opened(tmp_path / "soil", "soil.pdf", pages(3))
    for page in (1, 1, 2, 3, 1):
        assert seen.client.get(f"/page/0/{page}").status_code == 200
    assert calls == [1, 2, 3, 1]


def test_a_text_is_no_page(tmp_path: Path) -> None:
    seen = visit(tmp_path / "soil", {"soil.md": "# Lecture 1. Soil\n\nSoil is deep.\n"})
    assert seen.client.get("/page/0/1").status_code == 404
    assert "<svg" not in seen.get("/")


def test_slides_are_frames(tmp_path: Path) -> None:
    seen = opened(tmp_path / "soil", "soil.pptx", pptx(), "lecture")
    page_images = source_view.window(seen.pages.review.now().understood, 0, 1)
    assert page_images is not None
    assert [frame.slide for frame in page_images.frames] == [1, 2]
    page = seen.get("/")
    assert page.count('class="frame"') == 2
    assert "slide 2" in page


def test_a_chosen_part_marks_where_it_begins(tmp_path: Path) -> None:
    files = {
        "one.md": "# Lecture 1. Soil\n\n" + "Soil holds water.\n\n" * 40 + "# Lecture 2. Water\n\nWater moves.\n",
        "two.md": "# Exam questions\n\n1. What is soil?\n2. Where does water go?\n",
    }
    toml = 'id = "soil"\ntitle = "Soil"\nlanguage = "en"\n'
    toml += "".join(
        f'[[source]]\nfile = "{n}"\nrole = "{r}"\n' for n, r in zip(files, ("textbook", "questions"), strict=True)
    )
    seen = visit(tmp_path / "soil", files, toml)

    def marked(part: str) -> list[str]:
        rows = html.fromstring(seen.get(part)).iter("li")
        texts = [one.find("span") for one in rows if str(one.get("class")).endswith(" marked")]
        return ["".join(map(str, one.itertext())).strip() for one in texts if one is not None]

    chips = re.findall(r'<a href="(/\?part=[^"]+)"', seen.get("/"))
    assert chips == ["/?part=about", "/?part=w01", "/?part=w02", "/?part=exam"]
    first = ["Lecture 1. Soil", "Lecture 2. Water", "What is soil?"]
    assert [marked(one) for one in chips] == [[], *([one] for one in first)]
    assert marked("/?s=0&part=exam") == []
