"""Whether letters are those of a program: asked of lines that their place alone does not tell."""

from __future__ import annotations

import re

_SIGN = re.compile(
    r"[{}]\s*$|^[\x00-\x7f]*[\w)\]\"'];\s*$"  # the end of a block, of a statement
    r"|\w\([^()]*\)|\w\.\w+\("  # a call
    r"|^\s*[^\W\d][\w.\[\]]*\s?(?:[-+*/%|&^]|:|<<|>>)?=(?!=)\s?\S"  # something gets a value
    r"|[=!]=|->|=>|::|&&|\|\||\+\+|</?[a-z]\w*[^<>]*>"
    r"|^\s*(?:#include\b|//|#!|/\*|>>>\s|\$\s|(?:import|from|return|using|package)\s+[\w.*]+;?\s*$)"
    r"|^\s*(?:SELECT|FROM|WHERE|INSERT|UPDATE|DELETE|CREATE|ORDER BY|GROUP BY)\s+[\w*]"
    r"|^\s*(?:def|class|for|while|if|elif|else|try|except|finally|with)\b[^.]*:\s*$"
)
_ITEM = re.compile(r"^\s*(?:\d{1,3}|[^\W\d_])[.)]\s|^\s*[-–—•]\s")
"""A line of a list: a question, an answer, a point."""


def is_listing(text: str) -> bool:
    """Whether half of the lines, or more, are a program's and none is that of a list."""
    lines = [line for line in text.split("\n") if line.strip()]
    signed = sum(_SIGN.search(line) is not None for line in lines)
    return 0 < len(lines) <= 2 * signed and not any(map(_ITEM.match, lines))
