"""TeX that a page's own converter (MathJax, KaTeX) may be given: no command that does more than typeset."""

from __future__ import annotations

import re
from collections import Counter

from coursepack.markup import addresses
from coursepack.markup.tables import allowed

_COMMAND = re.compile(r"\\([A-Za-z]+)")
_ARGUMENT = re.compile(r"\{([^{}\\%]*)\}")


IGNORED = "tex2jax_ignore mathjax_ignore nolink"
"""Classes of what a converter leaves as letters (MathJax 2 and 3, Moodle's filters)."""


def is_letters(text: str) -> bool:
    """True for letters that a page's converter may look through: none of them is a command that does more."""
    return "\\" not in text or safe(text) is not None


def safe(tex: str | None, reported: Counter[str] | None = None) -> str | None:
    """The TeX, or None when a command in it could do more than typeset (reported under its name)."""
    if tex is None:
        return None
    lists = allowed().tex
    for command in _COMMAND.finditer(tex):
        name = command[1]
        if name not in lists.commands:
            continue
        argument = _ARGUMENT.match(tex, command.end())
        if name in lists.links and argument is not None and addresses.link(argument[1]) == argument[1]:
            continue
        if reported is not None:
            reported[f"\\{name} in a formula: its TeX is left out, the formula stays"] += 1
        return None
    return tex
