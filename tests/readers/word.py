"""A Word document from raw XML, for what python-docx cannot make."""

# ruff: noqa: E501 - the formats are written as programs write them

from __future__ import annotations

import io
import zipfile

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def package(
    body: str,
    *,
    styles: str | None = None,
    numbering: str | None = None,
    footnotes: str | None = None,
    endnotes: str | None = None,
    links: dict[str, str] | None = None,
    media: dict[str, tuple[str, bytes]] | None = None,
    core: str | None = None,
) -> bytes:
    """A .docx whose ``w:body`` is ``body``. ``links`` (id → address), ``media`` (id → file name, bytes)."""
    members: dict[str, bytes] = {}
    relations: list[str] = []

    def part(name: str, root: str, content: str | None) -> None:
        if content is not None:
            members[f"word/{name}.xml"] = f"<w:{root} {NS}>{content}</w:{root}>".encode()
            relations.append(f'<Relationship Id="p{len(relations)}" Type="{_KIND}{name}" Target="{name}.xml"/>')

    part("styles", "styles", styles)
    part("numbering", "numbering", numbering)
    part("footnotes", "footnotes", footnotes)
    part("endnotes", "endnotes", endnotes)
    for key, address in (links or {}).items():
        relations.append(f'<Relationship Id="{key}" Type="{_KIND}hyperlink" Target="{address}" TargetMode="External"/>')
    for key, (name, data) in (media or {}).items():
        members[f"word/media/{name}"] = data
        relations.append(f'<Relationship Id="{key}" Type="{_KIND}image" Target="media/{name}"/>')
    members["word/document.xml"] = f"<w:document {NS}><w:body>{body}</w:body></w:document>".encode()
    members["word/_rels/document.xml.rels"] = _relations(relations)
    top = [f'<Relationship Id="r1" Type="{_KIND}officeDocument" Target="word/document.xml"/>']
    if core is not None:
        members["docProps/core.xml"] = core.encode()
        top.append(
            f'<Relationship Id="r2" Type="{_RELATIONSHIPS}/metadata/core-properties" Target="docProps/core.xml"/>'
        )
    members["_rels/.rels"] = _relations(top)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _relations(items: list[str]) -> bytes:
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{"".join(items)}</Relationships>'.encode()


def p(text: str = "", properties: str = "", runs: str = "") -> str:
    """A paragraph of plain text, or of ``runs``."""
    inner = runs or (f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else "")
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def num(level: int, number: int) -> str:
    """Automatic numbering of a paragraph."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def abstract(identifier: int, *levels: tuple[str, str], start: int = 1, more: str = "") -> str:
    """An abstract list: (number format, label text) a level."""
    made = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for index, (form, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{identifier}">{more}{made}</w:abstractNum>'


def instance(number: int, of: int, override: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'
