"""``coursepack validate`` at a door where thousands come in: folders, lists, one line each, reports, verdicts kept."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from coursepack.batch import package_inputs, package_report, packages, verdicts
from coursepack.checks.products import Verdict
from coursepack.cli import cli
from coursepack.place import CoursepackError
from tests.checks.archives import zipped
from tests.checks.test_ooxml import DOCUMENT, foreign

SOUND, STORED = zipped(*foreign().items()), zipped(*foreign().items(), method=zipfile.ZIP_STORED)
BROKEN = zipped(*{name: data for name, data in foreign().items() if name != DOCUMENT}.items())


@pytest.fixture(autouse=True)
def _kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(verdicts.VARIABLE, str(tmp_path / "kept"))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Two sound papers, a broken one in a folder, an unpacked one, a bag, and what is no package."""
    folder = tmp_path / "inbox"
    (folder / "b" / "open").mkdir(parents=True)
    (folder / "bag").mkdir()
    (folder / "a.docx").write_bytes(SOUND)
    (folder / "b" / "broken").write_bytes(BROKEN)
    (folder / "b" / "z.bin").write_bytes(STORED)
    with zipfile.ZipFile(io.BytesIO(SOUND)) as archive:
        archive.extractall(folder / "b" / "open")
    (folder / "bag" / "bagit.txt").write_text("BagIt-Version: 1.0\n")
    (folder / "bag" / "a.docx").write_bytes(BROKEN)
    (folder / "notes.txt").write_text("a line\n")
    (folder / "c.zip").write_bytes(zipped(("a.txt", b"a")))
    os.mkfifo(folder / "pipe")
    (folder / "link").symlink_to(folder / "a.docx")
    return folder


def run(*arguments: str | Path, stdin: bytes = b"") -> Result:
    done = CliRunner().invoke(cli, ["validate", "--jobs", "2", *map(str, arguments)], input=stdin)
    assert done.exception is None or isinstance(done.exception, SystemExit | CoursepackError), done.exception
    return done


def test_a_folder_is_every_package_in_it(inbox: Path) -> None:
    done = run(inbox)
    lines = done.stdout.splitlines()
    assert done.exit_code == 1
    assert [line.partition(": ")[0].removeprefix(f"{inbox}/") for line in lines[:-1]] == [
        "a.docx",
        "b/broken",
        "b/open",
        "b/z.bin",
    ]
    assert lines[1].startswith(f"{inbox}/b/broken: not sound (DOCX; findings: ")
    assert lines[1].endswith(": ooxml-target-missing, ooxml-rels-orphan")
    assert lines[-1].startswith("4 packages: 3 sound, 1 not sound, 1 files of other kinds skipped (")


def test_quiet_names_the_broken_alone(inbox: Path) -> None:
    (line,) = run(inbox, "-q").stdout.splitlines()
    assert line.startswith(f"{inbox}/b/broken: not sound")


def test_a_list_comes_from_a_file_or_stdin_and_nothing_in_it_stops_the_run(inbox: Path, tmp_path: Path) -> None:
    wanted = [inbox / "none.docx", inbox / "a.docx", inbox / "pipe", inbox / "notes.txt", inbox / "b" / "broken"]
    text = "\r\n".join([*map(str, wanted), "", "x" * 5000]).encode()
    (tmp_path / "list").write_bytes(text)
    first, second = run("--from", tmp_path / "list", "--jsonl"), run("--from", "-", "--jsonl", stdin=text)
    assert (first.exit_code, second.exit_code) == (2, 2)
    states = [(json.loads(line)["file"], json.loads(line)["state"]) for line in first.stdout.splitlines()]
    assert states == [
        (str(inbox / "none.docx"), "unusable"),
        (str(inbox / "a.docx"), "sound"),
        (str(inbox / "pipe"), "unusable"),
        (str(inbox / "notes.txt"), "unusable"),
        (str(inbox / "b" / "broken"), "not sound"),
        ("x" * 5000, "unusable"),
    ]
    assert f"error: {inbox}/notes.txt: text: a kind that is not checked" in first.stderr
    assert [json.loads(line)["file"] for line in second.stdout.splitlines()] == [file for file, _ in states]


def test_names_between_nul_bytes_may_hold_line_breaks(tmp_path: Path) -> None:
    odd = tmp_path / "a\nb"
    odd.write_bytes(SOUND)
    done = run("--from", "-", "--jsonl", stdin=bytes(odd) + b"\0")
    assert (done.exit_code, json.loads(done.stdout)["file"]) == (0, str(odd))


def test_a_list_that_is_not_there_and_a_call_without_files(tmp_path: Path) -> None:
    assert "cannot be read" in str(run("--from", tmp_path / "none").exception)
    assert run().exit_code == 2


