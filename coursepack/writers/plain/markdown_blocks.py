"""Blocks → Markdown that can be edited and reads back the same.

Plain prose is plain Markdown; what Markdown has no words for (merged cells, footnotes, centred lines, a list counted
with «а)») is written as the HTML that Markdown allows, on one line.
"""

from __future__ import annotations

import re
from collections import Counter
from html import escape

from lxml import etree

from coursepack.files import media
from coursepack.markup import addresses, tree
from coursepack.markup.tex import safe as safe_tex
from coursepack.model.blocks import (
    Block,
    Blocks,
    Cell,
    Code,
    Figure,
    Heading,
    Inlines,
    List,
    Math,
    Media,
    NoteMark,
    Paragraph,
    Picture,
    Quote,
    Run,
    Table,
)
from coursepack.render.html import HtmlRenderer, attributes
from coursepack.render.picture_size import stated

TOP = 4
"""Headings of the text begin at ``####``: those above are titles of weeks, sessions and sections."""
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_SIGNS = re.compile(r"([\\`*_\[\]<>&$~|])")
_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([#+\-=>:])")
_SIDES = {None: "---", "left": ":---", "center": ":---:", "right": "---:"}
_TAGS = (("underline", "u"), ("strike", "s"), ("code", "code"))


def address(asset: str, media_type: str) -> str:
    """Where a picture lies beside the text."""
    return f"assets/{asset}{media.ending(media_type)}"


def file_address(block: Media) -> str:
    """Where an attached file lies beside the text."""
    return f"assets/{block.asset}{media.kept_ending(block.name)}"


def text(words: str) -> str:
    """Letters that mean nothing but themselves, on one line."""
    return _SIGNS.sub(r"\\\1", _BLANKS.sub(" ", words))


def at_start(line: str) -> str:
    """A line that opens no list, heading, quotation or formula (which ``\\[`` would)."""
    if line.startswith("\\["):
        return f"&#91;{line[2:]}"
    return _START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)


class _Html(HtmlRenderer):
    """HTML with what Markdown's reader needs to bring it back."""

    def __init__(self) -> None:
        super().__init__(top=TOP, file=file_address)

    def heading(self, parent: etree._Element, block: Heading) -> None:
        super().heading(parent, block)
        parent[-1].set("data-level", str(block.level))

    def list(self, parent: etree._Element, block: List) -> None:
        super().list(parent, block)
        parent[-1].set("data-marker", block.marker)

    def table(self, parent: etree._Element, block: Table) -> None:
        super().table(parent, block)
        parent[-1].set("data-header-rows", str(block.header_rows))
        cells = [cell for row in block.rows for cell in row.cells]
        for element, cell in zip(_own_cells(parent[-1]), cells, strict=True):
            element.set("data-header", "1" if cell.header else "0")

    def math(self, parent: etree._Element, math: Math, *, display: bool = False) -> None:
        super().math(parent, math, display=display)
        if len(parent) and (tex := safe_tex(math.tex)) is not None:
            parent[-1].set("data-tex", tex)
        if len(parent):
            parent[-1].set("alttext", math.text)

    def _image(self, parent: etree._Element, picture: Figure | Picture) -> None:
        image = etree.SubElement(parent, "img")
        image.set("src", address(picture.asset, picture.media_type))
        image.set("alt", picture.alt)
        if picture.title:
            image.set("title", picture.title)
        if width := stated(picture.width):
            image.set("width", str(width))
        if height := stated(picture.height):
            image.set("height", str(height))


def _own_cells(table: etree._Element) -> list[etree._Element]:
    """The cells of a table, not those of tables inside it."""
    return [cell for part in table if part.tag != "caption" for row in part for cell in row]


_HTML = _Html()


def markdown(blocks: Blocks) -> str:
    """The blocks, a blank line between them."""
    parts: list[str] = []
    before: Block | None = None
    for block in blocks:
        # Two lists, or two quotations, one after the other would become one.
        merges = type(block) is type(before) and isinstance(block, List | Quote)
        parts.append(_html(block) if merges else _block(block))
        before = block
    return "\n\n".join(part for part in parts if part)


def _html(block: Block) -> str:
    root = etree.Element("div")
    _HTML.block(root, block)
    tree.fragment(Counter()).clean(root)
    return "".join(etree.tostring(child, encoding="unicode", method="html") for child in root).replace("\n", "&#10;")


def _block(block: Block) -> str:
    match block:
        case Heading(level=level) if level + TOP - 1 <= 6:
            line = inlines(block.content)
            return f"{'#' * (level + TOP - 1)} {line.removesuffix('#')}" + ("\\#" if line.endswith("#") else "")
        case Paragraph(is_plain=True) if block.content:
            return at_start(inlines(block.content))
        case List(marker="disc" | "decimal") if all(_plain(item.blocks) for item in block.items):
            return "\n".join(
                f"{f'{number}.' if block.ordered else '-'} {_line(item.blocks)}"
                for number, item in enumerate(block.items, block.start)
            )
        case Table() if _is_simple(block):
            return _table(block)
        case Quote() if all(_plain((inner,)) for inner in block.blocks):
            return "\n>\n".join(f"> {_line((inner,))}" for inner in block.blocks)
        case Code() if _is_fenceable(block):
            return _fence(block)
        case _:
            return _html(block)


_LANGUAGE = re.compile(r"[A-Za-z0-9_+#.-]+")


def _is_fenceable(code: Code) -> bool:
    """True for a listing that a fence holds letter by letter: a comment line would be taken for a part's."""
    named = code.language is None or bool(_LANGUAGE.fullmatch(code.language))
    return named and code.text.replace("\n", "").replace("\t", "").isprintable() and "<!--" not in code.text


def _fence(code: Code) -> str:
    sign = "`" * max(3, *(len(found) + 1 for found in ("", *re.findall("`+", code.text))))
    return f"{sign}{code.language or ''}\n{code.text}\n{sign}"


def _plain(blocks: Blocks) -> bool:
    """True for one paragraph that fits on a line."""
    match blocks:
        case (Paragraph(is_plain=True) as only,):
            return bool(inlines(only.content).strip())
    return False


def _line(blocks: Blocks) -> str:
    match blocks:
        case (Paragraph() as only,):
            return at_start(inlines(only.content))
    return ""


def _is_simple(table: Table) -> bool:
    cells = [cell for row in table.rows for cell in row.cells]
    widths = {len(row.cells) for row in table.rows}
    return (
        table.header_rows == 1
        and len(table.rows) > 1
        and not table.caption
        and len(widths) == 1
        and all(_is_simple_cell(cell) for cell in cells)
    )


def _is_simple_cell(cell: Cell) -> bool:
    return cell.colspan == cell.rowspan == 1 and not cell.header and (not cell.blocks or _plain(cell.blocks))


def _table(table: Table) -> str:
    lines = ["| " + " | ".join(_line(cell.blocks) for cell in row.cells) + " |" for row in table.rows]
    sides = (*table.align, *(None,) * len(table.rows[0].cells))[: len(table.rows[0].cells)]
    lines.insert(1, "|" + "".join(f" {_SIDES[side]} |" for side in sides))
    return "\n".join(lines)


# --- inline -------------------------------------------------------------------------------------------------------


def inlines(content: Inlines) -> str:
    """Inline content on one line."""
    parts: list[str] = []
    for index, item in enumerate(content):
        match item:
            case Run():
                before = parts[-1][-1:] if parts else ""
                following = content[index + 1] if index + 1 < len(content) else None
                after = following.text[:1] if isinstance(following, Run) else "x" if following else ""
                parts.append(_run(item, before, after))
            case NoteMark():
                parts.append(f'<sup><a href="#note-{escape(item.note)}">{escape(item.note)}</a></sup>')
            case Math() | Picture():
                parts.append(str(_HTML.inline_html((item,))).replace("\n", "&#10;"))
    return "".join(parts).strip()


def _run(run: Run, before: str, after: str) -> str:
    words = text(run.text).replace("\n", "<br>")
    if not run.text.strip():
        return words
    for name, tag in _TAGS:
        if getattr(run, name):
            words = f"<{tag}>{words}</{tag}>"
    if run.script:
        tag = "sub" if run.script == "sub" else "sup"
        words = f"<{tag}>{words}</{tag}>"
    bare = words == text(run.text) and run.text[0].isalnum() and run.text[-1].isalnum()
    free = bare and not (before.isalnum() or after.isalnum() or before in {"*", "<", ">"})
    for on, sign, tag in ((run.italic, "*", "em"), (run.bold, "**", "strong")):
        if on:
            alone = free and not (run.italic and run.bold) and not (run.href or run.title)
            words = f"{sign}{words}{sign}" if alone else f"<{tag}>{words}</{tag}>"
    if said := attributes(run):
        named = "".join(f' {name}="{escape(value)}"' for name, value in said.items())
        words = f"<span{named}>{words}</span>"
    title = f' title="{escape(run.title)}"' if run.title else ""
    if run.href and (href := addresses.link(run.href)):
        words = f'<a href="{escape(href)}"{title}>{words}</a>'
    elif title:
        words = f"<abbr{title}>{words}</abbr>"
    return words
