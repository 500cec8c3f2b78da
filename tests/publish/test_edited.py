"""What people changed in a published folder, and what is nobody's."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from coursepack import publish
from coursepack.place import CoursepackError
from tests.publish.making import whole, write


def test_what_a_person_changed_is_kept_and_told(tmp_path: Path) -> None:
    seen: list[publish.EarlierBuild] = []
    course = tmp_path / "course"

    def told(text: str) -> list[str]:
        with publish.folder(tmp_path, "course", seen.append) as new:
            publish.write_sums(new, {"a": publish.write_file(new / "a", [text.encode()])[1]})
        return [finding.message for finding in seen[-1].findings]

    assert told("1") == []
    (course / "a").write_text("mine")
    assert told("2") == ["a was changed by hand since it was built: the changed file is kept as a.edited"]
    assert told("3") == []
    (course / "a").write_text("mine")
    assert told("4") == ["a was changed by hand since it was built: the changed file is kept as a.edited"]
    (course / "a").write_text("mine too")
    assert told("5") == ["a was changed by hand since it was built: the changed file is kept as a.edited-2"]
    assert told("6") == []
    found = {path.name: path.read_text() for path in course.iterdir() if path.name != "SHA256SUMS"}
    assert found == {"a": "6", "a.edited": "mine", "a.edited-2": "mine too"}
    assert whole(course) == {"a": "6"}


def test_what_is_saved_while_the_build_runs_is_kept_too(tmp_path: Path) -> None:
    write(tmp_path, a="1", b="2")
    seen: list[publish.EarlierBuild] = []
    with publish.folder(tmp_path, "course", seen.append) as new:
        publish.write_sums(new, {"a": publish.write_file(new / "a", [b"3"])[1]})
        (tmp_path / "course" / "b").write_text("saved late")
    assert [[finding.code for finding in each.findings] for each in seen] == [[], ["product-edited"]]
    assert (tmp_path / "course" / "b.edited").read_text() == "saved late"


def test_a_file_that_came_while_the_build_ran_stops_it(tmp_path: Path) -> None:
    write(tmp_path, a="1")

    def build() -> None:
        with publish.folder(tmp_path, "course") as new:
            publish.write_sums(new, {"a": publish.write_file(new / "a", [b"2"])[1]})
            (tmp_path / "course" / "notes.docx").write_text("mine")

    with pytest.raises(CoursepackError, match=r"holds 'notes\.docx', which no build made"):
        build()
    assert (tmp_path / "course" / "notes.docx").read_text() == "mine"
    assert whole(tmp_path / "course") == {"a": "1"}


def _link(path: Path) -> None:
    path.symlink_to(path.parents[2] / "secret")


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need POSIX")
@pytest.mark.parametrize("spoil", [_link, os.mkfifo])
def test_links_and_pipes_in_a_build_are_nobodys(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    (tmp_path / "secret").write_text("secret")
    write(tmp_path / "out", a="1")
    (tmp_path / "out" / "course" / "a").unlink()
    spoil(tmp_path / "out" / "course" / "a")
    with pytest.raises(CoursepackError, match=r"holds 'a \(no file\)', which no build made"):
        write(tmp_path / "out", a="2")
    assert (tmp_path / "secret").read_text() == "secret"


def test_checksums_that_name_files_elsewhere_lead_nowhere(tmp_path: Path) -> None:
    """A forged SHA256SUMS cannot have a file from elsewhere carried over."""
    write(tmp_path / "out", a="1")
    (tmp_path / "secret").write_text("secret")
    sums = tmp_path / "out" / "course" / "SHA256SUMS"
    sums.write_text(sums.read_text() + f"{'0' * 64}  ../../secret\n{'0' * 64}  {tmp_path / 'secret'}\n")
    seen: list[publish.EarlierBuild] = []
    with publish.folder(tmp_path / "out", "course", seen.append) as new:
        assert not seen[0].carry("../../secret", new)
        publish.write_sums(new, {})
    assert (list(seen[0].sums), seen[0].edited) == (["a"], ())
    assert [path.name for path in (tmp_path / "out" / "course").iterdir()] == ["SHA256SUMS"]
