"""Hostile letters in every place, through every command in every form: nothing but layout reaches the terminal raw."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tarfile
import time
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursepack import cli, visible
from coursepack.cli import show, terminal
from coursepack.model.course_json import decode
from coursepack.place import CoursepackError
from tests.registrar import builds
from tests.samples import everything

EVIL = (
    "\x1b[31;8mred\x1b]0;title\x07\x9b2J\x08\x7f\x85\u202eevil\u2066x\u2069\u200f\u061c\u2028\u200b\ufeff\U000e0041\ue000"
    "##[group]x\r"
)
FORGED = "FORGED: error: all is lost [forged]"
TEXT = f"{EVIL}\n{FORGED}\n::error::y"
NAME = TEXT.replace("/", "") + "\udcff"
# Format characters that are seen: the number signs of Arabic and Syriac, joints of hieroglyphs.
SIGNS = set(
    map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)))
)
SGR = re.compile(r"\x1b\[[\d;]*m")
posix = pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes but NUL and the slash")


def raw(text: str) -> list[str]:
    """What a terminal would obey or not show, by the categories of Unicode."""
    categories = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    return sorted(
        {ascii(c) for c in text if unicodedata.category(c) in categories and c not in "\n\t" and c not in SIGNS}
    )


def assert_fit(text: str) -> None:
    assert raw(text) == []
    for printed in text.splitlines():
        assert not printed.lstrip().startswith(("FORGED", "::")), printed
        assert "##[" not in printed


class Called:
    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Any:
    """The command line in this process, with its streams as bytes."""

    def run(*arguments: str | Path) -> Called:
        monkeypatch.setattr(sys, "argv", ["coursepack", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capfdbinary.readouterr()
        return Called(int(left.value.code or 0), out.decode(), err.decode())

    return run


def hostile(value: Any, key: str = "") -> Any:
    """Every free text of a course's JSON with ``TEXT`` in it."""
    if isinstance(value, dict):
        return {name: hostile(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [hostile(item, key) for item in value]
    free = {"text", "title", "name", "alt", "form", "unit", "term", "head", "place", "publisher", "tags", "category"}
    return value + TEXT if isinstance(value, str) and key in free else value


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a hostile course in every form that a command takes."""
    folder = tmp_path_factory.mktemp("hostile")
    data = hostile(msgspec.to_builtins(everything()))
    (folder / "course.json").write_text(json.dumps(data), "utf-8")
    source = folder / f"course{NAME}"
    source.mkdir()
    (source / f"a{NAME}.md").write_text(
        f"# 1-дәріс. {TEXT}\n\n{TEXT}\n\n| {EVIL} |\n|---|\n\n![{EVIL}](x{EVIL}.png)\n", "utf-8"
    )
    (source / f"b{NAME}.docx").write_bytes(b"PK\x03\x04 no document")
    letters = "".join(letter for letter in EVIL if unicodedata.category(letter) not in {"Cc", "Cs", "Zl", "Zp"})
    for name in (f"a{letters}.md", f"b{letters}.docx"):
        shutil.copy(next(path for path in source.iterdir() if path.name.startswith(name[0] + "\x1b")), source / name)
    gift = f"// {EVIL}\n$CATEGORY: a/{EVIL}\n\n::{EVIL}:: С{EVIL}? {{=а{EVIL} ~б}}\n\n::x:: {{=%zz%а{EVIL}}}\n"
    (folder / f"bank{NAME}.gift").write_text(gift, "utf-8")
    table = f"type;text;options;key;mark;{EVIL}\n{EVIL};x;;;\nessay;{EVIL};;;\nessay;x;;;{EVIL}\n"
    (folder / f"bank{NAME}.csv").write_text(table, "utf-8")
    quiz = f'<quiz><question type="{TEXT}"/><question type="essay"><name><text>{TEXT}</text></name></question></quiz>'
    (folder / f"bank{NAME}.xml").write_text("".join(c for c in quiz if c >= " " or c == "\n"), "utf-8")
    with zipfile.ZipFile(folder / f"package{NAME}.zip", "w") as archive:
        archive.writestr("imsmanifest.xml", f'<manifest identifier="{EVIL}"><a href="'.encode() + b"\xff")
        archive.writestr(f"../{TEXT}", "x")
        archive.writestr(TEXT, "x")
        archive.writestr(TEXT + ".xml", f"<a{EVIL}>")
    with tarfile.open(folder / f"backup{NAME}.mbz", "w:gz", format=tarfile.PAX_FORMAT) as backup:
        for name in ("moodle_backup.xml", f"../{TEXT}", TEXT):
            backup.addfile(tarfile.TarInfo(name))
    return folder


@pytest.fixture(scope="module")
def built(place: Path) -> Path:
    """The hostile course, built and archived."""
    from click.testing import CliRunner

    made = decode((place / "course.json").read_bytes())
    sources = builds.project(place / "sources", made)
    build = builds.build(place / "built" / made.id, sources, made)
    archive = ["archive", str(build), "--to", str(place / "bags"), "--date", "2026-11-20", "--info", f"X={TEXT}"]
    done = CliRunner().invoke(cli.cli, [*archive, "--sources", str(sources)])
    assert done.exit_code == 0, (done.output, done.exception)
    return build


def _named(place: Path, ending: str) -> Path:
    (found,) = (path for path in place.iterdir() if path.name.endswith(ending))
    return found


FORMS: tuple[tuple[str, ...], ...] = ((), ("-v",), ("--json",))


@posix
@pytest.mark.parametrize("form", [*FORMS, ("--sarif",), ("--lms", "moodle")])
@pytest.mark.parametrize("ending", [".zip", ".mbz", ".xml", ".gift", ".csv", "course.json"])
def test_validate(call: Any, place: Path, ending: str, form: tuple[str, ...]) -> None:
    done = call("validate", _named(place, ending), *form)
    assert done.status in {0, 1, 2}
    assert_fit(done.out + done.err)
    assert "coursepack itself failed" not in done.err
    if form in {("--json",), ("--sarif",)} and done.status < 2:
        assert json.loads(done.out)
    if ending in {".zip", ".mbz"} and form != ("--sarif",):
        assert "\\x1b[31;8mred" in done.out.replace("\\u001b", "\\x1b")


@posix
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("what", ["course.json", "course"])
def test_inspect_and_build(call: Any, place: Path, tmp_path: Path, what: str, form: tuple[str, ...]) -> None:
    path = place / "course.json" if what == "course.json" else next(p for p in place.glob("course*") if p.is_dir())
    for arguments in (
        ("inspect", path, "--page", tmp_path / "page.html", *form),
        ("build", path, "-o", tmp_path / f"o{NAME}", *form),
    ):
        done = call(*arguments)
        assert done.status in {0, 1, 2}, done.err
        assert_fit(done.out + done.err)
        assert "coursepack itself failed" not in done.err
        assert re.search(r"\\(x|u00)9b2J", done.out + done.err)
        if form == ("--json",) and done.out:
            assert json.loads(done.out)
    for file in tmp_path.glob("*/*/*.json"):
        assert_fit(file.read_text("utf-8"))


def test_json_gives_the_true_texts_back(call: Any, place: Path) -> None:
    done = call("inspect", place / "course.json", "--json")
    assert decode(done.out.encode()) == decode((place / "course.json").read_bytes())


@posix
@pytest.mark.parametrize("ending", [".gift", ".csv", ".xml"])
@pytest.mark.parametrize("name", ["gift", "aiken", "csv", "xlsx", "moodle-xml"])
def test_convert(call: Any, place: Path, tmp_path: Path, ending: str, name: str) -> None:
    for more in ((), ("--skip-bad", "-v")):
        done = call("convert", _named(place, ending), "-t", name, "-o", tmp_path / f"{name}{len(more)}", *more)
        assert_fit(done.out + done.err)
        assert "coursepack itself failed" not in done.err


@posix
def test_the_other_commands(call: Any, place: Path, built: Path, tmp_path: Path) -> None:
    bags = place / "bags"
    (bag,) = (path for path in bags.iterdir() if path.is_dir())
    info = (bag / "bag-info.txt").read_bytes().decode()
    assert_fit(info)
    assert "X: \\x1b[31;8mred" in info
    for name in ("course.json", "ro-crate-metadata.json"):
        assert_fit((bag / "data" / name).read_bytes().decode())
    other = tmp_path / "bags"
    shutil.copytree(bags, other)
    (harmed,) = (path for path in other.iterdir() if path.is_dir())
    (harmed / f"data/{NAME}").write_text("x")
    tags = (harmed / "bag-info.txt").read_bytes()
    (harmed / "bag-info.txt").write_bytes(tags + f"Course-Code: {EVIL}\n".encode())
    harmed.rename(other / f"bag{NAME}")
    later = tmp_path / "course.json"
    later.write_text((place / "course.json").read_text("utf-8").replace("evil", "good"), "utf-8")
    said = ""
    for arguments in (
        ("verify", bag),
        ("verify", bag, "--json"),
        ("verify", other / f"bag{NAME}"),
        ("verify", other / f"bag{NAME}", "--json"),
        ("verify", tmp_path / f"none{NAME}"),
        ("catalogue", bags),
        ("catalogue", other),
        ("catalogue", other, "--csv"),
        ("diff", place / "course.json", later),
        ("diff", place / "course.json", later, "--json", "--html", tmp_path / "diff.html"),
        ("export", place / "course.json", "-o", tmp_path / f"export{NAME}"),
        ("init", next(p for p in place.glob("course*") if p.is_dir())),
        ("archive", built, "--to", tmp_path / f"to{NAME}"),
        ("archive", tmp_path, "--to", tmp_path / f"to{NAME}"),
        ("templates", "copy", tmp_path / f"templates{NAME}"),
        ("build", place / "course.json", "-f", EVIL),
        ("validate", f"--{TEXT}"),
        (f"{TEXT}",),
        ("--limit", f"{TEXT}=1", "formats"),
    ):
        done = call(*arguments)
        assert_fit(done.out.replace("\r\n", "\n") + done.err)
        assert "coursepack itself failed" not in done.err, arguments
        said += done.out + done.err
        if "--json" in arguments:
            assert json.loads(done.out)
    assert said.count("\\x1b[31;8mred") > 20


@pytest.mark.parametrize("form", [(), ("-v",)])
def test_only_our_own_colours_are_raw_where_there_are_colours(
    call: Any, place: Path, form: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    done = call("inspect", place / "course.json", *form)
    assert "\x1b[1m" in done.out
    assert_fit(SGR.sub("", done.out + done.err))
    assert "\x1b[31" not in done.out


@pytest.mark.parametrize("trace", ["", "1"])
def test_a_fault_of_ours_with_hostile_words(call: Any, monkeypatch: pytest.MonkeyPatch, trace: str) -> None:
    def broken(**_: object) -> None:
        raise ValueError(TEXT)

    monkeypatch.setattr(cli.cli, "main", broken)
    monkeypatch.setitem(os.environ, "COURSEPACK_TRACEBACK", trace)
    done = call("formats")
    assert raw(done.err.replace("\r\n", "\n")) == []
    assert "\\x1b[31;8mred" in done.err
    if not trace:
        assert_fit(done.err)


def test_what_others_write_to_our_streams_is_guarded(capsys: pytest.CaptureFixture[str]) -> None:
    import logging
    import warnings

    with terminal.guarded(), terminal.guarded():
        sys.stderr.write(EVIL)
        warnings.showwarning(EVIL, UserWarning, "x", 1)
        logging.getLogger("bagit").warning(EVIL)
        sys.stdout.writelines([EVIL, "  ::error::x\n"])
        with pytest.raises(AttributeError):
            _ = sys.stdout.buffer
    out, err = capsys.readouterr()
    assert_fit(out)
    assert_fit(err)
    assert not isinstance(sys.stdout, terminal._Guarded)


def test_progress_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with terminal.guarded(), show.progress(quiet=False) as say:
        say(f"writing {TEXT}")
        time.sleep(0.2)
        say("reading [/b] [link=https://a.kz]x[/link]")
        time.sleep(0.2)
    shown = capsys.readouterr().err
    assert "[/b] [link=https://a.kz]x[/link]" in shown
    err = re.sub(r"\x1b\[[?\d;]*[a-zA-Z]|\r", "", shown)
    assert_fit(err)


SHOWN = {
    "\x1b[2J": "\\x1b[2J",
    "a\nb\tc\rd": "a\\nb\\tc\\rd",
    "\x9b\x85": "\\x9b\\x85",
    "abc\u202ecba": "abc\\u202ecba",
    "\udc80": "\\udc80",
    "a\u00adb\u200bc\ufeff": "a\\xadb\\u200bc\\ufeff",
    "\U000e0041\U0010ffff": "\\U000e0041\\U0010ffff",
    "a\u200db x\ufe0f": "a\\u200db x\\ufe0f",
    "::set-output name=x::y": "\\x3a:set-output name=x::y",
    "x ##vso[task.setvariable]": "x \\x23#vso[task.setvariable]",
}
KEPT = (
    "Қазақстан тарихы № 5",
    "a\u00a0b\u202fc",
    "العربية ٪ \u0600",
    "می\u200cخواهم",
    "עברית",
    "क्\u200dष",
    "👩\u200d🏫 ❤\ufe0f 1\ufe0f\u20e3",
    "std::vector ## x",
    "C:\\x1b",
)


@pytest.mark.parametrize("text", SHOWN)
def test_what_is_not_seen_is_shown(text: str) -> None:
    assert visible.line(text) == SHOWN[text]


@pytest.mark.parametrize("text", KEPT)
def test_what_is_seen_stays(text: str) -> None:
    assert visible.line(text) == text
    assert visible.lines(f"\t{text}\r\n{text}\n") == f"\t{text}\r\n{text}\n"


def test_every_letter_of_unicode() -> None:
    """Letters, marks, numbers, signs and spaces stay, but for those that show nothing; nothing of the rest does."""
    unseen = set("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | set(
        map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10)))
    )
    unseen |= set(map(chr, range(0xE0000, 0xE1000)))
    for code in range(sys.maxunicode + 1):
        letter = chr(code)
        category = unicodedata.category(letter)
        if category == "Cn" or letter in SIGNS:
            continue
        hidden = category in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} or letter in unseen
        assert (visible.line("a" + letter) != "a" + letter) == hidden, hex(code)


def test_json_holds_nothing_raw_and_loses_nothing() -> None:
    text = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x11000), *range(0xE0000, 0xE0100)))) + "##[x]"
    made = visible.json({text: [text]}).decode()
    assert raw(made) == []
    assert json.loads(made) == msgspec.json.decode(made) == {text: [text]}


def test_json_of_a_name_that_is_no_text() -> None:
    assert json.loads(visible.json([{"a": "x\udcff"}])) == [{"a": "x\\udcff"}]


def test_sarif_messages_hold_no_link_and_no_placeholder() -> None:
    from coursepack.checks import sarif
    from coursepack.place import Place, error

    written, name = sarif.Log("1"), "a\udcff.zip"
    found = error("x", "see [here](https://a.kz) {0} [b] {c}", Place(name, member="m\x1b"))
    log = json.loads(written.begin() + written.add(name, [found]) + written.end())
    (result,) = log["runs"][0]["results"]
    assert result["message"]["text"] == "see \\[here](https://a.kz) {{0}} [b] {c}"
    assert [made["location"]["uri"] for made in log["runs"][0]["artifacts"]] == ["a%FF.zip", "/m%1B"]


def test_an_error_of_ours_names_the_file_in_one_line(call: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise CoursepackError(TEXT, advice=TEXT)

    monkeypatch.setattr(cli.cli, "main", broken)
    done = call("formats")
    assert done.status == 2
    assert done.err.count("\n") == 1
    assert_fit(done.err)


@posix
def test_the_name_of_a_file_is_no_line_of_a_drafted_course_toml(call: Any, tmp_path: Path) -> None:
    import tomllib

    (tmp_path / 'дәріс\nid = "evil"\n# 1.txt').write_text("1-дәріс. Билік\n\nБилік туралы.\n", "utf-8")
    (tmp_path / "дәріс\u202e 2.txt").write_text("2-дәріс. Билік\n\nБилік туралы.\n", "utf-8")
    done = call("init", tmp_path)
    assert done.status == 0, done.err
    assert 'дәріс\\nid = "evil"\\n# 1.txt: this file name cannot be used in a course: a control character' in done.err
    text = (tmp_path / "course.toml").read_text("utf-8")
    assert_fit(text)
    assert [source["file"] for source in tomllib.loads(text)["source"]] == ["дәріс\u202e 2.txt"]
    (tmp_path / "course.toml").write_text(text.replace("дәріс\\u202e 2.txt", "a\\u001b.txt"), "utf-8")
    done = call("build", tmp_path, "-o", tmp_path / "out")
    assert (done.status, "'source.file' holds a control character" in done.err) == (2, True), done.err


@given(st.text())
def test_a_string_of_toml(text: str) -> None:
    import tomllib

    made = visible.toml(text)
    assert raw(made.replace("\t", "")) == []
    assert tomllib.loads(f"a = {made}") == {"a": text}
