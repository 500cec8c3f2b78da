"""Published folders: the same bytes everywhere, whole or not at all."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursepack.files.member import Member
from coursepack.files.zipped import zip_chunks
from coursepack.place import CoursepackError
from tests.publish.making import fail_half_way, write

_names = st.text("abcdefgh0123456789-/.", min_size=1, max_size=20).filter(
    lambda name: not name.startswith("/") and "//" not in name and name.strip("./") == name
)


@given(st.dictionaries(_names, st.binary(max_size=5000), max_size=8))
def test_an_archive_reads_back_in_order(files: dict[str, bytes]) -> None:
    data = b"".join(zip_chunks(tuple(Member(name, content) for name, content in files.items())))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == files
        assert archive.namelist() == list(files)
        assert {info.date_time for info in archive.infolist()} <= {(1980, 1, 1, 0, 0, 0)}


def test_the_bytes_of_an_archive_are_fixed() -> None:
    """Deflated by the pinned library, whatever zlib the machine has: a change of these bytes is a change of version."""
    import hashlib

    text = "\n".join(f"{number}. Билік қоғамдық құбылыс ретінде" for number in range(500)).encode()
    data = b"".join(zip_chunks((Member("a.txt", text), Member("b.png", b"\x89PNG"))))
    assert (len(data), hashlib.sha256(data).hexdigest()) == (1224, ARCHIVE)


ARCHIVE = "5e28e3dc284f9951743b2c375193d7ffa56a140bcced060a283f3c0b44102721"


def test_a_name_that_is_not_ascii_says_that_it_is_in_utf_8() -> None:
    """Bit 11 of the flags (APPNOTE 4.4.4), in both headers; without it a name is read as CP437."""
    data = b"".join(zip_chunks((Member("жоспар.txt", b"x"), Member("plan.txt", b"y"))))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["жоспар.txt", "plan.txt"]
        flags = [
            (info.flag_bits, int.from_bytes(data[info.header_offset + 6 :][:2], "little"))
            for info in archive.infolist()
        ]
    assert flags == [(0x800, 0x800), (0, 0)]


def test_a_folder_holds_exactly_what_one_build_made(tmp_path: Path) -> None:
    write(tmp_path, a="1", b="2")
    write(tmp_path, a="3")
    assert sorted(path.name for path in (tmp_path / "course").iterdir()) == ["SHA256SUMS", "a"]
    assert (tmp_path / "course" / "a").read_text() == "3"


def test_a_build_that_fails_leaves_the_last_good_one(tmp_path: Path) -> None:
    write(tmp_path, a="1")
    fail_half_way(tmp_path)
    assert (tmp_path / "course" / "a").read_text() == "1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["course"]


def test_files_that_no_build_made_are_never_removed(tmp_path: Path) -> None:
    write(tmp_path, a="1")
    (tmp_path / "course" / "notes.docx").write_text("mine")
    with pytest.raises(CoursepackError, match=r"holds 'notes\.docx', which no build made"):
        write(tmp_path, a="2")
    assert (tmp_path / "course" / "notes.docx").read_text() == "mine"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The superuser may write anywhere, so the refusal is played.
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(CoursepackError, match="cannot be written: Permission denied; choose another folder with -o"):
        write(tmp_path, a="1")


def test_an_output_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(CoursepackError, match="cannot be written: File exists; choose another folder with -o"):
        write(tmp_path / "out", a="1")


@pytest.mark.parametrize(("name", "flag"), [("дәріс.txt", 0x800), ("суреттер/a.png", 0x800), ("lecture.txt", 0)])
def test_a_name_beyond_ascii_is_marked_as_utf_8(name: str, flag: int) -> None:
    """APPNOTE 6.3.10, 4.4.4, bit 11: without it a reader takes the name for code page 437. In both headers."""
    data = b"".join(zip_chunks((Member(name, b"x"),)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert [(info.filename, info.flag_bits) for info in archive.infolist()] == [(name, flag)]
    assert int.from_bytes(data[6:8], "little") == flag
