"""Every payload put into every input format: a folder of sources a road, ready to build or to convert.

A payload stands in a part of its own (a block, a question, a row), so that none hides another.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import msgspec
import openpyxl

from coursepack.files.hashes import sha256
from coursepack.model.artifact import Assets
from coursepack.model.blocks import Blocks, Figure, Footnote, Formula, Inlines, Math, Paragraph, Picture, Run
from coursepack.model.course import Course, Exam, Session, Week
from coursepack.model.course_json import encode
from coursepack.model.fields import fields
from coursepack.model.questions import Choice, Essay, MultipleChoice
from coursepack.writers import Context, load
from tests.readers import word
from tests.samples import everything

HERE = Path(__file__).parent
MARK = "ran"
HOST = "hostile.invalid"
_SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="99" height="99"'
_ILLEGAL = {code: None for code in range(32) if code not in (9, 10, 13)}


@cache
def payloads(kind: str) -> tuple[str, ...]:
    """The payloads of a kind, each with a mark and an address of its own."""
    found: list[str] = tomllib.loads((HERE / "payloads.toml").read_text("utf-8"))[kind]
    return tuple(
        text.replace("RUN", f"self.name=/{MARK}-{kind}-{number}/").replace("LOAD", f"http://{HOST}/{kind}-{number}")
        for number, text in enumerate(found, 1)
    )


@cache
def drawings() -> tuple[bytes, ...]:
    """SVG files."""
    inside = (f"<svg {_SVG}>{text}</svg>" for text in payloads("svg"))
    return tuple(text.encode() for text in (*inside, *payloads("file")))


def fragments() -> Iterator[str]:
    """Everything that may stand in a text of HTML."""
    yield from payloads("html")
    yield from (f"<p>f <math>{text}</math> g</p>" for text in payloads("math"))
    yield from (f'<p><a href="{escape(text)}">link</a></p>' for text in payloads("link"))
    yield from (f"<p>t \\({escape(text)}\\) and $${escape(text)}$$</p>" for text in payloads("tex"))
    yield from (f"<p>{text}</p>" for text in payloads("json"))


def _toml(folder: Path, file: str, role: str) -> None:
    text = f'id = "hostile"\ntitle = "Hostile"\nlanguage = "en"\n[[source]]\nfile = "{file}"\nrole = "{role}"\n'
    (folder / "course.toml").write_text(text, "utf-8")


# --- documents ----------------------------------------------------------------------------------------------------


def _one_block(text: str) -> str:
    return text.translate(_ILLEGAL).replace("\n", " ")


def _markdown_lines() -> Iterator[str]:
    for text in fragments():
        yield _one_block(text)
        yield f"inline {_one_block(text)} end"
    for text in payloads("tex"):
        yield f"formula ${_one_block(text)}$ and \\({_one_block(text)}\\) end"
        yield f"$$\n{_one_block(text)}\n$$"
    for text in payloads("link"):
        yield f"[link]({_one_block(text).strip()}) [link](<{_one_block(text)}>) <{_one_block(text)}> [ref][r]"
        yield f"![picture](<{_one_block(text)}>)"
    for number in range(len(drawings())):
        yield f"![drawing](d{number}.svg)"
        yield f'<img src="d{number}.svg" alt="drawing">'


def markdown(folder: Path) -> Path:
    lines = ["# Lecture 1. Hostile", *_markdown_lines(), "[r]: javascript:self.name=/ran-ref/"]
    (folder / "a.md").write_text("\n\n".join(lines), "utf-8")
    for number, data in enumerate(drawings()):
        (folder / f"d{number}.svg").write_bytes(data)
    _toml(folder, "a.md", "lecture")
    return folder


def docx(folder: Path) -> Path:
    body = [word.p("Lecture 1. Hostile")]
    links = {f"l{number}": escape(text) for number, text in enumerate(payloads("link"))}
    for text in fragments():
        plain = escape(text.translate(_ILLEGAL))
        body.append(word.p(plain))
        body.append(word.p(runs=f"<m:oMath><m:r><m:t>{plain}</m:t></m:r></m:oMath>"))
    for number, text in enumerate(payloads("link")):
        body.append(word.p(runs=f'<w:hyperlink r:id="l{number}">{word.r("link")}</w:hyperlink>'))
        code = escape(f' HYPERLINK "{text}" '.translate(_ILLEGAL))
        body.append(word.p(runs=f'<w:fldSimple w:instr="{code}">{word.r("field")}</w:fldSimple>'))
    body.extend(word.p(runs=DRAWN.format(number)) for number in range(len(drawings())))
    media = {f"m{number}": (f"d{number}.svg", data) for number, data in enumerate(drawings())}
    (folder / "a.docx").write_bytes(word.package("".join(body), links=links, media=media))
    _toml(folder, "a.docx", "lecture")
    return folder


DRAWN = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/><wp:docPr id="1" name="p" descr="d"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:embed="m{}"/>'
    "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def text(folder: Path) -> Path:
    lines = ["Lecture 1. Hostile", *(_one_block(each.translate(_ILLEGAL)) for each in fragments())]
    (folder / "a.txt").write_text("\n\n".join(lines), "utf-8")
    _toml(folder, "a.txt", "lecture")
    return folder


# --- the model ----------------------------------------------------------------------------------------------------


def _inlines() -> Iterator[Inlines]:
    for text in fragments():
        yield (Run(text=text, bold=True),)
    for text in (
        *payloads("json"),
        *(f'<math xmlns="http://www.w3.org/1998/Math/MathML">{m}</math>' for m in payloads("math")),
    ):
        yield (Run(text="f "), Math(mathml=text, text=text), Math(mathml=text, tex=text, text="x"))
    for text in payloads("tex"):
        yield (Run(text="t "), Math(mathml="<math/>", tex=text, text=text))
    for text in payloads("link"):
        yield (Run(text="link", href=text), Run(text="bold", href=text, bold=True))


def _figures() -> tuple[Blocks, Assets]:
    blocks: list[Figure | Paragraph] = []
    assets = Assets()
    for data in drawings():
        key = sha256(data)
        assets.data[key] = data
        blocks.append(Figure(asset=key, media_type="image/svg+xml", alt="drawing"))
        blocks.append(Paragraph(content=(Picture(asset=key, media_type="text/html", alt='"><img src=x>'),)))
    return tuple(blocks), assets


def hostile_course() -> tuple[Course, Assets]:
    """A course as only a forged course.json can hold it: everything in the text, some of it in every field."""
    figures, assets = _figures()
    texts = tuple(Paragraph(content=content) for content in _inlines())
    formulas = tuple(Formula(math=item) for block in texts for item in block.content if isinstance(item, Math))
    # Ids and languages are checked where a model is decoded: what is no id never comes this far.
    note = Footnote(id="x", label="<script>self.name=/ran-label/</script>", blocks=texts[:3])
    session = Session(
        id="w01-lecture",
        kind="lecture",
        number=1,
        title=payloads("html")[0],
        blocks=(*texts, *formulas, note, *figures),
    )
    choices = MultipleChoice(id="exam-001", number=1, text=texts, choices=())
    questions = tuple(
        Essay(
            id=f"exam-{number:03d}",
            number=number,
            text=(block,),
            template=(block,),
            grader_notes=(block,),
            feedback=(block,),
        )
        for number, block in enumerate(texts, 2)
    )
    choices = msgspec.structs.replace(
        choices,
        choices=tuple(Choice(content=(block,), feedback=(block,)) for block in texts),
        text=(texts[0], *figures[:4]),
    )
    exam = Exam(questions=(choices, *questions), release="practice")
    every = _in_every_field(everything("en"), (texts[0], texts[len(payloads("html"))], texts[-1], *figures[:1]))
    links = tuple(payloads("link"))
    weeks = (Week(id="w01", number=1, title=payloads("html")[0], sessions=(session,)), *every.weeks[1:])
    return msgspec.structs.replace(every, id="hostile", weeks=weeks, exam=exam, links=links), assets


_PLAIN = frozenset(
    {"id", "kind", "language", "due", "session", "variant_of", "value", "tolerance", "preset", "department_date"}
    | {"council_date", "numbering", "release", "tolerances", "marker"}
)


def _in_every_field(part: Any, blocks: Blocks) -> Any:
    """A part of the model with hostile blocks, inline content and words in every field that holds such."""
    kind: Any = type(part)
    found = fields(kind)
    content = tuple(item for block in blocks if isinstance(block, Paragraph) for item in block.content)
    changes: dict[str, Any] = {name: (*getattr(part, name), *blocks) for name in found.blocks}
    changes |= {name: (*getattr(part, name), *content) for name in found.inlines}
    changes |= {name: _in_every_field(getattr(part, name), blocks) for name in found.part if getattr(part, name)}
    changes |= {name: tuple(_in_every_field(each, blocks) for each in getattr(part, name)) for name in found.parts}
    for name in found.plain:
        value = getattr(part, name)
        if isinstance(value, str) and name not in _PLAIN:
            changes[name] = value + WORDS
        elif isinstance(value, tuple) and value and isinstance(value[0], str) and name not in _PLAIN:
            changes[name] = tuple(each + WORDS for each in value)
    return msgspec.structs.replace(part, **changes)


WORDS = """ "><script>self.name=/ran-words/</script> &quot; onerror=self.name=/ran-words/ """


