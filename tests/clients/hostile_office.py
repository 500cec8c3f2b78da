"""Documents that ask an office suite for what lies elsewhere: over the network, in local files, in macros."""

# ruff: noqa: E501 - the formats are written as programs write them

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from tests.samples import PNG

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("draw", "drawing"),
        ("style", "style"),
        ("script", "script"),
        ("manifest", "manifest"),
        ("table", "table"),
    )
) + (
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:ooo="http://openoffice.org/2004/office" xmlns:dom="http://www.w3.org/2001/xml-events"'
)
_TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
_TEXT = "application/vnd.oasis.opendocument.text"


def odt(body: str, *, scripts: str = "", styles: str = "", files: dict[str, bytes] | None = None) -> bytes:
    """An OpenDocument text with a paragraph «Own text.» and ``body``."""
    content = (
        f'<office:document-content {_NAMES} office:version="1.2"><office:scripts>{scripts}</office:scripts>'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>"
        f"<text:p>Own text.</text:p>{body}</office:text></office:body></office:document-content>"
    )
    members = {"content.xml": content.encode(), **(files or {})}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{n}" manifest:media-type="text/xml"/>' for n in members
    )
    manifest = (
        f'<manifest:manifest {_NAMES} manifest:version="1.2"><manifest:file-entry manifest:full-path="/"'
        f' manifest:media-type="{_TEXT}"/>{entries}</manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", _TEXT)
        package.writestr("META-INF/manifest.xml", manifest)
        for name, data in members.items():
            package.writestr(name, data)
    return out.getvalue()


def _frame(inside: str) -> str:
    return (
        '<text:p><draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="3cm">'
        f"{inside}</draw:frame></text:p>"
    )


def _link(address: str) -> str:
    return f'xlink:href="{address}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'


def _flat(body: str) -> bytes:
    return (
        f'<?xml version="1.0"?><office:document {_NAMES} office:version="1.2" office:mimetype="{_TEXT}"><office:body>'
        f"<office:text><text:p>Own text.</text:p>{body}</office:text></office:body></office:document>"
    ).encode()


def _rtf(field: str) -> bytes:
    return (r"{\rtf1\ansi Own text.\par {\field{\*\fldinst { " + field + r" }}{\fldrslt old}}\par}").encode()


_STYLE = '<style:style style:name="P" style:family="paragraph"><style:paragraph-properties>'

# What follows an address (or a file) of a stranger's choice, by the name of the file that holds it.
LINKS: dict[str, Callable[[str], bytes]] = {
    "picture.odt": lambda at: odt(_frame(f"<draw:image {_link(at)}/>")),
    "section.odt": lambda at: odt(
        f'<text:section text:name="S"><text:section-source {_link(at)}/><text:p>old</text:p></text:section>'
    ),
    "object.odt": lambda at: odt(_frame(f"<draw:object {_link(at)}/>")),
    "ole.odt": lambda at: odt(_frame(f"<draw:object-ole {_link(at)}/>")),
    "plugin.odt": lambda at: odt(_frame(f'<draw:plugin draw:mime-type="video/mp4" {_link(at)}/>')),
    "floating.odt": lambda at: odt(_frame(f'<draw:floating-frame draw:frame-name="f" {_link(at)}/>')),
    "background.odt": lambda at: odt(
        '<text:p text:style-name="P">with a background</text:p>',
        styles=f"{_STYLE}<style:background-image {_link(at)}/></style:paragraph-properties></style:style>",
    ),
    "dde.odt": lambda at: odt(
        "<text:p><text:dde-connection-decls><text:dde-connection-decl office:name='D' office:dde-application='soffice'"
        f" office:dde-topic='{at}' office:dde-item='x' office:automatic-update='true'/></text:dde-connection-decls>"
        "<text:dde-connection text:connection-name='D'>old</text:dde-connection></text:p>"
    ),
    "reload.odt": lambda at: odt(
        "<text:p>x</text:p>",
        files={
            "meta.xml": (
                f'<office:document-meta {_NAMES} xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"><office:meta>'
                f'<meta:template {_link(at)}/><meta:auto-reload {_link(at)} meta:delay="PT0S"/></office:meta>'
                "</office:document-meta>"
            ).encode()
        },
    ),
    "flat.doc": lambda at: _flat(_frame(f"<draw:image {_link(at)}/>")),
    "page.doc": lambda at: (
        f'<html><head><link rel="stylesheet" href="{at}"><base href="{at}"></head><body background="{at}">'
        f'<p>Own text.</p><img src="{at}"><iframe src="{at}"></iframe><object data="{at}"></object>'
        f'<embed src="{at}"><table background="{at}"><tr><td>x</td></tr></table></body></html>'
    ).encode(),
    "picture.rtf": lambda at: _rtf(rf'INCLUDEPICTURE "{at}" \\d \\* MERGEFORMAT'),
    "text.rtf": lambda at: _rtf(rf'INCLUDETEXT "{at}"'),
    "link.rtf": lambda at: _rtf(rf'LINK Word.Document.8 "{at}" \\a \\r'),
    "dde.rtf": lambda at: _rtf(rf'DDEAUTO soffice "{at}" x'),
    "template.rtf": lambda at: (r"{\rtf1\ansi{\*\template " + at + r"}Own text.\par}").encode(),
    "external.docx": lambda at: word(at),  # noqa: PLW0108 - it stands below
    "fields.docx": lambda at: word_field(f'INCLUDEPICTURE "{at}" \\d'),
    "text.docx": lambda at: word_field(f'INCLUDETEXT "{at}"'),
}


def word(address: str) -> bytes:
    """A DOCX whose picture is linked (an external relationship), and whose template lies elsewhere."""
    made = docx.Document()
    made.add_paragraph("Own text.")
    made.add_picture(io.BytesIO(PNG))
    link = made.part.relate_to(address, RELATIONSHIP_TYPE.IMAGE, is_external=True)
    space = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
    settings = made.part._settings_part
    template = settings.relate_to(address, _TEMPLATE, is_external=True)
    attached = made.settings.element.makeelement(qn("w:attachedTemplate"), {space + "id": template})
    made.settings.element.insert(0, attached)
    for blip in made.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"):
        del blip.attrib[space + "embed"]
        blip.set(space + "link", link)
    return _saved(made)


def word_field(instruction: str) -> bytes:
    """A DOCX with a field."""
    made = docx.Document()
    made.add_paragraph("Own text.")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    quoted = instruction.replace('"', "&quot;")
    made.add_paragraph()._p.append(
        parse_xml(f'<w:fldSimple {space} w:instr="{quoted}" w:dirty="true"><w:r><w:t>old</w:t></w:r></w:fldSimple>')
    )
    return _saved(made)


def _saved(made: docx.document.Document) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def macro(written: Path) -> bytes:
    """An OpenDocument text whose Basic macro writes a file and starts a shell when it is opened, viewed or closed."""
    code = f'Sub Main\nOpen "{written}" For Output As #1\nPrint #1, "x"\nClose #1\nShell("/bin/sh", 0, "-c \'id &gt; {written}\'")\nEnd Sub'
    library = "xmlns:library='http://openoffice.org/2000/library' xmlns:xlink='http://www.w3.org/1999/xlink'"
    script = "vnd.sun.star.script:Standard.Module1.Main?language=Basic&amp;location=document"
    listeners = "".join(
        f'<script:event-listener script:language="ooo:script" script:event-name="{event}" xlink:href="{script}"/>'
        for event in ("dom:load", "office:load-finished", "office:view-created", "dom:unload", "office:prepare-unload")
    )
    return odt(
        "",
        scripts=f"<office:event-listeners>{listeners}</office:event-listeners>",
        files={
            "Basic/script-lc.xml": (
                f"<library:libraries {library}><library:library library:name='Standard' library:link='false'/>"
                "</library:libraries>"
            ).encode(),
            "Basic/Standard/script-lb.xml": (
                f"<library:library {library} library:name='Standard' library:readonly='false'"
                " library:passwordprotected='false'><library:element library:name='Module1'/></library:library>"
            ).encode(),
            "Basic/Standard/Module1.xml": (
                "<script:module xmlns:script='http://openoffice.org/2000/script' script:name='Module1'"
                f" script:language='StarBasic'>{code}</script:module>"
            ).encode(),
        },
    )
