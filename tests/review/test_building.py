"""A build from the page, and the command that serves it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from coursepack.cli import cli
from coursepack.place import CoursepackError
from coursepack.review.serve import listening
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