def course_json(folder: Path) -> Path:
    course, assets = hostile_course()
    (folder / "a.json").write_bytes(encode(course))
    (folder / "assets").mkdir()
    for key, data in assets.data.items():
        (folder / "assets" / f"{key}.svg").write_bytes(data)
    _toml(folder, "a.json", "course")
    return folder


def course_markdown(folder: Path) -> Path:
    """A course as an export writes it, with lines of somebody else's under its lecture."""
    section = Session(
        id="w01-lecture", kind="lecture", number=1, title="Hostile", blocks=(Paragraph(content=(Run(text="HERE"),)),)
    )
    course = Course(
        id="hostile", title="Hostile", language="en", weeks=(Week(id="w01", number=1, sessions=(section,)),)
    )
    (artifact,) = load("markdown").write(course, Context()).artifacts
    (member,) = artifact.members
    lines = "\n\n".join(line for line in _markdown_lines() if not line.startswith("<!--"))
    text = member.read().decode().replace("HERE", lines)
    head = json.dumps({"links": payloads("link")})[1:-1]
    (folder / "a.md").write_text(text.replace('"language"', f'{head},"language"', 1), "utf-8")
    for number, data in enumerate(drawings()):
        (folder / f"d{number}.svg").write_bytes(data)
    _toml(folder, "a.md", "course")
    return folder


