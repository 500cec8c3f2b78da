"""LibreOffice opens every paper: pages, page numbers of the contents, what stands on the first page and on the last."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from coursepack.files import office
from coursepack.model.artifact import Artifact
from coursepack.publish import artifact_chunks
from tests.papers import write
from tests.samples import everything


def program(name: str, package: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"{name} is missing: apt-get install {package}")
    return found


def pages(artifact: Artifact, folder: Path) -> list[str]:
    """The text of each page as LibreOffice lays it out."""
    if office.program() is None:
        pytest.fail("LibreOffice is missing: apt-get install libreoffice-writer")
    path = folder / artifact.name
    path.write_bytes(b"".join(artifact_chunks(artifact)))
    pdf = office.to_pdf(path)
    text = subprocess.run(
        [program("pdftotext", "poppler-utils"), "-layout", str(pdf), "-"], capture_output=True, check=True
    ).stdout.decode()
    return text.split("\f")[:-1]


def test_the_contents_show_the_pages_where_the_parts_are(tmp_path: Path) -> None:
    found = pages(write("course-set").artifacts[0], tmp_path)
    contents = dict(re.findall(r"^ *(\S.*?)\.{4,} ?(\d+)$", found[1], re.MULTILINE))
    assert contents["Дәрістер"] == contents['1-дәріс. Билік: «мәні» & <мағынасы> / "power"'] == "5"
    assert len(contents) >= 14
    for title, number in contents.items():
        page = " ".join(found[int(number) - 1].split())
        assert title.strip() in page


def test_no_number_on_the_title_page_and_one_on_each_other(tmp_path: Path) -> None:
    found = pages(write("syllabus").artifacts[0], tmp_path)
    last = [page.rstrip().rsplit("\n", 1)[-1].strip() for page in found]
    assert last[0] == "2026/2027"
    assert last[1:] == [str(number) for number in range(2, len(found) + 1)]


@pytest.mark.parametrize("head", ["three-cell", "centred", "row"])
def test_no_ticket_is_broken_over_two_pages(tmp_path: Path, head: str) -> None:
    artifacts = write("exam-tickets", ticket=head).artifacts
    found = pages(artifacts[0], tmp_path)
    for page in found:
        assert page.count("ЕМТИХАН БИЛЕТІ №") == page.count("Оқытушы") > 0
    assert sum(page.count("ЕМТИХАН БИЛЕТІ №") for page in found) == 30


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_paper_opens_in_each_language(tmp_path: Path, language: str) -> None:
    course = everything(language)
    options: dict[str, Any] = {"second_language": "ru" if language == "kk" else "kk", "syllabus": "grid"}
    for name in ("syllabus", "exam-tickets"):
        artifacts = write(name, course, **options).artifacts
        for artifact in artifacts if language == "kk" else artifacts[:1]:
            assert "".join(pages(artifact, tmp_path)).strip()


def test_code_edition_and_page_of_pages_stand_at_the_head(tmp_path: Path) -> None:
    import msgspec

    course = everything()
    about = msgspec.structs.replace(course.about, form_code="Н. 4-63", edition="2")
    found = pages(write("syllabus", msgspec.structs.replace(course, about=about)).artifacts[0], tmp_path)
    for number, page in enumerate(found, 1):
        first = page.strip().split("\n")[0]
        assert "Н. 4-63" in first
        assert "2-басылым" in first
        assert (f"{len(found)} беттің {number}-беті" in first) == (number > 1)
