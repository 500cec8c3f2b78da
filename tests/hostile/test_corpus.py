"""No payload of the corpus is active in any product, whatever road it came by; and this test would see it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from coursepack.cli import cli
from tests.hostile import active, products, roads

# Roads whose texts come by the readers of another one: a few formats stand for all.
_SIMPLE = frozenset({"gift", "table", "workbook", "aiken", "text"})


@pytest.mark.parametrize("road", roads.ROADS)
def test_no_product_holds_anything_active(road: str, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    roads.ROADS[road](source)
    formats = ("scorm12", "cc11", "moodle-backup", "exam-tickets") if road in _SIMPLE else ()
    made = products.of_folder(source, tmp_path / "made", formats)
    if road in roads.BANKS:
        made += products.of_bank(next(source.glob("a.*")), tmp_path / "bank")
    assert len(made) >= 10
    found = [each for path in made for each in active.of_file(path.name, path.read_bytes())]
    assert found == []


def test_the_archive_and_the_pages_of_a_registrar_hold_nothing_active(tmp_path: Path) -> None:
    """Built, archived and compared by the commands themselves, with sources that are pages and drawings."""
    sources = tmp_path / "sources"
    for name in ("old", "new"):
        (sources / name).mkdir(parents=True)
        roads.course_json(sources / name)
    text = (sources / "new" / "a.json").read_text("utf-8")
    (sources / "new" / "a.json").write_text(text.replace("link", "<script>self.name=/ran-new/</script>"), "utf-8")
    for name in ("old", "new"):
        _run("build", str(sources / name), "-o", str(tmp_path / name), "-f", "gift")
    page = tmp_path / "diff.html"
    _run("diff", "--html", str(page), str(tmp_path / "old" / "hostile"), str(tmp_path / "new" / "hostile"))
    assert list(active.of_file("diff.html", page.read_bytes())) == []
    assert page.read_text("utf-8").count("<del>") > 10
    _run("archive", str(tmp_path / "old" / "hostile"), "--to", str(tmp_path / "bags"), "--date", "2026-11-20")
    (index,) = (tmp_path / "bags").rglob("index.html")
    assert list(active.of_file("index.html", index.read_bytes())) == []
    assert ".svg" in index.read_text("utf-8")
    assert '.svg"' not in index.read_text("utf-8"), "a drawing is not a link: it would run in the registrar's browser"


def _run(*arguments: str) -> None:
    done = CliRunner().invoke(cli, [*arguments])
    assert done.exit_code in {0, 1}, (arguments, done.output[-500:])


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