# --- question banks -----------------------------------------------------------------------------------------------


def moodle_xml(folder: Path) -> Path:
    questions = [_moodle_question(text) for text in fragments()]
    for data in drawings():
        file = f'<file name="d.svg" encoding="base64">{base64.b64encode(data).decode()}</file>'
        questions.append(_shown('<p>d <img src="@@PLUGINFILE@@/d.svg" alt="d"></p>', file))
        address = f"data:image/svg+xml;base64,{base64.b64encode(data).decode()}"
        questions.append(_shown(f'<p>d <img src="{address}" alt="d"></p>'))
    questions += [_moodle_question(f"[link]({text})", form="markdown") for text in payloads("link")]
    (folder / "a.xml").write_text(f"<quiz>{''.join(questions)}</quiz>", "utf-8")
    _toml(folder, "a.xml", "questions")
    return folder


def _shown(text: str, file: str = "") -> str:
    """An essay that shows a picture."""
    return (
        '<question type="essay"><name><text>d</text></name><questiontext format="html">'
        f"<text>{escape(text)}</text>{file}</questiontext></question>"
    )


def _moodle_question(text: str, form: str = "html") -> str:
    words = escape(text.translate(_ILLEGAL))
    rich = f'format="{form}"><text>q {words} end</text>'
    gaps = escape(f"{{1:SA:=a {_gap(text)}#b {_gap(text)}}} {{1:MC:=c {_gap(text)}~no}}")
    return (
        f'<question type="multichoice"><name><text>{words}</text></name><questiontext {rich}</questiontext>'
        f"<generalfeedback {rich}</generalfeedback><single>true</single>"
        f'<answer fraction="100" {rich}<feedback {rich}</feedback></answer>'
        '<answer fraction="0" format="html"><text>no</text></answer>'
        f"<tags><tag><text>{words}</text></tag></tags></question>"
        f'<question type="essay"><name><text>e</text></name><questiontext {rich}</questiontext>'
        f"<responsetemplate {rich}</responsetemplate><graderinfo {rich}</graderinfo></question>"
        f'<question type="cloze"><name><text>c</text></name><questiontext format="html"><text>{gaps}</text>'
        "</questiontext></question>"
    )


