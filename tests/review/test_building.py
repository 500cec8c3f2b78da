"""A build from the page, and the command that serves it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from coursepack.cli import cli
from coursepack.files import office
from coursepack.place import CoursepackError
from coursepack.review.serve import listening
from tests.readers import pdf_maker
from tests.review.pages import SOIL, Visit, text_of, visit


def built(seen: Visit, **fields: str) -> str:
    seen.send("/build", **fields)
    end = time.monotonic() + 60
    while seen.pages.building.running and time.monotonic() < end:
        time.sleep(0.05)
    return seen.get("/build")


def test_products_are_chosen_made_and_handed_out(tmp_path: Path) -> None:
    seen = visit(tmp_path / "soil", {"soil.md": SOIL})
    page = built(seen, **{"format.markdown": "1"})
    (product,) = seen.pages.building.done[0].report.products
    assert product.format == "markdown"
    assert str((tmp_path / "output" / "soil").resolve()) in page
    assert f'href="/product/soil/{product.file}"' in page
    answer = seen.client.get(f"/product/soil/{product.file}")
    assert answer.content == (tmp_path / "output" / "soil" / product.file).read_bytes()
    assert answer.headers["content-type"] == "application/octet-stream"
    assert "attachment" in answer.headers["content-disposition"]


def test_nothing_else_is_handed_out(tmp_path: Path) -> None:
    seen = visit(tmp_path / "soil", {"soil.md": SOIL})
    built(seen, **{"format.markdown": "1"})
    for name in ("soil/course.json", "soil/../soil/course.toml", "../soil/course.toml", "/etc/passwd", "soil"):
        assert seen.client.get(f"/product/{name}").status_code == 404


def test_findings_lead_to_the_place(tmp_path: Path) -> None:
    text = (
        SOIL
        + "\n# Lecture 3. Air\n\nand it ends without a stop, as no paragraph of a book that was read whole ever does"
    )
    seen = visit(tmp_path / "soil", {"soil.md": text})
    page = built(seen, **{"format.markdown": "1"})
    assert "Paragraphs that begin or end in mid-sentence" in text_of(page)
    assert "/?s=0&amp;at=" in page


def test_a_course_without_anything_is_not_published(tmp_path: Path) -> None:
    toml = 'id = "soil"\ntitle = "Soil"\nlanguage = "en"\n\n[[source]]\nfile = "soil.md"\nrole = "glossary"\n'
    seen = visit(tmp_path / "soil", {"soil.md": "nothing\n"}, toml)
    assert "Not published" in text_of(built(seen, **{"format.markdown": "1"}))


def test_the_package_alone_needs_no_server() -> None:
    code = "import sys, coursepack, coursepack.cli, coursepack.cli.review; print('starlette' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "False\n"


def test_without_the_extra_the_command_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, "coursepack.review.serve")
    result = CliRunner().invoke(cli, ["review", str(tmp_path)])
    assert isinstance(result.exception, CoursepackError)
    assert "coursepack[review]" in result.exception.advice


def test_the_server_listens_to_this_machine_alone() -> None:
    with listening(0) as found:
        assert found.getsockname()[0] == "127.0.0.1"
        with pytest.raises(CoursepackError, match="cannot be used"):
            listening(found.getsockname()[1])


def test_papers_are_drawn_page_by_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice is asked once a paper; what is no paper of the build is not drawn."""
    asked: list[str] = []

    def pdf(name: str, data: bytes, target: str) -> bytes:
        asked.append(f"{name} {target} {len(data) > 1000}")
        return pdf_maker.make([[pdf_maker.Word(f"Page {n}", 72, 740, 16)] for n in (1, 2)])

    monkeypatch.setattr(office, "program", lambda: "/usr/bin/soffice")
    monkeypatch.setattr(office, "converted", pdf)
    seen = visit(tmp_path / "soil", {"soil.md": SOIL})
    page = built(seen, **{"format.syllabus": "1", "format.markdown": "1"})
    assert text_of(page).count("look at its pages") == 1
    page = seen.get("/paper/1/soil/soil-syllabus.docx")
    assert "page 1 / 2" in text_of(page)
    assert 'href="/paper/2/soil/soil-syllabus.docx"' in page
    assert seen.client.get("/paper-page/2/soil/soil-syllabus.docx").content.startswith(b"\x89PNG")
    assert asked == ["soil-syllabus.docx pdf True"]
    assert seen.client.get("/paper/3/soil/soil-syllabus.docx").status_code == 409
    for name in ("soil/soil.md", "soil/other.docx", "../soil/course.toml"):
        assert seen.client.get(f"/paper/1/{name}").status_code == 404


def test_without_libreoffice_nothing_is_promised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    seen = visit(tmp_path / "soil", {"soil.md": SOIL})
    assert "look at its pages" not in text_of(built(seen, **{"format.syllabus": "1"}))
    answer = seen.client.get("/paper/1/soil/soil-syllabus.docx")
    assert answer.status_code == 409
    assert "LibreOffice is needed" in text_of(answer.text)
