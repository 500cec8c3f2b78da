"""What a reader says of what it took out; and text that only looks like markup, which loses nothing."""

from __future__ import annotations

from html import escape, unescape
from pathlib import Path

import html5lib
import pytest

from coursepack import build, discovery, readers, writers
from coursepack.files.package import Package
from coursepack.ims.html import CartridgeHtml
from coursepack.model.artifact import Assets
from coursepack.model.blocks import Formula, Math, Paragraph, Run, inline_text
from coursepack.model.document import Listing, Para
from coursepack.moodle.question_html import QuestionHtml
from tests.hostile import active, roads
from tests.readers import word


def _read(folder: Path, name: str, content: bytes) -> list[str]:
    path = folder / name
    path.write_bytes(content)
    if readers.is_question_file(path):
        file = readers.read_questions(path)
        list(file.bank.questions())
        return [str(finding) for finding in file.findings]
    return [str(finding) for finding in readers.read(path, name).findings]


MOODLE = (
    '<quiz><question type="essay"><name><text>n</text></name><questiontext format="html"><text>{}</text>'
    "</questiontext></question></quiz>"
)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (
            "a.md",
            "<p><math><mtext><script>run()</script></mtext></math></p>\n\n<p onclick='run()'>b<script>1</script></p>",
            {
                "a.md: warning: 1 × <script> in a formula, which can run code or load a page [markdown-left-out]",
                "a.md: warning: 1 × a script in a text [markdown-left-out]",
                "a.md: warning: 1 × an event handler in a text [markdown-left-out]",
            },
        ),
        (
            "a.md",
            "a $\\href{javascript:run()}{x}$ [b](javascript:1) <a href='data:text/html,1'>c</a>",
            {
                "a.md: warning: 1 × \\href in a formula: its TeX is left out, the formula stays [markdown-left-out]",
                "a.md: warning: 1 × a link with a forbidden scheme (data:): its text is kept [markdown-left-out]",
                "a.md: warning: 1 × an address in a formula that may not be followed (javascript:) [markdown-left-out]",
            },
        ),
        (
            "a.xml",
            MOODLE.format(escape("<p>a <math><mi><script>run()</script>x</mi></math></p>")),
            {"a.xml: warning: 1 × <script> in a formula, which can run code or load a page [moodle-xml-left-out]"},
        ),
        (
            "a.gift",
            '::n::[html]<p>a <a href\\="javascript\\:run()">b</a></p> {T}',
            {"a.gift: warning: 1 × a link with a forbidden scheme (javascript:): its text is kept [gift-left-out]"},
        ),
        (
            "a.docx",
            word.package(
                word.p("a") + word.p(runs=roads.DRAWN.format("")),
                media={"m": ("d.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="run()"/>')},
            ),
            {"a.docx: warning: 1 × an event handler in a picture [docx-left-out]"},
        ),
    ],
)
def test_what_is_taken_out_is_told(tmp_path: Path, name: str, content: str | bytes, told: set[str]) -> None:
    found = _read(tmp_path, name, content.encode() if isinstance(content, str) else content)
    assert told <= set(found)


SOURCES = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<a href='javascript:alert(1)'>click</a> &amp; &lt;b&gt; &quot;",
    "<math><mtext></mtext></math> <!-- comment --> <![CDATA[x]]> ${x}",
    r"\href{javascript:alert(1)}{x} \(x\)",
)


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lecture about HTML: code in fences, in a line, and as a cell of a table."""
    folder = tmp_path_factory.mktemp("lesson")
    fences = "\n\n".join(f"```html\n{source}\n```\n\nin a line ``{source}`` end" for source in SOURCES)
    (folder / "a.md").write_text(f"# Lecture 1. Script\n\n{fences}\n", "utf-8")
    (folder / "course.toml").write_text(
        'id = "lesson"\ntitle = "<script> and HTML"\nlanguage = "en"\n[[source]]\nfile = "a.md"\nrole = "lecture"\n',
        "utf-8",
    )
    return folder


def test_a_lesson_about_script_is_read_whole(lesson: Path) -> None:
    document = readers.read(lesson / "a.md", "a.md")
    heading, *units = document.units
    assert isinstance(heading, Para)
    assert [
        (unit.language, unit.text) if isinstance(unit, Listing) else inline_text(unit.content)
        for unit in units
        if isinstance(unit, Listing | Para)
    ] == [text for source in SOURCES for text in (("html", source), f"in a line {source} end")]
    assert len(units) == 2 * len(SOURCES)
    assert document.findings == ()


@pytest.mark.parametrize("name", ["scorm12", "cc11", "cc13", "moodle-backup", "markdown"])
def test_a_lesson_about_script_is_shown_whole(lesson: Path, name: str) -> None:
    """Its letters stand in the product as they stood in the source, and none of them is markup there."""
    (loaded,) = discovery.find_projects([lesson])
    understood = build.understand(loaded)
    writer = writers.load(name)
    context = build.context(loaded, writer, understood.assets, build.Settings())
    shown = ""
    for artifact in writer.write(understood.course, context).artifacts:
        package = Package.of_members(artifact.name, [(m.path, m.content) for m in artifact.members])
        for member in package.names():
            data = package.read(member)
            assert list(active.of_file(member, data, moodle=name == "cc11")) == []
            shown += _letters(member, data)
    for source in SOURCES:
        assert source in shown, source


def _letters(member: str, data: bytes) -> str:
    """The letters that a learner sees."""
    if member.endswith(".html"):
        texts = [data.decode()]
    elif member.endswith(".md"):
        from markdown_it import MarkdownIt

        texts = [MarkdownIt("commonmark", {"html": True}).render(data.decode())]
    elif member.endswith(".xml"):
        texts = [text for _, text in active.fields(active.xml(data))]
    else:
        return ""
    trees = [html5lib.parseFragment(text, treebuilder="etree") for text in texts]
    return "\n".join("".join(tree.itertext()) for tree in trees)


@pytest.mark.parametrize(
    "run",
    [
        Run(text="a", language='en\'" onmouseover="run()'),
        Run(text="a", language="en&quot; onmouseover=run() x=&quot;"),
        Run(text="a", href="https://example.org/&quot;/onmouseover=run()//"),
        Run(text="a", href='https://example.org/"onmouseover="run()'),
    ],
)
def test_an_attribute_ends_where_it_ends_even_when_decoded_twice(run: Run) -> None:
    """Moodle's import of a cartridge decodes entities once too often; a quotation mark must not come alive then."""
    html = CartridgeHtml(address=str, decoded_twice=True).html((Paragraph(content=(run,)),))
    assert active.of_html(unescape(str(html))) == ()


def test_a_formula_whose_tex_may_not_travel_is_shown_as_mathml() -> None:
    math = Math(mathml="<math><mi>x</mi></math>", tex=r"\href{javascript:run()}{x}", text="x")
    html, _ = QuestionHtml(Assets()).take((Formula(math=math),))
    assert html == '<p><math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mi>x</mi></math></p>'