def _gap(text: str) -> str:
    text = " ".join(text.translate(_ILLEGAL).split())
    return "".join(f"\\{sign}" if sign in "~=#{}\\" else sign for sign in text)


def gift(folder: Path) -> Path:
    """GIFT in its four formats of text."""
    questions: list[str] = []
    for number, text in enumerate(fragments()):
        words = _gap(text)
        forms = ("[html]", ("", "[moodle]", "[markdown]", "[plain]")[number % 4])
        questions.extend(f"::{words[:40]}::{form}q {words} end {{=a {words}#b {words}\n~no}}" for form in forms)
    (folder / "a.gift").write_text("\n\n".join(questions), "utf-8")
    _toml(folder, "a.gift", "questions")
    return folder


def _rows() -> list[list[str]]:
    rows = [
        ["type", "text", "options", "key", "feedback", "option feedback", "grader notes", "template", "tags", "title"]
    ]
    for text in fragments():
        words = _one_block(text.translate(_ILLEGAL))
        rows.append(["multiple-choice", f"q {words}", f"a {words}\nno", "A", words, words, "", "", words, words])
        rows.append(["essay", f"q {words}", "", "", words, "", words, words, "", ""])
        rows.append(["cloze", f"q {words} {{1:SHORTANSWER:=yes}}", "", "", words, "", "", "", "", ""])
    return rows


def table(folder: Path) -> Path:
    out = io.StringIO()
    csv.writer(out).writerows(_rows())
    (folder / "a.csv").write_text(out.getvalue(), "utf-8-sig")
    _toml(folder, "a.csv", "questions")
    return folder


def workbook(folder: Path) -> Path:
    book = openpyxl.Workbook()
    for row in _rows():
        book.worksheets[0].append(["'" + cell if cell.startswith("=") else cell for cell in row])
    book.save(folder / "a.xlsx")
    _toml(folder, "a.xlsx", "questions")
    return folder


def aiken(folder: Path) -> Path:
    questions = [
        f"{words}\nA. {words}\nB. no\nANSWER: A"
        for text in fragments()
        if (words := _one_block(text.translate(_ILLEGAL)))
    ]
    (folder / "a.aiken").write_text("\n\n".join(questions), "utf-8")
    _toml(folder, "a.aiken", "questions")
    return folder


# --- what learning platforms keep -----------------------------------------------------------------------------------


