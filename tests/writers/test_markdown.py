"""The course as Markdown: it reads back the same, and an edit is an edit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given

from coursepack.cli import cli
from coursepack.model.artifact import Assets
from coursepack.model.blocks import Blocks, Media, Run
from coursepack.model.course import Course
from coursepack.model.course_json import decode, encode
from coursepack.outline import Understood
from coursepack.place import CoursepackError
from coursepack.readers.attached import attached
from coursepack.readers.html.blocks import HtmlReader
from coursepack.readers.inline import join, trim
from coursepack.readers.markdown.course import read_course
from coursepack.readers.markdown.reader import markdown_blocks
from coursepack.writers import Context
from coursepack.writers.plain.markdown import course_text, writer
from coursepack.writers.plain.markdown_blocks import markdown
from tests import strategies
from tests.samples import ASSETS, EVERY_BLOCK, LATER_ASSETS, PNG_ID, everything, later

HEAD = '<!-- coursepack-course/1 {"id":"a","title":"А","language":"kk"} -->'


def without_places(course: Course) -> Any:
    def bare(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: bare(value) for key, value in node.items() if key != "place"}
        return [bare(each) for each in node] if isinstance(node, list) else node

    return bare(msgspec.json.decode(encode(course)))


def back(folder: Path, course: Course, held: Assets = ASSETS) -> Course:
    for artifact in writer.write(course, Context(assets=held)).artifacts:
        for member in artifact.members:
            path = folder / member.path
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(member.read())
    found, assets, findings = read_course(folder / f"{course.id}.md")
    assert findings == []
    assert set(assets.data) <= set(held.data)
    return found


def test_everything_reads_back_the_same(tmp_path: Path) -> None:
    course = everything()
    assert encode(back(tmp_path, course)) == encode(decode(encode(course)))


def test_what_came_later_reads_back_the_same(tmp_path: Path) -> None:
    assert back(tmp_path, later(), LATER_ASSETS) == later()
    assert "````python\ndef билік(а):\n\n    if" in (tmp_path / "later.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["sayasi", "tarih"])
def test_the_seeds_read_back_the_same(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    understood: Understood = request.getfixturevalue(name)
    path = tmp_path / "a.md"
    path.write_text(course_text(understood.course), encoding="utf-8")
    found, _, findings = read_course(path)
    assert findings == []
    assert without_places(found) == without_places(understood.course)


def _same(blocks: Blocks) -> Any:
    """Blocks as any Markdown can say them: neighbouring runs of one look are one, blanks at the edges nothing."""

    def flat(node: Any) -> Any:
        if isinstance(node, tuple) and any(isinstance(item, Run) for item in node):
            runs = [Run(**{**msgspec.structs.asdict(i), "text": i.text}) if isinstance(i, Run) else i for i in node]
            joined = trim(join(runs))
            words = "".join(i.text if isinstance(i, Run) else "·" for i in joined)
            styles = {
                msgspec.structs.replace(i, text=""): "".join(i.text.split())
                for i in joined
                if isinstance(i, Run) and i.text.strip()
            }
            return " ".join(words.split()), sorted(map(str, styles))
        if isinstance(node, tuple):
            return [flat(each) for each in node]
        if isinstance(node, msgspec.Struct):
            return type(node).__name__, {f: flat(getattr(node, f)) for f in node.__struct_fields__}
        return node

    return flat(blocks)


@given(strategies.blocks())
def test_generated_blocks_come_back(blocks: Blocks) -> None:
    def file(address: str) -> Media:
        stem = address.removeprefix("assets/").partition(".")[0]
        return msgspec.structs.replace(attached(b"", address), asset=stem)

    read = markdown_blocks(markdown(blocks), HtmlReader(top=4, tex=False, file=file))
    assert _same(read) == _same(blocks)


def test_prose_is_plain_markdown() -> None:
    text = markdown(EVERY_BLOCK)
    assert "#### Бірінші бөлім" in text
    assert text.endswith("Соңғы абзац 😀.")
    assert "> Әлемді өзгертемін десең, өзіңнен баста." in text


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("", "no <!-- coursepack-course/1"),
        ("# Курс", "no <!-- coursepack-course/1"),
        (HEAD + "\n<!-- wat -->", "not known here"),
        ("<!-- coursepack-course/1 {oops} -->", "no JSON"),
        ('<!-- coursepack-course/1 {"id":"a","titel":"А","language":"kk"} -->', "unknown 'titel'"),
        ('<!-- coursepack-course/1 {"id":"a","title":"А"} -->', "language"),
        ('<!-- coursepack-course/1 {"id":5,"title":"А","language":"kk"} -->', "Expected `str`"),
        (HEAD + '\n<!-- exam -->\n<!-- questions {"id":"q"} -->', "type None"),
    ],
)  # fmt: skip
def test_mistakes_are_named(tmp_path: Path, line: str, word: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(CoursepackError, match=word):
        read_course(path)


def test_export_edit_and_build(tmp_path: Path) -> None:
    source = tmp_path / "course.json"
    source.write_bytes(encode(everything()))
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / PNG_ID).write_bytes(ASSETS.read(PNG_ID))
    run = CliRunner()
    exported = run.invoke(cli, ["export", str(source), "-o", str(tmp_path / "out")])
    assert exported.exit_code == 0, exported.output
    text = tmp_path / "out" / "sample.md"
    assert (tmp_path / "out" / "assets" / f"{PNG_ID}.png").is_file()
    again = run.invoke(cli, ["export", str(source), "-o", str(tmp_path / "out")], standalone_mode=False)
    assert isinstance(again.exception, CoursepackError)
    text.write_text(text.read_text("utf-8").replace("Билік дегеніміз не?", "Билік деген не?"), encoding="utf-8")
    built = run.invoke(cli, ["build", str(text), "-f", "gift", "-o", str(tmp_path / "built")])
    assert built.exit_code == 0, built.output
    course = decode((tmp_path / "built" / "sample" / "course.json").read_bytes())
    assert course.exam is not None
    assert course.exam.questions[0].text[0].content == (Run(text="Билік деген не?"),)  # type: ignore[union-attr]
