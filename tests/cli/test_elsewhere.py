"""Nothing is written but where the call says: hostile ids, names and links on every road that ends on disk."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from coursepack import build, discovery, export, writers
from coursepack.model.artifact import Written
from coursepack.place import CoursepackError
from coursepack.registrar import bag as bags
from tests.cli.test_build import run
from tests.registrar.builds import build as made
from tests.registrar.builds import project
from tests.samples import everything
from tests.shared import SEEDS

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
LECTURE = "1-дәріс. Мемлекет\n\nМемлекет қоғамның саяси ұйымы болып табылады.\n"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder that no call names; it stays empty."""
    path = tmp_path / "elsewhere"
    path.mkdir()
    return path


def _model(folder: Path, **changes: object) -> Path:
    """A course folder whose one source is a course.json that somebody forged."""
    folder.mkdir()
    data = msgspec.json.decode(msgspec.json.encode(everything())) | changes
    (folder / "course.json").write_text(json.dumps(data), "utf-8")
    (folder / "course.toml").write_text(
        'id = "c"\ntitle = "T"\nlanguage = "kk"\n[[source]]\nfile = "course.json"\nrole = "course"\n', "utf-8"
    )
    return folder


@pytest.mark.parametrize("evil", ["{}/evil", "../../elsewhere/evil", "con", "a/b"])
def test_a_model_with_a_hostile_id_is_written_by_no_format(tmp_path: Path, elsewhere: Path, evil: str) -> None:
    folder = _model(tmp_path / "c", id=evil.format(elsewhere))
    (loaded,) = discovery.find_projects([folder])
    for name in writers.names():
        with pytest.raises(CoursepackError, match=r"not a course: Expected an id: .* at `\$\.id`"):
            build.build(loaded, tmp_path / "out" / "deep", build.Settings(formats=(name,)))
    for path in (folder, folder / "course.json"):
        with pytest.raises(CoursepackError, match="not a course"):
            export.export([path], "json", tmp_path / "out" / "deep")
    assert list(elsewhere.iterdir()) == []
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("evil", ["../../evil", "/elsewhere/evil.zip", "CON.zip", "a/b.zip"])
def test_a_writer_that_names_a_product_elsewhere_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, evil: str
) -> None:
    """The second wall: whatever the model says, and whoever wrote the writer."""
    real = writers.load("gift")

    def write(*arguments: object) -> Written:
        written = real.write(*arguments)  # type: ignore[arg-type]
        return replace(written, artifacts=tuple(replace(each, name=evil) for each in written.artifacts))

    monkeypatch.setattr(writers, "load", lambda _: _Other(real, write))
    (loaded,) = discovery.find_projects([_model(tmp_path / "c")])
    with pytest.raises(CoursepackError, match=r"no product is written under the name|is no name for a product"):
        build.build(loaded, tmp_path / "out", build.Settings(formats=("gift",)))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c", "out"]
    assert list((tmp_path / "out").iterdir()) == []


class _Other:
    """A writer with another ``write``."""

    def __init__(self, real: object, write: object) -> None:
        self._real, self.write = real, write

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)


def test_an_exported_course_with_a_hostile_id_is_refused(tmp_path: Path, elsewhere: Path) -> None:
    (tmp_path / "a.txt").write_text(LECTURE, "utf-8")
    assert run("export", tmp_path / "a.txt", "-o", tmp_path / "md", "-q").returncode == 0
    (file,) = (tmp_path / "md").glob("*.md")
    name = file.stem
    text = file.read_text("utf-8")
    for evil in (f"{elsewhere}/evil", "../evil", '\\"><script>'):
        file.write_text(text.replace(f'"id":"{name}"', f'"id":"{evil}"', 1), "utf-8")
        done = run("build", file, "-f", "gift", "-o", tmp_path / "out")
        assert (done.returncode, "Course: Expected an id" in done.stderr) == (2, True), done.stderr
    assert list(elsewhere.iterdir()) == []


def _seal(bag: Path) -> None:
    """Make the checksums and the size of a forged bag right again."""
    payload = [path for path in (bag / "data").rglob("*") if path.is_file()]
    oxum = f"Payload-Oxum: {sum(path.stat().st_size for path in payload)}.{len(payload)}"
    info = bag / bags.INFO
    info.write_text(re.sub(r"Payload-Oxum: .*", oxum, info.read_text("utf-8")), "utf-8")
    for tag in (False, True):
        name = bags.TAG_MANIFEST if tag else bags.MANIFEST
        listed = bags.parse_manifest((bag / name).read_bytes())[0]
        sums = {each: hashlib.sha512((bag / each).read_bytes()).hexdigest() for each in listed}
        (bag / name).write_bytes(bags.manifest(sums))


