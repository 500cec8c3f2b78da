"""No payload of the corpus is active in any product, whatever road it came by; and this test would see it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from coursepack import writers
from coursepack.cli import cli
from coursepack.model.course_json import decode, encode
from coursepack.registrar import index_page
from tests.hostile import active, products, roads
from tests.registrar import builds

# Of these every product is made. For the other roads a few stand for all: what a road lets through does not depend on
# the writer, and each writer is tried below with a model that no reader has cleaned.
_WHOLE = frozenset({"docx", "course_json"})


# Of the model's questions the only one with a key has too many answers for these.
_WITHOUT = frozenset({"aiken", "platonus", "platonus-levels"})


_OFTEN = frozenset({"markdown", "table"})
"""Roads that are gone at every change; the others at `make test-long`."""


@pytest.mark.parametrize(
    "road", [pytest.param(road, marks=() if road in _OFTEN else pytest.mark.long) for road in roads.ROADS]
)
def test_no_product_holds_anything_active(road: str, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    roads.ROADS[road](source)
    formats = ("scorm12", "cc11", "moodle-backup", "exam-tickets") if road not in _WHOLE else ()
    made = products.of_folder(source, tmp_path / "made", formats)
    if road in roads.BANKS:
        made += products.of_bank(next(source.glob("a.*")), tmp_path / "bank")
    assert len(made) >= 5
    found = [each for path in made for each in active.of_file(path.name, path.read_bytes())]
    assert found == []


@pytest.mark.parametrize("name", sorted(set(writers.names()) - products.SAME))
def test_a_writer_cleans_what_no_reader_cleaned(name: str) -> None:
    """A model that came past every reader: the way out holds alone."""
    course, assets = roads.hostile_course()
    course = decode(_CONTROLS.sub(b"", encode(course)))
    writer = writers.load(name)
    written = writer.write(course, writers.Context(assets=assets, options=writer.options()))
    assert written.artifacts or name in _WITHOUT
    for artifact in written.artifacts:
        for member in artifact.members:
            assert list(active.of_file(member.path, member.read(), moodle=name == "cc11")) == [], member.path


# What JSON escapes and XML cannot hold.
_CONTROLS = re.compile(rb"\\u00(?:0[0-8bcef]|1[0-9a-f])|\\[bf]")


def test_the_pages_of_a_registrar_hold_nothing_active(tmp_path: Path) -> None:
    """A forged build is archived and compared: its course.json and pictures are anybody's."""
    course, assets = roads.hostile_course()
    sources = builds.project(tmp_path / "sources" / "hostile", course)
    folder = builds.build(tmp_path / "out" / "hostile", sources, course)
    for name, data in assets.data.items():
        (folder / "assets" / name).write_bytes(data)
    _run("archive", str(folder), "--to", str(tmp_path / "bags"), "--date", "2026-11-20", "--sources", str(sources))
    (index,) = (tmp_path / "bags").rglob("index.html")
    assert list(active.of_file("index.html", index.read_bytes())) == []
    changed = tmp_path / "changed.json"
    changed.write_bytes(encode(course).replace(b"<", b"<<").replace(b"ran-", b"run-"))
    page = tmp_path / "diff.html"
    _run("diff", "--html", str(page), str(folder / "course.json"), str(changed))
    assert list(active.of_file("diff.html", page.read_bytes())) == []
    assert page.read_text("utf-8").count("<del>") > 100


@pytest.mark.parametrize("name", ["a.svg", "a.SVG", "a.html", "a b.xhtml", "page.xml"])
def test_a_source_that_would_run_in_the_registrars_browser_is_no_link(name: str) -> None:
    assert index_page._address(f"data/sources/{name}") == ""
    assert index_page._address("data/sources/a b.txt") == "data/sources/a%20b.txt"
    assert index_page._address("data/products/questions.xml") == "data/products/questions.xml"


def _run(*arguments: str) -> None:
    done = CliRunner().invoke(cli, [*arguments])
    assert done.exit_code in {0, 1}, (arguments, done.output[-500:], done.exception)


# Payloads that are nothing to a reader of HTML: they are there for other readers (Moodle, Jinja, XML).
_NOTHING_AS_HTML = {"html": 14, "math": 4}


def test_every_payload_is_seen_where_nobody_cleans() -> None:
    """The test's own eyes: a payload that is put into a page as it stands is found."""
    for kind, count in _NOTHING_AS_HTML.items():
        frame = "<math>{}</math>" if kind == "math" else "{}"
        unseen = [text for text in roads.payloads(kind) if not active.of_html(frame.format(text))]
        assert len(unseen) == count, unseen
    readable = [data for data in roads.drawings() if b"<!DOCTYPE" not in data and b"UTF-7" not in data]
    assert [data for data in readable if not list(active.of_svg(data))] == []
