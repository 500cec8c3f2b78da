"""Attached files on their way in: Moodle's, those beside a Markdown document, those of a course that came as a file."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursepack import names
from coursepack.model.artifact import Assets
from coursepack.model.blocks import Blocks, Heading, List, Media, Paragraph, Picture, Run, Table, block_text
from coursepack.model.course import Course, Section
from coursepack.model.document import Document, Drawing, Grid, Para
from coursepack.model.questions import Cloze, Question
from coursepack.place import Place
from coursepack.readers import decoded
from coursepack.readers import read as read_file
from coursepack.readers.gift import read as read_gift
from coursepack.readers.html.blocks import HtmlReader
from coursepack.readers.moodle.xml import read as read_moodle
from tests.samples import PNG, attached
from tests.shared import need_shared

CSV = attached("data.csv", b"x;y\n", "text/csv")
CAPTIONED = attached("data.csv", b"x;y\n", "text/csv", "Деректер")
MP3 = attached("a.mp3", b"ID3", "audio/mpeg")


def link(name: str, words: str) -> str:
    return f'<a href="@@PLUGINFILE@@/{name}">{words}</a>'


def question(folder: Path, text: str, files: dict[str, bytes]) -> tuple[Question, list[str]]:
    """The one question of a bank, and what is told of it."""
    held = "".join(
        f'<file name="{name}" path="/" encoding="base64">{base64.b64encode(data).decode()}</file>'
        for name, data in files.items()
    )
    path = folder / "a.xml"
    path.write_text(
        f'<quiz><question type="essay"><name><text>N</text></name><questiontext format="html"><text><![CDATA[{text}]]>'
        f"</text>{held}</questiontext></question></quiz>",
        "utf-8",
    )
    found = read_moodle(path)
    (made,) = found.bank.questions()
    return made, [finding.message for finding in found.findings]


def said(*runs: Run | str) -> Paragraph:
    return Paragraph(content=tuple(Run(text=run) if isinstance(run, str) else run for run in runs))


# --- Moodle XML ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (f"<p>Алыңыз {link('data.csv', 'кестені')}, есептеңіз.</p>", (said("Алыңыз кестені, есептеңіз."), CSV)),
        (f"<p>{link('data.csv', 'data.csv')}</p>", (CSV,)),
        (f"<p>{link('data.csv', ' Деректер ')}</p>", (CAPTIONED,)),
        (f"<p>{link('data.csv', 'Деректер')}<br>{link('a.mp3', 'a.mp3')}</p>", (CAPTIONED, MP3)),
        (f"<h3>Т {link('data.csv', 'к')}</h3><p>б</p>", (Heading(level=1, content=(Run(text="Т к"),)), CSV, said("б"))),
        ('<p>Тыңда: <audio controls><source src="@@PLUGINFILE@@/a.mp3">жоқ</audio>!</p>', (said("Тыңда: !"), MP3)),
        ('<video src="@@PLUGINFILE@@/a.mp3"><track src="@@PLUGINFILE@@/data.csv" label="Қазақша"></video>',
         (MP3, attached("data.csv", b"x;y\n", "text/csv", "Қазақша: data.csv"))),
        ('<object data="@@PLUGINFILE@@/data.csv">кесте</object>', (CSV,)),
        ('<embed src="@@PLUGINFILE@@/data.csv">', (CSV,)),
        ('<iframe src="@@PLUGINFILE@@/data.csv"></iframe>', (CSV,)),
        ('<a href="@@PLUGINFILE@@/data.csv?forcedownload=1" download="../x/b.csv">b.csv</a>',
         (attached("b.csv", b"x;y\n", "text/csv"),)),
        ('<audio src="@@PLUGINFILE@@/a.mp3" title="Жазба"></audio>',
         (attached("a.mp3", b"ID3", "audio/mpeg", "Жазба"),)),
        ('<figure><audio src="@@PLUGINFILE@@/a.mp3"></audio><figcaption>Ж</figcaption></figure>',
         (attached("a.mp3", b"ID3", "audio/mpeg", "Ж"),)),
    ],
)  # fmt: skip
def test_files_of_a_question(tmp_path: Path, text: str, blocks: Blocks) -> None:
    files = {name: data for name, data in (("data.csv", b"x;y\n"), ("a.mp3", b"ID3")) if f"@@/{name}" in text}
    made, told = question(tmp_path, text, files)
    assert made.text == blocks
    assert told == []


def test_a_file_that_no_text_links_to_is_told(tmp_path: Path) -> None:
    text = f"<p>а {link('data.csv', 'б')}</p>"
    made, told = question(tmp_path, text, {"a.mp3": b"ID3", "data.csv": b"x;y\n", "c &amp; д.png": PNG})
    assert made.text == (said("а б"), CSV)
    assert told == [
        "1 × the file 'a.mp3', which its text neither shows nor links to",
        "1 × the file 'c & д.png', which its text neither shows nor links to",
    ]


def test_each_text_has_files_of_its_own(tmp_path: Path) -> None:
    """A name that one text links to is another file beside another text."""
    file = '<file name="data.csv" path="/" encoding="base64">eDt5Cg==</file>'
    linked = link("data.csv", "x").replace("<", "&lt;")
    texts = {"questiontext": "а", "generalfeedback": linked, "graderinfo": "б"}
    inside = "".join(f'<{name} format="html"><text>{text}</text>{file}</{name}>' for name, text in texts.items())
    path = tmp_path / "a.xml"
    path.write_text(f'<quiz><question type="essay">{inside}</question></quiz>', "utf-8")
    found = read_moodle(path)
    assert len(list(found.bank.questions())) == 1
    assert [finding.message for finding in found.findings] == [
        "2 × the file 'data.csv', which its text neither shows nor links to"
    ]


def test_files_in_the_feedback_of_a_gap_are_those_of_its_text(tmp_path: Path) -> None:
    file = f'<file name="a.png" path="/" encoding="base64">{base64.b64encode(PNG).decode()}</file>'
    picture = '&lt;img src="@@PLUGINFILE@@/a.png" alt="k"&gt;'
    path = tmp_path / "a.xml"
    path.write_text(
        '<quiz><question type="cloze"><name><text>N</text></name><questiontext format="html"><text>'
        f"а {{1:SHORTANSWER:=б#{picture}}}</text>{file}</questiontext></question></quiz>",
        "utf-8",
    )
    found = read_moodle(path)
    (made,) = found.bank.questions()
    assert isinstance(made, Cloze)
    (block,) = made.gaps[0].answers[0].feedback
    assert isinstance(block, Paragraph)
    assert isinstance(block.content[0], Picture)
    assert found.findings == []


def test_what_the_text_of_a_description_loses_is_counted_once(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(
        '<quiz><question type="description"><questiontext format="html"><text>а &lt;script&gt;1&lt;/script&gt;</text>'
        '<file name="a.txt" path="/" encoding="base64">YQ==</file></questiontext></question></quiz>',
        "utf-8",
    )
    found = read_moodle(path)
    assert len(list(found.bank.questions())) == 1
    assert [finding.message.partition(",")[0] for finding in found.findings] == [
        "1 × a script in a text",
        "1 × the file 'a.txt'",
    ]


def test_a_link_round_a_picture_keeps_both(tmp_path: Path) -> None:
    text = f"<p>{link('data.csv', '<img src=@@PLUGINFILE@@/a.png alt=k>')}</p>"
    made, told = question(tmp_path, text, {"data.csv": b"x;y\n", "a.png": PNG})
    picture, file = made.text
    assert isinstance(picture, Paragraph)
    assert isinstance(picture.content[0], Picture)
    assert (file, told) == (CSV, [])


def test_files_in_items_and_cells_stay_there(tmp_path: Path) -> None:
    text = f"<ul><li>а {link('data.csv', 'б')}</li></ul><table><tr><td>{link('a.mp3', 'a.mp3')}</td></tr></table>"
    made, _ = question(tmp_path, text, {"data.csv": b"x;y\n", "a.mp3": b"ID3"})
    list_, table = made.text
    assert isinstance(list_, List)
    assert list_.items[0].blocks == (said("а б"), CSV)
    assert isinstance(table, Table)
    assert table.rows[0].cells[0].blocks == (MP3,)


def test_names_in_addresses_are_read_as_they_are_written(tmp_path: Path) -> None:
    made, _ = question(tmp_path, f"{link('%D0%B0%20%26%20b.csv', 'х')}", {"а &amp; b.csv": b"1"})
    assert made.text == (attached("а & b.csv", b"1", "text/csv", "х"),)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    made, told = question(tmp_path, f"<p>a {link('lost.csv', 'b')} <audio src='@@PLUGINFILE@@/c.mp3'></audio></p>", {})
    assert made.text == (said("a b"),)
    assert told == [
        "1 × <audio> inside a text of the file 'c.mp3', which is not there",
        "1 × a link to the file 'lost.csv', which is not there: its text is kept",
    ]


def test_gift_names_the_file_that_it_cannot_bring(tmp_path: Path) -> None:
    path = tmp_path / "a.gift"
    path.write_text(f"[html]<p>a {link('data.csv', 'b').replace('=', chr(92) + '=')}</p>{{}}", "utf-8")
    found = read_gift(path)
    assert [block_text(made.text) for made in found.bank.questions()] == ["a b"]
    assert any("the file 'data.csv', which is not there" in finding.message for finding in found.findings)


def test_the_case_of_the_shared_folder() -> None:
    found = read_moodle(need_shared("cases/colour-and-files-lost") / "attach.xml")
    (made,) = found.bank.questions()
    assert [block.name for block in made.text if isinstance(block, Media)] == ["data.csv", "a.mp3"]
    assert made.text[0] == said("Скачайте таблицу и найдите среднее.")
    held = [found.assets.file(block.asset) for block in made.text if isinstance(block, Media)]
    assert held == [b"x;1\nx;3\n", b"ID3"]


# --- Markdown -----------------------------------------------------------------------------------------------------


def markdown(folder: Path, text: str) -> Document:
    (folder / "files").mkdir(exist_ok=True)
    (folder / "files" / "data.csv").write_bytes(b"x;y\n")
    (folder / "a.mp3").write_bytes(b"ID3")
    (folder / "b.md").write_text("# b", "utf-8")
    (folder / "p.html").write_text("<p>", "utf-8")
    (folder / "a.md").write_text(text, "utf-8")
    return read_file(folder / "a.md", "a.md")


def units(document: Document) -> list[object]:
    """Files without their places, and the letters of the rest."""
    found: list[object] = []
    for unit in document.units:
        match unit:
            case Drawing(figure=Media() as file):
                found.append(Media(asset=file.asset, media_type=file.media_type, name=file.name, caption=file.caption))
            case Para():
                found.append((unit.label, "".join(item.text for item in unit.content if isinstance(item, Run))))
                assert not any(isinstance(item, Run) and item.href for item in unit.content)
            case Grid():
                found.append([[len(cell.units) for cell in row] for row in unit.rows])
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Алыңыз [кестені](files/data.csv), есептеңіз.", [(None, "Алыңыз кестені, есептеңіз."), CSV]),
        ("[Деректер](files/data.csv)", [CAPTIONED]),
        ("[data.csv](files/data.csv)", [CSV]),
        ("![Жазба](a.mp3)", [attached("a.mp3", b"ID3", "audio/mpeg", "Жазба")]),
        ("![](a.mp3)", [MP3]),
        ("- [data.csv](files/data.csv)\n- б", [("•", "data.csv"), CSV, ("•", "б")]),
        ("# [Деректер](files/data.csv)", [(None, "Деректер"), CSV]),
        ("а <audio controls src='a.mp3'><a href='a.mp3'>a.mp3</a></audio> б", [(None, "а  б"), MP3]),
        ("<audio><source src='a.mp3'></audio> **б**", [(None, "б"), MP3]),
        ("<video><source src='a.mp3'><track src='files/data.csv' srclang='kk'></video>",
         [MP3, attached("data.csv", b"x;y\n", "text/csv", "kk: data.csv")]),
        ("<figure>\n<video src='a.mp3'><track src='files/data.csv'></video><figcaption>Ж</figcaption></figure>",
         [attached("a.mp3", b"ID3", "audio/mpeg", "Ж"), CSV]),
        ("<a href='files/data.csv'>Деректер</a>", [CAPTIONED]),
        ("<figure>\n<audio src='a.mp3'></audio><figcaption>Ж</figcaption></figure>",
         [attached("a.mp3", b"ID3", "audio/mpeg", "Ж")]),
        ("| а | б |\n|---|---|\n| [data.csv](files/data.csv) | ә |", [[[1, 1], [1, 1]]]),
    ],
)  # fmt: skip
def test_files_beside_a_markdown_document(tmp_path: Path, text: str, found: list[object]) -> None:
    document = markdown(tmp_path, text)
    assert units(document) == found
    assert document.findings == ()
    if text.startswith("["):
        (only,) = document.units
        assert isinstance(only, Drawing)
        assert only.figure.place == Place("a.md", 1, 1, "paragraph")
    used = {file.asset for file in found if isinstance(file, Media)}
    assert used <= set(document.assets)
    assert set(document.assets.values()) <= {b"x;y\n", b"ID3"}


@pytest.mark.parametrize("before", ["", "а "])
def test_captions_of_a_film_that_are_not_there_are_told(tmp_path: Path, before: str) -> None:
    document = markdown(tmp_path, f"{before}<video src='a.mp3'><track src='gone.vtt'></video>\n")
    assert [unit for unit in units(document) if unit == MP3] == [MP3]
    assert "1 × captions of a film or recording whose file is not there" in [one.message for one in document.findings]


@pytest.mark.parametrize(
    "address", ["b.md", "p.html", "none.csv", "../a.mp3", "/etc/hosts", "files", "%2e%2e/a.csv", "files/../../x.csv"]
)
def test_what_is_no_file_to_be_saved_stays_a_text(tmp_path: Path, address: str) -> None:
    (tmp_path / "a.mp3").write_bytes(b"outside")
    folder = tmp_path / "course"
    folder.mkdir()
    document = markdown(folder, f"Мәтін [сөз]({address}).")
    assert units(document) == [(None, "Мәтін сөз.")]
    assert document.assets == {}
    assert [finding.message for finding in document.findings] == [
        "1 × a link that leads nowhere from outside its folder: its text is kept"
    ]


def test_a_link_of_the_file_system_and_a_huge_file_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.csv").write_bytes(b"secret")
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "linked.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "huge.csv").write_bytes(b"12345")
    monkeypatch.setenv("COURSEPACK_LIMITS", "file-bytes=4")
    document = markdown(folder, "[a](linked.csv) [b](huge.csv)")
    assert document.assets == {}
    messages = "\n".join(finding.message for finding in document.findings)
    assert "a file that is a link: linked.csv" in messages
    assert "a file that is larger than 4 bytes" in messages
    assert "file-bytes" in messages


def test_players_that_nothing_closes_are_read_once(tmp_path: Path) -> None:
    document = markdown(tmp_path, "а " + "<audio src='a.mp3'>" * 20_000)
    assert units(document) == [(None, "а")]


# --- a course that came as a file -----------------------------------------------------------------------------------


def test_what_a_file_is_follows_from_its_name() -> None:
    page = b"<!DOCTYPE html><svg><script>run()</script></svg>"
    block = Media(asset=hashlib.sha256(page).hexdigest(), media_type="audio/mpeg", name="a\u202egpj.html ")
    course = Course(id="a", title="A", language="en", foreword=Section(id="foreword", title="F", blocks=(block,)))
    cleaned, assets, told = decoded.clean(course, Assets({block.asset: page, "0" * 64: b"x"}), Place("a.json"))
    assert cleaned.foreword is not None
    assert cleaned.foreword.blocks == (Media(asset=block.asset, media_type="text/html", name="agpj.html"),)
    assert assets.data == {block.asset: page}
    assert [finding.message for finding in told] == ["1 × an invalid picture"]


def test_a_mark_of_a_reader_never_leaves_it() -> None:
    reader = HtmlReader(file=lambda address: CSV, lost=Counter())
    html = (
        '<h2><a href="x">a</a></h2><figure><figcaption><a href="x">b</a></figcaption></figure><a href="x"><b>c</b></a>'
    )
    for words in (str(reader.blocks(html)), str(reader.inlines(html))):
        assert "\\x00" not in words
    assert reader.lost["the file 'data.csv' inside a line"] == 3


# --- names --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("../../a/data.csv", "data.csv"),
        ("C:\\x\\con.txt", "_con.txt"),
        ("..", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("a\u202egpj.exe", "agpj.exe"),
        ('a<b>:"c|d?*.csv', "abcd.csv"),
        ("дәріс  1 .mp3 ", "дәріс 1 .mp3"),
        ("a%0a.csv", "a_.csv"),
        ("я" * 300 + ".csv", "я" * 88 + ".csv"),
    ],
)
def test_the_own_name_of_a_file(path: str, name: str) -> None:
    assert names.file_name(path) == name


@given(st.text(max_size=250))
def test_a_name_is_one_that_every_system_and_the_model_hold(text: str) -> None:
    name = names.file_name(text)
    assert names.problem(name) is None
    assert re.search(names.FILE_NAME, name)
    assert names.file_name(name) == name
