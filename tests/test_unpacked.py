"""An archive of documents is a folder: what is read of it, what is named, and what never leaves it."""

from __future__ import annotations

import io
import os
import re
import stat
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

import pytest

from coursepack import build, discovery, limits
from coursepack.files import unpacked
from coursepack.model.course import Course
from coursepack.place import CoursepackError
from coursepack.registrar import archive, edition
from tests.cli.test_build import run
from tests.samples import PNG
from tests.shared import small
from tests.test_folder import KK, declare, table, told, understood, write

Members = dict[str, bytes]


def lecture(number: int, title: str) -> bytes:
    return f"{number}-дәріс. {title}\n\n{KK}{KK}{title}.\n".encode()


def packed(members: Members) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def by_old_windows(members: Members) -> bytes:
    """As archivers of Cyrillic Windows pack: names in CP866, without the flag of UTF-8."""
    local, central = b"", b""
    for name, data in members.items():
        raw = name.encode("cp866")
        fields = (20, 0, 0, 0, 33, zlib.crc32(data), len(data), len(data), len(raw), 0)
        central += struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *fields, 0, 0, 0, 0, len(local)) + raw
        local += struct.pack("<4s5H3L2H", b"PK\x03\x04", *fields) + raw + data
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(members), len(members), len(central), len(local), 0)
    return local + central + end


def lectures(course: Course) -> list[str | None]:
    return [session.title for _, session in course.sessions() if session.kind == "lecture"]


@pytest.fixture(autouse=True)
def _temporary(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("temporary")))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    at = tmp_path / "биология"
    write(at / "Дәріс 1.txt", lecture(1, "Жасуша"))
    inner = packed({"Дәріс 4.txt": lecture(4, "Рибосома")})
    write(
        at / "қалғаны.zip",
        packed(
            {
                "Дәрістер/Дәріс 1 (көшірме).txt": lecture(1, "Жасуша"),
                "Дәрістер/Дәріс 2.txt": lecture(2, "Ядро"),
                "Дәрістер/дәріс 3.md": f"# 3-дәріс. Мембрана\n\n{KK}\n\n![сурет](img/a.png)\n".encode(),
                "Дәрістер/img/a.png": PNG,
                "тағы.zip": inner,
                "лекция.mp4": b"x",
                "__MACOSX/._Дәріс 2.txt": b"x",
                "~$ріс 2.docx": b"x",
            }
        ),
    )
    return at


IN_IT = {
    "қалғаны.zip/Дәрістер/Дәріс 2.txt": ("source", "lecture"),
    "қалғаны.zip/Дәрістер/дәріс 3.md": ("source", "lecture"),
    "қалғаны.zip/тағы.zip/Дәріс 4.txt": ("source", "lecture"),
}


def test_members_are_read_as_files_of_a_folder_and_each_is_accounted_for(course: Path) -> None:
    found = understood(course)
    opened = ("opened", "an archive: each file in it is reported separately")
    assert table(found) == IN_IT | {
        "Дәріс 1.txt": ("source", "lecture"),
        "қалғаны.zip": opened,
        "қалғаны.zip/тағы.zip": opened,
        "қалғаны.zip/лекция.mp4": ("unread", "a film"),
        "қалғаны.zip/Дәрістер/Дәріс 1 (көшірме).txt": ("same", "is identical to Дәріс 1.txt"),
        "қалғаны.zip/Дәрістер/img/a.png": ("used", "used by қалғаны.zip/Дәрістер/дәріс 3.md"),
    }
    assert found.account is not None
    assert found.account.system == 2
    assert lectures(found.course) == ["Жасуша", "Ядро", "Мембрана", "Рибосома"]
    assert [source.file for source in found.course.sources] == ["Дәріс 1.txt", *IN_IT]
    assert len(found.assets.data) == 1


