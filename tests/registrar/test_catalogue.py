"""The register: found by what a registrar knows, made again from the bags, safe with two at once."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from coursepack.batch.bags import entries
from coursepack.batch.processes import Processes
from coursepack.cli import cli
from coursepack.files.hashes import sha256
from coursepack.place import CoursepackError
from coursepack.registrar import bag as tag_files
from coursepack.registrar import catalogue, catalogue_find
from coursepack.registrar.archive import archive
from coursepack.registrar.catalogue import update
from coursepack.registrar.catalogue_find import Query, find
from coursepack.registrar.edition import Registered


def shelf(bag: Path, folder: Path, count: int) -> Path:
    """So many bags that differ in their tags."""
    for number in range(count):
        copy = folder / f"bag-{number:02d}"
        shutil.copytree(bag, copy)
        info = (copy / "bag-info.txt").read_text("utf-8")
        info = info.replace("Course-Id: sample", f"Course-Id: course-{number:02d}")
        info = info.replace("Academic-Year: 2026/2027", f"Academic-Year: {2020 + number % 3}/{2021 + number % 3}")
        info = info.replace("Саясаттану кафедрасы", "Тарих кафедрасы" if number % 2 else "Саясаттану кафедрасы")
        (copy / "bag-info.txt").write_text(info, "utf-8")
    return folder


def test_it_finds_by_course_year_department_and_checksum(bag: Path, tmp_path: Path) -> None:
    folder = shelf(bag, tmp_path / "shelf", 6)
    done = update(folder)
    assert (done.bags, done.read, done.gone, done.findings) == (6, 6, 0, ())

    def paths(**query: str) -> list[str]:
        return [row.path for row in find(folder, Query(**query))]

    assert len(paths()) == 6
    assert paths(course="COURSE-03") == ["bag-03"]
    assert len(paths(course="ҮЛГІ КУРС")) == 6
    assert paths(year="2020") == ["bag-00", "bag-03"]
    assert paths(year="2021/2022", department="тарих") == ["bag-01"]
    assert paths(course="%") == []
    product = (bag / "data/products/sample.zip").read_bytes()
    assert len(paths(checksum=sha256(product))) == 6
    sums, _ = tag_files.parse_manifest((bag / tag_files.MANIFEST).read_bytes())
    assert len(paths(checksum=sums["data/sources/кітап 1.txt"][:20].upper())) == 6
    assert paths(checksum="0" * 64) == []


def test_a_second_run_reads_what_is_new_and_forgets_what_is_gone(bag: Path, tmp_path: Path) -> None:
    folder = shelf(bag, tmp_path / "shelf", 3)
    update(folder)
    assert update(folder).read == 0
    shutil.rmtree(folder / "bag-01")
    shelf(bag, tmp_path / "more", 1)
    (tmp_path / "more/bag-00").rename(folder / "bag-99")
    done = update(folder)
    assert (done.bags, done.read, done.gone) == (3, 1, 1)


def test_it_is_made_again_from_the_bags(bag: Path, tmp_path: Path) -> None:
    folder = shelf(bag, tmp_path / "shelf", 3)
    update(folder)
    before = find(folder, Query())
    (folder / catalogue.FILE).write_bytes(b"damaged")
    with pytest.raises(CoursepackError, match="--anew rebuilds it"):
        update(folder)
    (folder / catalogue.FILE).unlink()
    update(folder)
    assert find(folder, Query()) == before
    assert update(folder, anew=True).read == 3
    assert find(folder, Query()) == before


def test_anew_takes_the_place_of_a_file_that_is_no_register(bag: Path, tmp_path: Path) -> None:
    archive = shelf(bag, tmp_path / "archive", 2)
    (archive / catalogue.FILE).write_bytes(b"junk" * 1000)
    assert update(archive, anew=True).bags == 2
    assert update(archive).read == 0


def test_a_bag_without_its_report_is_named_and_left_out(bag: Path, tmp_path: Path) -> None:
    folder = shelf(bag, tmp_path / "shelf", 2)
    (folder / "bag-00/data/build-report.json").unlink()
    (folder / ".new-bag").mkdir()
    (folder / ".new-bag/bagit.txt").write_text("x")
    done = update(folder)
    assert (done.bags, [finding.code for finding in done.findings]) == (1, ["catalogue-unreadable"])


RUN = """
import sys, shutil
from pathlib import Path
from coursepack.registrar.catalogue import update
folder, bag, name = (Path(text) for text in sys.argv[1:])
for number in range(8):
    shutil.copytree(bag, folder / f"{name}-{number}")
    update(folder)
