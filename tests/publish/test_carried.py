"""A build of some formats: what an earlier build made stays, and it is said of what it was made."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from coursepack import build, discovery
from coursepack.build import Built, Settings
from coursepack.place import CoursepackError
from coursepack.publish import Product
from coursepack.registrar import archive, edition, verify
from tests.shared import small

TEXT = """1-дәріс. Мемлекет

Мемлекет қоғамның саяси ұйымы болып табылады.

Бақылау сұрақтары
1. Мемлекет деген не?
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "course.toml").write_text(
        'id = "c"\ntitle = "Курс"\nlanguage = "kk"\n\n[[source]]\nfile = "a.txt"\nrole = "textbook"\n', "utf-8"
    )
    return folder


def _build(course: Path, *formats: str, **settings: object) -> Built:
    (loaded,) = discovery.find_projects([course])
    chosen = Settings(formats=formats, **settings)  # type: ignore[arg-type]
    return build.build(loaded, course.parent / "out", chosen)


def _products(built: Built) -> dict[str, bool]:
    """Product → whether it was carried over."""
    return {product.file: product.carried_from is not msgspec.UNSET for product in built.report.products}


def _reported(built: Built) -> list[tuple[str, str]]:
    return [(f.code, f.message) for f in built.findings if f.code.startswith("product-")]


def _archive(course: Path) -> Path:
    out = course.parent / "out"
    return archive.archive(out / "c", course.parent / "bags", edition.Registered(date="2026-11-20"), [course]).path


def test_products_that_are_not_built_are_carried_over_and_told(course: Path) -> None:
    _build(course, "gift", "cc11")
    out = course.parent / "out" / "c"
    before = {name: (out / name).read_bytes() for name in ("c-cc11.imscc", "c-questions.gift")}
    built = _build(course, "moodle-xml")
    assert _products(built) == {"c-questions.xml": False, "c-questions.gift": True, "c-cc11.imscc": True}
    message = (
        "not built this time, carried over unchanged from an earlier build of the same: c-questions.gift, c-cc11.imscc"
    )
    assert _reported(built) == [("product-carried", message)]
    assert {name: (out / name).read_bytes() for name in before} == before
    report = msgspec.json.decode((out / "build-report.json").read_bytes())
    assert [len(product.get("carried_from", "")) for product in report["products"]] == [0, 64, 64]
    names = {line[66:] for line in (out / "SHA256SUMS").read_text().splitlines()}
    assert names == {*_products(built), "course.json", "build-report.json"}
    again = _build(course, "moodle-xml", "cc11", "gift")
    assert set(_products(again).values()) == {False}
    assert b"carried" not in (out / "build-report.json").read_bytes()


def test_carried_products_of_the_same_revision_are_archived_and_built_again(course: Path) -> None:
    _build(course, "gift", "cc11")
    _build(course, "moodle-xml")
    bag = _archive(course)
    assert not verify.verify(bag).findings
    call = [sys.executable, "-m", "coursepack", "verify", "--rebuild", str(bag)]
    done = subprocess.run(call, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, "its sources give its products" in done.stdout) == (0, True), done.stderr


def _other_text(course: Path) -> dict[str, object]:
    (course / "a.txt").write_text(TEXT + "2. Билік деген не?\n", encoding="utf-8")
    return {}


def _other_settings(course: Path) -> dict[str, object]:
    toml = course / "course.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[cartridge]\naudience = "teacher"\n', "utf-8")
    return {}


def _other_call(_: Path) -> dict[str, object]:
    return {"split": 1}


@pytest.mark.parametrize("change", [_other_text, _other_settings, _other_call])
def test_products_of_another_revision_are_carried_with_a_warning_and_never_archived(
    course: Path, change: Callable[[Path], dict[str, object]]
) -> None:
    _build(course, "gift", "cc11")
    settings = change(course)
    built = _build(course, "moodle-xml", **settings)
    assert list(_products(built).values()) == [False, True, True]
    names = "c-questions.gift, c-cc11.imscc"
    message = f"not built this time, carried over from an earlier build of other sources or settings: {names}"
    assert _reported(built) == [("product-older", message)]
    assert _reported(_build(course, "moodle-xml", **settings)) == [("product-older", message)]  # and it stays so
    with pytest.raises(CoursepackError, match=f"{names}: carried over from an earlier build of other sources"):
        _archive(course)
    assert _reported(_build(course, "gift", "cc11", "moodle-xml", **settings)) == []
    assert _archive(course).is_dir()


