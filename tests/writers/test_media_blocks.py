"""Sounds, films and attached files: every product brings their bytes, plays what browsers play, and nothing runs."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from functools import cache
from pathlib import Path

import msgspec
import pytest
from lxml import etree

from coursepack import readers, writers
from coursepack.checks import check_artifact
from coursepack.files.media import KINDS, kept_ending, kept_name, played
from coursepack.model.artifact import Artifact, Assets, Written
from coursepack.model.blocks import Figure, Media, Paragraph, Run, Table, block_text
from coursepack.model.course import Course, Exam, Session, Week
from coursepack.model.course_json import decode, encode
from coursepack.model.document import Drawing
from coursepack.model.questions import Essay
from coursepack.moodle.question_html import QuestionHtml
from coursepack.place import Severity
from coursepack.readers.attached import attached as from_file
from coursepack.readers.html.blocks import HtmlReader
from coursepack.readers.moodle.xml import read as read_moodle
from coursepack.render.html import HtmlRenderer
from coursepack.render.plain import holds_more, plain
from coursepack.render.policy import policy
from coursepack.writers import Context
from tests.samples import ASSETS, EVERY_BLOCK, FILES, LATER_ASSETS, LATER_MEDIA, PAGE, PNG_ID, attached, later, p

SOUND, FILM, TABLE, PAGE_FILE = LATER_MEDIA
PATHS = {hashlib.sha256(data).hexdigest()[:16]: data for data in (*FILES.values(), PAGE)}
UNPACKED = ["cc11", "cc13", "scorm12", "scorm2004", "scorm2004-3rd"]
PACKAGES = [*UNPACKED, "moodle-xml", "moodle-backup"]


def written(name: str, course: Course, assets: Assets) -> Written:
    writer = writers.load(name)
    return writer.write(course, Context(assets=assets, options=writer.options(), version="0"))


@cache
def made(name: str) -> tuple[Artifact, ...]:
    return written(name, later(), LATER_ASSETS).artifacts


@cache
def members(name: str) -> dict[str, bytes]:
    return {member.path: member.read() for artifact in made(name) for member in artifact.members}


def texts(name: str) -> str:
    """Every member that is a text, its markup as a browser gets it."""
    found = "\n".join(data.decode("utf-8", "replace") for data in members(name).values())
    return html.unescape(html.unescape(found))


# --- packages -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", UNPACKED)
def test_files_lie_in_the_package_to_the_byte(name: str) -> None:
    found = {path: data for path, data in members(name).items() if path.startswith("media/")}
    assert sorted(found.values()) == sorted(PATHS.values())
    endings = {data: path.rpartition(".")[2] for path, data in found.items()}
    assert [endings[data] for data in (*FILES.values(), PAGE)] == ["mp3", "mp4", "csv", "bin"]


@pytest.mark.parametrize("name", PACKAGES)
def test_browsers_play_what_they_can_and_save_the_rest(name: str) -> None:
    found = texts(name)
    for tag, others in (("audio", "preload"), ("video", "preload")):
        assert re.search(rf'<{tag} controls="controls" {others}="metadata" src="[^"]+"[^>]*><a href="', found)
    assert 'download="1-дәріс & «жазба».mp3">1-дәріс & «жазба».mp3</a></audio>' in found
    assert 'download="data.csv">data.csv</a>' in found
    assert not re.search(r"<(?:audio|video)[^>]*><a[^>]*>(?:data\.csv|page\.html)", found)


@pytest.mark.parametrize("name", PACKAGES)
def test_captions_stand_under_files(name: str) -> None:
    found = texts(name)
    tags = ("<br><em>", "</em>") if name.startswith("cc") else ("<figcaption>", "</figcaption>")
    assert f"{tags[0]}Дәрістің жазбасы{tags[1]}" in found
    assert re.search(f"{tags[0]}Деректер (<span>)?<(</span>)?кестесі>{tags[1]}", found)


@pytest.mark.parametrize("name", PACKAGES)
def test_an_attached_page_is_no_page_of_ours(name: str) -> None:
    assert 'download="page.html">page.html</a>' in texts(name)
    addresses = re.findall(r'(?:href|src)="([^"]*)" download="page\.html"', texts(name))
    assert addresses
    assert all(address.endswith(".bin") for address in addresses)
    assert [path for path, data in members(name).items() if data == PAGE and path.endswith(("html", "svg"))] == []


@pytest.mark.parametrize("name", ["cc11", "cc13"])
def test_a_cartridge_names_files_as_resources_that_others_need(name: str) -> None:
    manifest = etree.fromstring(members(name)["imsmanifest.xml"])
    resources = {resource.get("identifier"): resource for resource in manifest.iter("{*}resource")}
    of_path = {resource.get("href"): str(key) for key, resource in resources.items() if resource.get("href")}
    files = sorted(of_path[path] for path in members(name) if path.startswith("media/"))
    lecture = resources[of_path["w01-lecture.html"]]
    assert sorted(str(need.get("identifierref")) for need in lecture.iter("{*}dependency")) == files
    bank = next(resource for key, resource in resources.items() if key == "later-exam-bank")
    assert sorted(str(need.get("identifierref")) for need in bank.iter("{*}dependency")) == files


def test_a_sco_lists_its_files() -> None:
    manifest = etree.fromstring(members("scorm12")["imsmanifest.xml"])
    listed = {file.get("href") for file in manifest.iter("{*}file")}
    assert {path for path in members("scorm12") if path.startswith("media/")} <= listed


def test_moodle_xml_brings_files_and_reads_them_back(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    (data,) = members("moodle-xml").values()
    path.write_bytes(data)
    question = next(q for q in etree.fromstring(data).iter("question") if b"page.html" in etree.tostring(q))
    files = {file.get("name"): base64.b64decode(file.text or "") for file in question.iterfind("questiontext/file")}
    assert files == FILES | {"page.html.bin": PAGE}
    found = read_moodle(path)
    last = list(found.bank.questions())[-1]
    assert last.text == (p("Тыңдаңыз."), *LATER_MEDIA)
    assert last.feedback == LATER_MEDIA
    assert {found.assets.file(block.asset) for block in LATER_MEDIA} == {*FILES.values(), PAGE}
    assert [finding for finding in found.findings if finding.severity is not Severity.NOTE] == []


def test_a_backup_keeps_files_in_the_area_of_their_text() -> None:
    held = members("moodle-backup")
    records = [{leaf.tag: leaf.text for leaf in file} for file in etree.fromstring(held["files.xml"]).iter("file")]
    sounds = [record for record in records if record["filename"] == SOUND.name]
    areas = {(record["component"], record["filearea"]) for record in sounds}
    of_questions = {("question", area) for area in ("questiontext", "generalfeedback", "answer", "answerfeedback")}
    assert areas - of_questions == {("mod_page", "content")}
    assert ("question", "questiontext") in areas
    sha1 = hashlib.sha1(FILES[SOUND.name], usedforsecurity=False).hexdigest()
    assert {record["contenthash"] for record in sounds} == {sha1}
    assert {record["mimetype"] for record in sounds} == {"audio/mpeg"}
    assert held[f"files/{sha1[:2]}/{sha1}"] == FILES[SOUND.name]
    assert {r["mimetype"] for r in records if r["filename"] == "page.html.bin"} == {KINDS["bytes"].type}


def test_two_files_of_one_name_stay_two() -> None:
    one, two = attached("a.csv", b"1", "text/csv"), attached("a.csv", b"2", "text/csv")
    text, files = QuestionHtml(Assets({one.asset: b"1", two.asset: b"2"})).take((one, two, one))
    other = f"a-{two.asset[:16]}.csv"
    assert files == {"a.csv": b"1", other: b"2"}
    assert re.findall('href="@@PLUGINFILE@@/([^"]+)"', text) == ["a.csv", other, "a.csv"]


def test_the_page_policy_lets_a_film_be_no_wider_than_the_page() -> None:
    page = str(HtmlRenderer(file=lambda block: block.name).html((FILM,)))
    allowed = policy("scorm", "", page)
    digest = base64.b64encode(hashlib.sha256(b"max-width: 100%").digest()).decode()
    assert f"'sha256-{digest}'" in allowed
    assert "media-src 'self'" in allowed
    assert f"'sha256-{digest}'" not in policy("scorm", "", "<p>max-width: 100%</p>")


# --- papers and plain texts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["course-set", "exam-tickets"])
def test_papers_say_what_there_is(name: str) -> None:
    found = html.unescape(members(name)["word/document.xml"].decode())
    for line in ("Аудио: 1-дәріс & «жазба».mp3", "Бейне: film.mp4", "Файл: data.csv", "Файл: page.html"):
        assert f">{line}</w:t>" in found
    assert ">Дәрістің жазбасы</w:t>" in found


@pytest.mark.parametrize(
    ("language", "lines"),
    [("ru", ["Аудио: a.mp3", "Видео: a.mp4", "Файл: a.csv"]), ("en", ["Audio: a.mp3", "Video: a.mp4", "File: a.csv"])],
)
def test_papers_say_it_in_their_language(language: str, lines: list[str]) -> None:
    blocks = (
        attached("a.mp3", b"1", "audio/mpeg"),
        attached("a.mp4", b"2", "video/mp4"),
        attached("a.csv", b"3", "text/csv"),
    )
    lecture = Session(id="w01-lecture", kind="lecture", number=1, blocks=blocks)
    course = Course(id="a", title="A", language=language, weeks=(Week(id="w01", number=1, sessions=(lecture,)),))
    (artifact,) = written("course-set", course, Assets()).artifacts
    (document,) = (member.read().decode() for member in artifact.members if member.path == "word/document.xml")
    assert re.findall(r">([^<>]*: a\.[^<>]*)</w:t>", document) == lines


def test_plain_letters_name_the_file_and_keep_the_caption() -> None:
    assert plain(LATER_MEDIA).split("\n") == [
        "[1-дәріс & «жазба».mp3]",
        "Дәрістің жазбасы",
        "[film.mp4]",
        "[data.csv]",
        "Деректер <кестесі>",
        "[page.html]",
    ]
    assert block_text(LATER_MEDIA) == "Дәрістің жазбасы\nfilm.mp4\nДеректер <кестесі>\npage.html"
    assert holds_more(LATER_MEDIA) == ["file"]


@pytest.mark.parametrize(("name", "what"), [("gift", "its files"), ("csv", "its file"), ("xlsx", "its file")])
def test_what_holds_no_files_says_so(name: str, what: str) -> None:
    course = Course(
        id="a", title="A", language="en", exam=Exam(questions=(Essay(id="e-1", number=1, text=(p("Q"), TABLE)),))
    )
    told = [finding.message for finding in written(name, course, LATER_ASSETS).findings]
    assert [message for message in told if "e-1" in message and what in message] != []


# --- captions -----------------------------------------------------------------------------------------------------

CAPTIONED = tuple(block for block in EVERY_BLOCK if isinstance(block, Table | Figure))


def captioned() -> Course:
    lecture = Session(id="w01-lecture", kind="lecture", number=1, title="L", blocks=CAPTIONED)
    question = Essay(id="exam-001", number=1, text=(p("Q"), *CAPTIONED))
    week = Week(id="w01", number=1, sessions=(lecture,))
    return Course(id="a", title="A", language="kk", weeks=(week,), exam=Exam(questions=(question,)))


@pytest.mark.parametrize("name", [*PACKAGES, "gift", "csv", "xlsx", "markdown", "course-set", "exam-tickets"])
def test_captions_of_tables_and_pictures_reach_every_product(name: str) -> None:
    writer = writers.load(name)
    context = Context(assets=ASSETS, options=writer.options(), version="0", questions_per_ticket=1)
    data = b"\n".join(m.read() for artifact in writer.write(captioned(), context).artifacts for m in artifact.members)
    found = html.unescape(data.decode("utf-8", "replace"))
    assert [caption for caption in ("Министрліктер", "1-сурет") if caption not in found] == []


def test_captions_stand_in_plain_letters() -> None:
    first, *_, alt, caption = plain(CAPTIONED).split("\n")
    assert (first, alt, caption) == ("Министрліктер", "[Көк шаршы]", "1-сурет")
    same = Figure(asset=PNG_ID, media_type="image/png", alt="Көк", caption=(Run(text="Көк"),))
    assert plain((same,)) == "[Көк]"


# --- what is not there, and who says otherwise --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("cc11", "cc-file-missing"),
        ("scorm12", "scorm-file-missing"),
        ("moodle-xml", "moodle-xml-file"),
        ("moodle-backup", "mbz-file-missing"),
        ("markdown", "markdown-file"),
    ],
)
def test_a_file_that_no_document_brought_is_told_by_name(name: str, code: str) -> None:
    done = written(name, later(), Assets())
    told = {finding.message for finding in done.findings if finding.code == code}
    for block in LATER_MEDIA:
        assert any(block.name in message or repr(block.name) in message for message in told), block.name
    assert [str(finding) for artifact in done.artifacts for finding in check_artifact(artifact)] == []
    if name != "markdown":
        found = "".join(m.read().decode("utf-8", "replace") for a in done.artifacts for m in a.members)
        assert "[film.mp4]" in found
        assert "<video" not in html.unescape(html.unescape(found))


def test_html_comes_back() -> None:
    def find(address: str) -> Media | None:
        data = FILES.get(address, PAGE if address == "page.html" else None)
        return None if data is None else from_file(data, address)

    made = str(HtmlRenderer(top=2, file=lambda block: block.name).html(LATER_MEDIA))
    # The address of a page cannot hold blanks: the name stands in ``download``.
    made = html.unescape(re.sub("%[0-9A-F]{2}(?:%[0-9A-F]{2})*", lambda found: _plain(found[0]), made))
    assert HtmlReader(top=2, file=find).blocks(made) == LATER_MEDIA


def _plain(escaped: str) -> str:
    return bytes.fromhex(escaped.replace("%", "")).decode()


@pytest.mark.parametrize("name", ["../a.csv", "a/b.csv", "a\\b.csv", "", ".htaccess", "a\nb", 'a"b.csv', "C:a"])
def test_a_name_with_a_path_is_no_name(name: str) -> None:
    block = msgspec.structs.replace(TABLE, name=name)
    course = later()
    lecture = msgspec.structs.replace(course.weeks[0].sessions[0], blocks=(Paragraph(content=()), block))
    week = msgspec.structs.replace(course.weeks[0], sessions=(lecture,))
    with pytest.raises(msgspec.ValidationError, match=r"own name|Expected `str`"):
        decode(encode(msgspec.structs.replace(course, weeks=(week,))))


# --- the table of kinds -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "ending", "kept"),
    [
        ("a.MP3", ".mp3", "a.MP3"),
        ("a.docx", ".docx", "a.docx"),
        ("a.py", ".bin", "a.py"),
        ("a", ".bin", "a"),
        ("a.php", ".bin", "a.php"),
        ("a.HTM", ".bin", "a.HTM.bin"),
        ("a.svg", ".bin", "a.svg.bin"),
        ("a.svgz", ".bin", "a.svgz.bin"),
        ("a.xml", ".bin", "a.xml.bin"),
        ("a.xsl", ".bin", "a.xsl.bin"),
        ("a.js", ".bin", "a.js.bin"),
        ("a.css", ".bin", "a.css.bin"),
        ("a.mht", ".bin", "a.mht.bin"),
    ],
)
def test_how_an_attached_file_is_kept(name: str, ending: str, kept: str) -> None:
    assert (kept_ending(name), kept_name(name)) == (ending, kept)


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("a.mp3", "audio"),
        ("a.M4A", "audio"),
        ("a.webm", "video"),
        ("a.mov", "file"),
        ("a.png", "file"),
        ("a.html", "file"),
        ("mp3", "file"),
    ],
)
def test_what_is_played(name: str, how: str) -> None:
    assert played(name) == how
    assert Media(asset="0" * 64, media_type="audio/mpeg", name=name).kind == how


def test_captions_are_in_the_player_of_their_film() -> None:
    film = Media(asset="a" * 64, media_type="video/webm", name="film.webm")
    spoken = [
        Media(asset=letter * 64, media_type="text/vtt", name=name, caption=caption)
        for letter, name, caption in (
            ("b", "film.kk.vtt", (Run(text="Қазақша: film.kk.vtt"),)),
            ("c", "film.ru.vtt", ()),
        )
    ]
    html = HtmlRenderer(file=lambda block: f"m/{block.asset[0]}").html((film, *spoken, p("Бітті."), spoken[1]))
    tracks = (
        '<track kind="captions" src="m/b" srclang="kk" label="Қазақша" default="default">'
        '<track kind="captions" src="m/c" srclang="ru" label="film.ru.vtt">'
    )
    assert f'src="m/a" style="max-width: 100%">{tracks}<a href="m/a"' in html
    assert html.count("film.ru.vtt</a>") == 1  # alone it is a file
    assert "</track>" not in html


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "# Лекция 1\n\n![Фильм](film.webm)\n"),
        ("a.html", "<html><body><h1>Лекция 1</h1><video src='film.webm'></video></body></html>"),
    ],
)
def test_captions_are_known_by_the_name_of_their_film(tmp_path: Path, name: str, text: str) -> None:
    for file in ("film.webm", "film.vtt", "film.kk.vtt", "other.vtt"):
        (tmp_path / file).write_bytes(file.encode())
    (tmp_path / name).write_text(text)
    found = readers.read(tmp_path / name, name)
    figures = [unit.figure for unit in found.units if isinstance(unit, Drawing)]
    files = [figure.name for figure in figures if isinstance(figure, Media)]
    assert files == ["film.webm", "film.vtt", "film.kk.vtt"]