def _archive(folder: Path, name: str, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(folder / name, "w") as made:
        for path, data in members.items():
            made.writestr(path, data)
    return folder


def _in_moodle() -> str:
    """Every fragment in a page of Moodle, with the drawings of its file pool."""
    shown = "".join(f'<p><img src="@@PLUGINFILE@@/d{number}.svg" alt="d"></p>' for number in range(len(drawings())))
    return escape(("<p>Lecture</p>" + "".join(fragments())).translate(_ILLEGAL) + shown)


def backup(folder: Path) -> Path:
    """A backup of a Moodle course: a page with every fragment, and its names."""
    activity = (
        "<activity><moduleid>1</moduleid><sectionid>1</sectionid><modulename>page</modulename><title>x</title>"
        "<directory>activities/page_1</directory></activity>"
    )
    said = (
        f"<contents><activities>{activity}</activities><sections><section><directory>s</directory></section></sections>"
    )
    words = escape(WORDS)
    files = "".join(
        f"<file><contenthash>{number:040x}</contenthash><contextid>1</contextid><component>mod_page</component>"
        f"<filearea>content</filearea><itemid>0</itemid><filepath>/</filepath><filename>d{number}.svg</filename></file>"
        for number in range(len(drawings()))
    )
    own = f"<name>{words}</name><content>{_in_moodle()}</content><contentformat>1</contentformat>"
    section = f"<number>1</number><name>Lecture 1. Hostile {words}</name><sequence>1</sequence>"
    members = {
        "moodle_backup.xml": f"<moodle_backup><information>{said}</contents></information></moodle_backup>",
        "course/course.xml": f'<course id="1" contextid="9"><fullname>Hostile {words}</fullname></course>',
        "s/section.xml": f'<section id="1">{section}</section>',
        "activities/page_1/page.xml": f'<activity id="1" contextid="1"><page id="1">{own}</page></activity>',
        "files.xml": f"<files>{files}</files>",
    }
    pool = {f"files/00/{number:040x}": data for number, data in enumerate(drawings())}
    return _archive(folder, "a.mbz", {name: text.encode() for name, text in members.items()} | pool)


def cartridge(folder: Path) -> Path:
    """A cartridge whose page, link and question hold every fragment."""
    words = escape(WORDS, quote=True)
    shown = "".join(f'<p><img src="$IMS-CC-FILEBASE$/d{number}.svg" alt="d"></p>' for number in range(len(drawings())))
    page = "<h1>Lecture 1. Hostile</h1>" + "".join(f"<div>{each}</div>" for each in fragments()) + shown
    titles = "".join(f'<item identifierref="{ref}"><title>{words}</title></item>' for ref in ("p", "w", "q"))
    manifest = (
        "<manifest><metadata><schema>IMS Common Cartridge</schema></metadata><organizations><organization><item>"
        f"<item><title>Lecture 1. Hostile {words}</title>{titles}</item></item></organization></organizations><resources>"
        '<resource identifier="p" type="webcontent" href="p.html"/><resource identifier="w" type="imswl_xmlv1p1" href="w.xml"/>'
        '<resource identifier="q" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment" href="q.xml"/></resources></manifest>'
    )
    items = "".join(
        "<item><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel><fieldentry>cc.essay.v0p1"
        "</fieldentry></qtimetadatafield></qtimetadata></itemmetadata><presentation><material><mattext texttype='text/html'>"
        f"{escape(each.translate(_ILLEGAL))}</mattext></material></presentation></item>"
        for each in fragments()
    )
    link = escape(payloads("link")[0].translate(_ILLEGAL), quote=True)
    members = {
        "imsmanifest.xml": manifest.encode(),
        "p.html": page.translate(_ILLEGAL).encode(),
        "w.xml": f'<webLink><url href="{link}"/></webLink>'.encode(),
        "q.xml": f"<questestinterop><assessment title='{words}'>{items}</assessment></questestinterop>".encode(),
    }
    pool = {f"web_resources/d{number}.svg": data for number, data in enumerate(drawings())}
    return _archive(folder, "a.imscc", members | pool)


ROADS: dict[str, Callable[[Path], Path]] = {
    road.__name__: road
    for road in (
        *(markdown, docx, text, course_json, course_markdown, moodle_xml, gift, table, workbook, aiken),
        *(backup, cartridge),
    )
}
BANKS = frozenset({"moodle_xml", "gift", "table", "workbook", "aiken"})