def test_a_course_of_an_archive_is_declared_built_archived_and_built_again(course: Path, tmp_path: Path) -> None:
    assert run("init", course).returncode == 0
    (loaded,) = discovery.find_projects([course])
    assert [entry.file for entry in loaded.project.source] == ["Дәріс 1.txt", *IN_IT]
    made = run("build", course, "-f", "cc13", "-o", tmp_path / "out")
    assert made.returncode == 0, made.stderr
    assert tempfile.gettempdir() not in made.stderr
    (built,) = (tmp_path / "out").iterdir()
    assert tempfile.gettempdir().encode() not in (built / "build-report.json").read_bytes()
    bag = archive.archive(built, tmp_path / "bags", edition.Registered(), [course]).path
    kept = sorted(path.relative_to(bag / "data/sources").as_posix() for path in bag.rglob("data/sources/**/*.*"))
    assert kept == ["course.toml", "Дәріс 1.txt", "қалғаны.zip"]
    assert run("verify", bag, "--rebuild").returncode == 0


def test_an_archive_alone_is_a_course(course: Path) -> None:
    (loaded,) = discovery.find_projects([course / "қалғаны.zip"])
    assert loaded.project.title == "қалғаны"
    assert "қалғаны.zip/Дәрістер/Дәріс 2.txt" in [entry.file for entry in loaded.project.source]
    write(course / "photos.zip", packed({"a.png": PNG}))
    with pytest.raises(CoursepackError, match=r"photos\.zip.*an archive without documents"):
        discovery.find_projects([course / "photos.zip"])


def test_a_member_that_is_not_listed_is_told(course: Path) -> None:
    declare(course, ("Дәріс 1.txt", "lecture"), ("қалғаны.zip/Дәрістер/Дәріс 2.txt", "lecture"))
    rows = [row[:3] for row in told(understood(course)) if row[1] == "project-file-unlisted"]
    assert rows == [
        ("warning", "project-file-unlisted", "қалғаны.zip/Дәрістер/дәріс 3.md"),
        ("warning", "project-file-unlisted", "қалғаны.zip/тағы.zip/Дәріс 4.txt"),
    ]
    declare(course, ("Дәріс 1.txt", "lecture"), more='[files]\nignore = ["Қалғаны.ZIP"]\n')
    assert table(understood(course))["қалғаны.zip"][0] == "ignored"
    declare(course, ("Дәріс 1.txt", "lecture"), ("қалғаны.zip/Дәріс 9.txt", "lecture"))
    with pytest.raises(CoursepackError, match=r"'қалғаны\.zip/Дәріс 9\.txt' is not read: there is no such file"):
        discovery.find_projects([course])


def test_names_of_cyrillic_windows_are_read(tmp_path: Path) -> None:
    write(tmp_path / "a.zip", by_old_windows({"Лекции/Лекция 1.txt": "Лекция 1. Клетка\n\nТекст лекции.\n".encode()}))
    found = understood(tmp_path)
    assert [name for name, (fate, _) in table(found).items() if fate == "source"] == ["a.zip/Лекции/Лекция 1.txt"]
    assert lectures(found.course) == ["Клетка"]


def test_a_folder_that_is_called_as_an_archive_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "a.zip" / "Дәріс 1.txt", lecture(1, "Жасуша"))
    assert table(understood(tmp_path)) == {"a.zip/Дәріс 1.txt": ("source", "lecture")}


# --- who made it is nobody we know --------------------------------------------------------------------------------


def _hostile() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("Дәріс 1.txt", lecture(1, "Жасуша"))
        for name in (
            "../out.txt",
            "/abs.txt",
            "C:/c.txt",
            "a\\b.txt",
            "con.txt",
            "x\u2028.txt",
            "ДӘРІС 1.TXT",
            "n" * 256,
        ):
            made.writestr(name, b"x")
        made.writestr("Дәріс 1.txt/below.txt", b"x")
        link = zipfile.ZipInfo("link.txt")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    return out.getvalue()


