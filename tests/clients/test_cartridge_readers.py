"""Both cartridges read back by cc2olx, Open edX's converter: what arrived, counted and compared with the model."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from lxml import html

from coursepack import build
from coursepack.model.course import Course
from coursepack.project import course_toml as project
from coursepack.publish import artifact_chunks, write_file
from coursepack.render.html import HtmlRenderer
from coursepack.writers import Context
from coursepack.writers.cartridge.writer import cc11, cc13
from tests.samples import ASSETS, everything
from tests.shared import SEEDS

WRITERS = {"cc11": cc11, "cc13": cc13}


@cache
def seed() -> Course:
    return build.understand(project.load(SEEDS / "sayasi-bilik" / "course.toml", {})).course


def converted(course: Course, name: str, folder: Path) -> ET.Element:
    """The course as cc2olx makes it. The program is in no registry: without it the test is skipped by name."""
    program = os.environ.get("CC2OLX") or shutil.which("cc2olx")
    if program is None:
        pytest.skip("cc2olx is missing: pip install git+https://github.com/openedx/cc2olx (or name it in CC2OLX)")
    (artifact,) = WRITERS[name].write(course, Context(assets=ASSETS)).artifacts
    write_file(folder / artifact.name, artifact_chunks(artifact))
    command = [program, "-i", artifact.name, "-r", "folder", "-o", "olx"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr[-2000:]
    (made,) = (folder / "olx").glob("*-course.xml")
    return ET.parse(made).getroot()


def letters(text: str) -> str:
    return re.sub(r"\s+", "", "".join(str(part) for part in html.fromstring(f"<div>{text}</div>").itertext()))


@pytest.mark.parametrize("name", WRITERS)
def test_the_textbook_arrives_in_order(name: str, tmp_path: Path) -> None:
    root = converted(seed(), name, tmp_path)
    chapters = [str(chapter.get("display_name")) for chapter in root.findall("chapter")]
    assert chapters[0] == "Курс туралы"
    assert [title.partition(".")[0] for title in chapters[1:16]] == [f"{n}-апта" for n in range(1, 16)]
    assert chapters[16:] == ["Емтихан", "Қорытынды"]
    units = [str(unit.get("display_name")) for unit in root.iter("vertical")]
    lectures = [unit for unit in units if re.match(r"\d+-дәріс", unit)]
    assert [unit.partition("-")[0] for unit in lectures] == [str(n) for n in range(1, 16)]
    counts = Counter(element.tag for element in root.iter())
    assert counts["discussion"] == 15
    questions = 38 + 10
    tasks = 13 if name == "cc13" else 0
    assert counts["openassessment"] == questions + tasks
    assert sum(1 for unit in units if "СОӨЖ" in unit or "СӨЖ" in unit) == 13


@pytest.mark.parametrize("name", WRITERS)
def test_every_lecture_keeps_its_letters(name: str, tmp_path: Path) -> None:
    root = converted(seed(), name, tmp_path)
    pages = {str(page.get("url_name")): page.text or "" for page in root.iter("html")}
    for _, session in seed().sessions():
        if session.kind == "lecture":
            body = re.search(r"<body>(.*)</body>", pages[f"sayasi-bilik-{session.id}"], re.DOTALL)
            assert body
            want = letters(str(HtmlRenderer().html(session.blocks)))
            assert want in letters(body[1]), session.id


@pytest.mark.parametrize("name", WRITERS)
def test_every_kind_of_thing_is_read(name: str, tmp_path: Path) -> None:
    root = converted(everything(), name, tmp_path)
    counts = Counter(element.tag for element in root.iter())
    assert counts["multiplechoiceresponse"] == 4
    assert counts["choiceresponse"] == 1
    assert counts["stringresponse"] == 4
    assert counts["discussion"] == 1
    right = [choice for choice in root.iter("choice") if choice.get("correct") == "true"]
    assert len(right) == 1 + 2 + 1 + 2
