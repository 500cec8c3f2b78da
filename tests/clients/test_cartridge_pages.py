"""Pages of a cartridge in Chromium, at a desktop's and a phone's width: nothing scrolls sideways, pictures show."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.model.course import Course
from coursepack.project import course_toml as project
from coursepack.writers import Context
from coursepack.writers.cartridge.writer import cc11, cc13
from tests.clients.scorm_lms import DESKTOP, PHONE, chromium
from tests.samples import ASSETS, everything
from tests.shared import SEEDS

WRITERS = {"cc11": cc11, "cc13": cc13}


def _unpacked(course: Course, name: str, folder: Path) -> list[Path]:
    (artifact,) = WRITERS[name].write(course, Context(assets=ASSETS)).artifacts
    for member in artifact.members:
        path = folder / name / member.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(member.read())
    return sorted((folder / name).glob("*.html"))


@pytest.mark.parametrize("name", WRITERS)
def test_pages_fit_a_desktop_and_a_phone(name: str, tmp_path: Path) -> None:
    textbook = build.understand(project.load(SEEDS / "sayasi-bilik" / "course.toml", {})).course
    long = {"about-syllabus.html", "exam-list.html", "w03-lecture.html", "w15-lecture.html"}
    pages = [path for path in _unpacked(textbook, name, tmp_path / "b") if path.name in long]
    pages += _unpacked(everything(), name, tmp_path / "a")
    assert len(pages) > 15
    with chromium() as browser:
        for size in (DESKTOP, PHONE):
            tab = browser.new_page(viewport=size)  # type: ignore[arg-type]  # a plain dict of width and height
            for path in pages:
                tab.goto(path.as_uri())
                wide = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                assert wide <= 0, f"{path.name} is {wide} pixels too wide at {size['width']}"
                broken = tab.evaluate("[...document.images].filter(i => !i.naturalWidth).map(i => i.src)")
                assert broken == [], path.name
                assert tab.evaluate("document.documentElement.lang") == "kk"
                headings = tab.evaluate("[...document.querySelectorAll('h1')].length")
                assert headings == (1 if name == "cc13" else 0), "Moodle shows the page's name itself"
            tab.close()