def test_a_forged_bag_leads_nowhere(tmp_path: Path, elsewhere: Path) -> None:
    out = made(tmp_path / "out" / "sample", project(tmp_path / "src", everything()))
    call = ["archive", out, "--to", tmp_path / "bags", "--sources", tmp_path / "src", "--date", "2026-11-20"]
    assert run(*map(str, call)).returncode == 0
    (bag,) = (tmp_path / "bags").iterdir()
    for member, old, new in (
        ("course.json", b'"id": "sample"', f'"id": "{elsewhere}/evil"'.encode()),
        ("build-report.json", b'"sample.xml"', f'"{elsewhere}/evil.xml"'.encode()),
        ("build-report.json", b'"course":"sample"', f'"course":"{elsewhere}/evil"'.encode()),
    ):
        forged = Path(shutil.copytree(bag, tmp_path / "forged"))
        data = (forged / "data" / member).read_bytes()
        assert old in data
        (forged / "data" / member).write_bytes(data.replace(old, new, 1))
        _seal(forged)
        done = run("verify", "--rebuild", forged)
        assert done.returncode == 1
        assert "[bag-contents]" in done.stdout, done.stdout
        assert run("diff", forged, bag).returncode in {0, 2}
        shutil.rmtree(forged)
    assert list(elsewhere.iterdir()) == []


@POSIX
def test_planted_links_are_not_written_through(tmp_path: Path, elsewhere: Path) -> None:
    """By no command: init, templates copy, inspect --page, diff --html, export, convert."""
    course = tmp_path / "c"
    course.mkdir()
    (course / "a.txt").write_text(LECTURE, "utf-8")
    (course / "q.gift").write_text("::q:: Бар ма? {T}\n", "utf-8")
    here = tmp_path / "here"
    here.mkdir()
    links = ["page.html", "diff.html", "out.xml", "mine/papers", "ex/assets", "ex/c.md"]
    for name in links:
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).symlink_to(elsewhere / name.replace("/", "-"))
    (course / "course.toml").symlink_to(elsewhere / "planted.toml")
    calls: list[list[str | Path]] = [
        ["init", "--force", course],
        ["templates", "copy", "--force", here / "mine"],
        ["inspect", course / "a.txt", "--page", here / "page.html"],
        ["diff", SEEDS / "qazaqstan-tarihy", SEEDS / "qazaqstan-tarihy", "--html", here / "diff.html"],
        ["convert", course / "q.gift", "-f", "moodle-xml", "-o", here / "out.xml"],
    ]
    for call in calls:
        done = run(*call)
        assert (done.returncode, "is a link, expected a" in done.stderr) == (2, True), done.stderr
    (course / "course.toml").unlink()
    for name, more in (("c.md", []), ("c.md", ["--force"]), ("assets", ["-f", "json"])):
        done = run("export", course / "a.txt", "-o", here / "ex", *more)
        said = "is a link, expected a file" in done.stderr or "exists already" in done.stderr
        assert (done.returncode, said) == ((2, True) if name == "c.md" else (0, False)), done.stderr
    assert list(elsewhere.iterdir()) == []
    assert all((here / name).is_symlink() for name in links)


@POSIX
def test_an_export_does_not_write_into_a_folder_that_is_a_link(tmp_path: Path, elsewhere: Path) -> None:
    out = made(tmp_path / "out", project(tmp_path / "src", everything()))
    (tmp_path / "ex").mkdir()
    (tmp_path / "ex" / "assets").symlink_to(elsewhere)
    with pytest.raises(CoursepackError, match=r"ex/assets: is a link, expected a folder"):
        export.export([out / "course.json"], "json", tmp_path / "ex", force=True)
    assert list(elsewhere.iterdir()) == []
    (tmp_path / "link").symlink_to(tmp_path / "named")
    (tmp_path / "named").mkdir()
    done = export.export([out / "course.json"], "json", tmp_path / "link")  # the call names it: it is the caller's word
    assert len(done.files) == len(list((tmp_path / "named").rglob("*.*")))