"""


def test_two_at_once_lose_nothing(bag: Path, tmp_path: Path) -> None:
    folder = tmp_path / "shelf"
    folder.mkdir()
    runs = [subprocess.Popen([sys.executable, "-c", RUN, str(folder), str(bag), name]) for name in ("a", "b", "c")]
    assert [run.wait(120) for run in runs] == [0, 0, 0]
    assert len(find(folder, Query())) == 24


def test_csv_has_every_column(bag: Path, tmp_path: Path) -> None:
    folder = shelf(bag, tmp_path / "shelf", 2)
    done = CliRunner().invoke(cli, ["catalogue", str(folder), "--csv"])
    assert done.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(done.output)))
    assert [row["course"] for row in rows] == ["course-00", "course-01"]
    assert rows[0]["title"] == "Үлгі курс: «билік» & <заң>"
    assert rows[0]["archived"] == "2026-11-20"
    told = json.loads(CliRunner().invoke(cli, ["catalogue", str(folder), "--json"]).stdout)
    assert [(one["path"], one["tags"]["course"]) for one in told] == [(row["path"], row["course"]) for row in rows]
    asked = CliRunner().invoke(cli, ["catalogue", str(folder), "--sql", "SELECT count(*) AS bags FROM bag", "--json"])
    assert json.loads(asked.stdout) == [{"bags": "2"}]


def test_no_folder_is_unusable(tmp_path: Path) -> None:
    with pytest.raises(CoursepackError, match="no such folder"):
        update(tmp_path / "nowhere")


def test_years_are_found_however_they_are_joined(bag: Path, tmp_path: Path) -> None:
    folder = shelf(bag, tmp_path / "shelf", 2)
    update(folder)
    asked = ("2020/2021", "2020-2021", "2020 – 2021", "2020")
    found = [[row.path for row in find(folder, Query(year=year))] for year in asked]
    assert found == [found[0]] * 4
    assert found[0]


def test_more_questions_sql_and_a_feed(bag: Path, tmp_path: Path) -> None:
    folder = shelf(bag, tmp_path / "shelf", 3)
    update(folder)
    assert len(find(folder, Query(programme="6b03101", language="kk", minutes="1"))) == 3
    assert find(folder, Query(access="public")) == []
    assert len(find(folder, Query(without="access"))) == 3
    with pytest.raises(CoursepackError, match="is no field"):
        find(folder, Query(without="1=1"))
    names, rows = catalogue_find.sql(folder, "SELECT language, count(*) AS n FROM bag GROUP BY language")
    assert (names, rows) == (["language", "n"], [["kk", "3"]])
    for statement in ("DELETE FROM bag", "ATTACH 'x' AS y", "PRAGMA user_version", "SELECT load_extension('x')", "no"):
        with pytest.raises(CoursepackError, match="the query failed"):
            catalogue_find.sql(folder, statement)
    told = json.loads(b"".join(catalogue_find.feed(folder, Query(), "Мұрағат")))
    assert (told["version"], told["title"]) == ("https://jsonfeed.org/version/1.1", "Мұрағат")
    assert [item["id"] for item in told["items"]] == ["bag-00", "bag-01", "bag-02"]
    assert told["items"][0]["date_published"] == "2026-11-20T00:00:00Z"
    assert told["items"][0]["_coursepack"]["year"] == "2020/2021"


def test_an_ocfl_object_is_entered_by_its_newest_version(made: Path, tmp_path: Path) -> None:
    registered = Registered(date="2026-11-20")
    archive(made / "out" / "sample", tmp_path / "root", registered, [made / "src"], layout="ocfl")
    assert update(tmp_path / "root").findings == ()
    assert [(row.path, row.tags["archived"]) for row in find(tmp_path / "root", Query())] == [
        ("sample-kk", "2026-11-20")
    ]


@pytest.mark.parametrize("text", ["zzz", "", " ", "ab-12", "g" * 64])
def test_what_is_no_checksum_is_said_to_be_none(bag: Path, tmp_path: Path, text: str) -> None:
    folder = shelf(bag, tmp_path / "bags", 1)
    done = CliRunner().invoke(cli, ["--messages", "en", "catalogue", str(folder), "--checksum", text])
    assert isinstance(done.exception, CoursepackError)
    assert str(done.exception) == f"{text!r} is no checksum, expected SHA-512 or SHA-256 in hex, or its first digits"


def test_the_register_is_the_same_whoever_reads_the_bags(bag: Path, tmp_path: Path) -> None:
    folder = shelf(bag, tmp_path / "bags", 3)
    (folder / "bag-01" / tag_files.REPORT).unlink()

    def said() -> tuple[object, ...]:
        _, bags = catalogue_find.sql(folder, "SELECT * FROM bag ORDER BY path")
        _, files = catalogue_find.sql(folder, "SELECT bag, path, sha512, sha256 FROM file ORDER BY bag, path")
        return [row[1:] for row in bags], [row[1:] for row in files]

    alone = update(folder)
    before = said()
    with Processes(2) as engine:
        together = update(folder, anew=True, read=entries(engine))
    assert (together.bags, together.read) == (alone.bags, alone.read) == (2, 2)
    assert [one.code for one in together.findings] == [one.code for one in alone.findings] == ["catalogue-unreadable"]
    assert said() == before


def test_what_is_not_stated_and_how_many_a_year_are_answered_by_an_index(tmp_path: Path) -> None:
    with closing(catalogue.open_register(tmp_path)) as register:
        for statement, index in (
            (
                (
                    "SELECT path FROM bag INDEXED BY bag_no_archived WHERE archived IS NULL "
                    "ORDER BY course, year, language, path"
                ),
                "bag_no_archived",
            ),
            ("SELECT year, count(*) FROM bag GROUP BY year", "bag_by_year"),
        ):
            (plan,) = register.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
            assert index in plan[-1]
