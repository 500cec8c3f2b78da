"""What lies in a folder that somebody else filled: links, pipes and devices are not read unless asked for."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from coursepack import build, convert, discovery, export
from coursepack.files import sources
from coursepack.files.package import Package
from coursepack.model.course import Course
from coursepack.place import CoursepackError
from coursepack.registrar import archive, catalogue, edition
from tests.samples import PNG

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need POSIX")

LECTURE = "1-дәріс. Мемлекет\n\nМемлекет қоғамның саяси ұйымы болып табылады.\n"
TOML = 'id = "c"\ntitle = "Т"\nlanguage = "kk"\n\n[[source]]\nfile = "{}"\nrole = "textbook"\n'
BANK = "::q:: Мемлекет бар ма? {T}\n"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file outside every folder that a call names."""
    path = tmp_path / "elsewhere" / "secret.txt"
    path.parent.mkdir()
    path.write_text(LECTURE + "Құпия сөз.\n", encoding="utf-8")
    (path.parent / "course.toml").write_text(TOML.format("secret.txt"), encoding="utf-8")
    (path.parent / "secret.png").write_bytes(PNG)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "course"
    path.mkdir()
    return path


def _source(folder: Path, secret: Path) -> list[Path]:
    (folder / "lec.txt").symlink_to(secret)
    (folder / "course.toml").write_text(TOML.format("lec.txt"), encoding="utf-8")
    return [folder]


def _below(folder: Path, secret: Path) -> list[Path]:
    (folder / "texts").symlink_to(secret.parent)
    (folder / "course.toml").write_text(TOML.format("texts/secret.txt"), encoding="utf-8")
    return [folder]


def _toml(folder: Path, secret: Path) -> list[Path]:
    shutil.copy(secret, folder / "secret.txt")
    (folder / "course.toml").symlink_to(secret.parent / "course.toml")
    return [folder]


def _course_below(folder: Path, secret: Path) -> list[Path]:
    (folder / "c").symlink_to(secret.parent)
    return [folder]


def _document(folder: Path, secret: Path) -> list[Path]:
    (folder / "lec.txt").symlink_to(secret)
    return [folder / "lec.txt"]


def _alone(folder: Path, secret: Path) -> list[Path]:
    (folder / "lec.txt").symlink_to(secret)
    return [folder]


def _inside(folder: Path, secret: Path) -> list[Path]:
    """A link that stays in the folder is a link as well: one rule that needs no look at where it leads."""
    shutil.copy(secret, folder / "b.txt")
    (folder / "lec.txt").symlink_to("b.txt")
    (folder / "course.toml").write_text(TOML.format("lec.txt"), encoding="utf-8")
    return [folder]


Road = Callable[[Path, Path], list[Path]]
ROADS: list[Road] = [_source, _below, _toml, _course_below, _document, _alone, _inside]


@pytest.mark.parametrize("road", ROADS)
def test_a_link_is_read_only_when_asked_for(
    road: Callable[[Path, Path], list[Path]], folder: Path, secret: Path
) -> None:
    paths = road(folder, secret)
    with pytest.raises(CoursepackError, match=r"is a link.*--follow-links"):
        discovery.find_projects(paths)
    (loaded,) = discovery.find_projects(paths, follow_links=True)
    course = build.understand(loaded).course
    assert [session.title for _, session in course.sessions()] == ["Мемлекет"]


def test_the_folder_that_the_call_names_may_be_a_link(folder: Path, secret: Path) -> None:
    (folder / "link").symlink_to(secret.parent)
    (loaded,) = discovery.find_projects([folder / "link"])
    assert loaded.project.id == "c"


def test_of_a_folder_of_documents_links_and_pipes_are_left_out_and_told(folder: Path, secret: Path) -> None:
    (folder / "a.txt").write_text(LECTURE, encoding="utf-8")
    (folder / "b.txt").symlink_to(secret)
    (folder / "CON.txt").write_text(LECTURE, encoding="utf-8")
    (folder / "A.TXT").write_text(LECTURE, encoding="utf-8")
    os.mkfifo(folder / "p.txt")
    os.mkfifo(folder / "p.xml")
    (loaded,) = discovery.find_projects([folder])
    assert [entry.file for entry in loaded.project.source] == ["A.TXT"]
    told = {Path(f.place.file).name: f.message for f in loaded.noticed if f.place}
    assert told == {
        "CON.txt": "left out: this file name cannot be used in a course: Windows keeps the name 'CON.txt' for a device",
        "a.txt": "left out: not read: on some systems 'a.txt' and 'A.TXT' are one file",
        "b.txt": "left out: not read: it is a link",
        "p.txt": "left out: not read: it is a pipe, expected a file",
        "p.xml": "left out: not read: it is a pipe, expected a file",
    }


