"""A course as one OCFL object: versions, what is kept once, and that whatever is done to it is found."""

from __future__ import annotations

import json
import shutil
from hashlib import sha512
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from coursepack.cli import cli
from coursepack.place import CoursepackError, has_errors
from coursepack.registrar import ocfl, revision
from coursepack.registrar.archive import archive
from coursepack.registrar.edition import Registered
from coursepack.registrar.verify import verify
from tests.registrar.builds import build, project
from tests.samples import everything


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A storage root with one object of two versions: the second has another title."""
    folder = tmp_path_factory.mktemp("ocfl")
    first = everything()
    second = msgspec.structs.replace(first, title="Жаңа атау")
    sources = project(folder / "src" / "sample", first)
    for number, course in enumerate((first, second), 1):
        build(folder / f"out{number}" / "sample", sources, course)
        add(folder, number)
    return folder / "root"


def add(folder: Path, number: int, to: str = "root") -> bool:
    registered = Registered(date=f"202{5 + number}-11-20")
    done = archive(folder / f"out{number}" / "sample", folder / to, registered, [folder / "src"], layout="ocfl")
    assert done.path == folder / to / "sample-kk"
    return done.already


@pytest.fixture
def harmed(root: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(root / "sample-kk", tmp_path / "sample-kk"))


def test_an_edition_is_a_version_and_what_did_not_change_is_kept_once(root: Path) -> None:
    assert sorted(path.name for path in root.iterdir()) == ["0=ocfl_1.1", "ocfl_layout.json", "sample-kk"]
    told = json.loads((root / "sample-kk/inventory.json").read_bytes())
    assert (told["id"], told["head"], told["digestAlgorithm"]) == ("sample-kk", "v2", "sha512")
    assert [v["created"] for v in told["versions"].values()] == ["2026-11-20T00:00:00Z", "2027-11-20T00:00:00Z"]
    states = [{name for names in v["state"].values() for name in names} for v in told["versions"].values()]
    assert states[0] == states[1]
    assert "data/sources/кітап 1.txt" in states[0]
    second = root / "sample-kk/v2/content"
    assert sorted(path.relative_to(second).as_posix() for path in second.rglob("*") if path.is_file()) == [
        "bag-info.txt",
        "data/build-report.json",
        "data/course.json",
        "data/premis.xml",
        "data/ro-crate-metadata.json",
        "index.html",
        "manifest-sha512.txt",
        "tagmanifest-sha512.txt",
    ]


def test_versions_are_verified_and_compared_as_bags_are(root: Path) -> None:
    found = verify(root / "sample-kk")
    assert (found.name, found.findings, found.tags["Bagging-Date"]) == ("sample-kk@v2", [], "2027-11-20")
    assert verify(root / "sample-kk@v1").tags["Bagging-Date"] == "2026-11-20"
    with pytest.raises(CoursepackError, match="has no version v7"):
        verify(root / "sample-kk@v7")
    assert revision.read(root / "sample-kk").title == "Жаңа атау"
    done = CliRunner().invoke(cli, ["diff", str(root / "sample-kk@v1"), str(root / "sample-kk@v2")])
    assert done.output.splitlines()[0] == "fields of the course: 1 reworded"


def test_the_same_edition_is_no_new_version_and_bytes_are_equal_everywhere(root: Path) -> None:
    assert add(root.parent, 2)
    for number in (1, 2):
        assert not add(root.parent, number, "again")
    files = [path.relative_to(root) for path in root.rglob("*") if path.is_file()]
    assert all((root / name).read_bytes() == (root.parent / "again" / name).read_bytes() for name in files)


def test_whatever_is_done_to_an_object_is_found(harmed: Path) -> None:
    assert not verify(harmed).findings
    for path in sorted(path for path in harmed.rglob("*") if path.is_file()):
        data = path.read_bytes()
        for other in (data[:-1], data[:4] + bytes([data[4] ^ 4]) + data[5:]):
            path.write_bytes(other)
            line_end = path.suffix == ".sha512" and other == data[:-1]  # its checksum stands there all the same
            assert broken(harmed) or line_end, (path, "changed")
        path.unlink()
        older = path.parent.name == "v1" and path.name.startswith("inventory.json")  # need not be there (3.5.4)
        assert broken(harmed) or older, (path, "removed")
        path.write_bytes(data)
    (harmed / "v1/content/data/more.txt").write_bytes(b"x")
    assert [f.code for f in verify(harmed).findings] == ["ocfl-file-unlisted"]


def broken(path: Path) -> bool:
    try:
        return has_errors(verify(path).findings)
    except CoursepackError:
        return True


def test_what_is_harmed_gets_no_new_version(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "root")
    (tmp_path / "root/sample-kk/v1/content/index.html").write_bytes(b"x")
    with pytest.raises(CoursepackError, match="not as it was archived"):
        archive(root.parent / "out1/sample", tmp_path / "root", Registered(date="2028-01-01"), [root.parent / "src"],
                layout="ocfl")  # fmt: skip
    with pytest.raises(CoursepackError, match="states when it was made"):
        archive(root.parent / "out1/sample", tmp_path / "r", Registered(), [root.parent / "src"], layout="ocfl")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/file").touch()
    with pytest.raises(CoursepackError, match="no OCFL storage root"):
        archive(root.parent / "out1/sample", tmp_path / "other", Registered(date="2028-01-01"), [root.parent / "src"],
                layout="ocfl")  # fmt: skip


def test_the_parts_of_an_object_are_what_the_standard_says(root: Path) -> None:
    folder = root / "sample-kk"
    assert (root / "0=ocfl_1.1").read_bytes() == b"ocfl_1.1\n"
    assert (folder / "0=ocfl_object_1.1").read_bytes() == b"ocfl_object_1.1\n"
    assert (folder / "inventory.json").read_bytes() == (folder / "v2/inventory.json").read_bytes()
    assert ocfl.split(folder) == (folder, None)


def test_a_forged_version_is_found_by_the_older_inventory(harmed: Path) -> None:
    """Who rewrites what the first version was in the newest inventory and its checksums leaves the first one's own."""
    told = json.loads((harmed / "inventory.json").read_bytes())
    state = told["versions"]["v1"]["state"]
    name = next(digest for digest, names in state.items() if names == ["data/course.json"])
    other = next(
        digest
        for digest in told["versions"]["v2"]["state"]
        if told["versions"]["v2"]["state"][digest] == ["data/course.json"]
    )
    state[other] = state.pop(name)
    data = json.dumps(told).encode()
    for folder in (harmed, harmed / "v2"):
        (folder / "inventory.json").write_bytes(data)
        (folder / "inventory.json.sha512").write_text(f"{sha512(data).hexdigest()} inventory.json\n")
    found = [(one.code, one.message) for one in ocfl.check(harmed)]
    assert ("ocfl-inventory", "v1 differs from the newest inventory: one of them was changed") in found
