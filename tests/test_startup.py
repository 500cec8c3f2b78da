"""What a command loads before it works, and what it keeps for the next one. No times: those are the matter of
``benchmarks/floors.py``."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from coursepack import expressions, languages, prepared

_LOADED = """
import sys
from coursepack.cli import main
sys.argv = ["coursepack", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
print("\\n".join(sorted(sys.modules)), file=sys.__stdout__)
"""


def loaded(*arguments: str, kept: Path | None = None) -> set[str]:
    """The modules that are there when a command ends."""
    environment = os.environ | {prepared.VARIABLE: str(kept or ""), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-c", _LOADED, *arguments], capture_output=True, text=True, check=True, env=environment
    )
    return set(done.stdout.splitlines())


def test_help_loads_click_and_little_else() -> None:
    found = loaded("--help")
    assert "click" in found
    ours = {name for name in found if name.partition(".")[0] == "coursepack"}
    assert ours == {
        "coursepack",
        "coursepack.cli",
        "coursepack.cli.colours",
        "coursepack.cli.localization",
        "coursepack.cli.terminal",
        "coursepack.expressions",
        "coursepack.language_folders",
        "coursepack.prepared",
        "coursepack.visible",
    }
    assert found.isdisjoint({"msgspec", "lxml", "babel", "rich", "tomllib", "traceback", "tempfile"})


def test_inspect_loads_no_writer_no_printer_and_no_reader_of_other_kinds(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("Lecture 1. Soil\n\nSoil is a thing.\n", "utf-8")
    found = loaded("inspect", str(tmp_path), kept=tmp_path / "kept")
    assert "coursepack.outline.tree.guess" in found
    rooms = ("writers.", "checks.", "printing", "making", "updating", "render.typst", "readers.docx", "readers.pdf")
    assert [name for name in sorted(found) if name.startswith(tuple(f"coursepack.{room}" for room in rooms))] == []
    assert found.isdisjoint({"filelock", "jinja2", "docx", "pypdfium2"})
    again = loaded("inspect", str(tmp_path), kept=tmp_path / "kept")
    assert "babel.messages.pofile" not in again
    assert "babel.dates" not in again


def test_a_table_that_no_course_has_is_still_asked_of_the_writers(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("Lecture 1. Soil\n\nSoil is a thing.\n", "utf-8")
    toml = 'id = "a"\ntitle = "A"\nlanguage = "en"\n[[source]]\nfile = "text.txt"\nrole = "textbook"\n[papers]\nx = 1\n'
    (tmp_path / "course.toml").write_text(toml, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "coursepack", "inspect", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "course.toml:8: unknown key 'papers.x', expected one of" in done.stderr


# --- what is kept ---------------------------------------------------------------------------------------------------

_PATTERNS = [
    (r"(?P<day>\d{1,2})\s+(?P<month>қаңтар|ақпан)", re.IGNORECASE),
    (r"^(?:a|b)*+(?=c)(?<!d)(?P<x>e)(?P=x)\1", re.MULTILINE | re.DOTALL),
    (r"[^\W\d_]+ (?i:ә) \b (?# note)", re.VERBOSE),
    (r"[\U0001f000-\U0001faff]|\w", re.ASCII),
    ("", 0),
]


@pytest.mark.parametrize(("pattern", "flags"), _PATTERNS)
def test_a_kept_program_is_the_expression(pattern: str, flags: int) -> None:
    plain = re.compile(pattern, flags)
    engine = re._compiler  # type: ignore[attr-defined]
    program = expressions._program(engine, pattern, int(flags))
    made = expressions._assembled(engine._sre, pattern, program)
    assert made == plain  # of one pattern, flags and code
    assert (made.groupindex, made.groups, made.flags) == (plain.groupindex, plain.groups, plain.flags)


def test_what_is_kept_is_read_again_and_only_whole(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "file"
    first = prepared.Store(path)
    assert first.recall(("a", "1"), lambda: {"x": [1, (2, "ә")]}) == {"x": [1, (2, "ә")]}
    first.spent = 1.0
    first.keep()

    def not_made() -> object:
        raise AssertionError("it is kept")

    assert prepared.Store(path).recall(("a", "1"), not_made) == {"x": [1, (2, "ә")]}
    data = path.read_bytes()
    for broken in (data[:-1], data[:-1] + b"!", b"coursepack 0\n" + data, b"", data[:40]):
        path.write_bytes(broken)
        assert prepared.Store(path).known == {}


def test_little_is_not_worth_a_file_and_a_value_that_cannot_be_kept_is_made(tmp_path: Path) -> None:
    store = prepared.Store(tmp_path / "file")
    assert store.recall(("a", "path"), lambda: Path("x")) == Path("x")
    assert store.recall(("a", "number"), lambda: 1) == 1
    store.spent = 0.0
    store.keep()
    assert not (tmp_path / "file").exists()
    assert list(store.known) == [("a", "number")]


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    store = prepared.Store(tmp_path / "file" / "below")
    store.recall(("a", "1"), lambda: 1)
    store.spent = 1.0
    store.keep()
    assert prepared.Store(tmp_path / "file" / "below").known == {}


def test_of_too_much_only_what_was_used_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "MOST", 1000)
    store = prepared.Store(tmp_path / "file")
    store.known[("old", "1")] = b"x" * 2000
    store.recall(("a", "1"), lambda: "new")
    store.spent = 1.0
    store.keep()
    assert list(prepared.Store(tmp_path / "file").known) == [("a", "1")]


def test_programs_that_import_coursepack_are_left_alone() -> None:
    code = "import re; before = re._compiler.compile; from coursepack import build, prepared; "
    code += "print(before is re._compiler.compile, prepared.recall('x', 'y', lambda: 3))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "3"]


def test_another_python_compiles_as_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    def other(*_: object) -> object:
        raise AttributeError("_code")

    monkeypatch.setattr(expressions, "_program", other)
    before = re._compiler.compile  # type: ignore[attr-defined]
    assert expressions.prepare(prepared.Store(None).recall) is False
    assert re._compiler.compile is before  # type: ignore[attr-defined]


def test_the_lexicons_are_the_same_kept_or_not(tmp_path: Path) -> None:
    text = languages.file("kk", "labels.toml").read_text("utf-8")
    store = prepared.Store(tmp_path / "file")
    store.recall(("toml", text), lambda: languages.data("kk", "labels.toml"))
    store.spent = 1.0
    store.keep()
    assert prepared.Store(tmp_path / "file").recall(("toml", text), dict) == languages.data("kk", "labels.toml")