def test_a_name_that_is_no_utf8_is_left_out_and_reported(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_text(LECTURE, encoding="utf-8")
    try:
        (folder / os.fsdecode(b"\xff.txt")).write_text(LECTURE, encoding="utf-8")
    except OSError:
        pytest.skip("this file system holds UTF-8 names only")
    (loaded,) = discovery.find_projects([folder])
    built = build.build(loaded, tmp_path / "out", build.Settings(formats=("gift",)))
    (told,) = [finding for finding in built.findings if finding.code == "project-left-out"]
    assert (str(told.place), built.folder is not None) == (f"{folder}/\\udcff.txt", True)


@pytest.mark.parametrize("name", ["CON.txt", "a*b?.txt", "50%25 %0a.txt", "aux.tar.txt", "x.txt "])
def test_a_source_that_some_system_cannot_hold_is_refused_at_the_door(folder: Path, name: str) -> None:
    (folder / name).write_text(LECTURE, encoding="utf-8")
    (folder / "course.toml").write_text(TOML.format(name), encoding="utf-8")
    with pytest.raises(
        CoursepackError, match=r"course\.toml:6: source file .* has a name that cannot be used: .*; rename the file"
    ):
        discovery.find_projects([folder])
    with pytest.raises(CoursepackError, match="this file name cannot be used in a course"):
        discovery.find_projects([folder / name])


def test_two_sources_that_are_one_file_elsewhere_are_refused(folder: Path) -> None:
    for name in ("Кіріспе.txt", "КІРІСПЕ.txt"):
        (folder / name).write_text(LECTURE, encoding="utf-8")
    more = '[[source]]\nfile = "КІРІСПЕ.txt"\nrole = "textbook"\n'
    (folder / "course.toml").write_text(TOML.format("Кіріспе.txt") + more, encoding="utf-8")
    with pytest.raises(
        CoursepackError, match=r"course\.toml:9: source files 'Кіріспе\.txt' and 'КІРІСПЕ\.txt' are one"
    ):
        discovery.find_projects([folder])


def test_a_source_has_one_name(folder: Path) -> None:
    (folder / "texts").mkdir()
    (folder / "texts" / "a.txt").write_text(LECTURE, encoding="utf-8")
    (folder / "course.toml").write_text(TOML.format("./texts//a.txt"), encoding="utf-8")
    (loaded,) = discovery.find_projects([folder])
    assert loaded.project.source[0].file == "texts/a.txt"


@pytest.mark.parametrize("follow", [False, True])
def test_a_picture_that_is_a_link_is_left_out_and_told(folder: Path, secret: Path, follow: bool) -> None:
    (folder / "p.png").symlink_to(secret.parent / "secret.png")
    (folder / "a.md").write_text(LECTURE + "\n![x](p.png)\n", encoding="utf-8")
    (loaded,) = discovery.find_projects([folder / "a.md"], follow_links=follow)
    understood = build.understand(loaded)
    assert list(understood.assets.data.values()) == ([PNG] if follow else [])
    told = [finding.message for finding in understood.findings if "p.png" in finding.message]
    assert bool(told) is not follow
    assert follow or "a picture that is a link: p.png" in told[0]


def test_pictures_of_a_model_are_no_links(folder: Path, secret: Path, tmp_path: Path) -> None:
    from tests.registrar.builds import build as made
    from tests.registrar.builds import project
    from tests.samples import PNG_ID

    out = made(tmp_path / "out", project(tmp_path / "src", _everything()))
    picture = out / "assets" / PNG_ID
    picture.rename(secret.parent / "real")
    picture.symlink_to(secret.parent / "real")
    assert PNG_ID not in discovery.course_of_folder(out / "course.json").assets.data
    assert PNG_ID in discovery.course_of_folder(out / "course.json", follow_links=True).assets.data
    exported = export.export([out / "course.json"], "json", folder)
    assert [path.name for path, _ in exported.files if path.suffix != ".json"] == []


def _everything() -> Course:
    from tests.samples import everything

    return everything()


def test_a_bank_that_is_a_link_or_a_pipe_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "q.gift").write_text(BANK, encoding="utf-8")
    (folder / "q.gift").symlink_to(tmp_path / "q.gift")
    os.mkfifo(folder / "p.gift")
    with pytest.raises(CoursepackError, match="it is a link"):
        convert.convert(folder / "q.gift", "moodle-xml", folder)
    with pytest.raises(CoursepackError, match="it is a pipe, expected a file"):
        convert.convert(folder / "p.gift", "moodle-xml", folder)
    done = convert.convert(folder / "q.gift", "moodle-xml", folder, follow_links=True)
    assert [path.name for path, _ in done.files] == ["q-questions.xml"]