def test_a_product_that_a_person_changed_is_kept_but_not_carried(course: Path) -> None:
    _build(course, "gift", "cc11")
    out = course.parent / "out" / "c"
    (out / "c-questions.gift").write_text("mine")
    built = _build(course, "moodle-xml")
    assert _products(built) == {"c-questions.xml": False, "c-cc11.imscc": True}
    assert [code for code, _ in _reported(built)] == ["product-edited", "product-carried"]
    assert (out / "c-questions.gift.edited").read_text() == "mine"
    assert not (out / "c-questions.gift").exists()
    assert "edited" not in " ".join(whole_names(out))
    _build(course, "gift")
    assert (out / "c-questions.gift.edited").read_text() == "mine"
    assert _archive(course).is_dir()


def whole_names(folder: Path) -> list[str]:
    return [line[66:] for line in (folder / "SHA256SUMS").read_text().splitlines()]


def test_a_product_that_a_person_deleted_does_not_come_back(course: Path) -> None:
    _build(course, "gift", "cc11")
    (course.parent / "out" / "c" / "c-questions.gift").unlink()
    assert _products(_build(course, "moodle-xml")) == {"c-questions.xml": False, "c-cc11.imscc": True}


def test_the_files_of_a_format_that_is_built_again_are_all_new(course: Path) -> None:
    (course / "a.txt").write_text(TEXT + "2. Билік деген не?\n", encoding="utf-8")
    assert len(_products(_build(course, "moodle-xml", split=1))) == 2
    assert _products(_build(course, "moodle-xml")) == {"c-questions.xml": False}


def test_a_report_that_says_no_more_what_was_made_stops_the_build(course: Path) -> None:
    _build(course, "gift")
    out = course.parent / "out" / "c"
    (out / "build-report.json").write_text("{")
    with pytest.raises(CoursepackError, match="no longer states what the earlier build made"):
        _build(course, "cc11")
    assert (out / "c-questions.gift").exists()
    assert list(_products(_build(course, "gift"))) == ["c-questions.gift"]  # nothing is to be carried
    assert (out / "build-report.json.edited").read_text() == "{"


def test_checksums_alone_make_no_file_a_product(course: Path) -> None:
    """A folder of sources that brings its own SHA256SUMS is not replaced."""
    _build(course, "gift")
    out = course.parent / "out" / "c"
    shutil.copy(course / "a.txt", out / "a.txt")
    digest = hashlib.sha256((out / "a.txt").read_bytes()).hexdigest()
    (out / "SHA256SUMS").write_text((out / "SHA256SUMS").read_text() + f"{digest}  a.txt\n")
    with pytest.raises(CoursepackError, match=r"holds 'a\.txt', which no build made: its report does not name it"):
        _build(course, "gift")
    assert (out / "a.txt").exists()


def test_a_forged_report_carries_nothing_in_from_elsewhere(course: Path) -> None:
    built = _build(course, "gift", "cc11")
    out = course.parent / "out" / "c"
    forged = [*built.report.products, Product(file="secret", format="x", size=1, sha256="0")]
    report = msgspec.structs.replace(built.report, products=tuple(forged))
    data = msgspec.json.encode(report).replace(b'"secret"', b'"../../secret"')
    (course.parent / "secret").write_text("secret")
    (out / "build-report.json").write_bytes(data)
    with pytest.raises(CoursepackError, match=r"a product cannot have the name '\.\./\.\./secret'"):
        _build(course, "moodle-xml")


HIDING = """
import sys, warnings
warnings.simplefilter("ignore")
for name in ("fcntl", "resource"):
    sys.modules[name] = None
from coursepack.cli import main
main()
"""


@pytest.mark.long
def test_without_the_calls_of_posix_the_same_bytes_are_made(tmp_path: Path) -> None:
    """As on Windows: no fcntl, no resource."""
    course, made = small(tmp_path), {}
    for name, call in (("posix", ["-m", "coursepack"]), ("none", ["-c", HIDING])):
        out = tmp_path / name
        command = [sys.executable, *call, "build", str(course), "-o", str(out), "-q"]
        for _ in range(2):
            done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
            assert (done.returncode, done.stderr) == (0, "")
        assert [path.name for path in out.iterdir()] == ["kurs"]
        made[name] = {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert made["posix"] == made["none"]
    assert len(made["none"]) > 8
