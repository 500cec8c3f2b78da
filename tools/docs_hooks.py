"""What mkdocs does with the pages of ``docs/`` beside its own: they are read in the repository, too."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)#\s]+)(#[^)\s]*)?\)")


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """A link to what is not among the pages becomes the name of that file in the repository."""
    here = Path(page.file.abs_src_path).parent

    def held(found: re.Match[str]) -> str:
        text, target, _ = found.groups()
        path = (here / target).resolve()
        if re.match(r"[a-z]+:", target) or path.is_relative_to(ROOT / "docs"):
            if path.is_dir():
                return f"{text} (`{path.relative_to(ROOT).as_posix()}/`)"
            return found[0]
        name = path.relative_to(ROOT).as_posix()
        return text if text.strip("`") == name else f"{text} (`{name}`)"

    return _LINK.sub(held, numbered(celled(markdown)))


def celled(markdown: str) -> str:
    r"""``\|`` in code in a table, which GitHub needs, as ``|``: Python-Markdown would show the backslash."""
    return re.sub(r"^\|.*$", lambda row: re.sub(r"`[^`]*`", _bare, row[0]), markdown, flags=re.MULTILINE)


def _bare(code: re.Match[str]) -> str:
    return code[0].replace("\\|", "|")


def numbered(markdown: str) -> str:
    """What belongs to an item of a numbered list, indented by four spaces: the pages use three, as CommonMark does, and
    Python-Markdown would end the list there and restart its numbers."""
    lines: list[str] = []
    inside = fenced = False
    for line in markdown.split("\n"):
        fenced ^= line.startswith("```")
        if line[:1].strip():
            inside = not fenced and re.match(r"[0-9]+\. ", line) is not None
        lines.append(f" {line}" if inside and line.startswith("   ") else line)
    return "\n".join(lines)
