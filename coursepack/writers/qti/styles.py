"""The style sheet of a package: how the classes look that stand for what QTI has no attribute for."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FIXED = {
    "table": "table { border-collapse: collapse; } td, th { border: 1px solid; padding: 0.25em 0.5em; }",
    "picture": "img { max-width: min(100%, 90vw); height: auto; }",
    "qti-underline": ".qti-underline { text-decoration: underline; }",
    "strike": ".strike { text-decoration: line-through; }",
    "qti-align-left": ".qti-align-left { text-align: left; }",
    "qti-align-center": ".qti-align-center { text-align: center; }",
    "qti-align-right": ".qti-align-right { text-align: right; }",
    "dir-rtl": ".dir-rtl { direction: rtl; }",
    "dir-ltr": ".dir-ltr { direction: ltr; }",
    "list-dash": ".list-dash { list-style-type: '– '; }",
    "list-lower-alpha": ".list-lower-alpha { list-style-type: lower-alpha; }",
    "list-lower-roman": ".list-lower-roman { list-style-type: lower-roman; }",
    "annotation": "annotation { display: none; }",
    "caption": ".caption { font-style: italic; }",
    "footnote": ".footnote { font-size: smaller; }",
}
_MADE = (
    (re.compile(r"colour-([0-9a-f]{6})"), ".{0} {{ color: #{1}; }}"),
    (re.compile(r"highlight-([0-9a-f]{6})"), ".{0} {{ background-color: #{1}; }}"),
    (re.compile(r"start-(-?\d{1,9})"), ".{0} > li:first-child {{ counter-set: list-item {1}; }}"),
)


def sheet(classes: Iterable[str]) -> bytes:
    """The rules of these classes, each on a line, in the order of their names; those that look like nothing have
    none."""
    lines = [rule for name in sorted(set(classes)) if (rule := _rule(name))]
    return "".join(f"{line}\n" for line in lines).encode()


def _rule(name: str) -> str:
    if name in _FIXED:
        return _FIXED[name]
    for pattern, rule in _MADE:
        if found := pattern.fullmatch(name):
            return rule.format(name, found[1])
    return ""
