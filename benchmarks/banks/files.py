"""A page of paragraphs and tables as a file of any format that lecturers write."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn
from docx.shared import RGBColor


@dataclass(frozen=True)
class Line:
    """A paragraph. ``look``: "bold", "red", "underline" or "highlight" (all of it behind the label); ``level``: a
    heading; ``bullet``: an item of a list of bullets; ``apart``: a blank line stands before it in a text; ``deep``: an
    item of an automatic list, 1 of questions and 2 of their answers, "number", "letter" or "disc" by ``count``, whose
    ``at`` the label is; ``code``: a line of a listing; ``label_look``: that of the label; ``box``: one of a form before
    it, "on" or "off"; ``comment``: what a comment on it says."""

    text: str
    label: str = ""
    look: str = ""
    level: int = 0
    bullet: bool = False
    apart: bool = False
    deep: int = 0
    count: str = ""
    at: int = 0
    code: bool = False
    label_look: str = ""
    box: str = ""
    comment: str = ""


@dataclass
class Page:
    """Paragraphs, and tables as lists of rows; ``columns`` in which a page of Word or PDF is set."""

    items: list[Line | list[list[str]]] = field(default_factory=list)
    columns: int = 1

    def add(self, *items: Line | list[list[str]]) -> None:
        self.items += items


def as_txt(page: Page) -> bytes:
    """A plain text, headings without any sign, tables by tabs."""
    lines: list[str] = []
    for one in page.items:
        if isinstance(one, list):
            lines += ["", *("\t".join(row) for row in one), ""]
        else:
            lines += [""] * (one.apart or one.level > 0)
            lines.append("    " * one.code + ("• " if one.bullet else "") + one.label + one.text)
            lines += [""] * (one.level > 0)
    return ("\n".join(lines).strip("\n") + "\n").encode()


def as_md(page: Page) -> bytes:
    """Markdown, a paragraph a line with a blank line before each question."""
    lines: list[str] = []
    for one in page.items:
        if isinstance(one, list):
            head, *rows = (f"| {' | '.join(row)} |" for row in one)
            lines += ["", head, "|" + " --- |" * len(one[0]), *rows, ""]
            continue
        text = one.text.replace("\n", "  \n")
        text = f"**{text}**" if one.look == "bold" else text
        lines += [""] * (one.apart or one.level > 0)
        if one.code or one.deep:
            lines += _code(one, lines) if one.code else [_item(one, text)]
            continue
        lines.append("#" * one.level + " " * (one.level > 0) + ("- " if one.bullet else "") + one.label + text)
        lines += [""] * (one.level > 0)
    return ("\n".join(lines).strip("\n") + "\n").encode()


def _code(line: Line, above: list[str]) -> list[str]:
    """A line of a listing between fences, of which the last is moved down."""
    if above and above[-1] == "```":
        above.pop()
        return [line.text, "```"]
    return ["```", line.text, "```"]


def _item(line: Line, text: str) -> str:
    if line.deep == 1:
        return f"{line.at}. {text}"
    return f"   - {text}" if line.count == "disc" else f"   {line.at}. {text}"


_LISTS = {"number": ("decimal", "%{n}."), "letter": ("upperLetter", "%{n})"), "disc": ("bullet", "•")}


def _list_of(document: Any, count: str) -> int:
    """A list of two levels of a document: numbers over what ``count`` says. Its number."""
    part = document.part.numbering_part.element
    made = len(part.findall(qn("w:num"))) + 50
    levels = ""
    for n, kind in ((1, "number"), (2, count)):
        form, text = _LISTS[kind]
        levels += (
            f'<w:lvl w:ilvl="{n - 1}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{text.format(n=n)}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{n * 500}" w:hanging="400"/></w:pPr></w:lvl>'
        )
    space = f'xmlns:w="{nsmap["w"]}"'
    kind = '<w:multiLevelType w:val="multilevel"/>'
    part.insert(0, parse_xml(f'<w:abstractNum {space} w:abstractNumId="{made}">{kind}{levels}</w:abstractNum>'))
    part.append(parse_xml(f'<w:num {space} w:numId="{made}"><w:abstractNumId w:val="{made}"/></w:num>'))
    return made


def as_docx(page: Page) -> bytes:
    """A Word document, typed labels or those of lists, headings of its styles."""
    document = docx.Document()
    lists: dict[str, int] = {}
    for one in page.items:
        if isinstance(one, list):
            table = document.add_table(len(one), len(one[0]))
            table.style = "Table Grid"
            for row, texts in zip(table.rows, one, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
            continue
        if one.level:
            document.add_heading(one.text, one.level)
            continue
        paragraph = document.add_paragraph(style="List Bullet" if one.bullet else None)
        if one.box:
            _add_box(paragraph, ticked=one.box == "on")
        if one.label:
            label = paragraph.add_run(one.label)
            if one.label_look == "red":
                label.font.color.rgb = RGBColor(0xFF, 0, 0)
        run = paragraph.add_run(one.text)
        if one.comment:
            document.add_comment(run, text=one.comment)
        _look_so(run, one)
        if one.deep:
            of = lists.setdefault(one.count, lists.get("", 0) or _list_of(document, one.count or "letter"))
            lists.setdefault("", of)
            properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no lists
            properties.append(
                parse_xml(
                    f'<w:numPr xmlns:w="{nsmap["w"]}"><w:ilvl w:val="{one.deep - 1}"/><w:numId w:val="{of}"/></w:numPr>'
                )
            )
    if page.columns > 1:
        columns = document.sections[0]._sectPr.find(qn("w:cols"))  # noqa: SLF001 - nor columns
        if columns is not None:
            columns.set(qn("w:num"), str(page.columns))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _look_so(run: Any, line: Line) -> None:
    run.font.strike = True if line.look == "strike" else None
    run.bold = True if line.look == "bold" else None
    run.underline = True if line.look == "underline" else None
    if line.code:
        run.font.name = "Courier New"
    if line.look == "red":
        run.font.color.rgb = RGBColor(0xFF, 0, 0)
    if line.look == "highlight":
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _add_box(paragraph: Any, *, ticked: bool) -> None:
    """A check box of a form, as Word has had them since 1997 (17.16.6), and a blank."""
    space, marks = f'xmlns:w="{nsmap["w"]}"', ("begin", "separate", "end")
    default = f'<w:default w:val="{int(ticked)}"/>'
    data = f'<w:ffData><w:name w:val="c"/><w:checkBox><w:sizeAuto/>{default}</w:checkBox></w:ffData>'
    for mark in marks:
        inner = data if mark == "begin" else ""
        paragraph._p.append(  # noqa: SLF001 - python-docx has no fields
            parse_xml(f'<w:r {space}><w:fldChar w:fldCharType="{mark}">{inner}</w:fldChar></w:r>')
        )
        if mark == "begin":
            paragraph._p.append(parse_xml(f"<w:r {space}><w:instrText> FORMCHECKBOX </w:instrText></w:r>"))  # noqa: SLF001
    paragraph.add_run(" ")


_SPACES = {
    "office": "office",
    "text": "text",
    "style": "style",
    "table": "table",
    "fo": "xsl-fo-compatible",
}
_LOOKS = {
    "bold": 'fo:font-weight="bold"',
    "red": 'fo:color="#ff0000"',
    "underline": 'style:text-underline-style="solid"',
    "highlight": 'fo:background-color="#ffff00"',
    "strike": 'style:text-line-through-style="solid"',
}
_TAGS = {
    "bold": "<b>{}</b>",
    "red": '<span style="color: #ff0000">{}</span>',
    "underline": "<u>{}</u>",
    "highlight": "<mark>{}</mark>",
    "strike": "<s>{}</s>",
}


def as_odt(page: Page) -> bytes:
    """An OpenDocument text."""
    body: list[str] = []
    for one in page.items:
        if isinstance(one, list):
            cells = (
                [
                    f"<table:table-cell>{''.join(map(_paragraph, cell.split(chr(10))))}</table:table-cell>"
                    for cell in row
                ]
                for row in one
            )
            rows = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in cells)
            columns = f'<table:table-column table:number-columns-repeated="{len(one[0])}"/>'
            body.append(f"<table:table>{columns}{rows}</table:table>")
        elif one.level:
            body.append(f'<text:h text:outline-level="{one.level}">{html.escape(one.text)}</text:h>')
        else:
            text = html.escape(one.text).replace("\n", "<text:line-break/>")
            text = f'<text:span text:style-name="{one.look}">{text}</text:span>' if one.look else text
            label = html.escape(one.label)
            label = f'<text:span text:style-name="{one.label_look}">{label}</text:span>' if one.label_look else label
            made = f"<text:p>{label}{text}</text:p>"
            body.append(
                f'<text:list text:style-name="D"><text:list-item>{made}</text:list-item></text:list>'
                if one.bullet
                else made
            )
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"' for name, uri in _SPACES.items())
    looks = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {said}/></style:style>'
        for name, said in _LOOKS.items()
    )
    bullets = (
        '<text:list-style style:name="D"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
        "</text:list-style>"
    )
    content = (
        f"<office:document-content {names}><office:automatic-styles>{looks}{bullets}</office:automatic-styles>"
        f"<office:body><office:text>{''.join(body)}</office:text></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("styles.xml", f"<office:document-styles {names}><office:styles/></office:document-styles>")
    return out.getvalue()


def _cell(text: str) -> str:
    return f"<table:table-cell>{''.join(map(_paragraph, text.split(chr(10))))}</table:table-cell>"


def _paragraph(text: str) -> str:
    return f"<text:p>{html.escape(text)}</text:p>"


_OPENED = {"letter": '<ol type="A">', "number": "<ol>", "disc": "<ul>"}


def _nest(body: list[str], line: Line, text: str) -> None:
    """Add an item of a list of two levels to the one that ends a page, or begin one."""
    opened = _OPENED[line.count]
    closed = f"</{opened[1:3]}>"
    if not body or not body[-1].startswith("<ol>"):
        body.append("<ol></ol>")
    held = body[-1].removesuffix("</ol>")
    if line.deep == 1:
        body[-1] = f"{held}<li>{text}</li></ol>"
    elif held.endswith(f"{closed}</li>"):
        body[-1] = f"{held.removesuffix(f'{closed}</li>')}<li>{text}</li>{closed}</li></ol>"
    else:
        body[-1] = f"{held.removesuffix('</li>')}{opened}<li>{text}</li>{closed}</li></ol>"


def as_html(page: Page) -> bytes:
    """A web page; items of one list stand in one list."""
    body: list[str] = []
    for one in page.items:
        if isinstance(one, list):
            cells = ("".join(f"<td>{html.escape(cell).replace(chr(10), '<br>')}</td>" for cell in row) for row in one)
            body.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>")
        elif one.level:
            body.append(f"<h{one.level}>{html.escape(one.text)}</h{one.level}>")
        else:
            text = html.escape(one.text).replace("\n", "<br>")
            text = _TAGS[one.look].format(text) if one.look else text
            if one.deep:
                _nest(body, one, text)
                continue
            tag = "li" if one.bullet else "pre" if one.code else "p"
            label = html.escape(one.label)
            label = _TAGS[one.label_look].format(label) if one.label_look else label
            made = f"<{tag}>{label}{text}</{tag}>"
            if one.bullet and body and body[-1].endswith("</ul>"):
                body[-1] = body[-1].removesuffix("</ul>") + made + "</ul>"
            else:
                body.append(f"<ul>{made}</ul>" if one.bullet else made)
    text = "\n".join(body)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>\n{text}\n</body></html>\n'.encode()


FORMATS: dict[str, Callable[[Page], bytes]] = {
    "txt": as_txt,
    "md": as_md,
    "docx": as_docx,
    "odt": as_odt,
    "html": as_html,
}
"""``pdf`` is made of Word documents by LibreOffice (``cases``)."""
_RICH = frozenset({"docx", "odt", "html", "pdf"})
LOOKS = {"bold": _RICH | {"md"}, "red": _RICH, "underline": _RICH - {"pdf"}, "highlight": _RICH - {"pdf"}}
"""The formats that can show a look."""
