"""Thousands of bags: each once, what is due, what changed, and that an audit that was stopped goes on."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import CliRunner, Result
from lxml import html

from coursepack.batch.audit import Auditor, AuditScope
from coursepack.cli import cli
from coursepack.registrar.archive import archive
from coursepack.registrar.edition import Registered
from coursepack.registrar.signatures.protocol import Trust
from tests.registrar.builds import build, project
from tests.samples import everything


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit")
    course = everything()
    made = build(folder / "out" / "sample", project(folder / "src" / "sample", course), course)
    return archive(made, folder / "bags", Registered(date="2026-11-20"), [folder / "src"]).path


@pytest.fixture
def shelf(one: Path, tmp_path: Path) -> Path:
    """Six bags, the third of which is harmed."""
    for number in range(6):
        shutil.copytree(one, tmp_path / "shelf" / f"bag-{number}")
    harm(tmp_path / "shelf" / "bag-2")
    return tmp_path / "shelf"


def harm(bag: Path) -> None:
    (bag / "data/course.json").write_bytes((bag / "data/course.json").read_bytes() + b" ")


def call(shelf: Path, *more: str) -> Result:
    return CliRunner().invoke(cli, ["--messages", "en", "verify", "-j", "1", str(shelf), *more], catch_exceptions=False)


def events(shelf: Path) -> list[tuple[str, str, int | None]]:
    with closing(sqlite3.connect(shelf / "catalogue.sqlite")) as register:
        return register.execute("SELECT path, outcome, run FROM event ORDER BY id").fetchall()


def test_a_folder_of_bags_is_audited_on_one_screen(shelf: Path, tmp_path: Path) -> None:
    done = call(shelf, "--report", str(tmp_path / "a.html"), "--report", str(tmp_path / "a.jsonl"))
    assert done.exit_code == 1
    lines = [" ".join(line.split()) for line in done.output.splitlines()]
    assert lines[:2] == ["bags what is wrong such as", "1 bag-file-changed bag-2"]
    assert lines[-2:] == ["verified for the first time: 6", "6 bags: 5 sound, 1 not sound (0 s)"] or lines[
        -1
    ].startswith("6 bags: 5 sound, 1 not sound")
    page = html.parse(tmp_path / "a.html").getroot()
    assert len(page.findall(".//svg")) == 2
    assert "http://" not in (tmp_path / "a.html").read_text("utf-8")
    assert "https://" not in (tmp_path / "a.html").read_text("utf-8")
    rows = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text("utf-8").splitlines()]
    assert [(row["bag"], row["outcome"], row["year"]) for row in rows] == [
        (f"bag-{number}", "fail" if number == 2 else "pass", "2026/2027") for number in range(6)
    ]
    assert [(path, outcome) for path, outcome, _ in events(shelf)] == [(row["bag"], row["outcome"]) for row in rows]


def test_what_changed_since_the_last_audit_is_told(shelf: Path) -> None:
    call(shelf)
    shutil.rmtree(shelf / "bag-2")
    shutil.copytree(shelf / "bag-1", shelf / "bag-2")
    harm(shelf / "bag-4")
    shutil.rmtree(shelf / "bag-5")
    shutil.copytree(shelf / "bag-1", shelf / "bag-9")
    done = call(shelf)
    assert done.output.splitlines()[-5:-1] == [
        "sound before, not sound now: bag-4 (1)",
        "not sound before, sound now: bag-2 (1)",
        "gone: bag-5 (1)",
        "verified for the first time: 1",
    ]


def test_a_stopped_audit_goes_on_and_does_nothing_twice(shelf: Path) -> None:
    work = Auditor(shelf, AuditScope())
    running: Any = work.run(None, Trust(), None)
    assert [next(running) for _ in range(3)] == [1, 2, 3]
    running.close()  # what a signal does
    stopped = len(events(shelf))
    assert stopped == 3
    done = call(shelf)
    assert "continuing an interrupted audit; bags checked already: 3" in done.output
    found = events(shelf)
    assert sorted(path for path, *_ in found) == [f"bag-{number}" for number in range(6)]
    assert len({run for *_, run in found}) == 1
    assert "6 bags: 5 sound, 1 not sound" in done.output
    call(shelf)
    assert len(events(shelf)) == 12


def test_what_was_verified_lately_is_not_due_but_what_was_not_sound_is(shelf: Path) -> None:
    call(shelf)
    done = call(shelf, "--older-than", "30")
    assert "6 bags: 1 not sound, 5 not due" in done.output
    with closing(sqlite3.connect(shelf / "catalogue.sqlite")) as register:
        register.execute("UPDATE event SET at = '2020-01-01T00:00:00Z' WHERE path IN ('bag-0', 'bag-4')")
        register.commit()
    work = Auditor(shelf, AuditScope(older_than=30))
    assert work.due == ["bag-0", "bag-4", "bag-2"]


def test_a_sample_is_drawn_by_its_seed(shelf: Path) -> None:
    drawn = [sorted(Auditor(shelf, AuditScope(sample=2, seed=seed)).due) for seed in ("a", "a", "b", "c", "d")]
    assert drawn[0] == drawn[1]
    assert len({tuple(each) for each in drawn}) > 1
    assert {len(each) for each in drawn} == {2}


def test_a_bag_named_alone_leaves_an_event_in_the_catalogue_beside_it(shelf: Path, tmp_path: Path) -> None:
    assert call(shelf / "bag-1").exit_code == 0
    assert not (shelf / "catalogue.sqlite").exists()
    CliRunner().invoke(cli, ["catalogue", str(shelf)])
    assert call(shelf / "bag-1").exit_code == 0
    assert call(shelf / "bag-2", "--report", str(tmp_path / "a.html")).exit_code == 1
    assert events(shelf) == [("bag-1", "pass", None), ("bag-2", "fail", None)]
    CliRunner().invoke(cli, ["catalogue", str(shelf), "--anew"])
    assert len(events(shelf)) == 2
    found = CliRunner().invoke(cli, ["catalogue", str(shelf), "--unverified-since", "2026-01-01", "--csv"])
    assert [line.split(",")[0] for line in found.output.splitlines()[1:]] == ["bag-0", "bag-3", "bag-4", "bag-5"]
    assert "bag-2" in (tmp_path / "a.html").read_text("utf-8")


def test_a_folder_without_bags_is_still_no_bag(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    assert call(tmp_path / "x").exit_code == 2


def test_a_forged_entry_of_the_catalogue_is_found(shelf: Path) -> None:
    assert call(shelf).exit_code == 1
    with closing(sqlite3.connect(shelf / "catalogue.sqlite")) as register:
        register.execute("UPDATE bag SET year = '1999/2000' WHERE path = 'bag-1'")
        register.execute("UPDATE file SET sha512 = 'ab' WHERE path LIKE '%course.json' AND bag = "
                         "(SELECT id FROM bag WHERE path = 'bag-4')")  # fmt: skip
        register.commit()
    done = call(shelf, "--again")
    lines = [" ".join(line.split()) for line in done.output.splitlines()]
    assert "2 catalogue-entry bag-1, bag-4" in lines
    told = json.loads(call(shelf, "--again", "--json").stdout)
    said = {
        row["bag"]: [one["message"] for one in row.get("findings", ()) if one["code"] == "catalogue-entry"]
        for row in told
    }
    assert said["bag-1"] == [
        "the catalogue entry does not agree with the bag: year: '1999/2000', the bag says '2026/2027'"
    ]
    assert said["bag-4"][0].endswith("the checksum of data/course.json is another in the bag")
    CliRunner().invoke(cli, ["catalogue", str(shelf), "--anew"])
    assert "catalogue-entry" not in call(shelf, "--again").output


def test_a_report_as_a_paper(shelf: Path, tmp_path: Path) -> None:
    assert call(shelf, "--report", str(tmp_path / "a.pdf")).exit_code == 1
    with closing(pypdfium2.PdfDocument(tmp_path / "a.pdf")) as paper:
        text = "\n".join(page.get_textpage().get_text_range() for page in paper)
    assert "Audit of an archive" in text
    assert "bag-file-changed" in text
    assert "bag-2: not as archived" in text
    assert "bag-0, bag-1, bag-3, bag-4, bag-5" in " ".join(text.split())
