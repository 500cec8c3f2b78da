"""``coursepack templates copy``."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from coursepack.cli.templates import command
from coursepack.files.resources import templates_dir
from coursepack.place import CoursepackError


def test_all_templates_are_copied_and_none_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "mine"
    done = CliRunner().invoke(command, ["copy", str(target)])
    assert done.exit_code == 0
    ours = sorted(path.relative_to(templates_dir()) for path in templates_dir().rglob("*") if path.is_file())
    copied = sorted(path.relative_to(target) for path in target.rglob("*") if path.is_file())
    assert copied == ours
    assert Path("papers/syllabus.docx") in copied
    (target / "papers" / "syllabus.docx").write_bytes(b"mine")
    again = CliRunner().invoke(command, ["copy", str(target)])
    assert isinstance(again.exception, CoursepackError)
    assert "nothing was copied" in str(again.exception)
    assert (target / "papers" / "syllabus.docx").read_bytes() == b"mine"
    assert CliRunner().invoke(command, ["copy", "--force", str(target)]).exit_code == 0
    assert (target / "papers" / "syllabus.docx").read_bytes() != b"mine"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = CliRunner().invoke(command, ["copy", str(tmp_path / "file" / "below")])
    assert done.exit_code != 0
    with pytest.raises(CoursepackError, match="cannot be written"):
        raise done.exception or AssertionError
