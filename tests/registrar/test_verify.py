"""Whatever is done to a bag, verify names it."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from coursepack.cli import cli
from coursepack.files.package import Package
from coursepack.place import CoursepackError, has_errors
from coursepack.registrar.bag import VERSION, manifest
from coursepack.registrar.verify import verify


def named(bag: Path) -> set[str]:
    """The members that errors name."""
    found = verify(bag).findings
    assert has_errors(found)
    return {finding.place.member or "" for finding in found if finding.place and finding.severity == "error"}


def test_an_untouched_bag_is_whole(bag: Path) -> None:
    found = verify(bag)
    assert (found.findings, found.files, found.tags["Course-Id"]) == ([], 14, "sample")


def test_one_flipped_bit_anywhere_is_named(bag: Path) -> None:
    for path in sorted(path for path in bag.rglob("*") if path.is_file()):
        data, name = path.read_bytes(), path.relative_to(bag).as_posix()
        # Everywhere in the file that no checksum covers; at its ends and seven places between in the others.
        steps = range(len(data)) if name.startswith("tagmanifest") else range(0, len(data), max(1, len(data) // 7))
        for position in {*steps, len(data) - 1}:
            for bit in (0, 5) if name.startswith("tagmanifest") else (position % 8,):
                path.write_bytes(data[:position] + bytes([data[position] ^ 1 << bit]) + data[position + 1 :])
                found = named(bag)
                assert found, (name, position, bit)
                # A changed line of the tag manifest names the file that it is about.
                assert name in found or name.startswith("tagmanifest"), (name, position, bit, found)
        path.write_bytes(data)
    assert not verify(bag).findings


def test_what_is_cut_removed_renamed_or_added_is_named(bag: Path) -> None:
    for path in sorted(path for path in bag.rglob("*") if path.is_file()):
        data, name = path.read_bytes(), path.relative_to(bag).as_posix()
        path.write_bytes(data[:-1])
        assert name in named(bag) or name == "tagmanifest-sha512.txt"
        path.unlink()
        assert name in named(bag)
        other = path.with_name("renamed.bin")
        other.write_bytes(data)
        assert {name, other.relative_to(bag).as_posix()} <= named(bag)
        other.unlink()
        path.write_bytes(data)
    for name in ("data/new.txt", "data/products/new.xml", "new.txt", "manifest-md5.txt.bak"):
        (bag / name).write_bytes(b"x")
        assert name in named(bag)
        (bag / name).unlink()
    (bag / "data/link").symlink_to("course.json")
    assert "data/link" in named(bag)


def test_swapped_files_are_named(bag: Path) -> None:
    one, two = bag / "data/products/sample.xml", bag / "data/products/sample.zip"
    a, b = one.read_bytes(), two.read_bytes()
    one.write_bytes(b)
    two.write_bytes(a)
    assert named(bag) == {"data/products/sample.xml", "data/products/sample.zip"}


def test_junk_called_a_signature_is_an_error(bag: Path) -> None:
    (bag / "tagmanifest-sha512.txt.p7s").write_bytes(b"signature")
    (finding,) = verify(bag).findings
    assert (finding.code, finding.severity) == ("signature-broken", "error")


@pytest.mark.parametrize("form", ["zip", "gztar"])
def test_a_packed_bag_is_read_as_it_is(bag: Path, tmp_path: Path, form: str) -> None:
    packed = shutil.make_archive(str(tmp_path / "packed"), form, bag.parent, bag.name)
    assert not verify(Path(packed)).findings


def test_a_packed_bag_that_was_spoilt_is_never_whole(bag: Path, tmp_path: Path) -> None:
    packed = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", bag.parent, bag.name))
    data = packed.read_bytes()
    for position in range(0, len(data), len(data) // 60):
        packed.write_bytes(data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :])
        try:
            found = verify(packed).findings
        except CoursepackError:
            continue
        # A bit of a date or of an attribute of the archive is nothing of the bag.
        assert has_errors(found) or _same_members(packed, bag), position


def _same_members(packed: Path, bag: Path) -> bool:
    package = Package.of_path(packed)
    inside = {name.partition("/")[2]: package.read(name) for name in package.names()}
    return inside == {p.relative_to(bag).as_posix(): p.read_bytes() for p in bag.rglob("*") if p.is_file()}


def test_bags_of_others_are_judged_by_the_standard(tmp_path: Path) -> None:
    import bagit

    (tmp_path / "a").mkdir()
    (tmp_path / "a/x.txt").write_text("x")
    bagit.make_bag(str(tmp_path / "a"), checksums=["md5", "sha256"])
    found = verify(tmp_path / "a").findings
    assert {finding.code for finding in found} == {"bag-manifest-weak"}
    (tmp_path / "a/data/x.txt").write_text("y")
    assert "data/x.txt" in named(tmp_path / "a")


def test_a_product_that_the_report_does_not_know_is_told(bag: Path) -> None:
    """Somebody who rewrites the checksums too still has to answer to the report."""
    from coursepack.registrar import bag as tag_files

    (bag / "data/products/sample.xml").write_bytes(b"<QUIZ/>")
    for prefix, name in (("data/", tag_files.MANIFEST), ("", tag_files.TAG_MANIFEST)):
        sums, _ = tag_files.parse_manifest((bag / name).read_bytes())
        for path in sums:
            assert path.startswith(prefix)
            with (bag / path).open("rb") as file:
                sums[path] = tag_files.digest(file)
        (bag / name).write_bytes(tag_files.manifest(sums))
    assert [finding.code for finding in verify(bag).findings] == ["bag-oxum"] or named(bag)
    assert {finding.code for finding in verify(bag).findings} <= {"bag-oxum", "bag-contents"}


def test_what_is_no_bag_is_unusable(tmp_path: Path) -> None:
    with pytest.raises(CoursepackError, match="not a bag"):
        verify(tmp_path)
    with pytest.raises(CoursepackError, match="no such file"):
        verify(tmp_path / "nowhere")


def test_exit_codes(bag: Path) -> None:
    run = CliRunner()
    assert run.invoke(cli, ["verify", str(bag)]).exit_code == 0
    (bag / "data/course.json").unlink()
    done = run.invoke(cli, ["verify", str(bag)])
    assert done.exit_code == 1
    assert "data/course.json" in done.output


def test_names_that_some_system_cannot_hold_are_told(tmp_path: Path) -> None:
    """Bags of other tools, and of earlier versions, may hold them: they are sound, but not everywhere."""
    (tmp_path / "data").mkdir()
    names = ["data/CON.txt", "data/a.txt", "data/x%25.txt"]
    for name in names:
        (tmp_path / name).write_text("x")
    digest = hashlib.sha512(b"x").hexdigest()
    (tmp_path / "manifest-sha512.txt").write_bytes(manifest(dict.fromkeys(names, digest)))
    (tmp_path / "bagit.txt").write_bytes(VERSION)
    told = [(f.severity, f.place.member) for f in verify(tmp_path).findings if f.code == "bag-name" and f.place]
    assert told == [("warning", "data/CON.txt"), ("warning", "data/x%25.txt")]
    assert not has_errors(verify(tmp_path).findings)