def test_pipes_do_not_hold_up_a_package_or_a_register(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CoursepackError, match="it is a pipe"):
        Package.of_path(tmp_path / "pipe")
    assert [f.code for f in Package.of_path(tmp_path).problems] == ["container-link"]
    bag = tmp_path / "bags" / "b"
    bag.mkdir(parents=True)
    (bag / "bagit.txt").write_text("")
    os.mkfifo(bag / "bag-info.txt")
    assert [f.code for f in catalogue.update(tmp_path / "bags").findings] == ["catalogue-unreadable"]


def test_the_register_is_no_link_and_enters_none(tmp_path: Path, made: Path) -> None:
    bags = tmp_path / "bags"
    bags.mkdir()
    (bags / "catalogue.sqlite").symlink_to(tmp_path / "elsewhere.sqlite")
    with pytest.raises(CoursepackError, match="is a link or a folder"):
        catalogue.update(bags)
    assert not (tmp_path / "elsewhere.sqlite").exists()
    (bags / "catalogue.sqlite").unlink()
    (bag,) = (made / "bags").glob("sample-*")
    (bags / "b").symlink_to(bag)
    done = catalogue.update(bags)
    assert (done.bags, [f.code for f in done.findings]) == (0, ["catalogue-link"])
    assert catalogue.update(bags, follow_links=True).bags == 1


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.registrar.builds import build as make
    from tests.registrar.builds import project

    folder = tmp_path_factory.mktemp("made")
    course = _everything()
    make(folder / "out", project(folder / "src" / "sample", course), course)
    archive.archive(folder / "out", folder / "bags", edition.Registered(date="2026-11-20"), [folder / "src"])
    return folder


@pytest.fixture
def copy(made: Path, tmp_path: Path, secret: Path) -> Path:
    """A build and its sources, to be harmed."""
    for name in ("out", "src"):
        shutil.copytree(made / name, tmp_path / name)
    return tmp_path


def _archived(folder: Path, *, templates: Path | None = None, follow_links: bool = False) -> list[str]:
    stated = edition.Registered(date="2026-11-20")
    roots = [folder / "src"]
    done = archive.archive(folder / "out", folder / "bags", stated, roots, templates, follow_links=follow_links)
    return sorted(path.name for path in (done.path / "data/sources").iterdir())


def test_a_source_that_became_a_link_is_not_archived(copy: Path) -> None:
    text = copy / "src/sample/кітап 1.txt"
    text.rename(copy / "elsewhere" / "real.txt")
    text.symlink_to(copy / "elsewhere" / "real.txt")
    with pytest.raises(CoursepackError, match=r"it is a link; .*--follow-links"):
        _archived(copy)
    assert _archived(copy, follow_links=True) == ["course.toml", "кітап 1.txt"]


def test_a_template_that_is_a_link_is_not_archived(copy: Path) -> None:
    mine = copy / "mine"
    (mine / "cartridge").mkdir(parents=True)
    (mine / "cartridge" / "page.html").symlink_to(copy / "elsewhere" / "secret.txt")
    with pytest.raises(CoursepackError, match=r"'page\.html' is a link"):
        _archived(copy, templates=mine)
    (mine / "cartridge" / "page.html").unlink()
    (mine / "papers").symlink_to(copy / "elsewhere")
    with pytest.raises(CoursepackError, match="it is a link"):
        _archived(copy, templates=mine)


def test_a_template_that_could_not_be_archived_stops_the_build(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_text(LECTURE, encoding="utf-8")
    (loaded,) = discovery.find_projects([folder])
    settings = build.Settings(formats=("gift",), templates=tmp_path / "mine")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "CON.html").write_text("x")
    with pytest.raises(CoursepackError, match=r"Windows keeps the name 'CON\.html' for a device"):
        build.build(loaded, tmp_path / "out", settings)
    (tmp_path / "mine" / "CON.html").unlink()
    os.mkfifo(tmp_path / "mine" / "page.html")
    with pytest.raises(CoursepackError, match="it is a pipe, expected a file"):
        build.build(loaded, tmp_path / "out", settings)


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "f").write_text("x")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    with pytest.raises(CoursepackError, match="'loop' is a link"):
        sources.tree(tmp_path)
    assert list(sources.tree(tmp_path, follow_links=True)) == ["a/f"]


def test_a_product_that_became_a_link_is_not_archived(copy: Path) -> None:
    product = copy / "out/sample.xml"
    product.rename(copy / "elsewhere/real.xml")
    product.symlink_to(copy / "elsewhere/real.xml")
    with pytest.raises(CoursepackError, match="was changed or lost"):
        _archived(copy)
