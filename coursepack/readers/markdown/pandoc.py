"""Signs of Pandoc's Markdown that are no text: attributes behind a heading, a picture or a span, lines of «:::».

Pandoc User's Guide, «heading_attributes», «link_attributes», «bracketed_spans», «fenced_divs»; Quarto and R Markdown
have the same.
"""

from __future__ import annotations

import re
from typing import Any

_LONGEST = 300
_ATTRIBUTES = re.compile(r"\{\s*(?:[#.][^\s{}]+|[\w-]+=(?:\"[^\"]*\"|[^\s{}\"]+)|-|=\w+)(?:\s[^{}]*)?\}")
_LINE = re.compile(r" {0,3}:{3,}[ \t]*(?:\{[^{}]*\}|[\w-]+)?[ \t]*:*[ \t]*$")


def pandoc_plugin(parser: Any) -> None:
    """Take such signs out of what a ``MarkdownIt`` parses."""
    parser.block.ruler.before("fence", "fenced_div", _div, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.core.ruler.after("inline", "attributes", _without_attributes)


def _div(state: Any, line: int, _end: int, silent: bool) -> bool:
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if end - start > _LONGEST or not state.src.startswith(":::", start):
        return False
    if _LINE.match(state.src[start:end]) is None:
        return False
    if not silent:
        state.line = line + 1
    return True


def _without_attributes(state: Any) -> None:
    for before, token in zip([None, *state.tokens], state.tokens, strict=False):
        if token.type != "inline" or "{" not in token.content:
            continue
        children = token.children or []
        for nth, child in enumerate(children):
            last = nth == len(children) - 1
            if child.type != "text" or "{" not in child.content:
                continue
            if nth and children[nth - 1].type in {"image", "link_close", "code_inline"}:
                child.content = _cut(child.content, child.content.find("{") == 0)
            if last and before is not None and before.type == "heading_open":
                child.content = _cut_end(child.content)


def _cut(text: str, begins: bool) -> str:
    found = _ATTRIBUTES.match(text, 0, _LONGEST) if begins else None
    return text[found.end() :] if found else text


def _cut_end(text: str) -> str:
    at = text.rfind("{", -_LONGEST)
    found = _ATTRIBUTES.fullmatch(text.rstrip(), at) if at >= 0 else None
    return text[:at].rstrip() if found else text