def test_nothing_leaves_the_folder_and_every_refusal_is_told(tmp_path: Path) -> None:
    write(tmp_path / "c" / "a.zip", _hostile())
    found = understood(tmp_path / "c")
    left = {name: why for name, (fate, why) in table(found).items() if fate == "left-out"}
    alike = "on some systems {!r} and 'Дәріс 1.txt' are one file"
    assert left == {
        "a.zip/../out.txt": "member path is not safe: '..', '.' or an empty part in it",
        "a.zip//abs.txt": "member path is not safe: absolute",
        "a.zip/C:/c.txt": "member path is not safe: absolute",
        "a.zip/a\\b.txt": "member path is not safe: a backslash",
        "a.zip/con.txt": "this file name cannot be used in a course: Windows keeps the name 'con.txt' for a device",
        "a.zip/x\u2028.txt": "this file name cannot be used in a course: "
        "a control character or half a letter in 'x\\u2028.txt'",
        f"a.zip/{'n' * 256}": "this file name cannot be used in a course: a "
        f"name is longer than 255 bytes ('{'n' * 40}'…)",
        "a.zip/ДӘРІС 1.TXT": alike.format("ДӘРІС 1.TXT"),
        "a.zip/Дәріс 1.txt/below.txt": alike.format("Дәріс 1.txt/below.txt"),
        "a.zip/link.txt": "a link or a special file",
    }
    assert {row[1] for row in told(found, "project-left-out")} == {"project-left-out"}
    assert lectures(found.course) == ["Жасуша"]
    written = [path for path in Path(tempfile.gettempdir()).rglob("*") if path.is_file()]
    assert [path.name for path in written] == ["Дәріс 1.txt"]
    assert not any(path.is_symlink() for path in Path(tempfile.gettempdir()).rglob("*"))


def _reason(folder: Path) -> tuple[str, str]:
    write(folder / "a.txt", lecture(1, "Жасуша"))
    declare(folder, ("a.txt", "lecture"))
    return table(understood(folder))["a.zip"]


def test_a_bomb_is_named_and_nothing_of_it_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "c" / "a.zip", packed({"Дәріс 1.txt": bytes(300 * 2**20)}))
    fate, why = _reason(tmp_path / "c")
    assert fate == "unread"
    assert re.fullmatch("an archive that cannot be opened: [0-9]+ bytes that unpack to 314572800", why)
    monkeypatch.setenv(limits.VARIABLE, "unpacked-bytes=1000")
    write(tmp_path / "d" / "a.zip", packed({f"{n}.txt": os.urandom(400) for n in range(3)}))
    assert _reason(tmp_path / "d") == (
        "unread",
        "an archive that cannot be opened: unpacks to more than 1000 bytes",
    )
    assert [path for path in Path(tempfile.gettempdir()).rglob("*") if path.is_file()] == []


def test_archives_in_an_archive_share_its_budget_and_go_no_deeper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(limits.VARIABLE, "unpacked-bytes=3000")
    inner = packed({"a.txt": lecture(1, "Жасуша") + os.urandom(1).hex().encode() * 500})
    write(tmp_path / "c" / "a.zip", packed({"1.zip": inner, "2.zip": inner}))
    write(tmp_path / "c" / "z.txt", lecture(2, "Ядро"))
    declare(tmp_path / "c", ("z.txt", "lecture"))
    found = table(understood(tmp_path / "c"))
    assert found["a.zip/1.zip"][0] == "opened"
    assert found["a.zip/2.zip"] == (
        "unread",
        "an archive that cannot be opened: unpacks to more than 3000 bytes",
    )
    monkeypatch.delenv(limits.VARIABLE)
    data = packed({"deep.txt": lecture(1, "Жасуша")})
    for _ in range(3):
        data = packed({"x.zip": data})
    write(tmp_path / "d" / "a.zip", data)
    write(tmp_path / "d" / "z.txt", lecture(2, "Ядро"))
    declare(tmp_path / "d", ("z.txt", "lecture"))
    assert table(understood(tmp_path / "d"))["a.zip/x.zip/x.zip/x.zip"] == (
        "unread",
        "an archive that cannot be opened: lies in 3 archives already",
    )


