"""Rules of the Markdown parser that look for the end of a formula or of CDATA: asked only where there is an end.

Such a rule is tried at every opening sign, and each time reads on to the end of the text where nothing closes
it: a page of opening signs takes a time that grows with its square.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_RULES = frozenset({"amsmath", "math_block", "math_block_eqno", "math_inline", "html_inline"})
_OPENING = re.compile(r"\\\(|\\\[|\$\$|<!\[CDATA\[|\\begin\{([a-zA-Z]+\*?)\}")
_CLOSING = {"\\(": "\\)", "\\[": "\\]", "$$": "$$", "<![CDATA[": "]]>"}

Rule = Callable[..., bool]


def guard(parser: Any) -> Any:
    """Put the guard before every such rule of a ``MarkdownIt``; the same parser."""
    for ruler, where in ((parser.inline.ruler, _in_line), (parser.block.ruler, _in_block)):
        for rule in ruler.__rules__:
            if rule.name in _RULES:
                rule.fn = _guarded(rule.fn, where)
    return parser


def _guarded(rule: Rule, where: Callable[..., int]) -> Rule:
    def only_where_it_ends(state: Any, *arguments: Any) -> bool:
        return _ends(state, where(state, *arguments)) and rule(state, *arguments)

    return only_where_it_ends


def _in_line(state: Any, *_: Any) -> int:
    return int(state.pos)


def _in_block(state: Any, start: int, *_: Any) -> int:
    return int(state.bMarks[start] + state.tShift[start])


def _ends(state: Any, position: int) -> bool:
    """True where the formula that opens at ``position`` may end behind it, and where none opens that is known here."""
    found = _OPENING.match(state.src, position)
    if found is None:
        return True
    closing = f"\\end{{{found[1]}}}" if found[1] else _CLOSING[found[0]]
    last: dict[tuple[str, str], int] = state.env.setdefault("last-closing", {})
    key = (state.src, closing)
    if key not in last:
        last[key] = state.src.rfind(closing)
    return last[key] >= found.end()
