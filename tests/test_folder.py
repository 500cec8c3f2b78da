"""No file in the folder of a course is passed over in silence: exact tables of made-up folders."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from coursepack import build, discovery, folder, limits
from coursepack.outline import Understood
from coursepack.place import CoursepackError
from coursepack.registrar import archive, edition
from tests.cli.test_build import run
from tests.outline.documents import Word
from tests.readers.pdf_maker import Word as Letters
from tests.readers.pdf_maker import make
from tests.samples import PNG

KK = "Жасуша барлық тірі ағзалардың құрылымдық және қызметтік бірлігі болып табылады, оны цитология зерттейді. "
TOML = 'id = "c"\ntitle = "Биология"\nlanguage = "kk"\n'
LINKS = sys.platform != "win32"


def lecture(path: Path, title: str, number: int | None = None) -> None:
    """A lecture that says its number, or not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    head = f"{number}-дәріс. {title}" if number else title
    Word().p(f"**{head}**").p(KK * 2, f"{KK}{title}.").save(path)


def write(path: Path, data: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def declare(at: Path, *files: tuple[str, str], more: str = "") -> None:
    listed = "".join(f'[[source]]\nfile = "{file}"\nrole = "{role}"\n' for file, role in files)
    (at / "course.toml").write_text(TOML + listed + more, encoding="utf-8")


def understood(at: Path, *, follow_links: bool = False) -> Understood:
    (loaded,) = discovery.find_projects([at], follow_links=follow_links)
    return build.understand(loaded)


def table(found: Understood) -> dict[str, tuple[str, str]]:
    assert found.account is not None
    return {row.file: (row.fate, row.why) for row in found.account.files}


def told(found: Understood, *rooms: str) -> list[tuple[str, str, str, str]]:
    return [
        (finding.severity, finding.code, str(finding.place), finding.message)
        for finding in found.findings
        if finding.code.startswith(rooms or ("project-file", "project-pattern", "project-folder"))
    ]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The folder of a lecturer: lectures and a seminar by folders, slides, an old test, an archive, litter."""
    at = tmp_path / "биология"
    for number, title in ((1, "Жасуша"), (2, "Ядро"), (3, "Мембрана"), (5, "Рибосома")):
        lecture(at / "Дәрістер" / f"Дәріс {number}.docx", title, number)
    lecture(at / "Дәрістер" / "Дәріс 6.docx", "Гольджи аппараты")
    shutil.copy(at / "Дәрістер" / "Дәріс 1.docx", at / "Дәрістер" / "Дәріс 1 (көшірме).docx")
    (at / "7-апта").mkdir()
    Word().p("Семинар жоспары").p("1. Жасуша неден тұрады?").save(at / "7-апта" / "Семинар.docx")
    for name in ("Презентациялар/Дәріс 1.key", "Презентациялар/Дәріс 4.key", "Тесттер/тест.numbers"):
        write(at / name)
    write(at / "архив.rar")
    for name in ("~$ріс 1.docx", ".DS_Store", "Thumbs.db", "desktop.ini", ".git/config", "__MACOSX/a.docx"):
        write(at / name)
    write(at / "сурет.png", PNG)
    write(at / "бос.docx", b"")
    write(at / "бағалар.csv", "Аты,Балл\nАсан,5\n".encode())
    write(at / "chem101.exe")
    return at


ARCHIVE = "an archive"
LISTED = {
    "7-апта/Семинар.docx": ("source", "seminar-plan"),
    "Дәрістер/Дәріс 1.docx": ("source", "lecture"),
    "Дәрістер/Дәріс 2.docx": ("source", "lecture"),
    "Дәрістер/Дәріс 3.docx": ("source", "lecture"),
    "Дәрістер/Дәріс 5.docx": ("source", "lecture"),
    "Дәрістер/Дәріс 6.docx": ("source", "lecture"),
}
BESIDE = {
    "chem101.exe": ("other", "no reader for '.exe'"),
    "Дәрістер/Дәріс 1 (көшірме).docx": ("same", "is identical to Дәрістер/Дәріс 1.docx"),
    "Презентациялар/Дәріс 1.key": ("unread", "slides"),
    "Презентациялар/Дәріс 4.key": ("unread", "slides"),
    "Тесттер/тест.numbers": ("unread", "a spreadsheet in a format that cannot be read"),
    "архив.rar": ("unread", ARCHIVE),
    "бағалар.csv": ("other", "holds no questions"),
    "сурет.png": ("other", "a picture that no document uses"),
}


def test_a_folder_with_its_subfolders_is_one_course_and_every_file_is_accounted_for(course: Path) -> None:
    found = understood(course)
    empty = {"бос.docx": ("left-out", "the file is empty, expected a document")}
    assert table(found) == LISTED | BESIDE | empty
    assert list(table(found)) == sorted(table(found))
    assert found.account is not None
    assert (found.account.system, found.account.more) == (6, False)
    assert told(found) == [
        ("note", "project-file-other", "chem101.exe", "not read: no reader for '.exe'"),
        (
            "note",
            "project-file-same",
            "Дәрістер/Дәріс 1 (көшірме).docx",
            "not read: is identical to Дәрістер/Дәріс 1.docx",
        ),
        ("warning", "project-file-unread", "Презентациялар/Дәріс 1.key", "not read: slides"),
        ("warning", "project-file-unread", "Презентациялар/Дәріс 4.key", "not read: slides"),
        (
            "warning",
            "project-file-unread",
            "Тесттер/тест.numbers",
            "not read: a spreadsheet in a format that cannot be read",
        ),
        ("warning", "project-file-unread", "архив.rar", f"not read: {ARCHIVE}"),
        ("note", "project-file-other", "бағалар.csv", "not read: holds no questions"),
        ("note", "project-file-other", "сурет.png", "not read: a picture that no document uses"),
    ]
    assert [(place, message) for _, _, place, message in told(found, "project-left-out")] == [
        ("бос.docx", "left out: the file is empty, expected a document")
    ]


def test_what_is_missing_names_the_file_that_probably_holds_it(course: Path) -> None:
    missing = {f.message: f.advice for f in understood(course).findings if f.code == "outline-not-found"}
    assert missing["looked for and not found: lecture 4"] == "perhaps in Презентациялар/Дәріс 4.key, not read"
    assert missing["looked for and not found: exam questions"] == "perhaps in Тесттер/тест.numbers, not read"
    assert missing["looked for and not found: independent work"] == ""


def test_the_text_of_a_lecture_is_perhaps_in_a_file_that_is_not_listed(tmp_path: Path) -> None:
    made = Word().p("Дәріс тақырыптары")
    made.table([["№", "Тақырып", "Сағат"], *([str(n), t, "1"] for n, t in enumerate(("Жасуша", "Ядро", "Ет"), 1))])
    made.save(tmp_path / "жоспар.docx")
    lecture(tmp_path / "Дәріс 1.docx", "Жасуша", 1)
    lecture(tmp_path / "Дәріс 2.docx", "Ядро", 2)
    lecture(tmp_path / "chem3.docx", "Басқа нәрсе")
    write(tmp_path / "Семинар 3.key")
    declare(tmp_path, ("жоспар.docx", "syllabus"), ("Дәріс 1.docx", "lecture"))
    missing = {f.message: f.advice for f in understood(tmp_path).findings if f.code == "outline-not-found"}
    assert missing["looked for and not found: text of lecture 2, 3"] == "perhaps in Дәріс 2.docx, not read"


def test_init_proposes_sources_of_subfolders_and_names_the_rest(course: Path) -> None:
    done = run("init", course)
    assert done.returncode == 0, done.stderr
    proposed = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert proposed[1:3] == [
        "7-апта/Семинар.docx seminar-plan, week 7 its heading names a plan of classes",
        "Дәрістер/Дәріс 1.docx lecture it is one lecture with its parts",
    ]
    assert "Дәрістер/Дәріс 6.docx lecture 6 its name says so (Дәрістер/Дәріс 6.docx)" in proposed
    assert "(6 files) skipped temporary and system files and folders" in proposed
    slides = "Презентациялар/Дәріс 4.key skipped: unknown format slides: export them as PPTX or PDF"
    assert slides in proposed
    (loaded,) = discovery.find_projects([course])
    entries = {entry.file: (entry.role, entry.number, entry.week) for entry in loaded.project.source}
    assert {name: entry[0] for name, entry in entries.items()} == {name: role for name, (_, role) in LISTED.items()}
    numbered = {name: entry[1:] for name, entry in entries.items() if entry[1:] != (None, None)}
    assert numbered == {"7-апта/Семинар.docx": (None, 7), "Дәрістер/Дәріс 6.docx": (6, None)}


def test_a_listed_course_builds_and_reports_every_file(course: Path) -> None:
    declare(course, *((name, role) for name, (_, role) in LISTED.items() if name != "Дәрістер/Дәріс 5.docx"))
    first = run("build", course, "-f", "cc13", "-o", course / "output")
    assert first.returncode == 0, first.stderr
    assert "Дәрістер/Дәріс 5.docx: warning: not read: no [[source]] of course.toml names it" in first.stderr
    assert 'with this file and role = "lecture", or ignore it ([files] of course.toml)' in first.stderr
    report = json.loads((course / "output" / "c" / "build-report.json").read_bytes())
    unlisted = {"Дәрістер/Дәріс 5.docx": ("unlisted", "no [[source]] of course.toml names it")}
    expected = LISTED | BESIDE | unlisted | {"бос.docx": ("left-out", "it is empty")}
    assert {row["file"]: (row["fate"], row["why"]) for row in report["files"]} == expected
    again = run("build", course, "-f", "cc13", "-o", course / "output")  # the first build lies in the folder now
    assert json.loads((course / "output" / "c" / "build-report.json").read_bytes()) == report
    assert again.stderr == first.stderr
    shown = json.loads(run("inspect", course, "--files", "--json").stdout)
    assert (shown["system"], shown["unused"]) == (6, [])
    built = {"file": "output/c/", "fate": "built", "why": "what coursepack built"}
    assert [row for row in shown["files"] if row != built] == report["files"]
    assert built in shown["files"]


def test_what_is_settled_is_silent(course: Path) -> None:
    more = '[files]\nignore = ["*.KEY", "Тесттер/", "архив.rar", "бос.*", "*.mp4", "Дәріс 1.docx"]\n'
    declare(course, *((name, role) for name, (_, role) in LISTED.items()), more=more)
    found = understood(course)
    assert [row for row in told(found) if row[0] == "warning"] == [
        (
            "warning",
            "project-pattern-unused",
            "course.toml",
            f"[files] ignore = {pattern!r} matches no file that is not read as a source",
        )
        for pattern in ("*.mp4", "Дәріс 1.docx")
    ]
    ignored = {name for name, (fate, _) in table(found).items() if fate == "ignored"}
    assert ignored == {
        "Презентациялар/Дәріс 1.key",
        "Презентациялар/Дәріс 4.key",
        "Тесттер/",
        "архив.rar",
        "бос.docx",
    }
    shown = [" ".join(line.split()) for line in run("inspect", course, "--files").stdout.splitlines()]
    assert "(2 files) ignored matches '*.KEY' of [files] ignore in course.toml" in shown


def test_the_account_changes_no_product_and_no_archive(course: Path, tmp_path: Path) -> None:
    declare(course, *((name, role) for name, (_, role) in LISTED.items()))
    alone = tmp_path / "alone"
    for name in ("course.toml", *LISTED):
        write(alone / name, (course / name).read_bytes())
    for at in (course, alone):
        assert run("build", at, "-o", tmp_path / f"out-{at.name}").returncode == 0
    products = [tmp_path / f"out-{at.name}" / "c" for at in (course, alone)]
    names = sorted(path.name for path in products[1].iterdir() if path.is_file())
    assert names == sorted(path.name for path in products[0].iterdir() if path.is_file())
    differ = [name for name in names if (products[0] / name).read_bytes() != (products[1] / name).read_bytes()]
    assert differ == ["SHA256SUMS", "build-report.json"]
    bag = archive.archive(products[0], tmp_path / "bags", edition.Registered(), [course]).path
    kept = sorted(path.relative_to(bag / "data/sources").as_posix() for path in bag.rglob("data/sources/**/*.*"))
    assert kept == sorted(["course.toml", *LISTED])
    assert run("verify", bag, "--rebuild").returncode == 0


def test_pictures_of_a_markdown_text_are_used(tmp_path: Path) -> None:
    for name in ("pic/a.png", "pic/b c.png", "pic/d.png"):
        write(tmp_path / name, PNG)
    text = f"# 1-дәріс. Жасуша\n\n{KK}\n\n![x](pic/a.png) ![y](<pic/b c.png>)\n"
    write(tmp_path / "дәріс.md", text.encode())
    declare(tmp_path, ("дәріс.md", "lecture"))
    assert table(understood(tmp_path)) == {
        "pic/a.png": ("used", "by дәріс.md"),
        "pic/b c.png": ("used", "by дәріс.md"),
        "pic/d.png": ("other", "a picture that no document uses"),
        "дәріс.md": ("source", "lecture"),
    }


def test_of_one_document_in_two_formats_the_better_is_read(tmp_path: Path) -> None:
    lines = [
        ["1-lecture.", "Cells"],
        ["All", "living", "things", "are", "made"],
        ["of", "cells", "and", "of", "cells."],
    ]
    Word().p(" ".join(lines[0])).p(" ".join(lines[1] + lines[2])).save(tmp_path / "lecture1.docx")
    page = [Letters(word, 72 + 60 * x, 700 - 20 * y) for y, line in enumerate(lines) for x, word in enumerate(line)]
    write(tmp_path / "lecture1.pdf", make([page]))
    other = [Letters(word, 72 + 60 * x, 700) for x, word in enumerate(["Lecture", "2.", "Slides", "only"])]
    lecture(tmp_path / "lecture2.docx", "Ядро", 2)
    write(tmp_path / "lecture2.pdf", make([other]))
    found = table(understood(tmp_path))
    assert {name: fate for name, (fate, _) in found.items()} == {
        "lecture1.docx": "source",
        "lecture1.pdf": "twin",
        "lecture2.docx": "source",
        "lecture2.pdf": "source",
    }
    assert found["lecture1.pdf"][1] == "holds the text of lecture1.docx, which is read"
    declare(tmp_path, ("lecture1.docx", "lecture"), ("lecture2.docx", "lecture"))
    assert table(understood(tmp_path))["lecture2.pdf"] == (
        "twin",
        "perhaps another format of lecture2.docx, which is read",
    )


def test_of_files_with_the_same_bytes_one_that_can_be_read_is_read(tmp_path: Path) -> None:
    at = tmp_path / "c"
    for name in ("a.pdf", "b.txt", "c.txt"):
        write(at / name, "Лекция 1. Клетка\n\nТекст лекции.\n".encode())
    found = understood(at)
    assert table(found) == {
        "a.pdf": ("left-out", "not a PDF (it does not begin with %PDF-)"),
        "b.txt": ("source", "lecture"),
        "c.txt": ("same", "is identical to b.txt"),
    }


def test_numbers_of_topics_count_where_no_topic_holds_two_of_a_kind(tmp_path: Path) -> None:
    for number in (1, 2):
        lecture(tmp_path / f"Тема {number}" / "Лекция.docx", f"Ядро {'аб'[number - 1]}")
    (loaded,) = discovery.find_projects([tmp_path])
    assert [(entry.role, entry.number) for entry in loaded.project.source] == [("lecture", 1), ("lecture", 2)]
    lecture(tmp_path / "Тема 1" / "Лекция тағы.docx", "Ет")
    (loaded,) = discovery.find_projects([tmp_path])
    assert [entry.number for entry in loaded.project.source] == [None, None, None]


def test_the_content_has_the_last_word(tmp_path: Path) -> None:
    lecture(tmp_path / "Лекции" / "Лекция 9.docx", "Ядро", 2)
    made = Word().p("Семинар 1. Жасуша").p("1. Жасуша неден тұрады?").p("2. Ядро не істейді?")
    made.p("Семинар 2. Ядро").p("1. Ядро неден тұрады?").p("2. Ядро не істейді?")
    made.save(tmp_path / "Лекции" / "план.docx")
    (loaded,) = discovery.find_projects([tmp_path])
    assert [(entry.file, entry.role, entry.number) for entry in loaded.project.source] == [
        ("Лекции/Лекция 9.docx", "lecture", None),
        ("Лекции/план.docx", "seminar-plan", None),
    ]


def test_a_course_inside_a_course_is_named(tmp_path: Path) -> None:
    lecture(tmp_path / "a.docx", "Жасуша", 1)
    lecture(tmp_path / "other" / "b.docx", "Ядро", 1)
    declare(tmp_path / "other", ("b.docx", "lecture"))
    done = run("build", tmp_path, "-f", "gift", "-o", tmp_path / "out")
    assert (
        f"{tmp_path}: warning: not read, because they are next to course folders, not inside one: a.docx" in done.stderr
    )
    assert run("init", tmp_path).returncode == 0
    found = understood(tmp_path)
    assert table(found) == {
        "a.docx": ("source", "lecture"),
        "other/": ("apart", "a course of its own, with its course.toml"),
        "out/c/": ("built", "what coursepack built"),
    }


def test_documents_that_the_call_names_are_no_folder(tmp_path: Path) -> None:
    lecture(tmp_path / "a.docx", "Жасуша", 1)
    write(tmp_path / "b.key")
    assert understood(tmp_path / "a.docx").account is None


def test_an_exported_course_is_no_source_of_another(tmp_path: Path) -> None:
    lecture(tmp_path / "a.docx", "Жасуша", 1)
    assert run("export", tmp_path, "-f", "markdown", "-o", tmp_path).returncode == 0
    (exported,) = tmp_path.glob("*.md")
    assert table(understood(tmp_path))[exported.name] == ("built", "a whole course that coursepack exported")


def test_a_course_json_uses_its_pictures(tmp_path: Path) -> None:
    write(tmp_path / "c" / "p.png", PNG)
    write(tmp_path / "c" / "дәріс.md", f"# 1-дәріс. Жасуша\n\n{KK}\n\n![x](p.png)\n".encode())
    assert run("export", tmp_path / "c", "-f", "json", "-o", tmp_path / "e").returncode == 0
    (picture,) = (tmp_path / "e" / "assets").iterdir()
    write(tmp_path / "e" / "slides.key")
    found = table(understood(tmp_path / "e"))
    assert (found[f"assets/{picture.name}"], found["slides.key"]) == (("used", "by c.json"), ("unread", "slides"))


# --- broken folders -----------------------------------------------------------------------------------------------


@pytest.mark.skipif(not LINKS, reason="links and pipes need POSIX")
def test_links_pipes_and_loops(tmp_path: Path) -> None:
    at, elsewhere = tmp_path / "c", tmp_path / "elsewhere"
    lecture(at / "a.docx", "Жасуша", 1)
    lecture(elsewhere / "secret.docx", "Құпия", 2)
    declare(at, ("a.docx", "lecture"))
    (at / "loop").symlink_to(at)
    (at / "out").symlink_to(elsewhere)
    (at / "b.docx").symlink_to(elsewhere / "secret.docx")
    (at / "gone.key").symlink_to("nowhere")
    os.mkfifo(at / "p.docx")
    os.mkfifo(at / "p.key")
    link, pipe = ("left-out", "it is a link"), ("left-out", "it is a pipe, expected a file")
    assert table(understood(at)) == {
        "a.docx": ("source", "lecture"),
        **dict.fromkeys(("b.docx", "gone.key", "loop", "out"), link),
        **dict.fromkeys(("p.docx", "p.key"), pipe),
    }
    followed = table(understood(at, follow_links=True))
    assert followed["gone.key"] == ("left-out", "there is no such file")
    assert followed["out/secret.docx"][0] == followed["b.docx"][0] == "unlisted"
    assert followed["loop/"] == ("left-out", "a link to a folder that is looked through anyway")
    assert not [name for name in followed if name.startswith("loop/") and name != "loop/"]


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lecture(tmp_path / "a.docx", "Жасуша", 1)
    lecture(tmp_path / "Жабық" / "b.docx", "Ядро", 2)
    lecture(tmp_path / "c.docx", "Ет", 3)
    declare(tmp_path, ("a.docx", "lecture"))
    scandir, access = os.scandir, os.access

    def closed(path: str | os.PathLike[str]) -> object:
        if os.fspath(path).rstrip("/").endswith("Жабық"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "c.docx" and access(path, mode))
    assert table(understood(tmp_path)) == {
        "a.docx": ("source", "lecture"),
        "c.docx": ("left-out", "it cannot be read (no permission)"),
        "Жабық/": ("left-out", "the folder cannot be read (Permission denied)"),
    }


def test_a_folder_beyond_its_limit_is_told_and_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lecture(tmp_path / "a.docx", "Жасуша", 1)
    declare(tmp_path, ("a.docx", "lecture"))
    for number in range(30):
        write(tmp_path / f"s{number:02}.key")
    monkeypatch.setenv(limits.VARIABLE, "folder-files=20 findings=5")
    found = understood(tmp_path)
    assert [row[1:] for row in told(found)] == [
        *(("project-file-unread", f"s{number:02}.key", "not read: slides") for number in range(5)),
        ("project-file-unread", "None", "13 more files of this kind"),
        (
            "project-folder-large",
            str(tmp_path),
            "the folder holds more than 20 files and folders; the others were not looked at",
        ),
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="such names need POSIX")
def test_odd_names(tmp_path: Path) -> None:
    lecture(tmp_path / "a.docx", "Жасуша", 1)
    declare(tmp_path, ("a.docx", "lecture"))
    long = "ұ" * 120 + ".key"
    for name in ("e\u0301.key", "x\x1b[31m\n.key", long, os.fsdecode(b"\xff.key"), "noending", ".hidden.docx"):
        write(tmp_path / name)
    found = understood(tmp_path)
    assert {name: fate for name, (fate, _) in table(found).items()} == {
        "a.docx": "source",
        **dict.fromkeys(("e\u0301.key", "x\x1b[31m\n.key", long, "\\udcff.key"), "unread"),
        "noending": "other",
    }
    done = run("build", tmp_path, "-f", "cc13", "-o", tmp_path / "out")
    assert (done.returncode, "\x1b" in done.stderr, "\\udcff.key: warning" in done.stderr) == (0, False, True)
    declare(tmp_path, ("a.docx", "lecture"), more='[files]\nignore = ["\u00e9.key"]\n')
    assert table(understood(tmp_path))["e\u0301.key"][0] == "ignored"


def test_a_pattern_is_of_a_name_a_path_or_a_folder() -> None:
    def hit(pattern: str, name: str, *, directory: bool = False) -> bool:
        return folder._matches(name, pattern, folder=directory)

    assert hit("*.key", "a/b/C.KEY")
    assert hit("a/*.key", "a/b.key")
    assert hit("/b.key", "b.key")
    assert hit("a/", "x/a", directory=True)
    assert not hit("a/", "a")
    assert not hit("b/*.key", "a/b/c.key")
    assert not hit("*.ppt", "a.key")


def test_an_empty_pattern_is_refused(tmp_path: Path) -> None:
    declare(tmp_path, more='[files]\nignore = [""]\n')
    with pytest.raises(CoursepackError, match=r"course\.toml:\d+: .*files\.ignore"):
        discovery.find_projects([tmp_path])


def test_what_is_said_of_an_archive(tmp_path: Path) -> None:
    lecture(tmp_path / "a.docx", "Жасуша", 1)
    declare(tmp_path, ("a.docx", "lecture"))
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("1.png", "x")
    with zipfile.ZipFile(tmp_path / "scorm.zip", "w") as archive:
        archive.writestr("imsmanifest.xml", "<manifest/>")
        archive.writestr("index.html", "x")
    write(tmp_path / "broken.zip", b"PK\x03\x04 broken")
    write(tmp_path / "none.zip", b"no archive at all")
    found = table(understood(tmp_path))
    assert {name: row for name, row in found.items() if name != "a.docx"} == {
        "broken.zip": ("unread", "an archive that cannot be opened: not a readable zip: File is not a zip file"),
        "none.zip": ("unread", "an archive that cannot be opened: no archive"),
        "photos.zip": ("other", "an archive without documents"),
        "scorm.zip": ("unread", "an archive that cannot be opened: a package of a learning platform"),
    }


def test_the_folder_that_a_browser_saves_beside_a_page_is_the_page(tmp_path: Path) -> None:
    write(tmp_path / "Дәріс 1.html", f"<h1>1-дәріс. Жасуша</h1><p>{KK}</p><img src='Дәріс 1_files/a.png'>".encode())
    write(tmp_path / "Дәріс 1_files" / "a.png", PNG)
    write(tmp_path / "Дәріс 1_files" / "frame.html", b"<p>advertisement</p>")
    write(tmp_path / "my_files" / "Дәріс 2.html", f"<h1>2-дәріс. Ядро</h1><p>{KK}</p>".encode())
    found = understood(tmp_path)
    assert table(found) == {
        "Дәріс 1.html": ("source", "lecture"),
        "Дәріс 1_files/a.png": ("used", "by Дәріс 1.html"),
        "my_files/Дәріс 2.html": ("source", "lecture"),
    }
    assert found.account is not None
    assert found.account.system == 1