def test_what_is_encrypted_or_damaged_is_told_by_name(tmp_path: Path) -> None:
    data = bytearray(packed({"Дәріс 1.txt": lecture(1, "Жасуша"), "Дәріс 2.txt": lecture(2, "Ядро")}))
    second = data.index(b"PK\x03\x04", 4)
    data[second + 60] ^= 0xFF  # a byte of the second member
    write(tmp_path / "c" / "a.zip", bytes(data))
    found = understood(tmp_path / "c")
    assert lectures(found.course) == ["Жасуша"]
    fate, why = table(found)["a.zip/Дәріс 2.txt"]
    assert fate == "left-out"
    assert why.startswith("damaged member: ")
    locked = bytearray(packed({"Дәріс 1.txt": lecture(1, "Жасуша")}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    write(tmp_path / "d" / "a.zip", bytes(locked))
    assert _reason(tmp_path / "d") == ("unread", "an archive that cannot be opened: encrypted")


def test_members_that_share_bytes_are_not_believed(tmp_path: Path) -> None:
    one = by_old_windows({"a.txt": lecture(1, "A")})
    at = one.index(b"PK\x01\x02")
    entry, end = one[at:-22], one[-22:]
    fields = list(struct.unpack("<4s4H2LH", end))
    fields[3] = fields[4] = 2
    fields[5] *= 2
    write(tmp_path / "a.zip", one[:at] + entry + entry.replace(b"a.txt", b"b.txt") + struct.pack("<4s4H2LH", *fields))
    fate, why = _reason(tmp_path)
    assert (fate, why) == ("unread", "an archive that cannot be opened: shares bytes with 'a.txt'")


def test_an_archive_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("links need a right there")
    write(tmp_path / "far.zip", packed({"Дәріс 1.txt": lecture(1, "Жасуша")}))
    at = tmp_path / "c"
    at.mkdir()
    (at / "a.zip").symlink_to(tmp_path / "far.zip")
    write(at / "b.txt", lecture(2, "Ядро"))
    declare(at, ("b.txt", "lecture"))
    assert table(understood(at))["a.zip"] == ("left-out", "it is a link")
    assert table(understood(at, follow_links=True))["a.zip"][0] == "opened"


def test_the_temporary_folder_ends_with_the_run(course: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    environment = {**os.environ, "TMPDIR": str(scratch), "TEMP": str(scratch), "TMP": str(scratch)}
    command = [sys.executable, "-m", "coursepack", "inspect", str(course)]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert list(scratch.iterdir()) == []


def test_an_archive_is_unpacked_once(course: Path) -> None:
    (loaded,) = discovery.find_projects([course])
    first = unpacked.opened(course / "қалғаны.zip")
    build.understand(loaded)
    assert unpacked.opened(course / "қалғаны.zip") is first


def test_papers_that_lie_in_a_backup_of_our_own_are_no_new_documents(tmp_path: Path) -> None:
    """Neither for ``init`` nor, once its course.toml stands, for any later command."""
    again = tmp_path / "again"
    again.mkdir()
    formats = ("-f", "moodle-backup", "-f", "syllabus", "-f", "course-set")
    assert run("build", small(tmp_path), *formats, "-o", tmp_path / "out").returncode == 0
    (again / "kurs.mbz").write_bytes((tmp_path / "out" / "kurs" / "kurs.mbz").read_bytes())
    assert run("init", again).returncode == 0
    done = run("inspect", again)
    assert "not listed" not in done.stdout + done.stderr
    papers = [line for line in done.stdout.splitlines() if ".docx" in line]
    assert len(papers) == 2
    assert all("a paper that coursepack printed of the course" in line for line in papers)
