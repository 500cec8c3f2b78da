"""Blocks to plain text, for products that hold nothing else; what it cannot hold is told to the caller."""

from __future__ import annotations

from coursepack.markup import addresses
from coursepack.model.blocks import (
    Blocks,
    Code,
    Figure,
    Footnote,
    Formula,
    Heading,
    List,
    Media,
    Paragraph,
    Quote,
    Table,
    inline_text,
)


def plain(blocks: Blocks, *, indent: str = "") -> str:
    """Text with list marks, «> » before the lines of a quotation, a line a block; table cells are joined by « | »."""
    lines: list[str] = []
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                lines.append(inline_text(block.content))
            case List():
                for number, item in enumerate(block.items, block.start):
                    first, *more = plain(item.blocks).split("\n")
                    lines.append(f"{_mark(block, number)} {first}")
                    lines.extend("  " + line for line in more)
            case Table():
                lines.extend([inline_text(block.caption)] if block.caption else [])
                lines.extend(
                    " | ".join(plain(cell.blocks).replace("\n", " ") for cell in row.cells) for row in block.rows
                )
            case Figure():
                lines.append(f"[{block.alt or inline_text(block.caption)}]")
                lines.extend([inline_text(block.caption)] if block.alt and _is_more(block) else [])
            case Media():
                lines.append(f"[{block.name}]")
                lines.extend([inline_text(block.caption)] if block.caption else [])
            case Formula():
                lines.append(block.math.text or block.math.tex or "")
            case Quote():
                lines.append(plain(block.blocks, indent="> "))
            case Code():
                lines.append(block.text)
            case Footnote():
                lines.append(f"{block.label or '*'} {plain(block.blocks)}")
    return "\n".join(indent + line for text in lines for line in text.split("\n"))


def _is_more(figure: Figure) -> bool:
    """True for a caption that says something else than the alternative text."""
    return bool(figure.caption) and inline_text(figure.caption) != figure.alt


def one_line(blocks: Blocks) -> str:
    """The same on one line, a blank between words."""
    return " ".join(plain(blocks).split())


def has_lines(blocks: Blocks) -> bool:
    """True when one line would hide where one thing ends and the next begins; a break in a paragraph is but a blank."""
    return "\n" in plain(blocks).strip() and not _is_paragraph(blocks)


def _is_paragraph(blocks: Blocks) -> bool:
    return len(blocks) == 1 and isinstance(blocks[0], Paragraph)


def _mark(block: List, number: int) -> str:
    match block.marker:
        case "disc":
            return "•"
        case "dash":
            return "–"
        case "decimal":
            return f"{number}."
        case "paren":
            return f"{number})"
        case "lower-alpha":
            return f"{chr(ord('a') + (number - 1) % 26)})"
        case "lower-roman":
            return f"({number})"


def holds_more(blocks: Blocks) -> list[str]:
    """What plain text would lose: «table», «picture», «file», «formula», «emphasis», «link», «title», «colour»."""
    found: set[str] = set()
    _look(blocks, found)
    return sorted(found)


def _look(blocks: Blocks, found: set[str]) -> None:
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                _look_inline(block.content, found)
            case List():
                for item in block.items:
                    _look(item.blocks, found)
            case Table():
                found.add("table")
                for row in block.rows:
                    for cell in row.cells:
                        _look(cell.blocks, found)
                _look_inline(block.caption, found)
            case Figure():
                found.add("picture")
                _look_inline(block.caption, found)
            case Media():
                found.add("file")
                _look_inline(block.caption, found)
            case Formula():
                found.add("formula")
            case Quote() | Footnote():
                _look(block.blocks, found)


def _look_inline(content: tuple[object, ...], found: set[str]) -> None:
    from coursepack.model.blocks import Math, Picture, Run

    for item in content:
        match item:
            case Run():
                if item.href and item.href != addresses.link(item.text):
                    found.add("link")
                if item.bold or item.italic or item.underline or item.strike or item.script:
                    found.add("emphasis")
                if item.title:
                    found.add("title")
                if item.colour or item.highlight:
                    found.add("colour")
            case Math():
                found.add("formula")
            case Picture():
                found.add("picture")