def test_a_verdict_is_kept_by_the_bytes(inbox: Path, tmp_path: Path) -> None:
    before = [json.loads(line) for line in run(inbox, "--jsonl").stdout.splitlines()]
    (inbox / "a.docx").rename(inbox / "0.docx")
    after = [json.loads(line) for line in run(inbox, "--jsonl").stdout.splitlines()]
    # An unpacked folder has no bytes of its own: it is judged again.
    assert [one["as_before"] for one in after] == [True, True, False, True]
    assert [one["findings"] for one in after[1:]] == [one["findings"] for one in before[1:]]
    assert after[0]["file"] == str(inbox / "0.docx")
    assert all(not json.loads(line)["as_before"] for line in run(inbox, "--jsonl", "--no-cache").stdout.splitlines())
    assert not json.loads(run(inbox, "--jsonl", "--lms", "moodle").stdout.splitlines()[0])["as_before"]
    (inbox / "0.docx").write_bytes(BROKEN)
    assert json.loads(run(inbox, "--jsonl").stdout.splitlines()[0])["state"] == "not sound"
    for kept in (tmp_path / "kept").rglob("*"):
        if kept.is_file():
            kept.write_bytes(b"junk")
    assert json.loads(run(inbox, "--jsonl").stdout.splitlines()[0])["state"] == "not sound"


def test_what_changed_while_it_was_judged_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(SOUND)
    kept = verdicts.Verdicts(tmp_path / "kept", None)
    seen = kept.seen(path)
    assert seen is not None
    path.write_bytes(BROKEN)
    kept.keep(path, seen, Verdict("", "docx", "DOCX", ()))
    assert kept.known(seen) is None


def test_a_child_that_fails_is_an_answer_and_the_run_goes_on(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: object, *_: object, **more: object) -> Verdict:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("coursepack.isolated.Worker.ask", fails)
    found = list(
        packages.rows(package_inputs.package_inputs_of([inbox / "a.docx", inbox / "c.zip"]), None, None, 1, None)
    )
    assert [row.state for row in found if row] == ["unusable", "unusable"]
    assert "No space left" in found[0].findings[0].message if found[0] else False


def test_reports(inbox: Path, tmp_path: Path) -> None:
    reports = [tmp_path / f"r.{kind}" for kind in ("html", "jsonl", "sarif")]
    assert run(inbox, *(word for path in reports for word in ("--report", path))).exit_code == 1
    page = reports[0].read_text("utf-8")
    assert "<b>4</b>packages" in page
    assert '<td class="state bad">ooxml-target-missing</td><td class="number">1</td><td class="number">1</td>' in page
    assert page.index("b/broken") < page.index("a.docx")
    assert [json.loads(line)["state"] for line in reports[1].read_text("utf-8").splitlines()] == [
        "sound",
        "not sound",
        "sound",
        "sound",
    ]
    log = json.loads(reports[2].read_text("utf-8"))["runs"][0]
    assert {artifact["location"]["uri"] for artifact in log["artifacts"]} >= {str(inbox / "b" / "broken")}
    assert json.loads(run(inbox, "--sarif").stdout)["runs"][0] == log
    assert "unknown file extension of a report" in str(run(inbox, "--report", tmp_path / "r.pdf").exception)


def test_many_lines_are_no_more_than_one_each(inbox: Path) -> None:
    done = run("--from", "-", stdin=b"\n".join([bytes(inbox / "b" / "broken")] * 22))
    assert len(done.stdout.splitlines()) == 23
    assert run(*[inbox / "a.docx"] * 2).stdout.count("sound (DOCX") == 2


def test_a_list_is_read_as_it_comes() -> None:
    def lines() -> Iterator[bytes]:
        yield b"a\nb\nc"
        yield b"d\n"
        raise AssertionError("read further than was asked for")

    class Slow:
        def __init__(self) -> None:
            self._lines = lines()

        def read(self, _: int) -> bytes:
            return next(self._lines)

        read1 = read

    found = package_inputs.listed(Slow())  # type: ignore[arg-type]  # all that is asked of a stream here
    assert [next(found) for _ in range(3)] == [Path("a"), Path("b"), Path("cd")]


def test_findings_are_counted_by_code_and_package() -> None:
    figures = package_report.Figures()
    figures.add(package_report.row(Path("a"), CoursepackError("no such file")))
    figures.add(None)
    assert (figures.found, figures.passed_over, [one.code for one in figures.codes()]) == (1, 1, ["package-unusable"])


def test_old_verdicts_are_taken_away(tmp_path: Path) -> None:
    """What nobody asked for in so many days, and the oldest of what takes too much room."""
    now = 1_800_000_000.0
    rules = {"days": 90, "bytes": 250, "hours": 24}
    for name, days in (("a/old", 91), ("a/used", 89), ("b/new", 1), ("b/newer", 0)):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x" * 100)
        os.utime(path, (now - days * 86400, now - days * 86400))
    assert verdicts.pruned(tmp_path, now, rules) == 2
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [".looked", "new", "newer"]
    (tmp_path / "b/new").write_bytes(b"x" * 1000)
    assert verdicts.pruned(tmp_path, now + 3600, rules) == 0  # it was looked at not long ago
    assert verdicts.pruned(tmp_path, now + 90_000, rules) == 1
    assert verdicts.pruned(tmp_path / "none", now, rules) == 0
