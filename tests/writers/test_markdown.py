"""The course as Markdown: it reads back the same, and an edit is an edit."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given

from coursepack import build, discovery
from coursepack.cli import cli
from coursepack.model.artifact import Assets
from coursepack.model.blocks import Block, Blocks, Heading, List, ListItem, Media, Paragraph, Quote, Run
from coursepack.model.course import Course, Session, Week
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
from tests.readers.word import p, package
from tests.samples import ASSETS, EVERY_BLOCK, LATER_ASSETS, PNG, PNG_ID, everything, later

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


MARKERS = ("disc", "dash", "decimal", "paren", "lower-alpha", "lower-roman")


@pytest.mark.parametrize("starts", [(1, 1, 1), (1, 3, 5), (3, 1, 4)])
def test_lists_that_touch_read_back_as_they_were(tmp_path: Path, starts: tuple[int, int, int]) -> None:
    blocks: list[Block] = []
    for number, three in enumerate(itertools.product(MARKERS, repeat=3)):
        blocks.append(Heading(level=1, content=(Run(text=f"Раздел {number}"),)))
        for marker, start in zip(three, starts, strict=True):
            items = tuple(ListItem(blocks=(Paragraph(content=(Run(text=f"{marker} {n}"),)),)) for n in range(2))
            blocks.append(List(marker=marker, start=1 if marker in {"disc", "dash"} else start, items=items))  # type: ignore[arg-type]
    blocks.append(Quote(blocks=tuple(blocks[1:4])))
    session = Session(id="w01-lecture", kind="lecture", number=1, title="Списки", blocks=tuple(blocks))
    course = Course(id="lists", title="Списки", language="ru", weeks=(Week(id="w01", number=1, sessions=(session,)),))
    assert without_places(back(tmp_path, course))["weeks"] == without_places(course)["weeks"]


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


SIGNS = "[[заметка]] ![[а.png]] ==не пометка== %%не комментарий%% {: .класс} {{ x }} [TOC] $x^2$ \\(x\\) https://a.kz"
PAGE = (
    "<meta charset=utf-8><h1>Лекция 2. Ядро</h1><p>Ядро хранит наследственную информацию. <svg viewBox='0 0 9 9'>"
    "<title>Схема</title><circle r='4'/></svg> Видно на схеме.</p><blockquote><p>Omnis cellula</p></blockquote>"
    "<figure><img src='img/a.png' alt='Ядро'><figcaption>Рисунок 1. Ядро</figcaption></figure>"
    "<pre><code class=language-python>def f():\n    return [[1]]\n</code></pre><p><a href='data/t.csv'>Таблица</a></p>"
    "<p><a href='https://youtu.be/x'><img src='img/a.png' alt='Фильм'></a> и <mark>важно</mark> <s>старо</s></p>"
)
NOTES = (
    "# Лекция 1. Клетка\n\nКлетка есть единица живого, см. [[Ядро]] и ==важное== на www.enu.kz.\n\n> [!note] Важно\n"
    "> Клетка делится.\n\n![[a.png|40]]\n\n$$\\frac{a}{b}$$\n\n"
    "1. Шаг:\n\n   ```py\n   if a:\n       b()\n   ```\n\n   Итог.\n2. Ещё\n\n   | а |\n   |---|\n   | 1 |\n\n"
    "| а | б |\n|:-:|--:|\n| 1 | 2 |\n\n```mermaid\nA-->B\n```\n"
)


def test_a_course_of_all_new_blocks_is_exported_and_built_again_equal(tmp_path: Path) -> None:
    folder = tmp_path / "course"
    for name, data in {
        "Лекция 1.md": NOTES.encode(),
        "Лекция 2.html": PAGE.encode(),
        "Лекция 3.docx": package(
            p("Лекция 3. Митоз") + p(r"Пусть \(x^2\) дано, а $$ \frac{a}{b} $$ нет.") + p(SIGNS[:60])
        ),
        "img/a.png": PNG,
        "data/t.csv": b"a;b\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (loaded,) = discovery.find_projects([folder])
    found = build.understand(loaded)
    kinds = {type(block).__name__ for _, session in found.course.sessions() for block in session.blocks}
    assert kinds >= {"Paragraph", "Quote", "Figure", "Formula", "Table", "Code", "Media"}
    assert b'"href": "https://www.enu.kz"' in encode(found.course)
    assert {data[:4] for data in found.assets.data.values()} == {b"\x89PNG", b"<?xm", b"a;b\n"}
    out = tmp_path / "out"
    out.mkdir()
    again = back(out, found.course, found.assets)
    assert without_places(again) == without_places(found.course)
    (exported,) = discovery.find_projects([out])
    assert without_places(build.understand(exported).course) == without_places(found.course)


def test_signs_of_dialects_are_letters_in_an_export() -> None:
    blocks = (Paragraph(content=(Run(text=SIGNS),)), Quote(blocks=(Paragraph(content=(Run(text="[!note] Важно"),)),)))
    assert markdown_blocks(markdown(blocks), HtmlReader(top=4, tex=False)) == blocks
